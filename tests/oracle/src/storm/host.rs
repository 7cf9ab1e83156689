//! The host of a case: everything that is not safe is here. Functions are called through addresses that the loader
//! gives, with the types that docs/native-abi.md says.

use super::Compiled;
use crate::fence;
use anyhow::{Result, anyhow, ensure};
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use weldc_abi::Trap;
use weldc_abi::task::{CANCELLED, PENDING};
use weldc_runtime::{
    End, Operation, Zone, weldc_rt_end_cancel, weldc_rt_end_drop, weldc_rt_end_new,
    weldc_rt_end_read, weldc_rt_end_write, weldc_rt_free,
};
use weldc_tests::roundtrip::rng::Rng;

/// `weldc_completion`, and what is the host's behind it.
#[repr(C)]
pub struct Completion {
    done: unsafe extern "C" fn(*mut Completion, i32),
    caller: *mut c_void,
    cancel: Option<unsafe extern "C" fn(*mut Completion)>,
    callee: *mut c_void,
}

/// A string as the host has it.
#[derive(Clone, Copy)]
#[repr(C)]
struct Text {
    start: *mut u8,
    length: usize,
}

/// What a call of an export gives.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    Number,
    Text,
    End,
}

/// A call of an export that has been started.
struct Call {
    completion: Completion,
    result: [u64; 2],
    gives: Gives,
    status: Cell<Option<i32>>,
}

/// An end that the host has, with room for an operation.
struct Own {
    operation: Operation,
    end: *const End,
    is_text: bool,
    busy: Cell<bool>,
    buffer: [Text; 3],
}

/// Their addresses are given away.
type Calls = Vec<Box<Call>>;
type Owners = Vec<Box<Own>>;

/// The host's side of a case.
#[derive(Default)]
struct State {
    rng: RefCell<Option<Rng>>,
    fenced: bool,
    /// Pending calls of [`import`], with room for the result.
    awaited: RefCell<Vec<(*mut Completion, *mut u32)>>,
    ends: RefCell<Owners>,
}

impl State {
    fn below(&self, end: u64) -> u64 {
        self.rng.borrow_mut().as_mut().map_or(0, |rng| rng.below(end))
    }

    fn free(&self, address: *mut u8) {
        match self.fenced {
            true => fence::free(address),
            // SAFETY: it is the host's, and not used any more.
            false => unsafe { weldc_rt_free(address) },
        }
    }
}

/// Bytes that the C library has given out.
pub fn allocated() -> usize {
    // SAFETY: no conditions.
    unsafe { libc::mallinfo2() }.uordblks
}

/// The function that the components import.
///
/// # Safety
/// Generated code calls it with a [`State`] and the import's arguments.
pub unsafe extern "C" fn import(
    state: *mut c_void,
    end: *const End,
    number: u32,
    result: *mut u32,
    completion: *mut Completion,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let state = &*state.cast::<State>();
        keep(state, end);
        match state.below(20) {
            0 => Trap::HostFailed as i32,
            1..10 => {
                result.write(number);
                0
            }
            _ => {
                (*completion).cancel = (state.below(2) == 0).then_some(cancel);
                (*completion).callee = (&raw const *state).cast_mut().cast();
                state.awaited.borrow_mut().push((completion, result));
                PENDING
            }
        }
    }
}

/// Asks the host to end a pending call of [`import`].
unsafe extern "C" fn cancel(completion: *mut Completion) {
    // SAFETY: `import` stored it.
    let state = unsafe { &*(*completion).callee.cast::<State>() };
    if state.below(2) == 0 {
        let at = state.awaited.borrow().iter().position(|one| one.0 == completion);
        if let Some(at) = at {
            answer(state, at, CANCELLED);
        }
    }
}

/// Ends a pending call of [`import`].
fn answer(state: &State, at: usize, status: i32) {
    let (completion, result) = state.awaited.borrow_mut().swap_remove(at);
    // SAFETY: they stay until `done` is called.
    unsafe {
        if status == 0 {
            result.write(7);
        }
        ((*completion).done)(completion, status);
    }
}

/// The host has an end, and may read from it.
///
/// # Safety
/// The host has it.
unsafe fn keep(state: &State, end: *const End) {
    if end.is_null() {
        return;
    }
    let operation = Operation { done: copied, data: null_mut() };
    let buffer = [Text { start: null_mut(), length: 0 }; 3];
    let mut own = Box::new(Own { operation, end, is_text: true, busy: Cell::new(false), buffer });
    own.operation.data = (&raw mut *own).cast();
    state.ends.borrow_mut().push(own);
}

unsafe extern "C" fn copied(operation: *mut Operation, _result: i32) {
    // SAFETY: the operation is the first part of what it belongs to.
    unsafe { (*(*operation).data.cast::<Own>()).busy.set(false) };
}

/// Does something with an end of the host's.
fn use_end(state: &State, at: usize) {
    let own: *mut Own = {
        let mut ends = state.ends.borrow_mut();
        &raw mut *ends[at]
    };
    // SAFETY: a box of the state's; operations are over before it goes.
    unsafe {
        let (end, op) = (&*(*own).end, &raw mut (*own).operation);
        let buffer = (&raw mut (*own).buffer).cast::<u8>();
        let count = state.below(4);
        match state.below(5) {
            0 => drop_end(state, at),
            1 => {
                weldc_rt_end_cancel(end);
                (*own).busy.set(false);
            }
            2 if !(*own).is_text && !(*own).busy.get() => {
                (*own).busy.set(weldc_rt_end_write(end, buffer, count, op) == PENDING);
            }
            _ if !(*own).busy.get() => {
                release(state, own);
                (*own).busy.set(weldc_rt_end_read(end, buffer, count, op) == PENDING);
            }
            _ => {}
        }
    }
}

/// Frees what has been read.
///
/// # Safety
/// A box of the state's.
unsafe fn release(state: &State, own: *mut Own) {
    // SAFETY: the caller's; what was read is the host's.
    unsafe {
        for text in &mut (*own).buffer {
            if (*own).is_text {
                state.free(text.start);
            }
            *text = Text { start: null_mut(), length: 0 };
        }
    }
}

/// # Safety
/// The end is dropped by nobody else.
unsafe fn drop_end(state: &State, at: usize) {
    let mut own = state.ends.borrow_mut().swap_remove(at);
    // SAFETY: the caller's.
    unsafe {
        weldc_rt_end_drop(own.end);
        release(state, &raw mut *own);
    }
}

/// What is called when a call of an export has ended.
unsafe extern "C" fn done(completion: *mut Completion, status: i32) {
    // SAFETY: the completion is the first part of a call.
    unsafe { (*(*completion).caller.cast::<Call>()).status.set(Some(status)) };
}

/// Runs a case; gives what ended its zone, and how many ends were parameters of calls that may not have begun: the
/// callee has not taken them then, and the host cannot know.
pub fn run(compiled: &Compiled, seed: u64) -> Result<(Option<Trap>, usize)> {
    let rng = RefCell::new(Some(Rng::new(seed)));
    let state = Box::new(State { rng, fenced: compiled.fenced, ..State::default() });
    let host = (&raw const *state).cast_mut().cast();
    // SAFETY: the compiler made the artefact; code and state outlive the zone.
    let zone = unsafe { Zone::new(compiled.artefact()?.cast(), null(), host, null_mut()) };
    let mut zone = zone.map_err(|report| anyhow!("{report}"))?;
    zone.set_schedule_seed(state.below(3));
    for number in 0..compiled.components {
        type Seed = unsafe extern "C" fn(*mut c_void, u32) -> i32;
        let seed = state.below(1 << 32) as u32;
        // SAFETY: the export's type; the zone lives.
        let status = unsafe {
            let function = compiled.symbol(&format!("seed{number}"))?;
            std::mem::transmute::<*const u8, Seed>(function)(zone.context(), seed)
        };
        ensure!(status == 0, "the seed was not taken: {status}");
    }
    let mut calls = Vec::new();
    for _ in 0..12 {
        step(compiled, &mut zone, &state, &mut calls)?;
    }
    let trap = zone.trap();
    drop(zone);
    for call in &calls {
        ensure!(call.status.get().is_some(), "a completion was not called");
        if call.status.get() == Some(0) {
            give_back(&state, call);
        }
    }
    while !state.awaited.borrow().is_empty() {
        answer(&state, 0, 0);
    }
    while !state.ends.borrow().is_empty() {
        // SAFETY: the host has it.
        unsafe { drop_end(&state, 0) };
    }
    let lost = calls.iter().filter(|c| c.gives == Gives::Text && c.status.get() != Some(0)).count();
    Ok((trap, lost))
}

fn step(compiled: &Compiled, zone: &mut Zone, state: &State, calls: &mut Calls) -> Result<()> {
    let (awaited, ends) = (state.awaited.borrow().len() as u64, state.ends.borrow().len() as u64);
    match state.below(10) {
        0..3 => start(compiled, zone, state, calls)?,
        3 => blocking(compiled, zone, state)?,
        4..7 => {
            for _ in 0..state.below(20) {
                if !matches!(zone.tick(), Ok(true)) {
                    break;
                }
            }
        }
        7 if !calls.is_empty() => {
            let at = state.below(calls.len() as u64) as usize;
            let call = &raw mut *calls[at];
            // SAFETY: a call that is pending has a completion that the callee has filled in.
            unsafe {
                if (*call).status.get().is_none()
                    && let Some(cancel) = (*call).completion.cancel
                {
                    cancel(&raw mut (*call).completion);
                }
            }
        }
        8 if awaited != 0 => {
            let at = state.below(awaited) as usize;
            answer(state, at, if state.below(9) == 0 { CANCELLED } else { 0 });
        }
        _ if ends != 0 => use_end(state, state.below(ends) as usize),
        _ => {}
    }
    Ok(())
}

/// Starts a call of an export.
fn start(compiled: &Compiled, zone: &mut Zone, state: &State, calls: &mut Calls) -> Result<()> {
    let (name, gives) =
        [("b", Gives::Number), ("c", Gives::Text), ("e", Gives::End)][state.below(3) as usize];
    let completion = Completion { done, caller: null_mut(), cancel: None, callee: null_mut() };
    let mut call = Box::new(Call { completion, result: [0; 2], gives, status: Cell::new(None) });
    call.completion.caller = (&raw mut *call).cast();
    let (completion, result) = (&raw mut call.completion, (&raw mut call.result).cast::<c_void>());
    let function = compiled.symbol(&format!("{name}_async"))?;
    type Plain = unsafe extern "C" fn(*mut c_void, *mut c_void, *mut Completion) -> i32;
    type Number = unsafe extern "C" fn(*mut c_void, u32, *mut c_void, *mut Completion) -> i32;
    type Stream =
        unsafe extern "C" fn(*mut c_void, *const End, *mut c_void, *mut Completion) -> i32;
    let context = zone.context();
    // SAFETY: the exports' types; the zone lives; completion and result stay where they are.
    let status = unsafe {
        match gives {
            Gives::Number => {
                std::mem::transmute::<*const u8, Number>(function)(context, 5, result, completion)
            }
            Gives::End => {
                std::mem::transmute::<*const u8, Plain>(function)(context, result, completion)
            }
            Gives::Text => {
                let mut ends = [null(); 2];
                ensure!(weldc_rt_end_new(0, 16, 8, &mut ends) == 0, "no ends");
                keep(state, ends[1]);
                // What has ended does not take it.
                if zone.trap().is_some() {
                    weldc_rt_end_drop(ends[0]);
                    return Ok(());
                }
                std::mem::transmute::<*const u8, Stream>(function)(
                    context, ends[0], result, completion,
                )
            }
        }
    };
    if status != PENDING {
        call.status.set(Some(status));
    }
    calls.push(call);
    Ok(())
}

/// Calls an export and waits.
fn blocking(compiled: &Compiled, zone: &mut Zone, state: &State) -> Result<()> {
    type Call = unsafe extern "C" fn(*mut c_void, *mut u64) -> i32;
    let (name, is_end) = if state.below(2) == 0 { ("a", false) } else { ("e", true) };
    let mut result = 0u64;
    // SAFETY: the exports' types; the zone lives.
    unsafe {
        let function = compiled.symbol(name)?;
        let status = std::mem::transmute::<*const u8, Call>(function)(zone.context(), &mut result);
        if status == 0 && is_end {
            keep(state, result as *const End);
        }
    }
    Ok(())
}

/// Gives back what a call's result owns.
fn give_back(state: &State, call: &Call) {
    match call.gives {
        Gives::Number => {}
        Gives::Text => state.free(call.result[0] as *mut u8),
        // SAFETY: the host has it.
        Gives::End => unsafe { weldc_rt_end_drop(call.result[0] as *const End) },
    }
}

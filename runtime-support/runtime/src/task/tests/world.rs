//! A handmade artefact whose code is the tests' own: what an edge calls is a closure, named by the call's first word.

#![expect(clippy::undocumented_unsafe_blocks, reason = "all are calls on a living zone")]
use crate::context::Context;
use crate::task::call::{Call, Completion};
use crate::task::{Counts, counts, scheduler, weldc_rt_call, weldc_rt_call_export, weldc_rt_tick};
use crate::zone::{weldc_rt_zone_drop, weldc_rt_zone_new};
use core::cell::UnsafeCell;
use core::mem::{offset_of, zeroed};
use core::ptr::null_mut;
use std::boxed::Box;
use std::string::String;
use std::sync::Once;
use weldc_abi::artefact::{Artefact, Edge, MAGIC, Rel};
use weldc_abi::task::edge::{
    ASYNC_LIFT, ASYNC_LOWER, ASYNC_TYPE, CALLBACK, HOST_CALLEE, OWN_STACK, THREAD_INDEX,
};
use weldc_abi::{Trap, context};

/// Context offsets of the instances, and the number of what `task.return` must have.
pub const A: u32 = 128;
pub const B: u32 = 256;
pub const RETURNS: u32 = 7;

/// Edges: what A calls of B, or the host of B, or A of the host.
pub const SYNC: u32 = 0;
pub const SYNC_ASYNC_LOWER: u32 = 1;
pub const CALLBACK_ASYNC_LOWER: u32 = 2;
pub const CALLBACK_ON_STACK: u32 = 3;
pub const STACKFUL: u32 = 4;
pub const SYNC_TYPED: u32 = 5;
pub const EXPORT_CALLBACK: u32 = 6;
pub const EXPORT_SYNC: u32 = 7;
pub const IMPORT: u32 = 8;
pub const IMPORT_SYNC: u32 = 9;
pub const CALLBACK_SYNC_LOWER: u32 = 10;
/// The host calls A, whose code may block.
pub const EXPORT_A: u32 = 11;
/// The same, of a type that is not async.
pub const EXPORT_A_TYPED: u32 = 12;

const KINDS: [(u32, u32, u32); 13] = [
    (ASYNC_TYPE | OWN_STACK, A, B),
    (ASYNC_TYPE | OWN_STACK | ASYNC_LOWER, A, B),
    (ASYNC_TYPE | ASYNC_LIFT | CALLBACK | ASYNC_LOWER, A, B),
    (ASYNC_TYPE | ASYNC_LIFT | CALLBACK | ASYNC_LOWER | OWN_STACK, A, B),
    (ASYNC_TYPE | ASYNC_LIFT | ASYNC_LOWER | OWN_STACK, A, B),
    (OWN_STACK, A, B),
    (ASYNC_TYPE | ASYNC_LIFT | CALLBACK, 0, B),
    (ASYNC_TYPE | OWN_STACK, 0, B),
    (ASYNC_TYPE | HOST_CALLEE | ASYNC_LOWER, A, 0),
    (ASYNC_TYPE | HOST_CALLEE, A, 0),
    (ASYNC_TYPE | ASYNC_LIFT | CALLBACK, A, B),
    (ASYNC_TYPE | OWN_STACK, 0, A),
    (OWN_STACK, 0, A),
];

#[repr(C)]
struct Tables {
    artefact: Artefact,
    instances: [u32; 2],
    edges: [Edge; KINDS.len()],
    name: [u8; 6],
}

struct Static(UnsafeCell<Option<Tables>>);
// SAFETY: written once, by whoever is in the `Once`.
unsafe impl Sync for Static {}
static TABLES: Static = Static(UnsafeCell::new(None));
static MADE: Once = Once::new();

/// How far in front of the artefact its code is said to begin: test functions lie behind that.
const BEFORE: i32 = 1 << 30;

fn artefact() -> *const Artefact {
    // SAFETY: written once; the fields' distances are those in the same record.
    unsafe {
        let place = TABLES.0.get();
        MADE.call_once(|| *place = Some(zeroed()));
        let tables = (*place).as_mut().map_or(null_mut(), |tables| &raw mut *tables);
        static FILLED: Once = Once::new();
        FILLED.call_once(|| fill(tables));
        &raw const (*tables).artefact
    }
}

unsafe fn fill(tables: *mut Tables) {
    let distance = |field: usize, to: usize| to as Rel - field as Rel;
    // SAFETY: the caller's: the static tables.
    unsafe {
        let text = tables as usize + offset_of!(Artefact, text) - BEFORE as usize;
        let code = |function: usize| (function - text) as u32;
        let header = &mut (*tables).artefact;
        header.magic = MAGIC;
        header.version = weldc_abi::ABI_VERSION;
        header.text = -BEFORE;
        header.text_size = 1;
        header.context_size = 512;
        header.context_reserved = 65536;
        header.instances = distance(offset_of!(Artefact, instances), offset_of!(Tables, instances));
        header.instance_count = 2;
        header.edges = distance(offset_of!(Artefact, edges), offset_of!(Tables, edges));
        header.edge_count = KINDS.len() as u32;
        header.strings = distance(offset_of!(Artefact, strings), offset_of!(Tables, name));
        header.strings_size = 6;
        (*tables).instances = [A, B];
        (*tables).name = *b"a:b/f!";
        for (slot, (flags, caller, callee)) in (*tables).edges.iter_mut().zip(KINDS) {
            let has_index = flags & OWN_STACK != 0 && callee == B;
            *slot = Edge {
                enter: code(enter as *const () as usize),
                resolve: code(resolve as *const () as usize),
                resolve_body: 0,
                callback: code(callback as *const () as usize),
                flags: flags | if has_index { THREAD_INDEX } else { 0 },
                caller,
                callee,
                returns: RETURNS,
                words: 3,
                result_size: 8,
                spare: 0,
                name: 0,
                name_size: 6,
            };
        }
    }
}

/// What a test does in place of a component's code: as a core function, and as its callback.
pub type Body<'a> = dyn Fn(Guest) -> Result<u32, Trap> + 'a;
pub type Loop<'a> = dyn Fn(Guest, [u32; 3]) -> Result<u32, Trap> + 'a;

/// The words of a call: its code, its callback, and where the result goes.
pub struct Args<'a> {
    pub body: &'a Body<'a>,
    pub turn: &'a Loop<'a>,
    pub result: *mut u64,
}

/// The words of a call, which may be read when whoever wrote them has returned.
pub fn words(args: &Args<'_>) -> [u64; 3] {
    let first = Box::into_raw(Box::new(&raw const *args));
    [first as u64, 0, 0]
}

/// A call in the code that it calls.
#[derive(Clone, Copy)]
pub struct Guest {
    pub zone: Context,
    pub call: *mut Call,
}

fn outcome(result: Result<u32, Trap>) -> u64 {
    crate::task::outcome(result)
}

unsafe extern "C" fn enter(zone: Context, call: *mut Call, args: *mut u64) -> u64 {
    // SAFETY: the words of a test's call.
    unsafe {
        let args = *(*args as *const *const Args<'_>);
        outcome(((*args).body)(Guest { zone, call }))
    }
}

unsafe extern "C" fn callback(zone: Context, code: u32, index: u32, payload: u32) -> u64 {
    // SAFETY: the words of a test's call, which is the current task.
    unsafe {
        let call = scheduler::current_task(zone).unwrap();
        let args = *(*(*call).args as *const *const Args<'_>);
        outcome(((*args).turn)(Guest { zone, call }, [code, index, payload]))
    }
}

unsafe extern "C" fn resolve(_: Context, _: *mut Call, args: *mut u64, values: *const u64) -> i32 {
    // SAFETY: the words of a test's call, and the word that it returns.
    unsafe {
        let args = *(*args as *const *const Args<'_>);
        (*args).result.write(values.read());
    }
    0
}

/// A zone of the artefact.
pub struct World(pub Context);

impl World {
    pub fn new() -> World {
        let mut zone = Context(null_mut());
        // SAFETY: an artefact that stays and has no imports.
        let status =
            unsafe { weldc_rt_zone_new(artefact(), null_mut(), null_mut(), null_mut(), &mut zone) };
        assert_eq!(status, 0);
        World(zone)
    }

    pub fn counts(&self) -> Counts {
        // SAFETY: a living zone, here and below.
        unsafe { counts(self.0) }
    }

    pub fn tick(&self) -> i32 {
        unsafe { weldc_rt_tick(self.0) }
    }

    /// Ticks until nothing is ready.
    pub fn settle(&self) {
        while self.tick() == 1 {}
    }

    /// Calls through an edge of the host's, and waits or not.
    pub fn export(&self, edge: u32, args: &Args<'_>, completion: *mut Completion) -> i32 {
        let mut words = words(args);
        // SAFETY: so many words; what they name outlives the call, as the tests see to.
        unsafe { weldc_rt_call_export(self.0, edge, words.as_mut_ptr(), completion) }
    }

    /// Runs a body as A's code on a stack of its own, to its end.
    pub fn run(&self, body: &Body<'_>) -> i32 {
        let mut result = 0;
        self.export(EXPORT_A, &Args { body, turn: &never, result: &raw mut result }, null_mut())
    }

    pub fn message(&self) -> String {
        // SAFETY: a living zone that does not run.
        unsafe { crate::trap::message_of(self.0) }.to_str().unwrap().into()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // SAFETY: this value owned the zone.
        unsafe { weldc_rt_zone_drop(self.0) }
    }
}

/// A callback that is not called.
pub fn never(_: Guest, event: [u32; 3]) -> Result<u32, Trap> {
    panic!("called back with {event:?}")
}

/// What a function of the runtime's gave.
fn checked(status: i32) -> Result<(), Trap> {
    match status {
        0 => Ok(()),
        trap => Err(Trap::from_status(trap as u32)),
    }
}

fn value(outcome: u64) -> Result<u32, Trap> {
    match (outcome >> 32) as u32 {
        0 => Ok(outcome as u32),
        trap => Err(Trap::from_status(trap)),
    }
}

impl Guest {
    /// A sync lift returns.
    pub fn returned(&self) -> Result<u32, Trap> {
        // SAFETY: the call whose code runs, here and below.
        checked(unsafe { crate::task::weldc_rt_task_returned(self.zone, self.call) }).map(|()| 0)
    }

    /// `task.return`
    pub fn task_return(&self, result: u64) -> Result<(), Trap> {
        checked(unsafe { crate::task::weldc_rt_task_return(self.zone, RETURNS, &result) })
    }

    pub fn task_cancel(&self) -> Result<(), Trap> {
        checked(unsafe { crate::task::weldc_rt_task_cancel(self.zone) })
    }

    /// A call by A. The arguments must outlive it.
    pub fn call(&self, edge: u32, args: &Args<'_>) -> Result<u32, Trap> {
        let mut words = words(args);
        value(unsafe { weldc_rt_call(self.zone, edge, words.as_mut_ptr()) })
    }

    pub fn new_set(&self, instance: u32) -> u32 {
        unsafe { crate::waitable::weldc_rt_waitable_set_new(self.zone, instance) }
    }

    pub fn join(&self, instance: u32, waitable: u32, set: u32) -> Result<(), Trap> {
        checked(unsafe {
            crate::waitable::weldc_rt_waitable_join(self.zone, instance, waitable, set)
        })
    }

    pub fn wait(&self, instance: u32, set: u32) -> Result<[u32; 3], Trap> {
        let mut payload = [0; 2];
        let code = value(unsafe {
            crate::waitable::weldc_rt_waitable_set_wait(self.zone, instance, set, &mut payload)
        })?;
        Ok([code, payload[0], payload[1]])
    }

    pub fn drop_set(&self, instance: u32, set: u32) -> Result<(), Trap> {
        checked(unsafe { crate::waitable::weldc_rt_waitable_set_drop(self.zone, instance, set) })
    }

    pub fn cancel(&self, subtask: u32, is_async: bool) -> Result<u32, Trap> {
        value(unsafe {
            crate::task::weldc_rt_subtask_cancel(self.zone, A, subtask, is_async.into())
        })
    }

    pub fn drop_subtask(&self, subtask: u32) -> Result<(), Trap> {
        checked(unsafe { crate::task::weldc_rt_subtask_drop(self.zone, A, subtask) })
    }

    pub fn backpressure(&self, by: i32) -> Result<(), Trap> {
        checked(unsafe { crate::task::weldc_rt_backpressure(self.zone, B, by) })
    }

    pub fn resume_later(&self, instance: u32, index: u32) -> Result<(), Trap> {
        checked(unsafe { crate::task::weldc_rt_thread_resume_later(self.zone, instance, index) })
    }

    pub fn switch(&self, instance: u32, how: u32, index: u32) -> Result<u32, Trap> {
        value(unsafe { crate::task::weldc_rt_thread_switch(self.zone, instance, how, index) })
    }

    /// Waits until a subtask has resolved, and drops it.
    pub fn await_subtask(&self, subtask: u32) -> Result<u32, Trap> {
        let set = self.new_set(A);
        self.join(A, subtask, set)?;
        loop {
            let [_, index, state] = self.wait(A, set)?;
            assert_eq!(index, subtask);
            if state >= weldc_abi::task::subtask::RETURNED {
                self.drop_subtask(subtask)?;
                self.drop_set(A, set)?;
                return Ok(state);
            }
        }
    }
}

/// The state of the zone.
pub fn state(world: &World) -> u32 {
    // SAFETY: a field of every context.
    unsafe { world.0.load(context::STATE as u32) }
}

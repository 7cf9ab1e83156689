//! The record of a call: the callee's task and the caller's subtask, in one.
//!
//! Records come from slabs, and go back to a list when both sides are done: the callee's when its last thread has
//! ended (or the host's function is done), the caller's when it knows how the call ended.

mod slab;

pub use slab::{Slab, end_orphan};

use super::thread::{State, Thread};
use crate::alloc::Gifts;
use crate::context::Context;
use crate::handles::Table;
use crate::os;
use crate::waitable::{Event, Waitable};
use core::ffi::c_void;
use core::mem::{offset_of, replace};
use core::ptr;
use rust_alloc::boxed::Box;
use rust_alloc::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::artefact::Edge;
use weldc_abi::task::{call, completion, edge, event, subtask};

/// A [`weldc_abi::task::completion`].
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Completion {
    pub done: Option<unsafe extern "C" fn(*mut Completion, i32)>,
    pub caller: *mut c_void,
    pub cancel: Option<unsafe extern "C" fn(*mut Completion)>,
    pub callee: *mut c_void,
}

/// `Task.State`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Task {
    Initial,
    Started,
    PendingCancel,
    CancelDelivered,
    Resolved,
}

/// Who called, and how it learns of the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Caller {
    /// An instance: by a subtask in its table, or (if `waiter` is not null) by a thread that waits.
    Guest,
    /// The host, which asks.
    Host,
    /// The host, by a completion: `waiter` is its address.
    Completion,
    /// Generated code, whose frame is on the stack and which looks when the callee's code returns: an instance's, or
    /// the host's entry.
    Present,
}

/// A handle that is lent: the context offset of a table, and the index there.
#[derive(Clone, Copy)]
pub struct Loan {
    pub table: u32,
    pub index: u32,
}

/// Words of `args` that a record has room for.
pub const ROOM: usize = 5;

/// See the module's head.
#[repr(C)]
pub struct Call {
    pub borrows: u32,
    pub task: Task,
    pub caller: Caller,
    /// [`weldc_abi::task::subtask`]
    pub subtask: u8,
    /// In use; else it is in the list of free ones.
    pub is_live: bool,
    pub result: *mut u8,
    pub completion: Completion,
    /// The caller's words: the caller's own as long as they stay there, or a copy.
    pub args: *mut u64,
    /// [`call::RESOLVE_BODY`], and [`call::RETURNS`].
    resolve_body: usize,
    returns: u32,
    /// A function of the host's that is called, or has given `PENDING` and not called `done`.
    pub is_awaited: bool,
    /// The implicit thread. Of a function of the host's, room for its result.
    pub thread: Thread,
    pub edge: *const Edge,
    pub zone: Context,
    room: [u64; ROOM],
    pub waitable: Waitable,
    lends: Vec<Loan>,
    /// The thread that waits for the end, or the host's completion.
    pub waiter: *mut c_void,
    /// What the result owns, which the host has not got yet; null if that is nothing.
    pub gifts: *mut Gifts,
    /// Threads that have not ended.
    pub threads: u32,
    /// What the host said of its function's end.
    pub status: i32,
    /// The next free record, or the next one of which the host is done.
    pub next: *mut Call,
    /// Which of its slab's.
    slot: u8,
    is_callee_done: bool,
    is_caller_done: bool,
    /// `args` and `result` are memory of their own.
    has_args: bool,
    has_result: bool,
    /// `subtask.cancel` was called.
    pub is_cancelled: bool,
    /// The caller knows of the end, and what it lent is back.
    pub is_delivered: bool,
    /// Its zone has stopped or gone: nobody wants to know of the end.
    pub is_orphan: bool,
}

const _: () = {
    assert!(offset_of!(Call, borrows) == call::BORROWS as usize);
    assert!(offset_of!(Call, result) == call::RESULT as usize);
    assert!(offset_of!(Call, completion) == call::COMPLETION as usize);
    assert!(offset_of!(Call, args) == call::ARGS as usize);
    assert!(offset_of!(Call, resolve_body) == call::RESOLVE_BODY as usize);
    assert!(offset_of!(Call, returns) == call::RETURNS as usize);
    assert!(offset_of!(Call, is_awaited) == call::AWAITED as usize);
    assert!(offset_of!(Call, thread) == call::THREAD as usize);
    assert!(state(Task::Started, subtask::STARTED) == call::RUNNING);
    assert!(state(Task::Resolved, subtask::RETURNED) == call::RETURNED);
    assert!(offset_of!(Completion, done) == completion::DONE as usize);
    assert!(offset_of!(Completion, caller) == completion::CALLER as usize);
    assert!(offset_of!(Completion, cancel) == completion::CANCEL as usize);
    assert!(offset_of!(Completion, callee) == completion::CALLEE as usize);
    assert!(size_of::<Completion>() == completion::SIZE as usize);
    assert!(size_of::<Call>() <= 384);
};

/// [`call::STATE`] of a call without borrowed handles whose caller is present.
const fn state(task: Task, subtask: u32) -> u64 {
    let mut bytes = [0; 8];
    bytes[offset_of!(Call, task)] = task as u8;
    bytes[offset_of!(Call, caller)] = Caller::Present as u8;
    bytes[offset_of!(Call, subtask)] = subtask as u8;
    bytes[offset_of!(Call, is_live)] = 1;
    u64::from_le_bytes(bytes)
}

impl Call {
    /// A new record in place of what was there: a free one.
    fn begin(&mut self, zone: Context, edge: *const Edge, args: *mut u64) {
        self.borrows = 0;
        self.task = Task::Initial;
        self.caller = Caller::Guest;
        self.subtask = subtask::STARTING as u8;
        self.is_live = true;
        self.result = ptr::null_mut();
        self.edge = edge;
        self.zone = zone;
        self.args = args;
        self.waitable = Waitable::new(subtask_event);
        self.thread = Thread::new(self, false);
        self.waiter = ptr::null_mut();
        self.gifts = ptr::null_mut();
        self.threads = 0;
        self.status = 0;
        self.is_callee_done = false;
        self.is_caller_done = false;
        self.is_cancelled = false;
        self.is_delivered = false;
        self.is_awaited = false;
        self.is_orphan = false;
        self.has_args = false;
        self.has_result = false;
    }

    /// What generated code needs to begin a call by itself; `false` if there is no memory for it.
    fn begin_spare(&mut self, zone: Context, edge: *const Edge, text: usize) -> bool {
        self.begin(zone, edge, ptr::null_mut());
        self.is_live = false;
        self.thread.state = State::Running;
        self.threads = 1;
        // SAFETY: an edge of the zone's artefact.
        let Edge { resolve_body, returns, .. } = unsafe { *edge };
        self.resolve_body = text + resolve_body as usize;
        self.returns = if self.has(edge::ASYNC_LIFT) { returns } else { 0 };
        !self.has(edge::HOST_CALLEE) || self.reserve_result().is_ok()
    }

    pub fn flags(&self) -> u32 {
        // SAFETY: an edge of the zone's artefact.
        unsafe { (*self.edge).flags }
    }

    pub fn has(&self, flag: u32) -> bool {
        self.flags() & flag != 0
    }

    /// Whether its code runs under the instance's exclusive lock.
    pub fn needs_exclusive(&self) -> bool {
        let flags = self.flags();
        flags & edge::ASYNC_TYPE != 0
            && flags & (edge::ASYNC_LIFT | edge::CALLBACK) != edge::ASYNC_LIFT
    }

    /// The callee's instance, by its context offset.
    pub fn callee(&self) -> u32 {
        // SAFETY: an edge of the zone's artefact.
        unsafe { (*self.edge).callee }
    }

    /// `Subtask.resolved`
    pub fn is_resolved(&self) -> bool {
        u32::from(self.subtask) > subtask::STARTED
    }

    /// Keeps the caller's words, which do not stay where they are.
    pub fn keep_args(&mut self) -> Result<(), Trap> {
        // SAFETY: an edge of the zone's artefact.
        let words = unsafe { (*self.edge).words } as usize;
        let copy = match words {
            0..=ROOM => (&raw mut self.room).cast::<u64>(),
            _ => os::malloc(words * size_of::<u64>(), align_of::<u64>()).cast(),
        };
        if copy.is_null() {
            return Err(Trap::OutOfMemory);
        }
        self.has_args = words > ROOM;
        // SAFETY: the caller has so many words there, and the copy has room for them.
        unsafe { copy.copy_from_nonoverlapping(self.args, words) };
        self.args = copy;
        Ok(())
    }

    /// Makes room for what the host's function gives.
    pub fn reserve_result(&mut self) -> Result<(), Trap> {
        // SAFETY: an edge of the zone's artefact.
        let size = unsafe { (*self.edge).result_size } as usize;
        self.result = match size {
            0..=RESULT_ROOM => (&raw mut self.thread).cast(),
            _ => os::malloc(size, align_of::<u64>()),
        };
        self.has_result = size > RESULT_ROOM;
        if self.result.is_null() { Err(Trap::OutOfMemory) } else { Ok(()) }
    }

    /// Notes a loan. If there is no memory to note it, the handle stays lent.
    fn lend(&mut self, loan: Loan) {
        if self.lends.try_reserve(1).is_ok() {
            self.lends.push(loan);
        }
    }

    /// The result is the host's as soon as it is told: at once, or when the call that began it returns.
    ///
    /// # Safety
    /// The record is in use, and its zone lives.
    pub unsafe fn keep_gifts(&mut self) {
        // SAFETY: the caller's.
        let gifts = unsafe { &mut self.zone.record().gifts };
        if !self.waiter.is_null() {
            gifts.give();
        } else if !gifts.is_empty() {
            self.gifts = Box::into_raw(Box::new(replace(gifts, Gifts::new())));
        }
    }

    /// The host gets the result.
    ///
    /// # Safety
    /// The record is in use.
    pub unsafe fn give_gifts(&mut self) {
        if !self.gifts.is_null() {
            // SAFETY: `keep_gifts` made it.
            unsafe { Box::from_raw(replace(&mut self.gifts, ptr::null_mut())) }.give();
        }
    }

    /// `Subtask.deliver_resolve`: the caller knows of the end, and has back what it lent.
    ///
    /// # Safety
    /// The record is in use, and its zone lives.
    pub unsafe fn deliver(&mut self) {
        self.is_delivered = true;
        if !self.lends.is_empty() {
            // SAFETY: the caller's.
            unsafe { self.return_lends() };
        }
    }

    /// # Safety
    /// As [`Call::deliver`].
    #[cold]
    unsafe fn return_lends(&mut self) {
        for loan in self.lends.drain(..) {
            // SAFETY: the handle was lent from this table, and a handle that is lent stays in its slot.
            unsafe {
                if let Some(entry) = (*self.zone.at::<Table>(loan.table)).slot(loan.index) {
                    (*entry).lends -= 1;
                }
            }
        }
    }

    /// Frees what the record has beside itself, but the room for loans, which the next call may need.
    fn end(&mut self) {
        // SAFETY: all were allocated so; null is ignored.
        unsafe {
            if core::mem::take(&mut self.has_args) {
                os::free(self.args.cast());
            }
            if core::mem::take(&mut self.has_result) {
                os::free(self.result);
            }
            if !self.gifts.is_null() {
                drop(Box::from_raw(replace(&mut self.gifts, ptr::null_mut())));
            }
        }
    }
}

/// Bytes of a result that a record has room for.
const RESULT_ROOM: usize = size_of::<Thread>();

/// The event of a subtask.
unsafe fn subtask_event(waitable: *mut Waitable) -> Event {
    let call = waitable.wrapping_byte_sub(offset_of!(Call, waitable)).cast::<Call>();
    // SAFETY: the waitable is part of a record in use.
    unsafe {
        if (*call).is_resolved() {
            (*call).deliver();
        }
        Event::new(event::SUBTASK, (*waitable).index(), (*call).subtask.into())
    }
}

/// `(call, table, index)`
///
/// # Safety
/// The record is in use, and its zone has a handle at this index of a table at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_call_lend(
    zone: Context,
    call: *mut Call,
    table: u32,
    index: u32,
) {
    // SAFETY: the caller's.
    unsafe {
        if let Some(entry) = (*zone.at::<Table>(table)).slot(index) {
            (*entry).lends += 1;
            (*call).lend(Loan { table, index });
        }
    }
}

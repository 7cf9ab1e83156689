//! Waitables: what a thread can wait for by way of a waitable set, or synchronously (CanonicalABI.md, "Waitable
//! State").
//!
//! A [`Waitable`] is the first part of what it stands for (an end of a stream or future) or another part of it (a
//! subtask's call). It knows where it stands in a handle table, the set that it is in, and whether it has an event;
//! the event itself is made when it is delivered, by the function that the waitable was made with.
//!
//! Waitables are named by address, not by reference: lists, sets and threads refer to them meanwhile.

mod functions;
mod set;

pub use functions::{
    weldc_rt_waitable_join, weldc_rt_waitable_set_drop, weldc_rt_waitable_set_new,
    weldc_rt_waitable_set_poll, weldc_rt_waitable_set_wait,
};
pub use set::{Sets, WaitableSet, each_set, find_set, release_sets};

use crate::context::Context;
use crate::task::{Thread, WaitFor, wait_for, wake};
use core::ptr;
use weldc_abi::Trap;
use weldc_abi::task::event;

/// What a guest is told (`EventTuple`). It stays in registers: two words of 32 bits that are stored one by one are not
/// forwarded to whoever copies both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// [`weldc_abi::task::event`].
    pub code: u32,
    /// Index and payload, as a guest's memory has them.
    pub words: u64,
}

impl Event {
    pub const NONE: Event = Event::new(event::NONE, 0, 0);

    pub const fn new(code: u32, index: u32, payload: u32) -> Event {
        Event { code, words: index as u64 | (payload as u64) << 32 }
    }

    pub fn index(self) -> u32 {
        self.words as u32
    }

    pub fn payload(self) -> u32 {
        (self.words >> 32) as u32
    }
}

/// Makes the event of a waitable that has one, at its delivery; the waitable counts as without one already.
pub type Deliver = unsafe fn(*mut Waitable) -> Event;

/// See the module's head.
#[repr(C)]
pub struct Waitable {
    /// The zone in whose handle tables it stands, null if it stands in none.
    zone: Context,
    set: *mut WaitableSet,
    /// The thread that waits for it synchronously.
    waiter: *mut Thread,
    /// Its neighbours among those of its set that have events.
    next: *mut Waitable,
    previous: *mut Waitable,
    deliver: Deliver,
    /// Context offset of the handle table, and its index there.
    table: u32,
    index: u32,
    pending: bool,
    is_sync: bool,
}

impl Waitable {
    pub const fn new(deliver: Deliver) -> Waitable {
        Waitable {
            zone: Context(ptr::null_mut()),
            set: ptr::null_mut(),
            waiter: ptr::null_mut(),
            next: ptr::null_mut(),
            previous: ptr::null_mut(),
            deliver,
            table: 0,
            index: 0,
            pending: false,
            is_sync: false,
        }
    }

    /// Notes that it was put into a handle table (a context offset).
    pub fn placed(&mut self, zone: Context, table: u32, index: u32) {
        (self.zone, self.table, self.index) = (zone, table, index);
    }

    /// Notes that it was taken out of its handle table.
    pub fn removed(&mut self) {
        self.placed(Context(ptr::null_mut()), 0, 0);
    }

    /// The zone in whose tables it stands; null if it stands in none.
    pub fn zone(&self) -> Context {
        self.zone
    }

    /// Its index in its table; 0 if it stands in none.
    pub fn index(&self) -> u32 {
        self.index
    }

    /// The context offset of its table.
    pub fn table(&self) -> u32 {
        self.table
    }

    pub fn has_pending(&self) -> bool {
        self.pending
    }

    pub fn in_set(&self) -> bool {
        !self.set.is_null()
    }

    /// Whether a thread waits for it, or `subtask.cancel` is about to: it cannot join a set.
    pub fn has_sync_waiter(&self) -> bool {
        self.is_sync
    }

    /// Keeps it from joining a set, or lets it.
    pub fn set_sync(&mut self, is_sync: bool) {
        self.is_sync = is_sync;
    }

    /// Notes an event, and wakes who waits for it. Runs no code of the guest's.
    ///
    /// # Safety
    /// `this` is a living waitable; its set lives, and if it stands in a table, its zone does.
    pub unsafe fn set_pending(this: *mut Waitable) {
        // SAFETY: the caller's.
        unsafe {
            if (*this).pending {
                return;
            }
            (*this).pending = true;
            if !(*this).set.is_null() {
                WaitableSet::add_pending((*this).set, this);
            } else if !(*this).waiter.is_null() {
                wake((*this).zone, (*this).waiter);
            }
        }
    }

    /// The event is not there any more: it was delivered, or nobody may see it.
    ///
    /// # Safety
    /// As [`Waitable::set_pending`].
    pub unsafe fn clear_pending(this: *mut Waitable) {
        // SAFETY: the caller's.
        unsafe {
            if (*this).pending && !(*this).set.is_null() {
                WaitableSet::remove_pending((*this).set, this);
            }
            (*this).pending = false;
        }
    }

    /// Takes the event of a waitable that has one.
    ///
    /// # Safety
    /// As [`Waitable::set_pending`].
    pub unsafe fn take_event(this: *mut Waitable) -> Event {
        // SAFETY: the caller's; whoever made the waitable gave a function for it.
        unsafe {
            Waitable::clear_pending(this);
            ((*this).deliver)(this)
        }
    }

    /// `Waitable.join`: leaves its set, and joins another if that is not null.
    ///
    /// # Safety
    /// As [`Waitable::set_pending`]; the set is null or lives, in the waitable's zone.
    pub unsafe fn join(this: *mut Waitable, set: *mut WaitableSet) {
        // SAFETY: the caller's.
        unsafe {
            if !(*this).set.is_null() {
                if (*this).pending {
                    WaitableSet::remove_pending((*this).set, this);
                }
                (*(*this).set).members -= 1;
            }
            (*this).set = set;
            if !set.is_null() {
                (*set).members += 1;
                if (*this).pending {
                    WaitableSet::add_pending(set, this);
                }
            }
        }
    }

    /// Leaves its set if it is in one.
    ///
    /// # Safety
    /// As [`Waitable::set_pending`].
    pub unsafe fn leave_set(this: *mut Waitable) {
        // SAFETY: the caller's.
        unsafe { Waitable::join(this, ptr::null_mut()) }
    }

    /// `wait_for_pending_event`: blocks the current thread until it has an event. A trap means that the zone has
    /// stopped, or must, since the thread cannot block.
    ///
    /// # Safety
    /// As [`Waitable::set_pending`]; it stands in a table, is in no set, and has no other waiter. Called by a
    /// function of the runtime's that generated code called and that has nothing to drop; no reference into the
    /// zone's record, the waitable or a table is in use.
    pub unsafe fn wait(this: *mut Waitable) -> Result<(), Trap> {
        // SAFETY: the caller's.
        unsafe {
            if (*this).pending {
                return Ok(());
            }
            (*this).is_sync = true;
            let waited = wait_for((*this).zone, WaitFor::Waitable, this.cast());
            waited?;
            (*this).is_sync = false;
            (*this).waiter = ptr::null_mut();
            Ok(())
        }
    }

    /// The thread that waited for it has gone with all of its zone's.
    ///
    /// # Safety
    /// A living waitable.
    pub unsafe fn forget_waiter(this: *mut Waitable) {
        // SAFETY: the caller's.
        unsafe {
            (*this).waiter = ptr::null_mut();
            (*this).is_sync = false;
        }
    }

    /// Whom to wake when it has an event.
    pub fn set_waiter(&mut self, thread: *mut Thread) {
        self.waiter = thread;
    }
}

//! Waitable sets (CanonicalABI.md, "Waitable State").
//!
//! A set has its members that have events in a list, and the threads that wait for one in a queue. An event wakes one
//! thread; one that was woken and does not take an event wakes the next (`task::scheduler::pass_on`).

use super::{Event, Waitable};
use crate::context::Context;
use crate::handles::{Table, refused};
use crate::spare::Spare;
use crate::task::{Queue, Thread, is_unlocked, make_ready, queue_up};
use core::mem::MaybeUninit;
use core::ptr::{self, NonNull};
use rust_alloc::boxed::Box;
use weldc_abi::limits::MAX_SETS;
use weldc_abi::{Trap, handle};

pub struct WaitableSet {
    zone: Context,
    /// Members that have events, in the order in which they got them.
    first: *mut Waitable,
    last: *mut Waitable,
    waiters: Queue,
    pub(super) members: u32,
    /// Threads that wait for it, whether they stand in `waiters` or have been woken.
    pub waiting: u32,
}

/// The sets that a zone has, and memory for the next ones.
pub struct Sets {
    count: u32,
    spare: Spare<WaitableSet>,
}

impl Sets {
    pub const fn new() -> Sets {
        Sets { count: 0, spare: Spare::new() }
    }

    /// A set of a zone's, unless it has too many.
    pub(super) fn make(&mut self, zone: Context) -> Option<*mut WaitableSet> {
        if self.count >= MAX_SETS {
            return None;
        }
        self.count += 1;
        let set = WaitableSet::new(zone);
        Some(match self.spare.take() {
            Some(memory) => {
                // SAFETY: it was a set's, and nobody has it.
                unsafe { memory.write(set) };
                memory.as_ptr()
            }
            None => Box::into_raw(Box::new(set)),
        })
    }

    /// A set is no more.
    ///
    /// # Safety
    /// `make` gave it, and nobody uses it.
    pub(super) unsafe fn end(&mut self, set: NonNull<WaitableSet>) {
        self.count -= 1;
        // SAFETY: the caller's.
        unsafe {
            if !self.spare.keep(set) {
                free(set);
            }
        }
    }
}

impl Sets {
    /// Frees the memory that was kept for the next ones.
    pub fn release(&mut self) {
        while let Some(set) = self.spare.take() {
            // SAFETY: `make` allocated it, and nobody has it.
            unsafe { free(set) };
        }
    }
}

/// # Safety
/// [`Sets::make`] allocated it, and nobody uses it. (There is nothing in a set that needs dropping.)
unsafe fn free(set: NonNull<WaitableSet>) {
    // SAFETY: the caller's.
    drop(unsafe { Box::from_raw(set.as_ptr().cast::<MaybeUninit<WaitableSet>>()) });
}

impl WaitableSet {
    const fn new(zone: Context) -> WaitableSet {
        WaitableSet {
            zone,
            first: ptr::null_mut(),
            last: ptr::null_mut(),
            waiters: Queue::new(),
            members: 0,
            waiting: 0,
        }
    }

    pub fn has_pending(&self) -> bool {
        !self.first.is_null()
    }

    /// Whether it can be dropped.
    pub(super) fn check_unused(&self) -> Result<(), Trap> {
        match (self.members, self.waiting) {
            (0, 0) => Ok(()),
            (0, _) => Err(Trap::SetHasWaiters),
            _ => Err(Trap::SetNotEmpty),
        }
    }

    /// Takes the event of the member that has had it longest.
    ///
    /// # Safety
    /// A living set that has one.
    pub unsafe fn take_event(this: *mut WaitableSet) -> Event {
        // SAFETY: the caller's; members live.
        unsafe { Waitable::take_event((*this).first) }
    }

    /// A member has an event.
    ///
    /// # Safety
    /// A living set and a member of it that is not in the list.
    pub(super) unsafe fn add_pending(this: *mut WaitableSet, waitable: *mut Waitable) {
        // SAFETY: the caller's; members live.
        unsafe {
            let last = (*this).last;
            (*waitable).next = ptr::null_mut();
            (*waitable).previous = last;
            match last.is_null() {
                true => (*this).first = waitable,
                false => (*last).next = waitable,
            }
            (*this).last = waitable;
            WaitableSet::wake_next(this);
        }
    }

    /// A member has no event any more, or is none.
    ///
    /// # Safety
    /// A living set and a member of it that is in the list.
    pub(super) unsafe fn remove_pending(this: *mut WaitableSet, waitable: *mut Waitable) {
        // SAFETY: the caller's; members live.
        unsafe {
            let (next, previous) = ((*waitable).next, (*waitable).previous);
            match previous.is_null() {
                true => (*this).first = next,
                false => (*previous).next = next,
            }
            match next.is_null() {
                true => (*this).last = previous,
                false => (*next).previous = previous,
            }
        }
    }

    /// A thread waits until a member has an event.
    ///
    /// # Safety
    /// A living set, and a living thread that stands in no queue.
    pub unsafe fn add_waiter(this: *mut WaitableSet, thread: *mut Thread) {
        // SAFETY: the caller's.
        unsafe { Queue::push(&raw mut (*this).waiters, thread) }
    }

    /// Wakes the thread that has waited longest, and others if that has to wait for something else.
    ///
    /// # Safety
    /// A living set that has an event.
    pub unsafe fn wake_next(this: *mut WaitableSet) {
        // SAFETY: the caller's; what stands in a queue lives.
        unsafe {
            while let Some(thread) = Queue::pop(&raw mut (*this).waiters) {
                if (*thread).state.is_in_loop() && !is_unlocked(thread) {
                    queue_up(thread, false);
                    continue;
                }
                return make_ready((*this).zone, thread);
            }
        }
    }

    /// Nobody waits any more: the zone has stopped.
    pub fn forget_waiters(&mut self) {
        self.waiters = Queue::new();
        self.waiting = 0;
    }
}

/// The set at an index of an instance's handle table.
///
/// # Safety
/// A living zone with a handle table at this offset.
pub unsafe fn find_set(zone: Context, table: u32, index: u32) -> Result<*mut WaitableSet, Trap> {
    // SAFETY: the caller's.
    unsafe {
        match (*zone.at::<Table>(table)).find(index) {
            Some((handle::KIND_WAITABLE_SET, entry)) => Ok((*entry).rep as *mut WaitableSet),
            Some(_) => Err(refused(zone, index, Trap::HandleWrongType)),
            None => Err(refused(zone, index, Trap::UnknownHandle)),
        }
    }
}

/// Frees the sets in a handle table of a zone that ends.
///
/// # Safety
/// A table of a zone that does not run any more; members have left the sets, or are not used any more.
pub unsafe fn release_sets(table: &Table) {
    // SAFETY: the caller's; the table owned the set.
    each_set(table, |set| drop(unsafe { Box::from_raw(set) }));
}

/// Every set in a handle table.
pub fn each_set(table: &Table, mut each: impl FnMut(*mut WaitableSet)) {
    for index in 1..table.length() {
        if let Some((handle::KIND_WAITABLE_SET, entry)) = table.find(index) {
            // SAFETY: a slot of the table.
            each(unsafe { (*entry).rep } as *mut WaitableSet);
        }
    }
}

//! What a zone has of tasks ends: with a trap, or with the zone.
//!
//! The host's completions are called, the host's functions are asked to cancel, and everything else is freed. Records
//! that the host still has the addresses of stay until it is done with them ([`super::call::end_orphan`]).

use super::call::{Call, Caller};
use super::instance;
use super::resolve::complete;
use super::scheduler::{self, Scheduler};
use super::thread::{Explicit, Queue, State, Thread};
use super::{cancel, fiber};
use crate::context::Context;
use crate::copy;
use crate::handles::Table;
use crate::waitable::{Waitable, each_set, release_sets};
use crate::zone::{Ending, handle_tables};
use core::ptr;
use rust_alloc::boxed::Box;
use rust_alloc::vec::Vec;
use weldc_abi::task::edge;
use weldc_abi::{Trap, context};

/// What the record of a zone has that has tasks, sets or ends.
pub static ENDING: Ending = Ending { begin, table, end: last };

/// Nothing of the zone's is copied, told or resumed any more.
unsafe fn begin(zone: Context) {
    // SAFETY: the caller's: a living zone that does not run and is not used any more.
    unsafe {
        handle_tables(&zone.record().artefact).for_each(|offset| copy::retire(zone, offset));
        end(zone);
    }
}

/// Frees what a handle table has of ends and sets.
unsafe fn table(zone: Context, offset: u32) {
    // SAFETY: the caller's: as for `begin`, after it; a handle table of the zone's.
    unsafe {
        copy::release(zone, offset);
        release_sets(&*zone.at::<Table>(offset));
    }
}

/// Frees what was kept for ends and sets to come.
unsafe fn last(zone: Context) {
    // SAFETY: the caller's: as for `begin`, after all tables.
    let record = unsafe { zone.record() };
    record.ends.release();
    record.sets.release();
}

/// Ends the tasks of a zone that has stopped.
///
/// # Safety
/// A living zone that does not run.
pub unsafe fn abandon(zone: Context) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        if scheduler.is_null() || (*scheduler).is_over || !(*scheduler).running.is_null() {
            return;
        }
        (*scheduler).is_over = true;
        let mut calls = Vec::new();
        (*scheduler).each_call(|call| calls.push(call));
        (*scheduler).release_fibers();
        for &offset in instances(zone) {
            reset_instance(zone, scheduler, offset);
        }
        for &call in &calls {
            if !(*call).has(edge::HOST_CALLEE) {
                forget_waiting(&raw mut (*call).thread);
            }
        }
        (*scheduler).ready = Queue::new();
        (*scheduler).ready_count = 0;
        (*scheduler).done = ptr::null_mut();
        zone.store(context::CURRENT_THREAD as u32, 0usize);
        for call in calls {
            end_call(zone, scheduler, call);
        }
        (*scheduler).is_over = false;
    }
}

/// An instance has no threads any more.
unsafe fn reset_instance(zone: Context, scheduler: *mut Scheduler, offset: u32) {
    // SAFETY: the caller's: a living zone with edges, and an instance of its.
    unsafe {
        let handles = zone.at::<Table>(offset + context::instance::HANDLES as u32);
        each_set(&*handles, |set| (*set).forget_waiters());
        let instance = instance::at(zone, offset);
        for index in 1..(*instance).threads.length() {
            let Some(thread) = instance::thread_at(zone, offset, index) else { continue };
            if (*thread).is_explicit {
                forget_waiting(thread);
                (*scheduler).threads -= 1;
                drop(Box::from_raw(thread.cast::<Explicit>()));
            }
        }
        (*instance).threads.end();
        instance.write_bytes(0, 1);
    }
}

/// A thread does not wait any more.
unsafe fn forget_waiting(thread: *mut Thread) {
    // SAFETY: the caller's: a living thread of a zone that has stopped.
    unsafe {
        if (*thread).state == State::Waitable {
            Waitable::forget_waiter((*thread).target.cast());
        }
    }
}

/// A call of a zone that has stopped ends.
unsafe fn end_call(zone: Context, scheduler: *mut Scheduler, call: *mut Call) {
    // SAFETY: the caller's: a record in use, to whose threads nothing refers any more.
    unsafe {
        if (*call).waitable.index() != 0 {
            cancel::forget(zone, call);
        }
        let (waiter, caller) = ((*call).waiter, (*call).caller);
        if (*call).is_awaited {
            (*call).is_orphan = true;
            if let Some(cancel) = (*call).completion.cancel {
                cancel(&raw mut (*call).completion);
            }
        } else {
            (*scheduler).free_call(call);
        }
        if caller == Caller::Completion && !waiter.is_null() {
            complete(waiter.cast(), zone.state() as i32);
        }
    }
}

/// Ends what a zone has of tasks. Sets and ends are still in its tables, with nobody who waits.
///
/// # Safety
/// A living zone that does not run and is not used any more.
unsafe fn end(zone: Context) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        if scheduler.is_null() {
            return;
        }
        if zone.state() == 0 {
            // The host must not enter the zone while it is taken apart.
            zone.store(context::STATE as u32, Trap::CannotEnter as u32);
        }
        abandon(zone);
        (*scheduler).release_slabs();
        zone.record().tasks = ptr::null_mut();
        drop(Box::from_raw(scheduler));
    }
}

/// Context offsets of the instances' records; none of a zone without edges, whose instances have no tasks.
unsafe fn instances<'a>(zone: Context) -> &'a [u32] {
    // SAFETY: the caller's: a living zone.
    let artefact = unsafe { &zone.record().artefact };
    if artefact.edges().is_empty() { &[] } else { artefact.instances() }
}

/// What a zone has of tasks at the moment, for tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Calls that have records.
    pub calls: u32,
    /// Explicit threads.
    pub threads: u32,
    /// Stacks with frames.
    pub stacks: u32,
    /// Threads that are ready.
    pub ready: u32,
    /// Bytes of a record.
    pub record: usize,
}

/// # Safety
/// A living zone.
pub unsafe fn counts(zone: Context) -> Counts {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        if scheduler.is_null() {
            return Counts::default();
        }
        Counts {
            calls: (*scheduler).count_calls(),
            threads: (*scheduler).threads,
            stacks: fiber::count((*scheduler).fibers),
            ready: (*scheduler).ready_count,
            record: size_of::<Call>(),
        }
    }
}

//! Subtasks are cancelled and dropped (`subtask.cancel`, `subtask.drop`).
//!
//! A request for cancellation stays pending until the task is in its event loop and the exclusive lock is free; the
//! event loop's next turn is for `TASK_CANCELLED` then. `subtask.cancel` makes that turn itself if it can, else lets a
//! ready thread of the callee's instance run first. A task that has not entered is cancelled at once.

use super::call::{Call, Task};
use super::instance;
use super::resolve::resolve;
use super::run::resume_ready;
use super::scheduler::{self, is_ready};
use super::thread::{State, Thread};
use super::{host, outcome, status};
use crate::context::Context;
use crate::handles::{Table, refused};
use crate::waitable::Waitable;
use weldc_abi::task::{BLOCKED, edge, subtask};
use weldc_abi::{Trap, context, handle};

/// The subtask at an index of an instance's handle table.
unsafe fn find(zone: Context, instance: u32, index: u32) -> Result<*mut Call, Trap> {
    let table = zone.at::<Table>(instance + context::instance::HANDLES as u32);
    // SAFETY: the caller's: a living zone with an instance at this offset; `rep` is what the kind says.
    unsafe {
        let trap = match (*table).find(index) {
            Some((handle::KIND_SUBTASK, entry)) => return Ok((*entry).rep as *mut Call),
            Some(_) => Trap::HandleWrongType,
            None => Trap::UnknownHandle,
        };
        Err(refused(zone, index, trap))
    }
}

/// `(context, instance, index) -> trap or 0`: `subtask.drop`.
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_subtask_drop(zone: Context, instance: u32, index: u32) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        status(find(zone, instance, index).and_then(|call| {
            if !(*call).is_delivered {
                return Err(Trap::SubtaskUnresolved);
            }
            forget(zone, call);
            (*scheduler::existing(zone)).caller_done(call);
            Ok(())
        }))
    }
}

/// Takes a subtask out of its caller's table.
///
/// # Safety
/// A living zone, and a record in use whose subtask is in a table.
pub unsafe fn forget(zone: Context, call: *mut Call) {
    // SAFETY: the caller's.
    unsafe {
        Waitable::leave_set(&raw mut (*call).waitable);
        let (table, index) = ((*call).waitable.table(), (*call).waitable.index());
        (*zone.at::<Table>(table)).remove(index);
        (*call).waitable.removed();
    }
}

/// `(context, instance, index, async) -> outcome`: `subtask.cancel`.
///
/// # Safety
/// A living zone whose code calls, with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_subtask_cancel(
    zone: Context,
    instance: u32,
    index: u32,
    is_async: u32,
) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        outcome(find(zone, instance, index).and_then(|call| cancel(zone, call, is_async != 0)))
    }
}

unsafe fn cancel(zone: Context, call: *mut Call, is_async: bool) -> Result<u32, Trap> {
    // SAFETY: the caller's: a record in use whose subtask is in a table of the caller's.
    unsafe {
        let waitable = &raw mut (*call).waitable;
        if (*call).is_delivered {
            return Err(Trap::SubtaskDone);
        }
        if (*call).is_cancelled {
            return Err(Trap::SubtaskCancelledTwice);
        }
        if (*waitable).in_set() {
            return Err(Trap::SyncInSet);
        }
        if !(*call).is_resolved() {
            (*call).is_cancelled = true;
            // Nobody else may get the event meanwhile.
            (*waitable).set_sync(true);
            request(zone, call)?;
            // What there was to be told of its beginning is told with its end.
            if !(*call).is_resolved() && !is_async {
                Waitable::clear_pending(waitable);
                Waitable::wait(waitable)?;
            }
            (*waitable).set_sync(false);
            if !(*call).is_resolved() {
                return Ok(BLOCKED);
            }
        }
        Ok(Waitable::take_event(waitable).payload())
    }
}

/// `Task.request_cancellation`
///
/// # Safety
/// A living zone, and a record of its in use that is not resolved.
pub unsafe fn request(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        if (*call).has(edge::HOST_CALLEE) {
            return host::request_cancellation(zone, call);
        }
        let thread = &raw mut (*call).thread;
        match (*call).task {
            Task::Initial => {
                cancel_at_door(zone, call, thread);
                Ok(())
            }
            Task::Started => {
                (*call).task = Task::PendingCancel;
                make_turn(zone, call, thread)
            }
            _ => Ok(()),
        }
    }
}

/// A task that waits to enter never will.
unsafe fn cancel_at_door(zone: Context, call: *mut Call, thread: *mut Thread) {
    // SAFETY: the caller's: a record in use whose thread waits at the door.
    unsafe {
        let (_, offset, instance) = instance::of(thread);
        scheduler::take(zone, thread);
        (*instance).entering -= 1;
        (*thread).state = State::New;
        instance::open_gates(zone, offset);
        resolve(zone, call, subtask::CANCELLED_BEFORE_STARTED);
        (*scheduler::existing(zone)).callee_done(call);
    }
}

/// Has the task's event loop see the request, if it can now. Else it is ready for it, and one ready thread of the
/// instance runs, after which it may be able to.
unsafe fn make_turn(zone: Context, call: *mut Call, thread: *mut Thread) -> Result<(), Trap> {
    // SAFETY: the caller's: a record in use with an implicit thread that does not run, or called this.
    unsafe {
        let is_in_loop = (*thread).state.is_in_loop();
        if is_in_loop && is_ready(thread) {
            return resume_ready(zone, thread);
        }
        if (*thread).state == State::LoopSet && !(*thread).is_gated {
            // The set does not matter any more: it waits for the lock.
            scheduler::take(zone, thread);
            instance::queue_up(thread, false);
        }
        let Some(other) = scheduler::candidate(zone, (*call).callee()) else { return Ok(()) };
        resume_ready(zone, other)?;
        if !(*call).is_resolved() && (*thread).state.is_in_loop() && is_ready(thread) {
            return resume_ready(zone, thread);
        }
        Ok(())
    }
}

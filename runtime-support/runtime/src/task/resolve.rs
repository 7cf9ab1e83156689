//! Tasks resolve: they return, or acknowledge that they were cancelled (`Task.return_`, `Task.cancel`).

use super::call::{Call, Caller, Completion, Task};
use super::run::fail;
use super::scheduler::{self, wake};
use crate::context::Context;
use crate::waitable::Waitable;
use core::mem::transmute;
use weldc_abi::Trap;
use weldc_abi::artefact::Edge;
use weldc_abi::task::{self, edge, subtask};

type Resolve = unsafe extern "C" fn(Context, *mut Call, *mut u64, *const u64) -> i32;

/// Has generated code lower the result of a call.
///
/// # Safety
/// A living zone and a record of its in use that is not resolved; the values are what its edge says.
pub unsafe fn lower(zone: Context, call: *mut Call, values: *const u64) -> Result<(), Trap> {
    // SAFETY: the caller's; the compiler made a function of this type there if there is one.
    unsafe {
        let Edge { resolve, .. } = *(*call).edge;
        if resolve == 0 {
            return Ok(());
        }
        let code = (*scheduler::existing(zone)).code(resolve);
        match transmute::<usize, Resolve>(code)(zone, call, (*call).args, values) {
            0 => Ok(()),
            trap => Err(fail(zone, Trap::from_status(trap as u32))),
        }
    }
}

/// The caller of a call that has ended is told.
///
/// # Safety
/// A living zone and a record of its in use that is not resolved. The host may do anything but end the zone.
pub unsafe fn resolve(zone: Context, call: *mut Call, how: u32) {
    // SAFETY: the caller's.
    unsafe {
        (*call).task = Task::Resolved;
        (*call).subtask = how as u8;
        if matches!((*call).caller, Caller::Host | Caller::Completion) {
            (*call).keep_gifts();
            // The host knows as soon as it is so.
            (*call).deliver();
            scheduler::end_turn(zone);
        }
        let waiter = (*call).waiter;
        match (*call).caller {
            Caller::Guest if (*call).waitable.index() != 0 => {
                Waitable::set_pending(&raw mut (*call).waitable);
            }
            Caller::Guest if !waiter.is_null() => wake(zone, waiter.cast()),
            Caller::Completion if !waiter.is_null() => {
                let status = if how == subtask::RETURNED { 0 } else { task::CANCELLED };
                (*call).waiter = core::ptr::null_mut();
                (*call).deliver();
                (*scheduler::existing(zone)).caller_done(call);
                complete(waiter.cast(), status);
            }
            _ => {}
        }
    }
}

/// Tells whoever awaits it that a call has ended.
///
/// # Safety
/// A completion of a call that has given `PENDING`; it is not used any more.
pub unsafe fn complete(completion: *mut Completion, status: i32) {
    // SAFETY: the caller's.
    unsafe {
        if let Some(done) = (*completion).done {
            done(completion, status);
        }
    }
}

/// `task.return`
///
/// # Safety
/// A living zone whose code calls, and as many words as its type has.
pub unsafe fn task_return(zone: Context, returns: u32, values: *const u64) -> Result<(), Trap> {
    // SAFETY: the caller's; a task whose thread runs has a record.
    unsafe {
        let call = scheduler::current_task(zone).ok_or(Trap::InvalidReturn)?;
        if !(*call).has(edge::ASYNC_LIFT) || (*(*call).edge).returns != returns {
            return Err(Trap::InvalidReturn);
        }
        if (*call).task == Task::Resolved {
            return Err(Trap::AlreadyReturned);
        }
        lower(zone, call, values)?;
        if (*call).borrows != 0 {
            return Err(Trap::BorrowsRemain);
        }
        resolve(zone, call, subtask::RETURNED);
        Ok(())
    }
}

/// `task.cancel`
///
/// # Safety
/// A living zone whose code calls.
pub unsafe fn task_cancel(zone: Context) -> Result<(), Trap> {
    // SAFETY: the caller's; a task whose thread runs has a record.
    unsafe {
        let call = scheduler::current_task(zone).ok_or(Trap::NotCancelled)?;
        if !(*call).has(edge::ASYNC_LIFT) {
            return Err(Trap::NotCancelled);
        }
        match (*call).task {
            Task::CancelDelivered => {}
            Task::Resolved => return Err(Trap::AlreadyReturned),
            _ => return Err(Trap::NotCancelled),
        }
        if (*call).borrows != 0 {
            return Err(Trap::BorrowsRemain);
        }
        resolve(zone, call, subtask::CANCELLED_BEFORE_RETURNED);
        Ok(())
    }
}

//! Calls begin (`canon_lower`, and the beginning of `canon_lift`).

use super::call::{Call, Caller};
use super::host;
use super::instance;
use super::resolve;
use super::run::{WaitFor, drive, resume, take_over, wait_for};
use super::scheduler;
use super::thread::State;
use super::{outcome, status};
use crate::context::Context;
use crate::handles::Table;
use core::ptr;
use weldc_abi::task::{edge, subtask};
use weldc_abi::{Trap, context, handle};

/// `(context, edge, args) -> outcome`: calls a function through an edge for a component instance.
///
/// # Safety
/// A living zone whose code calls, one of its edges, and as many words as that says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_call(zone: Context, edge: u32, args: *mut u64) -> u64 {
    // SAFETY: the caller's.
    unsafe { outcome(call(zone, edge, args)) }
}

unsafe fn call(zone: Context, edge: u32, args: *mut u64) -> Result<u32, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::of(zone);
        let call = (*scheduler).new_call(zone, (*scheduler).edge(edge), args)?;
        start(zone, call)?;
        finish(zone, call)
    }
}

/// `(context, call, outcome) -> outcome`: goes on with a call that generated code began.
///
/// # Safety
/// A living zone whose code calls, a call that it began, and the outcome of its `enter`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_call_finish(zone: Context, call: *mut Call, ended: u64) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        (*call).caller = Caller::Guest;
        outcome(take_over(zone, call, ended).and_then(|()| finish(zone, call)))
    }
}

/// The callee has begun, or waits until it may: ends the call if it has returned. If not, the caller has a subtask, or
/// waits.
unsafe fn finish(zone: Context, call: *mut Call) -> Result<u32, Trap> {
    // SAFETY: the caller's: a living zone whose code calls, and a record of its in use.
    unsafe {
        let flags = (*call).flags();
        if (*call).is_resolved() {
            (*call).deliver();
        } else if flags & edge::ASYNC_LOWER != 0 {
            return add_subtask(zone, call);
        } else {
            await_end(zone, call)?;
        }
        (*scheduler::existing(zone)).caller_done(call);
        Ok(if flags & edge::ASYNC_LOWER != 0 { subtask::RETURNED } else { 0 })
    }
}

/// Starts the callee's task, or has it wait until it may enter; or calls a function of the host's.
///
/// # Safety
/// A living zone and a record of its in use that is new.
pub unsafe fn start(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        if (*call).has(edge::HOST_CALLEE) {
            return host::start_import(zone, call);
        }
        let thread = &raw mut (*call).thread;
        if (*call).has(edge::ASYNC_TYPE) {
            let offset = (*call).callee();
            let instance = instance::at(zone, offset);
            if (*instance).entering != 0 || instance::is_closed(call) {
                (*instance).entering += 1;
                (*thread).state = State::Door;
                scheduler::settle(zone, thread);
                instance::open_gates(zone, offset);
                return Ok(());
            }
        }
        resume(zone, thread)
    }
}

/// The caller is a thread that goes on when the callee has returned.
unsafe fn await_end(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's: a record in use that is not resolved.
    unsafe {
        if (*call).has(edge::ASYNC_TYPE) {
            wait_for(zone, WaitFor::Call, call.cast())?;
        } else {
            drive(zone, call)?;
        }
        (*call).deliver();
        Ok(())
    }
}

/// The caller goes on before the callee has returned: it gets a subtask.
unsafe fn add_subtask(zone: Context, call: *mut Call) -> Result<u32, Trap> {
    // SAFETY: the caller's: a record in use that is not resolved.
    unsafe {
        let table = (*(*call).edge).caller + context::instance::HANDLES as u32;
        let tag = handle::tag(handle::KIND_SUBTASK, 0);
        let index = (*zone.at::<Table>(table)).add(call as u64, tag, ptr::null_mut());
        let index = index.ok_or(Trap::HandleTableFull)?;
        (*call).waitable.placed(zone, table, index);
        // The result's address is among them.
        (*call).keep_args()?;
        Ok(u32::from((*call).subtask) | index << subtask::INDEX_SHIFT)
    }
}

/// `(context, instance, by) -> trap or 0`: `backpressure.inc` and `.dec`.
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_backpressure(zone: Context, instance: u32, by: i32) -> i32 {
    let at = instance + context::instance::BACKPRESSURE as u32;
    // SAFETY: the caller's.
    unsafe {
        let count = zone.load::<u32>(at).checked_add_signed(by);
        match count.filter(|&count| count <= context::MAX_BACKPRESSURE) {
            Some(count) => zone.store(at, count),
            None => return Trap::BackpressureOverflow as i32,
        }
        if !scheduler::existing(zone).is_null() {
            instance::open_gates(zone, instance);
        }
    }
    0
}

/// `(context, call) -> trap or 0`: a synchronous lift's result has been lowered.
///
/// # Safety
/// A living zone and a record of its in use, whose task runs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_task_returned(zone: Context, call: *mut Call) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        if (*call).borrows != 0 {
            return Trap::BorrowsRemain as i32;
        }
        resolve::resolve(zone, call, subtask::RETURNED);
    }
    0
}

/// `(context, returns, values) -> trap or 0`: `task.return`.
///
/// # Safety
/// A living zone whose code calls, and as many words as its type has.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_task_return(
    zone: Context,
    returns: u32,
    values: *const u64,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { status(resolve::task_return(zone, returns, values)) }
}

/// `(context) -> trap or 0`: `task.cancel`.
///
/// # Safety
/// A living zone whose code calls.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_task_cancel(zone: Context) -> i32 {
    // SAFETY: the caller's.
    unsafe { status(resolve::task_cancel(zone)) }
}

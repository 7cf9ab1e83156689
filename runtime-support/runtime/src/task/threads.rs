//! The thread built-ins.

use super::fiber::block;
use super::instance::{self, thread_at};
use super::run::blockable;
use super::scheduler::{self, is_ready, make_ready, settle};
use super::thread::{Explicit, State, Thread};
use super::{outcome, status};
use crate::context::Context;
use core::ffi::c_void;
use core::ptr;
use rust_alloc::boxed::Box;
use weldc_abi::Trap;
use weldc_abi::limits::MAX_THREADS;
use weldc_abi::task::switch;

/// `(context) -> index`
///
/// # Safety
/// A living zone whose code calls, in a thread of a task.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_thread_index(zone: Context) -> u32 {
    // SAFETY: the caller's.
    unsafe {
        let thread = scheduler::current(zone);
        let is_thread = !thread.is_null() && !(*thread).task.is_null();
        if is_thread { (*thread).index } else { 0 }
    }
}

/// `(context, function, argument, wide) -> index`, 0 if there are too many: a suspended thread of the current task.
///
/// # Safety
/// As [`weldc_rt_thread_index`]; a core function of the type that `wide` says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_thread_new(
    zone: Context,
    function: *const c_void,
    argument: u64,
    is_wide: u32,
) -> u32 {
    // SAFETY: the caller's.
    unsafe {
        let Some(task) = scheduler::current_task(zone) else { return 0 };
        let scheduler = scheduler::existing(zone);
        if (*scheduler).threads == MAX_THREADS {
            return 0;
        }
        let thread = Thread::new(task, true);
        let explicit = Explicit { thread, function, argument, is_wide: is_wide != 0 };
        let thread = Box::into_raw(Box::new(explicit)).cast::<Thread>();
        if !instance::register(thread) {
            (*task).threads -= 1;
            drop(Box::from_raw(thread.cast::<Explicit>()));
            return 0;
        }
        (*scheduler).threads += 1;
        (*thread).index
    }
}

/// `(context, instance, index) -> trap or 0`
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_thread_resume_later(
    zone: Context,
    instance: u32,
    index: u32,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        status(suspended(zone, instance, index).map(|thread| {
            (*thread).state = State::Yielded;
            make_ready(zone, thread);
        }))
    }
}

/// A suspended thread of an instance.
unsafe fn suspended(zone: Context, instance: u32, index: u32) -> Result<*mut Thread, Trap> {
    // SAFETY: the caller's: a living zone with an instance at this offset.
    unsafe {
        let thread = thread_at(zone, instance, index).ok_or(Trap::UnknownThread)?;
        match (*thread).state {
            State::Suspended => Ok(thread),
            _ => Err(Trap::ThreadNotSuspended),
        }
    }
}

/// `(context, instance, switch, index) -> outcome`
///
/// # Safety
/// A living zone whose code calls, with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_thread_switch(
    zone: Context,
    instance: u32,
    how: u32,
    index: u32,
) -> u64 {
    // SAFETY: the caller's.
    unsafe { outcome(switch_thread(zone, instance, how, index).map(|()| 0)) }
}

unsafe fn switch_thread(zone: Context, instance: u32, how: u32, index: u32) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        let other = match how {
            switch::YIELD | switch::SUSPEND => ptr::null_mut(),
            switch::SUSPEND_THEN_RESUME | switch::YIELD_THEN_RESUME => {
                suspended(zone, instance, index)?
            }
            _ => promotable(zone, instance, index)?,
        };
        let is_yield =
            matches!(how, switch::YIELD | switch::YIELD_THEN_RESUME | switch::YIELD_THEN_PROMOTE);
        let thread = match blockable(zone) {
            Ok(thread) => thread,
            // What a thread without a stack of its own yields for, it has at once.
            Err(_) if is_yield && other.is_null() => return Ok(()),
            Err(trap) => return Err(trap),
        };
        if how == switch::YIELD && scheduler::has_turn(zone, thread) {
            yield_turn(zone, thread);
            return Ok(());
        }
        if !other.is_null() {
            scheduler::take(zone, other);
        }
        (*thread).state = if is_yield { State::Yielded } else { State::Suspended };
        settle(zone, thread);
        block(zone, other);
        Ok(())
    }
}

/// The current thread, whose turn it is, yields: the turn is the next ready thread's, or its own again.
unsafe fn yield_turn(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's: a living zone whose code calls.
    unsafe {
        let Some(next) = scheduler::next_ready(zone) else {
            return scheduler::pass_turn(zone, thread);
        };
        (*thread).state = State::Yielded;
        settle(zone, thread);
        scheduler::pass_turn(zone, next);
        block(zone, next);
    }
}

/// A thread of an instance that is not the current one; null if it is not ready.
unsafe fn promotable(zone: Context, instance: u32, index: u32) -> Result<*mut Thread, Trap> {
    // SAFETY: the caller's: a living zone with an instance at this offset.
    unsafe {
        let thread = thread_at(zone, instance, index).ok_or(Trap::UnknownThread)?;
        if thread == scheduler::current(zone) {
            return Err(Trap::ThreadNotSuspended);
        }
        Ok(if is_ready(thread) { thread } else { ptr::null_mut() })
    }
}

//! The border to the host: what it calls, what is called of it, and how it drives the zone.
//!
//! Nothing of a zone's runs when the host says that a function of its is done: the call is noted, and its result is
//! lowered at the next tick.

use super::call::{Call, Caller, Completion, end_orphan};
use super::cancel;
use super::end::abandon;
use super::lower::start;
use super::report;
use super::resolve::{lower, resolve};
use super::run::{drive, fail, resume, take_over};
use super::scheduler::{self, Hook, Idle, Scheduler, existing};
use crate::context::Context;
use crate::link::{Wake, any_provider, set_waker};
use core::ffi::c_void;
use core::ptr;
use weldc_abi::task::{CANCELLED, PENDING, edge, subtask};
use weldc_abi::{Trap, context};

/// Calls a function of the host's.
///
/// # Safety
/// A living zone whose code calls, and a new record of its.
pub unsafe fn start_import(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        (*call).reserve_result()?;
        (*call).subtask = subtask::STARTED as u8;
        if super::run::enter_import(zone, call)? == 0 {
            end_import(zone, call);
        }
        Ok(())
    }
}

/// The result of the host's function has been lowered.
unsafe fn end_import(zone: Context, call: *mut Call) {
    // SAFETY: the caller's: a record in use.
    unsafe {
        resolve(zone, call, subtask::RETURNED);
        (*scheduler::existing(zone)).callee_done(call);
    }
}

/// What the host calls when a function of its that was pending is done.
///
/// # Safety
/// The completion is that of a call, whose record stays until this is called once.
pub unsafe extern "C" fn host_done(completion: *mut Completion, status: i32) {
    // SAFETY: the caller's.
    unsafe {
        let call: *mut Call = (*completion).caller.cast();
        if (*call).is_orphan {
            return end_orphan(call);
        }
        if !(*call).is_live || !(*call).is_awaited {
            return;
        }
        (*call).is_awaited = false;
        (*call).status = status;
        (*call).next = ptr::null_mut();
        let zone = (*call).zone;
        let scheduler = scheduler::existing(zone);
        match (*scheduler).done.is_null() {
            true => (*scheduler).done = call,
            false => (*(*scheduler).last_done).next = call,
        }
        (*scheduler).last_done = call;
        scheduler::notify(zone, scheduler);
    }
}

/// Lowers the results of the host's functions that are done. Whether there were any.
///
/// # Safety
/// A living zone; no reference into its state is in use.
pub unsafe fn lower_results(zone: Context) -> Result<bool, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        let is_any = !(*scheduler).done.is_null();
        while !(*scheduler).done.is_null() {
            let call = (*scheduler).done;
            (*scheduler).done = (*call).next;
            match (*call).status {
                0 => {
                    lower(zone, call, (*call).result.cast())?;
                    end_import(zone, call);
                }
                CANCELLED if (*call).is_cancelled => {
                    resolve(zone, call, subtask::CANCELLED_BEFORE_RETURNED);
                    (*scheduler).callee_done(call);
                }
                trap => return Err(fail(zone, Trap::from_status(trap as u32))),
            }
        }
        Ok(is_any)
    }
}

/// Asks the host to cancel a function of its.
///
/// # Safety
/// A living zone, and a record of its in use that is not resolved.
pub unsafe fn request_cancellation(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's; the host gave the function.
    unsafe {
        if (*call).is_awaited
            && let Some(cancel) = (*call).completion.cancel
        {
            cancel(&raw mut (*call).completion);
        }
        lower_results(zone).map(|_| ())
    }
}

/// While this is in use the zone is in a function that the host called.
struct Inside {
    zone: Context,
    scheduler: *mut Scheduler,
    /// The stack's limit as this found it: 0 if nothing of the zone's is on any stack.
    outer_limit: usize,
}

impl Inside {
    /// # Safety
    /// A living zone.
    unsafe fn begin(zone: Context) -> Inside {
        // SAFETY: the caller's.
        unsafe {
            let scheduler = scheduler::of(zone);
            (*scheduler).depth += 1;
            let outer_limit: usize = zone.load(context::STACK_LIMIT as u32);
            let here = (&raw const outer_limit) as usize;
            let granted: usize = zone.load(context::STACK_SIZE as u32);
            // As an entry of generated code does.
            if outer_limit == 0 || here.abs_diff(outer_limit) > granted {
                zone.store(context::STACK_LIMIT as u32, here.saturating_sub(granted).max(1));
            }
            if outer_limit == 0 {
                // No frame of the zone's is below this one.
                zone.store(context::gc::EXIT as u32, 0usize);
            }
            Inside { zone, scheduler, outer_limit }
        }
    }

    /// # Safety
    /// The zone still lives.
    unsafe fn end(self, result: Result<i32, Trap>) -> i32 {
        // SAFETY: the caller's.
        unsafe {
            (*self.scheduler).depth -= 1;
            self.zone.store(context::STACK_LIMIT as u32, self.outer_limit);
            match result {
                Ok(value) if self.zone.state() == 0 => value,
                Ok(_) => self.stopped(self.zone.state() as i32),
                Err(trap) => self.stopped(fail(self.zone, trap) as i32),
            }
        }
    }

    unsafe fn stopped(&self, status: i32) -> i32 {
        // SAFETY: the caller's: the zone lives.
        unsafe {
            if self.outer_limit == 0 {
                abandon(self.zone);
            }
        }
        status
    }
}

/// `(context, edge, args, *completion) -> status`: calls a function through an edge for the host.
///
/// # Safety
/// A living zone, an edge of its that the host calls, and as many words as that says; the completion is null, or stays
/// until it is called.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_call_export(
    zone: Context,
    edge: u32,
    args: *mut u64,
    completion: *mut Completion,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        if zone.state() != 0 {
            return Trap::CannotEnter as i32;
        }
        let inside = Inside::begin(zone);
        let result = call_export(zone, edge, args, completion);
        inside.end(result)
    }
}

unsafe fn call_export(
    zone: Context,
    edge: u32,
    args: *mut u64,
    completion: *mut Completion,
) -> Result<i32, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::of(zone);
        let call = (*scheduler).new_call(zone, (*scheduler).edge(edge), args)?;
        (*call).caller = if completion.is_null() { Caller::Host } else { Caller::Completion };
        start(zone, call)?;
        finish_export(zone, call, completion)
    }
}

/// `(context, call, outcome, *completion) -> status`: goes on with a call of the host's that generated code began.
///
/// # Safety
/// A living zone, a call of its that generated code began, the outcome of its `enter`, and a completion as for
/// [`weldc_rt_call_export`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_call_export_finish(
    zone: Context,
    call: *mut Call,
    outcome: u64,
    completion: *mut Completion,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let inside = Inside::begin(zone);
        (*call).caller = if completion.is_null() { Caller::Host } else { Caller::Completion };
        let result = take_over(zone, call, outcome);
        inside.end(result.and_then(|()| finish_export(zone, call, completion)))
    }
}

/// A call of the host's has begun: ends it, or leaves that to its completion.
unsafe fn finish_export(
    zone: Context,
    call: *mut Call,
    completion: *mut Completion,
) -> Result<i32, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        if !(*call).has(edge::ASYNC_TYPE) {
            drive(zone, call)?;
        }
        if !(*call).is_resolved() && !completion.is_null() {
            (*call).keep_args()?;
            (*call).waiter = completion.cast();
            (*completion).cancel = Some(cancel_export);
            (*completion).callee = call.cast();
            return Ok(PENDING);
        }
        let mut runs = 0u32;
        while !(*call).is_resolved() {
            runs = runs.wrapping_add(1);
            wait_for_work(zone, runs.is_multiple_of(RUNS))?;
        }
        (*call).give_gifts();
        (*call).deliver();
        (*scheduler).caller_done(call);
        Ok(0)
    }
}

/// Threads that a blocking call runs before it lets the host look whether something has happened.
const RUNS: u32 = 64;

/// Runs a ready thread, or waits until there may be one.
unsafe fn wait_for_work(zone: Context, must_look: bool) -> Result<(), Trap> {
    // SAFETY: the caller's: a living zone. The host gave the function with the argument.
    unsafe {
        let has_run = run_one(zone)?;
        if has_run && !must_look {
            return Ok(());
        }
        let can_go_on = weldc_rt_idle(zone, (!has_run).into()) == 0;
        if has_run || can_go_on {
            return Ok(());
        }
        report::deadlock(zone);
        Err(Trap::Deadlock)
    }
}

/// `(context, may_wait) -> 0 or 1`: calls the idle function of the zone and those of the zones that it uses; 0 as soon
/// as one says that something may be ready.
///
/// # Safety
/// A living zone.
pub unsafe extern "C" fn weldc_rt_idle(zone: Context, may_wait: i32) -> i32 {
    // SAFETY: the caller's; providers live as long. The host gave the function with the argument.
    unsafe {
        let Hook { function, argument } = (*scheduler::of(zone)).idler;
        if function.is_some_and(|idle| idle(argument, may_wait) == 0) && may_wait != 0 {
            return 0;
        }
        let is_enough = any_provider(zone, &mut |provider, services| {
            services.idle.is_some_and(|idle| idle(provider, may_wait) == 0) && may_wait != 0
        });
        i32::from(!is_enough)
    }
}

/// Runs one ready thread of the zone or of those it uses, if there is one.
unsafe fn run_one(zone: Context) -> Result<bool, Trap> {
    // SAFETY: the caller's: a living zone, and providers live as long.
    unsafe {
        if !(*existing(zone)).done.is_null() && lower_results(zone)? {
            return Ok(true);
        }
        if let Some(thread) = scheduler::next_ready(zone) {
            scheduler::begin_turn(zone, thread);
            let result = resume(zone, thread);
            scheduler::end_turn(zone);
            return result.map(|()| true);
        }
        // One that stops tells so those who wait for it.
        Ok(any_provider(zone, &mut |provider, services| {
            services.tick.is_some_and(|tick| tick(provider) == 1)
                || !(*existing(zone)).done.is_null()
        }))
    }
}

/// `void (*cancel)(completion *)` of a call of the host's.
///
/// # Safety
/// A completion of a call that is pending, in a living zone.
unsafe extern "C" fn cancel_export(completion: *mut Completion) {
    // SAFETY: the caller's.
    unsafe {
        let call: *mut Call = (*completion).callee.cast();
        let zone = (*call).zone;
        if zone.state() != 0 || (*call).is_cancelled || (*call).is_resolved() {
            return;
        }
        let inside = Inside::begin(zone);
        (*call).is_cancelled = true;
        let result = cancel::request(zone, call).map(|()| 0);
        inside.end(result);
    }
}

/// A trap's code as `tick` returns it has this added.
const STOPPED: i32 = 256;

/// `(context) -> i32`: runs one ready thread of the zone or of the zones it uses: 1, 0 if none is ready, else what
/// ended the zone + 256.
///
/// # Safety
/// A living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_tick(zone: Context) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let inside = Inside::begin(zone);
        let result = match zone.state() {
            0 => run_one(zone).map(i32::from),
            _ => Ok(0),
        };
        match inside.end(result) {
            status if zone.state() != 0 => status + STOPPED,
            ran => ran,
        }
    }
}

/// `(context, fn(void *), void *)`: what is called when something becomes ready outside of `tick` and of calls.
///
/// # Safety
/// A living zone; the function can be called with the argument as long as it lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_set_waker(
    zone: Context,
    function: Option<Wake>,
    argument: *mut c_void,
) {
    // SAFETY: the caller's; providers live as long as the zone.
    unsafe { set_waker(zone, function, argument) }
}

/// `(context, int32_t fn(void *, int32_t), void *)`: what a blocking call calls with 1 when nothing is ready; 0 if
/// something may be now. With 0, now and then, when something has been ready for long.
///
/// # Safety
/// As `weldc_rt_set_waker`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_set_idle(
    zone: Context,
    function: Option<Idle>,
    argument: *mut c_void,
) {
    // SAFETY: the caller's.
    unsafe { (*scheduler::of(zone)).idler = Hook { function, argument } }
}

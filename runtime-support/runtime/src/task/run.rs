//! Threads run (`Thread.resume`, `canon_lift`).
//!
//! Whoever resumes a thread gets control back when it blocks or ends, on the same stack. A trap comes back as an error
//! and ends the zone: no thread is resumed after it.

use super::call::{Call, Task};
use super::fiber::{self, Back, Suspension};
use super::instance;
use super::report;
use super::scheduler::{self, settle};
use super::thread::{Explicit, State, Thread};
use crate::context::Context;
use crate::waitable::{Event, Waitable, WaitableSet, find_set};
use core::mem::transmute;
use core::ptr;
use rust_alloc::boxed::Box;
use weldc_abi::artefact::Edge;
use weldc_abi::task::{OUTCOME_TRAP_SHIFT, callback, edge, event, subtask};
use weldc_abi::{Trap, context};

/// What a thread calls.
#[derive(Clone, Copy)]
pub enum Job {
    /// [`Edge::enter`]
    Enter,
    /// [`Edge::callback`] with this event.
    Callback(Event),
    /// An explicit thread's function.
    Explicit,
}

type Enter = unsafe extern "C" fn(Context, *mut Call, *mut u64) -> u64;
type Callback = unsafe extern "C" fn(Context, u32, u32, u32) -> u64;
type First = unsafe extern "C" fn(Context, *const core::ffi::c_void, u64) -> u32;

/// Has generated code do a job on the current stack. The outcome is the code's.
///
/// # Safety
/// A living zone; the thread is its current one, and the job is one of the thread's.
pub unsafe fn call_job(zone: Context, thread: *mut Thread, job: Job) -> u64 {
    // SAFETY: the caller's; the compiler made functions of these types there.
    unsafe {
        let call = (*thread).task;
        let Edge { enter, callback, .. } = *(*call).edge;
        let code = |offset| (*scheduler::existing(zone)).code(offset);
        match job {
            Job::Enter => transmute::<usize, Enter>(code(enter))(zone, call, (*call).args),
            Job::Callback(event) => {
                let code = transmute::<usize, Callback>(code(callback));
                code(zone, event.code, event.index(), event.payload())
            }
            Job::Explicit => {
                let Explicit { function, argument, is_wide, .. } = *thread.cast::<Explicit>();
                let first = zone.record().artefact.thread(is_wide);
                let status = transmute::<usize, First>(first)(zone, function, argument);
                u64::from(status) << OUTCOME_TRAP_SHIFT
            }
        }
    }
}

/// The value of generated code's outcome, or its trap. A trap ends the zone.
unsafe fn value_of(zone: Context, outcome: u64) -> Result<u32, Trap> {
    match (outcome >> OUTCOME_TRAP_SHIFT) as u32 {
        0 => Ok(outcome as u32),
        // SAFETY: the caller's: a living zone.
        trap => Err(unsafe { fail(zone, Trap::from_status(trap)) }),
    }
}

/// A trap ends the zone, if none has before. Gives the one that has.
///
/// # Safety
/// A living zone.
pub unsafe fn fail(zone: Context, trap: Trap) -> Trap {
    // SAFETY: the caller's.
    unsafe {
        if zone.state() == 0 {
            zone.store(context::STATE as u32, trap as u32);
        }
        Trap::from_status(zone.state())
    }
}

/// Runs a thread until it blocks or ends, then the one that it switched to, if any, and so on.
///
/// # Safety
/// A living zone, and a thread of its that does not run and stands in no queue. No reference into the zone's state is
/// in use, here and in all functions of this module.
pub unsafe fn resume(zone: Context, thread: *mut Thread) -> Result<(), Trap> {
    let mut next = thread;
    while !next.is_null() {
        // SAFETY: the caller's; a thread that is switched to was taken out of its queue. The call outlives the thread
        // if that traps.
        unsafe {
            let call = (*next).task;
            next = match step(zone, next) {
                Ok(next) => next,
                Err(trap) => {
                    report::trapped(zone, call);
                    return Err(fail(zone, trap));
                }
            };
        }
    }
    // SAFETY: the caller's.
    match unsafe { zone.state() } {
        0 => Ok(()),
        trap => Err(Trap::from_status(trap)),
    }
}

/// Runs a thread until it blocks or ends; gives the thread that it switched to, or null.
///
/// # Safety
/// As [`resume`].
unsafe fn step(zone: Context, thread: *mut Thread) -> Result<*mut Thread, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let state = core::mem::replace(&mut (*thread).state, State::Running);
        match state {
            State::New | State::Door => {
                enter(zone, thread, state == State::Door)?;
                activate(zone, thread, Job::Enter)
            }
            State::LoopSet | State::LoopYield => {
                let event = next_event(thread, state)?;
                activate(zone, thread, Job::Callback(event))
            }
            _ if !(*thread).fiber.is_null() => go_on(zone, thread),
            _ => activate(zone, thread, Job::Explicit),
        }
    }
}

/// `Task.enter_implicit_thread`, once the task may enter, and `Task.start`.
unsafe fn enter(zone: Context, thread: *mut Thread, has_waited: bool) -> Result<(), Trap> {
    // SAFETY: the caller's: a living thread that begins.
    unsafe {
        let call = (*thread).task;
        let (_, offset, instance) = instance::of(thread);
        if (*call).needs_exclusive() {
            (*instance).exclusive = thread;
        }
        if has_waited {
            (*instance).entering -= 1;
            instance::open_gates(zone, offset);
        }
        if !instance::register(thread) {
            return Err(Trap::TooManyThreads);
        }
        (*call).task = Task::Started;
        (*call).subtask = subtask::STARTED as u8;
        if (*call).waitable.index() != 0 {
            Waitable::set_pending(&raw mut (*call).waitable);
        }
        Ok(())
    }
}

/// The event for which a thread leaves its event loop's wait; it has the exclusive lock again.
unsafe fn next_event(thread: *mut Thread, state: State) -> Result<Event, Trap> {
    // SAFETY: the caller's: a living thread that may go on.
    unsafe {
        let call = (*thread).task;
        let (_, _, instance) = instance::of(thread);
        (*instance).exclusive = thread;
        let set: *mut WaitableSet = (*thread).target.cast();
        let is_set = state == State::LoopSet;
        if is_set {
            (*set).waiting -= 1;
        }
        if (*call).task == Task::PendingCancel {
            (*call).task = Task::CancelDelivered;
            if is_set && (*set).has_pending() {
                WaitableSet::wake_next(set);
            }
            return Ok(Event::new(event::TASK_CANCELLED, 0, 0));
        }
        Ok(match is_set {
            true => WaitableSet::take_event(set),
            false => Event::NONE,
        })
    }
}

/// Has a thread do a job, on a stack of its own if it needs one, and what follows from it.
unsafe fn activate(zone: Context, thread: *mut Thread, job: Job) -> Result<*mut Thread, Trap> {
    // SAFETY: the caller's: a living thread with nothing on any stack.
    unsafe {
        if (*thread).is_explicit || (*(*thread).task).has(edge::OWN_STACK) {
            fiber::begin(zone, thread, job)?;
            return go_on(zone, thread);
        }
        let mut job = job;
        loop {
            let below = scheduler::current(zone);
            zone.store(context::CURRENT_THREAD as u32, thread);
            let outcome = call_job(zone, thread, job);
            zone.store(context::CURRENT_THREAD as u32, below);
            match end_job(zone, thread, job, outcome)? {
                Some(next) => job = next,
                None => return Ok(ptr::null_mut()),
            }
        }
    }
}

/// What follows from a call that generated code began with a spare record, and whose code has returned.
///
/// # Safety
/// As [`resume`], for the implicit thread of a call that has begun; the outcome is that of its `enter`, and the caller
/// is noted.
pub unsafe fn take_over(zone: Context, call: *mut Call, outcome: u64) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        if (*call).has(edge::HOST_CALLEE) {
            return value_of(zone, outcome).map(|_| ());
        }
        let thread = &raw mut (*call).thread;
        let ended = match end_job(zone, thread, Job::Enter, outcome) {
            Ok(Some(job)) => activate(zone, thread, job).map(|_| ()),
            ended => ended.map(|_| ()),
        };
        ended.map_err(|trap| {
            report::trapped(zone, call);
            fail(zone, trap)
        })
    }
}

/// Continues a thread on its stack, and what follows if its job ends.
unsafe fn go_on(zone: Context, first: *mut Thread) -> Result<*mut Thread, Trap> {
    let mut next = first;
    // SAFETY: the caller's: a living thread with a stack.
    unsafe {
        loop {
            let Back { thread, job, suspension } = fiber::switch(zone, next);
            next = thread;
            let outcome = match suspension {
                Suspension::Blocked(other) => return Ok(other),
                Suspension::Ended(outcome) => outcome,
            };
            match end_job(zone, thread, job, outcome)? {
                Some(next) => fiber::begin(zone, thread, next)?,
                None => return Ok(ptr::null_mut()),
            }
        }
    }
}

/// What follows from the outcome of a job: the thread ends, waits, or has another job at once.
unsafe fn end_job(
    zone: Context,
    thread: *mut Thread,
    job: Job,
    outcome: u64,
) -> Result<Option<Job>, Trap> {
    // SAFETY: the caller's: a living thread with nothing on any stack.
    unsafe {
        let value = value_of(zone, outcome)?;
        if zone.state() != 0 {
            return Err(Trap::from_status(zone.state()));
        }
        if let Job::Explicit = job {
            return end_explicit(zone, thread).map(|()| None);
        }
        if !(*(*thread).task).has(edge::CALLBACK) {
            return end_implicit(zone, thread).map(|()| None);
        }
        match value & ((1 << callback::CODE_BITS) - 1) {
            callback::EXIT => end_implicit(zone, thread).map(|()| None),
            callback::YIELD => wait_in_loop(zone, thread, State::LoopYield, ptr::null_mut()),
            callback::WAIT => {
                let (_, offset, _) = instance::of(thread);
                let index = value >> callback::CODE_BITS;
                let table = offset + context::instance::HANDLES as u32;
                let set = find_set(zone, table, index)?;
                (*set).waiting += 1;
                wait_in_loop(zone, thread, State::LoopSet, set)
            }
            _ => Err(Trap::UnsupportedCallback),
        }
    }
}

/// A thread waits in its event loop, unless cancellation is pending: then its callback is called at once.
unsafe fn wait_in_loop(
    zone: Context,
    thread: *mut Thread,
    state: State,
    set: *mut WaitableSet,
) -> Result<Option<Job>, Trap> {
    // SAFETY: the caller's: a living thread with nothing on any stack, which has the exclusive lock.
    unsafe {
        (*thread).target = set.cast();
        if (*(*thread).task).task == Task::PendingCancel {
            return Ok(Some(Job::Callback(next_event(thread, state)?)));
        }
        (*thread).state = state;
        let (_, offset, instance) = instance::of(thread);
        (*instance).exclusive = ptr::null_mut();
        settle(zone, thread);
        instance::open_gates(zone, offset);
        Ok(None)
    }
}

/// `Task.exit_implicit_thread`
unsafe fn end_implicit(zone: Context, thread: *mut Thread) -> Result<(), Trap> {
    // SAFETY: the caller's: a living thread with nothing on any stack.
    unsafe {
        let call = (*thread).task;
        let (_, offset, instance) = instance::of(thread);
        instance::unregister(thread);
        if (*call).needs_exclusive() {
            (*instance).exclusive = ptr::null_mut();
            instance::open_gates(zone, offset);
        }
        end_thread(zone, call)
    }
}

unsafe fn end_explicit(zone: Context, thread: *mut Thread) -> Result<(), Trap> {
    // SAFETY: the caller's: a living explicit thread with nothing on any stack.
    unsafe {
        let call = (*thread).task;
        instance::unregister(thread);
        (*scheduler::existing(zone)).threads -= 1;
        drop(Box::from_raw(thread.cast::<Explicit>()));
        end_thread(zone, call)
    }
}

/// `Task.unregister_thread`: with its last thread a task ends, which must have returned.
unsafe fn end_thread(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's: a record in use.
    unsafe {
        if (*call).threads != 0 {
            return Ok(());
        }
        if (*call).task != Task::Resolved {
            return Err(Trap::NoResult);
        }
        (*scheduler::existing(zone)).callee_done(call);
        Ok(())
    }
}

/// What a thread waits for with frames on its stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitFor {
    Set,
    Waitable,
    Call,
}

/// The current thread, if it can block.
///
/// # Safety
/// A living zone, whose code called.
pub unsafe fn blockable(zone: Context) -> Result<*mut Thread, Trap> {
    // SAFETY: the caller's; a record of an adapter's has no task, and no stack of its own.
    unsafe {
        let thread = scheduler::current(zone);
        if thread.is_null() || (*thread).task.is_null() {
            return Err(Trap::CannotBlock);
        }
        let running = (*scheduler::of(zone)).running;
        match running.is_null() || (*thread).fiber != running {
            true => Err(Trap::CannotBlock),
            false => Ok(thread),
        }
    }
}

/// `Thread.wait_until`, of something that is not so yet: blocks the current thread.
///
/// # Safety
/// A living zone, whose code called; the target is what it has to be, and lives until then. Nothing on the stack needs
/// dropping.
pub unsafe fn wait_for(zone: Context, what: WaitFor, target: *mut u8) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        let thread = blockable(zone)?;
        (*thread).target = target;
        (*thread).state = match what {
            WaitFor::Set => State::Set,
            WaitFor::Waitable => State::Waitable,
            WaitFor::Call => State::Call,
        };
        settle(zone, thread);
        fiber::block(zone, ptr::null_mut());
        Ok(())
    }
}

/// Runs a thread that was ready, or would have been.
///
/// # Safety
/// As [`resume`], but for the queue.
pub unsafe fn resume_ready(zone: Context, thread: *mut Thread) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        scheduler::take(zone, thread);
        resume(zone, thread)
    }
}

/// Runs the ready threads of a synchronous call's instance until it has returned (the end of `canon_lift`).
///
/// # Safety
/// A living zone and a record of its in use, whose callee is an instance.
pub unsafe fn drive(zone: Context, call: *mut Call) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        while !(*call).is_resolved() {
            super::host::lower_results(zone)?;
            let offset = (*call).callee();
            let Some(thread) = scheduler::candidate(zone, offset) else {
                return Err(Trap::CannotBlock);
            };
            resume_ready(zone, thread)?;
        }
        Ok(())
    }
}

/// Calls a function of the host's: whether it is pending.
///
/// # Safety
/// A living zone whose code calls, and a record of its in use.
pub unsafe fn enter_import(zone: Context, call: *mut Call) -> Result<u32, Trap> {
    // SAFETY: the caller's; the compiler made a function of this type there.
    unsafe {
        let code = (*scheduler::existing(zone)).code((*(*call).edge).enter);
        let outcome = transmute::<usize, Enter>(code)(zone, call, (*call).args);
        value_of(zone, outcome)
    }
}

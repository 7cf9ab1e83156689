//! Stacks of their own, for code that may block.
//!
//! A [`Fiber`] is a stack with a coroutine on it that does one job after the other: it calls generated code, says how
//! that ended, and waits for the next. Between jobs it belongs to nobody; its zone keeps a few, the process some more.
//! While a job is suspended nothing is on the stack but frames of generated code, of the runtime's functions that it
//! called, and of the host's that called the zone again: none has anything to drop, so that the stack of a zone that
//! has stopped is begun anew without unwinding.
//!
//! What else belongs to a stack is switched with it here: the current thread, the stack's limit, the scopes of calls,
//! and where the collector finds the frames ([`weldc_abi::context::gc::EXIT`]).

use super::run::{Job, call_job};
use super::scheduler::{self, Scheduler};
use super::thread::Thread;
use crate::context::Context;
use crate::handles::Scopes;
use crate::os;
use crate::zone::pool::Pool;
use core::mem::{self, ManuallyDrop};
use core::num::NonZeroUsize;
use core::ptr;
use corosensei::stack::{Stack, StackPointer};
use corosensei::{Coroutine, CoroutineResult, Yielder};
use rust_alloc::boxed::Box;
use rust_alloc::vec::Vec;
use weldc_abi::{HOST_PAGE, Trap, context};

/// Bytes of a stack that functions of the host's, and the runtime's, have beyond the zone's own.
const RESERVE: usize = 256 << 10;
/// Bytes below a stack that cannot be accessed.
const GUARD: usize = HOST_PAGE as usize;
/// Idle stacks that a zone keeps, and that the process does.
const KEPT: u32 = 8;
const KEPT_BY_ALL: usize = 32;

/// Why a fiber gave back control.
#[derive(Clone, Copy)]
pub enum Suspension {
    /// Its thread waits; the other one is to be resumed, unless it is null.
    Blocked(*mut Thread),
    /// The job's outcome.
    Ended(u64),
}

type Code = Coroutine<*mut Fiber, Suspension, (), Memory>;

/// See the module's head.
pub struct Fiber {
    code: ManuallyDrop<Code>,
    yielder: *const Yielder<*mut Fiber, Suspension>,
    pub job: Job,
    zone: Context,
    thread: *mut Thread,
    /// Bytes of the stack, and what [`context::STACK_LIMIT`] is on it.
    size: usize,
    limit: usize,
    /// What it was in the zones that the zone uses.
    limits_below: Vec<(Context, usize)>,
    /// The zone's [`context::gc::EXIT`] as it was when this was suspended; 0 while it runs.
    exit: usize,
    /// The same of whoever resumed this, and what fiber that was.
    exit_below: usize,
    below: *mut Fiber,
    scopes: Scopes,
    /// Its neighbours among those with frames of the zone, or the next idle one.
    next: *mut Fiber,
    previous: *mut Fiber,
}

/// The memory of a stack.
struct Memory {
    start: *mut u8,
    size: usize,
}

impl Memory {
    fn reserve(size: usize) -> Option<Memory> {
        let start = os::reserve_zeroed(size)?.as_ptr();
        // SAFETY: the lowest pages of a new reservation.
        if unsafe { os::make_inaccessible(start, GUARD) } {
            return Some(Memory { start, size });
        }
        // SAFETY: a whole reservation, which nothing uses.
        unsafe { os::release(start, size) };
        None
    }
}

impl Drop for Memory {
    fn drop(&mut self) {
        // SAFETY: a whole reservation; whoever drops a stack has nothing on it.
        unsafe { os::release(self.start, self.size) };
    }
}

// SAFETY: the lowest pages of the memory are a guard where the system has such, and generated code looks at its
// stack's limit; the bounds are multiples of pages.
unsafe impl Stack for Memory {
    fn base(&self) -> StackPointer {
        NonZeroUsize::new(self.start as usize + self.size).unwrap_or(NonZeroUsize::MIN)
    }
    fn limit(&self) -> StackPointer {
        NonZeroUsize::new(self.start as usize).unwrap_or(NonZeroUsize::MIN)
    }
}

/// An idle fiber of no zone.
#[derive(Clone, Copy)]
struct Idle {
    fiber: *mut Fiber,
    size: usize,
}
// SAFETY: an idle fiber belongs to whoever holds this value; nothing on its stack is of any thread.
unsafe impl Send for Idle {}

static IDLE: Pool<Idle, KEPT_BY_ALL> = Pool::new();

/// What a fiber does: one job after the other.
fn work(yielder: &Yielder<*mut Fiber, Suspension>, first: *mut Fiber) {
    let mut fiber = first;
    loop {
        // SAFETY: whoever resumes a fiber gives it itself, with a job; what the job needs lives.
        let outcome = unsafe {
            (*fiber).yielder = yielder;
            call_job((*fiber).zone, (*fiber).thread, (*fiber).job)
        };
        fiber = yielder.suspend(Suspension::Ended(outcome));
    }
}

fn make(size: usize) -> Option<*mut Fiber> {
    let memory = Memory::reserve(size)?;
    let limit = memory.start as usize + GUARD + RESERVE;
    let fiber = Fiber {
        code: ManuallyDrop::new(Coroutine::with_stack(memory, work)),
        yielder: ptr::null(),
        job: Job::Enter,
        zone: Context(ptr::null_mut()),
        thread: ptr::null_mut(),
        size,
        limit,
        limits_below: Vec::new(),
        exit: 0,
        exit_below: 0,
        below: ptr::null_mut(),
        scopes: Scopes::new(),
        next: ptr::null_mut(),
        previous: ptr::null_mut(),
    };
    Some(Box::into_raw(Box::new(fiber)))
}

/// Bytes of a stack for a thread of this zone.
unsafe fn stack_size(zone: Context) -> usize {
    // SAFETY: a field of every context.
    let own: usize = unsafe { zone.load(context::STACK_SIZE as u32) };
    own.saturating_add(RESERVE + GUARD).checked_next_multiple_of(GUARD).unwrap_or(usize::MAX)
}

/// Gives a thread a stack, and a job to do there.
///
/// # Safety
/// A living zone, and a thread of its that has none.
pub unsafe fn begin(zone: Context, thread: *mut Thread, job: Job) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::of(zone);
        let fiber = (*scheduler).acquire(stack_size(zone)).ok_or(Trap::NoStack)?;
        (*fiber).job = job;
        (*fiber).zone = zone;
        (*fiber).thread = thread;
        (*fiber).exit = 0;
        (*fiber).next = (*scheduler).fibers;
        (*fiber).previous = ptr::null_mut();
        if !(*fiber).next.is_null() {
            (*(*fiber).next).previous = fiber;
        }
        (*scheduler).fibers = fiber;
        (*thread).fiber = fiber;
        Ok(())
    }
}

/// Runs a thread on its stack until it blocks or its job ends; then it has none any more.
///
/// # Safety
/// A living zone, and a thread of its that has a stack and does not run.
pub unsafe fn switch(zone: Context, thread: *mut Thread) -> Suspension {
    // SAFETY: the caller's. The scheduler's and the fiber's fields are named one by one, since the code that runs
    // meanwhile does so, too.
    unsafe {
        let scheduler = scheduler::existing(zone);
        let fiber = (*thread).fiber;
        let limit = context::STACK_LIMIT as u32;
        let exit = context::gc::EXIT as u32;
        let thread_below = scheduler::current(zone);
        let limit_below: usize = zone.load(limit);
        (*fiber).exit_below = zone.load(exit);
        (*fiber).below = (*scheduler).running;
        (*scheduler).running = fiber;
        zone.store(context::CURRENT_THREAD as u32, thread);
        zone.store(exit, (*fiber).exit);
        (*fiber).exit = 0;
        (*fiber).set_limits(zone);
        mem::swap(&mut zone.record().scopes, &mut (*fiber).scopes);

        let CoroutineResult::Yield(suspension) = (*fiber).code.resume(fiber) else {
            os::abort("a stack's work has ended");
        };

        mem::swap(&mut zone.record().scopes, &mut (*fiber).scopes);
        (*fiber).exit = zone.load(exit);
        zone.store(exit, (*fiber).exit_below);
        zone.store(limit, limit_below);
        for (provider, limit_below) in (*fiber).limits_below.drain(..) {
            provider.store(limit, limit_below);
        }
        zone.store(context::CURRENT_THREAD as u32, thread_below);
        (*scheduler).running = (*fiber).below;
        if let Suspension::Ended(_) = suspension {
            (*thread).fiber = ptr::null_mut();
            (*scheduler).retire(fiber);
        }
        suspension
    }
}

/// The current thread blocks: goes back to whoever resumed it, which resumes the other thread unless that is null.
/// Returns when it is resumed itself.
///
/// # Safety
/// The current thread of this living zone runs on the innermost stack, and stands where it waits. Nothing on the
/// stack needs dropping.
pub unsafe fn block(zone: Context, other: *mut Thread) {
    // SAFETY: the caller's; the yielder is that of the work on this stack, which has not ended.
    unsafe {
        let fiber = (*scheduler::existing(zone)).running;
        (*(*fiber).yielder).suspend(Suspension::Blocked(other));
    }
}

impl Scheduler {
    /// An idle fiber.
    fn acquire(&mut self, size: usize) -> Option<*mut Fiber> {
        // SAFETY: the zone's idle fibers are its own.
        unsafe {
            while !self.idle.is_null() {
                let fiber = self.idle;
                self.idle = (*fiber).next;
                self.idle_count -= 1;
                if (*fiber).size == size {
                    return Some(fiber);
                }
                give_away(fiber);
            }
        }
        match IDLE.take(|idle| idle.size == size) {
            Some(idle) => Some(idle.fiber),
            None => make(size),
        }
    }

    /// A fiber has done its job.
    ///
    /// # Safety
    /// It has frames of this zone, and is idle.
    unsafe fn retire(&mut self, fiber: *mut Fiber) {
        // SAFETY: the caller's; neighbours live.
        unsafe {
            let Fiber { next, previous, .. } = *fiber;
            match previous.is_null() {
                true => self.fibers = next,
                false => (*previous).next = next,
            }
            if !next.is_null() {
                (*next).previous = previous;
            }
            if self.idle_count == KEPT {
                return give_away(fiber);
            }
            (*fiber).next = self.idle;
            self.idle = fiber;
            self.idle_count += 1;
        }
    }

    /// Gives away the stacks of a zone that has stopped, with what is on them.
    ///
    /// # Safety
    /// None of them runs; no thread is resumed any more.
    pub unsafe fn release_fibers(&mut self) {
        // SAFETY: the caller's. Of suspended stacks see the module's head: nothing on them has to be dropped.
        unsafe {
            while !self.fibers.is_null() {
                let fiber = self.fibers;
                self.fibers = (*fiber).next;
                (*fiber).code.force_reset();
                free(fiber);
            }
            while !self.idle.is_null() {
                let fiber = self.idle;
                self.idle = (*fiber).next;
                give_away(fiber);
            }
            self.idle_count = 0;
        }
    }
}

impl Fiber {
    /// The zone's code, and that of the zones it uses, finds this stack's limit.
    ///
    /// # Safety
    /// A living zone.
    unsafe fn set_limits(&mut self, zone: Context) {
        // SAFETY: the caller's; providers live as long as the zone.
        unsafe {
            zone.store(context::STACK_LIMIT as u32, self.limit);
            for &provider in zone.record().links.providers() {
                let below = provider.load(context::STACK_LIMIT as u32);
                self.limits_below.push((provider, below));
                self.set_limits(provider);
            }
        }
    }
}

/// Leaves an idle fiber to other zones.
///
/// # Safety
/// Nothing refers to it.
unsafe fn give_away(fiber: *mut Fiber) {
    // SAFETY: the caller's.
    unsafe {
        (*fiber).scopes = Scopes::new();
        if !IDLE.put(Idle { fiber, size: (*fiber).size }) {
            (*fiber).code.force_reset();
            free(fiber);
        }
    }
}

/// # Safety
/// As [`give_away`]; its work has been reset.
unsafe fn free(fiber: *mut Fiber) {
    // SAFETY: the caller's.
    unsafe {
        ManuallyDrop::drop(&mut (*fiber).code);
        drop(Box::from_raw(fiber));
    }
}

/// Where the collector finds frames beside those on the stack that runs: frame pointers as
/// [`context::gc::EXIT`] has them.
///
/// # Safety
/// A living zone.
pub unsafe fn each_exit(zone: Context, mut each: impl FnMut(usize)) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = scheduler::existing(zone);
        if scheduler.is_null() {
            return;
        }
        let mut fiber = (*scheduler).running;
        while !fiber.is_null() {
            each((*fiber).exit_below);
            fiber = (*fiber).below;
        }
        fiber = (*scheduler).fibers;
        while !fiber.is_null() {
            each((*fiber).exit);
            fiber = (*fiber).next;
        }
    }
}

/// How many fibers there are from this one on.
///
/// # Safety
/// Null, or the first of those with frames of a living zone.
pub unsafe fn count(first: *const Fiber) -> u32 {
    let (mut count, mut fiber) = (0, first);
    while !fiber.is_null() {
        count += 1;
        // SAFETY: the caller's.
        fiber = unsafe { (*fiber).next };
    }
    count
}

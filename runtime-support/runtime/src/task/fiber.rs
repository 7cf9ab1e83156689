//! Stacks of their own, for code that may block.
//!
//! A [`Fiber`] is a stack on which [`work`] does one job after the other: it calls generated code, says how
//! that ended, and waits for the next. Between jobs it belongs to nobody; its zone keeps a few, the process some more.
//! While a job is suspended nothing is on the stack but frames of generated code, of the runtime's functions that it
//! called, and of the host's that called the zone again: none has anything to drop, so that the stack of a zone that
//! has stopped is begun anew without unwinding.
//!
//! A thread that is resumed comes back to whoever resumed it. On its way it may pass control to another thread that has
//! a stack, which then comes back in its place.
//!
//! What else belongs to a stack is switched with it here: the current thread, the stack's limit, the scopes of calls,
//! and where the collector finds the frames ([`weldc_abi::context::gc::EXIT`]).

use super::run::{Job, call_job};
use super::scheduler::{self, Scheduler};
use super::stack::{GUARD, Memory};
use super::thread::{State, Thread};
use crate::arch::{new_stack, switch_stack};
use crate::context::Context;
use crate::handles::Scopes;
use crate::link::providers;
use crate::os;
use crate::zone::LARGEST_GRANT;
use crate::zone::pool::Pool;
use core::mem;
use core::ptr;
use core::sync::atomic::Ordering;
use rust_alloc::boxed::Box;
use rust_alloc::vec::Vec;
use weldc_abi::{Trap, context};

/// Bytes of a stack that functions of the host's, and the runtime's, have beyond the zone's own.
const RESERVE: usize = 256 << 10;
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

/// See the module's head.
pub struct Fiber {
    /// Released with this.
    _memory: Memory,
    /// Its stack pointer while it does not run, and that of whoever resumed it while it does.
    sp: usize,
    sp_below: usize,
    /// Why it came back last.
    suspension: Suspension,
    job: Job,
    zone: Context,
    thread: *mut Thread,
    /// Bytes of the stack, and what [`context::STACK_LIMIT`] is on it.
    size: usize,
    limit: usize,
    /// Bytes above the limit.
    own: usize,
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
///
/// # Safety
/// On the stack of the fiber at this address, which has a job; what that needs lives.
unsafe extern "C" fn work(fiber: usize) -> ! {
    let fiber = fiber as *mut Fiber;
    loop {
        // SAFETY: whoever resumes a fiber gives it a job before.
        unsafe {
            let outcome = call_job((*fiber).zone, (*fiber).thread, (*fiber).job);
            (*fiber).come_back(Suspension::Ended(outcome));
        }
    }
}

/// A new fiber whose zone may use `own` bytes of so many.
fn make(size: usize, own: usize) -> Option<*mut Fiber> {
    let memory = Memory::reserve(size)?;
    let limit = memory.end().saturating_sub(own);
    // SAFETY: the end of new memory, a multiple of pages.
    let sp = unsafe { new_stack(memory.end(), work) };
    let fiber = Fiber {
        _memory: memory,
        sp,
        sp_below: 0,
        suspension: Suspension::Ended(0),
        job: Job::Enter,
        zone: Context(ptr::null_mut()),
        thread: ptr::null_mut(),
        size,
        limit,
        own,
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

/// Bytes of a stack for a thread of this zone: all of them, and those that the zone may use.
unsafe fn stack_size(zone: Context) -> (usize, usize) {
    // SAFETY: a field of every context.
    let own: usize = unsafe { zone.load(context::STACK_SIZE as u32) };
    let beyond = LARGEST_GRANT.load(Ordering::Relaxed).saturating_add(RESERVE + GUARD);
    let size = own.saturating_add(beyond).checked_next_multiple_of(GUARD);
    (size.unwrap_or(usize::MAX), own)
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

/// What came back to whoever resumed a thread: that thread or one that it passed control to, its job, and why. If the
/// job has ended, the thread has no stack any more.
pub struct Back {
    pub thread: *mut Thread,
    pub job: Job,
    pub suspension: Suspension,
}

/// Runs a thread on its stack until it, or one that it passes control to, blocks or has done its job.
///
/// # Safety
/// A living zone, and a thread of its that has a stack and does not run.
pub unsafe fn switch(zone: Context, thread: *mut Thread) -> Back {
    // SAFETY: the caller's. The scheduler's and the fiber's fields are named one by one, since the code that runs
    // meanwhile does so, too.
    unsafe {
        let scheduler = scheduler::existing(zone);
        let fiber = (*thread).fiber;
        let limit = context::STACK_LIMIT as u32;
        let thread_below = scheduler::current(zone);
        let limit_below: usize = zone.load(limit);
        (*fiber).exit_below = zone.load(context::gc::EXIT as u32);
        (*fiber).below = (*scheduler).running;
        (*fiber).set_limits(zone);
        (*fiber).enter(zone, scheduler);

        let back = switch_stack(&raw mut (*fiber).sp_below, (*fiber).sp, fiber as usize);

        let fiber = back as *mut Fiber;
        (*fiber).leave(zone);
        zone.store(context::gc::EXIT as u32, (*fiber).exit_below);
        zone.store(limit, limit_below);
        (*fiber).restore_limits();
        zone.store(context::CURRENT_THREAD as u32, thread_below);
        (*scheduler).running = (*fiber).below;
        let Fiber { thread, job, suspension, .. } = *fiber;
        if let Suspension::Ended(_) = suspension {
            (*thread).fiber = ptr::null_mut();
            (*scheduler).retire(fiber);
        }
        Back { thread, job, suspension }
    }
}

/// The current thread blocks: goes to the other one if that has a stack, else back to whoever resumed it, which resumes
/// the other thread unless that is null. Returns when it is resumed itself.
///
/// # Safety
/// The current thread of this living zone runs on the innermost stack, and stands where it waits. The other one stands
/// in no queue and does not run. Nothing on the stack needs dropping.
pub unsafe fn block(zone: Context, other: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let fiber = (*scheduler::existing(zone)).running;
        let is_direct = !other.is_null()
            && !(*other).fiber.is_null()
            && zone.record().links.providers().is_empty();
        match is_direct {
            true => pass_on(zone, fiber, other),
            false => (*fiber).come_back(Suspension::Blocked(other)),
        }
    }
}

/// Passes control from the innermost stack to another thread's, which comes back in its place.
///
/// # Safety
/// As [`block`]; the other thread has a stack, and the zone uses no other.
unsafe fn pass_on(zone: Context, fiber: *mut Fiber, other: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let next = (*other).fiber;
        (*other).state = State::Running;
        (*fiber).leave(zone);
        (*next).exit_below = (*fiber).exit_below;
        (*next).below = (*fiber).below;
        (*next).sp_below = (*fiber).sp_below;
        zone.store(context::STACK_LIMIT as u32, (*next).limit);
        (*next).enter(zone, scheduler::existing(zone));
        switch_stack(&raw mut (*fiber).sp, (*next).sp, next as usize);
    }
}

impl Scheduler {
    /// An idle fiber.
    fn acquire(&mut self, (size, own): (usize, usize)) -> Option<*mut Fiber> {
        // SAFETY: the zone's idle fibers are its own.
        unsafe {
            while !self.idle.is_null() {
                let fiber = self.idle;
                self.idle = (*fiber).next;
                self.idle_count -= 1;
                if (*fiber).size == size {
                    (*fiber).grant(own);
                    return Some(fiber);
                }
                give_away(fiber);
            }
        }
        match IDLE.take(|idle| idle.size == size) {
            Some(idle) => {
                // SAFETY: nobody else has it.
                unsafe { (*idle.fiber).grant(own) };
                Some(idle.fiber)
            }
            None => make(size, own),
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
    /// Goes back to whoever resumed this, and returns when somebody does it again.
    ///
    /// # Safety
    /// Called on this stack.
    unsafe fn come_back(&mut self, suspension: Suspension) {
        self.suspension = suspension;
        let this = ptr::from_mut(self);
        // SAFETY: the caller's; whoever resumed this has left its stack.
        unsafe { switch_stack(&raw mut (*this).sp, (*this).sp_below, this as usize) };
    }

    /// What belongs to this stack is the zone's from now on.
    ///
    /// # Safety
    /// A living zone and its scheduler.
    #[inline]
    unsafe fn enter(&mut self, zone: Context, scheduler: *mut Scheduler) {
        // SAFETY: the caller's.
        unsafe {
            (*scheduler).running = self;
            zone.store(context::CURRENT_THREAD as u32, self.thread);
            zone.store(context::gc::EXIT as u32, mem::take(&mut self.exit));
            self.swap_scopes(zone);
        }
    }

    /// It is kept with the stack, which runs no longer.
    ///
    /// # Safety
    /// As [`Fiber::enter`].
    #[inline]
    unsafe fn leave(&mut self, zone: Context) {
        // SAFETY: the caller's.
        unsafe {
            self.swap_scopes(zone);
            self.exit = zone.load(context::gc::EXIT as u32);
        }
    }

    /// The zone's open scopes are others' than this stack's: each has its own. Where there are none, there is nothing
    /// to tell them apart.
    ///
    /// # Safety
    /// A living zone.
    #[inline]
    unsafe fn swap_scopes(&mut self, zone: Context) {
        // SAFETY: the caller's.
        let scopes = unsafe { &mut zone.record().scopes };
        if !scopes.is_idle() || !self.scopes.is_idle() {
            mem::swap(scopes, &mut self.scopes);
        }
    }

    /// The other zones have the limits again that they had.
    ///
    /// # Safety
    /// They live.
    #[inline]
    unsafe fn restore_limits(&mut self) {
        if self.limits_below.is_empty() {
            return;
        }
        for (provider, below) in self.limits_below.drain(..) {
            // SAFETY: the caller's.
            unsafe { provider.store(context::STACK_LIMIT as u32, below) };
        }
    }

    /// A zone gets the stack that may use so many bytes of it.
    fn grant(&mut self, own: usize) {
        let top = self.limit + self.own;
        (self.limit, self.own) = (top.saturating_sub(own), own);
    }

    /// The zone's code, and that of the zones it uses, finds this stack's limit.
    ///
    /// # Safety
    /// A living zone.
    unsafe fn set_limits(&mut self, zone: Context) {
        // SAFETY: the caller's; providers live as long as the zone.
        unsafe {
            zone.store(context::STACK_LIMIT as u32, self.limit);
            for &provider in providers(zone) {
                let below = provider.load(context::STACK_LIMIT as u32);
                // Several may use the same one, which gets back what it had before the first came by.
                if below != self.limit {
                    self.limits_below.push((provider, below));
                    self.set_limits(provider);
                }
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
        if !os::KEEPS_IDLE_RANGES || !IDLE.put(Idle { fiber, size: (*fiber).size }) {
            free(fiber);
        }
    }
}

/// # Safety
/// As [`give_away`]; what is on its stack does not run again.
unsafe fn free(fiber: *mut Fiber) {
    // SAFETY: the caller's.
    drop(unsafe { Box::from_raw(fiber) });
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

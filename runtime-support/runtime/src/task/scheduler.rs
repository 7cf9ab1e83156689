//! What a zone's scheduler knows, and what makes threads ready.

use super::call::{Call, Slab};
use super::end::ENDING;
use super::fiber::Fiber;
use super::instance;
use super::thread::{Queue, State, Thread};
use crate::context::Context;
use crate::link::Services;
use crate::waitable::{Waitable, WaitableSet};
use core::ffi::c_void;
use core::ptr;
use rust_alloc::boxed::Box;
use weldc_abi::artefact::Edge;
use weldc_abi::context;

/// What the host has to do when something becomes ready.
#[derive(Clone, Copy)]
pub struct Hook<F> {
    pub function: Option<F>,
    pub argument: *mut c_void,
}

impl<F> Hook<F> {
    const NONE: Hook<F> = Hook { function: None, argument: ptr::null_mut() };
}

/// The second argument is 1 if nothing is ready, so that it may wait; the result is 0 if something may be ready then.
pub type Idle = unsafe extern "C" fn(*mut c_void, i32) -> i32;

/// The state of a zone's scheduler; made when the zone first needs it.
pub struct Scheduler {
    edges: *const Edge,
    /// Address of the artefact's code.
    pub text: usize,
    /// Free records, and where all are.
    pub free: *mut Call,
    pub slabs: *mut Slab,
    pub slab_count: u32,
    /// Threads whose condition was seen to hold.
    pub ready: Queue,
    pub ready_count: u32,
    /// Explicit threads, which are limited.
    pub threads: u32,
    /// The innermost stack that runs, or null; and all stacks with frames of this zone.
    pub running: *mut Fiber,
    pub fibers: *mut Fiber,
    /// Stacks for the next threads.
    pub idle: *mut Fiber,
    pub idle_count: u32,
    /// Calls of the host's functions that are done and whose results are to be lowered: the first, the last.
    pub done: *mut Call,
    pub last_done: *mut Call,
    /// The thread that was ready and whose turn it is; null if whoever runs threads may have something else to do first.
    /// How often it may be passed on until the host gets its chance.
    pub turn: *mut Thread,
    pub turns_left: u32,
    /// How deep the zone is in functions of the host's side of this module.
    pub depth: u32,
    pub idler: Hook<Idle>,
    /// Not 0: ready threads are taken in an order that depends on it.
    pub seed: u64,
    /// A trap has ended the zone, and what it had of tasks has gone.
    pub is_over: bool,
}

/// A zone's scheduler; null if it has none yet.
///
/// # Safety
/// A living zone.
#[inline]
pub unsafe fn existing(zone: Context) -> *mut Scheduler {
    // SAFETY: the caller's.
    unsafe { zone.record() }.tasks
}

/// A zone's scheduler.
///
/// # Safety
/// A living zone.
#[inline]
pub unsafe fn of(zone: Context) -> *mut Scheduler {
    // SAFETY: the caller's.
    unsafe {
        let found = existing(zone);
        if found.is_null() { make(zone) } else { found }
    }
}

/// # Safety
/// A living zone that has none.
#[cold]
#[inline(never)]
unsafe fn make(zone: Context) -> *mut Scheduler {
    // SAFETY: the caller's.
    let record = unsafe { zone.record() };
    let scheduler = Scheduler {
        edges: record.artefact.edges().as_ptr(),
        text: record.artefact.text(),
        free: ptr::null_mut(),
        slabs: ptr::null_mut(),
        slab_count: 0,
        ready: Queue::new(),
        ready_count: 0,
        threads: 0,
        running: ptr::null_mut(),
        fibers: ptr::null_mut(),
        idle: ptr::null_mut(),
        idle_count: 0,
        done: ptr::null_mut(),
        last_done: ptr::null_mut(),
        turn: ptr::null_mut(),
        turns_left: 0,
        depth: 0,
        idler: Hook::NONE,
        seed: 0,
        is_over: false,
    };
    record.ending = Some(&ENDING);
    record.services.tick = Some(super::weldc_rt_tick);
    record.services.idle = Some(super::weldc_rt_idle);
    record.tasks = Box::into_raw(Box::new(scheduler));
    record.tasks
}

impl Scheduler {
    /// An edge of the artefact's.
    pub fn edge(&self, number: u32) -> *const Edge {
        self.edges.wrapping_add(number as usize)
    }

    /// The address of generated code.
    pub fn code(&self, offset: u32) -> usize {
        self.text + offset as usize
    }
}

/// The current thread; null if there is none.
///
/// # Safety
/// A living zone.
pub unsafe fn current(zone: Context) -> *mut Thread {
    // SAFETY: a field of every context.
    unsafe { zone.load(context::CURRENT_THREAD as u32) }
}

/// The task of the current thread, if it is one's.
///
/// # Safety
/// A living zone.
pub unsafe fn current_task(zone: Context) -> Option<*mut Call> {
    // SAFETY: the caller's; a record of an adapter's has a task, too, which is null.
    unsafe {
        let thread = current(zone);
        (!thread.is_null() && !(*thread).task.is_null()).then(|| (*thread).task)
    }
}

/// Whether a thread that does not run may go on (`Thread.ready`).
///
/// # Safety
/// A living thread; what it waits for lives.
pub unsafe fn is_ready(thread: *mut Thread) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let target = (*thread).target;
        match (*thread).state {
            State::New | State::Running | State::Suspended => false,
            State::Yielded => true,
            State::Set => (*target.cast::<WaitableSet>()).has_pending(),
            State::Waitable => (*target.cast::<Waitable>()).has_pending(),
            State::Call => (*target.cast::<Call>()).is_resolved(),
            State::Door => !instance::is_closed((*thread).task),
            State::LoopSet => is_unlocked(thread) && has_work(thread),
            State::LoopYield => is_unlocked(thread),
        }
    }
}

/// Whether nobody has the exclusive lock of the instance that a thread runs in.
///
/// # Safety
/// A living thread of a task.
pub unsafe fn is_unlocked(thread: *mut Thread) -> bool {
    // SAFETY: the caller's: a living thread.
    unsafe { (*instance::of(thread).2).exclusive.is_null() }
}

/// Whether a thread that waits for a set in its event loop would have an event, if the lock were free.
unsafe fn has_work(thread: *mut Thread) -> bool {
    use super::call::Task;
    // SAFETY: the caller's: a living thread in this state.
    unsafe {
        (*(*thread).task).task == Task::PendingCancel
            || (*(*thread).target.cast::<WaitableSet>()).has_pending()
    }
}

/// Puts a thread that does not run where it waits.
///
/// # Safety
/// A living thread that stands in no queue; what it waits for lives.
pub unsafe fn settle(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let target = (*thread).target;
        match (*thread).state {
            State::New | State::Running | State::Suspended => {}
            State::Door => instance::queue_up(thread, false),
            State::Waitable if !is_ready(thread) => {
                (*target.cast::<Waitable>()).set_waiter(thread);
            }
            State::Call if !is_ready(thread) => (*target.cast::<Call>()).waiter = thread.cast(),
            State::Set if !is_ready(thread) => WaitableSet::add_waiter(target.cast(), thread),
            State::LoopSet if !has_work(thread) => WaitableSet::add_waiter(target.cast(), thread),
            State::LoopSet | State::LoopYield if !is_unlocked(thread) => {
                instance::queue_up(thread, false);
            }
            _ => make_ready(zone, thread),
        }
    }
}

/// A thread that stands in no queue is to be run.
///
/// # Safety
/// A living zone and a thread of its.
pub unsafe fn make_ready(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        Queue::push(&raw mut (*scheduler).ready, thread);
        (*scheduler).ready_count += 1;
        notify(zone, scheduler);
    }
}

/// Tells the host that there is something to do, if it would not find out by itself.
///
/// # Safety
/// A living zone and its scheduler.
pub unsafe fn notify(zone: Context, scheduler: *mut Scheduler) {
    // SAFETY: the caller's; the host gave the function with the argument.
    unsafe {
        let is_outside = zone.load::<usize>(context::STACK_LIMIT as u32) == 0;
        if is_outside && (*scheduler).depth == 0 {
            // A copy: the function may do anything to the zone.
            let services = *Services::of(zone);
            services.wake();
        }
    }
}

/// A waitable or a call that a thread waits for has what it waits for.
///
/// # Safety
/// A living zone and a thread of its.
pub unsafe fn wake(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        if (*thread).queue.is_null() {
            make_ready(zone, thread);
        }
    }
}

/// Takes a thread out of wherever it waits, to run it. The caller opens the gates of its instance afterwards.
///
/// # Safety
/// A living thread of this zone.
pub unsafe fn take(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        if (*thread).queue == &raw mut (*scheduler).ready {
            (*scheduler).ready_count -= 1;
        }
        Queue::remove(thread);
        (*thread).is_gated = false;
        instance::withdraw(thread);
    }
}

/// Puts a thread back whose turn came while its condition did not hold, and lets another have its chance.
///
/// # Safety
/// A living thread of this zone, which stands in no queue and was ready.
pub unsafe fn put_back(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        if (*thread).state == State::Door {
            instance::queue_up(thread, true);
        } else {
            settle(zone, thread);
        }
        pass_on(thread);
    }
}

/// A thread that was woken for an event, or let through a gate, has not used that: another one may.
///
/// # Safety
/// A living thread, whose state is what it was.
pub unsafe fn pass_on(thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        if matches!((*thread).state, State::Set | State::LoopSet) {
            let set: *mut WaitableSet = (*thread).target.cast();
            if (*set).has_pending() {
                WaitableSet::wake_next(set);
            }
        }
        let (zone, offset, _) = instance::of(thread);
        instance::open_gates(zone, offset);
    }
}

/// How often threads that yield pass their turn on before the host gets its chance.
const TURNS: u32 = 64;

/// A thread that was ready has its turn: whoever ran it looks for the next one as soon as it waits.
///
/// # Safety
/// A living zone.
pub unsafe fn begin_turn(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        (*scheduler).turn = thread;
        (*scheduler).turns_left = TURNS;
    }
}

/// Somebody else may have something to do before the next ready thread runs.
///
/// # Safety
/// A living zone with a scheduler.
pub unsafe fn end_turn(zone: Context) {
    // SAFETY: the caller's.
    unsafe { (*existing(zone)).turn = ptr::null_mut() }
}

/// Whether it is this thread's turn, so that after it the next ready one has its own: nobody below it on the stacks does
/// anything else in between.
///
/// # Safety
/// A living zone with a scheduler.
pub unsafe fn has_turn(zone: Context, thread: *mut Thread) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        (*scheduler).turn == thread
            && (*scheduler).turns_left != 0
            && (*scheduler).done.is_null()
            && (*scheduler).seed == 0
            && zone.record().links.providers().is_empty()
    }
}

/// The turn is this thread's.
///
/// # Safety
/// A living zone with a scheduler.
pub unsafe fn pass_turn(zone: Context, thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        (*scheduler).turn = thread;
        (*scheduler).turns_left -= 1;
    }
}

/// The next thread that is ready indeed, taken out.
///
/// # Safety
/// A living zone.
pub unsafe fn next_ready(zone: Context) -> Option<*mut Thread> {
    // SAFETY: the caller's.
    unsafe {
        let scheduler = existing(zone);
        loop {
            let thread = (*scheduler).pick()?;
            let ready = is_ready(thread);
            take(zone, thread);
            if ready {
                return Some(thread);
            }
            put_back(zone, thread);
        }
    }
}

impl Scheduler {
    /// A thread of the queue of ready ones: the first, or in an order that the seed makes.
    ///
    /// # Safety
    /// What stands in the queue lives.
    unsafe fn pick(&mut self) -> Option<*mut Thread> {
        let mut thread = self.ready.first();
        if self.seed != 0 && self.ready_count > 1 {
            self.seed ^= self.seed << 13;
            self.seed ^= self.seed >> 7;
            self.seed ^= self.seed << 17;
            for _ in 0..self.seed % u64::from(self.ready_count.min(16)) {
                // SAFETY: the caller's; there are so many behind the first.
                thread = unsafe { Queue::after(thread) };
            }
        }
        (!thread.is_null()).then_some(thread)
    }
}

/// A ready thread of one instance, for a synchronous call that cannot go on by itself. Threads that have not entered
/// are none.
///
/// # Safety
/// A living zone with an instance at this offset.
pub unsafe fn candidate(zone: Context, offset: u32) -> Option<*mut Thread> {
    // SAFETY: the caller's.
    unsafe {
        let here = instance::at(zone, offset);
        let mut thread = (*existing(zone)).ready.first();
        while !thread.is_null() {
            let is_here = instance::of(thread).2 == here && (*thread).state != State::Door;
            if is_here && is_ready(thread) {
                return Some(thread);
            }
            thread = Queue::after(thread);
        }
        // One that was not woken, because another was for the same event.
        let mut found = None;
        (*existing(zone)).each_call(|call| {
            let thread = &raw mut (*call).thread;
            let is_here = (*call).callee() == offset && (*call).threads != 0;
            if found.is_none() && is_here && is_ready(thread) {
                found = Some(thread);
            }
        });
        found.or_else(|| {
            (1..(*here).threads.length())
                .filter_map(|index| instance::thread_at(zone, offset, index))
                .find(|&thread| is_ready(thread))
        })
    }
}

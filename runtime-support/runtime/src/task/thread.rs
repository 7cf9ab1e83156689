//! Threads, and the queues that they stand in.
//!
//! A thread stands in one queue at most: that of the ready ones, that of a waitable set, or a gate of its instance.
//! One that waits for a single waitable or for the end of a call stands in none; that refers to it.

use super::call::Call;
use super::fiber::Fiber;
use core::mem::offset_of;
use core::ptr;
use weldc_abi::task::thread;

/// A thread. Generated code has its first words ([`weldc_abi::task::thread`]).
#[repr(C)]
pub struct Thread {
    pub storage: [u64; 2],
    pub task: *mut Call,
    /// Its neighbours in the queue, and that queue; null if it stands in none.
    next: *mut Thread,
    previous: *mut Thread,
    pub queue: *mut Queue,
    /// What it waits for: a waitable set, a waitable or a call.
    pub target: *mut u8,
    /// The stack that has its frames; null if it has none.
    pub fiber: *mut Fiber,
    /// Its index in its instance's table of threads; 0 while it has not entered.
    pub index: u32,
    pub state: State,
    /// It stands at a gate of its instance.
    pub is_gated: bool,
    /// It is ready because a gate let it through, which nobody else gets through meanwhile.
    pub is_offered: bool,
    /// It was made by `thread.new-indirect`.
    pub is_explicit: bool,
}

const _: () = {
    assert!(offset_of!(Thread, storage) == thread::STORAGE as usize);
    assert!(offset_of!(Thread, task) == thread::TASK as usize);
};

/// What a thread does, or what has to become true before it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    /// It has not begun, and nobody but who made it knows it.
    New,
    /// It runs, or has called what runs.
    Running,
    /// Somebody must resume it.
    Suspended,
    /// Nothing.
    Yielded,
    /// The set `target` has an event.
    Set,
    /// The waitable `target` has an event.
    Waitable,
    /// The call `target` is resolved.
    Call,
    /// The instance lets its task enter.
    Door,
    /// In the event loop, after `WAIT`: the set `target` has an event or cancellation is pending, and the exclusive
    /// lock is free.
    LoopSet,
    /// In the event loop, after `YIELD`: the exclusive lock is free.
    LoopYield,
}

impl State {
    /// Whether it is in its task's event loop, with no frames anywhere.
    pub fn is_in_loop(self) -> bool {
        matches!(self, State::LoopSet | State::LoopYield)
    }
}

impl Thread {
    pub const fn new(task: *mut Call, is_explicit: bool) -> Thread {
        Thread {
            storage: [0; 2],
            task,
            next: ptr::null_mut(),
            previous: ptr::null_mut(),
            queue: ptr::null_mut(),
            target: ptr::null_mut(),
            fiber: ptr::null_mut(),
            index: 0,
            state: if is_explicit { State::Suspended } else { State::New },
            is_gated: false,
            is_offered: false,
            is_explicit,
        }
    }
}

/// An explicit thread that has not begun, and its memory afterwards.
#[repr(C)]
pub struct Explicit {
    pub thread: Thread,
    pub function: *const core::ffi::c_void,
    pub argument: u64,
    pub is_wide: bool,
}

/// Threads, first in, first out; all zero if empty.
#[repr(C)]
pub struct Queue {
    first: *mut Thread,
    last: *mut Thread,
}

impl Queue {
    pub const fn new() -> Queue {
        Queue { first: ptr::null_mut(), last: ptr::null_mut() }
    }

    pub fn first(&self) -> *mut Thread {
        self.first
    }

    /// The thread behind this one in its queue.
    ///
    /// # Safety
    /// A living thread.
    pub unsafe fn after(thread: *mut Thread) -> *mut Thread {
        // SAFETY: the caller's.
        unsafe { (*thread).next }
    }

    /// # Safety
    /// A living queue, and a living thread that stands in none.
    pub unsafe fn push(this: *mut Queue, thread: *mut Thread) {
        // SAFETY: the caller's; what stands in a queue lives.
        unsafe {
            let last = (*this).last;
            (*thread).next = ptr::null_mut();
            (*thread).previous = last;
            (*thread).queue = this;
            match last.is_null() {
                true => (*this).first = thread,
                false => (*last).next = thread,
            }
            (*this).last = thread;
        }
    }

    /// # Safety
    /// As [`Queue::push`].
    pub unsafe fn push_front(this: *mut Queue, thread: *mut Thread) {
        // SAFETY: the caller's; what stands in a queue lives.
        unsafe {
            let first = (*this).first;
            (*thread).next = first;
            (*thread).previous = ptr::null_mut();
            (*thread).queue = this;
            match first.is_null() {
                true => (*this).last = thread,
                false => (*first).previous = thread,
            }
            (*this).first = thread;
        }
    }

    /// Takes a thread out of the queue that it stands in, if any.
    ///
    /// # Safety
    /// A living thread.
    pub unsafe fn remove(thread: *mut Thread) {
        // SAFETY: the caller's; what stands in a queue lives, and so does the queue.
        unsafe {
            let Thread { next, previous, queue, .. } = *thread;
            if queue.is_null() {
                return;
            }
            match previous.is_null() {
                true => (*queue).first = next,
                false => (*previous).next = next,
            }
            match next.is_null() {
                true => (*queue).last = previous,
                false => (*next).previous = previous,
            }
            (*thread).queue = ptr::null_mut();
        }
    }

    /// # Safety
    /// A living queue.
    pub unsafe fn pop(this: *mut Queue) -> Option<*mut Thread> {
        // SAFETY: the caller's; what stands in a queue lives.
        unsafe {
            let first = (*this).first;
            (!first.is_null()).then(|| {
                Queue::remove(first);
                first
            })
        }
    }
}

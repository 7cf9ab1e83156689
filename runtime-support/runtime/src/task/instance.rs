//! What tasks need to know of a component instance, at [`weldc_abi::context::instance::TASKS`]: who has its exclusive
//! lock, which threads it has, and who waits until it is their turn.
//!
//! Those who wait for the lock, or for the instance to have no backpressure, stand at a [`Gate`]. Of a gate that is
//! open one thread at a time is ready: it goes through, or finds the gate closed again and stands in front. So
//! opening a gate costs the same however many wait.

use super::call::Call;
use super::scheduler::make_ready;
use super::thread::{Queue, State, Thread};
use crate::context::Context;
use crate::handles::Table;
use core::mem::offset_of;
use core::ptr;
use weldc_abi::context::instance;
use weldc_abi::task::edge;

/// Threads that wait until something is free; all zero if there are none.
#[repr(C)]
pub struct Gate {
    queue: Queue,
    /// The one of them that is ready.
    offered: *mut Thread,
}

/// The state of an instance; all zero at first.
#[repr(C)]
pub struct Instance {
    /// The implicit thread that has the exclusive lock, or null.
    pub exclusive: *mut Thread,
    /// Threads at both doors (`num_waiting_to_enter`).
    pub entering: u32,
    /// Threads in their event loops that have something to do once the lock is free.
    event_loop: Gate,
    /// Threads that wait to enter: those that need the lock, and the others.
    door: Gate,
    shared_door: Gate,
    /// The threads that have entered and not ended, if code can name them; `rep` is the address.
    pub threads: Table,
}

const _: () = {
    assert!(size_of::<Instance>() <= instance::TASKS_SIZE as usize);
    assert!(offset_of!(Instance, exclusive) as i32 + instance::TASKS == instance::EXCLUSIVE);
    assert!(offset_of!(Instance, entering) as i32 + instance::TASKS == instance::ENTERING);
    assert!(offset_of!(Instance, event_loop) as i32 + instance::TASKS == instance::WAITING);
    assert!(offset_of!(Gate, queue) == 0);
};

/// The state of the instance whose record is at this offset.
pub fn at(zone: Context, offset: u32) -> *mut Instance {
    zone.at(offset + instance::TASKS as u32)
}

/// The state of the instance that a thread runs in.
///
/// # Safety
/// A living thread of a task.
pub unsafe fn of(thread: *mut Thread) -> (Context, u32, *mut Instance) {
    // SAFETY: the caller's.
    unsafe {
        let call = (*thread).task;
        let (zone, offset) = ((*call).zone, (*call).callee());
        (zone, offset, at(zone, offset))
    }
}

/// # Safety
/// A living zone with an instance at this offset.
unsafe fn has_backpressure(zone: Context, offset: u32) -> bool {
    // SAFETY: the caller's.
    unsafe { zone.load::<u32>(offset + instance::BACKPRESSURE as u32) != 0 }
}

/// Whether a task that wants to enter has to wait (`has_backpressure`).
///
/// # Safety
/// A record in use.
pub unsafe fn is_closed(call: *const Call) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let (zone, offset) = ((*call).zone, (*call).callee());
        has_backpressure(zone, offset)
            || ((*call).needs_exclusive() && !(*at(zone, offset)).exclusive.is_null())
    }
}

/// Puts a thread to where it waits for its turn.
///
/// # Safety
/// A living thread of this zone that stands in no queue.
pub unsafe fn queue_up(thread: *mut Thread, in_front: bool) {
    // SAFETY: the caller's.
    unsafe {
        let gate = gate(thread);
        (*thread).is_gated = true;
        match in_front {
            true => Queue::push_front(&raw mut (*gate).queue, thread),
            false => Queue::push(&raw mut (*gate).queue, thread),
        }
    }
}

/// The gate that a thread has to go through.
unsafe fn gate(thread: *mut Thread) -> *mut Gate {
    // SAFETY: the caller's: a living thread.
    unsafe {
        let (_, _, instance) = of(thread);
        match (*thread).state {
            State::Door if (*(*thread).task).needs_exclusive() => &raw mut (*instance).door,
            State::Door => &raw mut (*instance).shared_door,
            _ => &raw mut (*instance).event_loop,
        }
    }
}

/// A thread that a gate let through is not ready any more.
///
/// # Safety
/// A living thread, whose state is what it was.
pub unsafe fn withdraw(thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        if (*thread).is_offered {
            (*thread).is_offered = false;
            (*gate(thread)).offered = ptr::null_mut();
        }
    }
}

/// Makes the first thread ready at every gate that is open and has none that is.
///
/// # Safety
/// A living zone with an instance at this offset.
pub unsafe fn open_gates(zone: Context, offset: u32) {
    let instance = at(zone, offset);
    // SAFETY: the caller's.
    unsafe {
        let is_free = (*instance).exclusive.is_null();
        if is_free {
            offer(zone, &raw mut (*instance).event_loop);
        }
        if (*instance).entering != 0 && !has_backpressure(zone, offset) {
            offer(zone, &raw mut (*instance).shared_door);
            if is_free {
                offer(zone, &raw mut (*instance).door);
            }
        }
    }
}

/// # Safety
/// A gate of an instance of this living zone.
unsafe fn offer(zone: Context, gate: *mut Gate) {
    // SAFETY: the caller's.
    unsafe {
        if (*gate).offered.is_null()
            && let Some(thread) = Queue::pop(&raw mut (*gate).queue)
        {
            (*gate).offered = thread;
            (*thread).is_gated = false;
            (*thread).is_offered = true;
            make_ready(zone, thread);
        }
    }
}

/// The thread at an index of an instance's table.
///
/// # Safety
/// A living zone with an instance at this offset.
pub unsafe fn thread_at(zone: Context, offset: u32, index: u32) -> Option<*mut Thread> {
    // SAFETY: the caller's.
    unsafe {
        let entry = (*at(zone, offset)).threads.slot(index)?;
        ((*entry).tag != 0).then(|| (*entry).rep as *mut Thread)
    }
}

/// `register_thread`: a thread gets an index if code can name it; `false` if the table is full.
///
/// # Safety
/// A living thread of a task that has none.
pub unsafe fn register(thread: *mut Thread) -> bool {
    // SAFETY: the caller's.
    unsafe {
        (*(*thread).task).threads += 1;
        if !(*(*thread).task).has(edge::THREAD_INDEX) {
            return true;
        }
        let (_, _, instance) = of(thread);
        let index = (*instance).threads.add(thread as u64, IN_USE, ptr::null_mut());
        (*thread).index = index.unwrap_or(0);
        index.is_some()
    }
}

/// What an entry has for a tag that has a thread.
const IN_USE: u32 = 1;

/// A thread gives its index back.
///
/// # Safety
/// A living thread that has one.
pub unsafe fn unregister(thread: *mut Thread) {
    // SAFETY: the caller's.
    unsafe {
        (*(*thread).task).threads -= 1;
        if !(*(*thread).task).has(edge::THREAD_INDEX) {
            return;
        }
        let (_, _, instance) = of(thread);
        let index = (*thread).index;
        if let Some(entry) = (*instance).threads.slot(index) {
            (*instance).threads.release(index, entry);
        }
        (*thread).index = 0;
    }
}

//! The memory of stacks: reservations with a guard below, of which a process has so many.

use crate::os;
use core::sync::atomic::{AtomicUsize, Ordering};
use weldc_abi::HOST_PAGE;
use weldc_abi::limits::MAX_STACKS;

/// Bytes below a stack that cannot be accessed.
pub const GUARD: usize = HOST_PAGE as usize;
/// Stacks that there are.
static STACKS: AtomicUsize = AtomicUsize::new(0);

/// The memory of a stack.
pub struct Memory {
    start: *mut u8,
    size: usize,
}

impl Memory {
    /// The address behind the highest.
    pub fn end(&self) -> usize {
        self.start as usize + self.size
    }

    /// So many bytes, the guard among them; `None` if there is no room, or if there are too many.
    pub fn reserve(size: usize) -> Option<Memory> {
        if STACKS.fetch_add(1, Ordering::Relaxed) >= MAX_STACKS {
            STACKS.fetch_sub(1, Ordering::Relaxed);
            return None;
        }
        let memory = Memory::map(size);
        if memory.is_none() {
            STACKS.fetch_sub(1, Ordering::Relaxed);
        }
        memory
    }

    fn map(size: usize) -> Option<Memory> {
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
        STACKS.fetch_sub(1, Ordering::Relaxed);
    }
}

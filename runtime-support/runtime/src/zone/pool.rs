//! Address space that ended zones leave to the next ones.
//!
//! What lies here is zero and mapped as it was. Taking it saves the system calls and the page tables of a
//! new mapping, which cost more than everything else that a small zone needs. A thread that finds the pool
//! in use does without it.

use crate::os;
use core::cell::UnsafeCell;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicBool, Ordering};

/// A range of address space whose first bytes are accessible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    pub start: NonNull<u8>,
    pub size: usize,
    pub accessible: usize,
}

// SAFETY: a range belongs to whoever holds this value.
unsafe impl Send for Range {}

impl Range {
    /// Makes at least so much of it accessible, if there is memory.
    pub fn extend(&mut self, accessible: usize) -> bool {
        if accessible <= self.accessible {
            return true;
        }
        let end = self.start.as_ptr().wrapping_add(self.accessible);
        // SAFETY: behind what is accessible in the range.
        let extended = accessible <= self.size
            && unsafe { os::make_accessible(end, accessible - self.accessible) };
        if extended {
            self.accessible = accessible;
        }
        extended
    }
}

/// How many ranges are kept.
const CAPACITY: usize = if os::KEEPS_IDLE_RANGES { 32 } else { 0 };

struct Pool {
    busy: AtomicBool,
    idle: UnsafeCell<[Option<Range>; CAPACITY]>,
}
// SAFETY: `idle` is used by whoever set `busy`.
unsafe impl Sync for Pool {}

static POOL: Pool = Pool { busy: AtomicBool::new(false), idle: UnsafeCell::new([None; CAPACITY]) };

impl Pool {
    /// Does something with the idle ranges, unless another thread is doing so.
    fn with<R>(&self, act: impl FnOnce(&mut [Option<Range>]) -> Option<R>) -> Option<R> {
        if self.busy.swap(true, Ordering::Acquire) {
            return None;
        }
        // SAFETY: `busy` was not set before.
        let result = act(unsafe { &mut *self.idle.get() });
        self.busy.store(false, Ordering::Release);
        result
    }
}

/// A zeroed range of this size, of which at least so much is accessible as asked for, and no more beyond
/// that than the granularity of pages.
pub fn acquire(size: usize, accessible: usize) -> Option<Range> {
    let fits = |idle: &&mut Option<Range>| idle.is_some_and(|range| range.size == size);
    match POOL.with(|idle| idle.iter_mut().find(fits)?.take()) {
        Some(range) => adjust(range, accessible),
        None => map(size, accessible).or_else(|| {
            drain();
            map(size, accessible)
        }),
    }
}

fn map(size: usize, accessible: usize) -> Option<Range> {
    if size == accessible {
        return os::reserve_zeroed(size).map(|start| Range { start, size, accessible });
    }
    adjust(Range { start: os::reserve(size)?, size, accessible: 0 }, accessible)
}

/// Makes as much of a range accessible as asked for, and no more.
fn adjust(range: Range, accessible: usize) -> Option<Range> {
    let end = |bytes: usize| range.start.as_ptr().wrapping_add(bytes);
    let (old, new) = (range.accessible, accessible);
    // SAFETY: both ends lie in the range, which nothing uses.
    let adjusted = unsafe {
        if new > old {
            os::make_accessible(end(old), new - old)
        } else {
            os::make_inaccessible(end(new), old - new)
        }
    };
    if !adjusted {
        unmap(range);
    }
    adjusted.then_some(Range { accessible, ..range })
}

/// Takes back a range that is zero again.
pub fn release(range: Range) {
    let put = |idle: &mut [Option<Range>]| {
        *idle.iter_mut().find(|idle| idle.is_none())? = Some(range);
        Some(())
    };
    if POOL.with(put).is_none() {
        unmap(range);
    }
}

/// Gives all idle ranges back to the system: its limits may count them.
fn drain() {
    POOL.with(|idle| {
        idle.iter_mut().filter_map(Option::take).for_each(unmap);
        Some(())
    });
}

/// Gives a range back to the system.
pub fn unmap(range: Range) {
    // SAFETY: whoever has a `Range` owns it.
    unsafe { os::release(range.start.as_ptr(), range.size) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_comes_back_with_what_is_asked_for() {
        const SIZE: usize = 77 << 16;
        let range = acquire(SIZE, 3 << 16).unwrap();
        assert_eq!((range.size, range.accessible), (SIZE, 3 << 16));
        // SAFETY: the accessible part of a range that this test owns.
        unsafe { range.start.as_ptr().write_bytes(0, 3 << 16) };
        release(range);
        for accessible in [1 << 16, 5 << 16] {
            let again = acquire(SIZE, accessible).unwrap();
            assert_eq!((again.size, again.accessible), (SIZE, accessible));
            // SAFETY: as above.
            let all = unsafe { core::slice::from_raw_parts(again.start.as_ptr(), accessible) };
            assert!(all.iter().all(|&byte| byte == 0));
            release(again);
        }
    }
}

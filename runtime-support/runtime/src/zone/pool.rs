//! Address space that ended zones leave to the next ones.
//!
//! A [`Range`] that lies here is zero and mapped as it was; `slot` keeps memories with their contents. Taking it saves the system calls and the page tables of a
//! new mapping, which cost more than everything else that a small zone needs. A thread that finds the pool
//! in use does without it.

use super::slot;
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

/// What is kept for later: a few values, which belong to whoever takes them out.
pub struct Pool<T: Copy, const CAPACITY: usize> {
    busy: AtomicBool,
    idle: UnsafeCell<[Option<T>; CAPACITY]>,
}

// SAFETY: `idle` is used by whoever set `busy`.
unsafe impl<T: Copy + Send, const CAPACITY: usize> Sync for Pool<T, CAPACITY> {}

impl<T: Copy, const CAPACITY: usize> Pool<T, CAPACITY> {
    pub const fn new() -> Self {
        Pool { busy: AtomicBool::new(false), idle: UnsafeCell::new([None; CAPACITY]) }
    }

    /// Takes out one that fits, if there is one and no other thread is at the pool.
    pub fn take(&self, fits: impl Fn(&T) -> bool) -> Option<T> {
        self.with(|idle| idle.iter_mut().find(|one| one.as_ref().is_some_and(&fits))?.take())
    }

    /// Keeps this one, unless the pool is full or another thread is at it.
    pub fn put(&self, value: T) -> bool {
        let put = |idle: &mut [Option<T>]| {
            *idle.iter_mut().find(|one| one.is_none())? = Some(value);
            Some(())
        };
        self.with(put).is_some()
    }

    /// Takes out all.
    pub fn drain(&self, each: impl FnMut(T)) {
        self.with(|idle| {
            idle.iter_mut().filter_map(Option::take).for_each(each);
            Some(())
        });
    }

    /// Does something with what is idle, unless another thread is doing so.
    fn with<R>(&self, act: impl FnOnce(&mut [Option<T>]) -> Option<R>) -> Option<R> {
        if self.busy.swap(true, Ordering::Acquire) {
            return None;
        }
        // SAFETY: `busy` was not set before.
        let result = act(unsafe { &mut *self.idle.get() });
        self.busy.store(false, Ordering::Release);
        result
    }
}

/// How many ranges, or slots, are kept.
pub const KEPT: usize = if os::KEEPS_IDLE_RANGES { 32 } else { 0 };

static RANGES: Pool<Range, KEPT> = Pool::new();

/// A zeroed range of this size, of which at least so much is accessible as asked for, and no more beyond
/// that than the granularity of pages.
pub fn acquire(size: usize, accessible: usize) -> Option<Range> {
    match RANGES.take(|range| range.size == size) {
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
    if !RANGES.put(range) {
        unmap(range);
    }
}

/// Gives everything idle back to the system: its limits may count it.
pub fn drain() {
    RANGES.drain(unmap);
    slot::drain();
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

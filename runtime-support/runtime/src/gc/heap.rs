//! The memory of a zone's objects: two halves of the same reserved size, one of which has all the objects.
//!
//! Nothing is reserved before the first object is made, and the second half not before the first collection.
//! How much of a half may be filled follows what is alive, so that the work of a collection stays small beside
//! that of filling what it freed. What is left to the pool at the end is zero.

use super::copy::{Copy, Shapes};
use crate::os;
use crate::zone::pool::{self, Range};
use core::mem;
use weldc_abi::{HOST_PAGE, Trap};

/// What a half begins with: about what the second level of a processor's caches holds.
const SMALLEST: usize = 256 << 10;

/// Most bytes that a half gets beyond twice what is alive.
const MOST_EXTRA: usize = 64 << 20;

/// Up to this many bytes are cleared by writing zeros, which is faster than new pages.
const CLEARED: usize = 16 << 10;

/// Where the second half's objects begin. If both began at a page, a collection that moves nearly everything would
/// read and write the same offsets of pages at about the same time; processors that tell addresses apart by those
/// take twice as long then.
const SKEW: usize = 2048;

/// What objects left behind is filled with in tests.
const SPOILED: u8 = 0xd8;

/// One half.
struct Half {
    range: Range,
    /// Where in it the objects begin.
    skew: usize,
    /// Beyond so many bytes behind that nobody has written anything.
    touched: usize,
}

/// The heap of a zone.
pub struct Heap {
    /// Where the next object goes, while the runtime runs; the context knows it while generated code does.
    pub next: usize,
    /// Where the objects are.
    current: Option<Half>,
    /// Where the next collection moves them.
    other: Option<Half>,
    /// How many bytes of a half may be filled.
    capacity: usize,
    /// What the last collection had to do: bytes moved, and words looked at outside of the heap.
    work: usize,
    /// Whether every allocation collects, for tests.
    always: bool,
}

impl Heap {
    pub const fn new(always: bool) -> Heap {
        Heap { next: 0, current: None, other: None, capacity: 0, work: 0, always }
    }

    fn start(&self) -> usize {
        self.current.as_ref().map_or(0, |half| half.start() as usize)
    }

    /// Up to where generated code may make objects.
    pub fn limit(&self) -> usize {
        if self.always { self.next } else { self.start() + self.capacity }
    }

    /// Bytes of objects.
    fn used(&self) -> usize {
        self.next - self.start()
    }

    /// Whether it must be collected before an object of this size is made.
    pub fn is_full(&self, size: usize) -> bool {
        self.always || size > self.capacity - self.used()
    }

    /// The memory for an object, for which there is room.
    pub fn take(&mut self, size: usize) -> *mut u8 {
        let object = self.next as *mut u8;
        self.next += size;
        object
    }

    /// Moves every object that `visit_roots` leads to into the other half; the memory of the rest is free. It
    /// returns how many words it has looked at.
    ///
    /// # Safety
    /// `next` is right; the objects are of these shapes; `visit_roots` visits every word outside of the heap that
    /// refers to one.
    pub unsafe fn collect(
        &mut self,
        shapes: Shapes<'_>,
        visit_roots: impl FnOnce(&mut Copy<'_>) -> usize,
    ) -> Result<(), Trap> {
        let used = self.used();
        let Some(mut from) = self.current.take() else { return Ok(()) };
        from.touched = from.touched.max(used);
        let reached = match &mut self.other {
            Some(half) => half.reach(used),
            none => {
                *none = Half::acquire(from.range.size, SKEW, used);
                none.is_some()
            }
        };
        let Some(mut to) = self.other.take_if(|_| reached) else {
            self.current = Some(from);
            return Err(Trap::OutOfMemory);
        };
        let (start, first) = (from.start(), to.start());
        // SAFETY: the caller's; all of `from` would fit into what is accessible of `to`.
        let end = unsafe {
            let mut copy = Copy::new(shapes, start as usize..start as usize + used, first);
            let words = visit_roots(&mut copy);
            let end = copy.finish(first);
            self.work = end as usize - first as usize + words * size_of::<u64>();
            if self.always {
                start.write_bytes(SPOILED, used);
            }
            end as usize
        };
        self.next = end;
        to.touched = to.touched.max(end - first as usize);
        (self.current, self.other) = (Some(to), Some(from));
        Ok(())
    }

    /// After a collection: gives the heap the capacity that suits what is alive, and at least room for an object of
    /// this size. `maximum` is that of the artefact.
    pub fn resize(&mut self, size: usize, maximum: u64) -> Result<(), Trap> {
        let fits = self.try_resize(size, maximum);
        if fits.is_err() {
            // The half that the objects are in now may not have been accessible up to the capacity.
            self.capacity = self.used();
        }
        fits
    }

    fn try_resize(&mut self, size: usize, maximum: u64) -> Result<(), Trap> {
        let maximum = usize::try_from(maximum).unwrap_or(usize::MAX).min(os::MAX_SPARE);
        let maximum = maximum - maximum % HOST_PAGE as usize;
        let needed = self.used().checked_add(size).ok_or(Trap::OutOfMemory)?;
        if needed > maximum {
            return Err(Trap::OutOfMemory);
        }
        let wanted = capacity(needed, self.work).min(maximum);
        let suits = wanted <= self.capacity && wanted >= self.capacity / 4;
        let known = self.capacity;
        let changed = self.set_capacity(if suits { known } else { wanted }, maximum);
        // Where there is no memory for more, what there was may do.
        if changed || (needed <= known && self.set_capacity(known, maximum)) {
            Ok(())
        } else {
            Err(Trap::OutOfMemory)
        }
    }

    /// Lets so many bytes of each half be filled, if there is memory.
    fn set_capacity(&mut self, capacity: usize, maximum: usize) -> bool {
        let reached = match &mut self.current {
            Some(half) => half.reach(capacity),
            none => {
                *none = Half::acquire(maximum + HOST_PAGE as usize, 0, capacity);
                self.next = none.as_ref().map_or(0, |half| half.start() as usize);
                none.is_some()
            }
        };
        if reached {
            self.capacity = capacity;
            for half in [&mut self.current, &mut self.other].into_iter().flatten() {
                half.trim(capacity);
            }
        }
        reached
    }

    /// Ends the heap; `next` is where the objects end.
    pub fn end(&mut self, next: usize) {
        let Heap { current, other, .. } = mem::replace(self, Heap::new(false));
        if let Some(mut half) = current {
            half.touched = half.touched.max(next - half.start() as usize);
            half.release();
        }
        if let Some(half) = other {
            half.release();
        }
    }
}

/// How many bytes a half should have for `needed` ones that are in use after a collection that did so much work.
fn capacity(needed: usize, work: usize) -> usize {
    let extra = work.saturating_mul(3).min(work.saturating_add(MOST_EXTRA));
    let capacity = needed.saturating_add(extra).max(SMALLEST);
    capacity.checked_next_multiple_of(HOST_PAGE as usize).unwrap_or(usize::MAX)
}

impl Half {
    /// A half of a range of `size` bytes, which has room for `bytes` of objects.
    fn acquire(size: usize, skew: usize, bytes: usize) -> Option<Half> {
        let accessible = (skew + bytes).next_multiple_of(HOST_PAGE as usize);
        Some(Half { range: pool::acquire(size, accessible)?, skew, touched: 0 })
    }

    fn start(&self) -> *mut u8 {
        self.range.start.as_ptr().wrapping_add(self.skew)
    }

    /// Makes room for so many bytes, if there is memory.
    fn reach(&mut self, bytes: usize) -> bool {
        self.range.extend((self.skew + bytes).next_multiple_of(HOST_PAGE as usize))
    }

    /// Gives back the memory of what lies beyond so many bytes.
    fn trim(&mut self, bytes: usize) {
        let kept = (self.skew + bytes).next_multiple_of(HOST_PAGE as usize);
        let touched = self.skew + self.touched;
        if kept < touched {
            let beyond = self.range.start.as_ptr().wrapping_add(kept);
            // SAFETY: the half was touched there, so it is accessible; no object lies there.
            if unsafe { os::discard(beyond, touched - kept) } {
                self.touched = kept - self.skew;
            }
        }
    }

    /// Leaves the address space to the next zone.
    fn release(self) {
        debug_assert!(self.skew + self.touched <= self.range.accessible);
        // SAFETY: what was touched is accessible, and the zone has ended.
        let cleared = unsafe {
            if self.touched <= CLEARED {
                self.start().write_bytes(0, self.touched);
                true
            } else {
                os::discard(self.range.start.as_ptr(), self.skew + self.touched)
            }
        };
        if cleared {
            pool::release(self.range);
        } else {
            pool::unmap(self.range);
        }
    }
}

//! Temporary memory of calls: a stack of chunks, allocated from by moving an address.
//!
//! Emptied chunks are freed, but the largest one that is not too large is kept, and chunks double: after a few
//! calls that need about as much, one chunk serves them all, and nothing is allocated any more.

use core::alloc::Layout;
use core::ptr;
use rust_alloc::alloc::{alloc, dealloc};

/// Bytes of a chunk unless one allocation needs more.
const CHUNK: usize = 64 << 10;
/// Largest chunk that is kept while it is empty, or made larger than one allocation needs.
const KEPT: usize = 4 << 20;
/// Alignment of chunks.
const ALIGNMENT: usize = 16;

/// The head of a chunk; what it gives out follows.
struct Chunk {
    /// The chunk before it.
    below: *mut Chunk,
    /// Bytes of it, this head included.
    size: usize,
}

/// A state of the arena to return to.
#[derive(Clone, Copy)]
pub struct Mark {
    chunk: *mut Chunk,
    next: usize,
}

pub struct Arena {
    /// The current chunk, or null.
    chunk: *mut Chunk,
    /// Address of its first free byte, and of its end.
    next: usize,
    end: usize,
    /// An empty chunk, or null.
    spare: *mut Chunk,
}

impl Arena {
    pub const fn new() -> Arena {
        Arena { chunk: ptr::null_mut(), next: 0, end: 0, spare: ptr::null_mut() }
    }

    #[inline]
    pub fn mark(&self) -> Mark {
        Mark { chunk: self.chunk, next: self.next }
    }

    /// Whether [`Arena::reset`] is enough to return to `mark`.
    #[inline]
    pub fn has_same_chunk(&self, mark: Mark) -> bool {
        mark.chunk == self.chunk
    }

    /// Frees everything that was allocated since `mark` was taken, in the same chunk.
    #[inline]
    pub fn reset(&mut self, mark: Mark) {
        self.next = mark.next;
    }

    /// As [`Arena::reset`], also if other chunks were begun since. An arena that would be left without a
    /// chunk begins the spare one, so that the next scopes need not.
    pub fn pop_to(&mut self, mark: Mark) {
        self.pop_chunks(mark.chunk);
        self.next = mark.next;
        if self.chunk.is_null()
            && let Some(spare) = self.take_spare(0)
        {
            self.begin(spare);
        }
    }

    /// Null if there is no memory. The alignment is a power of two.
    #[inline]
    pub fn alloc(&mut self, size: usize, alignment: usize) -> *mut u8 {
        if let Some(address) = self.fit(size, alignment) {
            return address;
        }
        if !self.push_chunk(size, alignment) {
            return ptr::null_mut();
        }
        self.fit(size, alignment).unwrap_or(ptr::null_mut())
    }

    #[inline]
    fn fit(&mut self, size: usize, alignment: usize) -> Option<*mut u8> {
        let start = self.next.checked_add(alignment - 1)? & !(alignment - 1);
        let end = start.checked_add(size)?;
        if self.chunk.is_null() || end > self.end {
            return None;
        }
        self.next = end;
        Some(self.chunk.cast::<u8>().with_addr(start))
    }

    #[cold]
    fn push_chunk(&mut self, size: usize, alignment: usize) -> bool {
        let Some(needed) = size.checked_add(alignment) else { return false };
        let Some(needed) = needed.checked_add(size_of::<Chunk>()) else { return false };
        let Some(chunk) =
            self.take_spare(needed).or_else(|| new_chunk(needed.max(self.usual_size())))
        else {
            return false;
        };
        self.begin(chunk);
        true
    }

    /// Makes a chunk that nothing uses the current one.
    fn begin(&mut self, chunk: *mut Chunk) {
        // SAFETY: a chunk that nothing uses.
        unsafe { (*chunk).below = self.chunk };
        self.make_current(chunk);
        self.next = chunk.addr() + size_of::<Chunk>();
    }

    fn usual_size(&self) -> usize {
        // SAFETY: null or a chunk of this arena.
        unsafe { self.chunk.as_ref() }.map_or(CHUNK, |chunk| (chunk.size * 2).min(KEPT))
    }

    fn take_spare(&mut self, needed: usize) -> Option<*mut Chunk> {
        // SAFETY: null or an empty chunk.
        let large_enough = unsafe { self.spare.as_ref() }.is_some_and(|spare| spare.size >= needed);
        large_enough.then(|| core::mem::replace(&mut self.spare, ptr::null_mut()))
    }

    fn make_current(&mut self, chunk: *mut Chunk) {
        self.chunk = chunk;
        // SAFETY: null or a chunk of this arena.
        self.end = unsafe { chunk.as_ref() }.map_or(0, |head| chunk.addr() + head.size);
    }

    fn pop_chunks(&mut self, chunk: *mut Chunk) {
        while self.chunk != chunk && !self.chunk.is_null() {
            let empty = self.chunk;
            // SAFETY: a chunk of this arena.
            self.make_current(unsafe { (*empty).below });
            self.keep_or_free(empty);
        }
    }

    fn keep_or_free(&mut self, chunk: *mut Chunk) {
        // SAFETY: a chunk of this arena; null or an empty chunk.
        let (size, spare) = unsafe { ((*chunk).size, self.spare.as_ref().map_or(0, |c| c.size)) };
        let unused = if size > spare && size <= KEPT {
            core::mem::replace(&mut self.spare, chunk)
        } else {
            chunk
        };
        free_chunk(unused);
    }
}

impl Drop for Arena {
    fn drop(&mut self) {
        self.pop_chunks(ptr::null_mut());
        free_chunk(self.spare);
    }
}

fn new_chunk(size: usize) -> Option<*mut Chunk> {
    let layout = Layout::from_size_align(size, ALIGNMENT).ok()?;
    // SAFETY: the layout's size is not 0.
    let chunk = unsafe { alloc(layout) }.cast::<Chunk>();
    if chunk.is_null() {
        return None;
    }
    // SAFETY: just allocated, large enough for the head.
    unsafe { chunk.write(Chunk { below: ptr::null_mut(), size }) };
    Some(chunk)
}

fn free_chunk(chunk: *mut Chunk) {
    if chunk.is_null() {
        return;
    }
    // SAFETY: `new_chunk` made it with this size; it is no longer linked.
    unsafe {
        let layout = Layout::from_size_align((*chunk).size, ALIGNMENT);
        dealloc(chunk.cast(), layout.expect("was good enough to allocate"));
    }
}

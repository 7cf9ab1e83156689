//! Memory that crosses the boundary: allocated here, freed by generated code.

use super::values::{List, Str};
use crate::state::Stop;
use rustix::io::Errno;
use std::mem::MaybeUninit;
use std::ptr::{NonNull, null_mut};
use weldc_runtime::{weldc_rt_alloc, weldc_rt_free};

/// Bytes in memory of the runtime's allocator, on their way to a guest.
pub(crate) struct Buffer {
    /// From `weldc_rt_alloc`, or dangling if `len` is 0 and nothing was allocated.
    start: Option<NonNull<u8>>,
    len: usize,
}

impl Buffer {
    pub(crate) const fn empty() -> Buffer {
        Buffer { start: None, len: 0 }
    }

    /// Allocates `capacity` bytes and keeps those that `fill` says it has written: a front part of the
    /// slice it was given.
    pub(crate) fn fill(
        capacity: usize,
        fill: impl for<'a> FnOnce(&'a mut [MaybeUninit<u8>]) -> Result<&'a mut [u8], Errno>,
    ) -> Result<Buffer, Errno> {
        if capacity == 0 {
            return Ok(Buffer::empty());
        }
        let start = allocate(capacity, 1).ok_or(Errno::NOMEM)?;
        let mut buffer = Buffer { start: Some(start), len: 0 };
        // SAFETY: `start` is valid for `capacity` bytes, which nothing else refers to.
        let room = unsafe { std::slice::from_raw_parts_mut(start.as_ptr().cast(), capacity) };
        let filled = fill(room)?;
        if filled.as_ptr() == start.as_ptr() && filled.len() <= capacity {
            buffer.len = filled.len();
        }
        Ok(buffer)
    }

    pub(crate) fn copy(bytes: &[u8]) -> Result<Buffer, Stop> {
        Buffer::fill(bytes.len(), |room| Ok(room.write_copy_of_slice(bytes)))
            .map_err(|_| Stop::OUT_OF_MEMORY)
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        match self.start {
            // SAFETY: `fill` has written the first `len` bytes of the allocation.
            Some(start) => unsafe { std::slice::from_raw_parts(start.as_ptr(), self.len) },
            None => &[],
        }
    }

    /// Hands the memory over to generated code.
    pub(super) fn into_list(mut self) -> List<u8> {
        let start = self.start.take();
        List { start: start.map_or(null_mut(), NonNull::as_ptr), len: self.len }
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        if let Some(start) = self.start {
            // SAFETY: it came from `weldc_rt_alloc`, and `into_list` has not given it away.
            unsafe { weldc_rt_free(start.as_ptr()) };
        }
    }
}

/// A list of `items` in memory that generated code frees.
pub(super) fn list<T: Copy>(items: &[T]) -> Result<List<T>, Stop> {
    let size = size_of_val(items);
    if size == 0 {
        return Ok(List { start: null_mut(), len: items.len() });
    }
    let start = allocate(size, align_of::<T>()).ok_or(Stop::OUT_OF_MEMORY)?.cast::<T>();
    // SAFETY: the memory is new, aligned for `T`, and large enough for all items.
    unsafe { start.copy_from_nonoverlapping(NonNull::from(items).cast(), items.len()) };
    Ok(List { start: start.as_ptr(), len: items.len() })
}

/// A string in memory that generated code frees.
pub(super) fn string(text: &str) -> Result<Str, Stop> {
    let List { start, len } = list(text.as_bytes())?;
    Ok(Str { start, len })
}

/// Frees what [`string`] gave.
///
/// # Safety
/// Nobody else frees it or uses it.
pub(super) unsafe fn free(text: Str) {
    if text.len > 0 {
        // SAFETY: it came from `weldc_rt_alloc`, as the caller promises.
        unsafe { weldc_rt_free(text.start) };
    }
}

fn allocate(size: usize, align: usize) -> Option<NonNull<u8>> {
    NonNull::new(weldc_rt_alloc(size as u64, align as u64))
}

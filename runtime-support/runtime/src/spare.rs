//! Memory that a zone keeps for the next thing of the same kind: what is made and ends at every call is not worth an
//! allocation.

use core::ptr::{self, NonNull};

/// Pieces of memory for a `T`, linked by their first words; whoever uses it frees what is left.
pub struct Spare<T> {
    first: *mut T,
    count: u32,
}

/// Most pieces that are kept.
const MOST: u32 = 64;

impl<T> Spare<T> {
    pub const fn new() -> Spare<T> {
        assert!(size_of::<T>() >= size_of::<*mut T>() && align_of::<T>() >= align_of::<*mut T>());
        Spare { first: ptr::null_mut(), count: 0 }
    }

    /// A piece that was kept, if there is one.
    pub fn take(&mut self) -> Option<NonNull<T>> {
        let memory = NonNull::new(self.first)?;
        // SAFETY: `keep` linked it there; nobody else has it.
        self.first = unsafe { memory.cast::<*mut T>().read() };
        self.count -= 1;
        Some(memory)
    }

    /// Keeps a piece; `false` if there are enough.
    ///
    /// # Safety
    /// It has room for a `T`, and nobody uses it.
    pub unsafe fn keep(&mut self, memory: NonNull<T>) -> bool {
        if self.count == MOST {
            return false;
        }
        // SAFETY: the caller's; a `T` is large enough for a pointer, and as aligned.
        unsafe { memory.cast::<*mut T>().write(self.first) };
        self.first = memory.as_ptr();
        self.count += 1;
        true
    }
}

//! No operating system: everything comes from the global allocator, and nothing can fault.
//!
//! Memories are compiled with explicit checks there, so what is reserved need not be inaccessible.

use super::Waited;
use core::alloc::Layout;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, Ordering};
use rust_alloc::alloc::{alloc, alloc_zeroed, dealloc};

const ALIGNMENT: usize = 4096;

/// Zeroed address space.
pub fn reserve(bytes: usize) -> Option<NonNull<u8>> {
    reserve_zeroed(bytes)
}

/// Zeroed, accessible memory.
pub fn reserve_zeroed(bytes: usize) -> Option<NonNull<u8>> {
    let layout = Layout::from_size_align(bytes.max(1), ALIGNMENT).ok()?;
    // SAFETY: the layout's size is not 0.
    NonNull::new(unsafe { alloc_zeroed(layout) })
}

/// # Safety
/// The bytes lie in one reservation.
pub unsafe fn make_accessible(_start: *mut u8, _bytes: usize) -> bool {
    true
}

/// # Safety
/// The bytes lie in one reservation.
pub unsafe fn make_inaccessible(_start: *mut u8, _bytes: usize) -> bool {
    true
}

/// Makes memory zero again.
///
/// # Safety
/// The bytes lie in one reservation, and nothing uses them any more.
pub unsafe fn discard(start: *mut u8, bytes: usize) -> bool {
    // SAFETY: the caller's.
    unsafe { start.write_bytes(0, bytes) };
    true
}

/// Memory is too scarce to be kept for later zones.
pub const KEEPS_IDLE_RANGES: bool = false;

/// A reservation is memory, used or not.
pub const MAX_SPARE: usize = 1 << 20;

/// # Safety
/// The bytes lie in the accessible part of one reservation.
pub unsafe fn populate(_start: *mut u8, _bytes: usize) {}

/// # Safety
/// This is a whole reservation, and nothing uses it any more.
pub unsafe fn release(start: *mut u8, bytes: usize) {
    let layout = Layout::from_size_align(bytes.max(1), ALIGNMENT);
    // SAFETY: allocated with this layout by `reserve_zeroed`.
    unsafe { dealloc(start, layout.expect("was good enough to allocate")) }
}

/// Whether [`share_image`] may be tried on these bytes.
pub fn can_share_image(_image: &[u8]) -> bool {
    false
}

/// # Safety
/// As on other systems; nothing is done here.
pub unsafe fn share_image(_image: &[u8], _destination: *mut u8) -> bool {
    false
}

/// Nobody keeps account of pages.
pub fn used_pages(_start: *mut u8, _bytes: usize, _visit: impl FnMut(*mut u8, usize)) -> bool {
    false
}

pub fn install_fault_handlers() {}

/// There is neither a clock nor anybody who could wake a waiter: time that is limited has passed, and
/// without a limit this waits for ever.
pub fn wait_on(word: &AtomicU32, expected: u32, nanoseconds: Option<u64>) -> Waited {
    if word.load(Ordering::SeqCst) != expected {
        return Waited::Otherwise;
    }
    while nanoseconds.is_none() {
        core::hint::spin_loop();
    }
    Waited::TimedOut
}

/// Nobody waits.
pub fn wake(_word: &AtomicU32, _most: u32) -> u32 {
    0
}

const HEADER: usize = 16;

/// Memory for the host: the size and alignment stand in front of it, since `free` is not told.
pub fn malloc(size: usize, alignment: usize) -> *mut u8 {
    let offset = alignment.max(HEADER);
    let Some(layout) = block(size, offset) else { return core::ptr::null_mut() };
    // SAFETY: the layout's size is at least HEADER.
    let start = unsafe { alloc(layout) };
    if start.is_null() {
        return start;
    }
    // SAFETY: `offset` bytes, at least two words, stand in front of the result.
    unsafe {
        let result = start.add(offset);
        result.cast::<usize>().sub(1).write(size);
        result.cast::<usize>().sub(2).write(offset);
        result
    }
}

/// # Safety
/// `address` is null or came from [`malloc`].
pub unsafe fn free(address: *mut u8) {
    if address.is_null() {
        return;
    }
    // SAFETY: `malloc` wrote both words and allocated with the same layout.
    unsafe {
        let size = address.cast::<usize>().sub(1).read();
        let offset = address.cast::<usize>().sub(2).read();
        dealloc(address.sub(offset), block(size, offset).expect("was good enough to allocate"));
    }
}

fn block(size: usize, offset: usize) -> Option<Layout> {
    Layout::from_size_align(size.checked_add(offset)?, offset).ok()
}

/// Ends the program: the runtime cannot go on.
pub fn abort(message: &str) -> ! {
    panic!("weldc: {message}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_for_the_host_is_aligned_and_can_be_freed() {
        for alignment in [1, 8, 16, 64, 4096] {
            let address = malloc(100, alignment);
            assert_eq!(address as usize % alignment, 0);
            // SAFETY: just allocated.
            unsafe {
                address.write_bytes(7, 100);
                free(address);
            }
        }
        // SAFETY: null is ignored.
        unsafe { free(core::ptr::null_mut()) };
    }

    #[test]
    fn reservations_are_zeroed() {
        let start = reserve(70_000).unwrap();
        // SAFETY: 70000 bytes were reserved and are not used afterwards.
        unsafe {
            assert!((0..70_000).all(|i| start.add(i).read() == 0));
            release(start.as_ptr(), 70_000);
        }
    }
}

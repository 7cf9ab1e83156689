//! Address space.

use core::ptr::{self, NonNull};

/// Inaccessible address space, zero once it is made accessible.
pub fn reserve(bytes: usize) -> Option<NonNull<u8>> {
    map(bytes, libc::PROT_NONE)
}

/// Zeroed, accessible memory; pages are taken as they are touched.
pub fn reserve_zeroed(bytes: usize) -> Option<NonNull<u8>> {
    map(bytes, libc::PROT_READ | libc::PROT_WRITE)
}

fn map(bytes: usize, protection: i32) -> Option<NonNull<u8>> {
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
    // SAFETY: a new mapping, where the system likes.
    let start = unsafe { libc::mmap(ptr::null_mut(), bytes, protection, flags, -1, 0) };
    if start == libc::MAP_FAILED { None } else { NonNull::new(start.cast()) }
}

/// Makes pages of a reservation readable and writable.
///
/// # Safety
/// The bytes lie in one reservation and begin at a page.
pub unsafe fn make_accessible(start: *mut u8, bytes: usize) -> bool {
    // SAFETY: the caller's; giving rights breaks nobody's assumptions.
    bytes == 0
        || unsafe { libc::mprotect(start.cast(), bytes, libc::PROT_READ | libc::PROT_WRITE) } == 0
}

/// Takes the rights back.
///
/// # Safety
/// The bytes lie in one reservation, begin at a page, and nothing uses them any more.
pub unsafe fn make_inaccessible(start: *mut u8, bytes: usize) -> bool {
    // SAFETY: the caller's.
    bytes == 0 || unsafe { libc::mprotect(start.cast(), bytes, libc::PROT_NONE) } == 0
}

/// Most bytes to reserve for what may need less. Address space costs little.
pub const MAX_SPARE: usize = 1 << 36;

/// Reservations that nobody uses cost address space and little else.
pub const KEEPS_IDLE_RANGES: bool = true;

/// # Safety
/// This is a whole reservation, and nothing uses it any more.
pub unsafe fn release(start: *mut u8, bytes: usize) {
    // SAFETY: the caller's.
    unsafe { libc::munmap(start.cast(), bytes) };
}

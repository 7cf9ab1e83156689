//! Systems with `mmap` and signals.

mod map;
mod signal;

#[cfg(target_os = "linux")]
#[path = "pages_linux.rs"]
mod pages;
#[cfg(not(target_os = "linux"))]
#[path = "pages_portable.rs"]
mod pages;

#[cfg(target_os = "linux")]
#[path = "used_linux.rs"]
mod used;
#[cfg(not(target_os = "linux"))]
#[path = "used_portable.rs"]
mod used;

#[cfg(target_os = "linux")]
#[path = "wait_linux.rs"]
mod wait;
#[cfg(not(target_os = "linux"))]
#[path = "wait_portable.rs"]
mod wait;

#[cfg(all(target_os = "linux", target_arch = "x86_64"))]
#[path = "registers_linux_x86_64.rs"]
mod registers;
#[cfg(all(target_os = "linux", target_arch = "aarch64"))]
#[path = "registers_linux_aarch64.rs"]
mod registers;

pub use map::{
    KEEPS_IDLE_RANGES, MAX_SPARE, make_accessible, make_inaccessible, release, reserve,
    reserve_zeroed,
};
pub use pages::{can_share_image, discard, populate, share_image};
pub use signal::install_fault_handlers;
#[cfg(all(test, target_os = "linux"))]
pub use used::BLIND;
pub use used::used_pages;
pub use wait::{wait_on, wake};

/// Memory from the C library, for the host.
pub fn malloc(size: usize, alignment: usize) -> *mut u8 {
    // What malloc itself guarantees on every 64-bit target.
    if alignment <= 16 {
        // SAFETY: no conditions.
        return unsafe { libc::malloc(size) }.cast();
    }
    let mut address = core::ptr::null_mut();
    // SAFETY: the address is written only on success; a bad alignment is refused.
    match unsafe { libc::posix_memalign(&mut address, alignment, size) } {
        0 => address.cast(),
        _ => core::ptr::null_mut(),
    }
}

/// # Safety
/// `address` is null or came from [`malloc`] or the C library's.
pub unsafe fn free(address: *mut u8) {
    // SAFETY: the caller's.
    unsafe { libc::free(address.cast()) }
}

/// Ends the process: the runtime cannot go on. Safe in a signal handler.
pub fn abort(message: &str) -> ! {
    for part in ["weldc: ", message, "\n"] {
        // SAFETY: the part is readable. Nothing can be done if it cannot be written.
        unsafe { libc::write(libc::STDERR_FILENO, part.as_ptr().cast(), part.len()) };
    }
    // SAFETY: no conditions.
    unsafe { libc::abort() }
}

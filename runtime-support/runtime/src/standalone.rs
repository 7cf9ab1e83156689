//! What a static library without std must bring itself.

use crate::os;
use core::alloc::{GlobalAlloc, Layout};

struct Malloc;

// SAFETY: `malloc` and `free` of the operating system's module keep the contract of allocators.
unsafe impl GlobalAlloc for Malloc {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        os::malloc(layout.size(), layout.align())
    }
    unsafe fn dealloc(&self, address: *mut u8, _layout: Layout) {
        // SAFETY: the caller's: `alloc` gave the address.
        unsafe { os::free(address) }
    }
}

#[global_allocator]
static ALLOCATOR: Malloc = Malloc;

#[panic_handler]
fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
    os::abort("internal error in the runtime")
}

// The prebuilt `core` and `alloc` refer to these, but nothing unwinds. The first is weak and hidden: a program that is
// itself written in Rust has the real one. The second is for this object alone, so that it does not bring an unwinder
// into a program that has none, and takes none from one that has.
core::arch::global_asm!(
    ".weak rust_eh_personality",
    ".hidden rust_eh_personality",
    "rust_eh_personality:",
    "_Unwind_Resume:",
    ".long 0",
);

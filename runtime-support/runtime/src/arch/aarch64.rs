//! AArch64: frames of generated code, and how control lands in an entry.

/// The caller's frame pointer and the return address, from a function's frame pointer.
///
/// # Safety
/// `fp` heads a frame of generated code: `stp x29, x30, [sp, #-16]!; mov x29, sp` made it.
pub unsafe fn caller(fp: usize) -> (usize, usize) {
    // SAFETY: the prologue stored both words.
    unsafe { ((fp as *const usize).read(), (fp as *const usize).add(1).read()) }
}

/// Continues at `handler` in the frame that these pointers belong to, with `payload` as the first exception
/// payload and 0 as the second.
///
/// # Safety
/// The frame is that of a function whose `try_call` has not returned, and no Rust frame below it has anything left
/// to do.
#[unsafe(naked)]
pub unsafe extern "C" fn land(sp: usize, fp: usize, handler: usize, payload: usize) -> ! {
    core::arch::naked_asm!("mov sp, x0", "mov x29, x1", "mov x0, x3", "mov x1, xzr", "br x2",)
}

/// `(context, header, size)`: [`crate::gc::allocate`] for the caller, of which it is told the return address and
/// the frame pointer.
///
/// # Safety
/// Called by generated code, whose functions keep their frame pointer in its register.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gc_allocate() {
    core::arch::naked_asm!(
        "mov x3, x30",
        "mov x4, x29",
        "b {allocate}",
        allocate = sym crate::gc::allocate,
    )
}

/// Functions that Cranelift calls for instructions which the processor may lack.
pub const LIBCALLS: [(&str, *const ()); 0] = [];

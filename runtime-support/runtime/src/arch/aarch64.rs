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

/// Leaves this stack, whose pointer goes to `*save`, for one that was left with the pointer `to`, or is new. Returns
/// what whoever comes back gives for `word`.
///
/// # Safety
/// The stack has such a pointer, and is not left twice with the same.
#[unsafe(naked)]
pub unsafe extern "C" fn switch_stack(save: *mut usize, to: usize, word: usize) -> usize {
    core::arch::naked_asm!(
        "sub sp, sp, #160",
        "stp x19, x20, [sp]",
        "stp x21, x22, [sp, #16]",
        "stp x23, x24, [sp, #32]",
        "stp x25, x26, [sp, #48]",
        "stp x27, x28, [sp, #64]",
        "stp x29, x30, [sp, #80]",
        "stp d8, d9, [sp, #96]",
        "stp d10, d11, [sp, #112]",
        "stp d12, d13, [sp, #128]",
        "stp d14, d15, [sp, #144]",
        "mov x9, sp",
        "str x9, [x0]",
        "mov sp, x1",
        "mov x0, x2",
        "ldp x19, x20, [sp]",
        "ldp x21, x22, [sp, #16]",
        "ldp x23, x24, [sp, #32]",
        "ldp x25, x26, [sp, #48]",
        "ldp x27, x28, [sp, #64]",
        "ldp x29, x30, [sp, #80]",
        "ldp d8, d9, [sp, #96]",
        "ldp d10, d11, [sp, #112]",
        "ldp d12, d13, [sp, #128]",
        "ldp d14, d15, [sp, #144]",
        "add sp, sp, #160",
        "ret",
    )
}

/// Words that [`switch_stack`] leaves on a stack, and which of them are which.
const LEFT: usize = 20;
const LEFT_X19: usize = 0;
const LEFT_RETURN: usize = 11;

/// Prepares a stack: whoever switches to the pointer that this gives calls `work` with the word.
///
/// # Safety
/// Memory that ends at `top`, a multiple of 16, and is nobody's.
pub unsafe fn new_stack(top: usize, work: unsafe extern "C" fn(usize) -> !) -> usize {
    let sp = (top as *mut usize).wrapping_sub(LEFT);
    // SAFETY: the caller's.
    unsafe {
        sp.write_bytes(0, LEFT);
        sp.add(LEFT_X19).write(work as *const () as usize);
        sp.add(LEFT_RETURN).write(first_frame as *const () as usize);
    }
    sp as usize
}

/// # Safety
/// Where [`switch_stack`] comes to on a new stack.
#[unsafe(naked)]
unsafe extern "C" fn first_frame() {
    core::arch::naked_asm!("blr x19", "brk #1")
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

//! x86-64: frames of generated code, and how control lands in an entry.

/// The caller's frame pointer and the return address, from a function's frame pointer.
///
/// # Safety
/// `fp` heads a frame of generated code: `push rbp; mov rbp, rsp` made it.
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
pub unsafe extern "sysv64" fn land(sp: usize, fp: usize, handler: usize, payload: usize) -> ! {
    core::arch::naked_asm!(
        "mov rsp, rdi",
        "mov rbp, rsi",
        "mov rax, rcx",
        "mov rcx, rdx",
        "xor edx, edx",
        "jmp rcx",
    )
}

/// Leaves this stack, whose pointer goes to `*save`, for one that was left with the pointer `to`, or is new. Returns
/// what whoever comes back gives for `word`.
///
/// # Safety
/// The stack has such a pointer, and is not left twice with the same.
#[unsafe(naked)]
pub unsafe extern "sysv64" fn switch_stack(save: *mut usize, to: usize, word: usize) -> usize {
    // A jump, since this is not where the processor expects to return.
    core::arch::naked_asm!(
        "push rbp",
        "push rbx",
        "push r12",
        "push r13",
        "push r14",
        "push r15",
        "mov [rdi], rsp",
        "mov rsp, rsi",
        "mov rax, rdx",
        "pop r15",
        "pop r14",
        "pop r13",
        "pop r12",
        "pop rbx",
        "pop rbp",
        "pop rcx",
        "jmp rcx",
    )
}

/// Words that [`switch_stack`] leaves on a stack, and which of them are which.
const LEFT: usize = 7;
const LEFT_RBX: usize = 4;
const LEFT_RETURN: usize = 6;

/// Prepares a stack: whoever switches to the pointer that this gives calls `work` with the word.
///
/// # Safety
/// Memory that ends at `top`, a multiple of 16, and is nobody's.
pub unsafe fn new_stack(top: usize, work: unsafe extern "C" fn(usize) -> !) -> usize {
    let sp = (top as *mut usize).wrapping_sub(LEFT + 2);
    // SAFETY: the caller's.
    unsafe {
        sp.write_bytes(0, LEFT + 2);
        sp.add(LEFT_RBX).write(work as *const () as usize);
        sp.add(LEFT_RETURN).write(first_frame as *const () as usize);
    }
    sp as usize
}

/// # Safety
/// Where [`switch_stack`] comes to on a new stack.
#[unsafe(naked)]
unsafe extern "sysv64" fn first_frame() {
    core::arch::naked_asm!("mov rdi, rax", "call rbx", "ud2")
}

/// `(context, header, size)`: [`crate::gc::allocate`] for the caller, of which it is told the return address and
/// the frame pointer.
///
/// # Safety
/// Called by generated code, whose functions keep their frame pointer in its register.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "sysv64" fn weldc_rt_gc_allocate() {
    core::arch::naked_asm!(
        "mov rcx, [rsp]",
        "mov r8, rbp",
        "jmp {allocate}",
        allocate = sym crate::gc::allocate,
    )
}

/// Functions that Cranelift calls for instructions which the processor may lack.
pub const LIBCALLS: [(&str, *const ()); 1] =
    [("__cranelift_x86_pshufb", __cranelift_x86_pshufb as *const ())];

/// `pshufb xmm0, xmm1` without SSSE3: byte `i` of the result is the byte of xmm0 that the low bits of byte `i`
/// of xmm1 name, or 0 if the latter's top bit is set.
///
/// # Safety
/// Arguments and result are in vector registers, as only generated code passes them.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "sysv64" fn __cranelift_x86_pshufb() {
    core::arch::naked_asm!(
        "sub rsp, 40",
        "movdqu [rsp], xmm0",
        "movdqu [rsp + 16], xmm1",
        "xor ecx, ecx",
        "xor esi, esi",
        "2: movzx eax, byte ptr [rsp + rcx + 16]",
        "mov edx, eax",
        "and edx, 15",
        "movzx edx, byte ptr [rsp + rdx]",
        "test al, al",
        "cmovs edx, esi",
        "mov [rsp + rcx + 16], dl",
        "inc ecx",
        "cmp ecx, 16",
        "jne 2b",
        "movdqu xmm0, [rsp + 16]",
        "add rsp, 40",
        "ret",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::arch::asm;
    use core::arch::x86_64::__m128i;

    #[test]
    fn bytes_are_shuffled() {
        let bytes: [u8; 16] = core::array::from_fn(|i| i as u8 + 100);
        let order = [0, 15, 3, 0x80, 0xff, 0x13, 7, 7, 1, 2, 0x8f, 4, 5, 6, 0x7f, 9];
        // SAFETY: all are sixteen bytes; the function's convention is C's.
        let result: [u8; 16] = unsafe {
            let mut xmm0: __m128i = core::mem::transmute(bytes);
            let xmm1: __m128i = core::mem::transmute::<[u8; 16], __m128i>(order);
            asm!("call {f}", f = sym __cranelift_x86_pshufb, inout("xmm0") xmm0, in("xmm1") xmm1,
                clobber_abi("sysv64"));
            core::mem::transmute(xmm0)
        };
        let expected = order.map(|i| if i & 0x80 != 0 { 0 } else { bytes[usize::from(i & 15)] });
        assert_eq!(result, expected);
    }
}

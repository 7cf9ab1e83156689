//! A handmade artefact: what the compiler would make, for tests of the runtime by itself.
//!
//! Its entry calls any of its bodies with one argument. Bodies spoil every register that a callee must
//! preserve, as functions of the tail convention may.

use crate::context::Context;
use crate::zone::{weldc_rt_zone_drop, weldc_rt_zone_new};
use core::arch::global_asm;
use core::ffi::c_void;
use weldc_abi::Trap;
use weldc_abi::artefact::Artefact;

/// What the artefact below says of itself.
pub mod layout {
    pub const MEMORY_0: u32 = 128;
    pub const MEMORY_1: u32 = 144;
    pub const TABLE: u32 = 160;
    pub const INSTANCE: u32 = 176;
    pub const MARKER: u32 = 208;
    pub const ELEMENTS: u32 = 1024;
    pub const IMAGE_1: u64 = 512 << 10;
    /// A host pointer for which the start traps.
    pub const BAD_HOST: usize = 1234;
    /// Resources: the first has a destructor, which stores the representation at the address in MARKER.
    pub const RESOURCE: u32 = 0;
    pub const OTHER: u32 = 1;
    /// Instances that copy elements, the first in the first memory, the second in the second.
    pub const COPYING: [u32; 2] = [256, 384];
    /// Element types of copies: none, bytes, and what needs transfers.
    pub const NO_ELEMENT: u32 = 0;
    pub const BYTE: u32 = 1;
    pub const BOXED: u32 = 2;
    /// The number of an operation of the instance that is counted here.
    pub const fn copy(
        instance: u32,
        ty: u32,
        is_future: bool,
        is_write: bool,
        is_sync: bool,
    ) -> u32 {
        let operation = (is_future as u32) << 1 | is_write as u32;
        ((instance * 3 + ty) * 4 + operation) * 2 + is_sync as u32
    }
}

unsafe extern "C" {
    static weldc_test_artefact: Artefact;
    pub fn weldc_test_entry(zone: Context, body: Body, argument: usize) -> i32;
    pub fn weldc_test_raise(zone: Context);
    pub fn weldc_test_load(zone: Context);
    pub fn weldc_test_load_site();
    pub fn weldc_test_divide(zone: Context);
    pub fn weldc_test_overflow(zone: Context);
    pub fn weldc_test_recurse(zone: Context);
    pub fn weldc_test_recurse_and_return(zone: Context);
    pub fn weldc_test_call_host(zone: Context);
    pub fn weldc_test_return(zone: Context);
}

/// Numbers that look random (xorshift), the same in every run.
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

/// A body; the type is only for its address.
pub type Body = unsafe extern "C" fn(Context);

pub fn artefact() -> *const Artefact {
    &raw const weldc_test_artefact
}

/// A zone of the artefact that ends with this value.
pub struct TestZone(pub Context);

impl TestZone {
    pub fn new() -> TestZone {
        let (status, zone) = TestZone::start(core::ptr::null_mut());
        assert_eq!(status, 0);
        zone.unwrap()
    }

    /// The status of its making, and the zone if there is one.
    pub fn start(host: *mut c_void) -> (i32, Option<TestZone>) {
        let mut zone = Context(core::ptr::null_mut());
        let null: *mut c_void = core::ptr::null_mut();
        // SAFETY: an artefact that stays where it is and has no imports.
        let status = unsafe { weldc_rt_zone_new(artefact(), null.cast(), host, null, &mut zone) };
        (status, (!zone.0.is_null()).then_some(TestZone(zone)))
    }

    /// The context of a zone that never ends.
    pub fn keep(self) -> Context {
        core::mem::ManuallyDrop::new(self).0
    }

    /// Enters the zone and returns the status.
    pub fn call(&self, body: Body, argument: usize) -> i32 {
        // SAFETY: a living zone of the artefact.
        unsafe { weldc_test_entry(self.0, body, argument) }
    }

    pub fn message(&self) -> std::string::String {
        // SAFETY: a living zone that is not running.
        unsafe { crate::trap::message_of(self.0) }.to_str().unwrap().into()
    }

    pub fn load<T: Copy>(&self, offset: u32) -> T {
        // SAFETY: tests read what the layout says.
        unsafe { self.0.load(offset) }
    }
    pub fn store<T: Copy>(&self, offset: u32, value: T) {
        // SAFETY: tests write what the layout says.
        unsafe { self.0.store(offset, value) }
    }
}

impl Drop for TestZone {
    fn drop(&mut self) {
        // SAFETY: this value owned the zone.
        unsafe { weldc_rt_zone_drop(self.0) }
    }
}

global_asm!(
    r#"
    .pushsection .text.weldc_test, "ax", @progbits
    .balign 16
weldc_test_text:
    .globl weldc_test_entry
weldc_test_entry:
    push rbp
    mov rbp, rsp
    push rbx
    push r12
    push r13
    push r14
    push r15
    sub rsp, 24
    mov [rsp + 8], rdi
    mov rax, rsi
    mov rsi, rdx
    call rax
weldc_test_entry_return:
    xor eax, eax
weldc_test_entry_out:
    add rsp, 24
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
    ret
weldc_test_entry_handler:
    test rdx, rdx
    je weldc_test_entry_out
    ud2

weldc_test_start:
    lea rsi, [rip + weldc_test_start_body]
    jmp weldc_test_entry

weldc_test_destructor:
    mov rdx, rsi
    lea rsi, [rip + weldc_test_destructor_body]
    jmp weldc_test_entry

    .balign 16
weldc_test_bodies:
    .macro weldc_test_prologue
    push rbp
    mov rbp, rsp
    mov rbx, -1
    mov r12, -1
    mov r13, -1
    mov r14, -1
    mov r15, -1
    .endm
weldc_test_stub:
    push rbp
    mov rbp, rsp
    mov rsi, [rbp + 8]
    mov rdx, [rbp]
    mov edi, eax
    call {raise}
    ud2

    .globl weldc_test_raise
weldc_test_raise:
    weldc_test_prologue
    mov eax, {unreachable}
    call weldc_test_stub
weldc_test_raise_site:
    ud2

    .globl weldc_test_load
weldc_test_load:
    weldc_test_prologue
    .globl weldc_test_load_site
weldc_test_load_site:
    mov eax, [rsi]
    pop rbp
    ret

    .globl weldc_test_divide
weldc_test_divide:
    weldc_test_prologue
    mov eax, 1
    xor edx, edx
weldc_test_divide_site:
    div esi
    pop rbp
    ret

    .globl weldc_test_overflow
weldc_test_overflow:
    weldc_test_prologue
    cmp rsp, rsi
    jb weldc_test_overflow_site
    sub rsp, 1024
    call weldc_test_overflow
weldc_test_overflow_call:
    add rsp, 1024
    pop rbp
    ret
weldc_test_overflow_site:
    ud2

    .globl weldc_test_recurse
weldc_test_recurse:
    weldc_test_prologue
    test rsi, rsi
    je 2f
    dec rsi
    call weldc_test_recurse
weldc_test_recurse_call:
    pop rbp
    ret
2:  mov eax, {unreachable}
    call weldc_test_stub
weldc_test_recurse_site:
    ud2

    .globl weldc_test_call_host
weldc_test_call_host:
    weldc_test_prologue
    call rsi
weldc_test_call_host_call:
    test eax, eax
    jne 2f
    pop rbp
    ret
2:  mov eax, {host_failed}
    call weldc_test_stub
weldc_test_call_host_site:
    ud2

    .globl weldc_test_recurse_and_return
weldc_test_recurse_and_return:
    weldc_test_prologue
    test rsi, rsi
    je 2f
    dec rsi
    call weldc_test_recurse_and_return
2:  pop rbp
    ret

    .globl weldc_test_return
weldc_test_return:
    weldc_test_prologue
    pop rbp
    ret

weldc_test_start_body:
    weldc_test_prologue
    cmp qword ptr [rdi + 16], 1234
    jne 2f
    mov eax, {unreachable}
    call weldc_test_stub
2:  pop rbp
    ret

weldc_test_destructor_body:
    weldc_test_prologue
    mov rax, [rdi + 208]
    mov [rax], rsi
    pop rbp
    ret
weldc_test_lift:
    jmp {lift}
weldc_test_lower:
    jmp {lower}
weldc_test_text_end:
    .popsection
"#,
    raise = sym crate::trap::weldc_rt_raise,
    lift = sym crate::copy::tests::lift,
    lower = sym crate::copy::tests::lower,
    unreachable = const Trap::Unreachable as u32,
    host_failed = const Trap::HostFailed as u32,
);

global_asm!(
    r#"
    .pushsection .rodata.weldc_test, "a", @progbits
    .balign 8
    .globl weldc_test_artefact
weldc_test_artefact:
    .ascii "weld"
    .long {version}
    .long weldc_test_text - ., weldc_test_text_end - weldc_test_text
    .long 1536, 65536
    .long 2f - ., 216           // context image
    .long 3f - ., 2             // memories
    .long 4f - ., 1             // tables
    .long 5f - ., 3             // instances
    .long 6f - ., 2             // resources
    .long 7f - .                // sites
    .long 8f - .
    .long 9f - ., 7
    .long 10f - ., 9            // functions
    .long 11f - ., 1            // entries
    .long 0, 0                  // handlers
    .long 12f - ., 67           // strings
    .long weldc_test_start - .
    .long 0, 0                  // imports
    .long 13f - ., 14f - ., 2   // frames
    .long 0                     // gc
    .long 0                     // linkage
    .long 0, 0                  // edges
    .long 15f - ., 48           // copies
    .long 0, 0                  // threads
    .ascii "identity of the test's artefact."
    .balign 8
2:  .fill 208, 1, 0
    .quad 0x1122334455667788
3:  .quad 65536, 4 * 65536, 8 * 65536, 0, 65536
    .long weldc_test_image_0 - ., 128, 16, 0
    .quad 512 << 10, 512 << 10, 1 << 20, 0, 512 << 10
    .long weldc_test_image_1 - ., 144, 16, 0
4:  .long 160, 1024, 3, 64
5:  .long 176, 256, 384
6:  .long weldc_test_destructor - ., 0, 0, 0, 0, 0, -1
    .long 0, 0, 0, 0, 0, 0, -1
7:  .long weldc_test_raise_site - weldc_test_text
    .long weldc_test_load_site - weldc_test_text
    .long weldc_test_divide_site - weldc_test_text
    .long weldc_test_overflow_call - weldc_test_text
    .long weldc_test_overflow_site - weldc_test_text
    .long weldc_test_recurse_call - weldc_test_text
    .long weldc_test_call_host_site - weldc_test_text
8:  .long 0x10, 0x20, 0x30, 0x40, 0x41, 0x50, 0x60
9:  .byte 0, {out_of_bounds}, {divide}, 0, {overflow}, 0, 0
    .balign 4
    .macro weldc_test_function from, to, name, size, kind
    .long \from - weldc_test_text, \to - \from, \name, \size, \kind
    .endm
10: weldc_test_function weldc_test_entry, weldc_test_bodies, 0, 0, 2
    weldc_test_function weldc_test_stub, weldc_test_raise, 0, 0, 3
    weldc_test_function weldc_test_raise, weldc_test_load, 0, 7, 0
    weldc_test_function weldc_test_load, weldc_test_divide, 7, 6, 0
    weldc_test_function weldc_test_divide, weldc_test_overflow, 13, 8, 0
    weldc_test_function weldc_test_overflow, weldc_test_recurse, 21, 10, 0
    weldc_test_function weldc_test_recurse, weldc_test_call_host, 31, 9, 0
    weldc_test_function weldc_test_call_host, weldc_test_return, 40, 13, 0
    weldc_test_function weldc_test_return, weldc_test_text_end, 53, 12, 0
11: .long weldc_test_entry_return - weldc_test_text
    .long weldc_test_entry_handler - weldc_test_text
    .long 64, 8
13: .long -1, -1, 1, -1, -1, -1, -1
14: .long 0, 0, 63, 4, 7, 0, -1
    .long 0, 7, 63, 4, 30, 2, 0
    // Of every instance, type, operation and option.
15: .irp instance, 256, 384
    .irp ty, 0, 1, 2
    .irp operation, 0, 1, 2, 3
    .irp sync, 0, 1
    .if \ty == 2
    .if \operation & 1
    .long weldc_test_lift - weldc_test_text
    .else
    .long weldc_test_lower - weldc_test_text
    .endif
    .long (1 - \sync) | (\operation & 2) | (\operation & 1) << 2
    .long 2, 8, 4, 16, 8
    .else
    .long 0
    .long (1 - \sync) | (\operation & 2) | (\operation & 1) << 2 | 8 | 16
    .long \ty, \ty, 1, \ty, 1
    .endif
    .long \instance, 128 + (\instance - 256) / 8
    .endr
    .endr
    .endr
    .endr
12: .ascii "m!raisem!loadm!dividem!overflowm!recursem!call-hostm!start etc.d.rs"
    .popsection

    .pushsection .weldc.images, "a", @progbits
    .balign 65536
weldc_test_image_0:
    .ascii "image 0"
    .fill 65536 - 7, 1, 0
weldc_test_image_1:
    .rept 65536
    .quad 0x0102030405060708
    .endr
    .popsection
"#,
    version = const weldc_abi::ABI_VERSION,
    out_of_bounds = const Trap::MemoryOutOfBounds as u8,
    divide = const Trap::IntegerDivideByZero as u8,
    overflow = const Trap::StackOverflow as u8,
);

//! A handmade artefact with objects. Its only body is a puppet: a function of the test's, the script, tells it what
//! to do and sees its frame.

use crate::context::Context;
use crate::zone::{weldc_rt_zone_drop, weldc_rt_zone_new};
use core::arch::global_asm;
use core::cell::Cell;
use core::ptr::null_mut;
use weldc_abi::artefact::Artefact;
use weldc_abi::context;

/// What the artefact says of itself.
pub mod layout {
    /// Traced words of the context, and one between them that is none.
    pub const ROOTS: [u32; 3] = [128, 136, 152];
    pub const NOT_A_ROOT: u32 = 144;
    /// The elements of two tables: function references, and traced words.
    pub const FUNCTIONS: u32 = 1024;
    pub const ELEMENTS: u32 = 2048;
    pub const TABLE_LENGTH: u64 = 4;
    pub const MAXIMUM: usize = 48 << 20;

    /// Structs: nothing; `{ i64, ref, ref }`; eight references; `{ i64 }`.
    pub const EMPTY: u32 = 0;
    pub const NODE: u32 = 1;
    pub const WIDE: u32 = 4;
    pub const NUMBER: u32 = 6;
    /// Arrays: of bytes, of references.
    pub const BYTES: u32 = 2;
    pub const REFERENCES: u32 = 3;
}

/// Traced words of a frame. While it allocates, the first is not one; while it has called itself, the first half are.
pub const SLOTS: usize = 8;

/// What the body does next.
pub enum Command {
    Return,
    /// Makes an object with this header and size: the first slot.
    Allocate(u64, u64),
    /// Calls itself. Then the second half of the slots is null.
    Recurse,
}

/// A frame of the body: its slots.
pub type Frame = *mut u64;
pub type Script<'a> = dyn Fn(Context, Frame) -> Command + 'a;

unsafe extern "C" {
    static weldc_gc_test_artefact: Artefact;
    fn weldc_gc_test_entry(zone: Context) -> i32;
}

/// A zone of the artefact that ends with this value.
pub struct Puppet(pub Context);

impl Puppet {
    /// `always`: every allocation collects.
    pub fn new(always: bool) -> Puppet {
        let mut zone = Context(null_mut());
        let artefact = &raw const weldc_gc_test_artefact;
        // SAFETY: an artefact that stays where it is and has no imports.
        unsafe {
            let status = weldc_rt_zone_new(artefact, null_mut(), null_mut(), null_mut(), &mut zone);
            assert_eq!(status, 0);
            zone.record().heap = super::Heap::new(always);
        }
        Puppet(zone)
    }

    /// Enters the zone with this script; the status.
    pub fn run(&self, script: &Script<'_>) -> i32 {
        // SAFETY: the script is not kept; a living zone.
        SCRIPT.set(Some(unsafe {
            core::mem::transmute::<&Script<'_>, &'static Script<'static>>(script)
        }));
        let status = self.enter();
        SCRIPT.set(None);
        status
    }

    /// Lets it go on after a trap, as `Zone::revive` does.
    pub fn revive(&self) {
        // SAFETY: fields of every context; the zone is not running.
        unsafe {
            self.0.store(context::STATE as u32, 0u32);
            self.0.store(context::STACK_LIMIT as u32, 0usize);
        }
    }

    fn enter(&self) -> i32 {
        // SAFETY: a living zone.
        unsafe { weldc_gc_test_entry(self.0) }
    }
}

/// Enters the zone that is running, from the script.
pub fn reenter(zone: Context) -> i32 {
    core::mem::ManuallyDrop::new(Puppet(zone)).enter()
}

impl Drop for Puppet {
    fn drop(&mut self) {
        // SAFETY: this value owned the zone.
        unsafe { weldc_rt_zone_drop(self.0) }
    }
}

std::thread_local! {
    static SCRIPT: Cell<Option<&'static Script<'static>>> = const { Cell::new(None) };
}

/// The host's function that every frame calls. `rest` is where the frame wants the header and size.
extern "C" fn step(zone: Context, frame: Frame, rest: *mut [u64; 2]) -> u32 {
    match SCRIPT.get().expect("a script")(zone, frame) {
        Command::Return => 0,
        Command::Allocate(header, size) => {
            // SAFETY: the frame has room for both.
            unsafe { rest.write([header, size]) };
            1
        }
        Command::Recurse => 2,
    }
}

global_asm!(
    r#"
    .pushsection .text.weldc_gc_test, "ax", @progbits
    .balign 16
weldc_gc_test_text:
    .globl weldc_gc_test_entry
weldc_gc_test_entry:
    push rbp
    mov rbp, rsp
    push rbx
    push r12
    push r13
    push r14
    push r15
    sub rsp, 24
    mov [rsp + 8], rdi
    mov rax, [rdi + {exit}]
    mov [rsp + 16], rax
    call weldc_gc_test_body
weldc_gc_test_entry_return:
    xor eax, eax
weldc_gc_test_entry_handler:
    mov rdi, [rsp + 8]
    mov rcx, [rsp + 16]
    mov [rdi + {exit}], rcx
    add rsp, 24
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbx
    pop rbp
    ret

weldc_gc_test_body:
    push rbp
    mov rbp, rsp
    sub rsp, 96
    mov [rsp + 64], rdi
    mov rdi, rsp
    mov ecx, 8
    xor eax, eax
    rep stosq
2:  mov rdi, [rsp + 64]
    mov rsi, rsp
    lea rdx, [rsp + 72]
    call weldc_gc_test_trampoline
weldc_gc_test_in_host:
    cmp eax, 1
    je 3f
    ja 5f
    leave
    ret
3:  mov rdi, [rsp + 64]
    mov rsi, [rsp + 72]
    mov rdx, [rsp + 80]
    mov rax, 0x1234567890abcd8
    mov [rsp], rax
    call {allocate}
weldc_gc_test_in_allocate:
    cmp rax, 256
    jb 4f
    mov [rsp], rax
    jmp 2b
4:  call weldc_gc_test_raise
weldc_gc_test_in_raise:
    ud2
5:  mov rdi, [rsp + 64]
    call weldc_gc_test_body
weldc_gc_test_in_call:
    lea rdi, [rsp + 32]
    mov ecx, 4
    xor eax, eax
    rep stosq
    jmp 2b

weldc_gc_test_trampoline:
    push rbp
    mov rbp, rsp
    mov [rdi + {exit}], rbp
    call {step}
    pop rbp
    ret

weldc_gc_test_raise:
    push rbp
    mov rbp, rsp
    mov rsi, [rbp + 8]
    mov rdx, [rbp]
    mov edi, eax
    call {raise}
    ud2
weldc_gc_test_text_end:
    .popsection
"#,
    exit = const weldc_abi::context::gc::EXIT,
    allocate = sym crate::arch::weldc_rt_gc_allocate,
    step = sym step,
    raise = sym crate::trap::weldc_rt_raise,
);

global_asm!(
    r#"
    .pushsection .rodata.weldc_gc_test, "a", @progbits
    .balign 8
    .globl weldc_gc_test_artefact
weldc_gc_test_artefact:
    .ascii "weld"
    .long {version}
    .long weldc_gc_test_text - ., weldc_gc_test_text_end - weldc_gc_test_text
    .long 4096, 65536
    .long 0, 0                  // context image
    .long 0, 0                  // memories
    .long 2f - ., 2             // tables
    .long 0, 0                  // instances
    .long 0, 0                  // resources
    .long 0, 0, 0, 0            // sites
    .long 0, 0                  // functions
    .long 3f - ., 1             // entries
    .long 0, 0                  // handlers
    .long 0, 0                  // strings
    .long 0                     // start
    .long 0, 0                  // imports
    .long 0, 0, 0               // frames of sites
    .long 4f - .                // gc
    .long 0                     // linkage
    .long 0, 0, 0, 0            // edges, copies
    .long 0, 0                  // threads
2:  .long 160, 1024, 2, 2
    .long 168, 2048, 4, 64
3:  .long weldc_gc_test_entry_return - weldc_gc_test_text
    .long weldc_gc_test_entry_handler - weldc_gc_test_text
    .long 64, 8
    .balign 8
4:  .quad {maximum}
    .long 5f - ., 7             // types
    .long 6f - ., 10            // offsets
    .long 7f - ., 3             // roots
    .long 8f - ., 1             // tables
    .long 9f - ., 3             // stack maps
    .long 10f - ., 12           // stack slots
5:  .long 0, 8, 0, 0
    .long 0, 32, 0, 2
    .long 1, 1, 0, 0
    .long 2, 8, 0, 0
    .long 0, 72, 2, 8
    .long 1, 16, 0, 0
    .long 0, 16, 0, 0
6:  .long 16, 24
    .long 8, 16, 24, 32, 40, 48, 56, 64
7:  .long 128, 136, 152
8:  .long 1
9:  .long weldc_gc_test_in_host - weldc_gc_test_text, 96, 0, 8
    .long weldc_gc_test_in_allocate - weldc_gc_test_text, 96, 1, 7
    .long weldc_gc_test_in_call - weldc_gc_test_text, 96, 8, 4
10: .long 0, 8, 16, 24, 32, 40, 48, 56
    .long 0, 8, 16, 24
    .popsection
"#,
    version = const weldc_abi::ABI_VERSION,
    maximum = const layout::MAXIMUM,
);

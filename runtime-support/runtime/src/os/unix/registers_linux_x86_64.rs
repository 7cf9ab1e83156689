//! The registers of an interrupted thread: Linux on x86-64.

use libc::{REG_RBP, REG_RDI, REG_RDX, REG_RIP, REG_RSI, REG_RSP, c_void, ucontext_t};

/// What a leaf function may use below the stack pointer.
const RED_ZONE: i64 = 128;

pub struct Registers<'a>(&'a mut ucontext_t);

impl Registers<'_> {
    /// # Safety
    /// `context` is the third argument of a signal handler that is running.
    pub unsafe fn new(context: *mut c_void) -> Self {
        // SAFETY: the kernel put it there for this handler.
        Registers(unsafe { &mut *context.cast::<ucontext_t>() })
    }

    fn get(&self, register: i32) -> i64 {
        self.0.uc_mcontext.gregs[register as usize]
    }
    fn set(&mut self, register: i32, value: i64) {
        self.0.uc_mcontext.gregs[register as usize] = value;
    }

    pub fn pc(&self) -> usize {
        self.get(REG_RIP) as usize
    }
    pub fn fp(&self) -> usize {
        self.get(REG_RBP) as usize
    }

    /// Makes the thread go on as if it had called `function` with these arguments. It must not return.
    pub fn call(&mut self, function: usize, arguments: [usize; 3]) {
        // As after a call: a return address (never used) lies under an aligned stack.
        let stack = ((self.get(REG_RSP) - RED_ZONE) & !15) - 8;
        self.set(REG_RSP, stack);
        self.set(REG_RIP, function as i64);
        for (register, value) in [REG_RDI, REG_RSI, REG_RDX].into_iter().zip(arguments) {
            self.set(register, value as i64);
        }
    }
}

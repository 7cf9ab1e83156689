//! The registers of an interrupted thread: Linux on AArch64.

use libc::{c_void, ucontext_t};

const FP: usize = 29;
const LR: usize = 30;

pub struct Registers<'a>(&'a mut ucontext_t);

impl Registers<'_> {
    /// # Safety
    /// `context` is the third argument of a signal handler that is running.
    pub unsafe fn new(context: *mut c_void) -> Self {
        // SAFETY: the kernel put it there for this handler.
        Registers(unsafe { &mut *context.cast::<ucontext_t>() })
    }

    pub fn pc(&self) -> usize {
        self.0.uc_mcontext.pc as usize
    }
    pub fn fp(&self) -> usize {
        self.0.uc_mcontext.regs[FP] as usize
    }

    /// Makes the thread go on as if it had called `function` with these arguments. It must not return.
    pub fn call(&mut self, function: usize, arguments: [usize; 3]) {
        let machine = &mut self.0.uc_mcontext;
        machine.regs[LR] = machine.pc;
        machine.sp &= !15;
        machine.pc = function as u64;
        for (register, value) in machine.regs.iter_mut().zip(arguments) {
            *register = value as u64;
        }
    }
}

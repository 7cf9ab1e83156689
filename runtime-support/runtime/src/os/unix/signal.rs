//! Faults of generated code arrive as signals.
//!
//! On entry: any thread, any place. If the program counter stands on an instruction that an artefact in use
//! says may fault, the handler arranges for the thread to go on in `trap::raise_fault` once the handler has
//! returned; nothing is unwound inside it. Every other signal goes to whoever had the handler before.

use super::registers::Registers;
use crate::trap;
use core::cell::UnsafeCell;
use core::mem::MaybeUninit;
use core::sync::atomic::{AtomicU8, Ordering};
use libc::{c_int, c_void, siginfo_t};

/// AArch64 reports trapping instructions as SIGILL, and x86-64 does, too (SIGFPE for divisions): neither
/// uses the debugger's SIGTRAP.
const SIGNALS: [c_int; 4] = [libc::SIGSEGV, libc::SIGBUS, libc::SIGILL, libc::SIGFPE];

struct Previous([UnsafeCell<MaybeUninit<libc::sigaction>>; SIGNALS.len()]);
// SAFETY: each is written before the handler that reads it is installed, and never again.
unsafe impl Sync for Previous {}

static PREVIOUS: Previous =
    Previous([const { UnsafeCell::new(MaybeUninit::uninit()) }; SIGNALS.len()]);

const NOT_INSTALLED: u8 = 0;
const INSTALLING: u8 = 1;
const INSTALLED: u8 = 2;
static STATE: AtomicU8 = AtomicU8::new(NOT_INSTALLED);

/// Installs the handlers, once per process; returns when they are there.
pub fn install_fault_handlers() {
    if STATE.load(Ordering::Acquire) == INSTALLED {
        return;
    }
    let first =
        STATE.compare_exchange(NOT_INSTALLED, INSTALLING, Ordering::AcqRel, Ordering::Acquire);
    if first.is_ok() {
        for (index, &signal) in SIGNALS.iter().enumerate() {
            install(index, signal);
        }
        STATE.store(INSTALLED, Ordering::Release);
    }
    while STATE.load(Ordering::Acquire) != INSTALLED {
        // SAFETY: no conditions. Another thread is installing them.
        unsafe { libc::sched_yield() };
    }
}

fn install(index: usize, signal: c_int) {
    let previous = PREVIOUS.0[index].get().cast::<libc::sigaction>();
    // SAFETY: all zero is a value of `sigaction`; the handler has the signature that SA_SIGINFO asks for,
    // and finds `previous` written as soon as it can be called.
    let failed = unsafe {
        let mut action: libc::sigaction = core::mem::zeroed();
        action.sa_sigaction = handle as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_ONSTACK;
        libc::sigemptyset(&mut action.sa_mask);
        libc::sigaction(signal, core::ptr::null(), previous) != 0
            || libc::sigaction(signal, &action, core::ptr::null_mut()) != 0
    };
    if failed {
        super::abort("cannot install a signal handler");
    }
}

/// Signals that another process or thread sent have codes of 0 and below.
fn is_fault(info: *mut siginfo_t) -> bool {
    // SAFETY: the kernel's information about the signal being handled.
    unsafe { (*info).si_code > 0 }
}

extern "C" fn handle(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    // SAFETY: this handler's own argument.
    let mut registers = unsafe { Registers::new(context) };
    let (pc, fp) = (registers.pc(), registers.fp());
    match trap::fault_at(pc) {
        Some(code) if is_fault(info) => {
            registers.call(trap::raise_fault as *const () as usize, [code as usize, pc, fp]);
        }
        _ => forward(signal, info, context),
    }
}

/// Does what would have happened without this handler.
fn forward(signal: c_int, info: *mut siginfo_t, context: *mut c_void) {
    let Some(index) = SIGNALS.iter().position(|&known| known == signal) else { return };
    // SAFETY: written by `install` before this handler was installed for `signal`.
    let previous = unsafe { &*PREVIOUS.0[index].get().cast::<libc::sigaction>() };
    match previous.sa_sigaction {
        // The kernel does not let a fault be ignored either.
        libc::SIG_IGN if !is_fault(info) => {}
        libc::SIG_IGN | libc::SIG_DFL => restore_default(signal, info),
        _ => call_previous(previous, signal, info, context),
    }
}

/// The default action: on return the faulting instruction faults again; a signal that was sent is sent
/// again, and arrives on return as well.
fn restore_default(signal: c_int, info: *mut siginfo_t) {
    // SAFETY: all zero is the default action.
    unsafe {
        let mut action: libc::sigaction = core::mem::zeroed();
        action.sa_sigaction = libc::SIG_DFL;
        libc::sigaction(signal, &action, core::ptr::null_mut());
        if !is_fault(info) {
            libc::raise(signal);
        }
    }
}

/// Calls the previous handler under the signal mask that it asked for.
fn call_previous(
    previous: &libc::sigaction,
    signal: c_int,
    info: *mut siginfo_t,
    context: *mut c_void,
) {
    // SAFETY: whoever installed the handler gave it the signature that its flags say. The mask is put back
    // when this handler returns.
    unsafe {
        libc::pthread_sigmask(libc::SIG_BLOCK, &previous.sa_mask, core::ptr::null_mut());
        if previous.sa_flags & libc::SA_NODEFER != 0 {
            let mut own = core::mem::zeroed();
            libc::sigemptyset(&mut own);
            libc::sigaddset(&mut own, signal);
            libc::pthread_sigmask(libc::SIG_UNBLOCK, &own, core::ptr::null_mut());
        }
        if previous.sa_flags & libc::SA_SIGINFO != 0 {
            type Handler = extern "C" fn(c_int, *mut siginfo_t, *mut c_void);
            core::mem::transmute::<usize, Handler>(previous.sa_sigaction)(signal, info, context);
        } else {
            type Handler = extern "C" fn(c_int);
            core::mem::transmute::<usize, Handler>(previous.sa_sigaction)(signal);
        }
    }
}

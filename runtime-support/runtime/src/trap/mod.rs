//! A zone stops: the only module that unwinds.
//!
//! On entry: generated code calls [`weldc_rt_raise`], or the signal handler makes a faulting thread continue
//! in [`raise_fault`]. In both cases `fp` heads a frame of generated code, since Cranelift checks the stack
//! and everything else after a prologue has set the frame pointer up, and every frame from there up to an
//! entry's is generated code of the same artefact: the host is only reached through the runtime's and the
//! host's own functions, which return, and only comes back through another entry.
//!
//! On exit: the thread continues in the innermost entry's handler with the zone's state as its status. The
//! frames in between are forgotten; none of them is a Rust function's but those of this module, which hold
//! nothing that needs dropping.
//!
//! An exception (`exception`) goes the same way, but may stop at a call in between whose frame catches it.

mod exception;
pub mod message;
mod walk;

#[cfg(all(test, target_arch = "x86_64", unix))]
mod tests;

pub use exception::weldc_rt_throw;
pub use message::{message_of, weldc_rt_zone_message};
pub use walk::{Place, Trace, offset as code_offset};

use crate::context::Context;
use crate::{arch, os, registry};
use walk::Kind;
use weldc_abi::{Trap, context};

/// Ends the zone whose frames `fp` heads with the trap `code`.
///
/// # Safety
/// Called by generated code: `fp` is the frame pointer of the function that trapped, `pc` the return address
/// into it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_raise(code: u32, pc: usize, fp: usize) -> ! {
    // SAFETY: the caller's.
    unsafe { raise(code, Place { pc, fp }, Kind::ReturnAddress) }
}

/// As [`weldc_rt_raise`], at an instruction that faulted.
///
/// # Safety
/// Only the signal handler arranges for this to be called, with what [`fault_at`] said of `pc`.
pub unsafe extern "C" fn raise_fault(code: u32, pc: usize, fp: usize) -> ! {
    // SAFETY: a function that can fault has set up its frame.
    unsafe { raise(code, Place { pc, fp }, Kind::Fault) }
}

/// The trap of the instruction at `pc` if it belongs to an artefact in use and may fault. Safe in a signal
/// handler.
pub fn fault_at(pc: usize) -> Option<u32> {
    let artefact = registry::find(pc)?;
    let site = artefact.site(walk::offset(artefact, pc)?)?;
    (site.code != 0).then_some(site.code)
}

/// # Safety
/// See the module's head.
unsafe fn raise(code: u32, from: Place, kind: Kind) -> ! {
    let Some(artefact) = registry::find(from.pc) else {
        os::abort("a trap outside of the code of any artefact in use");
    };
    // SAFETY: the caller's.
    let Some(walk) = (unsafe { walk::to_entry(artefact, from) }) else {
        os::abort("a trap outside of any call into a zone");
    };
    let sp = walk.entry_fp - walk.entry.frame_size as usize;
    // SAFETY: the compiler keeps the context at this slot while the entry's `try_call` is active. The zone
    // is alive as long as it is being executed.
    unsafe {
        let zone = *((sp + walk.entry.context_slot as usize) as *const Context);
        // If the zone had stopped before (a nested call into it trapped, and its caller trapped in turn),
        // the first reason stands.
        if zone.state() == 0 {
            // What an import returned need not be a trap's code.
            zone.store(context::STATE as u32, Trap::from_status(code) as u32);
        }
        let trace = &mut zone.record().trace;
        if trace.is_empty() {
            trace.keep(artefact, from, kind, &walk);
        }
        let handler = artefact.text() + walk.entry.handler as usize;
        // The entry's frame; this function's callers have nothing left to do.
        arch::land(sp, walk.entry_fp, handler, zone.state() as usize)
    }
}

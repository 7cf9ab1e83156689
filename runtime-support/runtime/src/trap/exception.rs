//! The way of an exception from `throw` to the clause that catches it. The exception itself is an object like others.

use super::raise;
use super::walk::{self, Caught, Kind, Place};
use crate::context::Context;
use crate::{arch, os, registry};
use weldc_abi::Trap;
use weldc_abi::exception::TAG;

/// Continues where the exception is caught; ends the zone if it is not.
///
/// # Safety
/// Called by generated code of the zone of `context`: `fp` is the frame pointer of the function that throws,
/// `pc` the return address into it; `exception` is one of the zone's exceptions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_throw(
    _context: Context,
    exception: *mut u8,
    pc: usize,
    fp: usize,
) -> ! {
    let Some(artefact) = registry::find(pc) else {
        os::abort("an exception outside of the code of any artefact in use");
    };
    let from = Place { pc, fp };
    // SAFETY: the caller's. A handler belongs to the frame whose call it was found at; that call has not
    // returned, and the frames below it are generated code's and this function's.
    unsafe {
        let tag = exception.offset(TAG as isize).cast::<u32>().read();
        match walk::to_handler(artefact, from, tag) {
            Some(Caught { handler, fp }) => {
                let sp = fp - handler.frame_size as usize;
                let target = artefact.text() + handler.handler as usize;
                arch::land(sp, fp, target, exception as usize)
            }
            None => raise(Trap::UncaughtException as u32, from, Kind::ReturnAddress),
        }
    }
}

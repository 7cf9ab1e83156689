//! Guest-defined resources that the host holds.

use super::table::Table;
use crate::artefact::Loaded;
use crate::context::Context;
use core::mem::transmute;
use weldc_abi::{Trap, context};

/// `(context, resource, index) -> trap or 0`: drops a handle that the host holds, running its destructor.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_host_drop(zone: Context, resource: u32, index: u64) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        if zone.state() != 0 {
            return Trap::CannotEnter as i32;
        }
        match take(zone, resource, index) {
            Ok(rep) => destroy(zone, resource, rep),
            Err(trap) => trap as i32,
        }
    }
}

/// # Safety
/// `context` is that of a living zone.
unsafe fn take(zone: Context, resource: u32, index: u64) -> Result<u64, Trap> {
    let index = u32::try_from(index).map_err(|_| Trap::UnknownHandle)?;
    // SAFETY: every context has this table.
    unsafe { (*zone.at::<Table>(context::HOST_HANDLES as u32)).take(index, resource) }
}

/// Runs the resource's destructor, which enters the zone: nothing of the zone is borrowed here meanwhile.
///
/// # Safety
/// `context` is that of a living zone.
unsafe fn destroy(zone: Context, resource: u32, rep: u64) -> i32 {
    // SAFETY: the caller's.
    let artefact = unsafe { zone.record() }.artefact;
    let resource = artefact.resources().get(resource as usize);
    match resource.and_then(Loaded::destructor) {
        // SAFETY: the compiler made a function of this type there.
        Some(entry) => unsafe {
            transmute::<usize, extern "C" fn(Context, u64) -> i32>(entry)(zone, rep)
        },
        None => 0,
    }
}

//! The embedder's functions for the imports.

use crate::artefact::Loaded;
use crate::context::Context;
use core::ffi::c_void;
use weldc_abi::context::import;
use weldc_abi::linkage::NO_SLOT;
use weldc_abi::{Trap, context};

/// The context offset of an import's words.
pub fn import_at(artefact: Loaded, slot: u32) -> u32 {
    artefact.header().import_words + slot * import::SIZE
}

/// Binds every import to its function in the embedder's table, if there is one, and to the embedder's pointer. What
/// is not there traps when it is called; a destructor that is not there does nothing.
///
/// # Safety
/// The context is that of a zone being made; `table` is null or has as many entries as the artefact says.
pub unsafe fn fill(zone: Context, artefact: Loaded, table: *const *const c_void) {
    // SAFETY: the caller's.
    unsafe {
        let host: *mut c_void = zone.load(context::HOST as u32);
        for slot in 0..artefact.header().import_count {
            let code = if table.is_null() { table.cast() } else { *table.add(slot as usize) };
            let code = if code.is_null() { missing as *const c_void } else { code };
            set(zone, artefact, slot, code, host);
        }
        for resource in artefact.resources().iter().filter(|r| r.slot != NO_SLOT) {
            let at = import_at(artefact, resource.slot) + import::CODE as u32;
            if zone.load::<*const c_void>(at) == missing as *const c_void {
                zone.store(at, nothing as *const c_void);
            }
        }
    }
}

/// # Safety
/// As [`fill`], for an import that there is.
pub unsafe fn set(
    zone: Context,
    artefact: Loaded,
    slot: u32,
    code: *const c_void,
    receiver: *mut c_void,
) {
    let at = import_at(artefact, slot);
    // SAFETY: the caller's.
    unsafe {
        zone.store(at + import::CODE as u32, code);
        zone.store(at + import::RECEIVER as u32, receiver);
    }
}

/// Code and receiver of an import.
///
/// # Safety
/// The context is that of a living zone of the artefact, which has this import.
pub unsafe fn get(zone: Context, artefact: Loaded, slot: u32) -> (*const c_void, *mut c_void) {
    let at = import_at(artefact, slot);
    // SAFETY: the caller's.
    unsafe { (zone.load(at + import::CODE as u32), zone.load(at + import::RECEIVER as u32)) }
}

/// Whether somebody serves a function.
///
/// # Safety
/// As [`get`].
pub unsafe fn is_served(zone: Context, artefact: Loaded, slot: u32) -> bool {
    // SAFETY: the caller's.
    unsafe { get(zone, artefact, slot).0 != missing as *const c_void }
}

/// Stands for a function of any type: callers clean up their arguments themselves.
extern "C" fn missing() -> i32 {
    Trap::UnknownImport as i32
}

/// Stands for a destructor.
pub extern "C" fn nothing() {}

//! Error contexts in handle tables: a slot has one reference to its object.

use super::table::{Entry, Table, refuse};
use crate::context::Context;
use crate::error_context::{ErrorContext, Object};
use core::ptr::{self, NonNull};
use weldc_abi::{Trap, handle};

impl Table {
    /// The slot at `index`, which must hold an error context.
    fn error_context(&self, index: u32) -> Result<*mut Entry, Trap> {
        self.tagged(index, handle::ERROR_CONTEXT)
    }

    /// Ends all references to error contexts.
    ///
    /// # Safety
    /// The table is not used any more.
    pub unsafe fn release_error_contexts(&self) {
        for index in 1..self.length() {
            if let Ok(entry) = self.error_context(index) {
                // SAFETY: the slot's reference, and the caller's.
                drop(unsafe { taken(entry) });
            }
        }
    }
}

/// The reference of a slot.
///
/// # Safety
/// The slot holds an error context, and is freed or not used any more.
unsafe fn taken(entry: *mut Entry) -> ErrorContext {
    // SAFETY: `add` stored the address of an object.
    unsafe { ErrorContext::from_raw(object(entry)) }
}

/// # Safety
/// The slot holds an error context.
unsafe fn object(entry: *mut Entry) -> NonNull<Object> {
    // SAFETY: the caller's; `add` stored an address that is not null.
    unsafe {
        let address = ptr::with_exposed_provenance_mut((*entry).rep as usize);
        NonNull::new_unchecked(address)
    }
}

/// The index of a slot that has this reference now; 0 if the table is full.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset.
unsafe fn add(zone: Context, table: u32, context: ErrorContext) -> u32 {
    let object = context.into_raw();
    let rep = object.as_ptr().expose_provenance() as u64;
    // SAFETY: the caller's.
    let index =
        unsafe { (*zone.at::<Table>(table)).add(rep, handle::ERROR_CONTEXT, ptr::null_mut()) };
    if index.is_none() {
        // SAFETY: no slot has it.
        drop(unsafe { ErrorContext::from_raw(object) });
    }
    index.unwrap_or(0)
}

/// `(context, table, message, bytes) -> index`, 0 if the table is full or there is no memory.
///
/// # Safety
/// As [`super::weldc_rt_handle_new`]; the message is readable for so many bytes, and UTF-8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_new(
    zone: Context,
    table: u32,
    message: *const u8,
    bytes: u64,
) -> u32 {
    // SAFETY: the caller's.
    let message = unsafe { crate::strings::source(message, bytes) };
    match ErrorContext::new(message) {
        // SAFETY: the caller's.
        Some(context) => unsafe { add(zone, table, context) },
        None => 0,
    }
}

/// `(context, table, index) -> *error_context` or a trap.
///
/// # Safety
/// As [`super::weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_get(
    zone: Context,
    table: u32,
    index: u32,
) -> *mut Object {
    // SAFETY: the caller's.
    match unsafe { (*zone.at::<Table>(table)).error_context(index) } {
        // SAFETY: the slot holds one.
        Ok(entry) => unsafe { object(entry) }.as_ptr(),
        // SAFETY: the caller's.
        Err(trap) => ptr::without_provenance_mut(unsafe { refuse(zone, index, trap) } as usize),
    }
}

/// `(context, table, *error_context) -> index`: one more reference; 0 if the table is full.
///
/// # Safety
/// As [`super::weldc_rt_handle_new`]; somebody has a reference to the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_add(
    zone: Context,
    table: u32,
    object: NonNull<Object>,
) -> u32 {
    // SAFETY: the caller's.
    unsafe { add(zone, table, ErrorContext::retain(object)) }
}

/// `(context, table, index) -> trap or 0`: frees the slot, and its reference goes.
///
/// # Safety
/// As [`super::weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_drop(zone: Context, table: u32, index: u32) -> i32 {
    // SAFETY: the caller's.
    let table = unsafe { &mut *zone.at::<Table>(table) };
    match table.error_context(index) {
        Ok(entry) => {
            // SAFETY: the slot holds one; it is freed at once.
            unsafe {
                let context = taken(entry);
                table.release(index, entry);
                drop(context);
            }
            0
        }
        // SAFETY: the caller's.
        Err(trap) => unsafe { refuse(zone, index, trap) },
    }
}

/// `(context, *error_context) -> 1`, 0 if there is no memory: one more reference, until the innermost scope ends.
///
/// # Safety
/// `context` is that of a living zone; somebody has a reference to the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_lend(
    zone: Context,
    object: NonNull<Object>,
) -> u32 {
    // SAFETY: the caller's.
    unsafe { u32::from(zone.record().scopes.keep(ErrorContext::retain(object))) }
}

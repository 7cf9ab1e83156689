//! Memory that crosses the host's border: strings and lists in results.
//!
//! Hosted targets use the C library's `malloc`, so that C may free what generated code allocated and the
//! other way round.

use crate::context::Context;
use crate::os;

/// `size` bytes at this alignment (a power of two), or null if there is no memory. Size 0 gives an address
/// that may be freed and must not be read.
#[unsafe(no_mangle)]
pub extern "C" fn weldc_rt_alloc(size: u64, alignment: u64) -> *mut u8 {
    match usize::try_from(size) {
        Ok(size) => os::malloc(size.max(1), alignment as usize),
        Err(_) => core::ptr::null_mut(),
    }
}

/// Frees what [`weldc_rt_alloc`] or `malloc` gave; null is ignored.
///
/// # Safety
/// `address` came from one of them and is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_free(address: *mut u8) {
    // SAFETY: the caller's.
    unsafe { os::free(address) }
}

/// As [`weldc_rt_alloc`]; the zone owns the memory until [`weldc_rt_gifts_keep`]. Lifting a result runs no
/// code of the guest's, so the gifts of two calls are never mixed.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gift_alloc(zone: Context, size: u64, alignment: u64) -> *mut u8 {
    // SAFETY: the caller's.
    let gifts = unsafe { &mut zone.record().gifts };
    if gifts.try_reserve(1).is_err() {
        return core::ptr::null_mut();
    }
    let address = weldc_rt_alloc(size, alignment);
    if !address.is_null() {
        gifts.push(address);
    }
    address
}

/// The result that the gifts are part of has been delivered: they belong to the host.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gifts_keep(zone: Context) {
    // SAFETY: the caller's.
    let record = unsafe { zone.record() };
    record.gifts.truncate(record.owned_gifts);
    record.given_contexts.drain(record.owned_contexts..).for_each(core::mem::forget);
}

/// The gifts so far are part of values: they stay the zone's.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gifts_own(zone: Context) {
    // SAFETY: the caller's.
    let record = unsafe { zone.record() };
    record.owned_gifts = record.gifts.len();
    record.owned_contexts = record.given_contexts.len();
}

//! Memory that crosses the host's border: strings and lists in results.
//!
//! Hosted targets use the C library's `malloc`, so that C may free what generated code allocated and the
//! other way round.

use crate::context::Context;
use crate::copy::End;
use crate::error_context::ErrorContext;
use crate::os;
use core::mem::{forget, replace};
use rust_alloc::vec::Vec;

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

/// What has been lifted and is not yet somebody's: if a trap comes in between, it goes with the zone.
pub struct Gifts {
    memory: Vec<*mut u8>,
    pub contexts: Vec<ErrorContext>,
    /// Ends that have left a handle table, and not come into another one.
    ends: Vec<*mut End>,
    /// What drops them: programs that have none are linked without it.
    drop_end: Option<DropEnd>,
}

/// `weldc_rt_end_drop`
pub type DropEnd = unsafe extern "C" fn(*const End);

impl Gifts {
    pub const fn new() -> Gifts {
        Gifts { memory: Vec::new(), contexts: Vec::new(), ends: Vec::new(), drop_end: None }
    }

    pub fn is_empty(&self) -> bool {
        self.memory.is_empty() && self.contexts.is_empty() && self.ends.is_empty()
    }

    /// They are somebody else's from now on. The room for them stays.
    pub fn give(&mut self) {
        self.memory.clear();
        self.contexts.drain(..).for_each(forget);
        self.ends.clear();
    }

    /// These, too.
    fn append(&mut self, other: &mut Gifts) {
        self.memory.append(&mut other.memory);
        self.contexts.append(&mut other.contexts);
        self.ends.append(&mut other.ends);
        self.drop_end = self.drop_end.or(other.drop_end);
    }

    /// Makes room for an end; `false` if there is no memory.
    pub fn reserve_end(&mut self) -> bool {
        self.ends.try_reserve(1).is_ok()
    }

    /// An end has left its table; there is room.
    pub fn add_end(&mut self, end: *mut End, drop_end: DropEnd) {
        self.ends.push(end);
        self.drop_end = Some(drop_end);
    }

    /// An end has come into a table. It is one of the last that left one, or the host's.
    pub fn remove_end(&mut self, end: *mut End) {
        if let Some(at) = self.ends.iter().rposition(|&other| other == end) {
            self.ends.swap_remove(at);
        }
    }

    /// All that a zone has, which ends.
    ///
    /// # Safety
    /// `zone` is that of a living zone.
    pub unsafe fn take_all(zone: Context) -> [Gifts; 2] {
        // SAFETY: the caller's.
        let record = unsafe { zone.record() };
        [&mut record.gifts, &mut record.owned].map(|gifts| replace(gifts, Gifts::new()))
    }
}

impl Drop for Gifts {
    fn drop(&mut self) {
        // SAFETY: it came from the C library, and nobody else has it; ends are in no table.
        unsafe {
            self.memory.drain(..).for_each(|memory| os::free(memory));
            if let Some(drop_end) = self.drop_end {
                self.ends.drain(..).for_each(|end| drop_end(end));
            }
        }
    }
}

/// As [`weldc_rt_alloc`]; the zone owns the memory until [`weldc_rt_gifts_keep`]. Lifting a result runs no
/// code of the guest's, so the gifts of two calls are never mixed.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gift_alloc(zone: Context, size: u64, alignment: u64) -> *mut u8 {
    // SAFETY: the caller's.
    let gifts = unsafe { &mut zone.record().gifts.memory };
    if gifts.try_reserve(1).is_err() {
        return core::ptr::null_mut();
    }
    let address = weldc_rt_alloc(size, alignment);
    if !address.is_null() {
        gifts.push(address);
    }
    address
}

/// What the gifts are part of has been delivered: they belong to the host.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gifts_keep(zone: Context) {
    // SAFETY: the caller's.
    unsafe { zone.record() }.gifts.give();
}

/// The gifts so far are part of values: they stay the zone's.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_gifts_own(zone: Context) {
    // SAFETY: the caller's.
    let record = unsafe { zone.record() };
    record.owned.append(&mut record.gifts);
}

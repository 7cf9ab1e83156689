//! Validation and transcoding of strings that pass between components.
//!
//! On entry: `source` is readable for its length, `destination` writable for the room that
//! `weldc_abi::symbols` asks for, both aligned to their units; an address may be anything if its length is 0.
//! Unless said otherwise they do not overlap. Generated code checked all of that against the guest's memory.
//! On exit: what was written is valid in its encoding; where a source is invalid, what was written before is
//! left behind.

mod chunk;
mod latin1;
mod utf16;
mod utf8;

#[cfg(test)]
mod tests;

pub use latin1::{weldc_rt_latin1_to_ascii, weldc_rt_latin1_to_utf8, weldc_rt_latin1_to_utf16};
pub use utf8::{weldc_rt_utf8_to_latin1, weldc_rt_utf8_to_utf16, weldc_rt_validate_utf8};
pub use utf16::{
    weldc_rt_utf16_to_ascii, weldc_rt_utf16_to_latin1, weldc_rt_utf16_to_utf8,
    weldc_rt_validate_utf16,
};

use core::slice;

/// What is returned in place of a length if the source is invalid.
const INVALID: u64 = u64::MAX;

/// # Safety
/// See the module's head.
pub unsafe fn source<'a, T>(start: *const T, length: u64) -> &'a [T] {
    match length {
        0 => &[],
        // SAFETY: the caller's; aligned and not null since it is not empty.
        _ => unsafe { slice::from_raw_parts(start, length as usize) },
    }
}

/// # Safety
/// See the module's head.
unsafe fn destination<'a, T>(start: *mut T, length: u64) -> &'a mut [T] {
    match length {
        0 => &mut [],
        // SAFETY: the caller's; aligned and not null since it is not empty.
        _ => unsafe { slice::from_raw_parts_mut(start, length as usize) },
    }
}

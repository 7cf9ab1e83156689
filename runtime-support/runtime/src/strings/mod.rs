//! Validation and transcoding of strings that pass between components.
//!
//! On entry: `source` is readable for its length, `destination` writable for the room that
//! `weldc_abi::symbols` asks for, both aligned to their units; an address may be anything if its length is 0.
//! Generated code checked all of that against the guest's memory. They may overlap, if both are in one memory:
//! what is converted is what the source was before. On exit: what was written is valid in its encoding, but
//! for the rest of the room, of which anything may be left; where a source is invalid, so may anything in the
//! whole room.
//!
//! A source is converted in the pass that validates it, so that its bytes are looked at once. No guest runs
//! meanwhile; memories are not shared between zones.
//!
//! ```text
//!  functions   which implementation this processor runs
//!  scalar      portable: short strings, what vectors leave over, and processors without them
//!  vector      for vectors of 32 bytes, whatever the processor; x86_64, aarch64: what those are
//! ```

#[cfg(target_arch = "aarch64")]
mod aarch64;
mod functions;
mod scalar;
#[cfg(test)]
mod tests;
mod vector;
#[cfg(target_arch = "x86_64")]
mod x86_64;

use core::slice;
use functions::functions;
use rust_alloc::vec::Vec;

/// What is returned in place of a length if the source is invalid.
const INVALID: u64 = u64::MAX;

/// Shorter strings than this many units are left to the scalar functions: they fill no vector.
const SHORT: usize = 32;

/// # Safety
/// See the module's head.
pub unsafe fn source<'a, T>(start: *const T, length: u64) -> &'a [T] {
    match length {
        0 => &[],
        // SAFETY: the caller's; aligned and not null since it is not empty.
        _ => unsafe { slice::from_raw_parts(start, length as usize) },
    }
}

/// Converts a source that the destination's `room` does not overlap: a copy of it, if it must be.
///
/// # Safety
/// See the module's head.
#[inline]
unsafe fn apart<S: Copy, D, R>(
    start: *const S,
    length: u64,
    out: *mut D,
    room: u64,
    convert: impl Fn(&[S]) -> R,
) -> R {
    let (from, to) = (start.addr(), out.addr());
    let bytes = length as usize * size_of::<S>();
    let room = room as usize * size_of::<D>();
    // SAFETY: the caller's.
    let source = unsafe { source(start, length) };
    if to.wrapping_sub(from) >= bytes && from.wrapping_sub(to) >= room {
        return convert(source);
    }
    overlapping(source, convert)
}

#[cold]
fn overlapping<S: Copy, R>(source: &[S], convert: impl Fn(&[S]) -> R) -> R {
    convert(&Vec::from(source))
}

fn count(written: Option<usize>) -> u64 {
    written.map_or(INVALID, |written| written as u64)
}

/// `(source, bytes) -> 1 if valid`
///
/// # Safety
/// See [`crate::strings`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_validate_utf8(start: *const u8, bytes: u64) -> u32 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        let source = source(start, bytes);
        let is_valid = match source.len() {
            0..SHORT => scalar::utf8::is_valid(source),
            _ => (functions().validate_utf8)(source),
        };
        u32::from(is_valid)
    }
}

/// `(source, bytes, destination) -> 1 if valid`: then it has been copied.
///
/// # Safety
/// See [`crate::strings`]; room for `bytes` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_utf8(start: *const u8, bytes: u64, out: *mut u8) -> u32 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        let is_valid = apart(start, bytes, out, bytes, |source| match source.len() {
            0..SHORT => scalar::utf8::copy(source, out),
            _ => (functions().copy_utf8)(source, out),
        });
        u32::from(is_valid)
    }
}

/// `(source, units, destination) -> 1 if valid`: then it has been copied.
///
/// # Safety
/// See [`crate::strings`]; room for `units` units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_utf16(start: *const u16, units: u64, out: *mut u16) -> u32 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        let is_valid = apart(start, units, out, units, |source| match source.len() {
            0..SHORT => scalar::utf16::copy(source, out),
            _ => (functions().copy_utf16)(source, out),
        });
        u32::from(is_valid)
    }
}

/// `(source, bytes, destination) -> units written or MAX`
///
/// # Safety
/// See [`crate::strings`]; room for `bytes` units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_utf8_to_utf16(
    start: *const u8,
    bytes: u64,
    out: *mut u16,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        count(apart(start, bytes, out, bytes, |source| match source.len() {
            0..SHORT => scalar::utf8::to_utf16(source, out),
            _ => (functions().utf8_to_utf16)(source, out),
        }))
    }
}

/// `(source, bytes, destination, *consumed) -> units written or MAX`: until the first character above
/// U+00FF, whose offset is stored. What follows that character is not looked at.
///
/// # Safety
/// See [`crate::strings`]; room for `bytes` units, one address.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_utf8_to_latin1(
    start: *const u8,
    bytes: u64,
    out: *mut u8,
    consumed: *mut usize,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        let done = apart(start, bytes, out, bytes, |source| match source.len() {
            0..SHORT => scalar::utf8::to_latin1(source, out),
            _ => (functions().utf8_to_latin1)(source, out),
        });
        let Some((read, written)) = done else { return INVALID };
        consumed.write(read);
        written as u64
    }
}

/// `(source, units, destination) -> units copied`: as long as they are ASCII.
///
/// # Safety
/// See [`crate::strings`]; room for `units` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_utf16_to_ascii(
    start: *const u16,
    units: u64,
    out: *mut u8,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        apart(start, units, out, units, |source| match source.len() {
            0..SHORT => scalar::utf16::narrow(source.as_ptr(), source.len(), out, 0x7f),
            _ => (functions().narrow)(source.as_ptr(), source.len(), out, 0x7f),
        }) as u64
    }
}

/// `(source, units, destination) -> units copied`: until the first above 0xff. The destination may be at
/// the source's address.
///
/// # Safety
/// See [`crate::strings`]; room for `units` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_utf16_to_latin1(
    start: *const u16,
    units: u64,
    out: *mut u8,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's, and bear the same address.
    unsafe {
        if start.addr() == out.addr() {
            return (functions().narrow)(start, units as usize, out, 0xff) as u64;
        }
        apart(start, units, out, units, |source| match source.len() {
            0..SHORT => scalar::utf16::narrow(source.as_ptr(), source.len(), out, 0xff),
            _ => (functions().narrow)(source.as_ptr(), source.len(), out, 0xff),
        }) as u64
    }
}

/// `(source, units, destination) -> bytes written or MAX`
///
/// # Safety
/// See [`crate::strings`]; room for three times as many bytes as `units`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_utf16_to_utf8(
    start: *const u16,
    units: u64,
    out: *mut u8,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        count(apart(start, units, out, units * 3, |source| match source.len() {
            0..SHORT => scalar::utf16::to_utf8(source, out),
            _ => (functions().utf16_to_utf8)(source, out),
        }))
    }
}

/// `(source, units, destination) -> units copied`: as long as they are ASCII.
///
/// # Safety
/// See [`crate::strings`]; room for `units` bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_latin1_to_ascii(
    start: *const u8,
    units: u64,
    out: *mut u8,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        apart(start, units, out, units, |source| match source.len() {
            0..SHORT => scalar::latin1::to_ascii(source, out),
            _ => (functions().latin1_to_ascii)(source, out),
        }) as u64
    }
}

/// `(source, units, destination) -> bytes written`
///
/// # Safety
/// See [`crate::strings`]; room for twice as many bytes as `units`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_latin1_to_utf8(
    start: *const u8,
    units: u64,
    out: *mut u8,
) -> u64 {
    // SAFETY: the caller's; the functions are this processor's.
    unsafe {
        apart(start, units, out, units * 2, |source| match source.len() {
            0..SHORT => scalar::latin1::to_utf8(source, out),
            _ => (functions().latin1_to_utf8)(source, out),
        }) as u64
    }
}

/// `(source, units, destination)`: widens. The destination may be at the source's address.
///
/// # Safety
/// See [`crate::strings`]; room for `units` units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_latin1_to_utf16(start: *const u8, units: u64, out: *mut u16) {
    // SAFETY: the caller's; the functions are this processor's, and bear the same address.
    unsafe {
        if start.addr() == out.addr() {
            return (functions().latin1_to_utf16)(start, units as usize, out);
        }
        apart(start, units, out, units, |source| {
            (functions().latin1_to_utf16)(source.as_ptr(), source.len(), out);
        });
    }
}

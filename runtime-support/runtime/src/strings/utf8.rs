//! From UTF-8.

use super::chunk::{CHUNK, ascii_run, chunk, is_ascii, put};
use super::{INVALID, destination, source};

/// `(source, bytes) -> 1 if valid`
///
/// # Safety
/// See [`crate::strings`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_validate_utf8(start: *const u8, bytes: u64) -> u32 {
    // SAFETY: the caller's.
    u32::from(simdutf8::basic::from_utf8(unsafe { source(start, bytes) }).is_ok())
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
    // SAFETY: the caller's.
    let (source, out) = unsafe { (source(start, bytes), destination(out, bytes)) };
    match simdutf8::basic::from_utf8(source) {
        Ok(text) => to_utf16(text.as_bytes(), out) as u64,
        Err(_) => INVALID,
    }
}

/// Units written. The source is valid.
fn to_utf16(source: &[u8], out: &mut [u16]) -> usize {
    let (mut read, mut written) = (0, 0);
    while read < source.len() {
        // Counted first and widened then: as one loop, LLVM does both byte by byte.
        let ascii = ascii_run(&source[read..]);
        for (unit, &byte) in out[written..].iter_mut().zip(&source[read..read + ascii]) {
            *unit = byte.into();
        }
        read += ascii;
        written += ascii;
        let end = source.len().min(read + CHUNK);
        while read < end {
            let (code, size) = decode(&source[read..]);
            read += size;
            written += encode_utf16(code, &mut out[written..]);
        }
    }
    written
}

/// The first character of a string that is valid and not empty, and how many bytes it has.
#[inline]
fn decode(source: &[u8]) -> (u32, usize) {
    let low = |at: usize| u32::from(source[at] & 0x3f);
    let lead = u32::from(source[0]);
    match lead {
        0..0x80 => (lead, 1),
        0x80..0xe0 => ((lead & 0x1f) << 6 | low(1), 2),
        0xe0..0xf0 => ((lead & 0x0f) << 12 | low(1) << 6 | low(2), 3),
        _ => ((lead & 0x07) << 18 | low(1) << 12 | low(2) << 6 | low(3), 4),
    }
}

/// Units written.
#[inline]
fn encode_utf16(code: u32, out: &mut [u16]) -> usize {
    if code < 0x10000 {
        out[0] = code as u16;
        return 1;
    }
    out[0] = 0xd7c0 + (code >> 10) as u16;
    out[1] = 0xdc00 | (code & 0x3ff) as u16;
    2
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
    // SAFETY: the caller's.
    let (source, out) = unsafe { (source(start, bytes), destination(out, bytes)) };
    match to_latin1(source, out) {
        Some((read, written)) => {
            // SAFETY: the caller's.
            unsafe { consumed.write(read) };
            written as u64
        }
        None => INVALID,
    }
}

/// How much was read and written; `None` if the source is invalid up to, or at, the place where it ends.
fn to_latin1(source: &[u8], out: &mut [u8]) -> Option<(usize, usize)> {
    let (mut read, mut written) = (0, 0);
    while read < source.len() {
        if let Some(chunk) = chunk(source, read)
            && is_ascii(chunk)
        {
            put(out, written, *chunk);
            read += CHUNK;
            written += CHUNK;
            continue;
        }
        let end = source.len().min(read + CHUNK);
        while read < end {
            let (unit, size) = match source[read..] {
                [ascii @ 0..0x80, ..] => (ascii, 1),
                [lead @ 0xc2..=0xc3, next @ 0x80..=0xbf, ..] => (lead << 6 | next & 0x3f, 2),
                _ => return begins_with_character(&source[read..]).then_some((read, written)),
            };
            out[written] = unit;
            read += size;
            written += 1;
        }
    }
    Some((read, written))
}

fn begins_with_character(source: &[u8]) -> bool {
    match core::str::from_utf8(&source[..source.len().min(4)]) {
        Ok(_) => true,
        Err(error) => error.valid_up_to() > 0,
    }
}

//! From UTF-16.

use super::chunk::{CHUNK, chunk, has_surrogate, is_below, low_bytes, put};
use super::destination;

/// Copies what is valid; whether it is.
///
/// # Safety
/// As many units can be written.
pub unsafe fn copy(source: &[u16], out: *mut u16) -> bool {
    let is_valid = is_valid(source);
    if is_valid {
        // SAFETY: the caller's.
        unsafe { out.copy_from_nonoverlapping(source.as_ptr(), source.len()) };
    }
    is_valid
}

fn is_valid(source: &[u16]) -> bool {
    let mut read = 0;
    while read < source.len() {
        if let Some(chunk) = chunk(source, read)
            && !has_surrogate(chunk)
        {
            read += CHUNK;
            continue;
        }
        let end = source.len().min(read + CHUNK);
        while read < end {
            match decode(&source[read..]) {
                Some((_, size)) => read += size,
                None => return false,
            }
        }
    }
    true
}

/// The first character of a string that is not empty, and how many units it has.
#[inline]
fn decode(source: &[u16]) -> Option<(u32, usize)> {
    match *source {
        [high @ 0xd800..0xdc00, low @ 0xdc00..0xe000, ..] => {
            Some((0x10000 + (u32::from(high & 0x3ff) << 10 | u32::from(low & 0x3ff)), 2))
        }
        [0xd800..0xe000, ..] => None,
        _ => Some((source[0].into(), 1)),
    }
}

/// Copies the low bytes of units until one is above `limit`, which is one less than a power of two. Source
/// and destination may be at the same address.
///
/// # Safety
/// `units` can be read and as many bytes written.
pub unsafe fn narrow(start: *const u16, units: usize, out: *mut u8, limit: u16) -> usize {
    let mut done = 0;
    // SAFETY: the caller's. A chunk is read before it is written; what is written lies at or below what has
    // been read, or elsewhere.
    unsafe {
        while done + CHUNK <= units {
            let chunk = start.add(done).cast::<[u16; CHUNK]>().read();
            if !is_below(&chunk, limit) {
                break;
            }
            out.add(done).cast::<[u8; CHUNK]>().write(low_bytes(&chunk));
            done += CHUNK;
        }
        while done < units && start.add(done).read() <= limit {
            out.add(done).write(start.add(done).read() as u8);
            done += 1;
        }
    }
    done
}

/// Bytes written, if the source is valid.
///
/// # Safety
/// Three times as many bytes can be written as the source has units.
pub unsafe fn to_utf8(source: &[u16], out: *mut u8) -> Option<usize> {
    // SAFETY: the caller's.
    let out = unsafe { destination(out, source.len() * 3) };
    let (mut read, mut written) = (0, 0);
    while read < source.len() {
        if let Some(chunk) = chunk(source, read)
            && is_below(chunk, 0x7f)
        {
            put(out, written, low_bytes(chunk));
            read += CHUNK;
            written += CHUNK;
            continue;
        }
        let end = source.len().min(read + CHUNK);
        while read < end {
            let (code, size) = decode(&source[read..])?;
            read += size;
            written += encode_utf8(code, &mut out[written..]);
        }
    }
    Some(written)
}

/// Bytes written.
#[inline]
fn encode_utf8(code: u32, out: &mut [u8]) -> usize {
    let low = |shift: u32| 0x80 | (code >> shift & 0x3f) as u8;
    match code {
        0..0x80 => {
            out[0] = code as u8;
            1
        }
        0x80..0x800 => {
            out[..2].copy_from_slice(&[0xc0 | (code >> 6) as u8, low(0)]);
            2
        }
        0x800..0x10000 => {
            out[..3].copy_from_slice(&[0xe0 | (code >> 12) as u8, low(6), low(0)]);
            3
        }
        _ => {
            out[..4].copy_from_slice(&[0xf0 | (code >> 18) as u8, low(12), low(6), low(0)]);
            4
        }
    }
}

//! From Latin-1.

use super::chunk::{CHUNK, chunk, is_ascii, put, widen};
use super::{destination, source};

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
    // SAFETY: the caller's.
    let (source, out) = unsafe { (source(start, units), destination(out, units)) };
    let mut done = 0;
    while let Some(chunk) = chunk(source, done)
        && is_ascii(chunk)
    {
        put(out, done, *chunk);
        done += CHUNK;
    }
    while done < source.len() && source[done].is_ascii() {
        out[done] = source[done];
        done += 1;
    }
    done as u64
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
    // SAFETY: the caller's.
    let (source, out) = unsafe { (source(start, units), destination(out, units * 2)) };
    to_utf8(source, out) as u64
}

/// Bytes written.
fn to_utf8(source: &[u8], out: &mut [u8]) -> usize {
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
        for &unit in &source[read..end] {
            // Both bytes are written and the second kept only if it counts: there is room, and no branch.
            let high = unit >> 7;
            let lead = if high == 0 { unit } else { 0xc0 | unit >> 6 };
            out[written..written + 2].copy_from_slice(&[lead, 0x80 | unit & 0x3f]);
            written += 1 + usize::from(high);
        }
        read = end;
    }
    written
}

/// `(source, units, destination)`: widens. The destination may be at the source's address.
///
/// # Safety
/// See [`crate::strings`]; room for `units` units.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_latin1_to_utf16(start: *const u8, units: u64, out: *mut u16) {
    let mut left = units as usize;
    // From the end: what is written lies at or above what has been read, or elsewhere.
    // SAFETY: the caller's. A chunk is read before it is written.
    unsafe {
        while !left.is_multiple_of(CHUNK) {
            left -= 1;
            out.add(left).write(start.add(left).read().into());
        }
        while left != 0 {
            left -= CHUNK;
            let chunk = start.add(left).cast::<[u8; CHUNK]>().read();
            out.add(left).cast::<[u16; CHUNK]>().write(widen(&chunk));
        }
    }
}

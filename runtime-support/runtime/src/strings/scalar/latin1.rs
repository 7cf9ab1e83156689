//! From Latin-1.

use super::chunk::{CHUNK, chunk, is_ascii, put, widen};
use super::destination;

/// Copies what is ASCII at the beginning; how much.
///
/// # Safety
/// As many bytes can be written as the source has.
pub unsafe fn to_ascii(source: &[u8], out: *mut u8) -> usize {
    // SAFETY: the caller's.
    let out = unsafe { destination(out, source.len()) };
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
    done
}

/// Bytes written.
///
/// # Safety
/// Twice as many bytes can be written as the source has.
pub unsafe fn to_utf8(source: &[u8], out: *mut u8) -> usize {
    // SAFETY: the caller's.
    let out = unsafe { destination(out, source.len() * 2) };
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

/// Widens. Source and destination may be at the same address.
///
/// # Safety
/// `units` can be read and as many written.
pub unsafe fn to_utf16(start: *const u8, units: usize, out: *mut u16) {
    let mut left = units;
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

//! From Latin-1.

use super::super::scalar;
use super::utf16::store_two;
use super::{BYTES, LANES, Vector, is_ascii};

/// Copies what is ASCII at the beginning; how much.
///
/// # Safety
/// The processor has such vectors; as many bytes can be written as the source has.
#[inline(always)]
pub unsafe fn latin1_to_ascii<V: Vector>(source: &[u8], out: *mut u8) -> usize {
    let mut done = 0;
    // SAFETY: the caller's; what is loaded lies within the source, and what is stored at the same offset.
    unsafe {
        while done + 2 * BYTES <= source.len() {
            let from = source.as_ptr().add(done);
            let pair = [V::load(from), V::load(from.add(BYTES))];
            if !is_ascii(pair[0].or(pair[1])) {
                break;
            }
            pair[0].store(out.add(done));
            pair[1].store(out.add(done + BYTES));
            done += 2 * BYTES;
        }
        done + scalar::latin1::to_ascii(&source[done..], out.add(done))
    }
}

/// Bytes written.
///
/// # Safety
/// The processor has such vectors; twice as many bytes can be written as the source has.
#[inline(always)]
pub unsafe fn latin1_to_utf8<V: Vector>(source: &[u8], out: *mut u8) -> usize {
    let (mut read, mut written) = (0, 0);
    // SAFETY: the caller's. What is loaded lies within the source; bytes written are at most twice as many.
    unsafe {
        while read + BYTES <= source.len() {
            let from = source.as_ptr().add(read);
            let vector = V::load(from);
            if is_ascii(vector) {
                vector.store(out.add(written));
                written += BYTES;
            } else {
                written += store_two(V::widen(from), out.add(written));
                written += store_two(V::widen(from.add(LANES)), out.add(written));
            }
            read += BYTES;
        }
        written + scalar::latin1::to_utf8(&source[read..], out.add(written))
    }
}

/// Widens. Source and destination may be at the same address.
///
/// # Safety
/// The processor has such vectors; `units` can be read and as many written.
#[inline(always)]
pub unsafe fn latin1_to_utf16<V: Vector>(start: *const u8, units: usize, out: *mut u16) {
    let mut left = units;
    // From the end: what is written lies at or above what has been read, or elsewhere.
    // SAFETY: the caller's. A vector is read before it is written.
    unsafe {
        while left >= LANES {
            left -= LANES;
            V::widen(start.add(left)).store(out.add(left).cast());
        }
        scalar::latin1::to_utf16(start, left, out);
    }
}

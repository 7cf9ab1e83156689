//! From UTF-8 to Latin-1, as far as characters have one byte there.

use super::super::functions::ReadAndWritten;
use super::super::scalar;
use super::{BYTES, Vector, order};

/// As [`scalar::utf8::to_latin1`].
///
/// # Safety
/// The processor has such vectors; as many bytes can be written as the source has.
#[inline(always)]
pub unsafe fn utf8_to_latin1<V: Vector>(source: &[u8], out: *mut u8) -> Option<ReadAndWritten> {
    let start = source.as_ptr();
    let (mut read, mut written) = (0, 0);
    // Whether the last byte read has a second one. The character was written.
    let mut expected = 0;
    // SAFETY: the caller's. What is loaded lies within the source. Bytes written are at most as many as bytes read,
    // and there is room for a vector of them as long as there is one to read. Steps back are behind the start.
    unsafe {
        while read + BYTES < source.len() {
            let vector = V::load(start.add(read));
            let others = vector.top_bits();
            if others | expected == 0 {
                vector.store(out.add(written));
                (read, written) = (read + BYTES, written + BYTES);
                continue;
            }
            let leads = vector.and(V::splat(0xfe)).equal(V::splat(0xc2)).top_bits();
            let seconds = leads << 1 | expected;
            let continuations = others & !vector.above(V::splat(0xbf)).top_bits();
            if continuations != seconds || others != leads | seconds {
                break;
            }
            expected = leads >> (BYTES - 1);
            // What follows 0xc2 stands for itself, what follows 0xc3 for 0x40 more.
            let second = V::load(start.add(read + 1)).or(V::splat(0x40));
            let is_c3 = vector.equal(V::splat(0xc3));
            let is_c2 = vector.equal(V::splat(0xc2));
            let second = second.select(is_c3, V::load(start.add(read + 1)));
            let bytes = second.select(is_c2.or(is_c3), vector);
            written += compress_bytes(bytes, !continuations, out.add(written));
            read += BYTES;
        }
        let (back, room) = (expected as usize, source.len());
        (read, written) = (read - back, written - back);
        let rest = core::slice::from_raw_parts(start.add(read), room - read);
        let (more, units) = scalar::utf8::to_latin1(rest, out.add(written))?;
        Some((read + more, written + units))
    }
}

/// Stores the bytes whose bits are set; how many.
///
/// # Safety
/// There is room for a vector.
#[inline(always)]
unsafe fn compress_bytes<V: Vector>(bytes: V, kept: u32, to: *mut u8) -> usize {
    const SECOND: u64 = 0x0808_0808_0808_0808;
    let mut written = 0;
    // SAFETY: the caller's: so many bytes are kept at most that 16 more are within the vector's room, but for the
    // last eight, which are stored where they end at the latest.
    unsafe {
        for (half, kept) in bytes.halves().into_iter().zip([kept & 0xffff, kept >> 16]) {
            let (low, high) = ((kept & 0xff) as usize, (kept >> 8) as usize);
            let orders = [order::BYTES[low], order::BYTES[high] + SECOND];
            let mut packed = [0u8; 16];
            V::store_half(V::in_order(half, V::half(orders[0], orders[1])), packed.as_mut_ptr());
            let [first, second] = [&packed[..8], &packed[8..]];
            to.add(written).copy_from_nonoverlapping(first.as_ptr(), 8);
            written += low.count_ones() as usize;
            to.add(written).copy_from_nonoverlapping(second.as_ptr(), 8);
            written += high.count_ones() as usize;
        }
    }
    written
}

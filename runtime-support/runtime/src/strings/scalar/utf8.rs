//! From UTF-8.

use super::chunk::{CHUNK, ascii_run, chunk, is_ascii, put};
use super::destination;

/// Whether it is valid.
pub fn is_valid(source: &[u8]) -> bool {
    is_all_ascii(source) || core::str::from_utf8(source).is_ok()
}

/// Whether all of it is ASCII. Of a few bytes that is seen in the words that they begin and end with: two that
/// overlap unless the length is twice theirs.
#[inline]
fn is_all_ascii(source: &[u8]) -> bool {
    macro_rules! ends {
        ($word:ty, $size:literal) => {
            match (source.first_chunk::<$size>(), source.last_chunk::<$size>()) {
                (Some(&first), Some(&last)) => {
                    let all = <$word>::from_ne_bytes(first) | <$word>::from_ne_bytes(last);
                    all & <$word>::from_ne_bytes([0x80; $size]) == 0
                }
                _ => false,
            }
        };
    }
    match source.len() {
        0 => true,
        1..4 => ends!(u8, 1) && source[source.len() / 2] < 0x80,
        4..8 => ends!(u32, 4),
        8..=16 => ends!(u64, 8),
        17..=32 => ends!(u128, 16),
        _ => source.is_ascii(),
    }
}

/// Copies what is valid; whether it is.
///
/// # Safety
/// As many bytes can be written.
pub unsafe fn copy(source: &[u8], out: *mut u8) -> bool {
    // SAFETY: the caller's.
    if unsafe { copy_short_ascii(source, out) } {
        return true;
    }
    let is_valid = is_valid(source);
    if is_valid {
        // SAFETY: the caller's.
        unsafe { out.copy_from_nonoverlapping(source.as_ptr(), source.len()) };
    }
    is_valid
}

/// Copies up to 32 bytes if they are ASCII; whether it has done so.
///
/// # Safety
/// As many bytes can be written.
#[inline]
unsafe fn copy_short_ascii(source: &[u8], out: *mut u8) -> bool {
    const TOP_BITS: u64 = 0x8080_8080_8080_8080;
    let (from, length) = (source.as_ptr(), source.len());
    // SAFETY: the words lie within the source, and within what can be written: two that overlap unless the length
    // is twice theirs.
    unsafe {
        let at = |offset: usize| from.add(offset).cast::<u64>().read_unaligned();
        let put = |offset: usize, word: u64| out.add(offset).cast::<u64>().write_unaligned(word);
        match length {
            16..=32 => {
                let offsets = [0, 8, length - 16, length - 8];
                let words = offsets.map(at);
                let is_ascii = (words[0] | words[1] | words[2] | words[3]) & TOP_BITS == 0;
                if is_ascii {
                    offsets.into_iter().zip(words).for_each(|(offset, word)| put(offset, word));
                }
                is_ascii
            }
            8..16 => {
                let words = [at(0), at(length - 8)];
                let is_ascii = (words[0] | words[1]) & TOP_BITS == 0;
                if is_ascii {
                    put(0, words[0]);
                    put(length - 8, words[1]);
                }
                is_ascii
            }
            0..8 => {
                let is_ascii = source.iter().fold(0, |any, &byte| any | byte) < 0x80;
                if is_ascii {
                    source.iter().enumerate().for_each(|(i, &byte)| out.add(i).write(byte));
                }
                is_ascii
            }
            _ => false,
        }
    }
}

/// Units written, if the source is valid.
///
/// # Safety
/// As many units can be written as the source has bytes.
pub unsafe fn to_utf16(source: &[u8], out: *mut u16) -> Option<usize> {
    // SAFETY: the caller's.
    let out = unsafe { destination(out, source.len()) };
    if source.is_ascii() {
        out.iter_mut().zip(source).for_each(|(unit, &byte)| *unit = byte.into());
        return Some(source.len());
    }
    is_valid(source).then(|| valid_to_utf16(source, out))
}

/// Units written. The source is valid.
fn valid_to_utf16(source: &[u8], out: &mut [u16]) -> usize {
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

/// Stops at the first character above U+00FF. How much was read and written; `None` if the source is invalid up
/// to, or at, the place where that ends.
///
/// # Safety
/// As many bytes can be written as the source has.
pub unsafe fn to_latin1(source: &[u8], out: *mut u8) -> Option<(usize, usize)> {
    // SAFETY: the caller's.
    let out = unsafe { destination(out, source.len()) };
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

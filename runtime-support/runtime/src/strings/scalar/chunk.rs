//! Runs of units of one kind, sixteen at a time. Compilers turn these loops over arrays into vector code.

/// Units that are looked at together.
pub const CHUNK: usize = 16;

/// The chunk of `source` at `at`, if there is a whole one.
#[inline]
pub fn chunk<T>(source: &[T], at: usize) -> Option<&[T; CHUNK]> {
    source.get(at..)?.first_chunk()
}

/// Writes a chunk to `out` at `at`; there must be room.
#[inline]
pub fn put<T: Copy>(out: &mut [T], at: usize, chunk: [T; CHUNK]) {
    out[at..at + CHUNK].copy_from_slice(&chunk);
}

#[inline]
pub fn is_ascii(chunk: &[u8; CHUNK]) -> bool {
    !chunk.iter().fold(false, |any, &unit| any | (unit & 0x80 != 0))
}

/// How many bytes at the beginning are certain to be ASCII: whole chunks only.
#[inline]
pub fn ascii_run(source: &[u8]) -> usize {
    source.as_chunks().0.iter().take_while(|chunk| is_ascii(chunk)).count() * CHUNK
}

/// Whether all units are at most `limit`, which is one less than a power of two.
#[inline]
pub fn is_below(chunk: &[u16; CHUNK], limit: u16) -> bool {
    !chunk.iter().fold(false, |any, &unit| any | (unit & !limit != 0))
}

#[inline]
pub fn has_surrogate(chunk: &[u16; CHUNK]) -> bool {
    chunk.iter().fold(false, |any, &unit| any | (unit & 0xf800 == 0xd800))
}

#[inline]
pub fn widen(chunk: &[u8; CHUNK]) -> [u16; CHUNK] {
    // Not `map`: this form is what LLVM makes a vector operation of.
    let mut wide = [0; CHUNK];
    for (wide, &unit) in wide.iter_mut().zip(chunk) {
        *wide = unit.into();
    }
    wide
}

/// Low bytes.
#[inline]
pub fn low_bytes(chunk: &[u16; CHUNK]) -> [u8; CHUNK] {
    chunk.map(|unit| unit as u8)
}

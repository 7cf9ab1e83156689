//! What the machine needs at least for what a row does: calls, checks and copies without anything around them.

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ptr::NonNull;

/// Texts that strings are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Text {
    Ascii,
    Other,
}

impl Text {
    /// 64 bytes that are repeated.
    pub fn seed(self) -> &'static str {
        match self {
            Text::Ascii => "The quick brown fox jumps over the lazy dog; it sleeps on, ok.  ",
            Text::Other => "Съешь же ещё этих мягких булок, да...",
        }
    }

    fn bytes(self, count: usize) -> Vec<u8> {
        self.seed().bytes().cycle().take(count).collect()
    }
}

/// What is done natively.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// A function is called through a pointer.
    Call,
    /// So many bytes of a text are validated and copied.
    Take(Text, usize),
    /// So many bytes of a text become UTF-16.
    Widen(Text, usize),
    /// So many bytes of ASCII are validated.
    Validate(usize),
    /// So many bytes are copied.
    Copy(usize),
    /// So many strings of 16 bytes are validated and copied one behind the other.
    Strings(usize),
    /// Something is put into a list with free places, and taken out again.
    Slab,
    /// A page is given back and touched again.
    Fault,
}

/// Bytes at the same place in a page as the guests have them: how fast they are copied depends on it.
struct Area {
    bytes: Vec<u8>,
    start: usize,
}

impl Area {
    fn new(offset: usize, contents: &[u8]) -> Area {
        let mut bytes = vec![0; contents.len() + 2 * PAGE];
        let start = bytes.as_ptr().align_offset(PAGE) + offset;
        bytes[start..start + contents.len()].copy_from_slice(contents);
        Area { bytes, start }
    }

    fn first(&self, count: usize) -> &[u8] {
        &self.bytes[self.start..self.start + count]
    }
}

/// The memory that is worked on.
pub struct Native {
    ascii: Area,
    other: Area,
    narrow: Area,
    wide: Vec<u16>,
    slab: Vec<(u64, u32)>,
    free: u32,
    page: NonNull<u8>,
}

const MIB: usize = 1 << 20;
const PAGE: usize = 4096;
/// Where the guests' reallocs begin in a page.
const HEAP: usize = 1024;

#[inline(never)]
extern "C" fn add(x: u32, y: u32) -> u32 {
    x.wrapping_add(y)
}

impl Default for Native {
    fn default() -> Native {
        use nix::sys::mman::{MapFlags, ProtFlags, mmap_anonymous};
        let size = NonZeroUsize::new(4096).expect("not 0");
        let access = ProtFlags::PROT_READ | ProtFlags::PROT_WRITE;
        // SAFETY: a new mapping, where the system likes.
        let page = unsafe { mmap_anonymous(None, size, access, MapFlags::MAP_PRIVATE) };
        Native {
            ascii: Area::new(0, &Text::Ascii.bytes(MIB)),
            other: Area::new(0, &Text::Other.bytes(64 << 10)),
            narrow: Area::new(HEAP, &vec![0; MIB]),
            wide: vec![0; MIB],
            slab: vec![(0, 0); 16],
            free: 1,
            page: page.expect("a page of memory").cast(),
        }
    }
}

impl Native {
    pub fn run(&mut self, limit: Limit, count: u32) {
        let call: extern "C" fn(u32, u32) -> u32 = black_box(add);
        let mut sum = 0;
        for round in 0..count {
            sum = match limit {
                Limit::Call => call(sum, round),
                _ => sum ^ self.once(limit),
            };
        }
        black_box(sum);
    }

    #[inline(always)]
    fn once(&mut self, limit: Limit) -> u32 {
        match limit {
            Limit::Call => 0,
            Limit::Take(text, size) => {
                let valid = simdutf8::basic::from_utf8(black_box(self.text(text, size))).is_ok();
                self.copy(text, 0, size);
                self.seen(valid)
            }
            Limit::Widen(text, size) => {
                let room = black_box(self.wide.as_mut_ptr());
                let source = black_box(self.text(text, size)).as_ptr();
                // SAFETY: there is room for a unit for each byte.
                unsafe { simdutf::convert_utf8_to_utf16le(source, size, room) as u32 }
            }
            Limit::Validate(size) => {
                let source = black_box(self.text(Text::Ascii, size));
                self.seen(simdutf8::basic::from_utf8(source).is_ok())
            }
            Limit::Copy(size) => {
                self.copy(Text::Ascii, 0, size);
                self.seen(true)
            }
            Limit::Strings(strings) => {
                let mut valid = true;
                for at in (0..strings * 16).step_by(16) {
                    let source = black_box(&self.text(Text::Ascii, at + 16)[at..]);
                    valid &= simdutf8::basic::from_utf8(source).is_ok();
                    self.copy(Text::Ascii, at, 16);
                }
                self.seen(valid)
            }
            Limit::Slab => {
                let index = black_box(self.free);
                let place = &mut self.slab[index as usize];
                self.free = place.1;
                *place = (7, 1);
                let place = &mut self.slab[black_box(index) as usize];
                let value = place.0 as u32;
                *place = (0, self.free);
                self.free = index;
                value
            }
            Limit::Fault => {
                use nix::sys::mman::{MmapAdvise, madvise};
                // SAFETY: a page of this value's own, in which nothing is kept.
                unsafe {
                    madvise(self.page.cast(), 4096, MmapAdvise::MADV_DONTNEED).expect("a page");
                    self.page.write_volatile(1);
                }
                1
            }
        }
    }

    fn text(&self, text: Text, size: usize) -> &[u8] {
        match text {
            Text::Ascii => self.ascii.first(size),
            Text::Other => self.other.first(size),
        }
    }

    #[inline(always)]
    fn copy(&mut self, text: Text, at: usize, size: usize) {
        let Native { ascii, other, narrow, .. } = self;
        let source = if text == Text::Ascii { ascii } else { other };
        let from = narrow.start + at;
        narrow.bytes[from..from + size].copy_from_slice(&black_box(source.first(at + size))[at..]);
    }

    fn seen(&self, valid: bool) -> u32 {
        u32::from(black_box(self.narrow.first(1))[0]) + u32::from(valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeds_have_64_bytes() {
        for text in [Text::Ascii, Text::Other] {
            assert_eq!(text.seed().len(), 64, "{text:?}");
        }
    }
}

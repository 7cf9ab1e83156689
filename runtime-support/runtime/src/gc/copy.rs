//! What is reachable moves: Cheney's algorithm.
//!
//! Objects that have been moved lie one after the other; those whose words have been looked at come first. An
//! object that was moved leaves its new address in place of its header. Nothing here recurses.

use core::ops::Range;
use weldc_abi::artefact::{GcType, gc_type};
use weldc_abi::gc::{ALIGN, HEADER_SIZE, TAG_MASK};

const HEADER: usize = HEADER_SIZE as usize;
const WORD: usize = size_of::<u64>();

/// What objects look like.
#[derive(Clone, Copy)]
pub struct Shapes<'a> {
    /// By the number in the objects' headers.
    pub types: &'a [GcType],
    pub offsets: &'a [u32],
}

impl Shapes<'_> {
    /// The type of an object with this header.
    ///
    /// # Safety
    /// It is the header of an object of these shapes.
    #[inline]
    unsafe fn of(&self, header: u64) -> GcType {
        // SAFETY: the caller's.
        unsafe { *self.types.get_unchecked((header as u32 >> 1) as usize) }
    }
}

fn length(header: u64) -> usize {
    (header >> 32) as usize
}

/// Bytes of an object of this type and with this header.
#[inline]
fn size(ty: GcType, header: u64) -> usize {
    match ty.kind {
        gc_type::STRUCT => ty.size as usize,
        _ => (HEADER + length(header) * ty.size as usize).next_multiple_of(ALIGN as usize),
    }
}

/// A collection under way.
pub struct Copy<'a> {
    shapes: Shapes<'a>,
    /// Address of the objects before they move, and how many words they are.
    from: usize,
    words: usize,
    /// Where the next one goes.
    next: *mut u8,
}

impl<'a> Copy<'a> {
    /// Moves objects of `from` to `to`.
    ///
    /// # Safety
    /// The objects of `from` are of these shapes and lie one after the other; as many bytes at `to` are writable,
    /// elsewhere, and nobody else's.
    pub unsafe fn new(shapes: Shapes<'a>, from: Range<usize>, to: *mut u8) -> Copy<'a> {
        Copy { shapes, from: from.start, words: from.len() / WORD, next: to }
    }

    /// Moves what the traced word at `slot` refers to, and makes the word refer to where it is then.
    ///
    /// # Safety
    /// A valid traced word is there, which can be written to.
    #[inline]
    pub unsafe fn visit(&mut self, slot: *mut u64) {
        // SAFETY: the caller's.
        unsafe {
            let word = slot.read();
            if self.is_address(word) {
                slot.write(self.forward(word));
            }
        }
    }

    /// Whether it is the address of an object that is to move: no tag, and not null.
    #[inline]
    fn is_address(&self, word: u64) -> bool {
        // Bits of a tag become the highest ones, and the number larger than every heap.
        let distance = (word as usize).wrapping_sub(self.from);
        distance.rotate_right(TAG_MASK.count_ones()) < self.words
    }

    /// The new address of the object at `address`.
    ///
    /// # Safety
    /// An object of `self.from` is there, moved or not.
    #[inline]
    unsafe fn forward(&mut self, address: u64) -> u64 {
        let object = address as usize as *mut u64;
        // SAFETY: the caller's.
        unsafe {
            let header = object.read();
            if header & 1 == 0 {
                return header;
            }
            let size = size(self.shapes.of(header), header);
            let new = self.next.cast::<u64>();
            copy_words(object, new, size / WORD);
            object.write(new as usize as u64);
            self.next = self.next.add(size);
            new as usize as u64
        }
    }

    /// Moves all that those refer to which were moved from `first` on. Returns where the last one ends.
    ///
    /// # Safety
    /// `first` is what [`Copy::new`] got as `to`.
    pub unsafe fn finish(mut self, first: *mut u8) -> *mut u8 {
        let mut object = first;
        while object < self.next {
            // SAFETY: an object that was moved lies there.
            object = unsafe { self.look_through(object) };
        }
        self.next
    }

    /// Visits the words of an object that was moved; returns its end.
    ///
    /// # Safety
    /// It is one.
    #[inline]
    unsafe fn look_through(&mut self, object: *mut u8) -> *mut u8 {
        // SAFETY: its words and its end are where its type says.
        unsafe {
            let header = object.cast::<u64>().read();
            let ty = self.shapes.of(header);
            match ty.kind {
                gc_type::STRUCT => {
                    let first = ty.first as usize;
                    let offsets =
                        self.shapes.offsets.get_unchecked(first..first + ty.count as usize);
                    for &offset in offsets {
                        self.visit(object.add(offset as usize).cast());
                    }
                }
                gc_type::ARRAY_OF_REFERENCES => {
                    let elements = object.add(HEADER).cast::<u64>();
                    for index in 0..length(header) {
                        self.visit(elements.add(index));
                    }
                }
                _ => {}
            }
            object.add(size(ty, header))
        }
    }
}

/// Up to so many words a call of `memcpy` takes longer than the copying.
const SMALL: usize = 8;

/// Copies so many words, at least one.
///
/// # Safety
/// They can be read and written, and do not overlap.
#[inline]
unsafe fn copy_words(from: *const u64, to: *mut u64, count: usize) {
    // SAFETY: the caller's.
    unsafe {
        if count > SMALL {
            return from.copy_to_nonoverlapping(to, count);
        }
        for index in 0..count {
            // Volatile, or it would become a call again.
            to.add(index).write_volatile(from.add(index).read());
        }
    }
}

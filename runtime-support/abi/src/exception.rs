//! An exception: what an `exnref` names. It is an object ([`crate::gc`]) of its tag's own type; generated code fills
//! it in and reads it.
//!
//! `{ type: u32, tag: u32, payload… }`; the values of the tag's type follow each other, each in one slot, vectors
//! in two.

/// `u32`: the tag, by its number in the program.
pub const TAG: i32 = crate::gc::LENGTH;
/// Where the first value is.
pub const PAYLOAD: i32 = crate::gc::HEADER_SIZE as i32;
/// Bytes of a value that is no vector.
pub const SLOT: i32 = 8;

//! Objects of the garbage collection proposal, and the words that refer to them.
//!
//! A reference of the any, extern and exn hierarchies is a *traced word*:
//!
//! ```text
//!  0                null
//!  ......xxx1       an i31: [`i31`] of its bits
//!  ......x010       a reference of the host's to whatever it likes: [`host`] of that
//!  ......x000       the address of an object's header
//! ```
//! so that `any.convert_extern` and `extern.convert_any` change nothing. Function references are other words
//! ([`crate::context::funcref`]), which are not traced.
//!
//! An object is a header of eight bytes, then the fields of a struct, each at its natural alignment but at most
//! 8, or the elements of an array, packed ones in as many bytes as they need, references in eight. Its size is
//! rounded up to a multiple of 8. Objects lie one after the other in the zone's heap; any call of
//! [`crate::symbols::Function::GcAllocate`] may move all of them.

/// Bytes of an object's header: `{ type: u32, length: u32 }`.
pub const HEADER_SIZE: u32 = 8;
/// `u32`: [`type_word`] of the object's type.
pub const TYPE: i32 = 0;
/// `u32`: how many elements an array has; 0 for a struct, the tag for an exception ([`crate::exception`]).
pub const LENGTH: i32 = 4;
/// Alignment and granularity of objects.
pub const ALIGN: u32 = 8;

/// Most bytes of objects that a zone may have unless its artefact says otherwise.
pub const DEFAULT_MAXIMUM: u64 = 1 << 30;

/// The first half of the header of an object whose type has this number in [`crate::artefact::Gc::types`]. It
/// is odd: the header of an object that has been moved is its new address.
pub const fn type_word(ty: u32) -> u32 {
    ty << 1 | 1
}

/// The header of an object as one word.
pub const fn header(ty: u32, length: u32) -> u64 {
    (length as u64) << 32 | type_word(ty) as u64
}

/// The word of the i31 with these low 31 bits.
pub const fn i31(bits: u32) -> u64 {
    (bits << 1 | 1) as u64
}

/// The word of a host's reference, of which 61 bits are kept.
pub const fn host(value: u64) -> u64 {
    value << HOST_SHIFT | HOST_TAG
}
pub const HOST_SHIFT: u32 = 3;
pub const HOST_TAG: u64 = 0b010;

/// The low bits of a word that tell its kind: 0 for null and for addresses.
pub const TAG_MASK: u64 = 0b111;

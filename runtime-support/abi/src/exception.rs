//! An exception: what an `exnref` names. The runtime allocates it, generated code fills it in and reads it.
//!
//! `{ tag: u32, flags: u32, payload… }`, aligned to 16 bytes; the values of the tag's type follow each other,
//! each in one slot, vectors in two.

/// `u32`: the tag, by its number in the program.
pub const TAG: i32 = 0;
/// `u32`: [`REFERRED`] or 0.
pub const FLAGS: i32 = 4;
/// Where the first value is.
pub const PAYLOAD: i32 = 8;
/// Bytes of a value that is no vector.
pub const SLOT: i32 = 8;

/// Set once a reference to the exception has been handed out: it lives as long as the zone. Before that only
/// the unwinder and the clause that catches it know it, and the clause ends it.
pub const REFERRED: u32 = 1;

/// Most bytes of exceptions that a zone may have at a time.
pub const MAX_BYTES: usize = 64 << 20;

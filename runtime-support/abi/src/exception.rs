//! An exception: what an `exnref` names. Generated code makes it or has the runtime make it, fills it in and reads
//! it.
//!
//! `{ head: u32, tag: u32, payload… }`; the values of the tag's type follow each other, each in one slot, vectors
//! in two. In programs with a [`crate::artefact::Gc`] an exception is an object like a struct: its head is the
//! [`crate::gc::type_word`] of the tag's own type. In others it is one of the runtime's, aligned to 16 bytes, and
//! its head has flags.

/// `u32`: [`REFERRED`] or 0; the type of an exception that is an object.
pub const HEAD: i32 = 0;
/// `u32`: the tag, by its number in the program.
pub const TAG: i32 = 4;
/// Where the first value is.
pub const PAYLOAD: i32 = 8;
/// Bytes of a value that is no vector.
pub const SLOT: i32 = 8;

/// Set once a reference to the exception has been handed out: it lives as long as the zone. Before that only
/// the unwinder and the clause that catches it know it, and the clause ends it.
pub const REFERRED: u32 = 1;

/// Most bytes of exceptions that a zone may have at a time, unless they are objects.
pub const MAX_BYTES: usize = 64 << 20;

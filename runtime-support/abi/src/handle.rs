//! Handle tables (CanonicalABI.md, "Table State"): one per component instance, one for the host.
//!
//! Index 0 is never given out; freed indices are reused last in, first out.

/// `{ entries: *mut Entry, length: u32, capacity: u32, free: u32, _: u32 }`; all zero when empty.
/// `length` counts the slots in use or free, slot 0 included; `free` is the head of the free list or 0.
pub const TABLE_SIZE: u32 = 24;
pub const ENTRIES: i32 = 0;
pub const LENGTH: i32 = 8;
pub const CAPACITY: i32 = 12;
pub const FREE: i32 = 16;

/// `{ rep: u64, tag: u32, lends: u32 }`. A free slot has tag 0 and the next free index in `rep`.
pub const ENTRY_SIZE: u32 = 16;
pub const ENTRY_REP: i32 = 0;
pub const ENTRY_TAG: i32 = 8;
pub const ENTRY_LENDS: i32 = 12;

/// Low bits of a tag: what the slot holds. The rest is the resource id.
pub const KIND_BITS: u32 = 4;
pub const KIND_OWN: u32 = 1;
pub const KIND_BORROW: u32 = 2;
/// An error context: `rep` is the address of a [`crate::error_context`] that the slot has a reference to.
pub const KIND_ERROR_CONTEXT: u32 = 3;

pub use crate::limits::MAX_HANDLE_INDEX as MAX_INDEX;

/// The tag of an error context: it has no resource.
pub const ERROR_CONTEXT: u32 = tag(KIND_ERROR_CONTEXT, 0);

/// The tag of a handle of kind `kind` to resource `resource`.
pub const fn tag(kind: u32, resource: u32) -> u32 {
    (resource << KIND_BITS) | kind
}

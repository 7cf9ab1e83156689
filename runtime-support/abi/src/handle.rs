//! Handle tables (CanonicalABI.md, "Table State"): one per component instance, one for the host.
//!
//! Index 0 is never given out; freed indices are reused last in, first out, then unused ones in order. Generated
//! code looks up, adds and removes entries itself; the runtime makes room, and finds the reason of a trap.

/// `{ entries: *mut Entry, length: u32, free: u32 }`; all zero when empty. `length` counts the slots, slot 0
/// included; `free` is the first free slot, 0 if there is none.
pub const TABLE_SIZE: u32 = 16;
pub const ENTRIES: i32 = 0;
pub const LENGTH: i32 = 8;
pub const FREE: i32 = 12;

/// `{ rep: u64, tag: u32, lends: u32, owner: *mut u32 }`. A free slot has tag and lends 0 and the next free
/// index in `rep`, as slot 0 has. Of a borrowed handle, `owner` is where the call that it was made for counts
/// its borrowed handles: a word of the adapter's frame.
pub const ENTRY_SIZE: u32 = 24;
pub const ENTRY_REP: i32 = 0;
pub const ENTRY_TAG: i32 = 8;
pub const ENTRY_LENDS: i32 = 12;
pub const ENTRY_OWNER: i32 = 16;

/// Low bits of a tag: what the slot holds. The rest is the resource id.
pub const KIND_BITS: u32 = 4;
pub const KIND_OWN: u32 = 1;
/// The next number: generated code tells both from all others by one comparison.
pub const KIND_BORROW: u32 = KIND_OWN + 1;
/// An error context: `rep` is the address of a [`crate::error_context`] that the slot has a reference to.
pub const KIND_ERROR_CONTEXT: u32 = 3;
/// A subtask: `rep` is the address of its [`crate::task::call`].
pub const KIND_SUBTASK: u32 = 4;
/// A waitable set.
pub const KIND_WAITABLE_SET: u32 = 5;
/// Ends of streams and futures: `rep` is the end's address, in place of the resource id stands the number of the
/// element type ([`crate::artefact::Copy::ty`]). The host's `stream<T>` and `future<T>` are such addresses, too.
pub const KIND_STREAM_READABLE: u32 = 6;
pub const KIND_STREAM_WRITABLE: u32 = 7;
pub const KIND_FUTURE_READABLE: u32 = 8;
pub const KIND_FUTURE_WRITABLE: u32 = 9;

pub use crate::limits::MAX_HANDLE_INDEX as MAX_INDEX;

/// The tag of an error context: it has no resource.
pub const ERROR_CONTEXT: u32 = tag(KIND_ERROR_CONTEXT, 0);

/// The tag of a handle of kind `kind` to resource `resource`.
pub const fn tag(kind: u32, resource: u32) -> u32 {
    (resource << KIND_BITS) | kind
}

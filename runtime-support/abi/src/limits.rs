//! The limits of the Canonical ABI, by the specification's names where it has any.

/// Most bytes of a string or list in memory (`MAX_STRING_BYTE_LENGTH`, `MAX_LIST_BYTE_LENGTH`). What is lowered
/// may have more: its bytes double at most.
pub const MAX_VALUE_BYTES: u64 = (1 << 28) - 1;

/// A value of any type has fewer bytes than this in a memory with 64-bit addresses (`elem_size(t, 'i64')`), so
/// fewer than twice as many on the host's side.
pub const VALUE_SIZE_BOUND: u32 = 1 << 28;

/// Largest index in a handle table (`Table.MAX_LENGTH`): a status and an index share 32 bits.
pub const MAX_HANDLE_INDEX: u32 = (1 << 28) - 1;

/// Parameters with more flat values than this are passed in memory (`MAX_FLAT_PARAMS`).
pub const MAX_FLAT_PARAMS: usize = 16;

/// Results with more flat values than this are returned in memory (`MAX_FLAT_RESULTS`).
pub const MAX_FLAT_RESULTS: usize = 1;

/// The bit that marks UTF-16 in the length of a `latin1+utf16` string, a number with as many bits as an address
/// (`utf16_tag`).
pub const fn utf16_tag(pointer_bytes: u32) -> u64 {
    1 << (8 * pointer_bytes - 1)
}

/// Most elements of one operation on a stream (`Buffer.MAX_LENGTH`).
pub const MAX_COPY_COUNT: u64 = (1 << 28) - 1;

/// Most flat parameters of an asynchronous lower (`MAX_FLAT_ASYNC_PARAMS`).
pub const MAX_FLAT_ASYNC_PARAMS: usize = 4;

/// Most tasks, explicit threads, ends of streams and futures, and waitable sets that a zone has at a time; each is an
/// error and ends the zone.
pub const MAX_TASKS: u32 = 1 << 20;
pub const MAX_THREADS: u32 = 1 << 16;
pub const MAX_ENDS: u32 = 1 << 20;
pub const MAX_SETS: u32 = 1 << 20;

/// Most stacks that a process has at a time. Each takes two of the 65,530 mappings that Linux gives a process, which
/// must do for everything else, too: where the system refuses a mapping, the C library has no memory either.
pub const MAX_STACKS: usize = 24 << 10;

//! Addresses in memory 0 of both components: what `component/control.wat` agrees on with the host.

/// Words that the core function loads: the caller's arguments, the callee's result.
pub const WORDS_IN: u32 = 0;
/// Words that it stores: the caller's result, the callee's parameters.
pub const WORDS_OUT: u32 = 0x200;
/// How many of them there can be.
pub const WORDS: usize = 20;
/// Where `realloc` goes on.
pub const BUMP: u32 = 0x400;
/// How often `realloc` was called.
pub const REALLOCS: u32 = 0x408;
/// How often the callee was.
pub const CALLS: u32 = 0x410;
/// How often its `post-return` was, and with what.
pub const POSTS: u32 = 0x418;
pub const POST_WORD: u32 = 0x420;
/// How many representations were destroyed here.
pub const DESTROYED: u32 = 0x428;
/// What `realloc` does in each of its first calls: two words each, kind and value.
pub const LIES: u32 = 0x800;
pub const MAX_LIES: usize = 16;
/// Handles that the callee drops: their count, then kind and index of each.
pub const DROPS: u32 = 0x900;
pub const MAX_DROPS: usize = 40;
/// Representations that were destroyed.
pub const REPS: u32 = 0xc00;
pub const MAX_REPS: usize = 128;
/// The calls of `realloc`: old address, old size, alignment, size, result.
pub const LOG: u32 = 0x1000;
pub const MAX_LOG: usize = 256;
pub const LOG_WORDS: usize = 5;
/// Bytes of a page.
pub const PAGE: u64 = 1 << 16;
/// As much can be seen or changed at once.
pub const MAX_ACCESS: u32 = 0x4_0000;

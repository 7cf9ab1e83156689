//! Error contexts (Explainer.md, `error-context`): a message, and how many references there are to it.
//!
//! A slot of a handle table has one reference, and so has whoever on the host's side was given one. The last
//! that goes frees the object, which belongs to no zone: it may outlive the one that made it, and be used by
//! another one, on another thread.
//!
//! `{ references: u64, length: u64, message: [u8; length] }`, aligned to 8, from `malloc`; the message is
//! UTF-8 and never changes.

pub const REFERENCES: i32 = 0;
pub const LENGTH: i32 = 8;
pub const MESSAGE: i32 = 16;

//! Facts that the compiler and the runtime share.
//!
//! Generated code, the runtime and the tables in an artefact meet in memory, not in Rust types. Every
//! offset, tag, code and symbol name that more than one of them must know is written here and nowhere
//! else. The crate has no dependencies, no allocation and no `unsafe`.
//!
//! All targets are 64-bit; a *word* is eight bytes.
#![no_std]
#![forbid(unsafe_code)]

pub mod artefact;
pub mod context;
pub mod error_context;
pub mod exception;
pub mod gc;
pub mod handle;
pub mod limits;
pub mod linkage;
pub mod symbols;
pub mod task;
pub mod trap;

pub use limits::MAX_VALUE_BYTES;
pub use trap::Trap;

/// Version of everything in this crate. The runtime refuses an artefact of another version.
pub const ABI_VERSION: u32 = 6;

/// Bytes of one WebAssembly page (without the custom-page-sizes proposal).
pub const WASM_PAGE: u64 = 65536;

/// Granularity of images and memories in the address space: the largest page size of any target.
pub const HOST_PAGE: u64 = 65536;

/// Bytes behind a 4 GiB reservation that stay inaccessible. A constant offset of a load or store below
/// this needs no check of its own.
pub const GUARD_BYTES: u64 = 32 << 20;

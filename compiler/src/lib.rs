//! weldc's compiler: a WebAssembly component in, a native object file out.
//!
//! ```text
//!  bytes ─parse─▶ Parsed ─link─▶ Program ─facts─▶ Facts ─place─▶ Layout ─translate─▶ CLIF ─compile─▶ Code ─emit─▶ object
//! ```
//!
//! Each phase takes the results of the earlier ones by shared reference and returns a new value. The
//! crate does no I/O, has no global state and no `unsafe`; its output is a function of its input.

pub mod compile;
pub mod debug;
pub mod driver;
pub mod emit;
pub mod error;
pub mod facts;
pub mod header;
pub mod index;
pub mod link;
pub mod names;
pub mod options;
pub mod parse;
pub mod place;
pub mod translate;
pub mod types;

pub use error::{Error, Result};

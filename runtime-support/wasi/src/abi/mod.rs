//! The host's side of a call (docs/native-abi.md): the only module with `unsafe`.
//!
//! * [`values`]: the types that cross, in the layout the generated code has for them; [`Param`] lifts
//!   parameters, [`Lower`] lowers results.
//! * [`memory`]: memory that generated code frees.
//! * [`ends`]: the ends of streams and futures; [`completion`]: how a caller is told that a call is over.
//! * [`call`]: what surrounds every function: the receiver, the status, the end of panics; and the macro
//!   that makes a symbol and its entry in the table of imports from one line.
//! * [`wit`]: the texts of types in the signatures.
//! * one file per WIT package with those lines, in [`v03`] those that only WASI 0.3 has, and [`command`] for
//!   executables.
//!
//! What generated code guarantees, and every `unsafe` below relies on: the receiver is a [`crate::Wasi`]
//! that no other call is using; parameters have the types of the import's signature, their pointers are
//! valid and aligned until the function returns and nothing writes there meanwhile; `result` is valid for
//! a write of the result's type. The table's signatures are what makes the types agree: the compiler binds
//! an import only if its type is written there.

mod call;
pub(crate) mod completion;
pub(crate) mod ends;
mod memory;
mod values;
mod wit;

mod cli;
mod clocks;
pub(crate) mod command;
mod filesystem;
mod io;
mod random;
mod sockets;
pub(crate) mod v03;

#[cfg(test)]
mod shape;
#[cfg(test)]
mod tests;

pub use call::Address;
pub(crate) use memory::Buffer;

use crate::imports::{Drop, Import};

/// The functions of each package.
pub(crate) const FUNCTIONS: [&[Import]; 13] = [
    cli::FUNCTIONS,
    clocks::FUNCTIONS,
    filesystem::FUNCTIONS,
    io::FUNCTIONS,
    random::FUNCTIONS,
    sockets::FUNCTIONS,
    sockets::UNREACHABLE,
    v03::cli::FUNCTIONS,
    v03::clocks::FUNCTIONS,
    v03::filesystem::FUNCTIONS,
    v03::random::FUNCTIONS,
    v03::sockets::FUNCTIONS,
    v03::sockets::UNREACHABLE,
];

/// The destructors of each package.
pub(crate) const RESOURCES: [&[Drop]; 5] = [
    cli::RESOURCES,
    filesystem::RESOURCES,
    io::RESOURCES,
    sockets::RESOURCES,
    v03::sockets::RESOURCES,
];

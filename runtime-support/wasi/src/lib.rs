//! WASI 0.2 and 0.3 for compiled components: the functions behind `wasi:cli`, `wasi:io`, `wasi:clocks`,
//! `wasi:random`, `wasi:filesystem` and `wasi:sockets`.
//!
//! ```text
//!  generated code ──C ABI──▶ abi (lift, lower) ──▶ methods of Wasi ──▶ cap-std, rustix ──▶ the system
//! ```
//!
//! * [`Wasi`] is all the state one zone has: what was granted, and a table per kind of resource. Its methods
//!   are safe Rust in the words of the WIT; nothing is done before a guest asks for it.
//! * `abi` is the only module with `unsafe`: it turns the host's side of a call (docs/native-abi.md) into
//!   calls of those methods, and refuses what generated code should never pass.
//! * `waiting` is what goes on between calls: timers, and the streams of 0.3.
//! * [`IMPORTS`] and [`DROPS`] say which symbol serves which import, and at which type.
//! * [`Grants`] is what a command may use. A guest reaches files only below the directories granted; paths
//!   are resolved by cap-std, one step at a time or by the kernel (`RESOLVE_BENEATH`).
//!
//! There is no network yet: everything of `wasi:sockets` exists so that components link, creating a socket
//! fails with `access-denied`.
#![deny(unsafe_code)]

#[allow(unsafe_code)]
mod abi;
mod cli;
mod clocks;
mod filesystem;
mod grants;
mod imports;
mod io;
mod random;
mod sockets;
mod state;
mod table;
mod v03;
mod waiting;

pub use abi::command::{
    Attach, Command, Run, run_command, weldc_wasi_attach, weldc_wasi_delete, weldc_wasi_idle,
    weldc_wasi_main, weldc_wasi_main_of_tasks, weldc_wasi_new, weldc_wasi_pollfds,
};
pub use grants::{Grants, GrantsError, Stdio};
pub use imports::{Address, DROPS, Drop, IMPORTS, Import, find, find_drop};
pub use state::Wasi;

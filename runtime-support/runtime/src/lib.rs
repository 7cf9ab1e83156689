//! The runtime that compiled components link.
//!
//! Generated code and this crate meet in the facts of `weldc_abi` only: symbols, offsets, tables. Every
//! symbol of [`weldc_abi::symbols::Function`] is an `extern "C"` function in the module that does its job:
//!
//! ```text
//!  zone      a zone begins and ends: context, memories, images, start     os::map, registry
//!  trap      the only module that unwinds: walk, backtrace, landing       arch, registry, os::signal
//!  link      imports are bound: the embedder's functions, other zones' exports   artefact
//!  copy      streams and futures                                        waitable
//!  handles   handle tables, scopes of calls, temporary memory
//!  task      tasks, subtasks, threads: the scheduler                     os::map, handles::table
//!  waitable  waitables and their sets
//!  gc        objects that are collected                                   arch, os::map, trap::walk
//!  memory    memory.grow, table.grow
//!  wait      memory.atomic.wait and notify                                os::wait_on, os::wake
//!  strings   validation and transcoding
//!  error_context  messages that zones and the host share
//!  alloc     memory that crosses the host's border
//! ```
//! Below them: `context` (typed access to the context block), `artefact` (typed access to the tables of an
//! artefact), `registry` (which code belongs to which artefact), `arch` (what only this processor knows),
//! `os` (what only this operating system knows). Above them: [`Zone`], for embedding in Rust, and
//! [`symbols`], for loaders.
//!
//! What does not happen here: no panic is caught, no Rust frame is unwound, nothing depends on the compiler.
#![no_std]
#![warn(clippy::undocumented_unsafe_blocks, clippy::missing_safety_doc)]

extern crate alloc as rust_alloc;
#[cfg(any(test, feature = "std"))]
extern crate std;

mod alloc;
mod arch;
mod artefact;
mod context;
mod copy;
mod embed;
mod error_context;
mod gc;
mod handles;
mod link;
mod memory;
mod os;
mod registry;
mod spare;
#[cfg(all(feature = "standalone", not(test)))]
mod standalone;
mod strings;
mod symbols;
mod task;
mod trap;
mod wait;
mod waitable;
mod zone;

#[cfg(all(test, target_arch = "x86_64", unix))]
mod measure;
#[cfg(all(test, target_arch = "x86_64", unix))]
mod testing;

pub use alloc::{weldc_rt_alloc, weldc_rt_free};
pub use context::Context;
#[doc(hidden)]
pub use copy::live as live_ends;
pub use copy::{
    End, Operation, weldc_rt_end_cancel, weldc_rt_end_drop, weldc_rt_end_new, weldc_rt_end_read,
    weldc_rt_end_write,
};
pub use embed::{Imports, Provider, TaskCounts, TrapReport, Zone};
#[doc(hidden)]
pub use gc::collect_always;
pub use symbols::symbols;
#[doc(hidden)]
pub use task::counts as task_counts;
pub use task::weldc_rt_set_idle;
pub use trap::weldc_rt_zone_message;
pub use weldc_abi::Trap;
pub use zone::{weldc_rt_zone_drop, weldc_rt_zone_link, weldc_rt_zone_new};

//! Streams and futures (CanonicalABI.md, "Stream State", "Future State" and the built-ins on them).
//!
//! An [`End`] is a waitable and points at its peer (`end`). An operation gives it a buffer, in a guest's memory or in
//! the host's; when two buffers meet, elements are copied from one to the other (`meet`, `elements`), and the ends
//! have events. What an event says is decided when it is delivered: of a stream whose peer has gone meanwhile,
//! that it has gone. Nothing is buffered in between, and no operation allocates.
//!
//! ```text
//!  guest     the built-ins, with all that can be wrong with a guest's index, address and count
//!  border    ends leave a table and enter another; a zone ends
//!  host      ends that are the host's
//!  end       states, events, delivery
//!  meet      two ends of one stream: rendezvous, drop, forward
//!  elements  from one buffer to the other
//! ```
//!
//! An end belongs to whoever has it, and to no zone: its memory comes from the C library, and it may pass between
//! zones whose runtimes are linked apart. Each of these touches only the waitables of its own zones ([`end::Side`]).
//!
//! The host is called last, when everything else has been done ([`end::Call`]): it may begin the next operation.

mod border;
mod elements;
mod end;
mod guest;
mod host;
mod meet;

#[cfg(all(test, target_arch = "x86_64", unix))]
pub mod tests;

pub use border::{release, retire, weldc_rt_end_add, weldc_rt_end_take};
pub use end::{End, Ends, live};
pub use guest::{
    weldc_rt_copy, weldc_rt_copy_cancel, weldc_rt_copy_drop, weldc_rt_copy_forward,
    weldc_rt_copy_new,
};
pub use host::{
    Operation, weldc_rt_end_cancel, weldc_rt_end_drop, weldc_rt_end_new, weldc_rt_end_read,
    weldc_rt_end_write,
};

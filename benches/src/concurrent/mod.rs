//! What tasks, threads, streams and futures cost: what `async` measures, and who takes part.
//!
//! ```text
//!  rows      what is measured, and what is to be reached
//!  guests    the components
//!  weldc, wasmtime   run them
//!  crowd     what a task costs that waits, in bytes
//! ```
//! Loops are in a guest, unless it is the host that calls. Each call returns a number that depends on what it was
//! given; the sum must be the same for all sides.

pub mod crowd;
pub mod guests;
pub mod rows;
pub mod wasmtime;
pub mod weldc;

pub use guests::Guest;
pub use rows::Work;

/// How the host calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromHost {
    /// The synchronous `add` of such a guest.
    Add(Guest),
    /// An asynchronous export of this name, and waits until it has resolved.
    Wait(&'static str),
    /// The same, but as something that goes on by itself: the form that a host uses for many calls at once.
    Start(&'static str),
}

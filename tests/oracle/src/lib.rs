//! Calls between two components with values of random types, honest and hostile, through every combination
//! of string encodings and widths of pointers, and what is compared of them.
//!
//! ```text
//!  edge       a function's type and its two sides        component  the text around it
//!  value      a value as bytes and words, and where it can be made wrong
//!  case       one call: what lies in both memories, what both sides answer, how `realloc` lies
//!  guest      a case run: by anything that can call the component's exports
//!  weldc      … which weldc compiled, in this process     fence   with fences around the host's memory
//!  spec       the case as `canonical-abi/definitions.py` has it, through `spec.py`
//!  compare    two accounts of one case
//!  plan       components and their cases, from a seed
//!  fuzz       hostile cases, until something is found or the time is over    host    values as the host gets them
//!  storm      every built-in of concurrency in random order, and a host that does the same
//!  schedule   programs of tasks and streams, and what may happen when they run
//! ```
//! `tests/hostile.rs` runs hostile cases for a second; the program `oracle` in `benches` compares.

pub mod case;
pub mod compare;
pub mod component;
pub mod control;
pub mod edge;
pub mod fence;
pub mod fuzz;
pub mod guest;
pub mod host;
pub mod plan;
pub mod python;
pub mod schedule;
pub mod spec;
pub mod storm;
pub mod value;
pub mod weldc;

pub use plan::{Plan, Shape};

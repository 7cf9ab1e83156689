//! Programs of tasks, subtasks, waitable sets, streams, futures and threads, and what may happen when they run.
//!
//! ```text
//!  program   components, their functions and threads, and the built-ins that each calls one after the other
//!  generate  … from a seed
//!  text      … as a component            spec      … as `canonical-abi/definitions.py` has it, through `semantics.py` and `programs.py`
//!  run       … as weldc compiles it, in this process, in an order that depends on a seed
//!  survey    many of them, and what was found
//! ```
//! What happens is noted by the guests, which tell a function of the host's the result of every built-in, every event
//! and what is in memory. The semantics leave much of the order open; what weldc does must be one of the things
//! that they allow. Where they leave nothing open it is the only one.

pub mod generate;
pub mod program;
pub mod run;
pub mod spec;
pub mod survey;
pub mod text;

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Account {
    /// Who noted something, and what.
    pub log: Vec<[u32; 2]>,
    pub end: End,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// The call has returned, and there was nothing left to do.
    Idle,
    Trap,
    Deadlock,
}

/// Notes the call's result.
pub const RESULT: u32 = 0;

//! What crosses an edge, and what an instance costs: what `edges` measures, and who takes part.
//!
//! ```text
//!  rows      what is measured, and what is to be reached
//!  guests    the components: two that call each other, one and its host, shapes to be instantiated
//!  weldc, wasmtime   run them
//!  native    what the machine can do: the same bytes checked and copied, a call, a page fault
//! ```
//! A row's calls are made by a loop: in a guest, unless it is the host that calls. Each returns a number that
//! depends on what it was given; the sum must be the same for all sides.

pub mod guests;
pub mod native;
pub mod rows;
pub mod wasmtime;
pub mod weldc;

pub use guests::{Guest, Shape};
pub use rows::Work;

/// What the host gives a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FromHost {
    /// Two numbers, the first of which is the last sum.
    Add,
    /// So many bytes of text.
    String(usize),
    /// So many bytes.
    Bytes(usize),
}

/// What is done with an instance before it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    Nothing,
    /// The export `peek` is called once.
    Peek,
    /// A byte of every page of its data is read.
    Read,
    /// A byte of 256 pages is written.
    Write,
}

impl Use {
    /// The export that does it.
    pub fn export(self) -> Option<&'static str> {
        match self {
            Use::Nothing => None,
            Use::Peek => Some("peek"),
            Use::Read => Some("read"),
            Use::Write => Some("write"),
        }
    }
}

/// Bytes as a callee sums them up that looks at the ends.
pub fn ends(bytes: &[u8]) -> u32 {
    let end = |byte: Option<&u8>| byte.copied().map_or(0, u32::from);
    end(bytes.first()).wrapping_add(end(bytes.last())).wrapping_add(bytes.len() as u32)
}

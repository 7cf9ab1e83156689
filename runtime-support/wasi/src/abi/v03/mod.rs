//! What WASI 0.3 has and 0.2 has not, or has with another type.

pub(super) mod cli;
pub(super) mod clocks;
pub(super) mod filesystem;
pub(super) mod random;
pub(super) mod sockets;
mod wit;

pub(crate) use cli::StandardVerdict;
pub(crate) use filesystem::{Entries, FileVerdict, lower_entries};

use super::values::{Opt, Str};
use std::mem::MaybeUninit;

/// A variant whose last case is `other(option<string>)` and whose other cases have no payload. Nothing more is known
/// of any `other` here.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct OrOther {
    tag: u8,
    other: MaybeUninit<Opt<Str>>,
}

impl OrOther {
    fn case(tag: u8) -> OrOther {
        OrOther { tag, other: MaybeUninit::uninit() }
    }

    fn other(tag: u8) -> OrOther {
        OrOther { tag, other: MaybeUninit::new(Opt::new(None)) }
    }

    #[cfg(test)]
    pub(super) fn tag(self) -> u8 {
        self.tag
    }
}

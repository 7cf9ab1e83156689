//! What differs between processors in an ELF object.

mod aarch64;
mod x86_64;

use crate::error::{Error, Result};
use cranelift_codegen::binemit::Reloc;
use target_lexicon::{Architecture, Triple};

/// A processor's part in an object file.
pub trait Target: Sync {
    fn architecture(&self) -> object::Architecture;

    /// What fills the gaps between functions: something that traps when it is run into.
    fn gap(&self) -> u8;

    /// Writes a reference from code to code of the same section, `distance` bytes away.
    fn resolve(&self, kind: Reloc, place: &mut [u8], distance: i64) -> Resolved;

    /// The ELF type of a relocation in code; `undefined` if the symbol is defined elsewhere. `None` for
    /// what would not be position-independent.
    fn relocation(&self, kind: Reloc, undefined: bool) -> Option<u32>;

    /// The ELF type of a 32-bit distance from the place itself.
    fn relative32(&self) -> u32;

    /// The ELF type of an address of 4 or 8 bytes, in sections that are not loaded.
    fn absolute(&self, size: u8) -> u32;
}

/// What became of a reference within the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resolved {
    Done,
    /// Only the linker knows enough.
    Linker,
    /// The instruction cannot reach that far.
    TooFar,
}

/// The target of this triple.
pub fn target(triple: &Triple) -> Result<&'static dyn Target> {
    match triple.architecture {
        Architecture::X86_64 => Ok(&x86_64::X86_64),
        Architecture::Aarch64(_) => Ok(&aarch64::Aarch64),
        _ => Err(Error::new(format!("no object format for target `{triple}`"))),
    }
}

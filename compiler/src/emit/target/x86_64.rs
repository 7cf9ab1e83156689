//! x86-64: everything is a 32-bit distance from the end of the field.

use super::{Resolved, Target};
use cranelift_codegen::binemit::Reloc;
use object::elf;

pub struct X86_64;

impl Target for X86_64 {
    fn architecture(&self) -> object::Architecture {
        object::Architecture::X86_64
    }

    fn gap(&self) -> u8 {
        0xcc // int3
    }

    fn resolve(&self, kind: Reloc, place: &mut [u8], distance: i64) -> Resolved {
        match kind {
            Reloc::X86PCRel4 | Reloc::X86CallPCRel4 | Reloc::X86CallPLTRel4 => {
                let (Ok(distance), Some(place)) = (i32::try_from(distance), place.get_mut(..4))
                else {
                    return Resolved::TooFar;
                };
                place.copy_from_slice(&distance.to_le_bytes());
                Resolved::Done
            }
            _ => Resolved::Linker,
        }
    }

    fn relocation(&self, kind: Reloc, undefined: bool) -> Option<u32> {
        match kind {
            // Calls, and the addresses of functions: that of one in another library is its PLT entry's.
            Reloc::X86CallPCRel4 | Reloc::X86CallPLTRel4 if undefined => Some(elf::R_X86_64_PLT32),
            Reloc::X86PCRel4 if undefined => Some(elf::R_X86_64_PLT32),
            Reloc::X86PCRel4 | Reloc::X86CallPCRel4 => Some(elf::R_X86_64_PC32),
            _ => None,
        }
    }

    fn relative32(&self) -> u32 {
        elf::R_X86_64_PC32
    }

    fn absolute(&self, size: u8) -> u32 {
        if size == 8 { elf::R_X86_64_64 } else { elf::R_X86_64_32 }
    }
}

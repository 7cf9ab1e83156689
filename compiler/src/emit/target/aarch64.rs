//! AArch64: calls reach 128 MiB, addresses are made from a page and an offset in it.

use super::{Resolved, Target};
use cranelift_codegen::binemit::Reloc;
use object::elf;

pub struct Aarch64;

/// Distance that `bl` can span: 26 bits of words, signed.
const CALL_REACH: i64 = 1 << 27;

impl Target for Aarch64 {
    fn architecture(&self) -> object::Architecture {
        object::Architecture::Aarch64
    }

    fn gap(&self) -> u8 {
        0 // `udf #0`
    }

    fn resolve(&self, kind: Reloc, place: &mut [u8], distance: i64) -> Resolved {
        // Pages of an address depend on where the section lies, so only calls can be resolved.
        let Reloc::Arm64Call = kind else { return Resolved::Linker };
        let Some(place) = place.first_chunk_mut::<4>() else { return Resolved::TooFar };
        if !(-CALL_REACH..CALL_REACH).contains(&distance) {
            return Resolved::TooFar;
        }
        let words = (distance >> 2) as u32 & 0x03ff_ffff;
        let opcode = u32::from_le_bytes(*place) & 0xfc00_0000;
        *place = (opcode | words).to_le_bytes();
        Resolved::Done
    }

    fn relocation(&self, kind: Reloc, undefined: bool) -> Option<u32> {
        match kind {
            // `bl` and `b` of other modules may both go through a PLT entry.
            Reloc::Arm64Call => Some(elf::R_AARCH64_CALL26),
            // The address of what another library defines can only come from the GOT.
            _ if undefined => None,
            Reloc::Aarch64AdrPrelPgHi21 => Some(elf::R_AARCH64_ADR_PREL_PG_HI21),
            Reloc::Aarch64AddAbsLo12Nc => Some(elf::R_AARCH64_ADD_ABS_LO12_NC),
            _ => None,
        }
    }

    fn relative32(&self) -> u32 {
        elf::R_AARCH64_PREL32
    }

    fn absolute(&self, size: u8) -> u32 {
        if size == 8 { elf::R_AARCH64_ABS64 } else { elf::R_AARCH64_ABS32 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(distance: i64) -> (Resolved, u32) {
        let mut place = 0x9400_0000_u32.to_le_bytes();
        let resolved = Aarch64.resolve(Reloc::Arm64Call, &mut place, distance);
        (resolved, u32::from_le_bytes(place))
    }

    #[test]
    fn calls_reach_both_ways() {
        assert_eq!(call(8), (Resolved::Done, 0x9400_0002));
        assert_eq!(call(-4), (Resolved::Done, 0x97ff_ffff));
        assert_eq!(call(CALL_REACH - 4), (Resolved::Done, 0x95ff_ffff));
        assert_eq!(call(CALL_REACH).0, Resolved::TooFar);
        assert_eq!(call(-CALL_REACH), (Resolved::Done, 0x9600_0000));
    }
}

//! Relocations of x86-64 (System V psABI, table 4.9).

use super::machine::{Failure, Machine, STUB_SIZE, Values, write, write_i32};
use object::elf;

pub struct X86_64;

impl Machine for X86_64 {
    fn stub(&self, target: u64) -> [u8; STUB_SIZE] {
        let mut stub = [0xcc; STUB_SIZE];
        // jmp *0(%rip), with the address behind it
        stub[..6].copy_from_slice(&[0xff, 0x25, 0, 0, 0, 0]);
        stub[6..14].copy_from_slice(&target.to_le_bytes());
        stub
    }

    fn needs_entry(&self, r_type: u32) -> bool {
        matches!(
            r_type,
            elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX
        )
    }

    fn apply(&self, r_type: u32, place: &mut [u8], values: &Values) -> Result<(), Failure> {
        match r_type {
            elf::R_X86_64_NONE => Ok(()),
            elf::R_X86_64_PC32 => write_i32(place, values.distance(values.symbol)),
            elf::R_X86_64_PLT32 => write_i32(place, values.distance(values.callee)),
            elf::R_X86_64_GOTPCREL | elf::R_X86_64_GOTPCRELX | elf::R_X86_64_REX_GOTPCRELX => {
                write_i32(place, values.distance(values.entry.ok_or(Failure::Unknown)?))
            }
            elf::R_X86_64_PC64 => write(place, values.distance(values.symbol).to_le_bytes()),
            elf::R_X86_64_64 => {
                write(place, values.symbol.wrapping_add_signed(values.addend).to_le_bytes())
            }
            _ => Err(Failure::Unknown),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values() -> Values {
        Values { place: 0x1000, symbol: 0x5000, addend: -4, callee: 0x3000, entry: Some(0x2000) }
    }

    fn apply<const N: usize>(r_type: u32, values: Values) -> Result<[u8; N], Failure> {
        let mut place = [0; N];
        X86_64.apply(r_type, &mut place, &values).map(|()| place)
    }

    #[test]
    fn distances() {
        assert_eq!(apply(elf::R_X86_64_PC32, values()), Ok(0x3ffc_i32.to_le_bytes()));
        assert_eq!(apply(elf::R_X86_64_PLT32, values()), Ok(0x1ffc_i32.to_le_bytes()));
        assert_eq!(apply(elf::R_X86_64_GOTPCREL, values()), Ok(0xffc_i32.to_le_bytes()));
        assert_eq!(apply(elf::R_X86_64_PC64, values()), Ok(0x3ffc_i64.to_le_bytes()));
        assert_eq!(apply(elf::R_X86_64_64, values()), Ok(0x4ffc_u64.to_le_bytes()));
    }

    #[test]
    fn failures() {
        let far = Values { symbol: 1 << 40, ..values() };
        assert_eq!(apply::<4>(elf::R_X86_64_PC32, far), Err(Failure::TooFar));
        assert_eq!(apply::<2>(elf::R_X86_64_PC32, values()), Err(Failure::Outside));
        assert_eq!(apply::<4>(elf::R_X86_64_TPOFF32, values()), Err(Failure::Unknown));
    }
}

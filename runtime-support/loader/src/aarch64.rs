//! Relocations of AArch64 (ELF for the Arm 64-bit Architecture, section 5.7).

use super::machine::{Failure, Machine, STUB_SIZE, Values, write, write_i32};
use object::elf;

pub struct Aarch64;

impl Machine for Aarch64 {
    fn stub(&self, target: u64) -> [u8; STUB_SIZE] {
        let mut stub = [0; STUB_SIZE];
        stub[..4].copy_from_slice(&0x5800_0050_u32.to_le_bytes()); // ldr x16, .+8
        stub[4..8].copy_from_slice(&0xd61f_0200_u32.to_le_bytes()); // br x16
        stub[8..].copy_from_slice(&target.to_le_bytes());
        stub
    }

    fn needs_entry(&self, r_type: u32) -> bool {
        matches!(r_type, elf::R_AARCH64_ADR_GOT_PAGE | elf::R_AARCH64_LD64_GOT_LO12_NC)
    }

    fn apply(&self, r_type: u32, place: &mut [u8], values: &Values) -> Result<(), Failure> {
        let target = values.symbol.wrapping_add_signed(values.addend);
        let low = |address: u64, scale: u32| (address & 0xfff) as u32 >> scale;
        match r_type {
            elf::R_AARCH64_NONE => Ok(()),
            elf::R_AARCH64_ABS64 => write(place, target.to_le_bytes()),
            elf::R_AARCH64_PREL64 => write(place, values.distance(values.symbol).to_le_bytes()),
            elf::R_AARCH64_PREL32 => write_i32(place, values.distance(values.symbol)),
            elf::R_AARCH64_CALL26 | elf::R_AARCH64_JUMP26 => branch(place, values),
            elf::R_AARCH64_ADR_PREL_PG_HI21 => page(place, target, values.place),
            elf::R_AARCH64_ADD_ABS_LO12_NC | elf::R_AARCH64_LDST8_ABS_LO12_NC => {
                immediate12(place, low(target, 0))
            }
            elf::R_AARCH64_LDST16_ABS_LO12_NC => immediate12(place, low(target, 1)),
            elf::R_AARCH64_LDST32_ABS_LO12_NC => immediate12(place, low(target, 2)),
            elf::R_AARCH64_LDST64_ABS_LO12_NC => immediate12(place, low(target, 3)),
            elf::R_AARCH64_LDST128_ABS_LO12_NC => immediate12(place, low(target, 4)),
            elf::R_AARCH64_ADR_GOT_PAGE => {
                page(place, values.entry.ok_or(Failure::Unknown)?, values.place)
            }
            elf::R_AARCH64_LD64_GOT_LO12_NC => {
                immediate12(place, low(values.entry.ok_or(Failure::Unknown)?, 3))
            }
            _ => Err(Failure::Unknown),
        }
    }
}

/// `b` and `bl`: 26 bits of words.
fn branch(place: &mut [u8], values: &Values) -> Result<(), Failure> {
    let distance = values.distance(values.callee);
    if !(-(1 << 27)..1 << 27).contains(&distance) {
        return Err(Failure::TooFar);
    }
    field(place, 0x03ff_ffff, (distance >> 2) as u32)
}

/// `adrp`: 21 bits of pages, the lowest two of them in bits 29 and 30.
fn page(place: &mut [u8], target: u64, from: u64) -> Result<(), Failure> {
    let pages = ((target & !0xfff).wrapping_sub(from & !0xfff) as i64) >> 12;
    if !(-(1 << 20)..1 << 20).contains(&pages) {
        return Err(Failure::TooFar);
    }
    let pages = pages as u32;
    field(place, 0x60ff_ffe0, (pages & 3) << 29 | (pages >> 2 & 0x7_ffff) << 5)
}

/// `add`, `ldr`, `str`: 12 bits from bit 10.
fn immediate12(place: &mut [u8], value: u32) -> Result<(), Failure> {
    field(place, 0xfff << 10, value << 10)
}

/// Replaces the bits of `mask` in the instruction.
fn field(place: &mut [u8], mask: u32, value: u32) -> Result<(), Failure> {
    let instruction = u32::from_le_bytes(*place.first_chunk().ok_or(Failure::Outside)?);
    write(place, ((instruction & !mask) | (value & mask)).to_le_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apply(r_type: u32, instruction: u32, values: Values) -> Result<u32, Failure> {
        let mut place = instruction.to_le_bytes();
        Aarch64.apply(r_type, &mut place, &values).map(|()| u32::from_le_bytes(place))
    }

    fn values() -> Values {
        Values {
            place: 0x40_1004,
            symbol: 0x41_2340,
            addend: 8,
            callee: 0x40_0ff4,
            entry: Some(0x3f_f010),
        }
    }

    #[test]
    fn branches_count_words() {
        assert_eq!(apply(elf::R_AARCH64_CALL26, 0x9400_0000, values()), Ok(0x97ff_fffe));
        assert_eq!(apply(elf::R_AARCH64_JUMP26, 0x1400_0000, values()), Ok(0x17ff_fffe));
        let far = Values { callee: 0x40_1004 + (1 << 27), addend: 0, ..values() };
        assert_eq!(apply(elf::R_AARCH64_CALL26, 0x9400_0000, far), Err(Failure::TooFar));
    }

    #[test]
    fn addresses_are_pages_and_offsets() {
        // 0x412 − 0x401 = 0x11 pages: adrp x0, +0x11000
        assert_eq!(apply(elf::R_AARCH64_ADR_PREL_PG_HI21, 0x9000_0000, values()), Ok(0xb000_0080));
        assert_eq!(apply(elf::R_AARCH64_ADD_ABS_LO12_NC, 0x9100_0000, values()), Ok(0x910d_2000));
        assert_eq!(
            apply(elf::R_AARCH64_LDST64_ABS_LO12_NC, 0xf940_0000, values()),
            Ok(0xf941_a400)
        );
        // 0x3ff − 0x401 = −2 pages
        assert_eq!(apply(elf::R_AARCH64_ADR_GOT_PAGE, 0x9000_0000, values()), Ok(0xd0ff_ffe0));
        assert_eq!(apply(elf::R_AARCH64_LD64_GOT_LO12_NC, 0xf940_0000, values()), Ok(0xf940_0800));
    }

    #[test]
    fn data() {
        assert_eq!(apply(elf::R_AARCH64_PREL32, 0, values()), Ok(0x1_1344));
        assert_eq!(apply(elf::R_AARCH64_ABS64, 0, values()), Err(Failure::Outside));
        assert_eq!(apply(elf::R_AARCH64_TLSLE_ADD_TPREL_HI12, 0, values()), Err(Failure::Unknown));
    }
}

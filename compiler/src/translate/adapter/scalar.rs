//! Values that are one core value: numbers, `bool`, `char`, flags.
//!
//! Between lifting and lowering such a value is in its flat form, with every bit defined: narrow
//! integers extended by their sign, `bool` 0 or 1, `flags` without unknown bits.

use super::super::builder::{Builder, Region};
use super::place::{Address, Dest, Source};
use super::plan;
use super::side::{Side, Space};
use super::transfer::Transfer;
use crate::error::Result;
use crate::types::Type;
use crate::types::layout::flags_size;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Value, types};
use weldc_abi::Trap;

/// Code points from here on are not `char`s.
pub const CHAR_END: i64 = 0x11_0000;
/// Neither are these, which are as many as a power of two and begin at a multiple of that.
pub const SURROGATES: std::ops::Range<i64> = 0xd800..0xe000;

/// How accesses to a checked, aligned value behave. (A guest's memory is little-endian on any target.)
pub fn access(b: &mut Builder<'_>, side: &Side) -> Result<MemFlagsData> {
    let flags = MemFlagsData::trusted();
    match side.space {
        Space::Native | Space::Lifted(_) => Ok(flags),
        Space::Guest(guest) => {
            let region = Region::Memory(guest.memory()?);
            Ok(b.flags_in(region, flags.with_endianness(Endianness::Little)))
        }
    }
}

/// As [`access`], for words that lie anywhere in a checked range.
pub fn unaligned_access(b: &mut Builder<'_>, side: &Side) -> Result<MemFlagsData> {
    let aligned = access(b, side)?;
    let flags = MemFlagsData::new().with_notrap().with_alias_region(aligned.alias_region());
    Ok(match aligned.explicit_endianness() {
        Some(endianness) => flags.with_endianness(endianness),
        None => flags,
    })
}

impl Transfer<'_, '_> {
    /// Lifts and lowers a value that is neither a handle nor made of others.
    pub fn scalar(&mut self, ty: &Type, source: Source<'_>, dest: Dest<'_>) -> Result<()> {
        let value = match source {
            Source::Memory(at) => {
                let value = self.load(ty, at)?;
                self.checked(ty, value)
            }
            Source::Flat(values) => {
                let value = *values.first().ok_or_else(plan::mismatch)?;
                let value = self.extended(ty, value);
                self.checked(ty, value)
            }
        };
        self.put(ty, value, dest)
    }

    /// Loads the flat form of a scalar.
    fn load(&mut self, ty: &Type, at: Address) -> Result<Value> {
        let flags = access(self.b, &self.source)?;
        let Address { base, offset } = at;
        let ins = self.b.ins.ins();
        Ok(match ty {
            Type::Bool | Type::U8 => ins.uload8(types::I32, flags, base, offset),
            Type::S8 => ins.sload8(types::I32, flags, base, offset),
            Type::U16 => ins.uload16(types::I32, flags, base, offset),
            Type::S16 => ins.sload16(types::I32, flags, base, offset),
            Type::U32 | Type::S32 | Type::Char => ins.load(types::I32, flags, base, offset),
            Type::U64 | Type::S64 => ins.load(types::I64, flags, base, offset),
            Type::F32 => ins.load(types::F32, flags, base, offset),
            Type::F64 => ins.load(types::F64, flags, base, offset),
            Type::Flags(labels) => self.load_unsigned(flags_size(labels.len()), at)?,
            _ => return Err(plan::mismatch()),
        })
    }

    /// Loads an unsigned integer of 1, 2 or 4 bytes from the source as an `i32`.
    pub fn load_unsigned(&mut self, size: u32, at: Address) -> Result<Value> {
        let flags = access(self.b, &self.source)?;
        let ins = self.b.ins.ins();
        Ok(match size {
            1 => ins.uload8(types::I32, flags, at.base, at.offset),
            2 => ins.uload16(types::I32, flags, at.base, at.offset),
            _ => ins.load(types::I32, flags, at.base, at.offset),
        })
    }

    /// A flat value of the source with the bits above its type's width defined: the specification
    /// ignores them in guests' values, and C leaves them undefined on some targets.
    fn extended(&mut self, ty: &Type, value: Value) -> Value {
        let ins = self.b.ins.ins();
        match ty {
            Type::U8 => ins.band_imm_u(value, 0xff),
            Type::U16 => ins.band_imm_u(value, 0xffff),
            Type::Bool if self.source.is_native() => ins.band_imm_u(value, 0xff),
            Type::S8 | Type::S16 => {
                let width = if *ty == Type::S8 { types::I8 } else { types::I16 };
                let narrow = ins.ireduce(width, value);
                self.b.ins.ins().sextend(types::I32, narrow)
            }
            _ => value,
        }
    }

    /// Checks what not every bit pattern is valid for.
    fn checked(&mut self, ty: &Type, value: Value) -> Value {
        match ty {
            Type::Bool => {
                let set = self.b.ins.ins().icmp_imm_u(IntCC::NotEqual, value, 0);
                self.b.ins.ins().uextend(types::I32, set)
            }
            Type::Char => {
                self.check_char(value);
                value
            }
            Type::Flags(labels) if labels.len() < 32 => {
                let mask = (1i64 << labels.len()) - 1;
                self.b.ins.ins().band_imm_u(value, mask)
            }
            _ => value,
        }
    }

    fn check_char(&mut self, value: Value) {
        let ins = &mut self.b.ins;
        let beyond = ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThanOrEqual, value, CHAR_END);
        let from_surrogates = ins.ins().iadd_imm_s(value, -SURROGATES.start);
        let count = SURROGATES.end - SURROGATES.start;
        let surrogate = ins.ins().icmp_imm_u(IntCC::UnsignedLessThan, from_surrogates, count);
        let bad = ins.ins().bor(beyond, surrogate);
        self.b.trap_if(bad, Trap::InvalidChar);
    }

    /// Lowers a scalar that is in its flat form.
    fn put(&mut self, ty: &Type, value: Value, dest: Dest<'_>) -> Result<()> {
        let size = match ty {
            Type::Bool | Type::S8 | Type::U8 => 1,
            Type::S16 | Type::U16 => 2,
            Type::Flags(labels) => flags_size(labels.len()),
            _ => 8,
        };
        self.put_sized(value, size, dest)
    }

    /// Lowers a core value: as it is, or its low `size` bytes (4 and more mean all of it).
    pub fn put_sized(&mut self, value: Value, size: u32, dest: Dest<'_>) -> Result<()> {
        match dest {
            Dest::Flat(values) => {
                values.push(value);
                Ok(())
            }
            Dest::Memory(at) => self.store(value, size, at),
        }
    }

    /// Stores the low `size` bytes of a value; 4 and more mean all of it.
    pub fn store(&mut self, value: Value, size: u32, at: Address) -> Result<()> {
        let flags = access(self.b, &self.dest)?;
        let ins = self.b.ins.ins();
        match size {
            1 => ins.istore8(flags, value, at.base, at.offset),
            2 => ins.istore16(flags, value, at.base, at.offset),
            _ => ins.store(flags, value, at.base, at.offset),
        };
        Ok(())
    }
}

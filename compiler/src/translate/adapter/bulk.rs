//! Values that are nearly the same bytes on both sides: what differs is only which of their bits mean anything, or
//! what must be looked at before they are believed. They are moved in the widest words that the machine has, and
//! lists of them by vectors.
//!
//! Gaps between fields stay as they are: what is in the source's was never meant for the destination. Bits of flags
//! that have no label are cleared on the way.

use super::control::Runs;
use super::place::{Address, Dest, Source};
use super::scalar::{self, CHAR_END, SURROGATES};
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::layout::discriminant_size;
use crate::types::{Abi, Type, Types};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{ConstantData, InstBuilder, Value, types};
use weldc_abi::Trap;

/// Bytes of the largest value that is moved in words where it occurs.
const MOST: usize = 128;
/// Bytes of a vector.
const VECTOR: u32 = 16;

/// A byte of a value: which of its bits mean anything, or that it belongs to no field.
pub type Byte = Option<u8>;

/// What is done to every value of a run on the way.
pub enum Bulk {
    /// Bits are cleared that mean nothing.
    Masked(Vec<Byte>),
    /// Anything but 0 becomes 1.
    Bool,
    /// Values from some number of lanes on are refused; `char`s, what is no scalar value.
    Char,
    Enum {
        size: u32,
        cases: usize,
    },
}

/// What is done to consecutive values of these types, if that is the same for all.
pub fn of(types: &Types, ids: &[TypeId]) -> Option<Bulk> {
    if let &[id] = ids {
        match types.get(id) {
            Type::Bool => return Some(Bulk::Bool),
            Type::Char => return Some(Bulk::Char),
            Type::Enum(labels) => {
                let (size, cases) = (discriminant_size(labels.len()), labels.len());
                return Some(Bulk::Enum { size, cases });
            }
            _ => {}
        }
    }
    masks(types, ids).map(Bulk::Masked)
}

/// The bytes of consecutive values; `None` if they are more than numbers and flags, or too many. Their layout is the
/// same on every side.
pub fn masks(types: &Types, ids: &[TypeId]) -> Option<Vec<Byte>> {
    let (_, whole) = types.product(Abi::NATIVE, ids);
    let mut masks = vec![None; usize::try_from(whole.size).ok().filter(|&size| size <= MOST)?];
    mark_product(types, ids, &mut masks)?;
    Some(masks)
}

fn mark_product(types: &Types, ids: &[TypeId], masks: &mut [Byte]) -> Option<()> {
    let (offsets, _) = types.product(Abi::NATIVE, ids);
    ids.iter().zip(offsets).try_for_each(|(&id, at)| mark(types, id, masks.get_mut(at as usize..)?))
}

fn mark(types: &Types, id: TypeId, masks: &mut [Byte]) -> Option<()> {
    let size = types.layout(Abi::NATIVE, id).size as usize;
    let masks = masks.get_mut(..size)?;
    match types.get(id) {
        Type::S8 | Type::U8 | Type::S16 | Type::U16 | Type::S32 | Type::U32 => {
            masks.fill(Some(0xff));
        }
        Type::S64 | Type::U64 | Type::F32 | Type::F64 => masks.fill(Some(0xff)),
        Type::Flags(labels) => {
            let known = (1u64 << labels.len()) - 1;
            let known = known.to_le_bytes();
            masks.iter_mut().zip(known).for_each(|(mask, known)| *mask = Some(known));
        }
        Type::FixedList(element, _) => {
            let size = types.layout(Abi::NATIVE, *element).size.max(1) as usize;
            masks.chunks_mut(size).try_for_each(|masks| mark(types, *element, masks))?;
        }
        Type::Record(_) | Type::Tuple(_) => mark_product(types, &types.children(id), masks)?,
        _ => return None,
    }
    Some(())
}

/// Which bits of the destination stay.
fn gap(mask: Byte) -> u8 {
    if mask.is_none() { 0xff } else { 0 }
}

/// A loop over vectors: what it keeps from one to the next.
struct Vectors {
    ty: cranelift_codegen::ir::Type,
    /// Values that each vector is worked on with.
    constants: Vec<Value>,
    /// Bits of the destination that stay, if there are any.
    gaps: Option<Value>,
    /// What is wrong if any lane is found to be.
    trap: Option<Trap>,
}

impl Transfer<'_, '_> {
    /// Moves a value in words that have no gaps.
    pub fn words(&mut self, masks: &[Byte], source: Address, dest: Address) -> Result<()> {
        self.words_of(masks, source, dest, |rest| {
            let run = rest.iter().position(Option::is_none).unwrap_or(rest.len());
            1 << run.min(VECTOR as usize).ilog2()
        })
    }

    /// Moves one of many values, in as few words as there can be: what lies in their gaps is loaded from the
    /// destination, which is better than more stores, but not where something else has just been stored there.
    fn wide_words(&mut self, masks: &[Byte], source: Address, dest: Address) -> Result<()> {
        self.words_of(masks, source, dest, |rest| {
            let mut size = 1 << rest.len().min(VECTOR as usize).ilog2();
            while size > 1 && rest[size / 2..size].iter().all(Option::is_none) {
                size /= 2;
            }
            size
        })
    }

    /// Moves a value in words that begin where no gap is, as wide as `width` says of what is left.
    fn words_of(
        &mut self,
        masks: &[Byte],
        source: Address,
        dest: Address,
        width: impl Fn(&[Byte]) -> usize,
    ) -> Result<()> {
        let mut at = 0;
        while let Some(gap) = masks[at..].iter().position(Option::is_some) {
            at += gap;
            let (offset, size) = (at as u32, width(&masks[at..]));
            self.word(&masks[at..at + size], source.plus(offset), dest.plus(offset))?;
            at += size;
        }
        Ok(())
    }

    fn word(&mut self, masks: &[Byte], source: Address, dest: Address) -> Result<()> {
        let ty = match masks.len() {
            1 => types::I8,
            2 => types::I16,
            4 => types::I32,
            8 => types::I64,
            _ => types::I8X16,
        };
        let from = scalar::unaligned_access(self.b, &self.source)?;
        let to = scalar::unaligned_access(self.b, &self.dest)?;
        let mut value = self.b.ins.ins().load(ty, from, source.base, source.offset);
        if masks.iter().any(|&mask| mask != Some(0xff)) {
            let mask = self.constant(ty, masks.iter().map(|mask| mask.unwrap_or(0)));
            value = self.b.ins.ins().band(value, mask);
        }
        if masks.contains(&None) {
            let gaps = self.constant(ty, masks.iter().map(|&mask| gap(mask)));
            let old = self.b.ins.ins().load(ty, to, dest.base, dest.offset);
            let old = self.b.ins.ins().band(old, gaps);
            value = self.b.ins.ins().bor(value, old);
        }
        self.b.ins.ins().store(to, value, dest.base, dest.offset);
        Ok(())
    }

    /// A word or vector of these bytes.
    fn constant(
        &mut self,
        ty: cranelift_codegen::ir::Type,
        bytes: impl DoubleEndedIterator<Item = u8>,
    ) -> Value {
        if ty.is_vector() {
            return self.vector(&bytes.collect::<Vec<u8>>());
        }
        let bits = bytes.rev().fold(0, |bits, byte| bits << 8 | i64::from(byte));
        self.b.ins.ins().iconst(ty, bits)
    }

    fn vector(&mut self, bytes: &[u8]) -> Value {
        let constant = self.b.ins.func.dfg.constants.insert(ConstantData::from(bytes));
        self.b.ins.ins().vconst(types::I8X16, constant)
    }

    /// Transfers a run of values of these types, each of which `bulk` is done to.
    pub fn bulk(&mut self, bulk: &Bulk, from: &[TypeId], to: &[TypeId], runs: Runs) -> Result<()> {
        let fits = VECTOR.is_multiple_of(runs.source_stride.max(1));
        if let (Bulk::Masked(masks), false) = (bulk, fits) {
            return self.for_each(runs, |this, source, dest| this.wide_words(masks, source, dest));
        }
        let rest = self.for_each_vector(bulk, runs)?;
        if runs.source_stride == VECTOR {
            return Ok(());
        }
        self.for_each(rest, |this, source, dest| {
            this.fields(from, Source::Memory(source), to, Dest::Memory(dest))
        })
    }

    /// Prints a loop over the whole vectors of a run; gives what they leave over. What is wrong is noted, and the zone
    /// ended behind the loop.
    fn for_each_vector(&mut self, bulk: &Bulk, runs: Runs) -> Result<Runs> {
        let vectors = self.vectors(bulk);
        let left = self.b.ins.ins().band_imm_u(runs.source_bytes, i64::from(VECTOR) - 1);
        let whole = self.b.ins.ins().isub(runs.source_bytes, left);
        let end = self.b.ins.ins().iadd(runs.source, whole);
        let from = scalar::unaligned_access(self.b, &self.source)?;
        let to = scalar::unaligned_access(self.b, &self.dest)?;
        let good: Vec<Value> =
            vectors.trap.map(|_| self.splat(vectors.ty, 0)).into_iter().collect();
        let first = [runs.source, runs.dest];
        let body = |this: &mut Self, [source, dest]: [Value; 2], wrong: &[Value]| {
            let value = this.b.ins.ins().load(vectors.ty, from, source, 0);
            let (mut value, here) = this.work(bulk, &vectors.constants, value);
            if let Some(gaps) = vectors.gaps {
                let old = this.b.ins.ins().load(vectors.ty, to, dest, 0);
                let old = this.b.ins.ins().band(old, gaps);
                value = this.b.ins.ins().bor(value, old);
            }
            this.b.ins.ins().store(to, value, dest, 0);
            let so_far = wrong.iter().zip(here);
            Ok(so_far.map(|(&wrong, here)| this.b.ins.ins().bor(wrong, here)).collect())
        };
        let ([source, dest], wrong) = self.step_through(first, [VECTOR; 2], end, &good, body)?;
        if let (Some(trap), Some(&wrong)) = (vectors.trap, wrong.first()) {
            let any = self.b.ins.ins().vany_true(wrong);
            self.b.trap_if(any, trap);
        }
        Ok(Runs { source, source_bytes: left, dest, ..runs })
    }

    /// What the vectors of a run are worked on with.
    fn vectors(&mut self, bulk: &Bulk) -> Vectors {
        let (ty, lanes, trap) = match bulk {
            Bulk::Masked(masks) => {
                let masks: Vec<Byte> =
                    masks.iter().copied().cycle().take(VECTOR as usize).collect();
                let gaps: Vec<u8> = masks.iter().map(|&mask| gap(mask)).collect();
                let masks: Vec<u8> = masks.iter().map(|mask| mask.unwrap_or(0)).collect();
                let gaps = gaps.contains(&0xff).then(|| self.vector(&gaps));
                let constants = vec![self.vector(&masks)];
                return Vectors { ty: types::I8X16, constants, gaps, trap: None };
            }
            Bulk::Bool => (types::I8X16, vec![1], None),
            Bulk::Char => {
                let surrogates = SURROGATES.end - SURROGATES.start;
                let lanes = vec![CHAR_END - 1, -surrogates, SURROGATES.start];
                (types::I32X4, lanes, Some(Trap::InvalidChar))
            }
            Bulk::Enum { size, cases } => {
                let ty = match size {
                    1 => types::I8X16,
                    2 => types::I16X8,
                    _ => types::I32X4,
                };
                (ty, vec![*cases as i64 - 1], Some(Trap::InvalidDiscriminant))
            }
        };
        let constants = lanes.into_iter().map(|lane| self.splat(ty, lane)).collect();
        Vectors { ty, constants, gaps: None, trap }
    }

    fn splat(&mut self, ty: cranelift_codegen::ir::Type, lane: i64) -> Value {
        let size = ty.lane_type().bytes() as usize;
        let lane = &lane.to_le_bytes()[..size];
        let bytes: Vec<u8> = lane.iter().copied().cycle().take(VECTOR as usize).collect();
        let constant = self.b.ins.func.dfg.constants.insert(ConstantData::from(&bytes[..]));
        self.b.ins.ins().vconst(ty, constant)
    }

    /// The destination's vector, and which lanes are wrong, if any can be.
    fn work(&mut self, bulk: &Bulk, constants: &[Value], value: Value) -> (Value, Option<Value>) {
        let ins = &mut self.b.ins;
        match (bulk, constants) {
            (Bulk::Masked(_), &[mask]) => (ins.ins().band(value, mask), None),
            (Bulk::Bool, &[one]) => (ins.ins().umin(value, one), None),
            (Bulk::Char, &[last, mask, surrogate]) => {
                let beyond = ins.ins().icmp(IntCC::UnsignedGreaterThan, value, last);
                let block = ins.ins().band(value, mask);
                let is_surrogate = ins.ins().icmp(IntCC::Equal, block, surrogate);
                (value, Some(ins.ins().bor(beyond, is_surrogate)))
            }
            (Bulk::Enum { .. }, &[last]) => {
                (value, Some(ins.ins().icmp(IntCC::UnsignedGreaterThan, value, last)))
            }
            _ => (value, None),
        }
    }
}

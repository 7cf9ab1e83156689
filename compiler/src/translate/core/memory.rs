//! Loads and stores.
//!
//! In a guarded memory the address space behind the base is reserved for every 32-bit index and a constant
//! offset below `GUARD_BYTES`, so an access out of bounds faults and is found by its address. Everywhere
//! else the bounds are checked before, in a form that cannot overflow, unless a check of the same index that is
//! passed on every way here tells.

use super::state::Translation;
use crate::error::{Error, Result};
use crate::index::MemoryId;
use crate::translate::builder::{Builder, Region, WORD};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{F32, F64, I8, I16, I32, I64};
use cranelift_codegen::ir::{
    DataFlowGraph, Endianness, InstBuilder, MemFlagsData, Opcode, TrapCode, Type, Value,
};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::{MemArg, MemArgTarget, Operator};
use weldc_abi::{GUARD_BYTES, Trap, context};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    Ok(load_operator(t, op)? || store_operator(t, op)?)
}

fn load_operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    use Operator::*;
    match op {
        I32Load { memarg } => load(t, memarg, I32),
        I64Load { memarg } => load(t, memarg, I64),
        F32Load { memarg } => load(t, memarg, F32),
        F64Load { memarg } => load(t, memarg, F64),
        I32Load8S { memarg } => {
            load_as(t, memarg, 1, |i, a| i.sload8(I32, a.flags, a.at, a.offset))
        }
        I32Load8U { memarg } => {
            load_as(t, memarg, 1, |i, a| i.uload8(I32, a.flags, a.at, a.offset))
        }
        I32Load16S { memarg } => {
            load_as(t, memarg, 2, |i, a| i.sload16(I32, a.flags, a.at, a.offset))
        }
        I32Load16U { memarg } => {
            load_as(t, memarg, 2, |i, a| i.uload16(I32, a.flags, a.at, a.offset))
        }
        I64Load8S { memarg } => {
            load_as(t, memarg, 1, |i, a| i.sload8(I64, a.flags, a.at, a.offset))
        }
        I64Load8U { memarg } => {
            load_as(t, memarg, 1, |i, a| i.uload8(I64, a.flags, a.at, a.offset))
        }
        I64Load16S { memarg } => {
            load_as(t, memarg, 2, |i, a| i.sload16(I64, a.flags, a.at, a.offset))
        }
        I64Load16U { memarg } => {
            load_as(t, memarg, 2, |i, a| i.uload16(I64, a.flags, a.at, a.offset))
        }
        I64Load32S { memarg } => load_as(t, memarg, 4, |i, a| i.sload32(a.flags, a.at, a.offset)),
        I64Load32U { memarg } => load_as(t, memarg, 4, |i, a| i.uload32(a.flags, a.at, a.offset)),
        _ => return Ok(false),
    }
    .map(|()| true)
}

fn store_operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    use Operator::*;
    match op {
        I32Store { memarg } | F32Store { memarg } => store(t, memarg, 4),
        I64Store { memarg } | F64Store { memarg } => store(t, memarg, 8),
        I32Store8 { memarg } | I64Store8 { memarg } => store_low(t, memarg, I8),
        I32Store16 { memarg } | I64Store16 { memarg } => store_low(t, memarg, I16),
        I64Store32 { memarg } => {
            store_as(t, memarg, 4, |i, a, value| i.istore32(a.flags, value, a.at, a.offset))
        }
        _ => return Ok(false),
    }
    .map(|()| true)
}

/// A place in a linear memory that an instruction may access.
pub(super) struct Access {
    pub flags: MemFlagsData,
    pub at: Value,
    pub offset: i32,
}

type Ins<'s, 'l> = FuncInstBuilder<'s, 'l>;

pub(super) fn load(t: &mut Translation<'_>, memarg: &MemArg, ty: Type) -> Result<()> {
    load_as(t, memarg, ty.bytes(), |i, a| i.load(ty, a.flags, a.at, a.offset))
}

pub(super) fn load_as(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    bytes: u32,
    emit: impl FnOnce(Ins<'_, '_>, Access) -> Value,
) -> Result<()> {
    let index = t.pop_index();
    if let Some(access) = access(t, memarg, index, bytes)? {
        let value = emit(t.ins(), access);
        t.push(value);
    }
    Ok(())
}

pub(super) fn store(t: &mut Translation<'_>, memarg: &MemArg, bytes: u32) -> Result<()> {
    store_as(t, memarg, bytes, |i, a, value| i.store(a.flags, value, a.at, a.offset))
}

/// Stores the low part of an operand. Unlike `istore8` and `istore16`, this can store a constant without a
/// register, and masks that do not matter fall away.
fn store_low(t: &mut Translation<'_>, memarg: &MemArg, ty: Type) -> Result<()> {
    let value = t.pop();
    let low = t.ins().ireduce(ty, value);
    t.push(low);
    store(t, memarg, ty.bytes())
}

fn store_as<R>(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    bytes: u32,
    emit: impl FnOnce(Ins<'_, '_>, Access, Value) -> R,
) -> Result<()> {
    let value = t.pop();
    let index = t.pop_index();
    if let Some(access) = access(t, memarg, index, bytes)? {
        emit(t.ins(), access, value);
    }
    Ok(())
}

/// Where `index` and the immediate offset lead. If that is out of bounds whatever `index` is, then this
/// traps, what follows is unreachable, and there is no such place.
pub(super) fn access(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    index: Value,
    bytes: u32,
) -> Result<Option<Access>> {
    let id = target(t, memarg)?;
    let Some(end) = end(t, id, memarg, bytes) else { return Ok(None) };
    let place = &t.builder.env.layout.memories[id];
    let flags = MemFlagsData::new().with_endianness(Endianness::Little);
    let flags = if place.guarded && end <= GUARD_BYTES {
        flags.with_trap_code(Some(TrapCode::HEAP_OUT_OF_BOUNDS))
    } else {
        check_once(t, id, index, end);
        flags.with_notrap()
    };
    let flags = t.builder.flags_in(Region::Memory(id), flags);
    let base = base(&mut t.builder, id);
    let at = t.ins().iadd(base, index);
    Ok(Some(match i32::try_from(memarg.offset) {
        Ok(offset) => Access { flags, at, offset },
        Err(_) => {
            let offset = t.builder.iconst(memarg.offset as i64);
            Access { flags, at: t.ins().iadd(at, offset), offset: 0 }
        }
    }))
}

/// The address that `index` and the immediate offset lead to; traps unless `bytes` from there on are in
/// bounds. `None` as from [`access`].
pub(super) fn address(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    index: Value,
    bytes: u32,
) -> Result<Option<Value>> {
    let id = target(t, memarg)?;
    let Some(end) = end(t, id, memarg, bytes) else { return Ok(None) };
    check_once(t, id, index, end);
    let base = base(&mut t.builder, id);
    let at = t.ins().iadd(base, index);
    Ok(Some(t.ins().iadd_imm_s(at, memarg.offset as i64)))
}

/// The memory that an operator is about.
pub(super) fn target(t: &Translation<'_>, memarg: &MemArg) -> Result<MemoryId> {
    match memarg.target {
        MemArgTarget::Memory(memory) => Ok(t.instance.memories[memory as usize]),
        _ => Err(Error::new("accesses to arrays are not supported")),
    }
}

/// Where an access at index 0 ends. If no memory of this type is so long, this traps.
fn end(t: &mut Translation<'_>, id: MemoryId, memarg: &MemArg, bytes: u32) -> Option<u64> {
    let maximum = t.builder.env.layout.memories[id].maximum;
    let end = memarg.offset.checked_add(u64::from(bytes)).filter(|&end| end <= maximum);
    if end.is_none() {
        t.trap(Trap::MemoryOutOfBounds);
    }
    end
}

/// Traps unless `index + end` is at most the memory's length, if it is not known to be: memories never
/// shrink, so what was in bounds once, and what lies before it, still is.
fn check_once(t: &mut Translation<'_>, id: MemoryId, index: Value, end: u64) {
    let key = (id, narrow(&t.builder.ins.func.dfg, index));
    if t.checked.get(&key).is_some_and(|&known| end <= known) {
        return;
    }
    check(&mut t.builder, id, index, end);
    t.checked.insert(key, end);
}

/// What an index is the extension of: every access makes one of its own.
fn narrow(dfg: &DataFlowGraph, index: Value) -> Value {
    let index = dfg.resolve_aliases(index);
    match dfg.value_def(index).inst() {
        Some(inst) if dfg.insts[inst].opcode() == Opcode::Uextend => {
            dfg.resolve_aliases(dfg.inst_args(inst)[0])
        }
        _ => index,
    }
}

/// Traps unless `index + end` is at most the memory's length.
fn check(b: &mut Builder<'_>, id: MemoryId, index: Value, end: u64) {
    let length = length(b, id);
    if end > b.env.layout.memories[id].minimum {
        let short = b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThan, length, end as i64);
        b.trap_if(short, Trap::MemoryOutOfBounds);
    }
    // A memory never shrinks, so there are `end` bytes at least.
    let room = b.ins.ins().iadd_imm_s(length, (end as i64).wrapping_neg());
    let outside = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, index, room);
    b.trap_if(outside, Trap::MemoryOutOfBounds);
}

/// The address of a memory's first byte.
pub(in crate::translate) fn base(b: &mut Builder<'_>, id: MemoryId) -> Value {
    let state = b.env.layout.memories[id].state as i32;
    b.load_context_readonly(WORD, state + context::memory::BASE)
}

/// A memory's length in bytes.
pub(in crate::translate) fn length(b: &mut Builder<'_>, id: MemoryId) -> Value {
    let place = &b.env.layout.memories[id];
    if place.minimum == place.maximum {
        return b.iconst(place.minimum as i64);
    }
    b.load_context(WORD, place.state as i32 + context::memory::LENGTH)
}

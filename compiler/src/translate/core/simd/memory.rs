//! Loads and stores of vectors and of their lanes.

use super::super::memory::{access, load, load_as, store};
use super::super::state::Translation;
use super::{Ins, V128};
use crate::error::Result;
use cranelift_codegen::ir::types::{F32X4, F64X2, I8X16, I16X8, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::{MemArg, Operator};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    Ok(load_operator(t, op)? || lane_operator(t, op)?)
}

fn load_operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    use Operator::*;
    match op {
        V128Load { memarg } => load(t, memarg, V128),
        V128Load8x8S { memarg } => {
            load_as(t, memarg, 8, |i, a| i.sload8x8(a.flags, a.at, a.offset))
        }
        V128Load8x8U { memarg } => {
            load_as(t, memarg, 8, |i, a| i.uload8x8(a.flags, a.at, a.offset))
        }
        V128Load16x4S { memarg } => {
            load_as(t, memarg, 8, |i, a| i.sload16x4(a.flags, a.at, a.offset))
        }
        V128Load16x4U { memarg } => {
            load_as(t, memarg, 8, |i, a| i.uload16x4(a.flags, a.at, a.offset))
        }
        V128Load32x2S { memarg } => {
            load_as(t, memarg, 8, |i, a| i.sload32x2(a.flags, a.at, a.offset))
        }
        V128Load32x2U { memarg } => {
            load_as(t, memarg, 8, |i, a| i.uload32x2(a.flags, a.at, a.offset))
        }
        V128Load8Splat { memarg } => load_splat(t, memarg, I8X16),
        V128Load16Splat { memarg } => load_splat(t, memarg, I16X8),
        V128Load32Splat { memarg } => load_splat(t, memarg, F32X4),
        V128Load64Splat { memarg } => load_splat(t, memarg, F64X2),
        V128Load32Zero { memarg } => load_zero(t, memarg, F32X4),
        V128Load64Zero { memarg } => load_zero(t, memarg, F64X2),
        _ => return Ok(false),
    }
    .map(|()| true)
}

fn lane_operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    use Operator::*;
    match op {
        V128Store { memarg } => store(t, memarg, 16),
        V128Load8Lane { memarg, lane } => load_lane(t, memarg, I8X16, *lane),
        V128Load16Lane { memarg, lane } => load_lane(t, memarg, I16X8, *lane),
        V128Load32Lane { memarg, lane } => load_lane(t, memarg, I32X4, *lane),
        V128Load64Lane { memarg, lane } => load_lane(t, memarg, I64X2, *lane),
        V128Store8Lane { memarg, lane } => store_lane(t, memarg, I8X16, *lane),
        V128Store16Lane { memarg, lane } => store_lane(t, memarg, I16X8, *lane),
        V128Store32Lane { memarg, lane } => store_lane(t, memarg, I32X4, *lane),
        V128Store64Lane { memarg, lane } => store_lane(t, memarg, I64X2, *lane),
        _ => return Ok(false),
    }
    .map(|()| true)
}

fn load_splat(t: &mut Translation<'_>, memarg: &MemArg, ty: Type) -> Result<()> {
    load_then(t, memarg, ty.lane_type(), |i, x| i.splat(ty, x))
}

/// One lane, the others zero.
fn load_zero(t: &mut Translation<'_>, memarg: &MemArg, ty: Type) -> Result<()> {
    load_then(t, memarg, ty.lane_type(), |i, x| i.scalar_to_vector(ty, x))
}

fn load_lane(t: &mut Translation<'_>, memarg: &MemArg, ty: Type, lane: u8) -> Result<()> {
    let vector = t.pop_lanes(ty);
    load_then(t, memarg, ty.lane_type(), |i, x| i.insertlane(vector, x, lane))
}

/// Loads a lane and makes a vector of it.
fn load_then(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    lane: Type,
    emit: impl FnOnce(Ins<'_, '_>, Value) -> Value,
) -> Result<()> {
    let index = t.pop_index();
    if let Some(a) = access(t, memarg, index, lane.bytes())? {
        let x = t.ins().load(lane, a.flags, a.at, a.offset);
        let value = emit(t.ins(), x);
        t.push(value);
    }
    Ok(())
}

fn store_lane(t: &mut Translation<'_>, memarg: &MemArg, ty: Type, lane: u8) -> Result<()> {
    let vector = t.pop_lanes(ty);
    let x = t.ins().extractlane(vector, lane);
    t.push(x);
    store(t, memarg, ty.lane_type().bytes())
}

//! Constants, and operators that move lanes: splat, extract, replace, shuffle, swizzle.

use super::super::state::Translation;
use super::{V128, binary, unary};
use cranelift_codegen::ir::types::{F32X4, F64X2, I8, I8X16, I16, I16X8, I32, I32X4, I64X2};
use cranelift_codegen::ir::{ConstantData, InstBuilder, Type};
use wasmparser::Operator;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match *op {
        V128Const { value } => constant(t, value.bytes(), V128),
        I8x16Splat => splat(t, I8X16),
        I16x8Splat => splat(t, I16X8),
        I32x4Splat => splat(t, I32X4),
        I64x2Splat => splat(t, I64X2),
        F32x4Splat => splat(t, F32X4),
        F64x2Splat => splat(t, F64X2),
        I8x16ExtractLaneS { lane } => extract(t, I8X16, lane, true),
        I8x16ExtractLaneU { lane } => extract(t, I8X16, lane, false),
        I16x8ExtractLaneS { lane } => extract(t, I16X8, lane, true),
        I16x8ExtractLaneU { lane } => extract(t, I16X8, lane, false),
        I32x4ExtractLane { lane } => unary(t, I32X4, |i, x| i.extractlane(x, lane)),
        I64x2ExtractLane { lane } => unary(t, I64X2, |i, x| i.extractlane(x, lane)),
        F32x4ExtractLane { lane } => unary(t, F32X4, |i, x| i.extractlane(x, lane)),
        F64x2ExtractLane { lane } => unary(t, F64X2, |i, x| i.extractlane(x, lane)),
        I8x16ReplaceLane { lane } => replace(t, I8X16, lane),
        I16x8ReplaceLane { lane } => replace(t, I16X8, lane),
        I32x4ReplaceLane { lane } => replace(t, I32X4, lane),
        I64x2ReplaceLane { lane } => replace(t, I64X2, lane),
        F32x4ReplaceLane { lane } => replace(t, F32X4, lane),
        F64x2ReplaceLane { lane } => replace(t, F64X2, lane),
        I8x16Shuffle { lanes } => shuffle(t, lanes),
        I8x16Swizzle => binary(t, I8X16, |i, x, y| i.swizzle(x, y)),
        _ => return false,
    }
    true
}

/// Pushes a constant whose bytes are `bytes`, lowest address first.
pub(super) fn constant(t: &mut Translation<'_>, bytes: &[u8; 16], ty: Type) {
    let constant = t.builder.ins.func.dfg.constants.insert(bytes.as_slice().into());
    let value = t.ins().vconst(ty, constant);
    t.push(value);
}

fn splat(t: &mut Translation<'_>, ty: Type) {
    pop_narrow(t, ty);
    let x = t.pop();
    let value = t.ins().splat(ty, x);
    t.push(value);
}

fn replace(t: &mut Translation<'_>, ty: Type, lane: u8) {
    pop_narrow(t, ty);
    let x = t.pop();
    unary(t, ty, |i, vector| i.insertlane(vector, x, lane));
}

/// Lanes narrower than 32 bits take the low bits of an `i32`.
fn pop_narrow(t: &mut Translation<'_>, ty: Type) {
    let lane = ty.lane_type();
    if matches!(lane, I8 | I16) {
        let x = t.pop();
        let low = t.ins().ireduce(lane, x);
        t.push(low);
    }
}

fn extract(t: &mut Translation<'_>, ty: Type, lane: u8, signed: bool) {
    let vector = t.pop_lanes(ty);
    let x = t.ins().extractlane(vector, lane);
    let value = if signed { t.ins().sextend(I32, x) } else { t.ins().uextend(I32, x) };
    t.push(value);
}

fn shuffle(t: &mut Translation<'_>, lanes: [u8; 16]) {
    let lanes = ConstantData::from(lanes.as_slice());
    let lanes = t.builder.ins.func.dfg.immediates.push(lanes);
    binary(t, I8X16, |i, x, y| i.shuffle(x, y, lanes));
}

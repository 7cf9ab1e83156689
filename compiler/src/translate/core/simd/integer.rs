//! Arithmetic on vectors of integers. One line per operator.

use super::super::state::Translation;
use super::{Ins, binary, unary};
use cranelift_codegen::ir::types::{I8X16, I16X8, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    bytes(t, op) || halves(t, op) || words(t, op) || doubles(t, op) || widening(t, op)
}

fn bytes(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I8x16Abs => unary(t, I8X16, |i, x| i.iabs(x)),
        I8x16Neg => unary(t, I8X16, |i, x| i.ineg(x)),
        I8x16Popcnt => unary(t, I8X16, |i, x| i.popcnt(x)),
        I8x16Shl => shift(t, I8X16, |i, x, n| i.ishl(x, n)),
        I8x16ShrS => shift(t, I8X16, |i, x, n| i.sshr(x, n)),
        I8x16ShrU => shift(t, I8X16, |i, x, n| i.ushr(x, n)),
        I8x16Add => binary(t, I8X16, |i, x, y| i.iadd(x, y)),
        I8x16AddSatS => binary(t, I8X16, |i, x, y| i.sadd_sat(x, y)),
        I8x16AddSatU => binary(t, I8X16, |i, x, y| i.uadd_sat(x, y)),
        I8x16Sub => binary(t, I8X16, |i, x, y| i.isub(x, y)),
        I8x16SubSatS => binary(t, I8X16, |i, x, y| i.ssub_sat(x, y)),
        I8x16SubSatU => binary(t, I8X16, |i, x, y| i.usub_sat(x, y)),
        I8x16MinS => binary(t, I8X16, |i, x, y| i.smin(x, y)),
        I8x16MinU => binary(t, I8X16, |i, x, y| i.umin(x, y)),
        I8x16MaxS => binary(t, I8X16, |i, x, y| i.smax(x, y)),
        I8x16MaxU => binary(t, I8X16, |i, x, y| i.umax(x, y)),
        I8x16AvgrU => binary(t, I8X16, |i, x, y| i.avg_round(x, y)),
        _ => return false,
    }
    true
}

fn halves(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I16x8Abs => unary(t, I16X8, |i, x| i.iabs(x)),
        I16x8Neg => unary(t, I16X8, |i, x| i.ineg(x)),
        I16x8Shl => shift(t, I16X8, |i, x, n| i.ishl(x, n)),
        I16x8ShrS => shift(t, I16X8, |i, x, n| i.sshr(x, n)),
        I16x8ShrU => shift(t, I16X8, |i, x, n| i.ushr(x, n)),
        I16x8Add => binary(t, I16X8, |i, x, y| i.iadd(x, y)),
        I16x8AddSatS => binary(t, I16X8, |i, x, y| i.sadd_sat(x, y)),
        I16x8AddSatU => binary(t, I16X8, |i, x, y| i.uadd_sat(x, y)),
        I16x8Sub => binary(t, I16X8, |i, x, y| i.isub(x, y)),
        I16x8SubSatS => binary(t, I16X8, |i, x, y| i.ssub_sat(x, y)),
        I16x8SubSatU => binary(t, I16X8, |i, x, y| i.usub_sat(x, y)),
        I16x8Mul => binary(t, I16X8, |i, x, y| i.imul(x, y)),
        I16x8Q15MulrSatS => binary(t, I16X8, |i, x, y| i.sqmul_round_sat(x, y)),
        I16x8MinS => binary(t, I16X8, |i, x, y| i.smin(x, y)),
        I16x8MinU => binary(t, I16X8, |i, x, y| i.umin(x, y)),
        I16x8MaxS => binary(t, I16X8, |i, x, y| i.smax(x, y)),
        I16x8MaxU => binary(t, I16X8, |i, x, y| i.umax(x, y)),
        I16x8AvgrU => binary(t, I16X8, |i, x, y| i.avg_round(x, y)),
        _ => return false,
    }
    true
}

fn words(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32x4Abs => unary(t, I32X4, |i, x| i.iabs(x)),
        I32x4Neg => unary(t, I32X4, |i, x| i.ineg(x)),
        I32x4Shl => shift(t, I32X4, |i, x, n| i.ishl(x, n)),
        I32x4ShrS => shift(t, I32X4, |i, x, n| i.sshr(x, n)),
        I32x4ShrU => shift(t, I32X4, |i, x, n| i.ushr(x, n)),
        I32x4Add => binary(t, I32X4, |i, x, y| i.iadd(x, y)),
        I32x4Sub => binary(t, I32X4, |i, x, y| i.isub(x, y)),
        I32x4Mul => binary(t, I32X4, |i, x, y| i.imul(x, y)),
        I32x4MinS => binary(t, I32X4, |i, x, y| i.smin(x, y)),
        I32x4MinU => binary(t, I32X4, |i, x, y| i.umin(x, y)),
        I32x4MaxS => binary(t, I32X4, |i, x, y| i.smax(x, y)),
        I32x4MaxU => binary(t, I32X4, |i, x, y| i.umax(x, y)),
        _ => return false,
    }
    true
}

fn doubles(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I64x2Abs => unary(t, I64X2, |i, x| i.iabs(x)),
        I64x2Neg => unary(t, I64X2, |i, x| i.ineg(x)),
        I64x2Shl => shift(t, I64X2, |i, x, n| i.ishl(x, n)),
        I64x2ShrS => shift(t, I64X2, |i, x, n| i.sshr(x, n)),
        I64x2ShrU => shift(t, I64X2, |i, x, n| i.ushr(x, n)),
        I64x2Add => binary(t, I64X2, |i, x, y| i.iadd(x, y)),
        I64x2Sub => binary(t, I64X2, |i, x, y| i.isub(x, y)),
        I64x2Mul => binary(t, I64X2, |i, x, y| i.imul(x, y)),
        _ => return false,
    }
    true
}

/// Operators whose result has lanes twice as wide as their operands'. They are made of the instructions
/// that Cranelift knows together as one of the machine's.
fn widening(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I16x8ExtMulLowI8x16S => multiply(t, I8X16, |i, x| i.swiden_low(x)),
        I16x8ExtMulHighI8x16S => multiply(t, I8X16, |i, x| i.swiden_high(x)),
        I16x8ExtMulLowI8x16U => multiply(t, I8X16, |i, x| i.uwiden_low(x)),
        I16x8ExtMulHighI8x16U => multiply(t, I8X16, |i, x| i.uwiden_high(x)),
        I32x4ExtMulLowI16x8S => multiply(t, I16X8, |i, x| i.swiden_low(x)),
        I32x4ExtMulHighI16x8S => multiply(t, I16X8, |i, x| i.swiden_high(x)),
        I32x4ExtMulLowI16x8U => multiply(t, I16X8, |i, x| i.uwiden_low(x)),
        I32x4ExtMulHighI16x8U => multiply(t, I16X8, |i, x| i.uwiden_high(x)),
        I64x2ExtMulLowI32x4S => multiply(t, I32X4, |i, x| i.swiden_low(x)),
        I64x2ExtMulHighI32x4S => multiply(t, I32X4, |i, x| i.swiden_high(x)),
        I64x2ExtMulLowI32x4U => multiply(t, I32X4, |i, x| i.uwiden_low(x)),
        I64x2ExtMulHighI32x4U => multiply(t, I32X4, |i, x| i.uwiden_high(x)),
        I16x8ExtAddPairwiseI8x16S => add_pairs_signed(t, I8X16),
        I16x8ExtAddPairwiseI8x16U => add_pairs_unsigned(t, I8X16),
        I32x4ExtAddPairwiseI16x8S => add_pairs_signed(t, I16X8),
        I32x4ExtAddPairwiseI16x8U => add_pairs_unsigned(t, I16X8),
        I32x4DotI16x8S => {
            let (x, y) = t.pop2_lanes(I16X8);
            let value = dot(t, x, y);
            t.push(value);
        }
        _ => return false,
    }
    true
}

/// The amount is a scalar; CLIF takes it modulo the lanes' width, as wasm does.
fn shift(t: &mut Translation<'_>, ty: Type, emit: impl FnOnce(Ins<'_, '_>, Value, Value) -> Value) {
    let amount = t.pop();
    unary(t, ty, |i, x| emit(i, x, amount));
}

fn multiply(t: &mut Translation<'_>, ty: Type, widen: impl Fn(Ins<'_, '_>, Value) -> Value) {
    let (x, y) = t.pop2_lanes(ty);
    let (x, y) = (widen(t.ins(), x), widen(t.ins(), y));
    let value = t.ins().imul(x, y);
    t.push(value);
}

fn add_pairs_signed(t: &mut Translation<'_>, ty: Type) {
    let x = t.pop_lanes(ty);
    let value = sum_pairs(t, x);
    t.push(value);
}

fn add_pairs_unsigned(t: &mut Translation<'_>, ty: Type) {
    let x = t.pop_lanes(ty);
    let (low, high) = (t.ins().uwiden_low(x), t.ins().uwiden_high(x));
    let value = t.ins().iadd_pairwise(low, high);
    t.push(value);
}

/// The sums of neighbouring lanes, signed, in lanes twice as wide.
pub(super) fn sum_pairs(t: &mut Translation<'_>, x: Value) -> Value {
    let (low, high) = (t.ins().swiden_low(x), t.ins().swiden_high(x));
    t.ins().iadd_pairwise(low, high)
}

/// The sums of neighbouring lanes' products, signed, in lanes twice as wide.
pub(super) fn dot(t: &mut Translation<'_>, x: Value, y: Value) -> Value {
    let (x_low, y_low) = (t.ins().swiden_low(x), t.ins().swiden_low(y));
    let low = t.ins().imul(x_low, y_low);
    let (x_high, y_high) = (t.ins().swiden_high(x), t.ins().swiden_high(y));
    let high = t.ins().imul(x_high, y_high);
    t.ins().iadd_pairwise(low, high)
}

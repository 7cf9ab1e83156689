//! Conversions between vectors: narrowing, widening, and between integers and floating-point numbers.

use super::super::state::Translation;
use super::{binary, unary};
use cranelift_codegen::ir::types::{F32X4, F64X2, I8X16, I16X8, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    width(t, op) || kind(t, op)
}

/// Integers to integers.
fn width(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I8x16NarrowI16x8S => binary(t, I16X8, |i, x, y| i.snarrow(x, y)),
        I8x16NarrowI16x8U => binary(t, I16X8, |i, x, y| i.unarrow(x, y)),
        I16x8NarrowI32x4S => binary(t, I32X4, |i, x, y| i.snarrow(x, y)),
        I16x8NarrowI32x4U => binary(t, I32X4, |i, x, y| i.unarrow(x, y)),
        I16x8ExtendLowI8x16S => unary(t, I8X16, |i, x| i.swiden_low(x)),
        I16x8ExtendHighI8x16S => unary(t, I8X16, |i, x| i.swiden_high(x)),
        I16x8ExtendLowI8x16U => unary(t, I8X16, |i, x| i.uwiden_low(x)),
        I16x8ExtendHighI8x16U => unary(t, I8X16, |i, x| i.uwiden_high(x)),
        I32x4ExtendLowI16x8S => unary(t, I16X8, |i, x| i.swiden_low(x)),
        I32x4ExtendHighI16x8S => unary(t, I16X8, |i, x| i.swiden_high(x)),
        I32x4ExtendLowI16x8U => unary(t, I16X8, |i, x| i.uwiden_low(x)),
        I32x4ExtendHighI16x8U => unary(t, I16X8, |i, x| i.uwiden_high(x)),
        I64x2ExtendLowI32x4S => unary(t, I32X4, |i, x| i.swiden_low(x)),
        I64x2ExtendHighI32x4S => unary(t, I32X4, |i, x| i.swiden_high(x)),
        I64x2ExtendLowI32x4U => unary(t, I32X4, |i, x| i.uwiden_low(x)),
        I64x2ExtendHighI32x4U => unary(t, I32X4, |i, x| i.uwiden_high(x)),
        _ => return false,
    }
    true
}

/// From or to floating-point numbers.
fn kind(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32x4TruncSatF32x4S => unary(t, F32X4, |i, x| i.fcvt_to_sint_sat(I32X4, x)),
        I32x4TruncSatF32x4U => unary(t, F32X4, |i, x| i.fcvt_to_uint_sat(I32X4, x)),
        I32x4TruncSatF64x2SZero => truncate_signed(t),
        I32x4TruncSatF64x2UZero => truncate_unsigned(t),
        F32x4ConvertI32x4S => unary(t, I32X4, |i, x| i.fcvt_from_sint(F32X4, x)),
        F32x4ConvertI32x4U => unary(t, I32X4, |i, x| i.fcvt_from_uint(F32X4, x)),
        F64x2ConvertLowI32x4S => {
            unary(t, I32X4, |i, x| i.swiden_low(x));
            unary(t, I64X2, |i, x| i.fcvt_from_sint(F64X2, x));
        }
        F64x2ConvertLowI32x4U => {
            unary(t, I32X4, |i, x| i.uwiden_low(x));
            unary(t, I64X2, |i, x| i.fcvt_from_uint(F64X2, x));
        }
        F32x4DemoteF64x2Zero => unary(t, F64X2, |i, x| i.fvdemote(x)),
        F64x2PromoteLowF32x4 => unary(t, F32X4, |i, x| i.fvpromote_low(x)),
        _ => return false,
    }
    true
}

/// The saturation is in the first step; there is nothing left to saturate in the second.
pub(super) fn truncate_signed(t: &mut Translation<'_>) {
    let x = t.pop_lanes(F64X2);
    let wide = t.ins().fcvt_to_sint_sat(I64X2, x);
    let zero = zero(t, I64X2);
    let value = t.ins().snarrow(wide, zero);
    t.push(value);
}

/// Pushes the lanes of `f64x2` as `u32`, and two zeros.
pub(super) fn truncate_unsigned(t: &mut Translation<'_>) {
    let x = t.pop_lanes(F64X2);
    let wide = t.ins().fcvt_to_uint_sat(I64X2, x);
    let zero = zero(t, I64X2);
    let value = t.ins().uunarrow(wide, zero);
    t.push(value);
}

pub(super) fn zero(t: &mut Translation<'_>, ty: Type) -> Value {
    let bytes = [0; 16].as_slice().into();
    let constant = t.builder.ins.func.dfg.constants.insert(bytes);
    t.ins().vconst(ty, constant)
}

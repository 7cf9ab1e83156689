//! Arithmetic on vectors of floating-point numbers. One line per operator;
//! `rounding` has the others.

use super::super::state::Translation;
use super::{binary, lane_order, unary};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::{F32X4, F64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    singles(t, op) || doubles(t, op)
}

fn singles(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        F32x4Abs => unary(t, F32X4, |i, x| i.fabs(x)),
        F32x4Neg => unary(t, F32X4, |i, x| i.fneg(x)),
        F32x4Sqrt => unary(t, F32X4, |i, x| i.sqrt(x)),
        F32x4Add => binary(t, F32X4, |i, x, y| i.fadd(x, y)),
        F32x4Sub => binary(t, F32X4, |i, x, y| i.fsub(x, y)),
        F32x4Mul => binary(t, F32X4, |i, x, y| i.fmul(x, y)),
        F32x4Div => binary(t, F32X4, |i, x, y| i.fdiv(x, y)),
        F32x4Min => binary(t, F32X4, |i, x, y| i.fmin(x, y)),
        F32x4Max => binary(t, F32X4, |i, x, y| i.fmax(x, y)),
        F32x4PMin => pseudo_min(t, F32X4),
        F32x4PMax => pseudo_max(t, F32X4),
        _ => return false,
    }
    true
}

fn doubles(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        F64x2Abs => unary(t, F64X2, |i, x| i.fabs(x)),
        F64x2Neg => unary(t, F64X2, |i, x| i.fneg(x)),
        F64x2Sqrt => unary(t, F64X2, |i, x| i.sqrt(x)),
        F64x2Add => binary(t, F64X2, |i, x, y| i.fadd(x, y)),
        F64x2Sub => binary(t, F64X2, |i, x, y| i.fsub(x, y)),
        F64x2Mul => binary(t, F64X2, |i, x, y| i.fmul(x, y)),
        F64x2Div => binary(t, F64X2, |i, x, y| i.fdiv(x, y)),
        F64x2Min => binary(t, F64X2, |i, x, y| i.fmin(x, y)),
        F64x2Max => binary(t, F64X2, |i, x, y| i.fmax(x, y)),
        F64x2PMin => pseudo_min(t, F64X2),
        F64x2PMax => pseudo_max(t, F64X2),
        _ => return false,
    }
    true
}

/// `y < x ? y : x`
pub(super) fn pseudo_min(t: &mut Translation<'_>, ty: Type) {
    let (x, y) = t.pop2_lanes(ty);
    select_less(t, ty, (y, x), (y, x));
}

/// `x < y ? y : x`
pub(super) fn pseudo_max(t: &mut Translation<'_>, ty: Type) {
    let (x, y) = t.pop2_lanes(ty);
    select_less(t, ty, (x, y), (y, x));
}

/// Pushes `x` where `a < b`, otherwise `y`, in the form that Cranelift knows as x86's minimum and maximum.
fn select_less(t: &mut Translation<'_>, ty: Type, (a, b): (Value, Value), (x, y): (Value, Value)) {
    let less = t.ins().fcmp(FloatCC::LessThan, a, b);
    let less = t.ins().bitcast(ty, lane_order(), less);
    let value = t.ins().bitselect(less, x, y);
    t.push(value);
}

//! Rounding to whole numbers: `ceil`, `floor`, `trunc`, `nearest`.
//!
//! x86-64 has no instruction for it before SSE4.1, and a call of the C library for every lane would be
//! slow; that may also give back a signalling NaN as it was. There it is done with additions: numbers from
//! 2^23 on (2^52 for `f64`) have no fraction, so adding that to a smaller one and taking it off again rounds
//! it to the nearest.

use super::super::state::Translation;
use super::{lane, lane_order, unary};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::{F32X4, F64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Ceil,
    Floor,
    Trunc,
    Nearest,
}

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        F32x4Ceil => round(t, F32X4, Mode::Ceil),
        F32x4Floor => round(t, F32X4, Mode::Floor),
        F32x4Trunc => round(t, F32X4, Mode::Trunc),
        F32x4Nearest => round(t, F32X4, Mode::Nearest),
        F64x2Ceil => round(t, F64X2, Mode::Ceil),
        F64x2Floor => round(t, F64X2, Mode::Floor),
        F64x2Trunc => round(t, F64X2, Mode::Trunc),
        F64x2Nearest => round(t, F64X2, Mode::Nearest),
        _ => return false,
    }
    true
}

fn round(t: &mut Translation<'_>, ty: Type, mode: Mode) {
    if t.builder.rounds_by_call() {
        return round_by_addition(t, ty, mode);
    }
    match mode {
        Mode::Ceil => unary(t, ty, |i, x| i.ceil(x)),
        Mode::Floor => unary(t, ty, |i, x| i.floor(x)),
        Mode::Trunc => unary(t, ty, |i, x| i.trunc(x)),
        Mode::Nearest => unary(t, ty, |i, x| i.nearest(x)),
    }
}

fn round_by_addition(t: &mut Translation<'_>, ty: Type, mode: Mode) {
    let x = t.pop_lanes(ty);
    let whole = splat(t, ty, if ty == F32X4 { (1u64 << 23) as f64 } else { (1u64 << 52) as f64 });
    let sign = splat(t, ty, -0.0);
    let sign = t.ins().band(x, sign);
    let magnitude = t.ins().fabs(x);
    let sum = t.ins().fadd(magnitude, whole);
    let nearest = t.ins().fsub(sum, whole);
    let rounded = match mode {
        Mode::Trunc => {
            let excess = one_where(t, ty, (magnitude, nearest));
            t.ins().fsub(nearest, excess)
        }
        Mode::Nearest => nearest,
        Mode::Floor => {
            let nearest = t.ins().bor(nearest, sign);
            let excess = one_where(t, ty, (x, nearest));
            t.ins().fsub(nearest, excess)
        }
        Mode::Ceil => {
            let nearest = t.ins().bor(nearest, sign);
            let missing = one_where(t, ty, (nearest, x));
            t.ins().fadd(nearest, missing)
        }
    };
    // Zeros keep the sign of what they come from; nothing else has another.
    let rounded = t.ins().bor(rounded, sign);
    // What is whole stays as it is; the subtraction makes NaNs quiet.
    let zero = splat(t, ty, 0.0);
    let quiet = t.ins().fsub(x, zero);
    let fractional = less(t, ty, (magnitude, whole));
    let value = t.ins().bitselect(fractional, rounded, quiet);
    t.push(value);
}

/// 1 in the lanes where `a < b`, otherwise 0.
fn one_where(t: &mut Translation<'_>, ty: Type, (a, b): (Value, Value)) -> Value {
    let mask = less(t, ty, (a, b));
    let one = splat(t, ty, 1.0);
    t.ins().band(mask, one)
}

/// All bits set in the lanes where `a < b`.
fn less(t: &mut Translation<'_>, ty: Type, (a, b): (Value, Value)) -> Value {
    let mask = t.ins().fcmp(FloatCC::LessThan, a, b);
    t.ins().bitcast(ty, lane_order(), mask)
}

fn splat(t: &mut Translation<'_>, ty: Type, x: f64) -> Value {
    let mut bytes = [0; 16];
    if ty == F32X4 {
        bytes.chunks_mut(4).for_each(|lane| lane.copy_from_slice(&(x as f32).to_le_bytes()));
    } else {
        bytes.chunks_mut(8).for_each(|lane| lane.copy_from_slice(&x.to_le_bytes()));
    }
    lane::constant(t, &bytes, ty);
    t.pop()
}

//! Rounding to whole numbers: `ceil`, `floor`, `trunc`, `nearest`, of vectors and of scalars.
//!
//! x86-64 has no instruction for it before SSE4.1, and a call of the C library for every number would be
//! slow; that may also give back a signalling NaN as it was. There it is done with additions: numbers from
//! 2^23 on (2^52 for `f64`) have no fraction, so adding that to a smaller one and taking it off again rounds
//! it to the nearest. A scalar is the first lane of a vector then, which it is in a register anyway.

use super::super::state::Translation;
use super::{Ins, lane, lane_order};
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::types::{F32, F32X4, F64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Ceil,
    Floor,
    Trunc,
    Nearest,
}

impl Mode {
    fn emit(self, ins: Ins<'_, '_>, x: Value) -> Value {
        match self {
            Mode::Ceil => ins.ceil(x),
            Mode::Floor => ins.floor(x),
            Mode::Trunc => ins.trunc(x),
            Mode::Nearest => ins.nearest(x),
        }
    }
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

/// Whether `op` rounds a scalar; if so, it is translated.
pub(in super::super) fn scalar(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        F32Ceil | F64Ceil => round_scalar(t, Mode::Ceil),
        F32Floor | F64Floor => round_scalar(t, Mode::Floor),
        F32Trunc | F64Trunc => round_scalar(t, Mode::Trunc),
        F32Nearest | F64Nearest => round_scalar(t, Mode::Nearest),
        _ => return false,
    }
    true
}

fn round(t: &mut Translation<'_>, ty: Type, mode: Mode) {
    let x = t.pop_lanes(ty);
    let value = match t.builder.has_rounding() {
        true => mode.emit(t.ins(), x),
        false => by_addition(t, x, mode),
    };
    t.push(value);
}

fn round_scalar(t: &mut Translation<'_>, mode: Mode) {
    let x = t.pop();
    let value = if t.builder.has_rounding() {
        mode.emit(t.ins(), x)
    } else {
        let is_f32 = t.builder.ins.func.dfg.value_type(x) == F32;
        let lanes = t.ins().scalar_to_vector(if is_f32 { F32X4 } else { F64X2 }, x);
        let rounded = by_addition(t, lanes, mode);
        t.ins().extractlane(rounded, 0)
    };
    t.push(value);
}

fn by_addition(t: &mut Translation<'_>, x: Value, mode: Mode) -> Value {
    let ty = t.builder.ins.func.dfg.value_type(x);
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
    t.ins().bitselect(fractional, rounded, quiet)
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

//! Comparisons, bitwise operators, and what makes a scalar of a vector's bits.

use super::super::state::Translation;
use super::{V128, binary, original};
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::types::{F32X4, F64X2, I8X16, I16X8, I32, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use wasmparser::Operator;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    bitwise(t, op) || reduction(t, op) || comparison(t, op) || float_comparison(t, op)
}

fn bitwise(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        V128Not => {
            let x = t.pop_bits();
            let value = t.ins().bnot(x);
            t.push(value);
        }
        V128And => bits(t, |t, x, y| t.ins().band(x, y)),
        V128AndNot => bits(t, |t, x, y| t.ins().band_not(x, y)),
        V128Or => bits(t, |t, x, y| t.ins().bor(x, y)),
        V128Xor => bits(t, |t, x, y| t.ins().bxor(x, y)),
        V128Bitselect => bitselect(t),
        _ => return false,
    }
    true
}

fn reduction(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        V128AnyTrue => {
            let x = t.pop_bits();
            let flag = t.ins().vany_true(x);
            push_flag(t, flag);
        }
        I8x16AllTrue => all_true(t, I8X16),
        I16x8AllTrue => all_true(t, I16X8),
        I32x4AllTrue => all_true(t, I32X4),
        I64x2AllTrue => all_true(t, I64X2),
        I8x16Bitmask => bitmask(t, I8X16),
        I16x8Bitmask => bitmask(t, I16X8),
        I32x4Bitmask => bitmask(t, I32X4),
        I64x2Bitmask => bitmask(t, I64X2),
        _ => return false,
    }
    true
}

fn comparison(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    let condition = match op {
        I8x16Eq | I16x8Eq | I32x4Eq | I64x2Eq => IntCC::Equal,
        I8x16Ne | I16x8Ne | I32x4Ne | I64x2Ne => IntCC::NotEqual,
        I8x16LtS | I16x8LtS | I32x4LtS | I64x2LtS => IntCC::SignedLessThan,
        I8x16LtU | I16x8LtU | I32x4LtU => IntCC::UnsignedLessThan,
        I8x16GtS | I16x8GtS | I32x4GtS | I64x2GtS => IntCC::SignedGreaterThan,
        I8x16GtU | I16x8GtU | I32x4GtU => IntCC::UnsignedGreaterThan,
        I8x16LeS | I16x8LeS | I32x4LeS | I64x2LeS => IntCC::SignedLessThanOrEqual,
        I8x16LeU | I16x8LeU | I32x4LeU => IntCC::UnsignedLessThanOrEqual,
        I8x16GeS | I16x8GeS | I32x4GeS | I64x2GeS => IntCC::SignedGreaterThanOrEqual,
        I8x16GeU | I16x8GeU | I32x4GeU => IntCC::UnsignedGreaterThanOrEqual,
        _ => return false,
    };
    let ty = match op {
        I8x16Eq | I8x16Ne | I8x16LtS | I8x16LtU | I8x16GtS | I8x16GtU | I8x16LeS | I8x16LeU
        | I8x16GeS | I8x16GeU => I8X16,
        I16x8Eq | I16x8Ne | I16x8LtS | I16x8LtU | I16x8GtS | I16x8GtU | I16x8LeS | I16x8LeU
        | I16x8GeS | I16x8GeU => I16X8,
        I32x4Eq | I32x4Ne | I32x4LtS | I32x4LtU | I32x4GtS | I32x4GtU | I32x4LeS | I32x4LeU
        | I32x4GeS | I32x4GeU => I32X4,
        _ => I64X2,
    };
    binary(t, ty, |i, x, y| i.icmp(condition, x, y));
    true
}

fn float_comparison(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    let (ty, condition) = match op {
        F32x4Eq => (F32X4, FloatCC::Equal),
        F32x4Ne => (F32X4, FloatCC::NotEqual),
        F32x4Lt => (F32X4, FloatCC::LessThan),
        F32x4Gt => (F32X4, FloatCC::GreaterThan),
        F32x4Le => (F32X4, FloatCC::LessThanOrEqual),
        F32x4Ge => (F32X4, FloatCC::GreaterThanOrEqual),
        F64x2Eq => (F64X2, FloatCC::Equal),
        F64x2Ne => (F64X2, FloatCC::NotEqual),
        F64x2Lt => (F64X2, FloatCC::LessThan),
        F64x2Gt => (F64X2, FloatCC::GreaterThan),
        F64x2Le => (F64X2, FloatCC::LessThanOrEqual),
        F64x2Ge => (F64X2, FloatCC::GreaterThanOrEqual),
        _ => return false,
    };
    binary(t, ty, |i, x, y| i.fcmp(condition, x, y));
    true
}

impl Translation<'_> {
    /// A vector as integers; its lanes keep their width.
    fn pop_bits(&mut self) -> Value {
        let value = self.pop();
        let ty = self.bits_type(value);
        self.as_lanes(value, ty)
    }

    fn bits_type(&self, value: Value) -> Type {
        let func = &self.builder.ins.func;
        func.dfg.value_type(original(func, value)).as_truthy()
    }
}

/// The lanes do not matter, so they are those of an operand where they are known: what a comparison
/// made stays visible.
fn bits(t: &mut Translation<'_>, emit: impl FnOnce(&mut Translation<'_>, Value, Value) -> Value) {
    let (x, y) = t.pop2();
    let ty = match t.bits_type(x) {
        V128 => t.bits_type(y),
        ty => ty,
    };
    let (x, y) = (t.as_lanes(x, ty), t.as_lanes(y, ty));
    let value = emit(t, x, y);
    t.push(value);
}

/// In the lanes of the condition: one that is a comparison's result selects whole lanes, which is one
/// instruction on most machines.
fn bitselect(t: &mut Translation<'_>) {
    let (x, y, condition) = t.pop3();
    let ty = t.bits_type(condition);
    let condition = t.as_lanes(condition, ty);
    let (x, y) = (t.as_lanes(x, ty), t.as_lanes(y, ty));
    let value = t.ins().bitselect(condition, x, y);
    t.push(value);
}

fn all_true(t: &mut Translation<'_>, ty: Type) {
    let x = t.pop_lanes(ty);
    let flag = t.ins().vall_true(x);
    push_flag(t, flag);
}

fn bitmask(t: &mut Translation<'_>, ty: Type) {
    let x = t.pop_lanes(ty);
    let value = t.ins().vhigh_bits(I32, x);
    t.push(value);
}

fn push_flag(t: &mut Translation<'_>, flag: Value) {
    let value = t.ins().uextend(I32, flag);
    t.push(value);
}

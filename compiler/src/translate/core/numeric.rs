//! Numeric instructions: constants, arithmetic, comparisons, conversions. One line per operator.
//!
//! CLIF's instructions have wasm's meaning: shifts take the amount modulo the width, division and
//! conversion trap by themselves, `fmin` and `fmax` propagate NaN.

use super::simd;
use super::state::Translation;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::types::{F32, F64, I8, I16, I32, I64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Type, Value};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::Operator;

type Ins<'s, 'l> = FuncInstBuilder<'s, 'l>;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    constant(t, op)
        || comparison(t, op)
        || integer(t, op)
        || float(t, op)
        || simd::round_scalar(t, op)
        || conversion(t, op)
        || truncation(t, op)
}

fn constant(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    let value = match *op {
        I32Const { value } => t.builder.iconst32(value as u32),
        I64Const { value } => t.builder.iconst(value),
        F32Const { value } => t.ins().f32const(Ieee32::with_bits(value.bits())),
        F64Const { value } => t.ins().f64const(Ieee64::with_bits(value.bits())),
        _ => return false,
    };
    t.push(value);
    true
}

fn comparison(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32Eqz | I64Eqz => test_zero(t),
        I32Eq | I64Eq => compare(t, IntCC::Equal),
        I32Ne | I64Ne => compare(t, IntCC::NotEqual),
        I32LtS | I64LtS => compare(t, IntCC::SignedLessThan),
        I32LtU | I64LtU => compare(t, IntCC::UnsignedLessThan),
        I32GtS | I64GtS => compare(t, IntCC::SignedGreaterThan),
        I32GtU | I64GtU => compare(t, IntCC::UnsignedGreaterThan),
        I32LeS | I64LeS => compare(t, IntCC::SignedLessThanOrEqual),
        I32LeU | I64LeU => compare(t, IntCC::UnsignedLessThanOrEqual),
        I32GeS | I64GeS => compare(t, IntCC::SignedGreaterThanOrEqual),
        I32GeU | I64GeU => compare(t, IntCC::UnsignedGreaterThanOrEqual),
        F32Eq | F64Eq => compare_floats(t, FloatCC::Equal),
        F32Ne | F64Ne => compare_floats(t, FloatCC::NotEqual),
        F32Lt | F64Lt => compare_floats(t, FloatCC::LessThan),
        F32Gt | F64Gt => compare_floats(t, FloatCC::GreaterThan),
        F32Le | F64Le => compare_floats(t, FloatCC::LessThanOrEqual),
        F32Ge | F64Ge => compare_floats(t, FloatCC::GreaterThanOrEqual),
        _ => return false,
    }
    true
}

fn integer(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32Clz | I64Clz => unary(t, |i, x| i.clz(x)),
        I32Ctz | I64Ctz => unary(t, |i, x| i.ctz(x)),
        I32Popcnt | I64Popcnt => unary(t, |i, x| i.popcnt(x)),
        I32Add | I64Add => binary(t, |i, x, y| i.iadd(x, y)),
        I32Sub | I64Sub => binary(t, |i, x, y| i.isub(x, y)),
        I32Mul | I64Mul => binary(t, |i, x, y| i.imul(x, y)),
        I32DivS | I64DivS => binary(t, |i, x, y| i.sdiv(x, y)),
        I32DivU | I64DivU => binary(t, |i, x, y| i.udiv(x, y)),
        I32RemS | I64RemS => binary(t, |i, x, y| i.srem(x, y)),
        I32RemU | I64RemU => binary(t, |i, x, y| i.urem(x, y)),
        I32And | I64And => binary(t, |i, x, y| i.band(x, y)),
        I32Or | I64Or => binary(t, |i, x, y| i.bor(x, y)),
        I32Xor | I64Xor => binary(t, |i, x, y| i.bxor(x, y)),
        I32Shl | I64Shl => binary(t, |i, x, y| i.ishl(x, y)),
        I32ShrS | I64ShrS => binary(t, |i, x, y| i.sshr(x, y)),
        I32ShrU | I64ShrU => binary(t, |i, x, y| i.ushr(x, y)),
        I32Rotl | I64Rotl => binary(t, |i, x, y| i.rotl(x, y)),
        I32Rotr | I64Rotr => binary(t, |i, x, y| i.rotr(x, y)),
        _ => return false,
    }
    true
}

fn float(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        F32Abs | F64Abs => unary(t, |i, x| i.fabs(x)),
        F32Neg | F64Neg => unary(t, |i, x| i.fneg(x)),
        F32Sqrt | F64Sqrt => unary(t, |i, x| i.sqrt(x)),
        F32Add | F64Add => binary(t, |i, x, y| i.fadd(x, y)),
        F32Sub | F64Sub => binary(t, |i, x, y| i.fsub(x, y)),
        F32Mul | F64Mul => binary(t, |i, x, y| i.fmul(x, y)),
        F32Div | F64Div => binary(t, |i, x, y| i.fdiv(x, y)),
        F32Min | F64Min => binary(t, |i, x, y| i.fmin(x, y)),
        F32Max | F64Max => binary(t, |i, x, y| i.fmax(x, y)),
        F32Copysign | F64Copysign => binary(t, |i, x, y| i.fcopysign(x, y)),
        _ => return false,
    }
    true
}

fn conversion(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32WrapI64 => unary(t, |i, x| i.ireduce(I32, x)),
        I64ExtendI32S => unary(t, |i, x| i.sextend(I64, x)),
        I64ExtendI32U => unary(t, |i, x| i.uextend(I64, x)),
        I32Extend8S => sign_extend(t, I8, I32),
        I32Extend16S => sign_extend(t, I16, I32),
        I64Extend8S => sign_extend(t, I8, I64),
        I64Extend16S => sign_extend(t, I16, I64),
        I64Extend32S => sign_extend(t, I32, I64),
        F32ConvertI32S | F32ConvertI64S => unary(t, |i, x| i.fcvt_from_sint(F32, x)),
        F32ConvertI32U | F32ConvertI64U => unary(t, |i, x| i.fcvt_from_uint(F32, x)),
        F64ConvertI32S | F64ConvertI64S => unary(t, |i, x| i.fcvt_from_sint(F64, x)),
        F64ConvertI32U | F64ConvertI64U => unary(t, |i, x| i.fcvt_from_uint(F64, x)),
        F32DemoteF64 => unary(t, |i, x| i.fdemote(F32, x)),
        F64PromoteF32 => unary(t, |i, x| i.fpromote(F64, x)),
        I32ReinterpretF32 => reinterpret(t, I32),
        I64ReinterpretF64 => reinterpret(t, I64),
        F32ReinterpretI32 => reinterpret(t, F32),
        F64ReinterpretI64 => reinterpret(t, F64),
        _ => return false,
    }
    true
}

fn truncation(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I32TruncF32S | I32TruncF64S => unary(t, |i, x| i.fcvt_to_sint(I32, x)),
        I32TruncF32U | I32TruncF64U => unary(t, |i, x| i.fcvt_to_uint(I32, x)),
        I64TruncF32S | I64TruncF64S => unary(t, |i, x| i.fcvt_to_sint(I64, x)),
        I64TruncF32U | I64TruncF64U => unary(t, |i, x| i.fcvt_to_uint(I64, x)),
        I32TruncSatF32S | I32TruncSatF64S => unary(t, |i, x| i.fcvt_to_sint_sat(I32, x)),
        I32TruncSatF32U | I32TruncSatF64U => unary(t, |i, x| i.fcvt_to_uint_sat(I32, x)),
        I64TruncSatF32S | I64TruncSatF64S => unary(t, |i, x| i.fcvt_to_sint_sat(I64, x)),
        I64TruncSatF32U | I64TruncSatF64U => unary(t, |i, x| i.fcvt_to_uint_sat(I64, x)),
        _ => return false,
    }
    true
}

fn unary(t: &mut Translation<'_>, emit: impl FnOnce(Ins<'_, '_>, Value) -> Value) {
    let x = t.pop();
    let value = emit(t.ins(), x);
    t.push(value);
}

fn binary(t: &mut Translation<'_>, emit: impl FnOnce(Ins<'_, '_>, Value, Value) -> Value) {
    let (x, y) = t.pop2();
    let value = emit(t.ins(), x, y);
    t.push(value);
}

fn test_zero(t: &mut Translation<'_>) {
    let x = t.pop();
    let flag = t.ins().icmp_imm_u(IntCC::Equal, x, 0);
    push_flag(t, flag);
}

fn compare(t: &mut Translation<'_>, condition: IntCC) {
    let (x, y) = t.pop2();
    let flag = t.ins().icmp(condition, x, y);
    push_flag(t, flag);
}

fn compare_floats(t: &mut Translation<'_>, condition: FloatCC) {
    let (x, y) = t.pop2();
    let flag = t.ins().fcmp(condition, x, y);
    push_flag(t, flag);
}

/// Comparisons give `i8` in CLIF.
fn push_flag(t: &mut Translation<'_>, flag: Value) {
    let value = t.ins().uextend(I32, flag);
    t.push(value);
}

fn sign_extend(t: &mut Translation<'_>, from: Type, to: Type) {
    let x = t.pop();
    let low = t.ins().ireduce(from, x);
    let value = t.ins().sextend(to, low);
    t.push(value);
}

fn reinterpret(t: &mut Translation<'_>, to: Type) {
    unary(t, |i, x| i.bitcast(to, MemFlagsData::new(), x));
}

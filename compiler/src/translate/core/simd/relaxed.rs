//! Relaxed SIMD: operators whose result the specification leaves open where machines differ.
//!
//! Each gives what the target does fastest, among the results that are allowed. What that is depends on the
//! target and on `--cpu` alone, so the same program gives the same results wherever it is run.
//!
//! | operator | x86-64 | elsewhere, and where x86-64 lacks the feature |
//! |---|---|---|
//! | `relaxed_swizzle` | with SSSE3 index modulo 16 below 128, then 0 | 0 from 16 on |
//! | `relaxed_trunc_*_s` | NaN and what is out of range: least integer | saturated, NaN: 0 |
//! | `relaxed_trunc_*_u` | saturated, NaN: 0 | same |
//! | `relaxed_madd`, `_nmadd` | rounded once with FMA, otherwise twice | rounded once |
//! | `relaxed_laneselect` | with SSE4.1 by the top bit of a lane | bit by bit |
//! | `relaxed_min`, `_max` | as `pmin`, `pmax` | as `min`, `max` |
//! | `relaxed_q15mulr_s` | with SSSE3 −1 × −1 is −1 | saturated |
//! | `relaxed_dot_i8x16_i7x16_s` | with SSSE3 the second operand is unsigned, sums saturate | signed |
//! | `relaxed_dot_…_add_s` | as the dot product; with VNNI its sums do not overflow | signed |

use super::super::state::Translation;
use super::integer::{dot, sum_pairs};
use super::{V128, binary, conversion, float, unary};
use cranelift_codegen::ir::types::{F32X4, F64X2, I8X16, I16X8, I32X4, I64X2};
use cranelift_codegen::ir::{InstBuilder, Type, Value};
use cranelift_codegen::isa::TargetIsa;
use target_lexicon::Architecture;
use wasmparser::Operator;

/// What of the machine to generate code for these operators depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Machine {
    x86: bool,
    /// x86 before SSSE3 lacks `pshufb`, `pmulhrsw` and `pmaddubsw`, before SSE4.1 `pblendvb`.
    ssse3: bool,
    sse41: bool,
    fma: bool,
    /// One instruction sums four products of signed bytes and these.
    byte_dot: Option<Sign>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sign {
    Signed,
    Unsigned,
}

impl Machine {
    pub fn new(isa: &dyn TargetIsa) -> Machine {
        let x86 = matches!(isa.triple().architecture, Architecture::X86_64);
        let flags = isa.isa_flags();
        let has = |name| flags.iter().any(|f| f.name == name && f.as_bool() == Some(true));
        let all = |names: [&'static str; 2]| names.into_iter().all(has);
        let vnni = all(["has_avx", "has_avx_vnni"]) || all(["has_avx512vl", "has_avx512vnni"]);
        Machine {
            x86,
            ssse3: x86 && has("has_ssse3"),
            sse41: x86 && has("has_sse41"),
            fma: !x86 || all(["has_avx", "has_fma"]),
            byte_dot: match x86 {
                true => vnni.then_some(Sign::Unsigned),
                false => has("has_dotprod").then_some(Sign::Signed),
            },
        }
    }
}

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    use Operator::*;
    match op {
        I8x16RelaxedSwizzle => swizzle(t),
        I32x4RelaxedTruncF32x4S => truncate_singles(t),
        I32x4RelaxedTruncF32x4U => unary(t, F32X4, |i, x| i.fcvt_to_uint_sat(I32X4, x)),
        I32x4RelaxedTruncF64x2SZero => truncate_doubles(t),
        I32x4RelaxedTruncF64x2UZero => conversion::truncate_unsigned(t),
        F32x4RelaxedMadd => multiply_add(t, F32X4),
        F32x4RelaxedNmadd => negated_multiply_add(t, F32X4),
        F64x2RelaxedMadd => multiply_add(t, F64X2),
        F64x2RelaxedNmadd => negated_multiply_add(t, F64X2),
        I8x16RelaxedLaneselect => select(t, I8X16),
        I16x8RelaxedLaneselect => select(t, I16X8),
        I32x4RelaxedLaneselect => select(t, I32X4),
        I64x2RelaxedLaneselect => select(t, I64X2),
        F32x4RelaxedMin => min(t, F32X4),
        F32x4RelaxedMax => max(t, F32X4),
        F64x2RelaxedMin => min(t, F64X2),
        F64x2RelaxedMax => max(t, F64X2),
        I16x8RelaxedQ15mulrS => multiply_q15(t),
        I16x8RelaxedDotI8x16I7x16S => dot_bytes(t),
        I32x4RelaxedDotI8x16I7x16AddS => dot_bytes_add(t),
        _ => return false,
    }
    true
}

fn swizzle(t: &mut Translation<'_>) {
    if t.machine().ssse3 {
        binary(t, I8X16, |i, x, y| i.x86_pshufb(x, y));
    } else {
        binary(t, I8X16, |i, x, y| i.swizzle(x, y));
    }
}

fn truncate_singles(t: &mut Translation<'_>) {
    if t.machine().x86 {
        unary(t, F32X4, |i, x| i.x86_cvtt2dq(I32X4, x));
    } else {
        unary(t, F32X4, |i, x| i.fcvt_to_sint_sat(I32X4, x));
    }
}

fn truncate_doubles(t: &mut Translation<'_>) {
    if !t.machine().x86 {
        return conversion::truncate_signed(t);
    }
    let x = t.pop_lanes(F64X2);
    let wide = t.ins().x86_cvtt2dq(I64X2, x);
    let zero = conversion::zero(t, I64X2);
    let value = t.ins().snarrow(wide, zero);
    t.push(value);
}

/// Without the instruction, a fused product would be a call of the C library's for every lane.
fn multiply_add(t: &mut Translation<'_>, ty: Type) {
    let (x, y, z) = t.pop3_lanes(ty);
    let value = if t.machine().fma {
        t.ins().fma(x, y, z)
    } else {
        let product = t.ins().fmul(x, y);
        t.ins().fadd(product, z)
    };
    t.push(value);
}

/// `z - x * y`
fn negated_multiply_add(t: &mut Translation<'_>, ty: Type) {
    let (x, y, z) = t.pop3_lanes(ty);
    let value = if t.machine().fma {
        let x = t.ins().fneg(x);
        t.ins().fma(x, y, z)
    } else {
        let product = t.ins().fmul(x, y);
        t.ins().fsub(z, product)
    };
    t.push(value);
}

fn select(t: &mut Translation<'_>, ty: Type) {
    let blend = t.machine().sse41;
    // There is no blend of 16-bit lanes: its condition is spread over their bytes.
    let (lanes, spread) = if blend && ty == I16X8 { (V128, true) } else { (ty, false) };
    let mut condition = t.pop_lanes(ty);
    if spread {
        let bits = t.builder.iconst32(15);
        condition = t.ins().sshr(condition, bits);
        condition = t.as_lanes(condition, lanes);
    }
    let (x, y) = t.pop2_lanes(lanes);
    let value =
        if blend { t.ins().blendv(condition, x, y) } else { t.ins().bitselect(condition, x, y) };
    t.push(value);
}

fn min(t: &mut Translation<'_>, ty: Type) {
    if t.machine().x86 {
        float::pseudo_min(t, ty);
    } else {
        binary(t, ty, |i, x, y| i.fmin(x, y));
    }
}

fn max(t: &mut Translation<'_>, ty: Type) {
    if t.machine().x86 {
        float::pseudo_max(t, ty);
    } else {
        binary(t, ty, |i, x, y| i.fmax(x, y));
    }
}

fn multiply_q15(t: &mut Translation<'_>) {
    if t.machine().ssse3 {
        binary(t, I16X8, |i, x, y| i.x86_pmulhrsw(x, y));
    } else {
        binary(t, I16X8, |i, x, y| i.sqmul_round_sat(x, y));
    }
}

fn dot_bytes(t: &mut Translation<'_>) {
    let (x, y) = t.pop2_lanes(I8X16);
    let value = pair_dot(t, x, y);
    t.push(value);
}

fn dot_bytes_add(t: &mut Translation<'_>) {
    let sum = t.pop_lanes(I32X4);
    let (x, y) = t.pop2_lanes(I8X16);
    let products = match t.machine().byte_dot {
        Some(sign) => quad_dot(t, x, y, sign),
        None => {
            let pairs = pair_dot(t, x, y);
            sum_pairs(t, pairs)
        }
    };
    let value = t.ins().iadd(products, sum);
    t.push(value);
}

/// Sums of two products of bytes in `i16` lanes.
fn pair_dot(t: &mut Translation<'_>, x: Value, y: Value) -> Value {
    if t.machine().ssse3 { t.ins().x86_pmaddubsw(x, y) } else { dot(t, x, y) }
}

/// Sums of four products of bytes in `i32` lanes, in the form that Cranelift knows, once another vector is
/// added, as one instruction.
fn quad_dot(t: &mut Translation<'_>, x: Value, y: Value, sign: Sign) -> Value {
    let (x_low, x_high) = (t.ins().swiden_low(x), t.ins().swiden_high(x));
    let (y_low, y_high) = match sign {
        Sign::Signed => (t.ins().swiden_low(y), t.ins().swiden_high(y)),
        Sign::Unsigned => (t.ins().uwiden_low(y), t.ins().uwiden_high(y)),
    };
    let low = t.ins().imul(x_low, y_low);
    let high = t.ins().imul(x_high, y_high);
    let (low, high) = (sum_pairs(t, low), sum_pairs(t, high));
    t.ins().iadd_pairwise(low, high)
}

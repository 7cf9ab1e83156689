//! Wide arithmetic: 128-bit sums, differences and products in two `i64`s.

use super::state::Translation;
use cranelift_codegen::ir::types::I128;
use cranelift_codegen::ir::{InstBuilder, Value};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::Operator;

type Ins<'s, 'l> = FuncInstBuilder<'s, 'l>;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match op {
        Operator::I64Add128 => pairs(t, |i, x, y| i.iadd(x, y)),
        Operator::I64Sub128 => pairs(t, |i, x, y| i.isub(x, y)),
        Operator::I64MulWideS => multiply(t, |i, x| i.sextend(I128, x)),
        Operator::I64MulWideU => multiply(t, |i, x| i.uextend(I128, x)),
        _ => return false,
    }
    true
}

fn pairs(t: &mut Translation<'_>, emit: impl FnOnce(Ins<'_, '_>, Value, Value) -> Value) {
    let y = pop(t);
    let x = pop(t);
    let value = emit(t.ins(), x, y);
    push(t, value);
}

/// Written as the product of extended values, of which Cranelift knows that one instruction makes it.
fn multiply(t: &mut Translation<'_>, extend: impl Fn(Ins<'_, '_>, Value) -> Value) {
    let (x, y) = t.pop2();
    let (x, y) = (extend(t.ins(), x), extend(t.ins(), y));
    let value = t.ins().imul(x, y);
    push(t, value);
}

/// The low half lies below the high one.
fn pop(t: &mut Translation<'_>) -> Value {
    let (low, high) = t.pop2();
    t.ins().iconcat(low, high)
}

fn push(t: &mut Translation<'_>, value: Value) {
    let (low, high) = t.ins().isplit(value);
    t.push(low);
    t.push(high);
}

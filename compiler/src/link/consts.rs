//! Constant expressions, evaluated. All globals that they can refer to are immutable, hence known, unless they
//! refer to objects, which only instantiation makes.

use super::env::{get, invalid};
use super::{ConstValue, CoreFunc, Global, Program};
use crate::error::Result;
use crate::index::{GlobalId, InstanceId};
use crate::parse::Parsed;
use crate::parse::module::ConstOp;
use cranelift_entity::PrimaryMap;

/// What a constant expression can refer to.
pub struct Scope<'s> {
    pub funcs: &'s [CoreFunc],
    pub globals: &'s [GlobalId],
    pub values: &'s PrimaryMap<GlobalId, Global>,
}

impl Scope<'_> {
    /// Runs a constant expression.
    pub fn eval(&self, expr: &[ConstOp]) -> Result<ConstValue> {
        let mut stack: Vec<ConstValue> = Vec::new();
        for &op in expr {
            let value = match op {
                ConstOp::I32(v) => ConstValue::I32(v),
                ConstOp::I64(v) => ConstValue::I64(v),
                ConstOp::F32(v) => ConstValue::F32(v),
                ConstOp::F64(v) => ConstValue::F64(v),
                ConstOp::V128(v) => ConstValue::V128(v),
                ConstOp::RefNull => ConstValue::Null,
                ConstOp::RefI31 => match stack.pop() {
                    Some(ConstValue::I32(v)) => ConstValue::I31(v as u32),
                    _ => return Err(ill_typed()),
                },
                // A reference is the same word on either side.
                ConstOp::Convert => stack.pop().ok_or_else(ill_typed)?,
                // Such an expression has one value, and that is a reference, whatever goes into it.
                ConstOp::StructNew(_)
                | ConstOp::StructNewDefault(_)
                | ConstOp::ArrayNew(_)
                | ConstOp::ArrayNewDefault(_)
                | ConstOp::ArrayNewFixed(..) => return Ok(ConstValue::Computed),
                ConstOp::RefFunc(func) => ConstValue::Func(get(self.funcs, func)?),
                ConstOp::GlobalGet(global) => self.values[get(self.globals, global)?].init,
                ConstOp::I32Add => binary32(&mut stack, i32::wrapping_add)?,
                ConstOp::I32Sub => binary32(&mut stack, i32::wrapping_sub)?,
                ConstOp::I32Mul => binary32(&mut stack, i32::wrapping_mul)?,
                ConstOp::I64Add => binary64(&mut stack, i64::wrapping_add)?,
                ConstOp::I64Sub => binary64(&mut stack, i64::wrapping_sub)?,
                ConstOp::I64Mul => binary64(&mut stack, i64::wrapping_mul)?,
            };
            stack.push(value);
        }
        stack.pop().ok_or_else(ill_typed)
    }

    /// Runs a constant expression that gives an offset: unsigned, of either width.
    pub fn eval_offset(&self, expr: &[ConstOp]) -> Result<u64> {
        match self.eval(expr)? {
            ConstValue::I32(v) => Ok(u64::from(v as u32)),
            ConstValue::I64(v) => Ok(v as u64),
            _ => Err(ill_typed()),
        }
    }
}

/// The elements of a segment, as `instance` sees them.
pub fn element_values(
    parsed: &Parsed,
    program: &Program,
    instance: InstanceId,
    segment: u32,
) -> Result<Vec<ConstValue>> {
    let instance = &program.instances[instance];
    let scope =
        Scope { funcs: &instance.funcs, globals: &instance.globals, values: &program.globals };
    let elements = &parsed.modules[instance.module].elements;
    let segment = elements.get(segment as usize).ok_or_else(|| invalid("no such segment"))?;
    segment.items.iter().map(|item| scope.eval(item)).collect()
}

fn ill_typed() -> crate::Error {
    invalid("a constant expression is ill-typed")
}

fn binary32(stack: &mut Vec<ConstValue>, op: fn(i32, i32) -> i32) -> Result<ConstValue> {
    match (stack.pop(), stack.pop()) {
        (Some(ConstValue::I32(b)), Some(ConstValue::I32(a))) => Ok(ConstValue::I32(op(a, b))),
        _ => Err(ill_typed()),
    }
}

fn binary64(stack: &mut Vec<ConstValue>, op: fn(i64, i64) -> i64) -> Result<ConstValue> {
    match (stack.pop(), stack.pop()) {
        (Some(ConstValue::I64(b)), Some(ConstValue::I64(a))) => Ok(ConstValue::I64(op(a, b))),
        _ => Err(ill_typed()),
    }
}

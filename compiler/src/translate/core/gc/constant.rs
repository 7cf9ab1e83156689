//! Constant expressions that make objects, run when instantiation does.

use super::{array, object, structure};
use crate::index::InstanceId;
use crate::link::ConstValue;
use crate::link::core_types::CoreType;
use crate::parse::module::ConstOp;
use crate::translate::builder::Builder;
use crate::translate::core::variable;
use cranelift_codegen::ir::{InstBuilder, Value};

/// Runs a validated constant expression of the instance's module.
pub fn run(b: &mut Builder<'_>, instance: InstanceId, expr: &[ConstOp]) -> Value {
    let env = b.env;
    let instance = &env.program.instances[instance];
    let types = &env.program.module_types[instance.module];
    let object_type = |ty: u32| CoreType::object(types[ty as usize]);
    let mut stack: Vec<Value> = Vec::new();
    let pop = |stack: &mut Vec<Value>| stack.pop().expect("validated: an operand");
    for &op in expr {
        let value = match op {
            ConstOp::I32(v) => variable::constant(b, ConstValue::I32(v)),
            ConstOp::I64(v) => variable::constant(b, ConstValue::I64(v)),
            ConstOp::F32(v) => variable::constant(b, ConstValue::F32(v)),
            ConstOp::F64(v) => variable::constant(b, ConstValue::F64(v)),
            ConstOp::V128(v) => variable::constant(b, ConstValue::V128(v)),
            ConstOp::RefNull => variable::constant(b, ConstValue::Null),
            ConstOp::RefFunc(func) => b.funcref(instance.funcs[func as usize]),
            ConstOp::GlobalGet(global) => {
                let id = instance.globals[global as usize];
                let value = variable::global_get(b, id);
                let module = env.program.instances[env.program.globals[id].instance].module;
                if env.program.traces_in(module, env.program.globals[id].ty.content_type) {
                    b.trace(value);
                }
                value
            }
            ConstOp::RefI31 => {
                let value = pop(&mut stack);
                object::i31(b, value)
            }
            ConstOp::Convert => pop(&mut stack),
            ConstOp::StructNew(ty) => {
                let id = object_type(ty);
                let count = env.program.objects[id].fields().len();
                let fields = stack.split_off(stack.len() - count);
                structure::new(b, id, &fields)
            }
            ConstOp::StructNewDefault(ty) => structure::new_default(b, object_type(ty)),
            ConstOp::ArrayNew(ty) => {
                let length = pop(&mut stack);
                let value = pop(&mut stack);
                array::new(b, object_type(ty), value, length)
            }
            ConstOp::ArrayNewDefault(ty) => {
                let length = pop(&mut stack);
                array::new_default(b, object_type(ty), length)
            }
            ConstOp::ArrayNewFixed(ty, count) => {
                let elements = stack.split_off(stack.len() - count as usize);
                array::new_fixed(b, object_type(ty), &elements)
            }
            ConstOp::I32Add | ConstOp::I64Add => {
                let (second, first) = (pop(&mut stack), pop(&mut stack));
                b.ins.ins().iadd(first, second)
            }
            ConstOp::I32Sub | ConstOp::I64Sub => {
                let (second, first) = (pop(&mut stack), pop(&mut stack));
                b.ins.ins().isub(first, second)
            }
            ConstOp::I32Mul | ConstOp::I64Mul => {
                let (second, first) = (pop(&mut stack), pop(&mut stack));
                b.ins.ins().imul(first, second)
            }
        };
        stack.push(value);
    }
    pop(&mut stack)
}

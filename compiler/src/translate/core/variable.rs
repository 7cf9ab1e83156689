//! Parametric, reference and variable instructions: `drop`, `select`, `ref.*`, locals and globals.

use super::state::Translation;
use crate::error::{Error, Result};
use crate::index::GlobalId;
use crate::link::ConstValue;
use crate::place::GlobalPlace;
use crate::translate::builder::{Builder, Region, value_type};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use wasmparser::Operator;
use weldc_abi::{Trap, gc};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match *op {
        Operator::Nop => {}
        Operator::Drop => {
            t.pop();
        }
        Operator::Select => {
            let value = select(t);
            t.push(value);
        }
        Operator::TypedSelect { ty } => {
            let value = select(t);
            t.push_typed(value, ty);
        }
        Operator::LocalGet { local_index } => {
            let (value, ty) = t.local_get(local_index);
            t.push_typed(value, ty);
        }
        Operator::LocalSet { local_index } => {
            let value = t.pop();
            t.local_set(local_index, value);
        }
        Operator::LocalTee { local_index } => {
            let value = t.pop();
            t.local_set(local_index, value);
            t.push(value);
        }
        Operator::GlobalGet { global_index } => {
            let global = t.instance.globals[global_index as usize];
            let value = global_get(&mut t.builder, global);
            t.push_typed(value, t.module.globals[global_index as usize].ty.content_type);
        }
        Operator::GlobalSet { global_index } => {
            let global = t.instance.globals[global_index as usize];
            let value = t.pop();
            let value = t.settled(value);
            global_set(&mut t.builder, global, value)?;
        }
        Operator::RefNull { .. } => {
            let null = t.builder.iconst(0);
            t.push(null);
        }
        Operator::RefIsNull => {
            let reference = t.pop();
            let is_null = t.ins().icmp_imm_u(IntCC::Equal, reference, 0);
            let is_null = t.ins().uextend(types::I32, is_null);
            t.push(is_null);
        }
        Operator::RefAsNonNull => {
            let reference = t.pop();
            t.builder.trap_unless(reference, Trap::NullReference);
            t.push(reference);
        }
        Operator::RefFunc { function_index } => {
            let func = t.instance.funcs[function_index as usize];
            let reference = t.builder.funcref(func);
            t.push(reference);
        }
        _ => return Ok(false),
    }
    Ok(true)
}

fn select(t: &mut Translation<'_>) -> Value {
    let (a, b, condition) = t.pop3();
    let (a, b) = t.alike(a, b);
    t.ins().select(condition, a, b)
}

pub(in crate::translate) fn global_get(b: &mut Builder<'_>, id: GlobalId) -> Value {
    match b.env.layout.globals[id] {
        GlobalPlace::Constant(value) => constant(b, value),
        GlobalPlace::Slot(offset) => {
            let ty = value_type(b.env.program.globals[id].ty.content_type);
            let flags = b.flags_in(Region::Global(id), MemFlagsData::new().with_notrap());
            b.ins.ins().load(ty, flags, b.context, offset as i32)
        }
    }
}

pub(in crate::translate) fn global_set(
    b: &mut Builder<'_>,
    id: GlobalId,
    value: Value,
) -> Result<()> {
    let GlobalPlace::Slot(offset) = b.env.layout.globals[id] else {
        return Err(Error::new("a global that code sets was laid out as a constant"));
    };
    let flags = b.flags_in(Region::Global(id), MemFlagsData::new().with_notrap());
    b.ins.ins().store(flags, value, b.context, offset as i32);
    Ok(())
}

pub(super) fn constant(b: &mut Builder<'_>, value: ConstValue) -> Value {
    match value {
        ConstValue::I32(value) => b.iconst32(value as u32),
        ConstValue::I64(value) => b.iconst(value),
        ConstValue::F32(bits) => b.ins.ins().f32const(Ieee32::with_bits(bits)),
        ConstValue::F64(bits) => b.ins.ins().f64const(Ieee64::with_bits(bits)),
        ConstValue::V128(bits) => {
            let bytes = bits.to_le_bytes().as_slice().into();
            let constant = b.ins.func.dfg.constants.insert(bytes);
            b.ins.ins().vconst(types::I8X16, constant)
        }
        ConstValue::Func(func) => b.funcref(func),
        ConstValue::I31(bits) => b.iconst(gc::i31(bits) as i64),
        // What is computed has a slot.
        ConstValue::Null | ConstValue::Computed => b.iconst(0),
    }
}

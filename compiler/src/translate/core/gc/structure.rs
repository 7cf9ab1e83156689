//! Structs.

use super::object::{self, Extension};
use crate::index::ObjectTypeId;
use crate::link::core_types::Field;
use crate::translate::builder::{Builder, Region};
use crate::translate::core::state::Translation;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value};
use wasmparser::Operator;
use weldc_abi::gc;

/// Bytes of fields that are made zero one by one.
const FEW: u32 = 128;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match *op {
        Operator::StructNew { struct_type_index: ty } => {
            let id = t.types[ty as usize].object();
            let count = t.builder.env.program.objects[id].fields().len();
            t.settle(count);
            let fields = t.stack.split_off(t.stack.len() - count);
            let object = new(&mut t.builder, id, &fields);
            t.push_object(object, ty);
        }
        Operator::StructNewDefault { struct_type_index: ty } => {
            let id = t.types[ty as usize].object();
            let object = new_default(&mut t.builder, id);
            t.push_object(object, ty);
        }
        Operator::StructGet { struct_type_index: ty, field_index: field }
        | Operator::StructGetU { struct_type_index: ty, field_index: field } => {
            get(t, ty, field, Extension::Zero);
        }
        Operator::StructGetS { struct_type_index: ty, field_index: field } => {
            get(t, ty, field, Extension::Sign);
        }
        Operator::StructSet { struct_type_index: ty, field_index: field } => set(t, ty, field),
        _ => return false,
    }
    true
}

/// A struct with these values, which have the types of signatures.
pub fn new(b: &mut Builder<'_>, id: ObjectTypeId, values: &[Value]) -> Value {
    let mut values = values.to_vec();
    let object = allocate(b, id, &mut values);
    let fields = b.env.program.objects[id].fields();
    for (field, value) in fields.iter().zip(values) {
        let flags = b.flags_in(Region::Field(field.offset), MemFlagsData::new().with_notrap());
        object::store(b, field.ty, flags, value, object, field.offset);
    }
    object
}

pub fn new_default(b: &mut Builder<'_>, id: ObjectTypeId) -> Value {
    let layout = b.env.program.objects[id].layout();
    let bytes = layout.size - gc::HEADER_SIZE;
    if bytes <= FEW {
        let fields = layout.fields.iter();
        let zeros: Vec<Value> = fields.map(|field| object::zero(b, field.ty)).collect();
        return new(b, id, &zeros);
    }
    let object = allocate(b, id, &mut []);
    let first = b.ins.ins().iadd_imm_s(object, i64::from(gc::HEADER_SIZE));
    let bytes = b.iconst(bytes.into());
    object::clear(b, first, bytes);
    object
}

/// A struct whose fields are not known yet; `values` is what they will be.
fn allocate(b: &mut Builder<'_>, id: ObjectTypeId, values: &mut [Value]) -> Value {
    let layout = b.env.program.objects[id].layout();
    let size = b.iconst(layout.size.into());
    let header = b.iconst(object::type_word(b, id).into());
    let types = layout.fields.iter().map(|field| field.ty).take(values.len());
    object::allocate_for(b, header, size, values, types)
}

fn field(t: &Translation<'_>, ty: u32, field: u32) -> Field {
    let id = t.types[ty as usize].object();
    t.builder.env.program.objects[id].fields()[field as usize]
}

fn get(t: &mut Translation<'_>, ty: u32, index: u32, extension: Extension) {
    let Field { ty: storage, offset } = field(t, ty, index);
    let (reference, may_be_null) = t.pop_reference();
    let b = &mut t.builder;
    let flags = object::flags(b, reference, may_be_null, offset, Region::Field(offset));
    let value = object::load(b, storage, extension, flags, reference, offset);
    t.push_field(value, ty, index as usize);
}

fn set(t: &mut Translation<'_>, ty: u32, index: u32) {
    let Field { ty: storage, offset } = field(t, ty, index);
    let value = t.pop();
    let value = t.settled(value);
    let reference = t.pop();
    let b = &mut t.builder;
    let flags = object::flags(b, reference, true, offset, Region::Field(offset));
    object::store(b, storage, flags, value, reference, offset);
}

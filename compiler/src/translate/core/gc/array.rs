//! Arrays, element by element.

use super::object::{self, Extension};
use crate::index::ObjectTypeId;
use crate::link::core_types::size;
use crate::translate::builder::{Builder, Region, WORD};
use crate::translate::core::state::Translation;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use wasmparser::{Operator, StorageType, ValType};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, gc};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match *op {
        Operator::ArrayNew { array_type_index: ty } => {
            let (value, length) = t.pop2();
            let value = t.settled(value);
            let object = new(&mut t.builder, t.types[ty as usize].object(), value, length);
            t.push_object(object, ty);
        }
        Operator::ArrayNewDefault { array_type_index: ty } => {
            let length = t.pop();
            let object = new_default(&mut t.builder, t.types[ty as usize].object(), length);
            t.push_object(object, ty);
        }
        Operator::ArrayNewFixed { array_type_index: ty, array_size } => {
            t.settle(array_size as usize);
            let elements = t.stack.split_off(t.stack.len() - array_size as usize);
            let object = new_fixed(&mut t.builder, t.types[ty as usize].object(), &elements);
            t.push_object(object, ty);
        }
        Operator::ArrayGet { array_type_index: ty }
        | Operator::ArrayGetU { array_type_index: ty } => get(t, ty, Extension::Zero),
        Operator::ArrayGetS { array_type_index: ty } => get(t, ty, Extension::Sign),
        Operator::ArraySet { array_type_index: ty } => set(t, ty),
        Operator::ArrayLen => {
            let (reference, may_be_null) = t.pop_reference();
            let length = length(&mut t.builder, reference, may_be_null);
            t.push(length);
        }
        _ => return false,
    }
    true
}

/// An array with this many elements (an `i32`), whose values are not known. If what they will be is made before,
/// that is `values`.
pub fn allocate(
    b: &mut Builder<'_>,
    id: ObjectTypeId,
    length: Value,
    values: &mut [Value],
) -> Value {
    let element = b.env.program.objects[id].element();
    let length = b.ins.ins().uextend(WORD, length);
    let bytes = b.ins.ins().ishl_imm_u(length, object::size_bits(element));
    let size = if size(element) < gc::ALIGN {
        let most = b.ins.ins().iadd_imm_s(bytes, i64::from(gc::HEADER_SIZE + gc::ALIGN - 1));
        b.ins.ins().band_imm_s(most, -i64::from(gc::ALIGN))
    } else {
        b.ins.ins().iadd_imm_s(bytes, i64::from(gc::HEADER_SIZE))
    };
    let type_word = object::type_word(b, id);
    let high = b.ins.ins().ishl_imm_u(length, 32);
    let header = b.ins.ins().bor_imm_u(high, i64::from(type_word));
    let types = std::iter::repeat_n(element, values.len());
    object::allocate_for(b, header, size, values, types)
}

pub fn new(b: &mut Builder<'_>, id: ObjectTypeId, value: Value, length: Value) -> Value {
    let mut values = [value];
    let object = allocate(b, id, length, &mut values);
    let [value] = values;
    let count = b.ins.ins().uextend(WORD, length);
    let first = b.ins.ins().iadd_imm_s(object, i64::from(gc::HEADER_SIZE));
    fill(b, b.env.program.objects[id].element(), first, value, count);
    object
}

pub fn new_default(b: &mut Builder<'_>, id: ObjectTypeId, length: Value) -> Value {
    let object = allocate(b, id, length, &mut []);
    let count = b.ins.ins().uextend(WORD, length);
    let bits = object::size_bits(b.env.program.objects[id].element());
    let bytes = b.ins.ins().ishl_imm_u(count, bits);
    let first = b.ins.ins().iadd_imm_s(object, i64::from(gc::HEADER_SIZE));
    object::clear(b, first, bytes);
    object
}

/// An array with these elements, which have the types of signatures.
pub fn new_fixed(b: &mut Builder<'_>, id: ObjectTypeId, elements: &[Value]) -> Value {
    let element = b.env.program.objects[id].element();
    let length = elements.len() as u32;
    let bytes = gc::HEADER_SIZE + length * size(element);
    let header = gc::header(b.env.program.objects[id].numbers.first, length);
    let header = b.iconst(header as i64);
    let bytes = b.iconst(bytes.next_multiple_of(gc::ALIGN).into());
    let mut values = elements.to_vec();
    let types = std::iter::repeat_n(element, values.len());
    let object = object::allocate_for(b, header, bytes, &mut values, types);
    let flags = b.flags_in(region(element), MemFlagsData::new().with_notrap());
    for (value, index) in values.into_iter().zip(0..) {
        object::store(b, element, flags, value, object, gc::HEADER_SIZE + index * size(element));
    }
    object
}

/// Stores a value to `count` elements from the address `first` on.
pub fn fill(b: &mut Builder<'_>, ty: StorageType, first: Value, value: Value, count: Value) {
    if ty == StorageType::I8 {
        b.runtime(RuntimeFn::MemoryFill, &[first, value, count]);
        return;
    }
    let bytes = b.ins.ins().ishl_imm_u(count, object::size_bits(ty));
    let end = b.ins.ins().iadd(first, bytes);
    let flags = b.flags_in(region(ty), MemFlagsData::new().with_notrap());
    b.for_each(first, end, size(ty), |b, at| object::store(b, ty, flags, value, at, 0));
}

/// The elements of arrays that hold values of this type, which no other arrays do.
pub fn region(ty: StorageType) -> Region {
    Region::Elements(match ty {
        StorageType::I8 => 0,
        StorageType::I16 => 1,
        StorageType::Val(ValType::I32) => 2,
        StorageType::Val(ValType::I64) => 3,
        StorageType::Val(ValType::F32) => 4,
        StorageType::Val(ValType::F64) => 5,
        StorageType::Val(ValType::V128) => 6,
        StorageType::Val(ValType::Ref(_)) => 7,
    })
}

/// How many elements an array has, an `i32`; traps on null.
pub fn length(b: &mut Builder<'_>, reference: Value, may_be_null: bool) -> Value {
    let offset = gc::LENGTH;
    let flags = object::flags(b, reference, may_be_null, offset as u32, Region::Header);
    b.ins.ins().load(types::I32, flags, reference, offset)
}

/// Where element `index` is, less the header: traps on null, and if there is none.
fn element(
    b: &mut Builder<'_>,
    ty: StorageType,
    reference: Value,
    may_be_null: bool,
    index: Value,
) -> Value {
    let length = length(b, reference, may_be_null);
    let outside = b.ins.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length);
    b.trap_if(outside, Trap::ArrayOutOfBounds);
    let index = b.ins.ins().uextend(WORD, index);
    let bytes = b.ins.ins().ishl_imm_u(index, object::size_bits(ty));
    b.ins.ins().iadd(reference, bytes)
}

fn get(t: &mut Translation<'_>, ty: u32, extension: Extension) {
    let storage = t.builder.env.program.objects[t.types[ty as usize].object()].element();
    let (reference, index) = t.pop2();
    let b = &mut t.builder;
    let address = element(b, storage, reference, true, index);
    let flags = b.flags_in(region(storage), MemFlagsData::new().with_notrap());
    let value = object::load(b, storage, extension, flags, address, gc::HEADER_SIZE);
    t.push_field(value, ty, 0);
}

fn set(t: &mut Translation<'_>, ty: u32) {
    let storage = t.builder.env.program.objects[t.types[ty as usize].object()].element();
    let (reference, index, value) = t.pop3();
    let value = t.settled(value);
    let b = &mut t.builder;
    let address = element(b, storage, reference, true, index);
    let flags = b.flags_in(region(storage), MemFlagsData::new().with_notrap());
    object::store(b, storage, flags, value, address, gc::HEADER_SIZE);
}

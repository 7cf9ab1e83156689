//! Array instructions on whole ranges, which check bounds here and leave the work to the C library, and
//! arrays made from segments.

use super::array::{self, fill, length};
use super::object;
use crate::link::core_types::size;
use crate::translate::builder::{Builder, WORD};
use crate::translate::core::bulk::check_range;
use crate::translate::core::state::Translation;
use crate::translate::core::table::copy_words;
use crate::translate::{DataKey, namespace};
use cranelift_codegen::ir::{InstBuilder, Value};
use wasmparser::{Operator, StorageType};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, gc};

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match *op {
        Operator::ArrayFill { array_type_index } => array_fill(t, array_type_index),
        Operator::ArrayCopy { array_type_index_dst: ty, .. } => copy(t, ty),
        Operator::ArrayNewData { array_type_index, array_data_index } => {
            new_from(t, array_type_index, Segment::Data(array_data_index));
        }
        Operator::ArrayNewElem { array_type_index, array_elem_index } => {
            new_from(t, array_type_index, Segment::Elements(array_elem_index));
        }
        Operator::ArrayInitData { array_type_index, array_data_index } => {
            init(t, array_type_index, Segment::Data(array_data_index));
        }
        Operator::ArrayInitElem { array_type_index, array_elem_index } => {
            init(t, array_type_index, Segment::Elements(array_elem_index));
        }
        _ => return false,
    }
    true
}

fn storage(t: &Translation<'_>, ty: u32) -> StorageType {
    t.builder.env.program.objects[t.types[ty as usize].object()].element()
}

/// The address of `count` elements from `start` on; traps on null, and unless there are as many.
fn range(
    b: &mut Builder<'_>,
    ty: StorageType,
    reference: Value,
    start: Value,
    count: Value,
) -> Value {
    let length = length(b, reference, true);
    let length = b.ins.ins().uextend(WORD, length);
    check_range(b, start, count, length, Trap::ArrayOutOfBounds);
    element(b, ty, reference, start)
}

fn element(b: &mut Builder<'_>, ty: StorageType, reference: Value, index: Value) -> Value {
    let bytes = b.ins.ins().ishl_imm_u(index, object::size_bits(ty));
    let address = b.ins.ins().iadd(reference, bytes);
    b.ins.ins().iadd_imm_s(address, i64::from(gc::HEADER_SIZE))
}

fn array_fill(t: &mut Translation<'_>, ty: u32) {
    let ty = storage(t, ty);
    let count = t.pop_index();
    let value = t.pop();
    let value = t.settled(value);
    let start = t.pop_index();
    let reference = t.pop();
    let first = range(&mut t.builder, ty, reference, start, count);
    fill(&mut t.builder, ty, first, value, count);
}

fn copy(t: &mut Translation<'_>, ty: u32) {
    let ty = storage(t, ty);
    let count = t.pop_index();
    let source_start = t.pop_index();
    let source = t.pop();
    let start = t.pop_index();
    let destination = t.pop();
    let b = &mut t.builder;
    let destination = range(b, ty, destination, start, count);
    let source = range(b, ty, source, source_start, count);
    let bytes = b.ins.ins().ishl_imm_u(count, object::size_bits(ty));
    b.runtime(RuntimeFn::MemoryCopy, &[destination, source, bytes]);
}

/// A segment of the module's, with its index.
#[derive(Clone, Copy)]
enum Segment {
    Data(u32),
    Elements(u32),
}

impl Segment {
    /// Where the number of bytes or elements stands that are left; nowhere if that is none.
    fn remaining(self, t: &Translation<'_>) -> Option<i32> {
        match self {
            Segment::Data(segment) => t.data_length(segment),
            Segment::Elements(segment) => t.element_length(segment),
        }
    }

    /// Traps unless the segment has what `count` elements of an array need, from `start` on.
    fn check(self, t: &mut Translation<'_>, ty: StorageType, start: Value, count: Value) {
        let remaining = match self.remaining(t) {
            Some(word) => t.builder.load_context(WORD, word),
            None => t.builder.iconst(0),
        };
        let (count, trap) = match self {
            Segment::Data(_) => {
                (t.ins().imul_imm_s(count, i64::from(size(ty))), Trap::MemoryOutOfBounds)
            }
            Segment::Elements(_) => (count, Trap::TableOutOfBounds),
        };
        check_range(&mut t.builder, start, count, remaining, trap);
    }

    /// Copies what [`Self::check`] has let pass to elements at this address.
    fn copy(
        self,
        t: &mut Translation<'_>,
        ty: StorageType,
        destination: Value,
        start: Value,
        count: Value,
    ) {
        if self.remaining(t).is_none() {
            return;
        }
        match self {
            Segment::Data(segment) => {
                let data = t.builder.env.data.id(DataKey::Data(t.instance.module, segment));
                let data = t.builder.symbol(namespace::DATA, data.as_u32());
                let source = t.ins().iadd(data, start);
                let bytes = t.ins().ishl_imm_u(count, object::size_bits(ty));
                t.builder.runtime(RuntimeFn::MemoryCopy, &[destination, source, bytes]);
            }
            Segment::Elements(segment) => {
                let source = t.segment_element(segment, start);
                copy_words(&mut t.builder, destination, source, count);
            }
        }
    }
}

fn new_from(t: &mut Translation<'_>, ty: u32, segment: Segment) {
    let storage = storage(t, ty);
    let length = t.pop();
    let count = t.index(length);
    let start = t.pop_index();
    segment.check(t, storage, start, count);
    let object = array::allocate(&mut t.builder, t.types[ty as usize].object(), length, &mut []);
    let first = t.ins().iadd_imm_s(object, i64::from(gc::HEADER_SIZE));
    segment.copy(t, storage, first, start, count);
    t.push_object(object, ty);
}

fn init(t: &mut Translation<'_>, ty: u32, segment: Segment) {
    let storage = storage(t, ty);
    let count = t.pop_index();
    let source = t.pop_index();
    let start = t.pop_index();
    let reference = t.pop();
    let destination = range(&mut t.builder, storage, reference, start, count);
    segment.check(t, storage, source, count);
    segment.copy(t, storage, destination, source, count);
}

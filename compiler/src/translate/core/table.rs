//! Tables. An element is a word at a constant offset from the context, plus eight times its index.

use super::bulk::check_range;
use super::state::Translation;
use crate::index::TableId;
use crate::parse::module::SegmentMode;
use crate::translate::builder::{Builder, Region, WORD};
use crate::translate::{DataKey, namespace};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value};
use wasmparser::{Operator, ValType};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context};

/// log2 of an element's size.
const ELEMENT_BITS: i64 = context::table::ELEMENT.trailing_zeros() as i64;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match *op {
        Operator::TableGet { table } => {
            let index = t.pop_index();
            let id = t.instance.tables[table as usize];
            let value = get(&mut t.builder, id, index, Trap::TableOutOfBounds);
            let ty = t.module.tables[table as usize].ty.element_type;
            t.push_typed(value, ValType::Ref(ty));
        }
        Operator::TableSet { table } => {
            let value = t.pop();
            let index = t.pop_index();
            let id = t.instance.tables[table as usize];
            set(&mut t.builder, id, index, value);
        }
        Operator::TableSize { table } => {
            let length = length(&mut t.builder, t.instance.tables[table as usize]);
            t.push_size(length, t.module.tables[table as usize].ty.table64);
        }
        Operator::TableGrow { table } => grow(t, table),
        Operator::TableFill { table } => fill(t, table),
        Operator::TableCopy { dst_table, src_table } => copy(t, dst_table, src_table),
        Operator::TableInit { elem_index, table } => init(t, elem_index, table),
        Operator::ElemDrop { elem_index } => {
            if let Some(word) = t.element_length(elem_index) {
                let zero = t.builder.iconst(0);
                t.builder.store_context(zero, word);
            }
        }
        _ => return false,
    }
    true
}

/// Element `index`; traps with `trap` if there is none.
pub(in crate::translate) fn get(
    b: &mut Builder<'_>,
    id: TableId,
    index: Value,
    trap: Trap,
) -> Value {
    let address = checked_element(b, id, index, trap);
    let flags = b.flags_in(Region::Table(id), MemFlagsData::trusted());
    b.ins.ins().load(WORD, flags, address, 0)
}

/// The address of element `index`; traps with `trap` if there is none.
pub(super) fn checked_element(b: &mut Builder<'_>, id: TableId, index: Value, trap: Trap) -> Value {
    check_index(b, id, index, trap);
    element(b, id, index)
}

fn set(b: &mut Builder<'_>, id: TableId, index: Value, value: Value) {
    let address = checked_element(b, id, index, Trap::TableOutOfBounds);
    let flags = b.flags_in(Region::Table(id), MemFlagsData::trusted());
    b.ins.ins().store(flags, value, address, 0);
}

fn check_index(b: &mut Builder<'_>, id: TableId, index: Value, trap: Trap) {
    let length = length(b, id);
    let outside = b.ins.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, length);
    b.trap_if(outside, trap);
}

/// How many elements a table has.
pub(in crate::translate) fn length(b: &mut Builder<'_>, id: TableId) -> Value {
    let place = &b.env.layout.tables[id];
    if place.minimum == place.maximum {
        return b.iconst(i64::from(place.minimum));
    }
    b.load_context(WORD, place.state as i32 + context::table::LENGTH)
}

/// The address of element `index`, which may be the one behind the last.
pub(in crate::translate) fn element(b: &mut Builder<'_>, id: TableId, index: Value) -> Value {
    let elements = i64::from(b.env.layout.tables[id].elements);
    let bytes = b.ins.ins().ishl_imm_u(index, ELEMENT_BITS);
    let first = b.ins.ins().iadd_imm_s(b.context, elements);
    b.ins.ins().iadd(first, bytes)
}

fn grow(t: &mut Translation<'_>, table: u32) {
    let id = t.instance.tables[table as usize];
    let count = t.pop_index();
    let value = t.pop();
    let args = [t.builder.context, t.builder.iconst32(id.as_u32()), count, value];
    let old = t.builder.runtime(RuntimeFn::TableGrow, &args).expect("returns a size");
    t.push_size(old, t.module.tables[table as usize].ty.table64);
}

fn copy(t: &mut Translation<'_>, to: u32, from: u32) {
    let to = t.instance.tables[to as usize];
    let from = t.instance.tables[from as usize];
    let count = t.pop_index();
    let source = t.pop_index();
    let destination = t.pop_index();
    let destination = range(&mut t.builder, to, destination, count);
    let source = range(&mut t.builder, from, source, count);
    copy_words(&mut t.builder, destination, source, count);
}

fn init(t: &mut Translation<'_>, segment: u32, table: u32) {
    let id = t.instance.tables[table as usize];
    let count = t.pop_index();
    let source = t.pop_index();
    let destination = t.pop_index();
    let destination = range(&mut t.builder, id, destination, count);
    let Some(word) = t.element_length(segment) else {
        let none = t.builder.iconst(0);
        check_range(&mut t.builder, source, count, none, Trap::TableOutOfBounds);
        return;
    };
    let remaining = t.builder.load_context(WORD, word);
    check_range(&mut t.builder, source, count, remaining, Trap::TableOutOfBounds);
    let source = t.segment_element(segment, source);
    copy_words(&mut t.builder, destination, source, count);
}

fn fill(t: &mut Translation<'_>, table: u32) {
    let id = t.instance.tables[table as usize];
    let count = t.pop_index();
    let value = t.pop();
    let start = t.pop_index();
    fill_range(&mut t.builder, id, start, value, count);
}

/// `table.fill`: a loop, since the C library cannot fill with words.
pub(in crate::translate) fn fill_range(
    b: &mut Builder<'_>,
    id: TableId,
    start: Value,
    value: Value,
    count: Value,
) {
    let first = range(b, id, start, count);
    let bytes = b.ins.ins().ishl_imm_u(count, ELEMENT_BITS);
    let end = b.ins.ins().iadd(first, bytes);
    let flags = b.flags_in(Region::Table(id), MemFlagsData::trusted());
    b.for_each(first, end, context::table::ELEMENT, |b, at| {
        b.ins.ins().store(flags, value, at, 0);
    });
}

pub(super) fn copy_words(b: &mut Builder<'_>, destination: Value, source: Value, count: Value) {
    let bytes = b.ins.ins().ishl_imm_u(count, ELEMENT_BITS);
    b.runtime(RuntimeFn::MemoryCopy, &[destination, source, bytes]);
}

/// The address of `count` elements from `start` on; traps unless there are as many.
fn range(b: &mut Builder<'_>, id: TableId, start: Value, count: Value) -> Value {
    let length = length(b, id);
    check_range(b, start, count, length, Trap::TableOutOfBounds);
    element(b, id, start)
}

impl Translation<'_> {
    /// The address of an element of a passive segment.
    pub fn segment_element(&mut self, segment: u32, index: Value) -> Value {
        let env = self.builder.env;
        let computed = env.layout.computed_segments.get(&(self.instance_id, segment));
        let words = match computed {
            Some(&words) => {
                let context = self.builder.context;
                self.ins().iadd_imm_s(context, i64::from(words))
            }
            None => {
                let data = env.data.id(DataKey::Elements(self.instance_id, segment));
                self.builder.symbol(namespace::DATA, data.as_u32())
            }
        };
        let offset = self.ins().ishl_imm_u(index, ELEMENT_BITS);
        self.ins().iadd(words, offset)
    }

    /// Where the number of elements that are left of a segment stands; nowhere if that is none.
    pub fn element_length(&self, segment: u32) -> Option<i32> {
        if !matches!(self.module.elements[segment as usize].mode, SegmentMode::Passive) {
            return None;
        }
        let lengths = &self.builder.env.layout.element_lengths[self.instance_id];
        lengths.get(segment as usize).copied().flatten().map(|word| word as i32)
    }
}

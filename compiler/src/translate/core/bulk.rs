//! Memory instructions other than loads and stores: `memory.size`, `memory.grow`, and those on whole
//! ranges, which check bounds here and leave the work to the C library.

use super::memory::{base, length};
use super::state::Translation;
use crate::index::MemoryId;
use crate::parse::module::SegmentMode;
use crate::translate::builder::{Builder, WORD};
use crate::translate::{DataKey, namespace};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Opcode, Value};
use wasmparser::Operator;
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> bool {
    match *op {
        Operator::MemorySize { mem } => size(t, mem),
        Operator::MemoryGrow { mem } => grow(t, mem),
        Operator::MemoryCopy { dst_mem, src_mem } => copy(t, dst_mem, src_mem),
        Operator::MemoryFill { mem } => fill(t, mem),
        Operator::MemoryInit { data_index, mem } => init(t, data_index, mem),
        Operator::DataDrop { data_index } => {
            if let Some(word) = t.data_length(data_index) {
                let zero = t.builder.iconst(0);
                t.builder.store_context(zero, word);
            }
        }
        _ => return false,
    }
    true
}

fn size(t: &mut Translation<'_>, memory: u32) {
    let id = t.instance.memories[memory as usize];
    let length = length(&mut t.builder, id);
    let page_bits = t.builder.env.layout.memories[id].page_bits;
    let pages = t.ins().ushr_imm_u(length, i64::from(page_bits));
    t.push_size(pages, t.module.memories[memory as usize].memory64);
}

fn grow(t: &mut Translation<'_>, memory: u32) {
    let id = t.instance.memories[memory as usize];
    let pages = t.pop_index();
    let args = [t.builder.context, t.builder.iconst32(id.as_u32()), pages];
    let old = t.builder.runtime(RuntimeFn::MemoryGrow, &args).expect("returns a size");
    t.push_size(old, t.module.memories[memory as usize].memory64);
}

fn fill(t: &mut Translation<'_>, memory: u32) {
    let id = t.instance.memories[memory as usize];
    let count = t.pop_index();
    let byte = t.pop();
    let start = t.pop_index();
    let address = range(&mut t.builder, id, start, count);
    t.builder.runtime(RuntimeFn::MemoryFill, &[address, byte, count]);
}

fn copy(t: &mut Translation<'_>, to: u32, from: u32) {
    let to = t.instance.memories[to as usize];
    let from = t.instance.memories[from as usize];
    let count = t.pop_index();
    let source = t.pop_index();
    let destination = t.pop_index();
    let destination = range(&mut t.builder, to, destination, count);
    let source = range(&mut t.builder, from, source, count);
    t.builder.runtime(RuntimeFn::MemoryCopy, &[destination, source, count]);
}

fn init(t: &mut Translation<'_>, segment: u32, memory: u32) {
    let id = t.instance.memories[memory as usize];
    let count = t.pop_index();
    let source = t.pop_index();
    let destination = t.pop_index();
    let destination = range(&mut t.builder, id, destination, count);
    let Some(word) = t.data_length(segment) else {
        let none = t.builder.iconst(0);
        check_range(&mut t.builder, source, count, none, Trap::MemoryOutOfBounds);
        return;
    };
    let remaining = t.builder.load_context(WORD, word);
    check_range(&mut t.builder, source, count, remaining, Trap::MemoryOutOfBounds);
    let data = t.builder.env.data.id(DataKey::Data(t.instance.module, segment));
    let data = t.builder.symbol(namespace::DATA, data.as_u32());
    let source = t.ins().iadd(data, source);
    t.builder.runtime(RuntimeFn::MemoryCopy, &[destination, source, count]);
}

impl Translation<'_> {
    /// Where the number of bytes that are left of a data segment stands; nowhere if that is none.
    pub fn data_length(&self, segment: u32) -> Option<i32> {
        if !matches!(self.module.data[segment as usize].mode, SegmentMode::Passive) {
            return None;
        }
        let lengths = &self.builder.env.layout.data_lengths[self.instance_id];
        lengths.get(segment as usize).copied().flatten().map(|word| word as i32)
    }
}

/// The address of `count` bytes from `start` on; traps unless they are all in bounds.
fn range(b: &mut Builder<'_>, id: MemoryId, start: Value, count: Value) -> Value {
    let length = length(b, id);
    check_range(b, start, count, length, Trap::MemoryOutOfBounds);
    let base = base(b, id);
    b.ins.ins().iadd(base, start)
}

/// Traps unless `start + count` is at most `length`.
pub(super) fn check_range(
    b: &mut Builder<'_>,
    start: Value,
    count: Value,
    length: Value,
    trap: Trap,
) {
    if is_extended(b, start) && is_extended(b, count) {
        // Their sum does not overflow.
        let end = b.ins.ins().iadd(start, count);
        let outside = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, end, length);
        b.trap_if(outside, trap);
        return;
    }
    let room = b.ins.ins().isub(length, count);
    let too_many = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, count, length);
    let too_late = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, start, room);
    let outside = b.ins.ins().bor(too_many, too_late);
    b.trap_if(outside, trap);
}

/// Whether a word is known to have been 32 bits wide.
fn is_extended(b: &Builder<'_>, value: Value) -> bool {
    let dfg = &b.ins.func.dfg;
    let inst = dfg.value_def(value).inst();
    inst.is_some_and(|inst| dfg.insts[inst].opcode() == Opcode::Uextend)
}

//! The run-time part of instantiation: `Layout::steps`, in order, all of them or those of one stage.

use super::adapter::thread;
use super::builder::{self, Builder, WORD, tail_signature};
use super::core::gc::constant;
use super::core::{memory, table, variable};
use super::{DataKey, Env, FuncKey, namespace};
use crate::error::Result;
use crate::index::*;
use crate::link::Step;
use crate::parse::module::Module;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Value};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context};

const WORD_BYTES: i32 = context::table::ELEMENT as i32;

/// Tail convention, `(context)`, no results.
pub fn function(
    env: Env<'_>,
    key: FuncKey,
    steps: &[Step],
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut clif = builder::new_function(env, key, tail_signature());
    let mut b = Builder::new(env, &mut clif, scratch);
    b.check_stack();
    for &step in steps {
        match step {
            Step::Data { instance, segment, memory, offset } => {
                data(&mut b, instance, segment, memory, offset);
            }
            Step::Elements { instance, segment, table, offset } => {
                elements(&mut b, instance, segment, table, offset);
            }
            Step::Global { instance, index } => global(&mut b, instance, index)?,
            Step::Table { instance, index } => table_values(&mut b, instance, index),
            Step::Segment { instance, segment } => segment_values(&mut b, instance, segment),
            Step::Start { instance, func } => {
                let component = env.program.instances[instance].component;
                let interrupted = thread::begin(&mut b, component, func);
                b.call_core(func, &[]);
                thread::end(&mut b, interrupted);
            }
            Step::Call { call, .. } => {
                let func = b.func(env.funcs.id(FuncKey::StartCall(call)), tail_signature);
                b.ins.ins().call(func, &[b.context]);
            }
        }
    }
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(clif)
}

fn data(b: &mut Builder<'_>, instance: InstanceId, segment: u32, id: MemoryId, offset: u64) {
    let env = b.env;
    let module = env.program.instances[instance].module;
    let size = env.parsed.modules[module].data[segment as usize].range.len() as u64;
    let length = memory::length(b, id);
    check_end(b, offset.checked_add(size), length, Trap::MemoryOutOfBounds);
    let base = memory::base(b, id);
    let offset = b.iconst(offset as i64);
    let destination = b.ins.ins().iadd(base, offset);
    copy(b, destination, DataKey::Data(module, segment), size);
}

fn elements(b: &mut Builder<'_>, instance: InstanceId, segment: u32, id: TableId, offset: u64) {
    let env = b.env;
    let module = env.program.instances[instance].module;
    let count = env.parsed.modules[module].elements[segment as usize].items.len() as u64;
    let length = table::length(b, id);
    check_end(b, offset.checked_add(count), length, Trap::TableOutOfBounds);
    let index = b.iconst(offset as i64);
    let destination = table::element(b, id, index);
    if env.program.instances[instance].computes(segment) {
        return compute_elements(b, instance, segment, destination);
    }
    let size = count * u64::from(context::table::ELEMENT);
    copy(b, destination, DataKey::Elements(instance, segment), size);
}

/// Computes the values of an element segment and stores them from this address of the context on.
fn compute_elements(b: &mut Builder<'_>, instance: InstanceId, segment: u32, destination: Value) {
    let module = module(b, instance);
    for (item, index) in module.elements[segment as usize].items.iter().zip(0..) {
        let value = constant::run(b, instance, item);
        b.ins.ins().store(MemFlagsData::trusted(), value, destination, index * WORD_BYTES);
    }
}

/// Where objects are referred to from, the collector finds and changes: the values go to the context at once.
fn segment_values(b: &mut Builder<'_>, instance: InstanceId, segment: u32) {
    if let Some(&words) = b.env.layout.computed_segments.get(&(instance, segment)) {
        let destination = b.ins.ins().iadd_imm_s(b.context, i64::from(words));
        compute_elements(b, instance, segment, destination);
    }
}

fn global(b: &mut Builder<'_>, instance: InstanceId, index: u32) -> Result<()> {
    if let Some(expr) = &module(b, instance).globals[index as usize].init {
        let value = constant::run(b, instance, expr);
        let id = b.env.program.instances[instance].globals[index as usize];
        variable::global_set(b, id, value)?;
    }
    Ok(())
}

fn table_values(b: &mut Builder<'_>, instance: InstanceId, index: u32) {
    if let Some(expr) = &module(b, instance).tables[index as usize].init {
        let value = constant::run(b, instance, expr);
        let id = b.env.program.instances[instance].tables[index as usize];
        let start = b.iconst(0);
        let count = b.iconst(i64::from(b.env.layout.tables[id].minimum));
        table::fill_range(b, id, start, value, count);
    }
}

fn module<'a>(b: &Builder<'a>, instance: InstanceId) -> &'a Module {
    &b.env.parsed.modules[b.env.program.instances[instance].module]
}

/// Traps unless a segment that ends at `end` fits.
fn check_end(b: &mut Builder<'_>, end: Option<u64>, length: Value, trap: Trap) {
    let outside = match end {
        Some(end) => {
            let end = b.iconst(end as i64);
            b.ins.ins().icmp(IntCC::UnsignedGreaterThan, end, length)
        }
        None => b.iconst(1),
    };
    b.trap_if(outside, trap);
}

fn copy(b: &mut Builder<'_>, destination: Value, key: DataKey, size: u64) {
    let source = b.symbol(namespace::DATA, b.env.data.id(key).as_u32());
    let size = b.ins.ins().iconst(WORD, size as i64);
    b.runtime(RuntimeFn::MemoryCopy, &[destination, source, size]);
}

//! The run-time part of instantiation: `Layout::steps`, in order, all of them or those of one stage.

use super::builder::{self, Builder, WORD, tail_signature};
use super::core::{memory, table};
use super::{DataKey, Env, FuncKey, namespace};
use crate::error::Result;
use crate::index::*;
use crate::link::Step;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, Value};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context};

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
            Step::Start { func, .. } => {
                b.call_core(func, &[]);
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
    let size = count * u64::from(context::table::ELEMENT);
    copy(b, destination, DataKey::Elements(instance, segment), size);
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

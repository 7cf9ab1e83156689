//! `stream.*` and `future.*`.

use super::super::adapter::memory::widen;
use super::super::adapter::plan;
use super::super::builder::{Builder, value_type};
use super::{checked, outcome, record};
use crate::error::Result;
use crate::index::{ComponentInstanceId, TrampolineId};
use crate::link::{Channel, CopyEnd};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use weldc_abi::symbols::Function as RuntimeFn;

/// `stream.new`, `future.new`
pub fn new(b: &mut Builder<'_>, instance: ComponentInstanceId, channel: Channel) -> Vec<Value> {
    let record = record(b, instance);
    let element = b.iconst32(b.env.program.types.element_number(channel.element));
    let future = b.iconst32(channel.future.into());
    let args = [b.context, record, element, future];
    let ends = b.runtime_value(RuntimeFn::CopyNew, &args);
    b.trap_if_code(ends);
    vec![ends]
}

/// An operation that copies elements. The runtime checks everything, in the specification's order.
pub fn start(b: &mut Builder<'_>, id: TrampolineId, params: &[Value]) -> Result<Vec<Value>> {
    let program = b.env.program;
    let copy = b.env.facts.tasks.copy(id).ok_or_else(plan::mismatch)?;
    let copy = b.iconst32(copy.as_u32());
    let (&index, &address) = params.first().zip(params.get(1)).ok_or_else(plan::mismatch)?;
    let address = widen(b, address);
    let count = match params.get(2) {
        Some(&count) => widen(b, count),
        None => b.iconst(1),
    };
    let value = outcome(b, RuntimeFn::Copy, &[b.context, copy, index, address, count]);
    let result = program.signatures[program.trampolines[id].sig].results().first().copied();
    let ty = value_type(result.ok_or_else(plan::mismatch)?);
    Ok(vec![if ty == types::I64 { b.ins.ins().uextend(ty, value) } else { value }])
}

/// `cancel-read`, `cancel-write`
pub fn cancel(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    end: CopyEnd,
    index: Value,
    async_: bool,
) -> Vec<Value> {
    let (record, tag) = (record(b, instance), tag(b, end));
    let async_ = b.iconst32(async_.into());
    vec![outcome(b, RuntimeFn::CopyCancel, &[b.context, record, tag, index, async_])]
}

/// `drop-readable`, `drop-writable`
pub fn drop(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    end: CopyEnd,
    index: Value,
) -> Vec<Value> {
    let (record, tag) = (record(b, instance), tag(b, end));
    checked(b, RuntimeFn::CopyDrop, &[b.context, record, tag, index]);
    Vec::new()
}

pub fn forward(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    channel: Channel,
    params: &[Value],
) -> Result<Vec<Value>> {
    let [readable, writable] = *params else { return Err(plan::mismatch()) };
    let (record, tag) = (record(b, instance), tag(b, CopyEnd { channel, write: false }));
    checked(b, RuntimeFn::CopyForward, &[b.context, record, tag, readable, writable]);
    Ok(Vec::new())
}

/// What is in the handle table with such an end.
fn tag(b: &mut Builder<'_>, end: CopyEnd) -> Value {
    let tag = end.tag(b.env.program);
    b.iconst32(tag)
}

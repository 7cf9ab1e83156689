//! `waitable-set.new`, `.wait`, `.poll`, `.drop`, `waitable.join`.

use super::super::adapter::side::Side;
use super::super::adapter::{call, native, plan, scalar};
use super::super::builder::Builder;
use super::{checked, index, outcome, record};
use crate::error::Result;
use crate::index::{ComponentInstanceId, MemoryId};
use crate::link::CanonOptions;
use crate::types::Layout;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types};
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// Both words of an event's payload.
const PAYLOAD: Layout = Layout { size: 8, align: 4 };

pub fn new(b: &mut Builder<'_>, instance: ComponentInstanceId) -> Vec<Value> {
    let record = record(b, instance);
    let args = [b.context, record];
    vec![index(b, RuntimeFn::WaitableSetNew, &args, Trap::HandleTableFull)]
}

/// `waitable-set.wait` and `.poll`: gives the event's code, and stores its payload. What is wrong with the pointer
/// shows when there is an event.
pub fn event(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    func: RuntimeFn,
    memory: MemoryId,
    params: &[Value],
) -> Result<Vec<Value>> {
    let [set, pointer] = *params else { return Err(plan::mismatch()) };
    let payload = native::stack_temporary(b, PAYLOAD);
    let record = record(b, instance);
    let code = outcome(b, func, &[b.context, record, set, payload]);
    let options = CanonOptions { memory: Some(memory), ..CanonOptions::default() };
    let side = Side::guest(b.env.program, instance, &options);
    let address = call::spilled(b, &side, pointer, PAYLOAD)?;
    let flags = scalar::access(b, &side)?;
    for offset in [0, 4] {
        let word = b.ins.ins().load(types::I32, MemFlagsData::trusted(), payload, offset);
        b.ins.ins().store(flags, word, address, offset);
    }
    Ok(vec![code])
}

pub fn drop(b: &mut Builder<'_>, instance: ComponentInstanceId, set: Value) -> Vec<Value> {
    let record = record(b, instance);
    checked(b, RuntimeFn::WaitableSetDrop, &[b.context, record, set]);
    Vec::new()
}

pub fn join(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    params: &[Value],
) -> Result<Vec<Value>> {
    let [waitable, set] = *params else { return Err(plan::mismatch()) };
    let record = record(b, instance);
    checked(b, RuntimeFn::WaitableJoin, &[b.context, record, waitable, set]);
    Ok(Vec::new())
}

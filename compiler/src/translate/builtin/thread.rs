//! `thread.*`

use super::super::adapter::memory::widen;
use super::super::adapter::plan;
use super::super::builder::{Builder, WORD};
use super::super::core::{call, table};
use super::super::namespace;
use super::{checked, index as index_of, outcome, record};
use crate::error::Result;
use crate::index::{ComponentInstanceId, SigId, TableId};
use cranelift_codegen::ir::{InstBuilder, Value, types};
use wasmparser::ValType;
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

pub fn index(b: &mut Builder<'_>) -> Vec<Value> {
    vec![b.runtime_value(RuntimeFn::ThreadIndex, &[b.context])]
}

/// `thread.new-indirect`: the function is found as an indirect call finds it.
pub fn new(
    b: &mut Builder<'_>,
    sig: SigId,
    table: TableId,
    params: &[Value],
) -> Result<Vec<Value>> {
    let [position, argument] = *params else { return Err(plan::mismatch()) };
    let position = widen(b, position);
    let reference = table::get(b, table, position, Trap::UndefinedElement);
    b.trap_unless(reference, Trap::UninitializedElement);
    let fits = call::has_signature(b, reference, sig);
    b.trap_unless(fits, Trap::IndirectCallTypeMismatch);
    let offset = b.ins.ins().ireduce(types::I32, reference);
    let offset = b.ins.ins().uextend(WORD, offset);
    let text = b.symbol(namespace::TEXT, 0);
    let code = b.ins.ins().iadd(text, offset);
    let wide = b.env.program.signatures[sig].params() == [ValType::I64];
    let (argument, wide) = (widen(b, argument), b.iconst32(wide.into()));
    let args = [b.context, code, argument, wide];
    Ok(vec![index_of(b, RuntimeFn::ThreadNew, &args, Trap::TooManyThreads)])
}

pub fn resume_later(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    index: Value,
) -> Vec<Value> {
    let record = record(b, instance);
    checked(b, RuntimeFn::ThreadResumeLater, &[b.context, record, index]);
    Vec::new()
}

/// `thread.yield`, `.suspend` and `.…-then-…`; those without another thread give 0 for its index.
pub fn switch(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    how: u32,
    index: Option<Value>,
) -> Vec<Value> {
    let index = index.unwrap_or_else(|| b.iconst32(0));
    let (record, how) = (record(b, instance), b.iconst32(how));
    vec![outcome(b, RuntimeFn::ThreadSwitch, &[b.context, record, how, index])]
}

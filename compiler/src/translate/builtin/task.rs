//! `task.return`, `task.cancel`, `subtask.cancel`, `subtask.drop`.

use super::super::adapter::{at_once, edge};
use super::super::builder::Builder;
use super::{checked, outcome, record};
use crate::index::{ComponentInstanceId, TypeId};
use crate::link::CanonOptions;
use cranelift_codegen::ir::Value;
use weldc_abi::symbols::Function as RuntimeFn;

/// `task.return`: the runtime gets the flat result in memory, a word for each value.
pub fn returned(
    b: &mut Builder<'_>,
    result: Option<TypeId>,
    options: &CanonOptions,
    values: &[Value],
) -> Vec<Value> {
    let values = edge::store_words(b, values);
    let returns = b.env.facts.tasks.returns(b.env.program, result, options);
    at_once::task_return(b, returns, values);
    Vec::new()
}

pub fn cancel(b: &mut Builder<'_>) -> Vec<Value> {
    checked(b, RuntimeFn::TaskCancel, &[b.context]);
    Vec::new()
}

pub fn cancel_subtask(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    index: Value,
    async_: bool,
) -> Vec<Value> {
    let (record, async_) = (record(b, instance), b.iconst32(async_.into()));
    vec![outcome(b, RuntimeFn::SubtaskCancel, &[b.context, record, index, async_])]
}

pub fn drop_subtask(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    index: Value,
) -> Vec<Value> {
    let record = record(b, instance);
    checked(b, RuntimeFn::SubtaskDrop, &[b.context, record, index]);
    Vec::new()
}

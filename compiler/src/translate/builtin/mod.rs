//! Built-ins on tasks, waitables, streams, futures and threads (CanonicalABI.md, "Canonical Definitions"): calls of
//! the runtime, which keeps all state.
//!
//! On entry: the core parameters of a trampoline, whose instance may leave. On exit: its core results, or the zone
//! has ended with the trap that the runtime gave.
//!
//! ```text
//!  task      task.return, task.cancel, subtask.*
//!  waitable  waitable-set.*, waitable.join
//!  copy      stream.*, future.*
//!  thread    thread.*
//! ```

mod copy;
mod task;
mod thread;
mod waitable;

use super::adapter::{edge, native, plan};
use super::builder::Builder;
use crate::error::Result;
use crate::index::{ComponentInstanceId, TrampolineId};
use crate::link::TrampolineKind;
use cranelift_codegen::ir::Value;
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// Prints a built-in; gives its results. `None` if it is none of these.
pub fn body(b: &mut Builder<'_>, id: TrampolineId, params: &[Value]) -> Result<Option<Vec<Value>>> {
    use TrampolineKind::*;
    let trampoline = &b.env.program.trampolines[id];
    let instance = trampoline.instance;
    let one = || params.first().copied().ok_or_else(plan::mismatch);
    let results = match trampoline.kind {
        TaskReturn { result, ref options } => task::returned(b, result, options, params),
        TaskCancel => task::cancel(b),
        SubtaskCancel { async_ } => task::cancel_subtask(b, instance, one()?, async_),
        SubtaskDrop => task::drop_subtask(b, instance, one()?),
        WaitableSetNew => waitable::new(b, instance),
        WaitableSetWait { memory } => {
            waitable::event(b, instance, RuntimeFn::WaitableSetWait, memory, params)?
        }
        WaitableSetPoll { memory } => {
            waitable::event(b, instance, RuntimeFn::WaitableSetPoll, memory, params)?
        }
        WaitableSetDrop => waitable::drop(b, instance, one()?),
        WaitableJoin => waitable::join(b, instance, params)?,
        CopyNew(channel) => copy::new(b, instance, channel),
        Copy { .. } => return copy::start(b, id, params).map(Some),
        CopyCancel { end, async_ } => copy::cancel(b, instance, end, one()?, async_),
        CopyDrop(end) => copy::drop(b, instance, end, one()?),
        CopyForward(channel) => copy::forward(b, instance, channel, params)?,
        ThreadIndex => thread::index(b),
        ThreadNew { sig, table } => thread::new(b, sig, table, params)?,
        ThreadResumeLater => thread::resume_later(b, instance, one()?),
        ThreadSwitch(how) => thread::switch(b, instance, how, params.first().copied()),
        // Threads are cooperative: one runs at a time.
        ThreadAvailableParallelism => vec![b.iconst32(1)],
        _ => return Ok(None),
    };
    Ok(Some(results))
}

/// The context offset of an instance's record.
fn record(b: &mut Builder<'_>, instance: ComponentInstanceId) -> Value {
    let record = b.env.layout.instances[instance];
    b.iconst32(record)
}

/// Calls a function that gives a trap or 0; code of the zone may run in it.
fn checked(b: &mut Builder<'_>, func: RuntimeFn, args: &[Value]) {
    native::mark_exit(b);
    let status = b.runtime_value(func, args);
    b.trap_if_status(status);
}

/// Calls a function that gives an outcome; code of the zone may run in it. Gives the value.
fn outcome(b: &mut Builder<'_>, func: RuntimeFn, args: &[Value]) -> Value {
    native::mark_exit(b);
    let outcome = b.runtime_value(func, args);
    edge::value_of(b, outcome)
}

/// Calls a function that gives an index, 0 if there is none left.
fn index(b: &mut Builder<'_>, func: RuntimeFn, args: &[Value], full: Trap) -> Value {
    let index = b.runtime_value(func, args);
    b.trap_unless(index, full);
    index
}

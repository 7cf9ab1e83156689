//! Calls that have records, as far as they need no runtime (docs/concurrency.md, "Calls that return at once").
//!
//! ```text
//!  the callee may be entered, and there is a spare record ──no──▶ the runtime begins the call
//!      │ yes
//!  the record is the call's; the callee's code runs on this stack
//!      │
//!  the task has returned, and nobody waits at the instance ──no──▶ the runtime goes on with the call
//!      │ yes
//!  the record is spare again
//! ```
//! The state in between is the runtime's own, written here: whatever the callee's code calls finds a task that runs. A
//! trap leaves it as it is, and ends the zone.

use super::super::FuncKey;
use super::super::builder::{Builder, WORD};
use super::super::entry::{Protected, protect, switch_to};
use super::edge::{self, enter_signature, resolve_signature};
use super::native;
use crate::index::{ComponentInstanceId, EdgeId};
use crate::link::Func;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, MemFlagsData, Value, types};
use weldc_abi::context::{CURRENT_THREAD, instance};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::task::{OUTCOME_TRAP_SHIFT, call, subtask, thread};

/// The callee's side of a call.
struct Callee {
    id: EdgeId,
    /// Context offset of the spare record.
    spare: i32,
    /// Of an instance, which has tasks; the host has none.
    task: Option<Task>,
}

/// What a task of an edge's needs.
struct Task {
    instance: ComponentInstanceId,
    /// It has to be let in.
    is_gated: bool,
    /// Its code runs under the exclusive lock.
    is_exclusive: bool,
}

/// A call that has begun.
struct Begun {
    call: Value,
    /// The current thread before it.
    below: Option<Value>,
}

impl Callee {
    /// `None` if the runtime begins the call.
    fn new(b: &Builder<'_>, id: EdgeId) -> Option<Callee> {
        let program = b.env.program;
        let edge = &b.env.facts.tasks.edges[id];
        let task = match edge.callee {
            Func::Import(_) => None,
            Func::Lift(lift) => {
                let lift = &program.lifts[lift];
                let is_gated = program.types.func(lift.ty).async_;
                let has_lock = lift.options.callback.is_some() || !lift.options.async_;
                Some(Task { instance: lift.instance, is_gated, is_exclusive: is_gated && has_lock })
            }
        };
        let spare = b.env.layout.spares[id] as i32;
        edge.at_once.then_some(Callee { id, spare, task })
    }

    /// Begins the call, or goes to `refused`.
    fn begin(&self, b: &mut Builder<'_>, args: Value, refused: Block) -> Begun {
        let trusted = MemFlagsData::trusted();
        if let Some(closed) = self.task.as_ref().and_then(|task| task.is_closed(b)) {
            unless(b, closed, refused);
        }
        let record = b.load_context(WORD, self.spare);
        let is_none = b.ins.ins().icmp_imm_u(IntCC::Equal, record, 0);
        unless(b, is_none, refused);
        let none = b.iconst(0);
        b.store_context(none, self.spare);
        let running = b.iconst(call::RUNNING as i64);
        b.ins.ins().store(trusted, running, record, call::STATE);
        b.ins.ins().store(trusted, args, record, call::ARGS);
        let below = self.task.as_ref().map(|task| task.begin(b, record));
        Begun { call: record, below }
    }

    /// The callee's code has returned: goes on if that ends the call, else to `unfinished`.
    fn end(&self, b: &mut Builder<'_>, begun: &Begun, outcome: Value, unfinished: Block) {
        if let Some(below) = begun.below {
            b.store_context(below, CURRENT_THREAD);
        }
        let open = match &self.task {
            Some(task) => task.is_unfinished(b, begun.call, outcome),
            None => outcome,
        };
        unless(b, open, unfinished);
        let none = b.iconst(0);
        if let Some(task) = self.task.as_ref().filter(|task| task.is_exclusive) {
            b.store_context(none, task.offset(b, instance::EXCLUSIVE));
        }
        b.ins.ins().store(MemFlagsData::trusted(), none, begun.call, call::STATE);
        b.store_context(begun.call, self.spare);
    }

    fn enter(&self, b: &mut Builder<'_>, begun: &Begun, args: Value) -> Value {
        let body = b.func(b.env.funcs.id(FuncKey::EnterBody(self.id)), enter_signature);
        let call = b.ins.ins().call(body, &[b.context, begun.call, args]);
        b.ins.inst_results(call)[0]
    }
}

impl Task {
    fn offset(&self, b: &Builder<'_>, field: i32) -> i32 {
        b.env.layout.instances[self.instance] as i32 + field
    }

    /// Not 0 if a task has to wait to enter; `None` if it never has.
    fn is_closed(&self, b: &mut Builder<'_>) -> Option<Value> {
        if !self.is_gated {
            return None;
        }
        let backpressure = b.load_context(types::I32, self.offset(b, instance::BACKPRESSURE));
        let entering = b.load_context(types::I32, self.offset(b, instance::ENTERING));
        let closed = b.ins.ins().bor(backpressure, entering);
        if !self.is_exclusive {
            return Some(closed);
        }
        let closed = b.ins.ins().uextend(types::I64, closed);
        let holder = b.load_context(WORD, self.offset(b, instance::EXCLUSIVE));
        Some(b.ins.ins().bor(closed, holder))
    }

    /// The task's thread is the current one; gives the one before.
    fn begin(&self, b: &mut Builder<'_>, record: Value) -> Value {
        let below = b.load_context(WORD, CURRENT_THREAD);
        let current = b.ins.ins().iadd_imm_s(record, i64::from(call::THREAD));
        b.store_context(current, CURRENT_THREAD);
        if self.is_exclusive {
            b.store_context(current, self.offset(b, instance::EXCLUSIVE));
        }
        if b.env.facts.tasks.uses_storage(self.instance) {
            let zero = b.iconst(0);
            for word in [0, 8] {
                let at = thread::STORAGE + word;
                b.ins.ins().store(MemFlagsData::trusted(), zero, current, at);
            }
        }
        below
    }

    /// Not 0 if the task has not returned, its code goes on later, or the end of its thread lets others go on.
    fn is_unfinished(&self, b: &mut Builder<'_>, record: Value, outcome: Value) -> Value {
        let state = b.ins.ins().load(types::I64, MemFlagsData::trusted(), record, call::STATE);
        let returned = b.iconst(call::RETURNED as i64);
        let differs = b.ins.ins().bxor(state, returned);
        let open = b.ins.ins().bor(differs, outcome);
        if !self.is_exclusive {
            return open;
        }
        let waiting = b.load_context(WORD, self.offset(b, instance::WAITING));
        let open = b.ins.ins().bor(open, waiting);
        let entering = b.load_context(types::I32, self.offset(b, instance::ENTERING));
        let entering = b.ins.ins().uextend(types::I64, entering);
        b.ins.ins().bor(open, entering)
    }
}

/// Goes on if the condition is 0, else to a block where others go, too.
fn unless(b: &mut Builder<'_>, condition: Value, other: Block) {
    let next = b.ins.create_block();
    b.ins.ins().brif(condition, other, &[], next, &[]);
    switch_to(b, next);
}

fn cold_block(b: &mut Builder<'_>) -> Block {
    let block = b.ins.create_block();
    b.ins.set_cold_block(block);
    block
}

/// Calls through an edge for a component instance, whose words are at `args`; gives the value of the outcome.
pub fn call(b: &mut Builder<'_>, id: EdgeId, args: Value, is_async: bool) -> Value {
    let Some(callee) = Callee::new(b, id) else { return call_by_runtime(b, id, args) };
    let [refused, unfinished] = [(); 2].map(|()| cold_block(b));
    let done = b.ins.create_block();
    let value = b.ins.append_block_param(done, types::I32);
    let go_on = |b: &mut Builder<'_>, value| {
        b.ins.ins().jump(done, &[BlockArg::from(value)]);
    };
    let begun = callee.begin(b, args, refused);
    let outcome = callee.enter(b, &begun, args);
    callee.end(b, &begun, outcome, unfinished);
    let status = b.iconst32(if is_async { subtask::RETURNED } else { 0 });
    go_on(b, status);

    switch_to(b, unfinished);
    native::mark_exit(b);
    let outcome = b.runtime_value(RuntimeFn::CallFinish, &[b.context, begun.call, outcome]);
    let status = edge::value_of(b, outcome);
    go_on(b, status);

    switch_to(b, refused);
    let status = call_by_runtime(b, id, args);
    go_on(b, status);
    switch_to(b, done);
    value
}

fn call_by_runtime(b: &mut Builder<'_>, id: EdgeId, args: Value) -> Value {
    let edge = b.iconst32(id.as_u32());
    native::mark_exit(b);
    let outcome = b.runtime_value(RuntimeFn::Call, &[b.context, edge, args]);
    edge::value_of(b, outcome)
}

/// Calls through an edge for the host, whose words are given, and returns the status; ends the function. Without a
/// completion the status is not [`weldc_abi::task::PENDING`].
pub fn call_export(b: &mut Builder<'_>, id: EdgeId, words: &[Value], completion: Option<Value>) {
    let args = edge::store_words(b, words);
    let completion = completion.unwrap_or_else(|| b.iconst(0));
    if let Some(callee) = Callee::new(b, id) {
        let refused = cold_block(b);
        let context = b.context;
        let begun = callee.begin(b, args, refused);
        enter_export(b, &callee, &begun, args, completion);
        switch_to(b, refused);
        b.context = context;
    }
    let status = edge::call_export(b, id, args, completion);
    b.ins.ins().return_(&[status]);
}

/// The body of a call of the host's that has begun.
fn enter_export(
    b: &mut Builder<'_>,
    callee: &Callee,
    begun: &Begun,
    args: Value,
    completion: Value,
) {
    let go_on = |b: &mut Builder<'_>, outcome| {
        native::mark_exit(b);
        let args = [b.context, begun.call, outcome, completion];
        b.runtime_value(RuntimeFn::CallExportFinish, &args)
    };
    let body = b.env.funcs.id(FuncKey::EnterBody(callee.id));
    let finish = |b: &mut Builder<'_>, results: &[Value]| {
        let unfinished = cold_block(b);
        callee.end(b, begun, results[0], unfinished);
        let done = b.iconst32(0);
        b.ins.ins().return_(&[done]);
        switch_to(b, unfinished);
        go_on(b, results[0])
    };
    let land = |b: &mut Builder<'_>, status| {
        let trap = b.ins.ins().uextend(types::I64, status);
        let outcome = b.ins.ins().ishl_imm_u(trap, i64::from(OUTCOME_TRAP_SHIFT));
        go_on(b, outcome)
    };
    let body = Protected::Func(body, enter_signature());
    protect(b, body, &[begun.call, args], true, finish, land);
}

/// A synchronous lift's result has been lowered.
pub fn returned(b: &mut Builder<'_>, record: Value) {
    let by_runtime = cold_block(b);
    let done = b.ins.create_block();
    let differs = differs_from_running(b, record);
    unless(b, differs, by_runtime);
    store_returned(b, record);
    b.ins.ins().jump(done, &[]);

    switch_to(b, by_runtime);
    native::mark_exit(b);
    let status = b.runtime_value(RuntimeFn::TaskReturned, &[b.context, record]);
    b.trap_if_status(status);
    b.ins.ins().jump(done, &[]);
    switch_to(b, done);
}

/// Not 0 if a task does not run, has borrowed handles, or somebody has to be told that it returns.
fn differs_from_running(b: &mut Builder<'_>, record: Value) -> Value {
    let state = b.ins.ins().load(types::I64, MemFlagsData::trusted(), record, call::STATE);
    let running = b.iconst(call::RUNNING as i64);
    b.ins.ins().icmp(IntCC::NotEqual, state, running)
}

fn store_returned(b: &mut Builder<'_>, record: Value) {
    let returned = b.iconst(call::RETURNED as i64);
    b.ins.ins().store(MemFlagsData::trusted(), returned, record, call::STATE);
}

/// `task.return` with the number of what it has, and its values in an array.
pub fn task_return(b: &mut Builder<'_>, number: u32, values: Value) {
    let trusted = MemFlagsData::trusted();
    let by_runtime = cold_block(b);
    let done = b.ins.create_block();
    let current = b.load_context(WORD, CURRENT_THREAD);
    let is_none = b.ins.ins().icmp_imm_u(IntCC::Equal, current, 0);
    unless(b, is_none, by_runtime);
    let record = b.ins.ins().load(WORD, trusted, current, thread::TASK);
    let is_none = b.ins.ins().icmp_imm_u(IntCC::Equal, record, 0);
    unless(b, is_none, by_runtime);
    let returns = b.ins.ins().load(types::I32, trusted, record, call::RETURNS);
    let differs = b.ins.ins().icmp_imm_u(IntCC::NotEqual, returns, i64::from(number));
    unless(b, differs, by_runtime);
    let differs = differs_from_running(b, record);
    unless(b, differs, by_runtime);
    let resolve = b.ins.ins().load(WORD, trusted, record, call::RESOLVE_BODY);
    let args = b.ins.ins().load(WORD, trusted, record, call::ARGS);
    let signature = b.ins.import_signature(resolve_signature());
    b.ins.ins().call_indirect(signature, resolve, &[b.context, record, args, values]);
    store_returned(b, record);
    b.ins.ins().jump(done, &[]);

    switch_to(b, by_runtime);
    let returns = b.iconst32(number);
    native::mark_exit(b);
    let status = b.runtime_value(RuntimeFn::TaskReturn, &[b.context, returns, values]);
    b.trap_if_status(status);
    b.ins.ins().jump(done, &[]);
    switch_to(b, done);
}

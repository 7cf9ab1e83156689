//! Calls that have records (docs/concurrency.md): the two halves of their adapters, and how they are called.
//!
//! The caller stores its words in an array and calls the runtime. That comes back to [`enter`], which lifts the
//! parameters, lowers them and calls the callee, and to [`resolve`], which lifts the result and lowers it. Neither
//! knows what has become of the caller's frames. The address of the record takes the place of a frame in which an
//! account of handles could be kept.
//!
//! On entry the current thread is the callee's. Words are as [`weldc_abi::artefact::Edge`] has them.

use super::super::builder::{Builder, WORD, new_function, tail_signature, value_type};
use super::super::entry::export_type;
use super::super::{Env, FuncKey};
use super::at_once;
use super::call::{Edge as Ends, enter_scope, exit_scope, give_ends, post_return};
use super::handle::{Ledger, expect_no_borrows};
use super::place::{Address, Source};
use super::plan::{self, End};
use super::release::Given;
use super::{flat, native};
use crate::error::Result;
use crate::facts::{Caller, Edge};
use crate::index::{EdgeId, FuncTypeId, ImportId, LiftId, TypeId};
use crate::link::{Func, Program, TrampolineKind};
use crate::types::Abi;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, BlockArg, InstBuilder, MemFlagsData, Signature, StackSlotData, StackSlotKind,
    Value, types,
};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::task::{self, call, completion};

/// Bytes of a caller's word.
const WORD_BYTES: u32 = 8;

/// `(context, call, args) -> outcome`, tail convention; see `FuncKey::EnterBody`.
pub fn enter_signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.extend([AbiParam::new(WORD); 2]);
    signature.returns.push(AbiParam::new(types::I64));
    signature
}

/// `(context, call, args, values)`, tail convention; see `FuncKey::ResolveBody`.
pub fn resolve_signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.extend([AbiParam::new(WORD); 3]);
    signature
}

/// Whether there is something to resolve a call with: the host returns through it, and `task.return`.
pub fn is_resolved(program: &Program, edge: &Edge) -> bool {
    match edge.callee {
        Func::Lift(lift) => program.lifts[lift].options.async_,
        Func::Import(_) => true,
    }
}

/// The body of [`weldc_abi::artefact::Edge::enter`].
pub fn enter(
    env: Env<'_>,
    id: EdgeId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut function = new_function(env, FuncKey::EnterBody(id), enter_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let &[call, args] = &b.params[..] else { return Err(plan::mismatch()) };
    let half = Half::new(&mut b, id, call, args)?;
    let outcome = match half.callee {
        Func::Lift(lift) => half.enter_lift(&mut b, lift)?,
        Func::Import(import) => half.enter_import(&mut b, id, import)?,
    };
    b.ins.ins().return_(&[outcome]);
    b.finish();
    Ok(function)
}

/// The body of [`weldc_abi::artefact::Edge::resolve`].
pub fn resolve(
    env: Env<'_>,
    id: EdgeId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut function = new_function(env, FuncKey::ResolveBody(id), resolve_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let &[call, args, values] = &b.params[..] else { return Err(plan::mismatch()) };
    let half = Half::new(&mut b, id, call, args)?;
    match half.callee {
        Func::Lift(_) => half.resolve_lift(&mut b, values)?,
        Func::Import(import) => half.resolve_import(&mut b, import, values)?,
    }
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// Half of an adapter: what either half knows.
struct Half {
    edge: Ends,
    caller: Caller,
    callee: Func,
    /// The address of the call's record.
    call: Value,
    /// The address of the caller's words, and the words.
    args: Value,
    words: Vec<Value>,
}

impl Half {
    fn new(b: &mut Builder<'_>, id: EdgeId, call: Value, args: Value) -> Result<Half> {
        let env = b.env;
        let Edge { caller, callee, .. } = env.facts.tasks.edges[id];
        let (end, words) = caller_end(env, caller)?;
        let edge = Ends::recorded(env.program, end, callee);
        let words = load_words(b, args, &words);
        Ok(Half { edge, caller, callee, call, args, words })
    }

    fn enter_lift(&self, b: &mut Builder<'_>, lift: LiftId) -> Result<Value> {
        let lift = &b.env.program.lifts[lift];
        let scope = self.edge.plan.scope.then(|| enter_scope(b));
        let args = self.edge.params(b, &self.words, Ledger::Record(self.call))?;
        exit_scope(b, scope);
        let outcome = b.call_core(lift.core, &args);
        if lift.options.async_ {
            return Ok(match outcome.first() {
                Some(&code) => b.ins.ins().uextend(types::I64, code),
                None => b.iconst(0),
            });
        }
        self.expect_no_borrows(b);
        let source = self.edge.guest_result(b, &outcome)?;
        self.result(b, source)?;
        at_once::returned(b, self.call);
        post_return(b, lift, &outcome);
        Ok(b.iconst(0))
    }

    fn resolve_lift(&self, b: &mut Builder<'_>, values: Value) -> Result<()> {
        let callee = &self.edge.callee;
        let words = match callee.flat_result(&b.env.program.types) {
            Some(flat) => flat.into_iter().map(flat::clif).collect(),
            None => vec![callee.side.pointer()],
        };
        let values = load_words(b, values, &words);
        let source = self.edge.guest_result(b, &values)?;
        self.result(b, source)
    }

    /// Calls a function of the host's. Gives 1 if the call is pending; else the result is lowered.
    fn enter_import(&self, b: &mut Builder<'_>, id: EdgeId, import: ImportId) -> Result<Value> {
        let program = b.env.program;
        let import = &program.imports[import];
        let flags = MemFlagsData::trusted();
        let scope = self.edge.plan.scope.then(|| enter_scope(b));
        let result = program.types.func(import.ty).result.filter(|_| !self.is_forwarded());
        let result = result.map(|_| b.ins.ins().load(WORD, flags, self.call, call::RESULT));
        let mut args = match self.is_forwarded() {
            true => self.words.clone(),
            false => self.edge.params(b, &self.words, Ledger::Record(self.call))?,
        };
        args.extend(result);
        args.push(b.ins.ins().iadd_imm_s(self.call, i64::from(call::COMPLETION)));
        if !self.is_forwarded() {
            give_ends(b, import.ty);
        }
        let signature = native::import_signature(b, import.ty);
        self.begin_await(b);
        let status = native::call(b, &import.binding, signature, &args);
        let Some(&status) = status.first() else { return Ok(b.iconst(0)) };
        self.end_await(b, status);
        if native::reenters(&import.binding) {
            native::check_state(b);
        }
        exit_scope(b, scope);
        Ok(unless_pending(b, status, |b| {
            let resolve = b.func(b.env.funcs.id(FuncKey::ResolveBody(id)), resolve_signature);
            let result = result.unwrap_or_else(|| b.iconst(0));
            b.ins.ins().call(resolve, &[b.context, self.call, self.args, result]);
        }))
    }

    /// A function of the host's may say that it is done from now on, and how it is cancelled.
    fn begin_await(&self, b: &mut Builder<'_>) {
        let flags = MemFlagsData::trusted();
        let (none, one) = (b.iconst(0), b.ins.ins().iconst(types::I8, 1));
        for field in [completion::CANCEL, completion::CALLEE] {
            b.ins.ins().store(flags, none, self.call, call::COMPLETION + field);
        }
        b.ins.ins().store(flags, one, self.call, call::AWAITED);
    }

    /// It has said whether it will.
    fn end_await(&self, b: &mut Builder<'_>, status: Value) {
        let pending = i64::from(task::PENDING);
        let is_pending = b.ins.ins().icmp_imm_s(IntCC::Equal, status, pending);
        b.ins.ins().store(MemFlagsData::trusted(), is_pending, self.call, call::AWAITED);
    }

    fn resolve_import(&self, b: &mut Builder<'_>, import: ImportId, value: Value) -> Result<()> {
        if self.is_forwarded() {
            return Ok(());
        }
        self.expect_no_borrows(b);
        let types = &b.env.program.types;
        match types.func(b.env.program.imports[import].ty).result {
            Some(id) if types.owns_memory(id) => self.given(b, id, value),
            Some(_) => self.result(b, Some(Source::Memory(Address::new(value)))),
            None => Ok(()),
        }
    }

    /// Lowers a result of the host's and releases what it owns; a trap in between does so, too.
    fn given(&self, b: &mut Builder<'_>, id: TypeId, value: Value) -> Result<()> {
        let scope = enter_scope(b);
        let given = Given::new(b, id)?;
        let place = given.value(b);
        let size = b.env.program.types.layout(Abi::NATIVE, id).size;
        let size = b.iconst(i64::from(size));
        b.runtime(RuntimeFn::MemoryCopy, &[place, value, size]);
        given.keep(b);
        self.result(b, Some(Source::Memory(Address::new(place))))?;
        given.release(b);
        exit_scope(b, Some(scope));
        Ok(())
    }

    /// Lowers the result: a flat one to the first word. What the host's owns is the host's once it is told; a value's is
    /// the zone's.
    fn result(&self, b: &mut Builder<'_>, source: Option<Source<'_>>) -> Result<()> {
        for value in self.edge.result(b, &self.words, source)? {
            b.ins.ins().store(MemFlagsData::trusted(), value, self.args, 0);
        }
        let is_value = matches!(self.caller, Caller::Start(_));
        if is_value && plan::is_gift(&b.env.program.types, self.edge.caller.ty) {
            b.runtime(RuntimeFn::GiftsOwn, &[b.context]);
        }
        Ok(())
    }

    fn expect_no_borrows(&self, b: &mut Builder<'_>) {
        if self.edge.plan.borrows {
            expect_no_borrows(b, self.call);
        }
    }

    /// Whether the host calls what is its own: both pass values alike, so they are passed on.
    fn is_forwarded(&self) -> bool {
        matches!((self.caller, self.callee), (Caller::Export(_), Func::Import(_)))
    }
}

/// The caller's end of an edge, and its words.
fn caller_end(env: Env<'_>, caller: Caller) -> Result<(End, Vec<ir::Type>)> {
    let program = env.program;
    let host = |ty: FuncTypeId| {
        let words = native::params(&program.types, ty);
        (End::native(ty), words.into_iter().map(|param| param.value_type).collect())
    };
    Ok(match caller {
        Caller::Lower(id) => {
            let trampoline = &program.trampolines[id];
            let TrampolineKind::Lower { ty, options, .. } = &trampoline.kind else {
                return Err(plan::mismatch());
            };
            let params = program.signatures[trampoline.sig].params();
            let end = End::lower(program, trampoline.instance, options, *ty);
            (end, params.iter().copied().map(value_type).collect())
        }
        Caller::Export(id) => host(export_type(env, id)?),
        Caller::Start(id) => host(program.start_calls[id].ty),
    })
}

/// Goes on with 1 if a function of the host's is pending. Ends the zone if it failed; else prints what is done, and
/// goes on with 0.
fn unless_pending(
    b: &mut Builder<'_>,
    status: Value,
    print: impl FnOnce(&mut Builder<'_>),
) -> Value {
    let [over, done] = [(); 2].map(|()| b.ins.create_block());
    let outcome = b.ins.append_block_param(done, types::I64);
    let pending = i64::from(task::PENDING);
    let is_pending = b.ins.ins().icmp_imm_s(IntCC::Equal, status, pending);
    let one = b.iconst(1);
    b.ins.ins().brif(is_pending, done, &[BlockArg::from(one)], over, &[]);
    b.ins.switch_to_block(over);
    b.ins.seal_block(over);
    b.trap_if_status(status);
    print(b);
    let zero = b.iconst(0);
    b.ins.ins().jump(done, &[BlockArg::from(zero)]);
    b.ins.switch_to_block(done);
    b.ins.seal_block(done);
    outcome
}

/// Words of an array.
fn load_words(b: &mut Builder<'_>, array: Value, words: &[ir::Type]) -> Vec<Value> {
    let offsets = (0..).step_by(WORD_BYTES as usize);
    let flags = MemFlagsData::trusted();
    words.iter().zip(offsets).map(|(&ty, at)| b.ins.ins().load(ty, flags, array, at)).collect()
}

/// An array in the frame of these words, with room for one at least; its address.
pub fn store_words(b: &mut Builder<'_>, words: &[Value]) -> Value {
    let size = WORD_BYTES.saturating_mul(words.len().max(1) as u32);
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, size, 3);
    let slot = b.ins.create_sized_stack_slot(slot);
    for (&word, at) in words.iter().zip((0..).step_by(WORD_BYTES as usize)) {
        b.ins.ins().stack_store(WORD, word, slot, at);
    }
    b.ins.ins().stack_addr(WORD, slot, 0)
}

/// Calls through an edge for a component instance; gives the core results, of these types.
pub fn call(
    b: &mut Builder<'_>,
    id: EdgeId,
    params: &[Value],
    results: &[ir::Type],
    is_async: bool,
) -> Vec<Value> {
    let args = store_words(b, params);
    let status = at_once::call(b, id, args, is_async);
    if is_async { vec![status] } else { load_words(b, args, results) }
}

/// Ends the zone if an outcome is a trap; gives its value.
pub fn value_of(b: &mut Builder<'_>, outcome: Value) -> Value {
    let trap = b.ins.ins().ushr_imm_u(outcome, i64::from(task::OUTCOME_TRAP_SHIFT));
    let trap = b.ins.ins().ireduce(types::I32, trap);
    b.trap_if_status(trap);
    b.ins.ins().ireduce(types::I32, outcome)
}

/// Has the runtime call through an edge for the host, whose words are at `args`; gives the status. Without a
/// completion (0) that is not [`task::PENDING`].
pub fn call_export(b: &mut Builder<'_>, id: EdgeId, args: Value, completion: Value) -> Value {
    let edge = b.iconst32(id.as_u32());
    // The host has called: what marks the frames of the call that this one is part of stays.
    b.runtime_value(RuntimeFn::CallExport, &[b.context, edge, args, completion])
}

//! Core functions that canonical definitions make: lowered functions and built-ins.

use super::adapter::handle::Handles;
use super::adapter::plan::{self, End};
use super::adapter::{call, edge, error_context, handle, leave, native, thread};
use super::builder::{Builder, core_signature, new_function, value_type};
use super::{Env, FuncKey, builtin};
use crate::error::{Error, Result};
use crate::facts::Caller;
use crate::index::{ComponentInstanceId, ResourceId, TrampolineId};
use crate::link::{Binding, CoreFunc, Func, ResourceOrigin, Trampoline, TrampolineKind};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Value, types};
use cranelift_frontend::FunctionBuilderContext;
use wasmparser::ValType;
use weldc_abi::Trap;
use weldc_abi::task::subtask;

/// Tail convention: the context, then the core parameters of the trampoline's signature.
pub fn function(
    env: Env<'_>,
    id: TrampolineId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let trampoline = &env.program.trampolines[id];
    let signature = core_signature(&env.program.signatures[trampoline.sig]);
    let mut function = new_function(env, FuncKey::Trampoline(id), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let params = std::mem::take(&mut b.params);
    if let Some(trap) = trap(env, trampoline) {
        leave::check(&mut b, trampoline.instance);
        b.trap(trap);
    } else {
        let results = body(&mut b, id, &params)?;
        b.ins.ins().return_(&results);
    }
    b.finish();
    Ok(function)
}

/// The trap that a trampoline is if there is nothing to call.
fn trap(env: Env<'_>, trampoline: &Trampoline) -> Option<Trap> {
    match trampoline.kind {
        TrampolineKind::Lower { func: Func::Import(import), .. } => {
            let serves_nothing = env.program.imports[import].binding == Binding::Trap;
            serves_nothing.then_some(Trap::UnknownImport)
        }
        TrampolineKind::Missing(_) => Some(Trap::NotCompiled),
        _ => None,
    }
}

/// Prints a trampoline; gives its results.
fn body(b: &mut Builder<'_>, id: TrampolineId, params: &[Value]) -> Result<Vec<Value>> {
    let trampoline = &b.env.program.trampolines[id];
    let instance = trampoline.instance;
    if trampoline.kind.leaves() {
        leave::check(b, instance);
    }
    if let Some(results) = builtin::body(b, id, params)? {
        return Ok(results);
    }
    let handles = |b: &Builder<'_>, resource| {
        let table = handle::instance_table(b, instance);
        Handles { table, resource }
    };
    match &trampoline.kind {
        TrampolineKind::Lower { .. } => lowered(b, id, params),
        TrampolineKind::ResourceNew(resource) => {
            Ok(resource_new(b, handles(b, *resource), first(params)?))
        }
        TrampolineKind::ResourceRep(resource) => {
            Ok(resource_rep(b, trampoline, handles(b, *resource), first(params)?))
        }
        TrampolineKind::ResourceDrop(resource) => {
            Ok(resource_drop(b, instance, handles(b, *resource), first(params)?))
        }
        TrampolineKind::ErrorContextNew(options) => {
            Ok(vec![error_context::new(b, instance, options, params)?])
        }
        TrampolineKind::ErrorContextDebugMessage(options) => {
            let params = params.try_into().map_err(|_| plan::mismatch())?;
            error_context::debug_message(b, instance, options, params)?;
            Ok(Vec::new())
        }
        TrampolineKind::ErrorContextDrop => {
            error_context::drop(b, instance, first(params)?)?;
            Ok(Vec::new())
        }
        TrampolineKind::ContextGet { slot } => {
            let wide = b.env.program.signatures[trampoline.sig].results() == [ValType::I64];
            let ty = if wide { types::I64 } else { types::I32 };
            Ok(vec![thread::get(b, ty, *slot)])
        }
        TrampolineKind::ContextSet { slot } => {
            thread::set(b, *slot, first(params)?);
            Ok(Vec::new())
        }
        TrampolineKind::BackpressureInc => {
            thread::backpressure(b, instance, 1);
            Ok(Vec::new())
        }
        TrampolineKind::BackpressureDec => {
            thread::backpressure(b, instance, -1);
            Ok(Vec::new())
        }
        other => Err(Error::new(format!("`{}` is not compiled yet", other.name()))),
    }
}

/// A lowered function. The results of an asynchronous one are in memory, and it returns a status.
fn lowered(b: &mut Builder<'_>, id: TrampolineId, params: &[Value]) -> Result<Vec<Value>> {
    let env = b.env;
    let Trampoline { instance, sig, kind } = &env.program.trampolines[id];
    let TrampolineKind::Lower { func, ty, options } = kind else { return Err(plan::mismatch()) };
    if let Some(edge) = env.facts.tasks.edge(Caller::Lower(id)) {
        let results = env.program.signatures[*sig].results();
        let results: Vec<ir::Type> = results.iter().copied().map(value_type).collect();
        return Ok(edge::call(b, edge, params, &results, options.async_));
    }
    let caller = End::lower(env.program, *instance, options, *ty);
    let results = match *func {
        Func::Lift(lift) => call::lifted(b, caller, lift, params)?,
        Func::Import(import) => call::imported(b, caller, import, params)?,
    };
    Ok(if options.async_ { vec![b.iconst32(subtask::RETURNED)] } else { results })
}

fn first(params: &[Value]) -> Result<Value> {
    params.first().copied().ok_or_else(plan::mismatch)
}

/// `resource.new`: an owned handle in the table of the instance that defines the resource.
fn resource_new(b: &mut Builder<'_>, handles: Handles, representation: Value) -> Vec<Value> {
    let representation = match b.ins.func.dfg.value_type(representation) {
        types::I32 => b.ins.ins().uextend(types::I64, representation),
        _ => representation,
    };
    vec![handles.add_own(b, representation)]
}

/// `resource.rep`: what the handle stands for.
fn resource_rep(
    b: &mut Builder<'_>,
    trampoline: &Trampoline,
    handles: Handles,
    index: Value,
) -> Vec<Value> {
    let entry = handles.entry(b, index);
    let representation = handle::representation(b, entry);
    let wide = b.env.program.signatures[trampoline.sig].results() == [ValType::I64];
    vec![if wide { representation } else { low_half(b, representation) }]
}

/// `resource.drop`: frees the handle; if it was owned, the resource ends.
fn resource_drop(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    handles: Handles,
    index: Value,
) -> Vec<Value> {
    // Who defines a resource is lent representations: all its handles are owned.
    if plan::defines(b.env.program, instance, handles.resource) {
        let representation = handles.take(b, index);
        end_resource(b, handles.resource, representation);
    } else {
        handles.drop(b, index, |b, representation| {
            end_resource(b, handles.resource, representation);
        });
    }
    Vec::new()
}

fn end_resource(b: &mut Builder<'_>, resource: ResourceId, representation: Value) {
    match &b.env.program.resources[resource].origin {
        ResourceOrigin::Guest { dtor: None, .. }
        | ResourceOrigin::Host { drop: Binding::Nothing } => {}
        ResourceOrigin::Guest { dtor: Some(dtor), instance, .. } => {
            call_destructor(b, *instance, *dtor, representation);
        }
        ResourceOrigin::Host { drop } => {
            let mut signature = b.c_signature();
            signature.params.extend([AbiParam::new(types::I64); 2]);
            native::call(b, drop, signature, &[representation]);
            if native::reenters(drop) {
                native::check_state(b);
            }
        }
    }
}

/// The destructor runs in the instance that defines the resource; being core code of the same zone, it
/// is simply called.
fn call_destructor(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    destructor: CoreFunc,
    representation: Value,
) {
    let representation = destructor_argument(b, destructor, representation);
    let interrupted = thread::begin(b, instance, destructor);
    b.call_core(destructor, &[representation]);
    thread::end(b, interrupted);
}

/// A representation as a destructor takes it.
pub fn destructor_argument(b: &mut Builder<'_>, destructor: CoreFunc, rep: Value) -> Value {
    let sig = b.env.program.signature_of(b.env.parsed, destructor);
    let wide = b.env.program.signatures[sig].params() == [ValType::I64];
    if wide { rep } else { low_half(b, rep) }
}

fn low_half(b: &mut Builder<'_>, value: Value) -> Value {
    b.ins.ins().ireduce(types::I32, value)
}

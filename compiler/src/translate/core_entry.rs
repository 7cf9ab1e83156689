//! Exports of core instances as the host uses them directly: functions that it calls, globals that it
//! reads.
//!
//! `(context, arguments, results) -> status`, each value at the start of a slot of 16 bytes. References are
//! words, as everywhere.

use super::adapter::thread;
use super::builder::{Builder, WORD, core_signature, new_function, value_type};
use super::core::variable;
use super::entry::{begin, enter_with, status_signature};
use super::{Env, FuncKey};
use crate::error::Result;
use crate::index::{CoreExportId, GlobalId};
use crate::link::{CoreExport, CoreFunc};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, MemFlagsData, Value};
use cranelift_frontend::FunctionBuilderContext;

/// Bytes from one value to the next.
const SLOT: i32 = 16;

pub fn function(
    env: Env<'_>,
    id: CoreExportId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut signature = status_signature(env);
    signature.params.extend([AbiParam::new(WORD); 2]);
    let mut function = new_function(env, FuncKey::CoreEntry(id), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    let (arguments, results) = (b.params[0], b.params[1]);
    match env.program.core_exports[id] {
        CoreExport::Func(func) => call(&mut b, func, arguments, results),
        CoreExport::Global(id) => read(&mut b, id, results),
    }
    b.finish();
    Ok(function)
}

fn call(b: &mut Builder<'_>, func: CoreFunc, arguments: Value, results: Value) {
    let env = b.env;
    begin(b);
    let sig = env.program.signature_of(env.parsed, func);
    let ty = &env.program.signatures[sig];
    let flags = MemFlagsData::trusted();
    let args: Vec<Value> = (0..)
        .zip(ty.params())
        .map(|(i, &ty)| b.ins.ins().load(value_type(ty), flags, arguments, i * SLOT))
        .collect();
    let interrupted = begin_thread(b, func);
    enter_with(b, env.funcs.core(func), core_signature(ty), &args, |b, values| {
        if let Some(interrupted) = interrupted {
            thread::end(b, interrupted);
        }
        store(b, values, results);
    });
}

/// The thread that a function of a core instance runs on.
fn begin_thread(b: &mut Builder<'_>, func: CoreFunc) -> Option<thread::Interrupted> {
    let CoreFunc::Wasm { instance, .. } = func else { return None };
    let component = b.env.program.instances[instance].component;
    Some(thread::begin(b, component, func))
}

fn read(b: &mut Builder<'_>, id: GlobalId, results: Value) {
    let value = variable::global_get(b, id);
    store(b, &[value], results);
    let ok = b.iconst32(0);
    b.ins.ins().return_(&[ok]);
}

fn store(b: &mut Builder<'_>, values: &[Value], results: Value) {
    for (i, &value) in (0..).zip(values) {
        b.ins.ins().store(MemFlagsData::trusted(), value, results, i * SLOT);
    }
}

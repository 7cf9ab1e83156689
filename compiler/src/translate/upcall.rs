//! What the runtime calls (`weldc_abi::artefact`, `Edge`, `Copy`, `Artefact::thread`): C functions that enter the zone
//! and call a body in the tail convention, as entries from the host do.
//!
//! They are called within calls into the zone or by `tick`, on whatever stack the runtime has chosen.

use super::adapter::{edge, element, plan};
use super::builder::{Builder, WORD, core_signature, new_function, tail_signature};
use super::entry::{Protected, c_signature, protect};
use super::{Env, FuncKey};
use crate::error::{Error, Result};
use crate::index::{CopyId, LiftId};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Signature, Value, types};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::task::OUTCOME_TRAP_SHIFT;

/// What comes out.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gives {
    /// 0, or a trap.
    Status,
    /// The same, once what has been read is released.
    Released(CopyId),
    /// What the body returns, or a trap in the high half.
    Outcome,
}

pub fn function(
    env: Env<'_>,
    key: FuncKey,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let body = |key, signature| Protected::Func(env.funcs.id(key), signature);
    let (body, gives) = match key {
        FuncKey::Enter(id) => {
            (body(FuncKey::EnterBody(id), edge::enter_signature()), Gives::Outcome)
        }
        FuncKey::Resolve(id) => {
            (body(FuncKey::ResolveBody(id), edge::resolve_signature()), Gives::Status)
        }
        FuncKey::Element(id) => {
            (body(FuncKey::ElementBody(id), element::signature()), Gives::Released(id))
        }
        FuncKey::Callback(id) => (callback(env, id)?, Gives::Outcome),
        FuncKey::Thread { wide } => return thread(env, wide, scratch),
        _ => return Err(plan::mismatch()),
    };
    let params: Vec<ir::Type> = body.signature().params.iter().map(|p| p.value_type).collect();
    let returns = if gives == Gives::Outcome { types::I64 } else { types::I32 };
    let mut function = new_function(env, key, c_signature(env, &params, &[returns]));
    let mut b = Builder::new(env, &mut function, scratch);
    let args = b.params.clone();
    match gives {
        Gives::Status => status(&mut b, body, &args),
        Gives::Released(id) => {
            let release = |b: &mut Builder<'_>, status| {
                element::call_release(b, id, &args);
                status
            };
            let ok = |b: &mut Builder<'_>, _: &[Value]| {
                let ok = b.iconst32(0);
                release(b, ok)
            };
            protect(&mut b, body, &args, true, ok, release);
        }
        Gives::Outcome => protect(&mut b, body, &args, true, outcome, |b, status| {
            let trap = b.ins.ins().uextend(types::I64, status);
            b.ins.ins().ishl_imm_u(trap, i64::from(OUTCOME_TRAP_SHIFT))
        }),
    }
    b.finish();
    Ok(function)
}

fn status(b: &mut Builder<'_>, body: Protected, args: &[Value]) {
    protect(b, body, args, true, |b, _| b.iconst32(0), |_, status| status);
}

/// A body's result as the value of an outcome.
fn outcome(b: &mut Builder<'_>, results: &[Value]) -> Value {
    let Some(&value) = results.first() else { return b.iconst(0) };
    match b.ins.func.dfg.value_type(value) {
        types::I32 => b.ins.ins().uextend(types::I64, value),
        _ => value,
    }
}

/// The callback of a lift: the core function itself.
fn callback(env: Env<'_>, id: LiftId) -> Result<Protected> {
    let callback = env.program.lifts[id].options.callback;
    let callback =
        callback.ok_or_else(|| Error::new("a lift without a callback has no entry for one"))?;
    let sig = env.program.signature_of(env.parsed, callback);
    let signature = core_signature(&env.program.signatures[sig]);
    Ok(Protected::Func(env.funcs.core(callback), signature))
}

/// `(context, function, argument: u64) -> status`: the first code of an explicit thread.
fn thread(env: Env<'_>, wide: bool, scratch: &mut FunctionBuilderContext) -> Result<ir::Function> {
    let signature = c_signature(env, &[WORD, WORD, types::I64], &[types::I32]);
    let mut function = new_function(env, FuncKey::Thread { wide }, signature);
    let mut b = Builder::new(env, &mut function, scratch);
    let &[code, argument] = &b.params[..] else { return Err(plan::mismatch()) };
    let argument = if wide { argument } else { b.ins.ins().ireduce(types::I32, argument) };
    let mut signature: Signature = tail_signature();
    signature.params.push(AbiParam::new(b.ins.func.dfg.value_type(argument)));
    status(&mut b, Protected::Code(code, signature), &[argument]);
    b.finish();
    Ok(function)
}

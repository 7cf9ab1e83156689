//! Values, and the calls that instantiation makes with them: of start functions, and of host functions that
//! stand for imported values. A value lies in the context in the host's layout, so the caller's side is that of
//! the host; what is allocated for a result stays the zone's.

use super::super::builder::{Builder, new_function, tail_signature};
use super::super::entry::unpack_field;
use super::super::{Env, FuncKey};
use super::handle::Ledger;
use super::place::{Address, Dest, Source};
use super::plan::{self, End, Plan};
use super::side::{Ownership, Side};
use super::transfer::Transfer;
use super::{call, edge};
use crate::error::Result;
use crate::facts::Caller;
use crate::index::{FuncTypeId, StartCallId, TypeId, ValueId};
use crate::link::{Func, StartCall};
use cranelift_codegen::ir::{self, InstBuilder, Value};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;

/// `(context)`, tail convention; see `FuncKey::StartCall`.
pub fn function(
    env: Env<'_>,
    id: StartCallId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let call = &env.program.start_calls[id];
    let types = &env.program.types;
    let mut function = new_function(env, FuncKey::StartCall(id), tail_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let params = types.func(call.ty).params.iter().zip(&call.args);
    let mut args: Vec<Value> =
        params.map(|(param, &value)| argument(&mut b, param.ty, value)).collect();
    args.extend(call.result.map(|value| address(&mut b, value)));
    match env.facts.tasks.edge(Caller::Start(id)) {
        Some(edge) => {
            let (args, none) = (edge::store_words(&mut b, &args), b.iconst(0));
            let status = edge::call_export(&mut b, edge, args, none);
            b.trap_if_status(status);
        }
        None => ordinary(&mut b, call, &args)?,
    }
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// Calls what needs no record.
fn ordinary(b: &mut Builder<'_>, call: &StartCall, args: &[Value]) -> Result<()> {
    let caller = End::native(call.ty);
    match call.func {
        Func::Lift(lift) => call::lifted(b, caller, lift, args)?,
        Func::Import(import) => call::imported(b, caller, import, args)?,
    };
    if plan::is_gift(&b.env.program.types, call.ty) {
        b.runtime(RuntimeFn::GiftsOwn, &[b.context]);
    }
    Ok(())
}

/// Gives the host a value as the result of a function of type `ty`; `params` is where it goes. The zone keeps
/// its own, but for owned handles, which it gives away.
pub fn read(b: &mut Builder<'_>, value: ValueId, ty: FuncTypeId, params: &[Value]) -> Result<()> {
    let program = b.env.program;
    let result = program.types.func(ty).result;
    let (Some(ty), &[out]) = (result, params) else { return Err(plan::mismatch()) };
    let source = Source::Memory(Address::new(address(b, value)));
    let mut transfer = Transfer {
        b,
        source: Side::native(),
        dest: Side::native(),
        plan: Plan::VALUES,
        ownership: Ownership::Given,
        ledger: Ledger::Scope,
    };
    transfer.value(program.values[value].ty, source, ty, Dest::Memory(Address::new(out)))
}

/// The address of a value's place.
fn address(b: &mut Builder<'_>, value: ValueId) -> Value {
    let offset = b.env.layout.values[value];
    b.ins.ins().iadd_imm_s(b.context, i64::from(offset))
}

/// A value as the host passes a parameter.
fn argument(b: &mut Builder<'_>, ty: TypeId, value: ValueId) -> Value {
    let address = address(b, value);
    unpack_field(b, ty, address, 0)
}

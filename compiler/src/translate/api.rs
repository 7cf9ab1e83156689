//! The functions of the C interface that belong to no export: instances begin and end, tasks run, `main`.

use super::adapter::{error_context, plan};
use super::builder::{Builder, WORD, new_function, runtime_signature};
use super::data::DataKey;
use super::entry::{c_signature, entry_signature, export_type, switch_to};
use super::funcs::{
    Api, ErrorContextApi, WASI_ATTACH, WASI_DELETE, WASI_NEW, WasiApi, main_symbol,
};
use super::{EntryForm, Env, FuncKey, namespace};
use crate::error::{Error, Result};
use crate::index::ExportId;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Signature, Value, types};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context};

/// What the host does with tasks, streams and futures, in programs that have any: `weldc_rt_NAME` is `PREFIX_NAME`.
pub const TASK_API: [RuntimeFn; 8] = [
    RuntimeFn::Tick,
    RuntimeFn::SetWaker,
    RuntimeFn::SetIdle,
    RuntimeFn::EndNew,
    RuntimeFn::EndRead,
    RuntimeFn::EndWrite,
    RuntimeFn::EndCancel,
    RuntimeFn::EndDrop,
];

/// The end of such a function's symbol, for the runtime's and for the library's.
pub fn task_api_suffix(function: RuntimeFn) -> &'static str {
    function.symbol().trim_start_matches("weldc_rt")
}

/// A function of the C interface.
pub fn function(
    env: Env<'_>,
    api: Api,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let signature = signature(env, api);
    let mut function = new_function(env, FuncKey::Api(api), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    // All parameters: in functions of the C interface the first need not be a context.
    let params: Vec<Value> = std::iter::once(b.context).chain(b.params.iter().copied()).collect();
    match (api, &params[..]) {
        (Api::New, &[imports, host, out]) => new(&mut b, imports, host, None, out),
        (Api::NewLinked, &[imports, host, providers, count, out]) => {
            new(&mut b, imports, host, Some((providers, count)), out);
        }
        (Api::Delete, &[zone]) => delete(&mut b, zone),
        (Api::Message, &[zone]) => {
            let message = b.runtime(RuntimeFn::ZoneMessage, &[zone]);
            b.ins.ins().return_(message.as_slice());
        }
        (Api::DropResource(id), &[zone, handle]) => {
            let resource = b.iconst32(id.as_u32());
            let status = b.runtime(RuntimeFn::HostDrop, &[zone, resource, handle]);
            b.ins.ins().return_(status.as_slice());
        }
        (Api::ErrorContext(api), &[argument]) => of_error_context(&mut b, api, argument),
        (Api::Task(function), args) => {
            let result = b.runtime(function, args);
            b.ins.ins().return_(result.as_slice());
        }
        (Api::Wasi(api), &[_, ref args @ ..]) => of_wasi(&mut b, api, args),
        (Api::Main(run), &[argc, argv]) => main(&mut b, run, argc, argv)?,
        _ => return Err(plan::mismatch()),
    }
    b.finish();
    Ok(function)
}

fn signature(env: Env<'_>, api: Api) -> Signature {
    let (params, returns): (&[ir::Type], &[ir::Type]) = match api {
        Api::New => (&[WORD, WORD, WORD], &[types::I32]),
        Api::NewLinked => (&[WORD; 5], &[types::I32]),
        Api::Delete => (&[WORD], &[]),
        Api::Message => (&[WORD], &[WORD]),
        Api::ErrorContext(ErrorContextApi::DebugMessage) => (&[WORD], &[WORD, WORD]),
        Api::ErrorContext(ErrorContextApi::Drop) => (&[WORD], &[]),
        Api::ErrorContext(_) => (&[WORD], &[WORD]),
        Api::DropResource(_) => (&[WORD, types::I64], &[types::I32]),
        Api::Main(_) => (&[types::I32, WORD], &[types::I32]),
        Api::Wasi(WasiApi::Idle) => (&[WORD, types::I32], &[types::I32]),
        Api::Wasi(WasiApi::Pollfds) => (&[WORD; 4], &[WORD]),
        Api::Task(function) => return runtime_signature(env, function),
    };
    c_signature(env, params, returns)
}

/// Calls a function of WASI's by its symbol.
fn call_wasi(
    b: &mut Builder<'_>,
    symbol: &str,
    params: &[ir::Type],
    returns: &[ir::Type],
    args: &[Value],
) -> Vec<Value> {
    let signature = c_signature(b.env, params, returns);
    let func = b.extern_func(symbol, signature);
    let call = b.ins.ins().call(func, args);
    b.ins.inst_results(call).to_vec()
}

/// Makes a zone and the state of WASI that it uses. Other zones that serve imports are an array and its length.
fn new(
    b: &mut Builder<'_>,
    imports: Value,
    host: Value,
    providers: Option<(Value, Value)>,
    out: Value,
) {
    let none = b.iconst(0);
    b.ins.ins().store(MemFlagsData::trusted(), none, out, 0);
    let artefact = b.symbol(namespace::ARTEFACT, 0);
    let uses_wasi = b.env.program.uses_wasi();
    let wasi = if uses_wasi { new_wasi(b) } else { none };
    let status = match providers {
        None => b.runtime(RuntimeFn::ZoneNew, &[artefact, imports, host, wasi, out]),
        Some((providers, count)) => {
            let args = [artefact, imports, host, wasi, providers, count, out];
            b.runtime(RuntimeFn::ZoneLink, &args)
        }
    };
    if uses_wasi {
        attach_or_delete(b, out, wasi);
    }
    b.ins.ins().return_(status.as_slice());
}

fn new_wasi(b: &mut Builder<'_>) -> Value {
    let results = call_wasi(b, WASI_NEW, &[], &[WORD], &[]);
    let wasi = results[0];
    let failed = b.ins.create_block();
    let made = b.ins.create_block();
    b.ins.set_cold_block(failed);
    b.ins.ins().brif(wasi, made, &[], failed, &[]);
    switch_to(b, failed);
    let status = b.iconst32(Trap::OutOfMemory as u32);
    b.ins.ins().return_(&[status]);
    switch_to(b, made);
    wasi
}

/// Deletes the state of WASI if there is no zone to own it. If there is, its tasks wait for WASI.
fn attach_or_delete(b: &mut Builder<'_>, out: Value, wasi: Value) {
    let zone = b.ins.ins().load(WORD, MemFlagsData::trusted(), out, 0);
    let [owned, orphan, done] = [(); 3].map(|()| b.ins.create_block());
    b.ins.set_cold_block(orphan);
    b.ins.ins().brif(zone, owned, &[], orphan, &[]);
    switch_to(b, owned);
    if b.env.program.waits_for_wasi() {
        call_wasi(b, WASI_ATTACH, &[WORD, WORD], &[], &[wasi, zone]);
    }
    b.ins.ins().jump(done, &[]);
    switch_to(b, orphan);
    call_wasi(b, WASI_DELETE, &[WORD], &[], &[wasi]);
    b.ins.ins().jump(done, &[]);
    switch_to(b, done);
}

/// Ends a zone, then the state of WASI, which the zone's handles refer to until then. While other zones use it,
/// they are left to the last of those.
fn delete(b: &mut Builder<'_>, zone: Value) {
    let some = b.ins.create_block();
    let done = b.ins.create_block();
    b.ins.ins().brif(zone, some, &[], done, &[]);
    switch_to(b, some);
    if b.env.program.uses_wasi() {
        orphan_used(b, done);
        let wasi = b.load_context(WORD, context::WASI);
        b.runtime(RuntimeFn::ZoneDrop, &[zone]);
        call_wasi(b, WASI_DELETE, &[WORD], &[], &[wasi]);
    } else {
        b.runtime(RuntimeFn::ZoneDrop, &[zone]);
    }
    b.ins.ins().jump(done, &[]);
    switch_to(b, done);
    b.ins.ins().return_(&[]);
}

/// Goes to `done` if other zones use this one, leaving word how to end it.
fn orphan_used(b: &mut Builder<'_>, done: ir::Block) {
    let users = b.load_context(types::I32, context::USERS);
    let used = b.ins.create_block();
    let unused = b.ins.create_block();
    b.ins.ins().brif(users, used, &[], unused, &[]);
    switch_to(b, used);
    let env = b.env;
    let delete = env.funcs.id(FuncKey::Api(Api::Delete));
    let delete = b.func(delete, || signature(env, Api::Delete));
    let delete = b.ins.ins().func_addr(WORD, delete);
    let services = b.load_context(WORD, context::SERVICES);
    b.ins.ins().store(MemFlagsData::trusted(), delete, services, context::services::ORPHAN);
    b.ins.ins().jump(done, &[]);
    switch_to(b, unused);
}

/// The argument is an error context; of the function that makes one, the address of its message as a string.
fn of_error_context(b: &mut Builder<'_>, api: ErrorContextApi, argument: Value) {
    match api {
        ErrorContextApi::New => {
            let flags = MemFlagsData::trusted();
            let [address, bytes] =
                [0, 8].map(|offset| b.ins.ins().load(WORD, flags, argument, offset));
            let made = b.runtime(RuntimeFn::ErrorContextMake, &[address, bytes]);
            b.ins.ins().return_(made.as_slice());
        }
        ErrorContextApi::Clone => {
            b.runtime(RuntimeFn::ErrorContextRetain, &[argument]);
            b.ins.ins().return_(&[argument]);
        }
        ErrorContextApi::DebugMessage => {
            let message = error_context::message(b, argument);
            b.ins.ins().return_(&message);
        }
        ErrorContextApi::Drop => {
            b.runtime(RuntimeFn::ErrorContextRelease, &[argument]);
            b.ins.ins().return_(&[]);
        }
    }
}

/// Hands `args` to WASI with the state of the zone, whose context is the first parameter.
fn of_wasi(b: &mut Builder<'_>, api: WasiApi, args: &[Value]) {
    let signature = signature(b.env, Api::Wasi(api));
    let wasi = b.load_context(WORD, context::WASI);
    let args: Vec<Value> = std::iter::once(wasi).chain(args.iter().copied()).collect();
    let func = b.extern_func(api.callee(), signature);
    let call = b.ins.ins().call(func, &args);
    let results = b.ins.inst_results(call).to_vec();
    b.ins.ins().return_(&results);
}

/// `main`: hands everything over to WASI, which makes the zone and calls `run`.
fn main(b: &mut Builder<'_>, run: ExportId, argc: Value, argv: Value) -> Result<()> {
    let env = b.env;
    if !env.options.entry_forms.contains(&EntryForm::Direct) {
        return Err(Error::new("`main` needs the direct entry of wasi:cli/run"));
    }
    let artefact = b.symbol(namespace::ARTEFACT, 0);
    let signature = entry_signature(env, export_type(env, run)?, EntryForm::Direct);
    let entry = b.func(env.funcs.id(FuncKey::Entry(run, EntryForm::Direct)), || signature);
    let entry = b.ins.ins().func_addr(WORD, entry);
    let grants = b.symbol(namespace::DATA, env.data.id(DataKey::Grants).as_u32());
    let size = env.options.main.as_ref().map_or(0, Vec::len);
    let size = b.iconst(size as i64);
    let params = [types::I32, WORD, WORD, WORD, WORD, WORD];
    let args = [argc, argv, artefact, entry, grants, size];
    let results = call_wasi(b, main_symbol(env.program), &params, &[types::I32], &args);
    b.ins.ins().return_(&results);
    Ok(())
}

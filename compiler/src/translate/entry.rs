//! The border between the host and a zone: entries and trap stubs. The functions of the C interface are in `api`.
//!
//! An entry has the target's C convention and calls a body in the tail convention by the one `try_call`
//! of its function; where the call has a record, it may call the runtime instead, whose callees (`upcall`) have one.
//! A trap anywhere below lands in its handler with the status in the first exception
//! payload register; the runtime finds the entry's frame by walking frame pointers and its context in
//! the stack slot that [`CONTEXT_SLOT`] marks.

use super::adapter::{at_once, native, plan, thread};
use super::builder::{Builder, WORD, core_signature, new_function, tail_signature, trap_code};
use super::{EntryForm, Env, FuncKey};
use crate::error::{Error, Result};
use crate::facts::Caller;
use crate::index::{ExportId, FuncId, FuncTypeId, ResourceId, TypeId};
use crate::link::{ExportItem, ResourceOrigin};
use crate::types::{Abi, Type};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, AbiParam, BlockArg, ExceptionTableData, ExceptionTableItem, InstBuilder, MemFlagsData,
    Signature, StackSlot, StackSlotData, StackSlotKey, StackSlotKind, Value, types,
};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, context};

/// Marks the stack slot in which an entry keeps the context (`weldc_abi::artefact::Entry`).
pub const CONTEXT_SLOT: u64 = 1;

/// An exported function, or what gives an exported value: calls its body with the host's arguments.
pub fn export(
    env: Env<'_>,
    id: ExportId,
    form: EntryForm,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let ty = export_type(env, id)?;
    let key = FuncKey::Entry(id, form);
    let mut function = new_function(env, key, entry_signature(env, ty, form));
    let mut b = Builder::new(env, &mut function, scratch);
    begin(&mut b);
    let mut args = match form {
        EntryForm::Direct | EntryForm::Async => b.params.clone(),
        EntryForm::Packed => unpack(&mut b, ty),
    };
    let completion = match form {
        EntryForm::Async => args.pop(),
        EntryForm::Direct | EntryForm::Packed => None,
    };
    match env.facts.tasks.edge(Caller::Export(id)) {
        Some(edge) => at_once::call_export(&mut b, edge, &args, completion),
        // An ordinary call is over when it returns: nobody has to be told later.
        None => {
            let body = env.funcs.id(FuncKey::Export(id));
            enter(&mut b, body, native::export_signature(&env.program.types, ty), &args);
        }
    }
    b.finish();
    Ok(function)
}

pub(super) fn export_type(env: Env<'_>, id: ExportId) -> Result<FuncTypeId> {
    let export = &env.program.exports[id];
    match export.item {
        ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } => Ok(ty),
        _ => Err(Error::new(format!("export `{}` cannot be called", export.name.name))),
    }
}

/// The signature of an export's entry.
pub(super) fn entry_signature(env: Env<'_>, ty: FuncTypeId, form: EntryForm) -> Signature {
    let mut signature = status_signature(env);
    match form {
        EntryForm::Direct => signature.params.extend(native::params(&env.program.types, ty)),
        EntryForm::Async => {
            signature.params.extend(native::params(&env.program.types, ty));
            signature.params.push(AbiParam::new(WORD));
        }
        EntryForm::Packed => signature.params.extend([AbiParam::new(WORD); 2]),
    }
    signature
}

/// C convention: an address in, a status out.
pub(super) fn status_signature(env: Env<'_>) -> Signature {
    let mut signature = Signature::new(env.isa.default_call_conv());
    signature.params.push(AbiParam::new(WORD));
    signature.returns.push(AbiParam::new(types::I32));
    signature
}

/// The arguments of a packed entry as the body takes them: fields of one record, scalars by value.
fn unpack(b: &mut Builder<'_>, ty: FuncTypeId) -> Vec<Value> {
    let program = b.env.program;
    let params = plan::params(&program.types, ty);
    let (offsets, _) = program.types.product(Abi::NATIVE, &params);
    let [record, result] = b.params[..] else { return Vec::new() };
    let mut args: Vec<Value> = params
        .iter()
        .zip(offsets)
        .map(|(&id, offset)| unpack_field(b, id, record, i32::try_from(offset).unwrap_or(i32::MAX)))
        .collect();
    if program.types.func(ty).result.is_some() {
        args.push(result);
    }
    args
}

/// A field of a record as the host passes a parameter.
pub(super) fn unpack_field(b: &mut Builder<'_>, id: TypeId, record: Value, offset: i32) -> Value {
    let program_types = &b.env.program.types;
    let flags = MemFlagsData::trusted();
    let Some(scalar) = native::scalar(program_types, id) else {
        return b.ins.ins().iadd_imm_s(record, i64::from(offset));
    };
    let ins = b.ins.ins();
    match (program_types.layout(Abi::NATIVE, id).size, program_types.get(id)) {
        (1, Type::S8) => ins.sload8(scalar, flags, record, offset),
        (2, Type::S16) => ins.sload16(scalar, flags, record, offset),
        (1, _) => ins.uload8(scalar, flags, record, offset),
        (2, _) => ins.uload16(scalar, flags, record, offset),
        _ => ins.load(scalar, flags, record, offset),
    }
}

/// `(context, rep: u64) -> status`: runs the destructor of a resource that the host dropped.
pub fn destructor(
    env: Env<'_>,
    id: ResourceId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let ResourceOrigin::Guest { dtor: Some(dtor), instance, .. } = env.program.resources[id].origin
    else {
        return Err(Error::new("a resource without a destructor has no entry for one"));
    };
    let mut signature = status_signature(env);
    signature.params.push(AbiParam::new(types::I64));
    let mut function = new_function(env, FuncKey::Destructor(id), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    begin(&mut b);
    let representation = b.params.first().copied().ok_or_else(plan::mismatch)?;
    let arg = super::trampoline::destructor_argument(&mut b, dtor, representation);
    let sig = env.program.signature_of(env.parsed, dtor);
    let signature = core_signature(&env.program.signatures[sig]);
    let interrupted = thread::begin(&mut b, instance, dtor);
    enter_with(&mut b, env.funcs.core(dtor), signature, &[arg], |b, _| {
        thread::end(b, interrupted);
    });
    b.finish();
    Ok(function)
}

/// `(context, rep: u64)`: calls the host's own destructor: for a zone that has ended, or for another zone, which got
/// the resource from this one.
pub fn host_drop(
    env: Env<'_>,
    id: ResourceId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let ResourceOrigin::Host { drop } = &env.program.resources[id].origin else {
        return Err(Error::new("a guest's resource is not dropped by the host's function"));
    };
    let signature = c_signature(env, &[WORD, types::I64], &[]);
    let mut function = new_function(env, FuncKey::HostDrop(id), signature.clone());
    let mut b = Builder::new(env, &mut function, scratch);
    let args = b.params.clone();
    native::call_unmarked(&mut b, drop, signature, &args);
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// `(context) -> status`: the run-time part of instantiation, or of a stage of it.
pub fn start(
    env: Env<'_>,
    key: FuncKey,
    body: FuncKey,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let mut function = new_function(env, key, status_signature(env));
    let mut b = Builder::new(env, &mut function, scratch);
    begin(&mut b);
    enter(&mut b, env.funcs.id(body), tail_signature(), &[]);
    b.finish();
    Ok(function)
}

/// Turns back if a trap has ended the zone.
pub(super) fn begin(b: &mut Builder<'_>) {
    let state = b.load_context(types::I32, context::STATE);
    let ended = b.ins.create_block();
    let alive = b.ins.create_block();
    b.ins.set_cold_block(ended);
    b.ins.ins().brif(state, ended, &[], alive, &[]);
    switch_to(b, ended);
    let status = b.iconst32(Trap::CannotEnter as u32);
    b.ins.ins().return_(&[status]);
    switch_to(b, alive);
}

pub(super) fn switch_to(b: &mut Builder<'_>, block: ir::Block) {
    b.ins.switch_to_block(block);
    b.ins.seal_block(block);
}

/// Calls `body` with the context and these arguments and returns the status; ends the function.
fn enter(b: &mut Builder<'_>, body: FuncId, signature: Signature, args: &[Value]) {
    enter_with(b, body, signature, args, |_, _| {});
}

/// As [`enter`]; `finish` does something with the results.
pub(super) fn enter_with(
    b: &mut Builder<'_>,
    body: FuncId,
    signature: Signature,
    args: &[Value],
    finish: impl FnOnce(&mut Builder<'_>, &[Value]),
) {
    let nests = native::is_reentered(b.env.program);
    let finish = |b: &mut Builder<'_>, results: &[Value]| {
        finish(b, results);
        b.iconst32(0)
    };
    protect(b, Protected::Func(body, signature), args, nests, finish, |_, status| status);
}

/// What is called such that traps land here: tail convention.
pub(super) enum Protected {
    Func(FuncId, Signature),
    /// Code at this address.
    Code(Value, Signature),
}

impl Protected {
    pub fn signature(&self) -> &Signature {
        let (Protected::Func(_, signature) | Protected::Code(_, signature)) = self;
        signature
    }
}

/// Calls `body` with the context and these arguments, and returns what `finish` makes of its results or `land` of the
/// trap; ends the function. `nests`: whether it may be called within a call into the zone.
pub(super) fn protect(
    b: &mut Builder<'_>,
    body: Protected,
    args: &[Value],
    nests: bool,
    finish: impl FnOnce(&mut Builder<'_>, &[Value]) -> Value,
    land: impl FnOnce(&mut Builder<'_>, Value) -> Value,
) {
    let (kept, outer_exit) = keep_context(b, nests);
    let outer_limit = set_stack_limit(b, nests);
    let returned = b.ins.create_block();
    let trapped = b.ins.create_block();
    b.ins.set_cold_block(trapped);
    let payload = b.ins.append_block_param(trapped, WORD);
    let returns = body.signature().returns.iter();
    let results: Vec<Value> =
        returns.map(|result| b.ins.append_block_param(returned, result.value_type)).collect();
    try_call(b, body, args, returned, trapped);

    switch_to(b, returned);
    b.context = b.ins.ins().stack_load(WORD, WORD, kept, 0);
    leave(b, outer_limit, outer_exit);
    let ok = finish(b, &results);
    b.ins.ins().return_(&[ok]);

    switch_to(b, trapped);
    b.context = b.ins.ins().stack_load(WORD, WORD, kept, 0);
    leave(b, outer_limit, outer_exit);
    let status = b.ins.ins().ireduce(types::I32, payload);
    let trap = land(b, status);
    b.ins.ins().return_(&[trap]);
}

/// The call: goes on in one block with its results, in the other with a trap.
fn try_call(
    b: &mut Builder<'_>,
    body: Protected,
    args: &[Value],
    returned: ir::Block,
    trapped: ir::Block,
) {
    let count = body.signature().returns.len() as u32;
    let args: Vec<Value> = std::iter::once(b.context).chain(args.iter().copied()).collect();
    let (callee, signature) = match body {
        Protected::Func(body, signature) => {
            let func = b.func(body, || signature);
            (Err(func), b.ins.func.dfg.ext_funcs[func].signature)
        }
        Protected::Code(code, signature) => (Ok(code), b.ins.import_signature(signature)),
    };
    let lists = &mut b.ins.func.dfg.value_lists;
    let normal = ir::BlockCall::new(returned, (0..count).map(BlockArg::TryCallRet), lists);
    let landing = ir::BlockCall::new(trapped, [BlockArg::TryCallExn(0)], lists);
    let handlers = [ExceptionTableItem::Default(landing)];
    let table = ExceptionTableData::new(signature, normal, handlers);
    let table = b.ins.func.dfg.exception_tables.push(table);
    match callee {
        Ok(code) => b.ins.ins().try_call_indirect(code, &args, table),
        Err(func) => b.ins.ins().try_call(func, &args, table),
    };
}

/// Stores the context where the runtime finds it once it has found this frame; gives the place, so that nothing else
/// keeps it during the call. Behind it goes what the collector needs to find the frames of the call that this entry's
/// is part of, if there is one; given back, too.
fn keep_context(b: &mut Builder<'_>, nests: bool) -> (StackSlot, Option<Value>) {
    let program = b.env.program;
    let is_walked = program.collects();
    let size = if is_walked { 16 } else { 8 };
    let key = StackSlotKey::new(CONTEXT_SLOT);
    let slot = StackSlotData::new_with_key(StackSlotKind::ExplicitSlot, size, 3, key);
    let slot = b.ins.create_sized_stack_slot(slot);
    let context = b.context;
    b.ins.ins().stack_store(WORD, context, slot, 0);
    if !is_walked {
        return (slot, None);
    }
    let outer = if nests { b.load_context(WORD, context::gc::EXIT) } else { b.iconst(0) };
    b.ins.ins().stack_store(WORD, outer, slot, 8);
    (slot, nests.then_some(outer))
}

/// Makes the context what it was before this entry was called.
fn leave(b: &mut Builder<'_>, outer_limit: Option<Value>, outer_exit: Option<Value>) {
    put_back_limit(b, outer_limit);
    if let Some(exit) = outer_exit {
        b.store_context(exit, context::gc::EXIT);
    }
}

/// Two stores in place of one, so that no call waits for the memory accesses of the one before it.
fn put_back_limit(b: &mut Builder<'_>, outer: Option<Value>) {
    let nowhere = b.iconst(0);
    let Some(outer) = outer else { return b.store_context(nowhere, context::STACK_LIMIT) };
    let [inner, outermost, done] = std::array::from_fn(|_| b.ins.create_block());
    b.ins.ins().brif(outer, inner, &[], outermost, &[]);
    for (block, limit) in [(inner, outer), (outermost, nowhere)] {
        switch_to(b, block);
        b.store_context(limit, context::STACK_LIMIT);
        b.ins.ins().jump(done, &[]);
    }
    switch_to(b, done);
}

/// The outermost entry of a thread grants the zone its stack; an inner one runs on what is left of it, unless it is on
/// another stack: that of a zone with a runtime of its own, which copies to or from this one, or of a host that has
/// several. The stack is the limit's if that is no further than a grant away; stacks of the runtime have as much below
/// their limit. Gives the limit that was found, unless no entry is ever an inner one.
fn set_stack_limit(b: &mut Builder<'_>, nests: bool) -> Option<Value> {
    let granted = b.load_context(WORD, context::STACK_SIZE);
    let here = b.ins.ins().get_stack_pointer(WORD);
    let grant = |b: &mut Builder<'_>| {
        let limit = b.ins.ins().isub(here, granted);
        b.store_context(limit, context::STACK_LIMIT);
    };
    if !nests {
        grant(b);
        return None;
    }
    // Branches, so that no call waits for the memory accesses of the one before it.
    let outer = b.load_context(WORD, context::STACK_LIMIT);
    let [inner, granting, done] = std::array::from_fn(|_| b.ins.create_block());
    b.ins.ins().brif(outer, inner, &[], granting, &[]);

    switch_to(b, inner);
    let left = b.ins.ins().isub(here, outer);
    let distance = b.ins.ins().iadd(left, granted);
    let near = b.ins.ins().iadd(granted, granted);
    let is_elsewhere = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, distance, near);
    b.ins.ins().brif(is_elsewhere, granting, &[], done, &[]);

    switch_to(b, granting);
    grant(b);
    b.ins.ins().jump(done, &[]);
    switch_to(b, done);
    Some(outer)
}

/// Ends the zone with `trap` from the place that called.
pub fn trap(
    env: Env<'_>,
    trap: Trap,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let signature = Signature::new(env.isa.default_call_conv());
    let mut function = new_function(env, FuncKey::Trap(trap), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    let code = b.iconst32(trap as u32);
    raise(&mut b, code, trap);
    b.finish();
    Ok(function)
}

/// Ends the zone with the trap whose code is the argument.
pub fn trap_dynamic(env: Env<'_>, scratch: &mut FunctionBuilderContext) -> Result<ir::Function> {
    let mut signature = Signature::new(env.isa.default_call_conv());
    signature.params.push(AbiParam::new(types::I32));
    let mut function = new_function(env, FuncKey::TrapDynamic, signature);
    let mut b = Builder::new(env, &mut function, scratch);
    // The only parameter; there is no context.
    let code = b.context;
    raise(&mut b, code, Trap::Unreachable);
    b.finish();
    Ok(function)
}

/// Calls the runtime for the caller of this stub.
fn raise(b: &mut Builder<'_>, code: Value, trap: Trap) {
    let (pc, caller) = caller(b);
    b.runtime(RuntimeFn::Raise, &[code, pc, caller]);
    b.ins.ins().trap(trap_code(trap));
}

/// Throws for the caller of this stub, as `raise` raises.
pub fn throw(env: Env<'_>, scratch: &mut FunctionBuilderContext) -> Result<ir::Function> {
    let mut function = new_function(env, FuncKey::Throw, throw_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    let (context, exception) = (b.context, b.params[0]);
    let (pc, caller) = caller(&mut b);
    b.runtime(RuntimeFn::Throw, &[context, exception, pc, caller]);
    b.ins.ins().trap(trap_code(Trap::UncaughtException));
    b.finish();
    Ok(function)
}

/// Tail convention, the context and an exception.
pub fn throw_signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.push(AbiParam::new(WORD));
    signature
}

/// The return address of the function under construction, and its caller's frame pointer: what its frame
/// begins with.
fn caller(b: &mut Builder<'_>) -> (Value, Value) {
    let frame = b.ins.ins().get_frame_pointer(WORD);
    let flags = MemFlagsData::trusted();
    let caller = b.ins.ins().load(WORD, flags, frame, 0);
    let pc = b.ins.ins().load(WORD, flags, frame, 8);
    (pc, caller)
}

pub(super) fn c_signature(env: Env<'_>, params: &[ir::Type], returns: &[ir::Type]) -> Signature {
    let mut signature = Signature::new(env.isa.default_call_conv());
    signature.params.extend(params.iter().copied().map(AbiParam::new));
    signature.returns.extend(returns.iter().copied().map(AbiParam::new));
    signature
}

//! How the host is called, and calls (docs/native-abi.md).

use super::super::builder::{Builder, WORD, tail_signature};
use super::flat;
use super::plan;
use crate::index::{FuncTypeId, TypeId};
use crate::link::{Binding, Program, Receiver, Resource, ResourceOrigin};
use crate::types::{Abi, Type, Types};
use cranelift_codegen::ir::{
    self, AbiParam, InstBuilder, Signature, StackSlotData, StackSlotKind, Value, types,
};
use weldc_abi::{Trap, context};

/// The CLIF type of what is passed by value; `None` for what is passed by address.
pub fn scalar(types: &Types, id: TypeId) -> Option<ir::Type> {
    match types.get(id) {
        Type::String | Type::List(_) | Type::Map(..) | Type::FixedList(..) => None,
        Type::Record(_) | Type::Tuple(_) => None,
        Type::Variant(_) | Type::Option(_) | Type::Result { .. } => None,
        _ => plan::flat(types, Abi::NATIVE, id).first().copied().map(flat::clif),
    }
}

/// Parameters of a function as the host passes them, and the address of its result.
pub fn params(types: &Types, ty: FuncTypeId) -> Vec<AbiParam> {
    let func = types.func(ty);
    let params = func.params.iter().map(|p| scalar(types, p.ty).unwrap_or(WORD));
    params.chain(func.result.map(|_| WORD)).map(AbiParam::new).collect()
}

/// The signature of an export's body: the tail convention with the host's parameters.
pub fn export_signature(types: &Types, ty: FuncTypeId) -> Signature {
    let mut signature = tail_signature();
    signature.params.extend(params(types, ty));
    signature
}

/// The signature of a host function: the receiver, the parameters, of an asynchronous one the completion, and a status.
pub fn import_signature(b: &Builder<'_>, ty: FuncTypeId) -> Signature {
    let mut signature = b.c_signature();
    signature.params.push(AbiParam::new(WORD));
    signature.params.extend(params(&b.env.program.types, ty));
    if b.env.program.types.func(ty).async_ {
        signature.params.push(AbiParam::new(WORD));
    }
    signature.returns.push(AbiParam::new(types::I32));
    signature
}

/// Whether guest code can run before a function bound like this returns: the embedder may call exports
/// from its imports, WASI does not.
pub fn reenters(binding: &Binding) -> bool {
    matches!(binding, Binding::Symbol { receiver: Receiver::Host, .. } | Binding::Table { .. })
}

/// Whether the embedder ever gets control while the zone runs, so that it can call exports from there.
pub fn is_reentered(program: &Program) -> bool {
    let drops = |r: &Resource| matches!(&r.origin, ResourceOrigin::Host { drop } if reenters(drop));
    program.imports.values().any(|i| reenters(&i.binding)) || program.resources.values().any(drops)
}

/// Calls something of the host's with its receiver and these arguments. For what cannot be called the
/// block ends in a trap and another, unreachable one goes on; then there are no results.
pub fn call(
    b: &mut Builder<'_>,
    binding: &Binding,
    signature: Signature,
    args: &[Value],
) -> Vec<Value> {
    if reenters(binding) {
        mark_exit(b);
    }
    call_unmarked(b, binding, signature, args)
}

/// As [`call`], from a function that no call into the zone waits for: what marks the frames of those that do stays.
pub fn call_unmarked(
    b: &mut Builder<'_>,
    binding: &Binding,
    signature: Signature,
    args: &[Value],
) -> Vec<Value> {
    let receiver = match binding {
        Binding::Symbol { receiver: Receiver::Wasi, .. } => context::WASI,
        Binding::Table { slot } => import_word(b, *slot, context::import::RECEIVER),
        _ => context::HOST,
    };
    let receiver = b.load_context_readonly(WORD, receiver);
    let args: Vec<Value> = std::iter::once(receiver).chain(args.iter().copied()).collect();
    let call = match binding {
        Binding::Symbol { symbol, .. } => {
            let func = b.extern_func(symbol, signature);
            b.ins.ins().call(func, &args)
        }
        Binding::Table { slot } => {
            let code = import_word(b, *slot, context::import::CODE);
            let func = b.load_context_readonly(WORD, code);
            let signature = b.ins.import_signature(signature);
            b.ins.ins().call_indirect(signature, func, &args)
        }
        Binding::Trap => {
            b.trap(Trap::UnknownImport);
            continue_unreachable(b);
            return Vec::new();
        }
        Binding::Nothing => return Vec::new(),
    };
    b.ins.inst_results(call).to_vec()
}

/// Before a call of a function, of the host's or the runtime's, that may enter the zone: stores where the collector finds the frames below that
/// call. The frame of this function itself has no traced words then.
pub fn mark_exit(b: &mut Builder<'_>) {
    if b.env.program.collects() {
        let frame = b.ins.ins().get_frame_pointer(WORD);
        b.store_context(frame, context::gc::EXIT);
    }
}

/// The context offset of a word of an import. `place` has seen to it that all of the context can be reached.
fn import_word(b: &Builder<'_>, slot: u32, field: i32) -> i32 {
    let start =
        u64::from(b.env.layout.imports) + u64::from(slot) * u64::from(context::import::SIZE);
    i32::try_from(start).map_or(i32::MAX, |start| start + field)
}

fn continue_unreachable(b: &mut Builder<'_>) {
    let block = b.ins.create_block();
    b.ins.switch_to_block(block);
    b.ins.seal_block(block);
}

/// Ends the zone unless an import's status is 0: with the trap that it is the code of, since an import may be
/// another zone's export, or hand on what one returned. If the import called back into the zone and ended it,
/// this call must not go on either, whatever the import returned.
pub fn check_status(b: &mut Builder<'_>, status: Value, reenters: bool) {
    if reenters {
        check_state(b);
    }
    b.trap_if_status(status);
}

/// Ends the zone if what was called has ended it.
pub fn check_state(b: &mut Builder<'_>) {
    let state = b.load_context(types::I32, context::STATE);
    b.trap_if_status(state);
}

/// A temporary on the stack; its address.
pub fn stack_temporary(b: &mut Builder<'_>, layout: crate::types::Layout) -> Value {
    let align_shift = layout.align.trailing_zeros() as u8;
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, layout.size, align_shift);
    let slot = b.ins.create_sized_stack_slot(slot);
    b.ins.ins().stack_addr(WORD, slot, 0)
}

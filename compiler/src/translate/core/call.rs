//! Calls: direct, through a table or a reference, and in tail position.
//!
//! A function reference is a word (see `weldc_abi::context::funcref`): where the code is, and which
//! signature it has. Null has signature 0, which no function has, so one comparison tells all that a
//! call through a table must know; only the trap asks which of the two it was.

use super::exception::Callee;
use super::state::Translation;
use super::table;
use crate::error::Result;
use crate::index::SigId;
use crate::translate::builder::{WORD, signature_tag};
use crate::translate::namespace;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, Value, types};
use wasmparser::Operator;
use weldc_abi::Trap;
use weldc_abi::context::funcref::SIGNATURE_SHIFT;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match *op {
        Operator::Call { function_index } => call(t, function_index)?,
        Operator::CallIndirect { type_index, table_index } => {
            call_indirect(t, type_index, table_index)?
        }
        Operator::ReturnCall { function_index } => return_call(t, function_index),
        Operator::ReturnCallIndirect { type_index, table_index } => {
            return_call_indirect(t, type_index, table_index)
        }
        Operator::CallRef { type_index } => call_ref(t, type_index)?,
        Operator::ReturnCallRef { type_index } => return_call_ref(t, type_index),
        _ => return Ok(false),
    }
    Ok(true)
}

fn call(t: &mut Translation<'_>, function: u32) -> Result<()> {
    let (callee, args) = direct(t, function);
    t.call(Callee::Function(callee), args)
}

fn return_call(t: &mut Translation<'_>, function: u32) {
    let (callee, args) = direct(t, function);
    t.ins().return_call(callee, &args);
    t.reuse_call(args);
    t.reachable = false;
}

fn direct(t: &mut Translation<'_>, function: u32) -> (ir::FuncRef, Vec<Value>) {
    let callee = t.builder.core_func(t.instance.funcs[function as usize]);
    let count = t.module.func_type(function).params().len();
    (callee, t.pop_call_args(count))
}

fn call_indirect(t: &mut Translation<'_>, ty: u32, table: u32) -> Result<()> {
    let (signature, callee, args) = indirect(t, ty, table);
    t.call(Callee::Address(signature, callee), args)
}

fn return_call_indirect(t: &mut Translation<'_>, ty: u32, table: u32) {
    let (signature, callee, args) = indirect(t, ty, table);
    t.ins().return_call_indirect(signature, callee, &args);
    t.reuse_call(args);
    t.reachable = false;
}

fn indirect(t: &mut Translation<'_>, ty: u32, table: u32) -> (ir::SigRef, Value, Vec<Value>) {
    let index = t.pop_index();
    let (sig, func_type) = t.signature(ty);
    let id = t.instance.tables[table as usize];
    let reference = table::get(&mut t.builder, id, index, Trap::UndefinedElement);
    let callee = check_callee(t, reference, sig);
    let args = t.pop_call_args(func_type.params().len());
    (t.import_signature(sig), callee, args)
}

/// The address of the code that `reference` names; traps if its signature is not `sig`.
fn check_callee(t: &mut Translation<'_>, reference: Value, sig: SigId) -> Value {
    let tag = t.ins().ushr_imm_u(reference, i64::from(SIGNATURE_SHIFT));
    let fits = t.ins().icmp_imm_u(IntCC::Equal, tag, i64::from(signature_tag(sig)));
    let bad = t.builder.ins.create_block();
    let good = t.builder.ins.create_block();
    t.ins().brif(fits, good, &[], bad, &[]);
    t.builder.ins.seal_block(good);
    t.builder.ins.seal_block(bad);

    t.builder.ins.set_cold_block(bad);
    t.builder.ins.switch_to_block(bad);
    t.builder.trap_unless(reference, Trap::UninitializedElement);
    t.builder.ins.set_cold_block(t.builder.ins.current_block().expect("open"));
    t.builder.trap(Trap::IndirectCallTypeMismatch);

    t.builder.ins.switch_to_block(good);
    address(t, reference)
}

fn call_ref(t: &mut Translation<'_>, ty: u32) -> Result<()> {
    let (signature, callee, args) = typed(t, ty);
    t.call(Callee::Address(signature, callee), args)
}

fn return_call_ref(t: &mut Translation<'_>, ty: u32) {
    let (signature, callee, args) = typed(t, ty);
    t.ins().return_call_indirect(signature, callee, &args);
    t.reuse_call(args);
    t.reachable = false;
}

/// A callee whose type validation knows: it can only be null.
fn typed(t: &mut Translation<'_>, ty: u32) -> (ir::SigRef, Value, Vec<Value>) {
    let (sig, func_type) = t.signature(ty);
    let reference = t.pop();
    t.builder.trap_unless(reference, Trap::NullReference);
    let callee = address(t, reference);
    let args = t.pop_call_args(func_type.params().len());
    (t.import_signature(sig), callee, args)
}

/// Where the code of a function reference is.
fn address(t: &mut Translation<'_>, reference: Value) -> Value {
    let offset = t.ins().ireduce(types::I32, reference);
    let offset = t.ins().uextend(WORD, offset);
    let text = t.builder.symbol(namespace::TEXT, 0);
    t.ins().iadd(text, offset)
}

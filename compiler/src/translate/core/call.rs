//! Calls: direct, through a table or a reference, and in tail position.
//!
//! A function reference is a word (see `weldc_abi::context::funcref`): where the code is, and which
//! signature it has. Null has signature 0, which no function has, so one comparison tells all that a
//! call through a table must know; only the trap asks which of the two it was. What is known of a table that
//! nothing writes to saves more: the comparison if every element passes it, the table if only one function
//! does.

use super::exception::Callee;
use super::state::Translation;
use super::table;
use crate::error::Result;
use crate::facts;
use crate::index::{SigId, TableId};
use crate::link::core_types::Numbers;
use crate::translate::builder::{Builder, Region, WORD, signature_tag};
use crate::translate::namespace;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Value, types};
use wasmparser::Operator;
use weldc_abi::Trap;
use weldc_abi::context::funcref;

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
    t.call(Callee::Function(callee), args)?;
    t.note_types(t.module.func_type(function).results());
    Ok(())
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
    let (callee, args) = indirect(t, ty, table);
    t.call(callee, args)?;
    t.note_types(t.module.types[ty as usize].results());
    Ok(())
}

fn return_call_indirect(t: &mut Translation<'_>, ty: u32, table: u32) {
    let (callee, args) = indirect(t, ty, table);
    match callee {
        Callee::Function(func) => t.ins().return_call(func, &args),
        Callee::Address(signature, callee) => {
            t.ins().return_call_indirect(signature, callee, &args)
        }
    };
    t.reuse_call(args);
    t.reachable = false;
}

fn indirect(t: &mut Translation<'_>, ty: u32, table: u32) -> (Callee, Vec<Value>) {
    let index = t.pop();
    let (sig, func_type) = t.signature(ty);
    let callee = find(t, t.instance.tables[table as usize], sig, index);
    (callee, t.pop_call_args(func_type.params().len()))
}

/// What a call as `sig` finds at `index`; traps if that is nothing to be called so.
fn find(t: &mut Translation<'_>, id: TableId, sig: SigId, index: Value) -> Callee {
    let env = t.builder.env;
    let constant = constant(t, index);
    let index = t.index(index);
    match env.facts.callee(env.parsed, env.program, id, sig, constant) {
        facts::Callee::At(only, func) => {
            if constant.is_none() {
                let found = t.ins().icmp_imm_u(IntCC::Equal, index, only as i64);
                fork(t, found, |t| element(t, id, index).refuse(t));
            }
            Callee::Function(t.builder.core_func(func))
        }
        facts::Callee::One(func) => {
            element(t, id, index).check(t, sig);
            Callee::Function(t.builder.core_func(func))
        }
        facts::Callee::Nothing | facts::Callee::Several => {
            let element = element(t, id, index);
            element.check(t, sig);
            let offset = element.code(t);
            let address = address(t, offset);
            Callee::Address(t.import_signature(sig), address)
        }
    }
}

/// The value of an index that is a constant.
fn constant(t: &Translation<'_>, index: Value) -> Option<u64> {
    let dfg = &t.builder.ins.func.dfg;
    let inst = dfg.value_def(index).inst()?;
    match dfg.insts[inst] {
        ir::InstructionData::UnaryImm { opcode: ir::Opcode::Iconst, imm } => {
            let bits = dfg.value_type(index).bits();
            Some(imm.bits() as u64 & (u64::MAX >> (64 - bits)))
        }
        _ => None,
    }
}

/// Element `index`; traps if there is none.
fn element(t: &mut Translation<'_>, id: TableId, index: Value) -> Element {
    let address = table::checked_element(&mut t.builder, id, index, Trap::UndefinedElement);
    Element { id, address }
}

/// An element that holds a function reference, of which each half is loaded by itself: the one to be compared,
/// the other to be called. Shifting the whole word would take longer.
#[derive(Clone, Copy)]
struct Element {
    id: TableId,
    address: Value,
}

impl Element {
    fn code(self, t: &mut Translation<'_>) -> Value {
        let flags = t.builder.flags_in(Region::Table(self.id), MemFlagsData::trusted());
        t.ins().uload32(flags, self.address, funcref::CODE)
    }

    fn signature(self, t: &mut Translation<'_>) -> Value {
        let flags = t.builder.flags_in(Region::Table(self.id), MemFlagsData::trusted());
        t.ins().load(types::I32, flags, self.address, funcref::SIGNATURE)
    }

    /// Traps if it cannot be called as a function of the signature `sig`.
    fn check(self, t: &mut Translation<'_>, sig: SigId) {
        let env = t.builder.env;
        if env.facts.elements(self.id).is_some_and(|e| e.all_fit(env.program, sig)) {
            return;
        }
        let tag = self.signature(t);
        let fits = is_tag_of(&mut t.builder, tag, sig);
        fork(t, fits, |t| self.refuse(t));
    }

    /// Traps for the reason why it cannot be called.
    fn refuse(self, t: &mut Translation<'_>) {
        go_cold(t);
        let tag = self.signature(t);
        t.builder.trap_unless(tag, Trap::UninitializedElement);
        go_cold(t);
        t.builder.trap(Trap::IndirectCallTypeMismatch);
    }
}

/// The current block is hardly ever run.
fn go_cold(t: &mut Translation<'_>) {
    if let Some(block) = t.builder.ins.current_block() {
        t.builder.ins.set_cold_block(block);
    }
}

/// Goes on if `condition` is not 0. If it is 0, `bad`, which fills its block, is what happens.
fn fork(t: &mut Translation<'_>, condition: Value, bad: impl FnOnce(&mut Translation<'_>)) {
    let bad_block = t.builder.ins.create_block();
    let good = t.builder.ins.create_block();
    t.ins().brif(condition, good, &[], bad_block, &[]);
    t.builder.ins.seal_block(good);
    t.builder.ins.seal_block(bad_block);
    t.builder.ins.set_cold_block(bad_block);
    t.builder.ins.switch_to_block(bad_block);
    bad(t);
    t.builder.ins.switch_to_block(good);
}

/// Whether the function that `reference` names has this signature or a subtype; null has none.
pub(in crate::translate) fn has_signature(
    b: &mut Builder<'_>,
    reference: Value,
    sig: SigId,
) -> Value {
    let tag = b.ins.ins().ushr_imm_u(reference, i64::from(funcref::SIGNATURE_SHIFT));
    is_tag_of(b, tag, sig)
}

/// Whether the upper half of a function reference is that of a function with this signature or a subtype.
fn is_tag_of(b: &mut Builder<'_>, tag: Value, sig: SigId) -> Value {
    let Numbers { first, last } = b.env.program.signature_numbers[sig];
    let expected = i64::from(signature_tag(b.env.program, sig));
    if first == last {
        return b.ins.ins().icmp_imm_u(IntCC::Equal, tag, expected);
    }
    let distance = b.ins.ins().iadd_imm_s(tag, -expected);
    b.ins.ins().icmp_imm_u(IntCC::UnsignedLessThanOrEqual, distance, i64::from(last - first))
}

fn call_ref(t: &mut Translation<'_>, ty: u32) -> Result<()> {
    let (signature, callee, args) = typed(t, ty);
    t.call(Callee::Address(signature, callee), args)?;
    t.note_types(t.module.types[ty as usize].results());
    Ok(())
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
    let offset = t.ins().ireduce(types::I32, reference);
    let offset = t.ins().uextend(WORD, offset);
    let callee = address(t, offset);
    let args = t.pop_call_args(func_type.params().len());
    (t.import_signature(sig), callee, args)
}

/// Where the code of a function reference with this lower half is.
fn address(t: &mut Translation<'_>, offset: Value) -> Value {
    let text = t.builder.symbol(namespace::TEXT, 0);
    t.ins().iadd(text, offset)
}

//! Elements of streams and futures on their way between a guest's memory and the host's layout.
//!
//! A write lifts elements as a result to the host is: strings and lists get memory of their own, error contexts a
//! reference. A read lowers them; then, or if that traps, what they own is released, as of an import's result. The
//! runtime has checked the guest's range.

use super::super::builder::{Builder, WORD, new_function, tail_signature};
use super::super::{Env, FuncKey};
use super::control::Runs;
use super::handle::Ledger;
use super::plan::{self, Plan};
use super::release;
use super::side::{Ownership, Side};
use super::transfer::Transfer;
use crate::error::Result;
use crate::facts::Facts;
use crate::index::{CopyId, TypeId};
use crate::link::{Program, TrampolineKind};
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Signature, Value};
use cranelift_frontend::FunctionBuilderContext;
use weldc_abi::symbols::Function as RuntimeFn;

/// The elements of an operation.
#[derive(Clone, Copy)]
pub struct Elements {
    pub source: Side,
    pub dest: Side,
    pub ty: TypeId,
}

impl Elements {
    /// `None` if their bytes are the same on both sides, or there are none: nothing but a copy is needed.
    pub fn new(program: &Program, facts: &Facts, id: CopyId) -> Option<Elements> {
        let trampoline = &program.trampolines[facts.tasks.copies[id]];
        let TrampolineKind::Copy { end, options } = &trampoline.kind else { return None };
        let ty = end.channel.element?;
        let (guest, host) = (Side::guest(program, trampoline.instance, options), Side::native());
        if plan::is_copied(&program.types, &guest, &[ty]) {
            return None;
        }
        let (source, dest) = if end.write { (guest, host) } else { (host, guest) };
        Some(Elements { source, dest, ty })
    }

    /// Whether they leave something to be released once they are lowered.
    pub fn is_released(&self, program: &Program) -> bool {
        self.source.is_native() && program.types.owns_memory(self.ty)
    }
}

/// `(context, guest, count, native)`, tail convention; see `FuncKey::ElementBody`.
pub fn signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.extend([AbiParam::new(WORD); 3]);
    signature
}

/// The body of [`weldc_abi::artefact::Copy::transfer`].
pub fn function(
    env: Env<'_>,
    id: CopyId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let elements = Elements::new(env.program, env.facts, id).ok_or_else(plan::mismatch)?;
    let mut function = new_function(env, FuncKey::ElementBody(id), signature());
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let &[guest, count, native] = &b.params[..] else { return Err(plan::mismatch()) };
    if elements.source.is_native() {
        transfer(&mut b, &elements, [native, guest], count)?;
    } else {
        transfer(&mut b, &elements, [guest, native], count)?;
        if env.program.types.owns_memory(elements.ty) {
            b.runtime(RuntimeFn::GiftsKeep, &[b.context]);
        }
    }
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// Lifts elements from one address and lowers them to another.
fn transfer(
    b: &mut Builder<'_>,
    elements: &Elements,
    [from, to]: [Value; 2],
    count: Value,
) -> Result<()> {
    let Elements { source, dest, ty } = *elements;
    let types = &b.env.program.types;
    let [source_stride, dest_stride] = [source, dest].map(|side| types.layout(side.abi, ty).size);
    let source_bytes = b.ins.ins().imul_imm_u(count, i64::from(source_stride));
    let runs = Runs { source: from, source_stride, source_bytes, dest: to, dest_stride };
    let (plan, ownership, ledger) = (Plan::VALUES, Ownership::Given, Ledger::Scope);
    Transfer { b, source, dest, plan, ownership, ledger }.elements(&[ty], &[ty], runs)
}

/// `(context, native, count)`, tail convention; see `FuncKey::ElementRelease`.
fn release_signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.extend([AbiParam::new(WORD); 2]);
    signature
}

/// Releases what elements own that have been lowered, or have not because that trapped.
pub fn release(
    env: Env<'_>,
    id: CopyId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let elements = Elements::new(env.program, env.facts, id).ok_or_else(plan::mismatch)?;
    let mut function = new_function(env, FuncKey::ElementRelease(id), release_signature());
    let mut b = Builder::new(env, &mut function, scratch);
    let &[native, count] = &b.params[..] else { return Err(plan::mismatch()) };
    release::run(&mut b, &[elements.ty], native, count);
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// Calls that, if the elements own something; the arguments are the operation's.
pub fn call_release(b: &mut Builder<'_>, id: CopyId, args: &[Value]) {
    let (key, &[_, count, native]) = (FuncKey::ElementRelease(id), args) else { return };
    if b.env.funcs.has(key) {
        let release = b.func(b.env.funcs.id(key), release_signature);
        b.ins.ins().call(release, &[b.context, native, count]);
    }
}

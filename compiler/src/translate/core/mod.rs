//! A core function's body → CLIF.
//!
//! On entry: a validated body, read from the input again, and the instance that runs it. On exit: a CLIF
//! function whose instructions carry their byte offset in the input as source location.
//!
//! The translation walks the operators once, with the operand stack and the control stack of the
//! validation algorithm (WebAssembly specification, appendix "Validation Algorithm"), but with CLIF values
//! where that has types. Code that cannot be reached is skipped, not translated. Nothing recurses, and no
//! step costs more than what it adds to the function.
//!
//! One file per problem: `control` blocks and branches, `hints` which way they go, `call`, `exception`, `variable` locals and globals,
//! `numeric`, `wide` arithmetic, `simd` vectors, `memory` loads and stores, `bulk` whole ranges of memory,
//! `atomic` accesses, `table`, `gc` objects; `state` is what they share. A file that translates operators has a
//! function that takes an operator and says whether it was one of its own; `operator` asks them in turn. `widen`
//! and `induction` improve the finished function.

mod atomic;
mod bulk;
pub(super) mod call;
mod control;
pub(crate) mod exception;
pub(super) mod gc;
mod hints;
mod induction;
mod locals;
pub(super) mod memory;
mod numeric;
mod simd;
mod state;
pub(super) mod table;
pub(super) mod variable;
mod wide;
mod widen;

use super::builder::{self, Builder, core_signature};
use super::{Env, FuncKey};
use crate::error::{Error, Result};
use crate::index::InstanceId;
use cranelift_codegen::ir::{self, SourceLoc};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::FunctionBuilderContext;
use hints::Hints;
use state::Translation;
use wasmparser::{BinaryReader, FunctionBody, Operator, OperatorsReader};

/// Bytes of a body from which its frame, with every value in it, could be large.
const SMALL_BODY: usize = 1024;

/// Translates function `func` (an index of the module's whole space) as `instance` runs it.
pub fn function(
    env: Env<'_>,
    instance: InstanceId,
    func: u32,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let module = &env.parsed.modules[env.program.instances[instance].module];
    let signature = core_signature(module.func_type(func));
    let mut clif = builder::new_function(env, FuncKey::Core { instance, func }, signature);
    let result = body(env, instance, func, &mut clif, scratch);
    if result.is_err() {
        // An abandoned builder leaves its scratch space in use.
        *scratch = FunctionBuilderContext::new();
    }
    result.map(|()| clif)
}

fn body(
    env: Env<'_>,
    instance: InstanceId,
    func: u32,
    clif: &mut ir::Function,
    scratch: &mut FunctionBuilderContext,
) -> Result<()> {
    let module = &env.parsed.modules[env.program.instances[instance].module];
    let range = module.bodies[(func - module.imported.funcs) as usize].clone();
    let reader = BinaryReader::new(&env.parsed.bytes[range.clone()], range.start as u64);
    let mut locals = FunctionBody::new(reader).get_locals_reader()?;

    let mut builder = Builder::new(env, clif, scratch);
    builder.check_stack();
    let mut t = Translation::new(builder, instance, func);
    t.declare_locals(func, &mut locals, range.len())?;
    let mut hints = Hints::new(&env.parsed.bytes, module.branch_hints.get(&func));
    let mut operators = OperatorsReader::new(locals.get_binary_reader());
    while !operators.eof() {
        let (op, offset) = operators.read_with_offset()?;
        t.builder.ins.set_srcloc(SourceLoc::new(offset as u32));
        t.next_operator();
        t.hint = hints.at(offset as usize - range.start);
        operator(&mut t, &op).map_err(|e| e.at(offset as usize))?;
    }
    t.builder.finish();
    improve(clif, range.len());
    Ok(())
}

/// What only the finished function, made from `size` bytes, shows.
fn improve(func: &mut ir::Function, size: usize) {
    func.dfg.resolve_all_aliases();
    induction::compare_next(func);
    widen::addresses(func);
    // Its frame is small, and nothing below it counts its own against the limit: functions of the runtime
    // do not, either.
    if size <= SMALL_BODY && func.sized_stack_slots.is_empty() && is_leaf(func) {
        func.stack_limit = None;
    }
}

/// Whether nothing is called that checks the stack limit itself.
fn is_leaf(func: &ir::Function) -> bool {
    let mut insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    !insts.any(|inst| {
        let signature = func.dfg.call_signature(inst);
        signature.is_some_and(|it| func.dfg.signatures[it].call_conv == CallConv::Tail)
    })
}

/// Translates one operator.
fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<()> {
    if !t.reachable {
        control::skip(t, op);
        return Ok(());
    }
    let done = variable::operator(t, op)?
        || numeric::operator(t, op)
        || memory::operator(t, op)?
        || control::operator(t, op)?
        || call::operator(t, op)?
        || exception::operator(t, op)?
        || bulk::operator(t, op)
        || table::operator(t, op)
        || simd::operator(t, op)?
        || wide::operator(t, op)
        || atomic::operator(t, op)?
        || gc::operator(t, op)?;
    if done { Ok(()) } else { Err(unsupported(op)) }
}

fn unsupported(op: &Operator<'_>) -> Error {
    let text = format!("{op:?}");
    let name = text.split([' ', '{', '(']).next().unwrap_or_default();
    Error::new(format!("the operator {name} is not supported"))
        .help("compile the module without the WebAssembly feature that it belongs to")
}

//! Exceptions: what throws, what catches, and calls that exceptions may come out of.
//!
//! A clause of a `try_table` has a landing: a block whose parameter is the exception. Inside of it, every call
//! lists the landings of all clauses around it, innermost first, up to one that catches everything; the
//! runtime finds them in the artefact's table of handlers. Which tag an index means is known, so a `throw`
//! whose clause is in the same function is a jump. `weldc_abi::exception` says what an exception looks like.
//!
//! Landings are filled where their `try_table` ends: then all that lead to them are known, and so is whether
//! anything does.

use super::state::Translation;
use crate::error::{Error, Result};
use crate::index::TagId;
use crate::translate::FuncKey;
use crate::translate::builder::{WORD, trap_code, value_type};
use crate::translate::entry::throw_signature;
use cranelift_codegen::ir::{
    self, Block, BlockArg, BlockCall, ExceptionTableData, ExceptionTableItem, ExceptionTag,
    InstBuilder, MemFlagsData, Value,
};
use wasmparser::{Catch, Operator, TryTable, ValType};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::{Trap, exception as abi, gc};

/// Most handlers that the calls of one function may list: a call in a thousand nested `try_table`s has at
/// least a thousand.
const MAX_LISTED: usize = 1 << 20;

/// The clauses around a point of the body.
#[derive(Default)]
pub(super) struct Handlers {
    /// Outermost first, the clauses of one `try_table` last first: from the end, they are in the order in
    /// which they are tried.
    clauses: Vec<Clause>,
    /// How many were listed or looked at so far.
    listed: usize,
}

#[derive(Clone, Copy)]
struct Clause {
    /// What it catches; `None` for everything.
    tag: Option<TagId>,
    /// Whether it gives a reference to the exception.
    refers: bool,
    /// Where it branches, as seen from outside of the `try_table`.
    label: u32,
    landing: Block,
    /// Whether anything leads to the landing.
    used: bool,
}

impl Handlers {
    /// Whether anything leads to a clause from this one on.
    pub fn is_used(&self, first: usize) -> bool {
        self.clauses[first..].iter().any(|clause| clause.used)
    }

    /// Forgets the clauses from this one on.
    pub fn leave(&mut self, first: usize) {
        self.clauses.truncate(first);
    }

    fn count(&mut self) -> Result<()> {
        self.listed += 1;
        if self.listed <= MAX_LISTED {
            return Ok(());
        }
        Err(Error::new("a function has too many calls inside of too many handlers of exceptions"))
    }
}

/// What a call calls.
pub(super) enum Callee {
    Function(ir::FuncRef),
    Address(ir::SigRef, Value),
}

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match op {
        Operator::TryTable { try_table } => begin(t, try_table),
        Operator::Throw { tag_index } => throw(t, t.instance.tags[*tag_index as usize])?,
        Operator::ThrowRef => throw_ref(t)?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn begin(t: &mut Translation<'_>, table: &TryTable) {
    let first = t.handlers.clauses.len();
    for catch in table.catches.iter().rev() {
        let (tag, label, refers) = match *catch {
            Catch::One { tag, label } => (Some(tag), label, false),
            Catch::OneRef { tag, label } => (Some(tag), label, true),
            Catch::All { label } => (None, label, false),
            Catch::AllRef { label } => (None, label, true),
        };
        let tag = tag.map(|tag| t.instance.tags[tag as usize]);
        let landing = t.builder.ins.create_block();
        t.builder.ins.append_block_param(landing, WORD);
        t.handlers.clauses.push(Clause { tag, refers, label, landing, used: false });
    }
    t.open_try_table(first, table.ty);
}

fn throw(t: &mut Translation<'_>, tag: TagId) -> Result<()> {
    let types = payload_types(t, tag);
    let (offsets, size) = payload(types);
    let exception = new_exception(t, tag, size);
    t.settle(offsets.len());
    let values = t.stack.split_off(t.stack.len() - offsets.len());
    for (value, offset) in values.into_iter().zip(offsets) {
        t.ins().store(flags(), value, exception, offset);
    }
    match clause_for(t, tag)? {
        Some(landing) => {
            t.ins().jump(landing, &[exception.into()]);
            t.reachable = false;
        }
        None => {
            let callee = stub(t);
            let context = t.builder.context;
            t.ins().call(callee, &[context, exception]);
            end(t);
        }
    }
    Ok(())
}

/// An exception with this tag and `size` bytes of payload.
fn new_exception(t: &mut Translation<'_>, tag: TagId, size: u32) -> Value {
    let header = gc::header(t.builder.env.program.exception_type(tag), tag.as_u32());
    let header = t.builder.iconst(header as i64);
    let size = t.builder.iconst(i64::from(gc::HEADER_SIZE + size));
    let args = [t.builder.context, header, size];
    let exception = t.builder.runtime(RuntimeFn::GcAllocate, &args).expect("it has a result");
    t.builder.trap_if_code(exception);
    exception
}

fn throw_ref(t: &mut Translation<'_>) -> Result<()> {
    let exception = t.pop();
    t.builder.trap_unless(exception, Trap::NullReference);
    // Without tags there are no exceptions, and every reference is null.
    if !t.builder.env.program.tags.is_empty() {
        let callee = Callee::Function(stub(t));
        let args = vec![t.builder.context, exception];
        t.call(callee, args)?;
    }
    end(t);
    Ok(())
}

/// Behind a call that does not return.
fn end(t: &mut Translation<'_>) {
    t.ins().trap(trap_code(Trap::UncaughtException));
    t.reachable = false;
}

/// The function that unwinds.
fn stub(t: &mut Translation<'_>) -> ir::FuncRef {
    let id = t.builder.env.funcs.id(FuncKey::Throw);
    t.builder.func(id, throw_signature)
}

/// The landing of the clause of this function that catches exceptions with this tag.
fn clause_for(t: &mut Translation<'_>, tag: TagId) -> Result<Option<Block>> {
    for index in (0..t.handlers.clauses.len()).rev() {
        t.handlers.count()?;
        let clause = &mut t.handlers.clauses[index];
        if clause.tag.is_none_or(|caught| caught == tag) {
            clause.used = true;
            return Ok(Some(clause.landing));
        }
    }
    Ok(None)
}

fn payload_types<'a>(t: &Translation<'a>, tag: TagId) -> &'a [ValType] {
    let program = t.builder.env.program;
    program.signatures[program.tags[tag].ty].params()
}

/// Offsets in an exception of values of these types, and their size in bytes.
pub(crate) fn payload(types: &[ValType]) -> (Vec<i32>, u32) {
    let mut end = abi::PAYLOAD;
    let place = |ty: &ValType| {
        let (start, slots) = (end, if *ty == ValType::V128 { 2 } else { 1 });
        end += slots * abi::SLOT;
        start
    };
    let offsets = types.iter().map(place).collect();
    (offsets, (end - abi::PAYLOAD) as u32)
}

/// Vectors need not be aligned in an exception.
fn flags() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

impl Translation<'_> {
    /// Calls `callee` and pushes its results. `args` begin with the context.
    pub fn call(&mut self, callee: Callee, args: Vec<Value>) -> Result<()> {
        if self.handlers.clauses.is_empty() || self.builder.env.program.tags.is_empty() {
            let call = match callee {
                Callee::Function(func) => self.ins().call(func, &args),
                Callee::Address(signature, callee) => {
                    self.ins().call_indirect(signature, callee, &args)
                }
            };
            self.stack.extend_from_slice(self.builder.ins.inst_results(call));
        } else {
            self.try_call(callee, &args)?;
        }
        self.reuse_call(args);
        Ok(())
    }

    /// The same where clauses may catch what comes out of the call; goes on in a block of its own.
    fn try_call(&mut self, callee: Callee, args: &[Value]) -> Result<()> {
        let dfg = &self.builder.ins.func.dfg;
        let signature = match callee {
            Callee::Function(func) => dfg.ext_funcs[func].signature,
            Callee::Address(signature, _) => signature,
        };
        let results: Vec<ir::Type> =
            dfg.signatures[signature].returns.iter().map(|result| result.value_type).collect();
        let next = self.builder.ins.create_block();
        for &ty in &results {
            self.builder.ins.append_block_param(next, ty);
        }
        let items = self.handler_items()?;
        let dfg = &mut self.builder.ins.func.dfg;
        let passed = (0..results.len() as u32).map(BlockArg::TryCallRet);
        let normal = BlockCall::new(next, passed, &mut dfg.value_lists);
        let table = ExceptionTableData::new(signature, normal, items);
        let table = dfg.exception_tables.push(table);
        match callee {
            Callee::Function(func) => self.ins().try_call(func, args, table),
            Callee::Address(_, callee) => self.ins().try_call_indirect(callee, args, table),
        };
        self.builder.ins.seal_block(next);
        self.builder.ins.switch_to_block(next);
        self.stack.extend_from_slice(self.builder.ins.block_params(next));
        Ok(())
    }

    /// The clauses around this point in the order in which they are tried.
    fn handler_items(&mut self) -> Result<Vec<ExceptionTableItem>> {
        let mut items = Vec::new();
        for index in (0..self.handlers.clauses.len()).rev() {
            self.handlers.count()?;
            let clause = &mut self.handlers.clauses[index];
            clause.used = true;
            let lists = &mut self.builder.ins.func.dfg.value_lists;
            let landing = BlockCall::new(clause.landing, [BlockArg::TryCallExn(0)], lists);
            match clause.tag {
                Some(tag) => {
                    let tag = ExceptionTag::from_u32(tag.as_u32());
                    items.push(ExceptionTableItem::Tag(tag, landing));
                }
                None => {
                    items.push(ExceptionTableItem::Default(landing));
                    break;
                }
            }
        }
        Ok(items)
    }

    /// At the end of a `try_table`, its frame closed: fills the landings of its clauses, from this one on.
    pub fn land(&mut self, first: usize) {
        for clause in self.handlers.clauses.split_off(first) {
            if clause.used {
                self.fill_landing(clause);
            }
        }
    }

    fn fill_landing(&mut self, clause: Clause) {
        let ins = &mut self.builder.ins;
        ins.seal_block(clause.landing);
        ins.set_cold_block(clause.landing);
        ins.switch_to_block(clause.landing);
        let exception = ins.block_params(clause.landing)[0];
        self.builder.trace(exception);
        let height = self.stack.len();
        let types = clause.tag.map_or(&[][..], |tag| payload_types(self, tag));
        for (&ty, offset) in types.iter().zip(payload(types).0) {
            let value = self.ins().load(value_type(ty), flags(), exception, offset);
            if self.builder.env.program.traces_canonical(ty) {
                self.builder.trace(value);
            }
            self.push(value);
        }
        if clause.refers {
            self.push(exception);
        }
        self.branch(clause.label);
        self.stack.truncate(height);
    }
}

//! Large types are transferred by functions of their own, one for every pair of sides, and not where they
//! occur: a type of a few bytes can mean a million fields, because it may have another one twice, and that
//! one yet another.
//!
//! A value has as many places in such a type; that it is flat bounds what it is made of, not in how many ways:
//! a flat variant whose cases are variants with the same payloads is one, too.

use super::bulk;
use super::call::Edge;
use super::element::Elements;
use super::flat;
use super::handle::Ledger;
use super::place::{Address, Dest, Source};
use super::plan::{self, Account, End, Plan};
use super::side::{Ownership, Side};
use super::transfer::Transfer;
use crate::error::Result;
use crate::facts::{Caller, Facts};
use crate::index::{TransferId, TypeId};
use crate::link::{ExportItem, Func, Program, TrampolineKind};
use crate::translate::builder::{Builder, WORD, new_function, tail_signature};
use crate::translate::{Env, FuncKey};
use crate::types::Types;
use cranelift_codegen::ir::{self, AbiParam, InstBuilder, Signature};
use cranelift_frontend::FunctionBuilderContext;
use std::collections::HashSet;

/// Weight of the heaviest type that is transferred where it occurs; see `Types::weight`.
pub const MOST_INLINE: u32 = 256;
/// Weight of the fields in memory that one function transfers, or a little less than the last one more. What
/// compiling a function costs grows faster than the function.
const MOST_IN_FUNCTION: u32 = 16 * MOST_INLINE;

/// Where a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    Flat,
    Memory,
}

/// A value that a function transfers. Of types that are alike it names the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outlined {
    pub from: TypeId,
    pub to: TypeId,
    pub source: Side,
    pub dest: Side,
    /// Where it is, and where it goes.
    pub forms: [Form; 2],
    pub plan: Plan,
    pub ownership: Ownership,
    /// The fields that it transfers if they are not all: from the first, to before the second.
    pub run: Option<(u32, u32)>,
}

/// The fields of a record in runs, of which each is transferred by a function; empty if one is enough for all.
pub fn runs(types: &Types, id: TypeId) -> Vec<(u32, u32)> {
    let (mut runs, mut first, mut end, mut weight) = (Vec::new(), 0, 0, 0);
    for field in types.fields(id).unwrap_or_default() {
        end += 1;
        // What is heavier is called, or its elements are.
        weight += types.weight(field).min(MOST_INLINE);
        if weight >= MOST_IN_FUNCTION {
            runs.push((first, end));
            (first, weight) = (end, 0);
        }
    }
    if !runs.is_empty() && first < end {
        runs.push((first, end));
    }
    runs
}

/// All that the program's adapters call, each once, in an order that depends on the program alone.
pub fn find(program: &Program, facts: &Facts) -> Vec<Outlined> {
    let mut search = Search { types: &program.types, seen: HashSet::new(), found: Vec::new() };
    if program.types.iter().all(|(id, _)| program.types.weight(id) <= MOST_INLINE) {
        return search.found;
    }
    for edge in edges(program, facts) {
        search.edge(&edge);
    }
    for copy in facts.tasks.copies.keys().filter_map(|id| Elements::new(program, facts, id)) {
        search.elements(&copy);
    }
    for export in program.exports.values() {
        if let ExportItem::Value { value, ty } = export.item
            && let Some(to) = program.types.func(ty).result
        {
            let (source, dest, ownership) = (Side::native(), Side::native(), Ownership::Given);
            let (from, plan) = (program.values[value].ty, Plan::VALUES);
            let forms = [Form::Memory; 2];
            search.value(Outlined { from, to, source, dest, forms, plan, ownership, run: None });
        }
    }
    search.found
}

/// All calls, of whatever kind.
fn edges(program: &Program, facts: &Facts) -> Vec<Edge> {
    let lowered = program.trampolines.iter().filter_map(|(id, trampoline)| {
        let TrampolineKind::Lower { func, ty, options } = &trampoline.kind else { return None };
        let caller = End::lower(program, trampoline.instance, options, *ty);
        Some((Caller::Lower(id), caller, *func))
    });
    let exported = program.exports.iter().filter_map(|(id, export)| match export.item {
        ExportItem::Func { func: func @ Func::Lift(_), ty } => {
            Some((Caller::Export(id), End::native(ty), func))
        }
        _ => None,
    });
    let started = program
        .start_calls
        .iter()
        .map(|(id, call)| (Caller::Start(id), End::native(call.ty), call.func));
    let calls = lowered.chain(exported).chain(started);
    calls
        .map(|(caller, end, callee)| match facts.tasks.edge(caller) {
            Some(_) => Edge::recorded(program, end, callee),
            None => Edge::new(program, end, callee),
        })
        .collect()
}

struct Search<'p> {
    types: &'p Types,
    seen: HashSet<Outlined>,
    found: Vec<Outlined>,
}

impl Search<'_> {
    fn edge(&mut self, edge: &Edge) {
        let (caller, callee) = (edge.caller, edge.callee);
        let forms = [caller, callee].map(|end| self.params(end));
        let (from, to) = (self.types.func(caller.ty), self.types.func(callee.ty));
        let params = from.params.iter().zip(&to.params).map(|(from, to)| (from.ty, to.ty));
        for (from, to) in params {
            let (source, dest, ownership) = (caller.side, callee.side, Ownership::Lent);
            let plan = edge.plan;
            let value = Outlined { from, to, source, dest, forms, plan, ownership, run: None };
            self.transfer(value, plan.params_apart);
        }
        if let Some((to, from)) = from.result.zip(to.result) {
            let (source, dest, ownership) = (callee.side, caller.side, Ownership::Given);
            let forms = [callee, caller].map(|end| self.result(end));
            let plan = edge.plan;
            let value = Outlined { from, to, source, dest, forms, plan, ownership, run: None };
            self.transfer(value, plan.result_apart);
        }
    }

    fn elements(&mut self, copy: &Elements) {
        let Elements { source, dest, ty, .. } = *copy;
        let (plan, ownership, forms) = (Plan::VALUES, Ownership::Given, [Form::Memory; 2]);
        self.value(Outlined { from: ty, to: ty, source, dest, forms, plan, ownership, run: None });
    }

    /// A parameter or result, in two steps if lifting and lowering are apart (see `apart`).
    fn transfer(&mut self, value: Outlined, apart: bool) {
        if !apart {
            return self.value(value);
        }
        let lifted = value.source.lifted();
        let [source, dest] = value.forms;
        let lift =
            Outlined { to: value.from, dest: lifted, forms: [source, Form::Memory], ..value };
        self.value(lift);
        self.value(Outlined { source: lifted, forms: [Form::Memory, dest], ..value });
    }

    /// Where compound parameters are.
    fn params(&self, end: End) -> Form {
        let is_flat = !end.side.is_native() && end.flat_params(self.types).is_some();
        if is_flat { Form::Flat } else { Form::Memory }
    }

    /// Where a compound result is.
    fn result(&self, end: End) -> Form {
        let is_flat = !end.side.is_native() && end.flat_result(self.types).is_some();
        if is_flat { Form::Flat } else { Form::Memory }
    }

    /// Recursion is bounded: the validator limits the depth of types.
    fn value(&mut self, value: Outlined) {
        let [from, to] = [value.from, value.to].map(|id| self.types.alike(id));
        let value = Outlined { from, to, ..value };
        if self.types.weight(value.from) <= MOST_INLINE || !self.seen.insert(value) {
            return;
        }
        let is_outlined = |id| self.types.fields(id).is_some() || self.types.cases(id).is_some();
        if is_outlined(value.from) {
            self.found.push(value);
        }
        if value.forms == [Form::Memory; 2] && !value.is_of_numbers(self.types) {
            let runs = runs(self.types, value.from).into_iter();
            self.found.extend(runs.map(|run| Outlined { run: Some(run), ..value }));
        }
        let is_list = self.types.element(value.from).is_some();
        let forms = if is_list { [Form::Memory; 2] } else { value.forms };
        let pairs = self.types.children(value.from).into_iter().zip(self.types.children(value.to));
        for (from, to) in pairs {
            self.value(Outlined { from, to, forms, ..value });
        }
    }
}

impl Outlined {
    /// Whether it is moved in other ways than by field.
    fn is_of_numbers(&self, types: &Types) -> bool {
        plan::is_copied(types, &self.dest, &[self.from])
            || bulk::masks(types, &[self.from]).is_some()
    }

    /// Whether the function is told the call that values are parameters of: one with a record.
    fn is_told_call(&self) -> bool {
        self.plan.account == Account::Record && self.ownership == Ownership::Lent
    }

    /// `(context, call, source…, destination) -> flat…`: the record of the call if [`Self::is_told_call`], the source's
    /// flat values or its address, and the destination's address unless its flat values are returned. Addresses are
    /// the machine's.
    fn signature(&self, types: &Types) -> Signature {
        let mut signature = tail_signature();
        if self.is_told_call() {
            signature.params.push(AbiParam::new(WORD));
        }
        match self.forms[0] {
            Form::Flat => signature.params.extend(flat_params(types, self.source, self.from)),
            Form::Memory => signature.params.push(AbiParam::new(WORD)),
        }
        match self.forms[1] {
            Form::Flat => signature.returns.extend(flat_params(types, self.dest, self.to)),
            Form::Memory => signature.params.push(AbiParam::new(WORD)),
        }
        signature
    }
}

fn flat_params(types: &Types, side: Side, id: TypeId) -> impl Iterator<Item = AbiParam> {
    plan::flat(types, side.abi, id).into_iter().map(|ty| AbiParam::new(flat::clif(ty)))
}

/// The function of a `FuncKey::Transfer`.
pub fn function(
    env: Env<'_>,
    id: TransferId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let outlined = env.funcs.transfers[id];
    let Outlined { from, to, source, dest, plan, ownership, run, .. } = outlined;
    let signature = outlined.signature(&env.program.types);
    let mut function = new_function(env, FuncKey::Transfer(id), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let mut params = std::mem::take(&mut b.params);
    let ledger = match outlined.is_told_call() {
        true => Ledger::Record(params.remove(0)),
        false => Ledger::Scope,
    };
    let mut results = Vec::new();
    let to_place = match outlined.forms[1] {
        Form::Flat => Dest::Flat(&mut results),
        Form::Memory => Dest::Memory(Address::new(params.pop().ok_or_else(plan::mismatch)?)),
    };
    let from_place = match (outlined.forms[0], &params[..]) {
        (Form::Flat, values) => Source::Flat(values),
        (Form::Memory, &[address]) => Source::Memory(Address::new(address)),
        _ => return Err(plan::mismatch()),
    };
    let mut transfer = Transfer { b: &mut b, source, dest, plan, ownership, ledger };
    match run {
        Some(run) => transfer.run_inline(run, from, from_place, to, to_place)?,
        None => transfer.inline(from, from_place, to, to_place)?,
    }
    b.ins.ins().return_(&results);
    b.finish();
    Ok(function)
}

impl Transfer<'_, '_> {
    /// Calls the function that transfers such values, if there is one.
    pub fn outlined(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        dest: &mut Dest<'_>,
    ) -> bool {
        if self.types().weight(from) <= MOST_INLINE {
            return false;
        }
        let from_form = if let Source::Flat(_) = source { Form::Flat } else { Form::Memory };
        let to_form = if let Dest::Flat(_) = dest { Form::Flat } else { Form::Memory };
        self.called(self.key(from, to, [from_form, to_form], None), source, dest)
    }

    /// Transfers a run of a record's fields, by a call if there is a function for it.
    pub fn run(
        &mut self,
        run: (u32, u32),
        from: TypeId,
        source: Address,
        to: TypeId,
        dest: Address,
    ) -> Result<()> {
        let key = self.key(from, to, [Form::Memory; 2], Some(run));
        let (source, mut dest) = (Source::Memory(source), Dest::Memory(dest));
        if self.called(key, source, &mut dest) {
            return Ok(());
        }
        self.run_inline(run, from, source, to, dest)
    }

    fn run_inline(
        &mut self,
        (first, end): (u32, u32),
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let [from, to] = [from, to].map(|id| self.types().children(id));
        self.some_fields(first as usize..end as usize, &from, source, &to, dest)
    }

    fn key(&self, from: TypeId, to: TypeId, forms: [Form; 2], run: Option<(u32, u32)>) -> Outlined {
        let [from, to] = [from, to].map(|id| self.types().alike(id));
        let Transfer { source, dest, plan, ownership, .. } = *self;
        Outlined { from, to, source, dest, forms, plan, ownership, run }
    }

    /// Calls a function, if it is there.
    fn called(&mut self, key: Outlined, source: Source<'_>, dest: &mut Dest<'_>) -> bool {
        let Some(id) = self.b.env.funcs.transfer(&key) else { return false };
        let mut args = vec![self.b.context];
        if let (true, &Ledger::Record(call)) = (key.is_told_call(), &self.ledger) {
            args.push(call);
        }
        match source {
            Source::Flat(values) => args.extend(values),
            Source::Memory(at) => args.push(self.machine_address(at)),
        }
        if let Dest::Memory(at) = *dest {
            args.push(self.machine_address(at));
        }
        let types = self.types();
        let func = self.b.func(id, || key.signature(types));
        let call = self.b.ins.ins().call(func, &args);
        if let Dest::Flat(out) = dest {
            out.extend(self.b.ins.inst_results(call));
        }
        true
    }
}

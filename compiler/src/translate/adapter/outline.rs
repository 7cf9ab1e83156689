//! Large types are transferred by functions of their own, one for every pair of sides, and not where they
//! occur: a type of a few bytes can mean a million fields, because it may have another one twice, and that
//! one yet another.
//!
//! Only values that are in memory on both sides are transferred so. Flat values are few.

use super::call::Edge;
use super::place::{Address, Dest, Source};
use super::plan::{End, Plan};
use super::side::{Ownership, Side};
use super::transfer::Transfer;
use crate::error::Result;
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

/// A value that a function transfers from memory to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Outlined {
    pub from: TypeId,
    pub to: TypeId,
    pub source: Side,
    pub dest: Side,
    pub plan: Plan,
    pub ownership: Ownership,
}

/// All that the program's adapters call, each once, in an order that depends on the program alone.
pub fn find(program: &Program) -> Vec<Outlined> {
    let mut search = Search { types: &program.types, seen: HashSet::new(), found: Vec::new() };
    if program.types.iter().all(|(id, _)| program.types.weight(id) <= MOST_INLINE) {
        return search.found;
    }
    // An edge that cannot be compiled is an error when its adapter is printed.
    for edge in edges(program).filter_map(Result::ok) {
        search.edge(&edge);
    }
    search.found
}

fn edges(program: &Program) -> impl Iterator<Item = Result<Edge>> {
    let lowered = program.trampolines.values().filter_map(|trampoline| {
        let TrampolineKind::Lower { func, ty, options } = &trampoline.kind else { return None };
        let caller = End { side: Side::guest(program, trampoline.instance, options), ty: *ty };
        Some(match *func {
            Func::Lift(lift) => Edge::lifted(program, caller, lift),
            Func::Import(import) => Edge::imported(program, caller, import),
        })
    });
    let exported = program.exports.values().filter_map(|export| match export.item {
        ExportItem::Func { func: Func::Lift(lift), ty } => {
            Some(Edge::lifted(program, End { side: Side::native(), ty }, lift))
        }
        _ => None,
    });
    lowered.chain(exported)
}

struct Search<'p> {
    types: &'p Types,
    seen: HashSet<Outlined>,
    found: Vec<Outlined>,
}

impl Search<'_> {
    fn edge(&mut self, edge: &Edge) {
        let (caller, callee) = (edge.caller, edge.callee);
        let (from, to) = (self.types.func(caller.ty), self.types.func(callee.ty));
        let params = from.params.iter().zip(&to.params).map(|(from, to)| (from.ty, to.ty));
        for (from, to) in params {
            let (source, dest, ownership) = (caller.side, callee.side, Ownership::Lent);
            self.value(Outlined { from, to, source, dest, plan: edge.plan, ownership });
        }
        if let Some((to, from)) = from.result.zip(to.result) {
            let (source, dest, ownership) = (callee.side, caller.side, Ownership::Given);
            self.value(Outlined { from, to, source, dest, plan: edge.plan, ownership });
        }
    }

    /// Recursion is bounded: the validator limits the depth of types.
    fn value(&mut self, value: Outlined) {
        if self.types.weight(value.from) <= MOST_INLINE || !self.seen.insert(value) {
            return;
        }
        let is_outlined = |id| self.types.fields(id).is_some() || self.types.cases(id).is_some();
        if is_outlined(value.from) {
            self.found.push(value);
        }
        let pairs = self.types.children(value.from).into_iter().zip(self.types.children(value.to));
        for (from, to) in pairs {
            self.value(Outlined { from, to, ..value });
        }
    }
}

/// `(context, source, destination)`, the addresses of the machine.
fn signature() -> Signature {
    let mut signature = tail_signature();
    signature.params.extend([AbiParam::new(WORD), AbiParam::new(WORD)]);
    signature
}

/// The function of a `FuncKey::Transfer`.
pub fn function(
    env: Env<'_>,
    id: TransferId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let Outlined { from, to, source, dest, plan, ownership } = env.funcs.transfers[id];
    let mut function = new_function(env, FuncKey::Transfer(id), signature());
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let places = [b.params[0], b.params[1]].map(Address::new);
    let mut transfer = Transfer { b: &mut b, source, dest, plan, ownership };
    transfer.inline(from, Source::Memory(places[0]), to, Dest::Memory(places[1]))?;
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

impl Transfer<'_, '_> {
    /// Calls the function that transfers such values, if there is one.
    pub fn outlined(&mut self, from: TypeId, source: Address, to: TypeId, dest: Address) -> bool {
        if self.types().weight(from) <= MOST_INLINE {
            return false;
        }
        let Transfer { source: source_side, dest: dest_side, plan, ownership, .. } = *self;
        let key = Outlined { from, to, source: source_side, dest: dest_side, plan, ownership };
        let Some(id) = self.b.env.funcs.transfer(&key) else { return false };
        let args = [self.b.context, self.machine_address(source), self.machine_address(dest)];
        let func = self.b.func(id, signature);
        self.b.ins.ins().call(func, &args);
        true
    }
}

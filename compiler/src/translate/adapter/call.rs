//! Calls across an edge: where parameters and results are on either side, and what surrounds the call
//! (CanonicalABI.md, `canon_lift`, `canon_lower`, `lift_flat_values`, `lower_flat_values`).

use super::super::builder::Builder;
use super::handle::{Frame, Ledger};
use super::memory::{self, PointerTraps};
use super::place::{Address, Dest, Source};
use super::plan::{self, End, Plan};
use super::release::Given;
use super::side::{Ownership, Side};
use super::transfer::Transfer;
use super::{bulk, leave, native, thread};
use crate::error::Result;
use crate::index::{FuncTypeId, ImportId, LiftId, TypeId};
use crate::link::{Func, Lift, Program};
use crate::types::{Abi, Layout, Type};
use cranelift_codegen::ir::Value;
use weldc_abi::symbols::Function as RuntimeFn;

/// Calls a lifted function; `incoming` are the caller's values: its parameters, then where its result
/// goes if that is in memory. Gives the flat result otherwise.
pub fn lifted(
    b: &mut Builder<'_>,
    caller: End,
    lift: LiftId,
    incoming: &[Value],
) -> Result<Vec<Value>> {
    let program = b.env.program;
    let edge = Edge::new(program, caller, Func::Lift(lift));
    let lift = &program.lifts[lift];
    let mut account = edge.begin(b);
    let args = edge.params(b, incoming, account.ledger())?;
    let interrupted = thread::begin(b, lift.instance, lift.core);
    let outcome = b.call_core(lift.core, &args);
    // The callee's borrowed handles must be gone now, before anybody sees the result.
    account.end(b);
    let source = edge.guest_result(b, &outcome)?;
    let results = edge.result(b, incoming, source)?;
    post_return(b, lift, &outcome);
    thread::end(b, interrupted);
    Ok(results)
}

/// The callee learns that its result is lowered.
pub fn post_return(b: &mut Builder<'_>, lift: &Lift, outcome: &[Value]) {
    if let Some(post_return) = lift.options.post_return {
        leave::without(b, lift.instance, |b| b.call_core(post_return, outcome));
    }
}

/// Calls a function of the host's for a component instance.
pub fn imported(
    b: &mut Builder<'_>,
    caller: End,
    import_id: ImportId,
    incoming: &[Value],
) -> Result<Vec<Value>> {
    let program = b.env.program;
    let import = &program.imports[import_id];
    let reenters = native::reenters(&import.binding);
    let edge = Edge::new(program, caller, Func::Import(import_id));
    let mut account = edge.begin(b);
    let mut args = edge.params(b, incoming, account.ledger())?;
    let result = program.types.func(import.ty).result;
    let given = match result.filter(|&id| program.types.owns_memory(id)) {
        Some(id) => Some(Given::new(b, id)?),
        None => None,
    };
    let temporary = match (given, result) {
        (Some(given), _) => Some(given.value(b)),
        (None, Some(id)) => Some(host_temporary(b, id)?),
        (None, None) => None,
    };
    args.extend(temporary);
    give_ends(b, import.ty);
    let signature = native::import_signature(b, import.ty);
    let status = native::call(b, &import.binding, signature, &args);
    if let Some(&status) = status.first() {
        native::check_status(b, status, reenters);
    }
    if let Some(given) = given {
        given.keep(b);
    }
    let source = temporary.map(|address| Source::Memory(Address::new(address)));
    let results = edge.result(b, incoming, source)?;
    if let Some(given) = given {
        given.release(b);
    }
    // The result may lie in the scope's memory.
    account.end(b);
    Ok(results)
}

/// Before a function of the host's is called: the ends among its parameters are the host's.
pub fn give_ends(b: &mut Builder<'_>, ty: FuncTypeId) {
    let types = &b.env.program.types;
    let is_end = |ty: &Type| matches!(ty, Type::Stream(_) | Type::Future(_));
    if plan::params(types, ty).iter().any(|&id| types.any(id, &is_end)) {
        b.runtime(RuntimeFn::GiftsKeep, &[b.context]);
    }
}

/// Calls a function of the host's for the host: both ends pass values alike, so they are passed on.
pub fn forwarded(b: &mut Builder<'_>, import: ImportId, params: &[Value]) {
    let import = &b.env.program.imports[import];
    let signature = native::import_signature(b, import.ty);
    let status = native::call(b, &import.binding, signature, params);
    if let Some(&status) = status.first() {
        native::check_status(b, status, native::reenters(&import.binding));
    }
}

/// Both ends of a call.
pub struct Edge {
    pub caller: End,
    pub callee: End,
    pub plan: Plan,
}

/// Where the callee's parameters go.
struct Outgoing {
    /// Per parameter, its place in memory; `None` where it is passed by value.
    places: Vec<Option<Address>>,
    /// What is passed in place of spilled parameters.
    pointer: Option<Value>,
}

impl Edge {
    /// Of an ordinary call.
    pub fn new(program: &Program, caller: End, callee: Func) -> Edge {
        let reenters = match callee {
            Func::Lift(_) => !caller.side.is_native() || native::is_reentered(program),
            Func::Import(import) => native::reenters(&program.imports[import].binding),
        };
        let callee = Edge::callee(program, callee);
        Edge { caller, callee, plan: Plan::new(program, &caller, &callee, reenters) }
    }

    /// Of a call that has a record.
    pub fn recorded(program: &Program, caller: End, callee: Func) -> Edge {
        let callee = Edge::callee(program, callee);
        Edge { caller, callee, plan: Plan::recorded(program, &caller, &callee) }
    }

    fn callee(program: &Program, callee: Func) -> End {
        match callee {
            Func::Lift(lift) => End::lift(program, &program.lifts[lift]),
            Func::Import(import) => End::native(program.imports[import].ty),
        }
    }

    /// Begins the account of a call.
    fn begin(&self, b: &mut Builder<'_>) -> Account {
        let mut frame = Frame::default();
        let borrowed = self.plan.borrows.then(|| frame.count(b));
        let scope = self.plan.scope.then(|| {
            let count = borrowed.unwrap_or_else(|| b.iconst(0));
            b.runtime_value(RuntimeFn::ScopeEnter, &[b.context, count])
        });
        Account { frame, borrowed, scope }
    }

    /// Lifts the parameters from the caller and lowers them; gives the callee's arguments.
    pub fn params(
        &self,
        b: &mut Builder<'_>,
        incoming: &[Value],
        ledger: Ledger<'_>,
    ) -> Result<Vec<Value>> {
        let types = &b.env.program.types;
        let from = plan::params(types, self.caller.ty);
        let to = plan::params(types, self.callee.ty);
        if from.len() != to.len() {
            return Err(plan::mismatch());
        }
        let sources = self.sources(b, &from, incoming)?;
        let mut transfer = Transfer {
            b,
            source: self.caller.side,
            dest: self.callee.side,
            plan: self.plan,
            ownership: Ownership::Lent,
            ledger,
        };
        let sources = if self.plan.params_apart { transfer.lift(&from, sources)? } else { sources };
        let views = self.views(transfer.b, &from, &sources);
        let outgoing = self.outgoing(transfer.b, &to, &views)?;
        let mut args: Vec<Value> = outgoing.pointer.into_iter().collect();
        if let (Some(pointer), Some(&Source::Memory(source)), Some(&Some(dest))) =
            (outgoing.pointer, sources.first(), outgoing.places.first())
            && !self.caller.side.is_native()
            && let Some(masks) = bulk::masks(types, &from)
        {
            transfer.words(&masks, source, dest)?;
            return Ok(vec![pointer]);
        }
        for (i, source) in sources.into_iter().enumerate() {
            if let Some(view) = views[i] {
                args.push(transfer.machine_address(view));
                continue;
            }
            let dest = match outgoing.places[i] {
                Some(place) => Dest::Memory(place),
                None => Dest::Flat(&mut args),
            };
            transfer.value(from[i], source, to[i], dest)?;
            if let (Some(place), true) = (outgoing.places[i], self.callee.side.is_native()) {
                args.push(place.base);
            }
        }
        Ok(args)
    }

    /// Where the caller's parameters are.
    fn sources<'v>(
        &self,
        b: &mut Builder<'_>,
        from: &[TypeId],
        incoming: &'v [Value],
    ) -> Result<Vec<Source<'v>>> {
        let types = &b.env.program.types;
        let side = &self.caller.side;
        if side.is_native() {
            let place = |(&id, value): (&TypeId, &'v Value)| match native::scalar(types, id) {
                Some(_) => Source::Flat(std::slice::from_ref(value)),
                None => Source::Memory(Address::new(*value)),
            };
            return Ok(from.iter().zip(incoming).map(place).collect());
        }
        if let Some(flat) = self.caller.flat_params(types) {
            let values = incoming.get(..flat.len()).ok_or_else(plan::mismatch)?;
            return Source::Flat(values).fields(types, side.abi, from);
        }
        let pointer = *incoming.first().ok_or_else(plan::mismatch)?;
        let (_, layout) = types.product(side.abi, from);
        let address = spilled(b, side, pointer, layout)?;
        Source::Memory(Address::new(address)).fields(types, side.abi, from)
    }

    /// Which compound parameters the host sees in place.
    fn views(
        &self,
        b: &Builder<'_>,
        from: &[TypeId],
        sources: &[Source<'_>],
    ) -> Vec<Option<Address>> {
        let types = &b.env.program.types;
        let view = |(&id, source): (&TypeId, &Source<'_>)| match *source {
            Source::Memory(at)
                if self.callee.side.is_native()
                    && native::scalar(types, id).is_none()
                    && plan::is_plain(types, &[id]) =>
            {
                Some(at)
            }
            _ => None,
        };
        from.iter().zip(sources).map(view).collect()
    }

    /// Makes room for the callee's parameters where they go to memory.
    fn outgoing(
        &self,
        b: &mut Builder<'_>,
        to: &[TypeId],
        views: &[Option<Address>],
    ) -> Result<Outgoing> {
        let types = &b.env.program.types;
        let side = &self.callee.side;
        if side.is_native() {
            let mut place = |(&id, view): (&TypeId, &Option<Address>)| {
                if view.is_some() || native::scalar(types, id).is_some() {
                    return Ok(None);
                }
                Ok(Some(Address::new(host_temporary(b, id)?)))
            };
            let places: Result<Vec<_>> = to.iter().zip(views).map(&mut place).collect();
            return Ok(Outgoing { places: places?, pointer: None });
        }
        if self.callee.flat_params(types).is_some() {
            return Ok(Outgoing { places: vec![None; to.len()], pointer: None });
        }
        let (offsets, layout) = types.product(side.abi, to);
        let buffer = memory::allocate_layout(b, side, layout)?;
        let at = Address::new(buffer.address);
        let places = offsets.into_iter().map(|offset| Some(at.plus(offset))).collect();
        Ok(Outgoing { places, pointer: Some(buffer.pointer) })
    }

    /// Where a lifted function's result is; `outcome` is what it returned, or the parameters of `task.return`.
    pub fn guest_result<'v>(
        &self,
        b: &mut Builder<'_>,
        outcome: &'v [Value],
    ) -> Result<Option<Source<'v>>> {
        let types = &b.env.program.types;
        let side = &self.callee.side;
        let Some(id) = types.func(self.callee.ty).result else { return Ok(None) };
        if self.callee.flat_result(types).is_some() {
            return Ok(Some(Source::Flat(outcome)));
        }
        let pointer = *outcome.first().ok_or_else(plan::mismatch)?;
        let address = spilled(b, side, pointer, types.layout(side.abi, id))?;
        Ok(Some(Source::Memory(Address::new(address))))
    }

    /// Lifts the result from the callee and lowers it to the caller; gives what the caller is returned.
    pub fn result(
        &self,
        b: &mut Builder<'_>,
        incoming: &[Value],
        source: Option<Source<'_>>,
    ) -> Result<Vec<Value>> {
        let types = &b.env.program.types;
        let ids = types.func(self.callee.ty).result.zip(types.func(self.caller.ty).result);
        let (Some((from, to)), Some(source)) = (ids, source) else { return Ok(Vec::new()) };
        // What was lifted outlives the call that gave it.
        let scope = self.plan.result_apart.then(|| enter_scope(b));
        let mut results = Vec::new();
        let side = &self.caller.side;
        let dest = if side.is_native() {
            let out = *incoming.last().ok_or_else(plan::mismatch)?;
            Dest::Memory(Address::new(out))
        } else if self.caller.flat_result(types).is_some() {
            Dest::Flat(&mut results)
        } else {
            let out = *incoming.last().ok_or_else(plan::mismatch)?;
            Dest::Memory(Address::new(spilled(b, side, out, types.layout(side.abi, to))?))
        };
        let mut transfer = Transfer {
            b,
            source: self.callee.side,
            dest: self.caller.side,
            plan: self.plan,
            ownership: Ownership::Given,
            ledger: Ledger::Scope,
        };
        let source = if self.plan.result_apart {
            let lifted = transfer.lift(&[from], vec![source])?;
            lifted.first().copied().ok_or_else(plan::mismatch)?
        } else {
            source
        };
        transfer.value(from, source, to, dest)?;
        exit_scope(b, scope);
        Ok(results)
    }
}

/// Checks a pointer to spilled parameters or a spilled result; gives the machine's address.
pub fn spilled(b: &mut Builder<'_>, side: &Side, pointer: Value, layout: Layout) -> Result<Value> {
    let size = b.iconst(i64::from(layout.size));
    memory::checked_address(b, side, pointer, size, layout.align, PointerTraps::SPILL)
}

/// Room for a value of the host's during an import call: on the stack, or in the scope if it is large.
fn host_temporary(b: &mut Builder<'_>, id: TypeId) -> Result<Value> {
    let layout = b.env.program.types.layout(Abi::NATIVE, id);
    if layout.size > plan::MAX_STACK_TEMPORARY {
        return Ok(memory::allocate_layout(b, &Side::native(), layout)?.address);
    }
    Ok(native::stack_temporary(b, layout))
}

/// Begins a scope for temporary memory alone; gives its token.
pub fn enter_scope(b: &mut Builder<'_>) -> Value {
    let no_count = b.iconst(0);
    b.runtime_value(RuntimeFn::ScopeEnter, &[b.context, no_count])
}

/// Ends a scope, if there is one.
pub fn exit_scope(b: &mut Builder<'_>, scope: Option<Value>) {
    let Some(scope) = scope else { return };
    let status = b.runtime_value(RuntimeFn::ScopeExit, &[b.context, scope]);
    b.trap_if_status(status);
}

/// What was lent and borrowed for a call, and its temporary memory.
struct Account {
    frame: Frame,
    /// Where borrowed handles are counted.
    borrowed: Option<Value>,
    /// The scope's token.
    scope: Option<Value>,
}

impl Account {
    fn ledger(&mut self) -> Ledger<'_> {
        Ledger::Frame(&mut self.frame, self.borrowed)
    }

    fn end(self, b: &mut Builder<'_>) {
        self.frame.end(b);
        exit_scope(b, self.scope);
    }
}

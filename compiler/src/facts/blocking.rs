//! Which code may block, and which calls therefore have records: [`Tasks`], found out.
//!
//! A call of an asynchronous type has one if its callee may go on after the caller has, or may make the caller wait:
//! since it is lifted with `async`, since its code may block, or since the callee's instance can be closed to it (a
//! *gate*: backpressure, or an exclusive lock that is held while the call comes). One of a synchronous type has one
//! if its code may block or asks who it is. Whether code may block depends on what calls have records, so all of it
//! is one graph, which is searched from what blocks for certain.

use super::calls::Calls;
use super::nodes::Nodes;
use super::reach::Reached;
use super::tasks::{Caller, Edge, Tasks};
use crate::index::*;
use crate::link::*;
use crate::translate::adapter::native;
use crate::types::{Field, FuncType, Type};
use cranelift_entity::{EntityRef, EntitySet};
use wasmparser::ValType;
use weldc_abi::task::switch;

/// Finds out what is asynchronous about a program.
pub fn tasks<'a>(program: &Program, reached: &Reached, calls: impl FnOnce() -> Calls<'a>) -> Tasks {
    let mut tasks = Tasks::default();
    let live = live_trampolines(program, reached);
    note_built_ins(program, &live, &mut tasks);
    let routes = routes(program, &live);
    if !tasks.in_use && routes.iter().all(|route| !is_async(program, route)) {
        return tasks;
    }
    let mut search = Search { program, calls: calls(), blocks: Vec::new(), gates: Vec::new() };
    let observers = search.observers(&live);
    tasks.observing = search.calls.spread(&observers);
    search.gates(&live, &routes);
    search.built_ins(&live);
    routes.iter().for_each(|route| search.route(route));
    tasks.blocking = search.calls.spread(&search.blocks);
    let has_record = |route: &&Route| search.has_record(&tasks, &reached.nodes, route);
    let edges: Vec<Route> = routes.iter().filter(has_record).copied().collect();
    for Route { caller, callee, ty, .. } in edges {
        let own_stack = own_stack(program, &reached.nodes, &tasks, callee);
        let at_once = !own_stack && is_at_once(program, &tasks, caller, callee, ty);
        tasks.add_edge(Edge { caller, callee, own_stack, at_once });
    }
    tasks.in_use |= !tasks.edges.is_empty();
    tasks
}

/// A call of a component function.
#[derive(Clone, Copy)]
struct Route {
    caller: Caller,
    callee: Func,
    ty: FuncTypeId,
    /// Of an asynchronous lower.
    is_async_lower: bool,
}

fn live_trampolines<'p>(
    program: &'p Program,
    reached: &Reached,
) -> Vec<(TrampolineId, &'p Trampoline)> {
    let is_live = |id| reached.live.contains(reached.nodes.number(CoreFunc::Trampoline(id)));
    program.trampolines.iter().filter(|&(id, _)| is_live(id)).collect()
}

/// All calls that can be made, in the order of their callers.
fn routes(program: &Program, live: &[(TrampolineId, &Trampoline)]) -> Vec<Route> {
    let mut routes = Vec::new();
    for &(id, trampoline) in live {
        if let TrampolineKind::Lower { func, ty, options } = &trampoline.kind {
            let (caller, is_async_lower) = (Caller::Lower(id), options.async_);
            routes.push(Route { caller, callee: *func, ty: *ty, is_async_lower });
        }
    }
    for (id, export) in program.exports.iter() {
        if let ExportItem::Func { func, ty } = export.item {
            let caller = Caller::Export(id);
            routes.push(Route { caller, callee: func, ty, is_async_lower: false });
        }
    }
    for (id, call) in program.start_calls.iter() {
        let caller = Caller::Start(id);
        routes.push(Route { caller, callee: call.func, ty: call.ty, is_async_lower: false });
    }
    routes
}

fn is_async(program: &Program, route: &Route) -> bool {
    program.types.func(route.ty).async_
}

/// What is known of the built-ins that can run without looking further.
fn note_built_ins(program: &Program, live: &[(TrampolineId, &Trampoline)], tasks: &mut Tasks) {
    for &(id, trampoline) in live {
        match &trampoline.kind {
            TrampolineKind::ContextGet { .. } | TrampolineKind::ContextSet { .. } => {
                tasks.storages.insert(trampoline.instance);
            }
            TrampolineKind::Copy { .. } => tasks.add_copy(id),
            TrampolineKind::TaskReturn { result, options } => {
                tasks.add_return(program, *result, options);
            }
            TrampolineKind::ThreadIndex
            | TrampolineKind::ThreadResumeLater
            | TrampolineKind::ThreadSwitch(
                switch::SUSPEND_THEN_RESUME
                | switch::YIELD_THEN_RESUME
                | switch::SUSPEND_THEN_PROMOTE
                | switch::YIELD_THEN_PROMOTE,
            ) => {
                tasks.namers.insert(trampoline.instance);
            }
            TrampolineKind::ThreadNew { sig, .. } => {
                tasks.namers.insert(trampoline.instance);
                let wide = program.signatures[*sig].params() == [ValType::I64];
                tasks.threads[usize::from(wide)] = true;
            }
            _ => {}
        }
        tasks.in_use |= trampoline.kind.is_kept();
    }
}

/// A callee that may block needs a stack, and so does one whose callback may.
fn own_stack(program: &Program, nodes: &Nodes, tasks: &Tasks, callee: Func) -> bool {
    let Func::Lift(id) = callee else { return false };
    let lift = &program.lifts[id];
    let callback = lift.options.callback;
    std::iter::once(lift.core).chain(callback).any(|func| tasks.may_block(nodes, func))
}

/// Whether generated code can do without the runtime if a callee on the caller's stack returns at once.
fn is_at_once(
    program: &Program,
    tasks: &Tasks,
    caller: Caller,
    callee: Func,
    ty: FuncTypeId,
) -> bool {
    let types = &program.types;
    let is_lent = |param: &Field| types.any(param.ty, &|ty| matches!(ty, Type::Borrow(_)));
    let is_plain = !types.func(ty).params.iter().any(is_lent);
    // What the host is given is the zone's until the call returns, also if its code goes on.
    let is_given = types.func(ty).result.is_some_and(|result| types.owns_memory(result));
    is_plain
        && match (caller, callee) {
            (Caller::Start(_), _) | (Caller::Export(_), Func::Import(_)) => false,
            (Caller::Export(_), _) if is_given => false,
            (Caller::Lower(_), Func::Import(id)) => program.imports[id].binding != Binding::Trap,
            (_, Func::Lift(id)) => !tasks.names_threads(program.lifts[id].instance),
        }
}

struct Search<'a> {
    program: &'a Program,
    calls: Calls<'a>,
    /// What blocks for certain.
    blocks: Vec<usize>,
    /// By component instance: the node that says whether a call can find it closed.
    gates: Vec<usize>,
}

impl Search<'_> {
    /// The built-ins that look at the thread or task that runs them.
    fn observers(&self, live: &[(TrampolineId, &Trampoline)]) -> Vec<usize> {
        let observers = live.iter().filter(|(_, trampoline)| {
            matches!(
                trampoline.kind,
                TrampolineKind::ThreadIndex
                    | TrampolineKind::ThreadNew { .. }
                    | TrampolineKind::TaskReturn { .. }
                    | TrampolineKind::TaskCancel
            )
        });
        observers.map(|&(id, _)| self.calls.number(CoreFunc::Trampoline(id))).collect()
    }

    fn built_ins(&mut self, live: &[(TrampolineId, &Trampoline)]) {
        for &(id, trampoline) in live {
            if trampoline.kind.blocks() {
                self.blocks.push(self.calls.number(CoreFunc::Trampoline(id)));
            }
        }
    }

    /// The gates of all instances.
    fn gates(&mut self, live: &[(TrampolineId, &Trampoline)], routes: &[Route]) {
        self.gates = self.program.component_instances.keys().map(|_| self.calls.node()).collect();
        for (_, trampoline) in live {
            if let TrampolineKind::BackpressureInc | TrampolineKind::BackpressureDec =
                trampoline.kind
            {
                self.blocks.push(self.gates[trampoline.instance.index()]);
            }
        }
        let circles = circles(self.program, live, routes);
        for lift in routes.iter().filter(|route| is_async(self.program, route)) {
            let Func::Lift(id) = lift.callee else { continue };
            let lift = &self.program.lifts[id];
            let gate = self.gates[lift.instance.index()];
            if lift.options.callback.is_some() || circles.contains(lift.instance) {
                self.blocks.push(gate);
            } else if !lift.options.async_ {
                self.calls.causes(self.calls.number(lift.core), gate);
            }
        }
    }

    /// What may make the caller of a call wait.
    fn route(&mut self, route: &Route) {
        let Caller::Lower(id) = route.caller else { return };
        if route.is_async_lower {
            return;
        }
        let lower = self.calls.number(CoreFunc::Trampoline(id));
        match route.callee {
            Func::Lift(id) => {
                let lift = &self.program.lifts[id];
                self.calls.causes(self.calls.number(lift.core), lower);
                if lift.options.async_ {
                    self.blocks.push(lower);
                } else if is_async(self.program, route) {
                    self.calls.causes(self.gates[lift.instance.index()], lower);
                }
            }
            Func::Import(_) if is_async(self.program, route) => self.blocks.push(lower),
            Func::Import(_) => {}
        }
    }

    fn has_record(&self, tasks: &Tasks, nodes: &Nodes, route: &Route) -> bool {
        let FuncType { async_, .. } = *self.program.types.func(route.ty);
        match route.callee {
            Func::Import(_) => async_,
            Func::Lift(id) => {
                let lift = &self.program.lifts[id];
                let is_closed = || tasks.blocking.contains(self.gates[lift.instance.index()]);
                lift.options.async_
                    || tasks.may_block(nodes, lift.core)
                    || tasks.observes(nodes, lift.core)
                    || (async_ && is_closed())
            }
        }
    }
}

/// Instances that may be entered again while code of theirs waits for a call of theirs to return, and some more:
/// those that lie on the way from one such instance to another.
fn circles(
    program: &Program,
    live: &[(TrampolineId, &Trampoline)],
    routes: &[Route],
) -> EntitySet<ComponentInstanceId> {
    let host = program.component_instances.len();
    let callee = |func: Func| match func {
        Func::Lift(id) => Some(program.lifts[id].instance.index()),
        Func::Import(id) => native::reenters(&program.imports[id].binding).then_some(host),
    };
    let mut arcs: Vec<(usize, usize)> = Vec::new();
    for (_, trampoline) in live {
        let to = match &trampoline.kind {
            TrampolineKind::Lower { func, .. } => callee(*func),
            TrampolineKind::ResourceDrop(id) => match &program.resources[*id].origin {
                ResourceOrigin::Guest { instance, .. } => Some(instance.index()),
                ResourceOrigin::Host { drop } => native::reenters(drop).then_some(host),
            },
            _ => None,
        };
        arcs.extend(to.map(|to| (trampoline.instance.index(), to)));
    }
    let exported = routes.iter().filter(|route| matches!(route.caller, Caller::Export(_)));
    arcs.extend(exported.filter_map(|route| Some((host, callee(route.callee)?))));
    let forth = on_circles(host + 1, &arcs);
    let arcs: Vec<_> = arcs.into_iter().map(|(from, to)| (to, from)).collect();
    let back = on_circles(host + 1, &arcs);
    let ids = program.component_instances.keys();
    let mut found = EntitySet::new();
    for id in ids.filter(|id| forth[id.index()] && back[id.index()]) {
        found.insert(id);
    }
    found
}

/// The nodes from which there is a way of any length.
fn on_circles(count: usize, arcs: &[(usize, usize)]) -> Vec<bool> {
    let mut callers = vec![Vec::new(); count];
    let mut callees = vec![0usize; count];
    for &(from, to) in arcs {
        callers[to].push(from);
        callees[from] += 1;
    }
    let mut left = vec![true; count];
    let mut ends: Vec<usize> = (0..count).filter(|&node| callees[node] == 0).collect();
    while let Some(node) = ends.pop() {
        left[node] = false;
        for &caller in &callers[node] {
            callees[caller] -= 1;
            if callees[caller] == 0 {
                ends.push(caller);
            }
        }
    }
    left
}

//! Which function of the output calls which.

use super::{Callee, Caller, Facts};
use crate::index::{EdgeId, FuncId, InstanceId, TrampolineId};
use crate::link::*;
use crate::parse::Parsed;
use crate::parse::module::{ConstOp, SegmentMode, Target, Use};
use crate::translate::{FuncKey, FuncTable};
use cranelift_entity::{EntitySet, PrimaryMap};
use std::ops::Range;

/// The calls that stand in wasm code and in what is generated around it. What bodies say counts, whether it
/// can be reached or not; calls of the runtime and of stubs for traps do not.
#[derive(Debug, Default)]
pub struct CallGraph {
    edges: Vec<FuncId>,
    callees: PrimaryMap<FuncId, Range<u32>>,
    sites: PrimaryMap<FuncId, u32>,
    referenced: EntitySet<FuncId>,
}

/// Adapters call one function at more places than it is worth to count.
const MANY: u32 = 2;

impl CallGraph {
    pub fn new(parsed: &Parsed, program: &Program, facts: &Facts, funcs: &FuncTable) -> CallGraph {
        let mut graph = CallGraph::default();
        funcs.keys.keys().for_each(|_| _ = graph.sites.push(0));
        let builder = Edges { parsed, program, facts, funcs };
        for &key in funcs.keys.values() {
            let mut calls = Vec::new();
            builder.of(key, &mut calls, &mut graph.referenced);
            graph.push(calls);
        }
        builder.in_state(&mut graph.referenced);
        graph
    }

    /// Adds the calls of the next function.
    fn push(&mut self, mut calls: Vec<(FuncId, u32)>) {
        calls.iter().for_each(|&(id, sites)| {
            self.sites[id] = self.sites[id].saturating_add(sites);
        });
        calls.sort_unstable();
        calls.dedup_by_key(|&mut (id, _)| id);
        let start = self.edges.len() as u32;
        self.edges.extend(calls.into_iter().map(|(id, _)| id));
        self.callees.push(start..self.edges.len() as u32);
    }

    /// The functions that `func` calls directly, each once, ascending. A call through a table is direct if it
    /// is known what it finds.
    pub fn callees(&self, func: FuncId) -> &[FuncId] {
        let Range { start, end } = self.callees[func];
        &self.edges[start as usize..end as usize]
    }

    /// At how many places `func` is called directly.
    pub fn sites(&self, func: FuncId) -> u32 {
        self.sites[func]
    }

    /// Whether there are references to `func`: it is in a table, or code makes one. With none, nothing
    /// calls it but the places that [`Self::sites`] counts, and the host what it knows by name.
    pub fn is_referenced(&self, func: FuncId) -> bool {
        self.referenced.contains(func)
    }
}

/// Finds the calls of a function.
struct Edges<'a> {
    parsed: &'a Parsed,
    program: &'a Program,
    facts: &'a Facts,
    funcs: &'a FuncTable,
}

type Calls = Vec<(FuncId, u32)>;

impl Edges<'_> {
    fn of(&self, key: FuncKey, calls: &mut Calls, referenced: &mut EntitySet<FuncId>) {
        let mut core = |func, sites| calls.push((self.funcs.core(func), sites));
        match key {
            FuncKey::Core { instance, func } => self.body(instance, func, calls, referenced),
            FuncKey::Trampoline(id) => self.trampoline(id, calls),
            FuncKey::Export(id) => {
                if let ExportItem::Func { func, .. } = self.program.exports[id].item {
                    self.component_func(func, calls);
                }
            }
            FuncKey::Entry(id, _) => match self.facts.tasks.edge(Caller::Export(id)) {
                Some(edge) => self.edge(edge, calls),
                None => calls.push((self.funcs.id(FuncKey::Export(id)), 1)),
            },
            FuncKey::StartCall(id) if self.facts.tasks.edge(Caller::Start(id)).is_some() => {}
            FuncKey::StartCall(id) => {
                self.component_func(self.program.start_calls[id].func, calls);
            }
            FuncKey::Destructor(id) => {
                if let ResourceOrigin::Guest { dtor: Some(dtor), .. } =
                    self.program.resources[id].origin
                {
                    core(dtor, 1);
                }
            }
            FuncKey::CoreEntry(id) => {
                if let CoreExport::Func(func) = self.program.core_exports[id] {
                    core(func, 1);
                }
            }
            FuncKey::Start => self.starts(None, calls),
            FuncKey::Stage(id) => self.starts(Some(id), calls),
            FuncKey::StartEntry => calls.push((self.funcs.id(FuncKey::Start), 1)),
            FuncKey::StageEntry(id) => calls.push((self.funcs.id(FuncKey::Stage(id)), 1)),
            FuncKey::Enter(id) => calls.push((self.funcs.id(FuncKey::EnterBody(id)), 1)),
            FuncKey::Resolve(id) => calls.push((self.funcs.id(FuncKey::ResolveBody(id)), 1)),
            FuncKey::Element(id) => calls.push((self.funcs.id(FuncKey::ElementBody(id)), 1)),
            FuncKey::EnterBody(id) => {
                let edge = &self.facts.tasks.edges[id];
                self.component_func(edge.callee, calls);
                self.lower_options(edge.caller, calls);
                if let Func::Import(_) = edge.callee {
                    calls.push((self.funcs.id(FuncKey::ResolveBody(id)), 1));
                }
            }
            FuncKey::ResolveBody(id) => {
                // Records have its address.
                referenced.insert(self.funcs.id(key));
                self.lower_options(self.facts.tasks.edges[id].caller, calls);
            }
            FuncKey::ElementBody(id) => {
                let trampoline = &self.program.trampolines[self.facts.tasks.copies[id]];
                trampoline.kind.options().into_iter().for_each(|o| self.options(o, calls));
            }
            FuncKey::Callback(id) => {
                if let Some(callback) = self.program.lifts[id].options.callback {
                    core(callback, 1);
                }
            }
            // What a thread calls is known by its address, in a table.
            FuncKey::Thread { .. } => {}
            // What a transfer calls is among the options of the adapters that call it.
            FuncKey::Transfer(_)
            | FuncKey::Release(_)
            | FuncKey::ElementRelease(_)
            | FuncKey::HostDrop(_)
            | FuncKey::Trap(_)
            | FuncKey::TrapDynamic
            | FuncKey::Throw
            | FuncKey::Allocate
            | FuncKey::Api(_) => {}
        }
    }

    /// The start functions of one instance, or of all.
    fn starts(&self, of: Option<InstanceId>, calls: &mut Calls) {
        let wanted = |step: &&Step| of.is_none_or(|of| of == step.instance());
        for step in self.program.steps.iter().filter(wanted) {
            match *step {
                Step::Start { func, .. } => calls.push((self.funcs.core(func), 1)),
                Step::Call { call, .. } => {
                    calls.push((self.funcs.id(FuncKey::StartCall(call)), 1));
                }
                _ => {}
            }
        }
    }

    /// What lowers a result to the caller of an edge.
    fn lower_options(&self, caller: Caller, calls: &mut Calls) {
        if let Caller::Lower(id) = caller
            && let Some(options) = self.program.trampolines[id].kind.options()
        {
            self.options(options, calls);
        }
    }

    fn trampoline(&self, id: TrampolineId, calls: &mut Calls) {
        let trampoline = &self.program.trampolines[id];
        if let Some(edge) = self.facts.tasks.edge(Caller::Lower(id)) {
            return self.edge(edge, calls);
        }
        if self.facts.tasks.copy(id).is_some() {
            return;
        }
        match trampoline.kind {
            TrampolineKind::Lower { func, .. } => self.component_func(func, calls),
            TrampolineKind::ResourceDrop(id) => {
                if let ResourceOrigin::Guest { dtor: Some(dtor), .. } =
                    self.program.resources[id].origin
                {
                    calls.push((self.funcs.core(dtor), 1));
                }
            }
            _ => {}
        }
        if let Some(options) = trampoline.kind.options() {
            self.options(options, calls);
        }
    }

    /// A call that has a record: what its caller calls.
    fn edge(&self, id: EdgeId, calls: &mut Calls) {
        if self.facts.tasks.edges[id].at_once {
            calls.push((self.funcs.id(FuncKey::EnterBody(id)), 1));
        }
    }

    fn component_func(&self, func: Func, calls: &mut Calls) {
        if let Func::Lift(id) = func {
            let lift = &self.program.lifts[id];
            calls.push((self.funcs.core(lift.core), 1));
            self.options(&lift.options, calls);
        }
    }

    fn options(&self, options: &CanonOptions, calls: &mut Calls) {
        let CanonOptions { realloc, post_return, callback, .. } = *options;
        for func in [realloc, post_return, callback].into_iter().flatten() {
            calls.push((self.funcs.core(func), MANY));
        }
    }

    fn body(
        &self,
        id: InstanceId,
        func: u32,
        calls: &mut Calls,
        referenced: &mut EntitySet<FuncId>,
    ) {
        let instance = &self.program.instances[id];
        let module = &self.parsed.modules[instance.module];
        for used in &module.uses[(func - module.imported.funcs) as usize].all {
            match *used {
                Use::Call(target, sites) => {
                    if let Some(callee) = self.callee(instance, target) {
                        calls.push((callee, sites));
                    }
                }
                Use::Reference(func) => {
                    referenced.insert(self.funcs.core(instance.funcs[func as usize]));
                }
                Use::Segment(segment) => {
                    for ops in &module.elements[segment as usize].items {
                        self.operators(instance, ops, referenced);
                    }
                }
                _ => {}
            }
        }
    }

    fn callee(&self, instance: &Instance, target: Target) -> Option<FuncId> {
        let (ty, table, index) = match target {
            Target::Function(func) => {
                return Some(self.funcs.core(instance.funcs[func as usize]));
            }
            Target::Table { ty, table } => (ty, table, None),
            Target::Element { ty, table, index } => (ty, table, Some(index.into())),
            Target::Reference { .. } => return None,
        };
        let wanted = self.program.module_types[instance.module][ty as usize].signature();
        let table = instance.tables[table as usize];
        match self.facts.callee(self.parsed, self.program, table, wanted, index) {
            Callee::At(_, func) | Callee::One(func) => Some(self.funcs.core(func)),
            Callee::Nothing | Callee::Several => None,
        }
    }

    /// The functions that a constant expression refers to.
    fn operators(&self, instance: &Instance, ops: &[ConstOp], referenced: &mut EntitySet<FuncId>) {
        for op in ops {
            if let ConstOp::RefFunc(func) = *op
                && let Some(id) = self.funcs.live_core(instance.funcs[func as usize])
            {
                referenced.insert(id);
            }
        }
    }

    /// The functions that tables and globals start with.
    fn in_state(&self, referenced: &mut EntitySet<FuncId>) {
        for instance in self.program.instances.values() {
            let module = &self.parsed.modules[instance.module];
            let globals = module.globals.iter().filter_map(|global| global.init.as_deref());
            let tables = module.tables.iter().filter_map(|table| table.init.as_deref());
            for ops in globals.chain(tables) {
                self.operators(instance, ops, referenced);
            }
            for (index, segment) in (0u32..).zip(&module.elements) {
                let computed = instance.computes(index);
                if computed || matches!(segment.mode, SegmentMode::Active { .. }) {
                    for ops in &segment.items {
                        self.operators(instance, ops, referenced);
                    }
                }
            }
        }
    }
}

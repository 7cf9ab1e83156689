//! From what the host and instantiation start: every function that can run, or whose reference code can get
//! at; and what those functions write.
//!
//! An element of a table is reached by a call through the table with its signature, or when elements are
//! read. A function that is in a table but cannot be reached so is never called: its place is kept, its
//! signature too, so that the call that finds it traps for the right reason.

use super::nodes::{NodeSet, Nodes};
use super::table::Contents;
use crate::index::*;
use crate::link::*;
use crate::parse::Parsed;
use crate::parse::module::{ConstExpr, ConstOp, Module, Target, Use};
use cranelift_entity::EntitySet;
use std::collections::{HashMap, HashSet};

/// What can be reached, and what that can change.
pub struct Reached {
    pub nodes: Nodes,
    pub live: NodeSet,
    pub written_globals: EntitySet<GlobalId>,
    pub grown_memories: EntitySet<MemoryId>,
    pub grown_tables: EntitySet<TableId>,
    /// Includes the grown ones.
    pub written_tables: EntitySet<TableId>,
}

/// `whole`: every function can be called by the host.
pub fn reach(parsed: &Parsed, program: &Program, contents: &Contents, whole: bool) -> Reached {
    let nodes = Nodes::new(parsed, program);
    let reached = Reached {
        live: nodes.set(),
        nodes,
        written_globals: EntitySet::new(),
        grown_memories: EntitySet::new(),
        grown_tables: EntitySet::new(),
        written_tables: EntitySet::new(),
    };
    let mut search = Search {
        parsed,
        program,
        contents,
        reached,
        queue: Vec::new(),
        called: HashSet::new(),
        known: HashMap::new(),
        read_tables: EntitySet::new(),
        segments: HashSet::new(),
    };
    search.roots();
    if whole {
        search.all();
    }
    while let Some(func) = search.queue.pop() {
        search.function(func);
    }
    search.reached
}

struct Search<'a> {
    parsed: &'a Parsed,
    program: &'a Program,
    contents: &'a Contents,
    reached: Reached,
    /// Live, and not looked at yet.
    queue: Vec<CoreFunc>,
    /// Which signatures are called through which tables.
    called: HashSet<(TableId, SigId)>,
    /// Signatures that are called at constant indices of tables that nothing has been seen to write to; of
    /// their elements only those at the indices are live.
    known: HashMap<TableId, Vec<SigId>>,
    read_tables: EntitySet<TableId>,
    segments: HashSet<(InstanceId, u32)>,
}

impl<'a> Search<'a> {
    fn roots(&mut self) {
        let program = self.program;
        for export in program.exports.values() {
            if let ExportItem::Func { func, .. } = export.item {
                self.component_func(func);
            }
        }
        for export in program.core_exports.values() {
            if let CoreExport::Func(func) = *export {
                self.mark(func);
            }
        }
        program.start_calls.values().for_each(|call| self.component_func(call.func));
        for resource in program.resources.values() {
            if let ResourceOrigin::Guest { dtor: Some(dtor), .. } = resource.origin {
                self.mark(dtor);
            }
        }
        for step in &program.steps {
            if let Step::Start { func, .. } = *step {
                self.mark(func);
            }
        }
        for instance in program.instances.values() {
            let module = self.module(instance);
            let globals = module.globals.iter().filter_map(|global| global.init.as_ref());
            let tables = module.tables.iter().filter_map(|table| table.init.as_ref());
            globals.chain(tables).for_each(|expr| self.expression(instance, expr));
            for &segment in &instance.computed_segments {
                let items = &module.elements[segment as usize].items;
                items.iter().for_each(|item| self.expression(instance, item));
            }
        }
    }

    fn all(&mut self) {
        for (id, instance) in self.program.instances.iter() {
            let module = self.module(instance);
            for func in module.imported.funcs..module.funcs.len() as u32 {
                self.mark(CoreFunc::Wasm { instance: id, func });
            }
        }
        for id in self.program.trampolines.keys() {
            self.mark(CoreFunc::Trampoline(id));
        }
    }

    fn module(&self, instance: &Instance) -> &'a Module {
        &self.parsed.modules[instance.module]
    }

    fn mark(&mut self, func: CoreFunc) {
        if self.reached.live.insert(self.reached.nodes.number(func)) {
            self.queue.push(func);
        }
    }

    /// The functions that a constant expression refers to.
    fn expression(&mut self, instance: &Instance, expr: &ConstExpr) {
        for op in expr {
            if let ConstOp::RefFunc(func) = *op {
                self.mark(instance.funcs[func as usize]);
            }
        }
    }

    fn component_func(&mut self, func: Func) {
        if let Func::Lift(id) = func {
            let lift = &self.program.lifts[id];
            self.mark(lift.core);
            self.options(&lift.options);
        }
    }

    fn options(&mut self, options: &CanonOptions) {
        let CanonOptions { realloc, post_return, callback, .. } = *options;
        [realloc, post_return, callback].into_iter().flatten().for_each(|func| self.mark(func));
    }

    fn function(&mut self, func: CoreFunc) {
        match func {
            CoreFunc::Wasm { instance: id, func } => {
                let instance = &self.program.instances[id];
                let module = self.module(instance);
                let uses = &module.uses[(func - module.imported.funcs) as usize];
                uses.all.iter().for_each(|&used| self.used(id, instance, used));
            }
            CoreFunc::Trampoline(id) => self.trampoline(&self.program.trampolines[id].kind),
        }
    }

    fn trampoline(&mut self, kind: &TrampolineKind) {
        if let TrampolineKind::Lower { func, .. } = kind {
            self.component_func(*func);
        }
        if let TrampolineKind::ThreadNew { sig, table } = *kind {
            self.call_table(table, sig);
        }
        // Destructors are roots.
        kind.options().into_iter().for_each(|options| self.options(options));
    }

    fn used(&mut self, id: InstanceId, instance: &Instance, used: Use) {
        match used {
            Use::Call(Target::Function(func), _) | Use::Reference(func) => {
                self.mark(instance.funcs[func as usize]);
            }
            Use::Call(Target::Element { ty, table, index }, _) => {
                let sig = self.program.module_types[instance.module][ty as usize].signature();
                self.call_element(instance.tables[table as usize], sig, index);
            }
            Use::Call(Target::Table { ty, table }, _) => {
                let sig = self.program.module_types[instance.module][ty as usize].signature();
                self.call_table(instance.tables[table as usize], sig);
            }
            // Whoever makes a reference is a use of the function.
            Use::Call(Target::Reference { .. }, _) => {}
            Use::GlobalSet(global) => {
                self.reached.written_globals.insert(instance.globals[global as usize]);
            }
            Use::MemoryGrow(memory) => {
                self.reached.grown_memories.insert(instance.memories[memory as usize]);
            }
            Use::TableRead(table) => self.read_table(instance.tables[table as usize]),
            Use::TableWrite(table) => self.write_table(instance.tables[table as usize]),
            Use::TableGrow(table) => {
                let table = instance.tables[table as usize];
                self.reached.grown_tables.insert(table);
                self.write_table(table);
            }
            Use::Segment(segment) => {
                if self.segments.insert((id, segment)) {
                    let items = &self.module(instance).elements[segment as usize].items;
                    items.iter().for_each(|item| self.expression(instance, item));
                }
            }
        }
    }

    fn call_element(&mut self, table: TableId, sig: SigId, index: u32) {
        if self.reached.written_tables.contains(table) {
            return self.call_table(table, sig);
        }
        let Some(elements) = self.contents.settled(table) else {
            return self.call_table(table, sig);
        };
        self.known.entry(table).or_default().push(sig);
        if let Some(func) = elements.get(index.into())
            && self.program.accepts(sig, self.program.signature_of(self.parsed, func))
        {
            self.mark(func);
        }
    }

    fn call_table(&mut self, table: TableId, wanted: SigId) {
        if !self.called.insert((table, wanted)) {
            return;
        }
        let contents = self.contents;
        let fitting = contents.placed(table).filter(|&(sig, _)| self.program.accepts(wanted, sig));
        let funcs: Vec<CoreFunc> = fitting.flat_map(|(_, funcs)| funcs).copied().collect();
        funcs.into_iter().for_each(|func| self.mark(func));
    }

    fn read_table(&mut self, table: TableId) {
        if self.read_tables.insert(table) {
            let contents = self.contents;
            let funcs = contents.placed(table).flat_map(|(_, funcs)| funcs);
            funcs.for_each(|&func| self.mark(func));
        }
    }

    fn write_table(&mut self, table: TableId) {
        if self.reached.written_tables.insert(table) {
            let known = self.known.remove(&table).unwrap_or_default();
            known.into_iter().for_each(|sig| self.call_table(table, sig));
        }
    }
}

//! Which core functions can be active when a function is: a graph that is searched from callees to callers.
//!
//! A call through a table stands for the functions with its signature that are ever put there; where code writes to
//! the table, and where it calls a reference, for all functions that there are references to.

use super::nodes::{NodeSet, Nodes};
use super::reach::Reached;
use super::table::Contents;
use crate::index::{SigId, TableId};
use crate::link::{ConstValue, CoreFunc, Instance, Program};
use crate::parse::Parsed;
use crate::parse::module::{ConstExpr, ConstOp, Module, Target, Use};
use cranelift_entity::EntitySet;
use std::collections::HashMap;

/// A graph under construction. Its first nodes are the core functions, by their numbers.
pub struct Calls<'a> {
    parsed: &'a Parsed,
    program: &'a Program,
    contents: &'a Contents,
    written_tables: &'a EntitySet<TableId>,
    nodes: &'a Nodes,
    /// From what causes something to what it is caused in.
    edges: Vec<(usize, usize)>,
    count: usize,
    /// Calls through a table, or of a reference.
    sites: HashMap<(Option<TableId>, SigId), usize>,
    /// Functions of a signature in a table, or that there are references to; ascending by the signature's number.
    classes: HashMap<Option<TableId>, Vec<(u32, usize)>>,
}

impl<'a> Calls<'a> {
    /// The calls of all functions that can run, of trampolines none.
    pub fn new(
        parsed: &'a Parsed,
        program: &'a Program,
        contents: &'a Contents,
        reached: &'a Reached,
    ) -> Calls<'a> {
        let mut calls = Calls {
            parsed,
            program,
            contents,
            written_tables: &reached.written_tables,
            nodes: &reached.nodes,
            edges: Vec::new(),
            count: reached.nodes.count(),
            sites: HashMap::new(),
            classes: HashMap::new(),
        };
        for (id, instance) in program.instances.iter() {
            let module = &parsed.modules[instance.module];
            for (func, uses) in (module.imported.funcs..).zip(&module.uses) {
                let caller = calls.nodes.number(CoreFunc::Wasm { instance: id, func });
                if reached.live.contains(caller) {
                    calls.body(instance, caller, &uses.all);
                }
            }
        }
        calls
    }

    /// A node that is no function.
    pub fn node(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    /// What is so of `cause` is so of `effect`.
    pub fn causes(&mut self, cause: usize, effect: usize) {
        self.edges.push((cause, effect));
    }

    pub fn number(&self, func: CoreFunc) -> usize {
        self.nodes.number(func)
    }

    /// All that is so because it is so of `starts`.
    pub fn spread(&self, starts: &[usize]) -> NodeSet {
        let mut first = vec![0usize; self.count + 1];
        self.edges.iter().for_each(|&(cause, _)| first[cause + 1] += 1);
        for node in 0..self.count {
            first[node + 1] += first[node];
        }
        let mut effects = vec![0usize; self.edges.len()];
        let mut next = first.clone();
        for &(cause, effect) in &self.edges {
            effects[next[cause]] = effect;
            next[cause] += 1;
        }
        let mut found = NodeSet::new(self.count);
        let mut queue: Vec<usize> = starts.to_vec();
        while let Some(node) = queue.pop() {
            if found.insert(node) {
                queue.extend(&effects[first[node]..first[node + 1]]);
            }
        }
        found
    }

    fn body(&mut self, instance: &Instance, caller: usize, uses: &[Use]) {
        for used in uses {
            let Use::Call(target, _) = *used else { continue };
            let callee = match target {
                Target::Function(func) => self.nodes.number(instance.funcs[func as usize]),
                Target::Element { ty, table, index } => {
                    let sig = self.signature(instance, ty);
                    match self.element(instance.tables[table as usize], sig, index) {
                        Some(Some(func)) => self.nodes.number(func),
                        Some(None) => continue,
                        None => self.site(Some(instance.tables[table as usize]), sig),
                    }
                }
                Target::Table { ty, table } => {
                    let sig = self.signature(instance, ty);
                    self.site(Some(instance.tables[table as usize]), sig)
                }
                Target::Reference { ty } => {
                    let sig = self.signature(instance, ty);
                    self.site(None, sig)
                }
            };
            self.causes(callee, caller);
        }
    }

    fn signature(&self, instance: &Instance, ty: u32) -> SigId {
        self.program.module_types[instance.module][ty as usize].signature()
    }

    /// What a call finds at an index of a table that nothing writes to, if it does not trap.
    fn element(&self, table: TableId, sig: SigId, index: u32) -> Option<Option<CoreFunc>> {
        if self.written_tables.contains(table) {
            return None;
        }
        let func = self.contents.settled(table)?.get(index.into());
        let fits = |func: &CoreFunc| {
            self.program.accepts(sig, self.program.signature_of(self.parsed, *func))
        };
        Some(func.filter(fits))
    }

    /// All calls as `wanted` through a table, or of references.
    fn site(&mut self, table: Option<TableId>, wanted: SigId) -> usize {
        if let Some(&site) = self.sites.get(&(table, wanted)) {
            return site;
        }
        let site = self.node();
        self.sites.insert((table, wanted), site);
        self.classify(table);
        let numbers = self.program.signature_numbers[wanted];
        let classes = &self.classes[&table];
        let from = classes.partition_point(|&(number, _)| number < numbers.first);
        let to = classes.partition_point(|&(number, _)| number <= numbers.last);
        let edges = classes[from..to].iter().map(|&(_, class)| (class, site));
        self.edges.extend(edges);
        if table.is_some_and(|table| self.written_tables.contains(table)) {
            let references = self.site(None, wanted);
            self.causes(references, site);
        }
        site
    }

    /// Makes the classes of a table, or those of references.
    fn classify(&mut self, table: Option<TableId>) {
        if self.classes.contains_key(&table) {
            return;
        }
        let funcs = match table {
            Some(table) => self.in_table(table),
            None => self.referenced(),
        };
        let mut classes: HashMap<u32, usize> = HashMap::new();
        for func in funcs {
            let sig = self.program.signature_of(self.parsed, func);
            let number = self.program.signature_numbers[sig].first;
            let class = *classes.entry(number).or_insert_with(|| {
                self.count += 1;
                self.count - 1
            });
            self.edges.push((self.nodes.number(func), class));
        }
        let mut classes: Vec<(u32, usize)> = classes.into_iter().collect();
        classes.sort_unstable();
        self.classes.insert(table, classes);
    }

    fn in_table(&self, table: TableId) -> Vec<CoreFunc> {
        let initial = match self.program.tables[table].init {
            ConstValue::Func(func) => Some(func),
            _ => None,
        };
        let placed = self.contents.placed(table).flat_map(|(_, funcs)| funcs).copied();
        initial.into_iter().chain(placed).collect()
    }

    /// The functions that code or initial values refer to.
    fn referenced(&self) -> Vec<CoreFunc> {
        let mut found = self.nodes.set();
        let mut funcs = Vec::new();
        for instance in self.program.instances.values() {
            let mut add = |index: u32| {
                let func = instance.funcs[index as usize];
                if found.insert(self.nodes.number(func)) {
                    funcs.push(func);
                }
            };
            let module = &self.parsed.modules[instance.module];
            for used in module.uses.iter().flat_map(|uses| uses.all.iter()) {
                if let Use::Reference(func) = *used {
                    add(func);
                }
            }
            for op in expressions(module).flatten() {
                if let ConstOp::RefFunc(func) = *op {
                    add(func);
                }
            }
        }
        funcs
    }
}

/// The constant expressions of a module.
fn expressions(module: &Module) -> impl Iterator<Item = &ConstExpr> {
    let globals = module.globals.iter().filter_map(|global| global.init.as_ref());
    let tables = module.tables.iter().filter_map(|table| table.init.as_ref());
    let segments = module.elements.iter().flat_map(|segment| &segment.items);
    globals.chain(tables).chain(segments)
}

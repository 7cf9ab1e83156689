//! Core functions, numbered densely.

use crate::index::InstanceId;
use crate::link::{CoreFunc, Program};
use crate::parse::Parsed;
use cranelift_entity::{EntityRef, PrimaryMap};

/// The numbering: the functions that each instance defines, then trampolines.
pub struct Nodes {
    /// By instance: the number that its module's function 0 would have if that was not imported.
    bases: PrimaryMap<InstanceId, usize>,
    trampolines: usize,
    count: usize,
}

impl Nodes {
    pub fn new(parsed: &Parsed, program: &Program) -> Nodes {
        let mut bases = PrimaryMap::with_capacity(program.instances.len());
        // Wraps around below the first defined function, and back.
        let mut count = 0usize;
        for instance in program.instances.values() {
            let module = &parsed.modules[instance.module];
            bases.push(count.wrapping_sub(module.imported.funcs as usize));
            count += module.bodies.len();
        }
        let trampolines = count;
        Nodes { bases, trampolines, count: count + program.trampolines.len() }
    }

    pub fn number(&self, func: CoreFunc) -> usize {
        match func {
            CoreFunc::Wasm { instance, func } => self.bases[instance].wrapping_add(func as usize),
            CoreFunc::Trampoline(id) => self.trampolines + id.index(),
        }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// An empty set of them.
    pub fn set(&self) -> NodeSet {
        NodeSet::new(self.count)
    }
}

/// A set of functions by number.
#[derive(Debug, Default)]
pub struct NodeSet(Vec<bool>);

impl NodeSet {
    /// An empty set of numbers below `count`.
    pub fn new(count: usize) -> NodeSet {
        NodeSet(vec![false; count])
    }

    /// Whether it was not in the set yet.
    pub fn insert(&mut self, node: usize) -> bool {
        !std::mem::replace(&mut self.0[node], true)
    }

    pub fn contains(&self, node: usize) -> bool {
        self.0.get(node).copied().unwrap_or(false)
    }
}

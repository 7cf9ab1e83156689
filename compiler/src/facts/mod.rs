//! [`Program`] → [`Facts`]: what the closed world allows to say about a program before it is laid out.
//!
//! On entry: every function that can be called, every reference that can be made, and every use of a
//! global, table or memory is known (`parse` noted down what bodies use). On exit: which functions can ever
//! run, what they can change, and what tables hold that nothing changes. Code that cannot run changes
//! nothing. Whatever is not said here can happen.
//!
//! ```text
//!  steps ─settled─▶ tables' contents ─┐
//!  exports, starts, destructors ──────┴─reach─▶ functions that run, what they write ─forward─▶ detours
//! ```
//! `CallGraph` tells the same of the functions of the output, once they are numbered.

mod blocking;
mod calls;
mod forward;
mod graph;
mod nodes;
mod reach;
mod steps;
mod table;
mod tasks;
#[cfg(test)]
mod tests;

use crate::error::Result;
use crate::index::{GlobalId, MemoryId, SigId, TableId};
use crate::link::{CoreFunc, Program};
use crate::options::{CodeOptions, DebugInfo};
use crate::parse::Parsed;
use cranelift_entity::EntitySet;
use nodes::{NodeSet, Nodes};
use std::collections::HashMap;

pub use graph::CallGraph;
pub use steps::range as step_range;
pub use table::{Callee, Elements};
pub use tasks::{Caller, Edge, Tasks};

/// What is known of a program.
pub struct Facts {
    nodes: Nodes,
    live: NodeSet,
    detours: HashMap<CoreFunc, CoreFunc>,
    written_globals: EntitySet<GlobalId>,
    grown_memories: EntitySet<MemoryId>,
    grown_tables: EntitySet<TableId>,
    tables: HashMap<TableId, Elements>,
    unseen: Vec<bool>,
    /// Calls that have records, and operations on streams and futures.
    pub tasks: Tasks,
}

impl Facts {
    pub fn new(parsed: &Parsed, program: &Program, options: &CodeOptions) -> Result<Facts> {
        let unseen = steps::unseen(parsed, program, options.staged);
        let contents = table::Contents::new(parsed, program, &unseen)?;
        let reached = reach::reach(parsed, program, &contents, options.whole);
        let tasks = blocking::tasks(program, &reached, || {
            calls::Calls::new(parsed, program, &contents, &reached)
        });
        let tables = contents.settled_but(&reached.written_tables);
        // A debugger steps through every function, also through those that only call another.
        let detours = if options.whole || options.debug == DebugInfo::Full {
            HashMap::new()
        } else {
            forward::detours(parsed, program, &tables, |func| {
                reached.live.contains(reached.nodes.number(func))
            })
        };
        Ok(Facts {
            nodes: reached.nodes,
            live: reached.live,
            detours,
            written_globals: reached.written_globals,
            grown_memories: reached.grown_memories,
            grown_tables: reached.grown_tables,
            tables,
            unseen,
            tasks,
        })
    }

    /// Whether a function can ever run, or be referred to by code that can.
    pub fn is_live(&self, func: CoreFunc) -> bool {
        self.live.contains(self.nodes.number(func))
    }

    /// Whether a function may block its thread.
    pub fn may_block(&self, func: CoreFunc) -> bool {
        self.tasks.may_block(&self.nodes, func)
    }

    /// Whether a function may look at the thread or task that runs it, or block: who calls it without a record must
    /// not leave it the caller's thread.
    pub fn needs_thread(&self, func: CoreFunc) -> bool {
        self.may_block(func) || self.tasks.observes(&self.nodes, func)
    }

    /// The function that does what `func` does: another one if `func` only calls that. It has the same
    /// signature.
    pub fn target(&self, func: CoreFunc) -> CoreFunc {
        self.detours.get(&func).copied().unwrap_or(func)
    }

    /// Whether code can change a global.
    pub fn writes_global(&self, id: GlobalId) -> bool {
        self.written_globals.contains(id)
    }

    pub fn grows_memory(&self, id: MemoryId) -> bool {
        self.grown_memories.contains(id)
    }

    pub fn grows_table(&self, id: TableId) -> bool {
        self.grown_tables.contains(id)
    }

    /// What a table holds whenever code can look at it, if that never changes.
    pub fn elements(&self, id: TableId) -> Option<&Elements> {
        self.tables.get(&id)
    }

    /// What a call through a table as `wanted`, at a constant index if that is known, finds if it does not
    /// trap.
    pub fn callee(
        &self,
        parsed: &Parsed,
        program: &Program,
        table: TableId,
        wanted: SigId,
        index: Option<u64>,
    ) -> Callee {
        let Some(elements) = self.elements(table) else { return Callee::Several };
        let callee = match index {
            None => elements.callee(program, wanted),
            Some(index) => match elements.get(index) {
                Some(func) if program.accepts(wanted, program.signature_of(parsed, func)) => {
                    Callee::At(index, func)
                }
                _ => Callee::Nothing,
            },
        };
        match callee {
            // The places that could call it have indices that name others.
            Callee::At(_, func) | Callee::One(func) if !self.is_live(func) => Callee::Several,
            callee => callee,
        }
    }

    /// Whether nobody can tell whether `Program::steps[step]` is done at its time or was done before
    /// anything began. If so, it is in bounds.
    pub fn is_unseen(&self, step: usize) -> bool {
        self.unseen.get(step).copied().unwrap_or(false)
    }
}

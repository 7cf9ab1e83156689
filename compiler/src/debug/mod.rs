//! Debug information of the core modules (DWARF in custom sections) → what a person needs at a code offset.
//!
//! ```text
//!  .debug_* ──read──▶ units ──lines──▶ rows: offset → file, line, column
//!                           ──scopes─▶ marks: offset → the function, and what was inlined into it
//! ```
//! On entry: validated modules. Addresses in their DWARF count from the first byte of the code section's contents.
//! On exit: tables sorted by such addresses.
//!
//! Nothing validates DWARF, and it helps people only: what is wrong in it is passed over in silence. But it must
//! do no harm: no step costs more than what it reads, and what can be referred to many times (`Budget`) is read only
//! so often.

mod header;
mod lines;
mod origin;
mod read;
mod scopes;
#[cfg(test)]
mod tests;

pub use lines::Row;
pub use origin::{Origin, Origins};
pub use scopes::{Scope, ScopeId};

use crate::index::ModuleId;
use crate::parse::Parsed;
use cranelift_entity::PrimaryMap;
use lines::Rows;
use rayon::prelude::*;
use scopes::Scopes;
use std::cell::Cell;
use std::sync::Arc;

/// The sources of all modules; `None` for those without debug information.
pub struct Sources {
    modules: PrimaryMap<ModuleId, Option<Source>>,
}

/// What the DWARF of one module says.
pub struct Source {
    pub units: Vec<Unit>,
    rows: Rows,
    scopes: Scopes,
}

/// One compilation unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unit {
    pub name: Arc<str>,
    pub folder: Arc<str>,
    /// `DW_LANG_*`
    pub language: u16,
}

/// A place in a source file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Location {
    pub file: Arc<str>,
    pub line: u32,
    /// 0 if it is not known.
    pub column: u32,
}

/// A function, and where in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub function: Arc<str>,
    pub location: Option<Location>,
}

/// A name for all that is known of an address, in one module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Meaning {
    scope: Option<ScopeId>,
    row: Option<(u32, u32, u32)>,
}

impl Sources {
    /// Reads the debug information of all modules.
    pub fn new(parsed: &Parsed) -> Sources {
        let modules: Vec<_> = parsed.modules.values().collect();
        let read = |module: &&_| read::module(&parsed.bytes, module);
        let modules: Vec<Option<Source>> = modules.par_iter().map(read).collect();
        Sources { modules: modules.into_iter().collect() }
    }

    pub fn module(&self, id: ModuleId) -> Option<&Source> {
        self.modules.get(id)?.as_ref()
    }
}

impl Source {
    /// The line of the instruction at `address`.
    pub fn location(&self, address: u32) -> Option<Location> {
        self.location_of(self.row(address)?)
    }

    /// As [`Source::location`], without making anything.
    pub fn row(&self, address: u32) -> Option<Row> {
        self.rows.at(address)
    }

    pub fn location_of(&self, row: Row) -> Option<Location> {
        row.location(&self.rows)
    }

    /// The innermost function at `address`, inlined or not.
    pub fn scope_at(&self, address: u32) -> Option<ScopeId> {
        self.scopes.at(address)
    }

    pub fn scope(&self, id: ScopeId) -> &Scope {
        self.scopes.get(id)
    }

    /// What [`Source::calls`] depends on: at addresses where this is equal, it says the same.
    pub fn meaning(&self, address: u32) -> Meaning {
        Meaning { scope: self.scope_at(address), row: self.row(address).map(Row::meaning) }
    }

    /// The functions that are active at `address`, the innermost first; the last one is that which was not inlined.
    pub fn calls(&self, address: u32) -> Vec<Call> {
        let mut location = self.location(address);
        let mut calls = Vec::new();
        let mut next = self.scope_at(address);
        while let Some(id) = next {
            let scope = self.scope(id);
            calls.push(Call { function: scope.name.clone(), location: location.take() });
            location.clone_from(&scope.location);
            next = scope.parent;
        }
        if calls.is_empty() && location.is_some() {
            calls.push(Call { function: "".into(), location });
        }
        calls
    }
}

/// What may still be read for one unit. Each has its own, so that what is read does not depend on the order in which
/// threads come to it.
struct Budget(Cell<usize>);

impl Budget {
    fn new(units: usize) -> Budget {
        Budget(Cell::new(units))
    }

    /// Whether there is something left, of which `cost` is taken.
    fn take(&self, cost: usize) -> bool {
        let left = self.0.get().checked_sub(cost);
        self.0.set(left.unwrap_or(self.0.get()));
        left.is_some()
    }
}

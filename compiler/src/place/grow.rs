//! Which tables anything can grow. Most programs contain no `table.grow` at all, and a table that stays
//! as it is has constant bounds and needs no room.

use crate::index::{ModuleId, TableId};
use crate::link::Program;
use crate::parse::Parsed;
use crate::parse::module::Module;
use cranelift_entity::SecondaryMap;
use rayon::prelude::*;
use std::collections::{HashMap, HashSet};
use std::ops::Range;
use wasmparser::{BinaryReader, FunctionBody, Operator};

/// The tables that a module of some instance grows.
pub fn growable_tables(parsed: &Parsed, program: &Program) -> SecondaryMap<TableId, bool> {
    let mut growable = SecondaryMap::new();
    let mut known: HashMap<ModuleId, HashSet<u32>> = HashMap::new();
    for instance in program.instances.values() {
        if instance.tables.is_empty() {
            continue;
        }
        let grown = known
            .entry(instance.module)
            .or_insert_with(|| grown_by(&parsed.bytes, &parsed.modules[instance.module]));
        for (index, &table) in (0u32..).zip(&instance.tables) {
            growable[table] |= grown.contains(&index);
        }
    }
    growable
}

/// The table indices that a module's code grows.
fn grown_by(bytes: &[u8], module: &Module) -> HashSet<u32> {
    module
        .bodies
        .par_iter()
        .filter(|body| may_grow(&bytes[Range::clone(body)]))
        .flat_map_iter(|body| grown_in(bytes, body.clone()))
        .collect()
}

/// Whether the bytes of `table.grow` occur: a prefix, and 15 in LEB128, which may be longer than it must.
/// Few bodies pass, so few need to be decoded.
fn may_grow(body: &[u8]) -> bool {
    body.windows(2).any(|pair| pair[0] == 0xfc && matches!(pair[1], 0x0f | 0x8f))
}

/// The body has been validated; if it could not be read, nothing would be lost but room to grow.
fn grown_in(bytes: &[u8], body: Range<usize>) -> Vec<u32> {
    let reader = BinaryReader::new(&bytes[body.clone()], body.start as u64);
    let Ok(operators) = FunctionBody::new(reader).get_operators_reader() else {
        return Vec::new();
    };
    operators
        .into_iter()
        .map_while(Result::ok)
        .filter_map(|op| match op {
            Operator::TableGrow { table } => Some(table),
            _ => None,
        })
        .collect()
}

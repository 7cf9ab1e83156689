//! Functions that do nothing but call another with what they were given, such as the shims between a
//! component's module and what it lowers. A call of one may as well be a call of the other.

use super::table::Elements;
use crate::index::{InstanceId, SigId, TableId};
use crate::link::{CoreFunc, Program};
use crate::parse::Parsed;
use crate::parse::module::Target;
use std::collections::HashMap;

/// For every function that only forwards and is `live`: where that ends. Functions that forward in a circle
/// stay what they are.
pub fn detours(
    parsed: &Parsed,
    program: &Program,
    tables: &HashMap<TableId, Elements>,
    is_live: impl Fn(CoreFunc) -> bool,
) -> HashMap<CoreFunc, CoreFunc> {
    let mut next = HashMap::new();
    for (id, instance) in program.instances.iter() {
        let module = &parsed.modules[instance.module];
        for (func, uses) in (module.imported.funcs..).zip(&module.uses) {
            let from = CoreFunc::Wasm { instance: id, func };
            let Some(target) = uses.forward.filter(|_| is_live(from)) else { continue };
            let sig = program.signature_of(parsed, from);
            let same = |to: &CoreFunc| program.signature_of(parsed, *to) == sig;
            if let Some(to) = callee(program, tables, id, sig, target).filter(same) {
                next.insert(from, to);
            }
        }
    }
    ends(&next)
}

/// The function that is called, if it is known. If a call says its signature, that has to be `sig`.
fn callee(
    program: &Program,
    tables: &HashMap<TableId, Elements>,
    instance: InstanceId,
    sig: SigId,
    target: Target,
) -> Option<CoreFunc> {
    let instance = &program.instances[instance];
    match target {
        Target::Function(func) => Some(instance.funcs[func as usize]),
        Target::Element { ty, table, index } => {
            let elements = tables.get(&instance.tables[table as usize])?;
            let fits = program.module_types[instance.module][ty as usize].signature() == sig;
            elements.get(index.into()).filter(|_| fits)
        }
        Target::Table { .. } | Target::Reference { .. } => None,
    }
}

/// Where following `next` ends.
fn ends(next: &HashMap<CoreFunc, CoreFunc>) -> HashMap<CoreFunc, CoreFunc> {
    // `None` while the way from there is being followed, and for good if it is a circle.
    let mut ends: HashMap<CoreFunc, Option<CoreFunc>> = HashMap::new();
    for &start in next.keys() {
        let mut way = Vec::new();
        let mut at = start;
        let end = loop {
            if let Some(known) = ends.get(&at) {
                break *known;
            }
            let Some(&to) = next.get(&at) else { break Some(at) };
            ends.insert(at, None);
            way.push(at);
            at = to;
        };
        ends.extend(way.into_iter().map(|func| (func, end)));
    }
    ends.into_iter().filter_map(|(func, end)| Some((func, end?))).collect()
}

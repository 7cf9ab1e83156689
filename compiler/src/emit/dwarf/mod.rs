//! DWARF for debuggers: which source line and which function every native instruction comes from.
//!
//! ```text
//!  Sources, locations ──function──▶ runs: native ranges of one wasm instruction, with its row and its scopes
//!                     ──unit──────▶ line programs, entries of functions and of what was inlined
//!                     ──section───▶ .debug_* with what the linker has to fill in
//! ```
//! One unit for each unit of the modules that has code here, and one for functions that no module's DWARF knows: they have
//! a name, and no lines. Version 4 and strings in place: nothing here is large, all linkers and debuggers read it, and
//! each relocation would cost more than the string. Variables are not described.

mod function;
mod unit;

use super::section;
pub use super::section::{DebugSection, Target};

use super::text::Text;
use crate::compile::Code;
use crate::debug::Sources;
use crate::error::{Error, Result};
use crate::index::{FuncId, ModuleId};
use crate::translate::{Env, FuncKey};
use cranelift_entity::PrimaryMap;
use function::Native;
use gimli::write::{Address, Dwarf, Sections};
use std::collections::HashMap;
use unit::Writer;

/// A unit of the output: one of a module's, or `None` for what is in none.
type UnitKey = Option<(ModuleId, u32)>;

/// Writes the sections.
pub fn write(
    env: Env<'_>,
    code: &Code,
    text: &Text,
    labels: &PrimaryMap<FuncId, String>,
    sources: &Sources,
) -> Result<Vec<DebugSection>> {
    let mut order: Vec<UnitKey> = Vec::new();
    let mut units: HashMap<UnitKey, Writer<'_>> = HashMap::new();
    let origins = crate::debug::Origins::new(env.parsed);
    for (id, compiled) in code.present() {
        let native = Native {
            env,
            sources,
            origins: &origins,
            body: body(env, id),
            start: text.start(id),
            size: compiled.bytes.len() as u32,
            locations: &compiled.locations,
        };
        let key = native.unit();
        let unit = units.entry(key).or_insert_with(|| {
            order.push(key);
            Writer::new(
                key.and_then(|(module, unit)| sources.module(module)?.units.get(unit as usize)),
            )
        });
        unit.function(&native, &labels[id]);
    }
    let mut dwarf = Dwarf::new();
    for unit in order.iter().filter_map(|key| units.remove(key)) {
        dwarf.units.add(unit.finish());
    }
    let mut sections = Sections::new(section::Section::default());
    dwarf
        .write(&mut sections)
        .map_err(|error| Error::new(format!("cannot write debug information: {error}")))?;
    Ok(section::finish(sections))
}

/// The module of a core function, and where its body begins in the input.
fn body(env: Env<'_>, id: FuncId) -> Option<(ModuleId, u32)> {
    let FuncKey::Core { instance, func } = env.funcs.keys[id] else { return None };
    let module = env.program.instances[instance].module;
    let parsed = &env.parsed.modules[module];
    let body = parsed.bodies.get((func - parsed.imported.funcs) as usize)?;
    Some((module, body.start as u32))
}

/// An offset in the code, which the linker makes an address.
fn address(offset: u32) -> Address {
    Address::Symbol { symbol: 0, addend: i64::from(offset) }
}

//! Bytes → [`Parsed`]: a component binary, validated, in an owned form.
//!
//! On entry: any bytes. On exit: everything that the binary says, in the order in which it says it,
//! with every function body validated. Nothing is looked up or evaluated here; that is `link`.
//!
//! One walk over the sections feeds the validator and the owned form side by side, so that what is
//! read here has passed the validator first. Function bodies are collected on the way and validated
//! in parallel at the end.

mod body;
mod canon;
pub mod component;
mod consts;
mod defs;
mod given;
pub mod module;
mod names;
mod sections;
mod sources;
#[cfg(test)]
mod tests;

use crate::error::{Error, Result};
use crate::index::{ComponentId, ModuleId};
use body::Unchecked;
use component::{Component, Def, ExternName, Located};
use cranelift_entity::{EntityRef, PrimaryMap};
use given::Offer;
use module::{Module, Uses};
use rayon::prelude::*;
use sources::Block;
pub use sources::{Files, Given, Sources};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::rc::Rc;
use wasmparser::types::Types;
use wasmparser::{
    Encoding, FuncValidatorAllocations, Parser, Payload, ValidPayload, Validator, WasmFeatures,
};

/// A parsed component and everything nested in it.
#[derive(Debug)]
pub struct Parsed {
    /// The inputs, one behind the other; all ranges and offsets refer to them.
    pub bytes: Vec<u8>,
    pub files: Files,
    pub modules: PrimaryMap<ModuleId, Module>,
    pub components: PrimaryMap<ComponentId, Component>,
    pub root: ComponentId,
    /// What was given for imports of the root, by their names. It has the types that they ask for.
    pub given: HashMap<String, Definition>,
}

/// A core module or a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Definition {
    Module(ModuleId),
    Component(ComponentId),
}

/// Parses and validates a component binary, and what is given for its imports.
///
/// Fails with the validator's message and the byte offset; a core module is refused with advice on how
/// to make it a component.
pub fn parse(sources: impl Into<Sources>, features: WasmFeatures) -> Result<Parsed> {
    let sources = sources.into();
    refuse_other_formats(&sources.component)?;
    let block = Block::new(sources)?;
    let mut walk = Walk::default();
    let given = walk.all(&block, features).map_err(|error| block.files.locate(error))?;
    let Walk { modules, components, .. } = walk;
    let Block { bytes, files, .. } = block;
    Ok(Parsed { bytes, files, modules, components, root: ComponentId::new(0), given })
}

/// Inputs that people pass by mistake, each with advice.
fn refuse_other_formats(bytes: &[u8]) -> Result<()> {
    if Parser::is_core_wasm(bytes) {
        return Err(Error::new("the input is a core module, not a component").at(0).help(
            "make it a component with `wasm-tools component new module.wasm -o component.wasm` \
             (for a WASI preview 1 module with `--adapt wasi_snapshot_preview1.command.wasm`)",
        ));
    }
    if bytes.is_empty() {
        return Err(Error::new("the input is empty").at(0));
    }
    if bytes.trim_ascii_start().starts_with(b"(") {
        return Err(Error::new("the input is in the text format, not a binary component")
            .at(0)
            .help("convert it with `wasm-tools parse component.wat -o component.wasm`"));
    }
    if !bytes.starts_with(b"\0asm") {
        return Err(Error::new("the input is not WebAssembly: it does not begin with `\\0asm`")
            .at(0)
            .help("give a component in binary form (.wasm) or text form (.wat)"));
    }
    Ok(())
}

/// The section of value definitions, which the validator does not know.
fn refuse_value_definitions(payload: &Payload<'_>) -> Result<()> {
    const VALUE_SECTION: u8 = 12;
    match payload {
        Payload::UnknownSection { id: VALUE_SECTION, range, .. } => {
            let error = Error::new("value definitions (section 12) cannot be read yet");
            let error = error.help(
                "a value can be imported, or be the result of the component's start function",
            );
            Err(error.at(range.start as usize))
        }
        _ => Ok(()),
    }
}

/// Validates function bodies in parallel, and notes what they use. Of several errors the first in the
/// binary is reported, so that the result does not depend on the schedule.
fn check_bodies(bodies: Vec<Unchecked<'_>>) -> Result<Vec<Uses>> {
    let checked: Vec<Result<Uses>> = bodies
        .into_par_iter()
        .map_init(FuncValidatorAllocations::default, |allocations, body| body.check(allocations))
        .collect();
    checked.into_iter().collect()
}

/// What encloses the section that is being read.
#[derive(Clone, Copy)]
enum Scope {
    Module(ModuleId),
    Component(ComponentId),
}

/// The walk over all sections; `open` is the way from the root to where it stands.
#[derive(Default)]
struct Walk {
    modules: PrimaryMap<ModuleId, Module>,
    components: PrimaryMap<ComponentId, Component>,
    open: Vec<Scope>,
}

impl Walk {
    /// Reads all inputs with one validator, which knows equal types of different inputs as one.
    fn all(
        &mut self,
        block: &Block,
        features: WasmFeatures,
    ) -> Result<HashMap<String, Definition>> {
        let Block { bytes, component, files } = block;
        let mut validator = Validator::new_with_features(features);
        let mut bodies = Vec::new();
        let root = Rc::new(self.input(&mut validator, bytes, 0..*component, &mut bodies)?);
        let mut offers = Vec::new();
        let mut definitions = HashMap::new();
        let mut known: HashMap<usize, (Option<Definition>, Rc<Types>)> = HashMap::new();
        let mut newest = root.clone();
        for file in &files.given {
            let (definition, types) = match known.entry(file.around.start) {
                Entry::Occupied(entry) => entry.get().clone(),
                Entry::Vacant(entry) => {
                    validator.reset();
                    let around = self.components.next_key();
                    let range = file.around.clone();
                    newest = Rc::new(self.input(&mut validator, bytes, range, &mut bodies)?);
                    entry.insert((self.first(around), newest.clone())).clone()
                }
            };
            definitions.extend(definition.map(|definition| (file.import.clone(), definition)));
            offers.push(Offer { file, types });
        }
        given::check(&root, &newest, &self.imports(), &offers)?;
        let mut uses = check_bodies(bodies)?.into_iter();
        for module in self.modules.values_mut() {
            module.uses = uses.by_ref().take(module.bodies.len()).collect();
        }
        Ok(definitions)
    }

    /// Reads one input; adds its function bodies.
    fn input<'a>(
        &mut self,
        validator: &mut Validator,
        bytes: &'a [u8],
        range: Range<usize>,
        bodies: &mut Vec<Unchecked<'a>>,
    ) -> Result<Types> {
        let mut parser = Parser::new(range.start as u64);
        parser.set_features(*validator.features());
        let mut types = None;
        let end = range.end;
        for payload in parser.parse_all(&bytes[range]) {
            let payload = payload?;
            refuse_value_definitions(&payload)?;
            match validator.payload(&payload)? {
                ValidPayload::Func(func, body) => bodies.push(Unchecked { func, body }),
                ValidPayload::End(ended) => types = Some(ended),
                ValidPayload::Ok | ValidPayload::Parser(_) => {}
            }
            let has_types = matches!(payload, Payload::TypeSection(_));
            self.payload(payload)?;
            if has_types {
                self.note_type_ids(validator);
            }
        }
        types.ok_or_else(|| Error::new("the input has no end").at(end))
    }

    /// The names of the root's imports, in order.
    fn imports(&self) -> Vec<&ExternName> {
        let root = self.components.values().next();
        let defs = root.into_iter().flat_map(|root| &root.defs);
        let names = defs.filter_map(|def| match &def.item {
            Def::Import { name, .. } => Some(name),
            _ => None,
        });
        names.collect()
    }

    /// The definition that the component around something given consists of.
    fn first(&self, around: ComponentId) -> Option<Definition> {
        match self.components[around].defs.first()?.item {
            Def::CoreModule(id) => Some(Definition::Module(id)),
            Def::Component(id) => Some(Definition::Component(id)),
            _ => None,
        }
    }

    /// After a module's types: notes which are equal to which, here or in another module.
    fn note_type_ids(&mut self, validator: &Validator) {
        let (Some(types), Some(&Scope::Module(id))) = (validator.types(0), self.open.last()) else {
            return;
        };
        let ids = 0..types.core_type_count_in_module();
        self.modules[id].type_ids = ids.map(|i| types.core_type_at_in_module(i)).collect();
    }

    /// Notes down a payload that the validator has accepted.
    fn payload(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::Version { encoding, range, .. } => self.begin(encoding, range),
            Payload::ModuleSection { unchecked_range, .. } => {
                let range = usize_range(unchecked_range);
                let id = self.modules.push(Module { range: range.clone(), ..Module::default() });
                self.define(range.start, Def::CoreModule(id));
                self.open.push(Scope::Module(id));
                Ok(())
            }
            Payload::ComponentSection { unchecked_range, .. } => {
                let range = usize_range(unchecked_range);
                let id = self.push_component(range.clone());
                self.define(range.start, Def::Component(id));
                self.open.push(Scope::Component(id));
                Ok(())
            }
            Payload::End(_) => {
                self.open.pop();
                Ok(())
            }
            section => match self.open.last() {
                Some(&Scope::Module(id)) => self.modules[id].section(section),
                Some(&Scope::Component(id)) => self.components[id].section(section),
                None => Ok(()),
            },
        }
    }

    /// The header of the root; nested ones were opened by their section.
    fn begin(&mut self, encoding: Encoding, header: Range<u64>) -> Result<()> {
        if !self.open.is_empty() {
            return Ok(());
        }
        let start = header.start as usize;
        if encoding != Encoding::Component {
            return Err(Error::new("the input is not a component").at(start));
        }
        let root = self.push_component(start..start);
        self.open.push(Scope::Component(root));
        Ok(())
    }

    fn push_component(&mut self, range: Range<usize>) -> ComponentId {
        self.components.push(Component { range, ..Component::default() })
    }

    /// Adds a definition to the innermost component.
    fn define(&mut self, offset: usize, item: Def) {
        if let Some(&Scope::Component(id)) = self.open.last() {
            self.components[id].defs.push(Located { offset, item });
        }
    }
}

/// Offsets fit: the input is in memory.
fn usize_range(range: Range<u64>) -> Range<usize> {
    range.start as usize..range.end as usize
}

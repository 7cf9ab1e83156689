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
pub mod module;
mod names;
mod sections;
#[cfg(test)]
mod tests;

use crate::error::{Error, Result};
use crate::index::{ComponentId, ModuleId};
use body::Unchecked;
use component::{Component, Def, Located};
use cranelift_entity::{EntityRef, PrimaryMap};
use module::{Module, Uses};
use rayon::prelude::*;
use std::ops::Range;
use wasmparser::{
    Encoding, FuncValidatorAllocations, Parser, Payload, ValidPayload, Validator, WasmFeatures,
};

/// A parsed component and everything nested in it.
#[derive(Debug)]
pub struct Parsed {
    /// The input; all ranges and offsets refer to it.
    pub bytes: Vec<u8>,
    pub modules: PrimaryMap<ModuleId, Module>,
    pub components: PrimaryMap<ComponentId, Component>,
    pub root: ComponentId,
}

/// Parses and validates a component binary.
///
/// Fails with the validator's message and the byte offset; a core module is refused with advice on how
/// to make it a component.
pub fn parse(bytes: Vec<u8>, features: WasmFeatures) -> Result<Parsed> {
    refuse_other_formats(&bytes)?;
    let mut walk = Walk::default();
    let bodies = walk.run(&bytes, features)?;
    let mut uses = check_bodies(bodies)?.into_iter();
    let Walk { mut modules, components, .. } = walk;
    for module in modules.values_mut() {
        module.uses = uses.by_ref().take(module.bodies.len()).collect();
    }
    Ok(Parsed { bytes, modules, components, root: ComponentId::new(0) })
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
    fn run<'a>(&mut self, bytes: &'a [u8], features: WasmFeatures) -> Result<Vec<Unchecked<'a>>> {
        let mut validator = Validator::new_with_features(features);
        let mut parser = Parser::new(0);
        parser.set_features(features);
        let mut bodies = Vec::new();
        for payload in parser.parse_all(bytes) {
            let payload = payload?;
            if let ValidPayload::Func(func, body) = validator.payload(&payload)? {
                bodies.push(Unchecked { func, body });
            }
            let has_types = matches!(payload, Payload::TypeSection(_));
            self.payload(payload)?;
            if has_types {
                self.note_type_ids(&validator);
            }
        }
        Ok(bodies)
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

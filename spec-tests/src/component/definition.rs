//! A component of a script: valid, and compiled once it is needed.

use super::instance::Stopped;
use super::link::Policy;
use crate::Config;
use crate::core::{is_valid, skips};
use std::cell::OnceCell;
use std::collections::HashMap;
use std::rc::Rc;
use wasmparser::{Parser, WasmFeatures};
use weldc_compiler::driver::Compilation;
use weldc_compiler::index::FuncTypeId;
use weldc_compiler::link::{ExportItem, Program};
use weldc_compiler::names::{self, Names};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::parse::component::{Def, ExternType};
use weldc_compiler::parse::{Given, Sources, parse};
use weldc_compiler::translate::{EntryForm, FuncKey};
use weldc_loader::Loaded;

/// The code's symbols begin so.
const PREFIX: &str = "script";

/// A component, or a core module, that is valid.
pub struct Definition {
    bytes: Vec<u8>,
    /// Names of what the component imports, types aside.
    pub imports: Vec<String>,
    compiled: OnceCell<Result<Rc<Compiled>, Stopped>>,
}

/// A component in memory.
pub struct Compiled {
    pub component: Vec<u8>,
    pub program: Program,
    /// The record that describes it to the runtime.
    pub artefact: *const u8,
    /// The functions that the root exports, and those that give the values that it exports.
    pub functions: HashMap<String, Function>,
    _loaded: Loaded,
}

#[derive(Clone, Copy)]
pub struct Function {
    pub ty: FuncTypeId,
    /// Its packed entry.
    pub entry: *const u8,
}

impl Definition {
    /// Fails with the reason if the component is not valid.
    pub fn new(bytes: Vec<u8>, config: &Config) -> Result<Definition, String> {
        let mut imports = Vec::new();
        let features = features(config);
        if Parser::is_core_wasm(&bytes) {
            is_valid(&bytes, features)?;
        } else {
            let parsed = parse(bytes.clone(), features).map_err(|error| error.to_string())?;
            let defs = parsed.components[parsed.root].defs.iter();
            imports.extend(defs.filter_map(|def| match &def.item {
                Def::Import { ty: ExternType::Type(_), .. } => None,
                Def::Import { name, .. } => Some(name.full().into_owned()),
                _ => None,
            }));
        }
        Ok(Definition { bytes, imports, compiled: OnceCell::new() })
    }

    /// The component's code, with what is given for its imports of definitions. Without anything given it is made
    /// only once.
    pub fn compiled(&self, config: &Config, given: Vec<Given>) -> Result<Rc<Compiled>, Stopped> {
        let is_alone = given.is_empty();
        let compile = || {
            let component = self.bytes.clone();
            compile(Sources { component, given }, config).map(Rc::new)
        };
        match is_alone {
            true => self.compiled.get_or_init(compile).clone(),
            false => compile(),
        }
    }
}

fn features(config: &Config) -> WasmFeatures {
    config.features | WasmFeatures::COMPONENT_MODEL
}

fn compile(sources: Sources, config: &Config) -> Result<Compiled, Stopped> {
    let options = CodeOptions {
        cpu_features: config.cpu_features.clone(),
        opt: config.opt,
        inline: config.inline,
        prefix: PREFIX.to_string(),
        guard_pages: config.guard_pages,
        // What other components call, and what the script does.
        entry_forms: vec![EntryForm::Direct, EntryForm::Packed],
        ..CodeOptions::default()
    };
    let refused = |error: weldc_compiler::Error| match skips(error.message()) {
        Some(why) => Stopped::Skipped(why),
        None => Stopped::Failed(format!("cannot be compiled: {error}")),
    };
    let component = sources.component.clone();
    let compilation =
        Compilation::new(sources, features(config), &mut Policy::default(), options, &mut |_| {})
            .map_err(refused)?;
    let code = compilation.compile(&|| {}).map_err(refused)?;
    let object = compilation.object(&code).map_err(refused)?;
    load(component, compilation.program, &object)
        .map_err(|error| Stopped::Failed(format!("{error:#}")))
}

fn load(component: Vec<u8>, program: Program, object: &[u8]) -> anyhow::Result<Compiled> {
    let symbols: HashMap<&str, *const ()> = weldc_runtime::symbols().iter().copied().collect();
    let loaded = Loaded::load(object, &|name| symbols.get(name).map(|address| address.cast()))?;
    let artefact = crate::symbol(&loaded, &names::artefact(PREFIX))?;
    let names = Names::new(&program, PREFIX);
    let mut functions = HashMap::new();
    for (id, export) in program.exports.iter().filter(|(_, e)| e.name.interface.is_none()) {
        let (ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. }) = export.item else {
            continue;
        };
        if let Some(name) = names.symbol(FuncKey::Entry(id, EntryForm::Packed)) {
            let entry = crate::symbol(&loaded, &name)?;
            functions.insert(export.name.name.clone(), Function { ty, entry });
        }
    }
    Ok(Compiled { component, program, artefact, functions, _loaded: loaded })
}

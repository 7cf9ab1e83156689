//! Core modules → one component that instantiates them in order.

use super::module::{Module, RENAMED};
use std::collections::HashMap;
use wasm_encoder::{
    Alias, Component, ComponentAliasSection, ComponentSectionId, ExportKind, InstanceSection,
    ModuleArg, RawSection,
};
use wasmparser::WasmFeatures;

/// A core instance to be.
pub struct Part<'a> {
    pub module: &'a Module,
    /// For names of modules in its imports: an earlier part. What is missing, the validator reports.
    pub args: HashMap<&'a str, usize>,
}

/// A component, and where in it everything about each part begins; that of the next follows directly.
pub struct Composed {
    pub bytes: Vec<u8>,
    pub starts: Vec<usize>,
}

impl Composed {
    /// The part that a byte of the component belongs to.
    pub fn part_at(&self, offset: usize) -> Option<usize> {
        self.starts.partition_point(|&start| start <= offset).checked_sub(1)
    }
}

pub fn compose(parts: &[Part<'_>]) -> Composed {
    let mut composer = Composer::default();
    let mut starts = Vec::new();
    for part in parts {
        starts.push(composer.component.as_slice().len());
        composer.add(part);
    }
    Composed { bytes: composer.component.finish(), starts }
}

/// Whether a core module of these bytes, whatever they are, is valid as part of a component; if not, why.
pub fn is_valid(module: &[u8], features: WasmFeatures) -> Result<(), String> {
    let mut composer = Composer::default();
    composer.module(module);
    let features = features | WasmFeatures::COMPONENT_MODEL;
    let parsed = weldc_compiler::parse::parse(composer.component.finish(), features);
    parsed.map(drop).map_err(|error| error.to_string())
}

#[derive(Default)]
struct Composer {
    component: Component,
    modules: u32,
    instances: u32,
    /// The core instance of each part.
    parts: Vec<u32>,
    /// How many core items of each kind have been aliased.
    items: HashMap<&'static str, u32>,
}

impl Composer {
    fn add(&mut self, part: &Part<'_>) {
        let args = if part.module.repeats_imports() {
            self.module(&part.module.with_renamed_imports());
            vec![(RENAMED, ModuleArg::Instance(self.renamed(part)))]
        } else {
            self.module(&part.module.bytes);
            let mut args: Vec<_> = part.args.iter().collect();
            args.sort();
            let arg = |(&name, &part): (&_, &usize)| (name, ModuleArg::Instance(self.parts[part]));
            args.into_iter().map(arg).collect()
        };
        let mut section = InstanceSection::new();
        section.instantiate(self.modules - 1, args);
        let instance = self.instance(&section);
        self.parts.push(instance);
    }

    fn module(&mut self, data: &[u8]) {
        let id = ComponentSectionId::CoreModule as u8;
        self.component.section(&RawSection { id, data });
        self.modules += 1;
    }

    fn instance(&mut self, section: &InstanceSection) -> u32 {
        self.component.section(section);
        self.instances += 1;
        self.instances - 1
    }

    /// An instance that has every import of the part under its number.
    fn renamed(&mut self, part: &Part<'_>) -> u32 {
        let mut aliases = ComponentAliasSection::new();
        let mut exports = Vec::new();
        for (index, import) in part.module.imports.iter().enumerate() {
            let Some(&arg) = part.args.get(import.module.as_str()) else { continue };
            let (instance, name) = (self.parts[arg], &import.name);
            aliases.alias(Alias::CoreInstanceExport { instance, kind: import.kind, name });
            let items = self.items.entry(kind_name(import.kind)).or_default();
            exports.push((index.to_string(), import.kind, *items));
            *items += 1;
        }
        self.component.section(&aliases);
        let mut section = InstanceSection::new();
        section
            .export_items(exports.iter().map(|(name, kind, item)| (name.as_str(), *kind, *item)));
        self.instance(&section)
    }
}

fn kind_name(kind: ExportKind) -> &'static str {
    match kind {
        ExportKind::Func => "func",
        ExportKind::Table => "table",
        ExportKind::Memory => "memory",
        ExportKind::Global => "global",
        ExportKind::Tag => "tag",
    }
}

//! What the runner must know of a core module.

use std::collections::{HashMap, HashSet};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportKind, ImportSection, RawSection};
use wasmparser::{ExternalKind, Parser, Payload, TypeRef, Validator, WasmFeatures};

/// A valid core module.
#[derive(Debug)]
pub struct Module {
    pub bytes: Vec<u8>,
    pub imports: Vec<Import>,
    pub exports: HashMap<String, ExternalKind>,
}

#[derive(Debug)]
pub struct Import {
    pub module: String,
    pub name: String,
    pub kind: ExportKind,
}

impl Module {
    /// Validates a module; the error is the validator's message.
    pub fn new(bytes: Vec<u8>, features: WasmFeatures) -> Result<Module, String> {
        let refused = |error: wasmparser::BinaryReaderError| error.to_string();
        Validator::new_with_features(features).validate_all(&bytes).map_err(refused)?;
        let mut module = Module { bytes: Vec::new(), imports: Vec::new(), exports: HashMap::new() };
        for payload in Parser::new(0).parse_all(&bytes) {
            match payload.map_err(refused)? {
                Payload::ImportSection(reader) => {
                    for import in reader.into_imports() {
                        module.imports.push(Import::from(import.map_err(refused)?));
                    }
                }
                Payload::ExportSection(reader) => {
                    for export in reader {
                        let export = export.map_err(refused)?;
                        module.exports.insert(export.name.to_string(), export.kind);
                    }
                }
                _ => {}
            }
        }
        module.bytes = bytes;
        Ok(module)
    }

    /// Whether it imports something twice, which core modules may and modules of a component must not.
    pub fn repeats_imports(&self) -> bool {
        let mut seen = HashSet::new();
        !self.imports.iter().all(|import| seen.insert((&import.module, &import.name)))
    }

    /// The same module with its imports renamed: import `n` is `n` of [`RENAMED`].
    pub fn with_renamed_imports(&self) -> Vec<u8> {
        let mut renamed = wasm_encoder::Module::new();
        for payload in Parser::new(0).parse_all(&self.bytes) {
            let payload = payload.expect("validated");
            if let Payload::ImportSection(reader) = &payload {
                let mut imports = ImportSection::new();
                for (index, import) in reader.clone().into_imports().enumerate() {
                    let ty = RoundtripReencoder.entity_type(import.expect("validated").ty);
                    imports.import(RENAMED, &index.to_string(), ty.expect("nothing is renumbered"));
                }
                renamed.section(&imports);
            } else if let Some((id, range)) = payload.as_section() {
                let data = &self.bytes[range.start as usize..range.end as usize];
                renamed.section(&RawSection { id, data });
            }
        }
        renamed.finish()
    }
}

/// The module name of renamed imports.
pub const RENAMED: &str = "script";

impl From<wasmparser::Import<'_>> for Import {
    fn from(import: wasmparser::Import<'_>) -> Import {
        let kind = match import.ty {
            TypeRef::Func(_) | TypeRef::FuncExact(_) => ExportKind::Func,
            TypeRef::Table(_) => ExportKind::Table,
            TypeRef::Memory(_) => ExportKind::Memory,
            TypeRef::Global(_) => ExportKind::Global,
            TypeRef::Tag(_) => ExportKind::Tag,
        };
        Import { module: import.module.to_string(), name: import.name.to_string(), kind }
    }
}

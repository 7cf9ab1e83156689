//! The pipeline, as a table of contents.

use crate::compile::{self, Bodies, Code, Listing};
use crate::error::Result;
use crate::facts::Facts;
use crate::index::FuncId;
use crate::link::{self, ImportPolicy, Program};
use crate::options::CodeOptions;
use crate::parse::{self, Parsed, Sources};
use crate::place::{self, Layout};
use crate::translate::{DataTable, Env, FuncTable};
use crate::{emit, header};
use cranelift_codegen::isa::OwnedTargetIsa;
use wasmparser::WasmFeatures;

/// A component, linked and laid out: everything but its machine code.
pub struct Compilation {
    pub parsed: Parsed,
    pub program: Program,
    pub facts: Facts,
    pub layout: Layout,
    pub funcs: FuncTable,
    pub data: DataTable,
    pub options: CodeOptions,
    isa: OwnedTargetIsa,
}

/// Told when a phase begins; for `--time` and progress.
pub type Observer<'a> = &'a mut dyn FnMut(&'static str);

impl Compilation {
    /// Parses, links, finds out facts and places.
    pub fn new(
        sources: impl Into<Sources>,
        features: WasmFeatures,
        imports: &mut dyn ImportPolicy,
        options: CodeOptions,
        observer: Observer<'_>,
    ) -> Result<Compilation> {
        let isa = compile::target_isa(&options)?;
        observer("parse");
        let parsed = parse::parse(sources, features)?;
        observer("link");
        let mut program = link::link(&parsed, imports)?;
        program.core_exports = link::core_exports(&parsed, &program, &options.core_exports)?;
        observer("facts");
        let facts = Facts::new(&parsed, &program, &options)?;
        observer("place");
        let layout = place::place(&parsed, &program, &facts, &options)?;
        let funcs = FuncTable::new(&parsed, &program, &facts, &options);
        let data = DataTable::new(&parsed, &program, &layout, &options);
        Ok(Compilation { parsed, program, facts, layout, funcs, data, options, isa })
    }

    pub fn env(&self) -> Env<'_> {
        Env {
            parsed: &self.parsed,
            program: &self.program,
            facts: &self.facts,
            layout: &self.layout,
            funcs: &self.funcs,
            data: &self.data,
            options: &self.options,
            isa: &*self.isa,
        }
    }

    /// Translates and compiles every function; `progress` is called after each.
    pub fn compile(&self, progress: &(dyn Fn() + Sync)) -> Result<Code> {
        compile::compile(self.env(), progress).map_err(|error| self.parsed.files.locate(error))
    }

    /// The object file.
    pub fn object(&self, code: &Code) -> Result<Vec<u8>> {
        emit::object(self.env(), code)
    }

    /// The C header.
    pub fn header(&self) -> String {
        header::header(&self.program, &self.options.prefix)
    }

    /// What functions are compiled with: for listings.
    pub fn bodies(&self) -> Result<Bodies> {
        Bodies::new(self.env())
    }

    /// One function as text.
    pub fn listing(&self, bodies: &Bodies, func: FuncId, kind: Listing) -> Result<String> {
        compile::listing(self.env(), bodies, func, kind)
    }
}

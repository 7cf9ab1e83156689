//! What a report says.

/// A component, as `weldc inspect` shows it.
#[derive(Debug, Default)]
pub struct Report {
    pub file: String,
    /// From the name section.
    pub name: Option<String>,
    pub size: usize,
    pub imports: Vec<Interface>,
    pub exports: Vec<Interface>,
    /// Whether it exports wasi:cli/run.
    pub command: bool,
    pub modules: Vec<Module>,
    pub instances: Vec<Instance>,
    pub memories: Vec<Memory>,
    pub tables: Vec<Table>,
    pub counts: Option<Counts>,
    pub features: Vec<String>,
    pub customs: Vec<Custom>,
    /// Why it cannot be compiled.
    pub obstacle: Option<String>,
}

/// What is imported or exported under one name; the items without one come first, with no name.
#[derive(Debug, Default)]
pub struct Interface {
    pub name: Option<String>,
    /// Who serves it, for imports.
    pub served: Option<Served>,
    /// Definitions of types, resources and functions, in WIT.
    pub items: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Served {
    /// All of it by WASI.
    Wasi,
    /// It was given (`--with`).
    Given,
    /// The embedder must provide some of it.
    Embedder,
    /// Nothing of it is used.
    Unused,
}

impl Served {
    pub fn text(self) -> &'static str {
        match self {
            Served::Wasi => "wasi",
            Served::Given => "given",
            Served::Embedder => "embedder",
            Served::Unused => "unused",
        }
    }
}

/// A core module.
#[derive(Debug)]
pub struct Module {
    pub name: String,
    pub size: usize,
    pub functions: usize,
    /// Bytes of code and of data segments.
    pub code: usize,
    pub data: usize,
    /// How often it is instantiated, if that is known.
    pub instances: Option<usize>,
}

/// A core instance.
#[derive(Debug)]
pub struct Instance {
    pub name: String,
    pub module: usize,
}

#[derive(Debug)]
pub struct Memory {
    pub instance: String,
    /// In bytes.
    pub minimum: u64,
    pub maximum: Option<u64>,
    pub is_64: bool,
    /// Bytes of its initial contents in the artefact.
    pub image: usize,
    /// Whether accesses are checked by guard pages.
    pub guarded: bool,
}

#[derive(Debug)]
pub struct Table {
    pub instance: String,
    pub element: String,
    pub minimum: u64,
    pub maximum: Option<u64>,
}

/// How much of everything there is after linking.
#[derive(Debug)]
pub struct Counts {
    /// Functions of core modules that can run, and lowered functions and built-ins that can.
    pub functions: usize,
    pub adapters: usize,
    /// Those of either kind that nothing reaches, or that only forward to another.
    pub dropped: usize,
    pub component_instances: usize,
    pub resources: usize,
    pub globals: usize,
    /// Bytes of the context block.
    pub context: u32,
}

#[derive(Debug)]
pub struct Custom {
    pub name: String,
    pub size: usize,
}

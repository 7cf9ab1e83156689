//! Runs the specifications' test scripts (`.wast`) through weldc's pipeline.
//!
//! A script is about core modules (`core`) or about components (`component`). Either way components are
//! parsed, linked, placed, compiled and loaded as any others, and their zones called through their entries.

mod component;
mod core;
mod header;
mod lines;
mod report;
mod run;

pub use header::set_feature;
pub use report::{Problem, Report};
pub use run::run;

use anyhow::{Context, Result};
use weldc_compiler::options::OptLevel;
use weldc_loader::Loaded;

/// How scripts are compiled.
#[derive(Clone, Debug)]
pub struct Config {
    /// What the validator allows; components are always allowed.
    pub features: wasmparser::WasmFeatures,
    pub opt: OptLevel,
    /// Small functions are copied into their callers.
    pub inline: bool,
    /// Guard pages, or explicit checks of every access.
    pub guard_pages: bool,
    /// Cranelift's settings, as in `CodeOptions`.
    pub cpu_features: Vec<String>,
    /// Components are checked for validity; nothing is instantiated or called.
    pub checks_only: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            features: wasmparser::WasmFeatures::default(),
            opt: OptLevel::Speed,
            inline: true,
            guard_pages: true,
            cpu_features: Vec::new(),
            checks_only: false,
        }
    }
}

fn symbol(loaded: &Loaded, name: &str) -> Result<*const u8> {
    loaded.symbol(name).with_context(|| format!("the object has no symbol {name}"))
}

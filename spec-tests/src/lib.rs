//! Runs the specifications' test scripts (`.wast`) through weldc's pipeline.
//!
//! ```text
//!  text ──script──▶ instances, commands ──compose──▶ components ──unit──▶ zones ──run──▶ Report
//! ```
//! There is no second way to run a core module: the modules of a script become the core instances of a
//! component, each with the instances that the script registered as its arguments. That component is parsed,
//! linked, placed, compiled and loaded as any other, with two options on: every core instance begins a stage
//! of its own (`CodeOptions::staged`), so that the script's assertions run between one and the next, and what
//! the script calls gets an entry (`CodeOptions::core_exports`).
//!
//! A script is one component if possible. Instances that cannot be compiled are taken out, with everything
//! that needs them; what the script does with those counts as skipped, with the reason.

mod build;
mod compose;
mod module;
mod report;
mod run;
mod script;
mod unit;
mod value;

pub use report::{Problem, Report};
pub use run::run;

use weldc_compiler::options::OptLevel;

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
}

impl Default for Config {
    fn default() -> Config {
        Config {
            features: wasmparser::WasmFeatures::default(),
            opt: OptLevel::Speed,
            inline: true,
            guard_pages: true,
            cpu_features: Vec::new(),
        }
    }
}

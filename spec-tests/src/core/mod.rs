//! Scripts of core modules, each as one component in stages.
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
mod run;
mod script;
mod unit;
mod value;

pub use build::skips;
pub use compose::is_valid;
pub use run::run;
pub use value::{is_f32, is_f64};

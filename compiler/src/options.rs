//! What can be asked of the compiler.

use crate::index::InstanceId;
use crate::translate::EntryForm;

/// Choices that change the generated code.
#[derive(Clone, Debug)]
pub struct CodeOptions {
    /// The target; nothing about the machine that compiles is looked at.
    pub target: target_lexicon::Triple,
    /// Cranelift's ISA settings by name (`has_avx2`), each switched on.
    pub cpu_features: Vec<String>,
    pub opt: OptLevel,
    /// Copy small functions into their callers.
    pub inline: bool,
    /// Prefix of every symbol that the output defines.
    pub prefix: String,
    /// Which entries each exported function gets.
    pub entry_forms: Vec<EntryForm>,
    /// Bytes of stack that a call from the host may use.
    pub stack_size: u64,
    /// Rely on guard pages where the memory allows it; otherwise every access checks.
    pub guard_pages: bool,
    /// Make `main` for a component that exports wasi:cli/run: what the command is granted, in the
    /// encoding of `weldc-wasi`.
    pub main: Option<Vec<u8>>,
    /// For runners of test scripts: every core instance comes into being by an entry of its own
    /// (`FuncKey::StageEntry`), called in order, and what happened before can be observed in between.
    pub staged: bool,
    /// Exports of core instances that get an entry (`FuncKey::CoreEntry`): functions and globals.
    pub core_exports: Vec<(InstanceId, String)>,
    /// Compile every core function for itself, as if the host could call it: for tests that look at one. As
    /// a rule only what can run is compiled.
    pub whole: bool,
    pub debug: DebugInfo,
    /// Run Cranelift's verifier on every function.
    pub verify: bool,
}

/// What of the modules' debug information goes into the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum DebugInfo {
    #[default]
    None,
    /// Source lines for backtraces of traps.
    Backtraces,
    /// The same, and DWARF for debuggers.
    Full,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptLevel {
    None,
    Speed,
    SpeedAndSize,
}

impl Default for CodeOptions {
    fn default() -> Self {
        CodeOptions {
            target: target_lexicon::Triple::host(),
            cpu_features: Vec::new(),
            opt: OptLevel::Speed,
            inline: true,
            prefix: "component".to_string(),
            entry_forms: vec![EntryForm::Direct],
            stack_size: weldc_abi::context::DEFAULT_STACK_SIZE,
            guard_pages: true,
            main: None,
            staged: false,
            core_exports: Vec::new(),
            whole: false,
            debug: DebugInfo::None,
            verify: cfg!(debug_assertions),
        }
    }
}

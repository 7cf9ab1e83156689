//! What is shown of a component's compilation.

use std::fmt::Write as _;
use weldc_compiler::compile::{Listing, labels};
use weldc_compiler::driver::Compilation;
use weldc_compiler::facts::Caller;
use weldc_compiler::index::{CopyId, EdgeId, FuncId, InstanceId, TrampolineId};
use weldc_compiler::link::{Binding, ExportItem, ImportPolicy, Receiver, TrampolineKind};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::translate::{EntryForm, FuncKey};
use weldc_compiler::types::QualifiedName;
use weldc_compiler::{Error, Result, names};

/// Binds imports to symbols of the embedder's; those of instances whose names begin with `table` to entries of the
/// table of imports.
#[derive(Default)]
struct Policy {
    slots: u32,
}

impl Policy {
    fn bind(&mut self, name: &QualifiedName, symbol: String) -> Binding {
        if name.interface.as_deref().is_some_and(|interface| interface.starts_with("table")) {
            self.slots += 1;
            return Binding::Table { slot: self.slots - 1 };
        }
        Binding::Symbol { symbol, receiver: Receiver::Host }
    }
}

impl ImportPolicy for Policy {
    fn func(&mut self, name: &QualifiedName, _signature: &str) -> Result<Binding> {
        Ok(self.bind(name, names::import("test", name)))
    }

    fn resource(&mut self, name: &QualifiedName) -> Result<Binding> {
        Ok(self.bind(name, format!("{}_drop", names::import("test", name))))
    }
}

/// How requests are compiled.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    pub target: &'a str,
    pub cpu_features: &'a [&'a str],
    pub guard_pages: bool,
    /// Small functions are copied into their callers.
    pub inline: bool,
    /// Every function is compiled, whether anything reaches it or not.
    pub whole: bool,
}

/// Everything but the machine code.
pub fn compile(source: &str, setting: &Setting<'_>) -> Result<Compilation> {
    let bytes = wat::parse_str(source).expect("the test's text is well-formed");
    let options = CodeOptions {
        target: setting.target.parse().expect("a triple"),
        cpu_features: setting.cpu_features.iter().map(|feature| feature.to_string()).collect(),
        prefix: "test".to_string(),
        guard_pages: setting.guard_pages,
        inline: setting.inline,
        verify: true,
        whole: setting.whole,
        ..CodeOptions::default()
    };
    let features = wasmparser::WasmFeatures::all();
    Compilation::new(bytes, features, &mut Policy::default(), options, &mut |_| {})
}

fn find(compilation: &Compilation, words: &[&str]) -> FuncId {
    let number = |word: &str| word.parse::<u32>().expect("a number");
    let export = |name: &str| {
        let exports = &compilation.program.exports;
        exports.iter().find(|(_, e)| e.name.name == name).expect("an export of that name").0
    };
    let key = match words {
        ["core", instance, func] => {
            FuncKey::Core { instance: InstanceId::from_u32(number(instance)), func: number(func) }
        }
        ["trampoline", id] => FuncKey::Trampoline(TrampolineId::from_u32(number(id))),
        ["export", name] => FuncKey::Export(export(name)),
        ["entry", name] => FuncKey::Entry(export(name), EntryForm::Direct),
        ["start"] => FuncKey::Start,
        ["enter", id] => FuncKey::Enter(EdgeId::from_u32(number(id))),
        ["params", id] => FuncKey::EnterBody(EdgeId::from_u32(number(id))),
        ["result", id] => FuncKey::ResolveBody(EdgeId::from_u32(number(id))),
        ["element", id] => FuncKey::Element(CopyId::from_u32(number(id))),
        ["elements", id] => FuncKey::ElementBody(CopyId::from_u32(number(id))),
        _ => panic!("no such function: {words:?}"),
    };
    compilation.funcs.id(key)
}

/// The answer to the request `words`.
pub fn show(source: &str, words: &[&str], setting: &Setting<'_>) -> String {
    let compiled = compile(source, setting);
    if *words == ["error"] {
        let code = compiled.and_then(|compilation| compilation.compile(&|| {}).map(drop));
        return refusal(&code.expect_err("the component is refused"));
    }
    let compiled = compiled.unwrap_or_else(|e| panic!("{e}"));
    let bodies = compiled.bodies().unwrap_or_else(|e| panic!("{e}"));
    let listing = |kind, words: &[&str]| {
        compiled.listing(&bodies, find(&compiled, words), kind).unwrap_or_else(|e| panic!("{e}"))
    };
    match words[0] {
        "clif" => listing(Listing::Clif, &words[1..]),
        "optimized" => listing(Listing::Optimized, &words[1..]),
        "asm" => listing(Listing::Asm, &words[1..]),
        "header" => compiled.header(),
        "functions" => functions(&compiled),
        "calls" => calls(&compiled),
        other => panic!("cannot show `{other}`"),
    }
}

fn refusal(error: &Error) -> String {
    let advice = error.advice().map(|a| format!("\nhelp: {a}")).unwrap_or_default();
    format!("{error}{advice}\n")
}

/// What is compiled of core functions, lowered functions and built-ins.
fn functions(compilation: &Compilation) -> String {
    let mut text = String::new();
    for &key in compilation.funcs.keys.values() {
        if matches!(key, FuncKey::Core { .. } | FuncKey::Trampoline(_)) {
            let _ = writeln!(text, "{}", labels::func(compilation.env(), key));
        }
    }
    text
}

/// How lowered functions, exports and what instantiation runs are called.
fn calls(compilation: &Compilation) -> String {
    let Compilation { program, facts, funcs, .. } = compilation;
    let mut callers = Vec::new();
    for &key in funcs.keys.values() {
        if let FuncKey::Trampoline(id) = key
            && let TrampolineKind::Lower { .. } = program.trampolines[id].kind
        {
            callers.push((Caller::Lower(id), labels::func(compilation.env(), key)));
        }
    }
    for (id, export) in program.exports.iter() {
        if let ExportItem::Func { .. } = export.item {
            callers.push((Caller::Export(id), format!("export {}", export.name.name)));
        }
    }
    let mut text = String::new();
    for (caller, name) in callers {
        let how = match facts.tasks.edge(caller) {
            None => "an ordinary call",
            Some(id) if facts.tasks.edges[id].own_stack => "a record and a stack",
            Some(id) if facts.tasks.edges[id].at_once => "a record, on the caller's stack",
            Some(_) => "a record from the runtime",
        };
        let _ = writeln!(text, "{name}: {how}");
    }
    text
}

//! File tests: a component in text, what to show of its compilation, and what that must be.
//!
//! A file in `filetests/` is named as the sentence it proves. Lines that begin with `;;!` say what to
//! show; the lines that begin with `;;=` at the end are the expected text. `BLESS=1 cargo test` rewrites
//! them. What can be shown:
//!
//! ```text
//! ;;! clif FUNC       CLIF of a function before optimisation
//! ;;! asm FUNC        its machine code
//! ;;! header          the C header
//! ;;! functions       which core functions, lowered functions and built-ins are compiled
//! ;;! calls           which calls of component functions have records, and which of those a stack
//! ;;! error           the message that refuses the component
//! ;;! for TARGET FEATURE…   says what the requests below it are compiled for
//! ;;! with inlining         small functions are copied into their callers in the requests below it
//! ;;! reachable       below it only what the host can reach is compiled, as a rule everything
//! ```
//! where FUNC is `core INSTANCE FUNC`, `trampoline N`, `export NAME`, `entry NAME` or `start`; of a call that has a
//! record `enter N`, `params N` and `result N`, of a copy `element N` and `elements N`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use weldc_compiler::compile::Listing;
use weldc_compiler::compile::labels;
use weldc_compiler::driver::Compilation;
use weldc_compiler::facts::Caller;
use weldc_compiler::index::{CopyId, EdgeId, FuncId, InstanceId, TrampolineId};
use weldc_compiler::link::{Binding, ExportItem, ImportPolicy, Receiver, TrampolineKind};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::translate::{EntryForm, FuncKey};
use weldc_compiler::types::QualifiedName;
use weldc_compiler::{Result, names};

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
struct Setting<'a> {
    target: &'a str,
    cpu_features: &'a [&'a str],
    /// Small functions are copied into their callers.
    inline: bool,
    /// Every function is compiled, whether anything reaches it or not.
    whole: bool,
}

const X86_64: &str = "x86_64-unknown-linux-gnu";

fn compile(source: &str, setting: &Setting<'_>) -> Result<Compilation> {
    let bytes = wat::parse_str(source).expect("the test's text is well-formed");
    let options = CodeOptions {
        target: setting.target.parse().expect("a triple"),
        cpu_features: setting.cpu_features.iter().map(|feature| feature.to_string()).collect(),
        prefix: "test".to_string(),
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

fn show(source: &str, words: &[&str], setting: &Setting<'_>) -> String {
    let compiled = compile(source, setting);
    if *words == ["error"] {
        let error = compiled.err().expect("the component is refused");
        let advice = error.advice().map(|a| format!("\nhelp: {a}")).unwrap_or_default();
        return format!("{error}{advice}\n");
    }
    let compiled = compiled.unwrap_or_else(|e| panic!("{e}"));
    let bodies = compiled.bodies().unwrap_or_else(|e| panic!("{e}"));
    let listing = |kind, words: &[&str]| {
        compiled.listing(&bodies, find(&compiled, words), kind).unwrap_or_else(|e| panic!("{e}"))
    };
    match words[0] {
        "clif" => listing(Listing::Clif, &words[1..]),
        "asm" => listing(Listing::Asm, &words[1..]),
        "header" => compiled.header(),
        "functions" => functions(&compiled),
        "calls" => calls(&compiled),
        other => panic!("cannot show `{other}`"),
    }
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
            Some(_) => "a record",
        };
        let _ = writeln!(text, "{name}: {how}");
    }
    text
}

fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let source: String =
        text.lines().filter(|l| !l.starts_with(";;=")).flat_map(|l| [l, "\n"]).collect();
    let requests = text.lines().filter_map(|line| line.strip_prefix(";;!"));
    let requests: Vec<Vec<&str>> = requests.map(|r| r.split_whitespace().collect()).collect();
    assert!(!requests.is_empty(), "{} shows nothing", path.display());
    let mut actual = String::new();
    let mut setting = Setting { target: X86_64, cpu_features: &[], inline: false, whole: true };
    for request in &requests {
        let _ = writeln!(actual, ";;= -- {}", request.join(" "));
        match request[..] {
            ["for", target, ref cpu_features @ ..] => {
                (setting.target, setting.cpu_features) = (target, cpu_features);
            }
            ["with", "inlining"] => setting.inline = true,
            ["reachable"] => setting.whole = false,
            ref words => {
                for line in show(&source, words, &setting).lines() {
                    let _ = writeln!(actual, "{}", format!(";;= {line}").trim_end());
                }
            }
        }
    }
    let expected: String =
        text.lines().filter(|l| l.starts_with(";;=")).flat_map(|l| [l, "\n"]).collect();
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        let blessed = format!("{}\n{actual}", source.trim_end());
        return std::fs::write(path, blessed).map_err(|e| e.to_string());
    }
    let difference = actual.lines().zip(expected.lines()).find(|(a, e)| a != e);
    Err(format!("differs (BLESS=1 rewrites it), first at {difference:?}"))
}

#[test]
fn filetests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("filetests");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder exists")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "wat"))
        .collect();
    files.sort();
    let mut failures = Vec::new();
    for file in &files {
        let result = std::panic::catch_unwind(|| run(file));
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match result {
            Ok(Ok(())) => {}
            Ok(Err(error)) => failures.push(format!("{name}: {error}")),
            Err(_) => failures.push(format!("{name}: panicked")),
        }
    }
    println!("{} passed, {} failed", files.len() - failures.len(), failures.len());
    assert!(!files.is_empty() && failures.is_empty(), "{}", failures.join("\n"));
}

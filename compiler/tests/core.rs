//! File tests of the translation of core functions: `core/*.wat`.
//!
//! A file holds a component, or a core module (which is put into one), and says in comments what the CLIF
//! of its functions looks like:
//!
//! ```text
//! ;; func 2              function 2 of the first core instance
//! ;; core 1 2            function 2 of the second core instance
//! ;; func 2 optimized    the same after Cranelift's optimisations
//! ;; start               the run-time part of instantiation
//! ;; has load.i32 *+8    some line, after the one of the previous `has`, contains this; `*` is anything
//! ;; not brif            no line of the body contains this
//! ;; fails not supported translating it is an error that contains this
//! ```
//!
//! Every function of every file goes through Cranelift's verifier and is compiled for each target, with
//! guard pages and without.

use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_codegen::{Context, control::ControlPlane, ir, verify_function};
use cranelift_frontend::FunctionBuilderContext;
use std::path::Path;
use wasmparser::WasmFeatures;
use weldc_compiler::facts::Facts;
use weldc_compiler::index::InstanceId;
use weldc_compiler::link::{self, Program};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::parse::{self, Parsed};
use weldc_compiler::place::{self, Layout};
use weldc_compiler::translate::{DataTable, Env, FuncKey, FuncTable, translate};

const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

/// A linked and laid-out component.
struct Fixture {
    parsed: Parsed,
    program: Program,
    facts: Facts,
    layout: Layout,
    funcs: FuncTable,
    data: DataTable,
    options: CodeOptions,
    isa: OwnedTargetIsa,
}

fn isa(target: &str) -> OwnedTargetIsa {
    let mut flags = settings::builder();
    for (name, value) in [
        ("opt_level", "speed"),
        ("preserve_frame_pointers", "true"),
        ("enable_multi_ret_implicit_sret", "true"),
        ("enable_probestack", "false"),
        ("enable_verifier", "false"),
    ] {
        flags.set(name, value).unwrap();
    }
    let builder = cranelift_codegen::isa::lookup(target.parse().unwrap()).unwrap();
    builder.finish(Flags::new(flags)).unwrap()
}

impl Fixture {
    fn new(bytes: Vec<u8>, target: &str, guard_pages: bool) -> weldc_compiler::Result<Fixture> {
        let target_triple = target.parse().unwrap();
        let options = CodeOptions {
            target: target_triple,
            guard_pages,
            verify: true,
            whole: true,
            ..Default::default()
        };
        let parsed = parse::parse(bytes, WasmFeatures::all())?;
        let program = link::link(&parsed, &mut Unbound)?;
        let facts = Facts::new(&parsed, &program, &options)?;
        let layout = place::place(&parsed, &program, &facts, &options)?;
        let funcs = FuncTable::new(&parsed, &program, &facts, &options);
        let data = DataTable::new(&parsed, &program, &layout, &options);
        Ok(Fixture { parsed, program, facts, layout, funcs, data, options, isa: isa(target) })
    }

    fn env(&self) -> Env<'_> {
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

    fn translate(&self, key: FuncKey) -> Result<ir::Function, weldc_compiler::Error> {
        let mut scratch = FunctionBuilderContext::new();
        let func = translate(self.env(), key, &mut scratch)?;
        if let Err(errors) = verify_function(&func, &*self.isa) {
            panic!("{key:?}: {errors}\n{func}");
        }
        Ok(func)
    }

    /// What this crate translates without the other phases' help.
    fn core_keys(&self) -> impl Iterator<Item = FuncKey> {
        self.funcs
            .keys
            .values()
            .copied()
            .filter(|key| matches!(key, FuncKey::Core { .. } | FuncKey::Start))
    }

    fn optimized(&self, func: ir::Function) -> ir::Function {
        let mut context = Context::for_function(func);
        context.optimize(&*self.isa, &mut ControlPlane::default()).unwrap();
        context.func
    }

    fn compile(&self, func: ir::Function) {
        let mut context = Context::for_function(func);
        if let Err(error) = context.compile(&*self.isa, &mut ControlPlane::default()) {
            panic!("{:?}\n{}", error.inner, error.func);
        }
    }
}

/// Every import traps.
struct Unbound;

impl link::ImportPolicy for Unbound {
    fn func(
        &mut self,
        _: &weldc_compiler::types::QualifiedName,
        _: &str,
    ) -> weldc_compiler::Result<link::Binding> {
        Ok(link::Binding::Trap)
    }

    fn resource(
        &mut self,
        _: &weldc_compiler::types::QualifiedName,
    ) -> weldc_compiler::Result<link::Binding> {
        Ok(link::Binding::Nothing)
    }
}

#[derive(Default)]
struct Expectation {
    key: Option<FuncKey>,
    optimized: bool,
    has: Vec<String>,
    not: Vec<String>,
    fails: Option<String>,
}

fn expectations(text: &str) -> Vec<Expectation> {
    let mut all: Vec<Expectation> = Vec::new();
    for line in text.lines().filter_map(|line| line.strip_prefix(";; ")) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        let last = all.last_mut();
        match (word, last) {
            ("func" | "core", _) => {
                let mut words = rest.split(' ');
                let mut number = || words.next().unwrap().parse().unwrap();
                let instance = if word == "core" { number() } else { 0 };
                let instance = InstanceId::from_u32(instance);
                let key = FuncKey::Core { instance, func: number() };
                let optimized = words.next() == Some("optimized");
                all.push(Expectation { key: Some(key), optimized, ..Default::default() });
            }
            ("start", _) => {
                all.push(Expectation { key: Some(FuncKey::Start), ..Default::default() })
            }
            ("has", Some(last)) => last.has.push(rest.to_string()),
            ("not", Some(last)) => last.not.push(rest.to_string()),
            ("fails", Some(last)) => last.fails = Some(rest.to_string()),
            _ => {}
        }
    }
    all
}

/// Whether `line` contains the parts of `pattern` between `*`, in order.
fn contains(line: &str, pattern: &str) -> bool {
    let mut rest = line;
    pattern.split('*').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}

impl Expectation {
    fn check(&self, fixture: &Fixture) -> Result<(), String> {
        let key = self.key.unwrap();
        let func = match (fixture.translate(key), &self.fails) {
            (Ok(func), None) => func,
            (Err(error), Some(text)) if error.to_string().contains(text) => return Ok(()),
            (Ok(_), Some(text)) => return Err(format!("{key:?} should fail with {text}")),
            (Err(error), _) => return Err(format!("{key:?}: {error}")),
        };
        let func = if self.optimized { fixture.optimized(func) } else { func };
        let text = func.to_string();
        let mut lines = text.lines();
        for pattern in &self.has {
            if !lines.any(|line| contains(line, pattern)) {
                return Err(format!("missing: {pattern}\n{text}"));
            }
        }
        let body = || text.lines().skip_while(|line| !line.is_empty());
        match self.not.iter().find(|pattern| body().any(|line| contains(line, pattern))) {
            Some(pattern) => Err(format!("not wanted: {pattern}\n{text}")),
            None => Ok(()),
        }
    }
}

/// The component of a file.
fn component(text: &str) -> Vec<u8> {
    // What stands in the first column is prose.
    let code = |line: &&str| line.starts_with(['(', ' ']);
    let text: String = text.lines().filter(code).map(|line| format!("{line}\n")).collect();
    let text = match text.find("(module") {
        Some(at) if !text.contains("(component") => {
            let module = &text[at + "(module".len()..];
            format!("(component (core module $m {module} (core instance (instantiate $m)))")
        }
        _ => text,
    };
    wat::parse_str(&text).unwrap_or_else(|e| panic!("{e}"))
}

fn check_file(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).unwrap();
    let bytes = component(&text);
    for target in TARGETS {
        let fixture = Fixture::new(bytes.clone(), target, true).map_err(|e| e.to_string())?;
        let expectations = expectations(&text);
        for expectation in &expectations {
            expectation.check(&fixture)?;
        }
        if expectations.iter().all(|e| e.fails.is_none()) {
            compile_all(&fixture)?;
            compile_all(&Fixture::new(bytes.clone(), target, false).map_err(|e| e.to_string())?)?;
        }
    }
    Ok(())
}

fn compile_all(fixture: &Fixture) -> Result<(), String> {
    for key in fixture.core_keys() {
        let func = fixture.translate(key).map_err(|e| format!("{key:?}: {e}"))?;
        fixture.compile(func);
    }
    Ok(())
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/core");
    let mut paths: Vec<_> = folder.read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let failures: Vec<String> = paths
        .iter()
        .filter(|path| path.extension().is_some_and(|e| e == "wat"))
        .filter_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            check_file(path).err().map(|e| format!("{name}: {e}"))
        })
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

/// `WELDC_GUESTS=folder cargo test --release --test core guests -- --ignored --nocapture`: translates and
/// verifies every core function of `folder/*/component.wasm`. With `WELDC_TIME=compile` it compiles them
/// in place of that, with `WELDC_TIME=translate` it translates them five times.
#[test]
#[ignore = "needs a folder of components"]
fn guests() {
    let folder = std::env::var("WELDC_GUESTS").expect("WELDC_GUESTS names a folder");
    let mut paths: Vec<_> =
        Path::new(&folder).read_dir().unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if let Ok(bytes) = std::fs::read(path.join("component.wasm")) {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match Fixture::new(bytes, TARGETS[0], true) {
                Ok(fixture) => guest(&name, &fixture),
                Err(error) => println!("{name}: {error}"),
            }
        }
    }
}

fn guest(name: &str, fixture: &Fixture) {
    let mode = std::env::var("WELDC_TIME").unwrap_or_default();
    let rounds = if mode == "translate" { 5 } else { 1 };
    let mut scratch = FunctionBuilderContext::new();
    let (mut count, mut refused, mut size) = (0, 0, 0);
    let mut times = [std::time::Duration::ZERO; 2];
    for key in (0..rounds).flat_map(|_| fixture.core_keys()) {
        let begin = std::time::Instant::now();
        let result = translate(fixture.env(), key, &mut scratch);
        times[0] += begin.elapsed();
        let func = match result {
            Ok(func) => func,
            Err(error) => {
                if refused == 0 {
                    println!("{name}: {error}");
                }
                refused += 1;
                continue;
            }
        };
        count += 1;
        match mode.as_str() {
            "translate" => {}
            "compile" => {
                let mut context = Context::for_function(func);
                let begin = std::time::Instant::now();
                let code = context.compile(&*fixture.isa, &mut ControlPlane::default()).unwrap();
                size += code.buffer.data().len();
                times[1] += begin.elapsed();
            }
            _ => verify_function(&func, &*fixture.isa).unwrap_or_else(|e| panic!("{e}\n{func}")),
        }
    }
    println!(
        "{name}: {count} functions, {refused} refused, translated in {:.2?}, compiled in {:.2?} to {size} bytes",
        times[0], times[1]
    );
}

/// Translates and verifies function 0 of a module with this function.
fn extreme(name: &str, function: String) {
    let bytes = component(&format!("(module\n  (memory 1)\n  {function})"));
    let fixture = Fixture::new(bytes, TARGETS[0], true).unwrap();
    let key = fixture.core_keys().next().unwrap();
    let begin = std::time::Instant::now();
    let func = translate(fixture.env(), key, &mut FunctionBuilderContext::new()).unwrap();
    println!("{name}: translated in {:.2?}", begin.elapsed());
    if let Err(errors) = verify_function(&func, &*fixture.isa) {
        panic!("{errors}");
    }
    println!("{name}: translated and verified in {:.2?}", begin.elapsed());
    if std::env::var("WELDC_TIME").is_ok_and(|mode| mode == "compile") {
        let begin = std::time::Instant::now();
        let result = Context::for_function(func)
            .compile(&*fixture.isa, &mut ControlPlane::default())
            .map(|code| code.buffer.data().len())
            .map_err(|e| e.inner.to_string());
        println!("{name}: compiled in {:.2?} to {result:?}", begin.elapsed());
    }
}

/// What validation allows takes a time that is near proportional to its size.
#[test]
fn extremes() {
    let repeat = |count: usize, text: &dyn Fn(usize) -> String| -> String {
        (0..count).map(|i| text(i) + " ").collect()
    };
    let locals = format!("(local{})", " i64".repeat(50_000));
    let few = format!("(local{})", " i64".repeat(1001));
    let bump =
        |i: usize| format!("(local.set {i} (i64.add (local.get {i}) (local.get {})))", i / 2);
    extreme("locals of which none is used", format!("(func {locals})"));
    extreme(
        "locals in a loop",
        format!(
            "(func {locals} (loop {} (br_if 0 (i64.eqz (local.get 49999)))))",
            repeat(50_000, &bump)
        ),
    );
    extreme(
        "locals that only some loops change",
        format!(
            "(func {locals} {})",
            repeat(100, &|i| format!(
                "(loop {} (local.set {i} (i64.const 1)) (br_if 0 (i64.eqz (local.get {i}))))",
                repeat(500, &|j| format!("(drop (local.get {}))", 500 * i + j))
            ))
        ),
    );
    extreme(
        "locals behind branches",
        format!(
            "(func {locals} {} {})",
            repeat(10_000, &|i| format!("(if (i64.eqz (local.get {i})) (then {}))", bump(i))),
            repeat(50_000, &bump)
        ),
    );
    extreme(
        "a branch table",
        format!(
            "(func (param i32) {few} {} (br_table {} (local.get 0)) {})",
            "block ".repeat(1000),
            repeat(65_000, &|i| (i % 1000).to_string()),
            repeat(1000, &|i| format!("end (local.set {} (i64.const {i}))", i + 1))
        ),
    );
    extreme(
        "nested blocks",
        format!(
            "(func (param i32) (result i64) {few} {} (br_if 99999 (local.get 0)) {} (local.get 1))",
            "block ".repeat(100_000),
            repeat(100_000, &|i| format!(
                "(br_if 0 (local.get 0)) end (local.set {} (i64.const {i}))",
                i % 5 + 1
            ))
        ),
    );
    extreme(
        "nested loops",
        format!(
            "(func (param i32) {few} {} {} {})",
            "loop ".repeat(10_000),
            repeat(20, &|i| format!("(local.set {} (local.get {}))", i + 2, i + 1)),
            "(br_if 0 (local.get 0)) end ".repeat(10_000)
        ),
    );
    extreme(
        "unreachable blocks",
        format!("(func unreachable {} {})", "loop ".repeat(300_000), "end ".repeat(300_000)),
    );
}

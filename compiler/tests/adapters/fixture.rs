//! A linked component whose functions can be looked at, and what tests say of their CLIF.

use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_codegen::settings::{self, Configurable, Flags};
use cranelift_codegen::{Context, control::ControlPlane, ir, verify_function};
use cranelift_frontend::FunctionBuilderContext;
use wasmparser::WasmFeatures;
use weldc_compiler::facts::Facts;
use weldc_compiler::index::TrampolineId;
use weldc_compiler::link::{self, Binding, Program, Receiver};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::parse::{self, Parsed};
use weldc_compiler::place::{self, Layout};
use weldc_compiler::translate::{DataTable, EntryForm, Env, FuncKey, FuncTable, translate};
use weldc_compiler::types::QualifiedName;

pub const TARGETS: [&str; 2] = ["x86_64-unknown-linux-gnu", "aarch64-unknown-linux-gnu"];

/// How the imports of a test are bound.
#[derive(Clone, Copy)]
pub struct Bind(Receiver);

impl link::ImportPolicy for Bind {
    fn func(&mut self, name: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(match name.name.as_str() {
            "table" => Binding::Table { slot: 3 },
            "trap" => Binding::Trap,
            name => Binding::Symbol { symbol: name.to_string(), receiver: self.0 },
        })
    }

    fn resource(&mut self, name: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(match name.name.as_str() {
            "plain" => Binding::Nothing,
            name => Binding::Symbol { symbol: format!("{name}_drop"), receiver: self.0 },
        })
    }
}

/// A linked component with a layout.
pub struct Fixture {
    pub parsed: Parsed,
    pub program: Program,
    pub facts: Facts,
    pub layout: Layout,
    pub funcs: FuncTable,
    pub data: DataTable,
    pub options: CodeOptions,
    pub isa: OwnedTargetIsa,
}

pub fn isa(target: &str) -> OwnedTargetIsa {
    let mut flags = settings::builder();
    for (name, value) in [
        ("opt_level", "speed"),
        ("preserve_frame_pointers", "true"),
        ("enable_multi_ret_implicit_sret", "true"),
        ("enable_probestack", "false"),
    ] {
        flags.set(name, value).unwrap();
    }
    let builder = cranelift_codegen::isa::lookup(target.parse().unwrap()).unwrap();
    builder.finish(Flags::new(flags)).unwrap()
}

impl Fixture {
    pub fn new(text: &str, target: &str, receiver: Receiver) -> Fixture {
        let bytes = wat::parse_str(text).unwrap_or_else(|e| panic!("{e}\n{text}"));
        let options = CodeOptions {
            target: target.parse().unwrap(),
            verify: true,
            whole: true,
            entry_forms: vec![EntryForm::Direct, EntryForm::Packed],
            ..Default::default()
        };
        let parsed =
            parse::parse(bytes, WasmFeatures::all()).unwrap_or_else(|e| panic!("{e}\n{text}"));
        let program =
            link::link(&parsed, &mut Bind(receiver)).unwrap_or_else(|e| panic!("{e}\n{text}"));
        let facts =
            Facts::new(&parsed, &program, &options).unwrap_or_else(|e| panic!("{e}\n{text}"));
        let layout = place::place(&parsed, &program, &facts, &options)
            .unwrap_or_else(|e| panic!("{e}\n{text}"));
        let funcs = FuncTable::new(&parsed, &program, &facts, &options);
        let data = DataTable::new(&parsed, &program, &layout, &options);
        Fixture { parsed, program, facts, layout, funcs, data, options, isa: isa(target) }
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

    fn keys(&self) -> impl Iterator<Item = FuncKey> {
        let is_ours = |key: &FuncKey| !matches!(key, FuncKey::Core { .. } | FuncKey::Start);
        self.funcs.keys.values().copied().filter(is_ours)
    }

    /// Translates, verifies and compiles everything.
    pub fn compile_all(&self) {
        for key in self.keys() {
            let func = self.translate(key).unwrap_or_else(|e| panic!("{key:?}: {e}"));
            let mut context = Context::for_function(func);
            if let Err(error) = context.compile(&*self.isa, &mut ControlPlane::default()) {
                panic!("{key:?}: {:?}\n{}", error.inner, error.func);
            }
        }
    }

    /// The CLIF of a function, with the names of what it calls in place of their numbers.
    pub fn clif(&self, key: FuncKey) -> String {
        let func = self.translate(key).unwrap_or_else(|e| panic!("{key:?}: {e}"));
        let mut text = func.to_string();
        // From the last on: `u2:1` is a prefix of `u2:10`.
        for (i, function) in weldc_abi::symbols::Function::ALL.iter().enumerate().rev() {
            text = text.replace(&format!("u2:{i} "), &format!("{function:?} "));
        }
        for (id, key) in self.funcs.keys.iter() {
            text = text.replace(&format!(" u0:{} ", id.as_u32()), &format!(" {key:?} "));
        }
        text
    }

    pub fn trampoline(&self, id: u32) -> String {
        self.clif(FuncKey::Trampoline(TrampolineId::from_u32(id)))
    }

    pub fn export(&self, name: &str) -> String {
        let (id, _) = self.program.exports.iter().find(|(_, e)| e.name.name == name).unwrap();
        self.clif(FuncKey::Export(id))
    }
}

pub fn fixture(text: &str) -> Fixture {
    Fixture::new(text, TARGETS[0], Receiver::Host)
}

pub fn compile_everywhere(text: &str) {
    for target in TARGETS {
        Fixture::new(text, target, Receiver::Host).compile_all();
    }
}

pub const LIBC: &str = r#"
    (core module $libc
      (memory (export "memory") 1)
      (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))"#;

/// A component that lowers imports declared in `imports` as `$f`, with these canonical options.
pub fn lowering(imports: &str, encoding: &str) -> String {
    format!(
        r#"(component {imports} {LIBC}
          (core instance $libc (instantiate $libc))
          (core func $f (canon lower (func $f) (memory (core memory $libc "memory"))
            (realloc (core func $libc "realloc")) string-encoding={encoding})))"#
    )
}

/// A component that lifts `f` with this type from a core function of this type.
pub fn lifting(ty: &str, core: &str) -> String {
    format!(
        r#"(component {LIBC}
          (core instance $libc (instantiate $libc))
          (core module $m (func (export "f") {core} (unreachable)))
          (core instance $m (instantiate $m))
          (func (export "f") {ty}
            (canon lift (core func $m "f") (memory (core memory $libc "memory"))
              (realloc (core func $libc "realloc")))))"#
    )
}

#[track_caller]
pub fn has(clif: &str, parts: &[&str]) {
    let mut rest = clif;
    for part in parts {
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => panic!("missing, or not in this order: {part}\n{clif}"),
        }
    }
}

#[track_caller]
pub fn lacks(clif: &str, parts: &[&str]) {
    for part in parts {
        assert!(!clif.contains(part), "not wanted: {part}\n{clif}");
    }
}

/// How often the function that CLIF declares under this name is called.
pub fn calls(clif: &str, name: &str) -> usize {
    let declared = clif.lines().find_map(|line| {
        let (func, rest) = line.trim().split_once(" = ")?;
        rest.contains(&format!("colocated {name} ")).then_some(func)
    });
    declared.map_or(0, |func| clif.matches(&format!("call {func}(")).count())
}

pub const COPIES: [&str; 4] = ["MemoryCopy", "ScopeAlloc", "ScopeEnter", "Alloc "];

//! A script's text → the instances that it makes and the commands that it gives, with all names resolved.
//!
//! What can be decided without running anything (is a module refused as it should be?) is decided here.

use super::compose;
use super::module::Module;
use crate::Config;
use crate::lines::Lines;
use crate::report::Outcome;
use std::collections::HashMap;
use std::sync::Arc;
use wasmparser::WasmFeatures;
use wast::core::{WastArgCore, WastRetCore};
use wast::parser::ParseBuffer;
use wast::token::Id;
use wast::{QuoteWat, WastArg, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

/// A script, ready to be run.
pub struct Script<'a> {
    /// In the order in which they are instantiated; the first is [`SPECTEST`].
    pub instances: Vec<Instance>,
    pub commands: Vec<Command<'a>>,
}

/// A core instance that a script makes, if it can be made.
pub struct Instance {
    pub module: Arc<Module>,
    /// For names of modules in its imports: an earlier instance.
    pub args: HashMap<String, usize>,
}

impl Instance {
    /// Another instance like this one, of the same module.
    pub fn share(&self) -> Instance {
        Instance { module: self.module.clone(), args: self.args.clone() }
    }
}

pub struct Command<'a> {
    pub line: usize,
    pub kind: Kind<'a>,
}

pub enum Kind<'a> {
    /// There is nothing to run.
    Settled(Outcome),
    /// Runs a stage; whether it must trap.
    Instantiate {
        instance: usize,
        trap: Option<&'a str>,
    },
    /// Must be refused.
    Unlinkable(Instance),
    Act {
        instance: usize,
        action: Action<'a>,
        expect: Expect<'a>,
    },
}

pub enum Action<'a> {
    Invoke { name: &'a str, args: Vec<WastArgCore<'a>> },
    Get { name: &'a str },
}

impl<'a> Action<'a> {
    /// The export that it is about.
    pub fn name(&self) -> &'a str {
        match self {
            Action::Invoke { name, .. } | Action::Get { name } => name,
        }
    }
}

pub enum Expect<'a> {
    /// No trap; the results do not matter.
    Return,
    Results(Vec<WastRetCore<'a>>),
    Trap(&'a str),
    Exhaustion,
    /// An exception that nothing catches.
    Exception,
}

/// The instance of the module that every script may import from.
pub const SPECTEST: usize = 0;

const SPECTEST_TEXT: &str = r#"(module $spectest
  (global (export "global_i32") i32 (i32.const 666))
  (global (export "global_i64") i64 (i64.const 666))
  (global (export "global_f32") f32 (f32.const 666.6))
  (global (export "global_f64") f64 (f64.const 666.6))
  (table (export "table") 10 20 funcref)
  (memory (export "memory") 1 2)
  (func (export "print"))
  (func (export "print_i32") (param i32))
  (func (export "print_i64") (param i64))
  (func (export "print_f32") (param f32))
  (func (export "print_f64") (param f64))
  (func (export "print_i32_f32") (param i32 f32))
  (func (export "print_f64_f64") (param f64 f64))
  TABLE64 SHARED)"#;

fn spectest(features: WasmFeatures) -> Module {
    let optional = |feature, text| if features.contains(feature) { text } else { "" };
    let table = r#"(table (export "table64") i64 10 20 funcref)"#;
    let shared = r#"(memory (export "shared_memory") 1 2 shared)"#;
    let text = SPECTEST_TEXT
        .replace("TABLE64", optional(WasmFeatures::MEMORY64, table))
        .replace("SHARED", optional(WasmFeatures::THREADS | WasmFeatures::MULTI_MEMORY, shared));
    let buffer = ParseBuffer::new(&text).expect("our own text");
    let mut wat: Wat<'_> = wast::parser::parse(&buffer).expect("our own text");
    Module::new(wat.encode().expect("our own text"), features).expect("our own text")
}

/// Resolves a script.
pub fn resolve<'a>(
    directives: Vec<WastDirective<'a>>,
    lines: &Lines,
    config: &Config,
) -> Script<'a> {
    let spectest = Instance { module: Arc::new(spectest(config.features)), args: HashMap::new() };
    let mut resolver = Resolver {
        features: config.features,
        lines,
        script: Script { instances: vec![spectest], commands: Vec::new() },
        current: Err("there is no module yet".to_string()),
        named: HashMap::new(),
        definitions: HashMap::new(),
        registered: HashMap::from([("spectest", SPECTEST)]),
    };
    for directive in directives {
        resolver.directive(directive);
    }
    resolver.script
}

/// An instance, or why there is none.
type Found = Result<usize, String>;

struct Resolver<'a, 'l> {
    features: WasmFeatures,
    lines: &'l Lines,
    script: Script<'a>,
    current: Found,
    named: HashMap<String, Found>,
    /// By name; the last one also without.
    definitions: HashMap<Option<String>, Arc<Module>>,
    registered: HashMap<&'a str, usize>,
}

impl<'a> Resolver<'a, '_> {
    fn directive(&mut self, directive: WastDirective<'a>) {
        let line = self.lines.at(directive.span());
        let kind = match directive {
            WastDirective::Module(wat) => Some(self.module(wat)),
            WastDirective::ModuleDefinition(wat) => Some(self.definition(wat)),
            WastDirective::ModuleInstance { instance, module, .. } => {
                Some(self.instance_of(instance, module))
            }
            WastDirective::Register { name, module, .. } => self.register(name, module),
            WastDirective::Invoke(invoke) => Some(self.invoke(invoke, Expect::Return)),
            WastDirective::AssertReturn { exec, results, .. } => {
                Some(self.execute(exec, Expect::Results(core_results(results))))
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                Some(self.execute(exec, Expect::Trap(message)))
            }
            WastDirective::AssertExhaustion { call, .. } => {
                Some(self.invoke(call, Expect::Exhaustion))
            }
            WastDirective::AssertMalformed { module, .. }
            | WastDirective::AssertInvalid { module, .. }
            | WastDirective::AssertMalformedCustom { module, .. }
            | WastDirective::AssertInvalidCustom { module, .. } => Some(self.refused(module)),
            WastDirective::AssertUnlinkable { module, message, .. } => {
                Some(self.unlinkable(module, message))
            }
            WastDirective::AssertException { exec, .. } => {
                Some(self.execute(exec, Expect::Exception))
            }
            WastDirective::AssertSuspension { .. } => Some(skip("stack switching")),
            WastDirective::Thread(thread) => {
                thread.directives.iter().for_each(|inner| self.skip_in_thread(inner));
                Some(skip("threads"))
            }
            WastDirective::Wait { .. } => Some(skip("threads")),
        };
        self.script.commands.extend(kind.map(|kind| Command { line, kind }));
    }

    /// Counts what a thread would have run.
    fn skip_in_thread(&mut self, directive: &WastDirective<'a>) {
        if let WastDirective::Thread(thread) = directive {
            thread.directives.iter().for_each(|inner| self.skip_in_thread(inner));
        }
        let line = self.lines.at(directive.span());
        self.script.commands.push(Command { line, kind: skip("threads") });
    }

    fn encode(&self, mut wat: QuoteWat<'a>) -> Result<Result<Module, String>, Kind<'a>> {
        if matches!(wat, QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..)) {
            return Err(skip("directives about components"));
        }
        let bytes = wat.encode().map_err(|error| error.message());
        Ok(bytes.and_then(|bytes| Module::new(bytes, self.features)))
    }

    fn module(&mut self, wat: QuoteWat<'a>) -> Kind<'a> {
        let name = wat.name().map(|id| id.name().to_string());
        let module = match self.encode(wat) {
            Ok(Ok(module)) => module,
            Ok(Err(message)) => {
                self.define(name, Err("its module was refused".to_string()));
                return fail(format!("the module was refused: {message}"));
            }
            Err(kind) => {
                self.define(name, Err("directives about components".to_string()));
                return kind;
            }
        };
        self.definitions.insert(name.clone(), Arc::new(module));
        let module = self.definitions[&name].clone();
        self.definitions.insert(None, module.clone());
        self.instantiate(name, module)
    }

    fn instantiate(&mut self, name: Option<String>, module: Arc<Module>) -> Kind<'a> {
        let instance = self.instance(module);
        self.script.instances.push(instance);
        let instance = self.script.instances.len() - 1;
        self.define(name, Ok(instance));
        Kind::Instantiate { instance, trap: None }
    }

    /// An instance with what is registered now as its arguments.
    fn instance(&self, module: Arc<Module>) -> Instance {
        let args = module.imports.iter().filter_map(|import| {
            let arg = self.registered.get(import.module.as_str())?;
            Some((import.module.clone(), *arg))
        });
        Instance { args: args.collect(), module }
    }

    fn define(&mut self, name: Option<String>, found: Found) {
        if let Some(name) = name {
            self.named.insert(name, found.clone());
        }
        self.current = found;
    }

    fn definition(&mut self, wat: QuoteWat<'a>) -> Kind<'a> {
        let name = wat.name().map(|id| id.name().to_string());
        match self.encode(wat) {
            Ok(Ok(module)) => {
                let module = Arc::new(module);
                self.definitions.insert(name, module.clone());
                self.definitions.insert(None, module);
                Kind::Settled(Outcome::Passed)
            }
            Ok(Err(message)) => fail(format!("the module was refused: {message}")),
            Err(kind) => kind,
        }
    }

    fn instance_of(&mut self, instance: Option<Id<'a>>, module: Option<Id<'a>>) -> Kind<'a> {
        let name = instance.map(|id| id.name().to_string());
        match self.definitions.get(&module.map(|id| id.name().to_string())).cloned() {
            Some(module) => self.instantiate(name, module),
            None => {
                self.define(name, Err("it is an instance of no module".to_string()));
                fail("there is no such module".to_string())
            }
        }
    }

    fn register(&mut self, name: &'a str, module: Option<Id<'a>>) -> Option<Kind<'a>> {
        match self.find(module) {
            Ok(instance) => {
                self.registered.insert(name, instance);
                None
            }
            Err(why) => {
                self.registered.remove(name);
                Some(skip(&why))
            }
        }
    }

    fn find(&self, name: Option<Id<'a>>) -> Found {
        match name {
            None => self.current.clone(),
            Some(id) => match self.named.get(id.name()) {
                Some(found) => found.clone(),
                None => Err(format!("there is no module ${}", id.name())),
            },
        }
    }

    fn execute(&mut self, exec: WastExecute<'a>, expect: Expect<'a>) -> Kind<'a> {
        match exec {
            WastExecute::Invoke(invoke) => self.invoke(invoke, expect),
            WastExecute::Get { module, global, .. } => {
                self.act(module, Action::Get { name: global }, expect)
            }
            WastExecute::Wat(wat) => {
                let before = self.current.clone();
                let kind = self.module(QuoteWat::Wat(wat));
                self.current = before;
                match (kind, expect) {
                    (Kind::Instantiate { instance, .. }, Expect::Trap(message)) => {
                        Kind::Instantiate { instance, trap: Some(message) }
                    }
                    (Kind::Instantiate { .. }, Expect::Exception | Expect::Exhaustion) => {
                        skip("instantiations that throw")
                    }
                    (kind, _) => kind,
                }
            }
        }
    }

    fn invoke(&mut self, invoke: WastInvoke<'a>, expect: Expect<'a>) -> Kind<'a> {
        let core = |arg| match arg {
            WastArg::Core(arg) => Some(arg),
            _ => None,
        };
        match invoke.args.into_iter().map(core).collect() {
            Some(args) => {
                self.act(invoke.module, Action::Invoke { name: invoke.name, args }, expect)
            }
            None => skip("directives about components"),
        }
    }

    fn act(&self, module: Option<Id<'a>>, action: Action<'a>, expect: Expect<'a>) -> Kind<'a> {
        match self.find(module) {
            Ok(instance) => Kind::Act { instance, action, expect },
            Err(why) => skip(&why),
        }
    }

    /// The text must be refused, or else the binary, as part of a component.
    fn refused(&self, mut wat: QuoteWat<'a>) -> Kind<'a> {
        if matches!(wat, QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..)) {
            return skip("directives about components");
        }
        let Ok(bytes) = wat.encode() else {
            return Kind::Settled(Outcome::Passed);
        };
        match compose::is_valid(&bytes, self.features) {
            Ok(()) => fail("the module was accepted".to_string()),
            Err(_) => Kind::Settled(Outcome::Passed),
        }
    }

    fn unlinkable(&self, wat: Wat<'a>, message: &str) -> Kind<'a> {
        if message.ends_with("segment does not fit") {
            return skip("since bulk memory operations, segments out of bounds trap");
        }
        match self.encode(QuoteWat::Wat(wat)) {
            Ok(Ok(module)) => Kind::Unlinkable(self.instance(Arc::new(module))),
            Ok(Err(message)) => fail(format!("the module is not even valid: {message}")),
            Err(kind) => kind,
        }
    }
}

fn skip<'a>(why: &str) -> Kind<'a> {
    Kind::Settled(Outcome::Skipped(why.to_string()))
}

fn fail<'a>(why: String) -> Kind<'a> {
    Kind::Settled(Outcome::Failed(why))
}

/// The results of core functions; one of a component's becomes one that nothing matches.
fn core_results(results: Vec<WastRet<'_>>) -> Vec<WastRetCore<'_>> {
    let core = |result| match result {
        WastRet::Core(result) => result,
        _ => WastRetCore::Either(Vec::new()),
    };
    results.into_iter().map(core).collect()
}

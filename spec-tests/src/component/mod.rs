//! Scripts of components: each component is a zone of its own.
//!
//! ```text
//!  text ──definition──▶ component, compiled and loaded ──link──▶ imports ──instance──▶ zone ──▶ calls
//! ```
//! Directives are run in order. A component is compiled when it is instantiated for the first time; a
//! definition that is never instantiated is checked for validity only. A trap ends the instance, not the
//! script.

mod definition;
mod instance;
mod link;
mod value;

use crate::Config;
use crate::lines::Lines;
use crate::report::{Outcome, Report};
use definition::Definition;
use instance::{Instance, Stopped};
use std::collections::HashMap;
use std::rc::Rc;
use wast::token::Id;
use wast::{QuoteWat, WastDirective, WastExecute, WastInvoke, WastRet, Wat};

/// Whether a script is about components.
pub fn is_script(directives: &[WastDirective<'_>]) -> bool {
    directives.iter().any(|directive| match directive {
        WastDirective::Module(wat)
        | WastDirective::ModuleDefinition(wat)
        | WastDirective::AssertMalformed { module: wat, .. }
        | WastDirective::AssertInvalid { module: wat, .. } => is_component(wat),
        WastDirective::AssertUnlinkable { module, .. }
        | WastDirective::AssertTrap { exec: WastExecute::Wat(module), .. } => {
            matches!(module, Wat::Component(_))
        }
        _ => false,
    })
}

/// Whether there is more to a directive than validity.
fn runs(directive: &WastDirective<'_>) -> bool {
    matches!(
        directive,
        WastDirective::ModuleInstance { .. }
            | WastDirective::Register { .. }
            | WastDirective::Invoke(_)
            | WastDirective::AssertReturn { .. }
            | WastDirective::AssertTrap { .. }
            | WastDirective::AssertExhaustion { .. }
            | WastDirective::AssertUnlinkable { .. }
    )
}

fn is_component(wat: &QuoteWat<'_>) -> bool {
    matches!(wat, QuoteWat::Wat(Wat::Component(_)) | QuoteWat::QuoteComponent(..))
}

/// Runs a script of components.
pub fn run(
    directives: Vec<WastDirective<'_>>,
    lines: &Lines,
    config: &Config,
    report: &mut Report,
) {
    let mut runner = Runner {
        config,
        current: Err(Outcome::Failed("there is no component yet".to_string())),
        named: HashMap::new(),
        definitions: HashMap::new(),
    };
    for directive in directives {
        let line = lines.at(directive.span());
        if let Some(outcome) = runner.directive(directive) {
            report.add(line, outcome);
        }
    }
}

/// An instance, or what became of the directive that should have made it.
type Found = Result<Rc<Instance>, Outcome>;

struct Runner<'c> {
    config: &'c Config,
    current: Found,
    /// What later components can import, too.
    named: HashMap<String, Found>,
    /// By name; the last one also without.
    definitions: HashMap<Option<String>, Rc<Definition>>,
}

/// What a call is expected to do.
enum Expect<'a> {
    /// Not to trap; the results do not matter.
    Return,
    Results(Vec<WastRet<'a>>),
    Trap(&'a str),
}

impl Runner<'_> {
    fn directive(&mut self, directive: WastDirective<'_>) -> Option<Outcome> {
        if self.config.checks_only && runs(&directive) {
            return Some(Outcome::Skipped("static checks run nothing".to_string()));
        }
        Some(match directive {
            WastDirective::Module(wat) => self.component(wat),
            WastDirective::ModuleDefinition(wat) => match self.define(wat) {
                Ok(_) => Outcome::Passed,
                Err(outcome) => outcome,
            },
            WastDirective::ModuleInstance { instance, module, .. } => {
                self.instance_of(instance, module)
            }
            WastDirective::Register { name, module, .. } => return self.register(name, module),
            WastDirective::Invoke(invoke) => self.invoke(&invoke, &Expect::Return),
            WastDirective::AssertReturn { exec, results, .. } => {
                self.execute(exec, &Expect::Results(results))
            }
            WastDirective::AssertTrap { exec, message, .. } => {
                self.execute(exec, &Expect::Trap(message))
            }
            WastDirective::AssertExhaustion { call, message, .. } => {
                self.invoke(&call, &Expect::Trap(message))
            }
            WastDirective::AssertMalformed { module, .. }
            | WastDirective::AssertInvalid { module, .. }
            | WastDirective::AssertMalformedCustom { module, .. }
            | WastDirective::AssertInvalidCustom { module, .. } => self.refused(module),
            WastDirective::AssertUnlinkable { module, .. } => self.unlinkable(module),
            WastDirective::AssertException { .. }
            | WastDirective::AssertSuspension { .. }
            | WastDirective::Thread(_)
            | WastDirective::Wait { .. } => {
                Outcome::Failed("components know no such directive".to_string())
            }
        })
    }

    /// Defines and instantiates.
    fn component(&mut self, wat: QuoteWat<'_>) -> Outcome {
        let name = name(wat.name());
        if !is_component(&wat) && !self.config.checks_only {
            return Outcome::Skipped("a core module among components".to_string());
        }
        let found = match self.define(wat) {
            Ok(_) if self.config.checks_only => return Outcome::Passed,
            Ok(definition) => self.instantiate(&definition),
            Err(outcome) => Err(outcome),
        };
        self.enter(name, found)
    }

    /// Parses, validates and keeps a definition.
    fn define(&mut self, mut wat: QuoteWat<'_>) -> Result<Rc<Definition>, Outcome> {
        let name = name(wat.name());
        let definition = self.parse(&mut wat).map_err(Outcome::Failed)?;
        let definition = Rc::new(definition);
        self.definitions.insert(name, definition.clone());
        self.definitions.insert(None, definition.clone());
        Ok(definition)
    }

    fn parse(&self, wat: &mut QuoteWat<'_>) -> Result<Definition, String> {
        let bytes = wat.encode().map_err(|error| error.message())?;
        Definition::new(bytes, self.config).map_err(|message| format!("was refused: {message}"))
    }

    fn instance_of(&mut self, instance: Option<Id<'_>>, definition: Option<Id<'_>>) -> Outcome {
        let definition = self.definitions.get(&name(definition)).cloned();
        let found = match definition {
            Some(definition) => self.instantiate(&definition),
            None => Err(Outcome::Failed("there is no such definition".to_string())),
        };
        self.enter(name(instance), found)
    }

    fn instantiate(&self, definition: &Definition) -> Found {
        match self.new_instance(definition) {
            Ok(instance) => Ok(Rc::new(instance)),
            Err(Stopped::Skipped(why)) => Err(Outcome::Skipped(why)),
            Err(Stopped::Failed(why)) => Err(Outcome::Failed(why)),
            Err(Stopped::Unlinkable(why)) => Err(Outcome::Failed(why)),
            Err(Stopped::Trapped(text)) => {
                Err(Outcome::Failed(format!("instantiation trapped: {text}")))
            }
        }
    }

    fn new_instance(&self, definition: &Definition) -> Result<Instance, Stopped> {
        let mut providers = link::providers(definition, |name| self.named.get(name).cloned())?;
        let given = link::given(&mut providers);
        Instance::new(definition.compiled(self.config, given)?, providers)
    }

    /// Makes an instance the current one.
    fn enter(&mut self, name: Option<String>, found: Found) -> Outcome {
        let outcome = found.as_ref().map_or_else(Outcome::clone, |_| Outcome::Passed);
        if let Some(name) = name {
            self.named.insert(name, found.clone());
        }
        self.current = found;
        outcome
    }

    fn register(&mut self, name: &str, id: Option<Id<'_>>) -> Option<Outcome> {
        let found = self.find(id);
        let outcome = found.as_ref().err().cloned();
        self.named.insert(name.to_string(), found);
        outcome
    }

    fn find(&self, id: Option<Id<'_>>) -> Found {
        let missing = || Outcome::Failed("there is no such instance".to_string());
        let found = match id {
            None => self.current.clone(),
            Some(id) => self.named.get(id.name()).cloned().unwrap_or_else(|| Err(missing())),
        };
        found.map_err(|outcome| match outcome {
            // What kept it from being made has been reported as the failure it is.
            Outcome::Failed(_) => Outcome::Skipped("its component failed".to_string()),
            outcome => outcome,
        })
    }

    fn execute(&mut self, exec: WastExecute<'_>, expect: &Expect<'_>) -> Outcome {
        match (exec, expect) {
            (WastExecute::Invoke(invoke), expect) => self.invoke(&invoke, expect),
            (WastExecute::Wat(wat), Expect::Trap(message)) => self.traps(wat, message),
            _ => Outcome::Failed("components know no such directive".to_string()),
        }
    }

    fn invoke(&self, invoke: &WastInvoke<'_>, expect: &Expect<'_>) -> Outcome {
        let instance = match self.find(invoke.module) {
            Ok(instance) => instance,
            Err(outcome) => return outcome,
        };
        let function = match instance.function(invoke.name) {
            Some(function) => function,
            None => return Outcome::Failed(format!("there is no function `{}`", invoke.name)),
        };
        let result = match (instance.call(function, &invoke.args), expect) {
            (Ok(result), Expect::Results(expected)) => {
                value::check(instance.types(), function.ty, expected, result.as_ref())
            }
            (Ok(_), Expect::Return) => Ok(()),
            (Ok(_), Expect::Trap(message)) => Err(format!("no trap, expected `{message}`")),
            (Err(Stopped::Trapped(text)), Expect::Trap(message)) => check_trap(&text, message),
            (Err(Stopped::Skipped(why)), _) => return Outcome::Skipped(why),
            (Err(stopped), _) => Err(stopped.to_string()),
        };
        result.into()
    }

    /// The component must trap when it is instantiated.
    fn traps(&mut self, wat: Wat<'_>, message: &str) -> Outcome {
        let definition = match self.parse(&mut QuoteWat::Wat(wat)) {
            Ok(definition) => definition,
            Err(why) => return Outcome::Failed(why),
        };
        match self.new_instance(&definition) {
            Ok(_) => Outcome::Failed(format!("no trap, expected `{message}`")),
            Err(Stopped::Trapped(text)) => check_trap(&text, message).into(),
            Err(Stopped::Skipped(why)) => Outcome::Skipped(why),
            Err(stopped) => Outcome::Failed(stopped.to_string()),
        }
    }

    /// The text must be refused, or else the binary.
    fn refused(&self, mut wat: QuoteWat<'_>) -> Outcome {
        match self.parse(&mut wat) {
            Ok(_) => Outcome::Failed("it was accepted".to_string()),
            Err(_) => Outcome::Passed,
        }
    }

    /// The component must be valid, and something must be wrong with its imports.
    fn unlinkable(&self, wat: Wat<'_>) -> Outcome {
        let definition = match self.parse(&mut QuoteWat::Wat(wat)) {
            Ok(definition) => definition,
            Err(why) => return Outcome::Failed(why),
        };
        match self.new_instance(&definition) {
            Ok(_) => Outcome::Failed("the imports were accepted".to_string()),
            Err(Stopped::Unlinkable(_)) => Outcome::Passed,
            Err(Stopped::Skipped(why)) => Outcome::Skipped(why),
            Err(stopped) => Outcome::Failed(stopped.to_string()),
        }
    }
}

fn name(id: Option<Id<'_>>) -> Option<String> {
    id.map(|id| id.name().to_string())
}

/// Messages are those of the suite if they contain what it says; some of its messages begin with what
/// wasmtime puts before all traps of core code.
fn check_trap(text: &str, message: &str) -> Result<(), String> {
    let message = message.strip_prefix("wasm trap: ").unwrap_or(message);
    match text.contains(message) {
        true => Ok(()),
        false => Err(format!("trapped with `{text}`, expected `{message}`")),
    }
}

//! Who serves the imports of the root component.
//!
//! WASI is served by `weldc-wasi` if the types agree. What is left goes to the embedder, traps when
//! called, or is refused: then all of it is collected, so that one message names every import.

use crate::args::ImportMode;
use crate::report::Failure;
use crate::wasi;
use std::collections::HashMap;
use weldc_compiler::link::{Binding, ImportPolicy, Receiver};
use weldc_compiler::names::ImportNames;
use weldc_compiler::types::QualifiedName;
use weldc_compiler::{Error, Result};

/// What becomes of an import that weldc has nothing for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unserved {
    /// The program that the output is linked into serves it.
    Embedder(ImportMode),
    Trap,
    Refuse,
    /// Only looking (`weldc inspect`): nothing is called, nothing refused.
    Ignore,
}

pub struct Policy {
    prefix: String,
    unserved: Unserved,
    names: ImportNames,
    /// Slots of the table of imports, in the order in which they were asked for.
    slots: HashMap<QualifiedName, u32>,
    /// The interfaces of imports whose names are the component's own choice.
    implemented: HashMap<String, String>,
    refused: Vec<String>,
    /// Built-ins that are not compiled yet trap when they are called.
    pub traps: bool,
}

/// What is imported.
#[derive(Clone, Copy, Debug)]
enum Item {
    Func,
    Resource,
}

impl Item {
    /// What precedes its name.
    fn text(self) -> &'static str {
        match self {
            Item::Func => "",
            Item::Resource => "resource ",
        }
    }
}

impl Policy {
    pub fn new(prefix: &str, unserved: Unserved) -> Policy {
        Policy {
            prefix: prefix.to_string(),
            unserved,
            names: ImportNames::default(),
            slots: HashMap::new(),
            implemented: HashMap::new(),
            refused: Vec::new(),
            traps: false,
        }
    }

    /// After linking: the imports that were refused, as one error.
    pub fn finish(self) -> std::result::Result<(), Failure> {
        if self.refused.is_empty() {
            return Ok(());
        }
        let imports = if self.refused.len() == 1 { "an import" } else { "imports" };
        Err(Failure::new(format!(
            "{imports} that nothing serves:\n  {}",
            self.refused.join("\n  ")
        ))
        .help(
            "with `--unknown-imports=trap` they trap when called; as an object or a library \
             (`weldc build -o FILE.o`), the program it is linked into provides them",
        ))
    }

    /// The name under which WASI would have it.
    fn standard(&self, name: &QualifiedName) -> QualifiedName {
        let interface = name.interface.as_ref();
        let implemented = interface.and_then(|interface| self.implemented.get(interface));
        QualifiedName { interface: implemented.or(interface).cloned(), name: name.name.clone() }
    }

    fn unserved(&mut self, name: &QualifiedName, item: Item) -> Binding {
        match self.unserved {
            Unserved::Embedder(ImportMode::Link) => {
                let symbol = match item {
                    Item::Func => self.names.func(&self.prefix, name),
                    Item::Resource => self.names.drop(&self.prefix, name),
                };
                Binding::Symbol { symbol, receiver: Receiver::Host }
            }
            Unserved::Embedder(ImportMode::Table) => {
                let next = self.slots.len() as u32;
                Binding::Table { slot: *self.slots.entry(name.clone()).or_insert(next) }
            }
            Unserved::Trap | Unserved::Ignore => Binding::Trap,
            Unserved::Refuse => {
                self.refused.push(format!("{}{}", item.text(), display(name)));
                Binding::Trap
            }
        }
    }
}

impl ImportPolicy for Policy {
    fn func(&mut self, name: &QualifiedName, signature: &str) -> Result<Binding> {
        match wasi::function(&self.standard(name), signature) {
            wasi::Found::Symbol(symbol) => {
                Ok(Binding::Symbol { symbol: symbol.to_string(), receiver: Receiver::Wasi })
            }
            wasi::Found::OtherType(expected) => Err(Error::new(format!(
                "the import {} is declared as\n  {signature}\nbut WASI has it as\n  {expected}",
                display(name)
            ))
            .help("the component was made for another version of this interface")),
            wasi::Found::Nothing => Ok(self.unserved(name, Item::Func)),
        }
    }

    fn resource(&mut self, name: &QualifiedName) -> Result<Binding> {
        match wasi::destructor(&self.standard(name)) {
            Some(symbol) => {
                Ok(Binding::Symbol { symbol: symbol.to_string(), receiver: Receiver::Wasi })
            }
            None => Ok(self.unserved(name, Item::Resource)),
        }
    }

    fn traps(&mut self, _: &str) -> bool {
        self.traps
    }

    /// Where instances may serve imports, they must serve all of them.
    fn demands_unused(&self, name: &QualifiedName) -> bool {
        self.unserved == Unserved::Embedder(ImportMode::Table) && !wasi::serves(name)
    }

    fn implements(&mut self, name: &str, interface: &str) {
        self.implemented.insert(name.to_string(), interface.to_string());
    }
}

/// `interface#name`, as the component's author would write it.
fn display(name: &QualifiedName) -> String {
    match &name.interface {
        Some(interface) => format!("{interface}#{}", name.name),
        None => name.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(interface: Option<&str>, name: &str) -> QualifiedName {
        QualifiedName { interface: interface.map(str::to_string), name: name.to_string() }
    }

    #[test]
    fn wasi_is_served_by_name_and_type() {
        let mut policy = Policy::new("p", Unserved::Refuse);
        let exit = name(Some("wasi:cli/exit@0.2.7"), "exit");
        let Ok(Binding::Symbol { symbol, receiver: Receiver::Wasi }) =
            policy.func(&exit, "(result)")
        else {
            panic!("wasi:cli/exit is served");
        };
        assert_eq!(symbol, "weldc_wasi_cli_exit_exit");
        let error = policy.func(&exit, "(u32)").unwrap_err();
        assert!(error.to_string().contains("is declared as\n  (u32)"), "{error}");
        assert!(policy.resource(&name(Some("wasi:io/streams@0.2.0"), "input-stream")).is_ok());
        assert!(policy.finish().is_ok());
    }

    #[test]
    fn wasi_is_served_under_any_name_that_means_it() {
        let mut policy = Policy::new("p", Unserved::Refuse);
        policy.implements("leave", "wasi:cli/exit@0.2.3");
        for interface in ["leave", "wasi:cli/exit@0.2", "wasi:cli/exit@0.2.3"] {
            let binding = policy.func(&name(Some(interface), "exit"), "(result)").unwrap();
            assert!(matches!(binding, Binding::Symbol { receiver: Receiver::Wasi, .. }));
        }
        policy.func(&name(Some("stay"), "exit"), "(result)").unwrap();
        assert!(policy.finish().unwrap_err().to_string().contains("stay#exit"));
    }

    #[test]
    fn every_refused_import_is_named() {
        let mut policy = Policy::new("p", Unserved::Refuse);
        policy.func(&name(Some("a:b/c"), "f"), "()").unwrap();
        policy.func(&name(None, "g"), "()").unwrap();
        policy.resource(&name(Some("a:b/c"), "r")).unwrap();
        let error = policy.finish().unwrap_err().to_string();
        for part in ["a:b/c#f", "\n  g", "resource a:b/c#r"] {
            assert!(error.contains(part), "{error}");
        }
    }

    #[test]
    fn the_embedder_serves_by_symbol_or_slot() {
        let mut link = Policy::new("p", Unserved::Embedder(ImportMode::Link));
        let binding = link.func(&name(Some("a:b/c"), "do-it"), "()").unwrap();
        let symbol = "p_import_c_do_it".to_string();
        assert_eq!(binding, Binding::Symbol { symbol, receiver: Receiver::Host });
        let mut table = Policy::new("p", Unserved::Embedder(ImportMode::Table));
        let mut slot = |item: &str| table.func(&name(None, item), "()").unwrap();
        assert_eq!(slot("a"), Binding::Table { slot: 0 });
        assert_eq!(slot("b"), Binding::Table { slot: 1 });
        assert_eq!(slot("a"), Binding::Table { slot: 0 });
    }

    #[test]
    fn unknown_imports_can_trap() {
        let mut policy = Policy::new("p", Unserved::Trap);
        assert_eq!(policy.func(&name(None, "f"), "()").unwrap(), Binding::Trap);
        assert!(policy.finish().is_ok());
    }
}

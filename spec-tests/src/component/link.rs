//! What components of a script import: other components of it, by their names.
//!
//! A component is compiled without knowing who will serve its imports; they meet when it is instantiated
//! (`weldc_runtime::Zone::link`), where names and types decide. Only definitions must be known before: a component
//! that exports core modules or components, and nothing that has state, is given to the compiler as a whole.

use super::Found;
use super::definition::Definition;
use super::instance::{Instance, Stopped};
use crate::report::Outcome;
use std::collections::HashMap;
use std::rc::Rc;
use weldc_compiler::Result as CompilerResult;
use weldc_compiler::link::{Binding, ImportPolicy};
use weldc_compiler::parse::Given;
use weldc_compiler::types::QualifiedName;

/// An instance, and the import that it serves.
pub struct Provider {
    pub import: String,
    pub instance: Rc<Instance>,
}

/// Who serves a component's imports; `find` gives the instance of a name, if the script has one.
pub fn providers(
    definition: &Definition,
    find: impl Fn(&str) -> Option<Found>,
) -> Result<Vec<Provider>, Stopped> {
    let provider = |import: &String| match find(import) {
        None => Err(Stopped::Unlinkable(format!("nothing provides the import `{import}`"))),
        Some(Ok(instance)) => Ok(Provider { import: import.clone(), instance }),
        Some(Err(Outcome::Skipped(why))) => Err(Stopped::Skipped(why)),
        Some(Err(_)) => Err(Stopped::Skipped(format!("the component `{import}` failed"))),
    };
    definition.imports.iter().map(provider).collect()
}

/// What the compiler is given of the providers; those that are left are linked.
pub fn given(providers: &mut Vec<Provider>) -> Vec<Given> {
    let definitions = providers.extract_if(.., |provider| provider.instance.is_definitions());
    definitions
        .map(|Provider { import, instance }| Given {
            file: format!("${import}"),
            import,
            bytes: instance.component().to_vec(),
        })
        .collect()
}

/// Every import is a word that linking fills, and what is not compiled traps when it is called.
#[derive(Default)]
pub struct Policy {
    slots: HashMap<QualifiedName, u32>,
}

impl Policy {
    fn slot(&mut self, name: &QualifiedName) -> CompilerResult<Binding> {
        let next = self.slots.len() as u32;
        Ok(Binding::Table { slot: *self.slots.entry(name.clone()).or_insert(next) })
    }
}

impl ImportPolicy for Policy {
    fn func(&mut self, name: &QualifiedName, _: &str) -> CompilerResult<Binding> {
        self.slot(name)
    }
    fn resource(&mut self, name: &QualifiedName) -> CompilerResult<Binding> {
        self.slot(name)
    }
    fn demands_unused(&self, _: &QualifiedName) -> bool {
        true
    }
    fn traps(&mut self, _: &str) -> bool {
        true
    }
}

//! [`Parsed`] → [`Program`]: the instantiation of the root component, evaluated while compiling.
//!
//! A component is a program in a small language: definitions in order, each binding the next index of a
//! space. Instantiating it runs that program. Nothing in it depends on run-time values, so it is run
//! here; what remains are core instances, the functions between them, and the steps (segments, start
//! functions) that have effects. Types are evaluated in the same environment, so that every resource
//! has an identity.
//!
//! [`env`] has the language's values, `instantiate` runs the definitions of a component, `core` those
//! of the core level, `canon` and `concurrent` the canonical ones; `subtyping` shows things through types; `imports` and
//! `exports` are the border to the host.
//!
//! On entry: a validated component. Sorts, indices and types are right, so a lookup that fails is an
//! error that says so and never a panic. On exit: a flat program; nothing in it is named by an index
//! of the input but functions of modules and segments.

mod canon;
mod concurrent;
mod consts;
mod core;
pub mod core_types;
mod env;
mod exports;
mod imports;
mod instantiate;
pub mod program;
mod signature;
mod subtyping;
#[cfg(test)]
pub(crate) mod tests;
pub mod trampoline;
mod types;
mod values;

use crate::error::{Error, Result};
use crate::index::*;
use crate::parse::Parsed;
use crate::parse::module::Entity;
use crate::types::QualifiedName;
pub use consts::element_values;
use core_types::CoreType;
use cranelift_entity::PrimaryMap;
use env::*;
pub use exports::core_exports;
pub use program::*;
pub use signature::{signature_text, unversioned, without_versions};
use std::collections::{HashMap, HashSet};
pub use trampoline::*;
use wasmparser::FuncType;
use wasmparser::types::CoreTypeId;

/// Decides how the root component's imports are bound.
pub trait ImportPolicy {
    /// The binding of an imported function. `signature` is its type as text, see
    /// [`signature_text`]. An error refuses the component.
    fn func(&mut self, name: &QualifiedName, signature: &str) -> Result<Binding>;
    /// The destructor of an imported resource type.
    fn resource(&mut self, name: &QualifiedName) -> Result<Binding>;
    /// Whether a built-in that is not compiled yet, or a way of calling, is bound to a trap. If not, a
    /// component that uses it is refused.
    fn traps(&mut self, _what: &str) -> bool {
        false
    }
    /// Whether whoever instantiates the program must serve an import although nothing uses it, as the
    /// specification demands where components are linked.
    fn demands_unused(&self, _name: &QualifiedName) -> bool {
        false
    }
    /// Told before anything of it is asked for: the import `name`, which is the component's own choice, is
    /// an instance of the interface `interface`.
    fn implements(&mut self, _name: &str, _interface: &str) {}
}

/// Instantiates the root component on paper.
///
/// Of the imports only what is used is asked for: a function when it is lowered or exported again, a
/// resource when a function that is used mentions it or it is dropped.
pub fn link(parsed: &Parsed, imports: &mut dyn ImportPolicy) -> Result<Program> {
    let linked = Linker::new(parsed, imports).link();
    linked.map_err(|error| parsed.files.locate(error))
}

/// Definitions, functions and items that linking may visit. Real components need thousands; a few
/// kilobytes of nested instantiations could ask for more than any machine has.
const MAX_WORK: usize = 10_000_000;
const MAX_CORE_INSTANCES: usize = 100_000;
/// How deep instantiations, and instances in instances, may nest.
const MAX_DEPTH: usize = 200;

/// The interpreter's state: the program so far, and the arenas of values.
struct Linker<'a, 'p> {
    parsed: &'a Parsed,
    policy: &'p mut dyn ImportPolicy,
    program: Program,
    envs: PrimaryMap<EnvId, Env<'a>>,
    instances: PrimaryMap<InstanceVal, Exports<'a>>,
    core_instances: PrimaryMap<CoreInstanceVal, CoreExports<'a>>,
    host_funcs: PrimaryMap<HostFuncId, imports::HostFunc>,
    host_resources: HashMap<QualifiedName, ResourceId>,
    /// Of components that were given for imports of instances.
    given_instances: HashMap<ComponentId, InstanceVal>,
    /// Host resources whose destructor the policy has bound.
    bound_resources: HashSet<ResourceId>,
    /// Types whose host resources are all bound.
    bound_types: HashSet<TypeId>,
    /// How good the name of a resource is; a better one replaces it.
    resource_names: HashMap<ResourceId, exports::NameRank>,
    /// Lifts that have the name of an export.
    named_lifts: HashSet<LiftId>,
    primitives: HashMap<u8, TypeId>,
    signatures: HashMap<FuncType, SigId>,
    /// Types that are not plain.
    core_types: HashMap<CoreTypeId, CoreType>,
    /// The exports of every module that was asked for one.
    module_exports: HashMap<ModuleId, HashMap<&'a str, Entity>>,
    work: usize,
    depth: usize,
}

impl<'a, 'p> Linker<'a, 'p> {
    fn new(parsed: &'a Parsed, policy: &'p mut dyn ImportPolicy) -> Self {
        Linker {
            parsed,
            policy,
            program: Program::default(),
            envs: PrimaryMap::new(),
            instances: PrimaryMap::new(),
            core_instances: PrimaryMap::new(),
            host_funcs: PrimaryMap::new(),
            host_resources: HashMap::new(),
            given_instances: HashMap::new(),
            bound_resources: HashSet::new(),
            bound_types: HashSet::new(),
            resource_names: HashMap::new(),
            named_lifts: HashSet::new(),
            primitives: HashMap::new(),
            signatures: HashMap::new(),
            core_types: HashMap::new(),
            module_exports: HashMap::new(),
            work: 0,
            depth: 0,
        }
    }

    fn link(mut self) -> Result<Program> {
        let root = self.instantiate_root()?;
        self.export_root(root)?;
        self.note_unused();
        core_types::number(&mut self.program)?;
        Ok(self.program)
    }

    /// Counts work, so that a component cannot make linking endless.
    fn spend(&mut self, work: usize) -> Result<()> {
        self.work = self.work.saturating_add(work);
        if self.work > MAX_WORK {
            return Err(Error::new(format!(
                "instantiating the component takes more than {MAX_WORK} steps"
            ))
            .help("components that instantiate each other many times multiply"));
        }
        Ok(())
    }

    /// Goes one level deeper.
    fn nested<T>(&mut self, inside: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= MAX_DEPTH {
            let message = format!("instances are nested more than {MAX_DEPTH} levels deep");
            return Err(Error::new(message));
        }
        self.depth += 1;
        let result = inside(self);
        self.depth -= 1;
        result
    }

    fn new_env(&mut self, parent: Option<EnvId>) -> EnvId {
        self.envs.push(Env { parent, ..Env::default() })
    }
}

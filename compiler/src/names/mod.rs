//! C names of everything a program shows to the outside.
//!
//! ```text
//!  PREFIX_new                       the library's own
//!  PREFIX_IFACE_area                an exported function
//!  PREFIX_IFACE_counter_new         [constructor]counter
//!  PREFIX_IFACE_counter_inc         [method]counter.inc, [static]counter.inc
//!  PREFIX_IFACE_counter_drop        the destructor of an exported resource
//!  PREFIX_IFACE_point_t             a type (with _free, constants, …)
//!  PREFIX_import_IFACE_log          a function that the embedder provides
//! ```
//!
//! IFACE is what [`interface`] makes of an interface's name, and is left out for what the world itself
//! imports or exports. Two things that would get one name are told apart by an underscore, then by
//! `__2`, `__3`, …, in the order of the program: a label can neither end in an underscore nor have two of
//! them, so such a name is never a third thing's. All names are ASCII identifiers of C11 and C++.
//!
//! Linker symbols depend on the program's exports and imports only, never on its types.

pub mod ident;
mod imports;
pub mod interface;

pub use imports::{ImportNames, import};

use crate::index::{ExportId, ResourceId, TypeId};
use crate::link::{Binding, ExportItem, Program, Receiver, ResourceOrigin};
use crate::translate::api::{TASK_API, task_api_suffix};
use crate::translate::funcs::{Api, ErrorContextApi, WasiApi};
use crate::translate::{EntryForm, FuncKey};
use crate::types::QualifiedName;
use cranelift_entity::SecondaryMap;
use interface::Interfaces;
use std::collections::{HashMap, HashSet};

/// The linker symbol of a generated function; `None` if it is not visible outside.
///
/// For many functions of one program, ask one [`Names`].
pub fn symbol(program: &Program, prefix: &str, key: FuncKey) -> Option<String> {
    is_visible(key).then(|| Names::new(program, prefix).symbol(key)).flatten()
}

/// Whether a function has a linker symbol.
pub fn is_visible(key: FuncKey) -> bool {
    matches!(
        key,
        FuncKey::Entry(..) | FuncKey::Api(_) | FuncKey::StageEntry(_) | FuncKey::CoreEntry(_)
    )
}

/// The linker symbol of the artefact record.
pub fn artefact(prefix: &str) -> String {
    format!("{prefix}_artefact")
}

/// The C name of an exported function: `PREFIX_INTERFACE_FUNCTION`.
pub fn export(program: &Program, prefix: &str, id: ExportId) -> String {
    Names::new(program, prefix).export(id).to_string()
}

/// The C name of a resource type, without `_t`.
pub fn resource(program: &Program, prefix: &str, id: ResourceId) -> String {
    Names::new(program, prefix).resource(id).to_string()
}

/// The C name of a named type, without `_t`; `None` for a type that the header does not mention by name.
pub fn ty(program: &Program, prefix: &str, id: TypeId) -> Option<String> {
    crate::header::type_name(program, prefix, id)
}

/// The names of one program.
#[derive(Debug)]
pub struct Names {
    prefix: String,
    interfaces: Interfaces,
    taken: HashSet<String>,
    /// For a name that was taken: the number of the next attempt.
    attempts: HashMap<String, u32>,
    exports: SecondaryMap<ExportId, String>,
    resources: SecondaryMap<ResourceId, String>,
}

/// Longest name, but for what tells it from others; labels can be as long as their author likes.
const MAX_BYTES: usize = 512;

/// What the library itself defines: never available to anything else.
const OWN: &[&str] = &[
    "_t",
    "_new",
    "_new_linked",
    "_provider_t",
    "_delete",
    "_message",
    "_artefact",
    "_imports",
    "_imports_t",
    "_status_t",
    "_string_t",
    "_string_from",
    "_string_dup",
    "_string_free",
];

/// What it defines beside [`TASK_API`] if it has tasks.
const OWN_OF_TASKS: &[&str] = &["_completion_t", "_copy_t", "_copy_count", "_copy_ended", "_ended"];

/// The end of the name of an export's asynchronous form.
pub const ASYNC: &str = "_async";

impl Names {
    /// Names every resource and every exported function.
    pub fn new(program: &Program, prefix: &str) -> Names {
        let mut names = Names {
            prefix: prefix.to_string(),
            interfaces: Interfaces::new(interfaces(program)),
            taken: OWN.iter().map(|own| format!("{prefix}{own}")).collect(),
            attempts: HashMap::new(),
            exports: SecondaryMap::new(),
            resources: SecondaryMap::new(),
        };
        if program.has_error_contexts() {
            let functions = ErrorContextApi::ALL.map(ErrorContextApi::suffix);
            let own = functions.into_iter().chain(["_error_context_t", "_error_context_free"]);
            names.taken.extend(own.map(|own| format!("{prefix}{own}")));
        }
        if program.has_tasks() {
            let own = TASK_API.into_iter().map(task_api_suffix).chain(OWN_OF_TASKS.iter().copied());
            names.taken.extend(own.map(|own| format!("{prefix}{own}")));
        }
        if program.waits_for_wasi() {
            names.taken.extend(WasiApi::ALL.map(|api| format!("{prefix}{}", api.suffix())));
        }
        names.taken.extend(import_symbols(program).map(str::to_string));
        names.name_resources(program);
        for (id, export) in program.exports.iter() {
            if let ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } = export.item {
                let base = names.qualified(&export.name);
                let endings: &[&str] =
                    if program.types.func(ty).async_ { &["", ASYNC] } else { &[""] };
                names.exports[id] = names.claim(base, endings);
            }
        }
        names
    }

    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// As the function [`symbol`].
    pub fn symbol(&self, key: FuncKey) -> Option<String> {
        let prefix = &self.prefix;
        Some(match key {
            FuncKey::Entry(id, EntryForm::Direct) => self.export(id).to_string(),
            FuncKey::Entry(id, EntryForm::Async) => format!("{}{ASYNC}", self.export(id)),
            FuncKey::Entry(id, EntryForm::Packed) => format!("{}__packed", self.export(id)),
            FuncKey::StageEntry(id) => format!("{prefix}__stage{}", id.as_u32()),
            FuncKey::CoreEntry(id) => format!("{prefix}__core{}", id.as_u32()),
            FuncKey::Api(Api::New) => format!("{prefix}_new"),
            FuncKey::Api(Api::NewLinked) => format!("{prefix}_new_linked"),
            FuncKey::Api(Api::Delete) => format!("{prefix}_delete"),
            FuncKey::Api(Api::Message) => format!("{prefix}_message"),
            FuncKey::Api(Api::ErrorContext(api)) => format!("{prefix}{}", api.suffix()),
            FuncKey::Api(Api::Task(function)) => format!("{prefix}{}", task_api_suffix(function)),
            FuncKey::Api(Api::Wasi(api)) => format!("{prefix}{}", api.suffix()),
            FuncKey::Api(Api::Main(_)) => "main".to_string(),
            FuncKey::Api(Api::DropResource(id)) => format!("{}_drop", self.resource(id)),
            _ => return None,
        })
    }

    /// The C name of an exported function.
    pub fn export(&self, id: ExportId) -> &str {
        &self.exports[id]
    }

    /// The C name of a resource type, without `_t`.
    pub fn resource(&self, id: ResourceId) -> &str {
        &self.resources[id]
    }

    /// The contribution of an interface to names.
    pub fn interface(&mut self, interface: &str) -> String {
        self.interfaces.get(interface)
    }

    /// `PREFIX_IFACE_NAME`, which may be taken.
    pub fn qualified(&mut self, name: &QualifiedName) -> String {
        let label = label(&name.name);
        match &name.interface {
            Some(interface) => {
                format!("{}_{}_{label}", self.prefix, self.interfaces.get(interface))
            }
            None => format!("{}_{label}", self.prefix),
        }
    }

    /// Takes `base`, or a name like it, such that it is free with each of `endings` behind it.
    pub fn claim(&mut self, mut base: String, endings: &[&str]) -> String {
        base.truncate(base.floor_char_boundary(MAX_BYTES));
        let mut name = base.clone();
        while endings.iter().any(|ending| self.taken.contains(&format!("{name}{ending}"))) {
            let attempt = self.attempts.entry(base.clone()).or_insert(1);
            name = if *attempt == 1 { format!("{base}_") } else { format!("{base}__{attempt}") };
            *attempt += 1;
        }
        self.taken.extend(endings.iter().map(|ending| format!("{name}{ending}")));
        name
    }

    /// Exported resources have the name they are first exported under; then come those that are only
    /// mentioned.
    fn name_resources(&mut self, program: &Program) {
        for export in program.exports.values() {
            if let ExportItem::Resource(id) = export.item {
                self.name_resource(id, &export.name);
            }
        }
        for (id, resource) in program.resources.iter() {
            self.name_resource(id, &resource.name);
        }
    }

    fn name_resource(&mut self, id: ResourceId, name: &QualifiedName) {
        if self.resources[id].is_empty() {
            let base = self.qualified(name);
            self.resources[id] = self.claim(base, &["_t", "_drop"]);
        }
    }
}

/// The part of a name that comes from a function's, resource's or type's label:
/// `[constructor]counter` → `counter_new`, `[method]counter.inc` → `counter_inc`.
///
/// A method called `new` or `drop` gets an underscore behind, for these are the constructor and the
/// destructor.
fn label(name: &str) -> String {
    if let Some(resource) = name.strip_prefix("[constructor]") {
        return format!("{}_new", ident::snake(resource));
    }
    let plain = name.rsplit(']').next().unwrap_or(name);
    match plain.split_once('.') {
        Some((resource, func @ ("new" | "drop"))) => format!("{}_{func}_", ident::snake(resource)),
        _ => ident::snake(plain),
    }
}

/// The interfaces through which the program shows something to its embedder.
fn interfaces(program: &Program) -> impl Iterator<Item = &str> {
    let exports = program.exports.values().map(|export| &export.name);
    let imports = program.imports.values().filter(|i| is_embedders(&i.binding)).map(|i| &i.name);
    exports.chain(imports).filter_map(|name| name.interface.as_deref())
}

/// The symbols that the embedder defines.
fn import_symbols(program: &Program) -> impl Iterator<Item = &str> {
    let funcs = program.imports.values().map(|import| &import.binding);
    let drops = program.resources.values().filter_map(|resource| match &resource.origin {
        ResourceOrigin::Host { drop } => Some(drop),
        ResourceOrigin::Guest { .. } => None,
    });
    funcs.chain(drops).filter_map(|binding| match binding {
        Binding::Symbol { symbol, receiver: Receiver::Host } => Some(symbol.as_str()),
        _ => None,
    })
}

/// Whether the embedder provides what is bound so.
pub fn is_embedders(binding: &Binding) -> bool {
    matches!(binding, Binding::Symbol { receiver: Receiver::Host, .. } | Binding::Table { .. })
}

#[cfg(test)]
mod tests;

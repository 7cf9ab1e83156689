//! Prototypes: what the component exports, and what it imports from its embedder.

use super::model::Model;
use super::text::Text;
use super::wit;
use crate::index::{ExportId, FuncTypeId, ResourceId};
use crate::link::{Binding, Export, ExportItem, HostImport, Program, Receiver, ResourceOrigin};
use crate::names::{ASYNC, Names, ident};
use crate::types::QualifiedName;
use indexmap::IndexMap;
use std::collections::{BTreeMap, HashSet};

/// What the embedder provides: functions that it defines, and the struct of function pointers that it
/// hands over.
pub fn imports(out: &mut Text, program: &Program, model: &Model, names: &Names) {
    let printer = Printer { program, model, names };
    let wanted = Wanted::new(program);
    out.section("Imports: what you provide");
    if !wanted.symbols.is_empty() {
        let lead = "The component calls these functions; your program defines them.";
        out.comment(&printer.import_contract(lead));
        for (symbol, item) in &wanted.symbols {
            printer.extern_import(out, symbol, item);
        }
        out.blank();
    }
    if wanted.slots.is_empty() {
        out.comment("This component takes no table of imports: pass null.");
        out.line(&format!("typedef struct {0}_imports_t {0}_imports_t;", names.prefix()));
    } else {
        printer.table(out, &wanted.slots);
    }
}

/// What the component exports, interface by interface.
pub fn exports(out: &mut Text, program: &Program, model: &Model, names: &Names) {
    let printer = Printer { program, model, names };
    let mut groups: IndexMap<Option<&str>, Vec<ExportId>> = IndexMap::new();
    for (id, export) in program.exports.iter() {
        groups.entry(export.name.interface.as_deref()).or_default().push(id);
    }
    let mut dropped = HashSet::new();
    for (interface, members) in groups {
        let mut heading = Some(interface.unwrap_or("The world's own exports"));
        for id in members {
            let export = &program.exports[id];
            match export.item {
                ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } => {
                    begin(out, &mut heading);
                    printer.export(out, export, names.export(id), ty);
                }
                ExportItem::Resource(id) if dropped.insert(id) && printer.is_guests(id) => {
                    begin(out, &mut heading);
                    printer.drop_function(out, id);
                }
                _ => {}
            }
        }
    }
}

/// A heading before the first item of a group, an empty line before the others.
fn begin(out: &mut Text, heading: &mut Option<&str>) {
    match heading.take() {
        Some(heading) => out.section(heading),
        None => out.blank(),
    }
}

/// Something that the embedder provides.
enum Import<'a> {
    Func(&'a QualifiedName, FuncTypeId),
    /// The type is of the function that gives the value.
    Value(&'a QualifiedName, FuncTypeId),
    Drop(&'a QualifiedName, ResourceId),
}

impl Import<'_> {
    fn name(&self) -> &QualifiedName {
        match self {
            Import::Func(name, _) | Import::Value(name, _) | Import::Drop(name, _) => name,
        }
    }
}

/// The embedder's imports by binding.
#[derive(Default)]
struct Wanted<'a> {
    /// In the order of the program.
    symbols: Vec<(&'a str, Import<'a>)>,
    slots: BTreeMap<u32, Import<'a>>,
}

impl<'a> Wanted<'a> {
    fn new(program: &'a Program) -> Wanted<'a> {
        let mut wanted = Wanted::default();
        let mut seen = HashSet::new();
        let drops = program.resources.iter().filter_map(|(id, resource)| match &resource.origin {
            ResourceOrigin::Host { drop } => Some((drop, Import::Drop(&resource.name, id))),
            ResourceOrigin::Guest { .. } => None,
        });
        let funcs = program.imports.iter().map(|(id, import)| {
            let HostImport { name, ty, binding } = import;
            let import = match program.is_value(id) {
                true => Import::Value(name, *ty),
                false => Import::Func(name, *ty),
            };
            (binding, import)
        });
        for (binding, import) in drops.chain(funcs) {
            match binding {
                Binding::Symbol { symbol, receiver: Receiver::Host }
                    if seen.insert(symbol.as_str()) =>
                {
                    wanted.symbols.push((symbol, import));
                }
                Binding::Table { slot } => {
                    wanted.slots.entry(*slot).or_insert(import);
                }
                _ => {}
            }
        }
        wanted
    }
}

struct Printer<'a> {
    program: &'a Program,
    model: &'a Model,
    names: &'a Names,
}

impl Printer<'_> {
    fn prefix(&self) -> &str {
        self.names.prefix()
    }

    /// What holds for every function that the embedder provides.
    fn import_contract(&self, lead: &str) -> String {
        format!(
            "{lead} `host` is what you gave to _new. They return {0}_OK. {0}_HOST_FAILED ends the instance; so does \
             what a call to another instance returned. Parameters are valid during the call; strings and lists in \
             a result come from malloc and are freed for you.",
            ident::screaming(self.prefix())
        )
    }

    fn is_guests(&self, id: ResourceId) -> bool {
        matches!(self.program.resources[id].origin, ResourceOrigin::Guest { .. })
    }

    fn export(&self, out: &mut Text, export: &Export, name: &str, ty: FuncTypeId) {
        let mut comment = match export.item {
            ExportItem::Value { .. } => wit::value(self.program, &export.name.name, ty),
            _ => wit::signature(self.program, &export.name.name, ty),
        };
        if let Some(free) = self.free_result(ty) {
            comment.push_str(&format!("\nFree the result with {free}."));
        }
        out.comment(&comment);
        let receiver = format!("{}_t *instance", self.prefix());
        let head = format!("{}_status_t {name}", self.prefix());
        let mut params = self.params(receiver, "instance", ty);
        out.prototype(&head, &params, ";");
        if self.program.types.func(ty).async_ {
            params.push(self.completion());
            out.prototype(&format!("{head}{ASYNC}"), &params, ";");
        }
    }

    fn completion(&self) -> String {
        format!("{}_completion_t *completion", self.prefix())
    }

    fn free_result(&self, ty: FuncTypeId) -> Option<String> {
        let result = self.program.types.func(ty).result?;
        self.model.free(self.model.get(result))
    }

    fn drop_function(&self, out: &mut Text, id: ResourceId) {
        let name = self.names.resource(id);
        out.comment(&format!(
            "Drops an owned handle to a {}, running its destructor.",
            self.program.resources[id].name.name
        ));
        let params = [format!("{}_t *instance", self.prefix()), format!("{name}_t handle")];
        out.prototype(&format!("{}_status_t {name}_drop", self.prefix()), &params, ";");
    }

    fn extern_import(&self, out: &mut Text, symbol: &str, import: &Import<'_>) {
        out.blank();
        out.comment(&self.describe(import));
        let head = match import {
            Import::Func(..) | Import::Value(..) => {
                format!("extern {}_status_t {symbol}", self.prefix())
            }
            Import::Drop(..) => format!("extern void {symbol}"),
        };
        out.prototype(&head, &self.import_params(import), ";");
    }

    fn table(&self, out: &mut Text, slots: &BTreeMap<u32, Import<'_>>) {
        let prefix = self.prefix();
        out.comment(&self.import_contract("The functions that the component calls, for _new."));
        out.line(&format!("typedef struct {prefix}_imports_t {{"));
        let mut next = 0;
        let mut taken = HashSet::new();
        for (&slot, import) in slots {
            if slot > next {
                out.line(&format!("  void *unused_{next}[{}];", slot - next));
            }
            next = slot + 1;
            self.slot(out, import, &mut taken);
        }
        out.line(&format!("}} {prefix}_imports_t;"));
    }

    fn slot(&self, out: &mut Text, import: &Import<'_>, taken: &mut HashSet<String>) {
        out.note("  ", &self.describe(import));
        let mut member = self.slot_name(import);
        while !taken.insert(member.clone()) {
            member.push('_');
        }
        let result = match import {
            Import::Func(..) | Import::Value(..) => format!("{}_status_t", self.prefix()),
            Import::Drop(..) => "void".to_string(),
        };
        out.prototype(&format!("  {result} (*{member})"), &self.import_params(import), ";");
    }

    /// The symbol that it would have, without its prefix.
    fn slot_name(&self, import: &Import<'_>) -> String {
        let symbol = crate::names::import("", import.name());
        let name = symbol.strip_prefix("_import_").unwrap_or(&symbol);
        match import {
            Import::Func(..) | Import::Value(..) => ident::member(name),
            Import::Drop(..) => ident::member(&format!("{name}_drop")),
        }
    }

    fn describe(&self, import: &Import<'_>) -> String {
        let interface = match &import.name().interface {
            Some(interface) => format!("{interface}: "),
            None => String::new(),
        };
        match import {
            Import::Func(name, ty) => {
                format!("{interface}{}", wit::signature(self.program, &name.name, *ty))
            }
            Import::Value(name, ty) => {
                let value = wit::value(self.program, &name.name, *ty);
                format!("{interface}{value}, asked for once by _new")
            }
            Import::Drop(name, _) => {
                format!("{interface}the component drops a {} that it owned", name.name)
            }
        }
    }

    fn import_params(&self, import: &Import<'_>) -> Vec<String> {
        let host = "void *host".to_string();
        match import {
            Import::Func(_, ty) | Import::Value(_, ty) => {
                let mut params = self.params(host, "host", *ty);
                params.extend(self.program.types.func(*ty).async_.then(|| self.completion()));
                params
            }
            Import::Drop(_, id) => vec![host, format!("{} rep", self.handle(*id))],
        }
    }

    /// A host resource that no function mentions has no type.
    fn handle(&self, id: ResourceId) -> String {
        let known = self.model.handle(id);
        known.map_or("uint64_t".to_string(), |ty| self.model.spell_type(ty))
    }

    fn params(&self, receiver: String, receiver_name: &str, ty: FuncTypeId) -> Vec<String> {
        let ty = self.program.types.func(ty);
        let mut params = vec![receiver];
        for param in &ty.params {
            let mut name = ident::member(&param.name);
            if name == receiver_name || name == "result" || ty.async_ && name == "completion" {
                name.push('_');
            }
            let spelled = self.model.spell(param.ty);
            params.push(match self.model.by_value(param.ty) {
                true => format!("{spelled} {name}"),
                false => format!("const {spelled} *{name}"),
            });
        }
        if let Some(result) = ty.result {
            params.push(format!("{} *result", self.model.spell(result)));
        }
        params
    }
}

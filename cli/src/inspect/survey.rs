//! Parsed, Program, Layout → a report.

use super::model::*;
use crate::input::Input;
use weldc_compiler::header::wit;
use weldc_compiler::index::{ImportId, TypeId};
use weldc_compiler::link::{Binding, ExportItem, HostImport, Program, Receiver};
use weldc_compiler::parse::Parsed;
use weldc_compiler::parse::component::{Def, ExternType, Located};
use weldc_compiler::place::Layout;
use weldc_compiler::translate::{FuncKey, FuncTable};
use weldc_compiler::types::QualifiedName;

/// A component after all phases before translation.
pub struct Linked {
    pub program: Program,
    pub layout: Layout,
    /// What would be compiled.
    pub funcs: FuncTable,
}

/// Everything but the features; of a component that does not link, what parsing tells.
pub fn survey(input: &Input, parsed: &Parsed, linked: Option<&Linked>) -> Report {
    let root = &parsed.components[parsed.root];
    let mut report = Report {
        file: input.display.clone(),
        name: root.name.clone(),
        size: input.bytes.len(),
        modules: modules(parsed),
        customs: customs(parsed),
        imports: declared_imports(parsed),
        exports: declared_exports(parsed),
        ..Report::default()
    };
    report.command = report.exports.iter().any(is_run);
    if let Some(linked) = linked {
        link(&mut report, parsed, linked);
    }
    report
}

/// Whether this export makes the component a command.
fn is_run(export: &Interface) -> bool {
    export.name.as_deref().is_some_and(|name| name.starts_with("wasi:cli/run@"))
}

/// The root's imports: definitions with what they are, everything else by name.
fn declared_imports(parsed: &Parsed) -> Vec<Interface> {
    let defs = parsed.components[parsed.root].defs.iter();
    let import = |def: &Located<Def>| {
        let Def::Import { name, ty } = &def.item else { return None };
        let definition = match ty {
            ExternType::CoreModule(_) => Some("core module"),
            ExternType::Component(_) => Some("component"),
            _ => None,
        };
        Some(match definition {
            Some(kind) => {
                Interface { items: vec![format!("{kind} {}", name.name)], ..Interface::default() }
            }
            None => Interface {
                name: Some(name.full().into_owned()),
                served: parsed.given.contains_key(&name.name).then_some(Served::Given),
                ..Interface::default()
            },
        })
    };
    defs.filter_map(import).collect()
}

/// The names of the root's exports.
fn declared_exports(parsed: &Parsed) -> Vec<Interface> {
    let defs = parsed.components[parsed.root].defs.iter();
    let names = defs.filter_map(|def| match &def.item {
        Def::Export { name, .. } => Some(Some(name.full().into_owned())),
        _ => None,
    });
    names.map(|name| Interface { name, ..Interface::default() }).collect()
}

fn modules(parsed: &Parsed) -> Vec<Module> {
    let module = |(index, module): (usize, &weldc_compiler::parse::module::Module)| Module {
        name: module.name.clone().unwrap_or_else(|| format!("module {index}")),
        size: module.range.len(),
        functions: module.bodies.len(),
        code: module.bodies.iter().map(|body| body.len()).sum(),
        data: module.data.iter().map(|segment| segment.range.len()).sum(),
        instances: None,
    };
    parsed.modules.values().enumerate().map(module).collect()
}

fn customs(parsed: &Parsed) -> Vec<Custom> {
    let of_components = parsed.components.values().flat_map(|component| &component.customs);
    let of_modules = parsed.modules.values().flat_map(|module| &module.customs);
    let mut customs: Vec<Custom> = Vec::new();
    for custom in of_components.chain(of_modules) {
        match customs.iter_mut().find(|known| known.name == custom.name) {
            Some(known) => known.size += custom.range.len(),
            None => {
                customs.push(Custom { name: custom.name.clone(), size: custom.range.len() });
            }
        }
    }
    customs
}

/// What linking and placing add.
fn link(report: &mut Report, parsed: &Parsed, linked: &Linked) {
    let Linked { program, layout, funcs } = linked;
    report.imports = imports(std::mem::take(&mut report.imports), program);
    report.exports = exports(program);
    report.modules.iter_mut().for_each(|module| module.instances = Some(0));
    for instance in program.instances.values() {
        let module = instance.module.as_u32() as usize;
        *report.modules[module].instances.get_or_insert(0) += 1;
        report.instances.push(Instance { name: instance.name.clone(), module });
    }
    report.memories = memories(program, layout);
    report.tables = tables(program);
    let count = |is: fn(&FuncKey) -> bool| funcs.keys.values().filter(|key| is(key)).count();
    let functions = count(|key| matches!(key, FuncKey::Core { .. }));
    let adapters = count(|key| matches!(key, FuncKey::Trampoline(_)));
    let instances = program.instances.values();
    let bodies = instances.map(|instance| parsed.modules[instance.module].bodies.len());
    report.counts = Some(Counts {
        functions,
        dropped: bodies.sum::<usize>() + program.trampolines.len() - functions - adapters,
        adapters,
        component_instances: program.component_instances.len(),
        resources: program.resources.len(),
        globals: program.globals.len(),
        context: layout.context_size,
    });
}

/// The functions that are used, under the imports that bring them.
fn imports(declared: Vec<Interface>, program: &Program) -> Vec<Interface> {
    let mut root = Interface::default();
    let mut interfaces: Vec<Interface> = Vec::new();
    for mut interface in declared {
        if interface.name.is_none() {
            root.items.append(&mut interface.items);
            continue;
        }
        let name = interface.name.as_deref();
        let used: Vec<_> = of_interface(program, name).collect();
        let own = program.imports.iter().find(|(_, import)| {
            import.name.interface.is_none() && Some(&import.name.name[..]) == name
        });
        if let Some((id, _)) = own {
            root.items.push(import(program, id));
            root.served = Some(Served::Embedder);
            continue;
        }
        interface.items = types(program, name);
        interface.items.extend(used.iter().map(|&id| import(program, id)));
        interface.served.get_or_insert_with(|| served(program, &used));
        interfaces.push(interface);
    }
    with_root(root, interfaces)
}

fn import(program: &Program, id: ImportId) -> String {
    let HostImport { name, ty, .. } = &program.imports[id];
    match program.is_value(id) {
        true => wit::value_within(usize::MAX, program, &name.name, *ty),
        false => wit::signature_within(usize::MAX, program, &name.name, *ty),
    }
}

fn of_interface<'a>(program: &'a Program, name: Option<&'a str>) -> impl Iterator<Item = ImportId> {
    let imports = program.imports.iter();
    imports.filter(move |(_, i)| i.name.interface.as_deref() == name).map(|(id, _)| id)
}

fn served(program: &Program, used: &[ImportId]) -> Served {
    let by_wasi = |&id: &ImportId| {
        matches!(program.imports[id].binding, Binding::Symbol { receiver: Receiver::Wasi, .. })
    };
    match used {
        [] => Served::Unused,
        _ if used.iter().all(by_wasi) => Served::Wasi,
        _ => Served::Embedder,
    }
}

/// Definitions of the named types of an interface.
fn types(program: &Program, interface: Option<&str>) -> Vec<String> {
    let in_it = |name: &QualifiedName| name.interface.as_deref() == interface;
    let named = program.types.iter().filter(|(_, def)| def.name.as_ref().is_some_and(in_it));
    let mut definitions: Vec<String> = Vec::new();
    for (id, _) in named {
        push_once(&mut definitions, definition(program, id));
    }
    definitions
}

/// Equal definitions occur where one type has several ids.
fn push_once(definitions: &mut Vec<String>, definition: String) {
    if !definitions.contains(&definition) {
        definitions.push(definition);
    }
}

fn definition(program: &Program, id: TypeId) -> String {
    wit::definition_within(usize::MAX, program, id)
}

fn exports(program: &Program) -> Vec<Interface> {
    let mut root = Interface::default();
    let mut interfaces: Vec<Interface> = Vec::new();
    for export in program.exports.values() {
        let item = match &export.item {
            ExportItem::Func { ty, .. } => {
                wit::signature_within(usize::MAX, program, &export.name.name, *ty)
            }
            ExportItem::Value { ty, .. } => {
                wit::value_within(usize::MAX, program, &export.name.name, *ty)
            }
            ExportItem::Type(id) => definition(program, *id),
            ExportItem::Resource(_) => format!("resource {}", export.name.name),
            ExportItem::Definition(kind) => format!("{kind} {}", export.name.name),
        };
        let name = &export.name.interface;
        let interface = match name {
            None => &mut root,
            Some(_) => match interfaces.iter().position(|known| known.name == *name) {
                Some(index) => &mut interfaces[index],
                None => {
                    interfaces.push(Interface { name: name.clone(), ..Interface::default() });
                    interfaces.last_mut().expect("one was pushed")
                }
            },
        };
        push_once(&mut interface.items, item);
    }
    with_root(root, interfaces)
}

fn with_root(root: Interface, mut interfaces: Vec<Interface>) -> Vec<Interface> {
    if !root.items.is_empty() {
        interfaces.insert(0, root);
    }
    interfaces
}

fn memories(program: &Program, layout: &Layout) -> Vec<Memory> {
    let memory = |(id, memory): (_, &weldc_compiler::link::Memory)| {
        let page = 1u64 << memory.ty.page_size_log2.unwrap_or(16);
        let place = &layout.memories[id];
        Memory {
            instance: program.instances[memory.instance].name.clone(),
            minimum: memory.ty.initial.saturating_mul(page),
            maximum: memory.ty.maximum.map(|pages| pages.saturating_mul(page)),
            is_64: memory.ty.memory64,
            image: place.image.len(),
            guarded: place.guarded,
        }
    };
    program.memories.iter().map(memory).collect()
}

fn tables(program: &Program) -> Vec<Table> {
    let table = |table: &weldc_compiler::link::Table| Table {
        instance: program.instances[table.instance].name.clone(),
        element: table.ty.element_type.to_string(),
        minimum: table.ty.initial,
        maximum: table.ty.maximum,
    };
    program.tables.values().map(table).collect()
}

//! What the root component exports, flattened; and the names that things get on their way out.

use super::Linker;
use super::env::*;
use crate::error::{Error, Result};
use crate::index::*;
use crate::link::{CoreExport, Export, ExportItem, Func, Program, ResourceOrigin};
use crate::parse::Parsed;
use crate::parse::component::{Def, Located};
use crate::parse::module::Entity;
use crate::types::QualifiedName;
use cranelift_entity::PrimaryMap;

/// Looks exports of core instances up for the host, which may use functions and globals.
pub fn core_exports(
    parsed: &Parsed,
    program: &Program,
    wanted: &[(InstanceId, String)],
) -> Result<PrimaryMap<CoreExportId, CoreExport>> {
    let find = |(id, name): &(InstanceId, String)| {
        let instance = program.instances.get(*id)?;
        match parsed.modules[instance.module].export(name)? {
            Entity::Func(func) => Some(CoreExport::Func(*instance.funcs.get(func as usize)?)),
            Entity::Global(id) => Some(CoreExport::Global(*instance.globals.get(id as usize)?)),
            _ => None,
        }
    };
    let found = wanted.iter().map(|wanted| {
        find(wanted).ok_or_else(|| {
            let (id, name) = wanted;
            Error::new(format!("{id} exports no function or global `{name}`"))
        })
    });
    found.collect()
}

/// How much a name of a resource tells, the better the greater.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameRank {
    /// Exported by some component.
    Bare,
    /// In an instance that some component exports.
    Interface,
    /// As the root component exports it.
    Root,
}

impl<'a> Linker<'a, '_> {
    /// Lets what is exported learn its name, if it has no better one.
    pub fn note_export_name(&mut self, name: &str, item: Item<'a>) {
        match item {
            Item::Func(FuncVal { source: FuncSource::Lift(id), .. }) => self.name_lift(id, name),
            Item::Type(TypeVal::Resource(id)) => {
                self.name_resource(id, NameRank::Bare, None, name);
            }
            Item::Instance(id) => {
                let resources: Vec<_> = self.instances[id]
                    .iter()
                    .filter_map(|(&inner, item)| match item {
                        Item::Type(TypeVal::Resource(id)) => Some((inner, *id)),
                        _ => None,
                    })
                    .collect();
                for (inner, id) in resources {
                    self.name_resource(id, NameRank::Interface, Some(name), inner);
                }
            }
            _ => {}
        }
    }

    /// The first export that a lifted function is seen as names it.
    fn name_lift(&mut self, id: LiftId, name: &str) {
        if self.named_lifts.insert(id) {
            self.program.lifts[id].name = name.to_string();
        }
    }

    /// Names a resource of a component's; a host's keeps the name it is imported under. Among equally
    /// good names the first stays.
    fn name_resource(
        &mut self,
        id: ResourceId,
        rank: NameRank,
        interface: Option<&str>,
        name: &str,
    ) {
        let resource = &mut self.program.resources[id];
        let named = self.resource_names.get(&id).is_some_and(|&old| old >= rank);
        if named || matches!(resource.origin, ResourceOrigin::Host { .. }) {
            return;
        }
        self.resource_names.insert(id, rank);
        let interface = interface.map(str::to_string);
        resource.name = QualifiedName { interface, name: name.to_string() };
    }

    /// Flattens the exports of the root instance into the program's.
    pub fn export_root(&mut self, root: InstanceVal) -> Result<()> {
        let parsed = self.parsed;
        let defs = parsed.components[parsed.root].defs.iter();
        for Located { offset, item } in defs {
            if let Def::Export { name, .. } = item {
                let item = self.export_of(root, &name.name)?;
                self.export_named(None, &name.full(), item).map_err(|error| error.at(*offset))?;
            }
        }
        Ok(())
    }

    fn export_instance(&mut self, interface: &str, instance: InstanceVal) -> Result<()> {
        let items: Vec<(&'a str, Item<'a>)> =
            self.instances[instance].iter().map(|(&name, &item)| (name, item)).collect();
        items
            .into_iter()
            .try_for_each(|(name, item)| self.export_named(Some(interface), name, item))
    }

    fn export_named(&mut self, interface: Option<&str>, name: &str, item: Item<'a>) -> Result<()> {
        self.spend(1)?;
        self.export_item(interface, name, item)
            .map_err(|error| error.within(format!("export `{name}`")))
    }

    fn export_item(&mut self, interface: Option<&str>, name: &str, item: Item<'a>) -> Result<()> {
        let qualified =
            QualifiedName { interface: interface.map(str::to_string), name: name.to_string() };
        let item = match item {
            Item::Func(func) => self.export_func(func)?,
            Item::Value(ValueVal { id: value, ty }) => {
                ExportItem::Value { value, ty: self.getter(ty) }
            }
            Item::Type(TypeVal::Value(id)) => {
                self.program.types.name(id, qualified.clone());
                ExportItem::Type(id)
            }
            Item::Type(TypeVal::Resource(id)) => {
                self.name_resource(id, NameRank::Root, interface, name);
                ExportItem::Resource(id)
            }
            // Types of functions and instances are names for nothing that exists at run time.
            Item::Type(_) => return Ok(()),
            Item::Instance(inner) => {
                let path = match interface {
                    Some(interface) => format!("{interface}/{name}"),
                    None => name.to_string(),
                };
                return self.nested(|this| this.export_instance(&path, inner));
            }
            Item::Component(_) => ExportItem::Definition("component"),
            Item::Module(_) => ExportItem::Definition("core module"),
        };
        self.program.exports.push(Export { name: qualified, item });
        Ok(())
    }

    fn export_func(&mut self, func: FuncVal) -> Result<ExportItem> {
        let ty = func.ty;
        let func = self.used_func(func)?;
        self.bind_resources(ty)?;
        Ok(ExportItem::Func { func, ty })
    }

    /// The function, to be called.
    pub fn used_func(&mut self, func: FuncVal) -> Result<Func> {
        Ok(match func.source {
            FuncSource::Lift(id) => Func::Lift(id),
            FuncSource::Host(id) => Func::Import(self.host_import(id)?),
            FuncSource::Missing(missing) => return Err(missing.error()),
        })
    }
}

//! What the root component imports: functions and resources of the host, named by where the type of an
//! import has them. Instances of the host exist on paper only.

use super::Linker;
use super::env::*;
use super::signature_text;
use crate::error::{Error, Result};
use crate::index::*;
use crate::link::{Binding, HostImport, Resource, ResourceOrigin, Unused, UnusedItem};
use crate::parse::component::{Decl, ExternType, TypeBound};
use crate::types::{QualifiedName, Type};

/// A function that the root component could use; an [`ImportId`] once it does.
pub struct HostFunc {
    name: QualifiedName,
    ty: FuncTypeId,
    offset: usize,
    id: Option<ImportId>,
}

impl<'a> Linker<'a, '_> {
    /// Evaluates an import of the root component.
    pub fn import_from_host(
        &mut self,
        env: EnvId,
        name: &'a str,
        ty: &'a ExternType,
        offset: usize,
    ) -> Result<Item<'a>> {
        let qualified = QualifiedName { interface: None, name: name.to_string() };
        match ty {
            ExternType::Instance(index) => {
                let (decls, outer) = self.instance_type_at(env, *index)?;
                let instance =
                    self.nested(|this| this.host_instance(name, decls, outer, offset))?;
                Ok(Item::Instance(instance))
            }
            _ => self.host_item(env, qualified, ty, offset),
        }
    }

    /// A function or type of the host's; the caller has seen to instances.
    fn host_item(
        &mut self,
        env: EnvId,
        name: QualifiedName,
        ty: &ExternType,
        offset: usize,
    ) -> Result<Item<'a>> {
        Ok(match ty {
            ExternType::Func(index) => {
                let ty = self.func_type_at(env, *index)?;
                let id = self.host_funcs.push(HostFunc { name, ty, offset, id: None });
                Item::Func(FuncVal { source: FuncSource::Host(id), ty })
            }
            ExternType::Type(TypeBound::SubResource) => {
                let origin = ResourceOrigin::Host { drop: Binding::Nothing };
                let id = self.program.resources.push(Resource { name, origin });
                Item::Type(TypeVal::Resource(id))
            }
            ExternType::Type(TypeBound::Eq(index)) => {
                let ty = get(&self.envs[env].types, *index)?;
                if let TypeVal::Value(id) = ty {
                    self.program.types.name(id, name);
                }
                Item::Type(ty)
            }
            ExternType::CoreModule(_) => return Err(unsupported_import("core module", &name.name)),
            ExternType::Component(_) => return Err(unsupported_import("component", &name.name)),
            ExternType::Value(_) => return Err(values()),
            ExternType::Instance(_) => return Err(invalid("an instance is no item")),
        })
    }

    /// Evaluates an instance type as an instance of the host's; `interface` is the name of the import.
    fn host_instance(
        &mut self,
        interface: &str,
        decls: &'a [Decl],
        outer: EnvId,
        offset: usize,
    ) -> Result<InstanceVal> {
        let env = self.new_env(Some(outer));
        let mut exports = Exports::new();
        for decl in decls {
            self.spend(1)?;
            let Decl::Export { name, ty } = decl else {
                self.declare(env, decl)?;
                continue;
            };
            let item = if let ExternType::Instance(index) = ty {
                let (decls, outer) = self.instance_type_at(env, *index)?;
                let path = format!("{interface}/{name}");
                let inner = |this: &mut Self| this.host_instance(&path, decls, outer, offset);
                Item::Instance(self.nested(inner)?)
            } else {
                let interface = Some(interface.to_string());
                let qualified = QualifiedName { interface, name: name.clone() };
                self.host_item(env, qualified, ty, offset)?
            };
            self.envs[env].push(item);
            exports.insert(name, item);
        }
        Ok(self.instances.push(exports))
    }

    /// Evaluates a declaration of an instance type that is no export.
    fn declare(&mut self, env: EnvId, decl: &'a Decl) -> Result<()> {
        match decl {
            Decl::Type(ty) => {
                let ty = self.type_def(env, None, ty)?;
                self.envs[env].types.push(ty);
            }
            Decl::Alias(alias) => {
                if let Some(item) = self.alias(env, alias)? {
                    self.envs[env].push(item);
                }
            }
            Decl::CoreType(_) | Decl::Import { .. } | Decl::Export { .. } => {}
        }
        Ok(())
    }

    /// The instance with only the exports that the instance type `decls` has, at every level.
    pub fn narrow(
        &mut self,
        instance: InstanceVal,
        decls: &'a [Decl],
        outer: EnvId,
    ) -> Result<InstanceVal> {
        let declared = decls.iter().filter(|d| matches!(d, Decl::Export { .. })).count();
        let nested = |d: &Decl| matches!(d, Decl::Export { ty: ExternType::Instance(_), .. });
        self.spend(declared)?;
        if declared == self.instances[instance].len() && !decls.iter().any(nested) {
            return Ok(instance);
        }
        let env = self.new_env(Some(outer));
        let mut exports = Exports::new();
        for decl in decls {
            let Decl::Export { name, ty } = decl else {
                self.declare(env, decl)?;
                continue;
            };
            let mut item = self.export_of(instance, name)?;
            if let (Item::Instance(inner), ExternType::Instance(index)) = (item, ty) {
                let (decls, outer) = self.instance_type_at(env, *index)?;
                item = Item::Instance(self.nested(|this| this.narrow(inner, decls, outer))?);
            }
            self.envs[env].push(item);
            exports.insert(name, item);
        }
        Ok(self.instances.push(exports))
    }

    /// The import of a host function that is used; the policy is asked once.
    pub fn host_import(&mut self, id: HostFuncId) -> Result<ImportId> {
        if let Some(import) = self.host_funcs[id].id {
            return Ok(import);
        }
        let HostFunc { ty, offset, ref name, .. } = self.host_funcs[id];
        let name = name.clone();
        let signature = signature_text(&self.program, ty);
        let binding = self.policy.func(&name, &signature).map_err(|error| error.at(offset))?;
        let import = self.program.imports.push(HostImport { name, ty, binding });
        self.host_funcs[id].id = Some(import);
        Ok(import)
    }

    /// Notes what is imported and was not used, if the policy wants to know. Everything else has been linked.
    pub fn note_unused(&mut self) {
        let funcs = self.host_funcs.values().filter(|func| func.id.is_none());
        let funcs = funcs.map(|func| (&func.name, UnusedItem::Func(func.ty)));
        let bound = &self.bound_resources;
        let resources = self.program.resources.iter().filter(|(id, resource)| {
            matches!(resource.origin, ResourceOrigin::Host { .. }) && !bound.contains(id)
        });
        let resources = resources.map(|(id, r)| (&r.name, UnusedItem::Resource(id)));
        let unused: Vec<Unused> = funcs
            .chain(resources)
            .filter(|(name, _)| self.policy.demands_unused(name))
            .map(|(name, item)| Unused { name: name.clone(), item })
            .collect();
        self.program.unused = unused;
    }

    /// Why a host function cannot be used, whoever lowers it.
    pub fn missing_host_type(&mut self, id: HostFuncId) -> Option<Missing> {
        let HostFunc { ty, offset, .. } = self.host_funcs[id];
        self.missing_type(ty, offset)
    }

    /// Binds the host resources in the type of a function that is used.
    pub fn bind_resources(&mut self, ty: FuncTypeId) -> Result<()> {
        let ty = self.program.types.func(ty);
        let types: Vec<TypeId> = ty.params.iter().map(|p| p.ty).chain(ty.result).collect();
        types.into_iter().try_for_each(|ty| self.bind_resources_in(ty))
    }

    /// Recursion is bounded: the validator limits the depth of types.
    fn bind_resources_in(&mut self, ty: TypeId) -> Result<()> {
        if !self.bound_types.insert(ty) {
            return Ok(());
        }
        match *self.program.types.get(ty) {
            Type::Own(id) | Type::Borrow(id) => self.bind_resource(id),
            _ => {
                let children = self.program.types.children(ty);
                children.into_iter().try_for_each(|child| self.bind_resources_in(child))
            }
        }
    }

    /// Asks the policy for the destructor of a host resource that is used.
    pub fn bind_resource(&mut self, id: ResourceId) -> Result<()> {
        let resource = &mut self.program.resources[id];
        if let ResourceOrigin::Host { drop } = &mut resource.origin
            && self.bound_resources.insert(id)
        {
            *drop = self.policy.resource(&resource.name)?;
        }
        Ok(())
    }
}

fn unsupported_import(what: &str, name: &str) -> Error {
    Error::new(format!("importing a {what} (`{name}`) from the host is not supported yet"))
        .help("compose the component with what it needs first (`wac plug`)")
}

//! What the root component imports: functions and resources of the host, named by where the type of an
//! import has them, and definitions that are given when compiling. Instances of the host exist on paper
//! only.

use super::Linker;
use super::env::*;
use super::instantiate::Frame;
use super::signature_text;
use crate::error::{Error, Result};
use crate::index::*;
use crate::link::{Binding, HostImport, Resource, ResourceOrigin, Unused, UnusedItem};
use crate::parse::Definition;
use crate::parse::component::{Decl, ExternName, ExternType, TypeBound, ValType};
use crate::types::{QualifiedName, Type};

/// A function that the root component could use; an [`ImportId`] once it does.
pub struct HostFunc {
    name: QualifiedName,
    ty: FuncTypeId,
    offset: usize,
    id: Option<ImportId>,
}

impl<'a> Linker<'a, '_> {
    /// Evaluates an import of the root component, or of one that is given for an import of its.
    pub fn import_from_host(
        &mut self,
        env: EnvId,
        name: &'a ExternName,
        ty: &'a ExternType,
        offset: usize,
    ) -> Result<Item<'a>> {
        let full = name.full();
        let ExternType::Instance(index) = ty else {
            let qualified = QualifiedName { interface: None, name: full.into_owned() };
            return self.host_item(env, qualified, ty, offset);
        };
        if let Some(interface) = name.interface() {
            self.policy.implements(&full, &interface);
            self.program.implements.insert(full.to_string(), interface.into_owned());
        }
        let declared = self.instance_type_at(env, *index)?;
        let instance = self.nested(|this| this.host_instance(&full, declared, offset))?;
        Ok(Item::Instance(instance))
    }

    /// Evaluates an import of the root component that something was given for.
    pub fn import_given(
        &mut self,
        frame: &Frame<'a>,
        name: &'a ExternName,
        definition: Definition,
        ty: &'a ExternType,
    ) -> Result<Item<'a>> {
        let item = match definition {
            Definition::Module(id) => Item::Module(id),
            Definition::Component(component) => {
                // It is no part of any other component, so it sees none.
                let env = self.new_env(None);
                let closure = Closure { component, env, view: None };
                match ty {
                    ExternType::Instance(_) => {
                        Item::Instance(self.given_instance(frame, &name.name, closure)?)
                    }
                    _ => Item::Component(closure),
                }
            }
        };
        self.ascribe(frame.env, item, ty)
    }

    /// The instance that a component gives for an import: its export of that name if that is one, else its
    /// own. It is instantiated once, whatever it is given for.
    fn given_instance(
        &mut self,
        frame: &Frame<'a>,
        import: &str,
        closure: Closure<'a>,
    ) -> Result<InstanceVal> {
        let made = match self.given_instances.get(&closure.component) {
            Some(&made) => made,
            None => self.instantiate_given(frame, import, closure)?,
        };
        self.given_instances.insert(closure.component, made);
        Ok(match self.instances[made].get(import) {
            Some(&Item::Instance(inner)) => inner,
            _ => made,
        })
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
                Item::Type(TypeVal::Resource(self.host_resource(name)))
            }
            ExternType::Type(TypeBound::Eq(index)) => {
                let ty = get(&self.envs[env].types, *index)?;
                if let TypeVal::Value(id) = ty {
                    self.program.types.name(id, name);
                }
                Item::Type(ty)
            }
            ExternType::CoreModule(_) => return Err(not_given("core module", &name)),
            ExternType::Component(_) => return Err(not_given("component", &name)),
            ExternType::Value(ty) => Item::Value(self.host_value(env, name, *ty, offset)?),
            ExternType::Instance(_) => return Err(invalid("an instance is no item")),
        })
    }

    /// A value of the host's: a function without parameters, which instantiation calls here.
    fn host_value(
        &mut self,
        env: EnvId,
        name: QualifiedName,
        ty: ValType,
        offset: usize,
    ) -> Result<ValueVal> {
        let ty = self.val_type(env, ty)?;
        let getter = self.getter(ty);
        let id = self.host_funcs.push(HostFunc { name, ty: getter, offset, id: None });
        let source = FuncSource::Host(id);
        let value = self.call_at_start(FuncVal { source, ty: getter }, &[])?;
        self.program.value_imports.extend(self.host_funcs[id].id);
        value.ok_or_else(|| invalid("a value has no type"))
    }

    /// A resource of the host's: the one of this name, whoever imports it.
    fn host_resource(&mut self, name: QualifiedName) -> ResourceId {
        let resources = &mut self.program.resources;
        *self.host_resources.entry(name).or_insert_with_key(|name| {
            let origin = ResourceOrigin::Host { drop: Binding::Nothing };
            resources.push(Resource { name: name.clone(), origin })
        })
    }

    /// Evaluates an instance type as an instance of the host's; `interface` is the name of the import.
    fn host_instance(
        &mut self,
        interface: &str,
        declared: Declared<'a>,
        offset: usize,
    ) -> Result<InstanceVal> {
        let env = self.new_env(Some(declared.env));
        let mut exports = Exports::new();
        for decl in declared.decls {
            self.spend(1)?;
            let Decl::Export { name, ty } = decl else {
                self.declare(env, decl)?;
                continue;
            };
            let item = if let ExternType::Instance(index) = ty {
                let declared = self.instance_type_at(env, *index)?;
                let path = format!("{interface}/{}", name.full());
                let inner = |this: &mut Self| this.host_instance(&path, declared, offset);
                Item::Instance(self.nested(inner)?)
            } else {
                let interface = Some(interface.to_string());
                let qualified = QualifiedName { interface, name: name.full().into_owned() };
                self.host_item(env, qualified, ty, offset)?
            };
            self.envs[env].push(item);
            exports.insert(&name.name, item);
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

fn not_given(what: &str, name: &QualifiedName) -> Error {
    let error = Error::new(format!("the import `{}` is a {what}, and none is given", name.name));
    match name.interface {
        None => error.help(format!("give it when compiling: `--with {}=FILE`", name.name)),
        Some(_) => error.help("compose the component with what it needs first (`wac plug`)"),
    }
}

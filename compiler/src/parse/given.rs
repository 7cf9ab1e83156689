//! Whether what is given for imports of the root component has their types.
//!
//! On entry: the root and everything given have passed one validator, so types of all of them can be
//! compared. The rules are the validator's own for the arguments of an instantiation; what is done here
//! is to say which resource stands for which, import by import, as instantiating the root would.
//!
//! A component that is given for an import of an instance is instantiated with imports from the host. Its
//! export of the import's name is the import if that is an instance, else all of its exports are. A resource
//! that both it and the root import under one name is one resource.

use super::component::ExternName;
use super::sources::File;
use crate::error::{Error, Result};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use wasmparser::component_types::{
    ComponentAnyTypeId, ComponentEntityType, ComponentInstanceTypeId, ComponentTypeId, Remap,
    Remapping, ResourceId, SubtypeCx,
};
use wasmparser::types::{Types, TypesRef};

/// Something that is given, and its types.
pub(super) struct Offer<'s> {
    pub file: &'s File,
    pub types: Rc<Types>,
}

/// Checks all that is given against the imports of the root, which are in order. `newest` are the types of what
/// was validated last: lists of types grow only, so it has them all.
pub(super) fn check(
    root: &Types,
    newest: &Types,
    imports: &[&ExternName],
    offers: &[Offer<'_>],
) -> Result<()> {
    if offers.is_empty() {
        return Ok(());
    }
    refuse_strays(imports, offers)?;
    let all = newest.as_ref();
    let mut check = Check {
        root: root.as_ref(),
        imports,
        cx: SubtypeCx::new_with_refs(all, all),
        provided: Remapping::default(),
        known: HashSet::new(),
    };
    for name in imports {
        let Some(wanted) = check.import(name) else { continue };
        match offers.iter().find(|offer| offer.file.import == name.name) {
            Some(offer) => check.offer(wanted, offer).map_err(|error| {
                Error::new(format!(
                    "{} is not what the import `{}` asks for: {}",
                    offer.file.name,
                    name.full(),
                    error.message()
                ))
            })?,
            None => check.introduce(wanted, None),
        }
    }
    Ok(())
}

/// What is given for nothing, or twice for one import.
fn refuse_strays(imports: &[&ExternName], offers: &[Offer<'_>]) -> Result<()> {
    let mut seen = HashSet::new();
    for Offer { file, .. } in offers {
        if !seen.insert(&file.import) {
            let message = format!("there are two files for the import `{}`", file.import);
            return Err(Error::new(message));
        }
        if !imports.iter().any(|import| import.name == file.import) {
            let names: Vec<_> = imports.iter().map(|name| format!("`{}`", name.name)).collect();
            let error = Error::new(format!(
                "{} is given for the import `{}`, but the component has no such import",
                file.name, file.import
            ));
            return Err(match names[..] {
                [] => error.help("it imports nothing"),
                _ => error.help(format!("it imports {}", names.join(", "))),
            });
        }
    }
    Ok(())
}

/// Types of what is given are in `cx.a`, those of the root in `cx.b`.
struct Check<'t> {
    root: TypesRef<'t>,
    imports: &'t [&'t ExternName],
    cx: SubtypeCx<'t>,
    /// The root's imported resources, and what is given for them.
    provided: Remapping,
    /// The resources of imports so far.
    known: HashSet<ResourceId>,
}

impl Check<'_> {
    fn import(&self, name: &ExternName) -> Option<ComponentEntityType> {
        self.root.component_item_for_import(&name.name).map(|item| item.ty)
    }

    /// Checks what is given for an import that has the type `wanted`.
    fn offer(&mut self, wanted: ComponentEntityType, offer: &Offer<'_>) -> Result<()> {
        use ComponentEntityType::{Component, Instance, Module};
        let types = Types::as_ref(&offer.types);
        let is_component = types.component_count() > 0;
        match (wanted, is_component) {
            (Module(_), false) => {
                let found = Module(types.module_at(0));
                Ok(self.cx.component_entity_type(&found, &wanted, 0)?)
            }
            (Component(_), true) => {
                let found = Component(types.component_at(0));
                let wanted = self.with_provided(wanted);
                Ok(self.cx.component_entity_type(&found, &wanted, 0)?)
            }
            (Instance(wanted), true) => {
                self.instance(wanted, types.component_at(0), &offer.file.import)
            }
            (Module(_), true) => Err(Error::new("that is a core module, this a component")),
            (Component(_), false) => Err(Error::new("that is a component, this a core module")),
            (Instance(_), false) => {
                Err(Error::new("that is an instance of a component, this a core module"))
            }
            _ => Err(Error::new("only core modules, components and instances can be given")),
        }
    }

    /// Whether an instance of a component, its imports served by the host, has the type `wanted`, or has an
    /// instance called `import` that does.
    fn instance(
        &mut self,
        wanted: ComponentInstanceTypeId,
        component: ComponentTypeId,
        import: &str,
    ) -> Result<()> {
        let mut shared = self.share_imports(component)?;
        let found = self.cx.a[component].exports.clone();
        let found = found.into_iter().map(|(name, item)| {
            let mut ty = item.ty;
            self.cx.a.remap_component_entity(&mut ty, &mut shared);
            (name, ty)
        });
        let mut found: HashMap<String, ComponentEntityType> = found.collect();
        if let Some(ComponentEntityType::Instance(id)) = found.get(import) {
            let inner = &self.cx.a[*id].exports;
            found = inner.iter().map(|(name, item)| (name.clone(), item.ty)).collect();
        }
        let export = |name: &str| found.get(name).copied();
        let wanted = self.cx.b[wanted].exports.clone();
        for (name, item) in &wanted {
            self.introduce(item.ty, export(name));
        }
        for (name, item) in &wanted {
            let missing = || Error::new(format!("it does not export `{}`", item.full_name(name)));
            let found = export(name).ok_or_else(missing)?;
            let wanted = self.with_provided(item.ty);
            self.cx.component_entity_type(&found, &wanted, 0).map_err(|error| {
                Error::new(format!("its export `{}`: {}", item.full_name(name), error.message()))
            })?;
        }
        Ok(())
    }

    /// The root's type with the resources that are given in place of imported ones.
    fn with_provided(&mut self, mut ty: ComponentEntityType) -> ComponentEntityType {
        self.cx.b.remap_component_entity(&mut ty, &mut self.provided);
        ty
    }

    /// Notes the resources that an import of the root introduces, and what is given for them.
    fn introduce(&mut self, wanted: ComponentEntityType, found: Option<ComponentEntityType>) {
        if let Some(resource) = resource(wanted) {
            if self.known.insert(resource)
                && let Some(found) = found.and_then(self::resource)
            {
                self.provided.add(resource, found);
                self.provided.reset_type_cache();
            }
            return;
        }
        let ComponentEntityType::Instance(wanted) = wanted else { return };
        let items = self.cx.b[wanted].exports.clone();
        for (name, item) in &items {
            let found = match found {
                Some(ComponentEntityType::Instance(found)) => {
                    self.cx.a[found].exports.get(name).map(|item| item.ty)
                }
                _ => None,
            };
            self.introduce(item.ty, found);
        }
    }

    /// Which resources that a component imports are imported by the root, too; what both import under one
    /// name must have one type.
    fn share_imports(&mut self, component: ComponentTypeId) -> Result<Remapping> {
        let imports = self.cx.a[component].imports.clone();
        let named = imports.iter().filter_map(|(key, item)| {
            let is_it = |name: &&&ExternName| name.full() == item.full_name(key);
            let name = self.imports.iter().find(is_it)?;
            Some((name.full(), item.ty, self.import(name)?))
        });
        let both: Vec<_> = named.collect();
        let mut shared = Remapping::default();
        let mut seen = HashSet::new();
        for &(_, own, roots) in &both {
            self.share(own, roots, &mut shared, &mut seen);
        }
        for (name, own, roots) in both {
            self.agree(own, roots, &mut shared).map_err(|error| {
                let message = error.message();
                Error::new(format!("both import `{name}`, but not with one type: {message}"))
            })?;
        }
        Ok(shared)
    }

    fn share(
        &self,
        own: ComponentEntityType,
        roots: ComponentEntityType,
        shared: &mut Remapping,
        seen: &mut HashSet<ResourceId>,
    ) {
        if let (Some(own), Some(roots)) = (resource(own), resource(roots)) {
            if seen.insert(own) {
                shared.add(own, roots);
            }
        } else if let (ComponentEntityType::Instance(own), ComponentEntityType::Instance(roots)) =
            (own, roots)
        {
            for (name, item) in &self.cx.a[own].exports {
                if let Some(roots) = self.cx.b[roots].exports.get(name) {
                    self.share(item.ty, roots.ty, shared, seen);
                }
            }
        }
    }

    /// Whether two imports of one name agree in what both have.
    fn agree(
        &mut self,
        own: ComponentEntityType,
        roots: ComponentEntityType,
        shared: &mut Remapping,
    ) -> Result<()> {
        if let (ComponentEntityType::Instance(own), ComponentEntityType::Instance(roots)) =
            (own, roots)
        {
            let (own, roots) = (self.cx.a[own].exports.clone(), self.cx.b[roots].exports.clone());
            return own.iter().try_for_each(|(name, item)| match roots.get(name) {
                Some(roots) => self.agree(item.ty, roots.ty, shared),
                None => Ok(()),
            });
        }
        let mut own = own;
        self.cx.a.remap_component_entity(&mut own, shared);
        Ok(self.cx.component_entity_type(&own, &roots, 0)?)
    }
}

fn resource(ty: ComponentEntityType) -> Option<ResourceId> {
    match ty {
        ComponentEntityType::Type { created: ComponentAnyTypeId::Resource(id), .. } => {
            Some(id.resource())
        }
        _ => None,
    }
}

//! Running a component's definitions.

use super::Linker;
use super::env::*;
use crate::error::{Error, Result};
use crate::index::*;
use crate::link::ComponentInstance;
use crate::parse::component::{Alias, Def, ExternType, Instance, Located, Sort};

/// One instantiation under way.
pub struct Frame<'a> {
    pub env: EnvId,
    pub instance: ComponentInstanceId,
    args: Args<'a>,
    exports: Exports<'a>,
}

/// Where imports come from.
enum Args<'a> {
    /// The component is the root: from the host.
    Host,
    Given(Exports<'a>),
}

impl<'a> Linker<'a, '_> {
    pub fn instantiate_root(&mut self) -> Result<InstanceVal> {
        let root = self.parsed.root;
        let name = self.parsed.components[root].name.clone().unwrap_or_else(|| "root".to_string());
        self.run(root, None, None, Args::Host, name)
    }

    fn instantiate(
        &mut self,
        frame: &Frame<'a>,
        closure: Closure,
        args: Exports<'a>,
    ) -> Result<InstanceVal> {
        let segment = match &self.parsed.components[closure.component].name {
            Some(name) => name.clone(),
            None => format!("instance{}", self.envs[frame.env].instances.len()),
        };
        let name = format!("{}/{segment}", self.program.component_instances[frame.instance].name);
        let parent = Some(frame.instance);
        self.nested(|this| {
            this.run(closure.component, Some(closure.env), parent, Args::Given(args), name)
        })
        .map_err(|error| error.within(format!("component `{segment}`")))
    }

    /// Runs all definitions of `component`, and gives the instance that they export.
    fn run(
        &mut self,
        component: ComponentId,
        outer: Option<EnvId>,
        parent: Option<ComponentInstanceId>,
        args: Args<'a>,
        name: String,
    ) -> Result<InstanceVal> {
        let env = self.new_env(outer);
        let instance =
            self.program.component_instances.push(ComponentInstance { parent, component, name });
        let mut frame = Frame { env, instance, args, exports: Exports::new() };
        let parsed = self.parsed;
        for def in &parsed.components[component].defs {
            self.spend(1)?;
            self.define(&mut frame, def).map_err(|error| error.at(def.offset))?;
        }
        Ok(self.instances.push(frame.exports))
    }

    /// Runs one definition: appends its value to the space of its sort.
    fn define(&mut self, frame: &mut Frame<'a>, def: &'a Located<Def>) -> Result<()> {
        let env = frame.env;
        match &def.item {
            Def::CoreModule(id) => self.envs[env].modules.push(*id),
            Def::CoreInstance(instance) => {
                let instance = self.core_instance(frame, instance)?;
                self.envs[env].core_instances.push(instance);
            }
            Def::CoreType(_) => {}
            Def::Component(id) => {
                self.envs[env].components.push(Closure { component: *id, env });
            }
            Def::Instance(instance) => {
                let instance = self.instance(frame, instance)?;
                self.envs[env].instances.push(instance);
            }
            Def::Alias(Alias::CoreExport { instance, name, .. }) => {
                self.alias_core(env, *instance, name)?;
            }
            Def::Alias(alias) => {
                if let Some(item) = self.alias(env, alias)? {
                    self.envs[env].push(item);
                }
            }
            Def::Type(ty) => {
                let ty = self.type_def(env, Some(frame.instance), ty)?;
                self.envs[env].types.push(ty);
            }
            Def::Canon(canon) => self.canon(frame, canon, def.offset)?,
            Def::Start { .. } => {
                return Err(Error::new("component start functions are not compiled yet"));
            }
            Def::Import { name, ty } => {
                let item = self.import(frame, name, ty, def.offset)?;
                self.envs[env].push(item);
            }
            Def::Export { name, sort, index, ty } => {
                self.export(frame, name, *sort, *index, ty.as_ref())?;
            }
        }
        Ok(())
    }

    fn instance(&mut self, frame: &Frame<'a>, def: &'a Instance) -> Result<InstanceVal> {
        match def {
            Instance::Instantiate { component, args } => {
                let closure = get(&self.envs[frame.env].components, *component)?;
                let args = self.items(frame.env, args)?;
                self.instantiate(frame, closure, args)
            }
            Instance::FromExports(exports) => {
                let exports = self.items(frame.env, exports)?;
                Ok(self.instances.push(exports))
            }
        }
    }

    fn items(&mut self, env: EnvId, items: &'a [(String, Sort, u32)]) -> Result<Exports<'a>> {
        self.spend(items.len())?;
        let env = &self.envs[env];
        items
            .iter()
            .map(|(name, sort, index)| Ok((name.as_str(), env.item(*sort, *index)?)))
            .collect()
    }

    fn import(
        &mut self,
        frame: &Frame<'a>,
        name: &'a str,
        ty: &'a ExternType,
        offset: usize,
    ) -> Result<Item<'a>> {
        let Args::Given(args) = &frame.args else {
            return self.import_from_host(frame.env, name, ty, offset);
        };
        let item = *args
            .get(name)
            .ok_or_else(|| invalid(&format!("the import `{name}` has no argument")))?;
        self.ascribe(frame.env, item, ty)
    }

    /// The item as a type that it conforms to shows it: an instance may have fewer exports then.
    fn ascribe(&mut self, env: EnvId, item: Item<'a>, ty: &ExternType) -> Result<Item<'a>> {
        Ok(match (item, ty) {
            (Item::Instance(instance), ExternType::Instance(index)) => {
                let (decls, outer) = self.instance_type_at(env, *index)?;
                Item::Instance(self.nested(|this| this.narrow(instance, decls, outer))?)
            }
            _ => item,
        })
    }

    fn export(
        &mut self,
        frame: &mut Frame<'a>,
        name: &'a str,
        sort: Sort,
        index: u32,
        ty: Option<&ExternType>,
    ) -> Result<()> {
        let mut item = self.envs[frame.env].item(sort, index)?;
        if let Some(ty) = ty {
            item = self.ascribe(frame.env, item, ty)?;
        }
        // The ascribed type is equal, but refers to types by the names they are exported under.
        if let (Item::Func(func), Some(ExternType::Func(ty))) = (&mut item, ty) {
            func.ty = self.func_type_at(frame.env, *ty)?;
        }
        self.note_export_name(name, item);
        self.envs[frame.env].push(item);
        frame.exports.insert(name, item);
        Ok(())
    }
}

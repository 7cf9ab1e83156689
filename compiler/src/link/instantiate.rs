//! Running a component's definitions.

use super::Linker;
use super::env::*;
use crate::error::Result;
use crate::index::*;
use crate::link::ComponentInstance;
use crate::parse::component::{
    Alias, Def, ExternName, ExternType, Instance, Located, OuterSort, Sort,
};

/// One instantiation under way.
pub struct Frame<'a> {
    pub env: EnvId,
    pub instance: ComponentInstanceId,
    args: Args<'a>,
    exports: Exports<'a>,
}

/// Where imports come from.
enum Args<'a> {
    /// The component is the root: what was given, the rest from the host.
    Root,
    Host,
    Given(Exports<'a>),
}

impl<'a> Linker<'a, '_> {
    pub fn instantiate_root(&mut self) -> Result<InstanceVal> {
        let root = self.parsed.root;
        let name = self.parsed.components[root].name.clone().unwrap_or_else(|| "root".to_string());
        self.run(root, None, None, Args::Root, name)
    }

    fn instantiate(
        &mut self,
        frame: &Frame<'a>,
        closure: Closure<'a>,
        args: Exports<'a>,
    ) -> Result<InstanceVal> {
        let number = format!("instance{}", self.envs[frame.env].instances.len());
        let Some(view) = closure.view else {
            return self.run_closure(frame, &number, closure, Args::Given(args));
        };
        let made = self.run_closure(frame, &number, closure, Args::Given(args.clone()))?;
        self.nested(|this| this.narrow_made(made, view, &args))
    }

    /// An instance of a component that is given for an import of an instance: its own imports are the
    /// host's.
    pub fn instantiate_given(
        &mut self,
        frame: &Frame<'a>,
        import: &str,
        closure: Closure<'a>,
    ) -> Result<InstanceVal> {
        self.run_closure(frame, import, closure, Args::Host)
    }

    /// `name` is what people call the instance if the component has no name.
    fn run_closure(
        &mut self,
        frame: &Frame<'a>,
        name: &str,
        closure: Closure<'a>,
        args: Args<'a>,
    ) -> Result<InstanceVal> {
        let segment = self.parsed.components[closure.component].name.as_deref().unwrap_or(name);
        let name = format!("{}/{segment}", self.program.component_instances[frame.instance].name);
        let parent = Some(frame.instance);
        self.nested(|this| this.run(closure.component, Some(closure.env), parent, args, name))
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
            Def::CoreType(ty) => self.envs[env].core_types.push(ty),
            Def::Component(id) => {
                let closure = Closure { component: *id, env, view: None };
                self.envs[env].components.push(closure);
            }
            Def::Instance(instance) => {
                let instance = self.instance(frame, instance)?;
                self.envs[env].instances.push(instance);
            }
            Def::Alias(Alias::CoreExport { instance, name, .. }) => {
                self.alias_core(env, *instance, name)?;
            }
            Def::Alias(Alias::Outer { sort: OuterSort::CoreType, count, index }) => {
                let outer = self.outer(env, *count)?;
                let ty = get(&self.envs[outer].core_types, *index)?;
                self.envs[env].core_types.push(ty);
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
            // How many results it has follows from its type.
            Def::Start { func, args, results: _ } => self.component_start(env, *func, args)?,
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
        name: &'a ExternName,
        ty: &'a ExternType,
        offset: usize,
    ) -> Result<Item<'a>> {
        let parsed = self.parsed;
        let given = match &frame.args {
            Args::Root => parsed.given.get(&name.name),
            Args::Host => None,
            Args::Given(args) => {
                let missing = || invalid(&format!("the import `{}` has no argument", name.name));
                let item = *args.get(&name.name[..]).ok_or_else(missing)?;
                return self.ascribe(frame.env, item, ty);
            }
        };
        match given {
            Some(&definition) => self.import_given(frame, name, definition, ty),
            None => self.import_from_host(frame.env, name, ty, offset),
        }
    }

    fn export(
        &mut self,
        frame: &mut Frame<'a>,
        name: &'a ExternName,
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
        if let (Item::Value(value), Some(ExternType::Value(ty))) = (&mut item, ty) {
            value.ty = self.val_type(frame.env, *ty)?;
        }
        self.note_export_name(&name.full(), item);
        self.envs[frame.env].push(item);
        frame.exports.insert(&name.name, item);
        Ok(())
    }
}

//! The core level: instances of modules, their imports resolved, their initialisation as steps.

use super::consts::Scope;
use super::env::*;
use super::instantiate::Frame;
use super::{Linker, MAX_CORE_INSTANCES};
use crate::error::{Error, Result};
use crate::index::*;
use crate::link::{ConstValue, CoreFunc, Global, Instance, Memory, Step, Table, Tag};
use crate::parse::component::{CoreInstance, CoreSort};
use crate::parse::module::{Entity, EntityType, Module, SegmentMode};
use std::collections::HashMap;

impl<'a> Linker<'a, '_> {
    pub fn core_instance(
        &mut self,
        frame: &Frame<'a>,
        def: &'a CoreInstance,
    ) -> Result<CoreInstanceVal> {
        let exports = match def {
            CoreInstance::Instantiate { module, args } => {
                CoreExports::Module(self.instantiate_module(frame, *module, args)?)
            }
            CoreInstance::FromExports(exports) => {
                CoreExports::Inline(self.inline_exports(frame.env, exports)?)
            }
        };
        Ok(self.core_instances.push(exports))
    }

    fn inline_exports(
        &mut self,
        env: EnvId,
        exports: &'a [(String, CoreSort, u32)],
    ) -> Result<HashMap<&'a str, CoreItem>> {
        self.spend(exports.len())?;
        let env = &self.envs[env];
        exports
            .iter()
            .map(|(name, sort, index)| {
                let item = match sort {
                    CoreSort::Func => CoreItem::Func(get(&env.core_funcs, *index)?),
                    CoreSort::Table => CoreItem::Table(get(&env.core_tables, *index)?),
                    CoreSort::Memory => CoreItem::Memory(get(&env.core_memories, *index)?),
                    CoreSort::Global => CoreItem::Global(get(&env.core_globals, *index)?),
                    CoreSort::Tag => CoreItem::Tag(get(&env.core_tags, *index)?),
                    _ => return Err(invalid("a core instance exports a definition")),
                };
                Ok((name.as_str(), item))
            })
            .collect()
    }

    /// Binds an alias of a core instance's export.
    pub fn alias_core(&mut self, env: EnvId, instance: u32, name: &str) -> Result<()> {
        let instance = get(&self.envs[env].core_instances, instance)?;
        let item = self.core_export(instance, name)?;
        let env = &mut self.envs[env];
        match item {
            CoreItem::Func(func) => env.core_funcs.push(func),
            CoreItem::Table(id) => env.core_tables.push(id),
            CoreItem::Memory(id) => env.core_memories.push(id),
            CoreItem::Global(id) => env.core_globals.push(id),
            CoreItem::Tag(id) => env.core_tags.push(id),
        }
        Ok(())
    }

    fn core_export(&mut self, instance: CoreInstanceVal, name: &str) -> Result<CoreItem> {
        let absent = || invalid(&format!("a core instance does not export `{name}`"));
        let id = match &self.core_instances[instance] {
            CoreExports::Inline(exports) => return exports.get(name).copied().ok_or_else(absent),
            CoreExports::Module(id) => *id,
        };
        let parsed = self.parsed;
        let module = self.program.instances[id].module;
        let entity = *self
            .module_exports
            .entry(module)
            .or_insert_with(|| exports_by_name(&parsed.modules[module]))
            .get(name)
            .ok_or_else(absent)?;
        let instance = &self.program.instances[id];
        Ok(match entity {
            Entity::Func(i) => CoreItem::Func(CoreFuncVal::Func(get(&instance.funcs, i)?)),
            Entity::Table(i) => CoreItem::Table(get(&instance.tables, i)?),
            Entity::Memory(i) => CoreItem::Memory(get(&instance.memories, i)?),
            Entity::Global(i) => CoreItem::Global(get(&instance.globals, i)?),
            Entity::Tag(i) => CoreItem::Tag(get(&instance.tags, i)?),
        })
    }

    /// Instantiates a module: resolves its imports, makes what it defines, and notes the steps.
    fn instantiate_module(
        &mut self,
        frame: &Frame<'a>,
        module: u32,
        args: &'a [(String, u32)],
    ) -> Result<InstanceId> {
        let id = get(&self.envs[frame.env].modules, module)?;
        let parsed = self.parsed;
        let module = &parsed.modules[id];
        self.admit(id, module)?;
        let name = self.instance_name(frame, id);
        let mut instance = Instance {
            module: id,
            component: frame.instance,
            name,
            funcs: Vec::with_capacity(module.funcs.len()),
            tables: Vec::new(),
            memories: Vec::new(),
            globals: Vec::new(),
            tags: Vec::new(),
            computed_segments: Vec::new(),
        };
        self.resolve_imports(frame.env, module, args, &mut instance)?;
        self.make_definitions(module, &mut instance)?;
        instance.computed_segments = self.computed_segments(module, &instance)?;
        self.note_steps(module, &instance)?;
        Ok(self.program.instances.push(instance))
    }

    /// Whether the module can be compiled at all, and once more.
    fn admit(&mut self, id: ModuleId, module: &Module) -> Result<()> {
        if let Some(unsupported) = &module.unsupported {
            let message = format!("{} is not compiled yet", unsupported.what);
            return Err(Error::new(message).at(unsupported.offset));
        }
        if self.program.instances.len() >= MAX_CORE_INSTANCES {
            let message = format!("there are more than {MAX_CORE_INSTANCES} core instances");
            return Err(Error::new(message));
        }
        self.spend(module.funcs.len() + module.globals.len() + module.imports.len())?;
        if self.program.module_types[id].is_empty() {
            self.program.module_types[id] = self.intern_module(module)?;
        }
        Ok(())
    }

    fn instance_name(&self, frame: &Frame<'a>, id: ModuleId) -> String {
        let component = &self.program.component_instances[frame.instance].name;
        match &self.parsed.modules[id].name {
            Some(name) => format!("{component}:{name}"),
            None => format!("{component}:module{}", id.as_u32()),
        }
    }

    fn resolve_imports(
        &mut self,
        env: EnvId,
        module: &Module,
        args: &'a [(String, u32)],
        instance: &mut Instance,
    ) -> Result<()> {
        let args: HashMap<&str, u32> =
            args.iter().map(|(name, index)| (name.as_str(), *index)).collect();
        for import in &module.imports {
            let name = || format!("import `{}` `{}`", import.module, import.name);
            let arg = args
                .get(import.module.as_str())
                .ok_or_else(|| invalid(&format!("the {} has no argument", name())))?;
            let arg = get(&self.envs[env].core_instances, *arg)?;
            match (self.core_export(arg, &import.name)?, &import.ty) {
                (CoreItem::Func(CoreFuncVal::Func(func)), EntityType::Func(_)) => {
                    instance.funcs.push(func);
                }
                (CoreItem::Func(CoreFuncVal::Missing(missing)), EntityType::Func(ty)) => {
                    let ty = get(&self.program.module_types[instance.module], *ty)?.signature();
                    let func = self
                        .trap_instead(instance.component, ty, missing)
                        .map_err(|error| error.within(name()))?;
                    instance.funcs.push(func);
                }
                (CoreItem::Table(id), EntityType::Table(_)) => instance.tables.push(id),
                (CoreItem::Memory(id), EntityType::Memory(_)) => instance.memories.push(id),
                (CoreItem::Global(id), EntityType::Global(_)) => instance.globals.push(id),
                (CoreItem::Tag(id), EntityType::Tag(_)) => instance.tags.push(id),
                _ => return Err(invalid(&format!("the {} has the wrong kind", name()))),
            }
        }
        Ok(())
    }

    /// Appends what the module defines to the instance's index spaces.
    fn make_definitions(&mut self, module: &Module, instance: &mut Instance) -> Result<()> {
        let id = self.program.instances.next_key();
        let imported = &module.imported;
        for func in imported.funcs..module.funcs.len() as u32 {
            instance.funcs.push(CoreFunc::Wasm { instance: id, func });
        }
        for ty in &module.tags[imported.tags as usize..] {
            let ty = get(&self.program.module_types[instance.module], *ty)?.signature();
            instance.tags.push(self.program.tags.push(Tag { ty, instance: id }));
        }
        for &ty in &module.memories[imported.memories as usize..] {
            instance.memories.push(self.program.memories.push(Memory { ty, instance: id }));
        }
        for global in &module.globals[imported.globals as usize..] {
            let init = match &global.init {
                Some(expr) => self.scope(instance).eval(expr)?,
                None => return Err(invalid("a global has no initial value")),
            };
            let global = Global { ty: global.ty, instance: id, init };
            instance.globals.push(self.program.globals.push(global));
        }
        for table in &module.tables[imported.tables as usize..] {
            let init = match &table.init {
                Some(expr) => self.scope(instance).eval(expr)?,
                None => ConstValue::Null,
            };
            let table = Table { ty: table.ty, instance: id, init };
            instance.tables.push(self.program.tables.push(table));
        }
        Ok(())
    }

    fn scope<'s>(&'s self, instance: &'s Instance) -> Scope<'s> {
        Scope { funcs: &instance.funcs, globals: &instance.globals, values: &self.program.globals }
    }

    fn computed_segments(&self, module: &Module, instance: &Instance) -> Result<Vec<u32>> {
        let scope = self.scope(instance);
        let mut computed = Vec::new();
        for (segment, element) in (0u32..).zip(&module.elements) {
            if matches!(element.mode, SegmentMode::Declared) {
                continue;
            }
            for item in &element.items {
                if scope.eval(item)? == ConstValue::Computed {
                    computed.push(segment);
                    break;
                }
            }
        }
        Ok(computed)
    }

    /// The effects of the instantiation: what cannot be evaluated before the program runs, element segments,
    /// data segments, the start function.
    fn note_steps(&mut self, module: &Module, instance: &Instance) -> Result<()> {
        let id = self.program.instances.next_key();
        let mut steps = self.computations(module, instance);
        let scope = self.scope(instance);
        for (segment, element) in (0u32..).zip(&module.elements) {
            if let SegmentMode::Active { target, offset } = &element.mode {
                let table = get(&instance.tables, *target)?;
                let offset = scope.eval_offset(offset)?;
                steps.push(Step::Elements { instance: id, segment, table, offset });
            }
        }
        for (segment, data) in (0u32..).zip(&module.data) {
            if let SegmentMode::Active { target, offset } = &data.mode {
                let memory = get(&instance.memories, *target)?;
                let offset = scope.eval_offset(offset)?;
                steps.push(Step::Data { instance: id, segment, memory, offset });
            }
        }
        if let Some(start) = module.start {
            steps.push(Step::Start { instance: id, func: get(&instance.funcs, start)? });
        }
        self.spend(steps.len())?;
        self.program.steps.extend(steps);
        Ok(())
    }

    /// The steps that compute values: of globals, of tables, of passive element segments.
    fn computations(&self, module: &Module, instance: &Instance) -> Vec<Step> {
        let id = self.program.instances.next_key();
        let program = &self.program;
        let globals = (0u32..).zip(&instance.globals).filter_map(|(index, &global)| {
            let global = &program.globals[global];
            let computed = global.instance == id && global.init == ConstValue::Computed;
            computed.then_some(Step::Global { instance: id, index })
        });
        let tables = (0u32..).zip(&instance.tables).filter_map(|(index, &table)| {
            let table = &program.tables[table];
            let computed = table.instance == id && table.init == ConstValue::Computed;
            computed.then_some(Step::Table { instance: id, index })
        });
        let segments = instance.computed_segments.iter().filter_map(|&segment| {
            let passive = matches!(module.elements[segment as usize].mode, SegmentMode::Passive);
            passive.then_some(Step::Segment { instance: id, segment })
        });
        globals.chain(tables).chain(segments).collect()
    }

    /// What people call a core function.
    pub fn core_func_name(&self, func: CoreFunc) -> String {
        let CoreFunc::Wasm { instance, func } = func else {
            return "a canonical function".to_string();
        };
        let module = &self.parsed.modules[self.program.instances[instance].module];
        let exported = || module.exports.iter().find(|e| e.entity == Entity::Func(func));
        match module.func_names.get(&func) {
            Some(name) => name.clone(),
            None => exported().map_or_else(|| format!("func[{func}]"), |e| e.name.clone()),
        }
    }
}

fn exports_by_name(module: &Module) -> HashMap<&str, Entity> {
    module.exports.iter().map(|export| (export.name.as_str(), export.entity)).collect()
}

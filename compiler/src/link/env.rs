//! The values of the linking language and the environments that bind them.
//!
//! Every instantiation of a component, and every evaluation of an instance type, has an [`Env`]: one
//! list per index space, which only ever grows. Values are small and `Copy`; what is large
//! (environments, instances) lies in arenas of the linker and is named by an id, so closures are a
//! pair of ids and cycles cannot arise.

use crate::error::{Error, Result};
use crate::index::*;
use crate::link::CoreFunc;
use crate::parse::component::{CoreType, Decl, Sort};
use cranelift_entity::entity_impl;
use indexmap::IndexMap;
use std::collections::HashMap;

/// An environment.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EnvId(u32);
entity_impl!(EnvId, "env");

/// An instance value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct InstanceVal(u32);
entity_impl!(InstanceVal, "instance_value");

/// A core instance value.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct CoreInstanceVal(u32);
entity_impl!(CoreInstanceVal, "core_instance_value");

/// A function that the root component could import.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct HostFuncId(u32);
entity_impl!(HostFuncId, "host_func");

/// One list per index space. Lists of an instance type's environment other than `types` and `instances`
/// stay empty: nothing can refer to them.
#[derive(Default)]
pub struct Env<'a> {
    /// The environment that outer aliases with count 1 see.
    pub parent: Option<EnvId>,
    pub core_funcs: Vec<CoreFuncVal>,
    pub core_tables: Vec<TableId>,
    pub core_memories: Vec<MemoryId>,
    pub core_globals: Vec<GlobalId>,
    pub core_tags: Vec<TagId>,
    pub core_types: Vec<&'a CoreType>,
    pub core_instances: Vec<CoreInstanceVal>,
    pub modules: Vec<ModuleId>,
    pub funcs: Vec<FuncVal>,
    pub values: Vec<ValueVal>,
    pub types: Vec<TypeVal<'a>>,
    pub instances: Vec<InstanceVal>,
    pub components: Vec<Closure<'a>>,
}

/// Something valid that is not compiled yet. Binding it is harmless; using it fails.
#[derive(Clone, Copy)]
pub struct Missing {
    pub what: &'static str,
    pub offset: usize,
}

impl Missing {
    pub fn error(self) -> Error {
        Error::new(format!("`{}` is not compiled yet", self.what)).at(self.offset)
    }
}

#[derive(Clone, Copy)]
pub enum CoreFuncVal {
    Func(CoreFunc),
    Missing(Missing),
}

impl CoreFuncVal {
    /// The function, to be used.
    pub fn used(self) -> Result<CoreFunc> {
        match self {
            CoreFuncVal::Func(func) => Ok(func),
            CoreFuncVal::Missing(missing) => Err(missing.error()),
        }
    }
}

/// A component function; `ty` is its type as its provider sees it.
#[derive(Clone, Copy)]
pub struct FuncVal {
    pub source: FuncSource,
    pub ty: FuncTypeId,
}

#[derive(Clone, Copy)]
pub enum FuncSource {
    Lift(LiftId),
    Host(HostFuncId),
    Missing(Missing),
}

/// A value; `ty` is its type as its provider sees it.
#[derive(Clone, Copy)]
pub struct ValueVal {
    pub id: ValueId,
    pub ty: TypeId,
}

#[derive(Clone, Copy)]
pub enum TypeVal<'a> {
    Value(TypeId),
    Func(FuncTypeId),
    Resource(ResourceId),
    Instance(Declared<'a>),
    Component(Declared<'a>),
}

/// An instance or component type: its declarations and the environment of their outer aliases. It is
/// evaluated when something of the type is made or looked at, each time anew.
#[derive(Clone, Copy)]
pub struct Declared<'a> {
    pub decls: &'a [Decl],
    pub env: EnvId,
}

/// A component definition and the environment of its outer aliases.
#[derive(Clone, Copy)]
pub struct Closure<'a> {
    pub component: ComponentId,
    pub env: EnvId,
    /// The component type through which it is seen, if it is not its own: instances of it show no more.
    pub view: Option<Declared<'a>>,
}

/// A value of any sort of the component level.
#[derive(Clone, Copy)]
pub enum Item<'a> {
    Func(FuncVal),
    Value(ValueVal),
    Type(TypeVal<'a>),
    Instance(InstanceVal),
    Component(Closure<'a>),
    Module(ModuleId),
}

/// The exports of an instance, in order.
pub type Exports<'a> = IndexMap<&'a str, Item<'a>>;

/// A value of any sort of the core level.
#[derive(Clone, Copy)]
pub enum CoreItem {
    Func(CoreFuncVal),
    Table(TableId),
    Memory(MemoryId),
    Global(GlobalId),
    Tag(TagId),
}

pub enum CoreExports<'a> {
    /// An instance of a module: its exports are the module's.
    Module(InstanceId),
    Inline(HashMap<&'a str, CoreItem>),
}

/// Entry `index` of a space.
pub fn get<T: Copy>(space: &[T], index: u32) -> Result<T> {
    space.get(index as usize).copied().ok_or_else(|| invalid("an index is out of bounds"))
}

/// For what the validator has ruled out: an error, because a wrong answer would be worse.
pub fn invalid(what: &str) -> Error {
    Error::new(format!("{what}, which validation should have refused"))
}

impl<'a> Env<'a> {
    /// Appends to the space of the item's sort.
    pub fn push(&mut self, item: Item<'a>) {
        match item {
            Item::Func(func) => self.funcs.push(func),
            Item::Value(value) => self.values.push(value),
            Item::Type(ty) => self.types.push(ty),
            Item::Instance(instance) => self.instances.push(instance),
            Item::Component(component) => self.components.push(component),
            Item::Module(module) => self.modules.push(module),
        }
    }

    pub fn item(&self, sort: Sort, index: u32) -> Result<Item<'a>> {
        Ok(match sort {
            Sort::Func => Item::Func(get(&self.funcs, index)?),
            Sort::Type => Item::Type(get(&self.types, index)?),
            Sort::Instance => Item::Instance(get(&self.instances, index)?),
            Sort::Component => Item::Component(get(&self.components, index)?),
            Sort::CoreModule => Item::Module(get(&self.modules, index)?),
            Sort::Value => Item::Value(get(&self.values, index)?),
        })
    }
}

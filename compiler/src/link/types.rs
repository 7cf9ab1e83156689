//! Type definitions, evaluated to [`Types`](crate::types::Types).

use super::Linker;
use super::env::*;
use crate::error::Result;
use crate::index::*;
use crate::link::{CoreFunc, Resource, ResourceOrigin};
use crate::parse::component::{self, FuncDef, Primitive, TypeDef, ValType, ValueType};
use crate::types::{Abi, Case, Field, FuncType, QualifiedName, Type};
use weldc_abi::limits::VALUE_SIZE_BOUND;

impl<'a> Linker<'a, '_> {
    /// Evaluates a type definition. A resource belongs to `instance`, fresh each time.
    pub fn type_def(
        &mut self,
        env: EnvId,
        instance: Option<ComponentInstanceId>,
        def: &'a TypeDef,
    ) -> Result<TypeVal<'a>> {
        Ok(match def {
            TypeDef::Value(ty) => {
                let ty = self.value_type(env, ty)?;
                TypeVal::Value(self.bounded_type(ty)?)
            }
            TypeDef::Func(def) => TypeVal::Func(self.func_type(env, def)?),
            TypeDef::Instance(decls) => TypeVal::Instance(Declared { decls, env }),
            TypeDef::Component(decls) => TypeVal::Component(Declared { decls, env }),
            TypeDef::Resource { rep, dtor } => {
                let instance = instance.ok_or_else(|| invalid("a type defines a resource"))?;
                TypeVal::Resource(self.resource_type(env, instance, *rep, *dtor)?)
            }
        })
    }

    /// Layouts are computed in 32 bits and offsets are immediates with a sign: none may overflow.
    fn bounded_type(&mut self, ty: Type) -> Result<TypeId> {
        let id = self.program.types.push(ty);
        if self.program.types.layout(Abi::WASM64, id).size >= VALUE_SIZE_BOUND {
            return Err(invalid("values of a type have 2^28 bytes or more"));
        }
        Ok(id)
    }

    fn resource_type(
        &mut self,
        env: EnvId,
        instance: ComponentInstanceId,
        rep: wasmparser::ValType,
        dtor: Option<u32>,
    ) -> Result<ResourceId> {
        let dtor: Option<CoreFunc> = match dtor {
            Some(func) => Some(get(&self.envs[env].core_funcs, func)?.used()?),
            None => None,
        };
        let name = format!("resource{}", self.program.resources.len());
        Ok(self.program.resources.push(Resource {
            name: QualifiedName { interface: None, name },
            origin: ResourceOrigin::Guest { instance, dtor, wide: rep == wasmparser::ValType::I64 },
        }))
    }

    fn func_type(&mut self, env: EnvId, def: &FuncDef) -> Result<FuncTypeId> {
        let params = self.fields(env, &def.params)?;
        let result = self.optional(env, def.result)?;
        Ok(self.program.types.push_func(FuncType { params, result, async_: def.async_ }))
    }

    fn value_type(&mut self, env: EnvId, ty: &ValueType) -> Result<Type> {
        Ok(match ty {
            ValueType::Primitive(ty) => primitive(*ty),
            ValueType::Record(fields) => Type::Record(self.fields(env, fields)?),
            ValueType::Variant(cases) => Type::Variant(self.cases(env, cases)?),
            ValueType::List(t) => Type::List(self.val_type(env, *t)?),
            ValueType::FixedList(t, length) => Type::FixedList(self.val_type(env, *t)?, *length),
            ValueType::Map(k, v) => Type::Map(self.val_type(env, *k)?, self.val_type(env, *v)?),
            ValueType::Tuple(types) => {
                Type::Tuple(types.iter().map(|&t| self.val_type(env, t)).collect::<Result<_>>()?)
            }
            ValueType::Flags(labels) => Type::Flags(labels.clone()),
            ValueType::Enum(names) => Type::Enum(names.clone()),
            ValueType::Option(t) => Type::Option(self.val_type(env, *t)?),
            ValueType::Result { ok, err } => {
                Type::Result { ok: self.optional(env, *ok)?, err: self.optional(env, *err)? }
            }
            ValueType::Own(index) => Type::Own(self.resource(env, *index)?),
            ValueType::Borrow(index) => Type::Borrow(self.resource(env, *index)?),
            ValueType::Stream(t) => Type::Stream(self.optional(env, *t)?),
            ValueType::Future(t) => Type::Future(self.optional(env, *t)?),
        })
    }

    fn fields(&mut self, env: EnvId, fields: &[(String, ValType)]) -> Result<Vec<Field>> {
        fields
            .iter()
            .map(|(name, ty)| Ok(Field { name: name.clone(), ty: self.val_type(env, *ty)? }))
            .collect()
    }

    fn cases(&mut self, env: EnvId, cases: &[(String, Option<ValType>)]) -> Result<Vec<Case>> {
        cases
            .iter()
            .map(|(name, ty)| Ok(Case { name: name.clone(), ty: self.optional(env, *ty)? }))
            .collect()
    }

    fn optional(&mut self, env: EnvId, ty: Option<ValType>) -> Result<Option<TypeId>> {
        ty.map(|ty| self.val_type(env, ty)).transpose()
    }

    /// A primitive in place has no name to keep, so all uses share one id.
    pub fn val_type(&mut self, env: EnvId, ty: ValType) -> Result<TypeId> {
        match ty {
            ValType::Primitive(ty) => {
                let types = &mut self.program.types;
                Ok(*self
                    .primitives
                    .entry(primitive_index(ty))
                    .or_insert_with(|| types.push(primitive(ty))))
            }
            ValType::Type(index) => match get(&self.envs[env].types, index)? {
                TypeVal::Value(id) => Ok(id),
                _ => Err(invalid("a type is no value type")),
            },
        }
    }

    /// The resource of a type index.
    pub fn resource(&self, env: EnvId, index: u32) -> Result<ResourceId> {
        match get(&self.envs[env].types, index)? {
            TypeVal::Resource(id) => Ok(id),
            _ => Err(invalid("a type is no resource type")),
        }
    }

    /// The function type of a type index.
    pub fn func_type_at(&self, env: EnvId, index: u32) -> Result<FuncTypeId> {
        match get(&self.envs[env].types, index)? {
            TypeVal::Func(id) => Ok(id),
            _ => Err(invalid("a type is no function type")),
        }
    }

    /// The instance type of a type index.
    pub fn instance_type_at(&self, env: EnvId, index: u32) -> Result<Declared<'a>> {
        match get(&self.envs[env].types, index)? {
            TypeVal::Instance(declared) => Ok(declared),
            _ => Err(invalid("a type is no instance type")),
        }
    }

    /// The component type of a type index.
    pub fn component_type_at(&self, env: EnvId, index: u32) -> Result<Declared<'a>> {
        match get(&self.envs[env].types, index)? {
            TypeVal::Component(declared) => Ok(declared),
            _ => Err(invalid("a type is no component type")),
        }
    }

    /// The environment `count` levels out.
    pub fn outer(&self, env: EnvId, count: u32) -> Result<EnvId> {
        let mut env = env;
        for _ in 0..count {
            env = self.envs[env].parent.ok_or_else(|| invalid("an alias leads outside"))?;
        }
        Ok(env)
    }

    /// What an alias of the component level names; `None` for a core type.
    pub fn alias(&self, env: EnvId, alias: &'a component::Alias) -> Result<Option<Item<'a>>> {
        use component::{Alias, OuterSort};
        Ok(Some(match alias {
            Alias::Export { instance, name, .. } => {
                let instance = get(&self.envs[env].instances, *instance)?;
                self.export_of(instance, name)?
            }
            Alias::CoreExport { .. } => return Err(invalid("a type aliases a core export")),
            Alias::Outer { sort, count, index } => {
                let outer = &self.envs[self.outer(env, *count)?];
                match sort {
                    OuterSort::CoreType => return Ok(None),
                    OuterSort::CoreModule => Item::Module(get(&outer.modules, *index)?),
                    OuterSort::Type => Item::Type(get(&outer.types, *index)?),
                    OuterSort::Component => Item::Component(get(&outer.components, *index)?),
                }
            }
        }))
    }

    pub fn export_of(&self, instance: InstanceVal, name: &str) -> Result<Item<'a>> {
        self.instances[instance]
            .get(name)
            .copied()
            .ok_or_else(|| invalid(&format!("an instance does not export `{name}`")))
    }
}

fn primitive(ty: Primitive) -> Type {
    match ty {
        Primitive::Bool => Type::Bool,
        Primitive::S8 => Type::S8,
        Primitive::U8 => Type::U8,
        Primitive::S16 => Type::S16,
        Primitive::U16 => Type::U16,
        Primitive::S32 => Type::S32,
        Primitive::U32 => Type::U32,
        Primitive::S64 => Type::S64,
        Primitive::U64 => Type::U64,
        Primitive::F32 => Type::F32,
        Primitive::F64 => Type::F64,
        Primitive::Char => Type::Char,
        Primitive::String => Type::String,
        Primitive::ErrorContext => Type::ErrorContext,
    }
}

/// `Primitive` cannot be a key itself.
fn primitive_index(ty: Primitive) -> u8 {
    ty as u8
}

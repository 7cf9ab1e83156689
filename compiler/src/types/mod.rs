//! Types of component values, resolved: no names to look up, resources by identity.
//!
//! A [`TypeId`] names a type; two ids may name equal types (so that each keeps the name its author gave
//! it). Sizes, alignments, offsets and flat forms are in [`layout`].

pub mod layout;

pub use layout::{Abi, FlatType, Layout, VariantLayout};

use crate::index::{FuncTypeId, ResourceId, TypeId};
use cranelift_entity::PrimaryMap;
use std::collections::{HashMap, HashSet};

/// A type of component values (Explainer.md, "Type Definitions").
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    Bool,
    S8,
    U8,
    S16,
    U16,
    S32,
    U32,
    S64,
    U64,
    F32,
    F64,
    Char,
    String,
    ErrorContext,
    List(TypeId),
    FixedList(TypeId, u32),
    Map(TypeId, TypeId),
    Record(Vec<Field>),
    Tuple(Vec<TypeId>),
    Variant(Vec<Case>),
    Enum(Vec<String>),
    Option(TypeId),
    Result { ok: Option<TypeId>, err: Option<TypeId> },
    Flags(Vec<String>),
    Own(ResourceId),
    Borrow(ResourceId),
    Stream(Option<TypeId>),
    Future(Option<TypeId>),
}

impl Type {
    /// The keyword of WIT for a type without structure; `None` if it has some.
    pub fn keyword(&self) -> Option<&'static str> {
        Some(match self {
            Type::Bool => "bool",
            Type::S8 => "s8",
            Type::U8 => "u8",
            Type::S16 => "s16",
            Type::U16 => "u16",
            Type::S32 => "s32",
            Type::U32 => "u32",
            Type::S64 => "s64",
            Type::U64 => "u64",
            Type::F32 => "f32",
            Type::F64 => "f64",
            Type::Char => "char",
            Type::String => "string",
            Type::ErrorContext => "error-context",
            _ => return None,
        })
    }

    /// The types directly inside this one, in order.
    pub fn children(&self) -> Vec<TypeId> {
        match self {
            Type::List(t) | Type::FixedList(t, _) | Type::Option(t) => vec![*t],
            Type::Map(k, v) => vec![*k, *v],
            Type::Record(fields) => fields.iter().map(|f| f.ty).collect(),
            Type::Tuple(types) => types.clone(),
            Type::Variant(cases) => cases.iter().filter_map(|c| c.ty).collect(),
            Type::Result { ok, err } => [ok, err].into_iter().filter_map(|t| *t).collect(),
            Type::Stream(t) | Type::Future(t) => t.iter().copied().collect(),
            _ => Vec::new(),
        }
    }

    /// As [`Self::children`], to be replaced.
    fn children_mut(&mut self) -> Vec<&mut TypeId> {
        match self {
            Type::List(t) | Type::FixedList(t, _) | Type::Option(t) => vec![t],
            Type::Map(k, v) => vec![k, v],
            Type::Record(fields) => fields.iter_mut().map(|f| &mut f.ty).collect(),
            Type::Tuple(types) => types.iter_mut().collect(),
            Type::Variant(cases) => cases.iter_mut().filter_map(|c| c.ty.as_mut()).collect(),
            Type::Result { ok, err } => [ok, err].into_iter().filter_map(Option::as_mut).collect(),
            Type::Stream(t) | Type::Future(t) => t.iter_mut().collect(),
            _ => Vec::new(),
        }
    }

    /// The cases of a type that is a sum, as payload types in order; `None` if it is not one.
    /// (An enum is a sum without payloads.)
    pub fn cases(&self) -> Option<Vec<Option<TypeId>>> {
        Some(match self {
            Type::Variant(cases) => cases.iter().map(|c| c.ty).collect(),
            Type::Enum(names) => vec![None; names.len()],
            Type::Option(t) => vec![None, Some(*t)],
            Type::Result { ok, err } => vec![*ok, *err],
            _ => return None,
        })
    }

    /// The fields of a type that is a product, in order; `None` if it is not one.
    pub fn fields(&self) -> Option<Vec<TypeId>> {
        Some(match self {
            Type::Record(fields) => fields.iter().map(|f| f.ty).collect(),
            Type::Tuple(types) => types.clone(),
            _ => return None,
        })
    }

    fn is_leaf(&self) -> bool {
        !matches!(
            self,
            Type::List(_)
                | Type::FixedList(..)
                | Type::Map(..)
                | Type::Option(_)
                | Type::Record(_)
                | Type::Tuple(_)
                | Type::Variant(_)
                | Type::Result { .. }
                | Type::Stream(_)
                | Type::Future(_)
        )
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Field {
    pub name: String,
    pub ty: TypeId,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Case {
    pub name: String,
    pub ty: Option<TypeId>,
}

/// Where a type or resource got its name: `interface` is the instance it is imported or exported
/// through (`wasi:io/streams@0.2.0`), absent for the root's own.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct QualifiedName {
    pub interface: Option<String>,
    pub name: String,
}

/// A type and the name it is exported under, if it has one.
#[derive(Clone, Debug)]
pub struct TypeDef {
    pub ty: Type,
    pub name: Option<QualifiedName>,
}

/// What follows from a type alone, found out when it is defined.
#[derive(Clone, Copy, Debug)]
struct Facts {
    /// By [`Abi::index`].
    layouts: [Layout; Abi::ALL.len()],
    weight: u32,
    owns_memory: bool,
    /// The first type that is the same but for names.
    alike: TypeId,
    /// The first type that is equal.
    equal: TypeId,
}

/// A component function's type. `async_` is the effect, not the ABI.
#[derive(Clone, Debug)]
pub struct FuncType {
    pub params: Vec<Field>,
    pub result: Option<TypeId>,
    pub async_: bool,
}

/// All types of a program.
#[derive(Debug, Default)]
pub struct Types {
    defs: PrimaryMap<TypeId, TypeDef>,
    facts: PrimaryMap<TypeId, Facts>,
    /// The first types of their kind, without names, made of others of these.
    kinds: HashMap<Type, TypeId>,
    /// The first types that are equal to no earlier one, made of others of these.
    distinct: HashMap<Type, TypeId>,
    funcs: PrimaryMap<FuncTypeId, FuncType>,
}

impl Types {
    /// Defines a type; those inside it are defined already.
    pub fn push(&mut self, ty: Type) -> TypeId {
        let layouts = Abi::ALL.map(|abi| self.layout_of(abi, &ty));
        let (weight, owns_memory) = (self.weight_of(&ty), self.owns_memory_of(&ty));
        let kind = self.kind_of(&ty);
        let alike = *self.kinds.entry(kind).or_insert(self.defs.next_key());
        let equal = self.of_equals(&ty);
        let equal = *self.distinct.entry(equal).or_insert(self.defs.next_key());
        self.facts.push(Facts { layouts, weight, owns_memory, alike, equal });
        self.defs.push(TypeDef { ty, name: None })
    }

    pub fn push_func(&mut self, ty: FuncType) -> FuncTypeId {
        self.funcs.push(ty)
    }

    /// Gives a type its exported name. The first name stays.
    pub fn name(&mut self, id: TypeId, name: QualifiedName) {
        self.defs[id].name.get_or_insert(name);
    }

    pub fn get(&self, id: TypeId) -> &Type {
        &self.defs[id].ty
    }

    pub fn def(&self, id: TypeId) -> &TypeDef {
        &self.defs[id]
    }

    pub fn func(&self, id: FuncTypeId) -> &FuncType {
        &self.funcs[id]
    }

    pub fn funcs(&self) -> impl Iterator<Item = &FuncType> {
        self.funcs.values()
    }

    pub fn iter(&self) -> impl Iterator<Item = (TypeId, &TypeDef)> {
        self.defs.iter()
    }

    /// The types directly inside this one, in order.
    pub fn children(&self, id: TypeId) -> Vec<TypeId> {
        self.get(id).children()
    }

    /// The first type that is the same but for the names in it: the same code transfers values of both.
    pub fn alike(&self, id: TypeId) -> TypeId {
        self.facts[id].alike
    }

    /// The first type that is equal: the same resources, and the same names of fields, cases and labels.
    pub fn equal(&self, id: TypeId) -> TypeId {
        self.facts[id].equal
    }

    /// The number of an element type of streams and futures: equal types have equal ones; 0 for none.
    pub fn element_number(&self, element: Option<TypeId>) -> u32 {
        element.map_or(0, |id| self.equal(id).as_u32().saturating_add(1))
    }

    /// A type with the types inside it replaced by the first that are equal.
    fn of_equals(&self, ty: &Type) -> Type {
        let mut ty = ty.clone();
        ty.children_mut().into_iter().for_each(|child| *child = self.equal(*child));
        ty
    }

    /// What all types like this one have in common.
    fn kind_of(&self, ty: &Type) -> Type {
        let alike = |id: &TypeId| self.alike(*id);
        let maybe = |id: &Option<TypeId>| id.as_ref().map(alike);
        match ty {
            Type::List(element) => Type::List(alike(element)),
            Type::FixedList(element, length) => Type::FixedList(alike(element), *length),
            Type::Map(key, value) => Type::Map(alike(key), alike(value)),
            Type::Record(fields) => Type::Tuple(fields.iter().map(|f| alike(&f.ty)).collect()),
            Type::Tuple(fields) => Type::Tuple(fields.iter().map(alike).collect()),
            Type::Variant(cases) => Type::Variant(
                cases.iter().map(|c| Case { name: String::new(), ty: maybe(&c.ty) }).collect(),
            ),
            Type::Enum(labels) => Type::Enum(vec![String::new(); labels.len()]),
            Type::Option(some) => Type::Option(alike(some)),
            Type::Result { ok, err } => Type::Result { ok: maybe(ok), err: maybe(err) },
            Type::Flags(labels) => Type::Flags(vec![String::new(); labels.len()]),
            Type::Stream(element) => Type::Stream(maybe(element)),
            Type::Future(value) => Type::Future(maybe(value)),
            _ => ty.clone(),
        }
    }

    /// How much code a transfer of such a value is, roughly, in instructions.
    pub fn weight(&self, id: TypeId) -> u32 {
        self.facts[id].weight
    }

    fn weight_of(&self, ty: &Type) -> u32 {
        let own = match ty {
            Type::String | Type::List(_) | Type::FixedList(..) | Type::Map(..) => 8,
            Type::Own(_) | Type::Borrow(_) => 4,
            // Nothing of their elements is transferred.
            Type::Stream(_) | Type::Future(_) => return 4,
            _ => 1,
        };
        ty.children().into_iter().fold(own, |sum, child| sum.saturating_add(self.weight(child)))
    }

    /// Whether a value on the host's side has something that must be released: strings, lists, error contexts, ends of
    /// streams and futures.
    pub fn owns_memory(&self, id: TypeId) -> bool {
        self.facts[id].owns_memory
    }

    fn owns_memory_of(&self, ty: &Type) -> bool {
        let has_something = matches!(
            ty,
            Type::String
                | Type::List(_)
                | Type::Map(..)
                | Type::ErrorContext
                | Type::Stream(_)
                | Type::Future(_)
        );
        has_something || ty.children().into_iter().any(|child| self.owns_memory(child))
    }

    /// Whether `test` holds for this type or one inside it.
    pub fn any(&self, id: TypeId, test: &dyn Fn(&Type) -> bool) -> bool {
        self.any_of(id, test, &mut HashSet::new())
    }

    fn any_of(&self, id: TypeId, test: &dyn Fn(&Type) -> bool, seen: &mut HashSet<TypeId>) -> bool {
        let ty = self.get(id);
        test(ty)
            || ty.children().into_iter().any(|child| {
                // What has no types inside is not worth remembering.
                let is_leaf = self.get(child).is_leaf();
                (is_leaf || seen.insert(child)) && self.any_of(child, test, seen)
            })
    }

    /// See [`Type::cases`].
    pub fn cases(&self, id: TypeId) -> Option<Vec<Option<TypeId>>> {
        self.get(id).cases()
    }

    /// See [`Type::fields`].
    pub fn fields(&self, id: TypeId) -> Option<Vec<TypeId>> {
        self.get(id).fields()
    }
}

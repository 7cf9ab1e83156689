//! The C types of a header: which there are, what they are called, in which order they must stand.
//!
//! A program may have many ids for one type. Here equal types are one: types that WIT names (records,
//! variants, enums, flags) are equal if their names and structures are, all others if their structures
//! are. A second name for a type, as WIT's `use` and `type` make them, becomes a typedef.

use crate::index::{FuncTypeId, ResourceId, TypeId};
use crate::link::{ExportItem, Program};
use crate::names::{Names, is_embedders};
use crate::types::{Abi, QualifiedName, Type, layout};
use cranelift_entity::packed_option::PackedOption;
use cranelift_entity::{PrimaryMap, SecondaryMap, entity_impl};
use std::collections::HashMap;

/// A type of the header.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CTypeId(u32);
entity_impl!(CTypeId, "ctype");

/// What a type is made of. Fields and cases keep the labels of WIT.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// A type of C with its name in structural names.
    Scalar(&'static str, &'static str),
    String,
    ErrorContext,
    List(CTypeId),
    Array(CTypeId, u32),
    Record(Vec<(String, CTypeId)>),
    Tuple(Vec<CTypeId>),
    Variant(Vec<(String, Option<CTypeId>)>),
    Enum(Vec<String>),
    Flags(Vec<String>),
    Option(CTypeId),
    Result(Option<CTypeId>, Option<CTypeId>),
    Handle(ResourceId),
    Stream(Option<CTypeId>),
    Future(Option<CTypeId>),
}

#[derive(Debug)]
pub struct CType {
    pub shape: Shape,
    /// Its name without `_t`; of a scalar, the whole name.
    pub name: String,
    /// Where it comes from; what a map's entries are comes from nowhere.
    pub source: Option<TypeId>,
    pub layout: layout::Layout,
    /// The offsets of the fields of a product; of a sum, that of its union.
    pub offsets: Vec<u32>,
    /// Whether it contains strings, lists or error contexts, which somebody must free.
    pub owns_memory: bool,
}

/// Another name for a type.
#[derive(Debug)]
pub struct Alias {
    pub name: String,
    pub target: CTypeId,
    pub source: Option<TypeId>,
}

/// What stands in the header, in this order.
#[derive(Clone, Copy, Debug)]
pub enum Item {
    Type(CTypeId),
    /// An index into [`Model::aliases`].
    Alias(usize),
}

#[derive(Debug, Default)]
pub struct Model {
    prefix: String,
    pub types: PrimaryMap<CTypeId, CType>,
    pub aliases: Vec<Alias>,
    pub items: Vec<Item>,
    ids: SecondaryMap<TypeId, PackedOption<CTypeId>>,
    /// The alias by which an id is mentioned.
    mentions: HashMap<TypeId, usize>,
    equal: HashMap<(Shape, Option<String>), CTypeId>,
    /// The first type with a name of this structure.
    named: HashMap<Shape, CTypeId>,
    /// Qualified names in use, each with what it stands for.
    qualified: HashMap<(QualifiedName, CTypeId), Option<usize>>,
}

/// Structural names longer than this become numbers.
const LONGEST_NAME: usize = 96;

impl Model {
    /// All types that a program shows to its embedder.
    pub fn new(program: &Program, names: &mut Names) -> Model {
        let mut model = Model { prefix: names.prefix().to_string(), ..Model::default() };
        let mut builder = Builder { program, names, model: &mut model };
        builder.exported_types();
        builder.functions();
        model
    }

    /// The C type of a value; only for what the header mentions.
    pub fn get(&self, id: TypeId) -> CTypeId {
        self.ids[id].expect("every type that the header mentions is in the model")
    }

    /// The type of handles to a resource, if any is mentioned.
    pub fn handle(&self, id: ResourceId) -> Option<CTypeId> {
        self.equal.get(&(Shape::Handle(id), None)).copied()
    }

    /// How a type is written where a program mentions it.
    pub fn spell(&self, id: TypeId) -> String {
        match self.mentions.get(&id) {
            Some(&alias) => format!("{}_t", self.aliases[alias].name),
            None => self.spell_type(self.get(id)),
        }
    }

    /// How a type is written.
    pub fn spell_type(&self, id: CTypeId) -> String {
        let ty = &self.types[id];
        match ty.shape {
            Shape::Scalar(..) => ty.name.clone(),
            _ => format!("{}_t", ty.name),
        }
    }

    /// The name of a type that has one.
    pub fn name(&self, id: TypeId) -> Option<String> {
        let ty = self.ids[id].expand()?;
        Some(match self.mentions.get(&id) {
            Some(&alias) => self.aliases[alias].name.clone(),
            None => self.types[ty].name.clone(),
        })
    }

    /// Whether a parameter of this type is passed by value.
    pub fn by_value(&self, id: TypeId) -> bool {
        matches!(
            self.types[self.get(id)].shape,
            Shape::Scalar(..)
                | Shape::Enum(_)
                | Shape::Flags(_)
                | Shape::Handle(_)
                | Shape::Stream(_)
                | Shape::Future(_)
                | Shape::ErrorContext
        )
    }

    /// The function that frees a value, if it needs one.
    pub fn free(&self, id: CTypeId) -> Option<String> {
        self.types[id].owns_memory.then(|| format!("{}_free", self.types[id].name))
    }

    /// What a type is called within the name of another.
    fn component(&self, id: Option<CTypeId>) -> &str {
        let Some(id) = id else { return "void" };
        match &self.types[id].shape {
            Shape::Scalar(name, _) => name,
            _ => {
                let name = &self.types[id].name;
                name.strip_prefix(&self.prefix).map_or(name, |rest| rest.trim_start_matches('_'))
            }
        }
    }
}

struct Builder<'a> {
    program: &'a Program,
    names: &'a mut Names,
    model: &'a mut Model,
}

impl Builder<'_> {
    fn exported_types(&mut self) {
        for export in self.program.exports.values() {
            match export.item {
                ExportItem::Type(id) => {
                    let ty = self.intern(id);
                    self.alias(None, &export.name, ty);
                }
                ExportItem::Resource(id) => {
                    let handle = self.handle(id);
                    self.alias(None, &export.name, handle);
                }
                ExportItem::Func { .. } | ExportItem::Value { .. } | ExportItem::Definition(_) => {}
            }
        }
    }

    fn functions(&mut self) {
        for import in self.program.imports.values().filter(|i| is_embedders(&i.binding)) {
            self.function(import.ty);
        }
        for export in self.program.exports.values() {
            if let ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } = export.item {
                self.function(ty);
            }
        }
    }

    fn function(&mut self, id: FuncTypeId) {
        let ty = self.program.types.func(id);
        for id in ty.params.iter().map(|param| param.ty).chain(ty.result) {
            self.intern(id);
        }
    }

    fn intern(&mut self, id: TypeId) -> CTypeId {
        if let Some(known) = self.model.ids[id].expand() {
            return known;
        }
        let shape = self.shape(id);
        let name = self.program.types.def(id).name.clone();
        let ty = match shape {
            Shape::Record(_) | Shape::Variant(_) | Shape::Enum(_) | Shape::Flags(_) => {
                self.nominal(id, shape, name.as_ref())
            }
            Shape::Handle(resource) => self.handle(resource),
            _ => self.structural(Some(id), shape),
        };
        self.model.ids[id] = Some(ty).into();
        if let Some(name) = name {
            self.alias(Some(id), &name, ty);
        }
        ty
    }

    /// A record, variant, enum or flags: one type for each of its names.
    fn nominal(&mut self, id: TypeId, shape: Shape, name: Option<&QualifiedName>) -> CTypeId {
        let known = match name {
            Some(name) => self.model.equal.get(&(shape.clone(), Some(name.name.clone()))),
            None => self.model.named.get(&shape),
        };
        if let Some(known) = known {
            return *known;
        }
        let base = match name {
            Some(name) => self.names.qualified(name),
            None => format!("{}_{}", self.model.prefix, kind(&shape)),
        };
        let ty = self.define(Some(id), shape.clone(), base);
        self.model.named.entry(shape.clone()).or_insert(ty);
        if let Some(name) = name {
            self.model.equal.insert((shape, Some(name.name.clone())), ty);
            self.model.qualified.insert((name.clone(), ty), None);
        }
        ty
    }

    fn handle(&mut self, resource: ResourceId) -> CTypeId {
        let shape = Shape::Handle(resource);
        if let Some(known) = self.model.equal.get(&(shape.clone(), None)) {
            return *known;
        }
        let name = self.names.resource(resource).to_string();
        let ty = self.push(None, shape.clone(), name);
        self.model.equal.insert((shape, None), ty);
        self.model.items.push(Item::Type(ty));
        for export in self.program.exports.values() {
            if matches!(export.item, ExportItem::Resource(id) if id == resource) {
                self.model.qualified.insert((export.name.clone(), ty), None);
                return ty;
            }
        }
        let name = self.program.resources[resource].name.clone();
        self.model.qualified.insert((name, ty), None);
        ty
    }

    fn structural(&mut self, source: Option<TypeId>, shape: Shape) -> CTypeId {
        if let Some(known) = self.model.equal.get(&(shape.clone(), None)) {
            return *known;
        }
        let ty = match shape {
            Shape::Scalar(_, c) => self.push(source, shape.clone(), c.to_string()),
            Shape::String | Shape::ErrorContext => {
                let name = format!("{}_{}", self.model.prefix, kind(&shape));
                self.push(source, shape.clone(), name)
            }
            _ => {
                let base = format!("{}_{}", self.model.prefix, self.structural_name(&shape));
                self.define(source, shape.clone(), base)
            }
        };
        self.model.equal.insert((shape, None), ty);
        ty
    }

    fn define(&mut self, source: Option<TypeId>, shape: Shape, base: String) -> CTypeId {
        let endings: &[&str] = match shape {
            Shape::Stream(_) | Shape::Future(_) => {
                &["_t", "_new", "_read", "_write", "_cancel", "_drop"]
            }
            _ => &["_t", "_free"],
        };
        let name = self.names.claim(base, endings);
        let ty = self.push(source, shape, name);
        self.model.items.push(Item::Type(ty));
        ty
    }

    fn push(&mut self, source: Option<TypeId>, shape: Shape, name: String) -> CTypeId {
        let (layout, offsets) = self.layout(source, &shape);
        let owns_memory = match &shape {
            Shape::String | Shape::List(_) | Shape::ErrorContext => true,
            _ => children(&shape).into_iter().any(|child| self.model.types[child].owns_memory),
        };
        self.model.types.push(CType { shape, name, source, layout, offsets, owns_memory })
    }

    /// Size, alignment and offsets as the compiler uses them.
    fn layout(&self, source: Option<TypeId>, shape: &Shape) -> (layout::Layout, Vec<u32>) {
        let types = &self.program.types;
        let abi = Abi::NATIVE;
        let Some(id) = source else {
            return match shape {
                Shape::Tuple(fields) => self.entry_layout(fields),
                _ => (layout::Layout { size: abi.handle, align: abi.handle }, Vec::new()),
            };
        };
        let offsets = match (types.fields(id), types.cases(id)) {
            (Some(fields), _) => types.product(abi, &fields).0,
            (_, Some(cases)) => vec![types.sum(abi, &cases).payload],
            _ => Vec::new(),
        };
        (types.layout(abi, id), offsets)
    }

    /// A map's entry has no id of its own.
    fn entry_layout(&self, fields: &[CTypeId]) -> (layout::Layout, Vec<u32>) {
        let mut whole = layout::Layout { size: 0, align: 1 };
        let mut offsets = Vec::new();
        for field in fields {
            let field = self.model.types[*field].layout;
            offsets.push(layout::align_to(whole.size, field.align));
            whole.size = layout::align_to(whole.size, field.align) + field.size;
            whole.align = whole.align.max(field.align);
        }
        whole.size = layout::align_to(whole.size, whole.align);
        (whole, offsets)
    }

    /// Gives `target` one more name, unless it has it.
    fn alias(&mut self, source: Option<TypeId>, name: &QualifiedName, target: CTypeId) {
        let key = (name.clone(), target);
        let known = match self.model.qualified.get(&key) {
            Some(known) => *known,
            None => {
                let base = self.names.qualified(name);
                let name = self.names.claim(base, &["_t"]);
                let index = self.model.aliases.len();
                self.model.aliases.push(Alias { name, target, source });
                self.model.items.push(Item::Alias(index));
                self.model.qualified.insert(key, Some(index));
                Some(index)
            }
        };
        if let (Some(id), Some(alias)) = (source, known) {
            self.model.mentions.insert(id, alias);
        }
    }

    fn shape(&mut self, id: TypeId) -> Shape {
        let program = self.program;
        match program.types.get(id) {
            Type::Bool => Shape::Scalar("bool", "bool"),
            Type::S8 => Shape::Scalar("s8", "int8_t"),
            Type::U8 => Shape::Scalar("u8", "uint8_t"),
            Type::S16 => Shape::Scalar("s16", "int16_t"),
            Type::U16 => Shape::Scalar("u16", "uint16_t"),
            Type::S32 => Shape::Scalar("s32", "int32_t"),
            Type::U32 => Shape::Scalar("u32", "uint32_t"),
            Type::S64 => Shape::Scalar("s64", "int64_t"),
            Type::U64 => Shape::Scalar("u64", "uint64_t"),
            Type::F32 => Shape::Scalar("f32", "float"),
            Type::F64 => Shape::Scalar("f64", "double"),
            Type::Char => Shape::Scalar("char", "uint32_t"),
            Type::ErrorContext => Shape::ErrorContext,
            Type::Stream(t) => Shape::Stream(t.map(|t| self.intern(t))),
            Type::Future(t) => Shape::Future(t.map(|t| self.intern(t))),
            Type::String => Shape::String,
            Type::List(t) => Shape::List(self.intern(*t)),
            Type::FixedList(t, length) => Shape::Array(self.intern(*t), *length),
            Type::Map(k, v) => {
                let entry = Shape::Tuple(vec![self.intern(*k), self.intern(*v)]);
                Shape::List(self.structural(None, entry))
            }
            Type::Record(fields) => {
                Shape::Record(fields.iter().map(|f| (f.name.clone(), self.intern(f.ty))).collect())
            }
            Type::Tuple(types) => Shape::Tuple(types.iter().map(|t| self.intern(*t)).collect()),
            Type::Variant(cases) => Shape::Variant(
                cases.iter().map(|c| (c.name.clone(), c.ty.map(|t| self.intern(t)))).collect(),
            ),
            Type::Enum(labels) => Shape::Enum(labels.clone()),
            Type::Flags(labels) => Shape::Flags(labels.clone()),
            Type::Option(t) => Shape::Option(self.intern(*t)),
            Type::Result { ok, err } => {
                Shape::Result(ok.map(|t| self.intern(t)), err.map(|t| self.intern(t)))
            }
            Type::Own(resource) | Type::Borrow(resource) => Shape::Handle(*resource),
        }
    }

    fn structural_name(&self, shape: &Shape) -> String {
        let name = |id: &CTypeId| self.model.component(Some(*id));
        let kind = kind(shape);
        let full = match shape {
            Shape::List(t) | Shape::Option(t) => format!("{kind}_{}", name(t)),
            Shape::Stream(t) | Shape::Future(t) => {
                format!("{kind}_{}", self.model.component(*t))
            }
            Shape::Array(t, length) => format!("{kind}{length}_{}", name(t)),
            Shape::Result(ok, err) => {
                format!("{kind}_{}_{}", self.model.component(*ok), self.model.component(*err))
            }
            Shape::Tuple(types) => types
                .iter()
                .take(LONGEST_NAME)
                .fold(format!("{kind}{}", types.len()), |all, t| format!("{all}_{}", name(t))),
            _ => kind.to_string(),
        };
        if full.len() > LONGEST_NAME { kind.to_string() } else { full }
    }
}

/// The types directly inside.
pub fn children(shape: &Shape) -> Vec<CTypeId> {
    match shape {
        Shape::List(t) | Shape::Array(t, _) | Shape::Option(t) => vec![*t],
        Shape::Record(fields) => fields.iter().map(|(_, t)| *t).collect(),
        Shape::Tuple(types) => types.clone(),
        Shape::Variant(cases) => cases.iter().filter_map(|(_, t)| *t).collect(),
        Shape::Result(ok, err) => [*ok, *err].into_iter().flatten().collect(),
        _ => Vec::new(),
    }
}

fn kind(shape: &Shape) -> &'static str {
    match shape {
        Shape::Scalar(name, _) => name,
        Shape::String => "string",
        Shape::ErrorContext => "error_context",
        Shape::List(_) => "list",
        Shape::Array(..) => "array",
        Shape::Record(_) => "record",
        Shape::Tuple(_) => "tuple",
        Shape::Variant(_) => "variant",
        Shape::Enum(_) => "enum",
        Shape::Flags(_) => "flags",
        Shape::Option(_) => "option",
        Shape::Result(..) => "result",
        Shape::Handle(_) => "handle",
        Shape::Stream(_) => "stream",
        Shape::Future(_) => "future",
    }
}

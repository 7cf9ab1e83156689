//! A core module as it was parsed: everything but the code, which stays in the input as byte ranges.

use std::collections::HashMap;
use std::ops::Range;
use wasmparser::types::CoreTypeId;
use wasmparser::{FieldType, FuncType, GlobalType, MemoryType, RefType, TableType};

/// A validated core module. Index spaces hold the imported entities first.
#[derive(Debug, Default)]
pub struct Module {
    pub name: Option<String>,
    /// The module's bytes in the input.
    pub range: Range<usize>,
    /// The type index space as function types; a type that is none stands as `(func)`.
    pub types: Vec<FuncType>,
    /// What else there is to say of each type.
    pub type_defs: Vec<CoreTypeDef>,
    /// For every type: equal types of all modules of the input have equal ids.
    pub type_ids: Vec<CoreTypeId>,
    pub imports: Vec<Import>,
    /// Type index of every function, imported ones first.
    pub funcs: Vec<u32>,
    pub tables: Vec<Table>,
    pub memories: Vec<MemoryType>,
    /// Type index of every tag.
    pub tags: Vec<u32>,
    pub globals: Vec<Global>,
    pub exports: Vec<Export>,
    pub start: Option<u32>,
    pub elements: Vec<ElementSegment>,
    pub data: Vec<DataSegment>,
    /// The contents of the code section in the input.
    pub code: Range<usize>,
    /// Bodies of the defined functions (locals and code), in order.
    pub bodies: Vec<Range<usize>>,
    /// What each of them uses.
    pub uses: Vec<Uses>,
    pub func_names: HashMap<u32, String>,
    pub customs: Vec<Custom>,
    /// Where the branch hints of functions are in the input.
    pub branch_hints: HashMap<u32, Range<usize>>,
    pub imported: Imported,
    /// Something valid that is not compiled yet and has no form here: instantiating the module fails.
    pub unsupported: Option<Unsupported>,
}

/// A type definition, apart from a function type's parameters and results.
#[derive(Clone, Debug)]
pub struct CoreTypeDef {
    pub composite: Composite,
    /// The type index of the declared supertype.
    pub supertype: Option<u32>,
    /// Whether it is a final function type without a supertype, alone in its group, that does not refer to
    /// itself: such types are equal if they look alike. Others are equal if their ids are.
    pub is_plain: bool,
}

/// Fields have type indices of the module in their types.
#[derive(Clone, Debug)]
pub enum Composite {
    Func,
    Struct(Vec<FieldType>),
    Array(FieldType),
}

/// A part of a module that this structure cannot express.
#[derive(Clone, Debug)]
pub struct Unsupported {
    pub offset: usize,
    pub what: String,
}

/// How many entities of each kind are imported: the defined ones begin at these indices.
#[derive(Clone, Copy, Debug, Default)]
pub struct Imported {
    pub funcs: u32,
    pub tables: u32,
    pub memories: u32,
    pub globals: u32,
    pub tags: u32,
}

impl Module {
    pub fn func_type(&self, func: u32) -> &FuncType {
        &self.types[self.funcs[func as usize] as usize]
    }

    pub fn export(&self, name: &str) -> Option<Entity> {
        self.exports.iter().find(|e| e.name == name).map(|e| e.entity)
    }
}

/// What a function body uses of its module, as far as others can depend on it. Code that cannot be reached
/// counts.
#[derive(Debug, Default)]
pub struct Uses {
    /// Each kind of use of the same thing once.
    pub all: Box<[Use]>,
    /// Set if all that the body does is to call this with its first parameters, in order, and to return
    /// what that returns. If both have the same type, those are all its parameters.
    pub forward: Option<Target>,
}

/// A use of a thing by its index in the module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A call, in tail position or not, at so many places.
    Call(Target, u32),
    /// `ref.func`
    Reference(u32),
    GlobalSet(u32),
    MemoryGrow(u32),
    /// Elements come out of a table other than to be called.
    TableRead(u32),
    /// Elements come into a table that is as long as it was.
    TableWrite(u32),
    TableGrow(u32),
    /// The items of an element segment come out of it.
    Segment(u32),
}

/// What is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    Function(u32),
    /// An element of a table whose index is a constant.
    Element {
        ty: u32,
        table: u32,
        index: u32,
    },
    /// Any element of a table.
    Table {
        ty: u32,
        table: u32,
    },
    /// What a reference of this type names.
    Reference {
        ty: u32,
    },
}

#[derive(Debug)]
pub struct Import {
    pub module: String,
    pub name: String,
    pub ty: EntityType,
}

#[derive(Clone, Debug)]
pub enum EntityType {
    /// A type index.
    Func(u32),
    Table(TableType),
    Memory(MemoryType),
    Global(GlobalType),
    /// A type index.
    Tag(u32),
}

#[derive(Debug)]
pub struct Export {
    pub name: String,
    pub entity: Entity,
}

/// An index into one of a module's index spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    Func(u32),
    Table(u32),
    Memory(u32),
    Global(u32),
    Tag(u32),
}

#[derive(Debug)]
pub struct Table {
    pub ty: TableType,
    /// What the elements start as; null if absent (and for imports).
    pub init: Option<ConstExpr>,
}

#[derive(Debug)]
pub struct Global {
    pub ty: GlobalType,
    /// Absent for imports.
    pub init: Option<ConstExpr>,
}

#[derive(Debug)]
pub struct ElementSegment {
    pub mode: SegmentMode,
    pub ty: RefType,
    pub items: Vec<ConstExpr>,
}

#[derive(Debug)]
pub struct DataSegment {
    pub mode: SegmentMode,
    /// The bytes in the input.
    pub range: Range<usize>,
}

#[derive(Debug)]
pub enum SegmentMode {
    Passive,
    /// For a table or memory index.
    Active {
        target: u32,
        offset: ConstExpr,
    },
    Declared,
}

/// A constant expression: a program for a stack machine, validated to leave one value.
pub type ConstExpr = Vec<ConstOp>;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConstOp {
    I32(i32),
    I64(i64),
    /// The bits of an `f32`.
    F32(u32),
    /// The bits of an `f64`.
    F64(u64),
    V128(u128),
    GlobalGet(u32),
    RefFunc(u32),
    RefNull,
    RefI31,
    /// `any.convert_extern` or `extern.convert_any`.
    Convert,
    /// Of the struct type with this index, a value per field.
    StructNew(u32),
    StructNewDefault(u32),
    /// Of the array type with this index, an element and how many.
    ArrayNew(u32),
    /// Of the array type with this index, how many elements.
    ArrayNewDefault(u32),
    /// Of the array type with this index, with so many elements.
    ArrayNewFixed(u32, u32),
    I32Add,
    I32Sub,
    I32Mul,
    I64Add,
    I64Sub,
    I64Mul,
}

/// A custom section, kept as it was.
#[derive(Debug)]
pub struct Custom {
    pub name: String,
    pub range: Range<usize>,
}

//! A component as it was parsed: its definitions in order, each of which appends to one of the
//! component's index spaces (Explainer.md, "Component Definitions").
//!
//! Indices here are raw `u32`s into those spaces; they get a meaning when the component is instantiated
//! (see `link`).

use super::module::Custom;
use crate::index::{ComponentId, ModuleId};
use std::borrow::Cow;
use std::ops::Range;
use wasmparser::FuncType;

#[derive(Debug, Default)]
pub struct Component {
    pub name: Option<String>,
    pub range: Range<usize>,
    /// In the order of the binary.
    pub defs: Vec<Located<Def>>,
    pub customs: Vec<Custom>,
}

/// A definition and its byte offset in the input.
#[derive(Debug)]
pub struct Located<T> {
    pub offset: usize,
    pub item: T,
}

#[derive(Debug)]
pub enum Def {
    /// Appends to the core modules.
    CoreModule(ModuleId),
    /// Appends to the core instances.
    CoreInstance(CoreInstance),
    /// Appends to the core types.
    CoreType(CoreType),
    /// Appends to the components.
    Component(ComponentId),
    /// Appends to the instances.
    Instance(Instance),
    /// Appends to the space of its sort.
    Alias(Alias),
    /// Appends to the types.
    Type(TypeDef),
    /// Appends to the functions (`lift`) or the core functions (everything else).
    Canon(Canon),
    /// The component's start function; appends its results to the values.
    Start { func: u32, args: Vec<u32>, results: u32 },
    /// Appends to the space of its sort.
    Import { name: ExternName, ty: ExternType },
    /// Appends to the space of its sort.
    Export { name: ExternName, sort: Sort, index: u32, ty: Option<ExternType> },
}

/// The name of an import or export. What it is matched by is `name`; attributes are for hosts and people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExternName {
    pub name: String,
    /// What `name`, or the interface that it implements, leaves out of its version (`version-suffix`).
    pub version_suffix: Option<String>,
    /// The interface of an instance whose name is its owner's choice (`implements`).
    pub implements: Option<String>,
}

impl ExternName {
    /// The name with its whole version.
    pub fn full(&self) -> Cow<'_, str> {
        match self.implements {
            Some(_) => Cow::Borrowed(&self.name),
            None => self.with_suffix(&self.name),
        }
    }

    /// The interface that it implements, with its whole version.
    pub fn interface(&self) -> Option<Cow<'_, str>> {
        self.implements.as_deref().map(|interface| self.with_suffix(interface))
    }

    fn with_suffix<'a>(&self, name: &'a str) -> Cow<'a, str> {
        match &self.version_suffix {
            Some(suffix) if name.contains('@') => Cow::Owned(format!("{name}{suffix}")),
            _ => Cow::Borrowed(name),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    CoreModule,
    Func,
    Value,
    Type,
    Component,
    Instance,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CoreSort {
    Func,
    Table,
    Memory,
    Global,
    Tag,
    Type,
    Module,
    Instance,
}

#[derive(Debug)]
pub enum CoreInstance {
    /// `args`: the name of an import's module and the core instance that provides it.
    Instantiate {
        module: u32,
        args: Vec<(String, u32)>,
    },
    FromExports(Vec<(String, CoreSort, u32)>),
}

#[derive(Debug)]
pub enum Instance {
    Instantiate { component: u32, args: Vec<(String, Sort, u32)> },
    FromExports(Vec<(String, Sort, u32)>),
}

#[derive(Debug)]
pub enum Alias {
    /// Of a component instance.
    Export { sort: Sort, instance: u32, name: String },
    /// Of a core instance.
    CoreExport { sort: CoreSort, instance: u32, name: String },
    /// Of an enclosing component, `count` levels out.
    Outer { sort: OuterSort, count: u32, index: u32 },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OuterSort {
    CoreModule,
    CoreType,
    Type,
    Component,
}

#[derive(Clone, Debug)]
pub enum CoreType {
    /// A function type that is equal to whatever looks like it.
    Func(FuncType),
    /// A module's type. Instantiation never needs what is inside: the validator has checked it.
    Module,
    /// Any other type of the GC proposal.
    Other,
}

/// The type of an import or export.
#[derive(Clone, Debug)]
pub enum ExternType {
    /// A core type index (a module type).
    CoreModule(u32),
    /// A type index (a function type).
    Func(u32),
    Value(ValType),
    Type(TypeBound),
    /// A type index (an instance type).
    Instance(u32),
    /// A type index (a component type).
    Component(u32),
}

#[derive(Clone, Copy, Debug)]
pub enum TypeBound {
    Eq(u32),
    SubResource,
}

/// A type definition: what a `type` section holds.
#[derive(Clone, Debug)]
pub enum TypeDef {
    Value(ValueType),
    Func(FuncDef),
    Component(Vec<Decl>),
    Instance(Vec<Decl>),
    Resource { rep: wasmparser::ValType, dtor: Option<u32> },
}

#[derive(Clone, Debug)]
pub struct FuncDef {
    pub params: Vec<(String, ValType)>,
    pub result: Option<ValType>,
    pub async_: bool,
}

/// A declaration in a component or instance type; each appends to that type's own index spaces.
#[derive(Clone, Debug)]
pub enum Decl {
    CoreType(CoreType),
    Type(TypeDef),
    Alias(std::sync::Arc<Alias>),
    /// Component types only.
    Import {
        name: ExternName,
        ty: ExternType,
    },
    Export {
        name: ExternName,
        ty: ExternType,
    },
}

/// A value type in place: a primitive or a type index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValType {
    Primitive(Primitive),
    Type(u32),
}

pub use wasmparser::PrimitiveValType as Primitive;

/// A value type's definition.
#[derive(Clone, Debug)]
pub enum ValueType {
    Primitive(Primitive),
    Record(Vec<(String, ValType)>),
    Variant(Vec<(String, Option<ValType>)>),
    List(ValType),
    FixedList(ValType, u32),
    Map(ValType, ValType),
    Tuple(Vec<ValType>),
    Flags(Vec<String>),
    Enum(Vec<String>),
    Option(ValType),
    Result {
        ok: Option<ValType>,
        err: Option<ValType>,
    },
    /// A type index of a resource.
    Own(u32),
    /// A type index of a resource.
    Borrow(u32),
    Stream(Option<ValType>),
    Future(Option<ValType>),
}

/// A canonical definition.
#[derive(Debug)]
pub enum Canon {
    Lift {
        core_func: u32,
        ty: u32,
        options: CanonOptions,
    },
    Lower {
        func: u32,
        options: CanonOptions,
    },
    /// A type index of a resource.
    ResourceNew(u32),
    ResourceDrop(u32),
    ResourceRep(u32),
    ErrorContextNew(CanonOptions),
    ErrorContextDebugMessage(CanonOptions),
    ErrorContextDrop,
    /// `slot` is one of the words of thread-local storage.
    ContextGet {
        ty: wasmparser::ValType,
        slot: u32,
    },
    ContextSet {
        ty: wasmparser::ValType,
        slot: u32,
    },
    BackpressureInc,
    BackpressureDec,
    TaskReturn {
        result: Option<ValType>,
        options: CanonOptions,
    },
    TaskCancel,
    SubtaskCancel {
        async_: bool,
    },
    SubtaskDrop,
    WaitableSetNew,
    /// `memory` is where events go.
    WaitableSetWait {
        memory: u32,
    },
    WaitableSetPoll {
        memory: u32,
    },
    WaitableSetDrop,
    WaitableJoin,
    /// `stream.new`, `future.new`; here and below, a type index of a stream or future.
    CopyNew {
        ty: u32,
    },
    /// `stream.read` and its three neighbours.
    Copy {
        ty: u32,
        write: bool,
        options: CanonOptions,
    },
    CopyCancel {
        ty: u32,
        write: bool,
        async_: bool,
    },
    CopyDrop {
        ty: u32,
        write: bool,
    },
    CopyForward {
        ty: u32,
    },
    ThreadIndex,
    /// A core type index, and one of a core table.
    ThreadNewIndirect {
        ty: u32,
        table: u32,
    },
    ThreadResumeLater,
    /// One of `weldc_abi::task::switch`.
    ThreadSwitch(u32),
    ThreadAvailableParallelism,
    /// Any other built-in, by its name in the text format: valid, but not compiled.
    Unsupported(&'static str),
    /// A `lift` with options of the GC form of the ABI.
    UnsupportedLift {
        ty: u32,
    },
}

/// `canonopt`s; indices into the core spaces of the component.
#[derive(Clone, Debug, Default)]
pub struct CanonOptions {
    pub encoding: StringEncoding,
    pub memory: Option<u32>,
    pub realloc: Option<u32>,
    pub post_return: Option<u32>,
    pub callback: Option<u32>,
    pub async_: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum StringEncoding {
    #[default]
    Utf8,
    Utf16,
    Latin1OrUtf16,
}

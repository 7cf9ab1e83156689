//! The flat form of a component: what `link` leaves for the later phases.

use super::core_types::{CoreType, Numbers, ObjectType};
use super::trampoline::Trampoline;
use crate::index::*;
use crate::parse::component::StringEncoding;
use crate::types::{QualifiedName, Type, Types};
use cranelift_entity::packed_option::PackedOption;
use cranelift_entity::{EntitySet, PrimaryMap, SecondaryMap};
use std::collections::HashMap;
use wasmparser::{
    AbstractHeapType, FuncType, GlobalType, HeapType, MemoryType, TableType, ValType,
};

/// One component with everything nested in it, instantiated on paper.
#[derive(Debug, Default)]
pub struct Program {
    /// In the order in which they are instantiated.
    pub instances: PrimaryMap<InstanceId, Instance>,
    pub memories: PrimaryMap<MemoryId, Memory>,
    pub tables: PrimaryMap<TableId, Table>,
    pub globals: PrimaryMap<GlobalId, Global>,
    pub tags: PrimaryMap<TagId, Tag>,
    /// Canonical core function types; equal types are one, and only types of different groups of recursive
    /// types look alike without being it. `(ref $t)` has `CoreType::index` of `$t` where a module has a
    /// type index.
    pub signatures: PrimaryMap<SigId, FuncType>,
    /// The supertypes that function types declare.
    pub signature_supertypes: SecondaryMap<SigId, PackedOption<SigId>>,
    /// By signature: what stands in references to functions that have it or a subtype, less one.
    pub signature_numbers: PrimaryMap<SigId, Numbers>,
    /// Canonical struct and array types.
    pub objects: PrimaryMap<ObjectTypeId, ObjectType>,
    /// How many of `objects` are structs: their numbers come before those of arrays.
    pub struct_count: u32,
    /// For every module that is instantiated: its type index space.
    pub module_types: SecondaryMap<ModuleId, Vec<CoreType>>,
    /// What instantiation does, in order.
    pub steps: Vec<Step>,

    pub types: Types,
    pub component_instances: PrimaryMap<ComponentInstanceId, ComponentInstance>,
    pub resources: PrimaryMap<ResourceId, Resource>,
    pub trampolines: PrimaryMap<TrampolineId, Trampoline>,
    pub lifts: PrimaryMap<LiftId, Lift>,
    pub values: PrimaryMap<ValueId, Value>,
    pub start_calls: PrimaryMap<StartCallId, StartCall>,
    pub imports: PrimaryMap<ImportId, HostImport>,
    /// Those of `imports` that stand for values.
    pub value_imports: EntitySet<ImportId>,
    /// What else the root component imports, of which nothing uses anything.
    pub unused: Vec<Unused>,
    /// The interfaces of imported instances whose names are the component's own choice (`implements`).
    pub implements: HashMap<String, String>,
    pub exports: PrimaryMap<ExportId, Export>,
    /// By `CodeOptions::core_exports`, in that order.
    pub core_exports: PrimaryMap<CoreExportId, CoreExport>,
}

/// An instance of a core module. Each list is the module's whole index space, imports resolved.
#[derive(Debug)]
pub struct Instance {
    pub module: ModuleId,
    /// The component instance it belongs to.
    pub component: ComponentInstanceId,
    /// A path for people: `root/inner:module-name`.
    pub name: String,
    pub funcs: Vec<CoreFunc>,
    pub tables: Vec<TableId>,
    pub memories: Vec<MemoryId>,
    pub globals: Vec<GlobalId>,
    pub tags: Vec<TagId>,
    /// The element segments that are not declared and whose values are [`ConstValue::Computed`], ascending.
    pub computed_segments: Vec<u32>,
}

impl Instance {
    /// Whether only instantiation knows the values of an element segment.
    pub fn computes(&self, segment: u32) -> bool {
        self.computed_segments.binary_search(&segment).is_ok()
    }
}

/// A core function, whatever made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CoreFunc {
    /// A function that the module of `instance` defines: `func` is its index in the module's whole
    /// function index space.
    Wasm {
        instance: InstanceId,
        func: u32,
    },
    Trampoline(TrampolineId),
}

#[derive(Debug)]
pub struct Memory {
    pub ty: MemoryType,
    pub instance: InstanceId,
}

impl Memory {
    /// log2 of the size of a page.
    pub fn page_bits(&self) -> u32 {
        self.ty.page_size_log2.unwrap_or(weldc_abi::WASM_PAGE.trailing_zeros())
    }

    /// Bytes that it has at first; what does not fit is more than there can be.
    pub fn minimum(&self) -> u64 {
        u64::try_from(u128::from(self.ty.initial) << self.page_bits()).unwrap_or(u64::MAX)
    }
}

#[derive(Debug)]
pub struct Table {
    pub ty: TableType,
    pub instance: InstanceId,
    /// What every element starts as.
    pub init: ConstValue,
}

#[derive(Debug)]
pub struct Global {
    pub ty: GlobalType,
    pub instance: InstanceId,
    pub init: ConstValue,
}

#[derive(Debug)]
pub struct Tag {
    pub ty: SigId,
    pub instance: InstanceId,
}

/// A value known before the program runs, except for one case.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum ConstValue {
    I32(i32),
    I64(i64),
    /// The bits of an `f32`.
    F32(u32),
    /// The bits of an `f64`.
    F64(u64),
    V128(u128),
    Func(CoreFunc),
    /// A null reference of any type.
    Null,
    /// An i31 of these bits.
    I31(u32),
    /// A reference to an object that instantiation makes.
    Computed,
}

/// A step of instantiation. Constant expressions have been evaluated.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Copies active data segment `segment` of the instance's module to `memory` at `offset`.
    Data { instance: InstanceId, segment: u32, memory: MemoryId, offset: u64 },
    /// Copies active element segment `segment` of the instance's module to `table` at `offset`.
    Elements { instance: InstanceId, segment: u32, table: TableId, offset: u64 },
    /// Computes the initial value of the global that has this index in the instance's module.
    Global { instance: InstanceId, index: u32 },
    /// Computes what the elements of the table that has this index in the instance's module start as.
    Table { instance: InstanceId, index: u32 },
    /// Computes the values of a passive element segment of the instance's module.
    Segment { instance: InstanceId, segment: u32 },
    /// Calls the start function of the instance's module.
    Start { instance: InstanceId, func: CoreFunc },
    /// Calls a component function. `after` is the last instance before, or the first if there is none yet.
    Call { call: StartCallId, after: InstanceId },
}

impl Step {
    /// The core instance whose instantiation this is part of, or comes directly behind.
    pub fn instance(&self) -> InstanceId {
        match *self {
            Step::Data { instance, .. }
            | Step::Elements { instance, .. }
            | Step::Global { instance, .. }
            | Step::Table { instance, .. }
            | Step::Segment { instance, .. }
            | Step::Start { instance, .. }
            | Step::Call { after: instance, .. } => instance,
        }
    }
}

#[derive(Debug)]
pub struct ComponentInstance {
    pub parent: Option<ComponentInstanceId>,
    pub component: ComponentId,
    /// A path for people: the names from the root, `/` between them.
    pub name: String,
}

#[derive(Debug)]
pub struct Resource {
    pub name: QualifiedName,
    pub origin: ResourceOrigin,
}

#[derive(Debug)]
pub enum ResourceOrigin {
    /// Defined by a component instance; its representation is an `i32`, or an `i64` if it is `wide`.
    Guest { instance: ComponentInstanceId, dtor: Option<CoreFunc>, wide: bool },
    /// The host's; its representation is 64 bits. `drop` is called with it when an owned handle goes.
    Host { drop: Binding },
}

/// A component function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Func {
    Lift(LiftId),
    Import(ImportId),
}

/// `canon lift`. `ty` is the function's type as the lifting component sees it.
#[derive(Debug)]
pub struct Lift {
    pub instance: ComponentInstanceId,
    pub core: CoreFunc,
    pub ty: FuncTypeId,
    pub options: CanonOptions,
    /// For people: the export it is first seen as, or the core function's name.
    pub name: String,
}

/// A value of the component level. The zone has a place for it.
#[derive(Debug)]
pub struct Value {
    pub ty: TypeId,
}

/// A call that instantiation makes: of a component's start function, or of the host function that stands
/// for an imported value.
#[derive(Debug)]
pub struct StartCall {
    pub func: Func,
    pub ty: FuncTypeId,
    /// The function's parameters.
    pub args: Vec<ValueId>,
    /// Where its result goes.
    pub result: Option<ValueId>,
}

/// Canonical options, resolved.
#[derive(Clone, Copy, Debug, Default)]
pub struct CanonOptions {
    pub encoding: StringEncoding,
    pub memory: Option<MemoryId>,
    pub realloc: Option<CoreFunc>,
    pub post_return: Option<CoreFunc>,
    pub callback: Option<CoreFunc>,
    pub async_: bool,
}

/// A function that the root component imports.
#[derive(Debug)]
pub struct HostImport {
    pub name: QualifiedName,
    pub ty: FuncTypeId,
    pub binding: Binding,
}

/// A function or resource type that the root component imports and nothing uses.
#[derive(Debug)]
pub struct Unused {
    pub name: QualifiedName,
    pub item: UnusedItem,
}

#[derive(Debug)]
pub enum UnusedItem {
    Func(FuncTypeId),
    Resource(ResourceId),
}

/// How generated code reaches something of the host's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Binding {
    /// A linker symbol; `receiver` says what it gets first.
    Symbol { symbol: String, receiver: Receiver },
    /// Entry `slot` of the table of imports; receives the embedder's pointer, unless another zone serves it.
    Table { slot: u32 },
    /// Nothing serves it: calling it traps.
    Trap,
    /// Nothing to call (a host resource without a destructor).
    Nothing,
}

impl Binding {
    /// Whether there is something of the host's to call.
    pub fn is_callable(&self) -> bool {
        matches!(self, Binding::Symbol { .. } | Binding::Table { .. })
    }
}

/// The first argument of a host function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receiver {
    /// The embedder's pointer (`context::HOST`).
    Host,
    /// The state of WASI (`context::WASI`).
    Wasi,
}

/// An item that the root component exports, at any depth of exported instances.
#[derive(Debug)]
pub struct Export {
    pub name: QualifiedName,
    pub item: ExportItem,
}

#[derive(Debug)]
pub enum ExportItem {
    Func {
        func: Func,
        ty: FuncTypeId,
    },
    /// A value; `ty` is the type of a function that gives it.
    Value {
        value: ValueId,
        ty: FuncTypeId,
    },
    Type(TypeId),
    Resource(ResourceId),
    /// A core module or a component: nothing to call.
    Definition(&'static str),
}

/// An export of a core instance that the host uses directly.
#[derive(Clone, Copy, Debug)]
pub enum CoreExport {
    Func(CoreFunc),
    Global(GlobalId),
}

/// Whether it is wasi:cli/run of any release of 0.2 or 0.3; the canonical form of its name has no more of the version.
fn is_wasi_cli_run(interface: &str) -> bool {
    let version = interface.strip_prefix("wasi:cli/run@");
    let patch = version.and_then(|v| v.strip_prefix("0.2").or(v.strip_prefix("0.3")));
    patch.is_some_and(|patch| patch.is_empty() || patch.starts_with('.'))
}

impl Program {
    /// The `run` of an exported wasi:cli/run, which makes the component a command.
    pub fn command(&self) -> Option<ExportId> {
        let is_run = |name: &QualifiedName| {
            name.name == "run" && name.interface.as_deref().is_some_and(is_wasi_cli_run)
        };
        self.exports.iter().find(|(_, e)| is_run(&e.name)).map(|(id, _)| id)
    }

    /// Whether an import stands for a value: instantiation calls it, and nothing else does.
    pub fn is_value(&self, id: ImportId) -> bool {
        self.value_imports.contains(id)
    }

    /// Whether an error context can cross the host's border.
    pub fn has_error_contexts(&self) -> bool {
        self.types.iter().any(|(_, def)| matches!(def.ty, Type::ErrorContext))
    }

    /// Whether the host may have to do with tasks, streams or futures.
    pub fn has_tasks(&self) -> bool {
        self.types.funcs().any(|func| func.async_)
            || self.types.iter().any(|(_, def)| matches!(def.ty, Type::Stream(_) | Type::Future(_)))
    }

    /// Whether what it waits for may be WASI's.
    pub fn waits_for_wasi(&self) -> bool {
        self.has_tasks() && self.uses_wasi()
    }

    /// Whether anything of WASI is bound.
    pub fn uses_wasi(&self) -> bool {
        let wasi = |b: &Binding| matches!(b, Binding::Symbol { receiver: Receiver::Wasi, .. });
        self.imports.values().any(|i| wasi(&i.binding))
            || self
                .resources
                .values()
                .any(|r| matches!(&r.origin, ResourceOrigin::Host { drop } if wasi(drop)))
    }

    /// Entries that the table of imports has: one more than the last that is used.
    pub fn import_slots(&self) -> u32 {
        let imports = self.imports.values().map(|import| &import.binding);
        let drops = self.resources.values().filter_map(|resource| match &resource.origin {
            ResourceOrigin::Host { drop } => Some(drop),
            ResourceOrigin::Guest { .. } => None,
        });
        let ends = imports.chain(drops).map(|binding| match binding {
            Binding::Table { slot } => slot.saturating_add(1),
            _ => 0,
        });
        ends.max().unwrap_or(0)
    }

    /// Whether a function of the signature `found` can be called as one of the signature `wanted`.
    pub fn accepts(&self, wanted: SigId, found: SigId) -> bool {
        let Numbers { first, last } = self.signature_numbers[wanted];
        (first..=last).contains(&self.signature_numbers[found].first)
    }

    /// The signature of a core function.
    pub fn signature_of(&self, parsed: &crate::parse::Parsed, func: CoreFunc) -> SigId {
        match func {
            CoreFunc::Wasm { instance, func } => {
                let module = self.instances[instance].module;
                let ty = parsed.modules[module].funcs[func as usize];
                self.module_types[module][ty as usize].signature()
            }
            CoreFunc::Trampoline(id) => self.trampolines[id].sig,
        }
    }

    /// Whether it has objects to collect (`weldc_abi::gc`): structs, arrays, exceptions.
    pub fn collects(&self) -> bool {
        !self.objects.is_empty() || !self.tags.is_empty()
    }

    /// The number that exceptions with this tag have among the types of objects: behind those of `objects`.
    pub fn exception_type(&self, tag: TagId) -> u32 {
        self.objects.len() as u32 + tag.as_u32()
    }

    /// Whether values of this type can refer to objects, given whether a type index is one of an object
    /// type. Such words are what the collector looks for.
    pub fn traces(&self, ty: ValType, is_object: impl Fn(u32) -> bool) -> bool {
        use AbstractHeapType::{Any, Array, Eq, Exn, Extern, Struct};
        let ValType::Ref(reference) = ty else { return false };
        self.collects()
            && match reference.heap_type() {
                HeapType::Abstract { ty, .. } => {
                    matches!(ty, Any | Eq | Extern | Struct | Array | Exn)
                }
                HeapType::Concrete(index) | HeapType::Exact(index) => {
                    index.as_module_index().is_some_and(is_object)
                }
            }
    }

    /// The same for a type in its canonical form.
    pub fn traces_canonical(&self, ty: ValType) -> bool {
        self.traces(ty, CoreType::is_object_index)
    }

    /// The same for a type as a module has it.
    pub fn traces_in(&self, module: ModuleId, ty: ValType) -> bool {
        let types = &self.module_types[module];
        self.traces(ty, |index| matches!(types.get(index as usize), Some(CoreType::Object(_))))
    }
}

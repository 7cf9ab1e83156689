//! Names for the things that phases hand to each other. Every index that crosses a phase has a type.

use cranelift_entity::entity_impl;

macro_rules! indices {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);
            entity_impl!($name, $prefix);
        )*
    };
}

indices! {
    /// A core module of the input, as it was parsed.
    ModuleId "module";
    /// A component definition of the input, as it was parsed.
    ComponentId "component";
    /// A type of component values.
    TypeId "type";
    /// A component function type.
    FuncTypeId "functype";
    /// A core function type; equal types have equal ids throughout a program.
    SigId "sig";
    /// A struct or array type; equal types have equal ids throughout a program.
    ObjectTypeId "object_type";
    /// An instance of a core module.
    InstanceId "instance";
    /// An instance of a component.
    ComponentInstanceId "component_instance";
    /// A linear memory of the program.
    MemoryId "memory";
    /// A table of the program.
    TableId "table";
    /// A global of the program.
    GlobalId "global";
    /// An exception tag of the program.
    TagId "tag";
    /// A resource type: a fresh one for every instantiation of the component that defines it.
    ResourceId "resource";
    /// A core function that a canonical definition makes: a lowered function or a built-in.
    TrampolineId "trampoline";
    /// A function that transfers values of one type between two sides.
    TransferId "transfer";
    /// A component function made from a core function by `canon lift`.
    LiftId "lift";
    /// A component function that the host provides.
    ImportId "import";
    /// A value of the component level: of an import, or the result of a start function.
    ValueId "value";
    /// A call of a component function that instantiation makes.
    StartCallId "start_call";
    /// A call that has a record at run time.
    EdgeId "edge";
    /// An operation that copies elements of streams or futures.
    CopyId "copy";
    /// An item that the root component exports.
    ExportId "export";
    /// An export of a core instance that the host asked for.
    CoreExportId "core_export";
    /// A function of the output, whatever it was made from.
    FuncId "func";
    /// A read-only block of bytes of the output.
    DataId "data";
}

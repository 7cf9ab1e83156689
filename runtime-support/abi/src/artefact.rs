//! What an object file says about itself: one read-only [`Artefact`] record per compiled component.
//!
//! All pointers are [`Rel`]: 32-bit offsets from the field's own address, so that nothing in the artefact
//! needs a dynamic relocation and everything can be shared between processes. A `Rel` of 0 means none.

/// Distance in bytes from the address of this field to what it names; 0 for nothing.
pub type Rel = i32;

pub const MAGIC: u32 = u32::from_le_bytes(*b"weld");

/// The root of everything in an artefact, symbol `<prefix>_artefact`.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Artefact {
    pub magic: u32,
    /// [`crate::ABI_VERSION`].
    pub version: u32,
    /// The first byte of the code; all `u32` code offsets count from here.
    pub text: Rel,
    pub text_size: u32,
    /// Bytes of the context that are in use before any table grows.
    pub context_size: u32,
    /// Bytes of address space to reserve for the context (tables may grow into it).
    pub context_reserved: u32,
    /// Initial bytes of the context, `context_image_size` of them; what lies beyond is zero.
    pub context_image: Rel,
    pub context_image_size: u32,
    /// `[Memory; memory_count]`
    pub memories: Rel,
    pub memory_count: u32,
    /// `[Table; table_count]`
    pub tables: Rel,
    pub table_count: u32,
    /// `[u32; instance_count]`: context offsets of the component instances' records.
    pub instances: Rel,
    pub instance_count: u32,
    /// `[Resource; resource_count]`, by resource id.
    pub resources: Rel,
    pub resource_count: u32,
    /// Sites, in three parallel arrays sorted by code offset: return addresses of calls and addresses of
    /// instructions that can fault. `site_code[i]` is 0 for a call, else the [`crate::Trap`];
    /// `site_wasm[i]` is the byte offset in the component's binary, `u32::MAX` where there is none.
    /// Where a call returns to an instruction that can fault, both are there, the call first.
    pub site_pc: Rel,
    pub site_wasm: Rel,
    pub site_code: Rel,
    pub site_count: u32,
    /// `[Function; function_count]`, sorted by code offset.
    pub functions: Rel,
    pub function_count: u32,
    /// `[Entry; entry_count]`, sorted by return address.
    pub entries: Rel,
    pub entry_count: u32,
    /// `[Handler; handler_count]`, sorted by return address; those of one address in the order in which they
    /// are tried.
    pub handlers: Rel,
    pub handler_count: u32,
    /// UTF-8 bytes that the names refer to.
    pub strings: Rel,
    pub strings_size: u32,
    /// `extern "C" fn(context) -> i32`: runs what instantiation must execute; 0 if nothing.
    pub start: Rel,
    /// Entries that the table of imports has (`--imports=table`).
    pub import_count: u32,
    /// Context offset of the [`crate::context::import`] records, one for every entry of the table.
    pub import_words: u32,
    /// Of every site the number of its frame in `frames`, [`NO_FRAME`] if it has none; 0 if no site has one.
    pub site_frame: Rel,
    /// `[Frame; frame_count]`: what more than a function and an offset is known of sites.
    pub frames: Rel,
    pub frame_count: u32,
    /// A [`Gc`], aligned to 8; 0 if the program has no objects to collect.
    pub gc: Rel,
    /// A [`crate::linkage::Linkage`]; 0 if nothing can be bound to the program's exports or imports at run time.
    pub linkage: Rel,
    /// `[Edge; edge_count]`: the calls that have records.
    pub edges: Rel,
    pub edge_count: u32,
    /// `[Copy; copy_count]`: the operations that copy elements of streams and futures.
    pub copies: Rel,
    pub copy_count: u32,
    /// `extern "C" fn(context, function: *const c_void, argument: u64) -> status`: enters the zone and calls a
    /// core function `[i32] -> []`, the first code of an explicit thread; 0 if no thread is made.
    pub thread: Rel,
    /// The same for `[i64] -> []`.
    pub thread_wide: Rel,
    /// SHA-256 of all memories as they begin, their sizes included ([`Memory`] without `image` and `state`):
    /// address space that zones of one program leave behind is used by zones of another if that is the same.
    pub identity: [u8; 32],
}

/// No frame.
pub const NO_FRAME: u32 = u32::MAX;

/// A function that is active at a site: the one that the code was made from, or one that was inlined into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(C)]
pub struct Frame {
    /// Offset and size of its name in `strings`; a size of 0 for the function that the code was made from.
    pub name: u32,
    pub name_size: u32,
    /// Offset and size of the source file's name in `strings`; a size of 0 if it is not known.
    pub file: u32,
    pub file_size: u32,
    /// The line, and the column; 0 if it is not known.
    pub line: u32,
    pub column: u32,
    /// The frame of the function that this one was inlined into, [`NO_FRAME`] if it was not. It comes earlier in
    /// the array.
    pub caller: u32,
}

/// One linear memory.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Memory {
    /// Bytes at start.
    pub minimum: u64,
    /// Most bytes it may grow to.
    pub maximum: u64,
    /// Bytes of address space: accessible part and guard.
    pub reserved: u64,
    /// Initial contents: `image_size` bytes for guest address `image_start` (a multiple of
    /// [`crate::HOST_PAGE`]), themselves aligned to [`crate::HOST_PAGE`] and padded to it.
    pub image_start: u64,
    pub image_size: u64,
    pub image: Rel,
    /// Context offset of its [`crate::context::memory`] record.
    pub state: u32,
    /// log2 of the page size that `memory.grow` counts in.
    pub page_bits: u32,
    pub flags: u32,
}

/// One table.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Table {
    /// Context offset of its [`crate::context::table`] record.
    pub state: u32,
    /// Context offset of element 0.
    pub elements: u32,
    /// Elements at start, and the most it may have.
    pub minimum: u32,
    pub maximum: u32,
}

/// One resource type.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Resource {
    /// `extern "C" fn(context, rep: u64) -> i32`: of a guest-defined resource, runs the destructor for a
    /// handle that the host drops; 0 if it has none.
    pub drop: Rel,
    /// `extern "C" fn(context, rep: u64)`: of a resource of the host's, tells the host that an owned
    /// handle went with the zone; 0 if nobody wants to know.
    pub host_drop: Rel,
    pub name: u32,
    pub name_size: u32,
    /// `extern "C" fn(context, handle: u64) -> status`: of a guest-defined resource that is exported, drops a handle
    /// that the host holds; 0 for all others.
    pub release: Rel,
    /// Context offset of its [`crate::context::origin`]; 0 if it is no import that is bound at run time.
    pub origin: u32,
    /// Which of the imports is its destructor; [`crate::linkage::NO_SLOT`] if it has no words.
    pub slot: u32,
}

/// One function of the code.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Function {
    pub start: u32,
    pub size: u32,
    /// Offset and size of its name in `strings`.
    pub name: u32,
    pub name_size: u32,
    /// A [`function`] kind.
    pub kind: u32,
}

/// Kinds of [`Function`].
pub mod function {
    /// From a core module: shown in backtraces.
    pub const WASM: u32 = 0;
    /// An adapter or built-in.
    pub const ADAPTER: u32 = 1;
    /// An entry from the host.
    pub const ENTRY: u32 = 2;
    /// Another piece of generated code.
    pub const STUB: u32 = 3;
}

/// Where a trap lands: the one `try_call` of an entry function. A walk over frame pointers that meets
/// `return_address` has found the entry's frame, whose frame pointer is `fp`:
/// stack pointer = `fp - frame_size`, context = the word at `fp - frame_size + context_slot`. In programs that
/// have a [`Gc`] the word after it is what [`crate::context::gc::EXIT`] was when the entry was called.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Entry {
    pub return_address: u32,
    /// Code offset of the handler; it expects the status in the target's first exception payload register.
    pub handler: u32,
    pub frame_size: u32,
    pub context_slot: u32,
}

/// What an exception that reaches a call does there. The frame is found as with [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Handler {
    pub return_address: u32,
    /// The tag that is caught, by its number in the program, or a [`handler`] constant.
    pub tag: u32,
    /// Code offset of the handler; it expects the exception in the target's first exception payload register.
    pub handler: u32,
    pub frame_size: u32,
}

/// Values of [`Handler::tag`] that are no tags.
pub mod handler {
    /// Every exception is caught.
    pub const ALL: u32 = u32::MAX;
    /// No exception may pass: the call is one into another component instance, which it would leave.
    pub const BARRIER: u32 = u32::MAX - 1;
}

/// A call between two component instances, or between one and the host, that has a record ([`crate::task::call`]):
/// somebody can tell that its task is one.
///
/// `args` are the caller's words, one each of 8 bytes: its flat parameters, then where its result goes if that is in
/// memory. Of the host they are what its C function takes: scalars, addresses of all else, where the result goes.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Edge {
    /// `extern "C" fn(context, call, args) -> outcome`: lifts the parameters, lowers them, and calls the callee.
    /// Of a synchronous lift, lowers the result, too (a flat one to `args[0]`), and calls
    /// [`crate::symbols::Function::TaskReturned`] in between. The outcome of a callback lift is what the core function
    /// returned; of the host ([`crate::task::edge::HOST_CALLEE`]) 1 if the call is pending; else 0.
    pub enter: u32,
    /// `extern "C" fn(context, call, args, values: *const u64) -> status`: lifts the result from the flat parameters
    /// of `task.return` and lowers it, a flat one to `args[0]`. Of the host: from its result at `values`. Code offset
    /// 0 if there is none (synchronous lifts).
    pub resolve: u32,
    /// What `resolve` calls, in the tail convention, without a status: for `task.return` of a task whose caller's
    /// frames are on the same stack.
    pub resolve_body: u32,
    /// `extern "C" fn(context, event, p1, p2) -> outcome`: the lift's callback; 0 if there is none.
    pub callback: u32,
    /// Bits of [`crate::task::edge`].
    pub flags: u32,
    /// Context offsets of the instances' records ([`crate::context::instance`]); 0 for the host.
    pub caller: u32,
    pub callee: u32,
    /// What `task.return` must have to return from this task: a number for result type, memory and string encoding.
    pub returns: u32,
    /// Words of `args`.
    pub words: u32,
    /// Of the host: bytes of its result.
    pub result_size: u32,
    /// Context offset of a `*mut` [`crate::task::call`]: a record for the next call; null if there is none, which it is at
    /// first. 0 if generated code does not begin the call by itself.
    pub spare: u32,
    /// Offset and size in `strings` of the function's name, for people.
    pub name: u32,
    pub name_size: u32,
}

/// `stream.read`, `stream.write`, `future.read` or `future.write` with its options.
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Copy {
    /// `extern "C" fn(context, guest: *mut u8, count: u64, native: *mut u8) -> status`: for a write, lifts elements
    /// from the guest's memory to the host's layout; for a read, lowers them from there to the guest's memory. Code
    /// offset 0 if elements are [`crate::task::copy::PLAIN`], or there are none.
    pub transfer: u32,
    /// Bits of [`crate::task::copy`].
    pub flags: u32,
    /// The element type, by its number: equal types have equal numbers; 0 for none.
    pub ty: u32,
    /// Bytes and alignment of an element in the guest's memory; 0 and 1 for none.
    pub size: u32,
    pub align: u32,
    /// The same in the host's layout.
    pub native_size: u32,
    pub native_align: u32,
    /// Context offset of the instance's record.
    pub instance: u32,
    /// Context offset of the [`crate::context::memory`] record; 0 if there is no memory.
    pub memory: u32,
}

/// What the collector must know of a program ([`crate::gc`]).
#[derive(Clone, Copy, Debug)]
#[repr(C)]
pub struct Gc {
    /// Most bytes of objects, a multiple of [`crate::HOST_PAGE`]. Twice as much address space is reserved.
    pub maximum: u64,
    /// `[GcType; type_count]`, by the number in an object's header.
    pub types: Rel,
    pub type_count: u32,
    /// `[u32; offset_count]`: offsets in structs of traced words.
    pub offsets: Rel,
    pub offset_count: u32,
    /// `[u32; root_count]`: context offsets of traced words.
    pub roots: Rel,
    pub root_count: u32,
    /// `[u32; table_count]`: tables whose elements are traced words, by their number in the artefact.
    pub tables: Rel,
    pub table_count: u32,
    /// `[StackMap; stack_map_count]`, sorted by return address.
    pub stack_maps: Rel,
    pub stack_map_count: u32,
    /// `[u32; stack_slot_count]`: distances from stack pointers to traced words.
    pub stack_slots: Rel,
    pub stack_slot_count: u32,
}

/// One type of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct GcType {
    /// A [`gc_type`] kind.
    pub kind: u32,
    /// Of a struct: bytes with the header, a multiple of 8. Of an array: bytes of an element.
    pub size: u32,
    /// Of a struct: which of [`Gc::offsets`], counted from the object's header, are its traced words.
    pub first: u32,
    pub count: u32,
}

/// Kinds of [`GcType`].
pub mod gc_type {
    pub const STRUCT: u32 = 0;
    /// An array whose elements are no traced words.
    pub const ARRAY: u32 = 1;
    /// An array of traced words.
    pub const ARRAY_OF_REFERENCES: u32 = 2;
    /// A type that no object has, such as one of functions: it is numbered with the others.
    pub const NONE: u32 = 3;
}

/// Where a frame has traced words while a call is in execution. Calls across which none are live have no map.
/// The frame is found as with [`Entry`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct StackMap {
    pub return_address: u32,
    pub frame_size: u32,
    /// Which of [`Gc::stack_slots`].
    pub first: u32,
    pub count: u32,
}

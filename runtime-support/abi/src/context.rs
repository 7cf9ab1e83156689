//! The context block of a zone: its fixed head and the records whose offsets the compiler chooses.
//!
//! The address of the context is the first parameter of every generated function. The head has the
//! layout below for every zone; what follows it ([`HEADER_SIZE`] and up) is laid out by the compiler's
//! `place` phase and described to the runtime by [`crate::artefact::Artefact`].

/// `usize`: lowest stack pointer generated code may use; 0 while no thread is inside the zone.
/// A prologue that finds its stack pointer below it traps. The outermost entry sets it and clears it.
pub const STACK_LIMIT: i32 = 0;
/// `usize`: bytes of stack that the outermost entry grants; where the context's image has 0, the runtime
/// stores [`DEFAULT_STACK_SIZE`].
pub const STACK_SIZE: i32 = 8;
/// Bytes of stack unless something else is asked for.
pub const DEFAULT_STACK_SIZE: u64 = 1 << 20;
/// `*mut c_void`: the embedder's pointer, first argument of every import of its own.
pub const HOST: i32 = 16;
/// `*mut Zone`: the runtime's private record of this zone.
pub const ZONE: i32 = 24;
/// `*const Artefact`: what the zone was made from. Whoever has a zone of any version finds this here.
pub const ARTEFACT: i32 = 32;
/// `*mut c_void`: the state of WASI, first argument of every import that `weldc-wasi` serves.
pub const WASI: i32 = 40;
/// `u32`: 0 while the zone may run, else the [`crate::Trap`] that ended it.
pub const STATE: i32 = 48;
/// `u32`: how many zones were made with this one as a provider and still live. It must not go before they do.
pub const USERS: i32 = 52;
/// `*mut` [`services`]: what zones that use this one need of it, whose runtime may be another copy.
pub const SERVICES: i32 = 56;
/// `handle::Table`: guest-defined resources that the host holds.
pub const HOST_HANDLES: i32 = 64;
/// `*mut` [`crate::task::thread`]: the thread whose code runs; null outside, and in programs where nobody can tell.
pub const CURRENT_THREAD: i32 = 80;
/// What allocates objects ([`crate::gc`]) and finds references; used in programs with such objects alone.
pub mod gc {
    /// `u64`: where the next object goes, a multiple of 8. Objects are made there by generated code: their
    /// end may be at most [`LIMIT`]. What lies between the two has any contents.
    pub const ALLOC: i32 = 88;
    /// `u64`: up to where objects may be made without asking the runtime. Both words are 0 at first.
    pub const LIMIT: i32 = 96;
    /// `usize`: frame pointer of the generated function that called the host last, 0 if none of the zone's
    /// is in execution below the current entry's frame.
    ///
    /// Written before every call of a function of the host's that may enter the zone. An entry stores the
    /// word behind the context in its frame ([`crate::artefact::Entry::context_slot`]) and writes it back
    /// when it returns. So the frames of all the zone's calls can be found although the host's have no frame
    /// pointers. No function keeps a traced word across such a call: the frame that this names has no roots.
    pub const EXIT: i32 = 104;
    /// `usize`: the object that generated code has just asked the runtime for, on its way from one function to
    /// another. No collection comes in between.
    pub const MADE: i32 = 112;
}
/// `*mut` [`given`]: the result of an import while it is lowered, else null. A trap in between releases it with
/// the zone. Nothing else of the host's is called meanwhile, so one word is enough.
pub const GIVEN: i32 = 120;
/// Where the compiler's own layout begins.
pub const HEADER_SIZE: u32 = 128;

/// What the runtime of a zone does for the zones that use it: functions of that copy of the runtime.
pub mod services {
    /// `extern "C" fn(context)`: ends the zone when the last of [`super::USERS`] goes, because its owner wanted it to
    /// end before; 0 as long as the owner has it.
    pub const ORPHAN: i32 = 0;
    /// `weldc_rt_tick`; 0 as long as the zone has no tasks.
    pub const TICK: i32 = 8;
    /// `extern "C" fn(context, may_wait: i32) -> i32`: calls the idle function of the zone, and those of the zones that
    /// it uses; 0 as long as the zone has no tasks.
    pub const IDLE: i32 = 16;
    /// `extern "C" fn(argument)`, which may be 0, and its argument: called when something becomes ready outside of `tick`.
    pub const WAKER: i32 = 24;
    pub const WAKER_ARGUMENT: i32 = 32;
    /// `*const context` and `usize`: the zones that it uses.
    pub const PROVIDERS: i32 = 40;
    pub const PROVIDER_COUNT: i32 = 48;
}

/// What an import gave: `{ release: extern "C" fn(context, value), value }` in temporary memory of the call.
pub mod given {
    pub const RELEASE: i32 = 0;
    pub const VALUE: i32 = 8;
}

/// State of a memory, at an offset the compiler chose: `{ base: *mut u8, length: u64 }`. The base never
/// changes after instantiation; the length is in bytes.
pub mod memory {
    pub const BASE: i32 = 0;
    pub const LENGTH: i32 = 8;
    pub const SIZE: u32 = 16;
}

/// What an import is bound to (`--imports=table`), at an offset the compiler chose:
/// `{ code: *const c_void, receiver: *mut c_void }`. Both are written before the zone runs and never change.
///
/// The code of a function is `(receiver, parameter…, result) -> status`, that of a resource type's destructor
/// `(receiver, rep: u64)`.
pub mod import {
    pub const CODE: i32 = 0;
    pub const RECEIVER: i32 = 8;
    pub const SIZE: u32 = 16;
}

/// Where a resource type comes from that the program imports, at an offset the compiler chose:
/// `{ zone: *mut c_void, resource: u64 }`: the zone that defines it, or that imports it from the host, and which of
/// its artefact's resources it is; `zone` is 0 if this zone has it from the host.
pub mod origin {
    pub const ZONE: i32 = 0;
    pub const RESOURCE: i32 = 8;
    pub const SIZE: u32 = 16;
}

/// State of a table: `{ length: u64 }` at an offset the compiler chose. Its elements, one word each, are
/// at another constant offset of the context.
pub mod table {
    pub const LENGTH: i32 = 0;
    pub const SIZE: u32 = 8;
    pub const ELEMENT: u32 = 8;
    /// Elements reserved for a table that may grow and declares no smaller maximum.
    pub const MAX_RESERVED: u64 = 1 << 20;
}

/// State of a component instance: `{ flags: u32, backpressure: u32, handles: handle::Table }`, and in programs with
/// edges that have records ([`crate::artefact::Edge`]) the runtime's own [`instance::TASKS_SIZE`] bytes behind that.
pub mod instance {
    pub const FLAGS: i32 = 0;
    /// `u32`: at most [`super::MAX_BACKPRESSURE`]; changed by the runtime where there are tasks that it holds back.
    pub const BACKPRESSURE: i32 = 4;
    pub const HANDLES: i32 = 8;
    pub const SIZE: u32 = 8 + crate::handle::TABLE_SIZE;
    /// Zero at first.
    pub const TASKS: i32 = SIZE as i32;
    /// `*mut` [`crate::task::thread`]: the implicit thread that has the exclusive lock, or null.
    pub const EXCLUSIVE: i32 = TASKS;
    /// `u32`: tasks that wait to enter.
    pub const ENTERING: i32 = TASKS + 8;
    /// A word that is not null if threads in event loops wait for the lock.
    pub const WAITING: i32 = TASKS + 16;
    pub const TASKS_SIZE: u32 = 104;
    /// Set while the instance must not call out (`may_leave` is false): during realloc and post-return.
    pub const MAY_NOT_LEAVE: u32 = 1;
}

/// Thread-local storage of a component instance's current thread: words at an offset the compiler chose.
pub mod storage {
    pub const WORD: u32 = 8;
    pub const WORDS: usize = 2;
    pub const SIZE: u32 = WORD * WORDS as u32;
}

/// The most that a component instance's backpressure may count: a `u64` at an offset the compiler chose.
pub const MAX_BACKPRESSURE: u32 = (1 << 16) - 1;

/// A function reference: a word, 0 for null; low half: code address minus the artefact's text base,
/// high half: the signature id, never 0.
pub mod funcref {
    pub const SIGNATURE_SHIFT: u32 = 32;
    /// Where the halves lie in memory: targets are little-endian.
    pub const CODE: i32 = 0;
    pub const SIGNATURE: i32 = 4;
}

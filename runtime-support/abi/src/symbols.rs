//! The runtime's functions that generated code calls, all with the target's C calling convention.

/// A parameter or result in a [`Function`]'s signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// Four bytes.
    I32,
    /// Eight bytes.
    I64,
    /// An address.
    Pointer,
}
use Word::*;

macro_rules! functions {
    ($($(#[$doc:meta])* $variant:ident = $symbol:literal ($($param:ident),*) $(-> $result:ident)?;)*) => {
        /// A function of the runtime or of the C library.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Function { $($(#[$doc])* $variant,)* }

        impl Function {
            pub const ALL: &'static [Function] = &[$(Function::$variant),*];

            /// Name of the linker symbol.
            pub const fn symbol(self) -> &'static str {
                match self { $(Function::$variant => $symbol,)* }
            }
            pub const fn params(self) -> &'static [Word] {
                match self { $(Function::$variant => &[$($param),*],)* }
            }
            pub const fn result(self) -> Option<Word> {
                match self { $(Function::$variant => functions!(@result $($result)?),)* }
            }
        }
    };
    (@result) => { None };
    (@result $result:ident) => { Some($result) };
}

functions! {
    /// `(trap, pc, fp) -> !`: ends the zone whose frames `fp` heads; `pc` is an address inside, or the
    /// return address into, the function that trapped. Never returns.
    Raise = "weldc_rt_raise" (I32, Pointer, Pointer);
    /// `(context, exception, pc, fp) -> !`: continues at the innermost clause that catches the exception, as
    /// seen from the frames that `fp` heads; `pc` is the return address into the function that throws. Ends
    /// the zone if there is none.
    Throw = "weldc_rt_throw" (Pointer, Pointer, Pointer, Pointer);
    /// `(context, header, size) -> address` of a new object with this header, all else 0; an address below 256
    /// is the trap instead. `size` in bytes with the header, rounded up here. May move every object; called
    /// by `call` from a function with a frame, whose traced words the call's [`crate::artefact::StackMap`]
    /// tells.
    GcAllocate = "weldc_rt_gc_allocate" (Pointer, I64, I64) -> Pointer;
    /// `(context, memory, pages) -> old size in pages or u64::MAX`
    MemoryGrow = "weldc_rt_memory_grow" (Pointer, I32, I64) -> I64;
    /// `(context, table, elements, initial) -> old size or u64::MAX`
    TableGrow = "weldc_rt_table_grow" (Pointer, I32, I64, I64) -> I64;

    /// `(address, expected, timeout) -> 0 woken, 1 other value, 2 timed out`: waits until the address is
    /// notified, at most so many nanoseconds, for ever if that is negative. Bounds and alignment have been
    /// checked, and that the memory is shared.
    AtomicWait32 = "weldc_rt_atomic_wait32" (Pointer, I32, I64) -> I32;
    /// As [`Function::AtomicWait32`], for eight bytes.
    AtomicWait64 = "weldc_rt_atomic_wait64" (Pointer, I64, I64) -> I32;
    /// `(address, most) -> how many were woken`; the address as for [`Function::AtomicWait32`].
    AtomicNotify = "weldc_rt_atomic_notify" (Pointer, I32) -> I32;

    MemoryCopy = "memmove" (Pointer, Pointer, I64) -> Pointer;
    MemoryFill = "memset" (Pointer, I32, I64) -> Pointer;

    /// `(context, handle table's offset, rep, tag, owner) -> index`, 0 if the table is full: adds a handle to a
    /// table that may have no free slot.
    HandleNew = "weldc_rt_handle_new" (Pointer, I32, I64, I32, Pointer) -> I32;
    /// `(context, table, index, resource) -> trap`: why the handle at this index is not what generated code found
    /// it should be: a handle to `resource`, or one that is owned and not lent.
    HandleTrap = "weldc_rt_handle_trap" (Pointer, I32, I32, I32) -> I32;

    /// `(context, table, message, bytes) -> index`: a new error context in a table, with a copy of this UTF-8;
    /// 0 if the table is full or there is no memory.
    ErrorContextNew = "weldc_rt_error_context_new" (Pointer, I32, Pointer, I64) -> I32;
    /// `(context, table, index) -> *error_context`; an address below 256 is the trap instead. The slot keeps
    /// its reference.
    ErrorContextGet = "weldc_rt_error_context_get" (Pointer, I32, I32) -> Pointer;
    /// `(context, table, *error_context) -> index`: one more reference, in a slot of this table; 0 if it is full.
    ErrorContextAdd = "weldc_rt_error_context_add" (Pointer, I32, Pointer) -> I32;
    /// `(context, table, index) -> trap or 0`: frees the slot, and its reference goes.
    ErrorContextDrop = "weldc_rt_error_context_drop" (Pointer, I32, I32) -> I32;
    /// `(context, *error_context) -> 1`, 0 if there is no memory: one more reference, until the innermost scope
    /// ends.
    ErrorContextLend = "weldc_rt_error_context_lend" (Pointer, Pointer) -> I32;
    /// As [`Function::ErrorContextLend`]: one more reference, which is part of an export's result, as memory
    /// from [`Function::GiftAlloc`] is.
    ErrorContextGive = "weldc_rt_error_context_give" (Pointer, Pointer) -> I32;
    /// `(message, bytes) -> *error_context` with one reference; null if the message is not UTF-8 or there is no
    /// memory.
    ErrorContextMake = "weldc_rt_error_context_make" (Pointer, I64) -> Pointer;
    /// `(*error_context)`: one more reference.
    ErrorContextRetain = "weldc_rt_error_context_retain" (Pointer);
    /// `(*error_context)`: a reference goes; null is ignored.
    ErrorContextRelease = "weldc_rt_error_context_release" (Pointer);

    /// `(context, count) -> scope`: begins the scope of one call whose loans and temporary memory the adapter
    /// cannot keep account of itself. `count` is where the call's borrowed handles are counted. Scopes nest. A
    /// scope is a small token that `ScopeExit` takes back.
    ScopeEnter = "weldc_rt_scope_enter" (Pointer, Pointer) -> I64;
    /// `(context, scope) -> trap or 0`: gives back what was lent, and frees temporary memory.
    ScopeExit = "weldc_rt_scope_exit" (Pointer, I64) -> I32;
    /// `(context, table, index)`: counts a loan of the handle until the innermost scope ends.
    ScopeLend = "weldc_rt_scope_lend" (Pointer, I32, I32);
    /// `(context, table, rep, resource) -> index`: a borrowed handle, counted where the innermost scope says; 0 if
    /// the table is full.
    ScopeBorrow = "weldc_rt_scope_borrow" (Pointer, I32, I64, I32) -> I32;
    /// `(context, size, alignment) -> address`, 0 if there is no memory; freed when the scope ends.
    ScopeAlloc = "weldc_rt_scope_alloc" (Pointer, I64, I64) -> Pointer;

    /// `(context, edge, args) -> outcome`: calls a function through an edge ([`crate::artefact::Edge`]) for a
    /// component instance. The value is the status of an asynchronous lower; 0 for a synchronous one, which returns
    /// once the callee has.
    Call = "weldc_rt_call" (Pointer, I32, Pointer) -> I64;
    /// `(context, edge, args, *completion) -> status`: the same for the host. Without a completion it runs the zone
    /// until the callee has returned; with one it may give [`crate::task::PENDING`].
    CallExport = "weldc_rt_call_export" (Pointer, I32, Pointer, Pointer) -> I32;
    /// `(context, call, outcome) -> outcome`: goes on with a call that generated code began, whose `enter` had this
    /// outcome, as [`Function::Call`] would: the task has not returned, or its end concerns others.
    CallFinish = "weldc_rt_call_finish" (Pointer, Pointer, I64) -> I64;
    /// `(context, call, outcome, *completion) -> status`: the same for the host. The outcome may be a trap.
    CallExportFinish = "weldc_rt_call_export_finish" (Pointer, Pointer, I64, Pointer) -> I32;
    /// `(call, table, index)`: a handle that [`crate::artefact::Edge::enter`] lends to the callee: lent until the
    /// caller knows of the call's end. `table` is a context offset.
    CallLend = "weldc_rt_call_lend" (Pointer, Pointer, I32, I32);
    /// `(context, call) -> trap or 0`: a synchronous lift's result has been lowered.
    TaskReturned = "weldc_rt_task_returned" (Pointer, Pointer) -> I32;
    /// `(context, returns, values) -> trap or 0`: `task.return` with these flat parameters, a word each.
    TaskReturn = "weldc_rt_task_return" (Pointer, I32, Pointer) -> I32;
    /// `(context) -> trap or 0`
    TaskCancel = "weldc_rt_task_cancel" (Pointer) -> I32;
    /// `(context, instance, index, async) -> outcome`
    SubtaskCancel = "weldc_rt_subtask_cancel" (Pointer, I32, I32, I32) -> I64;
    /// `(context, instance, index) -> trap or 0`
    SubtaskDrop = "weldc_rt_subtask_drop" (Pointer, I32, I32) -> I32;
    /// `(context, instance, by) -> trap or 0`: `backpressure.inc` and `.dec` where tasks may be held back.
    Backpressure = "weldc_rt_backpressure" (Pointer, I32, I32) -> I32;

    /// `(context, instance) -> index`, 0 if the table is full.
    WaitableSetNew = "weldc_rt_waitable_set_new" (Pointer, I32) -> I32;
    /// `(context, instance, index, payload: *mut [u32; 2]) -> outcome`: the event's code.
    WaitableSetWait = "weldc_rt_waitable_set_wait" (Pointer, I32, I32, Pointer) -> I64;
    /// As [`Function::WaitableSetWait`].
    WaitableSetPoll = "weldc_rt_waitable_set_poll" (Pointer, I32, I32, Pointer) -> I64;
    /// `(context, instance, index) -> trap or 0`
    WaitableSetDrop = "weldc_rt_waitable_set_drop" (Pointer, I32, I32) -> I32;
    /// `(context, instance, waitable, set) -> trap or 0`
    WaitableJoin = "weldc_rt_waitable_join" (Pointer, I32, I32, I32) -> I32;

    /// `(context, instance, element type, is future) -> readable | writable << 32`, 0 if the table is full.
    CopyNew = "weldc_rt_copy_new" (Pointer, I32, I32, I32) -> I64;
    /// `(context, copy, index, address, count) -> outcome`: an operation of [`crate::artefact::Copy`]; of a future
    /// with count 1. The address is the guest's.
    Copy = "weldc_rt_copy" (Pointer, I32, I32, I64, I64) -> I64;
    /// `(context, instance, tag, index, async) -> outcome`: `cancel-read` or `cancel-write` of the end that this tag
    /// ([`crate::handle::tag`]) says.
    CopyCancel = "weldc_rt_copy_cancel" (Pointer, I32, I32, I32, I32) -> I64;
    /// `(context, instance, tag, index) -> trap or 0`: drops an end.
    CopyDrop = "weldc_rt_copy_drop" (Pointer, I32, I32, I32) -> I32;
    /// `(context, instance, tag of the readable end, readable, writable) -> trap or 0`: `forward`.
    CopyForward = "weldc_rt_copy_forward" (Pointer, I32, I32, I32, I32) -> I32;
    /// `(context, table, tag, index) -> *end`; an address below 256 is the trap instead: takes a readable end out of
    /// a table, since it is lifted.
    EndTake = "weldc_rt_end_take" (Pointer, I32, I32, I32) -> Pointer;
    /// `(context, table, tag, *end) -> index`, 0 if the table is full: puts a readable end in, since it is lowered.
    EndAdd = "weldc_rt_end_add" (Pointer, I32, I32, Pointer) -> I32;

    /// `(context) -> index`
    ThreadIndex = "weldc_rt_thread_index" (Pointer) -> I32;
    /// `(context, function: *const c_void, argument, wide) -> index`, 0 if there are too many: a suspended thread of
    /// the current task.
    ThreadNew = "weldc_rt_thread_new" (Pointer, Pointer, I64, I32) -> I32;
    /// `(context, instance, index) -> trap or 0`
    ThreadResumeLater = "weldc_rt_thread_resume_later" (Pointer, I32, I32) -> I32;
    /// `(context, instance, switch, index) -> outcome`: what [`crate::task::switch`] says.
    ThreadSwitch = "weldc_rt_thread_switch" (Pointer, I32, I32, I32) -> I64;

    /// `(context) -> 1`: ran one ready thread of the zone or of the zones that it uses; 0 if none is ready; else the
    /// trap that ended the zone + [`crate::task::TICK_ENDED`].
    Tick = "weldc_rt_tick" (Pointer) -> I32;
    /// `(context, fn(*mut c_void), *mut c_void)`: what is called when something becomes ready outside of ticks and
    /// calls; null for nothing.
    SetWaker = "weldc_rt_set_waker" (Pointer, Pointer, Pointer);
    /// `(context, fn(*mut c_void) -> i32, *mut c_void)`: what a blocking call of the host's calls when nothing is
    /// ready: 0 if something may be now. Else, and if it is null, the call is a deadlock.
    SetIdle = "weldc_rt_set_idle" (Pointer, Pointer, Pointer);
    /// `(is future, size, alignment, ends: *mut [*end; 2]) -> trap or 0`: a stream or future of the host's, the
    /// readable end first; size and alignment of an element in the host's layout.
    EndNew = "weldc_rt_end_new" (I32, I64, I64, Pointer) -> I32;
    /// `(*end, buffer, count, *operation) -> copy result`, or [`crate::task::PENDING`]: then `done` follows, and the
    /// buffer stays until then.
    EndRead = "weldc_rt_end_read" (Pointer, Pointer, I64, Pointer) -> I32;
    /// As [`Function::EndRead`].
    EndWrite = "weldc_rt_end_write" (Pointer, Pointer, I64, Pointer) -> I32;
    /// `(*end) -> copy result` of its operation, which has ended; `done` is not called.
    EndCancel = "weldc_rt_end_cancel" (Pointer) -> I32;
    /// `(*end)`: drops an end that has no operation; null is ignored.
    EndDrop = "weldc_rt_end_drop" (Pointer);

    /// `(size, alignment) -> address`, 0 if there is no memory. Size 0 gives a dangling address that may
    /// be freed. Memory that crosses the host's boundary: hosted targets use `malloc`, so C may free it.
    Alloc = "weldc_rt_alloc" (I64, I64) -> Pointer;
    /// `(address)`: frees what [`Function::Alloc`] or the C library's `malloc` gave; null is ignored.
    Free = "weldc_rt_free" (Pointer);

    /// As [`Function::Alloc`], with the context first: memory of an export's result, which the zone owns
    /// until [`Function::GiftsKeep`]. A trap in between frees it with the zone.
    GiftAlloc = "weldc_rt_gift_alloc" (Pointer, I64, I64) -> Pointer;
    /// `(context)`: an export returns, and its result belongs to the host.
    GiftsKeep = "weldc_rt_gifts_keep" (Pointer);
    /// `(context)`: the gifts so far are part of values that stay the zone's until it ends.
    GiftsOwn = "weldc_rt_gifts_own" (Pointer);

    /// `(source, bytes) -> 1 if valid`
    ValidateUtf8 = "weldc_rt_validate_utf8" (Pointer, I64) -> I32;
    /// `(source, bytes, destination) -> 1 if valid`: then it was copied.
    CopyUtf8 = "weldc_rt_copy_utf8" (Pointer, I64, Pointer) -> I32;
    /// `(source, units, destination) -> 1 if valid`: then it was copied; both are 2-aligned.
    CopyUtf16 = "weldc_rt_copy_utf16" (Pointer, I64, Pointer) -> I32;
    /// `(source, bytes, destination) -> units written, or u64::MAX if invalid`; room for `bytes` units.
    Utf8ToUtf16 = "weldc_rt_utf8_to_utf16" (Pointer, I64, Pointer) -> I64;
    /// `(source, units, destination) -> units copied`: as long as they are ASCII.
    Utf16ToAscii = "weldc_rt_utf16_to_ascii" (Pointer, I64, Pointer) -> I64;
    /// `(source, units, destination) -> bytes written, or u64::MAX if invalid`; room for 3 × `units`.
    Utf16ToUtf8 = "weldc_rt_utf16_to_utf8" (Pointer, I64, Pointer) -> I64;
    /// `(source, units, destination) -> units copied`: as long as they are ASCII.
    Latin1ToAscii = "weldc_rt_latin1_to_ascii" (Pointer, I64, Pointer) -> I64;
    /// `(source, units, destination) -> bytes written`; room for 2 × `units`.
    Latin1ToUtf8 = "weldc_rt_latin1_to_utf8" (Pointer, I64, Pointer) -> I64;
    /// `(source, units, destination)`: widens; source and destination may be the same address.
    Latin1ToUtf16 = "weldc_rt_latin1_to_utf16" (Pointer, I64, Pointer);
    /// `(source, bytes, destination, *consumed) -> units written, or u64::MAX if invalid`: until the first
    /// character above U+00FF, whose offset is stored.
    Utf8ToLatin1 = "weldc_rt_utf8_to_latin1" (Pointer, I64, Pointer, Pointer) -> I64;
    /// `(source, units, destination) -> units copied`: until the first above 0xff; may be in place.
    Utf16ToLatin1 = "weldc_rt_utf16_to_latin1" (Pointer, I64, Pointer) -> I64;

    /// `(artefact, imports, host, wasi, *context) -> trap or 0`: makes a zone and runs its start. On a
    /// trap the context is stored all the same, so that the message can be read; it must be dropped.
    ZoneNew = "weldc_rt_zone_new" (Pointer, Pointer, Pointer, Pointer, Pointer) -> I32;
    /// `(artefact, imports, host, wasi, providers, provider count, *context) -> trap or 0`: as
    /// [`Function::ZoneNew`], with other zones' exports for imports ([`crate::linkage::Provider`]).
    ZoneLink = "weldc_rt_zone_link" (Pointer, Pointer, Pointer, Pointer, Pointer, I64, Pointer) -> I32;
    /// `(context)`: ends the zone and frees all it had; null is ignored. Not while other zones use it.
    ZoneDrop = "weldc_rt_zone_drop" (Pointer);
    /// `(context) -> const char *`: message and backtrace of the trap that ended the zone, valid as long
    /// as the zone is; an empty string if it has not trapped.
    ZoneMessage = "weldc_rt_zone_message" (Pointer) -> Pointer;
    /// `(context, resource, index) -> trap or 0`: drops a handle that the host holds, running its
    /// destructor.
    HostDrop = "weldc_rt_host_drop" (Pointer, I32, I64) -> I32;
}

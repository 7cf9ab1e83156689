//! Tasks, threads, waitables and copies (Concurrency.md; CanonicalABI.md, "Concurrency"): what generated code and
//! the runtime must both know. docs/concurrency.md tells the whole.
//!
//! The runtime keeps all state; generated code is called by it at the places that an [`crate::artefact::Edge`] or an
//! [`crate::artefact::Copy`] names, and calls it through the functions of [`crate::symbols`].

/// The current thread, at [`crate::context::CURRENT_THREAD`] (null while no code of the zone runs).
///
/// The runtime makes one for every call that goes through an edge. A call into an instance that uses thread-local
/// storage and cannot block has a record of [`thread::FRAME_SIZE`] bytes in the adapter's frame, with a null task.
pub mod thread {
    /// `[u64; 2]`: thread-local storage.
    pub const STORAGE: i32 = 0;
    /// `*mut Call`: the task that the thread belongs to.
    pub const TASK: i32 = 16;
    pub const FRAME_SIZE: u32 = 24;
}

/// A call of an edge that has a record: a task on the callee's side and a subtask on the caller's. The rest of the
/// record is the runtime's own.
///
/// Where an edge has a spare record ([`crate::artefact::Edge::spare`]), generated code begins the call with it, and
/// ends the call if the task has returned and nobody waits for its end; the runtime does the rest
/// ([`crate::symbols::Function::CallFinish`]). A spare record is as at the beginning of a call, with an implicit
/// thread that runs; generated code writes [`STATE`](call::STATE), [`ARGS`](call::ARGS), and what else the last call may have left.
pub mod call {
    /// `u64`: all of the state that changes in a call that returns at once: [`BORROWS`] in its low half, the rest is
    /// the runtime's; 0 of a spare record.
    pub const STATE: i32 = 0;
    /// The task runs, its caller looks at it when its code returns, and it has no borrowed handles.
    pub const RUNNING: u64 = 0x0101_0301 << 32;
    /// The same task has returned.
    pub const RETURNED: u64 = 0x0102_0304 << 32;
    /// `u32`: borrowed handles of the task that have not been dropped; `owner` of their entries points here.
    pub const BORROWS: i32 = 0;
    /// `*mut u8`: where a function of the host's puts its result, in the host's layout
    /// ([`crate::artefact::Edge::result_size`] bytes).
    pub const RESULT: i32 = 8;
    /// A [`super::completion`], given to a function of the host's.
    pub const COMPLETION: i32 = 16;
    /// `*mut u64`: the caller's words.
    pub const ARGS: i32 = 48;
    /// [`crate::artefact::Edge::resolve_body`], its address; null if there is none.
    pub const RESOLVE_BODY: i32 = 56;
    /// `u32`: [`crate::artefact::Edge::returns`] of a task that may call `task.return`, else 0.
    pub const RETURNS: i32 = 64;
    /// `u8`: 1 while a function of the host's is called, and from when it has given [`super::PENDING`] until it calls
    /// `done`.
    pub const AWAITED: i32 = 68;
    /// The implicit thread, a [`super::thread`].
    pub const THREAD: i32 = 72;
}

/// `struct weldc_completion`: how the caller of an asynchronous function learns of its end, across the border of a
/// zone. The caller keeps it, the parameters and the room for the result where they are until then.
pub mod completion {
    /// `void (*done)(completion *, int32_t status)`: set by the caller. Status 0, [`super::CANCELLED`], or a trap.
    /// Called once, on the zone's thread, if the call gave [`super::PENDING`]; the result has been written.
    pub const DONE: i32 = 0;
    /// `void *`: the caller's own.
    pub const CALLER: i32 = 8;
    /// `void (*cancel)(completion *)`: set by a callee that gives [`super::PENDING`]; null if it cannot be cancelled.
    /// A request: `done` follows, at once or later, with any status.
    pub const CANCEL: i32 = 16;
    /// `void *`: the callee's own.
    pub const CALLEE: i32 = 24;
    pub const SIZE: u32 = 32;
}

/// `struct weldc_operation`: how the host learns of the end of an operation of one of its ends of streams and futures.
/// It stays where it is until then.
pub mod operation {
    /// `void (*done)(operation *, int32_t result)`: called once, on the zone's thread, if the operation gave
    /// [`super::PENDING`]. The result is a [`super::copy_result`] with the count of a stream. It may begin the next
    /// operation of the end, or drop it; it must not enter a zone, since a guest may be in the middle of the operation that
    /// met this one.
    pub const DONE: i32 = 0;
    /// `void *`: the host's own.
    pub const DATA: i32 = 8;
    pub const SIZE: u32 = 16;
}

/// Status of a call that goes on: it was started, and `done` will be called.
pub const PENDING: i32 = -1;
/// Status of a call that was cancelled: it has no result.
pub const CANCELLED: i32 = -2;

/// What `tick` returns of a zone that has ended: this and the trap's code.
pub const TICK_ENDED: i32 = 256;

/// An outcome of generated code or of the runtime: low half the value, high half a trap's code or 0.
pub const OUTCOME_TRAP_SHIFT: u32 = 32;

/// Bits of [`crate::artefact::Edge::flags`].
pub mod edge {
    /// The function's type is `async`.
    pub const ASYNC_TYPE: u32 = 1 << 0;
    /// The lift has the option `async`: results come by `task.return`.
    pub const ASYNC_LIFT: u32 = 1 << 1;
    /// The lift has a callback.
    pub const CALLBACK: u32 = 1 << 2;
    /// The lower has the option `async`: it returns a status and takes no longer than the callee's first wait.
    pub const ASYNC_LOWER: u32 = 1 << 3;
    /// The callee's code may block with frames on the stack: it needs one of its own.
    pub const OWN_STACK: u32 = 1 << 4;
    /// The callee is the host: `enter` gives 0, or 1 if the call is pending.
    pub const HOST_CALLEE: u32 = 1 << 5;
    /// Code of the callee's instance can name threads: every thread has an index.
    pub const THREAD_INDEX: u32 = 1 << 6;
}

/// What a thread built-in does to the current thread and to another one.
pub mod switch {
    pub const YIELD: u32 = 0;
    pub const SUSPEND: u32 = 1;
    pub const SUSPEND_THEN_RESUME: u32 = 2;
    pub const YIELD_THEN_RESUME: u32 = 3;
    pub const SUSPEND_THEN_PROMOTE: u32 = 4;
    pub const YIELD_THEN_PROMOTE: u32 = 5;
}

/// Bits of [`crate::artefact::Copy::flags`].
pub mod copy {
    /// The operation has the option `async`.
    pub const ASYNC: u32 = 1 << 0;
    /// Of a future; else of a stream.
    pub const FUTURE: u32 = 1 << 1;
    /// A write; else a read.
    pub const WRITE: u32 = 1 << 2;
    /// There is no element type, or it is a number: both ends may be one instance's.
    pub const NUMBER: u32 = 1 << 3;
    /// Elements have the same bytes in every guest's memory and in the host's, and every pattern is valid.
    pub const PLAIN: u32 = 1 << 4;
    /// The memory has 64-bit addresses.
    pub const WIDE: u32 = 1 << 5;
}

/// `EventCode`
pub mod event {
    pub const NONE: u32 = 0;
    pub const SUBTASK: u32 = 1;
    pub const STREAM_READ: u32 = 2;
    pub const STREAM_WRITE: u32 = 3;
    pub const FUTURE_READ: u32 = 4;
    pub const FUTURE_WRITE: u32 = 5;
    pub const TASK_CANCELLED: u32 = 6;
}

/// `Subtask.State`, the low bits of what an asynchronous lower returns; a subtask's index is above them.
pub mod subtask {
    pub const STARTING: u32 = 0;
    pub const STARTED: u32 = 1;
    pub const RETURNED: u32 = 2;
    pub const CANCELLED_BEFORE_STARTED: u32 = 3;
    pub const CANCELLED_BEFORE_RETURNED: u32 = 4;
    pub const INDEX_SHIFT: u32 = 4;
}

/// `CopyResult`, the low bits of what a copy returns; a stream's count of elements is above them.
pub mod copy_result {
    pub const COMPLETED: u32 = 0;
    pub const DROPPED: u32 = 1;
    pub const CANCELLED: u32 = 2;
    pub const COUNT_SHIFT: u32 = 4;
}

/// What an operation returns that has not ended.
pub const BLOCKED: u32 = u32::MAX;

/// `CallbackCode`, the low four bits of what a callback returns; a waitable set's index is above them.
pub mod callback {
    pub const EXIT: u32 = 0;
    pub const YIELD: u32 = 1;
    pub const WAIT: u32 = 2;
    pub const CODE_BITS: u32 = 4;
}

//! Why a zone stopped.

macro_rules! traps {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $text:literal;)*) => {
        /// Why a zone stopped. The discriminants are the status codes of the C interface; 0 is success.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[repr(u8)]
        pub enum Trap { $($(#[$doc])* $name = $code,)* }

        impl Trap {
            pub const ALL: &'static [Trap] = &[$(Trap::$name),*];

            /// The trap of this status code, if there is one.
            pub const fn from_code(code: u8) -> Option<Trap> {
                match code { $($code => Some(Trap::$name),)* _ => None }
            }

            /// The trap that a status of any origin stands for: what is no trap's code is the host's failure.
            pub fn from_status(status: u32) -> Trap {
                let code = u8::try_from(status).ok();
                code.and_then(Trap::from_code).unwrap_or(Trap::HostFailed)
            }

            /// What a person reads, in the words of the specifications' test suites.
            pub const fn text(self) -> &'static str {
                match self { $(Trap::$name => $text,)* }
            }

            /// The name of the constant in C headers, without its prefix.
            pub const fn name(self) -> &'static str {
                match self { $(Trap::$name => stringify!($name),)* }
            }
        }
    };
}

traps! {
    Unreachable = 1, "wasm `unreachable` instruction executed";
    IntegerDivideByZero = 2, "integer divide by zero";
    IntegerOverflow = 3, "integer overflow";
    BadConversionToInteger = 4, "invalid conversion to integer";
    MemoryOutOfBounds = 5, "out of bounds memory access";
    TableOutOfBounds = 6, "out of bounds table access";
    UndefinedElement = 7, "undefined element";
    UninitializedElement = 8, "uninitialized element";
    IndirectCallTypeMismatch = 9, "indirect call type mismatch";
    StackOverflow = 10, "call stack exhausted";
    NullReference = 11, "null reference";
    /// Nothing in the zone, or in the component instance that was called, catches it.
    UncaughtException = 12, "uncaught exception";
    UnalignedAtomic = 13, "unaligned atomic";
    /// A wait on a memory that nobody else can have.
    ExpectedSharedMemory = 14, "expected shared memory";
    /// An object, or null, is not of the type that it is cast to.
    CastFailure = 15, "cast failure";
    ArrayOutOfBounds = 16, "out of bounds array access";
    /// A call out of a component instance while it may not leave (realloc, post-return).
    CannotLeave = 20, "cannot leave component instance";
    /// A call into a zone that has trapped.
    CannotEnter = 21, "cannot enter component instance";
    PointerOutOfBounds = 22, "pointer out of bounds of memory";
    PointerUnaligned = 23, "unaligned pointer";
    /// Of parameters in memory.
    ReallocOutOfBounds = 24, "pointer out of bounds of memory: realloc return: beyond end of memory";
    ReallocUnaligned = 25, "unaligned pointer: realloc return: result not aligned";
    StringOutOfBounds = 26, "string content out-of-bounds: string pointer/length out of bounds of memory";
    ListOutOfBounds = 27, "list content out-of-bounds";
    StringTooLong = 28, "string byte size exceeds maximum";
    ListTooLong = 29, "list byte size exceeds maximum";
    InvalidUtf8 = 30, "invalid utf-8: a malformed or incomplete utf-8 byte sequence";
    InvalidUtf16 = 31, "unpaired surrogate in utf-16 string";
    InvalidChar = 32, "invalid `char` bit pattern";
    InvalidDiscriminant = 33, "invalid variant discriminant";
    /// In messages "handle index" is followed by the index.
    UnknownHandle = 34, "unknown handle index";
    HandleWrongType = 35, "handle index used with the wrong type";
    HandleNotOwned = 36, "cannot lift own resource from a borrow";
    HandleLent = 37, "cannot remove owned resource while borrowed";
    HandleTableFull = 38, "handle table is full";
    BorrowsRemain = 39, "borrow handles still remain at the end of the call";
    /// The runtime could not get memory that the zone asked for on the host's side.
    OutOfMemory = 40, "out of memory on the host's side";
    /// An import returned a status that is neither 0 nor the code of a trap, or this one.
    HostFailed = 41, "the host's function failed";
    /// An import that nothing serves was called (`--unknown-imports=trap`).
    UnknownImport = 42, "called an import that was not linked";
    /// The guest asked to exit (wasi:cli/exit); not an error by itself.
    Exit = 43, "the guest exited";
    /// The artefact and the runtime are of different versions, or a table in it is damaged.
    BadArtefact = 44, "artefact does not fit this runtime";
    /// The host could not reserve what the zone needs.
    CannotReserve = 45, "cannot reserve memory for the zone";
    ReallocListOutOfBounds = 46, "list content out-of-bounds: realloc return: beyond end of memory";
    /// As `HandleWrongType`, of a handle to a resource.
    HandleOtherResource = 47, "handle index used with the wrong type, expected guest-defined \
        resource but found a different guest-defined resource";
    ReallocStringOutOfBounds = 48,
        "string content out-of-bounds: realloc return: beyond end of memory";
    /// What was given for the imports does not have what they need.
    Unlinkable = 49, "the imports cannot be linked";
    BackpressureOverflow = 50, "backpressure counter overflow";
    /// Something valid that weldc does not compile (`--unknown-imports=trap`).
    NotCompiled = 51, "called a built-in that is not compiled yet";
    /// Nothing is ready and nothing is awaited from outside. The first of [`Trap::is_of_tasks`].
    Deadlock = 52, "deadlock detected: event loop cannot make further progress";
    CannotBlock = 53, "cannot block a synchronous task before returning";
    UnsupportedCallback = 54, "unsupported callback code";
    NoResult = 55, "async-lifted export failed to produce a result";
    /// A second `task.return`, or one after the task was cancelled.
    AlreadyReturned = 56, "`task.return` or `task.cancel` called more than once for current task";
    /// `task.return` in a task whose lift has another result type, memory or encoding, or no option `async`.
    InvalidReturn = 57, "invalid `task.return` signature and/or options for current task";
    NotCancelled = 58, "`task.cancel` called by task which has not been cancelled";
    SubtaskUnresolved = 59, "cannot drop a subtask which has not yet resolved";
    SubtaskDone = 60, "`subtask.cancel` called after terminal status delivered";
    SubtaskCancelledTwice = 61, "`subtask.cancel` called more than once for current subtask";
    SetHasWaiters = 62, "cannot drop waitable set with waiters";
    SetNotEmpty = 63, "cannot drop waitable set with waitables in it";
    SyncInSet = 64, "waitable cannot be used synchronously while added to a waitable set";
    DropBusyStream = 66, "cannot drop busy stream";
    DropBusyFuture = 67, "cannot drop busy future";
    FutureNotWritten = 68, "cannot drop future write end without first writing a value";
    ForwardBusyStream = 69, "cannot forward busy stream";
    ForwardBusyFuture = 70, "cannot forward busy future";
    ForwardStreamReadableDropped = 71,
        "cannot forward stream after being notified that the readable end dropped";
    ForwardStreamWritableDropped = 72,
        "cannot forward stream after being notified that the writable end dropped";
    ForwardInSet = 73, "cannot forward stream while it's in a waitable set";
    ForwardFutureInSet = 78, "cannot forward future while it's in a waitable set";
    ForwardFutureRead = 95, "cannot forward future after previous read succeeded";
    ForwardFutureWritten = 96,
        "cannot forward future after previous write succeeded or readable end dropped";
    LiftFutureRead = 74, "cannot lift future after previous read succeeded";
    LiftFutureInSet = 75, "cannot lift future while it's in a waitable set";
    LiftStreamDropped = 76, "cannot lift stream after being notified that the writable end dropped";
    LiftStreamInSet = 77, "cannot lift stream while it's in a waitable set";
    IntraComponentCopy = 79,
        "cannot read from and write to intra-component future/stream with non-numeric payload";
    ReadFutureTwice = 80, "cannot read from future after previous read succeeded";
    ReadStreamDropped = 81, "cannot read from stream after being notified that the writable end dropped";
    RemoveBusyStream = 82, "cannot remove busy stream";
    RemoveBusyFuture = 83, "cannot remove busy future";
    WriteFutureTwice = 84,
        "cannot write to future after previous write succeeded or readable end dropped";
    WriteStreamDropped = 85,
        "cannot write to stream after being notified that the readable end dropped";
    ThreadNotSuspended = 86, "cannot resume thread which is not suspended";
    CopyTooLong = 87, "count of elements exceeds maximum";
    CopyBusyStream = 88, "cannot have concurrent operations active on a future/stream";
    CopyNotActive = 89, "no operation in progress to cancel on this future/stream";
    UnknownThread = 90, "unknown thread index";
    /// A limit of the zone's ([`crate::limits`]).
    TooManyTasks = 91, "too many tasks at once";
    TooManyThreads = 92, "too many threads at once";
    TooManyStreams = 93, "too many streams and futures at once";
    /// No stack could be had for a thread.
    NoStack = 94, "cannot reserve a stack for a thread";
}

impl Trap {
    /// Whether tasks, streams, futures and threads alone have it. The runtime finds these.
    pub const fn is_of_tasks(self) -> bool {
        self as u8 >= Trap::Deadlock as u8
    }

    /// The exit code of a program whose guest it ended, as wasmtime has it: that of an abort (SIGABRT as a shell
    /// shows it), and 1 where a call was refused for the text or the handle that it passed.
    pub const fn exit_code(self) -> u8 {
        match self {
            Trap::InvalidUtf8
            | Trap::InvalidUtf16
            | Trap::UnknownHandle
            | Trap::HandleWrongType
            | Trap::HandleOtherResource
            | Trap::HandleNotOwned
            | Trap::HandleLent
            | Trap::HandleTableFull
            | Trap::BorrowsRemain => 1,
            _ => 134,
        }
    }
}

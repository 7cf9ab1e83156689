//! Core functions that canonical definitions make.

use super::program::{CanonOptions, Func, Program};
use crate::index::*;
use std::borrow::Cow;
use weldc_abi::handle;
use weldc_abi::task::switch;

/// A core function made by a canonical definition.
#[derive(Debug)]
pub struct Trampoline {
    /// The component instance whose core code calls it.
    pub instance: ComponentInstanceId,
    pub sig: SigId,
    pub kind: TrampolineKind,
}

#[derive(Debug)]
pub enum TrampolineKind {
    Lower {
        func: Func,
        ty: FuncTypeId,
        options: CanonOptions,
    },
    ResourceNew(ResourceId),
    ResourceDrop(ResourceId),
    ResourceRep(ResourceId),
    ErrorContextNew(CanonOptions),
    ErrorContextDebugMessage(CanonOptions),
    ErrorContextDrop,
    ContextGet {
        slot: u32,
    },
    ContextSet {
        slot: u32,
    },
    BackpressureInc,
    BackpressureDec,
    TaskReturn {
        result: Option<TypeId>,
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
        memory: MemoryId,
    },
    WaitableSetPoll {
        memory: MemoryId,
    },
    WaitableSetDrop,
    WaitableJoin,
    /// `stream.new` or `future.new`
    CopyNew(Channel),
    /// `stream.read`, `stream.write`, `future.read` or `future.write`
    Copy {
        end: CopyEnd,
        options: CanonOptions,
    },
    CopyCancel {
        end: CopyEnd,
        async_: bool,
    },
    CopyDrop(CopyEnd),
    CopyForward(Channel),
    ThreadIndex,
    /// `thread.new-indirect`: the first function has this signature and is in this table.
    ThreadNew {
        sig: SigId,
        table: TableId,
    },
    ThreadResumeLater,
    /// One of `weldc_abi::task::switch`.
    ThreadSwitch(u32),
    ThreadAvailableParallelism,
    /// A trap in place of what has this name.
    Missing(&'static str),
}

/// What kind of stream or future it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Channel {
    pub future: bool,
    pub element: Option<TypeId>,
}

/// What kind of end it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CopyEnd {
    pub channel: Channel,
    /// The writable one; else the readable one.
    pub write: bool,
}

impl TrampolineKind {
    /// The canonical options that it has.
    pub fn options(&self) -> Option<&CanonOptions> {
        match self {
            TrampolineKind::Lower { options, .. }
            | TrampolineKind::ErrorContextNew(options)
            | TrampolineKind::ErrorContextDebugMessage(options)
            | TrampolineKind::TaskReturn { options, .. }
            | TrampolineKind::Copy { options, .. } => Some(options),
            _ => None,
        }
    }

    /// Whether it must not be called while `may_leave` is false.
    pub fn leaves(&self) -> bool {
        !matches!(
            self,
            TrampolineKind::ResourceRep(_)
                | TrampolineKind::ContextGet { .. }
                | TrampolineKind::ContextSet { .. }
                | TrampolineKind::BackpressureInc
                | TrampolineKind::BackpressureDec
        )
    }
    /// Whether it may block the thread that calls it; of [`TrampolineKind::Lower`] the callee tells.
    pub fn blocks(&self) -> bool {
        match self {
            TrampolineKind::WaitableSetWait { .. } | TrampolineKind::ThreadSwitch(_) => true,
            TrampolineKind::SubtaskCancel { async_ }
            | TrampolineKind::CopyCancel { async_, .. } => !async_,
            TrampolineKind::Copy { options, .. } => !options.async_,
            _ => false,
        }
    }

    /// Whether it is one of the built-ins for which the runtime keeps something with an instance.
    pub fn is_kept(&self) -> bool {
        !matches!(
            self,
            TrampolineKind::Lower { .. }
                | TrampolineKind::ResourceNew(_)
                | TrampolineKind::ResourceDrop(_)
                | TrampolineKind::ResourceRep(_)
                | TrampolineKind::ErrorContextNew(_)
                | TrampolineKind::ErrorContextDebugMessage(_)
                | TrampolineKind::ErrorContextDrop
                | TrampolineKind::ContextGet { .. }
                | TrampolineKind::ContextSet { .. }
                | TrampolineKind::BackpressureInc
                | TrampolineKind::BackpressureDec
                | TrampolineKind::ThreadAvailableParallelism
                | TrampolineKind::Missing(_)
        )
    }

    /// The name of a built-in in the text format, and what tells it from others of that name.
    pub fn name(&self) -> Cow<'static, str> {
        use TrampolineKind::*;
        Cow::Borrowed(match self {
            Lower { .. } => "lower",
            ResourceNew(_) => "resource.new",
            ResourceDrop(_) => "resource.drop",
            ResourceRep(_) => "resource.rep",
            ErrorContextNew(_) => "error-context.new",
            ErrorContextDebugMessage(_) => "error-context.debug-message",
            ErrorContextDrop => "error-context.drop",
            ContextGet { slot } => return Cow::Owned(format!("context.get[{slot}]")),
            ContextSet { slot } => return Cow::Owned(format!("context.set[{slot}]")),
            BackpressureInc => "backpressure.inc",
            BackpressureDec => "backpressure.dec",
            TaskReturn { .. } => "task.return",
            TaskCancel => "task.cancel",
            SubtaskCancel { .. } => "subtask.cancel",
            SubtaskDrop => "subtask.drop",
            WaitableSetNew => "waitable-set.new",
            WaitableSetWait { .. } => "waitable-set.wait",
            WaitableSetPoll { .. } => "waitable-set.poll",
            WaitableSetDrop => "waitable-set.drop",
            WaitableJoin => "waitable.join",
            CopyNew(channel) => return channel.built_in("new"),
            Copy { end, .. } => return end.channel.built_in(end.operation()),
            CopyCancel { end, .. } => {
                return end.channel.built_in(if end.write {
                    "cancel-write"
                } else {
                    "cancel-read"
                });
            }
            CopyDrop(end) => {
                let what = if end.write { "drop-writable" } else { "drop-readable" };
                return end.channel.built_in(what);
            }
            CopyForward(channel) => return channel.built_in("forward"),
            ThreadIndex => "thread.index",
            ThreadNew { .. } => "thread.new-indirect",
            ThreadResumeLater => "thread.resume-later",
            ThreadSwitch(switch::YIELD) => "thread.yield",
            ThreadSwitch(switch::SUSPEND) => "thread.suspend",
            ThreadSwitch(switch::SUSPEND_THEN_RESUME) => "thread.suspend-then-resume",
            ThreadSwitch(switch::YIELD_THEN_RESUME) => "thread.yield-then-resume",
            ThreadSwitch(switch::SUSPEND_THEN_PROMOTE) => "thread.suspend-then-promote",
            ThreadSwitch(_) => "thread.yield-then-promote",
            ThreadAvailableParallelism => "thread.available-parallelism",
            Missing(what) => what,
        })
    }
}

impl Channel {
    fn built_in(self, what: &str) -> Cow<'static, str> {
        Cow::Owned(format!("{}.{what}", if self.future { "future" } else { "stream" }))
    }
}

impl CopyEnd {
    /// What is in a handle table with such an end.
    pub fn tag(self, program: &Program) -> u32 {
        let kind = match (self.channel.future, self.write) {
            (false, false) => handle::KIND_STREAM_READABLE,
            (false, true) => handle::KIND_STREAM_WRITABLE,
            (true, false) => handle::KIND_FUTURE_READABLE,
            (true, true) => handle::KIND_FUTURE_WRITABLE,
        };
        handle::tag(kind, program.types.element_number(self.channel.element))
    }

    fn operation(self) -> &'static str {
        if self.write { "write" } else { "read" }
    }
}

//! Canonical definitions → [`Canon`].

use super::component::{Canon, CanonOptions, StringEncoding};
use wasmparser::{CanonicalFunction, CanonicalOption};

/// Converts a canonical definition.
pub fn read(func: &CanonicalFunction) -> Canon {
    match func {
        CanonicalFunction::Lift { core_func_index, type_index, options } => {
            match read_options(options) {
                Some(options) => {
                    Canon::Lift { core_func: *core_func_index, ty: *type_index, options }
                }
                None => Canon::UnsupportedLift { ty: *type_index },
            }
        }
        CanonicalFunction::Lower { func_index, options } => match read_options(options) {
            Some(options) => Canon::Lower { func: *func_index, options },
            None => Canon::Unsupported("canon lower with GC options"),
        },
        CanonicalFunction::ResourceNew { resource } => Canon::ResourceNew(*resource),
        CanonicalFunction::ResourceDrop { resource } => Canon::ResourceDrop(*resource),
        CanonicalFunction::ResourceRep { resource } => Canon::ResourceRep(*resource),
        CanonicalFunction::ErrorContextNew { options } => match read_options(options) {
            Some(options) => Canon::ErrorContextNew(options),
            None => Canon::Unsupported("error-context.new with GC options"),
        },
        CanonicalFunction::ErrorContextDebugMessage { options } => match read_options(options) {
            Some(options) => Canon::ErrorContextDebugMessage(options),
            None => Canon::Unsupported("error-context.debug-message with GC options"),
        },
        CanonicalFunction::ErrorContextDrop => Canon::ErrorContextDrop,
        CanonicalFunction::ContextGet { ty, slot } => Canon::ContextGet { ty: *ty, slot: *slot },
        CanonicalFunction::ContextSet { ty, slot } => Canon::ContextSet { ty: *ty, slot: *slot },
        CanonicalFunction::BackpressureInc => Canon::BackpressureInc,
        CanonicalFunction::BackpressureDec => Canon::BackpressureDec,
        other => Canon::Unsupported(builtin_name(other)),
    }
}

/// `None` if an option belongs to the GC form of the ABI.
fn read_options(options: &[CanonicalOption]) -> Option<CanonOptions> {
    let mut out = CanonOptions::default();
    for option in options {
        match *option {
            CanonicalOption::UTF8 => out.encoding = StringEncoding::Utf8,
            CanonicalOption::UTF16 => out.encoding = StringEncoding::Utf16,
            CanonicalOption::CompactUTF16 => out.encoding = StringEncoding::Latin1OrUtf16,
            CanonicalOption::Memory(index) => out.memory = Some(index),
            CanonicalOption::Realloc(index) => out.realloc = Some(index),
            CanonicalOption::PostReturn(index) => out.post_return = Some(index),
            CanonicalOption::Callback(index) => out.callback = Some(index),
            CanonicalOption::Async => out.async_ = true,
            CanonicalOption::CoreType(_) | CanonicalOption::Gc => return None,
        }
    }
    Some(out)
}

/// The name of a built-in in the text format.
fn builtin_name(func: &CanonicalFunction) -> &'static str {
    use CanonicalFunction::*;
    match func {
        Lift { .. } => "lift",
        Lower { .. } => "lower",
        ResourceNew { .. } => "resource.new",
        ResourceDrop { .. } => "resource.drop",
        ResourceRep { .. } => "resource.rep",
        ThreadSpawnRef { .. } => "thread.spawn-ref",
        ThreadSpawnIndirect { .. } => "thread.spawn-indirect",
        ThreadAvailableParallelism => "thread.available-parallelism",
        BackpressureInc => "backpressure.inc",
        BackpressureDec => "backpressure.dec",
        TaskReturn { .. } => "task.return",
        TaskCancel => "task.cancel",
        ContextGet { .. } => "context.get",
        ContextSet { .. } => "context.set",
        ThreadYield => "thread.yield",
        SubtaskDrop => "subtask.drop",
        SubtaskCancel { .. } => "subtask.cancel",
        StreamNew { .. } => "stream.new",
        StreamRead { .. } => "stream.read",
        StreamWrite { .. } => "stream.write",
        StreamForward { .. } => "stream.forward",
        StreamCancelRead { .. } => "stream.cancel-read",
        StreamCancelWrite { .. } => "stream.cancel-write",
        StreamDropReadable { .. } => "stream.drop-readable",
        StreamDropWritable { .. } => "stream.drop-writable",
        FutureNew { .. } => "future.new",
        FutureRead { .. } => "future.read",
        FutureWrite { .. } => "future.write",
        FutureForward { .. } => "future.forward",
        FutureCancelRead { .. } => "future.cancel-read",
        FutureCancelWrite { .. } => "future.cancel-write",
        FutureDropReadable { .. } => "future.drop-readable",
        FutureDropWritable { .. } => "future.drop-writable",
        ErrorContextNew { .. } => "error-context.new",
        ErrorContextDebugMessage { .. } => "error-context.debug-message",
        ErrorContextDrop => "error-context.drop",
        WaitableSetNew => "waitable-set.new",
        WaitableSetWait { .. } => "waitable-set.wait",
        WaitableSetPoll { .. } => "waitable-set.poll",
        WaitableSetDrop => "waitable-set.drop",
        WaitableJoin => "waitable.join",
        ThreadIndex => "thread.index",
        ThreadNewIndirect { .. } => "thread.new-indirect",
        ThreadResumeLater => "thread.resume-later",
        ThreadSuspend => "thread.suspend",
        ThreadSuspendThenResume => "thread.suspend-then-resume",
        ThreadYieldThenResume => "thread.yield-then-resume",
        ThreadSuspendThenPromote => "thread.suspend-then-promote",
        ThreadYieldThenPromote => "thread.yield-then-promote",
    }
}

//! Canonical definitions → [`Canon`].

use super::component::{Canon, CanonOptions, StringEncoding};
use super::defs;
use wasmparser::{CanonicalFunction, CanonicalOption};
use weldc_abi::task::switch;

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
        other => concurrent(other),
    }
}

/// The built-ins on tasks, waitables, streams and futures.
fn concurrent(func: &CanonicalFunction) -> Canon {
    use CanonicalFunction::*;
    match *func {
        TaskReturn { result, ref options } => match read_options(options) {
            Some(options) => Canon::TaskReturn { result: result.map(defs::val), options },
            None => Canon::Unsupported("task.return with GC options"),
        },
        TaskCancel => Canon::TaskCancel,
        SubtaskCancel { async_ } => Canon::SubtaskCancel { async_ },
        SubtaskDrop => Canon::SubtaskDrop,
        WaitableSetNew => Canon::WaitableSetNew,
        WaitableSetWait { memory } => Canon::WaitableSetWait { memory },
        WaitableSetPoll { memory } => Canon::WaitableSetPoll { memory },
        WaitableSetDrop => Canon::WaitableSetDrop,
        WaitableJoin => Canon::WaitableJoin,
        StreamNew { ty } | FutureNew { ty } => Canon::CopyNew { ty },
        StreamRead { ty, ref options } | FutureRead { ty, ref options } => copy(ty, false, options),
        StreamWrite { ty, ref options } | FutureWrite { ty, ref options } => {
            copy(ty, true, options)
        }
        StreamForward { ty } | FutureForward { ty } => Canon::CopyForward { ty },
        StreamCancelRead { ty, async_ } | FutureCancelRead { ty, async_ } => {
            Canon::CopyCancel { ty, write: false, async_ }
        }
        StreamCancelWrite { ty, async_ } | FutureCancelWrite { ty, async_ } => {
            Canon::CopyCancel { ty, write: true, async_ }
        }
        StreamDropReadable { ty } | FutureDropReadable { ty } => {
            Canon::CopyDrop { ty, write: false }
        }
        StreamDropWritable { ty } | FutureDropWritable { ty } => {
            Canon::CopyDrop { ty, write: true }
        }
        ThreadIndex => Canon::ThreadIndex,
        ThreadNewIndirect { func_ty_index, table_index } => {
            Canon::ThreadNewIndirect { ty: func_ty_index, table: table_index }
        }
        ThreadResumeLater => Canon::ThreadResumeLater,
        ThreadYield => Canon::ThreadSwitch(switch::YIELD),
        ThreadSuspend => Canon::ThreadSwitch(switch::SUSPEND),
        ThreadSuspendThenResume => Canon::ThreadSwitch(switch::SUSPEND_THEN_RESUME),
        ThreadYieldThenResume => Canon::ThreadSwitch(switch::YIELD_THEN_RESUME),
        ThreadSuspendThenPromote => Canon::ThreadSwitch(switch::SUSPEND_THEN_PROMOTE),
        ThreadYieldThenPromote => Canon::ThreadSwitch(switch::YIELD_THEN_PROMOTE),
        ThreadAvailableParallelism => Canon::ThreadAvailableParallelism,
        // The validator knows these with `shared` only: for threads that run at the same time.
        ThreadSpawnRef { .. } => Canon::Unsupported("thread.spawn-ref"),
        _ => Canon::Unsupported("thread.spawn-indirect"),
    }
}

fn copy(ty: u32, write: bool, options: &[CanonicalOption]) -> Canon {
    match read_options(options) {
        Some(options) => Canon::Copy { ty, write, options },
        None => Canon::Unsupported("a copy with GC options"),
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

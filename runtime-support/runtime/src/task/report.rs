//! What a person reads about a deadlock: which tasks wait, and for what.

use super::call::Call;
use super::scheduler;
use super::thread::{State, Thread};
use crate::context::Context;
use crate::trap::message;
use core::fmt::Write;
use rust_alloc::string::String;
use weldc_abi::Trap;
use weldc_abi::artefact::Edge;
use weldc_abi::task::edge;

/// Tasks that are named.
const NAMED: usize = 64;

/// Writes the message of a zone in which nothing can go on.
///
/// # Safety
/// A living zone that has a scheduler.
pub unsafe fn deadlock(zone: Context) {
    let mut details = String::new();
    let mut count = 0;
    // SAFETY: the caller's; records in use and their threads live.
    unsafe {
        (*scheduler::existing(zone)).each_call(|call| {
            if !(*call).is_waiting() {
                return;
            }
            count += 1;
            if count <= NAMED {
                let _ = write!(details, "\n    {} waits for {}", name(call), reason(call));
            }
        });
        if count > NAMED {
            let _ = write!(details, "\n    ... {} more tasks", count - NAMED);
        }
        zone.record().message = message::with_details(Trap::Deadlock.text(), &details);
    }
}

/// Notes which call a trap belongs to, for the zone's message: the innermost one's.
///
/// # Safety
/// A living zone, and a record of its in use.
#[cold]
pub unsafe fn trapped(zone: Context, call: *const Call) {
    // SAFETY: the caller's; the name is the artefact's.
    unsafe {
        let Edge { name, name_size, .. } = *(*call).edge;
        zone.record().trapped_in.get_or_insert((name, name_size));
    }
}

impl Call {
    /// Whether something of it has not ended.
    fn is_waiting(&self) -> bool {
        self.is_awaited || self.threads != 0 || self.thread.state == State::Door
    }
}

unsafe fn name(call: *const Call) -> String {
    // SAFETY: the caller's: a record in use.
    unsafe {
        let Edge { name, name_size, .. } = *(*call).edge;
        let name = (*call).zone.record().artefact.name(name, name_size);
        String::from_utf8_lossy(name).into_owned()
    }
}

/// What the implicit thread of a call waits for.
unsafe fn reason(call: *const Call) -> String {
    // SAFETY: the caller's: a record in use.
    unsafe {
        if (*call).has(edge::HOST_CALLEE) {
            return String::from("the host");
        }
        let thread: *const Thread = &raw const (*call).thread;
        String::from(match (*thread).state {
            State::Door => "its instance to let it in",
            State::Set => "an event in a waitable set",
            State::LoopSet if (*thread).is_gated => "its instance's exclusive lock",
            State::LoopSet => "an event in a waitable set",
            State::LoopYield => "its instance's exclusive lock",
            State::Waitable => "a stream, a future or a subtask",
            State::Call => {
                let mut reason = String::from("a call of ");
                reason.push_str(&name((*thread).target.cast::<Call>()));
                return reason;
            }
            State::Suspended => "another thread to resume it",
            State::New | State::Running | State::Yielded => "its other threads",
        })
    }
}

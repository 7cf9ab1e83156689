//! Tasks, subtasks and threads: the scheduler of a zone (Concurrency.md; CanonicalABI.md, "Concurrency").
//!
//! ```text
//!  lower     calls begin                          resolve   tasks return, or acknowledge cancellation
//!  call      their records                        cancel    subtasks are cancelled and dropped
//!  thread    threads and queues of them           threads   the thread built-ins
//!  run       threads run, block and end           host      the border to the host: exports, imports, tick
//!  fiber     stacks of their own                  end       traps, and the end of the zone
//!  instance  the exclusive lock, doors, threads   report    the message of a deadlock
//!  scheduler ready threads, and who becomes ready
//! ```
//!
//! # A thread's states ([`thread::State`])
//! ```text
//!  New ──▶ Running ──▶ (ended)         Door ──▶ Running: its task may enter
//!            │  ▲
//!            ▼  │ resume
//!  Suspended │ Yielded │ Set │ Waitable │ Call      frames on a stack of its own (`fiber`)
//!  LoopSet │ LoopYield                              none: a callback task between events
//! ```
//! A thread whose condition became true stands in the queue of ready ones. That is a hint: the condition is looked at
//! again when its turn comes ([`scheduler::is_ready`]), and a thread for which it does not hold any more goes back to
//! where it waits, passing on what woke it. Threads that wait for the exclusive lock or at a door stand at a gate of
//! their instance, of which one at a time is ready.
//!
//! # Who may touch what
//! One thread of the system runs a zone at a time. Everything here is named by raw pointers: a function may call
//! generated code, which calls other functions of this module, so no reference into the scheduler, a record, a thread
//! or a table is held across [`run::resume`], [`run::call_job`], [`fiber::switch`], [`fiber::block`],
//! [`resolve::lower`], or a function of the host's. A record lives until both sides are done with it; an explicit
//! thread until its function has returned; a set until it is dropped, which it cannot be while threads wait for it.
//!
//! After a trap nothing is resumed: every function that ran something looks at the zone's state and hands the trap on,
//! to the generated code that called it or to the host. When the host's outermost call returns, [`end::abandon`] frees
//! what was left.

mod call;
mod cancel;
mod end;
mod fiber;
mod host;
mod instance;
mod lower;
mod report;
mod resolve;
mod run;
mod scheduler;
mod stack;
mod thread;
mod threads;

#[cfg(all(test, target_arch = "x86_64", unix))]
mod tests;

pub use call::{Call, weldc_rt_call_lend};
pub use cancel::{weldc_rt_subtask_cancel, weldc_rt_subtask_drop};
pub use end::{Counts, ENDING, counts};
pub use fiber::each_exit;
pub use host::{
    weldc_rt_call_export, weldc_rt_call_export_finish, weldc_rt_idle, weldc_rt_set_idle,
    weldc_rt_set_waker, weldc_rt_tick,
};
pub use instance::queue_up;
pub use lower::{
    weldc_rt_backpressure, weldc_rt_call, weldc_rt_call_finish, weldc_rt_task_cancel,
    weldc_rt_task_return, weldc_rt_task_returned,
};
pub use run::{WaitFor, wait_for};
pub use scheduler::{Scheduler, is_unlocked, make_ready, wake};
pub use thread::{Queue, Thread};
pub use threads::{
    weldc_rt_thread_index, weldc_rt_thread_new, weldc_rt_thread_resume_later,
    weldc_rt_thread_switch,
};

use crate::context::Context;
use weldc_abi::Trap;
use weldc_abi::task::OUTCOME_TRAP_SHIFT;

/// As generated code expects it: the value, or the trap in the upper half.
pub fn outcome(result: Result<u32, Trap>) -> u64 {
    match result {
        Ok(value) => value.into(),
        Err(trap) => trapped(trap),
    }
}

/// Apart, so that values need not be told from traps twice.
#[cold]
#[inline(never)]
fn trapped(trap: Trap) -> u64 {
    (trap as u64) << OUTCOME_TRAP_SHIFT
}

/// As generated code expects it: 0, or the trap.
pub fn status(result: Result<(), Trap>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(trap) => trap as i32,
    }
}

/// Ready threads are taken in an order that depends on a seed, for tests; 0 for that in which they became ready.
///
/// # Safety
/// A living zone.
pub unsafe fn set_schedule_seed(zone: Context, seed: u64) {
    // SAFETY: the caller's.
    unsafe { (*scheduler::of(zone)).seed = seed }
}

//! What goes on between the calls of a guest: timers, and jobs that move the contents of streams. WASI 0.3 only;
//! functions of 0.2 wait where they are called.
//!
//! Nothing runs by itself. Whoever drives the zone calls [`Waiting::advance`] when no thread of the zone is ready
//! (the idle function), or from a loop of its own without waiting. A job touches the system when the guest has come
//! for something and the system says that it will not make anybody wait, so nothing is read that nobody asked for.

mod incoming;
mod outgoing;
mod promise;

pub(crate) use incoming::Incoming;
pub(crate) use outgoing::{Next, Outgoing, Source, StreamAndFuture};
pub(crate) use promise::{Promise, Verdict};

use crate::abi::completion::Waiter;
use crate::clocks::monotonic_now;
use crate::filesystem::ErrorCode;
use crate::io::{Pollable, Wait, sleep};
use std::collections::BTreeSet;

/// Something that goes on.
pub(crate) trait Job {
    /// Does what can be done now. Called when the job begins, and when what it waits for may have happened.
    fn step(&mut self) -> Step;

    /// Whether the guest has done what the last step waits for.
    fn is_answered(&self) -> bool;
}

/// What a job waits for.
pub(crate) enum Step {
    Guest,
    System(Pollable),
    Over,
}

/// How a stream goes on that a job reads or writes.
enum Flow {
    GoesOn,
    Waits(Step),
    /// It ends so.
    Ends(Result<(), ErrorCode>),
    /// It has ended: only the future is left.
    Ended,
}

/// All timers and jobs of one zone.
pub(crate) struct Waiting {
    timers: BTreeSet<(u64, Waiter)>,
    jobs: Vec<Running>,
}

struct Running {
    job: Box<dyn Job>,
    step: Step,
}

/// What [`Waiting::advance`] came to.
pub(crate) struct Advance {
    /// Something has happened that may concern a guest.
    pub(crate) moved: bool,
    /// Whose time has come; to be told.
    pub(crate) due: Vec<Waiter>,
}

impl Waiting {
    pub(crate) const fn new() -> Waiting {
        Waiting { timers: BTreeSet::new(), jobs: Vec::new() }
    }

    /// Tells `waiter` when the monotonic clock shows `when`.
    pub(crate) fn add_timer(&mut self, when: u64, waiter: Waiter) {
        self.timers.insert((when, waiter));
    }

    /// The waiter that equals `waiter`, if it has not been told yet.
    pub(crate) fn remove_timer(&mut self, waiter: &Waiter) -> Option<Waiter> {
        let mut found = self.timers.extract_if(.., |(_, other)| other == waiter);
        found.next().map(|(_, waiter)| waiter)
    }

    /// Begins a job.
    pub(crate) fn begin(&mut self, job: impl Job + 'static) {
        let mut running = Running { job: Box::new(job), step: Step::Guest };
        running.go_on();
        self.keep(running);
    }

    fn keep(&mut self, running: Running) {
        if !matches!(running.step, Step::Over) {
            self.jobs.push(running);
        }
    }

    /// Lets go on what can; with [`Wait::Yes`], once something can. Returns at once if there is nothing to wait for.
    pub(crate) fn advance(&mut self, wait: Wait) -> Advance {
        loop {
            let moved = self.step_jobs();
            let due = self.take_due();
            let moved = moved || !due.is_empty();
            let pollables = self.pollables();
            if moved || wait == Wait::No || pollables.is_empty() {
                return Advance { moved, due };
            }
            sleep(&pollables);
        }
    }

    /// What the system is waited for.
    fn pollables(&self) -> Vec<Pollable> {
        let of_jobs = self.jobs.iter().filter_map(|running| match running.step {
            Step::System(pollable) => Some(pollable),
            Step::Guest | Step::Over => None,
        });
        of_jobs.chain(self.timers.first().map(|(when, _)| Pollable::At(*when))).collect()
    }

    /// What a host that polls itself waits for before it calls [`Waiting::advance`]: also for what can go on now.
    pub(crate) fn wanted(&self) -> Vec<Pollable> {
        let is_answered =
            |running: &Running| matches!(running.step, Step::Guest) && running.job.is_answered();
        let now = self.jobs.iter().any(is_answered).then_some(Pollable::Ready);
        self.pollables().into_iter().chain(now).collect()
    }

    /// Whether any job went on.
    fn step_jobs(&mut self) -> bool {
        let mut moved = false;
        for running in &mut self.jobs {
            moved |= match running.step {
                Step::Guest if !running.job.is_answered() => false,
                Step::Guest | Step::Over => {
                    running.go_on();
                    true
                }
                // It asks the system itself, and also whether the guest still wants to know.
                Step::System(_) => {
                    running.go_on();
                    !matches!(running.step, Step::System(_))
                }
            };
        }
        self.forget_what_is_over();
        moved
    }

    fn forget_what_is_over(&mut self) {
        self.jobs.retain(|running| !matches!(running.step, Step::Over));
    }

    fn take_due(&mut self) -> Vec<Waiter> {
        let now = if self.timers.is_empty() { 0 } else { monotonic_now() };
        let mut due = Vec::new();
        while self.timers.first().is_some_and(|(when, _)| *when <= now) {
            due.extend(self.timers.pop_first().map(|(_, waiter)| waiter));
        }
        due
    }

    #[cfg(test)]
    pub(crate) fn is_empty(&self) -> bool {
        self.timers.is_empty() && self.jobs.is_empty()
    }
}

impl Running {
    fn go_on(&mut self) {
        self.step = self.job.step();
    }
}

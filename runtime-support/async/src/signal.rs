//! Who is woken when a zone can go on.

use futures_util::task::ArcWake;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::Waker;

/// Set from anywhere; cleared by who drives the zones.
#[derive(Debug, Default)]
pub struct Signal {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// Something happened that who drives the zones has not looked at.
    raised: bool,
    /// Somebody drives the zones, and will look.
    driven: bool,
    /// The task that drives the zones all the time, if there is one.
    runner: Option<Waker>,
    /// Tasks that wait for something of the zones. Without a runner all are woken, since any of them may be one that
    /// is not polled again for long.
    waiting: Vec<Waker>,
}

impl Signal {
    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it is locked.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something may be ready: wakes those who can drive the zones, unless somebody does.
    pub fn raise(&self) {
        let mut state = self.state();
        state.raised = true;
        if !state.driven {
            wake(state);
        }
    }

    /// From now on somebody drives the zones; `false` if somebody else does so already, further down the stack.
    pub fn begin(&self) -> bool {
        !std::mem::replace(&mut self.state().driven, true)
    }

    /// Whether something happened since the last time that this was asked.
    pub fn take(&self) -> bool {
        std::mem::take(&mut self.state().raised)
    }

    /// Who drove the zones stops.
    pub fn end(&self) {
        let mut state = self.state();
        state.driven = false;
        if state.raised {
            wake(state);
        }
    }

    /// Registers a task that waits, until it is woken.
    pub fn wait(&self, waker: &Waker) {
        let mut state = self.state();
        if !state.waiting.iter().any(|known| known.will_wake(waker)) {
            state.waiting.push(waker.clone());
        }
    }

    /// Registers the task that drives the zones.
    pub fn run(&self, waker: &Waker) {
        self.state().runner = Some(waker.clone());
    }

    /// The task that drove the zones does so no more: the others do.
    pub fn stop(&self) {
        self.state().runner = None;
        self.raise();
    }
}

/// Wakes with the lock released: a waker may do anything.
fn wake(mut state: MutexGuard<'_, State>) {
    match state.runner.clone() {
        Some(runner) => {
            drop(state);
            runner.wake();
        }
        None => {
            let waiting = std::mem::take(&mut state.waiting);
            drop(state);
            waiting.into_iter().for_each(Waker::wake);
        }
    }
}

impl ArcWake for Signal {
    fn wake_by_ref(this: &Arc<Self>) {
        this.raise();
    }
}

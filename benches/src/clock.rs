//! Time, as little disturbed as possible.

use anyhow::Result;
use nix::sched::{CpuSet, sched_getaffinity, sched_setaffinity};
use nix::time::{ClockId, clock_gettime};
use nix::unistd::Pid;
use std::time::Duration;

/// Lets this thread run on one core only: the given one, or the last that it may use. Returns which.
pub fn pin(core: Option<usize>) -> Result<usize> {
    let allowed = sched_getaffinity(Pid::from_raw(0))?;
    let usable = |&core: &usize| allowed.is_set(core).unwrap_or(false);
    let core = core.or_else(|| (0..CpuSet::count()).rfind(usable)).unwrap_or(0);
    let mut set = CpuSet::new();
    set.set(core)?;
    sched_setaffinity(Pid::from_raw(0), &set)?;
    Ok(core)
}

/// The time that this thread has run. Unlike the wall's, it stands still while others run on the core.
pub fn now() -> Duration {
    clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).map_or(Duration::ZERO, Duration::from)
}

/// How long `job` takes, and what it returns.
pub fn time<T>(job: impl FnOnce() -> T) -> (Duration, T) {
    let begin = now();
    let result = job();
    (now().saturating_sub(begin), result)
}

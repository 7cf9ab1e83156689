//! `wasi:io/poll`: waiting for standard input, a moment, or both.

use super::Wait;
use crate::clocks::monotonic_now;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::BorrowedFd;
use rustix::io::Errno;

/// A `pollable`. It does not refer to the stream it was made from, which may be dropped before it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Pollable {
    Ready,
    /// When the monotonic clock shows this many nanoseconds.
    At(u64),
    /// When standard input has bytes or has ended.
    Stdin,
}

const NOTHING_TO_POLL: Stop = Stop::Failed("poll was given an empty list");

impl Pollable {
    fn is_ready(self, now: u64, stdin: bool) -> bool {
        match self {
            Pollable::Ready => true,
            Pollable::At(when) => when <= now,
            Pollable::Stdin => stdin,
        }
    }
}

impl Wasi {
    pub(crate) fn pollable_ready(&mut self, pollable: Handle<Pollable>) -> Result<bool, Stop> {
        let pollable = [*self.pollables.get(pollable)?];
        Ok(!ready(&pollable, Wait::No).is_empty())
    }

    pub(crate) fn pollable_block(&mut self, pollable: Handle<Pollable>) -> Result<(), Stop> {
        ready(&[*self.pollables.get(pollable)?], Wait::Yes);
        Ok(())
    }

    pub(crate) fn poll(&mut self, list: &[Handle<Pollable>]) -> Result<Vec<u32>, Stop> {
        if list.is_empty() {
            return Err(NOTHING_TO_POLL);
        }
        let pollables: Result<Vec<_>, Stop> =
            list.iter().map(|&handle| self.pollables.get(handle).copied()).collect();
        Ok(ready(&pollables?, Wait::Yes))
    }

    pub(crate) fn drop_pollable(&mut self, pollable: Handle<Pollable>) {
        self.pollables.remove(pollable);
    }
}

/// The indices of what is ready; with [`Wait::Yes`], once there is at least one.
fn ready(pollables: &[Pollable], wait: Wait) -> Vec<u32> {
    loop {
        let indices = ready_now(pollables);
        if !indices.is_empty() || wait == Wait::No {
            return indices;
        }
        sleep(pollables);
    }
}

fn ready_now(pollables: &[Pollable]) -> Vec<u32> {
    let any = |wanted: fn(&Pollable) -> bool| pollables.iter().any(wanted);
    let now = if any(|p| matches!(p, Pollable::At(_))) { monotonic_now() } else { 0 };
    let stdin = any(|p| matches!(p, Pollable::Stdin)) && stdin_ready();
    let indices = 0u32..;
    indices.zip(pollables).filter(|(_, p)| p.is_ready(now, stdin)).map(|(i, _)| i).collect()
}

fn stdin_ready() -> bool {
    // An error is for the read to report.
    wait_readable(rustix::stdio::stdin(), Wait::No).unwrap_or(true)
}

/// Until the earliest moment or standard input; may wake early.
fn sleep(pollables: &[Pollable]) {
    let moments = pollables.iter().filter_map(|p| match p {
        Pollable::At(when) => Some(*when),
        _ => None,
    });
    let timeout = moments.min().map(|when| timespec(when.saturating_sub(monotonic_now())));
    let stdin = rustix::stdio::stdin();
    let mut fds = [PollFd::from_borrowed_fd(stdin, PollFlags::IN)];
    let watched = pollables.iter().filter(|p| matches!(p, Pollable::Stdin)).count().min(1);
    // The caller looks again, whatever this returns.
    let _ = poll(&mut fds[..watched], timeout.as_ref());
}

fn timespec(nanoseconds: u64) -> Timespec {
    Timespec {
        tv_sec: (nanoseconds / 1_000_000_000) as i64,
        tv_nsec: (nanoseconds % 1_000_000_000) as _,
    }
}

/// Whether a read would return at once.
pub(super) fn wait_readable(fd: BorrowedFd<'_>, wait: Wait) -> Result<bool, Errno> {
    wait_for(fd, PollFlags::IN, wait)
}

/// Returns when a write would.
pub(super) fn wait_writable(fd: BorrowedFd<'_>) -> Result<(), Errno> {
    wait_for(fd, PollFlags::OUT, Wait::Yes).map(|_| ())
}

fn wait_for(fd: BorrowedFd<'_>, flags: PollFlags, wait: Wait) -> Result<bool, Errno> {
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    let timeout = (wait == Wait::No).then_some(&at_once);
    let mut fds = [PollFd::from_borrowed_fd(fd, flags)];
    loop {
        match poll(&mut fds, timeout) {
            Err(Errno::INTR) => {}
            result => return result.map(|count| count > 0),
        }
    }
}

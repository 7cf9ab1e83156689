//! Waiting for the standard streams, a moment, or all of them; `wasi:io/poll`.

use super::Wait;
use crate::clocks::monotonic_now;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::BorrowedFd;
use rustix::io::Errno;

/// A `pollable`. It does not refer to the stream it was made from, which may be dropped before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pollable {
    Ready,
    /// When the monotonic clock shows this many nanoseconds.
    At(u64),
    /// When standard input has bytes or has ended.
    Stdin,
    /// When standard output or error takes bytes, or fails.
    Stdout,
    Stderr,
}

const NOTHING_TO_POLL: Stop = Stop::Failed("poll was given an empty list");

/// What the system watches.
const STANDARD: [Pollable; 3] = [Pollable::Stdin, Pollable::Stdout, Pollable::Stderr];

impl Pollable {
    pub(crate) fn is_ready_now(self) -> bool {
        match self {
            Pollable::Ready => true,
            Pollable::At(when) => when <= monotonic_now(),
            Pollable::Stdin | Pollable::Stdout | Pollable::Stderr => match self.watched() {
                // An error is for the read or the write to report.
                Some((fd, flags)) => wait_for(fd, flags, Wait::No).unwrap_or(true),
                None => true,
            },
        }
    }

    fn watched(self) -> Option<(BorrowedFd<'static>, PollFlags)> {
        match self {
            Pollable::Ready | Pollable::At(_) => None,
            Pollable::Stdin => Some((rustix::stdio::stdin(), PollFlags::IN)),
            Pollable::Stdout => Some((rustix::stdio::stdout(), PollFlags::OUT)),
            Pollable::Stderr => Some((rustix::stdio::stderr(), PollFlags::OUT)),
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
    let now = pollables.iter().any(|p| matches!(p, Pollable::At(_))).then(monotonic_now);
    // Each is asked about once.
    let standard = STANDARD.map(|p| pollables.contains(&p) && p.is_ready_now());
    let is_ready = |pollable: &Pollable| match pollable {
        Pollable::Ready => true,
        Pollable::At(when) => Some(*when) <= now,
        Pollable::Stdin => standard[0],
        Pollable::Stdout => standard[1],
        Pollable::Stderr => standard[2],
    };
    (0u32..).zip(pollables).filter(|(_, p)| is_ready(p)).map(|(i, _)| i).collect()
}

/// Until the earliest moment or something of the system's; may wake early.
pub(crate) fn sleep(pollables: &[Pollable]) {
    let timeout = time_left(pollables).map(timespec);
    let watched = watched(pollables);
    let mut fds: Vec<_> = watched.map(|(fd, flags)| PollFd::from_borrowed_fd(fd, flags)).collect();
    // The caller looks again, whatever this returns.
    let _ = poll(&mut fds, timeout.as_ref());
}

/// What the system watches for them, each stream once.
pub(crate) fn watched(
    pollables: &[Pollable],
) -> impl Iterator<Item = (BorrowedFd<'static>, PollFlags)> {
    STANDARD.iter().filter(|p| pollables.contains(p)).filter_map(|p| p.watched())
}

/// Nanoseconds until the first of them that is a moment; none if there is no such.
pub(crate) fn time_left(pollables: &[Pollable]) -> Option<u64> {
    let left = |p: &Pollable| match *p {
        Pollable::Ready => Some(0),
        Pollable::At(when) => Some(when.saturating_sub(monotonic_now())),
        Pollable::Stdin | Pollable::Stdout | Pollable::Stderr => None,
    };
    pollables.iter().filter_map(left).min()
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

//! Streams and futures as definitions.py has them, an object between two ends, with what the official suite says
//! beyond it: ends learn at once that the other has gone, what is delivered says so, and streams are joined.

use super::{Act, Seen};
use std::collections::BTreeMap;
use std::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::task::BLOCKED;

const COMPLETED: u32 = 0;
const DROPPED: u32 = 1;
const CANCELLED: u32 = 2;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    Idle,
    Copying,
    Cancelling,
    Done,
    Gone,
}

#[derive(Clone)]
struct End {
    shared: usize,
    is_writable: bool,
    /// Whether results are delivered as soon as there are any.
    is_host: bool,
    state: State,
    pending_event: Option<u32>,
    /// The operation's buffer: its length, and what was written to or read from it.
    length: usize,
    progress: usize,
    values: Vec<u32>,
}

impl End {
    fn remain(&self) -> usize {
        self.length - self.progress
    }
}

#[derive(Clone)]
struct Shared {
    dropped: bool,
    pending: Option<usize>,
}

#[derive(Clone)]
pub struct Model {
    is_future: bool,
    shared: Vec<Shared>,
    ends: Vec<End>,
    /// Values that have been written.
    next: u32,
    /// Results that the host has been told, by end.
    pub done: BTreeMap<usize, u32>,
}

impl Model {
    /// Streams, with for each whether its readable and its writable end is the host's. Stream `n` has ends `2n`,
    /// the readable one, and `2n + 1`.
    pub fn new(is_future: bool, hosts: &[[bool; 2]]) -> Model {
        let end = |number: usize| End {
            shared: number / 2,
            is_writable: number % 2 == 1,
            is_host: hosts[number / 2][number % 2],
            state: State::Idle,
            pending_event: None,
            length: 0,
            progress: 0,
            values: Vec::new(),
        };
        Model {
            is_future,
            shared: hosts.iter().map(|_| Shared { dropped: false, pending: None }).collect(),
            ends: (0..2 * hosts.len()).map(end).collect(),
            next: 1,
            done: BTreeMap::new(),
        }
    }

    pub fn is_gone(&self, end: usize) -> bool {
        self.ends[end].state == State::Gone
    }
    pub fn has_event(&self, end: usize) -> bool {
        self.ends[end].pending_event.is_some()
    }
    pub fn is_copying(&self, end: usize) -> bool {
        matches!(self.ends[end].state, State::Copying | State::Cancelling)
    }
    pub fn is_done(&self, end: usize) -> bool {
        self.ends[end].state == State::Done
    }
    /// What a readable end has read by its last operation.
    pub fn received(&self, end: usize) -> &[u32] {
        &self.ends[end].values[..self.ends[end].progress]
    }
    /// The value that is written next.
    pub fn next_value(&self) -> u32 {
        self.next
    }

    pub fn apply(&mut self, act: Act) -> Seen {
        self.done.clear();
        let seen = match act {
            Act::Start { end, count } => self.copy(end, count as usize),
            Act::Cancel { end } => self.cancel(end),
            Act::Drop { end } => self.drop(end),
            Act::Deliver { end } => Ok(self.get_pending_event(end)),
            Act::Forward { readable, writable } => self.forward(readable, writable),
        };
        for end in 0..self.ends.len() {
            if self.ends[end].is_host && self.is_copying(end) && self.has_event(end) {
                let result = self.get_pending_event(end);
                self.done.insert(end, result);
            }
        }
        seen
    }

    fn copy(&mut self, number: usize, length: usize) -> Seen {
        let end = &mut self.ends[number];
        match end.state {
            State::Idle => {}
            State::Done => {
                return Err(match (self.is_future, end.is_writable) {
                    (false, false) => Trap::ReadStreamDropped,
                    (false, true) => Trap::WriteStreamDropped,
                    (true, false) => Trap::ReadFutureTwice,
                    (true, true) => Trap::WriteFutureTwice,
                });
            }
            _ => return Err(Trap::CopyBusyStream),
        }
        end.pending_event = None;
        end.state = State::Copying;
        (end.length, end.progress) = (length, 0);
        end.values.clear();
        if end.is_writable {
            end.values.extend(self.next..self.next + length as u32);
            self.next += length as u32;
        }
        let shared = end.shared;
        if self.shared[shared].dropped {
            self.ends[number].pending_event = Some(DROPPED);
        } else {
            self.rendezvous(shared, number);
        }
        match self.has_event(number) {
            true => Ok(self.get_pending_event(number)),
            false => Ok(BLOCKED),
        }
    }

    /// `SharedStreamImpl.read` and `write`, `SharedFutureImpl.read` and `write`.
    fn rendezvous(&mut self, shared: usize, number: usize) {
        let Some(pending) = self.shared[shared].pending else {
            self.shared[shared].pending = Some(number);
            return;
        };
        let (there, here) = (&self.ends[pending], &self.ends[number]);
        if there.remain() > 0 {
            if here.remain() > 0 {
                let count = there.remain().min(here.remain());
                self.move_values(number, pending, count);
                self.ends[pending].pending_event = Some(COMPLETED);
                if self.is_future {
                    self.shared[shared].pending = None;
                }
            }
            self.ends[number].pending_event = Some(COMPLETED);
        } else if here.is_writable && here.length == 0 && there.length == 0 {
            self.ends[number].pending_event = Some(COMPLETED);
        } else {
            self.ends[pending].pending_event = Some(COMPLETED);
            self.shared[shared].pending = Some(number);
        }
    }

    fn move_values(&mut self, one: usize, other: usize, count: usize) {
        let (from, to) = if self.ends[one].is_writable { (one, other) } else { (other, one) };
        let start = self.ends[from].progress;
        let values = self.ends[from].values[start..start + count].to_vec();
        self.ends[to].values.extend(values);
        self.ends[from].progress += count;
        self.ends[to].progress += count;
    }

    /// `stream_event`, `future_event`.
    fn get_pending_event(&mut self, number: usize) -> u32 {
        let (is_future, end) = (self.is_future, &mut self.ends[number]);
        let shared = &mut self.shared[end.shared];
        let was_copying = matches!(end.state, State::Copying | State::Cancelling);
        if shared.pending == Some(number) {
            shared.pending = None;
        }
        let mut result = end.pending_event.take().expect("an event");
        if !is_future {
            if end.state == State::Cancelling {
                result = CANCELLED;
            }
            if shared.dropped {
                result = DROPPED;
            }
        }
        let is_done = result == DROPPED || is_future && result == COMPLETED;
        end.state = if is_done { State::Done } else { State::Idle };
        if is_future {
            return result;
        }
        result | if was_copying { (end.progress as u32) << 4 } else { 0 }
    }

    fn cancel(&mut self, number: usize) -> Seen {
        if self.ends[number].state != State::Copying {
            return Err(Trap::CopyNotActive);
        }
        self.ends[number].state = State::Cancelling;
        if !self.has_event(number) {
            let shared = self.ends[number].shared;
            assert_eq!(self.shared[shared].pending, Some(number));
            self.shared[shared].pending = None;
            self.ends[number].pending_event = Some(CANCELLED);
        }
        Ok(self.get_pending_event(number))
    }

    fn drop(&mut self, number: usize) -> Seen {
        let end = &self.ends[number];
        match (self.is_future, end.is_writable) {
            (true, true) if self.is_copying(number) => return Err(Trap::DropBusyFuture),
            (true, true) if end.state != State::Done => return Err(Trap::FutureNotWritten),
            (true, false) if self.is_copying(number) => return Err(Trap::RemoveBusyFuture),
            (false, true) if self.is_copying(number) => return Err(Trap::DropBusyStream),
            (false, false) if self.is_copying(number) => return Err(Trap::RemoveBusyStream),
            _ => {}
        }
        self.ends[number].state = State::Gone;
        let shared = self.ends[number].shared;
        self.drop_shared(shared);
        Ok(0)
    }

    /// One side of a stream has gone: the other is told.
    fn drop_shared(&mut self, shared: usize) {
        self.shared[shared].dropped = true;
        if let Some(pending) = self.shared[shared].pending.take() {
            self.ends[pending].pending_event = Some(DROPPED);
        }
        for end in &mut self.ends {
            if end.shared == shared && end.state == State::Idle && end.pending_event.is_none() {
                end.pending_event = Some(DROPPED);
            }
        }
    }

    fn forward(&mut self, readable: usize, writable: usize) -> Seen {
        for number in [readable, writable] {
            let is_writable = self.ends[number].is_writable;
            match (self.ends[number].state, self.is_future, is_writable) {
                (State::Idle, ..) => {}
                (State::Done, false, false) => return Err(Trap::ForwardStreamWritableDropped),
                (State::Done, false, true) => return Err(Trap::ForwardStreamReadableDropped),
                (State::Done, true, false) => return Err(Trap::ForwardFutureRead),
                (State::Done, true, true) => return Err(Trap::ForwardFutureWritten),
                (_, false, _) => return Err(Trap::ForwardBusyStream),
                (_, true, _) => return Err(Trap::ForwardBusyFuture),
            }
        }
        let (from, to) = (self.ends[readable].shared, self.ends[writable].shared);
        self.ends[readable].state = State::Gone;
        self.ends[writable].state = State::Gone;
        if from == to {
            return Ok(0);
        }
        match (self.shared[from].dropped, self.shared[to].dropped) {
            (true, true) => {}
            (true, false) => self.drop_shared(to),
            (false, true) => self.drop_shared(from),
            (false, false) => self.join(from, to),
        }
        Ok(0)
    }

    /// The readers of `to` read what the writers of `from` write. An operation that is there begins anew.
    fn join(&mut self, from: usize, to: usize) {
        for end in self.ends.iter_mut().filter(|end| end.shared == to) {
            end.shared = from;
        }
        let Some(pending) = self.shared[to].pending.take() else { return };
        let is_over = self.has_event(pending) && self.ends[pending].remain() == 0;
        if !is_over {
            self.rendezvous(from, pending);
        }
        // Of two operations that were there, the longer one goes on until its event is delivered.
        if self.has_event(pending) && self.ends[pending].remain() > 0 {
            self.shared[from].pending = Some(pending);
        }
    }
}

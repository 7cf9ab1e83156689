//! From the system to a guest.

use super::promise::Verdict;
use super::{Flow, Job, Promise, Step};
use crate::abi::ends::{Elements, Readable, Writer};
use crate::filesystem::ErrorCode;
use crate::io::Pollable;
use crate::state::Stop;

/// Where the elements of a stream come from.
pub(crate) trait Source: 'static {
    type Elements: Elements;

    fn next(&mut self) -> Next<Self::Elements>;

    /// The guest has not taken these and wants no more.
    fn take_back(&mut self, _: Self::Elements) {}
}

pub(crate) enum Next<E> {
    /// At least one.
    Elements(E),
    /// None yet.
    Wait(Pollable),
    /// There are no more.
    End(Result<(), ErrorCode>),
}

/// Writes what a source has to a stream, as the guest reads it; then its future tells how that ended.
pub(crate) struct Outgoing<S: Source, V: Verdict> {
    source: S,
    /// Gone when the stream has ended.
    stream: Option<Writer<S::Elements>>,
    promise: Promise<V>,
    /// The source had nothing when it was last asked.
    is_waiting: bool,
}

/// What a function returns that gives a guest a stream.
pub(crate) type StreamAndFuture = (Readable, Readable);

impl<S: Source, V: Verdict> Outgoing<S, V> {
    pub(crate) fn new(source: S) -> Result<(Self, StreamAndFuture), Stop> {
        let (mut stream, elements) = Writer::new()?;
        let (promise, future) = Promise::new()?;
        stream.ask();
        let job = Outgoing { source, stream: Some(stream), promise, is_waiting: false };
        Ok((job, (elements, future)))
    }

    /// As far as the stream goes.
    fn go_on(&mut self) -> Flow {
        let Some(stream) = &mut self.stream else { return Flow::Ended };
        if std::mem::take(&mut self.is_waiting) {
            // The guest may have gone away meanwhile.
            stream.ask();
        }
        let Some((copied, rest)) = stream.finish() else { return Flow::Waits(Step::Guest) };
        if copied.dropped {
            rest.into_iter().for_each(|rest| self.source.take_back(rest));
            return Flow::Ends(Ok(()));
        }
        if let Some(mut rest) = rest {
            if rest.left().1 > 0 {
                stream.write(rest);
            } else {
                stream.ask();
            }
            return Flow::GoesOn;
        }
        // The guest has come for elements.
        match self.source.next() {
            Next::Elements(elements) => stream.write(elements),
            Next::Wait(pollable) => {
                self.is_waiting = true;
                return Flow::Waits(Step::System(pollable));
            }
            Next::End(result) => return Flow::Ends(result),
        }
        Flow::GoesOn
    }
}

impl<S: Source, V: Verdict> Job for Outgoing<S, V> {
    fn step(&mut self) -> Step {
        loop {
            match self.go_on() {
                Flow::GoesOn => {}
                Flow::Waits(step) => return step,
                Flow::Ends(result) => {
                    self.stream = None;
                    self.promise.settle(result);
                }
                Flow::Ended => return self.promise.step(),
            }
        }
    }

    fn is_answered(&self) -> bool {
        match &self.stream {
            Some(stream) => stream.is_finished(),
            None => self.promise.is_answered(),
        }
    }
}

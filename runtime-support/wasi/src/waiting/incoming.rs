//! From a guest to the system.

use super::promise::Verdict;
use super::{Flow, Job, Promise, Step};
use crate::abi::ends::{Readable, Reader};
use crate::io::{Pollable, Sink};
use crate::state::Stop;
use rustix::io::Errno;

/// Writes what a guest's stream has to a sink; then its future tells how that ended.
pub(crate) struct Incoming<V: Verdict> {
    sink: Sink,
    /// What the system is asked before each write, unless the sink never makes anybody wait.
    room: Option<Pollable>,
    /// Gone when the stream has ended.
    stream: Option<Reader>,
    stage: Stage,
    promise: Promise<V>,
}

/// What the last operation was for.
enum Stage {
    /// To learn that the guest writes something. That is read when the system has room, so as not to accept what it
    /// does not take.
    Asks,
    /// To read; so much of it has been written.
    Writes { written: usize },
}

impl<V: Verdict> Incoming<V> {
    pub(crate) fn new(sink: Sink, stream: Readable) -> Result<(Self, Readable), Stop> {
        let (promise, future) = Promise::new()?;
        let mut stream = Reader::new(stream);
        stream.ask();
        let room = sink.room();
        let job = Incoming { sink, room, stream: Some(stream), stage: Stage::Asks, promise };
        Ok((job, future))
    }

    /// As far as the stream goes.
    fn go_on(&mut self) -> Flow {
        let Some(stream) = &mut self.stream else { return Flow::Ended };
        let Some(copied) = stream.finished() else { return Flow::Waits(Step::Guest) };
        self.stage = match self.stage {
            Stage::Asks if copied.dropped => return Flow::Ends(Ok(())),
            Stage::Asks => {
                if let Some(room) = busy(self.room) {
                    return Flow::Waits(Step::System(room));
                }
                stream.read();
                Stage::Writes { written: 0 }
            }
            Stage::Writes { written } if written < copied.count => {
                if let Some(room) = busy(self.room) {
                    return Flow::Waits(Step::System(room));
                }
                let left = stream.bytes().get(written..).unwrap_or_default();
                // With room there is some for so many bytes; more might have to wait.
                let most = if self.room.is_some() { libc::PIPE_BUF } else { left.len() };
                match self.sink.write(&left[..most.min(left.len())]) {
                    Ok(count) => Stage::Writes { written: written + count },
                    Err(Errno::INTR) => Stage::Writes { written },
                    Err(error) => return Flow::Ends(Err(error.into())),
                }
            }
            Stage::Writes { .. } if copied.dropped => return Flow::Ends(Ok(())),
            Stage::Writes { .. } => {
                stream.ask();
                Stage::Asks
            }
        };
        Flow::GoesOn
    }
}

/// What the system has to be waited for, if it has no room now.
fn busy(room: Option<Pollable>) -> Option<Pollable> {
    room.filter(|room| !room.is_ready_now())
}

impl<V: Verdict> Job for Incoming<V> {
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
            Some(stream) => stream.finished().is_some(),
            None => self.promise.is_answered(),
        }
    }
}

/// What was taken from the guest is written, also when nothing runs any more.
impl<V: Verdict> Drop for Incoming<V> {
    fn drop(&mut self) {
        if let (Some(stream), Stage::Writes { written }) = (&self.stream, &self.stage) {
            let left = stream.bytes().get(*written..).unwrap_or_default();
            // Nobody is left to be told of an error.
            let _ = self.sink.write_all(left);
        }
    }
}

//! `wasi:io`: errors, pollables and byte streams.
//!
//! Files and standard streams are used directly, without threads or buffers of their own: a write is done
//! when `write` returns, so flushing has nothing to do; only standard input can make a guest wait.

mod input;
mod output;
mod poll;
mod transfer;

pub(crate) use input::{FileInput, Input, StandardInput, Unread, read_at};
pub(crate) use output::{FileOutput, Output, Sink, write_at};
pub(crate) use poll::{Pollable, sleep, time_left, watched};

use crate::filesystem::ErrorCode;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use rustix::io::Errno;

/// An `error` resource: why a stream's operation failed.
pub(crate) struct Failed(pub(crate) Errno);

/// What an operation on a stream can come to instead of a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum StreamFailure {
    LastOperationFailed(Errno),
    Closed,
    Stop(Stop),
}

pub(crate) type StreamResult<T> = Result<T, StreamFailure>;

impl From<Stop> for StreamFailure {
    fn from(stop: Stop) -> Self {
        StreamFailure::Stop(stop)
    }
}

impl From<Errno> for StreamFailure {
    fn from(error: Errno) -> Self {
        match error {
            // Nobody is left at the other end: that is what "closed" means.
            Errno::PIPE => StreamFailure::Closed,
            error => StreamFailure::LastOperationFailed(error),
        }
    }
}

/// Whether an operation may wait until it can do something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wait {
    No,
    Yes,
}

impl Wasi {
    pub(crate) fn error_to_debug_string(&mut self, error: Handle<Failed>) -> Result<String, Stop> {
        let error = self.errors.get(error)?.0;
        Ok(std::io::Error::from(error).to_string())
    }

    pub(crate) fn filesystem_error_code(
        &mut self,
        error: Handle<Failed>,
    ) -> Result<Option<ErrorCode>, Stop> {
        Ok(Some(ErrorCode::from(self.errors.get(error)?.0)))
    }

    pub(crate) fn drop_error(&mut self, error: Handle<Failed>) {
        self.errors.remove(error);
    }
}

//! `input-stream`: standard input and files.

use super::poll::{Pollable, wait_readable};
use super::{StreamFailure, StreamResult, Wait};
use crate::abi::Buffer;
use crate::abi::ends::Bytes;
use crate::filesystem::ErrorCode;
use crate::grants::Stdio;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use crate::waiting::{Next, Source};
use cap_std::fs::File;
use rustix::io::{Errno, pread, read, retry_on_intr};
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

/// Most bytes of one read from standard input: what a pipe holds.
const STDIN_READ: usize = 64 << 10;
/// Most bytes of one read from a file. The guest says how much it has room for, which may be a lie.
const FILE_READ: usize = 1 << 20;

/// Most bytes that a stream of 0.3 reads ahead of its guest.
const PIECE: u64 = 64 << 10;

/// An `input-stream`.
pub(crate) enum Input {
    Stdin,
    /// At its end from the beginning.
    Empty,
    File(FileInput),
}

/// Reads a file from a position of its own.
pub(crate) struct FileInput {
    file: Arc<File>,
    position: u64,
}

impl Input {
    pub(crate) fn standard(stdin: Stdio) -> Input {
        match stdin {
            Stdio::Inherit => Input::Stdin,
            Stdio::Null => Input::Empty,
        }
    }

    /// Up to `len` bytes; none only if `len` is 0 or, without waiting, none are there yet.
    pub(crate) fn read(&mut self, len: u64, wait: Wait) -> StreamResult<Buffer> {
        let bytes = match self {
            Input::Empty => return Err(StreamFailure::Closed),
            _ if len == 0 => return Ok(Buffer::empty()),
            Input::Stdin => match read_stdin(at_most(len, STDIN_READ), wait)? {
                Some(bytes) => bytes,
                None => return Ok(Buffer::empty()),
            },
            Input::File(file) => file.read(at_most(len, FILE_READ))?,
        };
        match bytes.as_slice() {
            [] => Err(StreamFailure::Closed),
            _ => Ok(bytes),
        }
    }

    fn pollable(&self) -> Pollable {
        match self {
            Input::Stdin => Pollable::Stdin,
            Input::Empty | Input::File(_) => Pollable::Ready,
        }
    }
}

impl Source for Input {
    type Elements = Bytes;

    fn next(&mut self) -> Next<Bytes> {
        match self.read(PIECE, Wait::No) {
            Ok(bytes) if bytes.as_slice().is_empty() => Next::Wait(self.pollable()),
            Ok(bytes) => Next::Elements(Bytes::new(bytes)),
            Err(StreamFailure::Closed) => Next::End(Ok(())),
            Err(StreamFailure::LastOperationFailed(error)) => Next::End(Err(error.into())),
            Err(StreamFailure::Stop(_)) => Next::End(Err(ErrorCode::Io)),
        }
    }
}

/// Standard input for streams of 0.3. What one of them has read and its guest has not taken is the next one's.
pub(crate) struct StandardInput {
    input: Input,
    unread: Unread,
}

pub(crate) type Unread = Rc<RefCell<Vec<u8>>>;

impl StandardInput {
    pub(crate) fn new(stdin: Stdio, unread: &Unread) -> StandardInput {
        StandardInput { input: Input::standard(stdin), unread: Rc::clone(unread) }
    }
}

impl Source for StandardInput {
    type Elements = Bytes;

    fn next(&mut self) -> Next<Bytes> {
        let unread = self.unread.take();
        if unread.is_empty() {
            return self.input.next();
        }
        match Buffer::copy(&unread) {
            Ok(bytes) => Next::Elements(Bytes::new(bytes)),
            Err(_) => Next::End(Err(ErrorCode::InsufficientMemory)),
        }
    }

    fn take_back(&mut self, bytes: Bytes) {
        self.unread.borrow_mut().extend_from_slice(bytes.as_slice());
    }
}

impl FileInput {
    pub(crate) fn new(file: Arc<File>, position: u64) -> FileInput {
        FileInput { file, position }
    }

    fn read(&mut self, len: usize) -> Result<Buffer, Errno> {
        let bytes = retry_on_intr(|| read_at(&self.file, len, self.position))?;
        self.position = self.position.saturating_add(bytes.as_slice().len() as u64);
        Ok(bytes)
    }
}

/// Reads at an offset; what has no offsets (a pipe, a terminal) is read where it stands.
pub(crate) fn read_at(file: &File, len: usize, offset: u64) -> Result<Buffer, Errno> {
    match Buffer::fill(len, |room| Ok(pread(file, room, offset)?.0)) {
        Err(Errno::SPIPE) => Buffer::fill(len, |room| Ok(read(file, room)?.0)),
        result => result,
    }
}

/// `None` if nothing is there and that shall not be waited for.
fn read_stdin(len: usize, wait: Wait) -> Result<Option<Buffer>, Errno> {
    let stdin = rustix::stdio::stdin();
    loop {
        // A read waits by itself, except where somebody has made the descriptor non-blocking.
        if wait == Wait::No && !wait_readable(stdin, Wait::No)? {
            return Ok(None);
        }
        match Buffer::fill(len, |room| Ok(read(stdin, room)?.0)) {
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) if wait == Wait::No => return Ok(None),
            Err(Errno::AGAIN) => _ = wait_readable(stdin, Wait::Yes)?,
            result => return result.map(Some),
        }
    }
}

fn at_most(len: u64, limit: usize) -> usize {
    usize::try_from(len).unwrap_or(limit).min(limit)
}

impl Wasi {
    pub(crate) fn input_read(&mut self, stream: Handle<Input>, len: u64) -> StreamResult<Buffer> {
        self.inputs.get_mut(stream)?.read(len, Wait::No)
    }

    pub(crate) fn input_blocking_read(
        &mut self,
        stream: Handle<Input>,
        len: u64,
    ) -> StreamResult<Buffer> {
        self.inputs.get_mut(stream)?.read(len, Wait::Yes)
    }

    pub(crate) fn input_skip(&mut self, stream: Handle<Input>, len: u64) -> StreamResult<u64> {
        Ok(self.input_read(stream, len)?.as_slice().len() as u64)
    }

    pub(crate) fn input_blocking_skip(
        &mut self,
        stream: Handle<Input>,
        len: u64,
    ) -> StreamResult<u64> {
        Ok(self.input_blocking_read(stream, len)?.as_slice().len() as u64)
    }

    pub(crate) fn input_subscribe(
        &mut self,
        stream: Handle<Input>,
    ) -> Result<Handle<Pollable>, Stop> {
        let pollable = self.inputs.get(stream)?.pollable();
        Ok(self.pollables.insert(pollable))
    }

    pub(crate) fn drop_input(&mut self, stream: Handle<Input>) {
        self.inputs.remove(stream);
    }
}

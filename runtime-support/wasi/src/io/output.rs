//! `output-stream`: standard output, standard error and files.

use super::poll::{Pollable, wait_writable};
use super::{StreamFailure, StreamResult};
use crate::grants::Stdio;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use cap_std::fs::File;
use rustix::fd::BorrowedFd;
use rustix::fs::{FileType, Stat};
use rustix::io::{Errno, pwrite, write};
use std::sync::Arc;

/// Bytes that `check-write` permits at a time.
pub(super) const PERMIT: u64 = 1 << 20;
/// Most bytes of the functions that write and flush at once.
pub(super) const WRITE_AND_FLUSH: u64 = 4096;

const NOT_PERMITTED: Stop = Stop::Failed("a write of more bytes than check-write permitted");
const TOO_MANY: Stop = Stop::Failed("more than 4096 bytes to write and flush at once");

/// An `output-stream`.
pub(crate) struct Output {
    sink: Sink,
    /// What is left of the last `check-write`.
    permit: u64,
    /// After an error nothing is accepted any more.
    closed: bool,
}

/// Where bytes go.
pub(crate) enum Sink {
    Stdout,
    Stderr,
    /// Takes everything and keeps nothing.
    Nowhere,
    File(FileOutput),
}

/// Writes a file from a position of its own, or always at its end.
pub(crate) struct FileOutput {
    file: Arc<File>,
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    At(u64),
    End,
}

impl Output {
    fn new(sink: Sink) -> Output {
        Output { sink, permit: 0, closed: false }
    }

    pub(crate) fn stdout(stdout: Stdio) -> Output {
        Output::new(Sink::stdout(stdout))
    }

    pub(crate) fn stderr(stderr: Stdio) -> Output {
        Output::new(Sink::stderr(stderr))
    }

    pub(crate) fn file(file: FileOutput) -> Output {
        Output::new(Sink::File(file))
    }

    pub(super) fn check_write(&mut self) -> StreamResult<u64> {
        self.check_open()?;
        self.permit = PERMIT;
        Ok(PERMIT)
    }

    fn check_open(&self) -> StreamResult<()> {
        if self.closed { Err(StreamFailure::Closed) } else { Ok(()) }
    }

    /// Uses up permission to write `len` bytes.
    pub(super) fn take_permit(&mut self, len: u64) -> Result<(), Stop> {
        self.permit = self.permit.checked_sub(len).ok_or(NOT_PERMITTED)?;
        Ok(())
    }

    /// Writes everything.
    pub(super) fn write_all(&mut self, bytes: &[u8]) -> StreamResult<()> {
        self.check_open()?;
        let result = self.sink.write_all(bytes);
        self.closed = result.is_err();
        Ok(result?)
    }

    pub(super) fn write_zeroes(&mut self, mut len: u64) -> StreamResult<()> {
        static ZEROES: [u8; 4096] = [0; 4096];
        while len > 0 {
            let count = len.min(ZEROES.len() as u64);
            self.write_all(&ZEROES[..count as usize])?;
            len -= count;
        }
        Ok(())
    }
}

impl Sink {
    pub(crate) fn stdout(stdout: Stdio) -> Sink {
        if stdout == Stdio::Inherit { Sink::Stdout } else { Sink::Nowhere }
    }

    pub(crate) fn stderr(stderr: Stdio) -> Sink {
        if stderr == Stdio::Inherit { Sink::Stderr } else { Sink::Nowhere }
    }

    /// What to wait for before a write that must not wait itself; `None` if none does.
    pub(crate) fn room(&self) -> Option<Pollable> {
        let (pollable, fd) = match self {
            Sink::Stdout => (Pollable::Stdout, rustix::stdio::stdout()),
            Sink::Stderr => (Pollable::Stderr, rustix::stdio::stderr()),
            Sink::Nowhere | Sink::File(_) => return None,
        };
        let is_file = |stat: Stat| FileType::from_raw_mode(stat.st_mode).is_file();
        (!rustix::fs::fstat(fd).is_ok_and(is_file)).then_some(pollable)
    }

    /// Writes everything, however long that takes.
    pub(crate) fn write_all(&mut self, mut bytes: &[u8]) -> Result<(), Errno> {
        while !bytes.is_empty() {
            match self.write(bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes at least one byte.
    pub(crate) fn write(&mut self, bytes: &[u8]) -> Result<usize, Errno> {
        match self {
            Sink::Stdout => write_fd(rustix::stdio::stdout(), bytes),
            Sink::Stderr => write_fd(rustix::stdio::stderr(), bytes),
            Sink::Nowhere => Ok(bytes.len()),
            Sink::File(file) => file.write(bytes),
        }
    }
}

/// A write that waits even where somebody has made the descriptor non-blocking.
fn write_fd(fd: BorrowedFd<'_>, bytes: &[u8]) -> Result<usize, Errno> {
    loop {
        match write(fd, bytes) {
            Err(Errno::AGAIN) => wait_writable(fd)?,
            // It would be tried for ever.
            Ok(0) => return Err(Errno::IO),
            result => return result,
        }
    }
}

impl FileOutput {
    pub(crate) fn at(file: Arc<File>, position: u64) -> FileOutput {
        FileOutput { file, place: Place::At(position) }
    }

    pub(crate) fn append(file: Arc<File>) -> FileOutput {
        FileOutput { file, place: Place::End }
    }

    fn write(&mut self, bytes: &[u8]) -> Result<usize, Errno> {
        match &mut self.place {
            Place::At(position) => {
                let count = write_at(&self.file, bytes, *position)?;
                *position = position.saturating_add(count as u64);
                Ok(count)
            }
            Place::End => append::write(&self.file, bytes),
        }
    }
}

/// Writes at an offset; what has no offsets (a pipe, a terminal) is written where it stands.
pub(crate) fn write_at(file: &File, bytes: &[u8], offset: u64) -> Result<usize, Errno> {
    match pwrite(file, bytes, offset) {
        Err(Errno::SPIPE) => write(file, bytes),
        result => result,
    }
}

/// Writing at the end, wherever others have moved it.
#[cfg(target_os = "linux")]
mod append {
    use super::*;
    use rustix::io::{ReadWriteFlags, pwritev2};
    use std::io::IoSlice;

    pub(super) fn write(file: &File, bytes: &[u8]) -> Result<usize, Errno> {
        match pwritev2(file, &[IoSlice::new(bytes)], 0, ReadWriteFlags::APPEND) {
            Err(Errno::NOSYS | Errno::OPNOTSUPP) => at_end(file, bytes),
            Err(Errno::SPIPE) => rustix::io::write(file, bytes),
            result => result,
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod append {
    pub(super) use super::at_end as write;
}

/// Without help from the system another writer may come in between.
fn at_end(file: &File, bytes: &[u8]) -> Result<usize, Errno> {
    let size = rustix::fs::fstat(file)?.st_size;
    write_at(file, bytes, size as u64)
}

impl Wasi {
    fn output(&mut self, stream: Handle<Output>) -> Result<&mut Output, Stop> {
        self.outputs.get_mut(stream)
    }

    pub(crate) fn output_check_write(&mut self, stream: Handle<Output>) -> StreamResult<u64> {
        self.output(stream)?.check_write()
    }

    pub(crate) fn output_write(
        &mut self,
        stream: Handle<Output>,
        contents: &[u8],
    ) -> StreamResult<()> {
        let output = self.output(stream)?;
        output.take_permit(contents.len() as u64)?;
        output.write_all(contents)
    }

    pub(crate) fn output_blocking_write_and_flush(
        &mut self,
        stream: Handle<Output>,
        contents: &[u8],
    ) -> StreamResult<()> {
        if contents.len() as u64 > WRITE_AND_FLUSH {
            return Err(TOO_MANY.into());
        }
        self.output(stream)?.write_all(contents)
    }

    /// For `flush` and `blocking-flush`: everything has been written already.
    pub(crate) fn output_flush(&mut self, stream: Handle<Output>) -> StreamResult<()> {
        self.output(stream)?.check_open()
    }

    pub(crate) fn output_subscribe(
        &mut self,
        stream: Handle<Output>,
    ) -> Result<Handle<Pollable>, Stop> {
        self.output(stream)?;
        Ok(self.pollables.insert(Pollable::Ready))
    }

    pub(crate) fn output_write_zeroes(
        &mut self,
        stream: Handle<Output>,
        len: u64,
    ) -> StreamResult<()> {
        let output = self.output(stream)?;
        output.take_permit(len)?;
        output.write_zeroes(len)
    }

    pub(crate) fn output_blocking_write_zeroes_and_flush(
        &mut self,
        stream: Handle<Output>,
        len: u64,
    ) -> StreamResult<()> {
        if len > WRITE_AND_FLUSH {
            return Err(TOO_MANY.into());
        }
        self.output(stream)?.write_zeroes(len)
    }

    pub(crate) fn drop_output(&mut self, stream: Handle<Output>) {
        self.outputs.remove(stream);
    }
}

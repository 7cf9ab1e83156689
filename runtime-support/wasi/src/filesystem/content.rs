//! What is in an open file: reading, writing, streams, size, synchronisation.

use super::{Descriptor, ErrorCode, FsResult};
use crate::abi::Buffer;
use crate::io::{FileInput, FileOutput, Input, Output, read_at, write_at};
use crate::state::Wasi;
use crate::table::Handle;
use rustix::io::{Errno, retry_on_intr};
use std::sync::Arc;

/// Most bytes of one `read`. The guest says how much it wants, which may be anything.
const READ: u64 = 16 << 20;

/// `advice`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Advice {
    Normal,
    Sequential,
    Random,
    WillNeed,
    DontNeed,
    NoReuse,
}

impl Wasi {
    pub(crate) fn read_via_stream(
        &mut self,
        handle: Handle<Descriptor>,
        offset: u64,
    ) -> FsResult<Handle<Input>> {
        let input = self.file_input(handle, offset)?;
        Ok(self.inputs.insert(input))
    }

    pub(crate) fn file_input(&self, handle: Handle<Descriptor>, offset: u64) -> FsResult<Input> {
        let file = Arc::clone(self.file_to_read(handle)?);
        Ok(Input::File(FileInput::new(file, offset)))
    }

    pub(crate) fn write_via_stream(
        &mut self,
        handle: Handle<Descriptor>,
        offset: u64,
    ) -> FsResult<Handle<Output>> {
        let file = self.file_output(handle, Some(offset))?;
        Ok(self.outputs.insert(Output::file(file)))
    }

    pub(crate) fn append_via_stream(
        &mut self,
        handle: Handle<Descriptor>,
    ) -> FsResult<Handle<Output>> {
        let file = self.file_output(handle, None)?;
        Ok(self.outputs.insert(Output::file(file)))
    }

    /// Writes from this offset, or at the end.
    pub(crate) fn file_output(
        &self,
        handle: Handle<Descriptor>,
        offset: Option<u64>,
    ) -> FsResult<FileOutput> {
        let file = Arc::clone(self.file_to_write(handle)?);
        Ok(match offset {
            Some(offset) => FileOutput::at(file, offset),
            None => FileOutput::append(file),
        })
    }

    /// The second value says whether the end was reached.
    pub(crate) fn read(
        &mut self,
        handle: Handle<Descriptor>,
        len: u64,
        offset: u64,
    ) -> FsResult<(Buffer, bool)> {
        let file = self.file_to_read(handle)?;
        let wanted = len.min(READ) as usize;
        let bytes = retry_on_intr(|| read_at(file, wanted, offset))?;
        let at_end = wanted > 0 && bytes.as_slice().is_empty();
        Ok((bytes, at_end))
    }

    pub(crate) fn write(
        &mut self,
        handle: Handle<Descriptor>,
        bytes: &[u8],
        offset: u64,
    ) -> FsResult<u64> {
        let file = self.file_to_write(handle)?;
        Ok(retry_on_intr(|| write_at(file, bytes, offset))? as u64)
    }

    pub(crate) fn set_size(&mut self, handle: Handle<Descriptor>, size: u64) -> FsResult<()> {
        let file = self.file_to_write(handle)?;
        Ok(retry_on_intr(|| rustix::fs::ftruncate(file, size))?)
    }

    pub(crate) fn sync(&mut self, handle: Handle<Descriptor>) -> FsResult<()> {
        let fd = self.descriptor(handle)?.fd();
        done(retry_on_intr(|| rustix::fs::fsync(fd)))
    }

    pub(crate) fn sync_data(&mut self, handle: Handle<Descriptor>) -> FsResult<()> {
        let fd = self.descriptor(handle)?.fd();
        done(retry_on_intr(|| data::sync(fd)))
    }

    pub(crate) fn advise(
        &mut self,
        handle: Handle<Descriptor>,
        offset: u64,
        len: u64,
        advice: Advice,
    ) -> FsResult<()> {
        match self.descriptor(handle)? {
            Descriptor::File(open) => Ok(data::advise(&open.file, offset, len, advice)?),
            Descriptor::Dir(_) => Err(ErrorCode::BadDescriptor.into()),
        }
    }
}

/// What has nothing to synchronise is synchronised.
fn done(result: Result<(), Errno>) -> FsResult<()> {
    match result {
        Err(Errno::INVAL | Errno::ROFS) => Ok(()),
        result => Ok(result?),
    }
}

#[cfg(not(target_vendor = "apple"))]
mod data {
    use super::Advice;
    use cap_std::fs::File;
    use rustix::fd::BorrowedFd;
    use rustix::io::Errno;
    use std::num::NonZeroU64;

    pub(super) fn sync(fd: BorrowedFd<'_>) -> Result<(), Errno> {
        rustix::fs::fdatasync(fd)
    }

    pub(super) fn advise(file: &File, offset: u64, len: u64, advice: Advice) -> Result<(), Errno> {
        let advice = match advice {
            Advice::Normal => rustix::fs::Advice::Normal,
            Advice::Sequential => rustix::fs::Advice::Sequential,
            Advice::Random => rustix::fs::Advice::Random,
            Advice::WillNeed => rustix::fs::Advice::WillNeed,
            Advice::DontNeed => rustix::fs::Advice::DontNeed,
            Advice::NoReuse => rustix::fs::Advice::NoReuse,
        };
        rustix::fs::fadvise(file, offset, NonZeroU64::new(len), advice)
    }
}

/// Apple's systems have neither function; advice may be ignored.
#[cfg(target_vendor = "apple")]
mod data {
    use super::Advice;
    use cap_std::fs::File;
    use rustix::fd::BorrowedFd;
    use rustix::io::Errno;

    pub(super) fn sync(fd: BorrowedFd<'_>) -> Result<(), Errno> {
        rustix::fs::fsync(fd)
    }

    pub(super) fn advise(_: &File, _: u64, _: u64, _: Advice) -> Result<(), Errno> {
        Ok(())
    }
}

//! `wasi:filesystem`: descriptors of files and directories, and paths below directories.
//!
//! Paths go through cap-std and nothing else: it resolves them below the directory of their descriptor,
//! whatever `..`, symbolic links and concurrent renames try. What is open already is used through its file
//! descriptor.
//!
//! Every directory that can be reached may be changed; a file may be written if it was opened so.

mod content;
mod errors;
mod listing;
mod open;
mod paths;
mod preopens;
mod stat;
mod times;

pub(crate) use content::Advice;
pub(crate) use errors::ErrorCode;
pub(crate) use listing::{DirectoryEntry, Listing};
pub(crate) use open::{DescriptorFlags, OpenFlags, PathFlags};
pub(crate) use preopens::open_preopens;
pub(crate) use stat::{DescriptorType, MetadataHash, Stat};
pub(crate) use times::NewTimestamp;

use crate::state::{Stop, Wasi};
use crate::table::Handle;
use cap_std::fs::{Dir, File};
use rustix::fd::{AsFd, BorrowedFd};
use std::sync::Arc;

/// A `descriptor`.
pub(crate) enum Descriptor {
    File(OpenFile),
    Dir(Arc<Dir>),
}

/// A file, and what it was opened for. Its streams share it.
pub(crate) struct OpenFile {
    file: Arc<File>,
    flags: DescriptorFlags,
}

/// What an operation can come to instead of a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum FsFailure {
    Code(ErrorCode),
    Stop(Stop),
}

pub(crate) type FsResult<T> = Result<T, FsFailure>;

impl From<Stop> for FsFailure {
    fn from(stop: Stop) -> Self {
        FsFailure::Stop(stop)
    }
}

impl<E> From<E> for FsFailure
where
    ErrorCode: From<E>,
{
    fn from(error: E) -> Self {
        FsFailure::Code(error.into())
    }
}

impl Descriptor {
    fn fd(&self) -> BorrowedFd<'_> {
        match self {
            Descriptor::File(open) => open.file.as_fd(),
            Descriptor::Dir(dir) => dir.as_fd(),
        }
    }
}

impl Wasi {
    fn descriptor(&self, handle: Handle<Descriptor>) -> Result<&Descriptor, Stop> {
        self.descriptors.get(handle)
    }

    fn dir(&self, handle: Handle<Descriptor>) -> FsResult<&Arc<Dir>> {
        match self.descriptor(handle)? {
            Descriptor::Dir(dir) => Ok(dir),
            Descriptor::File(_) => Err(ErrorCode::NotDirectory.into()),
        }
    }

    fn file_to_read(&self, handle: Handle<Descriptor>) -> FsResult<&Arc<File>> {
        match self.descriptor(handle)? {
            Descriptor::File(open) if open.flags.has(DescriptorFlags::READ) => Ok(&open.file),
            Descriptor::File(_) => Err(ErrorCode::BadDescriptor.into()),
            Descriptor::Dir(_) => Err(ErrorCode::IsDirectory.into()),
        }
    }

    fn file_to_write(&self, handle: Handle<Descriptor>) -> FsResult<&Arc<File>> {
        match self.descriptor(handle)? {
            Descriptor::File(open) if open.flags.has(DescriptorFlags::WRITE) => Ok(&open.file),
            _ => Err(ErrorCode::BadDescriptor.into()),
        }
    }

    pub(crate) fn drop_descriptor(&mut self, handle: Handle<Descriptor>) {
        self.descriptors.remove(handle);
    }
}

//! `read-directory` and `directory-entry-stream`.

use super::{Descriptor, DescriptorType, ErrorCode, FsResult};
use crate::state::Wasi;
use crate::table::Handle;
use cap_std::fs::Dir;
use rustix::fs::{DirEntry, FileType};
use std::sync::Arc;

/// A `directory-entry-stream`: entries as the system gives them, in its order.
pub(crate) struct Listing {
    dir: Arc<Dir>,
    /// Open on its own, so that listings do not disturb each other.
    entries: rustix::fs::Dir,
}

/// `directory-entry`
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DirectoryEntry {
    pub(crate) ty: DescriptorType,
    pub(crate) name: String,
}

impl Wasi {
    pub(crate) fn read_directory(
        &mut self,
        handle: Handle<Descriptor>,
    ) -> FsResult<Handle<Listing>> {
        let listing = self.listing(handle)?;
        Ok(self.listings.insert(listing))
    }

    pub(crate) fn listing(&self, handle: Handle<Descriptor>) -> FsResult<Listing> {
        let dir = Arc::clone(self.dir(handle)?);
        let entries = rustix::fs::Dir::read_from(&dir)?;
        Ok(Listing { dir, entries })
    }

    pub(crate) fn read_directory_entry(
        &mut self,
        listing: Handle<Listing>,
    ) -> FsResult<Option<DirectoryEntry>> {
        Ok(self.listings.get_mut(listing)?.next()?)
    }

    pub(crate) fn drop_listing(&mut self, listing: Handle<Listing>) {
        self.listings.remove(listing);
    }
}

impl Listing {
    pub(crate) fn next(&mut self) -> Result<Option<DirectoryEntry>, ErrorCode> {
        while let Some(entry) = self.entries.read() {
            let entry = entry?;
            if !matches!(entry.file_name().to_bytes(), b"." | b"..") {
                return self.describe(&entry).map(Some);
            }
        }
        Ok(None)
    }

    fn describe(&self, entry: &DirEntry) -> Result<DirectoryEntry, ErrorCode> {
        let name = entry.file_name().to_str().map_err(|_| ErrorCode::IllegalByteSequence)?;
        let ty = match entry.file_type() {
            // Some file systems do not say in their listings.
            FileType::Unknown => self.type_of(name),
            ty => ty.into(),
        };
        Ok(DirectoryEntry { ty, name: name.to_string() })
    }

    fn type_of(&self, name: &str) -> DescriptorType {
        let metadata = self.dir.symlink_metadata(name);
        metadata.map_or(DescriptorType::Unknown, |metadata| metadata.file_type().into())
    }
}

impl From<FileType> for DescriptorType {
    fn from(ty: FileType) -> Self {
        match ty {
            FileType::RegularFile => DescriptorType::RegularFile,
            FileType::Directory => DescriptorType::Directory,
            FileType::Symlink => DescriptorType::SymbolicLink,
            FileType::Fifo => DescriptorType::Fifo,
            FileType::Socket => DescriptorType::Socket,
            FileType::CharacterDevice => DescriptorType::CharacterDevice,
            FileType::BlockDevice => DescriptorType::BlockDevice,
            FileType::Unknown => DescriptorType::Unknown,
        }
    }
}

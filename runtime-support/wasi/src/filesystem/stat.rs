//! What is known about a file: its type, its attributes, its identity.

use super::{Descriptor, FsResult, PathFlags};
use crate::clocks::Instant;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use cap_std::fs::{FileType, FileTypeExt, Metadata, MetadataExt};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;

/// `descriptor-type`, in the order of the WIT.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum DescriptorType {
    Unknown,
    BlockDevice,
    CharacterDevice,
    Directory,
    Fifo,
    SymbolicLink,
    RegularFile,
    Socket,
}

impl From<FileType> for DescriptorType {
    fn from(ty: FileType) -> Self {
        match ty {
            _ if ty.is_file() => DescriptorType::RegularFile,
            _ if ty.is_dir() => DescriptorType::Directory,
            _ if ty.is_symlink() => DescriptorType::SymbolicLink,
            _ if ty.is_char_device() => DescriptorType::CharacterDevice,
            _ if ty.is_block_device() => DescriptorType::BlockDevice,
            _ if ty.is_fifo() => DescriptorType::Fifo,
            _ if ty.is_socket() => DescriptorType::Socket,
            _ => DescriptorType::Unknown,
        }
    }
}

/// `descriptor-stat`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stat {
    pub(crate) ty: DescriptorType,
    pub(crate) link_count: u64,
    pub(crate) size: u64,
    pub(crate) data_access: Option<Instant>,
    pub(crate) data_modification: Option<Instant>,
    pub(crate) status_change: Option<Instant>,
}

impl From<Metadata> for Stat {
    fn from(metadata: Metadata) -> Stat {
        Stat {
            ty: metadata.file_type().into(),
            link_count: metadata.nlink(),
            size: metadata.len(),
            data_access: Instant::new(metadata.atime(), metadata.atime_nsec()),
            data_modification: Instant::new(metadata.mtime(), metadata.mtime_nsec()),
            status_change: Instant::new(metadata.ctime(), metadata.ctime_nsec()),
        }
    }
}

/// `metadata-hash-value`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct MetadataHash {
    lower: u64,
    upper: u64,
}

impl MetadataHash {
    /// The adapter for preview 1 and wasi-libc give the hash out as the inode's number, which must not
    /// change when the file does: so it is made of its identity alone, not of size and times.
    fn of(metadata: &Metadata) -> MetadataHash {
        let hash = |half: u8| {
            let mut hasher = DefaultHasher::new();
            (half, metadata.dev(), metadata.ino()).hash(&mut hasher);
            hasher.finish()
        };
        MetadataHash { lower: hash(0), upper: hash(1) }
    }
}

impl Descriptor {
    fn metadata(&self) -> io::Result<Metadata> {
        match self {
            Descriptor::File(open) => open.file.metadata(),
            Descriptor::Dir(dir) => dir.dir_metadata(),
        }
    }
}

impl Wasi {
    fn metadata_at(
        &self,
        dir: Handle<Descriptor>,
        flags: PathFlags,
        path: &str,
    ) -> FsResult<Metadata> {
        let dir = self.dir(dir)?;
        Ok(if flags.follow() { dir.metadata(path)? } else { dir.symlink_metadata(path)? })
    }

    pub(crate) fn get_type(&mut self, handle: Handle<Descriptor>) -> FsResult<DescriptorType> {
        Ok(self.descriptor(handle)?.metadata()?.file_type().into())
    }

    pub(crate) fn stat(&mut self, handle: Handle<Descriptor>) -> FsResult<Stat> {
        Ok(self.descriptor(handle)?.metadata()?.into())
    }

    pub(crate) fn stat_at(
        &mut self,
        dir: Handle<Descriptor>,
        flags: PathFlags,
        path: &str,
    ) -> FsResult<Stat> {
        Ok(self.metadata_at(dir, flags, path)?.into())
    }

    /// Objects that the system will not tell anything about are not the same.
    pub(crate) fn is_same_object(
        &mut self,
        one: Handle<Descriptor>,
        other: Handle<Descriptor>,
    ) -> Result<bool, Stop> {
        let identity = |handle| {
            let metadata = self.descriptor(handle)?.metadata().ok();
            Ok(metadata.map(|metadata| (metadata.dev(), metadata.ino())))
        };
        let (one, other) = (identity(one)?, identity(other)?);
        Ok(one.is_some() && one == other)
    }

    pub(crate) fn metadata_hash(&mut self, handle: Handle<Descriptor>) -> FsResult<MetadataHash> {
        Ok(MetadataHash::of(&self.descriptor(handle)?.metadata()?))
    }

    pub(crate) fn metadata_hash_at(
        &mut self,
        dir: Handle<Descriptor>,
        flags: PathFlags,
        path: &str,
    ) -> FsResult<MetadataHash> {
        Ok(MetadataHash::of(&self.metadata_at(dir, flags, path)?))
    }
}

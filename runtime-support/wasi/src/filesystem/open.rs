//! `open-at` and the flags around it.

use super::{Descriptor, ErrorCode, FsResult, OpenFile};
use crate::state::Wasi;
use crate::table::Handle;
use cap_fs_ext::{FollowSymlinks, OpenOptionsFollowExt, OpenOptionsSyncExt};
use cap_std::fs::{Dir, File, OpenOptions, OpenOptionsExt};
use rustix::fs::OFlags;
use std::io;
use std::sync::Arc;

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident { $($label:ident),* })*) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(transparent)]
        pub(crate) struct $name(pub(crate) u8);

        impl $name {
            flags!(@labels 0; $($label)*);

            pub(crate) const fn has(self, other: $name) -> bool {
                self.0 & other.0 == other.0
            }
        }
    )* };
    (@labels $bit:expr; $label:ident $($rest:ident)*) => {
        pub(crate) const $label: Self = Self(1 << ($bit));
        flags!(@labels $bit + 1; $($rest)*);
    };
    (@labels $bit:expr;) => {};
}

flags! {
    /// `descriptor-flags`
    DescriptorFlags {
        READ, WRITE, FILE_INTEGRITY_SYNC, DATA_INTEGRITY_SYNC, REQUESTED_WRITE_SYNC, MUTATE_DIRECTORY
    }
    /// `path-flags`
    PathFlags { SYMLINK_FOLLOW }
    /// `open-flags`
    OpenFlags { CREATE, DIRECTORY, EXCLUSIVE, TRUNCATE }
}

impl PathFlags {
    pub(super) fn follow(self) -> bool {
        self.has(PathFlags::SYMLINK_FOLLOW)
    }
}

impl OpenFlags {
    fn makes_files(self) -> bool {
        self.0 & (Self::CREATE.0 | Self::EXCLUSIVE.0 | Self::TRUNCATE.0) != 0
    }
}

impl Wasi {
    pub(crate) fn open_at(
        &mut self,
        dir: Handle<Descriptor>,
        path_flags: PathFlags,
        path: &str,
        open_flags: OpenFlags,
        flags: DescriptorFlags,
    ) -> FsResult<Handle<Descriptor>> {
        if open_flags.has(OpenFlags::DIRECTORY) && open_flags.makes_files() {
            return Err(ErrorCode::Invalid.into());
        }
        let options = options(path_flags, open_flags, flags);
        let file = self.dir(dir)?.open_with(path, &options)?;
        let descriptor = Descriptor::new(file, flags)?;
        Ok(self.descriptors.insert(descriptor))
    }

    pub(crate) fn get_flags(&mut self, handle: Handle<Descriptor>) -> FsResult<DescriptorFlags> {
        Ok(match self.descriptor(handle)? {
            Descriptor::File(open) => open.flags,
            Descriptor::Dir(_) => DescriptorFlags::READ.and(DescriptorFlags::MUTATE_DIRECTORY),
        })
    }
}

fn options(path_flags: PathFlags, open_flags: OpenFlags, flags: DescriptorFlags) -> OpenOptions {
    let write = flags.has(DescriptorFlags::WRITE);
    let create = open_flags.has(OpenFlags::CREATE);
    let truncate = open_flags.has(OpenFlags::TRUNCATE);
    let mut options = OpenOptions::new();
    options
        // A descriptor for neither is still good for its metadata.
        .read(flags.has(DescriptorFlags::READ) || !write)
        // POSIX lets one create what one only reads; cap-std wants it writable for that.
        .write(write || create || truncate)
        .create(create)
        .create_new(create && open_flags.has(OpenFlags::EXCLUSIVE))
        .truncate(truncate)
        .sync(flags.has(DescriptorFlags::FILE_INTEGRITY_SYNC))
        .dsync(flags.has(DescriptorFlags::DATA_INTEGRITY_SYNC))
        .rsync(flags.has(DescriptorFlags::REQUESTED_WRITE_SYNC))
        .follow(if path_flags.follow() { FollowSymlinks::Yes } else { FollowSymlinks::No });
    if open_flags.has(OpenFlags::DIRECTORY) {
        options.custom_flags(OFlags::DIRECTORY.bits() as i32);
    }
    options
}

impl Descriptor {
    fn new(file: File, flags: DescriptorFlags) -> io::Result<Descriptor> {
        if file.metadata()?.is_dir() {
            return Ok(Descriptor::Dir(Arc::new(Dir::from_std_file(file.into_std()))));
        }
        Ok(Descriptor::File(OpenFile { file: Arc::new(file), flags: flags.for_files() }))
    }
}

impl DescriptorFlags {
    fn and(self, other: DescriptorFlags) -> DescriptorFlags {
        DescriptorFlags(self.0 | other.0)
    }

    /// What a file that was opened with them reports.
    fn for_files(self) -> DescriptorFlags {
        let flags = DescriptorFlags(self.0 & !Self::MUTATE_DIRECTORY.0);
        if flags.has(Self::WRITE) { flags } else { flags.and(Self::READ) }
    }
}

//! `wasi:filesystem`

use super::Buffer;
use super::call::{functions, resources};
use super::memory;
use super::values::{Bytes, Lower, Opt, Param, Res, Str, Text, lowered_as_it_is};
use super::wit::{signature, wit};
use crate::clocks::{Datetime, Instant};
use crate::filesystem::*;
use crate::io::{Failed, Input, Output};
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use std::mem::MaybeUninit;

lowered_as_it_is!(ErrorCode, DescriptorType, MetadataHash);

macro_rules! flags {
    ($($flags:ident),*) => { $(
        impl Param for $flags {
            type Raw = u8;
            type Value<'a> = $flags;

            unsafe fn lift<'a>(raw: u8) -> Result<Self::Value<'a>, Stop> {
                Ok($flags(raw))
            }
        }
    )* };
}
flags!(DescriptorFlags, PathFlags, OpenFlags);

impl Lower for DescriptorFlags {
    type Raw = u8;

    fn lower(self, _: &mut Wasi) -> Result<u8, Stop> {
        Ok(self.0)
    }
}

impl Param for Advice {
    type Raw = u8;
    type Value<'a> = Advice;

    unsafe fn lift<'a>(raw: u8) -> Result<Self::Value<'a>, Stop> {
        const ALL: [Advice; 6] = [
            Advice::Normal,
            Advice::Sequential,
            Advice::Random,
            Advice::WillNeed,
            Advice::DontNeed,
            Advice::NoReuse,
        ];
        ALL.get(usize::from(raw)).copied().ok_or(Stop::Failed("not a kind of advice"))
    }
}

/// `new-timestamp`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawNewTimestamp {
    tag: u8,
    timestamp: MaybeUninit<Datetime>,
}

impl Param for NewTimestamp {
    type Raw = *const RawNewTimestamp;
    type Value<'a> = NewTimestamp;

    unsafe fn lift<'a>(raw: *const RawNewTimestamp) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        let RawNewTimestamp { tag, timestamp } = unsafe { *raw };
        Ok(match tag {
            0 => NewTimestamp::NoChange,
            1 => NewTimestamp::Now,
            // SAFETY: the last case has a payload.
            _ => match unsafe { timestamp.assume_init() } {
                Datetime { seconds, nanoseconds } if seconds <= i64::MAX as u64 => {
                    NewTimestamp::Timestamp(Instant { seconds: seconds as i64, nanoseconds })
                }
                _ => NewTimestamp::TooLate,
            },
        })
    }
}

#[cfg(test)]
impl RawNewTimestamp {
    pub(super) const NO_CHANGE: RawNewTimestamp =
        RawNewTimestamp { tag: 0, timestamp: MaybeUninit::uninit() };
    pub(super) const NOW: RawNewTimestamp =
        RawNewTimestamp { tag: 1, timestamp: MaybeUninit::uninit() };

    pub(super) fn at(time: Datetime) -> RawNewTimestamp {
        RawNewTimestamp { tag: 2, timestamp: MaybeUninit::new(time) }
    }
}

/// `descriptor-stat`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawStat {
    pub(super) ty: DescriptorType,
    pub(super) link_count: u64,
    pub(super) size: u64,
    pub(super) data_access: Opt<Datetime>,
    pub(super) data_modification: Opt<Datetime>,
    pub(super) status_change: Opt<Datetime>,
}

impl Lower for Stat {
    type Raw = RawStat;

    fn lower(self, _: &mut Wasi) -> Result<RawStat, Stop> {
        Ok(RawStat {
            ty: self.ty,
            link_count: self.link_count,
            size: self.size,
            data_access: Opt::new(self.data_access.and_then(Instant::datetime)),
            data_modification: Opt::new(self.data_modification.and_then(Instant::datetime)),
            status_change: Opt::new(self.status_change.and_then(Instant::datetime)),
        })
    }
}

/// `directory-entry`
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawDirectoryEntry {
    pub(super) ty: DescriptorType,
    pub(super) name: Str,
}

impl Lower for DirectoryEntry {
    type Raw = RawDirectoryEntry;

    fn lower(self, _: &mut Wasi) -> Result<RawDirectoryEntry, Stop> {
        Ok(RawDirectoryEntry { ty: self.ty, name: memory::string(&self.name)? })
    }
}

impl<T: Lower> Lower for FsResult<T> {
    type Raw = Res<T::Raw, ErrorCode>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Res::new(match self {
            Ok(value) => Ok(value.lower(wasi)?),
            Err(FsFailure::Code(code)) => Err(code),
            Err(FsFailure::Stop(stop)) => return Err(stop),
        }))
    }
}

functions! {
    "wasi:filesystem/preopens" @ Both {
        "get-directories" weldc_wasi_filesystem_preopens_get_directories()
            -> Vec<(Handle<Descriptor>, String)> = get_directories,
            signature!(=> concat!("list<tuple<", wit!(own descriptor), ", string>>"));
    }
    "wasi:filesystem/types" @ V02 {
        "[method]descriptor.read-via-stream" weldc_wasi_filesystem_types_descriptor_read_via_stream(
            this: Handle<Descriptor>, offset: u64
        ) -> FsResult<Handle<Input>> = read_via_stream,
            signature!(wit!(descriptor), "u64" => wit!(fs (wit!(own input))));
        "[method]descriptor.write-via-stream"
            weldc_wasi_filesystem_types_descriptor_write_via_stream(
                this: Handle<Descriptor>, offset: u64
            ) -> FsResult<Handle<Output>> = write_via_stream,
            signature!(wit!(descriptor), "u64" => wit!(fs (wit!(own output))));
        "[method]descriptor.append-via-stream"
            weldc_wasi_filesystem_types_descriptor_append_via_stream(this: Handle<Descriptor>)
            -> FsResult<Handle<Output>> = append_via_stream,
            signature!(wit!(descriptor) => wit!(fs (wit!(own output))));
        "[method]descriptor.advise" weldc_wasi_filesystem_types_descriptor_advise(
            this: Handle<Descriptor>, offset: u64, len: u64, advice: Advice
        ) -> FsResult<()> = advise,
            signature!(wit!(descriptor), "u64", "u64", wit!(advice) => wit!(fs _));
        "[method]descriptor.sync-data" weldc_wasi_filesystem_types_descriptor_sync_data(
            this: Handle<Descriptor>
        ) -> FsResult<()> = sync_data, signature!(wit!(descriptor) => wit!(fs _));
        "[method]descriptor.get-flags" weldc_wasi_filesystem_types_descriptor_get_flags(
            this: Handle<Descriptor>
        ) -> FsResult<DescriptorFlags> = get_flags,
            signature!(wit!(descriptor) => wit!(fs (wit!(descriptor-flags))));
        "[method]descriptor.get-type" weldc_wasi_filesystem_types_descriptor_get_type(
            this: Handle<Descriptor>
        ) -> FsResult<DescriptorType> = get_type,
            signature!(wit!(descriptor) => wit!(fs (wit!(descriptor-type))));
        "[method]descriptor.set-size" weldc_wasi_filesystem_types_descriptor_set_size(
            this: Handle<Descriptor>, size: u64
        ) -> FsResult<()> = set_size, signature!(wit!(descriptor), "u64" => wit!(fs _));
        "[method]descriptor.set-times" weldc_wasi_filesystem_types_descriptor_set_times(
            this: Handle<Descriptor>, access: NewTimestamp, modification: NewTimestamp
        ) -> FsResult<()> = set_times,
            signature!(wit!(descriptor), wit!(new-timestamp), wit!(new-timestamp) => wit!(fs _));
        "[method]descriptor.read" weldc_wasi_filesystem_types_descriptor_read(
            this: Handle<Descriptor>, len: u64, offset: u64
        ) -> FsResult<(Buffer, bool)> = read,
            signature!(wit!(descriptor), "u64", "u64" => wit!(fs ("tuple<list<u8>, bool>")));
        "[method]descriptor.write" weldc_wasi_filesystem_types_descriptor_write(
            this: Handle<Descriptor>, bytes: Bytes, offset: u64
        ) -> FsResult<u64> = write,
            signature!(wit!(descriptor), wit!(bytes), "u64" => wit!(fs u64));
        "[method]descriptor.read-directory" weldc_wasi_filesystem_types_descriptor_read_directory(
            this: Handle<Descriptor>
        ) -> FsResult<Handle<Listing>> = read_directory,
            signature!(wit!(descriptor) => wit!(fs (wit!(own listing))));
        "[method]descriptor.sync" weldc_wasi_filesystem_types_descriptor_sync(
            this: Handle<Descriptor>
        ) -> FsResult<()> = sync, signature!(wit!(descriptor) => wit!(fs _));
        "[method]descriptor.create-directory-at"
            weldc_wasi_filesystem_types_descriptor_create_directory_at(
                this: Handle<Descriptor>, path: Text
            ) -> FsResult<()> = create_directory_at,
            signature!(wit!(descriptor), "string" => wit!(fs _));
        "[method]descriptor.stat" weldc_wasi_filesystem_types_descriptor_stat(
            this: Handle<Descriptor>
        ) -> FsResult<Stat> = stat, signature!(wit!(descriptor) => wit!(fs (wit!(stat))));
        "[method]descriptor.stat-at" weldc_wasi_filesystem_types_descriptor_stat_at(
            this: Handle<Descriptor>, flags: PathFlags, path: Text
        ) -> FsResult<Stat> = stat_at,
            signature!(wit!(descriptor), wit!(path-flags), "string" => wit!(fs (wit!(stat))));
        "[method]descriptor.set-times-at" weldc_wasi_filesystem_types_descriptor_set_times_at(
            this: Handle<Descriptor>, flags: PathFlags, path: Text,
            access: NewTimestamp, modification: NewTimestamp
        ) -> FsResult<()> = set_times_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit!(new-timestamp),
                wit!(new-timestamp) => wit!(fs _)
            );
        "[method]descriptor.link-at" weldc_wasi_filesystem_types_descriptor_link_at(
            this: Handle<Descriptor>, flags: PathFlags, old_path: Text,
            new_dir: Handle<Descriptor>, new_path: Text
        ) -> FsResult<()> = link_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit!(descriptor),
                "string" => wit!(fs _)
            );
        "[method]descriptor.open-at" weldc_wasi_filesystem_types_descriptor_open_at(
            this: Handle<Descriptor>, path_flags: PathFlags, path: Text,
            open_flags: OpenFlags, flags: DescriptorFlags
        ) -> FsResult<Handle<Descriptor>> = open_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit!(open-flags),
                wit!(descriptor-flags) => wit!(fs (wit!(own descriptor)))
            );
        "[method]descriptor.readlink-at" weldc_wasi_filesystem_types_descriptor_readlink_at(
            this: Handle<Descriptor>, path: Text
        ) -> FsResult<String> = readlink_at,
            signature!(wit!(descriptor), "string" => wit!(fs string));
        "[method]descriptor.remove-directory-at"
            weldc_wasi_filesystem_types_descriptor_remove_directory_at(
                this: Handle<Descriptor>, path: Text
            ) -> FsResult<()> = remove_directory_at,
            signature!(wit!(descriptor), "string" => wit!(fs _));
        "[method]descriptor.rename-at" weldc_wasi_filesystem_types_descriptor_rename_at(
            this: Handle<Descriptor>, old_path: Text, new_dir: Handle<Descriptor>, new_path: Text
        ) -> FsResult<()> = rename_at,
            signature!(wit!(descriptor), "string", wit!(descriptor), "string" => wit!(fs _));
        "[method]descriptor.symlink-at" weldc_wasi_filesystem_types_descriptor_symlink_at(
            this: Handle<Descriptor>, old_path: Text, new_path: Text
        ) -> FsResult<()> = symlink_at,
            signature!(wit!(descriptor), "string", "string" => wit!(fs _));
        "[method]descriptor.unlink-file-at" weldc_wasi_filesystem_types_descriptor_unlink_file_at(
            this: Handle<Descriptor>, path: Text
        ) -> FsResult<()> = unlink_file_at,
            signature!(wit!(descriptor), "string" => wit!(fs _));
        "[method]descriptor.is-same-object" weldc_wasi_filesystem_types_descriptor_is_same_object(
            this: Handle<Descriptor>, other: Handle<Descriptor>
        ) -> Result<bool, Stop> = is_same_object,
            signature!(wit!(descriptor), wit!(descriptor) => "bool");
        "[method]descriptor.metadata-hash" weldc_wasi_filesystem_types_descriptor_metadata_hash(
            this: Handle<Descriptor>
        ) -> FsResult<MetadataHash> = metadata_hash,
            signature!(wit!(descriptor) => wit!(fs (wit!(metadata-hash))));
        "[method]descriptor.metadata-hash-at"
            weldc_wasi_filesystem_types_descriptor_metadata_hash_at(
                this: Handle<Descriptor>, flags: PathFlags, path: Text
            ) -> FsResult<MetadataHash> = metadata_hash_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string" => wit!(fs (wit!(metadata-hash)))
            );
        "[method]directory-entry-stream.read-directory-entry"
            weldc_wasi_filesystem_types_directory_entry_stream_read_directory_entry(
                this: Handle<Listing>
            ) -> FsResult<Option<DirectoryEntry>> = read_directory_entry,
            signature!(
                wit!(listing) => wit!(fs (concat!("option<", wit!(directory-entry), ">")))
            );
        "filesystem-error-code" weldc_wasi_filesystem_types_filesystem_error_code(
            error: Handle<Failed>
        ) -> Result<Option<ErrorCode>, Stop> = filesystem_error_code,
            signature!(wit!(error) => concat!("option<", wit!(fs error-code), ">"));
    }
}

resources! {
    "wasi:filesystem/types" @ Both {
        "descriptor" weldc_wasi_filesystem_types_descriptor_drop = drop_descriptor;
    }
    "wasi:filesystem/types" @ V02 {
        "directory-entry-stream" weldc_wasi_filesystem_types_directory_entry_stream_drop
            = drop_listing;
    }
}

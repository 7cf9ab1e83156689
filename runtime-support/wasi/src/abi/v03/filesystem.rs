//! `wasi:filesystem`

use super::super::call::functions;
use super::super::ends::{Lowered, Readable, Release};
use super::super::memory;
use super::super::values::{Lower, Opt, Param, Res, Str, Text};
use super::super::wit::{signature, wit};
use super::OrOther;
use super::wit::wit03;
use crate::clocks::Instant;
use crate::filesystem::*;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use crate::waiting::Verdict;
use std::mem::MaybeUninit;

/// The number of `error-code.other`.
const OTHER_ERROR: u8 = ErrorCode::CrossDevice as u8;
/// The number of `descriptor-type.other`.
const OTHER_TYPE: u8 = DescriptorType::Socket as u8;

impl OrOther {
    /// The codes are those of 0.2 without `would-block`.
    fn error(code: ErrorCode) -> OrOther {
        match code {
            ErrorCode::Access => OrOther::case(code as u8),
            ErrorCode::WouldBlock => OrOther::other(OTHER_ERROR),
            _ => OrOther::case(code as u8 - 1),
        }
    }

    /// The types are those of 0.2 without `unknown`, the first.
    fn descriptor_type(ty: DescriptorType) -> OrOther {
        match ty {
            DescriptorType::Unknown => OrOther::other(OTHER_TYPE),
            _ => OrOther::case(ty as u8 - 1),
        }
    }
}

/// How a stream of a file or directory ended.
pub(crate) type FileVerdict = Res<(), OrOther>;

impl Verdict for FileVerdict {
    fn new(result: Result<(), ErrorCode>) -> Self {
        Res::new(result.map_err(OrOther::error))
    }
}

/// A result that crosses as 0.3 has it.
pub(crate) struct Fs<T>(FsResult<T>);

impl<T, U: From<T>> From<FsResult<T>> for Fs<U> {
    fn from(result: FsResult<T>) -> Fs<U> {
        Fs(result.map(U::from))
    }
}

impl<T: Lower> Lower for Fs<T> {
    type Raw = Res<T::Raw, OrOther>;

    fn lower(self, wasi: &mut Wasi) -> Result<Self::Raw, Stop> {
        Ok(Res::new(match self.0 {
            Ok(value) => Ok(value.lower(wasi)?),
            Err(FsFailure::Code(code)) => Err(OrOther::error(code)),
            Err(FsFailure::Stop(stop)) => return Err(stop),
        }))
    }
}

/// `descriptor-type` of 0.3
pub(crate) struct Type(DescriptorType);

impl From<DescriptorType> for Type {
    fn from(ty: DescriptorType) -> Type {
        Type(ty)
    }
}

impl Lower for Type {
    type Raw = OrOther;

    fn lower(self, _: &mut Wasi) -> Result<OrOther, Stop> {
        Ok(OrOther::descriptor_type(self.0))
    }
}

/// `descriptor-stat` of 0.3
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawStat {
    pub(in crate::abi) ty: OrOther,
    pub(in crate::abi) link_count: u64,
    pub(in crate::abi) size: u64,
    pub(in crate::abi) data_access: Opt<Instant>,
    pub(in crate::abi) data_modification: Opt<Instant>,
    pub(in crate::abi) status_change: Opt<Instant>,
}

impl From<Stat> for RawStat {
    fn from(stat: Stat) -> RawStat {
        RawStat {
            ty: OrOther::descriptor_type(stat.ty),
            link_count: stat.link_count,
            size: stat.size,
            data_access: Opt::new(stat.data_access),
            data_modification: Opt::new(stat.data_modification),
            status_change: Opt::new(stat.status_change),
        }
    }
}

impl Lower for RawStat {
    type Raw = RawStat;

    fn lower(self, _: &mut Wasi) -> Result<RawStat, Stop> {
        Ok(self)
    }
}

/// `new-timestamp` of 0.3
pub(crate) enum NewTime {}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawNewTime {
    tag: u8,
    timestamp: MaybeUninit<Instant>,
}

impl Param for NewTime {
    type Raw = *const RawNewTime;
    type Value<'a> = NewTimestamp;

    unsafe fn lift<'a>(raw: *const RawNewTime) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        let RawNewTime { tag, timestamp } = unsafe { *raw };
        Ok(match tag {
            0 => NewTimestamp::NoChange,
            1 => NewTimestamp::Now,
            // SAFETY: the last case has a payload.
            _ => NewTimestamp::Timestamp(unsafe { timestamp.assume_init() }),
        })
    }
}

#[cfg(test)]
impl RawNewTime {
    pub(in crate::abi) fn at(time: Instant) -> RawNewTime {
        RawNewTime { tag: 2, timestamp: MaybeUninit::new(time) }
    }
}

/// `directory-entry` of 0.3
#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawEntry {
    pub(in crate::abi) ty: OrOther,
    pub(in crate::abi) name: Str,
}

impl Release for RawEntry {
    unsafe fn release(self) {
        // SAFETY: the name is memory of the runtime's, and nobody else's, as the caller promises.
        unsafe { memory::free(self.name) };
    }
}

/// Entries on their way to a guest.
pub(crate) type Entries = Lowered<RawEntry>;

pub(crate) fn lower_entries(entries: Vec<DirectoryEntry>) -> Result<Entries, Stop> {
    let mut lowered = Entries::new(Vec::with_capacity(entries.len()));
    for DirectoryEntry { ty, name } in entries {
        let name = memory::string(&name)?;
        lowered.push(RawEntry { ty: OrOther::descriptor_type(ty), name });
    }
    Ok(lowered)
}

functions! {
    "wasi:filesystem/types" @ V03 {
        "[method]descriptor.read-via-stream" weldc_wasi3_filesystem_types_descriptor_read_via_stream(
            this: Handle<Descriptor>, offset: u64
        ) -> Result<(Readable, Readable), Stop> = file_read_stream,
            signature!(
                wit!(descriptor), "u64" => concat!("tuple<", wit03!(bytes), ", ", wit03!(file), ">")
            );
        "[method]descriptor.write-via-stream"
            weldc_wasi3_filesystem_types_descriptor_write_via_stream(
                this: Handle<Descriptor>, data: Readable, offset: u64
            ) -> Result<Readable, Stop> = file_write_stream,
            signature!(wit!(descriptor), wit03!(bytes), "u64" => wit03!(file));
        "[method]descriptor.append-via-stream"
            weldc_wasi3_filesystem_types_descriptor_append_via_stream(
                this: Handle<Descriptor>, data: Readable
            ) -> Result<Readable, Stop> = file_append_stream,
            signature!(wit!(descriptor), wit03!(bytes) => wit03!(file));
        "[method]descriptor.advise" [done] weldc_wasi3_filesystem_types_descriptor_advise(
            this: Handle<Descriptor>, offset: u64, length: u64, advice: Advice
        ) -> Fs<()> = advise,
            signature!(wit!(descriptor), "u64", "u64", wit!(advice) => wit03!(fs _));
        "[method]descriptor.sync-data" [done] weldc_wasi3_filesystem_types_descriptor_sync_data(
            this: Handle<Descriptor>
        ) -> Fs<()> = sync_data, signature!(wit!(descriptor) => wit03!(fs _));
        "[method]descriptor.get-flags" [done] weldc_wasi3_filesystem_types_descriptor_get_flags(
            this: Handle<Descriptor>
        ) -> Fs<DescriptorFlags> = get_flags,
            signature!(wit!(descriptor) => wit03!(fs (wit!(descriptor-flags))));
        "[method]descriptor.get-type" [done] weldc_wasi3_filesystem_types_descriptor_get_type(
            this: Handle<Descriptor>
        ) -> Fs<Type> = get_type,
            signature!(wit!(descriptor) => wit03!(fs (wit03!(descriptor-type))));
        "[method]descriptor.set-size" [done] weldc_wasi3_filesystem_types_descriptor_set_size(
            this: Handle<Descriptor>, size: u64
        ) -> Fs<()> = set_size, signature!(wit!(descriptor), "u64" => wit03!(fs _));
        "[method]descriptor.set-times" [done] weldc_wasi3_filesystem_types_descriptor_set_times(
            this: Handle<Descriptor>, access: NewTime, modification: NewTime
        ) -> Fs<()> = set_times,
            signature!(
                wit!(descriptor), wit03!(new-timestamp), wit03!(new-timestamp) => wit03!(fs _)
            );
        "[method]descriptor.read-directory" weldc_wasi3_filesystem_types_descriptor_read_directory(
            this: Handle<Descriptor>
        ) -> Result<(Readable, Readable), Stop> = directory_stream,
            signature!(
                wit!(descriptor) => concat!("tuple<", wit03!(entries), ", ", wit03!(file), ">")
            );
        "[method]descriptor.sync" [done] weldc_wasi3_filesystem_types_descriptor_sync(
            this: Handle<Descriptor>
        ) -> Fs<()> = sync, signature!(wit!(descriptor) => wit03!(fs _));
        "[method]descriptor.create-directory-at" [done]
            weldc_wasi3_filesystem_types_descriptor_create_directory_at(
                this: Handle<Descriptor>, path: Text
            ) -> Fs<()> = create_directory_at,
            signature!(wit!(descriptor), "string" => wit03!(fs _));
        "[method]descriptor.stat" [done] weldc_wasi3_filesystem_types_descriptor_stat(
            this: Handle<Descriptor>
        ) -> Fs<RawStat> = stat, signature!(wit!(descriptor) => wit03!(fs (wit03!(stat))));
        "[method]descriptor.stat-at" [done] weldc_wasi3_filesystem_types_descriptor_stat_at(
            this: Handle<Descriptor>, flags: PathFlags, path: Text
        ) -> Fs<RawStat> = stat_at,
            signature!(wit!(descriptor), wit!(path-flags), "string" => wit03!(fs (wit03!(stat))));
        "[method]descriptor.set-times-at" [done]
            weldc_wasi3_filesystem_types_descriptor_set_times_at(
                this: Handle<Descriptor>, flags: PathFlags, path: Text,
                access: NewTime, modification: NewTime
            ) -> Fs<()> = set_times_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit03!(new-timestamp),
                wit03!(new-timestamp) => wit03!(fs _)
            );
        "[method]descriptor.link-at" [done] weldc_wasi3_filesystem_types_descriptor_link_at(
            this: Handle<Descriptor>, flags: PathFlags, old_path: Text,
            new_dir: Handle<Descriptor>, new_path: Text
        ) -> Fs<()> = link_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit!(descriptor),
                "string" => wit03!(fs _)
            );
        "[method]descriptor.open-at" [done] weldc_wasi3_filesystem_types_descriptor_open_at(
            this: Handle<Descriptor>, path_flags: PathFlags, path: Text,
            open_flags: OpenFlags, flags: DescriptorFlags
        ) -> Fs<Handle<Descriptor>> = open_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string", wit!(open-flags),
                wit!(descriptor-flags) => wit03!(fs (wit!(own descriptor)))
            );
        "[method]descriptor.readlink-at" [done] weldc_wasi3_filesystem_types_descriptor_readlink_at(
            this: Handle<Descriptor>, path: Text
        ) -> Fs<String> = readlink_at,
            signature!(wit!(descriptor), "string" => wit03!(fs string));
        "[method]descriptor.remove-directory-at" [done]
            weldc_wasi3_filesystem_types_descriptor_remove_directory_at(
                this: Handle<Descriptor>, path: Text
            ) -> Fs<()> = remove_directory_at,
            signature!(wit!(descriptor), "string" => wit03!(fs _));
        "[method]descriptor.rename-at" [done] weldc_wasi3_filesystem_types_descriptor_rename_at(
            this: Handle<Descriptor>, old_path: Text, new_dir: Handle<Descriptor>, new_path: Text
        ) -> Fs<()> = rename_at,
            signature!(wit!(descriptor), "string", wit!(descriptor), "string" => wit03!(fs _));
        "[method]descriptor.symlink-at" [done] weldc_wasi3_filesystem_types_descriptor_symlink_at(
            this: Handle<Descriptor>, old_path: Text, new_path: Text
        ) -> Fs<()> = symlink_at,
            signature!(wit!(descriptor), "string", "string" => wit03!(fs _));
        "[method]descriptor.unlink-file-at" [done]
            weldc_wasi3_filesystem_types_descriptor_unlink_file_at(
                this: Handle<Descriptor>, path: Text
            ) -> Fs<()> = unlink_file_at,
            signature!(wit!(descriptor), "string" => wit03!(fs _));
        "[method]descriptor.is-same-object" [done]
            weldc_wasi3_filesystem_types_descriptor_is_same_object(
                this: Handle<Descriptor>, other: Handle<Descriptor>
            ) -> Result<bool, Stop> = is_same_object,
            signature!(wit!(descriptor), wit!(descriptor) => "bool");
        "[method]descriptor.metadata-hash" [done]
            weldc_wasi3_filesystem_types_descriptor_metadata_hash(
                this: Handle<Descriptor>
            ) -> Fs<MetadataHash> = metadata_hash,
            signature!(wit!(descriptor) => wit03!(fs (wit!(metadata-hash))));
        "[method]descriptor.metadata-hash-at" [done]
            weldc_wasi3_filesystem_types_descriptor_metadata_hash_at(
                this: Handle<Descriptor>, flags: PathFlags, path: Text
            ) -> Fs<MetadataHash> = metadata_hash_at,
            signature!(
                wit!(descriptor), wit!(path-flags), "string" => wit03!(fs (wit!(metadata-hash)))
            );
    }
}

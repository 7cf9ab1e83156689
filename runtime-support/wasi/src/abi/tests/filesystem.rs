//! Descriptors and paths.

use super::*;
use crate::clocks::Datetime;
use crate::filesystem::DescriptorType;
use std::os::unix::fs::{MetadataExt, symlink};

impl Guest {
    fn stat(&mut self, descriptor: u64) -> RawStat {
        let wasi = self.wasi();
        call(|out| unsafe { weldc_wasi_filesystem_types_descriptor_stat(wasi, descriptor, out) })
            .unwrap()
    }

    fn stat_at(&mut self, flags: PathFlags, name: &str) -> Result<RawStat, ErrorCode> {
        let (wasi, root, name) = (self.wasi(), self.root, text(name));
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_stat_at(wasi, root, flags.0, &name, out)
        })
    }

    /// Calls a function of a path below the root.
    fn at(
        &mut self,
        function: unsafe extern "C" fn(*mut c_void, u64, *const Str, *mut Done) -> i32,
        name: &str,
    ) -> Result<(), ErrorCode> {
        let (wasi, root, name) = (self.wasi(), self.root, text(name));
        call(|out| unsafe { function(wasi, root, &name, out) })
    }

    fn listing(&mut self) -> Vec<(String, DescriptorType)> {
        let (wasi, root) = (self.wasi(), self.root);
        let stream = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_read_directory(wasi, root, out)
        })
        .unwrap();
        let next = || {
            call(|out| unsafe {
                weldc_wasi_filesystem_types_directory_entry_stream_read_directory_entry(
                    wasi, stream, out,
                )
            })
        };
        let mut entries = Vec::new();
        while let Some(entry) = next().unwrap().get() {
            entries.push((taken_text(entry.name), entry.ty));
        }
        unsafe { weldc_wasi_filesystem_types_directory_entry_stream_drop(wasi, stream) };
        entries.sort_by(|a, b| a.0.cmp(&b.0));
        entries
    }
}

type Done = Res<(), ErrorCode>;

#[test]
fn a_missing_directory_is_named() {
    let mut grants = Grants::default();
    grants.add_dir("/surely/not/there::/data").unwrap();
    let error = Wasi::new(grants).err().unwrap().to_string();
    assert!(error.contains("`/surely/not/there`") && error.contains("No such file"), "{error}");
    let mut grants = Grants::default();
    grants.add_dir("/etc/passwd").unwrap();
    assert!(Wasi::new(grants).err().unwrap().to_string().contains("Not a directory"));
}

#[test]
fn preopens_are_given_anew_each_time() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let get = || {
        let list =
            value(|out| unsafe { weldc_wasi_filesystem_preopens_get_directories(wasi, out) });
        let mut list = taken(list).into_iter();
        list.next().map(|pair| (pair.0, taken_text(pair.1))).unwrap()
    };
    let (one, other) = (get(), get());
    assert_eq!((one.1.as_str(), other.1.as_str()), ("/", "/"));
    let same = |a, b| {
        value(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_is_same_object(wasi, a, b, out)
        })
    };
    assert!(one.0 != other.0 && same(one.0, other.0));
    unsafe { weldc_wasi_filesystem_types_descriptor_drop(wasi, one.0) };
    let file = guest.create("file");
    assert!(!same(other.0, file));
}

#[test]
fn opening_does_what_the_flags_say() {
    let mut guest = Guest::new();
    let (read, write) = (DescriptorFlags::READ, DescriptorFlags::WRITE);
    let exclusive = OpenFlags(OpenFlags::CREATE.0 | OpenFlags::EXCLUSIVE.0);
    assert_eq!(guest.open("file", NO_FLAGS, read), Err(ErrorCode::NoEntry));
    assert!(guest.open("file", exclusive, read).is_ok());
    assert_eq!(guest.open("file", exclusive, read), Err(ErrorCode::Exist));
    assert!(guest.open("file", OpenFlags::CREATE, read).is_ok());
    guest.write("file", "contents");
    assert!(guest.open("file", NO_FLAGS, write).is_ok());
    assert_eq!(guest.contents("file"), "contents");
    assert!(guest.open("file", OpenFlags::TRUNCATE, write).is_ok());
    assert_eq!(guest.contents("file"), "");

    std::fs::create_dir(guest.path.join("dir")).unwrap();
    assert!(guest.open("dir", NO_FLAGS, read).is_ok());
    assert!(guest.open("dir", OpenFlags::DIRECTORY, read).is_ok());
    assert!(guest.open(".", OpenFlags::DIRECTORY, DescriptorFlags(0)).is_ok());
    assert_eq!(guest.open("dir", NO_FLAGS, write), Err(ErrorCode::IsDirectory));
    assert_eq!(guest.open("file", OpenFlags::DIRECTORY, read), Err(ErrorCode::NotDirectory));
    assert_eq!(guest.open("file/x", NO_FLAGS, read), Err(ErrorCode::NotDirectory));
    assert_eq!(guest.open("", NO_FLAGS, read), Err(ErrorCode::NoEntry));
    let both = OpenFlags(OpenFlags::CREATE.0 | OpenFlags::DIRECTORY.0);
    assert_eq!(guest.open("new", both, read), Err(ErrorCode::Invalid));
}

#[test]
fn links_are_followed_if_asked() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    symlink("file", guest.path.join("link")).unwrap();
    symlink("loop", guest.path.join("loop")).unwrap();
    let (read, follow) = (DescriptorFlags::READ, PathFlags::SYMLINK_FOLLOW);
    assert!(guest.open_with(follow, "link", NO_FLAGS, read).is_ok());
    assert_eq!(guest.open("link", NO_FLAGS, read), Err(ErrorCode::Loop));
    assert_eq!(guest.open_with(follow, "loop", NO_FLAGS, read), Err(ErrorCode::Loop));
    assert_eq!(guest.stat_at(follow, "link").unwrap().ty, DescriptorType::RegularFile);
    let link = guest.stat_at(PathFlags(0), "link").unwrap();
    assert_eq!((link.ty, link.size), (DescriptorType::SymbolicLink, 4));
    let (wasi, root, name) = (guest.wasi(), guest.root, text("link"));
    let target = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_readlink_at(wasi, root, &name, out)
    });
    assert_eq!(target.map(taken_text), Ok("file".to_string()));
}

#[test]
fn descriptors_keep_to_what_they_were_opened_for() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    let reader = guest.open("file", NO_FLAGS, DescriptorFlags::READ).unwrap();
    let writer = guest.open("file", NO_FLAGS, DescriptorFlags::WRITE).unwrap();
    let root = guest.root;
    let (wasi, contents) = (guest.wasi(), bytes(b"C"));
    let write = |descriptor| {
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_write(wasi, descriptor, &contents, 0, out)
        })
    };
    assert_eq!(write(reader), Err(ErrorCode::BadDescriptor));
    assert_eq!(write(root), Err(ErrorCode::BadDescriptor));
    assert_eq!(write(writer), Ok(1));
    let read = |descriptor| {
        let read = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_read(wasi, descriptor, 3, 0, out)
        });
        read.map(|pair| taken_string(pair.0))
    };
    assert_eq!(read(reader), Ok("Con".to_string()));
    assert_eq!(read(writer), Err(ErrorCode::BadDescriptor));
    assert_eq!(read(root), Err(ErrorCode::IsDirectory));
    let flags = |descriptor| {
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_get_flags(wasi, descriptor, out)
        })
        .unwrap()
    };
    assert_eq!((flags(reader), flags(writer), flags(root)), (1, 2, 0b10_0001));
    let resize = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_set_size(wasi, reader, 0, out)
    });
    assert_eq!(resize, Err(ErrorCode::BadDescriptor));
    let listing = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_read_directory(wasi, reader, out)
    });
    assert_eq!(listing, Err(ErrorCode::NotDirectory));
}

#[test]
fn reading_says_when_the_end_is_reached() {
    let mut guest = Guest::new();
    let file = guest.create("file");
    guest.write("file", "0123456789");
    let wasi = guest.wasi();
    let read = |len, offset| {
        let pair = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_read(wasi, file, len, offset, out)
        });
        pair.map(|pair| (taken_string(pair.0), pair.1)).unwrap()
    };
    assert_eq!(read(4, 2), ("2345".to_string(), false));
    assert_eq!(read(u64::MAX, 8), ("89".to_string(), false));
    assert_eq!(read(1, 10), (String::new(), true));
}

#[test]
fn sizes_times_and_links_are_seen() {
    let mut guest = Guest::new();
    let file = guest.create("file");
    let wasi = guest.wasi();
    let resize = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_set_size(wasi, file, 1000, out)
    });
    assert_eq!(resize, Ok(()));
    std::fs::hard_link(guest.path.join("file"), guest.path.join("other")).unwrap();
    let stat = guest.stat(file);
    assert_eq!((stat.ty, stat.link_count, stat.size), (DescriptorType::RegularFile, 2, 1000));
    let metadata = std::fs::metadata(guest.path.join("file")).unwrap();
    let time = stat.data_modification.get().unwrap();
    assert_eq!(time.seconds, metadata.mtime() as u64);
    assert_eq!(time.nanoseconds, metadata.mtime_nsec() as u32);
    assert!(stat.data_access.get().is_some() && stat.status_change.get().is_some());
    let root = guest.root;
    assert_eq!(guest.stat(root).ty, DescriptorType::Directory);
}

#[test]
fn times_are_set() {
    let mut guest = Guest::new();
    let file = guest.create("file");
    symlink("file", guest.path.join("link")).unwrap();
    let (wasi, root, name) = (guest.wasi(), guest.root, text("link"));
    let set = |seconds, nanoseconds| {
        let time = Datetime { seconds, nanoseconds };
        let (access, modification) = (RawNewTimestamp::NO_CHANGE, RawNewTimestamp::at(time));
        let set = |flags: u8| {
            call(|out| unsafe {
                weldc_wasi_filesystem_types_descriptor_set_times_at(
                    wasi,
                    root,
                    flags,
                    &name,
                    &access,
                    &modification,
                    out,
                )
            })
        };
        let open = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_set_times(
                wasi,
                file,
                &access,
                &modification,
                out,
            )
        });
        [open, set(0)]
    };
    assert_eq!(set(1_000_000, 5), [Ok(()), Ok(())]);
    for name in ["file", "link"] {
        let metadata = std::fs::symlink_metadata(guest.path.join(name)).unwrap();
        assert_eq!((metadata.mtime(), metadata.mtime_nsec()), (1_000_000, 5));
        assert!(metadata.atime() > 1_000_000);
    }
    assert_eq!(set(0, 1_000_000_000), [Err(ErrorCode::Invalid); 2]);
    assert_eq!(set(u64::MAX, 0), [Err(ErrorCode::Overflow); 2]);
    let now = RawNewTimestamp::NOW;
    let follow = PathFlags::SYMLINK_FOLLOW.0;
    let touched = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_set_times_at(
            wasi, root, follow, &name, &now, &now, out,
        )
    });
    assert_eq!(touched, Ok(()));
    assert!(std::fs::metadata(guest.path.join("file")).unwrap().mtime() > 1_000_000);
}

#[test]
fn directories_are_made_listed_and_removed() {
    let mut guest = Guest::new();
    assert_eq!(guest.listing(), []);
    let create = weldc_wasi_filesystem_types_descriptor_create_directory_at;
    let remove = weldc_wasi_filesystem_types_descriptor_remove_directory_at;
    let unlink = weldc_wasi_filesystem_types_descriptor_unlink_file_at;
    assert_eq!(guest.at(create, "dir"), Ok(()));
    assert_eq!(guest.at(create, "dir"), Err(ErrorCode::Exist));
    assert_eq!(guest.at(create, "no/dir"), Err(ErrorCode::NoEntry));
    guest.write("dir/file", "");
    guest.write("z", "");
    symlink("z", guest.path.join("link")).unwrap();
    let expected = [
        ("dir", DescriptorType::Directory),
        ("link", DescriptorType::SymbolicLink),
        ("z", DescriptorType::RegularFile),
    ];
    assert_eq!(guest.listing(), expected.map(|(name, ty)| (name.to_string(), ty)));
    assert_eq!(guest.at(remove, "dir"), Err(ErrorCode::NotEmpty));
    assert_eq!(guest.at(unlink, "dir"), Err(ErrorCode::IsDirectory));
    assert_eq!(guest.at(remove, "z"), Err(ErrorCode::NotDirectory));
    for file in ["dir/file", "link", "z"] {
        assert_eq!(guest.at(unlink, file), Ok(()));
    }
    assert_eq!(guest.at(unlink, "z"), Err(ErrorCode::NoEntry));
    assert_eq!(guest.at(remove, "dir/"), Ok(()));
    assert_eq!(guest.listing(), []);
}

#[test]
fn links_and_renames_work_across_directories() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    std::fs::create_dir(guest.path.join("dir")).unwrap();
    let dir = guest.open("dir", OpenFlags::DIRECTORY, DescriptorFlags::READ).unwrap();
    let (wasi, root) = (guest.wasi(), guest.root);
    let (file, linked, moved) = (text("file"), text("linked"), text("moved"));
    let link = |flags: u8| {
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_link_at(
                wasi, root, flags, &file, dir, &linked, out,
            )
        })
    };
    assert_eq!(link(PathFlags::SYMLINK_FOLLOW.0), Err(ErrorCode::Invalid));
    assert_eq!((link(0), link(0)), (Ok(()), Err(ErrorCode::Exist)));
    let rename = || {
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_rename_at(wasi, root, &file, dir, &moved, out)
        })
    };
    assert_eq!((rename(), rename()), (Ok(()), Err(ErrorCode::NoEntry)));
    let symlink = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_symlink_at(wasi, root, &moved, &file, out)
    });
    assert_eq!(symlink, Ok(()));
    assert_eq!(guest.contents("dir/linked"), "contents");
    assert_eq!(guest.contents("dir/moved"), "contents");
    assert_eq!(std::fs::read_link(guest.path.join("file")).unwrap().to_str(), Some("moved"));
}

#[test]
fn a_hash_is_that_of_the_object() {
    let mut guest = Guest::new();
    let (file, other) = (guest.create("file"), guest.create("other"));
    let (wasi, root, name) = (guest.wasi(), guest.root, text("file"));
    let hash = |descriptor| {
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_metadata_hash(wasi, descriptor, out)
        })
        .unwrap()
    };
    let before = hash(file);
    guest.write("file", "changed");
    assert!(before == hash(file) && before != hash(other) && before != hash(root));
    let at = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_metadata_hash_at(wasi, root, 0, &name, out)
    });
    assert_eq!(at, Ok(before));
}

#[test]
fn files_and_directories_are_synchronised_and_advised() {
    let mut guest = Guest::new();
    let (file, root, wasi) = (guest.create("file"), guest.root, guest.wasi());
    for descriptor in [file, root] {
        let sync = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_sync(wasi, descriptor, out) //
        });
        let data = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_sync_data(wasi, descriptor, out)
        });
        assert_eq!((sync, data), (Ok(()), Ok(())));
    }
    let advise = |descriptor, advice| {
        status(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_advise(wasi, descriptor, 0, 10, advice, out)
        })
    };
    for advice in 0..6 {
        assert_eq!(advise(file, advice).0, 0);
    }
    assert_eq!(advise(file, 6).0, FAILED);
    let (status, result) = advise(root, 0);
    assert_eq!(status, 0);
    assert_eq!(unsafe { result.assume_init() }.get(), Err(ErrorCode::BadDescriptor));
}

#[test]
fn synchronised_files_report_their_flags() {
    let mut guest = Guest::new();
    let flags = DescriptorFlags(BOTH.0 | DescriptorFlags::FILE_INTEGRITY_SYNC.0);
    let file = guest.open("file", OpenFlags::CREATE, flags).unwrap();
    let wasi = guest.wasi();
    let reported = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_get_flags(wasi, file, out) //
    });
    assert_eq!(reported, Ok(flags.0));
}

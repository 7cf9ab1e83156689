//! Directories as streams.

use super::*;

fn names(entries: Vec<RawEntry>) -> Vec<(String, u8)> {
    let mut names: Vec<_> =
        entries.into_iter().map(|entry| (taken_text(entry.name), entry.ty.tag())).collect();
    names.sort();
    names
}

impl Guest {
    fn directory_stream(&mut self, directory: u64) -> (Peer, u64) {
        let wasi = self.wasi();
        let Pair(stream, verdict) = value(|out| unsafe {
            weldc_wasi3_filesystem_types_descriptor_read_directory(wasi, directory, out)
        });
        (Peer::given(stream), verdict)
    }
}

#[test]
fn entries_come_as_the_guest_takes_them() {
    let mut guest = Guest::new();
    let mut expected: Vec<_> = (0..100).map(|i| (format!("file{i}"), 5)).collect();
    expected.iter().for_each(|(name, _)| guest.write(name, ""));
    std::fs::create_dir(guest.path.join("dir")).unwrap();
    expected.push(("dir".to_string(), 2));
    expected.sort();
    let (wasi, root) = (guest.wasi(), guest.root);
    for piece in [1, 7, 1000] {
        let (stream, verdict) = guest.directory_stream(root);
        assert_eq!(names(stream.read_all(wasi, piece)), expected);
        assert_eq!(ended(wasi, verdict), Ok(()));
    }
    // The entries that nobody takes are freed.
    let (stream, verdict) = guest.directory_stream(root);
    assert_eq!(names(stream.read(wasi, 3).0).len(), 3);
    drop(stream);
    assert_eq!(ended(wasi, verdict), Ok(()));
}

#[test]
fn only_directories_have_entries() {
    let mut guest = Guest::new();
    let (file, wasi) = (guest.create("file"), guest.wasi());
    let (stream, verdict) = guest.directory_stream(file);
    assert!(stream.read_all::<RawEntry>(wasi, 10).is_empty());
    assert_eq!(ended(wasi, verdict), Err(NOT_DIRECTORY));
}

#[test]
fn a_name_that_is_not_utf8_ends_the_stream_behind_all_before_it() {
    use std::os::unix::ffi::OsStrExt;
    let mut guest = Guest::new();
    let name = std::ffi::OsStr::from_bytes(b"\xff");
    if std::fs::write(guest.path.join(name), "").is_err() {
        // The file system has no such names.
        return;
    }
    let (wasi, root) = (guest.wasi(), guest.root);
    let (stream, verdict) = guest.directory_stream(root);
    assert!(stream.read_all::<RawEntry>(wasi, 10).is_empty());
    assert_eq!(ended(wasi, verdict), Err(ErrorCode::IllegalByteSequence as u8 - 1));
}

//! Files: their contents as streams, and functions that are done when they return.

use super::super::super::v03::filesystem::RawStat;
use super::*;
use crate::clocks::Instant;
use std::os::unix::fs::MetadataExt;

fn pattern(len: usize) -> Vec<u8> {
    (0..len).map(|i| (i % 251) as u8).collect()
}

#[test]
fn a_file_is_read_in_the_pieces_that_the_guest_asks_for() {
    let mut guest = Guest::new();
    let contents = pattern(200_000);
    std::fs::write(guest.path.join("file"), &contents).unwrap();
    let (file, wasi) = (guest.create("file"), guest.wasi());
    for (offset, piece) in [(0, 1000), (7, 65536), (100_000, 1 << 20), (199_999, 1), (300_000, 9)] {
        let (stream, verdict) = guest.read_stream(file, offset);
        let rest = contents.get(offset as usize..).unwrap_or_default();
        assert!(stream.read_all::<u8>(wasi, piece) == rest, "from {offset}");
        assert_eq!(ended(wasi, verdict), Ok(()));
    }
}

#[test]
fn nothing_is_read_before_the_guest_asks() {
    let mut guest = Guest::new();
    guest.write("file", "early");
    let (file, wasi) = (guest.create("file"), guest.wasi());
    let (stream, verdict) = guest.read_stream(file, 0);
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 0) }, 1);
    // Of no elements: when it has been met, there are some.
    assert_eq!(stream.begin_read::<u8>(&mut []), None);
    guest.write("file", "later");
    assert_eq!(stream.wait(wasi), (0, false));
    guest.write("file", "..... and too late");
    assert_eq!(stream.read_all::<u8>(wasi, 100), b"later and too late");
    assert_eq!(ended(wasi, verdict), Ok(()));
}

#[test]
fn a_reader_that_goes_ends_the_stream() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    let (file, wasi) = (guest.create("file"), guest.wasi());
    let (stream, verdict) = guest.read_stream(file, 0);
    assert_eq!(stream.read::<u8>(wasi, 3), (b"con".to_vec(), false));
    drop(stream);
    assert_eq!(ended(wasi, verdict), Ok(()));
    // Nor does anybody need the future.
    let (stream, verdict) = guest.read_stream(file, 0);
    drop((stream, Peer::given(verdict)));
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 0);
    while unsafe { weldc_wasi_idle(wasi, 0) } == 0 {}
    assert!(guest.wasi.waiting.is_empty());
}

#[test]
fn a_stream_is_written_where_the_guest_says() {
    let mut guest = Guest::new();
    let (file, wasi) = (guest.create("file"), guest.wasi());
    let contents = pattern(150_000);
    for offset in [0, 3] {
        let (stream, verdict) = guest.write_stream(file, offset);
        assert!(stream.write_all(wasi, &contents));
        drop(stream);
        assert_eq!(ended(wasi, verdict), Ok(()));
    }
    let written = std::fs::read(guest.path.join("file")).unwrap();
    assert!(written[..3] == contents[..3] && written[3..] == contents);
}

#[test]
fn appending_goes_on_where_others_have_written() {
    let mut guest = Guest::new();
    let (file, wasi) = (guest.create("file"), guest.wasi());
    let (stream, raw) = Peer::bytes();
    let verdict = value(|out| unsafe {
        weldc_wasi3_filesystem_types_descriptor_append_via_stream(wasi, file, raw, out)
    });
    assert!(stream.write_all(wasi, b"one "));
    guest.write("file", "one two ");
    assert!(stream.write_all(wasi, b"three"));
    drop(stream);
    assert_eq!(ended(wasi, verdict), Ok(()));
    assert_eq!(guest.contents("file"), "one two three");
}

#[test]
fn what_cannot_be_read_or_written_is_an_error_of_the_future() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    let (wasi, root) = (guest.wasi(), guest.root);
    let read_only = guest.open("file", NO_FLAGS, DescriptorFlags::READ).unwrap();
    let write_only = guest.open("file", NO_FLAGS, DescriptorFlags::WRITE).unwrap();
    for (descriptor, error) in [(root, IS_DIRECTORY), (write_only, BAD_DESCRIPTOR)] {
        let (stream, verdict) = guest.read_stream(descriptor, 0);
        assert_eq!(stream.read::<u8>(wasi, 8), (vec![], true));
        assert_eq!(ended(wasi, verdict), Err(error));
    }
    for descriptor in [root, read_only] {
        let (stream, verdict) = guest.write_stream(descriptor, 0);
        assert!(!stream.write_all(wasi, b"lost"));
        assert_eq!(ended(wasi, verdict), Err(BAD_DESCRIPTOR));
    }
    assert_eq!(guest.contents("file"), "contents");
}

#[test]
fn a_wrong_handle_takes_the_stream_with_it() {
    let mut guest = Guest::new();
    let (stream, raw) = Peer::bytes();
    let (status, _) = status(|out| unsafe {
        weldc_wasi3_filesystem_types_descriptor_append_via_stream(guest.wasi(), 99, raw, out)
    });
    assert_eq!(status, FAILED);
    assert_eq!(stream.begin_write(b"x"), Some((0, true)));
    let (status, _) = super::status(|out| unsafe {
        weldc_wasi3_filesystem_types_descriptor_append_via_stream(guest.wasi(), 99, 0, out)
    });
    assert_eq!(status, FAILED);
}

#[test]
fn one_file_flows_into_another() {
    let mut guest = Guest::new();
    let contents = pattern(1_000_000);
    std::fs::write(guest.path.join("from"), &contents).unwrap();
    let (from, to, wasi) = (guest.create("from"), guest.create("to"), guest.wasi());
    let Pair(stream, read) = value(|out| unsafe {
        weldc_wasi3_filesystem_types_descriptor_read_via_stream(wasi, from, 0, out)
    });
    let written = value(|out| unsafe {
        weldc_wasi3_filesystem_types_descriptor_write_via_stream(wasi, to, stream, 0, out)
    });
    assert_eq!(ended(wasi, written), Ok(()));
    assert_eq!(ended(wasi, read), Ok(()));
    assert!(std::fs::read(guest.path.join("to")).unwrap() == contents);
}

#[test]
fn attributes_are_those_of_0_3() {
    let mut guest = Guest::new();
    guest.write("file", "contents");
    let (file, wasi, root, name) = (guest.create("file"), guest.wasi(), guest.root, text("file"));
    let times = RawNewTime::at(Instant { seconds: -5, nanoseconds: 250 });
    let set = value(|out: *mut FileVerdict| unsafe {
        weldc_wasi3_filesystem_types_descriptor_set_times(wasi, file, &times, &times, out)
    });
    assert!(set.get().is_ok());
    let set = value(|out: *mut FileVerdict| unsafe {
        weldc_wasi3_filesystem_types_descriptor_set_times_at(
            wasi, root, 0, &name, &times, &times, out,
        )
    });
    assert_eq!(set.get().map_err(OrOther::tag), Err(OVERFLOW));
    let metadata = std::fs::metadata(guest.path.join("file")).unwrap();
    assert_eq!((metadata.mtime(), metadata.mtime_nsec()), (-5, 250));
    let stat = |name: &str| {
        let name = text(name);
        let result = value(|out: *mut Res<RawStat, OrOther>| unsafe {
            weldc_wasi3_filesystem_types_descriptor_stat_at(wasi, root, 0, &name, out)
        });
        result.get().map_err(OrOther::tag)
    };
    let file = stat("file").ok().unwrap();
    assert_eq!((file.ty.tag(), file.size, file.link_count), (5, 8, 1));
    let before_1970 = Some(Instant { seconds: -5, nanoseconds: 250 });
    assert_eq!((file.data_access.get(), file.data_modification.get()), (before_1970, before_1970));
    assert_eq!(stat(".").ok().unwrap().ty.tag(), 2);
    assert_eq!(stat("missing").err(), Some(NO_ENTRY));
}

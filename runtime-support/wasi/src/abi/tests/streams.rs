//! Streams over files, and polling.

use super::super::clocks::*;
use super::*;
use std::time::{Duration, Instant};

impl Guest {
    fn input(&mut self, name: &str, offset: u64) -> u64 {
        let file = self.open(name, NO_FLAGS, DescriptorFlags::READ).unwrap();
        let wasi = self.wasi();
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_read_via_stream(wasi, file, offset, out)
        })
        .unwrap()
    }

    fn output(&mut self, name: &str, offset: u64) -> u64 {
        let file = self.create(name);
        let wasi = self.wasi();
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_write_via_stream(wasi, file, offset, out)
        })
        .unwrap()
    }

    fn appender(&mut self, name: &str) -> u64 {
        let file = self.create(name);
        let wasi = self.wasi();
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_append_via_stream(wasi, file, out)
        })
        .unwrap()
    }

    /// `None` at the end.
    fn read(&mut self, stream: u64, len: u64) -> Option<String> {
        let wasi = self.wasi();
        let read = call(|out| unsafe {
            weldc_wasi_io_streams_input_stream_blocking_read(wasi, stream, len, out)
        });
        read.ok().map(taken_string)
    }

    fn permit(&mut self, stream: u64) -> Result<u64, StreamError> {
        let wasi = self.wasi();
        call(|out| unsafe { weldc_wasi_io_streams_output_stream_check_write(wasi, stream, out) })
    }

    fn put(&mut self, stream: u64, contents: &str) -> Result<(), StreamError> {
        self.permit(stream)?;
        let (wasi, contents) = (self.wasi(), bytes(contents.as_bytes()));
        call(|out| unsafe {
            weldc_wasi_io_streams_output_stream_write(wasi, stream, &contents, out)
        })
    }
}

#[test]
fn a_file_is_read_from_an_offset_to_its_end() {
    let mut guest = Guest::new();
    guest.write("file", "0123456789");
    let stream = guest.input("file", 3);
    assert_eq!(guest.read(stream, 4).unwrap(), "3456");
    assert_eq!(guest.read(stream, 0).unwrap(), "");
    assert_eq!(guest.read(stream, u64::MAX).unwrap(), "789");
    assert_eq!(guest.read(stream, 1), None);
    guest.write("file", "0123456789ab");
    assert_eq!(guest.read(stream, 9).unwrap(), "ab");
}

#[test]
fn streams_of_a_file_do_not_disturb_each_other() {
    let mut guest = Guest::new();
    guest.write("file", "0123456789");
    let (one, other) = (guest.input("file", 0), guest.input("file", 5));
    assert_eq!(guest.read(one, 2).unwrap(), "01");
    assert_eq!(guest.read(other, 2).unwrap(), "56");
    assert_eq!(guest.read(one, 2).unwrap(), "23");
}

#[test]
fn skipping_counts() {
    let mut guest = Guest::new();
    guest.write("file", "0123456789");
    let (stream, wasi) = (guest.input("file", 0), guest.wasi());
    let skipped =
        call(|out| unsafe { weldc_wasi_io_streams_input_stream_skip(wasi, stream, 4, out) });
    assert_eq!(skipped.ok(), Some(4));
    let skipped = call(|out| unsafe {
        weldc_wasi_io_streams_input_stream_blocking_skip(wasi, stream, 100, out)
    });
    assert_eq!(skipped.ok(), Some(6));
}

#[test]
fn a_file_is_written_from_an_offset() {
    let mut guest = Guest::new();
    guest.write("file", "0123456789");
    let stream = guest.output("file", 2);
    assert!(guest.put(stream, "ab").is_ok());
    assert!(guest.put(stream, "cd").is_ok());
    assert_eq!(guest.contents("file"), "01abcd6789");
    let wasi = guest.wasi();
    let flushed = call(|out| unsafe {
        weldc_wasi_io_streams_output_stream_blocking_flush(wasi, stream, out)
    });
    assert!(flushed.is_ok());
}

#[test]
fn appending_finds_the_end_each_time() {
    let mut guest = Guest::new();
    guest.write("file", "01");
    let (one, other) = (guest.appender("file"), guest.appender("file"));
    assert!(guest.put(one, "a").is_ok());
    assert!(guest.put(other, "b").is_ok());
    assert!(guest.put(one, "c").is_ok());
    assert_eq!(guest.contents("file"), "01abc");
}

#[test]
fn zeroes_are_written() {
    let mut guest = Guest::new();
    let stream = guest.output("file", 1);
    let permit = guest.permit(stream).ok().unwrap();
    assert!(permit >= 4096);
    let wasi = guest.wasi();
    let written = call(|out| unsafe {
        weldc_wasi_io_streams_output_stream_write_zeroes(wasi, stream, 10_000, out)
    });
    assert!(written.is_ok());
    let written = call(|out| unsafe {
        weldc_wasi_io_streams_output_stream_blocking_write_zeroes_and_flush(wasi, stream, 5, out)
    });
    assert!(written.is_ok());
    assert_eq!(guest.contents("file"), "\0".repeat(10_006));
}

#[test]
fn more_than_permitted_ends_the_zone() {
    let mut guest = Guest::new();
    let stream = guest.output("file", 0);
    let (wasi, contents) = (guest.wasi(), bytes(b"x"));
    let write = || {
        status(|out| unsafe {
            weldc_wasi_io_streams_output_stream_write(wasi, stream, &contents, out)
        })
        .0
    };
    assert_eq!(write(), FAILED);
    guest.permit(stream).ok().unwrap();
    assert_eq!((write(), write()), (0, 0));
    let contents = bytes(&[0; 4097]);
    let (status, _) = status(|out| unsafe {
        weldc_wasi_io_streams_output_stream_blocking_write_and_flush(wasi, stream, &contents, out)
    });
    assert_eq!(status, FAILED);
}

#[test]
fn splicing_copies() {
    let mut guest = Guest::new();
    guest.write("from", "0123456789");
    let (source, sink) = (guest.input("from", 0), guest.output("to", 0));
    let wasi = guest.wasi();
    let splice = |len| {
        call(|out| unsafe {
            weldc_wasi_io_streams_output_stream_splice(wasi, sink, source, len, out)
        })
    };
    assert_eq!(splice(4).ok(), Some(4));
    let rest = call(|out| unsafe {
        weldc_wasi_io_streams_output_stream_blocking_splice(wasi, sink, source, u64::MAX, out)
    });
    assert_eq!(rest.ok(), Some(6));
    assert!(splice(1).is_err());
    assert_eq!(guest.contents("to"), "0123456789");
}

#[test]
#[cfg(target_os = "linux")]
fn a_failed_write_says_why_and_closes_the_stream() {
    let mut grants = Grants::default();
    grants.add_dir("/dev").unwrap();
    let mut guest = Guest { wasi: Wasi::new(grants).unwrap(), ..Guest::new() };
    guest.root = guest.wasi.get_directories()[0].0.bits();
    let file = guest.open("full", NO_FLAGS, DescriptorFlags::WRITE).unwrap();
    let wasi = guest.wasi();
    let stream = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_write_via_stream(wasi, file, 0, out)
    })
    .unwrap();
    let error = guest.put(stream, "x").unwrap_err().error().unwrap();
    let code =
        value(|out| unsafe { weldc_wasi_filesystem_types_filesystem_error_code(wasi, error, out) });
    assert_eq!(code.get(), Some(ErrorCode::InsufficientSpace));
    let why = value(|out| unsafe { weldc_wasi_io_error_error_to_debug_string(wasi, error, out) });
    assert!(taken_text(why).contains("No space left"));
    unsafe { weldc_wasi_io_error_error_drop(wasi, error) };
    assert!(guest.put(stream, "x").is_err_and(|error| error.error().is_none()));
}

#[test]
fn a_pipe_has_no_offsets_and_is_read_all_the_same() {
    let mut guest = Guest::new();
    let fifo = std::ffi::CString::new(guest.path.join("fifo").to_str().unwrap()).unwrap();
    assert_eq!(unsafe { libc::mkfifo(fifo.as_ptr(), 0o600) }, 0);
    let (sink, source) = (guest.output("fifo", 0), guest.input("fifo", 7));
    assert!(guest.put(sink, "through a pipe").is_ok());
    assert_eq!(guest.read(source, 100).unwrap(), "through a pipe");
}

#[test]
fn polling_waits_for_the_earliest() {
    let mut guest = Guest::new();
    guest.write("file", "");
    let stream = guest.output("file", 0);
    let wasi = guest.wasi();
    let after = |milliseconds: u64| {
        value(|out| unsafe {
            weldc_wasi_clocks_monotonic_clock_subscribe_duration(
                wasi,
                milliseconds * 1_000_000,
                out,
            )
        })
    };
    let poll = |pollables: &mut [u64]| {
        let list = List { start: pollables.as_mut_ptr(), len: pollables.len() };
        taken(value(|out| unsafe { weldc_wasi_io_poll_poll(wasi, &list, out) }))
    };
    let (late, soon) = (after(60_000), after(20));
    let start = Instant::now();
    assert_eq!(poll(&mut [late, soon, soon]), [1, 2]);
    assert!(start.elapsed() >= Duration::from_millis(15));
    assert!(start.elapsed() < Duration::from_secs(30));

    let writable = value(|out| unsafe {
        weldc_wasi_io_streams_output_stream_subscribe(wasi, stream, out) //
    });
    unsafe { weldc_wasi_io_streams_output_stream_drop(wasi, stream) };
    assert_eq!(poll(&mut [late, writable]), [1]);
    let ready =
        |pollable| value(|out| unsafe { weldc_wasi_io_poll_pollable_ready(wasi, pollable, out) });
    assert!(ready(writable) && ready(soon) && !ready(late));
    assert_eq!(unsafe { weldc_wasi_io_poll_pollable_block(wasi, soon) }, 0);
    unsafe { weldc_wasi_io_poll_pollable_drop(wasi, soon) };
    assert_eq!(unsafe { weldc_wasi_io_poll_pollable_block(wasi, soon) }, FAILED);
}

#[test]
fn polling_nothing_ends_the_zone() {
    let mut guest = Guest::new();
    let (wasi, list) = (guest.wasi(), List { start: std::ptr::null_mut(), len: 0 });
    let (status, _) = status(|out| unsafe { weldc_wasi_io_poll_poll(wasi, &list, out) });
    assert_eq!(status, FAILED);
}

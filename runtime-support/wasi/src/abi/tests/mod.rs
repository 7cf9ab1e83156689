//! Calls of the C functions, as generated code makes them.

mod cli;
mod command;
mod escapes;
mod filesystem;
mod sockets;
mod stdio;
mod streams;
mod v03;

use super::call::enter;
use super::filesystem::*;
use super::io::{StreamError, *};
use super::values::{List, Res, Str};
use crate::filesystem::{DescriptorFlags, ErrorCode, OpenFlags, PathFlags};
use crate::state::{Stop, Wasi};
use crate::{DROPS, Grants, IMPORTS};
use std::ffi::c_void;
use std::mem::MaybeUninit;
use std::path::PathBuf;
use weldc_abi::Trap;

const FAILED: i32 = Trap::HostFailed as i32;

/// A component with one directory preopened.
struct Guest {
    wasi: Wasi,
    temp: tempfile::TempDir,
    /// The preopened directory, and where it is.
    root: u64,
    path: PathBuf,
}

impl Guest {
    /// `root` lies in a directory with a file `secret` beside it.
    fn new() -> Guest {
        let temp = tempfile::tempdir().unwrap();
        let path = temp.path().join("root");
        std::fs::create_dir(&path).unwrap();
        std::fs::write(temp.path().join("secret"), "secret").unwrap();
        let mut grants = Grants::default();
        grants.add_dir(&format!("{}::/", path.display())).unwrap();
        let mut wasi = Wasi::new(grants).unwrap();
        let root = wasi.get_directories()[0].0.bits();
        Guest { wasi, temp, root, path }
    }

    /// The receiver of a call.
    fn wasi(&mut self) -> *mut c_void {
        (&raw mut self.wasi).cast()
    }

    fn write(&self, name: &str, contents: &str) {
        std::fs::write(self.path.join(name), contents).unwrap();
    }

    fn contents(&self, name: &str) -> String {
        std::fs::read_to_string(self.path.join(name)).unwrap()
    }

    fn open(
        &mut self,
        name: &str,
        open: OpenFlags,
        flags: DescriptorFlags,
    ) -> Result<u64, ErrorCode> {
        self.open_with(PathFlags(0), name, open, flags)
    }

    fn open_with(
        &mut self,
        path_flags: PathFlags,
        name: &str,
        open: OpenFlags,
        flags: DescriptorFlags,
    ) -> Result<u64, ErrorCode> {
        let (wasi, root, name) = (self.wasi(), self.root, text(name));
        call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_open_at(
                wasi,
                root,
                path_flags.0,
                &name,
                open.0,
                flags.0,
                out,
            )
        })
    }

    /// Opens for reading and writing.
    fn create(&mut self, name: &str) -> u64 {
        self.open(name, OpenFlags::CREATE, BOTH).unwrap()
    }
}

const BOTH: DescriptorFlags = DescriptorFlags(DescriptorFlags::READ.0 | DescriptorFlags::WRITE.0);
const NO_FLAGS: OpenFlags = OpenFlags(0);

/// Calls a function and returns its status and its result.
fn status<R>(function: impl FnOnce(*mut R) -> i32) -> (i32, MaybeUninit<R>) {
    let mut result = MaybeUninit::uninit();
    (function(result.as_mut_ptr()), result)
}

/// Calls a function that must not end the zone.
fn value<R>(function: impl FnOnce(*mut R) -> i32) -> R {
    let (status, result) = status(function);
    assert_eq!(status, 0);
    // SAFETY: it is written when the status is 0.
    unsafe { result.assume_init() }
}

/// Calls a function that returns a `result`.
fn call<T: Copy, E: Copy>(function: impl FnOnce(*mut Res<T, E>) -> i32) -> Result<T, E> {
    value(function).get()
}

/// A string as generated code passes it.
fn text(text: &str) -> Str {
    Str { start: text.as_ptr().cast_mut(), len: text.len() }
}

fn bytes(bytes: &[u8]) -> List<u8> {
    List { start: bytes.as_ptr().cast_mut(), len: bytes.len() }
}

/// Takes a list out of the runtime's memory, as generated code does.
fn taken<T: Copy>(list: List<T>) -> Vec<T> {
    if list.len == 0 {
        return Vec::new();
    }
    // SAFETY: a result's list is valid, and ours to free.
    unsafe {
        let items = std::slice::from_raw_parts(list.start, list.len).to_vec();
        libc::free(list.start.cast());
        items
    }
}

fn taken_text(text: Str) -> String {
    String::from_utf8(taken(List { start: text.start, len: text.len })).unwrap()
}

fn taken_string(list: List<u8>) -> String {
    String::from_utf8(taken(list)).unwrap()
}

#[test]
fn a_panic_ends_the_zone_and_goes_no_further() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let panicking = |_: &mut Wasi| -> Result<u64, Stop> { panic!("expected by a test") };
    // SAFETY: the receiver is valid.
    let (status, _) = status(|out| unsafe { enter(wasi, out, panicking) });
    assert_eq!(status, FAILED);
    assert!(guest.wasi.failure().unwrap().contains("panicked"));
}

#[test]
fn a_wrong_handle_ends_the_zone() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    for rep in [guest.root + 1, guest.root + (1 << 32), u64::MAX] {
        let (status, _) =
            status(|out| unsafe { weldc_wasi_filesystem_types_descriptor_stat(wasi, rep, out) });
        assert_eq!(status, FAILED);
    }
    unsafe { weldc_wasi_filesystem_types_descriptor_drop(wasi, guest.root) };
    let root = guest.root;
    let (status, _) =
        status(|out| unsafe { weldc_wasi_filesystem_types_descriptor_stat(wasi, root, out) });
    assert_eq!(status, FAILED);
}

#[test]
fn without_a_receiver_nothing_happens() {
    let null = std::ptr::null_mut();
    let (status, _) =
        status(|out| unsafe { weldc_wasi_io_streams_output_stream_check_write(null, 0, out) });
    assert_eq!(status, FAILED);
    unsafe { weldc_wasi_io_streams_output_stream_drop(null, 0) };
}

#[test]
fn a_string_that_is_not_utf8_ends_the_zone() {
    let mut guest = Guest::new();
    let (wasi, root) = (guest.wasi(), guest.root);
    let path = Str { start: [0xff_u8].as_mut_ptr(), len: 1 };
    let (status, _) = status(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_create_directory_at(wasi, root, &path, out)
    });
    assert_eq!(status, FAILED);
}

#[test]
fn the_table_has_everything_once() {
    assert_eq!(IMPORTS.len(), 207);
    assert_eq!(DROPS.len(), 16);
}

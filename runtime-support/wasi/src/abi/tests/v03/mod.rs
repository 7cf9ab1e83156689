//! WASI 0.3, with ends of the test's in place of a guest's.

mod clocks;
mod directories;
mod files;
mod stdio;

use super::super::command::{weldc_wasi_idle, weldc_wasi_pollfds};
use super::super::v03::filesystem::*;
use super::super::v03::{FileVerdict, OrOther};
use super::super::values::Pair;
use super::*;
use std::cell::Cell;
use std::ptr::{NonNull, null_mut, with_exposed_provenance};
use weldc_abi::task::PENDING;
use weldc_runtime::{
    End, Operation, weldc_rt_end_drop, weldc_rt_end_new, weldc_rt_end_read, weldc_rt_end_write,
};

/// What an operation came to: how many elements, and whether the other end is gone.
type Outcome = (usize, bool);

fn outcome(result: i32) -> Outcome {
    assert!(result >= 0 && result & 15 < 2, "{result:#x}");
    (result as usize >> 4, result & 15 == 1)
}

/// A guest's end.
struct Peer {
    end: NonNull<End>,
    operation: NonNull<Recorded>,
}

#[repr(C)]
struct Recorded {
    operation: Operation,
    result: Cell<i32>,
}

unsafe extern "C" fn done(operation: *mut Operation, result: i32) {
    unsafe { (*operation.cast::<Recorded>()).result.set(result) };
}

impl Peer {
    fn new(end: *const End) -> Peer {
        let operation = Operation { done, data: null_mut() };
        let recorded = Box::leak(Box::new(Recorded { operation, result: Cell::new(0) }));
        Peer { end: NonNull::new(end.cast_mut()).unwrap(), operation: NonNull::from(recorded) }
    }

    /// An end that a function has given.
    fn given(raw: u64) -> Peer {
        Peer::new(with_exposed_provenance(raw as usize))
    }

    /// The writable end of a new stream of bytes, and the other one for a parameter.
    fn bytes() -> (Peer, u64) {
        let mut ends = [std::ptr::null(); 2];
        assert_eq!(unsafe { weldc_rt_end_new(0, 1, 1, &raw mut ends) }, 0);
        (Peer::new(ends[1]), ends[0].expose_provenance() as u64)
    }

    fn set(&self, result: i32) -> Option<Outcome> {
        self.recorded().result.set(result);
        self.result()
    }

    fn recorded(&self) -> &Recorded {
        unsafe { self.operation.as_ref() }
    }

    fn result(&self) -> Option<Outcome> {
        let result = self.recorded().result.get();
        (result != PENDING).then(|| outcome(result))
    }

    /// Begins to read; the result, if it is there at once. The room stays until it is.
    fn begin_read<T>(&self, room: &mut [MaybeUninit<T>]) -> Option<Outcome> {
        self.recorded().result.set(PENDING);
        let (start, op) = (room.as_mut_ptr().cast(), self.operation.as_ptr().cast());
        let count = room.len() as u64;
        match unsafe { weldc_rt_end_read(self.end.as_ref(), start, count, op) } {
            PENDING => self.result(),
            result => self.set(result),
        }
    }

    fn begin_write(&self, bytes: &[u8]) -> Option<Outcome> {
        self.recorded().result.set(PENDING);
        let (start, op) = (bytes.as_ptr().cast_mut(), self.operation.as_ptr().cast());
        let count = bytes.len() as u64;
        match unsafe { weldc_rt_end_write(self.end.as_ref(), start, count, op) } {
            PENDING => self.result(),
            result => self.set(result),
        }
    }

    /// Waits for what was begun.
    fn wait(&self, wasi: *mut c_void) -> Outcome {
        loop {
            if let Some(outcome) = self.result() {
                return outcome;
            }
            assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 0, "a deadlock");
        }
    }

    /// Up to `count` elements, and whether the other end is gone.
    fn read<T: Copy>(&self, wasi: *mut c_void, count: usize) -> (Vec<T>, bool) {
        let mut room = vec![MaybeUninit::<T>::uninit(); count];
        self.begin_read(&mut room);
        let (count, dropped) = self.wait(wasi);
        (room[..count].iter().map(|value| unsafe { value.assume_init() }).collect(), dropped)
    }

    /// All that comes, in pieces of so many at most.
    fn read_all<T: Copy>(&self, wasi: *mut c_void, piece: usize) -> Vec<T> {
        let mut all = Vec::new();
        loop {
            let (some, dropped) = self.read::<T>(wasi, piece);
            assert!(dropped || !some.is_empty());
            all.extend(some);
            if dropped {
                return all;
            }
        }
    }

    /// Writes everything; whether the other end is there still.
    fn write_all(&self, wasi: *mut c_void, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            self.begin_write(bytes);
            let (count, dropped) = self.wait(wasi);
            bytes = &bytes[count..];
            if dropped {
                return false;
            }
        }
        true
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        unsafe {
            weldc_rt_end_drop(self.end.as_ptr());
            drop(Box::from_raw(self.operation.as_ptr()));
        }
    }
}

/// The value of a future.
fn future<T: Copy>(wasi: *mut c_void, future: u64) -> T {
    let (peer, mut room) = (Peer::given(future), [MaybeUninit::uninit()]);
    peer.begin_read(&mut room);
    // There is one element, and no count.
    assert_eq!(peer.wait(wasi), (0, false));
    unsafe { room[0].assume_init() }
}

/// How a file's stream ended: the number of the error.
fn ended(wasi: *mut c_void, verdict: u64) -> Result<(), u8> {
    future::<FileVerdict>(wasi, verdict).get().map_err(OrOther::tag)
}

const BAD_DESCRIPTOR: u8 = 2;
const IS_DIRECTORY: u8 = 13;
const NO_ENTRY: u8 = 19;
const NOT_DIRECTORY: u8 = 23;
const OVERFLOW: u8 = 29;

impl Guest {
    /// The stream of a file's contents from `offset`, and its future.
    fn read_stream(&mut self, file: u64, offset: u64) -> (Peer, u64) {
        let wasi = self.wasi();
        let Pair(stream, verdict) = value(|out| unsafe {
            weldc_wasi3_filesystem_types_descriptor_read_via_stream(wasi, file, offset, out)
        });
        (Peer::given(stream), verdict)
    }

    /// A stream that is written to a file from `offset`, and its future.
    fn write_stream(&mut self, file: u64, offset: u64) -> (Peer, u64) {
        let (wasi, (peer, stream)) = (self.wasi(), Peer::bytes());
        let verdict = value(|out| unsafe {
            weldc_wasi3_filesystem_types_descriptor_write_via_stream(
                wasi, file, stream, offset, out,
            )
        });
        (peer, verdict)
    }
}

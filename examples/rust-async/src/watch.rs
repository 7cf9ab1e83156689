//! The component ../poll/watch.wat in Rust: exports are functions that give futures, the import is a future.
//!
//! The C declarations are those of `weldc build watch.wat -o watch.h`.

use std::ffi::c_void;
use std::future::Future;
use std::pin::Pin;
use std::ptr::{self, NonNull};
use weldc_async::{Call, Completion, Driver, Ended, StreamReader, StreamWriter, Zone, library};

#[rustfmt::skip]
unsafe extern "C" {
    fn watch_new(imports: *const c_void, host: *const c_void, instance: *mut *mut c_void) -> i32;
    fn watch_nap_async(i: *mut c_void, ms: u32, result: *mut u32, c: *mut Completion) -> i32;
    fn watch_beats_async(
        i: *mut c_void, count: u32, every: u32, result: *mut u64, c: *mut Completion) -> i32;
    fn watch_lines_async(i: *mut c_void, text: u64, result: *mut u32, c: *mut Completion) -> i32;
}

/// How an executor sleeps.
pub type Sleep = fn(u32) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// What the import is given.
struct Host {
    driver: Driver,
    sleep: Sleep,
}

/// `sleep: async func(ms: u32)`, which the component imports. If the component cancels the call, the future is dropped.
#[unsafe(no_mangle)]
unsafe extern "C" fn watch_import_sleep(
    host: *const Host,
    ms: u32,
    completion: *mut Completion,
) -> i32 {
    // SAFETY: what the instance was made with, and this function's completion; there is no result.
    unsafe {
        let sleep = ((*host).sleep)(ms);
        let work = async move {
            sleep.await;
            Ok(())
        };
        (*host).driver.import(NonNull::dangling().as_ptr(), completion, work)
    }
}

/// An instance of the component.
pub struct Watch {
    /// First, so that it ends before what it uses.
    zone: Zone,
    _host: Box<Host>,
}

impl Watch {
    pub fn new(sleep: Sleep) -> Watch {
        let driver = Driver::new();
        let host = Box::new(Host { driver: driver.clone(), sleep });
        let mut instance = ptr::null_mut();
        // SAFETY: the library's function; `host` lives longer than the instance.
        let status = unsafe { watch_new(ptr::null(), (&raw const *host).cast(), &mut instance) };
        assert_eq!(status, 0, "the component does not start");
        // SAFETY: the library made the instance, which is the driver's from now on.
        let zone = unsafe { Zone::new(&driver, library!("watch"), instance) };
        Watch { zone, _host: host }
    }

    /// `nap: async func(ms: u32) -> u32`. Dropped, the call is cancelled.
    pub fn nap(&self, ms: u32) -> Call<u32> {
        // SAFETY: the export with its parameters; its result is a u32.
        unsafe { self.zone.call(ms, |i, ms, result, done| watch_nap_async(i, *ms, result, done)) }
    }

    /// `beats: async func(count: u32, every: u32) -> stream<u32>`
    pub async fn beats(&self, count: u32, every: u32) -> Result<StreamReader<u32>, Ended> {
        // SAFETY: as above; a stream is a u64, the address of its readable end, which is this program's.
        unsafe {
            let start = |i, &(count, every): &_, result, done: *mut _| {
                watch_beats_async(i, count, every, result, done)
            };
            let stream = self.zone.call::<u64, _, _>((count, every), start).await?;
            Ok(self.zone.stream_reader(stream))
        }
    }

    /// `lines: async func(text: stream<u8>) -> u32`, and where the text goes.
    pub fn lines(&self) -> (StreamWriter<u8>, Call<u32>) {
        let (writer, reader) = self.zone.stream();
        let text = reader.into_handle();
        // SAFETY: as above; the readable end becomes the component's with the call.
        let call = unsafe {
            self.zone.call(text, |i, text, result, done| watch_lines_async(i, *text, result, done))
        };
        (writer, call)
    }
}

//! `tests/guest.wat`, loaded into this process, with asynchronous functions of Rust for its imports.

use core::ffi::c_void;
use core::future::Future;
use core::mem::transmute;
use core::pin::Pin;
use core::ptr::{NonNull, null, null_mut};
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use weldc_async::{Call, Completion, Driver, Failed, Library, Str, StreamReader, Zone};
use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{Binding, ImportPolicy, Receiver};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;

const PREFIX: &str = "guest";

/// How an executor sleeps.
pub type Sleep = fn(u64) -> Pin<Box<dyn Future<Output = ()> + Send>>;

/// The state of the imports.
struct Host {
    driver: Driver,
    sleep: Sleep,
    /// Functions that are being executed.
    busy: Arc<AtomicUsize>,
}

/// An instance.
pub struct Guest {
    /// First, so that it ends before what it uses.
    pub zone: Zone,
    pub driver: Driver,
    /// Functions of the host's that are being executed.
    pub busy: Arc<AtomicUsize>,
    _host: Box<Host>,
}

/// Counts the functions that are being executed, until they end or are dropped.
struct Busy(Arc<AtomicUsize>);

impl Busy {
    fn new(count: &Arc<AtomicUsize>) -> Busy {
        count.fetch_add(1, Ordering::SeqCst);
        Busy(count.clone())
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

unsafe extern "C" fn sleep(host: *mut c_void, ms: u32, completion: *mut Completion) -> i32 {
    // SAFETY: what the instance was made with.
    let host = unsafe { &*host.cast::<Host>() };
    let (sleep, busy) = ((host.sleep)(u64::from(ms)), Busy::new(&host.busy));
    let work = async move {
        sleep.await;
        drop(busy);
        Ok(())
    };
    // SAFETY: this function's completion; there is no result.
    unsafe { host.driver.import(NonNull::dangling().as_ptr(), completion, work) }
}

unsafe extern "C" fn lookup(
    host: *mut c_void,
    name: &Str,
    result: *mut Str,
    completion: *mut Completion,
) -> i32 {
    // SAFETY: what the instance was made with.
    let host = unsafe { &*host.cast::<Host>() };
    let (sleep, busy) = ((host.sleep)(1), Busy::new(&host.busy));
    let name = name.to_string();
    let work = async move {
        let _busy = busy;
        if name == "at once" {
            return Ok(Str::from("here"));
        }
        sleep.await;
        match &*name {
            "nobody" => Err(Failed(weldc_abi::Trap::HostFailed)),
            name => Ok(Str::from(&*format!("Hello, {name}!"))),
        }
    };
    // SAFETY: this function's parameters.
    unsafe { host.driver.import(result, completion, work) }
}

struct Imports;

impl ImportPolicy for Imports {
    fn func(&mut self, name: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Symbol { symbol: name.name.clone(), receiver: Receiver::Host })
    }
    fn resource(&mut self, _: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Nothing)
    }
}

fn load() -> Loaded {
    let bytes = wat::parse_str(include_str!("../guest.wat")).expect("a component");
    let options = CodeOptions { prefix: PREFIX.to_string(), ..CodeOptions::default() };
    let features = wasmparser::WasmFeatures::all();
    let compilation = Compilation::new(bytes, features, &mut Imports, options, &mut |_| {});
    let compilation = compilation.expect("it links");
    let code = compilation.compile(&|| {}).expect("it compiles");
    let object = compilation.object(&code).expect("an object");
    let symbols: HashMap<&str, *const ()> = weldc_runtime::symbols().iter().copied().collect();
    let resolve = |name: &str| match name {
        "sleep" => Some(sleep as *const u8),
        "lookup" => Some(lookup as *const u8),
        name => symbols.get(name).map(|address| address.cast()),
    };
    Loaded::load(&object, &resolve).expect("it loads")
}

/// Made once, and never unloaded.
struct Code(Loaded);
// SAFETY: only read.
unsafe impl Send for Code {}
// SAFETY: only read.
unsafe impl Sync for Code {}

fn code(name: &str) -> *const u8 {
    static CODE: OnceLock<Code> = OnceLock::new();
    CODE.get_or_init(|| Code(load())).0.symbol(name).unwrap_or_else(|| panic!("no {name}"))
}

type New = unsafe extern "C" fn(*const c_void, *mut c_void, *mut *mut c_void) -> i32;
type Number = unsafe extern "C" fn(*mut c_void, u32, *mut u32, *mut Completion) -> i32;
type Handle = unsafe extern "C" fn(*mut c_void, u64, *mut u64, *mut Completion) -> i32;
type Text = unsafe extern "C" fn(*mut c_void, *const Str, *mut Str, *mut Completion) -> i32;
type Nothing = unsafe extern "C" fn(*mut c_void, u32, *mut Completion) -> i32;

impl Guest {
    pub fn new(sleep: Sleep) -> Guest {
        Guest::with(Driver::new(), sleep)
    }

    pub fn with(driver: Driver, sleep: Sleep) -> Guest {
        let busy = Arc::default();
        let host = Box::new(Host { driver: driver.clone(), sleep, busy: Arc::clone(&busy) });
        let mut instance = null_mut();
        // SAFETY: the symbols of an object with this prefix, which is never unloaded; the host lives as long as the
        // instance.
        let zone = unsafe {
            let find = |name: &str| Some(code(name));
            let library = Library::find(PREFIX, find).expect("all functions");
            let new = transmute::<*const u8, New>(code("guest_new"));
            let status = new(null(), (&raw const *host).cast_mut().cast(), &mut instance);
            assert_eq!(status, 0);
            Zone::new(&driver, library, instance)
        };
        Guest { zone, driver, busy, _host: host }
    }

    fn number(&self, name: &str, number: u32) -> Call<u32> {
        // SAFETY: a function of this type, which is all that is called.
        unsafe {
            let function = transmute::<*const u8, Number>(code(name));
            self.zone.call(number, move |zone, number, result, completion| {
                function(zone, *number, result, completion)
            })
        }
    }

    fn handle(&self, name: &str, handle: u64) -> Call<u64> {
        // SAFETY: as above.
        unsafe {
            let function = transmute::<*const u8, Handle>(code(name));
            self.zone.call(handle, move |zone, handle, result, completion| {
                function(zone, *handle, result, completion)
            })
        }
    }

    pub fn nap(&self, ms: u32) -> Call<u32> {
        self.number("guest_nap_async", ms)
    }

    pub fn linger(&self, ms: u32) -> Call<u32> {
        self.number("guest_linger_async", ms)
    }

    pub fn crash(&self, ms: u32) -> Call<()> {
        // SAFETY: as above.
        unsafe {
            let function = transmute::<*const u8, Nothing>(code("guest_crash_async"));
            self.zone.call(ms, move |zone, ms, _, completion| function(zone, *ms, completion))
        }
    }

    pub fn greet(&self, name: &str) -> Call<Str> {
        // SAFETY: as above; the string stays where it is.
        unsafe {
            let function = transmute::<*const u8, Text>(code("guest_greet_async"));
            self.zone.call(Str::from(name), move |zone, name, result, completion| {
                function(zone, name, result, completion)
            })
        }
    }

    pub async fn relay(&self, words: StreamReader<Str>) -> StreamReader<Str> {
        let handle = self.handle("guest_relay_async", words.into_handle()).await;
        // SAFETY: what the function returns.
        unsafe { self.zone.stream_reader(handle.expect("no trap")) }
    }

    pub async fn later(
        &self,
        word: weldc_async::FutureReader<Str>,
    ) -> weldc_async::FutureReader<Str> {
        let handle = self.handle("guest_later_async", word.into_handle()).await;
        // SAFETY: what the function returns.
        unsafe { self.zone.future_reader(handle.expect("no trap")) }
    }

    pub fn busy(&self) -> usize {
        self.busy.load(Ordering::SeqCst)
    }

    pub fn counts(&self) -> weldc_runtime::TaskCounts {
        // SAFETY: a living zone that does not run: its calls are made by this thread.
        unsafe { weldc_runtime::task_counts(weldc_runtime::Context(self.zone.instance().cast())) }
    }
}

/// Never wakes up.
pub fn for_ever(_: u64) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(std::future::pending())
}

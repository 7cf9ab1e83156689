//! The component as weldc compiles it, loaded into this process.
//!
//! Everything that is not safe is here: functions are called through addresses that the loader gives, with
//! the types that docs/native-abi.md says.

use crate::fence;
use crate::guest::{Called, Guest, Of};
use crate::host::{self, Receiver};
use anyhow::{Context, Result, anyhow, bail, ensure};
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::rc::Rc;
use wasmparser::WasmFeatures;
use weldc_abi::Trap;
use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{self, Binding, ImportPolicy};
use weldc_compiler::names;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;
use weldc_runtime::Zone;
use weldc_tests::roundtrip::types::{Type, Types};

/// The code's symbols begin so.
const PREFIX: &str = "oracle";

/// Compiled code.
pub struct Compiled {
    loaded: Rc<Loaded>,
    fenced: bool,
}

/// An instance.
pub struct Instance {
    /// First, so that it ends before its code.
    zone: Zone,
    functions: HashMap<String, *const u8>,
    fenced: bool,
    receiver: Box<UnsafeCell<Receiver>>,
    loaded: Rc<Loaded>,
}

/// A list of bytes as the host passes it.
#[repr(C)]
struct Bytes {
    start: *mut u8,
    length: usize,
}

/// Every import is [`host::receive`].
struct Imports;

impl ImportPolicy for Imports {
    fn func(&mut self, _: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Symbol { symbol: host::SYMBOL.to_string(), receiver: link::Receiver::Host })
    }
    fn resource(&mut self, _: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Nothing)
    }
}

impl Compiled {
    /// Compiles the component; `guard_pages` as in the compiler's options. If `fenced`, the host's memory
    /// is [`fence`]'s.
    pub fn new(bytes: Vec<u8>, guard_pages: bool, fenced: bool) -> Result<Compiled> {
        let prefix = PREFIX.to_string();
        // The compiler's own tests verify.
        let options = CodeOptions { guard_pages, prefix, verify: false, ..CodeOptions::default() };
        let compilation =
            Compilation::new(bytes, WasmFeatures::all(), &mut Imports, options, &mut |_| {})
                .map_err(|error| anyhow!("{error}"))?;
        let code = compilation.compile(&|| {}).map_err(|error| anyhow!("{error}"))?;
        let object = compilation.object(&code).map_err(|error| anyhow!("{error}"))?;
        let mut symbols: HashMap<&str, *const ()> =
            weldc_runtime::symbols().iter().copied().collect();
        symbols.insert(host::SYMBOL, host::receive as *const ());
        if fenced {
            symbols.extend(fence::symbols());
        }
        let loaded = Loaded::load(&object, &|name| symbols.get(name).map(|at| at.cast()))?;
        Ok(Compiled { loaded: Rc::new(loaded), fenced })
    }

    pub fn instantiate(&self) -> Result<Instance> {
        let name = names::artefact(PREFIX);
        let artefact = self.loaded.symbol(&name).context("there is no artefact")?;
        let receiver = Box::<UnsafeCell<Receiver>>::default();
        let host = receiver.get().cast();
        // SAFETY: the compiler made the artefact, and the instance keeps it loaded, and the receiver, too,
        // that the functions expect which it imports.
        let zone = unsafe { Zone::new(artefact.cast(), null(), host, null_mut()) };
        let zone = zone.map_err(|report| anyhow!("{report}"))?;
        let (functions, fenced, loaded) = (HashMap::new(), self.fenced, self.loaded.clone());
        Ok(Instance { zone, functions, fenced, receiver, loaded })
    }
}

impl Instance {
    /// The address of an export.
    fn function(&mut self, name: &str) -> Result<*const u8> {
        if let Some(&address) = self.functions.get(name) {
            return Ok(address);
        }
        let symbol = format!("{PREFIX}_{}", name.replace('-', "_"));
        let address = self.loaded.symbol(&symbol).with_context(|| format!("no symbol {symbol}"))?;
        self.functions.insert(name.to_string(), address);
        Ok(address)
    }

    fn of(&mut self, of: Of, function: &str) -> Result<(*const u8, *mut c_void)> {
        Ok((self.function(&format!("{}-{function}", of.name()))?, self.zone.context()))
    }

    /// Has the caller pass a value of this type to the host, which looks at all of it.
    pub fn give(&mut self, number: usize, types: &Types, ty: Type) -> Result<Called<()>> {
        let receiver = self.receiver.get();
        // SAFETY: nobody else uses it now.
        unsafe { *receiver = Receiver { expected: Some((types.clone(), ty)), calls: 0 } };
        let (function, zone) = self.of(Of::Caller, &format!("give{number}"))?;
        type Give = unsafe extern "C" fn(*mut c_void) -> i32;
        // SAFETY: the export's type; the zone lives.
        let called = called(unsafe { std::mem::transmute::<*const u8, Give>(function)(zone) });
        // SAFETY: the call is over.
        let calls = unsafe { (*receiver).calls };
        ensure!(calls == usize::from(called.is_ok()), "the host was called {calls} times");
        Ok(called)
    }

    /// Takes a value of this type from the callee and looks at all of it. Its memory is [`fence`]'s.
    pub fn take(&mut self, number: usize, types: &Types, ty: Type) -> Result<Called<()>> {
        type Take = unsafe extern "C" fn(*mut c_void, *mut u8) -> i32;
        let (size, align) = types.layout(ty, 8);
        let (function, zone) = (self.function(&format!("take{number}"))?, self.zone.context());
        let result = fence::alloc(size.into(), align.into());
        // SAFETY: the export's type; the zone lives; there is room for the result. What it points to is
        // freed with all of the fence's.
        let called = called(unsafe {
            let status = std::mem::transmute::<*const u8, Take>(function)(zone, result);
            if status == 0 {
                host::look(types, ty, result);
            }
            status
        });
        Ok(called)
    }

    /// The trap that has ended it, if one has.
    pub fn trap(&self) -> Option<Trap> {
        self.zone.trap()
    }
}

/// What a status says.
fn called(status: i32) -> Called<()> {
    if status == 0 {
        return Ok(());
    }
    let trap = u8::try_from(status).ok().and_then(Trap::from_code);
    Err(trap.map_or_else(|| format!("status {status}"), |trap| trap.text().to_string()))
}

/// For calls that cannot trap.
fn succeeded(function: &str, status: i32) -> Result<()> {
    called(status).map_err(|trap| anyhow!("{function} trapped: {trap}"))
}

impl Guest for Instance {
    fn poke(&mut self, of: Of, memory: u32, at: u32, bytes: &[u8]) -> Result<()> {
        type Poke = unsafe extern "C" fn(*mut c_void, u32, u32, *const Bytes) -> i32;
        let (function, zone) = self.of(of, "poke")?;
        let bytes = Bytes { start: bytes.as_ptr().cast_mut(), length: bytes.len() };
        // SAFETY: the export's type; the zone lives.
        let status =
            unsafe { std::mem::transmute::<*const u8, Poke>(function)(zone, memory, at, &bytes) };
        succeeded("poke", status)
    }

    fn peek(&mut self, of: Of, memory: u32, at: u32, length: u32) -> Result<Vec<u8>> {
        type Peek = unsafe extern "C" fn(*mut c_void, u32, u32, u32, *mut Bytes) -> i32;
        let (function, zone) = self.of(of, "peek")?;
        let mut bytes = Bytes { start: null_mut(), length: 0 };
        // SAFETY: the export's type; the zone lives.
        let status = unsafe {
            let peek = std::mem::transmute::<*const u8, Peek>(function);
            peek(zone, memory, at, length, &mut bytes)
        };
        succeeded("peek", status)?;
        if bytes.length == 0 {
            return Ok(Vec::new());
        }
        // SAFETY: a list in a result belongs to the host, which frees it.
        unsafe {
            let copy = std::slice::from_raw_parts(bytes.start, bytes.length).to_vec();
            if self.fenced {
                fence::free(bytes.start);
            } else {
                weldc_runtime::weldc_rt_free(bytes.start);
            }
            Ok(copy)
        }
    }

    fn reset(&mut self, of: Of, memory: u32) -> Result<()> {
        let (function, zone) = self.of(of, "reset")?;
        type Reset = unsafe extern "C" fn(*mut c_void, u32) -> i32;
        // SAFETY: the export's type; the zone lives.
        succeeded("reset", unsafe {
            std::mem::transmute::<*const u8, Reset>(function)(zone, memory)
        })
    }

    fn pages(&mut self, of: Of, memory: u32) -> Result<u32> {
        type Pages = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;
        let (function, zone) = self.of(of, "pages")?;
        let mut pages = 0;
        // SAFETY: the export's type; the zone lives.
        let status =
            unsafe { std::mem::transmute::<*const u8, Pages>(function)(zone, memory, &mut pages) };
        succeeded("pages", status)?;
        Ok(pages)
    }

    fn make(&mut self, of: Of, kind: u32, rep: u32) -> Result<u32> {
        type Make = unsafe extern "C" fn(*mut c_void, u32, u32, *mut u32) -> i32;
        let (function, zone) = self.of(of, "make")?;
        let mut index = 0;
        // SAFETY: the export's type; the zone lives.
        let status = unsafe {
            std::mem::transmute::<*const u8, Make>(function)(zone, kind, rep, &mut index)
        };
        succeeded("make", status)?;
        Ok(index)
    }

    fn drop_handle(&mut self, of: Of, kind: u32, index: u32) -> Result<Called<()>> {
        type Drop = unsafe extern "C" fn(*mut c_void, u32, u32) -> i32;
        let (function, zone) = self.of(of, "drop")?;
        // SAFETY: the export's type; the zone lives.
        Ok(called(unsafe { std::mem::transmute::<*const u8, Drop>(function)(zone, kind, index) }))
    }

    fn run(&mut self, number: usize) -> Result<Called<()>> {
        type Run = unsafe extern "C" fn(*mut c_void) -> i32;
        if self.trap().is_some() {
            bail!("the instance has trapped before");
        }
        let (function, zone) = self.of(Of::Caller, &format!("run{number}"))?;
        // SAFETY: the export's type; the zone lives.
        Ok(called(unsafe { std::mem::transmute::<*const u8, Run>(function)(zone) }))
    }
}

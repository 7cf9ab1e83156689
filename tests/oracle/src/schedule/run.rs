//! Programs as weldc compiles them, run in this process.

use super::program::Program;
use super::{Account, End, RESULT};
use anyhow::{Context, Result, anyhow};
use std::cell::UnsafeCell;
use std::collections::HashMap;
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use wasmparser::WasmFeatures;
use weldc_abi::Trap;
use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{Binding, ImportPolicy, Receiver};
use weldc_compiler::names;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;
use weldc_runtime::Zone;

const PREFIX: &str = "schedule";
const NOTE: &str = "schedule_note";
/// No program needs as many ticks.
const MOST_TICKS: usize = 100_000;

/// Compiled code.
pub struct Compiled(Loaded);

/// Every import is [`note`].
struct Imports;

impl ImportPolicy for Imports {
    fn func(&mut self, _: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Symbol { symbol: NOTE.to_string(), receiver: Receiver::Host })
    }
    fn resource(&mut self, _: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Nothing)
    }
}

type Log = UnsafeCell<Vec<[u32; 2]>>;

/// # Safety
/// `log` is a [`Log`] that nobody else uses now.
unsafe extern "C" fn note(log: *mut c_void, tag: u32, value: u32) -> i32 {
    // SAFETY: the caller's.
    unsafe { (*(*log.cast::<Log>()).get()).push([tag, value]) };
    0
}

impl Compiled {
    pub fn new(program: &Program) -> Result<Compiled> {
        let bytes = wat::parse_str(program.text())?;
        let options =
            CodeOptions { prefix: PREFIX.to_string(), verify: false, ..CodeOptions::default() };
        let compilation =
            Compilation::new(bytes, WasmFeatures::all(), &mut Imports, options, &mut |_| {})
                .map_err(|error| anyhow!("{error}"))?;
        let code = compilation.compile(&|| {}).map_err(|error| anyhow!("{error}"))?;
        let object = compilation.object(&code).map_err(|error| anyhow!("{error}"))?;
        let mut symbols: HashMap<&str, *const ()> =
            weldc_runtime::symbols().iter().copied().collect();
        symbols.insert(NOTE, note as *const ());
        Ok(Compiled(Loaded::load(&object, &|name| symbols.get(name).map(|at| at.cast()))?))
    }

    /// What happens in a new instance; ready threads are taken in an order that depends on the seed.
    pub fn run(&self, seed: u64) -> Result<(Account, Option<Trap>)> {
        let artefact = self.0.symbol(&names::artefact(PREFIX)).context("there is no artefact")?;
        let log = Log::default();
        let host = (&raw const log).cast_mut().cast();
        // SAFETY: the compiler made the artefact; code and log outlive the zone.
        let zone = unsafe { Zone::new(artefact.cast(), null(), host, null_mut()) };
        let mut zone = zone.map_err(|report| anyhow!("{report}"))?;
        zone.set_schedule_seed(seed);
        let status = self.call(&mut zone, &log)?;
        let trap = u8::try_from(status).ok().and_then(Trap::from_code);
        drop(zone);
        let end = match trap {
            None if status == 0 => End::Idle,
            None => return Err(anyhow!("status {status}")),
            Some(Trap::Deadlock) => End::Deadlock,
            Some(_) => End::Trap,
        };
        Ok((Account { log: log.into_inner(), end }, trap))
    }

    /// Calls the function, then ticks until there is nothing to do; 0 or a trap.
    fn call(&self, zone: &mut Zone, log: &Log) -> Result<i32> {
        let symbol = format!("{PREFIX}_run");
        let function = self.0.symbol(&symbol).with_context(|| format!("no symbol {symbol}"))?;
        type Run = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;
        let mut result = 0;
        // SAFETY: the export's type; the zone lives.
        let status = unsafe {
            let run = std::mem::transmute::<*const u8, Run>(function);
            run(zone.context(), 7, &mut result)
        };
        if status != 0 {
            return Ok(status);
        }
        // SAFETY: no code of the guest's runs.
        unsafe { (*log.get()).push([RESULT, result]) };
        for _ in 0..MOST_TICKS {
            match zone.tick() {
                Ok(true) => {}
                Ok(false) => return Ok(0),
                Err(trap) => return Ok(trap as i32),
            }
        }
        Err(anyhow!("it goes on for ever"))
    }
}

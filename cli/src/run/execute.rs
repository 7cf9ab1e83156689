//! A zone in this process.

use crate::report;
use anyhow::{Context, Result};
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use weldc_runtime::{Trap, TrapReport, Zone};
use weldc_values::{Call, Returned};
use weldc_wasi::{Attach, Command, Run, Wasi, run_command, weldc_wasi_attach};

/// A zone and the state of WASI that it uses.
pub struct Instance {
    zone: Zone,
    wasi: Box<Wasi>,
}

impl Instance {
    /// Makes a zone. The error is the exit code of a guest that ended during its start; why it did
    /// has been said.
    ///
    /// # Safety
    /// `artefact` is the record of a loaded program whose imports were all bound to symbols or traps.
    pub unsafe fn new(artefact: *const u8, mut wasi: Box<Wasi>) -> Result<Instance, i32> {
        let state = (&raw mut *wasi).cast::<c_void>();
        // SAFETY: the caller's; no import asks for a table, and the host's pointer is given to nobody.
        match unsafe { Zone::new(artefact.cast(), null(), null_mut(), state) } {
            Ok(zone) => {
                // SAFETY: the zone lives no longer than the state.
                unsafe { weldc_wasi_attach(state, zone.context()) };
                Ok(Instance { zone, wasi })
            }
            Err(report) => Err(ended(&wasi, "failed to instantiate the component", &report)),
        }
    }

    /// Calls an export. The error is the exit code of a guest that ended instead of returning.
    ///
    /// # Safety
    /// `entry` is the packed entry of the export that `call` was made for, in this zone's program.
    pub unsafe fn invoke<'a>(
        &mut self,
        name: &str,
        entry: *const u8,
        call: Call<'a>,
    ) -> Result<Returned<'a>, i32> {
        // SAFETY: the caller's; the context is this zone's.
        unsafe { call.make(entry, self.zone.context()) }
            .map_err(|status| self.ended(&format!("failed to invoke `{name}`"), status))
    }

    fn ended(&self, what: &str, status: i32) -> i32 {
        let trap = u8::try_from(status).ok().and_then(Trap::from_code).unwrap_or(Trap::HostFailed);
        let message = self.zone.message();
        ended(&self.wasi, what, &TrapReport { trap, message })
    }
}

/// Runs a command; its exit code.
///
/// # Safety
/// As [`Instance::new`]; `entry` is the direct entry of the program's wasi:cli/run.
pub unsafe fn command(artefact: *const u8, entry: *const u8, mut wasi: Box<Wasi>) -> i32 {
    // SAFETY: the caller says that this is the direct entry of `run`.
    let run = unsafe { std::mem::transmute::<*const u8, Run>(entry) };
    let attach: Option<Attach> = Some(weldc_wasi_attach);
    let artefact = artefact.cast();
    let command = Command { artefact, run, attach, imports: null(), host: null_mut() };
    // SAFETY: the caller's; the state is used by nothing else.
    unsafe { run_command(&raw mut *wasi, &command) }
}

/// The exit code of a guest that did not return: its own, or, after saying why, that of a trap.
fn ended(wasi: &Wasi, what: &str, report: &TrapReport) -> i32 {
    if let (Trap::Exit, Some(code)) = (report.trap, wasi.exit_code()) {
        return code.into();
    }
    let failure = wasi.failure().map(|why| format!("\n    {why}")).unwrap_or_default();
    report::trap(what, &format!("{}{failure}", report.message));
    report.trap.exit_code().into()
}

/// Calls `job` where it finds `stack` bytes of stack and some for the host.
pub fn with_stack<T: Send>(stack: u64, job: impl FnOnce() -> Result<T>) -> Result<T> {
    /// What the main thread has at least, less what the host may need.
    const MAIN: u64 = 4 << 20;
    if stack <= MAIN {
        return job();
    }
    let job = Sendable(job);
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size((stack + MAIN) as usize)
            .spawn_scoped(scope, move || job.call())
            .context("cannot make a thread with such a stack")?
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

/// Sends a job to a thread that this one waits for.
struct Sendable<F>(F);

// SAFETY: the thread that made the job does nothing until it is done.
unsafe impl<F> Send for Sendable<F> {}

impl<F: FnOnce() -> T, T> Sendable<F> {
    fn call(self) -> T {
        (self.0)()
    }
}

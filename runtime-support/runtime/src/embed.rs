//! Zones for embedders in Rust.

use crate::context::Context;
use crate::trap::message_of;
use crate::zone::{weldc_rt_zone_drop, weldc_rt_zone_new};
use core::ffi::c_void;
use core::fmt;
use rust_alloc::borrow::ToOwned;
use rust_alloc::string::String;
use weldc_abi::artefact::Artefact;
use weldc_abi::{Trap, context};

/// A zone that this value owns.
pub struct Zone {
    context: Context,
}

/// Why a zone could not be made.
#[derive(Clone, Debug)]
pub struct TrapReport {
    pub trap: Trap,
    /// What happened and where, in several lines.
    pub message: String,
}

impl Zone {
    /// Makes a zone and runs its start.
    ///
    /// # Safety
    /// `artefact` is what the compiler made, loaded for as long as the zone lives; `imports` has as many
    /// entries as the artefact says, each a function of the import's type; `host` and `wasi` are what those
    /// functions expect.
    pub unsafe fn new(
        artefact: *const Artefact,
        imports: *const *const c_void,
        host: *mut c_void,
        wasi: *mut c_void,
    ) -> Result<Zone, TrapReport> {
        let mut context = Context(core::ptr::null_mut());
        // SAFETY: the caller's.
        let status = unsafe { weldc_rt_zone_new(artefact, imports, host, wasi, &mut context) };
        let zone = (!context.0.is_null()).then_some(Zone { context });
        match (status, zone) {
            (0, Some(zone)) => Ok(zone),
            (status, zone) => Err(report(status, zone.as_ref())),
        }
    }

    /// The address that generated code expects as its first argument.
    pub fn context(&self) -> *mut c_void {
        self.context.0.cast()
    }

    /// Why the zone stopped, if it did.
    pub fn trap(&self) -> Option<Trap> {
        // SAFETY: the context of a living zone.
        u8::try_from(unsafe { self.context.state() }).ok().and_then(Trap::from_code)
    }

    /// Message and backtrace of the trap that ended the zone; empty if none did. Must not be called while
    /// the zone runs.
    pub fn message(&self) -> String {
        // SAFETY: the context of a living zone.
        unsafe { message_of(self.context) }.to_string_lossy().into_owned()
    }

    /// Lets a zone go on that a trap has ended. For runners of the specifications' test scripts alone: in
    /// those an instance lives on after a trap. A component's zone does not: what the trap interrupted
    /// (calls between components, what was lent) stays half done.
    pub fn revive(&mut self) {
        // SAFETY: the context of a living zone that is not running, since it is borrowed from its owner.
        unsafe {
            self.context.store(context::STATE as u32, 0u32);
            self.context.store(context::STACK_LIMIT as u32, 0usize);
            self.context.record().message.clear();
        }
    }

    /// Sets how many bytes of stack an outermost call grants; 1 MiB unless set.
    pub fn set_stack_size(&mut self, bytes: usize) {
        // SAFETY: the context of a living zone.
        unsafe { self.context.store(context::STACK_SIZE as u32, bytes) }
    }
}

impl Drop for Zone {
    fn drop(&mut self) {
        // SAFETY: this value owned the zone.
        unsafe { weldc_rt_zone_drop(self.context) }
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Zone")
            .field("context", &self.context.0)
            .field("trap", &self.trap())
            .finish()
    }
}

fn report(status: i32, zone: Option<&Zone>) -> TrapReport {
    let trap = u8::try_from(status).ok().and_then(Trap::from_code).unwrap_or(Trap::BadArtefact);
    let message = zone.map(Zone::message).filter(|message| !message.is_empty());
    TrapReport { trap, message: message.unwrap_or_else(|| trap.text().to_owned()) }
}

impl fmt::Display for TrapReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl core::error::Error for TrapReport {}

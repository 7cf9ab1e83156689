//! Zones for embedders in Rust.

use crate::context::Context;
use crate::link;
use crate::task;
pub use crate::task::Counts as TaskCounts;
use crate::trap::message_of;
use crate::zone::{self, Given, weldc_rt_zone_drop, weldc_rt_zone_new};
use core::ffi::c_void;
use core::fmt;
use core::sync::atomic::Ordering;
use rust_alloc::borrow::ToOwned;
use rust_alloc::string::String;
use rust_alloc::vec::Vec;
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

/// What a zone gets for its imports.
#[derive(Clone, Copy, Debug)]
pub struct Imports<'a> {
    /// The embedder's functions, as many as the artefact says, or null.
    pub table: *const *const c_void,
    /// What those expect.
    pub host: *mut c_void,
    /// The state of WASI.
    pub wasi: *mut c_void,
    /// Other zones. The first that serves an import counts; it comes before the table.
    pub providers: &'a [Provider<'a>],
}

/// An instance that serves imports of another.
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    /// The import that is served, an instance's name or that of a function or resource type of the root's. `None` for
    /// whatever the instance exports under the name of an import.
    pub import: Option<&'a str>,
    /// The context of its zone ([`Zone::context`]), of this copy of the runtime or another.
    pub instance: *mut c_void,
    /// The export that serves it, `None` for one of the same name. For an import that is an instance, the empty name
    /// is that of the component itself; for another one, `INTERFACE#NAME` names something in an exported instance.
    pub export: Option<&'a str>,
}

impl<'a> Provider<'a> {
    fn as_bytes(&self) -> link::Provider<'a> {
        link::Provider {
            import: self.import.map(str::as_bytes),
            zone: Context(self.instance.cast()),
            export: self.export.map(str::as_bytes),
        }
    }
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
        Zone::made(status, context)
    }

    /// As [`Zone::new`], with other zones' exports for imports. What no provider serves is the embedder's if there is
    /// a table. If imports are left that nothing serves, or if something has another type than its import, the trap
    /// is [`Trap::Unlinkable`], and its message names them.
    ///
    /// A zone that serves another one goes when both have been dropped.
    ///
    /// # Safety
    /// As [`Zone::new`]. The providers' instances are living zones that are used by one thread at a time, together
    /// with this one; their code, and the state of WASI that they use, stay as long as this zone lives.
    pub unsafe fn link(
        artefact: *const Artefact,
        imports: &Imports<'_>,
    ) -> Result<Zone, TrapReport> {
        let providers: Vec<_> = imports.providers.iter().map(Provider::as_bytes).collect();
        let Imports { table, host, wasi, .. } = *imports;
        // SAFETY: the caller's: the zone is in the making.
        let bind =
            |zone, artefact| unsafe { link::bind(zone, artefact, &providers, !table.is_null()) };
        let mut context = Context(core::ptr::null_mut());
        // SAFETY: the caller's.
        let status = unsafe {
            zone::make(artefact, &Given { imports: table, host, wasi }, bind, &mut context)
        };
        Zone::made(status, context)
    }

    fn made(status: i32, context: Context) -> Result<Zone, TrapReport> {
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
            let record = self.context.record();
            record.message.clear();
            record.trace.count = 0;
        }
    }

    /// Runs one ready thread of the zone or of the zones it uses: whether there was one; or what ended the zone.
    pub fn tick(&mut self) -> Result<bool, Trap> {
        // SAFETY: the context of a living zone that is not running, since it is borrowed from its owner.
        match unsafe { task::weldc_rt_tick(self.context) } {
            0 => Ok(false),
            1 => Ok(true),
            stopped => Err(Trap::from_status(stopped as u32 & 0xff)),
        }
    }

    /// Lets ready threads run in an order that depends on the seed; 0 for that in which they became ready. For tests:
    /// what a program does in one order only is no property of it.
    pub fn set_schedule_seed(&mut self, seed: u64) {
        // SAFETY: the context of a living zone.
        unsafe { task::set_schedule_seed(self.context, seed) }
    }

    /// What the zone has of calls, threads and stacks. For tests that nothing is left behind.
    pub fn task_counts(&self) -> TaskCounts {
        // SAFETY: the context of a living zone.
        unsafe { task::counts(self.context) }
    }

    /// Sets how many bytes of stack an outermost call grants; 1 MiB unless set.
    pub fn set_stack_size(&mut self, bytes: usize) {
        // SAFETY: the context of a living zone.
        unsafe { self.context.store(context::STACK_SIZE as u32, bytes) }
        zone::LARGEST_GRANT.fetch_max(bytes, Ordering::Relaxed);
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

//! A zone begins and ends.
//!
//! On entry of [`weldc_rt_zone_new`]: an artefact. On exit: a context whose header, memories, tables and
//! initial contents are what the artefact says, and whose start has run. A zone has one block: the runtime's
//! [`Record`], then the context. Its memories are reservations of their own.
//!
//! Ended zones leave their address space to the next ones: `space` the block, `slot` the memories, with what they
//! contain at the beginning (`image`); `pool` keeps both.

mod image;
pub mod pool;
mod slot;
mod space;

#[cfg(all(test, target_arch = "x86_64", unix))]
mod tests;

pub use slot::accessible;

use crate::alloc::Gifts;
use crate::artefact::Loaded;
use crate::context::Context;
use crate::copy::Ends;
use crate::gc::{self, Heap};
use crate::handles::{Scopes, Table};
use crate::link::{self, Links, Provider, Services};
use crate::os;
use crate::registry::{self, Code};
use crate::task::Scheduler;
use crate::trap::{Trace, message};
use crate::waitable::Sets;
use core::ffi::c_void;
use core::mem::transmute;
use core::sync::atomic::{AtomicUsize, Ordering};
use rust_alloc::string::String;
use rust_alloc::vec::Vec;
use slot::Slot;
use weldc_abi::artefact::{self, Artefact, Memory};
use weldc_abi::{Trap, context, linkage};

/// Bytes of stack that an outermost call grants at most, of all zones so far: a function of the host's that runs on a
/// stack of a thread's may enter a zone that knows nothing of it.
pub static LARGEST_GRANT: AtomicUsize = AtomicUsize::new(0);

/// The runtime's own part of a zone's state.
pub struct Record {
    /// The index of the handle that was refused last.
    pub refused: Option<u32>,
    pub scopes: Scopes,
    pub artefact: Loaded,
    /// Frames of the trap that ended the zone, if one did.
    pub trace: Trace,
    /// The name of the call whose task that was, in the artefact, and its size.
    pub trapped_in: Option<(u32, u32)>,
    /// Its message, once somebody has asked for it: a C string.
    pub message: Vec<u8>,
    /// Its objects.
    pub heap: Heap,
    /// The scheduler of its tasks; null until it has any.
    pub tasks: *mut Scheduler,
    /// What belongs to a result that the host has not got yet.
    pub gifts: Gifts,
    /// What is part of values: the zone's for good.
    pub owned: Gifts,
    /// Its ends of streams and futures.
    pub ends: Ends,
    /// What has to be done about either when the zone ends; `None` until it has any.
    pub ending: Option<&'static Ending>,
    /// Its waitable sets.
    pub sets: Sets,
    /// The artefact's operations on ends, by number.
    pub copies: *const artefact::Copy,
    /// The other zones that it uses.
    pub links: Links,
    /// What it does for those that use it.
    pub services: Services,
    /// Whether a table did, so that the context beyond its initial size may be in use.
    pub tables_grew: bool,
    code: &'static Code,
    memories: Slot,
}

/// Makes a zone and runs its start. `*out` is the context, or null if there is none; if the start trapped,
/// the context can be asked for the message and must be dropped.
///
/// # Safety
/// `artefact` is null or what the compiler made, loaded for as long as the zone lives; `imports` has as many
/// entries as the artefact says; `out` can be written to.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_zone_new(
    artefact: *const Artefact,
    imports: *const *const c_void,
    host: *mut c_void,
    wasi: *mut c_void,
    out: *mut Context,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { make(artefact, &Given { imports, host, wasi }, |_, _| Ok(()), out) }
}

/// As [`weldc_rt_zone_new`], with other zones' exports for imports. If they do not fit, the context can be asked for
/// the message and must be dropped.
///
/// # Safety
/// As [`weldc_rt_zone_new`]; there are so many providers, with the strings and the living zones of their type. The
/// zones are used by one thread at a time, together with this one. Their code, and the state of WASI that they use,
/// stay as long as this zone lives.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_zone_link(
    artefact: *const Artefact,
    imports: *const *const c_void,
    host: *mut c_void,
    wasi: *mut c_void,
    providers: *const linkage::Provider,
    provider_count: usize,
    out: *mut Context,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let providers = match provider_count {
            0 => &[],
            count => core::slice::from_raw_parts(providers, count),
        };
        let providers: Vec<Provider<'_>> =
            providers.iter().map(|provider| Provider::from_abi(provider)).collect();
        let bind = |zone, artefact| link::bind(zone, artefact, &providers, !imports.is_null());
        make(artefact, &Given { imports, host, wasi }, bind, out)
    }
}

/// What else ends with a zone that has tasks, waitable sets, streams or futures. Whoever makes the first of them leaves
/// it in the record, so that programs which have none are linked without that code.
pub struct Ending {
    /// Before anything else.
    pub begin: unsafe fn(Context),
    /// For each handle table, a context offset, before it goes.
    pub table: unsafe fn(Context, u32),
    /// After all of them.
    pub end: unsafe fn(Context),
}

/// Makes a zone, binds its imports to what the embedder gives, has `bind` bind what others serve, and runs the zone's
/// start. (What binds is a parameter, so that programs which never link do without that code.)
///
/// # Safety
/// As [`weldc_rt_zone_link`].
pub unsafe fn make(
    artefact: *const Artefact,
    given: &Given,
    bind: impl FnOnce(Context, Loaded) -> Result<(), String>,
    out: *mut Context,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        out.write(Context(core::ptr::null_mut()));
        let Some(artefact) = Loaded::check(artefact) else {
            return Trap::BadArtefact as i32;
        };
        let context = match create(artefact, given) {
            Ok(context) => context,
            Err(trap) => return trap as i32,
        };
        out.write(context);
        link::fill(context, artefact, given.imports);
        if let Err(problems) = bind(context, artefact) {
            context.store(context::STATE as u32, Trap::Unlinkable as u32);
            context.record().message = message::with_details(Trap::Unlinkable.text(), &problems);
            return Trap::Unlinkable as i32;
        }
        run_start(artefact, context)
    }
}

/// Ends the zone and frees all it had; null is ignored. If other zones use it, the last of them does. The host is told which of its resources the guest
/// still owned; the guest's own destructors do not run.
///
/// # Safety
/// `context` is null or that of a living zone that is not running; it is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_zone_drop(context: Context) {
    if context.0.is_null() {
        return;
    }
    // SAFETY: the caller's.
    unsafe {
        if link::leave_to_users(context, weldc_rt_zone_drop) {
            return;
        }
        let artefact = context.record().artefact;
        if let Some(ending) = context.record().ending {
            (ending.begin)(context);
        }
        drop_host_resources(context, artefact);
        release_given(context);
        drop(Gifts::take_all(context));
        let objects_end = context.load(context::gc::ALLOC as u32);
        context.record().heap.end(objects_end);
        for offset in handle_tables(&artefact) {
            if let Some(ending) = context.record().ending {
                (ending.table)(context, offset);
            }
            let table = &mut *context.at::<Table>(offset);
            table.release_error_contexts();
            table.end();
        }
        if let Some(ending) = context.record().ending {
            (ending.end)(context);
        }
        let length =
            |memory: &Memory| context.load::<u64>(memory.state + context::memory::LENGTH as u32);
        let memories = context.record().memories;
        memories.release(&artefact.header().identity, artefact.memories(), length);
        let links = core::mem::replace(&mut context.record().links, Links::new());
        context.record().code.release();
        space::release_block(context, artefact);
        links.end();
    }
}

/// Releases the result of an import that was being lowered when a trap ended the zone.
///
/// # Safety
/// As [`weldc_rt_zone_drop`].
unsafe fn release_given(context: Context) {
    type Release = extern "C" fn(Context, *mut u8);
    // SAFETY: a field of every context; what it names lies in a scope's memory, which is still there.
    unsafe {
        let given = context.load::<*mut u8>(context::GIVEN as u32);
        if !given.is_null() {
            let release = given.add(context::given::RELEASE as usize).cast::<usize>().read();
            let value = given.add(context::given::VALUE as usize);
            // The compiler made a function of this type there.
            transmute::<usize, Release>(release)(context, value);
        }
    }
}

/// Tells the host of every resource of its that an instance owns.
///
/// # Safety
/// As [`weldc_rt_zone_drop`].
unsafe fn drop_host_resources(context: Context, artefact: Loaded) {
    let resources = artefact.resources();
    if !resources.iter().any(|resource| Loaded::host_destructor(resource).is_some()) {
        return;
    }
    // The host must not enter the zone while it is taken apart.
    // SAFETY: a field of every context.
    unsafe { context.store(context::STATE as u32, Trap::CannotEnter as u32) };
    for offset in handle_tables(&artefact) {
        // SAFETY: every context has these tables, and nothing changes them any more.
        let table = unsafe { &*context.at::<Table>(offset) };
        for (resource, rep) in table.owned() {
            let destructor = resources.get(resource as usize).and_then(Loaded::host_destructor);
            if let Some(destructor) = destructor {
                // SAFETY: the compiler made a function of this type there.
                unsafe {
                    transmute::<usize, extern "C" fn(Context, u64)>(destructor)(context, rep);
                }
            }
        }
    }
}

/// What the embedder gives a zone.
pub struct Given {
    pub imports: *const *const c_void,
    pub host: *mut c_void,
    pub wasi: *mut c_void,
}

/// # Safety
/// As [`weldc_rt_zone_new`].
unsafe fn create(artefact: Loaded, given: &Given) -> Result<Context, Trap> {
    os::install_fault_handlers();
    let code = registry::register(artefact);
    let Some((memories, context)) = acquire(artefact, code) else {
        code.release();
        return Err(Trap::CannotReserve);
    };
    // SAFETY: the block is new: zeroed, with room for a record and what the artefact says of the context.
    unsafe {
        let record = Record {
            refused: None,
            scopes: Scopes::new(),
            artefact,
            trace: Trace::new(),
            trapped_in: None,
            message: Vec::new(),
            heap: gc::new_heap(),
            tasks: core::ptr::null_mut(),
            gifts: Gifts::new(),
            owned: Gifts::new(),
            ends: Ends::new(),
            ending: None,
            sets: Sets::new(),
            copies: artefact.copies().as_ptr(),
            links: Links::new(),
            services: Services::new(),
            tables_grew: false,
            code,
            memories,
        };
        let record_at = space::record_of(context);
        record_at.write(record);
        let image = artefact.context_image();
        context.0.copy_from_nonoverlapping(image.as_ptr(), image.len());
        context.store(context::ZONE as u32, record_at);
        let services = &raw mut (*record_at).services;
        context.store(context::SERVICES as u32, services);
        if context.load::<usize>(context::STACK_SIZE as u32) == 0 {
            context.store(context::STACK_SIZE as u32, context::DEFAULT_STACK_SIZE as usize);
        }
        LARGEST_GRANT.fetch_max(context.load(context::STACK_SIZE as u32), Ordering::Relaxed);
        context.store(context::HOST as u32, given.host);
        context.store(context::ARTEFACT as u32, artefact.header());
        context.store(context::WASI as u32, given.wasi);
        for table in artefact.tables() {
            context.store(table.state + context::table::LENGTH as u32, u64::from(table.minimum));
        }
        for (memory, base) in memories.bases(artefact.memories()) {
            context.store(memory.state + context::memory::BASE as u32, base);
            context.store(memory.state + context::memory::LENGTH as u32, memory.minimum);
        }
    }
    Ok(context)
}

/// Address space for a zone.
fn acquire(artefact: Loaded, code: &Code) -> Option<(Slot, Context)> {
    let (identity, memories) = (&artefact.header().identity, artefact.memories());
    let slot = Slot::acquire(identity, memories, code)?;
    let block = space::acquire_block(artefact);
    if block.is_none() {
        // SAFETY: just acquired.
        unsafe { slot.release(identity, memories, |memory| memory.minimum) };
    }
    Some((slot, block?))
}

/// # Safety
/// `context` is that of a zone that was just made.
unsafe fn run_start(artefact: Loaded, context: Context) -> i32 {
    let Some(start) = artefact.start() else { return 0 };
    // SAFETY: the compiler made a function of this type there.
    unsafe { transmute::<usize, extern "C" fn(Context) -> i32>(start)(context) }
}

/// Context offsets of all handle tables of a zone.
pub fn handle_tables(artefact: &Loaded) -> impl Iterator<Item = u32> {
    let instances = artefact.instances().iter();
    core::iter::once(context::HOST_HANDLES as u32)
        .chain(instances.map(|offset| offset + context::instance::HANDLES as u32))
}

//! What generated code asks of waitables and their sets.

use super::{Event, Waitable, WaitableSet, find_set};
use crate::context::Context;
use crate::handles::{Table, refused};
use crate::task::{Call, ENDING, WaitFor, outcome, status, wait_for};
use core::ptr::{self, NonNull};
use weldc_abi::{Trap, context, handle};

/// The context offset of an instance's handle table.
fn table_of(instance: u32) -> u32 {
    instance + context::instance::HANDLES as u32
}

/// `(context, instance) -> index`, 0 if there are too many.
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_waitable_set_new(zone: Context, instance: u32) -> u32 {
    let tag = handle::tag(handle::KIND_WAITABLE_SET, 0);
    // SAFETY: the caller's.
    unsafe {
        zone.record().ending = Some(&ENDING);
        let Some(set) = zone.record().sets.make(zone) else { return 0 };
        let table = zone.at::<Table>(table_of(instance));
        let index = (*table).add(set as u64, tag, ptr::null_mut());
        if index.is_none() {
            end_set(zone, set);
        }
        index.unwrap_or(0)
    }
}

/// `(context, instance, index, payload) -> outcome`
///
/// # Safety
/// A living zone with an instance at this offset; two words can be written to at `payload`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_waitable_set_wait(
    zone: Context,
    instance: u32,
    index: u32,
    payload: *mut [u32; 2],
) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        let set = find_set(zone, table_of(instance), index);
        outcome(set.and_then(|set| wait(zone, set)).map(|event| unpack(event, payload)))
    }
}

/// # Safety
/// A living set of this zone, on which the current thread waits.
unsafe fn wait(zone: Context, set: *mut WaitableSet) -> Result<Event, Trap> {
    // SAFETY: the caller's; a set that is waited for is not dropped.
    unsafe {
        if !(*set).has_pending() {
            (*set).waiting += 1;
            wait_for(zone, WaitFor::Set, set.cast())?;
            (*set).waiting -= 1;
        }
        Ok(WaitableSet::take_event(set))
    }
}

/// As [`weldc_rt_waitable_set_wait`].
///
/// # Safety
/// As [`weldc_rt_waitable_set_wait`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_waitable_set_poll(
    zone: Context,
    instance: u32,
    index: u32,
    payload: *mut [u32; 2],
) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        let set = find_set(zone, table_of(instance), index);
        outcome(set.map(|set| unpack(poll(set), payload)))
    }
}

/// # Safety
/// A living set.
unsafe fn poll(set: *mut WaitableSet) -> Event {
    // SAFETY: the caller's.
    unsafe {
        match (*set).has_pending() {
            true => WaitableSet::take_event(set),
            false => Event::NONE,
        }
    }
}

/// # Safety
/// Two words can be written to at `payload`.
unsafe fn unpack(event: Event, payload: *mut [u32; 2]) -> u32 {
    // SAFETY: the caller's. Targets are little-endian, so that the index is the first one.
    unsafe { payload.cast::<u64>().write_unaligned(event.words) };
    event.code
}

/// `(context, instance, index) -> trap or 0`
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_waitable_set_drop(
    zone: Context,
    instance: u32,
    index: u32,
) -> i32 {
    // SAFETY: the caller's.
    unsafe {
        let table = zone.at::<Table>(table_of(instance));
        let set = find_set(zone, table_of(instance), index);
        status(set.and_then(|set| {
            (*set).check_unused()?;
            (*table).remove(index);
            end_set(zone, set);
            Ok(())
        }))
    }
}

/// # Safety
/// A living zone, and a set of its that nobody uses.
unsafe fn end_set(zone: Context, set: *mut WaitableSet) {
    // SAFETY: the caller's.
    unsafe {
        if let Some(set) = NonNull::new(set) {
            zone.record().sets.end(set);
        }
    }
}

/// `(context, instance, waitable, set) -> trap or 0`
///
/// # Safety
/// A living zone with an instance at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_waitable_join(
    zone: Context,
    instance: u32,
    waitable: u32,
    set: u32,
) -> i32 {
    // SAFETY: the caller's.
    unsafe { status(join(zone, table_of(instance), waitable, set)) }
}

/// # Safety
/// A living zone with a handle table at this offset.
unsafe fn join(zone: Context, table: u32, waitable: u32, set: u32) -> Result<(), Trap> {
    // SAFETY: the caller's; what stands in a table lives.
    unsafe {
        let found = find_waitable(zone, table, waitable)?;
        if (*found).has_sync_waiter() {
            return Err(Trap::SyncInSet);
        }
        let set = match set {
            0 => ptr::null_mut(),
            index => find_set(zone, table, index)?,
        };
        Waitable::join(found, set);
        Ok(())
    }
}

/// The waitable at an index of a handle table.
///
/// # Safety
/// A living zone with a handle table at this offset.
unsafe fn find_waitable(zone: Context, table: u32, index: u32) -> Result<*mut Waitable, Trap> {
    // SAFETY: the caller's; `rep` is what the kind says.
    unsafe {
        match (*zone.at::<Table>(table)).find(index) {
            None => Err(refused(zone, index, Trap::UnknownHandle)),
            Some((handle::KIND_SUBTASK, entry)) => {
                Ok(&raw mut (*((*entry).rep as *mut Call)).waitable)
            }
            Some((
                handle::KIND_STREAM_READABLE
                | handle::KIND_STREAM_WRITABLE
                | handle::KIND_FUTURE_READABLE
                | handle::KIND_FUTURE_WRITABLE,
                entry,
            )) => Ok((*entry).rep as *mut Waitable),
            Some(_) => Err(refused(zone, index, Trap::HandleWrongType)),
        }
    }
}

//! Ends come into a zone's handle tables and leave them; a zone ends.

use super::end::{self, End, Kind, Side};
use super::guest::find;
use super::meet::{self, idle_or};
use crate::context::Context;
use crate::handles::{Entry, Table};
use crate::task::ENDING;
use crate::waitable::Waitable;
use core::ptr;
use weldc_abi::{Trap, handle};

/// What this runtime does for ends in its zones.
static SIDE: Side = Side { notify };

/// The same while a zone ends.
static RETIRED: Side = Side { notify: notify_nobody };

unsafe extern "C" fn notify(end: &End) {
    // SAFETY: an end with this side is in a table of a zone of this runtime's.
    unsafe { Waitable::set_pending(end.waitable()) };
}

unsafe extern "C" fn notify_nobody(_end: &End) {}

/// The address that a slot has.
///
/// # Safety
/// The slot is in use and its tag is one of an end.
pub unsafe fn end_of(entry: *mut Entry) -> *mut End {
    // SAFETY: the caller's; `put` stored the address.
    ptr::with_exposed_provenance_mut(unsafe { (*entry).rep } as usize)
}

/// The tag of the writable end where the readable end's is this.
pub fn writable_tag(tag: u32) -> u32 {
    match Kind::of_tag(tag) {
        Some(kind) => {
            handle::tag(Kind { is_writable: true, ..kind }.handle_kind(), tag >> handle::KIND_BITS)
        }
        None => tag,
    }
}

/// Puts an end that nobody has into a table, unless there is no room.
///
/// # Safety
/// The zone lives and has this handle table; the end lives.
pub unsafe fn put(zone: Context, table: u32, ty: u32, end: *mut End) -> Result<u32, Trap> {
    // SAFETY: the caller's.
    unsafe {
        zone.record().ends.enter()?;
        zone.record().ending = Some(&ENDING);
        let tag = handle::tag((*end).kind.handle_kind(), ty);
        let rep = end.expose_provenance() as u64;
        let index = (*zone.at::<Table>(table)).add(rep, tag, ptr::null_mut());
        let Some(index) = index else {
            zone.record().ends.leave();
            return Err(Trap::HandleTableFull);
        };
        let end = &*end;
        end.set_owner(Some((zone, &SIDE)));
        (*end.waitable()).placed(zone, table, index);
        // That the peer has gone is told to whoever has the end now.
        if end.has_event() {
            Waitable::set_pending(end.waitable());
        }
        Ok(index)
    }
}

/// Takes an end, which is not copying, out of a table and out of its waitable set. Nobody has it.
///
/// # Safety
/// The zone lives; the slot of this table is in use and its tag is one of an end.
pub unsafe fn take_out(zone: Context, table: u32, index: u32) -> *mut End {
    // SAFETY: the caller's.
    unsafe {
        let table = &mut *zone.at::<Table>(table);
        let Some(entry) = table.slot(index) else { return ptr::null_mut() };
        let end = end_of(entry);
        table.release(index, entry);
        let waitable = (*end).waitable();
        Waitable::leave_set(waitable);
        (*waitable).removed();
        (*end).set_owner(None);
        zone.record().ends.leave();
        end
    }
}

/// An end is no more. The zone may use its memory again.
///
/// # Safety
/// The zone lives. The end has been disconnected and nobody has it.
pub unsafe fn discard(zone: Context, end: *mut End) {
    // SAFETY: the caller's.
    unsafe {
        if let Some(pair) = end::unmake(end) {
            zone.record().ends.keep(pair);
        }
    }
}

/// `(context, table, tag, index) -> *end`; an address below 256 is the trap instead: a readable end is lifted.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset; the tag is one of a readable end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_take(
    zone: Context,
    table: u32,
    tag: u32,
    index: u32,
) -> *mut End {
    // SAFETY: the caller's.
    let taken = unsafe { take(zone, table, tag, index) };
    taken.unwrap_or_else(|trap| ptr::without_provenance_mut(trap as usize))
}

/// # Safety
/// As [`weldc_rt_end_take`].
unsafe fn take(zone: Context, table: u32, tag: u32, index: u32) -> Result<*mut End, Trap> {
    // SAFETY: the caller's.
    unsafe {
        can_lift(find(zone, table, tag, index)?)?;
        if !zone.record().gifts.reserve_end() {
            return Err(Trap::OutOfMemory);
        }
        let end = take_out(zone, table, index);
        zone.record().gifts.add_end(end, super::weldc_rt_end_drop);
        Ok(end)
    }
}

fn can_lift(end: &End) -> Result<(), Trap> {
    let (busy, done, in_set) = if end.kind.is_future {
        (Trap::RemoveBusyFuture, Trap::LiftFutureRead, Trap::LiftFutureInSet)
    } else {
        (Trap::RemoveBusyStream, Trap::LiftStreamDropped, Trap::LiftStreamInSet)
    };
    idle_or(end, busy, done)?;
    // SAFETY: this runtime's zone has the end.
    if unsafe { (*end.waitable()).in_set() } { Err(in_set) } else { Ok(()) }
}

/// `(context, table, tag, *end) -> index`, 0 if the table is full: an end is lowered. What does not fit the tag, is
/// busy or is somebody's is not put in, either; the host alone could give that.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset; `end` is null or an end that the caller
/// has and does not use any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_add(
    zone: Context,
    table: u32,
    tag: u32,
    end: *mut End,
) -> u32 {
    // SAFETY: the caller's.
    unsafe {
        let Some(found) = end.as_ref() else { return 0 };
        let fits = Kind::of_tag(tag) == Some(found.kind) && found.side().is_none();
        if !fits || found.is_busy() {
            return 0;
        }
        zone.record().gifts.remove_end(end);
        match put(zone, table, tag >> handle::KIND_BITS, end) {
            Ok(index) => index,
            Err(_) => {
                let call = meet::disconnect(found);
                discard(zone, end);
                meet::make_calls([call]);
                0
            }
        }
    }
}

/// The zone of a table is about to end: nothing is copied to or from its ends any more, and it is told nothing. For
/// all tables before [`release`] of one.
///
/// # Safety
/// The zone lives, has this handle table, and will not run.
pub unsafe fn retire(zone: Context, table: u32) {
    // SAFETY: the caller's.
    unsafe { ends(zone, table).for_each(|end| (*end).retire(&RETIRED)) };
}

/// Frees the ends of a table; those who have their peers are told.
///
/// # Safety
/// As [`retire`]; the table's entries are not used any more.
pub unsafe fn release(zone: Context, table: u32) {
    // SAFETY: the caller's; what the host does meanwhile to its own ends leaves the table as it is.
    unsafe {
        for end in ends(zone, table) {
            let call = meet::disconnect(&*end);
            end::end(end);
            meet::make_calls([call]);
        }
    }
}

/// # Safety
/// The zone lives and has this handle table, which does not change meanwhile.
unsafe fn ends(zone: Context, table: u32) -> impl Iterator<Item = *mut End> {
    // SAFETY: the caller's.
    let table = unsafe { &*zone.at::<Table>(table) };
    (1..table.length()).filter_map(|index| {
        let entry = table.slot(index)?;
        // SAFETY: a slot of the array; a tag of an end comes with its address.
        unsafe { Kind::of_tag((*entry).tag).map(|_| end_of(entry)) }
    })
}

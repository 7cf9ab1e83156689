//! The built-ins. What a guest gives is checked here, in the specification's order; that the instance may call out has
//! been checked by the caller.

use super::border;
use super::elements::{Buffer, Transfer};
use super::end::{self, End, Kind};
use super::meet::{self, idle_or};
use crate::context::Context;
use crate::handles::{Table, refuse};
use crate::task::{outcome, status};
use crate::waitable::Waitable;
use core::mem::transmute;
use core::ptr;
use weldc_abi::artefact::Copy;
use weldc_abi::context::{instance, memory};
use weldc_abi::limits::MAX_COPY_COUNT;
use weldc_abi::task::{BLOCKED, copy};
use weldc_abi::{Trap, handle};

/// `(context, instance, element type, is future) -> readable | writable << 32`, or a trap's code (below 256).
///
/// # Safety
/// `context` is that of a living zone that has an instance's record at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_new(
    zone: Context,
    instance: u32,
    ty: u32,
    is_future: u32,
) -> u64 {
    // SAFETY: the caller's.
    unsafe { new(zone, table_of(instance), ty, is_future != 0) }.unwrap_or_else(|trap| trap as u64)
}

/// # Safety
/// As [`weldc_rt_copy_new`].
unsafe fn new(zone: Context, table: u32, ty: u32, is_future: bool) -> Result<u64, Trap> {
    // SAFETY: the caller's; the ends are new, and nobody has them yet.
    unsafe {
        let ends = &mut zone.record().ends;
        let [readable, writable] =
            end::make_pair(is_future, 0, ends.memory().ok_or(Trap::OutOfMemory)?);
        let first = border::put(zone, table, ty, readable).inspect_err(|_| {
            border::discard(zone, writable);
            border::discard(zone, readable);
        })?;
        // The zone ends if there is no room: what is in the table goes with that.
        let second = border::put(zone, table, ty, writable)
            .inspect_err(|_| border::discard(zone, writable))?;
        Ok(u64::from(first) | u64::from(second) << 32)
    }
}

/// `(context, copy, index, address, count) -> outcome`: `read` or `write`.
///
/// # Safety
/// `context` is that of a living zone that has an operation of this number; called by its code.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy(
    zone: Context,
    number: u32,
    index: u32,
    address: u64,
    count: u64,
) -> u64 {
    // SAFETY: the caller's.
    outcome(unsafe { copy(zone, number, index, address, count) })
}

/// # Safety
/// As [`weldc_rt_copy`].
unsafe fn copy(
    zone: Context,
    number: u32,
    index: u32,
    address: u64,
    count: u64,
) -> Result<u32, Trap> {
    // SAFETY: the caller's.
    unsafe {
        let copy = &*zone.record().copies.wrapping_add(number as usize);
        let kind = Kind {
            is_future: copy.flags & copy::FUTURE != 0,
            is_writable: copy.flags & copy::WRITE != 0,
        };
        let tag = handle::tag(kind.handle_kind(), copy.ty);
        let end = find(zone, table_of(copy.instance), tag, index)?;
        idle_or(end, Trap::CopyBusyStream, done_copying(kind))?;
        let is_async = copy.flags & copy::ASYNC != 0;
        if !is_async && (*end.waitable()).in_set() {
            return Err(Trap::SyncInSet);
        }
        let address = place(zone, copy, address, count)?;
        end.attach(address, buffer(zone, copy), count as u32);
        match meet::begin(end, zone)? {
            BLOCKED if !is_async => wait(end),
            result => Ok(result),
        }
    }
}

/// Why an end that is done cannot copy.
fn done_copying(kind: Kind) -> Trap {
    match (kind.is_future, kind.is_writable) {
        (false, false) => Trap::ReadStreamDropped,
        (false, true) => Trap::WriteStreamDropped,
        (true, false) => Trap::ReadFutureTwice,
        (true, true) => Trap::WriteFutureTwice,
    }
}

/// What an operation says of its buffer.
///
/// # Safety
/// The zone lives and has this operation.
#[inline(always)]
unsafe fn buffer(zone: Context, copy: &Copy) -> Buffer {
    let transfer = match copy.transfer {
        0 => None,
        // SAFETY: the caller's; the compiler made a function of this type there.
        offset => unsafe {
            let code = zone.record().artefact.text() + offset as usize;
            Some(transmute::<usize, Transfer>(code))
        },
    };
    Buffer {
        transfer,
        host: ptr::null_mut(),
        stride: copy.size,
        native_stride: copy.native_size,
        instance: copy.instance,
        may_meet_itself: copy.flags & copy::NUMBER != 0,
    }
}

/// Where a guest's elements are; null if there are none.
///
/// # Safety
/// The zone lives and has this operation.
#[inline(always)]
unsafe fn place(zone: Context, copy: &Copy, address: u64, count: u64) -> Result<*mut u8, Trap> {
    if count > MAX_COPY_COUNT {
        return Err(Trap::CopyTooLong);
    }
    if copy.size == 0 || count == 0 {
        return Ok(ptr::null_mut());
    }
    // A power of two.
    if address & (u64::from(copy.align) - 1) != 0 {
        return Err(Trap::PointerUnaligned);
    }
    // SAFETY: the compiler put the memory's record there.
    let (base, length) = unsafe {
        let base = zone.load::<*mut u8>(copy.memory + memory::BASE as u32);
        (base, zone.load::<u64>(copy.memory + memory::LENGTH as u32))
    };
    let end = address.checked_add(count * u64::from(copy.size));
    if end.is_none_or(|end| end > length) {
        return Err(Trap::PointerOutOfBounds);
    }
    Ok(base.wrapping_add(address as usize))
}

/// Blocks the thread until the end's operation is over; gives its result.
///
/// # Safety
/// Called by the zone's code; the end is in one of its tables, and in no waitable set.
unsafe fn wait(end: &End) -> Result<u32, Trap> {
    // SAFETY: the caller's. Nobody can take or drop an end that copies.
    unsafe { Waitable::wait(end.waitable())? };
    Ok(end.deliver())
}

/// `(context, instance, tag, index, async) -> outcome`: `cancel-read` or `cancel-write`. It never blocks: whoever has
/// the other end, the buffer is this end's.
///
/// # Safety
/// As [`weldc_rt_copy_new`]; the tag is one of an end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_cancel(
    zone: Context,
    instance: u32,
    tag: u32,
    index: u32,
    is_async: u32,
) -> u64 {
    // SAFETY: the caller's.
    outcome(unsafe { cancel(zone, table_of(instance), tag, index, is_async != 0) })
}

/// # Safety
/// As [`weldc_rt_copy_cancel`].
unsafe fn cancel(
    zone: Context,
    table: u32,
    tag: u32,
    index: u32,
    is_async: bool,
) -> Result<u32, Trap> {
    // SAFETY: the caller's.
    let (end, waitable) = unsafe {
        let end = find(zone, table, tag, index)?;
        (end, &*end.waitable())
    };
    if !end.is_busy() || waitable.has_sync_waiter() {
        return Err(Trap::CopyNotActive);
    }
    if !is_async && waitable.in_set() {
        return Err(Trap::SyncInSet);
    }
    Ok(end.cancel())
}

/// `(context, instance, tag, index) -> trap or 0`: `drop-readable` or `drop-writable`.
///
/// # Safety
/// As [`weldc_rt_copy_cancel`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_drop(
    zone: Context,
    instance: u32,
    tag: u32,
    index: u32,
) -> i32 {
    // SAFETY: the caller's.
    status(unsafe { drop_end(zone, table_of(instance), tag, index) })
}

/// # Safety
/// As [`weldc_rt_copy_drop`].
unsafe fn drop_end(zone: Context, table: u32, tag: u32, index: u32) -> Result<(), Trap> {
    // SAFETY: the caller's.
    unsafe {
        let end = find(zone, table, tag, index)?;
        let busy = match (end.kind.is_future, end.kind.is_writable) {
            (false, false) => Trap::RemoveBusyStream,
            (true, false) => Trap::RemoveBusyFuture,
            (false, true) => Trap::DropBusyStream,
            (true, true) => Trap::DropBusyFuture,
        };
        let owes_value = end.kind.is_future && end.kind.is_writable;
        match idle_or(end, busy, Trap::FutureNotWritten) {
            Err(trap) if trap == busy => return Err(busy),
            Ok(()) if owes_value => return Err(Trap::FutureNotWritten),
            _ => {}
        }
        let end = border::take_out(zone, table, index);
        let call = meet::disconnect(&*end);
        border::discard(zone, end);
        meet::make_calls([call]);
        Ok(())
    }
}

/// `(context, instance, tag of the readable end, readable, writable) -> trap or 0`
///
/// # Safety
/// As [`weldc_rt_copy_cancel`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_copy_forward(
    zone: Context,
    instance: u32,
    tag: u32,
    readable: u32,
    writable: u32,
) -> i32 {
    // SAFETY: the caller's.
    status(unsafe { forward(zone, table_of(instance), tag, [readable, writable]) })
}

/// # Safety
/// As [`weldc_rt_copy_forward`].
unsafe fn forward(zone: Context, table: u32, tag: u32, indices: [u32; 2]) -> Result<(), Trap> {
    let [readable, writable] = indices;
    // SAFETY: the caller's.
    unsafe {
        let ends = [find(zone, table, tag, readable)?, {
            if readable == writable {
                // It is not there any more.
                return Err(refused(zone, writable, Trap::UnknownHandle));
            }
            find(zone, table, border::writable_tag(tag), writable)?
        }];
        for end in ends {
            can_forward(end)?;
        }
        let ends = indices.map(|index| border::take_out(zone, table, index));
        let calls = meet::forward(&*ends[0], &*ends[1], zone);
        for end in ends {
            border::discard(zone, end);
        }
        meet::make_calls(calls?);
        Ok(())
    }
}

fn can_forward(end: &End) -> Result<(), Trap> {
    let (busy, done, in_set) = match (end.kind.is_future, end.kind.is_writable) {
        (false, false) => {
            (Trap::ForwardBusyStream, Trap::ForwardStreamWritableDropped, Trap::ForwardInSet)
        }
        (false, true) => {
            (Trap::ForwardBusyStream, Trap::ForwardStreamReadableDropped, Trap::ForwardInSet)
        }
        (true, false) => {
            (Trap::ForwardBusyFuture, Trap::ForwardFutureRead, Trap::ForwardFutureInSet)
        }
        (true, true) => {
            (Trap::ForwardBusyFuture, Trap::ForwardFutureWritten, Trap::ForwardFutureInSet)
        }
    };
    idle_or(end, busy, done)?;
    // SAFETY: this runtime's zone has the end.
    if unsafe { (*end.waitable()).in_set() } { Err(in_set) } else { Ok(()) }
}

/// The end with this tag at `index`.
///
/// # Safety
/// The zone lives and has this handle table; the tag is one of an end.
pub unsafe fn find<'a>(zone: Context, table: u32, tag: u32, index: u32) -> Result<&'a End, Trap> {
    // SAFETY: the caller's; the slots with such tags have ends, which live as long as they are there.
    unsafe {
        match (*zone.at::<Table>(table)).tagged(index, tag) {
            Ok(entry) => Ok(&*border::end_of(entry)),
            Err(trap) => Err(refused(zone, index, trap)),
        }
    }
}

/// # Safety
/// The zone lives.
#[cold]
unsafe fn refused(zone: Context, index: u32, trap: Trap) -> Trap {
    // SAFETY: the caller's.
    unsafe { refuse(zone, index, trap) };
    trap
}

/// The handle table of the instance whose record is at this offset.
fn table_of(instance: u32) -> u32 {
    instance + instance::HANDLES as u32
}

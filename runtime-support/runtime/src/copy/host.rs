//! Ends that are the host's.
//!
//! The host uses an end's address as a guest uses its handle. An operation that cannot end at once gives
//! [`PENDING`], and the host is called when it has. Misuse does no harm: an operation on an end that has one, of the
//! wrong direction, or on an end that a guest has, is not begun ([`Outcome::Cancelled`]).

use super::elements::Buffer;
use super::end::{self, End, Outcome, State};
use super::meet;
use crate::context::Context;
use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr;
use weldc_abi::Trap;
use weldc_abi::limits::MAX_COPY_COUNT;
use weldc_abi::task::{BLOCKED, PENDING, operation};

/// Whom to tell of an operation's end; see [`weldc_abi::task::operation`].
#[repr(C)]
pub struct Operation {
    pub done: unsafe extern "C" fn(*mut Operation, result: i32),
    pub data: *mut c_void,
}

const _: () = {
    assert!(offset_of!(Operation, done) == operation::DONE as usize);
    assert!(offset_of!(Operation, data) == operation::DATA as usize);
    assert!(size_of::<Operation>() == operation::SIZE as usize);
};

const _: () = assert!(BLOCKED as i32 == PENDING);

/// Nobody's zone: the host's.
const HOST: Context = Context(ptr::null_mut());

/// `(is future, size, alignment, ends) -> trap or 0`: a stream or future whose ends are the host's, the readable one
/// first. Size and alignment are those of an element in the host's layout; where elements may be aligned, their
/// buffers are.
///
/// # Safety
/// Two addresses can be written to `ends`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_new(
    is_future: u32,
    size: u64,
    _alignment: u64,
    ends: *mut [*const End; 2],
) -> i32 {
    let Some(memory) = end::fresh() else { return Trap::OutOfMemory as i32 };
    // SAFETY: fresh memory; the caller's.
    unsafe { ends.write(end::make_pair(is_future != 0, size, memory).map(|end| end.cast_const())) };
    0
}

/// `(end, buffer, count, op) -> result or PENDING`: reads into the host's memory. Of a future, one element.
///
/// # Safety
/// The host has this end; until the operation has ended, there is room for so many elements at `buffer`, and `op` is
/// not moved.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_read(
    end: &End,
    buffer: *mut u8,
    count: u64,
    op: *mut Operation,
) -> i32 {
    start(end, false, buffer, count, op)
}

/// `(end, buffer, count, op) -> result or PENDING`: writes from the host's memory. What is copied is the reader's.
///
/// # Safety
/// As [`weldc_rt_end_read`]; there are so many elements at `buffer`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_write(
    end: &End,
    buffer: *mut u8,
    count: u64,
    op: *mut Operation,
) -> i32 {
    start(end, true, buffer, count, op)
}

fn start(end: &End, is_write: bool, buffer: *mut u8, count: u64, op: *mut Operation) -> i32 {
    if end.kind.is_writable != is_write || end.side().is_some() || end.is_busy() {
        return Outcome::Cancelled as i32;
    }
    if end.state.get() == State::Done {
        return Outcome::Dropped as i32;
    }
    let count = if end.kind.is_future { 1 } else { count.min(MAX_COPY_COUNT) as u32 };
    end.attach(buffer, Buffer { host: op, ..Buffer::NONE }, count);
    match meet::begin(end, HOST) {
        // The same number if it has not ended.
        Ok(result) => result as i32,
        // Only between ends of one zone, which the host's is not.
        Err(_) => Outcome::Dropped as i32,
    }
}

/// `(end) -> result`: cancels the operation in progress; `done` is not called.
///
/// # Safety
/// The host has this end.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_cancel(end: &End) -> i32 {
    if end.side().is_some() || !end.is_busy() {
        return Outcome::Cancelled as i32;
    }
    end.cancel() as i32
}

/// `(end)`: drops an end; an operation in progress is cancelled. Null is ignored.
///
/// # Safety
/// `end` is null, or the host has this end and does not use it any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_end_drop(end: *const End) {
    // SAFETY: the caller's.
    let call = match unsafe { end.as_ref() } {
        Some(end) if end.side().is_none() => meet::disconnect(end),
        _ => return,
    };
    // SAFETY: disconnected, and the caller's.
    unsafe { end::end(end.cast_mut()) };
    meet::make_calls([call]);
}

//! Conversions for every processor. Those that take a destination's address ask for the room that
//! `weldc_abi::symbols` tells.

mod chunk;
pub mod latin1;
pub mod utf16;
pub mod utf8;

use core::slice;

/// # Safety
/// `length` units can be written at `start`, or `length` is 0; nothing else refers to them.
unsafe fn destination<'a, T>(start: *mut T, length: usize) -> &'a mut [T] {
    match length {
        0 => &mut [],
        // SAFETY: the caller's; aligned and not null since it is not empty.
        _ => unsafe { slice::from_raw_parts_mut(start, length) },
    }
}

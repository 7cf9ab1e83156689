//! Ends against a model: single rules (`rules`, `hosts`), all schedules up to a length (`explore`) and long random ones.

mod explore;
mod hosts;
mod model;
mod rules;
mod world;

use super::{End, weldc_rt_end_take};
use crate::alloc::weldc_rt_gifts_keep;
use crate::context::Context;
use core::sync::atomic::{AtomicUsize, Ordering};
use std::boxed::Box;
use std::sync::{Mutex, MutexGuard, PoisonError};
use weldc_abi::{Trap, context};

/// What tests do to ends; results are as [`weldc_abi::task`] has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Start {
        end: usize,
        count: u32,
    },
    Cancel {
        end: usize,
    },
    Drop {
        end: usize,
    },
    /// The event of an end is delivered to the guest that has it.
    Deliver {
        end: usize,
    },
    Forward {
        readable: usize,
        writable: usize,
    },
}

/// What an act gives: a result, 0 if it has none.
pub type Seen = Result<u32, Trap>;

/// One test at a time: they count what lives.
pub fn one_at_a_time() -> MutexGuard<'static, ()> {
    static LOCK: Mutex<()> = Mutex::new(());
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// An element that needs transfers in the host's layout.
#[repr(C)]
pub struct Native {
    pub value: *mut u32,
    pub check: u64,
}

/// Values of elements that trap when they are lifted, and when they are lowered.
pub const TRAPS_LIFTED: u32 = 0xdead;
pub const TRAPS_LOWERED: u32 = 0xbeef;

/// Native elements that somebody must free.
pub static BOXES: AtomicUsize = AtomicUsize::new(0);

impl Native {
    pub fn new(value: u32) -> Native {
        BOXES.fetch_add(1, Ordering::Relaxed);
        Native { value: Box::into_raw(Box::new(value)), check: !u64::from(value) }
    }

    /// Frees what it owns.
    ///
    /// # Safety
    /// `new` made it, and it is used no more.
    pub unsafe fn consume(self) -> u32 {
        // SAFETY: the caller's.
        let value = unsafe { *Box::from_raw(self.value) };
        assert_eq!(self.check, !u64::from(value));
        BOXES.fetch_sub(1, Ordering::Relaxed);
        value
    }
}

fn end_zone(zone: Context, trap: Trap) -> i32 {
    // SAFETY: a living zone.
    unsafe { zone.store(context::STATE as u32, trap as u32) };
    trap as i32
}

/// What the compiler would make to lift elements of 8 bytes, a number and its complement.
pub unsafe extern "C" fn lift(zone: Context, guest: *mut u8, count: u64, native: *mut u8) -> i32 {
    let (guest, native) = (guest.cast::<[u32; 2]>(), native.cast::<Native>());
    for number in 0..count as usize {
        // SAFETY: so many elements are there, and there is room for them.
        unsafe {
            let [value, check] = guest.add(number).read();
            assert_eq!(value, !check);
            if value == TRAPS_LIFTED {
                (0..number).for_each(|number| {
                    native.add(number).read().consume();
                });
                return end_zone(zone, Trap::InvalidChar);
            }
            native.add(number).write(Native::new(value));
        }
    }
    0
}

/// What the compiler would make to lower them.
pub unsafe extern "C" fn lower(zone: Context, guest: *mut u8, count: u64, native: *mut u8) -> i32 {
    let (guest, native) = (guest.cast::<[u32; 2]>(), native.cast::<Native>());
    let mut status = 0;
    for number in 0..count as usize {
        // SAFETY: so many elements are there, and there is room for them.
        unsafe {
            let value = native.add(number).read().consume();
            if value == TRAPS_LOWERED && status == 0 {
                status = end_zone(zone, Trap::ReallocOutOfBounds);
            }
            if status == 0 {
                guest.add(number).write([value, !value]);
            }
        }
    }
    status
}

/// Takes an end for somebody else than this zone: the host, or another zone.
///
/// # Safety
/// As [`weldc_rt_end_take`].
pub unsafe fn take_for_other(zone: Context, table: u32, tag: u32, index: u32) -> *mut End {
    // SAFETY: the caller's.
    unsafe {
        let end = weldc_rt_end_take(zone, table, tag, index);
        weldc_rt_gifts_keep(zone);
        end
    }
}

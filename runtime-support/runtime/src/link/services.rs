//! What a zone's runtime does for the zones that use it ([`weldc_abi::context::services`]).
//!
//! A zone that another one uses may be of another copy of this runtime. Nothing of its record is touched then: what has
//! to be done is done by functions of its own runtime, whose addresses are found here.

use crate::context::Context;
use crate::task::{weldc_rt_idle, weldc_rt_set_waker, weldc_rt_tick};
use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr::NonNull;
use weldc_abi::context::{self, services};

type End = unsafe extern "C" fn(Context);
type Wake = unsafe extern "C" fn(*mut c_void);

/// See the module's head. It lies in the zone's record.
#[repr(C)]
pub struct Services {
    pub orphan: Option<End>,
    pub tick: unsafe extern "C" fn(Context) -> i32,
    pub set_waker: unsafe extern "C" fn(Context, Option<Wake>, *mut c_void),
    pub idle: unsafe extern "C" fn(Context, i32) -> i32,
    providers: *const Context,
    provider_count: usize,
}

const _: () = {
    assert!(offset_of!(Services, orphan) == services::ORPHAN as usize);
    assert!(offset_of!(Services, tick) == services::TICK as usize);
    assert!(offset_of!(Services, set_waker) == services::SET_WAKER as usize);
    assert!(offset_of!(Services, idle) == services::IDLE as usize);
    assert!(offset_of!(Services, providers) == services::PROVIDERS as usize);
    assert!(offset_of!(Services, provider_count) == services::PROVIDER_COUNT as usize);
};

impl Services {
    /// Of a zone of this runtime, which uses no other one.
    pub const fn new() -> Services {
        Services {
            orphan: None,
            tick: weldc_rt_tick,
            set_waker: weldc_rt_set_waker,
            idle: weldc_rt_idle,
            providers: NonNull::dangling().as_ptr(),
            provider_count: 0,
        }
    }

    /// Of any zone.
    ///
    /// # Safety
    /// The context of a living zone, whose services nobody else refers to; the reference is not kept while code runs.
    pub unsafe fn of<'a>(zone: Context) -> &'a mut Services {
        // SAFETY: `zone::create` stored the address, in whichever copy of the runtime; the rest is the caller's.
        unsafe { &mut *zone.load::<*mut Services>(context::SERVICES as u32) }
    }

    /// The zones that it uses.
    pub fn set_providers(&mut self, providers: &[Context]) {
        (self.providers, self.provider_count) = (providers.as_ptr(), providers.len());
    }
}

/// The zones that a zone uses.
///
/// # Safety
/// The context of a living zone of any copy of the runtime, whose start has begun: they are the same from then on.
pub unsafe fn providers<'a>(zone: Context) -> &'a [Context] {
    // SAFETY: the caller's; the zone's links have the array as long as it lives.
    unsafe {
        let Services { providers, provider_count, .. } = *Services::of(zone);
        core::slice::from_raw_parts(providers, provider_count)
    }
}

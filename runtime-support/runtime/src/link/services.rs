//! What a zone's runtime does for the zones that use it ([`weldc_abi::context::services`]).
//!
//! A zone that another one uses may be of another copy of this runtime. Nothing of its record is touched then: what has
//! to be done is done by functions of its own runtime, whose addresses are found here.

use crate::context::Context;
use core::ffi::c_void;
use core::mem::offset_of;
use core::ptr::NonNull;
use weldc_abi::context::{self, services};

type End = unsafe extern "C" fn(Context);
pub type Wake = unsafe extern "C" fn(*mut c_void);

/// See the module's head. It lies in the zone's record.
#[derive(Clone, Copy)]
#[repr(C)]
pub struct Services {
    pub orphan: Option<End>,
    /// These two are there once the zone has tasks: a program without them is linked without their code.
    pub tick: Option<unsafe extern "C" fn(Context) -> i32>,
    pub idle: Option<unsafe extern "C" fn(Context, i32) -> i32>,
    waker: Option<Wake>,
    waker_argument: *mut c_void,
    providers: *const Context,
    provider_count: usize,
}

const _: () = {
    assert!(offset_of!(Services, orphan) == services::ORPHAN as usize);
    assert!(offset_of!(Services, tick) == services::TICK as usize);
    assert!(offset_of!(Services, idle) == services::IDLE as usize);
    assert!(offset_of!(Services, waker) == services::WAKER as usize);
    assert!(offset_of!(Services, waker_argument) == services::WAKER_ARGUMENT as usize);
    assert!(offset_of!(Services, providers) == services::PROVIDERS as usize);
    assert!(offset_of!(Services, provider_count) == services::PROVIDER_COUNT as usize);
};

impl Services {
    /// Of a zone of this runtime, which uses no other one.
    pub const fn new() -> Services {
        Services {
            orphan: None,
            tick: None,
            idle: None,
            waker: None,
            waker_argument: core::ptr::null_mut(),
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

    /// Something has become ready.
    pub fn wake(&self) {
        if let Some(waker) = self.waker {
            // SAFETY: the host gave the function with the argument.
            unsafe { waker(self.waker_argument) }
        }
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

/// What is called when something becomes ready in the zone or in those that it uses.
///
/// # Safety
/// As [`providers`]; the function can be called with the argument as long as the zone lives.
pub unsafe fn set_waker(zone: Context, waker: Option<Wake>, argument: *mut c_void) {
    // SAFETY: the caller's; providers live as long.
    unsafe {
        let services = Services::of(zone);
        (services.waker, services.waker_argument) = (waker, argument);
        providers(zone).iter().for_each(|&provider| set_waker(provider, waker, argument));
    }
}

/// The zones that a zone uses, by way of others, too, until `each` says that it is enough; gives whether it has.
/// Those that one with tasks uses are left to that one.
///
/// # Safety
/// As [`providers`].
pub unsafe fn any_provider(
    zone: Context,
    each: &mut dyn FnMut(Context, &Services) -> bool,
) -> bool {
    // SAFETY: the caller's; providers live as long. `each` gets a copy of what may change meanwhile.
    unsafe {
        providers(zone).iter().any(|&provider| {
            let services = *Services::of(provider);
            match services.tick {
                Some(_) => each(provider, &services),
                None => any_provider(provider, each),
            }
        })
    }
}

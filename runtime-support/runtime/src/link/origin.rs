//! Where resource types come from: what makes two of them the same.

use super::border::Border;
use super::fill;
use super::release::{Drop, Links, Release};
use crate::artefact::Loaded;
use crate::context::Context;
use core::ffi::c_void;
use core::mem::transmute;
use weldc_abi::context;
use weldc_abi::linkage::NO_SLOT;

/// Which resource type it is: the zone that defines it, or that has it from the host, and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub zone: Context,
    pub resource: u32,
}

impl Origin {
    /// Of a resource type of a zone's.
    ///
    /// # Safety
    /// The context is that of a living zone with this border.
    pub unsafe fn of(zone: Context, border: Border, resource: u32) -> Origin {
        let at = border.resource(resource).map_or(0, |found| found.origin);
        if at != 0 {
            // SAFETY: the caller's; the compiler made room for the words there.
            unsafe {
                let origin: Context = zone.load(at + context::origin::ZONE as u32);
                let number: u64 = zone.load(at + context::origin::RESOURCE as u32);
                if !origin.0.is_null() {
                    return Origin { zone: origin, resource: number as u32 };
                }
            }
        }
        Origin { zone, resource }
    }

    /// Notes that a resource type of a zone's comes from here.
    ///
    /// # Safety
    /// The context is that of a zone being made, and has room for the words at `at`.
    pub unsafe fn store(self, zone: Context, at: u32) {
        // SAFETY: the caller's.
        unsafe {
            zone.store(at + context::origin::ZONE as u32, self.zone);
            zone.store(at + context::origin::RESOURCE as u32, u64::from(self.resource));
        }
    }

    /// Whether two resource types are the same: defined by the same zone, or the host's and the same to it.
    ///
    /// # Safety
    /// Both are of living zones.
    pub unsafe fn is(self, other: Origin) -> bool {
        // SAFETY: the caller's.
        self == other
            || matches!(unsafe { (self.of_host(), other.of_host()) },
                (Some(one), Some(other)) if one == other)
    }

    /// What the host has it as, if it is the host's.
    ///
    /// # Safety
    /// It is of a living zone.
    unsafe fn of_host<'a>(self) -> Option<OfHost<'a>> {
        // SAFETY: the caller's.
        let border = unsafe { Border::of(self.zone) }?;
        let resource = border.resource(self.resource)?;
        let name = border.artefact.name_of(resource);
        if resource.slot != NO_SLOT {
            // SAFETY: the caller's.
            let (code, receiver) = unsafe { fill::get(self.zone, border.artefact, resource.slot) };
            return Some(OfHost { name, code, receiver });
        }
        // What does not come through the table is WASI's, or known by a symbol to this zone alone.
        // SAFETY: a field of every context.
        let receiver: *mut c_void = unsafe { self.zone.load(context::WASI as u32) };
        let is_hosts = Loaded::host_destructor(resource).is_some() && !receiver.is_null();
        is_hosts.then_some(OfHost { name, code: core::ptr::null(), receiver })
    }

    /// Code and receiver of what drops it for another zone, which is to own some of it.
    ///
    /// # Safety
    /// It is of a living zone.
    pub unsafe fn destructor(
        self,
        consumer: Context,
        links: &mut Links,
    ) -> (*const c_void, *mut c_void) {
        let nothing = (fill::nothing as *const c_void, core::ptr::null_mut());
        // SAFETY: the caller's.
        let Some(border) = (unsafe { Border::of(self.zone) }) else { return nothing };
        let Some(resource) = border.resource(self.resource) else { return nothing };
        if let Some(release) = Loaded::release(resource) {
            // SAFETY: the compiler made a function of this type there.
            let release = unsafe { transmute::<usize, Release>(release) };
            return links.drop_words(Drop { consumer, provider: self.zone, release });
        }
        if resource.slot != NO_SLOT {
            // SAFETY: the caller's.
            return unsafe { fill::get(self.zone, border.artefact, resource.slot) };
        }
        match Loaded::host_destructor(resource) {
            Some(code) => (code as *const c_void, self.zone.0.cast()),
            None => nothing,
        }
    }
}

/// A resource type of the host's is known by its name and by what drops it.
#[derive(PartialEq, Eq)]
struct OfHost<'a> {
    name: &'a [u8],
    code: *const c_void,
    receiver: *mut c_void,
}

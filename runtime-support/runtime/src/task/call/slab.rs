//! Records come from slabs, and go back to a list.

use super::super::host::host_done;
use super::super::scheduler::Scheduler;
use super::Call;
use crate::context::Context;
use core::alloc::Layout;
use core::mem::offset_of;
use rust_alloc::alloc::{alloc_zeroed, dealloc};
use rust_alloc::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::artefact::Edge;
use weldc_abi::limits::MAX_TASKS;

/// Records of a slab.
const SLAB: usize = 32;

/// Several records in one allocation.
pub struct Slab {
    pub next: *mut Slab,
    /// Records of a zone that has gone which the host has not done with.
    orphans: u32,
    is_zone_gone: bool,
    calls: [Call; SLAB],
}

impl Slab {
    /// The slab that a record is in.
    ///
    /// # Safety
    /// A record of a slab.
    unsafe fn of(call: *mut Call) -> *mut Slab {
        // SAFETY: the caller's.
        let slot = unsafe { (*call).slot } as usize;
        let first = call.wrapping_sub(slot);
        first.wrapping_byte_sub(offset_of!(Slab, calls)).cast()
    }
}

impl Scheduler {
    /// A record in use, of which nothing but what every call has is known.
    #[inline]
    pub fn new_call(
        &mut self,
        zone: Context,
        edge: *const Edge,
        args: *mut u64,
    ) -> Result<*mut Call, Trap> {
        if self.free.is_null() {
            self.add_slab()?;
        }
        let call = self.free;
        // SAFETY: the record is free, and initialised.
        unsafe {
            self.free = (*call).next;
            (*call).begin(zone, edge, args);
        }
        Ok(call)
    }

    #[cold]
    fn add_slab(&mut self) -> Result<(), Trap> {
        if self.slab_count * SLAB as u32 >= MAX_TASKS {
            return Err(Trap::TooManyTasks);
        }
        // SAFETY: the size is not 0.
        let slab = unsafe { alloc_zeroed(Layout::new::<Slab>()) }.cast::<Slab>();
        if slab.is_null() {
            return Err(Trap::OutOfMemory);
        }
        // SAFETY: just allocated; every field is written before it is read, and a record that is not live has an
        // empty list of loans.
        unsafe {
            (*slab).next = self.slabs;
            self.slabs = slab;
            self.slab_count += 1;
            for slot in (0..SLAB).rev() {
                let call = (&raw mut (*slab).calls).cast::<Call>().add(slot);
                (&raw mut (*call).lends).write(Vec::new());
                (*call).completion.done = Some(host_done);
                (*call).completion.caller = call.cast();
                (*call).slot = slot as u8;
                (*call).next = self.free;
                self.free = call;
            }
        }
        Ok(())
    }

    /// The callee is done with the record.
    ///
    /// # Safety
    /// A record in use of this zone.
    pub unsafe fn callee_done(&mut self, call: *mut Call) {
        // SAFETY: the caller's.
        unsafe {
            (*call).is_callee_done = true;
            if (*call).is_caller_done {
                self.free_call(call);
            }
        }
    }

    /// The caller is done with the record.
    ///
    /// # Safety
    /// As [`Scheduler::callee_done`].
    pub unsafe fn caller_done(&mut self, call: *mut Call) {
        // SAFETY: the caller's.
        unsafe {
            (*call).is_caller_done = true;
            if (*call).is_callee_done {
                self.free_call(call);
            }
        }
    }

    /// # Safety
    /// A record in use of this zone, which nothing refers to.
    pub unsafe fn free_call(&mut self, call: *mut Call) {
        // SAFETY: the caller's.
        unsafe {
            (*call).end();
            (*call).is_live = false;
            if !self.keep_spare(call) {
                (*call).next = self.free;
                self.free = call;
            }
        }
    }

    /// Leaves a free record to generated code if the edge of its last call has none.
    unsafe fn keep_spare(&self, call: *mut Call) -> bool {
        // SAFETY: the caller's: a free record, whose edge is one of the artefact's.
        unsafe {
            let Call { zone, edge, .. } = *call;
            let Edge { spare, .. } = *edge;
            if spare == 0 || !zone.load::<*mut Call>(spare).is_null() {
                return false;
            }
            let has_begun = (*call).begin_spare(zone, edge, self.text);
            if has_begun {
                zone.store(spare, call);
            }
            has_begun
        }
    }

    /// How many records are in use.
    ///
    /// # Safety
    /// The zone's slabs live.
    pub unsafe fn count_calls(&self) -> u32 {
        let mut count = 0;
        // SAFETY: the caller's.
        unsafe { self.each_call(|_| count += 1) };
        count
    }

    /// Every record in use.
    ///
    /// # Safety
    /// `each` frees no other record than the one that it is given.
    pub unsafe fn each_call(&self, mut each: impl FnMut(*mut Call)) {
        let mut slab = self.slabs;
        while !slab.is_null() {
            // SAFETY: the zone's slabs live as long as it does.
            unsafe {
                for slot in 0..SLAB {
                    let call = (&raw mut (*slab).calls).cast::<Call>().add(slot);
                    if (*call).is_live {
                        each(call);
                    }
                }
                slab = (*slab).next;
            }
        }
    }

    /// Frees the slabs, but those with records that the host still has the address of.
    ///
    /// # Safety
    /// All records in use are orphans.
    pub unsafe fn release_slabs(&mut self) {
        while !self.slabs.is_null() {
            let slab = self.slabs;
            // SAFETY: the zone's slabs live as long as it does.
            unsafe {
                self.slabs = (*slab).next;
                (*slab).is_zone_gone = true;
                let live = |slot: &usize| (*slab).calls[*slot].is_live;
                (*slab).orphans = (0..SLAB).filter(live).count() as u32;
                if (*slab).orphans == 0 {
                    release_slab(slab);
                }
            }
        }
    }
}

/// # Safety
/// Nothing refers to the slab.
unsafe fn release_slab(slab: *mut Slab) {
    // SAFETY: the caller's; it was allocated so.
    unsafe {
        for call in &mut (*slab).calls {
            call.end();
            drop(core::mem::take(&mut call.lends));
        }
        dealloc(slab.cast(), Layout::new::<Slab>());
    }
}

/// The host is done with a function whose caller's zone has stopped or gone.
///
/// # Safety
/// An orphan, which the host does not name again.
pub unsafe fn end_orphan(call: *mut Call) {
    // SAFETY: the caller's. The artefact may have been unloaded with the zone: its edges are not looked at.
    unsafe {
        (*call).end();
        (*call).is_live = false;
        let slab = Slab::of(call);
        if (*slab).is_zone_gone {
            (*slab).orphans -= 1;
            if (*slab).orphans == 0 {
                release_slab(slab);
            }
        }
    }
}

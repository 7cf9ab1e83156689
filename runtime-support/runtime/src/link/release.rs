//! What a zone has of others: they stay until it has gone, and get back what it owned of theirs.

use super::Services;
use crate::context::Context;
use core::ffi::c_void;
use rust_alloc::boxed::Box;
use rust_alloc::vec::Vec;
use weldc_abi::{Trap, context};

/// The other zones that a zone uses.
pub struct Links {
    providers: Vec<Context>,
    /// What the words of destructors of their resources refer to.
    #[expect(clippy::vec_box, reason = "their addresses are given away")]
    drops: Vec<Box<Drop>>,
}

/// `extern "C" (context, handle) -> status` of another zone's program.
pub type Release = extern "C" fn(Context, u64) -> i32;

/// What is needed to drop a handle to another zone's resource.
pub struct Drop {
    pub consumer: Context,
    pub provider: Context,
    pub release: Release,
}

impl Links {
    pub const fn new() -> Links {
        Links { providers: Vec::new(), drops: Vec::new() }
    }

    /// The zones that it uses itself.
    pub fn providers(&self) -> &[Context] {
        &self.providers
    }

    /// Code and receiver for the destructor of another zone's resource.
    pub fn drop_words(&mut self, drop: Drop) -> (*const c_void, *mut c_void) {
        let drop = Box::new(drop);
        let receiver = (&raw const *drop).cast_mut().cast();
        self.drops.push(drop);
        (drop_linked as *const c_void, receiver)
    }

    /// Counts a use of another zone, which lasts until [`Links::end`].
    ///
    /// # Safety
    /// The context is that of a living zone that runs in this thread, if anywhere.
    pub unsafe fn hold(&mut self, provider: Context) {
        if !self.providers.contains(&provider) {
            self.providers.push(provider);
            // SAFETY: the caller's.
            unsafe { add_users(provider, 1) };
        }
    }

    /// Ends the uses of other zones, and with the last one those that their owners wanted to end before.
    ///
    /// # Safety
    /// The zone that had the links is not used any more.
    pub unsafe fn end(self) {
        for provider in self.providers {
            // SAFETY: `hold` saw to it that the zone is still there.
            unsafe {
                let end = Services::of(provider).orphan;
                if add_users(provider, -1) == 0
                    && let Some(end) = end
                {
                    end(provider);
                }
            }
        }
    }
}

/// # Safety
/// The context is that of a living zone.
unsafe fn add_users(zone: Context, change: i32) -> u32 {
    // SAFETY: the caller's.
    unsafe {
        let users = zone.load::<u32>(context::USERS as u32).wrapping_add_signed(change);
        zone.store(context::USERS as u32, users);
        users
    }
}

/// Whether other zones use this one. Then the last of them ends it, by this function.
///
/// # Safety
/// The context is that of a living zone, whose owner does not use it any more.
pub unsafe fn leave_to_users(zone: Context, end: unsafe extern "C" fn(Context)) -> bool {
    // SAFETY: the caller's.
    unsafe {
        let used = zone.load::<u32>(context::USERS as u32) != 0;
        if used {
            Services::of(zone).orphan = Some(end);
        }
        used
    }
}

/// Drops a handle that the zone had to another zone's resource. If that traps, the zone ends, too, as soon as its
/// code goes on.
///
/// # Safety
/// Called by generated code or by the end of a zone, with the receiver of [`Links::drop_words`].
unsafe extern "C" fn drop_linked(drop: *const Drop, handle: u64) {
    // SAFETY: the zone's links have it, and the other zone is held.
    unsafe {
        let Drop { consumer, provider, release } = *drop;
        let status = release(provider, handle);
        if status != 0 && consumer.state() == 0 {
            consumer.store(context::STATE as u32, Trap::from_status(status as u32) as u32);
        }
    }
}

//! Typed access to a zone's context block, at the offsets of `weldc_abi::context` and of the artefact.

use crate::zone::Record;
use weldc_abi::context;

/// The address of a zone's context, as generated code passes it: its first parameter everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(transparent)]
pub struct Context(pub *mut u8);

impl Context {
    /// The address of the field at `offset`.
    pub(crate) fn at<T>(self, offset: u32) -> *mut T {
        self.0.wrapping_add(offset as usize).cast()
    }

    /// # Safety
    /// This is the context of a living zone, and a `T` is at `offset` in it.
    pub(crate) unsafe fn load<T: Copy>(self, offset: u32) -> T {
        // SAFETY: the caller's; every field is aligned, as the block is.
        unsafe { self.at::<T>(offset).read() }
    }

    /// # Safety
    /// As [`Context::load`].
    pub(crate) unsafe fn store<T: Copy>(self, offset: u32, value: T) {
        // SAFETY: the caller's.
        unsafe { self.at::<T>(offset).write(value) }
    }

    /// The runtime's record of the zone.
    ///
    /// # Safety
    /// This is the context of a living zone; no other reference to its record is in use. A zone runs in one
    /// thread at a time, so it suffices that no function of the runtime keeps the reference while generated
    /// code runs.
    pub(crate) unsafe fn record<'a>(self) -> &'a mut Record {
        // SAFETY: `zone::create` stored the address; the rest is the caller's.
        unsafe { &mut *self.load::<*mut Record>(context::ZONE as u32) }
    }

    /// Why the zone stopped: 0 or a trap's code.
    ///
    /// # Safety
    /// As [`Context::load`].
    pub(crate) unsafe fn state(self) -> u32 {
        // SAFETY: a field of every context.
        unsafe { self.load(context::STATE as u32) }
    }
}

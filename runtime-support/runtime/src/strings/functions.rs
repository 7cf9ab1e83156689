//! Which implementation this processor runs.

use super::{scalar, vector};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering};

/// Bytes, or units, read and written.
pub type ReadAndWritten = (usize, usize);

/// An implementation of every conversion. Sources have at least [`super::SHORT`] units. Sources and destinations do not overlap, except that those of `narrow`
/// and `latin1_to_utf16`, which are addresses, may be equal. Destinations have the room that the function
/// `weldc_rt_…` of the name asks for.
pub struct Functions {
    /// Whether it is valid.
    pub validate_utf8: unsafe fn(&[u8]) -> bool,
    /// Whether it was valid.
    pub copy_utf8: unsafe fn(&[u8], *mut u8) -> bool,
    pub copy_utf16: unsafe fn(&[u16], *mut u16) -> bool,
    /// Units written, if it was valid.
    pub utf8_to_utf16: unsafe fn(&[u8], *mut u16) -> Option<usize>,
    /// Units read and written, if it was valid up to, and at, the place where it ends.
    pub utf8_to_latin1: unsafe fn(&[u8], *mut u8) -> Option<ReadAndWritten>,
    pub utf16_to_utf8: unsafe fn(&[u16], *mut u8) -> Option<usize>,
    /// Copies the low bytes of units until one is above a limit, which is one less than a power of two; how many.
    pub narrow: unsafe fn(*const u16, usize, *mut u8, u16) -> usize,
    pub latin1_to_ascii: unsafe fn(&[u8], *mut u8) -> usize,
    pub latin1_to_utf8: unsafe fn(&[u8], *mut u8) -> usize,
    pub latin1_to_utf16: unsafe fn(*const u8, usize, *mut u16),
}

/// For every processor of this architecture.
pub static PORTABLE: Functions = Functions {
    validate_utf8: |source| scalar::utf8::is_valid(source),
    copy_utf8: scalar::utf8::copy,
    copy_utf16: scalar::utf16::copy,
    utf8_to_utf16: scalar::utf8::to_utf16,
    utf8_to_latin1: scalar::utf8::to_latin1,
    utf16_to_utf8: scalar::utf16::to_utf8,
    narrow: scalar::utf16::narrow,
    latin1_to_ascii: scalar::latin1::to_ascii,
    latin1_to_utf8: scalar::latin1::to_utf8,
    latin1_to_utf16: scalar::latin1::to_utf16,
};

/// The best one for this processor. (Found once. Several threads may do that at the same time; all find the same.)
#[inline]
pub fn functions() -> &'static Functions {
    static CHOSEN: AtomicPtr<Functions> = AtomicPtr::new(null_mut());
    // SAFETY: null, or the address of a static.
    match unsafe { CHOSEN.load(Ordering::Relaxed).as_ref() } {
        Some(chosen) => chosen,
        None => {
            let best = best();
            CHOSEN.store(core::ptr::from_ref(best).cast_mut(), Ordering::Relaxed);
            best
        }
    }
}

#[cold]
fn best() -> &'static Functions {
    vector::available().next().unwrap_or(&PORTABLE)
}

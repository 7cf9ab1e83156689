//! Error contexts: immutable messages that references to are counted (`weldc_abi::error_context`).
//!
//! An object belongs to no zone. Its memory comes from the C library, so that runtimes that are linked
//! separately can hand references to each other; the count is atomic, since they may be on different threads.

use crate::alloc::{weldc_rt_alloc, weldc_rt_free};
use crate::context::Context;
use crate::strings::weldc_rt_validate_utf8;
use core::mem::{forget, offset_of};
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicU64, Ordering, fence};
use weldc_abi::error_context as abi;

/// The head of an object; the message follows.
#[repr(C)]
pub struct Object {
    references: AtomicU64,
    length: u64,
}

const _: () = {
    assert!(offset_of!(Object, references) == abi::REFERENCES as usize);
    assert!(offset_of!(Object, length) == abi::LENGTH as usize);
    assert!(size_of::<Object>() == abi::MESSAGE as usize);
};

/// A reference that goes with this value.
pub struct ErrorContext(NonNull<Object>);

impl ErrorContext {
    /// A new object with a copy of `message`, which is UTF-8; `None` if there is no memory.
    pub fn new(message: &[u8]) -> Option<ErrorContext> {
        let size = size_of::<Object>().checked_add(message.len())?;
        let object = weldc_rt_alloc(size as u64, align_of::<Object>() as u64).cast::<Object>();
        let object = NonNull::new(object)?;
        // SAFETY: there is room for the head and, behind it, for the message.
        unsafe {
            object.write(Object { references: AtomicU64::new(1), length: message.len() as u64 });
            let text = object.add(1).cast::<u8>();
            ptr::copy_nonoverlapping(message.as_ptr(), text.as_ptr(), message.len());
        }
        Some(ErrorContext(object))
    }

    /// One more reference to an object that there is one to.
    ///
    /// # Safety
    /// Somebody has a reference to this object.
    pub unsafe fn retain(object: NonNull<Object>) -> ErrorContext {
        // SAFETY: the caller's. Whoever retains has a reference, so nothing need be ordered.
        unsafe { object.as_ref() }.references.fetch_add(1, Ordering::Relaxed);
        ErrorContext(object)
    }

    /// The reference that [`ErrorContext::into_raw`] gave.
    ///
    /// # Safety
    /// That reference is not used any more.
    pub unsafe fn from_raw(object: NonNull<Object>) -> ErrorContext {
        ErrorContext(object)
    }

    /// The object's address, which stands for the reference from now on.
    pub fn into_raw(self) -> NonNull<Object> {
        let object = self.0;
        forget(self);
        object
    }
}

impl Drop for ErrorContext {
    fn drop(&mut self) {
        // SAFETY: this reference is one to a living object.
        let references = unsafe { &self.0.as_ref().references };
        if references.fetch_sub(1, Ordering::Release) == 1 {
            // What others have done with it happens before its end.
            fence(Ordering::Acquire);
            // SAFETY: nobody else has a reference, and `new` got the memory there.
            unsafe { weldc_rt_free(self.0.as_ptr().cast()) };
        }
    }
}

/// `(context, *error_context) -> 1`, 0 if there is no memory: one more reference, part of an export's result.
/// The zone has it until `weldc_rt_gifts_keep`.
///
/// # Safety
/// `context` is that of a living zone; somebody has a reference to the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_give(
    zone: Context,
    object: NonNull<Object>,
) -> u32 {
    // SAFETY: the caller's.
    let given = unsafe { &mut zone.record().gifts.contexts };
    if given.try_reserve(1).is_err() {
        return 0;
    }
    // SAFETY: the caller's.
    given.push(unsafe { ErrorContext::retain(object) });
    1
}

/// `(message, bytes) -> *error_context`; null if the message is not UTF-8 or there is no memory.
///
/// # Safety
/// The message is readable for so many bytes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_make(
    message: *const u8,
    bytes: u64,
) -> *mut Object {
    // SAFETY: the caller's.
    if unsafe { weldc_rt_validate_utf8(message, bytes) } == 0 {
        return ptr::null_mut();
    }
    // SAFETY: the caller's.
    let message = unsafe { crate::strings::source(message, bytes) };
    ErrorContext::new(message).map_or(ptr::null_mut(), |context| context.into_raw().as_ptr())
}

/// `(*error_context)`: one more reference.
///
/// # Safety
/// Somebody has a reference to the object.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_retain(object: NonNull<Object>) {
    // SAFETY: the caller's.
    forget(unsafe { ErrorContext::retain(object) });
}

/// `(*error_context)`: a reference goes; null is ignored.
///
/// # Safety
/// The caller has a reference to the object, and does not use it any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_error_context_release(object: *mut Object) {
    if let Some(object) = NonNull::new(object) {
        // SAFETY: the caller's.
        drop(unsafe { ErrorContext::from_raw(object) });
    }
}

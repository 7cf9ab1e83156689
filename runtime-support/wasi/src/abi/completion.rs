//! How the caller of an asynchronous function learns of its end.

use crate::state::Wasi;
use std::ffi::c_void;
use std::mem::offset_of;
use std::ptr::NonNull;
use weldc_abi::task::{self, completion};

/// `struct weldc_completion`. The caller keeps it where it is until `done` has been called.
#[repr(C)]
pub struct Completion {
    done: unsafe extern "C" fn(*mut Completion, i32),
    caller: *mut c_void,
    cancel: Option<unsafe extern "C" fn(*mut Completion)>,
    callee: *mut c_void,
}

const _: () = assert!(
    offset_of!(Completion, done) == completion::DONE as usize
        && offset_of!(Completion, caller) == completion::CALLER as usize
        && offset_of!(Completion, cancel) == completion::CANCEL as usize
        && offset_of!(Completion, callee) == completion::CALLEE as usize
        && size_of::<Completion>() == completion::SIZE as usize
);

/// What a function that may be waited for has come to when it returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Begun {
    Done,
    /// Its [`Waiter`] was kept and is told.
    Pending,
}

/// The caller of a function that has no result: told once, or never if the function is done when it returns.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Waiter(NonNull<Completion>);

impl Waiter {
    /// # Safety
    /// `completion` is valid until `done` has been called, if it is not null; `wasi` is the receiver.
    pub(super) unsafe fn new(completion: *mut Completion, wasi: *mut c_void) -> Option<Waiter> {
        let completion = NonNull::new(completion)?;
        // SAFETY: as the caller promises.
        unsafe {
            (*completion.as_ptr()).cancel = Some(cancel);
            (*completion.as_ptr()).callee = wasi;
        }
        Some(Waiter(completion))
    }

    /// It is done.
    pub(crate) fn tell(self) {
        self.end(0);
    }

    fn end(self, status: i32) {
        let completion = self.0.as_ptr();
        // SAFETY: it is valid until this call, which is made once: the waiter is used up.
        unsafe { ((*completion).done)(completion, status) };
    }
}

/// `cancel`: nobody waits any more.
unsafe extern "C" fn cancel(completion: *mut Completion) {
    let Some(of) = NonNull::new(completion) else { return };
    // SAFETY: the caller passes a completion that `done` has not been called for, so the receiver lives; no
    // function of it runs, since those do not call out before they are done with their state.
    let waiter = unsafe {
        let wasi = (*of.as_ptr()).callee.cast::<Wasi>().as_mut();
        wasi.and_then(|wasi| wasi.waiting.remove_timer(&Waiter(of)))
    };
    if let Some(waiter) = waiter {
        waiter.end(task::CANCELLED);
    }
}

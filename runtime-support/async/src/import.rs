//! Asynchronous imports by futures.

use crate::driver::Driver;
use crate::library::Completion;
use crate::native::Native;
use core::cell::{Cell, RefCell};
use core::ffi::c_void;
use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};
use parking_lot::ReentrantMutex;
use std::sync::Arc;
use weldc_abi::Trap;
use weldc_abi::task::{CANCELLED, PENDING};

/// Why a function of the host's has no result: the instance that called it ends. What another instance's export ended
/// with can be handed on ([`crate::Ended`]); anything else is a failure of the host's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failed(pub Trap);

impl From<crate::Ended> for Failed {
    fn from(ended: crate::Ended) -> Failed {
        match ended {
            crate::Ended::Trapped(trap) => Failed(trap),
            crate::Ended::Cancelled => Failed(Trap::HostFailed),
        }
    }
}

type Work<T> = Pin<Box<dyn Future<Output = Result<T, Failed>> + Send>>;

/// A function of the host's that a zone waits for.
struct Import<T> {
    /// Used under the driver's lock, as everything here.
    state: ReentrantMutex<State<T>>,
}

struct State<T> {
    /// None once it has ended; borrowed while it is polled.
    work: RefCell<Option<Work<T>>>,
    result: *mut T,
    completion: *mut Completion,
    /// It was cancelled while it was polled.
    cancelled: Cell<bool>,
    /// Has the driver poll it once more.
    waker: Cell<Option<Waker>>,
}

// SAFETY: the addresses are the zone's, and used under the driver's lock only; the future and its result can be sent.
unsafe impl<T: Send> Send for State<T> {}

impl Driver {
    /// Implements an asynchronous import, within its function: `future` gives the result. It is polled at once, and, if
    /// it is not ready, whenever the driver runs; it is dropped when the call is cancelled. The parameters of the
    /// import are gone then: the future has copies of what it needs. What is known at once needs no future, and no
    /// memory for one: the function writes its result and returns 0.
    ///
    /// # Safety
    /// The room for the result and the completion are those that the function was given, and the value is what it
    /// returns. `T` has the layout of the function's result.
    pub unsafe fn import<T, F>(&self, result: *mut T, completion: *mut Completion, future: F) -> i32
    where
        T: Native,
        F: Future<Output = Result<T, Failed>> + Send + 'static,
    {
        let mut work: Work<T> = Box::pin(future);
        // Whatever it registers wakes nobody: it is polled again from the driver's own set.
        let mut cx = Context::from_waker(Waker::noop());
        match work.as_mut().poll(&mut cx) {
            Poll::Ready(Ok(value)) => {
                // SAFETY: the caller's: there is room for it.
                unsafe { result.write(value) };
                0
            }
            Poll::Ready(Err(Failed(trap))) => trap as i32,
            Poll::Pending => {
                let state = State {
                    work: RefCell::new(Some(work)),
                    result,
                    completion,
                    cancelled: Cell::new(false),
                    waker: Cell::new(None),
                };
                let import = Arc::new(Import { state: ReentrantMutex::new(state) });
                // SAFETY: the caller's: the completion of this call. It has a reference until it ends.
                unsafe {
                    (*completion).cancel = Some(cancel::<T>);
                    (*completion).callee = Arc::into_raw(import.clone()).cast_mut().cast();
                }
                self.lock().spawn(Box::pin(Polled(import)));
                PENDING
            }
        }
    }
}

impl Driver {
    /// As [`Driver::import`], with a future that must stay on this thread.
    ///
    /// # Safety
    /// As [`Driver::import`]; and this thread alone uses and drops the driver, with all its zones, calls, streams and
    /// futures.
    pub unsafe fn import_local<T, F>(
        &self,
        result: *mut T,
        completion: *mut Completion,
        future: F,
    ) -> i32
    where
        T: Native,
        F: Future<Output = Result<T, Failed>> + 'static,
    {
        // SAFETY: the caller's.
        unsafe { self.import(result, completion, Local(future)) }
    }
}

/// A future that stays on the thread on which it was made.
struct Local<F>(F);

// SAFETY: whoever made it promised that the driver, which has it, is used by that thread alone.
unsafe impl<F> Send for Local<F> {}

impl<F: Future> Future for Local<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        // SAFETY: the future is pinned as this is, and nothing moves it out.
        unsafe { self.map_unchecked_mut(|local| &mut local.0) }.poll(cx)
    }
}

/// Polls a function of the host's on behalf of the driver.
struct Polled<T>(Arc<Import<T>>);

impl<T> Future for Polled<T> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let state = self.0.state.lock();
        let mut slot = state.work.borrow_mut();
        let Some(work) = slot.as_mut() else { return Poll::Ready(()) };
        let polled = work.as_mut().poll(cx);
        if polled.is_pending() && !state.cancelled.get() {
            state.waker.set(Some(cx.waker().clone()));
            return Poll::Pending;
        }
        *slot = None;
        drop(slot);
        state.finish(match polled {
            Poll::Ready(result) => Some(result),
            Poll::Pending => None,
        });
        Poll::Ready(())
    }
}

impl<T> State<T> {
    /// Tells the caller; without a result it was cancelled.
    fn finish(&self, result: Option<Result<T, Failed>>) {
        let status = match result {
            Some(Ok(value)) => {
                // SAFETY: the caller keeps the room until it is told, below.
                unsafe { self.result.write(value) };
                0
            }
            Some(Err(Failed(trap))) => trap as i32,
            None => CANCELLED,
        };
        // SAFETY: the completion of a pending call, which ends here; its reference goes.
        unsafe {
            let import = (*self.completion).callee.cast_const().cast::<Import<T>>();
            (*self.completion).cancel = None;
            (*self.completion).callee = core::ptr::null_mut::<c_void>();
            if let Some(done) = (*self.completion).done {
                done(self.completion, status);
            }
            drop(Arc::from_raw(import));
        }
    }
}

/// The completion's: drops the future, and ends the call.
unsafe extern "C" fn cancel<T>(completion: *mut Completion) {
    // SAFETY: the completion of a pending call has a reference to its import.
    let import = unsafe {
        let import = (*completion).callee.cast_const().cast::<Import<T>>();
        Arc::increment_strong_count(import);
        Arc::from_raw(import)
    };
    let state = import.state.lock();
    let Ok(mut slot) = state.work.try_borrow_mut() else {
        state.cancelled.set(true);
        return;
    };
    let work = slot.take();
    drop(slot);
    // What it does when it is dropped may end it; it is none any more.
    drop(work);
    state.finish(None);
    if let Some(waker) = state.waker.take() {
        waker.wake();
    }
}

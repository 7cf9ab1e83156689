//! Asynchronous exports as futures.

use crate::driver::{Driver, Ended, Guard, Zone};
use crate::library::Completion;
use crate::native::Native;
use core::cell::{Cell, UnsafeCell};
use core::ffi::c_void;
use core::fmt;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::MaybeUninit;
use core::pin::Pin;
use core::ptr::NonNull;
use core::task::{Context, Poll, Waker};
use weldc_abi::task::PENDING;

/// A call of an asynchronous export. It starts when it is first polled. Dropped while it is pending, it is cancelled;
/// what it lent to the callee goes when the callee has ended.
#[must_use = "a call starts when it is polled"]
pub struct Call<T: Native> {
    driver: Driver,
    record: NonNull<Typed<T>>,
    _owns: PhantomData<T>,
}

// SAFETY: the record is used under the driver's lock, or by who has this; all in it can be sent.
unsafe impl<T: Native> Send for Call<T> {}

/// What stays where it is until the callee has ended.
#[repr(C)]
struct Head {
    /// Written by the callee, too.
    completion: UnsafeCell<Completion>,
    phase: Cell<Phase>,
    waker: Cell<Option<Waker>>,
    instance: *mut c_void,
    driver: Driver,
    start: unsafe fn(NonNull<Head>) -> i32,
    /// Frees the record, and the result if it has been written.
    free: unsafe fn(NonNull<Head>, bool),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Pending,
    /// Pending, and nobody waits for it.
    Dropped,
    Ended(i32),
    /// The result has been taken.
    Taken,
}

#[repr(C)]
struct Typed<T> {
    head: Head,
    result: UnsafeCell<MaybeUninit<T>>,
}

#[repr(C)]
struct Record<T, P, F> {
    typed: Typed<T>,
    params: P,
    function: Cell<Option<F>>,
}

impl Zone {
    /// Calls an asynchronous export. `start` calls its `_async` function with the instance, addresses in `params`, the
    /// room for the result, and the completion, and returns what that returns; `params` stay where they are until the
    /// call has ended.
    ///
    /// # Safety
    /// `start` does that and no more; `T` has the layout of the function's result.
    pub unsafe fn call<T, P, F>(&self, params: P, start: F) -> Call<T>
    where
        T: Native,
        P: Send + 'static,
        F: FnOnce(*mut c_void, &P, *mut T, *mut Completion) -> i32 + Send + 'static,
    {
        let head = Head {
            completion: UnsafeCell::new(Completion {
                done: Some(done),
                caller: core::ptr::null_mut(),
                cancel: None,
                callee: core::ptr::null_mut(),
            }),
            phase: Cell::new(Phase::New),
            waker: Cell::new(None),
            instance: self.instance(),
            driver: self.driver().clone(),
            start: start_record::<T, P, F>,
            free: free_record::<T, P, F>,
        };
        let typed = Typed { head, result: UnsafeCell::new(MaybeUninit::<T>::uninit()) };
        let record = Box::new(Record { typed, params, function: Cell::new(Some(start)) });
        let record = NonNull::from(Box::leak(record)).cast();
        self.driver().lock().add_call(address(record), self.instance(), end);
        Call { driver: self.driver().clone(), record, _owns: PhantomData }
    }
}

fn address<T>(record: NonNull<T>) -> usize {
    record.as_ptr().expose_provenance()
}

impl<T: Native> Call<T> {
    fn head(&self) -> &Head {
        // SAFETY: the record lives as long as this, at least.
        unsafe { &self.record.as_ref().head }
    }

    /// Starts the call.
    fn start(&self, guard: &Guard<'_>) {
        let _running = guard.run();
        self.head().phase.set(Phase::Pending);
        // SAFETY: the record of a call that has not been started.
        let status = unsafe { (self.head().start)(self.record.cast()) };
        if status != PENDING {
            self.head().phase.set(Phase::Ended(status));
            guard.remove_call(address(self.record));
        }
        guard.raise();
    }
}

impl<T: Native> Future for Call<T> {
    type Output = Result<T, Ended>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let guard = self.driver.lock();
        let head = self.head();
        if head.phase.get() == Phase::New {
            self.start(&guard);
        }
        if head.phase.get() == Phase::Pending {
            head.waker.set(Some(cx.waker().clone()));
            guard.wait(cx);
            guard.drive(cx);
        }
        match head.phase.get() {
            Phase::Ended(0) => {
                head.phase.set(Phase::Taken);
                // SAFETY: the callee has written it, and it is taken once.
                Poll::Ready(Ok(unsafe { self.record.as_ref().result.get().read().assume_init() }))
            }
            Phase::Ended(status) => Poll::Ready(Err(Ended::from_status(status))),
            Phase::Taken => panic!("a call is polled after its end"),
            Phase::New | Phase::Pending | Phase::Dropped => Poll::Pending,
        }
    }
}

impl<T: Native> Drop for Call<T> {
    fn drop(&mut self) {
        let guard = self.driver.lock();
        let head = self.head();
        match head.phase.get() {
            Phase::Pending => {
                let _running = guard.run();
                head.phase.set(Phase::Dropped);
                let completion = head.completion.get();
                // SAFETY: the callee has stored it, since the call is pending.
                if let Some(cancel) = unsafe { (*completion).cancel } {
                    // SAFETY: the call may end here, and the record with it.
                    unsafe { cancel(completion) };
                }
                guard.raise();
            }
            phase => {
                guard.remove_call(address(self.record));
                // SAFETY: nobody else has the record.
                unsafe { (head.free)(self.record.cast(), phase == Phase::Ended(0)) };
            }
        }
    }
}

impl<T: Native> fmt::Debug for Call<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").finish_non_exhaustive()
    }
}

unsafe fn start_record<T, P, F>(head: NonNull<Head>) -> i32
where
    F: FnOnce(*mut c_void, &P, *mut T, *mut Completion) -> i32,
{
    let record = head.cast::<Record<T, P, F>>().as_ptr();
    // SAFETY: the record was made with these types, and lives; `function` is there until the call is started.
    unsafe {
        let Some(function) = (*record).function.take() else { return PENDING };
        let result = (*record).typed.result.get().cast();
        function((*record).typed.head.instance, &(*record).params, result, record.cast())
    }
}

unsafe fn free_record<T, P, F>(head: NonNull<Head>, has_result: bool) {
    let record = head.cast::<Record<T, P, F>>().as_ptr();
    // SAFETY: made by `Box::leak` with these types, and not used again; the caller says if there is a result.
    unsafe {
        if has_result {
            (*record).typed.result.get_mut().assume_init_drop();
        }
        drop(Box::from_raw(record));
    }
}

/// The completion's.
unsafe extern "C" fn done(completion: *mut Completion, status: i32) {
    let Some(head) = NonNull::new(completion.cast::<Head>()) else { return };
    // SAFETY: a pending call's, which the driver runs.
    let driver = unsafe { head.as_ref().driver.clone() };
    driver.lock().remove_call(address(head));
    // SAFETY: it is not registered any more.
    unsafe { end(address(head), status) };
}

/// The call has ended, and nothing uses its record but whoever waits for it.
unsafe fn end(call: usize, status: i32) {
    let head = core::ptr::with_exposed_provenance_mut::<Head>(call);
    let Some(head) = NonNull::new(head) else { return };
    // SAFETY: a record lives until its call has ended and nobody waits for it.
    unsafe {
        if head.as_ref().phase.get() == Phase::Dropped {
            let free = head.as_ref().free;
            return free(head, status == 0);
        }
        head.as_ref().phase.set(Phase::Ended(status));
        if let Some(waker) = head.as_ref().waker.take() {
            waker.wake();
        }
    }
}

//! Operations on ends of streams and futures.

use crate::driver::{Driver, Guard};
use crate::library::{Copy, Library};
use core::cell::Cell;
use core::ffi::c_void;
use core::mem::{align_of, size_of};
use core::ptr::NonNull;
use core::task::{Context, Poll, Waker};
use weldc_abi::task::{PENDING, copy_result};

/// An end that is the host's, and its operation.
pub(crate) struct End {
    pub driver: Driver,
    pub library: Library,
    end: u64,
    /// A [`Record`] from a box.
    record: NonNull<Record>,
}

// SAFETY: the record is used under the driver's lock.
unsafe impl Send for End {}

#[repr(C)]
struct Record {
    copy: Copy,
    phase: Cell<Phase>,
    waker: Cell<Option<Waker>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Idle,
    Pending,
    Ended(i32),
}

/// How an operation ended.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Copied {
    /// Elements that were copied.
    pub count: usize,
    /// The other end is gone.
    pub dropped: bool,
}

impl Copied {
    fn from_result(result: i32, is_future: bool) -> Copied {
        let result = result.cast_unsigned();
        let code = result & ((1 << copy_result::COUNT_SHIFT) - 1);
        let count = match is_future {
            true => usize::from(code == copy_result::COMPLETED),
            false => (result >> copy_result::COUNT_SHIFT) as usize,
        };
        Copied { count, dropped: code == copy_result::DROPPED }
    }
}

/// Most elements of one operation.
pub(crate) const MOST: usize = (u32::MAX >> copy_result::COUNT_SHIFT) as usize >> 1;

impl End {
    pub fn new(driver: &Driver, library: &Library, end: u64) -> End {
        let copy = Copy { done, caller: core::ptr::null_mut() };
        let record = Record { copy, phase: Cell::new(Phase::Idle), waker: Cell::new(None) };
        let record = NonNull::from(Box::leak(Box::new(record)));
        End { driver: driver.clone(), library: *library, end, record }
    }

    /// A stream or future with both ends the host's, the readable one first.
    pub fn pair<T>(driver: &Driver, library: &Library, is_future: bool) -> [End; 2] {
        let _guard = driver.lock();
        let mut ends = [0; 2];
        // SAFETY: there is room for two.
        let status = unsafe {
            (library.end_new)(is_future.into(), size_of::<T>(), align_of::<T>(), ends.as_mut_ptr())
        };
        assert!(status == 0, "no memory for a stream");
        ends.map(|end| End::new(driver, library, end))
    }

    fn record(&self) -> &Record {
        // SAFETY: it is freed with this.
        unsafe { self.record.as_ref() }
    }

    pub fn is_idle(&self) -> bool {
        self.record().phase.get() == Phase::Idle
    }

    /// The end itself, which is somebody else's from now on. There is no operation, and there will be none.
    pub fn take_handle(&mut self) -> u64 {
        core::mem::take(&mut self.end)
    }

    /// Starts a read.
    ///
    /// # Safety
    /// There is room for so many elements of the stream's type until the operation has ended, and there is no other.
    pub unsafe fn read(&self, guard: &Guard<'_>, to: *mut c_void, count: usize) {
        let copy = self.record.as_ptr().cast();
        // SAFETY: the caller's.
        self.begin(guard, || unsafe { (self.library.end_read)(self.end, to, count, copy) });
    }

    /// Starts a write.
    ///
    /// # Safety
    /// So many elements of the stream's type are there until the operation has ended, and there is no other. Those that
    /// were copied are nobody's then.
    pub unsafe fn write(&self, guard: &Guard<'_>, from: *const c_void, count: usize) {
        let copy = self.record.as_ptr().cast();
        // SAFETY: the caller's.
        self.begin(guard, || unsafe { (self.library.end_write)(self.end, from, count, copy) });
    }

    fn begin(&self, guard: &Guard<'_>, operation: impl FnOnce() -> i32) {
        let _running = guard.run();
        self.record().phase.set(Phase::Pending);
        let result = operation();
        if result != PENDING {
            self.record().phase.set(Phase::Ended(result));
        }
        guard.raise();
    }

    /// Waits for the operation's end.
    pub fn poll(&self, guard: &Guard<'_>, is_future: bool, cx: &mut Context<'_>) -> Poll<Copied> {
        let record = self.record();
        if record.phase.get() == Phase::Pending {
            record.waker.set(Some(cx.waker().clone()));
            guard.wait(cx);
            guard.drive(cx);
        }
        match record.phase.get() {
            Phase::Ended(result) => {
                record.phase.set(Phase::Idle);
                Poll::Ready(Copied::from_result(result, is_future))
            }
            Phase::Idle | Phase::Pending => Poll::Pending,
        }
    }

    /// Ends the operation, if there is one.
    pub fn cancel(&self, is_future: bool) -> Copied {
        let guard = self.driver.lock();
        let _running = guard.run();
        let record = self.record();
        match record.phase.replace(Phase::Idle) {
            Phase::Idle => Copied { count: 0, dropped: false },
            Phase::Ended(result) => Copied::from_result(result, is_future),
            Phase::Pending => {
                // SAFETY: a living end with an operation.
                let result = unsafe { (self.library.end_cancel)(self.end) };
                guard.raise();
                Copied::from_result(result, is_future)
            }
        }
    }
}

impl End {
    /// Drops the end. There is no operation, and there will be none.
    pub fn close(&mut self) {
        let end = self.take_handle();
        if end != 0 {
            let guard = self.driver.lock();
            let _running = guard.run();
            // SAFETY: a living end, without an operation.
            unsafe { (self.library.end_drop)(end) };
            guard.raise();
        }
    }
}

impl Drop for End {
    fn drop(&mut self) {
        // Who has the buffer has done so already.
        self.cancel(false);
        self.close();
        // SAFETY: it came from a box, and no operation refers to it.
        drop(unsafe { Box::from_raw(self.record.as_ptr()) });
    }
}

/// The operation's.
unsafe extern "C" fn done(copy: *mut Copy, result: i32) {
    // SAFETY: the record of a pending operation.
    let record = unsafe { &*copy.cast::<Record>() };
    record.phase.set(Phase::Ended(result));
    if let Some(waker) = record.waker.take() {
        waker.wake();
    }
}

//! Futures of the component model.

use crate::driver::Zone;
use crate::native::Native;
use crate::operation::End;
use crate::stream::Closed;
use core::fmt;
use core::future::Future;
use core::mem::MaybeUninit;
use core::pin::Pin;
use core::task::{Context, Poll, ready};

/// The readable end of a `future<T>`. Its value, or [`Closed`] if there will be none.
#[must_use = "a future is read when it is polled"]
pub struct FutureReader<T: Native> {
    end: End,
    /// The operation's, while there is one.
    value: Box<MaybeUninit<T>>,
}

impl<T: Native> Unpin for FutureReader<T> {}

/// The writable end of a `future<T>`.
pub struct FutureWriter<T: Native> {
    end: End,
    _of: core::marker::PhantomData<T>,
}

impl Zone {
    /// A future of the host's. The readable end can be given to a component ([`FutureReader::into_handle`]).
    pub fn future<T: Native>(&self) -> (FutureWriter<T>, FutureReader<T>) {
        let [readable, writable] = End::pair::<T>(self.driver(), self.library(), true);
        let writer = FutureWriter { end: writable, _of: core::marker::PhantomData };
        (writer, FutureReader::new(readable))
    }

    /// The readable end of a future, from a result or a parameter that gave it.
    ///
    /// # Safety
    /// It is one, of this type, and the host's.
    pub unsafe fn future_reader<T: Native>(&self, handle: u64) -> FutureReader<T> {
        FutureReader::new(End::new(self.driver(), self.library(), handle))
    }
}

impl<T: Native> FutureReader<T> {
    fn new(end: End) -> FutureReader<T> {
        FutureReader { end, value: Box::new(MaybeUninit::uninit()) }
    }

    /// The end itself, to be passed to a component, which owns it then; nothing may have been read.
    pub fn into_handle(mut self) -> u64 {
        self.cancel();
        self.end.take_handle()
    }

    fn cancel(&mut self) {
        if !self.end.is_idle() && self.end.cancel(true).count > 0 {
            // SAFETY: it has been read, and nobody has it.
            unsafe { self.value.assume_init_drop() };
        }
    }
}

impl<T: Native> Future for FutureReader<T> {
    type Output = Result<T, Closed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let driver = self.end.driver.clone();
        let guard = driver.lock();
        if self.end.is_idle() {
            let to = self.value.as_mut_ptr().cast();
            // SAFETY: there is room for one, which is left alone until the operation has ended.
            unsafe { self.end.read(&guard, to, 1) };
        }
        let copied = ready!(self.end.poll(&guard, true, cx));
        Poll::Ready(match copied.count {
            0 => Err(Closed),
            // SAFETY: it has been written, and is taken once: another read gives nothing.
            _ => Ok(unsafe { self.value.as_ptr().read() }),
        })
    }
}

impl<T: Native> Drop for FutureReader<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl<T: Native> FutureWriter<T> {
    /// Writes the value; returns when it has been read, or [`Closed`] if nobody will.
    pub fn write(self, value: T) -> FutureWrite<T> {
        FutureWrite { end: self.end, value: Box::new(MaybeUninit::new(value)), state: State::New }
    }
}

/// A value on its way into a `future<T>`.
#[must_use = "a value is written when this is polled"]
pub struct FutureWrite<T: Native> {
    end: End,
    value: Box<MaybeUninit<T>>,
    state: State,
}

impl<T: Native> Unpin for FutureWrite<T> {}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Begun,
    /// The value is the reader's.
    Written,
}

impl<T: Native> Future for FutureWrite<T> {
    type Output = Result<(), Closed>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let driver = self.end.driver.clone();
        let guard = driver.lock();
        if self.state == State::New {
            self.state = State::Begun;
            // SAFETY: the value stays where it is until the operation has ended.
            unsafe { self.end.write(&guard, self.value.as_ptr().cast(), 1) };
        }
        let copied = ready!(self.end.poll(&guard, true, cx));
        Poll::Ready(match copied.count {
            0 => Err(Closed),
            _ => {
                self.state = State::Written;
                Ok(())
            }
        })
    }
}

impl<T: Native> Drop for FutureWrite<T> {
    fn drop(&mut self) {
        if !self.end.is_idle() && self.end.cancel(true).count > 0 {
            self.state = State::Written;
        }
        if self.state != State::Written {
            // SAFETY: nobody has read it.
            unsafe { self.value.assume_init_drop() };
        }
    }
}

macro_rules! debug {
    ($($name:ident)*) => {
        $(impl<T: Native> fmt::Debug for $name<T> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        })*
    };
}
debug!(FutureReader FutureWriter FutureWrite);

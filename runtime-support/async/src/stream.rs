//! Streams.

use crate::driver::Zone;
use crate::native::Native;
use crate::operation::{End, MOST};
use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll, ready};
use futures_core::Stream;
use futures_io::{AsyncRead, AsyncWrite};
use futures_sink::Sink;
use std::collections::VecDeque;
use std::io;

/// Elements that [`Stream`] and [`Sink`] keep.
const CAPACITY: usize = 1024;

/// The readable end of a `stream<T>`: a [`Stream`] of its elements; of bytes, an [`AsyncRead`]. It ends when the
/// writable end has been dropped.
pub struct StreamReader<T: Native> {
    end: End,
    /// Room of the pending operation; empty otherwise.
    buffer: Vec<T>,
    /// Read and not taken.
    queue: VecDeque<T>,
    ended: bool,
}

impl<T: Native> Unpin for StreamReader<T> {}

impl Zone {
    /// A stream of the host's. The readable end can be given to a component ([`StreamReader::into_handle`]).
    pub fn stream<T: Native>(&self) -> (StreamWriter<T>, StreamReader<T>) {
        let [readable, writable] = End::pair::<T>(self.driver(), self.library(), false);
        (StreamWriter::new(writable), StreamReader::new(readable))
    }

    /// The readable end of a stream, from a result or a parameter that gave it.
    ///
    /// # Safety
    /// It is one, of this type, and the host's.
    pub unsafe fn stream_reader<T: Native>(&self, handle: u64) -> StreamReader<T> {
        StreamReader::new(End::new(self.driver(), self.library(), handle))
    }
}

impl<T: Native> StreamReader<T> {
    fn new(end: End) -> StreamReader<T> {
        StreamReader { end, buffer: Vec::new(), queue: VecDeque::new(), ended: false }
    }

    /// The end itself, to be passed to a component, which owns it then. Elements that were read and not taken are
    /// dropped.
    pub fn into_handle(mut self) -> u64 {
        self.cancel();
        self.end.take_handle()
    }

    /// At most so many elements, and at least one; none if the stream has ended. Dropped while it waits, it has read
    /// nothing: what came is given to the next reader of this.
    pub async fn read(&mut self, most: usize) -> Vec<T> {
        if !self.queue.is_empty() {
            let count = most.min(self.queue.len());
            return self.queue.drain(..count).collect();
        }
        poll_fn(|cx| self.poll_read(cx, most)).await;
        if self.buffer.len() > most {
            // The operation was begun with more room, by another reader.
            self.queue.extend(self.buffer.drain(most..));
        }
        core::mem::take(&mut self.buffer)
    }

    /// Reads into the buffer.
    fn poll_read(&mut self, cx: &mut Context<'_>, most: usize) -> Poll<()> {
        let most = most.clamp(1, MOST);
        while !self.ended {
            let driver = self.end.driver.clone();
            let guard = driver.lock();
            if self.end.is_idle() {
                self.buffer.clear();
                self.buffer.reserve_exact(most);
                let to = self.buffer.as_mut_ptr().cast();
                // SAFETY: there is room, and the buffer is left alone until the operation has ended.
                unsafe { self.end.read(&guard, to, most) };
            }
            let copied = ready!(self.end.poll(&guard, false, cx));
            // SAFETY: so many elements have been written to the buffer's room.
            unsafe { self.buffer.set_len(copied.count) };
            self.ended = copied.dropped;
            if copied.count > 0 {
                break;
            }
        }
        Poll::Ready(())
    }

    /// Ends a read that goes on; what it has read stays.
    fn cancel(&mut self) {
        if !self.end.is_idle() {
            let copied = self.end.cancel(false);
            // SAFETY: so many elements have been written to the buffer's room.
            unsafe { self.buffer.set_len(copied.count) };
            self.ended = copied.dropped;
        }
        self.queue.extend(self.buffer.drain(..));
    }

    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.queue.is_empty() {
            ready!(self.poll_read(cx, CAPACITY));
            self.queue.extend(self.buffer.drain(..));
        }
        Poll::Ready(())
    }
}

impl<T: Native> Stream for StreamReader<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        ready!(self.poll_fill(cx));
        Poll::Ready(self.queue.pop_front())
    }
}

impl AsyncRead for StreamReader<u8> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: &mut [u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_fill(cx));
        Poll::Ready(io::Read::read(&mut self.queue, to))
    }
}

impl<T: Native> Drop for StreamReader<T> {
    fn drop(&mut self) {
        self.cancel();
    }
}

impl<T: Native> fmt::Debug for StreamReader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamReader").field("ended", &self.ended).finish_non_exhaustive()
    }
}

/// The writable end of a `stream<T>`: a [`Sink`] of its elements; of bytes, an [`AsyncWrite`]. What has been given to
/// either and not been flushed, or closed, is lost when this is dropped.
pub struct StreamWriter<T: Native> {
    end: End,
    /// Of the operation; the first `written` of them have been copied, and are nobody's here.
    flight: Vec<T>,
    written: usize,
    /// Elements that come next.
    queue: Vec<T>,
    /// The readable end is gone.
    closed: bool,
}

impl<T: Native> Unpin for StreamWriter<T> {}

/// The readable end of a stream has been dropped, or this one has been closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream's readable end has been dropped")
    }
}

impl core::error::Error for Closed {}

impl From<Closed> for io::Error {
    fn from(closed: Closed) -> io::Error {
        io::Error::new(io::ErrorKind::BrokenPipe, closed)
    }
}

impl<T: Native> StreamWriter<T> {
    fn new(end: End) -> StreamWriter<T> {
        StreamWriter { end, flight: Vec::new(), written: 0, queue: Vec::new(), closed: false }
    }

    /// Writes all of these elements from where they are, behind what was written before; returns when they have been
    /// read.
    pub async fn write(&mut self, items: Vec<T>) -> Result<(), Closed> {
        poll_fn(|cx| self.poll_drain(cx)).await?;
        self.queue = items;
        poll_fn(|cx| self.poll_drain(cx)).await
    }

    /// Writes until nothing is left.
    fn poll_drain(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        loop {
            ready!(self.poll_flight(cx))?;
            if self.queue.is_empty() {
                return Poll::Ready(Ok(()));
            }
            core::mem::swap(&mut self.flight, &mut self.queue);
        }
    }

    /// Writes what is in flight.
    fn poll_flight(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        while self.written < self.flight.len() {
            if self.closed {
                return Poll::Ready(Err(Closed));
            }
            let driver = self.end.driver.clone();
            let guard = driver.lock();
            if self.end.is_idle() {
                let rest = &self.flight[self.written..];
                let (from, count) = (rest.as_ptr().cast(), rest.len().min(MOST));
                // SAFETY: the elements stay where they are until the operation has ended.
                unsafe { self.end.write(&guard, from, count) };
            }
            let copied = ready!(self.end.poll(&guard, false, cx));
            self.written += copied.count;
            self.closed = copied.dropped;
        }
        self.forget_written();
        Poll::Ready(if self.closed { Err(Closed) } else { Ok(()) })
    }

    /// Elements that were copied belong to who read them.
    fn forget_written(&mut self) {
        let (start, length) = (self.flight.as_mut_ptr(), self.flight.len());
        // SAFETY: the first elements are not this writer's any more; the others are moved to their place.
        unsafe {
            self.flight.set_len(0);
            start.copy_from(start.add(self.written), length - self.written);
            self.flight.set_len(length - self.written);
        }
        self.written = 0;
    }
}

impl<T: Native> Sink<T> for StreamWriter<T> {
    type Error = Closed;

    fn poll_ready(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        if self.closed {
            return Poll::Ready(Err(Closed));
        }
        if self.queue.len() >= CAPACITY {
            ready!(self.poll_flight(cx))?;
            let this = &mut *self;
            core::mem::swap(&mut this.flight, &mut this.queue);
            // Begins the next operation; the queue is empty, whether that has ended or not.
            if let Poll::Ready(Err(closed)) = self.poll_flight(cx) {
                return Poll::Ready(Err(closed));
            }
        }
        Poll::Ready(Ok(()))
    }

    fn start_send(mut self: Pin<&mut Self>, item: T) -> Result<(), Closed> {
        if self.closed {
            return Err(Closed);
        }
        self.queue.push(item);
        Ok(())
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        self.poll_drain(cx)
    }

    fn poll_close(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Closed>> {
        ready!(self.poll_drain(cx))?;
        self.closed = true;
        self.end.close();
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for StreamWriter<u8> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        ready!(self.as_mut().poll_ready(cx))?;
        let count = bytes.len().min(CAPACITY);
        self.queue.extend_from_slice(&bytes[..count]);
        Poll::Ready(Ok(count))
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Sink::poll_flush(self, cx).map_err(io::Error::from)
    }

    fn poll_close(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Sink::poll_close(self, cx).map_err(io::Error::from)
    }
}

impl<T: Native> Drop for StreamWriter<T> {
    fn drop(&mut self) {
        if !self.end.is_idle() {
            self.written += self.end.cancel(false).count;
        }
        self.forget_written();
    }
}

impl<T: Native> fmt::Debug for StreamWriter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamWriter").field("closed", &self.closed).finish_non_exhaustive()
    }
}

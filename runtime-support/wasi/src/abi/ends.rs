//! The ends of streams and futures that WASI holds, each with at most one operation and the memory that it uses.
//!
//! [`Readable`] is an end on its way to or from a guest; [`Writer`] writes elements or a future's value, [`Reader`]
//! reads bytes. An operation without elements ends when the other side has come for some: so WASI touches the
//! system only when a guest wants it to.
//!
//! While an operation goes on, the memory and the [`Operation`] stay where they are: both are on the heap, and an
//! end that goes cancels the operation before they do.

use super::memory::Buffer;
use super::values::{Lower, Param};
use crate::state::{Stop, Wasi};
use std::cell::Cell;
use std::ptr::{self, NonNull, null, null_mut};
use weldc_abi::task::{self, copy_result};
use weldc_runtime::{
    End, Operation, weldc_rt_end_drop, weldc_rt_end_new, weldc_rt_end_read, weldc_rt_end_write,
};

/// What an operation has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Copied {
    pub(crate) count: usize,
    /// The other end is gone.
    pub(crate) dropped: bool,
}

impl Copied {
    fn new(result: i32) -> Copied {
        let count = (result as u32 >> copy_result::COUNT_SHIFT) as usize;
        let code = result as u32 & ((1 << copy_result::COUNT_SHIFT) - 1);
        Copied { count, dropped: code != copy_result::COMPLETED }
    }
}

/// An operation, and where its result goes.
#[repr(C)]
struct Recorded {
    operation: Operation,
    result: Cell<i32>,
}

unsafe extern "C" fn done(operation: *mut Operation, result: i32) {
    // SAFETY: it is the first field of a record that its end keeps until the operation is over.
    unsafe { (*operation.cast::<Recorded>()).result.set(result) };
}

/// An end and its operation.
struct Held {
    end: NonNull<End>,
    /// From a box: the other side has its address while the operation goes on.
    operation: NonNull<Recorded>,
}

type Start = unsafe extern "C" fn(&End, *mut u8, u64, *mut Operation) -> i32;

impl Held {
    fn new(end: NonNull<End>) -> Held {
        let operation = Operation { done, data: null_mut() };
        let operation = Box::leak(Box::new(Recorded { operation, result: Cell::new(0) }));
        Held { end, operation: NonNull::from(operation) }
    }

    /// # Safety
    /// `start` is the function for ends of this direction; `memory` is valid for `count` elements until the
    /// operation is over.
    unsafe fn start(&self, start: Start, memory: *mut u8, count: usize) {
        self.result().set(task::PENDING);
        // SAFETY: as the caller promises; the operation is this end's.
        let result = unsafe {
            start(self.end.as_ref(), memory, count as u64, self.operation.as_ptr().cast())
        };
        if result != task::PENDING {
            self.result().set(result);
        }
    }

    fn result(&self) -> &Cell<i32> {
        // SAFETY: it lives as long as this value, and nothing but its cell changes.
        unsafe { &self.operation.as_ref().result }
    }

    /// What the last operation came to, once it is over.
    fn finished(&self) -> Option<Copied> {
        let result = self.result().get();
        (result != task::PENDING).then(|| Copied::new(result))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // SAFETY: the end is this value's. With it goes its operation.
        unsafe {
            weldc_rt_end_drop(self.end.as_ptr());
            drop(Box::from_raw(self.operation.as_ptr()));
        }
    }
}

/// A readable end: what a `stream` or `future` is in parameters and results.
#[derive(Debug)]
pub(crate) struct Readable(NonNull<End>);

impl Readable {
    fn into_end(self) -> NonNull<End> {
        let end = self.0;
        std::mem::forget(self);
        end
    }
}

impl Drop for Readable {
    fn drop(&mut self) {
        // SAFETY: it was not given away.
        unsafe { weldc_rt_end_drop(self.0.as_ptr()) };
    }
}

impl Param for Readable {
    type Raw = u64;
    type Value<'a> = Readable;

    unsafe fn lift<'a>(raw: u64) -> Result<Self::Value<'a>, Stop> {
        let end = NonNull::new(ptr::with_exposed_provenance_mut(raw as usize));
        end.map(Readable).ok_or(Stop::Failed("a stream without an end"))
    }
}

impl Lower for Readable {
    type Raw = u64;

    fn lower(self, _: &mut Wasi) -> Result<u64, Stop> {
        Ok(self.into_end().as_ptr().expose_provenance() as u64)
    }
}

/// Whether a pair of ends is a stream's or a future's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Stream,
    Future,
}

/// What a [`Writer`] writes, element by element.
pub(crate) trait Elements {
    const KIND: Kind;
    /// Size and alignment of an element.
    const LAYOUT: (usize, usize);

    /// The elements that are left, in memory that stays when this value moves.
    fn left(&mut self) -> (NonNull<u8>, usize);

    /// The first `count` of them are the other side's now.
    fn give(&mut self, count: usize);
}

/// A writable end, and what is being written.
pub(crate) struct Writer<E: Elements> {
    held: Held,
    /// Goes after the end.
    elements: Option<E>,
}

impl<E: Elements> Writer<E> {
    pub(crate) fn new() -> Result<(Writer<E>, Readable), Stop> {
        let mut ends = [null(); 2];
        let (size, align) = E::LAYOUT;
        let is_future = u32::from(E::KIND == Kind::Future);
        // SAFETY: there is room for two ends.
        let status =
            unsafe { weldc_rt_end_new(is_future, size as u64, align as u64, &raw mut ends) };
        match ends.map(|end: *const End| NonNull::new(end.cast_mut())) {
            [Some(readable), Some(writable)] if status == 0 => {
                Ok((Writer { held: Held::new(writable), elements: None }, Readable(readable)))
            }
            _ => Err(Stop::OUT_OF_MEMORY),
        }
    }

    /// Starts waiting for the other side to read.
    pub(crate) fn ask(&mut self) {
        // SAFETY: no elements are written; the end is a writable one.
        unsafe { self.held.start(weldc_rt_end_write, null_mut(), 0) };
    }

    /// Starts to write all elements that are left of these.
    pub(crate) fn write(&mut self, elements: E) {
        let (start, count) = self.elements.insert(elements).left();
        // SAFETY: the elements stay with this value, and in their memory, until the operation is over.
        unsafe { self.held.start(weldc_rt_end_write, start.as_ptr(), count) };
    }

    /// Whether the operation is over.
    pub(crate) fn is_finished(&self) -> bool {
        self.held.finished().is_some()
    }

    /// What the operation came to, and the elements that it did not write.
    pub(crate) fn finish(&mut self) -> Option<(Copied, Option<E>)> {
        let copied = self.held.finished()?;
        let mut elements = self.elements.take();
        if let Some(elements) = &mut elements {
            elements.give(copied.count);
        }
        Some((copied, elements))
    }
}

/// Bytes, in memory that was filled by the system.
pub(crate) struct Bytes {
    buffer: Buffer,
    given: usize,
}

impl Bytes {
    pub(crate) fn new(buffer: Buffer) -> Bytes {
        Bytes { buffer, given: 0 }
    }

    pub(crate) fn as_slice(&self) -> &[u8] {
        self.buffer.as_slice().get(self.given..).unwrap_or_default()
    }
}

impl Elements for Bytes {
    const KIND: Kind = Kind::Stream;
    const LAYOUT: (usize, usize) = (1, 1);

    fn left(&mut self) -> (NonNull<u8>, usize) {
        let left = self.as_slice();
        (NonNull::from(left).cast(), left.len())
    }

    fn give(&mut self, count: usize) {
        self.given += count;
    }
}

/// Lowered values, which own memory until they are given away.
pub(crate) struct Lowered<T: Release> {
    values: Vec<T>,
    given: usize,
}

/// A lowered type that may own memory.
pub(crate) trait Release: Copy {
    /// Frees what the value owns.
    ///
    /// # Safety
    /// It was lowered here, and is used by nobody any more.
    unsafe fn release(self);
}

impl<T: Release> Lowered<T> {
    pub(crate) fn new(values: Vec<T>) -> Lowered<T> {
        Lowered { values, given: 0 }
    }

    pub(crate) fn push(&mut self, value: T) {
        self.values.push(value);
    }
}

impl<T: Release> Elements for Lowered<T> {
    const KIND: Kind = Kind::Stream;
    const LAYOUT: (usize, usize) = (size_of::<T>(), align_of::<T>());

    fn left(&mut self) -> (NonNull<u8>, usize) {
        let left = self.values.get(self.given..).unwrap_or_default();
        (NonNull::from(left).cast(), left.len())
    }

    fn give(&mut self, count: usize) {
        self.given += count;
    }
}

impl<T: Release> Drop for Lowered<T> {
    fn drop(&mut self) {
        for value in self.values.drain(..).skip(self.given) {
            // SAFETY: nobody has been given it.
            unsafe { value.release() };
        }
    }
}

/// The value of a future.
pub(crate) struct Value<T: Copy>(Box<T>);

impl<T: Copy> Value<T> {
    pub(crate) fn new(value: T) -> Value<T> {
        Value(Box::new(value))
    }
}

impl<T: Copy> Elements for Value<T> {
    const KIND: Kind = Kind::Future;
    const LAYOUT: (usize, usize) = (size_of::<T>(), align_of::<T>());

    fn left(&mut self) -> (NonNull<u8>, usize) {
        (NonNull::from(&mut *self.0).cast(), 1)
    }

    fn give(&mut self, _: usize) {}
}

/// The readable end of a stream of bytes, and room for what is read.
pub(crate) struct Reader {
    held: Held,
    /// Goes after the end. Made when it is first used.
    room: Vec<u8>,
}

impl Reader {
    /// Most bytes that are read at a time.
    const ROOM: usize = 64 << 10;

    pub(crate) fn new(stream: Readable) -> Reader {
        Reader { held: Held::new(stream.into_end()), room: Vec::new() }
    }

    /// Starts waiting for the other side to write.
    pub(crate) fn ask(&mut self) {
        // SAFETY: nothing is read; the end is a readable one.
        unsafe { self.held.start(weldc_rt_end_read, null_mut(), 0) };
    }

    /// Starts to read.
    pub(crate) fn read(&mut self) {
        self.room.resize(Reader::ROOM, 0);
        // SAFETY: the room stays as it is until the operation is over.
        unsafe { self.held.start(weldc_rt_end_read, self.room.as_mut_ptr(), Reader::ROOM) };
    }

    /// What the operation came to, once it is over.
    pub(crate) fn finished(&self) -> Option<Copied> {
        self.held.finished()
    }

    /// What was read.
    pub(crate) fn bytes(&self) -> &[u8] {
        match self.finished() {
            Some(copied) => self.room.get(..copied.count).unwrap_or_default(),
            None => &[],
        }
    }
}

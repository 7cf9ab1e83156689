//! One end: its states, its operation, its event.

use super::elements::Buffer;
use super::host;
use crate::alloc::{weldc_rt_alloc, weldc_rt_free};
use crate::context::Context;
use crate::spare::Spare;
use crate::waitable::{Event, Waitable};
use core::cell::{Cell, UnsafeCell};
use core::ptr::{self, NonNull};
use core::sync::atomic::{AtomicUsize, Ordering};
use weldc_abi::limits::MAX_ENDS;
use weldc_abi::task::{copy_result, event};
use weldc_abi::{Trap, handle};

/// `CopyState`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum State {
    Idle,
    Copying,
    Cancelling,
    Done,
}

/// `CopyResult`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Outcome {
    Completed = copy_result::COMPLETED as u8,
    Dropped = copy_result::DROPPED as u8,
    Cancelled = copy_result::CANCELLED as u8,
}

/// What an end is, for good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Kind {
    pub is_future: bool,
    pub is_writable: bool,
}

impl Kind {
    /// The kind that a handle's tag says; `None` for handles to other things.
    pub fn of_tag(tag: u32) -> Option<Kind> {
        let (is_future, is_writable) = match tag & ((1 << handle::KIND_BITS) - 1) {
            handle::KIND_STREAM_READABLE => (false, false),
            handle::KIND_STREAM_WRITABLE => (false, true),
            handle::KIND_FUTURE_READABLE => (true, false),
            handle::KIND_FUTURE_WRITABLE => (true, true),
            _ => return None,
        };
        Some(Kind { is_future, is_writable })
    }

    /// The kind of handles to such ends.
    pub fn handle_kind(self) -> u32 {
        match (self.is_future, self.is_writable) {
            (false, false) => handle::KIND_STREAM_READABLE,
            (false, true) => handle::KIND_STREAM_WRITABLE,
            (true, false) => handle::KIND_FUTURE_READABLE,
            (true, true) => handle::KIND_FUTURE_WRITABLE,
        }
    }

    fn event_code(self) -> u32 {
        match (self.is_future, self.is_writable) {
            (false, false) => event::STREAM_READ,
            (false, true) => event::STREAM_WRITE,
            (true, false) => event::FUTURE_READ,
            (true, true) => event::FUTURE_WRITE,
        }
    }
}

/// What the runtime does for an end that one of its zones has.
#[repr(C)]
pub struct Side {
    /// The end has an event: its waitable is told.
    pub notify: unsafe extern "C" fn(&End),
}

/// A call of the host's `done` with a result: to be made when nothing else is left to do.
#[must_use]
pub struct Call(pub *mut host::Operation, pub u32);

/// An end. All of it is in cells: two ends refer to each other, and their owners to both. What a rendezvous needs of
/// either lies together, behind the waitable, which it needs if somebody waits.
#[repr(C)]
pub struct End {
    /// Used by the runtime of the zone that has the end, and by nobody while the host has it. The first field: a
    /// waitable's address is its end's.
    waitable: UnsafeCell<Waitable>,
    pub kind: Kind,
    pub state: Cell<State>,
    /// What is to be delivered.
    event: Cell<Option<Outcome>>,
    /// Whether the peer may use the buffer.
    attached: Cell<bool>,
    /// Whether the end beside it in memory has gone.
    is_alone: Cell<bool>,
    /// Elements of the operation that remain, and that have been copied.
    pub remaining: Cell<u32>,
    progress: Cell<u32>,
    /// Where the next element is or goes.
    pub address: Cell<*mut u8>,
    pub buffer: Cell<Buffer>,
    /// The other end; null once that has gone.
    peer: Cell<*const End>,
    /// Null: the end is the host's.
    side: Cell<*const Side>,
    /// The zone that has the end; null while the host has it.
    pub zone: Cell<Context>,
    /// Bytes of an element in the host's layout, of a stream or future that the host made.
    pub element_size: u64,
}

/// The ends of a stream or future, the readable one first, in one piece of memory. It is free when both have gone.
pub type Pair = [End; 2];

/// Pairs whose memory has not been freed, of all zones and of the host's.
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// How many pairs of ends there is memory for, allocated by this runtime and not freed by it: 0 if nothing leaks, once
/// there is no zone any more.
pub fn live() -> usize {
    LIVE.load(Ordering::Relaxed)
}

/// The ends that a zone has.
pub struct Ends {
    count: u32,
    /// Memory of pairs, for the next ones.
    spare: Spare<Pair>,
}

impl Ends {
    pub const fn new() -> Ends {
        Ends { count: 0, spare: Spare::new() }
    }

    /// Counts one more end.
    pub fn enter(&mut self) -> Result<(), Trap> {
        if self.count >= MAX_ENDS {
            return Err(Trap::TooManyStreams);
        }
        self.count += 1;
        Ok(())
    }

    /// One end less.
    pub fn leave(&mut self) {
        self.count = self.count.saturating_sub(1);
    }

    /// Memory for a pair.
    pub fn memory(&mut self) -> Option<NonNull<Pair>> {
        self.spare.take().or_else(fresh)
    }

    /// Takes the memory of a pair that is no more.
    ///
    /// # Safety
    /// Nobody uses it any more.
    pub unsafe fn keep(&mut self, pair: NonNull<Pair>) {
        // SAFETY: the caller's; it came from the C library.
        unsafe {
            if !self.spare.keep(pair) {
                free(pair);
            }
        }
    }
}

impl Ends {
    /// Frees the memory that was kept for the next ones.
    pub fn release(&mut self) {
        while let Some(pair) = self.spare.take() {
            // SAFETY: it came from the C library, and nobody has it.
            unsafe { free(pair) };
        }
    }
}

/// Memory for a pair from the C library.
pub fn fresh() -> Option<NonNull<Pair>> {
    let pair = weldc_rt_alloc(size_of::<Pair>() as u64, align_of::<Pair>() as u64);
    LIVE.fetch_add(usize::from(!pair.is_null()), Ordering::Relaxed);
    NonNull::new(pair.cast())
}

/// Frees it.
///
/// # Safety
/// It came from the C library, and nobody uses it any more.
unsafe fn free(pair: NonNull<Pair>) {
    LIVE.fetch_sub(1, Ordering::Relaxed);
    // SAFETY: the caller's.
    unsafe { weldc_rt_free(pair.as_ptr().cast()) };
}

/// An end is no more. Gives the memory of the pair if both have gone.
///
/// # Safety
/// It has been disconnected from its peer, and nobody has it.
pub unsafe fn unmake(end: *mut End) -> Option<NonNull<Pair>> {
    // SAFETY: the caller's; `make_pair` put the two side by side, and the memory stays till both have gone.
    unsafe {
        let beside = if (*end).kind.is_writable { end.sub(1) } else { end.add(1) };
        if !(*end).is_alone.get() {
            (*beside).is_alone.set(true);
            return None;
        }
        NonNull::new(end.min(beside).cast())
    }
}

/// An end is no more, and no zone wants its memory.
///
/// # Safety
/// As [`unmake`].
pub unsafe fn end(end: *mut End) {
    // SAFETY: the caller's.
    unsafe {
        if let Some(pair) = unmake(end) {
            free(pair);
        }
    }
}

/// Makes the two ends of a stream or future, the readable one first. They are nobody's.
///
/// # Safety
/// The memory is used by nobody.
pub unsafe fn make_pair(
    is_future: bool,
    element_size: u64,
    memory: NonNull<Pair>,
) -> [*mut End; 2] {
    let readable = memory.as_ptr().cast::<End>();
    let writable = readable.wrapping_add(1);
    let make = |is_writable, peer: *mut End| End {
        waitable: UnsafeCell::new(Waitable::new(take_event)),
        kind: Kind { is_future, is_writable },
        state: Cell::new(State::Idle),
        event: Cell::new(None),
        attached: Cell::new(false),
        is_alone: Cell::new(false),
        remaining: Cell::new(0),
        progress: Cell::new(0),
        address: Cell::new(ptr::null_mut()),
        buffer: Cell::new(Buffer::NONE),
        peer: Cell::new(peer),
        side: Cell::new(ptr::null()),
        zone: Cell::new(Context(ptr::null_mut())),
        element_size,
    };
    // SAFETY: the caller's.
    unsafe {
        readable.write(make(false, writable));
        writable.write(make(true, readable));
    }
    [readable, writable]
}

impl End {
    /// The waitable, for the runtime of the zone that has the end.
    pub fn waitable(&self) -> *mut Waitable {
        self.waitable.get()
    }

    /// The other end.
    pub fn peer(&self) -> Option<&End> {
        // SAFETY: whoever frees an end disconnects it before (`meet`), so what is pointed at lives.
        unsafe { self.peer.get().as_ref() }
    }

    pub fn set_peer(&self, peer: Option<&End>) {
        self.peer.set(peer.map_or(ptr::null(), ptr::from_ref));
    }

    pub fn is(&self, other: &End) -> bool {
        ptr::eq(self, other)
    }

    /// Who has the end from now on. The waitable of a zone's is new: that of another runtime calls that one.
    pub fn set_owner(&self, owner: Option<(Context, &'static Side)>) {
        let (zone, side) = match owner {
            Some((zone, side)) => {
                // SAFETY: nobody had the end, so it is in no set and nobody waits for it.
                unsafe { self.waitable().write(Waitable::new(take_event)) };
                (zone, ptr::from_ref(side))
            }
            None => (Context(ptr::null_mut()), ptr::null()),
        };
        self.zone.set(zone);
        self.side.set(side);
    }

    /// What the zone's runtime does for the end; `None` if the host has it.
    pub fn side(&self) -> Option<&'static Side> {
        // SAFETY: `set_owner` was given a static.
        unsafe { self.side.get().as_ref() }
    }

    pub fn is_busy(&self) -> bool {
        matches!(self.state.get(), State::Copying | State::Cancelling)
    }

    pub fn has_event(&self) -> bool {
        self.event.get().is_some()
    }

    /// Whether there is a buffer for the peer.
    pub fn is_attached(&self) -> bool {
        self.attached.get()
    }

    /// Begins an operation. An event that the peer has gone is part of its result.
    ///
    /// Part of its callers, so that the buffer is written to the end as it is made: who stored it elsewhere first
    /// would wait for it at each operation.
    #[inline(always)]
    pub fn attach(&self, address: *mut u8, buffer: Buffer, count: u32) {
        self.clear_event();
        self.state.set(State::Copying);
        self.address.set(address);
        self.buffer.set(buffer);
        self.remaining.set(count);
        self.progress.set(0);
        self.attached.set(true);
    }

    pub fn detach(&self) {
        self.attached.set(false);
    }

    /// So many elements have been copied.
    pub fn advance(&self, count: u32, stride: u64) {
        let bytes = (u64::from(count) * stride) as usize;
        self.address.set(self.address.get().wrapping_add(bytes));
        self.remaining.set(self.remaining.get() - count);
        self.progress.set(self.progress.get() + count);
    }

    /// The operation has done what it is for. As long as room remains the peer may go on, until this is delivered.
    pub fn complete(&self) {
        self.event.set(Some(Outcome::Completed));
        self.attached.set(self.remaining.get() != 0);
    }

    /// The peer has gone.
    pub fn mark_dropped(&self) {
        self.peer.set(ptr::null());
        self.detach();
        if self.state.get() != State::Done && !self.has_event() {
            self.event.set(Some(Outcome::Dropped));
        }
    }

    /// Cancels the operation in progress; gives its result.
    pub fn cancel(&self) -> u32 {
        self.state.set(State::Cancelling);
        if !self.has_event() {
            self.event.set(Some(Outcome::Cancelled));
        }
        self.deliver()
    }

    /// The event's payload. The operation has ended.
    pub fn deliver(&self) -> u32 {
        let outcome = self.final_outcome();
        self.clear_event();
        self.detach();
        let progress = if self.is_busy() { self.progress.get() } else { 0 };
        let is_done =
            outcome == Outcome::Dropped || self.kind.is_future && outcome == Outcome::Completed;
        self.state.set(if is_done { State::Done } else { State::Idle });
        if self.kind.is_future {
            outcome as u32
        } else {
            outcome as u32 | progress << copy_result::COUNT_SHIFT
        }
    }

    /// What has become of the operation by now. A future's value has arrived or has not; of a stream it matters more
    /// that the peer has gone, or that the operation has been cancelled, than that it has been of use.
    fn final_outcome(&self) -> Outcome {
        let outcome = self.event.get().unwrap_or(Outcome::Cancelled);
        match outcome {
            _ if self.kind.is_future => outcome,
            _ if self.peer.get().is_null() => Outcome::Dropped,
            _ if self.state.get() == State::Cancelling => Outcome::Cancelled,
            _ => outcome,
        }
    }

    /// Tells whoever has the end that there is an event, if there is one.
    pub fn announce(&self) -> Option<Call> {
        if !self.has_event() {
            return None;
        }
        match self.side() {
            Some(side) => {
                // SAFETY: the side is that of the runtime whose zone has the end.
                unsafe { (side.notify)(self) };
                None
            }
            // While it has no operation, the next one tells.
            None if self.is_busy() => {
                let operation = self.buffer.get().host;
                Some(Call(operation, self.deliver()))
            }
            None => None,
        }
    }

    /// Takes the event back.
    fn clear_event(&self) {
        if self.event.take().is_some() && self.side().is_some() {
            // SAFETY: a zone has the end, so it is this runtime that delivers to it.
            unsafe { Waitable::clear_pending(self.waitable()) };
        }
    }

    /// Ends of a zone that ends: nobody is told any more, and nothing is copied.
    pub fn retire(&self, side: &'static Side) {
        self.detach();
        self.event.set(None);
        self.side.set(side);
    }
}

/// Delivers the event of a waitable that is an end.
///
/// # Safety
/// The waitable is an end's, which a zone has, and an event was pending.
unsafe fn take_event(waitable: *mut Waitable) -> Event {
    // SAFETY: the caller's; the waitable is the first field.
    let (end, index) = unsafe { (&*waitable.cast::<End>(), (*waitable).index()) };
    Event::new(end.kind.event_code(), index, end.deliver())
}

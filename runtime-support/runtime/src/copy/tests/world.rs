//! Streams and futures of a zone's two instances and of the host, by the functions that generated code and the host
//! call.

#![expect(clippy::undocumented_unsafe_blocks, reason = "all are calls on ends of a living zone")]

use super::{Act, Native, Seen, take_for_other};
use crate::context::Context;
use crate::copy::end::End;
use crate::copy::host::Operation;
use crate::copy::*;
use crate::handles::Table;
use crate::testing::{TestZone, layout};
use crate::waitable::Waitable;
use core::ffi::c_void;
use core::ptr::null_mut;
use std::boxed::Box;
use std::collections::BTreeMap;
use std::vec::Vec;
use weldc_abi::context::{instance, memory};
use weldc_abi::task::{BLOCKED, OUTCOME_TRAP_SHIFT};
use weldc_abi::{Trap, handle};

/// Who has an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// One of [`layout::COPYING`].
    Guest(usize),
    Host,
}

/// What streams carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    pub is_future: bool,
    /// [`layout::BYTE`] or [`layout::BOXED`].
    pub ty: u32,
}

impl Carried {
    fn tag(self, is_writable: bool) -> u32 {
        let kind = end::Kind { is_future: self.is_future, is_writable };
        handle::tag(kind.handle_kind(), self.ty)
    }
    fn native_size(self) -> u64 {
        if self.ty == layout::BYTE { 1 } else { size_of::<Native>() as u64 }
    }
}

/// An end, and where it copies.
pub struct Place {
    pub owner: Owner,
    pub address: *mut End,
    pub index: u32,
    is_writable: bool,
    /// The buffer of its last operation.
    buffer: *mut u8,
    count: u32,
    progress: u32,
    operation: Box<Told>,
}

/// An operation of the host's and what it was told.
#[repr(C)]
struct Told {
    operation: Operation,
    result: Option<i32>,
}

unsafe extern "C" fn told(operation: *mut Operation, result: i32) {
    let told = operation.cast::<Told>();
    unsafe {
        assert_eq!((*told).result.replace(result), None, "told twice");
    }
}

pub struct World<'a> {
    pub zone: &'a TestZone,
    carried: Carried,
    pub ends: Vec<Option<Place>>,
    /// The host's buffers, until the end.
    memory: Vec<Box<[u64]>>,
    /// The next free address of either memory.
    free: [u64; 2],
    next: u32,
    pub done: BTreeMap<usize, u32>,
}

const TABLES: [u32; 2] =
    [layout::COPYING[0] + instance::HANDLES as u32, layout::COPYING[1] + instance::HANDLES as u32];

impl<'a> World<'a> {
    /// Streams with these owners of their readable and writable ends.
    pub fn new(zone: &'a TestZone, carried: Carried, streams: &[[Owner; 2]]) -> World<'a> {
        let mut world = World {
            zone,
            carried,
            ends: Vec::new(),
            memory: Vec::new(),
            free: [1024; 2],
            next: 1,
            done: BTreeMap::new(),
        };
        streams.iter().for_each(|&owners| world.add(owners));
        world
    }

    fn context(&self) -> Context {
        self.zone.0
    }

    fn add(&mut self, [reader, writer]: [Owner; 2]) {
        let Carried { is_future, ty } = self.carried;
        let [readable, writable] = match writer {
            Owner::Guest(guest) => {
                let instance = layout::COPYING[guest];
                let made =
                    unsafe { weldc_rt_copy_new(self.context(), instance, ty, is_future.into()) };
                let [index, writable] = [made as u32, (made >> 32) as u32];
                let address = self.end_at(guest, index);
                let readable = if reader == writer {
                    self.place(reader, address, index, false)
                } else {
                    let (table, tag) = (TABLES[guest], self.carried.tag(false));
                    let taken = unsafe { take_for_other(self.context(), table, tag, index) };
                    assert_eq!(taken, address);
                    self.give(reader, address)
                };
                [readable, self.place(writer, self.end_at(guest, writable), writable, true)]
            }
            Owner::Host => {
                let mut ends = [core::ptr::null(); 2];
                let size = self.carried.native_size();
                let made = unsafe { weldc_rt_end_new(is_future.into(), size, 8, &raw mut ends) };
                assert_eq!(made, 0);
                let [readable, writable] = ends.map(|end: *const End| end.cast_mut());
                [self.give(reader, readable), self.place(Owner::Host, writable, 0, true)]
            }
        };
        self.ends.extend([Some(readable), Some(writable)]);
    }

    /// Gives a readable end that nobody has to somebody.
    fn give(&self, owner: Owner, end: *mut End) -> Place {
        let index = match owner {
            Owner::Host => 0,
            Owner::Guest(guest) => {
                let tag = self.carried.tag(false);
                let index = unsafe { weldc_rt_end_add(self.context(), TABLES[guest], tag, end) };
                assert_ne!(index, 0);
                index
            }
        };
        self.place(owner, end, index, false)
    }

    fn place(&self, owner: Owner, address: *mut End, index: u32, is_writable: bool) -> Place {
        let operation = Operation { done: told, data: null_mut::<c_void>() };
        Place {
            owner,
            address,
            index,
            is_writable,
            buffer: null_mut(),
            count: 0,
            progress: 0,
            operation: Box::new(Told { operation, result: None }),
        }
    }

    fn end_at(&self, guest: usize, index: u32) -> *mut End {
        World::end_of(self.zone, guest, index)
    }

    /// The end that an instance of a zone has at an index.
    pub fn end_of(zone: &TestZone, guest: usize, index: u32) -> *mut End {
        unsafe {
            let table = &*zone.0.at::<Table>(TABLES[guest]);
            border::end_of(table.slot(index).expect("a slot"))
        }
    }

    /// What the host was told last of an end.
    pub fn told(&self, end: usize) -> Option<u32> {
        self.ends[end].as_ref()?.operation.result.map(|result| result as u32)
    }

    fn place_of(&mut self, end: usize) -> &mut Place {
        self.ends[end].as_mut().expect("an end that is there")
    }

    /// Whether an event of a guest's end waits for its delivery.
    pub fn has_event(&self, end: usize) -> bool {
        let place = self.ends[end].as_ref().expect("an end that is there");
        match place.owner {
            Owner::Guest(_) => unsafe { (*(*place.address).waitable()).has_pending() },
            Owner::Host => unsafe { (*place.address).has_event() },
        }
    }

    pub fn apply(&mut self, act: Act) -> Seen {
        self.done.clear();
        let seen = match act {
            Act::Start { end, count } => self.start(end, count),
            Act::Cancel { end } => self.cancel(end),
            Act::Drop { end } => self.drop(end),
            Act::Deliver { end } => Ok(self.deliver(end)),
            Act::Forward { readable, writable } => self.forward(readable, writable),
        };
        for end in 0..self.ends.len() {
            let Some(place) = &mut self.ends[end] else { continue };
            if let Some(result) = place.operation.result.take() {
                self.done.insert(end, result as u32);
                self.progressed(end, Ok(result as u32));
            }
        }
        seen
    }

    /// Remembers how much the end's last operation has copied.
    fn progressed(&mut self, end: usize, seen: Seen) {
        let is_future = self.carried.is_future;
        if let (Ok(result), Some(place)) = (seen, &mut self.ends[end]) {
            match result {
                BLOCKED => {}
                _ if is_future => place.progress = u32::from(result == 0),
                _ => place.progress = result >> 4,
            }
        }
    }

    fn start(&mut self, end: usize, count: u32) -> Seen {
        let Place { owner, is_writable, .. } = *self.place_of(end);
        let (address, buffer) = self.buffer(owner, count);
        if is_writable {
            (0..count).for_each(|number| self.write(owner, buffer, number, self.next + number));
        }
        let carried = self.carried;
        let context = self.context();
        let place = self.place_of(end);
        let operation = (&raw mut *place.operation).cast::<Operation>();
        let (end_at, index) = (place.address, place.index);
        let seen = match owner {
            Owner::Guest(guest) => {
                let number =
                    layout::copy(guest as u32, carried.ty, carried.is_future, is_writable, false);
                outcome(unsafe { weldc_rt_copy(context, number, index, address, count.into()) })
            }
            Owner::Host => {
                let act = if is_writable { weldc_rt_end_write } else { weldc_rt_end_read };
                Ok(unsafe { act(&*end_at, buffer, count.into(), operation) } as u32)
            }
        };
        if seen.is_ok() {
            self.next += if is_writable { count } else { 0 };
            let place = self.place_of(end);
            (place.buffer, place.count, place.progress) = (buffer, count, 0);
            self.progressed(end, seen);
        }
        seen
    }

    /// Room for so many elements: a guest's address, and where that is.
    fn buffer(&mut self, owner: Owner, count: u32) -> (u64, *mut u8) {
        match owner {
            Owner::Guest(guest) => {
                let address = self.free[guest];
                self.free[guest] += u64::from(count) * 8;
                let state = [layout::MEMORY_0, layout::MEMORY_1][guest];
                let base: *mut u8 = self.zone.load(state + memory::BASE as u32);
                (address, base.wrapping_add(address as usize))
            }
            Owner::Host => {
                self.memory.push(std::vec![0; 2 * count as usize].into());
                (0, self.memory.last_mut().expect("just pushed").as_mut_ptr().cast())
            }
        }
    }

    fn write(&self, owner: Owner, buffer: *mut u8, number: u32, value: u32) {
        let number = number as usize;
        unsafe {
            match (self.carried.ty, owner) {
                (layout::BYTE, _) => buffer.add(number).write(value as u8),
                (_, Owner::Guest(_)) => {
                    buffer.cast::<[u32; 2]>().add(number).write([value, !value]);
                }
                (_, Owner::Host) => buffer.cast::<Native>().add(number).write(Native::new(value)),
            }
        }
    }

    /// What a readable end's last operation has read. Of the host's, elements are consumed.
    pub fn received(&mut self, end: usize) -> Vec<u32> {
        let ty = self.carried.ty;
        let &mut Place { owner, buffer, progress, .. } = self.place_of(end);
        let value = |number: usize| unsafe {
            match (ty, owner) {
                (layout::BYTE, _) => buffer.add(number).read().into(),
                (_, Owner::Guest(_)) => buffer.cast::<[u32; 2]>().add(number).read()[0],
                (_, Owner::Host) => *(*buffer.cast::<Native>().add(number)).value,
            }
        };
        (0..progress as usize).map(value).collect()
    }

    fn cancel(&mut self, end: usize) -> Seen {
        let &mut Place { owner, address, index, is_writable, .. } = self.place_of(end);
        let (context, tag) = (self.context(), self.carried.tag(is_writable));
        let seen = match owner {
            Owner::Guest(guest) => {
                let instance = layout::COPYING[guest];
                outcome(unsafe { weldc_rt_copy_cancel(context, instance, tag, index, 1) })
            }
            Owner::Host => Ok(unsafe { weldc_rt_end_cancel(&*address) } as u32),
        };
        self.progressed(end, seen);
        seen
    }

    fn drop(&mut self, end: usize) -> Seen {
        let &mut Place { owner, address, index, is_writable, .. } = self.place_of(end);
        let (context, tag) = (self.context(), self.carried.tag(is_writable));
        let seen = match owner {
            Owner::Guest(guest) => {
                let instance = layout::COPYING[guest];
                status(unsafe { weldc_rt_copy_drop(context, instance, tag, index) })
            }
            Owner::Host => {
                unsafe { weldc_rt_end_drop(address) };
                Ok(0)
            }
        };
        if seen.is_ok() {
            self.forget(end);
        }
        seen
    }

    /// Frees what the host's elements own: what it has read, and what it has not given away.
    fn forget(&mut self, end: usize) {
        self.settle(end);
        self.ends[end] = None;
    }

    /// The same of the last operation alone.
    pub fn settle(&mut self, end: usize) {
        let Some(place) = &mut self.ends[end] else { return };
        if self.carried.ty != layout::BOXED || place.owner != Owner::Host {
            return;
        }
        let range = if place.is_writable { place.progress..place.count } else { 0..place.progress };
        for number in range {
            unsafe { place.buffer.cast::<Native>().add(number as usize).read().consume() };
        }
        (place.count, place.progress) = (0, 0);
    }

    fn deliver(&mut self, end: usize) -> u32 {
        let place = self.place_of(end);
        let was_copying = unsafe { (*place.address).is_busy() };
        let event = unsafe { Waitable::take_event((*place.address).waitable()) };
        assert_eq!(event.index(), place.index);
        let is_writable = place.is_writable;
        assert_eq!(event.code, 2 + u32::from(is_writable) + 2 * u32::from(self.carried.is_future));
        if was_copying {
            self.progressed(end, Ok(event.payload()));
        }
        event.payload()
    }

    fn forward(&mut self, readable: usize, writable: usize) -> Seen {
        let [first, second] = [readable, writable].map(|end| {
            let place = self.place_of(end);
            (place.owner, place.index)
        });
        let (Owner::Guest(guest), true) = (first.0, first.0 == second.0) else {
            panic!("only a guest forwards, what it has");
        };
        let (instance, tag) = (layout::COPYING[guest], self.carried.tag(false));
        let context = self.context();
        let seen =
            status(unsafe { weldc_rt_copy_forward(context, instance, tag, first.1, second.1) });
        if seen.is_ok() {
            self.forget(readable);
            self.forget(writable);
        }
        seen
    }
}

impl Drop for World<'_> {
    /// Ends everything, also what a guest could not.
    fn drop(&mut self) {
        for end in 0..self.ends.len() {
            let Some(&mut Place { owner, address, index, .. }) = self.ends[end].as_mut() else {
                continue;
            };
            unsafe {
                if (*address).is_busy() {
                    let seen = self.cancel_whatever(end);
                    self.progressed(end, Ok(seen));
                }
                match owner {
                    Owner::Host => weldc_rt_end_drop(address),
                    Owner::Guest(guest) => {
                        let taken = border::take_out(self.context(), TABLES[guest], index);
                        meet::make_calls([meet::disconnect(&*taken)]);
                        border::discard(self.context(), taken);
                    }
                }
            }
            // Those that the host was told of meanwhile.
            let results: Vec<_> = self.ends.iter_mut().enumerate().collect();
            let results: Vec<_> = results
                .into_iter()
                .filter_map(|(end, place)| Some((end, place.as_mut()?.operation.result.take()?)))
                .collect();
            for (end, result) in results {
                self.progressed(end, Ok(result as u32));
            }
            self.forget(end);
        }
    }
}

impl World<'_> {
    fn cancel_whatever(&mut self, end: usize) -> u32 {
        unsafe { (*self.place_of(end).address).cancel() }
    }
}

pub fn outcome(outcome: u64) -> Seen {
    match outcome >> OUTCOME_TRAP_SHIFT {
        0 => Ok(outcome as u32),
        trap => Err(Trap::from_status(trap as u32)),
    }
}

pub fn status(status: i32) -> Seen {
    if status == 0 { Ok(0) } else { Err(Trap::from_status(status as u32)) }
}

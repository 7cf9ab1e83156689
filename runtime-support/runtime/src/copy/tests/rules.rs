//! Rules that schedules do not show: what is refused, transfers that trap, zones that end, hosts that answer at once.

#![expect(clippy::undocumented_unsafe_blocks, reason = "all are calls on ends of a living zone")]

use super::world::{Carried, Owner, World, outcome, status};
use super::{Act, BOXES, Native, TRAPS_LIFTED, TRAPS_LOWERED, one_at_a_time, take_for_other};
use crate::Context;
use crate::copy::end::Ends;
use crate::copy::*;
use crate::testing::{TestZone, layout};
use crate::waitable::{weldc_rt_waitable_join, weldc_rt_waitable_set_new};
use core::mem::ManuallyDrop;
use core::ptr::null_mut;
use core::sync::atomic::Ordering;
use std::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::context::{self, instance, memory};
use weldc_abi::handle::{self, tag};
use weldc_abi::limits::{MAX_COPY_COUNT, MAX_ENDS};
use weldc_abi::task::BLOCKED;

const A: Owner = Owner::Guest(0);
const B: Owner = Owner::Guest(1);
const HOST: Owner = Owner::Host;
const BYTES: Carried = Carried { is_future: false, ty: layout::BYTE };
const BOXED: Carried = Carried { is_future: false, ty: layout::BOXED };
pub const INSTANCE: u32 = layout::COPYING[0];
pub const READABLE: u32 = tag(handle::KIND_STREAM_READABLE, layout::BYTE);
pub const WRITABLE: u32 = tag(handle::KIND_STREAM_WRITABLE, layout::BYTE);

const COMPLETED: u32 = 0;
pub const DROPPED: u32 = 1;

/// A new stream's readable and writable index.
pub fn make(zone: Context, ty: u32, is_future: bool) -> [u32; 2] {
    let made = unsafe { weldc_rt_copy_new(zone, INSTANCE, ty, is_future.into()) };
    [made as u32, (made >> 32) as u32]
}

/// An asynchronous operation on a stream of bytes.
pub fn copy(zone: Context, is_write: bool, index: u32, address: u64, count: u64) -> super::Seen {
    let number = layout::copy(0, layout::BYTE, false, is_write, false);
    outcome(unsafe { weldc_rt_copy(zone, number, index, address, count) })
}

pub fn memory(zone: &TestZone, number: usize) -> *mut u8 {
    zone.load([layout::MEMORY_0, layout::MEMORY_1][number] + memory::BASE as u32)
}

#[test]
fn handles_of_another_kind_or_type_are_refused_by_their_index() {
    let _guard = one_at_a_time();
    let test = TestZone::new();
    let zone = test.0;
    let [readable, writable] = make(zone, layout::BYTE, false);
    let future = make(zone, layout::BYTE, true)[0];
    let refused = |seen: super::Seen, index, trap| {
        assert_eq!(seen, Err(trap));
        assert_eq!(unsafe { zone.record() }.refused.take(), Some(index));
    };
    refused(copy(zone, false, 77, 0, 1), 77, Trap::UnknownHandle);
    for wrong in [writable, future] {
        refused(copy(zone, false, wrong, 0, 1), wrong, Trap::HandleWrongType);
    }
    let boxed = layout::copy(0, layout::BOXED, false, false, false);
    let seen = outcome(unsafe { weldc_rt_copy(zone, boxed, readable, 0, 1) });
    refused(seen, readable, Trap::HandleWrongType);
    let seen = outcome(unsafe { weldc_rt_copy_cancel(zone, INSTANCE, WRITABLE, readable, 1) });
    refused(seen, readable, Trap::HandleWrongType);
    let seen = status(unsafe { weldc_rt_copy_drop(zone, INSTANCE, READABLE, writable) });
    refused(seen, writable, Trap::HandleWrongType);
    let forward =
        |one, other| status(unsafe { weldc_rt_copy_forward(zone, INSTANCE, READABLE, one, other) });
    refused(forward(writable, readable), writable, Trap::HandleWrongType);
    refused(forward(readable, readable), readable, Trap::UnknownHandle);
    refused(forward(readable, future), future, Trap::HandleWrongType);
    let table = INSTANCE + instance::HANDLES as u32;
    let taken = unsafe { take_for_other(zone, table, READABLE, writable) };
    assert_eq!(taken as usize, Trap::HandleWrongType as usize);
}

#[test]
fn buffers_are_checked_when_operations_begin() {
    let _guard = one_at_a_time();
    let test = TestZone::new();
    let [readable, _] = make(test.0, layout::BYTE, false);
    let read = |address, count| {
        let seen = copy(test.0, false, readable, address, count);
        if seen == Ok(BLOCKED) {
            unsafe { weldc_rt_copy_cancel(test.0, INSTANCE, READABLE, readable, 1) };
        }
        seen
    };
    assert_eq!(read(0, MAX_COPY_COUNT + 1), Err(Trap::CopyTooLong));
    assert_eq!(read(65536, 1), Err(Trap::PointerOutOfBounds));
    assert_eq!(read(1, 65536), Err(Trap::PointerOutOfBounds));
    assert_eq!(read(u64::MAX, 1), Err(Trap::PointerOutOfBounds));
    assert_eq!(read(0, 65536), Ok(BLOCKED));
    assert_eq!(read(u64::MAX, 0), Ok(BLOCKED));
    let [boxed, _] = make(test.0, layout::BOXED, false);
    let number = layout::copy(0, layout::BOXED, false, false, false);
    let read =
        |address, count| outcome(unsafe { weldc_rt_copy(test.0, number, boxed, address, count) });
    // Alignment comes before bounds.
    assert_eq!(read(1 << 40 | 2, 1), Err(Trap::PointerUnaligned));
    assert_eq!(read(65532, 1), Err(Trap::PointerOutOfBounds));
    assert_eq!(read(2, 0), Ok(BLOCKED));
    let [nothing, _] = make(test.0, layout::NO_ELEMENT, false);
    let number = layout::copy(0, layout::NO_ELEMENT, false, false, false);
    let seen = outcome(unsafe { weldc_rt_copy(test.0, number, nothing, u64::MAX, 9) });
    assert_eq!(seen, Ok(BLOCKED));
}

#[test]
fn an_end_in_a_waitable_set_is_not_used_synchronously_and_stays() {
    let _guard = one_at_a_time();
    let test = TestZone::new();
    let zone = test.0;
    let [readable, writable] = make(zone, layout::BYTE, false);
    let set = unsafe { weldc_rt_waitable_set_new(zone, INSTANCE) };
    for end in [readable, writable] {
        assert_eq!(unsafe { weldc_rt_waitable_join(zone, INSTANCE, end, set) }, 0);
    }
    let number = layout::copy(0, layout::BYTE, false, false, true);
    let read = || outcome(unsafe { weldc_rt_copy(zone, number, readable, 0, 1) });
    assert_eq!(read(), Err(Trap::SyncInSet));
    assert_eq!(copy(zone, false, readable, 0, 1), Ok(BLOCKED));
    let cancel = |is_async| {
        outcome(unsafe { weldc_rt_copy_cancel(zone, INSTANCE, READABLE, readable, is_async) })
    };
    assert_eq!(cancel(0), Err(Trap::SyncInSet));
    assert_eq!(cancel(1), Ok(2));
    let forward =
        || status(unsafe { weldc_rt_copy_forward(zone, INSTANCE, READABLE, readable, writable) });
    let table = INSTANCE + instance::HANDLES as u32;
    let take = || unsafe { take_for_other(zone, table, READABLE, readable) };
    let join = |end, set| unsafe { weldc_rt_waitable_join(zone, INSTANCE, end, set) };
    assert_eq!(forward(), Err(Trap::ForwardInSet));
    assert_eq!(take() as usize, Trap::LiftStreamInSet as usize);
    assert_eq!(join(readable, 0), 0);
    assert_eq!(forward(), Err(Trap::ForwardInSet));
    // What is dropped leaves its set.
    let drop = |tag, index| unsafe { weldc_rt_copy_drop(zone, INSTANCE, tag, index) };
    assert_eq!(drop(WRITABLE, writable), 0);
    assert_eq!(unsafe { crate::waitable::weldc_rt_waitable_set_drop(zone, INSTANCE, set) }, 0);
    assert_eq!(read(), Ok(DROPPED));
    assert_eq!(drop(READABLE, readable), 0);
}

#[test]
fn numbers_may_meet_in_one_instance_even_where_they_overlap() {
    let _guard = one_at_a_time();
    let test = TestZone::new();
    let [readable, writable] = make(test.0, layout::BYTE, false);
    for (from, to) in [(16u64, 9u64), (16, 16), (16, 23)] {
        let base = memory(&test, 0);
        for offset in 0..64 {
            unsafe { base.add(offset).write(offset as u8) };
        }
        assert_eq!(copy(test.0, true, writable, from, 8), Ok(BLOCKED));
        assert_eq!(copy(test.0, false, readable, to, 8), Ok(COMPLETED | 8 << 4));
        unsafe { weldc_rt_copy_cancel(test.0, INSTANCE, WRITABLE, writable, 1) };
        let read: Vec<u8> = (0..8).map(|i| unsafe { *base.add(to as usize + i) }).collect();
        assert_eq!(read, (16..24).collect::<Vec<u8>>());
    }
}

#[test]
fn other_elements_may_not() {
    let _guard = one_at_a_time();
    let zone = TestZone::new();
    let mut world = World::new(&zone, BOXED, &[[A, A], [A, A]]);
    assert_eq!(world.apply(Act::Start { end: 1, count: 1 }), Ok(BLOCKED));
    let trap = Err(Trap::IntraComponentCopy);
    assert_eq!(world.apply(Act::Start { end: 0, count: 1 }), trap);
    drop(world);
    let mut world = World::new(&zone, BOXED, &[[A, A], [A, A]]);
    assert_eq!(world.apply(Act::Start { end: 1, count: 1 }), Ok(BLOCKED));
    assert_eq!(world.apply(Act::Start { end: 2, count: 1 }), Ok(BLOCKED));
    assert_eq!(world.apply(Act::Forward { readable: 0, writable: 3 }), trap);
    // Both were taken out before.
    world.ends[0] = None;
    world.ends[3] = None;
}

#[test]
fn a_stream_that_is_forwarded_to_itself_leaves_its_indices_in_order() {
    let _guard = one_at_a_time();
    let test = TestZone::new();
    let forward = |one, other| unsafe {
        assert_eq!(weldc_rt_copy_forward(test.0, INSTANCE, READABLE, one, other), 0);
    };
    assert_eq!(make(test.0, layout::BYTE, false), [1, 2]);
    forward(1, 2);
    assert_eq!(make(test.0, layout::BYTE, false), [2, 1]);
    assert_eq!(make(test.0, layout::BYTE, false), [3, 4]);
    // From the first to the second and back.
    forward(2, 4);
    forward(3, 1);
    assert_eq!(make(test.0, layout::BYTE, false), [1, 3]);
}

#[test]
fn long_copies_go_by_pieces() {
    let _guard = one_at_a_time();
    let before = BOXES.load(Ordering::Relaxed);
    let zone = TestZone::new();
    let mut world = World::new(&zone, BOXED, &[[B, A]]);
    // Sixteen bytes each: more than one piece, and not a whole number of them.
    let count = 5000;
    assert_eq!(world.apply(Act::Start { end: 0, count }), Ok(BLOCKED));
    assert_eq!(world.apply(Act::Start { end: 1, count: count + 7 }), Ok(count << 4));
    assert_eq!(world.apply(Act::Deliver { end: 0 }), Ok(count << 4));
    assert_eq!(world.received(0), (1..=count).collect::<Vec<_>>());
    drop(world);
    assert_eq!(BOXES.load(Ordering::Relaxed), before);
}

/// A stream between two zones, or a zone and the host: the writer has started with values, of which one is bad.
fn with_bad_value(bad: u32, zone: &TestZone, reader: Owner) -> World<'_> {
    let mut world = World::new(zone, BOXED, &[[reader, A]]);
    assert_eq!(world.apply(Act::Start { end: 1, count: 4 }), Ok(BLOCKED));
    unsafe { memory(zone, 0).add(1024).cast::<[u32; 2]>().add(2).write([bad, !bad]) };
    world
}

#[test]
fn a_trap_of_a_transfer_is_that_of_whose_code_it_was() {
    let _guard = one_at_a_time();
    let before = (live(), BOXES.load(Ordering::Relaxed));
    for (bad, trap) in
        [(TRAPS_LIFTED, Trap::InvalidChar), (TRAPS_LOWERED, Trap::ReallocOutOfBounds)]
    {
        let zone = TestZone::new();
        let mut world = with_bad_value(bad, &zone, B);
        assert_eq!(world.apply(Act::Start { end: 0, count: 4 }), Err(trap));
        assert_eq!(zone.load::<u32>(context::STATE as u32), trap as u32);
    }
    // The host reads: the writer is at an end, and has gone.
    let zone = TestZone::new();
    let mut world = with_bad_value(TRAPS_LIFTED, &zone, HOST);
    assert_eq!(world.apply(Act::Start { end: 0, count: 2 }), Ok(COMPLETED | 2 << 4));
    world.settle(0);
    assert_eq!(world.apply(Act::Start { end: 0, count: 2 }), Ok(DROPPED));
    assert_eq!(zone.load::<u32>(context::STATE as u32), Trap::InvalidChar as u32);
    drop(world);
    drop(zone);
    // The host writes.
    let zone = TestZone::new();
    let mut world = World::new(&zone, BOXED, &[[A, HOST]]);
    assert_eq!(world.apply(Act::Start { end: 0, count: 2 }), Ok(BLOCKED));
    let [end, _] = [0, 1].map(|end| world.ends[end].as_ref().unwrap().address);
    let writer = world.ends[1].as_ref().unwrap().address;
    let mut elements = [Native::new(1), Native::new(TRAPS_LOWERED)];
    let written =
        unsafe { weldc_rt_end_write(&*writer, elements.as_mut_ptr().cast(), 2, null_mut()) };
    assert_eq!(written as u32, DROPPED);
    assert_eq!(zone.load::<u32>(context::STATE as u32), Trap::ReallocOutOfBounds as u32);
    assert!(unsafe { (*end).peer() }.is_none());
    drop(world);
    drop(zone);
    assert_eq!((live(), BOXES.load(Ordering::Relaxed)), before);
}

/// A stream of what needs transfers whose writable end is one zone's and whose readable end another's: that one's
/// index, and the writable one's.
fn between(from: Context, to: Context) -> [u32; 2] {
    let [readable, writable] = make(from, layout::BOXED, false);
    let table = INSTANCE + instance::HANDLES as u32;
    let tag = tag(handle::KIND_STREAM_READABLE, layout::BOXED);
    let taken = unsafe { take_for_other(from, table, tag, readable) };
    [unsafe { weldc_rt_end_add(to, table, tag, taken) }, writable]
}

fn copy_boxed(zone: Context, is_write: bool, index: u32, count: u64) -> super::Seen {
    let number = layout::copy(0, layout::BOXED, false, is_write, false);
    outcome(unsafe { weldc_rt_copy(zone, number, index, 1024, count) })
}

fn put_boxed(zone: &TestZone, values: &[u32]) {
    let to = unsafe { memory(zone, 0).add(1024).cast::<[u32; 2]>() };
    for (number, &value) in values.iter().enumerate() {
        unsafe { to.add(number).write([value, !value]) };
    }
}

#[test]
fn a_trap_in_one_zone_does_not_reach_the_other() {
    let _guard = one_at_a_time();
    let before = (live(), BOXES.load(Ordering::Relaxed));
    let state = |zone: &TestZone| zone.load::<u32>(context::STATE as u32);
    // The reader's call makes the writer's code trap.
    let (writer, reader) = (TestZone::new(), TestZone::new());
    let [readable, writable] = between(writer.0, reader.0);
    put_boxed(&writer, &[1, TRAPS_LIFTED]);
    assert_eq!(copy_boxed(writer.0, true, writable, 2), Ok(BLOCKED));
    assert_eq!(copy_boxed(reader.0, false, readable, 2), Ok(DROPPED));
    assert_eq!((state(&writer), state(&reader)), (Trap::InvalidChar as u32, 0));
    drop((writer, reader));
    // The writer's own.
    let (writer, reader) = (TestZone::new(), TestZone::new());
    let [readable, writable] = between(writer.0, reader.0);
    put_boxed(&writer, &[TRAPS_LIFTED]);
    assert_eq!(copy_boxed(reader.0, false, readable, 2), Ok(BLOCKED));
    assert_eq!(copy_boxed(writer.0, true, writable, 1), Err(Trap::InvalidChar));
    assert_eq!(state(&reader), 0);
    drop(writer);
    // The reader learns of it when that zone is dropped.
    let end = unsafe { &*World::end_of(&reader, 0, readable) };
    assert!(end.has_event());
    let cancelled = unsafe {
        let tag = tag(handle::KIND_STREAM_READABLE, layout::BOXED);
        outcome(weldc_rt_copy_cancel(reader.0, INSTANCE, tag, readable, 1))
    };
    assert_eq!(cancelled, Ok(DROPPED));
    drop(reader);
    // A zone that has trapped takes part in nothing.
    let (writer, reader) = (TestZone::new(), TestZone::new());
    let [readable, writable] = between(writer.0, reader.0);
    put_boxed(&writer, &[1]);
    assert_eq!(copy_boxed(writer.0, true, writable, 1), Ok(BLOCKED));
    writer.store(context::STATE as u32, Trap::Unreachable as u32);
    assert_eq!(copy_boxed(reader.0, false, readable, 2), Ok(DROPPED));
    drop((writer, reader));
    assert_eq!((live(), BOXES.load(Ordering::Relaxed)), before);
}

#[test]
fn values_go_from_zone_to_zone() {
    let _guard = one_at_a_time();
    let before = (live(), BOXES.load(Ordering::Relaxed));
    let (writer, reader) = (TestZone::new(), TestZone::new());
    let [readable, writable] = between(writer.0, reader.0);
    put_boxed(&writer, &[5, 6, 7]);
    assert_eq!(copy_boxed(reader.0, false, readable, 2), Ok(BLOCKED));
    assert_eq!(copy_boxed(writer.0, true, writable, 3), Ok(COMPLETED | 2 << 4));
    let read = unsafe { memory(&reader, 0).add(1024).cast::<[[u32; 2]; 2]>().read() };
    assert_eq!(read, [[5, !5], [6, !6]]);
    drop((reader, writer));
    assert_eq!((live(), BOXES.load(Ordering::Relaxed)), before);
}

#[test]
fn a_zone_that_ends_tells_the_host() {
    let _guard = one_at_a_time();
    let before = live();
    for is_future in [false, true] {
        for streams in [[[HOST, A]], [[A, HOST]]] {
            let zone = ManuallyDrop::new(TestZone::new());
            let carried = Carried { is_future, ..BYTES };
            let mut world = World::new(&zone, carried, &streams);
            let (guest, host) = if streams[0][0] == HOST { (1, 0) } else { (0, 1) };
            assert_eq!(world.apply(Act::Start { end: host, count: 3 }), Ok(BLOCKED));
            world.ends[guest] = None;
            // The ends of one stream in one zone concern nobody else.
            make(zone.0, layout::BYTE, is_future);
            unsafe { crate::zone::weldc_rt_zone_drop(zone.0) };
            assert_eq!(world.told(host), Some(DROPPED));
            drop(world);
        }
    }
    assert_eq!(live(), before);
}

#[test]
fn that_the_peer_has_gone_travels_with_an_end() {
    let _guard = one_at_a_time();
    let (one, other) = (TestZone::new(), TestZone::new());
    let [readable, writable] = between(one.0, other.0);
    let tag_of = |kind| tag(kind, layout::BOXED);
    let table = INSTANCE + instance::HANDLES as u32;
    let tag = tag_of(handle::KIND_STREAM_READABLE);
    let dropped = tag_of(handle::KIND_STREAM_WRITABLE);
    assert_eq!(unsafe { weldc_rt_copy_drop(one.0, INSTANCE, dropped, writable) }, 0);
    let taken = unsafe { take_for_other(other.0, table, tag, readable) };
    let index = unsafe { weldc_rt_end_add(one.0, table, tag, taken) };
    let pending = || unsafe { (*(*taken).waitable()).has_pending() };
    assert!(pending());
    assert_eq!(copy_boxed(one.0, false, index, 1), Ok(DROPPED));
    assert!(!pending());
    assert_eq!(copy_boxed(one.0, false, index, 1), Err(Trap::ReadStreamDropped));
    let taken = unsafe { take_for_other(one.0, table, tag, index) };
    assert_eq!(taken as usize, Trap::LiftStreamDropped as usize);
}

#[test]
fn a_zone_has_so_many_ends_and_no_more() {
    let mut ends = Ends::new();
    assert!((0..MAX_ENDS).all(|_| ends.enter().is_ok()));
    assert_eq!(ends.enter(), Err(Trap::TooManyStreams));
    ends.leave();
    assert_eq!(ends.enter(), Ok(()));
}

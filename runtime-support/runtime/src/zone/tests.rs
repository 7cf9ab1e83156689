//! Zones that are made and grow.

use crate::artefact::Loaded;
use crate::context::Context;
use crate::handles::weldc_rt_handle_new;
use crate::memory::{weldc_rt_memory_grow, weldc_rt_table_grow};
use crate::os;
use crate::testing::*;
use crate::zone::slot::Slot;
use crate::zone::{weldc_rt_zone_drop, weldc_rt_zone_new};
use core::ffi::c_void;
use core::ptr::null_mut;
use core::sync::atomic::Ordering;
use std::string::ToString;
use std::vec::Vec;
use weldc_abi::artefact::Artefact;
use weldc_abi::{Trap, context};

fn make(artefact: *const Artefact) -> (i32, Context) {
    let mut zone = Context(null_mut());
    // SAFETY: the artefact is what a test made of it.
    let status =
        unsafe { weldc_rt_zone_new(artefact, null_mut(), null_mut(), null_mut(), &mut zone) };
    (status, zone)
}

#[test]
fn a_new_zone_is_what_its_artefact_says() {
    let host = 77 as *mut c_void;
    let (status, zone) = TestZone::start(host);
    assert_eq!(status, 0);
    let zone = zone.unwrap();
    assert_eq!(zone.load::<usize>(context::HOST as u32), 77);
    assert_eq!(zone.load::<usize>(context::STACK_SIZE as u32), 1 << 20);
    assert_eq!(zone.load::<u64>(layout::MARKER), 0x1122_3344_5566_7788);
    assert_eq!(zone.load::<u64>(layout::TABLE), 3);
    assert_eq!(zone.load::<u64>(layout::MEMORY_0 + 8), 65536);
    let base: *const u8 = zone.load(layout::MEMORY_0);
    // SAFETY: a memory of one page.
    let memory = unsafe { core::slice::from_raw_parts(base, 65536) };
    assert!(memory.starts_with(b"image 0") && memory[7..].iter().all(|&byte| byte == 0));
}

#[test]
fn a_large_image_is_each_zones_own() {
    let words = layout::IMAGE_1 as usize / 8;
    let memory = |zone: &TestZone| {
        // SAFETY: the memory is as large as its image.
        unsafe { core::slice::from_raw_parts_mut(zone.load::<*mut u64>(layout::MEMORY_1), words) }
    };
    let (one, other) = (TestZone::new(), TestZone::new());
    memory(&one).fill(1);
    assert!(memory(&other).iter().all(|&word| word == 0x0102_0304_0506_0708));
    let third = TestZone::new();
    assert!(memory(&third).iter().all(|&word| word == 0x0102_0304_0506_0708));
    assert!(memory(&one).iter().all(|&word| word == 1));
}

#[test]
#[cfg(target_os = "linux")]
fn an_image_in_a_file_is_shared_and_an_anonymous_one_is_not() {
    // SAFETY: the artefact of these tests.
    let artefact = unsafe { Loaded::check(artefact()) }.unwrap();
    let image = Loaded::memory_image(&artefact.memories()[1]);
    assert!(os::can_share_image(image));
    let copy = image.to_vec();
    assert!(!os::can_share_image(&copy));
    let room = os::reserve_zeroed(image.len()).unwrap();
    // SAFETY: `room` is as large as the image and new.
    unsafe {
        assert!(os::share_image(image, room.as_ptr()));
        assert_eq!(core::slice::from_raw_parts(room.as_ptr(), image.len()), copy);
        room.as_ptr().write(9);
        os::release(room.as_ptr(), image.len());
    }
    assert_eq!(image, copy);
}

#[test]
fn a_start_that_traps_leaves_a_message() {
    let (status, zone) = TestZone::start(layout::BAD_HOST as *mut c_void);
    assert_eq!(status, Trap::Unreachable as i32);
    assert!(zone.unwrap().message().starts_with("wasm trap: wasm `unreachable`"));
}

#[test]
fn the_embedders_zone_reports_its_trap() {
    let host = layout::BAD_HOST as *mut c_void;
    // SAFETY: an artefact that stays where it is and has no imports.
    let new = |host| unsafe { crate::Zone::new(artefact(), null_mut(), host, null_mut()) };
    let report = new(host).unwrap_err();
    assert_eq!(report.trap, Trap::Unreachable);
    assert!(report.to_string().starts_with("wasm trap: wasm `unreachable`"));
    let mut zone = new(null_mut()).unwrap();
    assert_eq!((zone.trap(), zone.message()), (None, "".into()));
    zone.set_stack_size(1 << 16);
    // SAFETY: a living zone.
    unsafe { weldc_test_entry(Context(zone.context().cast()), weldc_test_divide, 0) };
    assert_eq!(zone.trap(), Some(Trap::IntegerDivideByZero));
}

#[test]
fn something_else_is_not_an_artefact() {
    assert_eq!(make(core::ptr::null()).0, Trap::BadArtefact as i32);
    // SAFETY: the artefact of these tests.
    let good = unsafe { artefact().read() };
    for bad in [
        Artefact { magic: 0, ..good },
        Artefact { version: good.version + 1, ..good },
        Artefact { context_size: good.context_reserved + 1, ..good },
    ] {
        let (status, zone) = make(&bad);
        assert_eq!(status, Trap::BadArtefact as i32);
        assert!(zone.0.is_null());
    }
}

#[test]
fn memories_grow_to_their_maximum() {
    let zone = TestZone::new();
    // SAFETY: a living zone.
    let grow = |memory, pages| unsafe { weldc_rt_memory_grow(zone.0, memory, pages) };
    assert_eq!(grow(0, 0), 1);
    assert_eq!(grow(0, 2), 1);
    assert_eq!(zone.load::<u64>(layout::MEMORY_0 + 8), 3 * 65536);
    let base: usize = zone.load(layout::MEMORY_0);
    assert_eq!(zone.call(weldc_test_load, base + 3 * 65536 - 4), 0);
    assert_eq!(grow(0, 2), u64::MAX);
    assert_eq!(grow(0, u64::MAX), u64::MAX);
    assert_eq!(grow(0, 1 << 48), u64::MAX);
    assert_eq!(grow(0, 1), 3);
    assert_eq!(grow(0, 0), 4);
    assert_eq!(grow(1, 1), u64::MAX);
    assert_eq!(grow(2, 0), u64::MAX);
    assert_eq!(zone.call(weldc_test_load, base + 4 * 65536), Trap::MemoryOutOfBounds as i32);
}

#[test]
fn tables_grow_to_their_maximum() {
    let zone = TestZone::new();
    // SAFETY: a living zone.
    let grow = |elements| unsafe { weldc_rt_table_grow(zone.0, 0, elements, 5) };
    assert_eq!(grow(0), 3);
    assert_eq!(grow(2), 3);
    assert_eq!(zone.load::<u64>(layout::TABLE), 5);
    let elements: [u64; 6] = zone.load(layout::ELEMENTS);
    assert_eq!(elements, [0, 0, 0, 5, 5, 0]);
    assert_eq!(grow(60), u64::MAX);
    assert_eq!(grow(u64::MAX), u64::MAX);
    assert_eq!(grow(59), 5);
}

/// Address space goes from zone to zone; what is in it does not.
#[test]
fn nothing_of_a_zone_is_left_to_the_next() {
    for _ in 0..5 {
        let zone = TestZone::new();
        let base: *mut u8 = zone.load(layout::MEMORY_0);
        // SAFETY: a living zone; its memory is as long as what is read and written.
        unsafe {
            let memory = core::slice::from_raw_parts(base, 65536);
            assert!(memory.starts_with(b"image 0") && memory[7..].iter().all(|&byte| byte == 0));
            assert_eq!(zone.load::<[u64; 64]>(layout::ELEMENTS), [0; 64]);
            assert_eq!(zone.load::<u64>(layout::MARKER), 0x1122_3344_5566_7788);
            assert_eq!(zone.load::<[u64; 2]>(context::HOST_HANDLES as u32), [0; 2]);
            assert_eq!(zone.call(weldc_test_load, base as usize + 65536), 5);
            assert_eq!(zone.message().lines().count(), 2);

            assert_eq!(weldc_rt_memory_grow(zone.0, 0, 3), 1);
            base.write_bytes(0xff, 4 * 65536);
            assert_eq!(weldc_rt_table_grow(zone.0, 0, 61, u64::MAX), 3);
            weldc_rt_handle_new(zone.0, context::HOST_HANDLES as u32, 1, 1, null_mut());
            zone.store(layout::MARKER, u64::MAX);
        }
    }
}

/// Whatever a zone wrote anywhere in its memories, within what an idle slot keeps and beyond it.
#[test]
fn memories_are_restored_wherever_they_were_written_to() {
    write_anywhere(60);
}

#[test]
#[cfg(target_os = "linux")]
fn memories_are_restored_where_nobody_knows_what_was_written_to() {
    // Tests beside this one do without the knowledge, too, for a while.
    os::BLIND.store(true, Ordering::Relaxed);
    write_anywhere(20);
    os::BLIND.store(false, Ordering::Relaxed);
    write_anywhere(20);
}

fn write_anywhere(rounds: u32) {
    let mut random = Random(1);
    for round in 0..rounds {
        let zone = TestZone::new();
        let all = [(layout::MEMORY_0, 4 * 65536), (layout::MEMORY_1, layout::IMAGE_1 as usize)];
        // SAFETY: a living zone; the memories are as long as what is read and written.
        unsafe {
            assert_eq!(weldc_rt_memory_grow(zone.0, 0, 3), 1);
            for (memory, size) in all {
                let bytes = core::slice::from_raw_parts_mut(zone.load::<*mut u8>(memory), size);
                let is_initial = |(at, &byte): (usize, &u8)| byte == initial(memory, at);
                assert!(bytes.iter().enumerate().all(is_initial), "round {round}");
                for _ in 0..random.below(5) {
                    let most = 1 << random.below(19);
                    let length = random.below(most) as usize;
                    let at = random.below(size as u64) as usize;
                    bytes[at..size.min(at + length + 1)].fill(0xee);
                }
            }
        }
    }
}

fn initial(memory: u32, at: usize) -> u8 {
    match memory {
        layout::MEMORY_0 => b"image 0".get(at).copied().unwrap_or(0),
        _ => 8 - (at % 8) as u8,
    }
}

#[test]
fn a_zone_of_another_program_gets_other_memories() {
    // SAFETY: the artefact of these tests.
    let artefact = unsafe { Loaded::check(artefact()) }.unwrap();
    let (code, memories) = (crate::registry::register(artefact), artefact.memories());
    let base = |slot: &Slot| slot.bases(memories).next().unwrap().1;
    let [one, other] = [[1; 32], [2; 32]];
    let slot = Slot::acquire(&one, memories, code).unwrap();
    // SAFETY: nothing uses a slot any more that is released.
    let release = |identity, slot: Slot| unsafe { slot.release(identity, memories, |m| m.minimum) };
    release(&one, slot);
    let taken: Vec<Slot> =
        (0..40).map(|_| Slot::acquire(&other, memories, code).unwrap()).collect();
    assert!(taken.iter().all(|taken| base(taken) != base(&slot)));
    taken.into_iter().for_each(|slot| release(&other, slot));
    let again = Slot::acquire(&one, memories, code).unwrap();
    assert_eq!(base(&again), base(&slot));
    release(&one, again);
    code.release();
}

/// What pages a forked child has written to is asked of the child's page tables.
#[test]
#[cfg(target_os = "linux")]
fn a_forked_child_restores_its_own_memories() {
    let dirty_and_look = || {
        (0..4).all(|_| {
            let (status, zone) = make(artefact());
            let base: *mut u8 = zone.0.wrapping_add(layout::MEMORY_0 as usize).cast();
            // SAFETY: a living zone; its memory is as long as what is read and written.
            unsafe {
                let memory = core::slice::from_raw_parts_mut(base.cast::<*mut u8>().read(), 65536);
                let is_initial = |(at, &byte): (usize, &u8)| byte == initial(layout::MEMORY_0, at);
                let clean = memory.iter().enumerate().all(is_initial);
                memory.fill(0xee);
                weldc_rt_zone_drop(zone);
                clean && status == 0
            }
        })
    };
    assert!(dirty_and_look());
    // SAFETY: the child does nothing that needs another thread.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let status = if dirty_and_look() { 0 } else { 1 };
        // SAFETY: ends the child without what the tests registered.
        unsafe { libc::_exit(status) };
    }
    let mut status = -1;
    // SAFETY: waits for the child made above.
    unsafe { libc::waitpid(child, &mut status, 0) };
    assert_eq!(status, 0);
}

#[test]
fn nothing_is_dropped_for_null() {
    // SAFETY: null is ignored.
    unsafe { weldc_rt_zone_drop(Context(null_mut())) };
}

//! The collector beside models of what it collects.

mod model;

use super::testing::*;
use crate::context::Context;
use crate::zone::pool;
use core::cell::{Cell, RefCell};
use std::vec;
use weldc_abi::context::gc::{ALLOC, LIMIT};
use weldc_abi::gc::{header, host, i31};
use weldc_abi::{HOST_PAGE, Trap};

/// The word `index` of an object.
fn field(object: u64, index: usize) -> *mut u64 {
    (object as usize + index * 8) as *mut u64
}

/// # Safety
/// `slot` is readable.
unsafe fn read(slot: *mut u64) -> u64 {
    // SAFETY: the caller's.
    unsafe { slot.read() }
}

/// A script that makes a list of `length` nodes in the second slot, the values counting down to 0 at its end, and
/// then does `finish`.
fn list<'a>(length: u64, finish: impl Fn(u64) + 'a) -> impl Fn(Context, Frame) -> Command + 'a {
    let made = Cell::new(0u64);
    move |_, frame| {
        // SAFETY: the slots of a frame; a node in the first one if some have been made.
        unsafe {
            if made.get() > 0 {
                let node = read(frame);
                field(node, 1).write(made.get() - 1);
                field(node, 2).write(read(frame.add(1)));
                frame.add(1).write(node);
            }
            if made.get() == length {
                finish(read(frame.add(1)));
                return Command::Return;
            }
        }
        made.set(made.get() + 1);
        Command::Allocate(header(layout::NODE, 0), 32)
    }
}

/// Looks through such a list.
fn check_list(mut node: u64, length: u64) {
    for value in (0..length).rev() {
        // SAFETY: a node of the list.
        unsafe {
            assert_eq!(read(field(node, 0)), header(layout::NODE, 0));
            assert_eq!(read(field(node, 1)), value);
            assert_eq!(read(field(node, 3)), 0);
            node = read(field(node, 2));
        }
    }
    assert_eq!(node, 0);
}

#[test]
fn a_zone_without_objects_has_no_heap() {
    let zone = Puppet::new(false);
    assert_eq!(zone.run(&|_, _| Command::Return), 0);
    // SAFETY: fields of every context.
    unsafe { assert_eq!(zone.0.load::<[u64; 2]>(ALLOC as u32), [0, 0]) };
}

#[test]
fn a_list_of_a_million_nodes_is_moved_without_recursion() {
    let zone = Puppet::new(false);
    assert_eq!(zone.run(&list(1_000_000, |head| check_list(head, 1_000_000))), 0);
}

#[test]
fn a_heap_that_is_full_is_a_trap() {
    let zone = Puppet::new(false);
    let fits = layout::MAXIMUM as u64 / 32;
    assert_eq!(zone.run(&list(fits, |head| check_list(head, fits))), 0);
    // What the first call made is garbage now.
    assert_eq!(zone.run(&list(fits, |head| check_list(head, fits))), 0);
    assert_eq!(zone.run(&list(fits + 1, |_| panic!("too many"))), Trap::OutOfMemory as i32);
}

/// The objects have moved when it turns out that there is no room: the context must know where they end.
#[test]
fn a_heap_that_was_full_is_used_again_and_ends() {
    let fits = layout::MAXIMUM as u64 / 32;
    // The halves lie in either order in memory; the trap leaves the objects in one or the other.
    for before in [0, 1] {
        let zone = Puppet::new(false);
        for _ in 0..before {
            assert_eq!(zone.run(&list(fits, |head| check_list(head, fits))), 0);
        }
        let full = zone.run(&list(fits + 1, |_| panic!("too many")));
        assert_eq!(full, Trap::OutOfMemory as i32);
        zone.revive();
        assert_eq!(zone.run(&list(1000, |head| check_list(head, 1000))), 0);
    }
}

/// When it turns out that there is no room, the half to which the objects have moved has less memory than the other.
#[test]
fn a_heap_that_had_no_room_is_not_filled_beyond_its_memory() {
    let zone = Puppet::new(false);
    assert_eq!(zone.run(&list(10, |head| check_list(head, 10))), 0);
    let large = |_: Context, _: Frame| Command::Allocate(header(layout::BYTES, 0), 1 << 40);
    assert_eq!(zone.run(&large), Trap::OutOfMemory as i32);
    zone.revive();
    assert_eq!(zone.run(&list(7000, |head| check_list(head, 7000))), 0);
}

/// The only object, of this size: its address and contents, after another allocation moved it, or the trap.
fn make_large(length: u32, size: u64) -> i32 {
    let zone = Puppet::new(false);
    let step = Cell::new(0);
    let status = zone.run(&|zone, frame| {
        step.set(step.get() + 1);
        // SAFETY: the slots of a frame, and what was made in the first.
        unsafe {
            match step.get() {
                1 => Command::Allocate(header(layout::BYTES, length), size),
                2 => {
                    let object = read(frame);
                    assert_eq!(read(object as *mut u64), header(layout::BYTES, length));
                    assert_eq!(zone.load::<u64>(ALLOC as u32), object + size.next_multiple_of(8));
                    assert!(zone.load::<u64>(LIMIT as u32) >= zone.load::<u64>(ALLOC as u32));
                    let bytes = (object as *mut u8).add(8);
                    assert!((0..length as usize).step_by(61).all(|i| bytes.add(i).read() == 0));
                    (0..length as usize).step_by(97).for_each(|i| bytes.add(i).write(i as u8));
                    frame.add(1).write(object);
                    Command::Allocate(header(layout::BYTES, 0), layout::MAXIMUM as u64 / 3)
                }
                _ => {
                    let bytes = (read(frame.add(1)) as *mut u8).add(8);
                    let mut places = (0..length as usize).step_by(97);
                    assert!(places.all(|i| bytes.add(i).read() == i as u8));
                    Command::Return
                }
            }
        }
    });
    if status != 0 {
        assert_eq!(step.get(), 1)
    }
    status
}

#[test]
fn objects_may_be_large_but_not_larger_than_the_heap() {
    for length in [0, 1, 7, 8, 9, 1000, 300_000, 10_000_000, 30_000_000] {
        assert_eq!(make_large(length, u64::from(length) + 8), 0, "{length}");
    }
    let maximum = layout::MAXIMUM as u64;
    for size in [maximum + 1, u64::MAX / 2, u64::MAX - 7, u64::MAX - 6, u64::MAX] {
        assert_eq!(make_large(1, size), Trap::OutOfMemory as i32, "{size}");
    }
}

#[test]
fn a_heap_shrinks_and_nothing_of_it_is_left_to_the_next() {
    {
        let zone = Puppet::new(false);
        let capacity = |zone: Context| {
            // SAFETY: fields of every context.
            unsafe { zone.load::<u64>(LIMIT as u32) - zone.load::<u64>(ALLOC as u32) }
        };
        assert_eq!(zone.run(&list(1_000_000, |head| check_list(head, 1_000_000))), 0);
        let left = Cell::new(2_000_000);
        let garbage = |zone: Context, _: Frame| {
            left.set(left.get() - 1);
            if left.get() > 0 {
                return Command::Allocate(header(layout::NUMBER, 0), 16);
            }
            assert!(capacity(zone) <= 256 << 10);
            Command::Return
        };
        assert_eq!(zone.run(&garbage), 0);
        assert_eq!(zone.run(&list(1000, |head| check_list(head, 1000))), 0);
    }
    for _ in 0..2 {
        const SIZE: usize = layout::MAXIMUM + HOST_PAGE as usize;
        let range = pool::acquire(SIZE, SIZE).unwrap();
        // SAFETY: all of the range is accessible.
        let all = unsafe { core::slice::from_raw_parts(range.start.as_ptr(), SIZE) };
        assert!(all.iter().step_by(8).all(|&byte| byte == 0));
    }
}

#[test]
fn words_that_are_no_addresses_stay_what_they_are() {
    let zone = Puppet::new(true);
    let words =
        [0, i31(0), i31(u32::MAX >> 1), i31(12345), host(0), host(u64::MAX >> 3), 2, 1 << 40];
    let step = Cell::new(0);
    let status = zone.run(&|zone, frame| {
        step.set(step.get() + 1);
        // SAFETY: the slots of a frame; the context's words.
        unsafe {
            match step.get() {
                1 => {
                    (1..SLOTS).for_each(|i| frame.add(i).write(words[i]));
                    zone.store(layout::ROOTS[2], words[3]);
                    Command::Allocate(header(layout::EMPTY, 0), 8)
                }
                2 => {
                    frame.add(1).write(read(frame));
                    zone.store(layout::NOT_A_ROOT, read(frame));
                    zone.store(layout::FUNCTIONS, read(frame));
                    Command::Allocate(header(layout::EMPTY, 0), 0)
                }
                _ => {
                    (2..SLOTS).for_each(|i| assert_eq!(read(frame.add(i)), words[i]));
                    assert_eq!(zone.load::<u64>(layout::ROOTS[2]), words[3]);
                    // The object moved; what is no traced word was not touched.
                    let before: u64 = zone.load(layout::NOT_A_ROOT);
                    assert_ne!(read(frame.add(1)), before);
                    assert_eq!(zone.load::<u64>(layout::FUNCTIONS), before);
                    assert_eq!(read(read(frame.add(1)) as *mut u64), header(layout::EMPTY, 0));
                    Command::Return
                }
            }
        }
    });
    assert_eq!((status, step.get()), (0, 3));
}

#[test]
fn equal_references_stay_equal() {
    let zone = Puppet::new(true);
    let step = Cell::new(0);
    let status = zone.run(&|_, frame| {
        step.set(step.get() + 1);
        // SAFETY: the slots of a frame, and nodes in them.
        unsafe {
            match step.get() {
                1 | 3..9 => Command::Allocate(header(layout::NODE, 0), 32),
                2 => {
                    // A cycle of one, known twice.
                    let node = read(frame);
                    field(node, 2).write(node);
                    field(node, 3).write(node);
                    (1..3).for_each(|i| frame.add(i).write(node));
                    Command::Allocate(header(layout::REFERENCES, 3), 32)
                }
                _ => {
                    let node = read(frame.add(1));
                    assert_eq!(node, read(frame.add(2)));
                    assert_eq!([read(field(node, 2)), read(field(node, 3))], [node, node]);
                    Command::Return
                }
            }
        }
    });
    assert_eq!((status, step.get()), (0, 9));
}

#[test]
fn a_deep_stack_is_walked() {
    let deep = || {
        let zone = Puppet::new(false);
        let (depth, made) = (Cell::new(0u64), RefCell::new(vec![]));
        let status = zone.run(&|_, frame| {
            // SAFETY: the slots of a frame; a node in the first of one that has made it.
            unsafe {
                if read(frame.add(1)) != 0 {
                    // On the way back.
                    depth.set(depth.get() - 1);
                    assert_eq!(read(field(read(frame.add(1)), 1)), depth.get());
                    return Command::Return;
                }
                if made.borrow().len() as u64 == depth.get() {
                    made.borrow_mut().push(());
                    return Command::Allocate(header(layout::NUMBER, 0), 16);
                }
                field(read(frame), 1).write(depth.get());
                frame.add(1).write(read(frame));
                depth.set(depth.get() + 1);
                if depth.get() == 50_000 {
                    Command::Allocate(header(layout::BYTES, 0), 20 << 20)
                } else {
                    Command::Recurse
                }
            }
        });
        assert_eq!((status, depth.get()), (0, 0));
    };
    std::thread::Builder::new().stack_size(32 << 20).spawn(deep).unwrap().join().unwrap();
}

//! Measurements, as ignored tests: `cargo test --release -p weldc-runtime measure -- --ignored --nocapture`.

use crate::copy::*;
use crate::gc::{Copy, Heap, Shapes};
use crate::testing::*;
use crate::{Context, handles::*, os, strings::*, trap};
use core::hint::black_box;
use std::time::Instant;
use std::vec::Vec;
use std::{format, println, vec};
use weldc_abi::artefact::{GcType, gc_type};
use weldc_abi::{context, gc, handle};

/// Nanoseconds of one of `count` repetitions, the best of several rounds.
fn best(count: u32, mut work: impl FnMut()) -> f64 {
    let mut round = || {
        let start = Instant::now();
        for _ in 0..count {
            work();
        }
        start.elapsed().as_nanos() as f64 / f64::from(count)
    };
    (0..100).map(|_| round()).fold(f64::MAX, f64::min)
}

fn show(name: &str, nanoseconds: f64) {
    println!("{name:40} {nanoseconds:9.2} ns");
}

const TABLE: u32 = layout::INSTANCE + context::instance::HANDLES as u32;
const OWN: u32 = handle::tag(handle::KIND_OWN, layout::RESOURCE);

type Add = unsafe extern "C" fn(Context, u32, u64, u32) -> u32;

#[test]
#[ignore = "measures"]
fn handles() {
    let zone = TestZone::new().keep();
    // As generated code calls them: through an address that the optimiser does not know.
    let enter: unsafe extern "C" fn(Context, *mut u32) -> u64 = black_box(weldc_rt_scope_enter);
    let exit: unsafe extern "C" fn(Context, u64) -> i32 = black_box(weldc_rt_scope_exit);
    let lend: unsafe extern "C" fn(Context, u32, u32) = black_box(weldc_rt_scope_lend);
    let borrow: Add = black_box(weldc_rt_scope_borrow);
    let alloc: unsafe extern "C" fn(Context, u64, u64) -> *mut u8 = black_box(weldc_rt_scope_alloc);
    let none = core::ptr::null_mut();
    let count = 20_000;
    // SAFETY: a living zone with such a table.
    unsafe {
        let table = &mut *zone.at::<Table>(TABLE);
        let index = weldc_rt_handle_new(zone, TABLE, 1, OWN, none);
        let pair = best(count, || {
            let index = black_box(&mut *table).add(1, OWN, none).unwrap();
            drop_it(black_box(&mut *table).take(index, 0));
        });
        show("a handle is added and taken", pair);
        show("ScopeEnter + ScopeExit", best(count, || drop_it(exit(zone, enter(zone, none)))));
        let lent = best(count, || {
            let scope = enter(zone, none);
            lend(zone, TABLE, index);
            drop_it(exit(zone, scope));
        });
        show("… + ScopeLend", lent);
        let mut borrows = 0;
        let borrowed = best(count, || {
            let scope = enter(zone, &raw mut borrows);
            drop_it(borrow(zone, TABLE, 1, 0));
            drop_it(exit(zone, scope));
        });
        show("… + ScopeBorrow", borrowed);
        let temporary = best(count, || {
            let scope = enter(zone, none);
            drop_it(alloc(zone, 100, 8));
            drop_it(exit(zone, scope));
        });
        show("… + ScopeAlloc(100)", temporary);
    }
}

/// A read that waits, a write that meets it, and the delivery of the read's event: three calls of generated code.
#[test]
#[ignore = "measures"]
fn streams() {
    let test = TestZone::new();
    let (zone, instance) = (test.0, layout::COPYING[1]);
    let copy: unsafe extern "C" fn(Context, u32, u32, u64, u64) -> u64 = black_box(weldc_rt_copy);
    let cancel: unsafe extern "C" fn(Context, u32, u32, u32, u32) -> u64 =
        black_box(weldc_rt_copy_cancel);
    let number = |is_write| layout::copy(1, layout::BYTE, false, is_write, false);
    let tag = |kind| handle::tag(kind, layout::BYTE);
    // SAFETY: a living zone with such instances and operations.
    unsafe {
        let made = weldc_rt_copy_new(zone, instance, layout::BYTE, 0);
        let (readable, writable) = (made as u32, (made >> 32) as u32);
        for size in [1, 4096, 65536] {
            let met = best(if size == 1 { 20_000 } else { 200 }, || {
                drop_it(copy(zone, number(false), readable, 131072, size));
                drop_it(copy(zone, number(true), writable, 0, size));
                let kind = tag(handle::KIND_STREAM_READABLE);
                drop_it(cancel(zone, instance, kind, readable, 1));
            });
            show(&format!("a rendezvous of {size} bytes"), met);
            let base: *mut u8 = zone.load(layout::MEMORY_1 + context::memory::BASE as u32);
            let moved = best(if size == 1 { 20_000 } else { 200 }, || {
                let (from, to) = (black_box(base), black_box(base.add(131072)));
                core::ptr::copy(from, to, size as usize);
            });
            show("… as memmove", moved);
        }
        let dropped = best(20_000, || {
            let made = weldc_rt_copy_new(zone, instance, layout::BYTE, 0);
            let kinds = [handle::KIND_STREAM_READABLE, handle::KIND_STREAM_WRITABLE];
            drop_it(weldc_rt_copy_drop(zone, instance, tag(kinds[0]), made as u32));
            drop_it(weldc_rt_copy_drop(zone, instance, tag(kinds[1]), (made >> 32) as u32));
        });
        show("a stream is made and dropped", dropped);
    }
}

fn drop_it<T>(value: T) {
    black_box(value);
}

#[test]
#[ignore = "measures"]
fn traps() {
    let zone = TestZone::new();
    show("call that returns", best(10_000, || drop_it(zone.call(weldc_test_return, 0))));
    show("call that traps, first time", {
        best(10_000, || {
            zone.store(context::STATE as u32, 0u32);
            drop_it(zone.call(weldc_test_raise, 0));
        })
    });
    for depth in [10, 100, 1000] {
        let name = format!("call that traps {depth} frames deep");
        show(&name, best(500, || drop_it(zone.call(weldc_test_recurse, depth))));
        let name = format!("… and the {depth} calls without the trap");
        show(&name, best(500, || drop_it(zone.call(weldc_test_recurse_and_return, depth))));
    }
    show("call that faults", best(500, || drop_it(zone.call(weldc_test_load, 8))));
    let pc = weldc_test_load_site as *const () as usize;
    show("lookup of a fault", best(10_000, || drop_it(trap::fault_at(black_box(pc)))));
}

#[test]
#[ignore = "measures"]
fn zones() {
    let before = best(50, || drop_it(TestZone::new()));
    show("zone with images of 64 and 512 KiB", before);
}

/// Copying an image against sharing it, with few pages used and with all.
#[test]
#[ignore = "measures"]
#[cfg(target_os = "linux")]
fn images() {
    use std::os::fd::AsRawFd;
    let mut file = tempfile();
    std::io::Write::write_all(&mut file, &vec![1u8; 4 << 20]).unwrap();
    println!("µs for copying, populating and copying, sharing; few pages used, then all");
    const COPY: u8 = 0;
    const POPULATE: u8 = 1;
    const SHARE: u8 = 2;
    for kib in [64usize, 128, 192, 256, 384, 512, 1024, 4096] {
        let size = kib << 10;
        // SAFETY: a private mapping of a file, as a loader makes it.
        let image = unsafe {
            let (protection, flags) = (libc::PROT_READ, libc::MAP_PRIVATE);
            let null = core::ptr::null_mut();
            let start = libc::mmap(null, size, protection, flags, file.as_raw_fd(), 0);
            core::slice::from_raw_parts(start.cast::<u8>(), size)
        };
        assert!(os::can_share_image(image));
        let mut times = Vec::new();
        for all in [false, true] {
            for way in [COPY, POPULATE, SHARE] {
                let once = || {
                    let room = os::reserve(size + (1 << 20)).unwrap().as_ptr();
                    // SAFETY: `room` is larger than the image.
                    unsafe {
                        assert!(os::make_accessible(room, size));
                        if way == SHARE {
                            assert!(os::share_image(image, room));
                        } else {
                            if way == POPULATE {
                                libc::madvise(room.cast(), size, libc::MADV_POPULATE_WRITE);
                            }
                            room.copy_from_nonoverlapping(image.as_ptr(), size);
                        }
                        let (reads, writes) = if all { (1, 1) } else { (64, 16) };
                        let step = |of: usize| if all { 4096 } else { (size / of).max(64) };
                        for at in (0..size).step_by(step(reads)) {
                            black_box(room.add(at).read_volatile());
                        }
                        for at in (0..size).step_by(step(writes)) {
                            room.add(at).write_volatile(1);
                        }
                        os::release(room, size + (1 << 20));
                    }
                };
                times.push(best(3, once) / 1000.0);
            }
        }
        let times: Vec<_> = times.iter().map(|time| format!("{time:10.1}")).collect();
        println!("{kib:8} {}", times.join(" "));
    }
}

#[cfg(target_os = "linux")]
fn tempfile() -> std::fs::File {
    let path = std::env::temp_dir().join(format!("weldc-measure-{}", std::process::id()));
    let file = std::fs::File::options().read(true).write(true).create_new(true).open(&path);
    std::fs::remove_file(&path).unwrap();
    file.unwrap()
}

#[test]
#[ignore = "measures"]
fn strings() {
    let ascii = "The quick brown fox jumps over the lazy dog. ".repeat(1000);
    let latin = "Fünf größere Fähren führen über Äcker, naïve café. ".repeat(1000);
    let mixed = "Съешь же ещё этих мягких французских булок, да выпей чаю. ".repeat(1000);
    let asian = "色は匂へど散りぬるを我が世誰ぞ常ならむ有為の奥山今日越えて".repeat(1000);
    for (name, whole) in [("ascii", ascii), ("latin", latin), ("cyrillic", mixed), ("asian", asian)]
    {
        for size in [16, 256, 64 << 10] {
            let text = &whole[..whole.floor_char_boundary(size)];
            conversions(&format!("{name} {:5}", text.len()), text);
        }
    }
}

fn conversions(name: &str, text: &str) {
    let units: Vec<u16> = text.encode_utf16().collect();
    let latin1: Vec<u8> = text.bytes().collect();
    let (bytes, length) = (text.as_ptr(), text.len() as u64);
    let (source16, length16) = (units.as_ptr(), units.len() as u64);
    let (mut out8, mut out16) = (vec![0u8; text.len() * 3 + 3], vec![0u16; text.len() + 1]);
    let (out8, out16) = (out8.as_mut_ptr(), out16.as_mut_ptr());
    let mut consumed = 0;
    let count = (20_000_000 / (text.len() as u32 + 100)).min(100_000);
    let rate = |work: &mut dyn FnMut() -> u64| {
        let nanoseconds = best(count / 200 + 1, || drop_it(work()));
        format!("{:6.1}", text.len() as f64 / nanoseconds)
    };
    // SAFETY: all rooms are large enough.
    let rates = unsafe {
        [
            ("valid8", rate(&mut || weldc_rt_validate_utf8(bytes, length).into())),
            ("copy8", rate(&mut || weldc_rt_copy_utf8(bytes, length, out8).into())),
            ("copy16", rate(&mut || weldc_rt_copy_utf16(source16, length16, out16).into())),
            ("8→16", rate(&mut || weldc_rt_utf8_to_utf16(bytes, length, out16))),
            ("16→8", rate(&mut || weldc_rt_utf16_to_utf8(source16, length16, out8))),
            ("16→a", rate(&mut || weldc_rt_utf16_to_ascii(source16, length16, out8))),
            ("l→8", rate(&mut || weldc_rt_latin1_to_utf8(latin1.as_ptr(), length, out8))),
            (
                "l→16",
                rate(&mut || {
                    weldc_rt_latin1_to_utf16(latin1.as_ptr(), length, out16);
                    0
                }),
            ),
            ("l→a", rate(&mut || weldc_rt_latin1_to_ascii(latin1.as_ptr(), length, out8))),
            ("8→l", rate(&mut || weldc_rt_utf8_to_latin1(bytes, length, out8, &mut consumed))),
            ("16→l", rate(&mut || weldc_rt_utf16_to_latin1(source16, length16, out8))),
        ]
    };
    let rates: Vec<_> = rates.iter().map(|(name, rate)| format!("{name} {rate}")).collect();
    println!("{name:15} GB/s of UTF-8: {}", rates.join("  "));
}

/// A tree of this depth, as generated code would make it: children first.
fn tree(heap: &mut Heap, depth: u32) -> u64 {
    let children = match depth {
        0 => [0; 2],
        _ => [tree(heap, depth - 1), tree(heap, depth - 1)],
    };
    let object = heap.take(24);
    // SAFETY: the heap has room for it.
    unsafe { object.cast::<[u64; 3]>().write([gc::header(0, 0), children[0], children[1]]) };
    object as u64
}

#[test]
#[ignore = "measures"]
fn collections() {
    let types = [GcType { kind: gc_type::STRUCT, size: 24, first: 0, count: 2 }];
    let shapes = Shapes { types: &types, offsets: &[8, 16] };
    for depth in [10, 14, 17, 20] {
        let count = (2 << depth) - 1;
        let mut heap = Heap::new(false);
        heap.resize(count * 24, 1 << 30).unwrap();
        let mut root = tree(&mut heap, depth);
        let time = best(4, || {
            let visit = |copy: &mut Copy<'_>| {
                // SAFETY: the only root.
                unsafe { copy.visit(&mut root) };
                1
            };
            // SAFETY: all objects are parts of the tree.
            unsafe { heap.collect(shapes, visit) }.unwrap();
        });
        show(&format!("collection of a tree, per object of {count}"), time / count as f64);
        let end = heap.next;
        heap.end(end);
    }
}

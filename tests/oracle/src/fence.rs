//! Memory of the host's between fences: generated code gets it in place of the runtime's.
//!
//! Every allocation ends at a page that nobody may touch, so that an access behind it faults, and faults in
//! adapters and in the runtime are nobody's to catch: the process ends. What is freed can be touched no more
//! either. Bytes in front of an allocation, and those that its alignment leaves behind it, are watched by
//! [`check`].

use anyhow::{Result, ensure};
use std::cell::RefCell;
use std::ffi::c_void;
use std::ptr::null_mut;

const PAGE: usize = 4096;
/// What is in memory that belongs to nobody.
const WATCHED: u8 = 0xe7;

struct Allocation {
    map: *mut u8,
    mapped: usize,
    /// Where the allocation lies in the mapping.
    start: usize,
    end: usize,
}

thread_local! {
    static ALLOCATIONS: RefCell<Vec<Allocation>> = const { RefCell::new(Vec::new()) };
}

/// The runtime's functions that are replaced.
pub fn symbols() -> [(&'static str, *const ()); 4] {
    [
        ("weldc_rt_alloc", alloc as *const ()),
        ("weldc_rt_free", free as *const ()),
        ("weldc_rt_gift_alloc", alloc_in_zone as *const ()),
        ("weldc_rt_scope_alloc", alloc_in_zone as *const ()),
    ]
}

extern "C" fn alloc_in_zone(_zone: *mut c_void, size: u64, alignment: u64) -> *mut u8 {
    alloc(size, alignment)
}

/// Memory that [`release`] frees at the latest.
pub extern "C" fn alloc(size: u64, alignment: u64) -> *mut u8 {
    let size = size as usize;
    let room = size.next_multiple_of(PAGE);
    let mapped = room + PAGE;
    // SAFETY: new memory, whose last page is taken away; the rest is filled.
    let map = unsafe {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS;
        let map = libc::mmap(null_mut(), mapped, access, flags, -1, 0);
        if map == libc::MAP_FAILED || libc::mprotect(map.byte_add(room), PAGE, 0) != 0 {
            return null_mut();
        }
        map.cast::<u8>().write_bytes(WATCHED, room);
        map.cast::<u8>()
    };
    let start = (room - size) & !(alignment as usize - 1);
    let allocation = Allocation { map, mapped, start, end: start + size };
    ALLOCATIONS.with_borrow_mut(|all| all.push(allocation));
    map.wrapping_add(start)
}

/// Makes an allocation inaccessible; null is ignored, and so is what is none.
pub extern "C" fn free(address: *mut u8) {
    ALLOCATIONS.with_borrow(|all| {
        let is_it = |one: &&Allocation| one.map.wrapping_add(one.start) == address;
        if let Some(one) = all.iter().find(is_it) {
            // SAFETY: a mapping of ours.
            unsafe { libc::mprotect(one.map.cast(), one.mapped, libc::PROT_NONE) };
        }
    });
}

/// Whether nothing was written around the allocations that are not freed. (Where one was freed, [`free`] has
/// seen to it that nobody writes there.)
pub fn check() -> Result<()> {
    ALLOCATIONS.with_borrow(|all| {
        for one in all {
            // SAFETY: a mapping of ours; it is made readable first.
            let bytes = unsafe {
                libc::mprotect(one.map.cast(), one.mapped - PAGE, libc::PROT_READ);
                std::slice::from_raw_parts(one.map, one.mapped - PAGE)
            };
            let around = bytes[..one.start].iter().chain(&bytes[one.end..]);
            let intact = around.copied().all(|byte| byte == WATCHED);
            ensure!(intact, "something was written around {} bytes", one.end - one.start);
        }
        Ok(())
    })
}

/// Ends all allocations of this thread.
pub fn release() {
    for one in ALLOCATIONS.take() {
        // SAFETY: a mapping of ours, which nobody uses any more.
        unsafe { libc::munmap(one.map.cast(), one.mapped) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_in_front_or_behind_is_noticed() {
        for (offset, intact) in [(0, true), (-1, false), (5, false)] {
            let start = alloc(5, 8);
            // SAFETY: inside of the mapping: five bytes at an alignment of eight leave three.
            unsafe { start.offset(offset).write(0) };
            assert_eq!(check().is_ok(), intact, "{offset}");
            release();
        }
    }
}

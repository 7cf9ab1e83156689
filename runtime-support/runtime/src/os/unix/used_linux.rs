//! Which pages of a range were written to, asked of the page tables: `PAGEMAP_SCAN` (Linux 6.7).
//!
//! A descriptor of /proc/self/pagemap shows the pages of the process that opened it, in a forked child still the
//! parent's. So it is kept on a page that a child finds zeroed, and the child opens its own.

use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

/// `struct page_region`
#[repr(C)]
#[derive(Clone, Copy, Default)]
struct Region {
    start: u64,
    end: u64,
    categories: u64,
}

/// `struct pm_scan_arg`
#[repr(C)]
#[derive(Default)]
struct Scan {
    size: u64,
    flags: u64,
    start: u64,
    end: u64,
    walk_end: u64,
    vec: u64,
    vec_len: u64,
    max_pages: u64,
    category_inverted: u64,
    category_mask: u64,
    category_anyof_mask: u64,
    return_mask: u64,
}

const _: () = assert!(size_of::<Scan>() == 96 && size_of::<Region>() == 24);

/// `_IOWR('f', 16, struct pm_scan_arg)`
const PAGEMAP_SCAN: u64 = 0xc060_6610;
const IS_FILE: u64 = 1 << 2;
const IS_PRESENT: u64 = 1 << 3;
const IS_SWAPPED: u64 = 1 << 4;
const IS_ZERO: u64 = 1 << 5;

/// Regions that are asked for at once: the system clears as many.
const REGIONS: usize = 16;

/// Tells `visit` every run of pages in this range that may differ from what was mapped: memory of the process's
/// own, in memory or swapped out, but neither a file's page nor the page of zeros. `false` if the system cannot
/// say; some runs may have been told then.
pub fn used_pages(start: *mut u8, bytes: usize, mut visit: impl FnMut(*mut u8, usize)) -> bool {
    #[cfg(test)]
    if BLIND.load(Ordering::Relaxed) {
        return false;
    }
    let Some(holder) = holder() else { return false };
    let Some(file) = descriptor(holder) else { return false };
    let end = (start as usize + bytes) as u64;
    let mut from = start as u64;
    while from < end {
        let mut regions = [Region::default(); REGIONS];
        let mut scan = Scan {
            size: size_of::<Scan>() as u64,
            start: from,
            end,
            vec: regions.as_mut_ptr() as u64,
            vec_len: REGIONS as u64,
            category_inverted: IS_FILE | IS_ZERO,
            category_mask: IS_FILE | IS_ZERO,
            category_anyof_mask: IS_PRESENT | IS_SWAPPED,
            return_mask: IS_PRESENT | IS_SWAPPED,
            ..Scan::default()
        };
        // SAFETY: the record is what the call takes, and has room for as many regions as it says.
        let count = unsafe { libc::ioctl(file, PAGEMAP_SCAN as _, &raw mut scan) };
        let Some(found) = usize::try_from(count).ok().and_then(|count| regions.get(..count)) else {
            // Not to be asked again.
            holder.store(UNAVAILABLE, Ordering::Relaxed);
            return false;
        };
        for region in found {
            let run = start.with_addr(region.start as usize);
            visit(run, (region.end - region.start) as usize);
        }
        if scan.walk_end <= from {
            return false;
        }
        from = scan.walk_end;
    }
    true
}

/// Makes the system one that cannot say, for tests.
#[cfg(test)]
pub static BLIND: core::sync::atomic::AtomicBool = core::sync::atomic::AtomicBool::new(false);

/// No descriptor yet; there is none to be had; else the descriptor plus one.
const NONE: u32 = 0;
const UNAVAILABLE: u32 = u32::MAX;

/// Where the descriptor is kept; null before the first use.
static HOLDER: AtomicPtr<AtomicU32> = AtomicPtr::new(ptr::null_mut());

/// The word on the page that children find zeroed.
fn holder() -> Option<&'static AtomicU32> {
    let known = HOLDER.load(Ordering::Acquire);
    let holder = if known.is_null() { publish(new_holder()?) } else { known };
    // SAFETY: a page that is never unmapped.
    Some(unsafe { &*holder })
}

const PAGE: usize = 4096;

fn new_holder() -> Option<*mut AtomicU32> {
    let page = super::reserve_zeroed(PAGE)?.as_ptr();
    // SAFETY: a whole mapping of this function's own.
    unsafe {
        if libc::madvise(page.cast(), PAGE, libc::MADV_WIPEONFORK) != 0 {
            super::release(page, PAGE);
            return None;
        }
    }
    Some(page.cast())
}

/// The holder that all use: this one, unless another thread was faster.
fn publish(holder: *mut AtomicU32) -> *mut AtomicU32 {
    let null = ptr::null_mut();
    match HOLDER.compare_exchange(null, holder, Ordering::AcqRel, Ordering::Acquire) {
        Ok(_) => holder,
        Err(other) => {
            // SAFETY: nobody else knows it.
            unsafe { super::release(holder.cast(), PAGE) };
            other
        }
    }
}

fn descriptor(holder: &AtomicU32) -> Option<i32> {
    match holder.load(Ordering::Relaxed) {
        NONE => open(holder),
        UNAVAILABLE => None,
        known => Some(known as i32 - 1),
    }
}

#[cold]
fn open(holder: &AtomicU32) -> Option<i32> {
    let path = c"/proc/self/pagemap".as_ptr();
    // SAFETY: the path is a C string.
    let file = unsafe { libc::open(path, libc::O_RDONLY | libc::O_CLOEXEC) };
    let value = if file < 0 { UNAVAILABLE } else { file as u32 + 1 };
    match holder.compare_exchange(NONE, value, Ordering::Relaxed, Ordering::Relaxed) {
        Ok(_) => (file >= 0).then_some(file),
        Err(_) => {
            if file >= 0 {
                // SAFETY: opened above; another thread's is used.
                unsafe { libc::close(file) };
            }
            descriptor(holder)
        }
    }
}

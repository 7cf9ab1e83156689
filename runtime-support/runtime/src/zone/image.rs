//! Initial contents of memories.
//!
//! Small images are copied. Large ones are shared with the artefact, page by page until they are written to,
//! where the system can do that and the artefact lies in a file's mapping.

use crate::artefact::Loaded;
use crate::os;
use crate::registry::Code;
use core::sync::atomic::Ordering;
use weldc_abi::artefact::Memory;

/// Bytes from which sharing is worth its system calls.
const SHARED_FROM: usize = 256 << 10;

/// The granularity in which zeros are left out: the smallest page size of any target.
const PAGE: usize = 4096;

const UNKNOWN: u8 = 0;
const SHARED: u8 = 1;
const COPIED: u8 = 2;

/// How the large images of a zone's memories came there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Images {
    /// All are shared: pages that are given back show them again.
    Shared,
    /// At least one may be a copy.
    Copied,
}

impl Images {
    /// Of two memories.
    pub fn and(self, other: Images) -> Images {
        if self == Images::Shared { other } else { self }
    }

    /// Whether this memory's image is known to be.
    pub fn is_shared(self, memory: &Memory) -> bool {
        self == Images::Shared && memory.image_size >= SHARED_FROM as u64
    }
}

/// Puts the image of `memory` where it belongs. Small ones do not count in what is returned.
///
/// # Safety
/// `base` is that of the memory, new and zero, accessible up to its minimum; the artefact's consistency was
/// checked.
pub unsafe fn install(code: &Code, memory: &Memory, base: *mut u8) -> Images {
    let image = Loaded::memory_image(memory);
    let destination = base.wrapping_add(memory.image_start as usize);
    let is_large = image.len() >= SHARED_FROM;
    // SAFETY: `Loaded::check` saw that the image lies inside the accessible part.
    unsafe {
        if is_large && can_share(code, image) && os::share_image(image, destination) {
            return Images::Shared;
        }
        copy(image, destination);
    }
    if is_large { Images::Copied } else { Images::Shared }
}

/// Copies what is not zero at the image's ends: it was padded, and pages that are not touched cost nothing.
///
/// # Safety
/// As many bytes at `destination` are writable and zero.
unsafe fn copy(image: &[u8], destination: *mut u8) {
    let head = image.chunks(PAGE).take_while(|page| is_zero(page)).count() * PAGE;
    let Some(rest) = image.get(head..) else { return };
    let tail = rest.rchunks(PAGE).take_while(|page| is_zero(page)).count() * PAGE;
    let part = &rest[..rest.len().saturating_sub(tail)];
    let destination = destination.wrapping_add(head);
    // SAFETY: the caller's.
    unsafe {
        os::populate(destination, part.len());
        destination.copy_from_nonoverlapping(part.as_ptr(), part.len());
    }
}

/// Makes bytes of a memory what they are at the beginning; whether they were so already.
///
/// # Safety
/// They are whole pages in the accessible part of the memory that begins at `base`, and nothing uses them.
pub unsafe fn restore(memory: &Memory, base: *mut u8, start: *mut u8, bytes: usize) -> bool {
    let offset = start as usize - base as usize;
    (0..bytes).step_by(PAGE).fold(true, |same, at| {
        // SAFETY: the caller's.
        let page = unsafe { core::slice::from_raw_parts_mut(start.wrapping_add(at), PAGE) };
        restore_page(memory, offset + at, page) && same
    })
}

/// As [`restore`], for those of the bytes that the image has.
///
/// # Safety
/// As [`restore`].
pub unsafe fn restore_image(memory: &Memory, base: *mut u8, start: *mut u8, bytes: usize) {
    let from = start as u64 - base as u64;
    let end = from + bytes as u64;
    let first = memory.image_start.clamp(from, end);
    let last = memory.image_start.saturating_add(memory.image_size).clamp(from, end);
    let part = base.wrapping_add(first as usize);
    // SAFETY: the caller's; images begin and end at pages.
    unsafe { restore(memory, base, part, last.saturating_sub(first) as usize) };
}

/// An image is a multiple of [`weldc_abi::HOST_PAGE`] at such an address: a page is in it or not.
fn restore_page(memory: &Memory, offset: usize, page: &mut [u8]) -> bool {
    let from = offset.wrapping_sub(memory.image_start as usize);
    let image = Loaded::memory_image(memory).get(from..).and_then(|image| image.get(..PAGE));
    let same = image.map_or_else(|| is_zero(page), |image| page == image);
    match image {
        _ if same => {}
        Some(image) => page.copy_from_slice(image),
        None => page.fill(0),
    }
    same
}

fn is_zero(page: &[u8]) -> bool {
    page.iter().fold(0, |all, byte| all | byte) == 0
}

/// Asks the system once per artefact: all its images lie in one section.
fn can_share(code: &Code, image: &[u8]) -> bool {
    match code.image_source.load(Ordering::Relaxed) {
        UNKNOWN => {
            let can = os::can_share_image(image);
            code.image_source.store(if can { SHARED } else { COPIED }, Ordering::Relaxed);
            can
        }
        known => known == SHARED,
    }
}

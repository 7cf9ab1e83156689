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

/// Puts the image of `memory` where it belongs.
///
/// # Safety
/// `base` is that of the memory, new and zero, accessible up to its minimum; the artefact's consistency was
/// checked.
pub unsafe fn install(code: &Code, memory: &Memory, base: *mut u8) {
    let image = Loaded::memory_image(memory);
    let destination = base.wrapping_add(memory.image_start as usize);
    let share = image.len() >= SHARED_FROM && can_share(code, image);
    // SAFETY: `Loaded::check` saw that the image lies inside the accessible part.
    unsafe {
        if !share || !os::share_image(image, destination) {
            copy(image, destination);
        }
    }
}

/// Copies what is not zero at the image's ends: it was padded, and pages that are not touched cost nothing.
///
/// # Safety
/// As many bytes at `destination` are writable and zero.
unsafe fn copy(image: &[u8], destination: *mut u8) {
    let is_zero = |page: &[u8]| page.iter().fold(0, |all, byte| all | byte) == 0;
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

/// Whether [`install`] shared pages of this memory's image.
pub fn may_be_shared(code: &Code, memory: &Memory) -> bool {
    memory.image_size >= SHARED_FROM as u64 && code.image_source.load(Ordering::Relaxed) == SHARED
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

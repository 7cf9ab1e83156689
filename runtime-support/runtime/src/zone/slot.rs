//! The memories of a zone: one reservation for all of them, kept for the next zone of the same program.
//!
//! On exit of [`Slot::acquire`] every memory is as a new zone must find it: its first bytes accessible, up to the
//! minimum, with the image's contents and zeros around them; the rest inaccessible. [`Slot::release`] restores
//! exactly that. Pages that the zone wrote to are written again, where the system says which they are, so that the
//! next zone has them without a fault; what is more than [`KEPT_BYTES`], or was not used again, is given back. A slot lies idle under
//! the identity of its artefact, which is a hash of all that has been said here: nothing but the sizes and contents
//! themselves can make a zone get it.

use super::image::{self, Images};
use super::pool::{self, Pool};
use crate::os;
use crate::registry::Code;
use core::ptr::NonNull;
use weldc_abi::HOST_PAGE;
use weldc_abi::artefact::Memory;

/// Most bytes of pages that an idle slot keeps beyond those that are shared.
const KEPT_BYTES: usize = if cfg!(test) { 128 << 10 } else { 2 << 20 };

/// Memory is kept or given back in parts of this size: images begin and end with one.
const PART: usize = HOST_PAGE as usize;

/// The memories of a zone.
#[derive(Clone, Copy)]
pub struct Slot {
    start: NonNull<u8>,
    /// 0 if the program has no memory.
    size: usize,
    images: Images,
}

// SAFETY: a slot belongs to whoever holds this value.
unsafe impl Send for Slot {}

/// [`weldc_abi::artefact::Artefact::identity`]
type Identity = [u8; 32];

static IDLE: Pool<(Identity, Slot), { pool::KEPT }> = Pool::new();

/// Gives all idle slots back to the system.
pub fn drain() {
    IDLE.drain(|(_, slot)| slot.unmap());
}

impl Slot {
    /// The memories of a new zone; `None` if there is no room.
    pub fn acquire(identity: &Identity, memories: &[Memory], code: &Code) -> Option<Slot> {
        let size =
            memories.iter().try_fold(0usize, |all, memory| all.checked_add(reserved(memory)))?;
        if size == 0 {
            return Some(Slot { start: NonNull::dangling(), size, images: Images::Copied });
        }
        let fits = |(other, slot): &(Identity, Slot)| slot.size == size && other == identity;
        match IDLE.take(fits) {
            Some((_, slot)) => Some(slot),
            None => Slot::new(memories, code, size),
        }
    }

    fn new(memories: &[Memory], code: &Code, size: usize) -> Option<Slot> {
        let start = os::reserve(size).or_else(|| {
            pool::drain();
            os::reserve(size)
        })?;
        let mut slot = Slot { start, size, images: Images::Shared };
        for (memory, base) in slot.bases(memories) {
            let minimum = accessible(memory.minimum) as usize;
            // SAFETY: the reservation has room for every memory's.
            if !unsafe { os::make_accessible(base, minimum) } {
                slot.unmap();
                return None;
            }
            // SAFETY: new and zero; `Loaded::check` saw that the image lies inside the accessible part.
            let images = unsafe { image::install(code, memory, base) };
            slot.images = slot.images.and(images);
        }
        Some(slot)
    }

    /// The memories and where they begin.
    pub fn bases<'m>(
        &self,
        memories: &'m [Memory],
    ) -> impl Iterator<Item = (&'m Memory, *mut u8)> + use<'m> {
        let mut next = self.start.as_ptr();
        memories.iter().map(move |memory| {
            let base = next;
            next = next.wrapping_add(reserved(memory));
            (memory, base)
        })
    }

    /// Makes the memories what they were and leaves them to the next zone. `length` says how long each has become.
    ///
    /// # Safety
    /// The slot was acquired for this identity and these memories, and nothing uses it any more.
    pub unsafe fn release(
        self,
        identity: &Identity,
        memories: &[Memory],
        length: impl Fn(&Memory) -> u64,
    ) {
        if self.size == 0 {
            return;
        }
        let mut restore =
            Restore { images: self.images, left: KEPT_BYTES, failed: !os::KEEPS_IDLE_RANGES };
        for (memory, base) in self.bases(memories) {
            if !restore.failed {
                // SAFETY: the caller's.
                unsafe { restore.memory(memory, base, accessible(length(memory)) as usize) };
            }
        }
        if restore.failed || !IDLE.put((*identity, self)) {
            self.unmap();
        }
    }

    fn unmap(self) {
        // SAFETY: whoever has a slot owns it.
        unsafe { os::release(self.start.as_ptr(), self.size) }
    }
}

/// The making of a slot's old state.
struct Restore {
    images: Images,
    /// Bytes that may still be kept.
    left: usize,
    /// Whether something remains of the zone.
    failed: bool,
}

impl Restore {
    /// Restores the memory whose first bytes, this many, are accessible.
    ///
    /// # Safety
    /// Nothing uses the memory any more.
    unsafe fn memory(&mut self, memory: &Memory, base: *mut u8, size: usize) {
        let known = os::used_pages(base, size, |start, bytes| {
            // SAFETY: a part of the memory; the caller's.
            unsafe { self.run(memory, base, start, bytes) };
        });
        if !known {
            // SAFETY: the caller's.
            unsafe { self.discard(memory, base, base, size) };
        }
        let minimum = accessible(memory.minimum) as usize;
        // SAFETY: what lies behind the minimum is zero now, and nothing uses it.
        self.failed |= size > minimum
            && !unsafe { os::make_inaccessible(base.wrapping_add(minimum), size - minimum) };
    }

    /// Restores pages that this zone, or an earlier one, wrote to, a part at a time.
    ///
    /// # Safety
    /// They lie in the accessible part of the memory that begins at `base`; nothing uses them any more.
    unsafe fn run(&mut self, memory: &Memory, base: *mut u8, start: *mut u8, bytes: usize) {
        let mut at = start as usize - base as usize;
        let end = at + bytes;
        while at < end {
            let part = (PART - at % PART).min(end - at);
            // SAFETY: the caller's.
            unsafe { self.part(memory, base, base.wrapping_add(at), part) };
            at += part;
        }
    }

    /// Writes the part of a run again, or gives it back: if too much is kept already, or if this zone did not write
    /// to it, so that the next one is not likely to either.
    ///
    /// # Safety
    /// As [`Restore::run`].
    unsafe fn part(&mut self, memory: &Memory, base: *mut u8, start: *mut u8, bytes: usize) {
        // SAFETY: the caller's.
        unsafe {
            let Some(left) = self.left.checked_sub(bytes) else {
                return self.discard(memory, base, start, bytes);
            };
            let unused = image::restore(memory, base, start, bytes) && bytes == PART;
            if unused && self.shows_itself(memory, base, start) {
                self.discard(memory, base, start, bytes);
            } else {
                self.left = left;
            }
        }
    }

    /// Whether this part shows its initial contents once its pages are given back.
    fn shows_itself(&self, memory: &Memory, base: *mut u8, part: *mut u8) -> bool {
        let image = memory.image_start..memory.image_start.saturating_add(memory.image_size);
        let offset = part as u64 - base as u64;
        self.images.is_shared(memory) || !image.contains(&offset)
    }

    /// Gives pages back.
    ///
    /// # Safety
    /// As [`Restore::run`].
    unsafe fn discard(&mut self, memory: &Memory, base: *mut u8, start: *mut u8, bytes: usize) {
        // SAFETY: the caller's.
        unsafe {
            self.failed |= !os::discard(start, bytes);
            if !self.failed && !self.images.is_shared(memory) {
                image::restore_image(memory, base, start, bytes);
            }
        }
    }
}

/// Bytes of a memory's reservation: what the artefact says, but never less than what must be accessible.
fn reserved(memory: &Memory) -> usize {
    memory.reserved.max(accessible(memory.minimum)) as usize
}

/// Bytes that are accessible in a memory of this length. Images and pages of every size fit into this
/// granularity.
pub fn accessible(length: u64) -> u64 {
    length.next_multiple_of(HOST_PAGE)
}

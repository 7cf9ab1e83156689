//! The address space of a zone: its block (the runtime's record, then the context) and its memories.
//!
//! On entry of the `release_` functions nothing uses the zone any more. What they leave to the pool is zero.

use super::pool::{self, Range};
use super::{Record, image};
use crate::artefact::Loaded;
use crate::context::Context;
use crate::os;
use core::ptr::NonNull;
use weldc_abi::artefact::Memory;
use weldc_abi::{HOST_PAGE, context};

/// Bytes in front of the context: the record, on the page that the context begins on.
const RECORD_SPACE: usize = size_of::<Record>().next_multiple_of(64);

/// Blocks up to this size are cleared by writing zeros, which is faster than new pages.
const CLEARED: usize = 16 << 10;

/// Where the record of a zone in the making goes.
pub fn record_of(context: Context) -> *mut Record {
    context.0.wrapping_sub(RECORD_SPACE).cast()
}

fn block_size(artefact: Loaded) -> usize {
    RECORD_SPACE + artefact.header().context_reserved as usize
}

/// A zeroed block with room for a record and the context.
pub fn acquire_block(artefact: Loaded) -> Option<Context> {
    let size = block_size(artefact);
    let block = pool::acquire(size, size)?;
    Some(Context(block.start.as_ptr().wrapping_add(RECORD_SPACE)))
}

/// Drops the record and gives the block back.
///
/// # Safety
/// The zone's record is alive; it is the last that is used of the zone.
pub unsafe fn release_block(context: Context, artefact: Loaded) {
    let record = record_of(context);
    let (start, size) = (record.cast::<u8>(), block_size(artefact));
    let used = RECORD_SPACE + artefact.header().context_size as usize;
    // SAFETY: the caller's; the block begins with the record. What lies behind `used` was never written to
    // unless a table grew.
    unsafe {
        let grown = (*record).tables_grew;
        record.drop_in_place();
        let range = Range { start: NonNull::new_unchecked(start), size, accessible: size };
        if used <= CLEARED && !grown {
            start.write_bytes(0, used);
            pool::release(range);
        } else if os::discard(start, size) {
            pool::release(range);
        } else {
            pool::unmap(range);
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

/// A zeroed memory whose first `minimum` bytes are accessible.
pub fn acquire_memory(memory: &Memory) -> Option<NonNull<u8>> {
    match reserved(memory) {
        0 => Some(NonNull::dangling()),
        size => Some(pool::acquire(size, accessible(memory.minimum) as usize)?.start),
    }
}

/// # Safety
/// `memory` is reserved in this zone.
pub unsafe fn release_memory(zone: Context, memory: &Memory) {
    let size = reserved(memory);
    if size == 0 {
        return;
    }
    // SAFETY: the caller's; the base never changes.
    unsafe {
        let start: *mut u8 = zone.load(memory.state + context::memory::BASE as u32);
        let length: u64 = zone.load(memory.state + context::memory::LENGTH as u32);
        let accessible = accessible(length) as usize;
        let range = Range { start: NonNull::new_unchecked(start), size, accessible };
        // Pages that are shared with the artefact's file would come back with its contents.
        let shared = image::may_be_shared(zone.record().code, memory);
        if !shared && os::discard(start, accessible) {
            pool::release(range);
        } else {
            pool::unmap(range);
        }
    }
}

//! The block of a zone: the runtime's record, then the context.
//!
//! On entry of [`release_block`] nothing uses the zone any more. What it leaves to the pool is zero.

use super::Record;
use super::pool::{self, Range};
use crate::artefact::Loaded;
use crate::context::Context;
use crate::os;
use core::ptr::NonNull;

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

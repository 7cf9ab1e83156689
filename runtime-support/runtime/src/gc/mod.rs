//! Objects that are collected (`weldc_abi::gc`).
//!
//! Generated code makes objects itself, between the context's words `ALLOC` and `LIMIT`. Where they do not fit it
//! calls [`allocate`], which lets the collector move all living objects to the other half of the zone's heap,
//! gives the heap more or less room by what is alive, and makes the object.
//!
//! ```text
//!  heap      the halves: reserved, grown, given back                       zone::pool, os
//!  copy      moves what is reachable (Cheney's algorithm)
//!  roots     what is reachable from outside of the heap: frames, context   trap::Place, arch
//! ```
//! On entry of a collection: every traced word in the places that the artefact names (roots, tables of references,
//! slots of frames at their calls, fields and elements of objects) is a valid one, and the objects lie one after
//! the other from the current half's beginning to `ALLOC`. On exit the same is true of the other half. No
//! reference to memory of a heap is ever made, only raw pointers.

mod copy;
mod heap;
mod roots;

#[cfg(all(test, target_arch = "x86_64", unix))]
mod testing;
#[cfg(all(test, target_arch = "x86_64", unix))]
mod tests;

#[cfg(test)]
pub use copy::Copy;
pub use heap::Heap;

use crate::context::Context;
use crate::trap::Place;
pub use copy::Shapes;
use core::sync::atomic::{AtomicBool, Ordering};
use weldc_abi::context::gc::{ALLOC, LIMIT};
use weldc_abi::gc::ALIGN;
use weldc_abi::{Trap, gc};

/// Whether every allocation of new zones is to collect.
static ALWAYS: AtomicBool = AtomicBool::new(false);

/// Makes every allocation of every zone that begins from now on collect, and spoils what objects leave behind: for
/// tests of stack maps.
#[doc(hidden)]
pub fn collect_always(always: bool) {
    ALWAYS.store(always, Ordering::Relaxed);
}

/// The heap of a new zone.
pub fn new_heap() -> Heap {
    Heap::new(ALWAYS.load(Ordering::Relaxed))
}

/// What `weldc_rt_gc_allocate` does, told where it was called from: the return address `pc` into the function
/// whose frame pointer is `fp`. A new object with this header, else 0; an address below 256 is a trap.
///
/// # Safety
/// Called by generated code of the zone of `context`, whose artefact says where there are traced words.
pub unsafe extern "C" fn allocate(
    context: Context,
    header: u64,
    size: u64,
    pc: usize,
    fp: usize,
) -> usize {
    // SAFETY: the caller's. The object's memory is new.
    unsafe {
        match make_room(context, size, Place { pc, fp }) {
            Ok((object, size)) => {
                object.write_bytes(0, size);
                object.cast::<u64>().write(header);
                object as usize
            }
            Err(trap) => trap as usize,
        }
    }
}

/// Takes memory for an object of this size from the zone's heap: its address and its size rounded up.
///
/// # Safety
/// As [`allocate`].
unsafe fn make_room(zone: Context, size: u64, from: Place) -> Result<(*mut u8, usize), Trap> {
    let size = size.max(gc::HEADER_SIZE.into()).checked_next_multiple_of(ALIGN.into());
    let size = size.and_then(|size| usize::try_from(size).ok()).ok_or(Trap::OutOfMemory)?;
    // SAFETY: the caller's. Nothing below refers to the record by another way.
    unsafe {
        let record = zone.record();
        let tables = record.artefact.collected().ok_or(Trap::BadArtefact)?;
        let heap = &mut record.heap;
        heap.next = zone.load(ALLOC as u32);
        let room = if heap.is_full(size) {
            let shapes = Shapes { types: tables.types(), offsets: tables.offsets() };
            let artefact = record.artefact;
            heap.collect(shapes, |copy| roots::visit(zone, artefact, &tables, from, copy))
                .and_then(|()| heap.resize(size, tables.maximum()))
        } else {
            Ok(())
        };
        let object = room.map(|()| heap.take(size));
        // Also where there is no room: the objects have moved all the same.
        zone.store(ALLOC as u32, heap.next);
        zone.store(LIMIT as u32, heap.limit());
        Ok((object?, size))
    }
}

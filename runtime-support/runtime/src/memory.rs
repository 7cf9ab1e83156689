//! `memory.grow` and `table.grow`.

use crate::context::Context;
use crate::os;
use crate::zone::accessible;
use weldc_abi::artefact::Memory;
use weldc_abi::context::{memory, table};

/// What both return if they could not grow.
const FAILED: u64 = u64::MAX;

/// Grows the memory by `pages` and returns its old size in pages.
///
/// # Safety
/// `context` is that of a living zone that has a memory of this number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_memory_grow(zone: Context, number: u32, pages: u64) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        let artefact = zone.record().artefact;
        match artefact.memories().get(number as usize) {
            Some(memory) => grow_memory(zone, memory, pages).unwrap_or(FAILED),
            None => FAILED,
        }
    }
}

/// # Safety
/// `memory` is reserved in this zone.
unsafe fn grow_memory(zone: Context, memory: &Memory, pages: u64) -> Option<u64> {
    let length_at = memory.state + memory::LENGTH as u32;
    // SAFETY: the caller's.
    let (base, old) = unsafe {
        (zone.load::<*mut u8>(memory.state + memory::BASE as u32), zone.load::<u64>(length_at))
    };
    let new = old.checked_add(pages.checked_mul(1 << memory.page_bits)?)?;
    if new > memory.maximum.min(memory.reserved) || accessible(new) > memory.reserved {
        return (pages == 0).then_some(old >> memory.page_bits);
    }
    let (from, to) = (accessible(old), accessible(new));
    // SAFETY: both lie in the reservation; nothing but zero pages is in between.
    if !unsafe { os::make_accessible(base.wrapping_add(from as usize), (to - from) as usize) } {
        return None;
    }
    // SAFETY: the caller's.
    unsafe { zone.store(length_at, new) };
    Some(old >> memory.page_bits)
}

/// Grows the table by `elements`, all of them `initial`, and returns its old length.
///
/// # Safety
/// `context` is that of a living zone that has a table of this number.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_table_grow(
    zone: Context,
    number: u32,
    elements: u64,
    initial: u64,
) -> u64 {
    // SAFETY: the caller's.
    unsafe {
        let artefact = zone.record().artefact;
        let Some(table) = artefact.tables().get(number as usize) else { return FAILED };
        let length_at = table.state + table::LENGTH as u32;
        let old = zone.load::<u64>(length_at);
        match old.checked_add(elements) {
            Some(new) if new <= u64::from(table.maximum) => {
                let first = zone.at::<u64>(table.elements).wrapping_add(old as usize);
                // The compiler reserved room for `maximum` elements in the context.
                core::slice::from_raw_parts_mut(first, elements as usize).fill(initial);
                zone.store(length_at, new);
                zone.record().tables_grew = true;
                old
            }
            _ => FAILED,
        }
    }
}

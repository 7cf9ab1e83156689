//! Traced words outside of the heap.

use super::copy::Copy;
use crate::artefact::{Collected, Loaded};
use crate::context::Context;
use crate::trap::{Place, code_offset};
use crate::{arch, os, task};
use weldc_abi::context::table;

/// What a frame that is walked past costs, in words: finding out what it has takes longer than the having.
const FRAME: usize = 8;

/// Visits all of them that a zone has while the call is in execution that returns to `from`. Returns how many
/// there are, about.
///
/// # Safety
/// `from` is a function of the artefact, which is the zone's, and its call has not returned.
pub unsafe fn visit(
    zone: Context,
    artefact: Loaded,
    tables: &Collected,
    from: Place,
    copy: &mut Copy<'_>,
) -> usize {
    // SAFETY: the caller's.
    unsafe {
        visit_context(zone, tables, copy)
            + visit_tables(zone, &artefact, tables, copy)
            + visit_frames(artefact, tables, from, copy)
            + visit_other_stacks(zone, artefact, tables, copy)
    }
}

/// # Safety
/// As [`visit`].
unsafe fn visit_context(zone: Context, tables: &Collected, copy: &mut Copy<'_>) -> usize {
    for &offset in tables.roots() {
        // SAFETY: the compiler keeps a traced word there.
        unsafe { copy.visit(zone.at(offset)) };
    }
    tables.roots().len()
}

/// # Safety
/// As [`visit`].
unsafe fn visit_tables(
    zone: Context,
    artefact: &Loaded,
    tables: &Collected,
    copy: &mut Copy<'_>,
) -> usize {
    let all = artefact.tables();
    let mut count = 0;
    for table in tables.tables().iter().filter_map(|&number| all.get(number as usize)) {
        let first = zone.at::<u64>(table.elements);
        // SAFETY: a table has as many elements as its record says, in this one traced words.
        unsafe {
            let length: u64 = zone.load(table.state + table::LENGTH as u32);
            for index in 0..length as usize {
                copy.visit(first.add(index));
            }
            count += length as usize;
        }
    }
    count
}

/// Visits what the zone's other stacks have: those of threads that wait, and those of whoever resumed the current one.
///
/// # Safety
/// As [`visit`].
unsafe fn visit_other_stacks(
    zone: Context,
    artefact: Loaded,
    tables: &Collected,
    copy: &mut Copy<'_>,
) -> usize {
    let mut words = 0;
    // SAFETY: the caller's; the frame that called the runtime last has no traced words, as one that called the host.
    unsafe {
        task::each_exit(zone, |exit| {
            if exit != 0 {
                let (fp, pc) = arch::caller(exit);
                words += visit_frames(artefact, tables, Place { pc, fp }, copy);
            }
        });
    }
    words
}

/// Walks the frames of generated code from the innermost one, and those of the calls of the same zone that this
/// one is part of: the host's frames in between are passed over.
///
/// # Safety
/// As [`visit`].
unsafe fn visit_frames(
    artefact: Loaded,
    tables: &Collected,
    from: Place,
    copy: &mut Copy<'_>,
) -> usize {
    let Place { mut pc, mut fp } = from;
    let mut words = 0;
    loop {
        let Some(return_address) = code_offset(artefact, pc) else {
            os::abort("a collection outside of any call into a zone");
        };
        if let Some(entry) = artefact.entry(return_address) {
            let exit_slot = fp - entry.frame_size as usize + entry.context_slot as usize + 8;
            // SAFETY: entries of programs that collect keep the word there.
            fp = unsafe { (exit_slot as *const usize).read() };
            if fp == 0 {
                return words;
            }
        } else if let Some((frame_size, slots)) = tables.frame(return_address) {
            let sp = fp - frame_size as usize;
            for &slot in slots {
                // SAFETY: the compiler keeps a traced word there during this call.
                unsafe { copy.visit((sp + slot as usize) as *mut u64) };
            }
            words += slots.len();
        }
        words += FRAME;
        // SAFETY: a frame of generated code: the first one, one that was called from there, or one that called the
        // host and has no traced words itself.
        (fp, pc) = unsafe { arch::caller(fp) };
    }
}

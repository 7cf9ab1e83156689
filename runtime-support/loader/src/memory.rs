//! The reservation that an object is loaded into. The only `unsafe` of the loader.

use anyhow::{Context, Result};
use memmap2::MmapMut;
use region::Protection;
use std::ops::Range;

/// Zeroed memory, aligned to `HOST_PAGE`, given back when dropped.
pub struct Memory {
    map: MmapMut,
    /// Offset of the first aligned byte, and how many follow.
    start: usize,
    size: usize,
}

/// What can be done with memory that is no longer written to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Access {
    Read,
    Execute,
}

const ALIGN: usize = weldc_abi::HOST_PAGE as usize;

impl Memory {
    pub fn new(size: u64) -> Result<Memory> {
        let size = usize::try_from(size)?;
        let map = MmapMut::map_anon(size + ALIGN)
            .with_context(|| format!("cannot reserve {size} bytes for the code"))?;
        let address = map.as_ptr() as usize;
        Ok(Memory { map, start: address.next_multiple_of(ALIGN) - address, size })
    }

    pub fn base_pointer(&self) -> *const u8 {
        self.map.as_ptr().wrapping_add(self.start)
    }

    pub fn base(&self) -> u64 {
        self.base_pointer() as u64
    }

    /// All of it, as long as nothing is protected.
    pub fn bytes(&mut self) -> &mut [u8] {
        &mut self.map[self.start..self.start + self.size]
    }

    /// Takes the right to write to `range` (offsets, multiples of `HOST_PAGE`) away.
    pub fn protect(&mut self, range: Range<u64>, access: Access) -> Result<()> {
        let bytes = &self.bytes()[range.start as usize..range.end as usize];
        if bytes.is_empty() {
            return Ok(());
        }
        let protection = match access {
            Access::Read => Protection::READ,
            Access::Execute => {
                synchronize(bytes);
                Protection::READ_EXECUTE
            }
        };
        // SAFETY: the slice is bounds-checked and inside this mapping, which nothing else knows. `bytes`
        // hands out writable memory only before (see `Loaded::load`, the only user), so no reference
        // assumes a right that is taken away here.
        unsafe { region::protect(bytes.as_ptr(), bytes.len(), protection) }
            .context("cannot make the code executable")
    }
}

/// Makes the processor see new code. x86-64 does by itself.
#[cfg(not(target_arch = "aarch64"))]
fn synchronize(_code: &[u8]) {}

/// Makes the processor see new code: cleans the data cache to the point of unification and discards
/// what the instruction cache holds, line by line.
#[cfg(target_arch = "aarch64")]
fn synchronize(code: &[u8]) {
    use std::arch::asm;
    let types: u64;
    // SAFETY: reads the cache type register, which Linux allows.
    unsafe { asm!("mrs {}, ctr_el0", out(reg) types, options(nomem, nostack)) };
    let data_line = 4 << (types >> 16 & 15);
    let code_line = 4 << (types & 15);
    let (start, end) = (code.as_ptr() as usize, code.as_ptr_range().end as usize);
    for line in (start & !(data_line - 1)..end).step_by(data_line) {
        // SAFETY: cleans a line of memory that `code` borrows.
        unsafe { asm!("dc cvau, {}", in(reg) line, options(nostack)) };
    }
    // SAFETY: a barrier.
    unsafe { asm!("dsb ish", options(nostack)) };
    for line in (start & !(code_line - 1)..end).step_by(code_line) {
        // SAFETY: discards a line of the instruction cache; it is read again from memory.
        unsafe { asm!("ic ivau, {}", in(reg) line, options(nostack)) };
    }
    // SAFETY: barriers.
    unsafe { asm!("dsb ish", "isb", options(nostack)) };
}

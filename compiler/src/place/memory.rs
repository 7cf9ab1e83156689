//! Address space of memories, and which part of the initial contents is worth an image.

use super::MemoryPlace;
use crate::error::{Error, Result};
use crate::link::Memory;
use crate::options::CodeOptions;
use std::ops::Range;
use weldc_abi::{GUARD_BYTES, HOST_PAGE};

const WASM32_BYTES: u64 = 1 << 32;
/// Address space for a 64-bit memory that declares no smaller maximum.
const WASM64_RESERVED: u64 = 1 << 36;

/// Decides about a memory whose record is at `state`; its image is still empty. One that nothing `grows` has
/// a constant length.
///
/// Guards end at page borders of the host, so they serve memories with whole WebAssembly pages only.
pub fn place(
    memory: &Memory,
    grows: bool,
    state: u32,
    options: &CodeOptions,
) -> Result<MemoryPlace> {
    let ty = &memory.ty;
    let page_bits = memory.page_bits();
    let minimum = memory.minimum();
    if minimum > 1 << 47 {
        return Err(Error::new("a memory's minimum is more than any machine can address"));
    }
    let bytes = |pages: u64| pages.checked_shl(page_bits).filter(|b| b >> page_bits == pages);
    let guarded = options.guard_pages && !ty.memory64 && 1 << page_bits == weldc_abi::WASM_PAGE;
    let most = if ty.memory64 { WASM64_RESERVED } else { WASM32_BYTES };
    let declared = ty.maximum.map_or(u64::MAX, |pages| bytes(pages).unwrap_or(u64::MAX));
    let maximum = if grows { declared.min(most).max(minimum) } else { minimum };
    let reserved = if guarded {
        WASM32_BYTES + GUARD_BYTES
    } else {
        maximum.next_multiple_of(HOST_PAGE).max(HOST_PAGE)
    };
    Ok(MemoryPlace {
        state,
        minimum,
        maximum,
        reserved,
        guarded,
        page_bits,
        image_start: 0,
        image: Vec::new(),
    })
}

/// Bytes that an image may have however little data it holds.
const SMALL_SPAN: u64 = 4 << 20;
/// An image is at most so many times as large as its data…
const MAX_SPARSITY: u64 = 16;
/// …and at most so many bytes larger.
const MAX_ZEROS: u64 = 64 << 20;

/// Of segments at these guest addresses, those that make a good image: with the most data, but not too
/// sparse ([`SMALL_SPAN`], [`MAX_SPARSITY`], [`MAX_ZEROS`]). Gives the guest addresses from the first to
/// the last byte of the image; every segment lies inside as a whole or does not overlap it.
pub fn image_span(segments: &mut [Range<u64>]) -> Range<u64> {
    segments.sort_by_key(|segment| (segment.start, segment.end));
    let mut best = Window::default();
    let mut window = Window::default();
    for segment in segments {
        if !window.take(segment) {
            best = best.better(std::mem::replace(&mut window, Window::new(segment)));
        }
    }
    best.better(window).span
}

/// Neighbouring segments that could be one image.
#[derive(Default)]
struct Window {
    span: Range<u64>,
    data: u64,
}

impl Window {
    fn new(segment: &Range<u64>) -> Window {
        Window { span: segment.clone(), data: segment.end - segment.start }
    }

    /// Adds a segment that begins no earlier than those before, unless that makes the image too sparse.
    /// One that overlaps the window always comes in: it adds no more zeros.
    fn take(&mut self, segment: &Range<u64>) -> bool {
        let data = self.data + (segment.end - segment.start);
        let start = if self.data == 0 { segment.start } else { self.span.start };
        let end = self.span.end.max(segment.end);
        let span = end - start;
        let dense = span <= SMALL_SPAN.max(data.saturating_mul(MAX_SPARSITY))
            && span <= data.saturating_add(MAX_ZEROS);
        let fits = dense || segment.start < self.span.end;
        if fits {
            (self.span, self.data) = (start..end, data);
        }
        fits
    }

    fn better(self, other: Window) -> Window {
        if other.data > self.data { other } else { self }
    }
}

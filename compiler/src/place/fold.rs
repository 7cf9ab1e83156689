//! Initial contents: steps of instantiation that nobody can tell from contents that have always been
//! there become images.
//!
//! Which those are, `facts` knows. Of them stay steps what would make an image too large, and what comes after
//! such a step for the same place: it must not be undone.

use super::{GlobalPlace, Image, Layout, memory};
use crate::error::{Error, Result};
use crate::facts::{Facts, step_range};
use crate::index::*;
use crate::link::{ConstValue, CoreFunc, Program, Step, element_values};
use crate::options::CodeOptions;
use crate::parse::Parsed;
use crate::parse::module::Module;
use crate::translate::builder::signature_tag;
use cranelift_entity::SecondaryMap;
use std::collections::BTreeMap;
use std::ops::Range;
use weldc_abi::context::{self, funcref, table};
use weldc_abi::{HOST_PAGE, gc};

/// All images of a program together; steps beyond are done at run time, from data that instances of one
/// module share.
const MAX_IMAGES: u64 = 1 << 30;
/// Elements of a table, from the first, that can be part of the context's image.
const MAX_FOLDED_ELEMENTS: u64 = 1 << 20;
/// Offset in the context behind which no element of a table is part of the image.
const MAX_CONTEXT_IMAGE: u64 = 64 << 20;
/// Zero bytes that an image of the context may have between two tables: room that one has to grow.
const MAX_GAP: u64 = 1 << 20;

/// Fills the images of `layout`, and sets the steps that remain.
pub fn fold(
    parsed: &Parsed,
    program: &Program,
    facts: &Facts,
    options: &CodeOptions,
    layout: &mut Layout,
) -> Result<()> {
    let context = ContextImage::default();
    let mut fold = Fold { parsed, program, facts, context, images: 0 };
    if options.stack_size != context::DEFAULT_STACK_SIZE {
        fold.context.write(context::STACK_SIZE as u32, &options.stack_size.to_le_bytes());
    }
    fold.globals(layout);
    fold.segment_lengths(layout);
    let ends = fold.tables(layout)?;
    let folded = fold.choose(layout, &ends);
    fold.memories(layout, &folded);
    layout.steps = fold.apply(layout, &folded)?;
    layout.context_image = fold.context.finish();
    Ok(())
}

struct Fold<'a> {
    parsed: &'a Parsed,
    program: &'a Program,
    facts: &'a Facts,
    context: ContextImage,
    /// Bytes of images of memories so far.
    images: u64,
}

/// The context's image under construction.
#[derive(Default)]
struct ContextImage {
    bytes: Vec<u8>,
    funcs: BTreeMap<u32, CoreFunc>,
}

impl ContextImage {
    fn write(&mut self, offset: u32, bytes: &[u8]) {
        let start = offset as usize;
        let end = start + bytes.len();
        if self.bytes.len() < end {
            self.bytes.resize(end, 0);
        }
        self.bytes[start..end].copy_from_slice(bytes);
    }

    fn finish(mut self) -> Image {
        let end = self.bytes.iter().rposition(|&byte| byte != 0).map_or(0, |last| last + 1);
        self.bytes.resize(end.next_multiple_of(8), 0);
        Image { bytes: self.bytes, funcs: self.funcs.into_iter().collect() }
    }
}

/// A range of guest addresses or elements that steps at run time write to; empty if there are none. One
/// range for all is enough: there are hardly ever any.
type Touched = Range<u64>;

fn touch(touched: &mut Touched, range: &Range<u64>) {
    *touched = if touched.is_empty() {
        range.clone()
    } else {
        touched.start.min(range.start)..touched.end.max(range.end)
    };
}

fn overlap(a: &Range<u64>, b: &Range<u64>) -> bool {
    a.start < b.end && b.start < a.end
}

impl Fold<'_> {
    fn globals(&mut self, layout: &Layout) {
        for (id, place) in layout.globals.iter() {
            if let GlobalPlace::Slot(offset) = *place {
                self.value(offset, self.program.globals[id].init);
            }
        }
    }

    fn segment_lengths(&mut self, layout: &Layout) {
        for (id, instance) in self.program.instances.iter() {
            let module = &self.parsed.modules[instance.module];
            let data = module.data.iter().map(|segment| segment.range.len());
            let elements = module.elements.iter().map(|segment| segment.items.len());
            let places = layout.data_lengths[id].iter().zip(data);
            for (place, length) in places.chain(layout.element_lengths[id].iter().zip(elements)) {
                if let Some(offset) = *place {
                    self.context.write(offset, &(length as u64).to_le_bytes());
                }
            }
        }
    }

    fn value(&mut self, offset: u32, value: ConstValue) {
        match value {
            ConstValue::I32(v) => self.context.write(offset, &v.to_le_bytes()),
            ConstValue::I64(v) => self.context.write(offset, &v.to_le_bytes()),
            ConstValue::F32(v) => self.context.write(offset, &v.to_le_bytes()),
            ConstValue::F64(v) => self.context.write(offset, &v.to_le_bytes()),
            ConstValue::V128(v) => self.context.write(offset, &v.to_le_bytes()),
            ConstValue::Null | ConstValue::Func(_) | ConstValue::I31(_) => {
                self.reference(offset, value);
            }
            ConstValue::Computed => {}
        }
    }

    /// Writes a reference. Only the signature is known yet: where the code lies, `emit` will know.
    fn reference(&mut self, offset: u32, value: ConstValue) {
        let mut word = match value {
            ConstValue::I31(bits) => gc::i31(bits),
            _ => 0,
        };
        if let ConstValue::Func(func) = value {
            let tag = signature_tag(self.program, self.program.signature_of(self.parsed, func));
            word = u64::from(tag) << funcref::SIGNATURE_SHIFT;
            self.context.funcs.insert(offset, func);
        } else {
            self.context.funcs.remove(&offset);
        }
        self.context.write(offset, &word.to_le_bytes());
    }

    /// Writes what the elements of tables start as, and gives for each table the number of elements that
    /// the image may cover.
    fn tables(&mut self, layout: &Layout) -> Result<SecondaryMap<TableId, u64>> {
        let mut ends = SecondaryMap::new();
        let mut tables: Vec<TableId> = layout.tables.keys().collect();
        tables.sort_by_key(|&id| layout.tables[id].elements);
        let mut image_end = u64::from(weldc_abi::context::HEADER_SIZE);
        if let Some(&first) = tables.first() {
            image_end = layout.tables[first].elements.into();
        }
        for id in tables {
            let place = &layout.tables[id];
            let start = u64::from(place.elements);
            let elements = u64::from(place.minimum).min(MAX_FOLDED_ELEMENTS);
            let end = start + elements * u64::from(table::ELEMENT);
            if start - image_end <= MAX_GAP && end <= MAX_CONTEXT_IMAGE {
                ends[id] = elements;
                image_end = end;
            }
            self.fill(layout, id, ends[id])?;
        }
        Ok(ends)
    }

    fn fill(&mut self, layout: &Layout, id: TableId, end: u64) -> Result<()> {
        let init = self.program.tables[id].init;
        if matches!(init, ConstValue::Null | ConstValue::Computed) {
            return Ok(());
        }
        let place = &layout.tables[id];
        if u64::from(place.minimum) > end {
            return Err(Error::new(format!(
                "a table with {} elements has an initial value other than null; \
                 that is not compiled yet",
                place.minimum
            )));
        }
        for index in 0..place.minimum {
            self.reference(place.elements + index * table::ELEMENT, init);
        }
        Ok(())
    }

    fn module(&self, instance: InstanceId) -> &Module {
        &self.parsed.modules[self.program.instances[instance].module]
    }

    fn range(&self, step: &Step) -> Range<u64> {
        step_range(self.parsed, self.program, step)
    }

    /// Which steps become part of an image.
    fn choose(&mut self, layout: &Layout, ends: &SecondaryMap<TableId, u64>) -> Vec<bool> {
        let mut memories: SecondaryMap<MemoryId, Touched> = SecondaryMap::new();
        let mut tables: SecondaryMap<TableId, Touched> = SecondaryMap::new();
        let mut folded = Vec::with_capacity(self.program.steps.len());
        for (index, step) in self.program.steps.iter().enumerate() {
            let range = self.range(step);
            let (bound, touched) = match *step {
                Step::Start { .. }
                | Step::Call { .. }
                | Step::Global { .. }
                | Step::Segment { .. } => {
                    folded.push(false);
                    continue;
                }
                Step::Data { memory, .. } => {
                    (layout.memories[memory].minimum, &mut memories[memory])
                }
                Step::Elements { table, .. } => (ends[table], &mut tables[table]),
                Step::Table { instance, index } => {
                    let table = self.program.instances[instance].tables[index as usize];
                    (0, &mut tables[table])
                }
            };
            let unseen = self.facts.is_unseen(index);
            let fits = unseen && range.end <= bound && !overlap(touched, &range);
            if !fits {
                touch(touched, &range);
            }
            folded.push(fits);
        }
        self.keep_sparse(&mut folded);
        folded
    }

    /// Takes back the choice of data segments that would make an image of a memory too large.
    fn keep_sparse(&mut self, folded: &mut [bool]) {
        let mut by_memory: SecondaryMap<MemoryId, Vec<(usize, Range<u64>)>> = SecondaryMap::new();
        for (index, step) in self.program.steps.iter().enumerate() {
            if let Step::Data { memory, .. } = *step
                && folded[index]
            {
                let range = self.range(step);
                if !range.is_empty() {
                    by_memory[memory].push((index, range));
                }
            }
        }
        for segments in by_memory.values() {
            let mut ranges: Vec<_> = segments.iter().map(|(_, range)| range.clone()).collect();
            let mut span = memory::image_span(&mut ranges);
            let size = (span.end - span.start).saturating_add(2 * HOST_PAGE);
            if self.images + size > MAX_IMAGES {
                span = 0..0;
            } else {
                self.images += size;
            }
            for (index, range) in segments {
                folded[*index] = span.start <= range.start && range.end <= span.end;
            }
        }
    }

    /// Makes room for the images of memories.
    fn memories(&self, layout: &mut Layout, folded: &[bool]) {
        let mut spans: SecondaryMap<MemoryId, Touched> = SecondaryMap::new();
        for (step, _) in self.program.steps.iter().zip(folded).filter(|(_, folded)| **folded) {
            if let Step::Data { memory, .. } = *step {
                let range = self.range(step);
                if !range.is_empty() {
                    touch(&mut spans[memory], &range);
                }
            }
        }
        for (id, place) in layout.memories.iter_mut() {
            let span = &spans[id];
            place.image_start = span.start & !(HOST_PAGE - 1);
            let size = span.end.next_multiple_of(HOST_PAGE) - place.image_start;
            place.image = vec![0; size as usize];
        }
    }

    /// Writes the folded steps into the images, and gives the others.
    fn apply(&mut self, layout: &mut Layout, folded: &[bool]) -> Result<Vec<Step>> {
        let mut steps = Vec::new();
        for (step, &folded) in self.program.steps.iter().zip(folded) {
            match *step {
                Step::Data { instance, segment, memory, offset } if folded => {
                    let segment = &self.module(instance).data[segment as usize];
                    let data = &self.parsed.bytes[segment.range.clone()];
                    let place = &mut layout.memories[memory];
                    // An empty segment need not lie in the image.
                    if !data.is_empty() {
                        let start = (offset - place.image_start) as usize;
                        place.image[start..start + data.len()].copy_from_slice(data);
                    }
                }
                Step::Elements { instance, segment, table: id, offset } if folded => {
                    let values = element_values(self.parsed, self.program, instance, segment)?;
                    // In bounds of a table, whose elements all lie below 2 GiB.
                    let mut at = layout.tables[id].elements + offset as u32 * table::ELEMENT;
                    for value in values {
                        self.reference(at, value);
                        at += table::ELEMENT;
                    }
                }
                _ => steps.push(*step),
            }
        }
        Ok(steps)
    }
}

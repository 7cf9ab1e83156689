//! Offsets in the context.

use super::{GlobalPlace, Layout, TablePlace};
use crate::error::{Error, Result};
use crate::facts::Facts;
use crate::link::{Binding, ConstValue, Global, Program, ResourceOrigin};
use crate::parse::Parsed;
use crate::parse::module::{ElementSegment, SegmentMode};
use crate::types::{Abi, Layout as Shape};
use wasmparser::ValType;
use weldc_abi::HOST_PAGE;
use weldc_abi::context::{HEADER_SIZE, import, instance, origin, table};

/// Offsets are immediates of 32 bits with a sign.
const MAX_CONTEXT: u64 = 1 << 31;
const WORD: u32 = 8;

/// Gives out pieces of the context, one after the other. It counts beyond all bounds, [`Self::sizes`]
/// tells.
pub struct Allocator {
    end: u64,
    /// Up to where the context is in use at the start.
    used: u64,
}

impl Default for Allocator {
    fn default() -> Self {
        Allocator { end: HEADER_SIZE.into(), used: HEADER_SIZE.into() }
    }
}

impl Allocator {
    /// `size` bytes that are in use from the start, and `room` more to grow.
    fn piece(&mut self, size: u64, align: u64, room: u64) -> u32 {
        let start = self.end.next_multiple_of(align);
        self.used = start.saturating_add(size);
        self.end = self.used.saturating_add(room).min(u64::MAX / 2);
        // Of no consequence if it is too large: `sizes` fails.
        u32::try_from(start).unwrap_or(u32::MAX)
    }

    /// A record of words.
    pub fn record(&mut self, size: u32) -> u32 {
        self.piece(size.into(), WORD.into(), 0)
    }

    /// The sizes in use and reserved.
    pub fn sizes(&self) -> Result<(u32, u32)> {
        let reserved = self.end.next_multiple_of(HOST_PAGE);
        if reserved > MAX_CONTEXT {
            return Err(Error::new(format!(
                "tables, globals and instances together need {} MiB; at most {} MiB are possible",
                reserved >> 20,
                MAX_CONTEXT >> 20,
            )));
        }
        // Below the bound, hence in 32 bits.
        Ok((self.used.next_multiple_of(WORD.into()) as u32, reserved as u32))
    }
}

/// Places everything of a fixed size but the memories' records.
pub fn place_records(
    parsed: &Parsed,
    program: &Program,
    facts: &Facts,
    context: &mut Allocator,
    layout: &mut Layout,
) {
    for _ in program.tables.keys() {
        let state = context.record(table::SIZE);
        layout.tables.push(TablePlace { state, elements: 0, minimum: 0, maximum: 0 });
    }
    for (id, global) in program.globals.iter() {
        let place = place_global(global, facts.writes_global(id), context);
        layout.globals.push(place);
    }
    place_segments(parsed, program, context, layout);
    let tasks = if facts.tasks.in_use() { instance::TASKS_SIZE } else { 0 };
    for id in program.component_instances.keys() {
        layout.instances[id] = context.record(instance::SIZE + tasks);
    }
    for edge in facts.tasks.edges.values() {
        layout.spares.push(if edge.at_once { context.record(WORD) } else { 0 });
    }
    for value in program.values.values() {
        let Shape { size, align } = program.types.layout(Abi::NATIVE, value.ty);
        layout.values.push(context.piece(size.into(), align.into(), 0));
    }
    place_imports(program, context, layout);
}

fn place_imports(program: &Program, context: &mut Allocator, layout: &mut Layout) {
    let size = u64::from(program.import_slots()) * u64::from(import::SIZE);
    layout.imports = context.piece(size, WORD.into(), 0);
    for (id, resource) in program.resources.iter() {
        if let ResourceOrigin::Host { drop: Binding::Table { .. } } = resource.origin {
            layout.origins[id] = Some(context.record(origin::SIZE));
        }
    }
}

fn place_global(global: &Global, is_written: bool, context: &mut Allocator) -> GlobalPlace {
    if !is_written && global.init != ConstValue::Computed {
        return GlobalPlace::Constant(global.init);
    }
    let size = if global.ty.content_type == ValType::V128 { 16 } else { 8 };
    GlobalPlace::Slot(context.piece(size, size, 0))
}

fn place_segments(
    parsed: &Parsed,
    program: &Program,
    context: &mut Allocator,
    layout: &mut Layout,
) {
    let mut place =
        |mode: &SegmentMode| matches!(mode, SegmentMode::Passive).then(|| context.record(WORD));
    for (id, instance) in program.instances.iter() {
        let module = &parsed.modules[instance.module];
        layout.data_lengths[id] = module.data.iter().map(|s| place(&s.mode)).collect();
        layout.element_lengths[id] = module.elements.iter().map(|s| place(&s.mode)).collect();
    }
    for (id, instance) in program.instances.iter() {
        let module = &parsed.modules[instance.module];
        for &segment in &instance.computed_segments {
            let ElementSegment { mode, items, .. } = &module.elements[segment as usize];
            if matches!(mode, SegmentMode::Passive) {
                let words = context.piece(u64::from(WORD) * items.len() as u64, WORD.into(), 0);
                layout.computed_segments.insert((id, segment), words);
            }
        }
    }
}

/// Places the elements of tables: first those that cannot grow, since room to grow would lie between.
pub fn place_tables(
    program: &Program,
    facts: &Facts,
    context: &mut Allocator,
    layout: &mut Layout,
) -> Result<()> {
    for grows in [false, true] {
        for (id, table) in program.tables.iter().filter(|(id, _)| facts.grows_table(*id) == grows) {
            let place = &mut layout.tables[id];
            place.minimum = u32::try_from(table.ty.initial)
                .map_err(|_| Error::new("a table has more than 4 billion elements"))?;
            place.maximum = if grows { most_elements(table, place.minimum) } else { place.minimum };
            let element = u64::from(table::ELEMENT);
            let size = u64::from(place.minimum) * element;
            let room = u64::from(place.maximum - place.minimum) * element;
            place.elements = context.piece(size, 16, room);
        }
    }
    Ok(())
}

/// The most elements that a table which may grow gets room for.
fn most_elements(table: &crate::link::Table, minimum: u32) -> u32 {
    let declared = table.ty.maximum.unwrap_or(u64::MAX);
    let most = declared.min(table::MAX_RESERVED);
    u32::try_from(most).unwrap_or(u32::MAX).max(minimum)
}

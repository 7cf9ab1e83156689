//! [`Program`], [`Facts`] → [`Layout`]: where every piece of a zone's state lies, and what it starts as.
//!
//! On exit every global, table, memory, handle table and segment length has a constant offset in the
//! context; initial contents are images; the steps of instantiation that nobody could have observed
//! are part of those images, and the others remain as [`Layout::steps`].
//!
//! The context, from `abi::context::HEADER_SIZE` on:
//!
//! ```text
//!  memory records | table records | globals | segment lengths | instance records | spare records | values | imports │ tables that cannot grow │ tables that can
//!  └─────────────── read by most code: short and together ──────────────────────────────────────────────────────────┘                         └ each with room
//! ```
//!
//! `context` gives out the offsets, `memory` decides about address space, and `fold` turns steps into
//! images.

mod context;
mod fold;
mod guarded;
mod memory;
#[cfg(test)]
mod tests;

use crate::error::Result;
use crate::facts::Facts;
use crate::index::*;
use crate::link::{ConstValue, CoreFunc, Program, Step};
use crate::options::CodeOptions;
use crate::parse::Parsed;
use cranelift_entity::{EntitySet, PrimaryMap, SecondaryMap};
use std::collections::HashMap;

/// The layout of a zone. All offsets are in bytes from the context's address.
#[derive(Debug, Default)]
pub struct Layout {
    /// Bytes of the context in use before any table grows, that is up to the last initial element of the
    /// last table; a multiple of the word. The image lies within.
    pub context_size: u32,
    /// Address space to reserve for the context, all of it readable and writable and zero at first; a
    /// multiple of `HOST_PAGE`. Tables grow into it.
    pub context_reserved: u32,
    /// Offset of each component instance's record (`abi::context::instance`).
    pub instances: SecondaryMap<ComponentInstanceId, u32>,
    /// Offset of the word for an edge's spare record; 0 of those whose calls the runtime begins.
    pub spares: PrimaryMap<EdgeId, u32>,
    /// Offset of the words of the table of imports, an `abi::context::import` record for each entry.
    pub imports: u32,
    /// Offset of the `abi::context::origin` record of each resource type that is imported through the table.
    pub origins: SecondaryMap<ResourceId, Option<u32>>,
    /// The instances whose record's flag `MAY_NOT_LEAVE` is kept: somebody sets it and somebody looks at it.
    pub guarded: EntitySet<ComponentInstanceId>,
    pub memories: PrimaryMap<MemoryId, MemoryPlace>,
    pub tables: PrimaryMap<TableId, TablePlace>,
    pub globals: PrimaryMap<GlobalId, GlobalPlace>,
    /// Offset of each value, in the host's layout.
    pub values: PrimaryMap<ValueId, u32>,
    /// Offset of the word (eight bytes) that holds the remaining length of each passive data segment, in
    /// bytes. Indexed by instance, then segment; `None` for active segments, whose length code always
    /// finds to be 0, since instantiation drops them.
    pub data_lengths: SecondaryMap<InstanceId, Vec<Option<u32>>>,
    /// The same for element segments: elements. Declared segments have length 0, too.
    pub element_lengths: SecondaryMap<InstanceId, Vec<Option<u32>>>,
    /// Offset of the words of each passive element segment whose values instantiation computes.
    pub computed_segments: HashMap<(InstanceId, u32), u32>,
    /// What the context starts as, up to its last nonzero word.
    pub context_image: Image,
    /// What is left to do at run time, in order.
    pub steps: Vec<Step>,
}

impl Layout {
    /// The steps that are part of one core instance's instantiation.
    pub fn steps_of(&self, instance: InstanceId) -> &[Step] {
        let first = self.steps.partition_point(|step| step.instance() < instance);
        let count = self.steps[first..].partition_point(|step| step.instance() == instance);
        &self.steps[first..first + count]
    }
}

/// Bytes, and the words in them that become function references.
#[derive(Debug, Default, Clone)]
pub struct Image {
    /// The high half of a word that refers to a function holds the signature already, the low half is 0.
    pub bytes: Vec<u8>,
    /// Offset in `bytes` of a word that refers to a function, in ascending order.
    pub funcs: Vec<(u32, CoreFunc)>,
}

#[derive(Debug)]
pub struct MemoryPlace {
    /// Offset of the `abi::context::memory` record.
    pub state: u32,
    /// In bytes.
    pub minimum: u64,
    pub maximum: u64,
    /// Address space: the accessible part and the guard.
    pub reserved: u64,
    /// Whether an access may rely on the guard: every 32-bit index plus an offset below
    /// `abi::GUARD_BYTES` lies in the reservation. Otherwise code checks bounds.
    pub guarded: bool,
    pub page_bits: u32,
    /// Guest address of the image's first byte, a multiple of `HOST_PAGE`.
    pub image_start: u64,
    /// A multiple of `HOST_PAGE` in size.
    pub image: Vec<u8>,
}

#[derive(Debug)]
pub struct TablePlace {
    /// Offset of the `abi::context::table` record.
    pub state: u32,
    /// Offset of element 0.
    pub elements: u32,
    pub minimum: u32,
    /// The most elements it may have; equal to `minimum` if nothing in the program grows it.
    pub maximum: u32,
}

#[derive(Debug)]
pub enum GlobalPlace {
    /// Nobody can change it, and it is known.
    Constant(ConstValue),
    /// Offset of its slot.
    Slot(u32),
}

/// Lays out the zone of `program`.
pub fn place(
    parsed: &Parsed,
    program: &Program,
    facts: &Facts,
    options: &CodeOptions,
) -> Result<Layout> {
    let guarded = guarded::guarded_instances(program);
    let mut layout = Layout { guarded, ..Layout::default() };
    let mut context = context::Allocator::default();
    for (id, memory) in program.memories.iter() {
        let state = context.record(weldc_abi::context::memory::SIZE);
        let place = memory::place(memory, facts.grows_memory(id), state, options)?;
        layout.memories.push(place);
    }
    context::place_records(parsed, program, facts, &mut context, &mut layout);
    context::place_tables(program, facts, &mut context, &mut layout)?;
    (layout.context_size, layout.context_reserved) = context.sizes()?;
    fold::fold(parsed, program, facts, options, &mut layout)?;
    Ok(layout)
}

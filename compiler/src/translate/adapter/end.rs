//! Readable ends of streams and futures as values (CanonicalABI.md, `lift_async_value`, `lower_stream`,
//! `lower_future`).
//!
//! What crosses an edge is the end's address, and who had it has it no more. An instance names it by an index into its
//! handle table; the host has the address.

use super::handle;
use super::place::{Dest, Source};
use super::side::Space;
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::Types;
use weldc_abi::Trap;
use weldc_abi::handle::{KIND_FUTURE_READABLE, KIND_STREAM_READABLE, tag};
use weldc_abi::symbols::Function as RuntimeFn;

/// The tag of a readable end in a handle table.
fn readable(types: &Types, future: bool, element: Option<TypeId>) -> u32 {
    let kind = if future { KIND_FUTURE_READABLE } else { KIND_STREAM_READABLE };
    tag(kind, types.element_number(element))
}

impl Transfer<'_, '_> {
    /// Lifts a readable end, which the source loses, and lowers it. The element types are equal, as the two sides see
    /// them.
    pub fn end(
        &mut self,
        future: bool,
        [from, to]: [Option<TypeId>; 2],
        source: Source<'_>,
        dest: Dest<'_>,
    ) -> Result<()> {
        let name = self.handle(source)?;
        let b = &mut *self.b;
        let types = &b.env.program.types;
        let end = match self.source.space {
            Space::Guest(guest) => {
                let table = handle::instance_table(b, guest.instance);
                let [table, tag] =
                    [table as u32, readable(types, future, from)].map(|n| b.iconst32(n));
                let end = b.runtime_value(RuntimeFn::EndTake, &[b.context, table, tag, name]);
                b.trap_if_code(end);
                end
            }
            Space::Native => {
                b.trap_unless(name, Trap::UnknownHandle);
                name
            }
            Space::Lifted(_) => name,
        };
        let name = match self.dest.space {
            Space::Guest(guest) => {
                let table = handle::instance_table(b, guest.instance);
                let [table, tag] =
                    [table as u32, readable(types, future, to)].map(|n| b.iconst32(n));
                let index = b.runtime_value(RuntimeFn::EndAdd, &[b.context, table, tag, end]);
                b.trap_unless(index, Trap::HandleTableFull);
                index
            }
            Space::Native | Space::Lifted(_) => end,
        };
        self.put_handle(name, dest)
    }
}

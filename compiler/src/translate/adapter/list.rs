//! Lists: `list`, `map` (a list of pairs), and lists of a fixed length.

use super::bulk;
use super::control::Runs;
use super::memory::{self, Buffer, PointerTraps};
use super::place::{Address, Dest, Source};
use super::plan;
use super::side::Space;
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::Layout;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value};
use weldc_abi::{MAX_VALUE_BYTES, Trap};

/// A lifted list.
#[derive(Clone, Copy)]
struct Elements {
    address: Value,
    length: Value,
    bytes: Value,
}

impl Transfer<'_, '_> {
    /// Lifts and lowers a `list` or a `map`.
    pub fn list(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let types = self.types();
        let from = types.element(from).ok_or_else(plan::mismatch)?;
        let to = types.element(to).ok_or_else(plan::mismatch)?;
        let (_, from_layout) = types.product(self.source.abi, &from);
        let (_, to_layout) = types.product(self.dest.abi, &to);
        let elements = self.lift_elements(source, from_layout)?;
        let pointer = if self.views() && plan::is_plain(types, &from) {
            elements.address
        } else {
            let buffer = self.allocate_elements(elements, to_layout)?;
            let runs = Runs {
                source: elements.address,
                source_stride: from_layout.size,
                source_bytes: elements.bytes,
                dest: buffer.address,
                dest_stride: to_layout.size,
            };
            self.elements(&from, &to, runs)?;
            buffer.pointer
        };
        let length = memory::narrow(self.b, &self.dest, elements.length);
        self.put_pair(pointer, length, dest)
    }

    /// Checks a list as the specification does: its size, then its alignment, then its bounds.
    fn lift_elements(&mut self, source: Source<'_>, element: Layout) -> Result<Elements> {
        let (pointer, length) = self.pair(source)?;
        let size = i64::from(element.size.max(1));
        let most = MAX_VALUE_BYTES as i64 / size;
        // What is lifted was short enough where it came from; here its pointers are wider.
        if !matches!(self.source.space, Space::Lifted(_)) {
            let long = self.b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, length, most);
            self.b.trap_if(long, Trap::ListTooLong);
        }
        let bytes = self.b.ins.ins().imul_imm_u(length, size);
        let traps = PointerTraps::LIST;
        let align = element.align;
        let address = memory::checked_address(self.b, &self.source, pointer, bytes, align, traps)?;
        Ok(Elements { address, length, bytes })
    }

    fn allocate_elements(&mut self, elements: Elements, layout: Layout) -> Result<Buffer> {
        let size = self.b.ins.ins().imul_imm_u(elements.length, i64::from(layout.size));
        self.allocate_list(size, layout.align)
    }

    /// Transfers a run of elements: at once if their bytes are the same on both sides, by vectors if they nearly are.
    pub fn elements(&mut self, from: &[TypeId], to: &[TypeId], runs: Runs) -> Result<()> {
        if plan::is_copied(self.types(), &self.dest, from) {
            self.copy(runs.dest, runs.source, runs.source_bytes);
            return Ok(());
        }
        if let Some(bulk) = bulk::of(self.types(), from) {
            return self.bulk(&bulk, from, to, runs);
        }
        self.for_each(runs, |this, source, dest| {
            this.fields(from, Source::Memory(source), to, Dest::Memory(dest))
        })
    }

    /// Lifts and lowers a list of a fixed length: a run in memory, repeated flat forms otherwise.
    pub fn fixed_list(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        mut dest: Dest<'_>,
        length: u32,
    ) -> Result<()> {
        if let (Source::Memory(source), Dest::Memory(dest)) = (source, &dest) {
            return self.fixed_run(from, source, to, *dest, length);
        }
        let types = self.types();
        let stride = types.layout(self.dest.abi, to).size;
        let sources = source.fields(types, self.source.abi, &vec![from; length as usize])?;
        for (i, source) in (0..length).zip(sources) {
            self.value(from, source, to, dest.field(i.saturating_mul(stride)))?;
        }
        Ok(())
    }

    fn fixed_run(
        &mut self,
        from: TypeId,
        source: Address,
        to: TypeId,
        dest: Address,
        length: u32,
    ) -> Result<()> {
        let types = self.types();
        let source_stride = types.layout(self.source.abi, from).size;
        let bytes = u64::from(source_stride) * u64::from(length);
        let runs = Runs {
            source: self.machine_address(source),
            source_stride,
            source_bytes: self.b.iconst(bytes as i64),
            dest: self.machine_address(dest),
            dest_stride: types.layout(self.dest.abi, to).size,
        };
        self.elements(&[from], &[to], runs)
    }

    /// The address as one value.
    pub fn machine_address(&mut self, at: Address) -> Value {
        self.b.ins.ins().iadd_imm_s(at.base, i64::from(at.offset))
    }
}

//! Pointers: checking those that come from a guest, allocating on either side.
//!
//! Sizes and guest addresses are computed in 64 bits. Sizes are bounded before they are used (see
//! `weldc_abi::MAX_VALUE_BYTES`), so that neither their multiples nor their sums wrap.

use super::super::builder::{Builder, WORD};
use super::super::core;
use super::place::{Address, Dest, Source};
use super::plan;
use super::scalar::access;
use super::side::{Guest, Ownership, Side, Space};
use super::transfer::Transfer;
use super::{leave, thread};
use crate::error::Result;
use crate::index::MemoryId;
use crate::types::Layout;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value};
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// What is wrong with a pointer that does not fit.
#[derive(Clone, Copy)]
pub struct PointerTraps {
    pub unaligned: Trap,
    pub out_of_bounds: Trap,
}

impl PointerTraps {
    /// A spilled parameter list or result.
    pub const SPILL: PointerTraps =
        PointerTraps { unaligned: Trap::PointerUnaligned, out_of_bounds: Trap::PointerOutOfBounds };
    pub const STRING: PointerTraps =
        PointerTraps { unaligned: Trap::PointerUnaligned, out_of_bounds: Trap::StringOutOfBounds };
    pub const LIST: PointerTraps =
        PointerTraps { unaligned: Trap::PointerUnaligned, out_of_bounds: Trap::ListOutOfBounds };
    pub const SPILL_REALLOC: PointerTraps =
        PointerTraps { unaligned: Trap::ReallocUnaligned, out_of_bounds: Trap::ReallocOutOfBounds };
    pub const STRING_REALLOC: PointerTraps = PointerTraps {
        out_of_bounds: Trap::ReallocStringOutOfBounds,
        ..PointerTraps::SPILL_REALLOC
    };
    pub const LIST_REALLOC: PointerTraps =
        PointerTraps { out_of_bounds: Trap::ReallocListOutOfBounds, ..PointerTraps::SPILL_REALLOC };
}

/// A checked range in the destination's memory.
#[derive(Clone, Copy)]
pub struct Buffer {
    /// As the destination names it.
    pub pointer: Value,
    /// The machine's address.
    pub address: Value,
}

/// A pointer, length or size in 64 bits.
pub fn widen(b: &mut Builder<'_>, value: Value) -> Value {
    if b.ins.func.dfg.value_type(value) == WORD {
        return value;
    }
    b.ins.ins().uextend(WORD, value)
}

/// A pointer, length or size as this side passes it.
pub fn narrow(b: &mut Builder<'_>, side: &Side, value: Value) -> Value {
    let pointer = side.pointer();
    if pointer == WORD { value } else { b.ins.ins().ireduce(pointer, value) }
}

/// Checks that the range of `size` bytes (a bounded number) at `pointer` is aligned and in bounds; gives
/// the machine's address. The host is believed.
pub fn checked_address(
    b: &mut Builder<'_>,
    side: &Side,
    pointer: Value,
    size: Value,
    align: u32,
    traps: PointerTraps,
) -> Result<Value> {
    let Space::Guest(guest) = side.space else { return Ok(pointer) };
    let memory = guest.memory()?;
    let pointer = widen(b, pointer);
    if align > 1 {
        let low_bits = b.ins.ins().band_imm_u(pointer, i64::from(align) - 1);
        b.trap_if(low_bits, traps.unaligned);
    }
    check_bounds(b, side, memory, pointer, size, traps.out_of_bounds);
    let base = core::memory::base(b, memory);
    Ok(b.ins.ins().iadd(base, pointer))
}

fn check_bounds(
    b: &mut Builder<'_>,
    side: &Side,
    memory: MemoryId,
    pointer: Value,
    size: Value,
    trap: Trap,
) {
    let length = core::memory::length(b, memory);
    let end = b.ins.ins().iadd(pointer, size);
    let mut bad = b.ins.ins().icmp(IntCC::UnsignedGreaterThan, end, length);
    if side.abi.pointer == 8 {
        let wrapped = b.ins.ins().icmp(IntCC::UnsignedLessThan, end, pointer);
        bad = b.ins.ins().bor(bad, wrapped);
    }
    b.trap_if(bad, trap);
}

/// What `realloc` is asked for. Sizes are 64-bit values.
#[derive(Clone, Copy)]
struct Request {
    /// Pointer and size of what is moved.
    old: Option<(Value, Value)>,
    align: u32,
    size: Value,
    traps: PointerTraps,
}

/// Calls `realloc` and checks what it returns.
fn realloc(b: &mut Builder<'_>, side: &Side, guest: &Guest, request: Request) -> Result<Buffer> {
    let Request { old, align, size, traps } = request;
    let function = guest.realloc()?;
    let (old, old_size) = match old {
        Some((old, old_size)) => (old, narrow(b, side, old_size)),
        None => {
            let zero = b.ins.ins().iconst(side.pointer(), 0);
            (zero, zero)
        }
    };
    let align_value = b.ins.ins().iconst(side.pointer(), i64::from(align));
    let new_size = narrow(b, side, size);
    let interrupted = thread::begin(b, guest.instance, function);
    let results = leave::without(b, guest.instance, |b| {
        b.call_core(function, &[old, old_size, align_value, new_size])
    });
    thread::end(b, interrupted);
    let pointer = *results.first().ok_or_else(plan::mismatch)?;
    let address = checked_address(b, side, pointer, size, align, traps)?;
    Ok(Buffer { pointer, address })
}

/// Allocates in the memory of `side`. For the host the memory is its own if it is `Given`, else it
/// belongs to the call's scope.
fn allocate(
    b: &mut Builder<'_>,
    side: &Side,
    ownership: Ownership,
    request: Request,
) -> Result<Buffer> {
    let Request { align, size, .. } = request;
    let address = match (side.space, ownership) {
        (Space::Guest(guest), _) => return realloc(b, side, &guest, request),
        (Space::Native, Ownership::Given) => {
            let align = b.iconst(i64::from(align));
            b.runtime(RuntimeFn::GiftAlloc, &[b.context, size, align])
        }
        (Space::Native, Ownership::Lent) | (Space::Lifted(_), _) => {
            let align = b.iconst(i64::from(align));
            b.runtime(RuntimeFn::ScopeAlloc, &[b.context, size, align])
        }
    };
    let address = address.ok_or_else(plan::mismatch)?;
    b.trap_unless(address, Trap::OutOfMemory);
    Ok(Buffer { pointer: address, address })
}

/// Allocates room for a value of a known layout.
pub fn allocate_layout(b: &mut Builder<'_>, side: &Side, layout: Layout) -> Result<Buffer> {
    let size = b.iconst(i64::from(layout.size));
    let traps = PointerTraps::SPILL_REALLOC;
    let request = Request { old: None, align: layout.align, size, traps };
    allocate(b, side, Ownership::Lent, request)
}

impl Transfer<'_, '_> {
    /// Allocates room for a string in the destination.
    pub fn allocate(&mut self, size: Value, align: u32) -> Result<Buffer> {
        let request = Request { old: None, align, size, traps: PointerTraps::STRING_REALLOC };
        allocate(self.b, &self.dest, self.ownership, request)
    }

    /// The same, for the elements of a list.
    pub fn allocate_list(&mut self, size: Value, align: u32) -> Result<Buffer> {
        let request = Request { old: None, align, size, traps: PointerTraps::LIST_REALLOC };
        allocate(self.b, &self.dest, self.ownership, request)
    }

    /// Moves a string of the destination, which is a guest, to another size.
    pub fn reallocate(
        &mut self,
        old: Buffer,
        old_size: Value,
        align: u32,
        size: Value,
    ) -> Result<Buffer> {
        let Space::Guest(guest) = self.dest.space else { return Err(plan::mismatch()) };
        let old = Some((old.pointer, old_size));
        let request = Request { old, align, size, traps: PointerTraps::STRING_REALLOC };
        realloc(self.b, &self.dest, &guest, request)
    }

    /// `memmove`: the two sides may be one memory.
    pub fn copy(&mut self, to: Value, from: Value, size: Value) {
        self.b.runtime(RuntimeFn::MemoryCopy, &[to, from, size]);
    }

    /// The pointer and length of a string or list, in 64 bits.
    pub fn pair(&mut self, source: Source<'_>) -> Result<(Value, Value)> {
        let (pointer, length) = match source {
            Source::Flat(&[pointer, length]) => (pointer, length),
            Source::Flat(_) => return Err(plan::mismatch()),
            Source::Memory(at) => {
                let ty = self.source.pointer();
                let second = at.plus(self.source.abi.pointer);
                let flags = access(self.b, &self.source)?;
                let pointer = self.load_at(ty, flags, at);
                (pointer, self.load_at(ty, flags, second))
            }
        };
        Ok((widen(self.b, pointer), widen(self.b, length)))
    }

    fn load_at(
        &mut self,
        ty: cranelift_codegen::ir::Type,
        flags: MemFlagsData,
        at: Address,
    ) -> Value {
        self.b.ins.ins().load(ty, flags, at.base, at.offset)
    }

    /// Lowers a pointer and a length, both as the destination passes them.
    pub fn put_pair(&mut self, pointer: Value, length: Value, mut dest: Dest<'_>) -> Result<()> {
        let size = self.dest.abi.pointer;
        self.put_sized(pointer, size, dest.field(0))?;
        self.put_sized(length, size, dest.field(size))
    }
}

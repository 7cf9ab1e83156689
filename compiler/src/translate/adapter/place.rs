//! Where a value is while it crosses an edge: in registers in its flat form, or in a Side's memory.

use super::plan;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::{Abi, Types};
use cranelift_codegen::ir::Value;

/// A checked address: of the machine, not of the guest.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    pub base: Value,
    pub offset: i32,
}

impl Address {
    pub fn new(base: Value) -> Address {
        Address { base, offset: 0 }
    }

    /// This many bytes further. (The validator bounds the size of values, so nothing saturates.)
    pub fn plus(self, bytes: u32) -> Address {
        Address { offset: self.offset.saturating_add_unsigned(bytes), ..self }
    }
}

/// Where a value is lifted from.
#[derive(Clone, Copy, Debug)]
pub enum Source<'v> {
    /// Exactly its flat form.
    Flat(&'v [Value]),
    Memory(Address),
}

/// Where a value is lowered to.
#[derive(Debug)]
pub enum Dest<'v> {
    /// Its flat form is appended.
    Flat(&'v mut Vec<Value>),
    Memory(Address),
}

impl<'v> Source<'v> {
    /// The places of consecutive fields of a value here.
    pub fn fields(self, types: &Types, abi: Abi, fields: &[TypeId]) -> Result<Vec<Source<'v>>> {
        match self {
            Source::Flat(values) => {
                let mut rest = values;
                let mut take = |&field: &TypeId| {
                    let count = plan::flat(types, abi, field).len();
                    let (head, tail) = rest.split_at_checked(count).ok_or_else(plan::mismatch)?;
                    rest = tail;
                    Ok(Source::Flat(head))
                };
                fields.iter().map(&mut take).collect()
            }
            Source::Memory(at) => {
                let (offsets, _) = types.product(abi, fields);
                Ok(offsets.into_iter().map(|offset| Source::Memory(at.plus(offset))).collect())
            }
        }
    }
}

impl Dest<'_> {
    /// The place of the field `offset` bytes into a value here; flat fields are lowered in order.
    pub fn field(&mut self, offset: u32) -> Dest<'_> {
        match self {
            Dest::Flat(values) => Dest::Flat(values),
            Dest::Memory(at) => Dest::Memory(at.plus(offset)),
        }
    }
}

//! The recursion over types that prints "lift from the source, lower to the destination".
//!
//! On entry of [`Transfer::value`]: the source holds a value of type `from` (flat values are of the
//! value's own flat types, a memory range was checked as a whole), and the destination has room for one of
//! type `to`, which is the same type as the destination's side sees it. On exit: the value was checked
//! and is in the destination, and the current block goes on.

use super::super::builder::Builder;
use super::handle::Ledger;
use super::place::{Address, Dest, Source};
use super::side::{Ownership, Side};
use super::{Plan, bulk, outline, plan};
use crate::error::Result;
use crate::index::TypeId;
use crate::types::{Type, Types};
use std::ops::Range;

/// Values of this many bytes are copied by `memmove` where they may be; smaller ones in words.
const BLOCK: u32 = 128;

/// A transfer of values from one side to another.
pub struct Transfer<'t, 'a> {
    pub b: &'t mut Builder<'a>,
    pub source: Side,
    pub dest: Side,
    pub plan: Plan,
    /// What becomes of the host's memory, if one of the sides is the host.
    pub ownership: Ownership,
    /// The account of the call that the values are parameters of.
    pub ledger: Ledger<'t>,
}

impl<'a> Transfer<'_, 'a> {
    pub fn types(&self) -> &'a Types {
        &self.b.env.program.types
    }

    /// Lifts one value and lowers it.
    pub fn value(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        mut dest: Dest<'_>,
    ) -> Result<()> {
        if self.outlined(from, source, to, &mut dest) {
            return Ok(());
        }
        self.inline(from, source, to, dest)
    }

    /// As [`Self::value`], but not by a call, however large the type is. What is inside may be called.
    pub fn inline(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let types = self.types();
        if let (Source::Memory(source), Dest::Memory(dest)) = (source, &dest)
            && self.compound_of_numbers(from, source, *dest)?
        {
            return Ok(());
        }
        match (types.get(from), types.get(to)) {
            (Type::String, Type::String) => self.string(source, dest),
            (Type::List(_) | Type::Map(..), Type::List(_) | Type::Map(..)) => {
                self.list(from, source, to, dest)
            }
            (Type::FixedList(from, length), Type::FixedList(to, _)) => {
                self.fixed_list(*from, source, *to, dest, *length)
            }
            (Type::Record(_) | Type::Tuple(_), Type::Record(_) | Type::Tuple(_)) => {
                self.record(from, source, to, dest)
            }
            (Type::Own(from), Type::Own(to)) => self.own(*from, source, *to, dest),
            (Type::ErrorContext, Type::ErrorContext) => self.error_context(source, dest),
            (Type::Stream(from), Type::Stream(to)) => self.end(false, [*from, *to], source, dest),
            (Type::Future(from), Type::Future(to)) => self.end(true, [*from, *to], source, dest),
            (Type::Borrow(from), Type::Borrow(to)) => self.borrow(*from, source, *to, dest),
            (from_ty, _) => match (types.cases(from), types.cases(to)) {
                (Some(from), Some(to)) => self.sum(&from, source, &to, dest),
                _ => self.scalar(from_ty, source, dest),
            },
        }
    }

    /// Moves a value that is made of numbers only, if it is: in words, or at once if it is large and the same on both
    /// sides.
    fn compound_of_numbers(&mut self, id: TypeId, source: Address, dest: Address) -> Result<bool> {
        let types = self.types();
        if !matches!(types.get(id), Type::Record(_) | Type::Tuple(_) | Type::FixedList(..)) {
            return Ok(false);
        }
        let size = types.layout(self.source.abi, id).size;
        if size >= BLOCK && plan::is_copied(types, &self.dest, &[id]) {
            self.copy_block(id, source, dest)?;
        } else if let Some(masks) = bulk::masks(types, &[id]) {
            self.words(&masks, source, dest)?;
        } else {
            return Ok(false);
        }
        Ok(true)
    }

    fn copy_block(&mut self, id: TypeId, source: Address, dest: Address) -> Result<()> {
        let size = self.types().layout(self.source.abi, id).size;
        let size = self.b.iconst(i64::from(size));
        let source = self.machine_address(source);
        let dest = self.machine_address(dest);
        self.copy(dest, source, size);
        Ok(())
    }

    /// Lifts and lowers a record, by calls if it is too large for one function.
    fn record(
        &mut self,
        from: TypeId,
        source: Source<'_>,
        to: TypeId,
        dest: Dest<'_>,
    ) -> Result<()> {
        let types = self.types();
        if let (Source::Memory(source), Dest::Memory(dest)) = (source, &dest) {
            let runs = outline::runs(types, from);
            if !runs.is_empty() {
                return runs.into_iter().try_for_each(|run| self.run(run, from, source, to, *dest));
            }
        }
        self.fields(&types.children(from), source, &types.children(to), dest)
    }

    /// Lifts and lowers consecutive values: the fields of a record, or an entry of a map.
    pub fn fields(
        &mut self,
        from: &[TypeId],
        source: Source<'_>,
        to: &[TypeId],
        dest: Dest<'_>,
    ) -> Result<()> {
        self.some_fields(0..from.len(), from, source, to, dest)
    }

    /// As [`Self::fields`], of which only these.
    pub fn some_fields(
        &mut self,
        some: Range<usize>,
        from: &[TypeId],
        source: Source<'_>,
        to: &[TypeId],
        mut dest: Dest<'_>,
    ) -> Result<()> {
        let types = self.types();
        let sources = source.fields(types, self.source.abi, from)?;
        let (offsets, _) = types.product(self.dest.abi, to);
        if from.len() != to.len() {
            return Err(plan::mismatch());
        }
        for (i, source) in sources.into_iter().enumerate().take(some.end).skip(some.start) {
            self.value(from[i], source, to[i], dest.field(offsets[i]))?;
        }
        Ok(())
    }

    /// The source's memory may be shown to the destination in place.
    pub fn views(&self) -> bool {
        self.dest.is_native() && self.ownership == Ownership::Lent
    }
}

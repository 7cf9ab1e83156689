//! Calls of a component instance to itself: there lifting and lowering are apart.
//!
//! The specification lifts all values before it lowers the first. On other edges nobody can tell, since the two
//! sides share nothing. An instance that calls itself has one memory on both, which its `realloc` may write to, or
//! give away although it is in use, and one table of handles. So its values are lifted to memory of the call's
//! scope ([`Space::Lifted`]) and lowered from there.

use super::memory;
use super::place::{Address, Dest, Source};
use super::plan::{self, End};
use super::side::Space;
use super::transfer::Transfer;
use crate::error::Result;
use crate::index::TypeId;
use crate::types::{Type, Types};

/// Whether a call's parameters are lifted before the first is lowered.
pub fn params(types: &Types, caller: &End, callee: &End) -> bool {
    let is_in_memory = caller.flat_params(types).is_none();
    is_apart(types, caller, callee, &plan::params(types, caller.ty), is_in_memory)
}

/// The same for its result.
pub fn result(types: &Types, caller: &End, callee: &End) -> bool {
    let result: Vec<TypeId> = types.func(callee.ty).result.into_iter().collect();
    is_apart(types, callee, caller, &result, callee.flat_result(types).is_none())
}

fn is_apart(types: &Types, from: &End, to: &End, ids: &[TypeId], is_in_memory: bool) -> bool {
    let (Space::Guest(source), Space::Guest(dest)) = (from.side.space, to.side.space) else {
        return false;
    };
    if source.instance != dest.instance {
        return false;
    }
    let is_shared = |ty: &Type| {
        matches!(ty, Type::String | Type::List(_) | Type::Map(..))
            || matches!(ty, Type::Own(_) | Type::Borrow(_) | Type::ErrorContext)
            || matches!(ty, Type::Stream(_) | Type::Future(_))
    };
    is_in_memory || ids.iter().any(|&id| types.any(id, &is_shared))
}

impl Transfer<'_, '_> {
    /// Lifts consecutive values to memory of the call's scope, which is the transfer's source from here on; gives
    /// where they are.
    pub fn lift(
        &mut self,
        ids: &[TypeId],
        sources: Vec<Source<'_>>,
    ) -> Result<Vec<Source<'static>>> {
        let types = self.types();
        let lifted = self.source.lifted();
        let (offsets, layout) = types.product(lifted.abi, ids);
        let at = Address::new(memory::allocate_layout(self.b, &lifted, layout)?.address);
        let dest = std::mem::replace(&mut self.dest, lifted);
        for ((&id, source), offset) in ids.iter().zip(sources).zip(offsets) {
            self.value(id, source, id, Dest::Memory(at.plus(offset)))?;
        }
        self.source = lifted;
        self.dest = dest;
        Source::Memory(at).fields(types, lifted.abi, ids)
    }
}

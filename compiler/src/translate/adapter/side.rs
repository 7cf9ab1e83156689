//! One end of an edge: whose address space a value lies in, and how it lies there.

use super::super::builder::WORD;
use crate::error::{Error, Result};
use crate::index::{ComponentInstanceId, MemoryId};
use crate::link::{CanonOptions, CoreFunc, Program};
use crate::parse::component::StringEncoding;
use crate::types::Abi;
use cranelift_codegen::ir;

/// One end of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Side {
    /// Sizes of pointers and handles in this address space.
    pub abi: Abi,
    pub space: Space,
}

/// An address space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Space {
    /// A component's linear memory: nothing in it is believed.
    Guest(Guest),
    /// The host's memory, whose base is address 0: addresses in it are believed, contents are not.
    Native,
    /// Memory of a call's scope, for values that have been lifted and are not yet lowered (see `apart`).
    /// It is addressed as the host's is, and what is in it was checked. Strings are encoded as they were where
    /// they came from, handles are representations.
    Lifted(StringEncoding),
}

/// A component instance as the canonical options of one `lift` or `lower` present it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Guest {
    pub instance: ComponentInstanceId,
    pub encoding: StringEncoding,
    memory: Option<MemoryId>,
    realloc: Option<CoreFunc>,
}

/// What becomes of memory that is passed to, or comes from, the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ownership {
    /// It stays its owner's and is valid during the call: parameters.
    Lent,
    /// It changes hands: results.
    Given,
}

impl Side {
    /// The host.
    pub fn native() -> Side {
        Side { abi: Abi::NATIVE, space: Space::Native }
    }

    /// A component instance that lifts or lowers with these options.
    pub fn guest(program: &Program, instance: ComponentInstanceId, options: &CanonOptions) -> Side {
        let wide = options.memory.is_some_and(|memory| program.memories[memory].ty.memory64);
        let CanonOptions { encoding, memory, realloc, .. } = *options;
        Side {
            abi: if wide { Abi::WASM64 } else { Abi::WASM32 },
            space: Space::Guest(Guest { instance, encoding, memory, realloc }),
        }
    }

    /// Where values lie that were lifted from here and are not yet lowered.
    pub fn lifted(&self) -> Side {
        Side { abi: Abi::NATIVE, space: Space::Lifted(self.encoding()) }
    }

    pub fn is_native(&self) -> bool {
        matches!(self.space, Space::Native)
    }

    pub fn is_guest(&self) -> bool {
        matches!(self.space, Space::Guest(_))
    }

    /// Of the component instance, for people.
    pub fn name(self, program: &Program) -> &str {
        match self.space {
            Space::Guest(guest) => &program.component_instances[guest.instance].name,
            Space::Native => "host",
            Space::Lifted(_) => "lifted",
        }
    }

    /// The CLIF type of this side's pointers and lengths.
    pub fn pointer(&self) -> ir::Type {
        if self.abi.pointer == 8 { WORD } else { ir::types::I32 }
    }

    /// The CLIF type of this side's handles.
    pub fn handle(&self) -> ir::Type {
        if self.abi.handle == 8 { ir::types::I64 } else { ir::types::I32 }
    }

    /// How strings are encoded here.
    pub fn encoding(&self) -> StringEncoding {
        match self.space {
            Space::Guest(guest) => guest.encoding,
            Space::Native => StringEncoding::Utf8,
            Space::Lifted(encoding) => encoding,
        }
    }
}

impl Guest {
    /// The memory that strings, lists and spilled values lie in. Validation demands the option wherever
    /// there are such.
    pub fn memory(&self) -> Result<MemoryId> {
        self.memory.ok_or_else(|| Error::new("a canonical definition lacks the option `memory`"))
    }

    /// What allocates in that memory.
    pub fn realloc(&self) -> Result<CoreFunc> {
        self.realloc.ok_or_else(|| Error::new("a canonical definition lacks the option `realloc`"))
    }
}

//! All functions in one `.text`, in order, with the references between them resolved.
//!
//! The section is never taken apart by a linker, so distances inside it are final: calls between
//! functions need no relocations, cannot be interposed, and cost the linker nothing. What is left are
//! references to data, to other modules, and (where an address is made of pages) to code.

use super::target::{Resolved, Target};
use crate::compile::{Code, CompiledFunction, LINE};
use crate::error::{Error, Result};
use crate::index::{DataId, FuncId};
use crate::translate::namespace;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::LibCall;
use cranelift_entity::PrimaryMap;
use cranelift_module::{ModuleReloc, ModuleRelocTarget};

/// The code of an object.
pub struct Text {
    pub bytes: Vec<u8>,
    pub align: u64,
    /// Offset of every function that there is.
    starts: PrimaryMap<FuncId, Option<u32>>,
    /// What the linker has to fill in, ascending.
    pub references: Vec<Reference>,
}

/// A place in the code that refers to something outside of it.
#[derive(Debug, PartialEq)]
pub struct Reference {
    pub offset: u32,
    pub kind: Reloc,
    pub target: Referent,
    pub addend: i64,
}

/// What code can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Referent {
    /// An offset in the code.
    Text(u32),
    /// A read-only block.
    Data(DataId),
    /// The artefact record.
    Artefact,
    Undefined(Undefined),
}

/// A function that another object defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Undefined {
    /// A position in `weldc_abi::symbols::Function::ALL`.
    Runtime(u32),
    /// A position in `FuncTable::externs`.
    Extern(u32),
    LibCall(LibCall),
}

/// Largest code: offsets are 32 bits, distances signed.
const MAX_BYTES: u64 = i32::MAX as u64;

impl Text {
    /// Lays out the functions in their order.
    pub fn lay_out(target: &dyn Target, code: &Code) -> Result<Text> {
        let mut text = place(target, code)?;
        for (id, function) in code.present() {
            for reloc in &function.relocs {
                text.resolve(target, id, reloc)?;
            }
        }
        text.references.sort_by_key(|reference| reference.offset);
        Ok(text)
    }

    /// Offset of a function.
    ///
    /// # Panics
    /// If it was not compiled because nothing refers to it.
    pub fn start(&self, id: FuncId) -> u32 {
        self.starts[id].expect("what something refers to is compiled")
    }

    fn resolve(&mut self, target: &dyn Target, id: FuncId, reloc: &ModuleReloc) -> Result<()> {
        let offset = self.start(id) + reloc.offset;
        let referent = self.referent(&reloc.name)?;
        if let Referent::Text(to) = referent {
            let distance = i64::from(to) + reloc.addend - i64::from(offset);
            match target.resolve(reloc.kind, &mut self.bytes[offset as usize..], distance) {
                Resolved::Done => return Ok(()),
                Resolved::Linker => {}
                Resolved::TooFar => return Err(too_large(self.bytes.len() as u64)),
            }
        }
        let (kind, addend) = (reloc.kind, reloc.addend);
        self.references.push(Reference { offset, kind, target: referent, addend });
        Ok(())
    }

    fn referent(&self, name: &ModuleRelocTarget) -> Result<Referent> {
        let start = |id| self.starts.get(id).copied().flatten();
        let referent = match *name {
            ModuleRelocTarget::User { namespace, index } => match namespace {
                namespace::FUNC => start(FuncId::from_u32(index)).map(Referent::Text),
                namespace::DATA => Some(Referent::Data(DataId::from_u32(index))),
                namespace::RUNTIME => Some(Referent::Undefined(Undefined::Runtime(index))),
                namespace::EXTERN => Some(Referent::Undefined(Undefined::Extern(index))),
                namespace::TEXT => Some(Referent::Text(0)),
                namespace::ARTEFACT => Some(Referent::Artefact),
                _ => None,
            },
            ModuleRelocTarget::LibCall(call) => Some(Referent::Undefined(Undefined::LibCall(call))),
            ModuleRelocTarget::FunctionOffset(id, offset) => {
                start(FuncId::from_u32(id.as_u32())).map(|start| Referent::Text(start + offset))
            }
            ModuleRelocTarget::KnownSymbol(_) => None,
        };
        referent
            .ok_or_else(|| Error::new(format!("code refers to `{name}`, which nothing defines")))
    }
}

/// Puts the functions behind each other.
fn place(target: &dyn Target, code: &Code) -> Result<Text> {
    let padded = |f: &CompiledFunction| f.bytes.len() as u64 + u64::from(LINE);
    let upper: u64 = code.present().map(|(_, function)| padded(function)).sum();
    if upper > MAX_BYTES {
        return Err(too_large(upper));
    }
    let mut bytes = Vec::with_capacity(upper as usize);
    let mut starts = PrimaryMap::with_capacity(code.functions.len());
    for function in code.functions.values() {
        let Some(function) = function else {
            starts.push(None);
            continue;
        };
        bytes.resize(next_start(bytes.len(), function.places), target.gap());
        starts.push(Some(bytes.len() as u32));
        bytes.extend_from_slice(&function.bytes);
    }
    Ok(Text { bytes, align: LINE.into(), starts, references: Vec::new() })
}

/// The first offset from `end` on that is one of the places in a line.
fn next_start(end: usize, places: u64) -> usize {
    let rotated = places.rotate_right((end % LINE as usize) as u32);
    end + rotated.trailing_zeros() as usize
}

fn too_large(bytes: u64) -> Error {
    Error::new(format!("the code is too large for the target: {} MiB", bytes >> 20))
        .help("try --opt=size, or split the component")
}

#[cfg(test)]
mod tests {
    use super::next_start;

    #[test]
    fn functions_start_at_one_of_their_places() {
        let places = 1 << 8 | 1 << 48;
        assert_eq!(next_start(0, places), 8);
        assert_eq!(next_start(8, places), 8);
        assert_eq!(next_start(9, places), 48);
        assert_eq!(next_start(64 + 49, places), 128 + 8);
        assert_eq!(next_start(63, 1), 64);
    }
}

//! Which wasm instruction, and which trap, belongs to an address in the code.

use super::blob::{Blob, Place};
use super::text::Text;
use crate::compile::{Code, CompiledFunction};
use crate::index::FuncId;
use crate::parse::Files;

/// A place in the code that a stack walk or a fault can stop at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Site {
    pub pc: u32,
    /// 0 for a call, else the trap. A call sorts before an instruction at its return address.
    pub code: u8,
    /// Byte offset in the component, `u32::MAX` if none.
    pub wasm: u32,
    pub func: FuncId,
    /// Where it comes from, as `CompiledFunction::positions` of the function has it.
    pub source: u32,
}

/// The three parallel arrays of `weldc_abi::artefact::Artefact`.
pub struct Sites {
    pub pc: Place,
    pub wasm: Place,
    pub code: Place,
    pub count: u32,
}

/// All sites, sorted by code offset.
pub fn all(text: &Text, code: &Code) -> Vec<Site> {
    let mut sites = Vec::new();
    for (id, function) in code.present() {
        let first = sites.len();
        sites.extend(of_function(id, function, text.start(id)));
        sites[first..].sort_unstable();
    }
    sites
}

/// Writes the arrays.
pub fn write(blob: &mut Blob, sites: &[Site], files: &Files) -> Sites {
    let pc = Place::Here(blob.align(8));
    sites.iter().for_each(|site| blob.u32(site.pc));
    let wasm = Place::Here(blob.offset());
    sites.iter().for_each(|site| blob.u32(files.within_file(site.wasm as usize) as u32));
    let code = Place::Here(blob.offset());
    sites.iter().for_each(|site| blob.u8(site.code));
    Sites { pc, wasm, code, count: sites.len() as u32 }
}

fn of_function(
    func: FuncId,
    function: &CompiledFunction,
    start: u32,
) -> impl Iterator<Item = Site> {
    let traps = function.traps.iter().map(|&(pc, trap)| (pc, trap as u8));
    let calls = function.calls.iter().map(|&pc| (pc, 0));
    let sources = function.wasm_offsets.iter().zip(&function.sources);
    traps.chain(calls).zip(sources).map(move |((pc, code), (&wasm, source))| Site {
        pc: start + pc,
        code,
        wasm,
        func,
        source: source.bits(),
    })
}

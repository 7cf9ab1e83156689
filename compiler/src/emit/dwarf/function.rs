//! One native function: its pieces by the wasm instruction that they come from.

use super::UnitKey;
use crate::debug::{Origins, Row, ScopeId, Source, Sources};
use crate::index::ModuleId;
use crate::translate::Env;
use std::ops::Range;

/// A function of the output.
pub struct Native<'a> {
    pub env: Env<'a>,
    pub sources: &'a Sources,
    pub origins: &'a Origins,
    /// Of a core function: its module, and where its body begins in the input.
    pub body: Option<(ModuleId, u32)>,
    /// Where it lies in the code.
    pub start: u32,
    pub size: u32,
    /// See `CompiledFunction`.
    pub locations: &'a [(u32, u32)],
}

/// Neighbouring instructions that come from one wasm instruction, by their offsets in the native function.
pub struct Run<'a> {
    pub range: Range<u32>,
    pub module: ModuleId,
    pub source: &'a Source,
    pub row: Option<Row>,
    /// The innermost function, inlined or not.
    pub scope: Option<ScopeId>,
}

impl<'a> Native<'a> {
    /// The function as the DWARF of its module knows it.
    pub fn scope(&self) -> Option<(&'a Source, ScopeId)> {
        let (module, body) = self.body?;
        let source = self.sources.module(module)?;
        Some((source, source.scope_at(self.address(module, body))?))
    }

    pub fn unit(&self) -> UnitKey {
        let (source, scope) = self.scope()?;
        Some((self.body?.0, source.scope(scope).unit))
    }

    /// The pieces that something is known of, ascending. What comes from no wasm instruction belongs to the one before.
    pub fn runs(&self) -> impl Iterator<Item = Run<'a>> + '_ {
        let known = |&(_, offset): &(u32, u32)| offset != u32::MAX;
        let ends = self.locations.iter().filter(move |location| known(location)).skip(1);
        let ends = ends.map(|location| location.0).chain([self.size]);
        let runs = self.locations.iter().copied().filter(known).zip(ends);
        runs.filter_map(|((start, offset), end)| self.run(offset, start..end))
    }

    fn run(&self, offset: u32, range: Range<u32>) -> Option<Run<'a>> {
        let module = self.origins.at(offset)?.module;
        let source = self.sources.module(module)?;
        let address = self.address(module, offset);
        let (row, scope) = (source.row(address), source.scope_at(address));
        Some(Run { range, module, source, row, scope })
    }

    /// What DWARF calls an offset in the input.
    fn address(&self, module: ModuleId, offset: u32) -> u32 {
        let code = self.env.parsed.modules[module].code.start;
        offset.saturating_sub(code as u32)
    }
}

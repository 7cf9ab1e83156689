//! What backtraces say of a site beside its function and offset: source lines, and what was inlined.
//!
//! A site has frames if its module has debug information, or if it is part of a copy of another function than the one
//! that the code was made from: weldc has inlined that.

use super::blob::{Blob, Place};
use super::sites::Site;
use super::tables::{Strings, array, record};
use crate::compile::{Code, Positions, labels};
use crate::debug::{Call, Location, Meaning, Sources};
use crate::index::{FuncId, ModuleId};
use crate::translate::{Env, FuncKey};
use cranelift_codegen::ir::SourceLoc;
use std::collections::HashMap;
use std::sync::Arc;
use weldc_abi::artefact::{self, NO_FRAME};

/// Every frame once, callers first.
pub struct Frames {
    /// By site; empty if none has a frame.
    pub of_site: Vec<u32>,
    pub frames: Vec<Frame>,
}

/// See `weldc_abi::artefact::Frame`. The name is empty for the function that the code was made from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Frame {
    pub name: Arc<str>,
    pub location: Option<Location>,
    pub caller: u32,
}

/// Where they lie in the artefact.
pub struct Places {
    pub sites: Place,
    pub frames: Place,
    pub count: u32,
}

impl Frames {
    pub fn new(env: Env<'_>, code: &Code, sites: &[Site], sources: Option<&Sources>) -> Frames {
        let resolver = Resolver { env, code, sources };
        let mut numbers = HashMap::new();
        let mut known: HashMap<(ModuleId, Meaning), u32> = HashMap::new();
        let mut number = |site: &Site| {
            let mut caller = NO_FRAME;
            for Call { function: name, location } in resolver.calls(site).into_iter().rev() {
                let next = numbers.len() as u32;
                caller = *numbers.entry(Frame { name, location, caller }).or_insert(next);
            }
            caller
        };
        let mut of_site = Vec::with_capacity(sites.len());
        for site in sites {
            of_site.push(match resolver.meaning(site) {
                Some(meaning) => *known.entry(meaning).or_insert_with(|| number(site)),
                None => number(site),
            });
        }
        let mut frames: Vec<_> = numbers.into_iter().collect();
        frames.sort_unstable_by_key(|&(_, number)| number);
        if frames.is_empty() {
            of_site.clear();
        }
        Frames { of_site, frames: frames.into_iter().map(|(frame, _)| frame).collect() }
    }
}

/// Finds what is known of sites.
struct Resolver<'a> {
    env: Env<'a>,
    code: &'a Code,
    sources: Option<&'a Sources>,
}

impl<'a> Resolver<'a> {
    /// The functions that are active at a site, the innermost first; the name of the one that the code was made from
    /// is empty. Nothing if there is no more to say than its offset. Adapters are left out.
    fn calls(&self, site: &Site) -> Vec<Call> {
        let Some(positions) = self.positions(site) else { return Vec::new() };
        let mut calls: Vec<Call> = Vec::new();
        for (copied, offset) in positions.active(SourceLoc::new(site.source)) {
            let id = copied.unwrap_or(site.func);
            let FuncKey::Core { instance, .. } = self.env.funcs.keys[id] else { continue };
            let function: Arc<str> = copied.map_or("".into(), |id| self.label(id));
            let mut here = self.in_source(self.env.program.instances[instance].module, offset);
            match here.last_mut() {
                Some(outermost) => outermost.function = function,
                None => here.push(Call { function, location: None }),
            }
            calls.append(&mut here);
        }
        let says_nothing = |call: &Call| call.function.is_empty() && call.location.is_none();
        if matches!(&calls[..], [only] if says_nothing(only)) { Vec::new() } else { calls }
    }

    fn positions(&self, site: &Site) -> Option<&'a Positions> {
        self.code.functions[site.func].as_ref().map(|function| &function.positions)
    }

    /// Sites of which the same is known, if they are in the function that the code was made from.
    fn meaning(&self, site: &Site) -> Option<(ModuleId, Meaning)> {
        let FuncKey::Core { instance, .. } = self.env.funcs.keys[site.func] else { return None };
        let module = self.env.program.instances[instance].module;
        let source = self.sources?.module(module)?;
        let plain = !self.positions(site)?.is_copied(SourceLoc::new(site.source));
        plain.then(|| (module, source.meaning(self.address(module, site.wasm))))
    }

    /// What DWARF calls an offset in the input.
    fn address(&self, module: ModuleId, offset: u32) -> u32 {
        offset.saturating_sub(self.env.parsed.modules[module].code.start as u32)
    }

    fn in_source(&self, module: ModuleId, offset: u32) -> Vec<Call> {
        match self.sources.and_then(|sources| sources.module(module)) {
            Some(source) if offset != u32::MAX => source.calls(self.address(module, offset)),
            _ => Vec::new(),
        }
    }

    fn label(&self, id: FuncId) -> Arc<str> {
        labels::func(self.env, self.env.funcs.keys[id]).into()
    }
}

/// Writes the arrays.
pub fn write(frames: &Frames, strings: &mut Strings, blob: &mut Blob) -> Places {
    if frames.frames.is_empty() {
        return Places { sites: Place::Nowhere, frames: Place::Nowhere, count: 0 };
    }
    Places {
        sites: array(blob, |blob| frames.of_site.iter().for_each(|&frame| blob.u32(frame))),
        frames: array(blob, |blob| {
            frames.frames.iter().for_each(|frame| write_frame(frame, strings, blob));
        }),
        count: frames.frames.len() as u32,
    }
}

fn write_frame(frame: &Frame, strings: &mut Strings, blob: &mut Blob) {
    record::<artefact::Frame>(blob, |blob| {
        strings.shared(blob, &frame.name);
        let nowhere = Location { file: "".into(), line: 0, column: 0 };
        let Location { file, line, column } = frame.location.as_ref().unwrap_or(&nowhere);
        strings.shared(blob, file);
        blob.u32(*line);
        blob.u32(*column);
        blob.u32(frame.caller);
    });
}

//! What backtraces say of a site beside its function and offset: source lines, and what was inlined.
//!
//! A site has frames if its module has debug information, or if its offset lies in another function than the one
//! that the code was made from: weldc has inlined that.

use super::blob::{Blob, Place};
use super::sites::Site;
use super::tables::{Strings, array, record};
use crate::compile::labels;
use crate::debug::{Call, Location, Meaning, Origin, Origins, Sources};
use crate::index::{InstanceId, ModuleId};
use crate::translate::{Env, FuncKey};
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
    pub fn new(env: Env<'_>, sites: &[Site], sources: Option<&Sources>) -> Frames {
        let resolver = Resolver { env, sources, origins: Origins::new(env.parsed) };
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
    sources: Option<&'a Sources>,
    origins: Origins,
}

impl<'a> Resolver<'a> {
    /// The functions that are active at a site, the innermost first; the name of the one that the code was made from
    /// is empty. Nothing if there is no more to say than its offset.
    fn calls(&self, site: &Site) -> Vec<Call> {
        let FuncKey::Core { instance, func } = self.env.funcs.keys[site.func] else {
            return Vec::new();
        };
        let Some(origin) = self.origins.at(site.wasm) else { return Vec::new() };
        let own = Origin { module: self.env.program.instances[instance].module, func };
        let mut calls = self.in_source(origin, site.wasm);
        if origin == own {
            if let Some(outermost) = calls.last_mut() {
                outermost.function = "".into();
            }
            return calls;
        }
        let name = self.label(origin, instance);
        match calls.last_mut() {
            Some(outermost) => outermost.function = name,
            None => calls.push(Call { function: name, location: None }),
        }
        calls.push(Call { function: "".into(), location: None });
        calls
    }

    /// Sites of which the same is known, if they are in the function that the code was made from.
    fn meaning(&self, site: &Site) -> Option<(ModuleId, Meaning)> {
        let FuncKey::Core { instance, func } = self.env.funcs.keys[site.func] else { return None };
        let module = self.env.program.instances[instance].module;
        let source = self.sources?.module(module)?;
        let own = Origin { module, func };
        (self.origins.at(site.wasm)? == own)
            .then(|| (module, source.meaning(self.address(module, site.wasm))))
    }

    /// What DWARF calls an offset in the input.
    fn address(&self, module: ModuleId, offset: u32) -> u32 {
        offset.saturating_sub(self.env.parsed.modules[module].code.start as u32)
    }

    fn in_source(&self, origin: Origin, offset: u32) -> Vec<Call> {
        let Some(source) = self.sources.and_then(|sources| sources.module(origin.module)) else {
            return Vec::new();
        };
        source.calls(self.address(origin.module, offset))
    }

    /// The name of a function that was inlined. If several instances run it, it is called after the nearest.
    fn label(&self, origin: Origin, near: InstanceId) -> Arc<str> {
        let instances = &self.env.program.instances;
        let runs_it = |id: &InstanceId| instances[*id].module == origin.module;
        let instance = Some(near).filter(runs_it).or_else(|| instances.keys().find(runs_it));
        let key = |instance| FuncKey::Core { instance, func: origin.func };
        instance.map(|instance| labels::func(self.env, key(instance))).unwrap_or_default().into()
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

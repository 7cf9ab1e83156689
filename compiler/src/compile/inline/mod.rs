//! Small functions are copied into their callers, bottom-up over the call graph, across instances.
//!
//! ```text
//!  small functions ──translate──▶ CLIF ──level by level, callees first──▶ Bodies ──copy──▶ every caller
//! ```
//! On entry: the program, not a line of it translated. On exit: the bodies that are worth a copy, the calls in
//! them replaced already, so that a caller is looked at once and never has to look into what it copied.
//! Functions that call each other in a circle are not copied.
//!
//! A copy costs code, so what is copied into a function is bounded by a share of its own size, except for
//! bodies that are no longer than the call. That keeps the size of the code, and the time it takes to
//! generate it, a constant factor from what they were.
//!
//! What an adapter is to the rest of the program does not depend on a frame of its own, but for exceptions: it
//! stops them (`weldc_abi::artefact::handler::BARRIER`). So adapters are copied only where there are no tags.

mod copied;
mod order;
mod position;
#[cfg(test)]
mod tests;
mod weight;

use super::in_parallel;
use crate::error::{Error, Result};
use crate::facts::CallGraph;
use crate::index::FuncId;
use crate::translate::{Env, FuncKey, translate};
pub use position::Positions;

use copied::Copied;
use cranelift_codegen::Context;
use cranelift_codegen::inline::{Inline, InlineCommand};
use cranelift_codegen::ir::{self, Opcode};
use cranelift_entity::EntityRef;
use cranelift_frontend::FunctionBuilderContext;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::HashMap;

/// Longest wasm body that is looked at: few instructions take fewer than two bytes.
const MAX_WASM: usize = 80;
/// Most functions that are looked at: the CLIF of all of them is kept.
const MAX_CANDIDATES: usize = 1 << 14;
/// Weight of the heaviest body that is copied.
const MAX_WEIGHT: u32 = 30;
/// Weight of a body that is copied wherever it is called: a call with its moves is no shorter.
const FREE_WEIGHT: u32 = 6;
/// What may be copied into a function of any size, and into a large one by its own weight, in percent.
const BUDGET: u32 = 60;
const BUDGET_PERCENT: u32 = 15;
/// Most copies in one function: Cranelift moves what follows the call in its block, for every copy.
const MAX_COPIES: usize = 1 << 10;

/// CLIF of the functions that are worth a copy.
#[derive(Default)]
pub struct Bodies(HashMap<FuncId, Body>);

struct Body {
    clif: ir::Function,
    positions: Positions,
    weight: u32,
}

impl Bodies {
    /// Translates the program's small functions, if its options ask for inlining.
    pub fn new(env: Env<'_>) -> Result<Bodies> {
        let mut bodies = Bodies::default();
        if !env.options.inline || env.parsed.bytes.len() > position::MAX_INPUT {
            return Ok(bodies);
        }
        let mut candidates = translate_candidates(env)?;
        let callees = candidates.iter().map(|(&id, clif)| (id, order::callees(clif))).collect();
        for level in order::levels(&callees) {
            let level: Vec<_> =
                level.into_iter().filter_map(|id| candidates.remove_entry(&id)).collect();
            let finish = |(id, clif)| bodies.finish(env, id, clif).map(|body| Some((id, body?)));
            let finished: Result<Vec<_>> = level.into_par_iter().map(finish).collect();
            bodies.0.extend(finished?.into_iter().flatten());
        }
        Ok(bodies)
    }

    /// Whether a function is copied.
    pub fn contains(&self, id: FuncId) -> bool {
        self.0.contains_key(&id)
    }

    /// The CLIF of a function that is copied, its own calls replaced, and where that comes from.
    pub fn get(&self, id: FuncId) -> Option<(&ir::Function, &Positions)> {
        self.0.get(&id).map(|body| (&body.clif, &body.positions))
    }

    /// Replaces calls of small functions by their bodies; tells where those come from.
    ///
    /// # Errors
    /// If Cranelift runs out of names for something; the function is in pieces then.
    pub fn copy_into(&self, context: &mut Context) -> Result<Positions> {
        let mut positions = Positions::default();
        if self.0.is_empty() {
            return Ok(positions);
        }
        let budget = BUDGET.max(weight::of(&context.func) / 100 * BUDGET_PERCENT);
        let mut inliner = Inliner { bodies: self, budget, copied: Vec::new() };
        context
            .inline(&mut inliner)
            .map_err(|error| Error::new(format!("cannot inline: {error}")))?;
        for copied in &inliner.copied {
            copied.complete(&mut context.func, &mut positions);
        }
        Ok(positions)
    }

    /// Copies into a candidate; `None` if that made it too heavy to be copied itself.
    fn finish(&self, env: Env<'_>, id: FuncId, clif: ir::Function) -> Result<Option<Body>> {
        super::named(env, id, || {
            let mut context = Context::for_function(clif);
            let positions = self.copy_into(&mut context)?;
            let weight = weight::of(&context.func);
            Ok((weight <= MAX_WEIGHT).then_some(Body { clif: context.func, positions, weight }))
        })
    }
}

/// CLIF of the functions that may be worth a copy, as far as that can be told before anything is copied.
fn translate_candidates(env: Env<'_>) -> Result<HashMap<FuncId, ir::Function>> {
    let translated =
        in_parallel(&candidates(env), |scratch: &mut FunctionBuilderContext, index| {
            let id = FuncId::new(index);
            super::named(env, id, || {
                let clif = translate(env, env.funcs.keys[id], scratch)?;
                let worth = weight::of(&clif) <= MAX_WEIGHT && !weight::needs_frame(&clif);
                Ok(worth.then_some((id, clif)))
            })
        })?;
    Ok(translated.into_iter().flatten().collect())
}

/// The functions that are small enough to be translated for it, smallest first if there are too many.
fn candidates(env: Env<'_>) -> Vec<usize> {
    let calls = CallGraph::new(env.parsed, env.program, env.facts, env.funcs);
    let size = |(id, &key): (FuncId, &FuncKey)| {
        let size = source_size(env, key).filter(|_| calls.sites(id) > 0)?;
        Some((size, id.index()))
    };
    let mut sizes: Vec<(usize, usize)> = env.funcs.keys.iter().filter_map(size).collect();
    if sizes.len() > MAX_CANDIDATES {
        sizes.sort_unstable();
        sizes.truncate(MAX_CANDIDATES);
    }
    sizes.into_iter().map(|(_, index)| index).collect()
}

/// Bytes that a candidate is made from.
fn source_size(env: Env<'_>, key: FuncKey) -> Option<usize> {
    match key {
        FuncKey::Core { instance, func } => {
            let module = &env.parsed.modules[env.program.instances[instance].module];
            let body = &module.bodies[(func - module.imported.funcs) as usize];
            (body.len() <= MAX_WASM).then_some(body.len())
        }
        FuncKey::Trampoline(_) if env.program.tags.is_empty() => Some(0),
        _ => None,
    }
}

/// Decides for one function, call by call.
struct Inliner<'a> {
    bodies: &'a Bodies,
    budget: u32,
    copied: Vec<Copied<'a>>,
}

impl Inline for Inliner<'_> {
    fn inline(
        &mut self,
        caller: &ir::Function,
        call: ir::Inst,
        opcode: Opcode,
        callee: ir::FuncRef,
        _arguments: &[ir::Value],
    ) -> InlineCommand<'_> {
        let Some((id, body)) = self.choose(caller, call, opcode, callee) else {
            return InlineCommand::KeepCall;
        };
        self.copied.push(Copied::new(caller, call, opcode, (id, body)));
        InlineCommand::Inline { callee: Cow::Borrowed(&body.clif), visit_callee: false }
    }
}

impl<'a> Inliner<'a> {
    fn choose(
        &mut self,
        caller: &ir::Function,
        call: ir::Inst,
        opcode: Opcode,
        callee: ir::FuncRef,
    ) -> Option<(FuncId, &'a Body)> {
        let id = order::target(caller, callee)?;
        let body = self.bodies.0.get(&id)?;
        let block = caller.layout.inst_block(call)?;
        let full = self.copied.len() == MAX_COPIES;
        if full || opcode == Opcode::TryCall || caller.layout.is_cold(block) {
            return None;
        }
        if body.weight > FREE_WEIGHT {
            self.budget = self.budget.checked_sub(body.weight)?;
        }
        Some((id, body))
    }
}

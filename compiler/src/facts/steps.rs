//! Which steps of instantiation nobody can tell from contents that have always been there.
//!
//! Until the first start function runs, nobody can look. After that, what an instance does to a memory or
//! table of its own is still unobserved: nobody else has it before the instance exists. A step out of
//! bounds traps; the zone ends there, and whatever comes behind it is never seen.
//!
//! In stages, everything can be observed between one instance and the next, even by those that come after
//! one that failed. There only what an instance does to its own is unseen, as long as nothing before it in
//! the same instance can fail.

use crate::link::{Program, Step};
use crate::parse::Parsed;
use crate::parse::module::Module;
use std::ops::Range;

/// For every step: whether it is in bounds, and unseen.
pub fn unseen(parsed: &Parsed, program: &Program, staged: bool) -> Vec<bool> {
    let mut observed = false;
    let mut stage = None;
    let mut unseen = Vec::with_capacity(program.steps.len());
    for step in &program.steps {
        if staged && stage.replace(step.instance()) != Some(step.instance()) {
            observed = false;
        }
        let (own, bound) = match *step {
            Step::Start { .. } | Step::Call { .. } => {
                observed = true;
                unseen.push(false);
                continue;
            }
            // There may be no memory for what is computed.
            Step::Global { .. } | Step::Table { .. } | Step::Segment { .. } => {
                observed |= staged;
                unseen.push(false);
                continue;
            }
            Step::Data { instance, memory, .. } => {
                let memory = &program.memories[memory];
                (memory.instance == instance, memory.minimum())
            }
            Step::Elements { instance, segment, .. }
                if program.instances[instance].computes(segment) =>
            {
                observed |= staged;
                unseen.push(false);
                continue;
            }
            Step::Elements { instance, table, .. } => {
                let table = &program.tables[table];
                (table.instance == instance, table.ty.initial)
            }
        };
        let fits = range(parsed, program, step).end <= bound;
        unseen.push(fits && if staged { own && !observed } else { own || !observed });
        observed |= staged && !fits;
    }
    unseen
}

/// The guest addresses or elements that a step writes to.
pub fn range(parsed: &Parsed, program: &Program, step: &Step) -> Range<u64> {
    let module = |instance| -> &Module { &parsed.modules[program.instances[instance].module] };
    let (offset, length) = match *step {
        Step::Data { instance, segment, offset, .. } => {
            (offset, module(instance).data[segment as usize].range.len())
        }
        Step::Elements { instance, segment, offset, .. } => {
            (offset, module(instance).elements[segment as usize].items.len())
        }
        Step::Table { instance, index } => {
            let table = program.instances[instance].tables[index as usize];
            (0, program.tables[table].ty.initial as usize)
        }
        Step::Global { .. } | Step::Segment { .. } | Step::Start { .. } | Step::Call { .. } => {
            (0, 0)
        }
    };
    // Saturated, it is out of bounds as it should be.
    offset..offset.saturating_add(length as u64)
}

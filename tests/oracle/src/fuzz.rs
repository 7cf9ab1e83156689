//! Hostile guests, in this process, with fences around the host's memory.
//!
//! Every other component relies on guard pages, the others have their memories checked. A mistake is found in one of these ways:
//! * An adapter, or what it calls of the runtime, touches memory that is nobody's: the process ends with a signal.
//!   Behind a guest's memory, which may grow, lies address space without access, whether accesses are checked
//!   or not, and pointers of 64 bits are anything; the host's allocations lie between fences.
//! * A trap that such guests cannot cause: an access out of bounds in code, which means in an adapter or from what
//!   an adapter has told `realloc`.
//! * The host gets a value that is none.

use crate::case::Case;
use crate::fence;
use crate::guest::{self, Called};
use crate::plan::{Plan, Shape};
use crate::weldc::{Compiled, Instance};
use anyhow::{Context, Result, ensure};
use std::time::{Duration, Instant};
use weldc_abi::Trap;

/// Traps that these guests cannot cause, whatever they pass, whatever their `realloc` returns.
const IMPOSSIBLE: [Trap; 9] = [
    Trap::MemoryOutOfBounds,
    Trap::TableOutOfBounds,
    Trap::StackOverflow,
    Trap::CannotEnter,
    Trap::OutOfMemory,
    Trap::HostFailed,
    Trap::UnknownImport,
    Trap::BadArtefact,
    Trap::CannotReserve,
];

/// Most cases lie; compiling takes longer than a hundred calls.
const SHAPE: Shape = Shape { edges: 2, cases: 100, lies: 85, handles: 35, host: true };

/// How much was done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub components: u64,
    pub calls: u64,
    pub traps: u64,
}

/// Goes on for this long; at least one component is tried.
pub fn run(seed: u64, time: Duration) -> Result<Tally> {
    let (started, mut tally) = (Instant::now(), Tally::default());
    loop {
        let seed = seed.wrapping_add(tally.components);
        let plan = Plan::new(seed, SHAPE);
        component(&plan, &mut tally, started + time)
            .with_context(|| format!("component {seed}\n{}", plan.text()))?;
        tally.components += 1;
        if started.elapsed() >= time {
            return Ok(tally);
        }
    }
}

fn component(plan: &Plan, tally: &mut Tally, deadline: Instant) -> Result<()> {
    let bytes = wat::parse_str(plan.text())?;
    let compiled = Compiled::new(bytes, tally.components.is_multiple_of(2), true)?;
    for (number, case) in plan.cases.iter().enumerate() {
        one(plan, case, &compiled, tally).with_context(|| format!("case {number}: {case:x?}"))?;
        if Instant::now() > deadline {
            break;
        }
    }
    Ok(())
}

fn one(plan: &Plan, case: &Case, compiled: &Compiled, tally: &mut Tally) -> Result<()> {
    let mut instance = compiled.instantiate()?;
    // A trap is seen by the instance's state.
    let _ = guest::call(&mut instance, &plan.edges[case.edge], case, plan.handles)?;
    finished(tally, &instance)?;
    if plan.host {
        host(plan, case, compiled, tally)?;
    }
    Ok(())
}

/// The same words to the host, and the same answer from the callee.
fn host(plan: &Plan, case: &Case, compiled: &Compiled, tally: &mut Tally) -> Result<()> {
    let edge = &plan.edges[case.edge];
    let mut one = |call: &dyn Fn(&mut Instance) -> Result<Called<()>>| {
        let mut instance = compiled.instantiate()?;
        guest::prepare(&mut instance, edge, case)?;
        let _ = call(&mut instance)?;
        finished(tally, &instance)
    };
    if let Some(ty) = edge.packed {
        one(&|instance| instance.give(case.edge, &plan.types, ty))?;
    }
    if let Some(ty) = edge.result {
        one(&|instance| instance.take(case.edge, &plan.types, ty))?;
    }
    Ok(())
}

/// After a call: was it one that can be, and is the host's memory intact?
fn finished(tally: &mut Tally, instance: &Instance) -> Result<()> {
    tally.calls += 1;
    if let Some(trap) = instance.trap() {
        tally.traps += 1;
        ensure!(!IMPOSSIBLE.contains(&trap), "a trap that nobody can have caused: {}", trap.text());
    }
    let intact = fence::check();
    fence::release();
    intact
}

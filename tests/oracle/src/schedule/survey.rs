//! Programs from seeds, run in several orders, and judged.

use super::generate::Size;
use super::program::Program;
use super::run::Compiled;
use super::spec::{Effort, Model, Verdict};
use super::{Account, End};
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use weldc_abi::Trap;

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    pub programs: u64,
    pub runs: u64,
    /// Different accounts of the same program, added up, and programs with more than one.
    pub accounts: u64,
    pub varied: u64,
    pub traps: u64,
    pub deadlocks: u64,
    /// Accounts that nothing is known about: there are too many orders.
    pub open: u64,
    /// Accounts that the semantics do not allow.
    pub wrong: u64,
    /// Programs all of whose accounts are known, and how many these are in all.
    pub explored: u64,
    pub possible: u64,
}

/// An account that the semantics do not allow.
#[derive(Clone, Debug)]
pub struct Wrong {
    pub seed: u64,
    pub program: Program,
    /// The seed of the order.
    pub order: u64,
    pub account: Account,
    pub trap: Option<Trap>,
    /// So many entries of its log are as they may be.
    pub near: usize,
}

pub struct Survey {
    pub model: Model,
    pub size: Size,
    /// In how many orders each program is run.
    pub orders: u64,
    pub effort: Effort,
    pub tally: Tally,
}

impl Survey {
    /// Runs the program of a seed, and has all that happens judged.
    pub fn check(&mut self, seed: u64) -> Result<Vec<Wrong>> {
        let program = Program::random(seed, self.size);
        let compiled = Compiled::new(&program).with_context(|| program.text())?;
        // Each account, the first order that gave it, and the trap.
        let mut seen: BTreeMap<Account, (u64, Option<Trap>)> = BTreeMap::new();
        for order in 0..self.orders {
            let (account, trap) = compiled.run(order)?;
            seen.entry(account).or_insert((order, trap));
        }
        let accounts: Vec<Account> = seen.keys().cloned().collect();
        let (verdicts, count) = self.model.judge(&program, &accounts, self.effort)?;
        let tally = &mut self.tally;
        tally.programs += 1;
        tally.runs += self.orders;
        tally.accounts += accounts.len() as u64;
        tally.varied += u64::from(accounts.len() > 1);
        if count.is_all {
            tally.explored += 1;
            tally.possible += count.accounts as u64;
        }
        let mut wrong = Vec::new();
        for ((account, (order, trap)), verdict) in seen.into_iter().zip(verdicts) {
            tally.traps += u64::from(account.end == End::Trap);
            tally.deadlocks += u64::from(account.end == End::Deadlock);
            match verdict {
                Verdict::Yes => {}
                Verdict::Open(_) => tally.open += 1,
                Verdict::No(near) => {
                    tally.wrong += 1;
                    let program = program.clone();
                    wrong.push(Wrong { seed, program, order, account, trap, near });
                }
            }
        }
        Ok(wrong)
    }
}

impl std::fmt::Display for Wrong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Wrong { seed, program, order, account, trap, near } = self;
        let trap = trap.map_or("no trap", Trap::text);
        writeln!(
            f,
            "program {seed}, order {order}: {:?} ({trap}), entries {:?}",
            account.end, account.log
        )?;
        writeln!(f, "only the first {near} entries can be so:")?;
        for (number, component) in program.components.iter().enumerate() {
            for (name, function) in component.functions.iter().enumerate() {
                let (lift, param, tag) = (function.lift, function.param, function.tag);
                let effect = if function.is_async { "async" } else { "sync" };
                writeln!(f, "c{number}-f{name}: {effect} {param:?} lifted {lift:?}, tag {tag}")?;
                for stage in &function.stages {
                    writeln!(f, "  stage, then {} {}", stage.code, stage.slot)?;
                    steps(f, &stage.steps)?;
                }
            }
            for (name, thread) in component.threads.iter().enumerate() {
                writeln!(f, "c{number}, thread {name}")?;
                steps(f, thread)?;
            }
        }
        Ok(())
    }
}

fn steps(f: &mut std::fmt::Formatter<'_>, steps: &[super::program::Step]) -> std::fmt::Result {
    steps.iter().try_for_each(|step| writeln!(f, "    {}: {:?}", step.tag, step.op))
}

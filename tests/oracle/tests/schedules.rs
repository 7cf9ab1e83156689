//! What weldc does with tasks, streams and threads is among what the specification's executable semantics allow. Only
//! where `CANONICAL_ABI` says where `definitions.py` is. `WELDC_PROGRAMS` says how many programs there are,
//! `WELDC_ORDERS` in how many orders each is run, and `WELDC_SEED` repeats a run.

use std::collections::BTreeMap;
use weldc_oracle::schedule::generate::Size;
use weldc_oracle::schedule::program::Program;
use weldc_oracle::schedule::run::Compiled;
use weldc_oracle::schedule::spec::{Effort, Model, Verdict};
use weldc_oracle::schedule::{Account, End};
use weldc_tests::{say, skip};

const SIZE: Size = Size { callees: 2, functions: 3, stages: 3, steps: 4, threads: 35 };
const EFFORT: Effort = Effort { each: 2_000, count: 0 };

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().map_or(default, |text| text.parse().expect("a number"))
}

#[derive(Debug, Default)]
struct Tally {
    programs: u64,
    runs: u64,
    accounts: u64,
    open: u64,
    traps: u64,
    deadlocks: u64,
    wrong: u64,
    /// Programs of which more than one account was seen.
    varied: u64,
}

#[test]
fn what_happens_is_allowed() {
    let Some(definitions) = std::env::var_os("CANONICAL_ABI") else {
        return skip("the specification's semantics of schedules", "CANONICAL_ABI is not set");
    };
    let mut model = Model::new(definitions.as_ref()).expect("the definitions run");
    let (first, orders) = (number("WELDC_SEED", 1), number("WELDC_ORDERS", 8));
    let mut tally = Tally::default();
    for seed in first..first + number("WELDC_PROGRAMS", 40) {
        check(&mut model, seed, orders, &mut tally);
    }
    say(&format!("schedules from seed {first}, {orders} orders each: {tally:?}"));
    assert_eq!(tally.wrong, 0, "see above");
}

/// Runs a program in several orders, and has all that happens judged.
fn check(model: &mut Model, seed: u64, orders: u64, tally: &mut Tally) {
    let program = Program::random(seed, SIZE);
    let compiled = Compiled::new(&program)
        .unwrap_or_else(|error| panic!("program {seed}: {error:#}\n{}", program.text()));
    // Each account, the first order that gave it, and the trap.
    let mut seen: BTreeMap<Account, (u64, Option<_>)> = BTreeMap::new();
    for order in 0..orders {
        let (account, trap) = compiled.run(order).expect("a run");
        seen.entry(account).or_insert((order, trap));
    }
    let accounts: Vec<Account> = seen.keys().cloned().collect();
    let (verdicts, _) = model.judge(&program, &accounts, EFFORT).expect("an answer");
    tally.programs += 1;
    tally.runs += orders;
    tally.accounts += accounts.len() as u64;
    tally.varied += u64::from(accounts.len() > 1);
    for ((account, (order, trap)), verdict) in seen.iter().zip(verdicts) {
        tally.traps += u64::from(account.end == End::Trap);
        tally.deadlocks += u64::from(account.end == End::Deadlock);
        match verdict {
            Verdict::Yes => {}
            Verdict::Open(_) => tally.open += 1,
            Verdict::No(near) => {
                tally.wrong += 1;
                say(&format!(
                    "program {seed}, order {order}: {trap:?}, {:?} after {:?}; right up to entry {near}\n{program:#?}",
                    account.end, account.log
                ));
            }
        }
    }
}

#[test]
fn programs_are_components() {
    let mut validator = wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all());
    for seed in 0..50 {
        let text = Program::random(seed, SIZE).text();
        let bytes = wat::parse_str(&text).unwrap_or_else(|error| panic!("program {seed}: {error}\n{text}"));
        validator.validate_all(&bytes).unwrap_or_else(|error| panic!("program {seed}: {error}\n{text}"));
        validator.reset();
    }
}

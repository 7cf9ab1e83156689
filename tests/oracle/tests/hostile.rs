//! Guests that lie do no harm: for a second, or for as many as `WELDC_FUZZ_SECONDS` says. `WELDC_FUZZ_SEED`
//! repeats a run.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use weldc_oracle::{fuzz, storm};
use weldc_tests::say;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

/// The seed and the time, announced before anything happens: a signal leaves no chance afterwards.
fn settings(what: &str) -> (u64, Duration) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
    let seed = number("WELDC_FUZZ_SEED").unwrap_or(now.as_nanos() as u64);
    say(&format!("{what}: WELDC_FUZZ_SEED={seed}"));
    (seed, Duration::from_secs(number("WELDC_FUZZ_SECONDS").unwrap_or(1)))
}

#[test]
fn guests_that_lie_do_no_harm() {
    let (seed, time) = settings("hostile guests");
    match fuzz::run(seed, time) {
        Ok(tally) => say(&format!("hostile guests: {tally:?}")),
        Err(error) => panic!("WELDC_FUZZ_SEED={seed}: {error:#}"),
    }
}

#[test]
fn concurrency_in_any_order_does_no_harm_and_leaves_nothing() {
    let (seed, time) = settings("hostile concurrency");
    match storm::run(seed, time) {
        Ok(tally) => say(&format!("hostile concurrency: {tally:?}")),
        Err(error) => panic!("WELDC_FUZZ_SEED={seed}: {error:#}"),
    }
}

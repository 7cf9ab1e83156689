//! Guests that lie do no harm: for a second, or for as many as `WELDC_FUZZ_SECONDS` says. `WELDC_FUZZ_SEED`
//! repeats a run.

use std::time::{Duration, SystemTime, UNIX_EPOCH};
use weldc_oracle::fuzz;
use weldc_tests::say;

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn guests_that_lie_do_no_harm() {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("a time after 1970");
    let seed = number("WELDC_FUZZ_SEED").unwrap_or(now.as_nanos() as u64);
    let seconds = number("WELDC_FUZZ_SECONDS").unwrap_or(1);
    // Before anything happens: a signal leaves no chance afterwards.
    say(&format!("hostile guests: WELDC_FUZZ_SEED={seed}"));
    match fuzz::run(seed, Duration::from_secs(seconds)) {
        Ok(tally) => say(&format!("hostile guests: {tally:?}")),
        Err(error) => panic!("WELDC_FUZZ_SEED={seed}: {error:#}"),
    }
}

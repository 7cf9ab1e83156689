//! What weldc does with tasks, streams and threads is among what the specification's executable semantics allow. Only
//! where `CANONICAL_ABI` says where `definitions.py` is; the program `schedules` in `benches` does the same at length.

use weldc_oracle::schedule::generate::Size;
use weldc_oracle::schedule::program::Program;
use weldc_oracle::schedule::spec::{Effort, Model};
use weldc_oracle::schedule::survey::{Survey, Tally};
use weldc_tests::{say, skip};

#[test]
fn what_happens_is_allowed() {
    let Some(definitions) = std::env::var_os("CANONICAL_ABI") else {
        return skip("the specification's semantics of schedules", "CANONICAL_ABI is not set");
    };
    let model = Model::new(definitions.as_ref()).expect("the definitions run");
    let effort = Effort { each: 2_000, count: 0 };
    let tally = Tally::default();
    let mut survey = Survey { model, size: Size::SMALL, orders: 8, effort, tally };
    for seed in 0..40 {
        for wrong in survey.check(seed).expect("an answer") {
            say(&wrong.to_string());
        }
    }
    say(&format!("schedules: {:?}", survey.tally));
    assert_eq!(survey.tally.wrong, 0, "see above");
}

#[test]
fn programs_are_components() {
    let mut validator = wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all());
    for seed in 0..50 {
        let text = Program::random(seed, Size::SMALL).text();
        let bytes = wat::parse_str(&text).unwrap_or_else(|error| panic!("{seed}: {error}\n{text}"));
        validator.validate_all(&bytes).unwrap_or_else(|error| panic!("{seed}: {error}\n{text}"));
        validator.reset();
    }
}

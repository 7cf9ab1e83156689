//! Calls between components do what the specification's executable semantics say. Only where `CANONICAL_ABI`
//! says where `definitions.py` is; the program `oracle` in `benches` does the same at length, with wasmtime.

use weldc_oracle::guest::{self, Outcome};
use weldc_oracle::spec::{Spec, Verdict};
use weldc_oracle::{Plan, Shape, compare, weldc};
use weldc_tests::skip;

const SHAPE: Shape = Shape { edges: 4, cases: 10, lies: 35, handles: 25, host: false };

#[test]
fn calls_are_what_the_specification_says() {
    let Some(definitions) = std::env::var_os("CANONICAL_ABI") else {
        return skip("the specification's semantics", "CANONICAL_ABI is not set");
    };
    let mut spec = Spec::new(definitions.as_ref()).expect("the definitions run");
    for seed in 0..5 {
        let plan = Plan::new(seed, SHAPE);
        let bytes = wat::parse_str(plan.text()).expect("a component");
        let compiled = weldc::Compiled::new(bytes, true, false).expect("code");
        let verdicts = spec.verdicts(&plan).expect("answers");
        for (number, (case, verdict)) in plan.cases.iter().zip(&verdicts).enumerate() {
            let outcome = run(&plan, number, &compiled, verdict);
            let mut difference = compare::with_spec(case, verdict, &outcome);
            if difference.is_some() {
                let verdict = spec.verdict(&plan, case).expect("an answer");
                difference = compare::with_spec(case, &verdict, &outcome);
            }
            assert_eq!(difference, None, "component {seed}, case {number}: {case:x?}");
        }
    }
}

fn run(plan: &Plan, number: usize, compiled: &weldc::Compiled, verdict: &Verdict) -> Outcome {
    let live = match verdict {
        Verdict::Done(expected) => &expected.live[..],
        Verdict::Trap => &[],
    };
    let case = &plan.cases[number];
    let mut instance = compiled.instantiate().expect("an instance");
    guest::run(&mut instance, &plan.edges[case.edge], case, plan.handles, live).expect("a run")
}

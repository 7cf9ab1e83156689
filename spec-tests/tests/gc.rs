//! Programs that make much garbage and keep much else: what they compute must not depend on when it is collected.
//!
//! `SCALE` in a script stands for a number. Every script runs with a large one, so that there are many
//! collections of a heap that grows, and with a small one where every single allocation collects.

use spec_tests::{Config, run};
use weldc_compiler::options::OptLevel;

const SCRIPTS: [(&str, &str); 4] = [
    ("data", include_str!("gc/data-structures-survive.wast")),
    ("places", include_str!("gc/references-are-found-wherever-they-are.wast")),
    ("stacks", include_str!("gc/objects-on-suspended-stacks-survive.wast")),
    ("exceptions", include_str!("gc/payloads-of-exceptions-survive.wast")),
];

/// One test, since whether every allocation collects is one setting for all.
#[test]
fn results_do_not_depend_on_collections() {
    for (collects_always, scale) in [(false, "20000"), (true, "12")] {
        weldc_runtime::collect_always(collects_always);
        for (opt, guard_pages) in
            [(OptLevel::Speed, true), (OptLevel::Speed, false), (OptLevel::None, true)]
        {
            for (name, text) in SCRIPTS {
                let features = wasmparser::WasmFeatures::all();
                let config = Config { features, opt, guard_pages, ..Config::default() };
                let report = run(&text.replace("SCALE", scale), &config);
                assert_eq!(report.failed, [], "{name} {scale} {opt:?} {guard_pages}");
                assert_eq!(report.skipped, [], "{name}");
                assert!(report.passed > 1, "{name}");
            }
        }
    }
    weldc_runtime::collect_always(false);
}

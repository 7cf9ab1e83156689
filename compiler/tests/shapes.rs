//! Components of extreme shapes compile, or are refused with a limit that `docs/limits.md` names.
//!
//! By default each shape has a hundredth of its size; `WELDC_SHAPES=10 cargo test --release --test shapes`
//! takes ten hundredths. How long the large ones take is measured by `benches/src/bin/curves.rs`.

mod common;

use std::sync::atomic::{AtomicUsize, Ordering};
use weldc_compiler::options::{CodeOptions, OptLevel};
use weldc_compiler::{Error, Result};
use weldc_tests::shapes::{self, Shape};

fn compile(bytes: Vec<u8>) -> Result<()> {
    common::compile(bytes, CodeOptions { opt: OptLevel::Speed, ..CodeOptions::default() })
}

/// What `weldc` says of the shape `name` at a size that is beyond a limit.
fn refusal(name: &str, size: usize) -> Error {
    let shape = shapes::all().find(|shape| shape.name == name).expect(name);
    compile(shape.component(size)).expect_err(name)
}

/// The document's lines that are messages of errors, with what varies cut off.
fn documented() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/limits.md");
    let text = std::fs::read_to_string(path).expect("docs/limits.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| Some(row.split_once('`')?.0.to_string())).collect()
}

#[test]
fn every_shape_compiles_or_is_refused_by_a_documented_limit() {
    let hundredths = std::env::var("WELDC_SHAPES").ok().and_then(|n| n.parse().ok()).unwrap_or(1);
    let documented = documented();
    let shapes: Vec<&Shape> = shapes::all().collect();
    let next = AtomicUsize::new(0);
    let work = || {
        while let Some(shape) = shapes.get(next.fetch_add(1, Ordering::Relaxed)) {
            let size = shape.size(hundredths);
            if let Err(error) = compile(shape.component(size)) {
                let known = documented.iter().any(|limit| error.message().contains(limit));
                assert!(known, "{} of size {size}: {error}", shape.name);
            }
        }
    };
    std::thread::scope(|scope| (0..3).for_each(|_| drop(scope.spawn(work))));
}

#[test]
fn limits_are_met_with_their_errors() {
    let documented = documented();
    for (name, size) in [("components that double", 30), ("nested try_tables", 1500)] {
        let error = refusal(name, size);
        let known = documented.iter().any(|limit| error.message().contains(limit));
        assert!(known, "{name}: {error}");
        assert!(error.offset().is_some(), "{name}: {error} has no offset");
    }
}

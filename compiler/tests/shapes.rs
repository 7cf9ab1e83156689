//! Components of extreme shapes compile, or are refused with a limit that `docs/limits.md` names.
//!
//! By default each shape has a hundredth of its size; `WELDC_SHAPES=10 cargo test --release --test shapes`
//! takes ten hundredths. Functions with many blocks and locals are translated, but not compiled, at larger
//! sizes. How long the large ones take is measured by `benches/src/bin/curves.rs`.

mod common;

use cranelift_codegen::verify_function;
use cranelift_frontend::FunctionBuilderContext;
use std::sync::atomic::{AtomicUsize, Ordering};
use weldc_compiler::options::{CodeOptions, OptLevel};
use weldc_compiler::translate::{self, FuncKey};
use weldc_compiler::{Error, Result};
use weldc_tests::shapes::{self, Shape};

fn compile(bytes: Vec<u8>) -> Result<()> {
    let options = CodeOptions { opt: OptLevel::Speed, verify: false, ..CodeOptions::default() };
    common::compile(bytes, options)
}

fn shape(name: &str) -> &'static Shape {
    shapes::all().find(|shape| shape.name == name).expect(name)
}

/// What `weldc` says of the shape `name` at a size that is beyond a limit.
fn refusal(name: &str, size: usize) -> Error {
    compile(shape(name).component(size)).expect_err(name)
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

/// Shapes, and sizes at which a translation that keeps something for every pair of a block and a local would not end.
const BLOCKS_AND_LOCALS: [(&str, usize); 9] = [
    ("locals, unused", 49_999),
    ("locals in a loop", 49_999),
    ("locals in ifs", 10_000),
    ("locals in loops", 20_000),
    ("locals behind a br_table", 1_000),
    ("locals in nested blocks", 100_000),
    ("locals in nested loops", 10_000),
    ("nested blocks with branches", 100_000),
    ("nested dead code", 300_000),
];

#[test]
fn many_blocks_and_locals_are_translated() {
    for (name, size) in BLOCKS_AND_LOCALS {
        let begin = std::time::Instant::now();
        translate(shape(name).component(size));
        println!("{name}: translated and verified in {:.2?}", begin.elapsed());
    }
}

/// Translates and verifies every core function.
fn translate(component: Vec<u8>) {
    let compilation = common::compilation(component, CodeOptions::default()).expect("compiles");
    let env = compilation.env();
    for &key in env.funcs.keys.values().filter(|key| matches!(key, FuncKey::Core { .. })) {
        let func = translate::translate(env, key, &mut FunctionBuilderContext::new());
        let func = func.expect("is translated");
        verify_function(&func, env.isa).unwrap_or_else(|errors| panic!("{key:?}: {errors}"));
    }
}

//! Large components: every function in them passes Cranelift's verifier.
//!
//! `WELDC_GUESTS=FOLDER cargo test --release --test guests -- --ignored --nocapture` compiles
//! `FOLDER/*/component.wasm`.

mod common;

use std::path::Path;
use weldc_compiler::options::CodeOptions;

#[test]
#[ignore = "needs a folder of components"]
fn guests() {
    let folder = std::env::var("WELDC_GUESTS").expect("WELDC_GUESTS names a folder");
    let entries = Path::new(&folder).read_dir().expect("the folder exists");
    let mut paths: Vec<_> =
        entries.map(|e| e.expect("readable").path().join("component.wasm")).collect();
    paths.sort();
    let mut refused = Vec::new();
    for path in paths.iter().filter(|path| path.exists()) {
        let begin = std::time::Instant::now();
        let options = CodeOptions { verify: true, whole: true, ..CodeOptions::default() };
        let bytes = std::fs::read(path).expect("readable");
        match common::compile(bytes, options) {
            Ok(()) => println!("{}: {:.2?}", path.display(), begin.elapsed()),
            Err(error) => refused.push(format!("{}: {error}", path.display())),
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

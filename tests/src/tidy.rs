//! What must stay absent from the sources (ARCHITECTURE.md, "What must stay so").

use crate::root;
use std::path::{Path, PathBuf};

/// All Rust sources below a folder of the tree, tests aside.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    collect(&root().join(folder), &mut files);
    assert!(!files.is_empty(), "{folder} has no sources");
    files
}

fn collect(folder: &Path, files: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).expect("a folder of sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        if path.is_dir() && !["tests", "target"].contains(&&*name) {
            collect(&path, files);
        } else if name.ends_with(".rs") && name != "tests.rs" {
            let text = std::fs::read_to_string(&path).expect("a source");
            files.push((path, text));
        }
    }
}

/// The code in front of a module of tests, without comments.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let code = text.split("#[cfg(test)]").next().unwrap_or(text);
    code.lines().filter(|line| !line.trim_start().starts_with("//"))
}

/// No line of code below `folder` has any of `words`.
fn absent(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        for line in code(&text) {
            for word in words {
                assert!(!line.contains(word), "{}: `{word}` in `{line}`", path.display());
            }
        }
    }
}

fn manifest(package: &str) -> String {
    std::fs::read_to_string(root().join(package).join("Cargo.toml")).expect("a manifest")
}

/// The lines of the manifest's `[dependencies]`.
fn dependencies(package: &str) -> String {
    let manifest = manifest(package);
    let section = manifest.split("[dependencies]").nth(1).unwrap_or_default();
    section.split("\n[").next().unwrap_or_default().to_string()
}

#[test]
fn the_compiler_does_no_input_and_output() {
    let io = ["std::fs", "std::env", "std::net", "std::process", "std::io", "println!", "print!("];
    absent("compiler/src", &io);
}

#[test]
fn the_compiler_has_no_global_state() {
    absent("compiler/src", &["static mut", "OnceLock", "LazyLock", "thread_local!", "OnceCell"]);
}

#[test]
fn the_compiler_forbids_unsafe_code() {
    assert!(manifest("compiler").contains("unsafe_code = \"forbid\""));
    absent("runtime-support/abi/src", &["unsafe {", "unsafe fn"]);
}

#[test]
fn compiler_and_runtime_meet_in_the_abi_alone() {
    for package in ["runtime-support/runtime", "runtime-support/wasi", "runtime-support/archive"] {
        let dependencies = dependencies(package);
        for word in ["weldc-compiler", "cranelift", "wasmparser"] {
            assert!(!dependencies.contains(word), "{package} depends on {word}");
        }
    }
    let compiler = dependencies("compiler");
    assert!(!compiler.contains("weldc-runtime") && !compiler.contains("weldc-wasi"));
    assert_eq!(dependencies("runtime-support/abi").trim(), "");
}

#[test]
fn only_one_module_maps_memory() {
    for (path, text) in sources("runtime-support/runtime/src") {
        let mapper = path.components().any(|part| part.as_os_str() == "os");
        for word in ["libc::mmap", "libc::munmap", "libc::mprotect", "libc::mremap"] {
            // Measurements are no part of the runtime.
            let measures = path.ends_with("measure.rs");
            let found = code(&text).any(|line| line.contains(word));
            assert!(mapper || measures || !found, "{}: {word}", path.display());
        }
    }
}

#[test]
fn files_are_short() {
    for folder in [
        "compiler/src",
        "runtime-support",
        "cli/src",
        "cli/values",
        "tests/src",
        "tests/oracle",
        "spec-tests",
    ] {
        for (path, text) in sources(folder) {
            let lines = text.split("#[cfg(test)]").next().unwrap_or(&text).lines().count();
            assert!(lines < 500, "{} has {lines} lines", path.display());
        }
    }
}

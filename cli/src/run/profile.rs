//! What profilers are told about code that no file holds.

use anyhow::{Context, Result};
use std::fmt::Write;
use std::path::PathBuf;
use weldc_loader::Loaded;

/// Writes the file in which `perf` looks for the functions of this process: one line for each, with its address, its
/// size and its name.
pub fn perf_map(loaded: &Loaded, object: &[u8]) -> Result<()> {
    let mut text = String::new();
    for function in loaded.functions(object)? {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "{:x} {:x} {}", function.address, function.size, function.name);
    }
    let path = PathBuf::from(format!("/tmp/perf-{}.map", std::process::id()));
    std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
}

//! No input makes the compiler panic, hang or take memory without bound.
//!
//! Components are mutated (bytes flipped, cut, copied over each other, the end cut off) and compiled as far
//! as they go. What is a valid component still must compile; everything else must be refused.
//!
//! By default a few hundred mutations of the small components in `tests/guests` are tried. For more:
//! `WELDC_MUTATE=FOLDER WELDC_MUTATIONS=10000 cargo test --release --test mutations -- --nocapture`
//! takes every `component.wasm` and `module.wasm` below FOLDER; `WELDC_SEED` changes the sequence.

mod common;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use weldc_compiler::Result;
use weldc_compiler::options::{CodeOptions, DebugInfo, OptLevel};

/// The longest that one input may take, far above what the largest guest needs.
const SLOWEST: Duration = Duration::from_secs(60);
/// The most memory that the whole test may ever have, beyond 200 times the largest input.
const MOST_MEMORY: u64 = 1 << 30;

/// Marsaglia's xorshift: the same sequence everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound.max(1) as u64) as usize
    }
}

fn mutate(random: &mut Random, original: &[u8]) -> Vec<u8> {
    let mut bytes = original.to_vec();
    for _ in 0..1 + random.below(4) {
        let at = random.below(bytes.len());
        match random.below(8) {
            0 => bytes.truncate(at),
            1 => {
                let length = random.below(64).min(bytes.len() - at);
                bytes.drain(at..at + length);
            }
            2 => {
                let from = random.below(bytes.len());
                let length = random.below(64).min(bytes.len() - from.max(at));
                bytes.copy_within(from..from + length, at);
            }
            3 => bytes[at] = [0x00, 0x01, 0x7f, 0x80, 0xff][random.below(5)],
            _ => bytes[at] ^= 1 << random.below(8),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

fn compile(bytes: Vec<u8>) -> Result<()> {
    let options = CodeOptions {
        opt: OptLevel::None,
        debug: DebugInfo::Full,
        verify: false,
        ..CodeOptions::default()
    };
    common::compile(bytes, options)
}

fn files(folder: &Path, wanted: &dyn Fn(&Path) -> bool, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for path in entries.filter_map(|e| Some(e.ok()?.path())) {
        if path.is_dir() {
            files(&path, wanted, found);
        } else if wanted(&path) {
            found.push(path);
        }
    }
    found.sort();
}

fn inputs() -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    match std::env::var_os("WELDC_MUTATE") {
        Some(folder) => {
            let wanted = |p: &Path| p.ends_with("component.wasm") || p.ends_with("module.wasm");
            files(Path::new(&folder), &wanted, &mut found);
        }
        None => {
            let tree = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/guests");
            let wanted =
                |p: &Path| p.extension().is_some_and(|e| e == "wat") || p.ends_with("debug.wasm");
            files(&tree, &wanted, &mut found);
        }
    }
    found
        .into_iter()
        .filter_map(|path| {
            let bytes = wat::parse_file(&path).ok()?;
            Some((path, component(bytes)))
        })
        .collect()
}

/// What is a core module, as a component that instantiates it.
fn component(bytes: Vec<u8>) -> Vec<u8> {
    if wasmparser::Parser::is_component(&bytes) {
        return bytes;
    }
    let mut component = b"\0asm\x0d\0\x01\0\x01".to_vec();
    let mut size = bytes.len();
    while size >= 0x80 {
        component.push(size as u8 | 0x80);
        size >>= 7;
    }
    component.push(size as u8);
    component.extend(bytes);
    // One core instance: of module 0, with no arguments.
    component.extend([2, 4, 1, 0, 0, 0]);
    component
}

/// The most memory that the process has had, in bytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|l| l.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) * 1024
}

#[test]
fn mutated_components_are_compiled_or_refused() {
    let number = |name: &str, default: u64| {
        std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
    };
    let seed = number("WELDC_SEED", 0x9e37_79b9_7f4a_7c15);
    let count = number("WELDC_MUTATIONS", 600);
    let inputs = inputs();
    assert!(!inputs.is_empty(), "no components to mutate");
    let largest = inputs.iter().map(|(_, bytes)| bytes.len() as u64).max().unwrap_or(0);
    let mut random = Random(seed);
    let (mut compiled, mut refused, mut failures) = (0, 0, Vec::new());
    let mut slowest = Duration::ZERO;
    for case in 0..count {
        let (path, original) = &inputs[case as usize % inputs.len()];
        let bytes = mutate(&mut random, original);
        let start = Instant::now();
        match std::panic::catch_unwind(|| compile(bytes)) {
            Ok(Ok(())) => compiled += 1,
            Ok(Err(_)) => refused += 1,
            Err(_) => failures.push(format!("case {case} of {} panicked", path.display())),
        }
        slowest = slowest.max(start.elapsed());
        if start.elapsed() > SLOWEST {
            failures.push(format!("case {case} of {} took {:?}", path.display(), slowest));
        }
    }
    let peak = peak_memory();
    println!(
        "seed {seed:#x}: {count} mutations of {} components: {compiled} compiled, {refused} refused, \
         {} failed; slowest {slowest:?}, peak memory {} MiB",
        inputs.len(),
        failures.len(),
        peak >> 20
    );
    assert!(failures.is_empty(), "{failures:#?}");
    assert!(peak < MOST_MEMORY + 200 * largest, "peak memory {peak}");
}

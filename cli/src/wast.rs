//! `weldc wast`: runs test scripts of the WebAssembly specification.

use crate::args::WastArgs;
use crate::{features, target};
use anyhow::{Context, Result};
use spec_tests::{Config, Report};
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the scripts; the exit code is 1 if a directive failed.
pub fn wast(args: &WastArgs) -> Result<i32> {
    let config = Config {
        features: args.features.unwrap_or_else(features::default),
        opt: args.opt.into(),
        inline: !args.no_inline,
        guard_pages: !args.checked_memory,
        cpu_features: target::host_features(&args.cpu)?,
        checks_only: false,
    };
    let (mut passed, mut failed) = (0, 0);
    for file in &args.files {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        let report = run(&text, &config)?;
        print(file, &report);
        passed += report.passed;
        failed += report.failed.len();
    }
    println!("{passed} passed, {failed} failed");
    Ok(i32::from(failed > 0))
}

/// Runs a script where there is enough stack for what it does to its own.
fn run(text: &str, config: &Config) -> Result<Report> {
    const STACK: usize = 64 << 20;
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK);
        let thread = thread
            .spawn_scoped(scope, || spec_tests::run(text, config))
            .context("cannot make a thread")?;
        Ok(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

fn print(file: &Path, report: &Report) {
    for failure in &report.failed {
        println!("{}:{}: {}", file.display(), failure.line, failure.text);
    }
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    report.skipped.iter().for_each(|skip| *skipped.entry(&skip.text).or_default() += 1);
    for (reason, count) in skipped {
        println!("{}: {count} skipped: {reason}", file.display());
    }
}

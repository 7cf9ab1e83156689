//! What does not pass yet: `expected.txt`.
//!
//! ```text
//! wasm-v3/throw.wast
//!   failed 12: trapped: unreachable          line, and what happened
//!   skipped 34: a reason                     how many directives, and why
//! ```

use crate::Reports;
use spec_tests::Report;
use std::collections::BTreeMap;
use std::fmt::Write;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/expected.txt");

/// Scripts that do not pass as a whole, by name.
type Expected = BTreeMap<String, String>;

/// Whether the reports are what is written down; `partial` if some scripts did not run.
pub fn compare(reports: &Reports, partial: bool) -> bool {
    let known = parse(&std::fs::read_to_string(PATH).unwrap_or_default());
    let found: Expected = reports
        .iter()
        .map(|(name, report)| (name.clone(), describe(report)))
        .filter(|(_, text)| !text.is_empty())
        .collect();
    if std::env::var_os("BLESS").is_some() {
        let kept = known.into_iter().filter(|(name, _)| partial && !reports.contains_key(name));
        write(&kept.chain(found).collect());
        return true;
    }
    let mut same = true;
    for name in reports.keys() {
        let (known, found) = (known.get(name), found.get(name));
        if known != found {
            same = false;
            println!("{name}: not as in expected.txt");
            print_difference(known.map_or("", |text| text), found.map_or("", |text| text));
        }
    }
    same
}

fn describe(report: &Report) -> String {
    let mut text = String::new();
    for failure in &report.failed {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "  failed {}: {}", failure.line, failure.text.replace('\n', " "));
    }
    let mut skipped: BTreeMap<&str, usize> = BTreeMap::new();
    report.skipped.iter().for_each(|skip| *skipped.entry(&skip.text).or_default() += 1);
    for (reason, count) in skipped {
        let _ = writeln!(text, "  skipped {count}: {}", reason.replace('\n', " "));
    }
    text
}

fn print_difference(known: &str, found: &str) {
    for line in known.lines().filter(|line| !found.lines().any(|other| other == *line)) {
        println!("  - {}", line.trim());
    }
    for line in found.lines().filter(|line| !known.lines().any(|other| other == *line)) {
        println!("  + {}", line.trim());
    }
}

fn parse(text: &str) -> Expected {
    let mut expected = Expected::new();
    let mut name = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if line.starts_with(' ') {
            let _ = writeln!(expected.entry(name.to_string()).or_default(), "{line}");
        } else {
            name = line;
        }
    }
    expected
}

fn write(expected: &Expected) {
    let mut text =
        "# What does not pass yet; written by BLESS=1 (see tests/suite/expected.rs).\n".to_string();
    for (name, lines) in expected {
        let _ = write!(text, "{name}\n{lines}");
    }
    std::fs::write(PATH, text).expect("expected.txt can be written");
}

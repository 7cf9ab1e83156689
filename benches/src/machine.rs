//! Where and when something was measured.

use crate::workshop::{package, version};
use std::fs::read_to_string;
use std::process::Command;

/// Today, as `2026-11-21`.
pub fn date() -> String {
    let output = Command::new("date").args(["-u", "+%F"]).output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string())
        .unwrap_or_default()
}

/// The commit that is checked out.
pub fn commit() -> String {
    let output = Command::new("git")
        .args(["rev-parse", "--short=12", "HEAD"])
        .current_dir(package())
        .output();
    output
        .map(|output| String::from_utf8_lossy(&output.stdout).trim().to_string())
        .unwrap_or_default()
}

/// Processor, cores, system, compiler and load, in a line.
pub fn describe() -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let system = read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let rustc = version("rustc").unwrap_or_default();
    format!(
        "{}, {cores} cores, Linux {}, {rustc}; {}",
        processor().unwrap_or_else(|| std::env::consts::ARCH.to_string()),
        system.trim(),
        load()
    )
}

/// How busy the machine has been: what is measured on a busy one is worth less.
pub fn load() -> String {
    let load = read_to_string("/proc/loadavg").unwrap_or_default();
    format!("load average {}", load.split(' ').next().unwrap_or("unknown"))
}

fn processor() -> Option<String> {
    let info = read_to_string("/proc/cpuinfo").ok()?;
    let field = |name: &str| {
        let line = info.lines().find(|line| line.starts_with(name))?;
        Some(line.split_once(':')?.1.trim().to_string())
    };
    let (family, model) = (field("cpu family")?, field("model\t")?);
    Some(format!("{} (family {family}, model {model})", field("model name")?))
}

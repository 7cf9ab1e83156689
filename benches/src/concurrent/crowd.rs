//! What a task costs that waits: by how much a process grows in which a hundred thousand of them do. Each side has a
//! process of its own, since what one has freed another would use.

use super::guests::Guest;
use super::rows::{CROWD, Work};
use crate::grid::Side;
use anyhow::{Context, Result, ensure};
use std::process::{Command, Stdio};

/// The first argument that makes `async` measure one side, which the second names, and print it.
pub const MODE: &str = "--crowd-of";

/// Bytes per task of the side of this name; `None` if it takes no part.
pub fn bytes_of(side: &str, args: &[String]) -> Result<Option<f64>> {
    let output = Command::new(std::env::current_exe()?)
        .args([MODE, side])
        .args(args)
        .stderr(Stdio::inherit())
        .output()?;
    ensure!(output.status.success(), "{side}: {}", output.status);
    Ok(String::from_utf8_lossy(&output.stdout).trim().parse().ok())
}

/// What this process grows by for each task, in bytes. First a few are started and woken, so that what is there once
/// is there.
pub fn measure(side: &mut dyn Side<Work>) -> Result<Option<f64>> {
    let (start, wake) = (Work::Loop(Guest::Future, "start"), Work::Loop(Guest::Future, "wake"));
    for work in [start, wake] {
        if side.run(work, 10)?.is_none() {
            return Ok(None);
        }
    }
    let before = resident()?;
    ensure!(side.run(start, CROWD)? == Some(CROWD), "not all were started");
    let after = resident()?;
    ensure!(side.run(wake, CROWD)? == Some(CROWD), "not all were woken");
    Ok(Some((after as f64 - before as f64) / f64::from(CROWD)))
}

/// Bytes of this process that are in memory.
fn resident() -> Result<u64> {
    let statm = std::fs::read_to_string("/proc/self/statm")?;
    let pages: u64 = statm.split(' ').nth(1).context("no such field")?.parse()?;
    Ok(pages * 4096)
}

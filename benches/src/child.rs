//! What a whole process costs.
//!
//! Peak memory and processor time of children are known as sums only. So each child is run by a process
//! that has no other: this program, started with [`MODE`], which prints what its child has cost.

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The first argument that makes a program run the rest of them as a command, once.
const MODE: &str = "--cost-of";

#[derive(Clone, Copy, Debug)]
pub struct Cost {
    pub wall: Duration,
    /// User and system, of all threads.
    pub cpu: Duration,
    /// At its peak, in KiB.
    pub memory: u64,
}

impl Cost {
    /// Runs a command in the current environment with `env` added.
    pub fn of(command: &[String], env: &[(&str, &str)]) -> Result<Cost> {
        let output = Command::new(std::env::current_exe()?)
            .arg(MODE)
            .args(command)
            .envs(env.iter().copied())
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(output.status.success(), "{} failed", command.join(" "));
        let text = String::from_utf8(output.stdout)?;
        let numbers: Vec<u64> =
            text.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
        let [wall, cpu, memory] = numbers[..] else { anyhow::bail!("`{text}` is not a cost") };
        Ok(Cost { wall: Duration::from_nanos(wall), cpu: Duration::from_micros(cpu), memory })
    }
}

/// To be called first in `main`: does what [`Cost::of`] has started this process for, if it has.
pub fn serve() -> Result<bool> {
    let mut args = std::env::args().skip(1);
    if args.next().as_deref() != Some(MODE) {
        return Ok(false);
    }
    let program = args.next().context("no command")?;
    let begin = Instant::now();
    let status = Command::new(&program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    let wall = begin.elapsed().as_nanos();
    ensure!(status.success(), "{program}: {status}");
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    println!("{wall} {cpu} {}", usage.max_rss());
    Ok(true)
}

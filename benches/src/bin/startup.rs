//! How long a hello-world takes as a whole process, and how much memory: weldc's executable beside a C
//! program, linked statically and dynamically, and beside `wasmtime run` of the precompiled component.
//!
//! `cargo run --release --bin startup -- WELDC COMPONENT [ROUNDS]`, from the folder `benches`. All programs
//! run in turns in the same rounds, so that what disturbs one disturbs all; best and median are printed. A
//! peer that is not installed is left out, with a line that says so.

use anyhow::{Context, Result, ensure};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use weldc_benches::child::{self, Cost};

const C: &str = "#include <stdio.h>\nint main(void) { puts(\"hello\"); return 0; }\n";

/// A program to start, and what is known of it so far.
struct Contender {
    name: &'static str,
    command: Vec<String>,
    times: Vec<Duration>,
}

impl Contender {
    fn new(name: &'static str, command: &[&str]) -> Contender {
        let command = command.iter().map(|word| word.to_string()).collect();
        Contender { name, command, times: Vec::new() }
    }

    fn start(&self) -> Command {
        let mut command = Command::new(&self.command[0]);
        command.args(&self.command[1..]).stdin(Stdio::null()).stdout(Stdio::null());
        command.stderr(Stdio::null());
        command
    }

    fn measure(&mut self) -> Result<()> {
        let begin = Instant::now();
        let status = self.start().status()?;
        self.times.push(begin.elapsed());
        ensure!(status.success(), "{} failed: {status}", self.name);
        Ok(())
    }
}

fn main() -> Result<()> {
    if child::serve()? {
        return Ok(());
    }
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (weldc, component) = match &args[..] {
        [weldc, component, ..] => (weldc, component),
        _ => anyhow::bail!("usage: startup WELDC COMPONENT [ROUNDS]"),
    };
    let rounds = args.get(2).map_or(Ok(200), |n| n.parse())?;
    let folder = tempfile::tempdir()?;
    let mut contenders = contenders(weldc, component, folder.path())?;
    for _ in 0..rounds {
        for contender in &mut contenders {
            contender.measure()?;
        }
    }
    println!(
        "{:28} {:>10} {:>10} {:>12}",
        "hello, whole process", "best ms", "median ms", "memory KiB"
    );
    for contender in &mut contenders {
        contender.times.sort();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let (best, median) = (contender.times[0], contender.times[contender.times.len() / 2]);
        let memory = Cost::of(&contender.command, &[])?.memory;
        println!("{:28} {:>10.3} {:>10.3} {:>12}", contender.name, ms(best), ms(median), memory);
    }
    Ok(())
}

fn contenders(weldc: &str, component: &str, folder: &Path) -> Result<Vec<Contender>> {
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    std::fs::write(at("hello.c"), C)?;
    run("cc", &["-O2", &at("hello.c"), "-o", &at("dynamic")])?;
    run("cc", &["-O2", "-static", &at("hello.c"), "-o", &at("static")])?;
    run(weldc, &["build", component, "-o", &at("welded")])?;
    let mut all = vec![
        Contender::new("C, static", &[&at("static")]),
        Contender::new("C, dynamic", &[&at("dynamic")]),
        Contender::new("weldc build", &[&at("welded")]),
    ];
    match run("wasmtime", &["compile", component, "-o", &at("hello.cwasm")]) {
        Ok(()) => all.push(Contender::new(
            "wasmtime run, precompiled",
            &["wasmtime", "run", "--allow-precompiled", &at("hello.cwasm")],
        )),
        Err(error) => println!("without wasmtime: {error:#}"),
    }
    Ok(all)
}

fn run(program: &str, args: &[&str]) -> Result<()> {
    let status = Command::new(program)
        .args(args)
        .status()
        .with_context(|| format!("cannot start {program}"))?;
    ensure!(status.success(), "{program} failed: {status}");
    Ok(())
}

//! What tasks, threads, streams and futures cost: weldc beside wasmtime and beside what the machine needs at least,
//! in turns.
//!
//! `cargo run --release --bin async -- [--write async]`
//!
//! In each round every side does every row; the best and the median of all rounds are printed, in nanoseconds for
//! one of a row's calls or operations. What a waiting task needs in memory is measured before, in processes of
//! their own.

use anyhow::{Context, Result};
use clap::Parser;
use weldc_benches::concurrent::rows::{ROWS, Row, Work};
use weldc_benches::concurrent::wasmtime::Theirs;
use weldc_benches::concurrent::{crowd, weldc::Ours};
use weldc_benches::grid::{Side, Sides, measure, tables};
use weldc_benches::peers::{Peer, VERSION, Weldc};
use weldc_benches::report::{self, Table};
use weldc_benches::workshop::Workshop;
use weldc_benches::{clock, machine};

#[derive(Parser)]
#[command(about = "The cost of concurrency")]
struct Args {
    /// The compiler to measure, PATH or NAME=PATH; may be given several times
    #[arg(long)]
    weldc: Vec<String>,
    /// weldc's --cpu
    #[arg(long, default_value = "native")]
    cpu: String,
    #[arg(long, default_value_t = 40)]
    rounds: u32,
    /// Only rows whose name contains this
    #[arg(long, default_value = "")]
    only: String,
    /// Leave wasmtime out
    #[arg(long)]
    alone: bool,
    /// Do not measure memory
    #[arg(long)]
    no_memory: bool,
    /// The core to run on; the last one unless given
    #[arg(long)]
    core: Option<usize>,
    /// Write the tables to results/DATE-NAME
    #[arg(long, value_name = "NAME")]
    write: Option<String>,
    /// Prints what a waiting task of this side's costs, and does nothing else
    #[arg(long, hide = true, value_name = "SIDE")]
    crowd_of: Option<String>,
}

impl Args {
    fn compilers(&self) -> Vec<Weldc> {
        let default = [Weldc::default_program()];
        let given = if self.weldc.is_empty() { &default[..] } else { &self.weldc[..] };
        given.iter().map(|text| Weldc::new(text, &self.cpu).with_all_features()).collect()
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    let workshop = Workshop::new()?;
    let mut sides: Sides<Work> = Vec::new();
    let mut versions = Vec::new();
    for compiler in args.compilers() {
        versions.push(format!("{}: {}", compiler.name(), compiler.describe()?));
        sides.push(Box::new(Ours::new(&compiler, &workshop)?));
    }
    let ours = sides.len();
    if !args.alone {
        versions.push(format!("wasmtime: {VERSION}"));
        sides.push(Box::new(Theirs::new()?));
        sides.push(Box::new(Theirs::off()?));
    }
    if let Some(name) = &args.crowd_of {
        return print_crowd(&mut sides, name);
    }
    let core = clock::pin(args.core)?;
    eprintln!("core {core}, {}", machine::load());
    let mut text = String::new();
    if !args.no_memory {
        let table = memory(&sides, &args)?;
        text += &format!(
            "\nBytes for each of 100,000 tasks that wait for a future, all of the process.\n\n{table}"
        );
    }
    let rows: Vec<&Row> = ROWS.iter().filter(|row| row.name.contains(&args.only)).collect();
    let samples = measure(&rows, &mut sides, args.rounds)?;
    text += &tables(&rows, &sides, ours, &samples);
    print!("{text}");
    if let Some(name) = &args.write {
        let head = report::head("Concurrency", &versions);
        println!("{}", report::write(name, "md", &(head + &text))?.display());
    }
    Ok(())
}

fn print_crowd(sides: &mut Sides<Work>, name: &str) -> Result<()> {
    let side = sides.iter_mut().find(|side| side.name() == name).context("no such side")?;
    if let Some(bytes) = crowd::measure(side.as_mut())? {
        println!("{bytes}");
    }
    Ok(())
}

fn memory(sides: &[Box<dyn Side<Work>>], args: &Args) -> Result<Table> {
    let mut same: Vec<String> = vec!["--cpu".into(), args.cpu.clone()];
    for text in &args.weldc {
        same.extend(["--weldc".into(), text.clone()]);
    }
    let cells = sides.iter().map(|side| crowd::bytes_of(side.name(), &same));
    let row = report::Row { name: "bytes".into(), cells: cells.collect::<Result<_>>()? };
    let columns = sides.iter().map(|side| side.name().to_string()).collect();
    Ok(Table { corner: "what".into(), columns, rows: vec![row], digits: 0 })
}

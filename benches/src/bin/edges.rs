//! What crosses an edge and what an instance costs: weldc beside wasmtime and beside what the machine needs at
//! least, in turns.
//!
//! `cargo run --release --bin edges -- [--write edges]`
//!
//! In each round every side does every row; the best and the median of all rounds are printed, in nanoseconds for
//! one of a row's calls or instances.

use anyhow::Result;
use clap::Parser;
use weldc_benches::calls::wasmtime::Setup;
use weldc_benches::edges::rows::{CALLS, INSTANCES, Row};
use weldc_benches::edges::wasmtime::{Calls, Hosts, Instances};
use weldc_benches::edges::weldc::Ours;
use weldc_benches::grid::{Sides, measure, tables};
use weldc_benches::peers::{Peer, VERSION, Weldc};
use weldc_benches::report;
use weldc_benches::workshop::Workshop;
use weldc_benches::{clock, machine};

#[derive(Parser)]
#[command(about = "The cost of edges and instances")]
struct Args {
    /// The compiler to measure, PATH or NAME=PATH; may be given several times
    #[arg(long)]
    weldc: Vec<String>,
    /// weldc's --cpu
    #[arg(long, default_value = "native")]
    cpu: String,
    #[arg(long, default_value_t = 60)]
    rounds: u32,
    /// Only rows whose name contains this
    #[arg(long, default_value = "")]
    only: String,
    /// Leave wasmtime out
    #[arg(long)]
    alone: bool,
    /// The core to run on; the last one unless given
    #[arg(long)]
    core: Option<usize>,
    /// Write the tables to results/DATE-NAME
    #[arg(long, value_name = "NAME")]
    write: Option<String>,
}

const OFF: Setup = Setup { name: "wasmtime, async off", concurrent: false, pooled: false };
const VIEWS: Setup = Setup { name: "… with views", ..OFF };
const ON: Setup = Setup { name: "wasmtime, async on", concurrent: true, pooled: false };
const POOLED: Setup = Setup { name: "… pooled", concurrent: false, pooled: true };
const POOLED_ON: Setup = Setup { name: "… pooled, async on", concurrent: true, pooled: true };

fn main() -> Result<()> {
    let mut args = Args::parse();
    if args.weldc.is_empty() {
        args.weldc.push(Weldc::default_program());
    }
    let workshop = Workshop::new()?;
    let (mut calls, mut instances, mut versions) = (Sides::new(), Sides::new(), Vec::new());
    for text in &args.weldc {
        let compiler = Weldc::new(text, &args.cpu);
        versions.push(format!("{}: {}", compiler.name(), compiler.describe()?));
        calls.push(Box::new(Ours::new(&compiler, &workshop)?));
        instances.push(Box::new(Ours::new(&compiler, &workshop)?));
    }
    if !args.alone {
        versions.push(format!("wasmtime: {VERSION}"));
        calls.push(Box::new(Calls::new(OFF, Hosts::Owned)?));
        calls.push(Box::new(Calls::new(VIEWS, Hosts::Views)?));
        calls.push(Box::new(Calls::new(ON, Hosts::Owned)?));
        for setup in [OFF, POOLED, ON, POOLED_ON] {
            instances.push(Box::new(Instances::new(setup)?));
        }
    }
    let core = clock::pin(args.core)?;
    eprintln!("core {core}, {}", machine::load());
    let ours = args.weldc.len();
    let mut text = String::new();
    for (rows, sides) in [(CALLS, &mut calls), (INSTANCES, &mut instances)] {
        let rows: Vec<&Row> = rows.iter().filter(|row| row.name.contains(&args.only)).collect();
        let samples = measure(&rows, sides, args.rounds)?;
        text += &tables(&rows, sides, ours, &samples);
    }
    print!("{text}");
    if let Some(name) = &args.write {
        let head = report::head("Edges and instances", &versions);
        println!("{}", report::write(name, "md", &(head + &text))?.display());
    }
    Ok(())
}

//! What crosses an edge and what an instance costs: weldc beside wasmtime and beside what the machine needs at
//! least, in turns.
//!
//! `cargo run --release --bin edges -- [--write edges]`
//!
//! In each round every side does every row; the best and the median of all rounds are printed, in nanoseconds for
//! one of a row's calls or instances.

use anyhow::{Result, ensure};
use clap::Parser;
use std::time::Duration;
use weldc_benches::calls::wasmtime::Setup;
use weldc_benches::edges::native::Native;
use weldc_benches::edges::rows::{CALLS, INSTANCES, Reach};
use weldc_benches::edges::wasmtime::{Calls, Hosts, Instances};
use weldc_benches::edges::weldc::Ours;
use weldc_benches::edges::{Row, Side, Work};
use weldc_benches::peers::{Peer, VERSION, Weldc};
use weldc_benches::report::{self, Table, geometric_mean};
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

type Sides = Vec<Box<dyn Side>>;

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

/// By row, then by side and at last natively: nanoseconds in each round.
type Samples = Vec<Vec<Vec<f64>>>;

fn measure(rows: &[&Row], sides: &mut Sides, rounds: u32) -> Result<Samples> {
    let mut native = Native::default();
    let mut samples = vec![vec![Vec::new(); sides.len() + 1]; rows.len()];
    for round in 0..rounds {
        report::progress(round, rounds);
        for (row, samples) in rows.iter().zip(&mut samples) {
            let note = |time: Duration| time.as_nanos() as f64 / f64::from(row.count);
            let mut expected = None;
            for (side, samples) in sides.iter_mut().zip(&mut *samples) {
                // What is kept from one instance for the next is then this row's.
                if matches!(row.work, Work::Instance(..)) {
                    side.run(row.work, 1)?;
                }
                let (time, sum) = clock::time(|| side.run(row.work, row.count));
                let Some(sum) = sum? else { continue };
                let name = side.name();
                ensure!(*expected.get_or_insert(sum) == sum, "{name}: {} gives {sum}", row.name);
                samples.push(note(time));
            }
            let (time, ()) = clock::time(|| native.run(row.limit, row.count));
            samples[sides.len()].push(note(time));
        }
    }
    Ok(samples)
}

fn tables(rows: &[&Row], sides: &Sides, ours: usize, samples: &Samples) -> String {
    let best = |times: &[f64]| times.iter().copied().reduce(f64::min);
    let median = |times: &[f64]| {
        let mut times = times.to_vec();
        times.sort_by(f64::total_cmp);
        times.get(times.len() / 2).copied()
    };
    let (best, median) = (table(rows, sides, samples, &best), table(rows, sides, samples, &median));
    let verdicts = verdicts(rows, sides, ours, &best);
    let factor = factor(rows, ours, &best);
    format!("\nBest, ns.\n\n{best}\nMedian, ns.\n\n{median}\n{factor}\n{verdicts}")
}

fn table(
    rows: &[&Row],
    sides: &Sides,
    samples: &Samples,
    one: &dyn Fn(&[f64]) -> Option<f64>,
) -> Table {
    let mut columns: Vec<String> = sides.iter().map(|side| side.name().to_string()).collect();
    columns.push("the machine".to_string());
    let cells = |samples: &Vec<Vec<f64>>| samples.iter().map(|times| one(times)).collect();
    let rows = rows.iter().zip(samples);
    let rows =
        rows.map(|(row, samples)| report::Row { name: row.name.into(), cells: cells(samples) });
    Table { corner: "what".into(), columns, rows: rows.collect(), digits: 1 }
}

/// How much slower this machine is than the one of the issue, as far as wasmtime can tell.
fn factor(rows: &[&Row], ours: usize, best: &Table) -> String {
    let ratios: Vec<f64> = rows
        .iter()
        .zip(&best.rows)
        .filter_map(|(row, here)| Some((*here.cells.get(ours)?)? / row.theirs?))
        .filter(|ratio| ratio.is_finite())
        .collect();
    match geometric_mean(&ratios) {
        Some(mean) if best.columns.len() > ours + 1 => format!(
            "wasmtime needs {mean:.2} times as long as on the machine for which times to reach are given.\n"
        ),
        _ => String::new(),
    }
}

/// Our best beside what is to be reached.
fn verdicts(rows: &[&Row], sides: &Sides, ours: usize, best: &Table) -> Table {
    let columns = ["ns", "to reach", "ratio", "/ wasmtime", "/ the machine"].map(String::from);
    let rows = rows.iter().zip(&best.rows).map(|(row, here)| {
        let (us, limit) = (here.cells[0], here.cells[sides.len()]);
        let peer = here.cells[ours..sides.len()].iter().copied().flatten().reduce(f64::min);
        let reach = match row.reach {
            Reach::Time(time) => Some(time),
            Reach::Limit(times) => limit.map(|limit| limit * times),
            Reach::Peer(times) => peer.map(|peer| peer * times),
        };
        let by = |other: Option<f64>| Some(us? / other?);
        let cells = vec![us, reach, by(reach), by(peer), by(limit)];
        report::Row { name: row.name.to_string(), cells }
    });
    let corner = format!("{}: what", sides[0].name());
    Table { corner, columns: columns.to_vec(), rows: rows.collect(), digits: 2 }
}

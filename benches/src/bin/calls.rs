//! What a call costs, and what a trap costs: weldc beside wasmtime, in turns.
//!
//! `cargo run --release --bin calls -- [--write calls]`
//!
//! Calls are made a thousand at a time or more; the time of one is printed, the loop around it included (a
//! row gives the loop alone). Traps happen in many instances at a time, and three steps are measured one by
//! one: the call that traps, until it has returned; making text of it; replacing the instance by a new one.

use anyhow::{Result, ensure};
use clap::Parser;
use weldc_benches::calls::wasmtime::{Core, Setup, VICTIMS, Whole};
use weldc_benches::calls::weldc::Ours;
use weldc_benches::calls::{LOOPS, Side, TRAPS};
use weldc_benches::peers::{Peer, VERSION, Weldc};
use weldc_benches::report::{self, Row, Table};
use weldc_benches::workshop::Workshop;
use weldc_benches::{clock, machine};

#[derive(Parser)]
#[command(about = "The cost of calls and traps")]
struct Args {
    /// The compiler to measure, PATH or NAME=PATH; may be given several times
    #[arg(long)]
    weldc: Vec<String>,
    /// weldc's --cpu
    #[arg(long, default_value = "native")]
    cpu: String,
    #[arg(long, default_value_t = 60)]
    rounds: u32,
    /// The core to run on; the last one unless given
    #[arg(long)]
    core: Option<usize>,
    /// Write the tables to results/DATE-NAME
    #[arg(long, value_name = "NAME")]
    write: Option<String>,
}

/// wasmtime's sides, cheapest calls first.
const SETUPS: &[Setup] = &[
    Setup { name: "wasmtime core", concurrent: false, pooled: false },
    Setup { name: "core, pooled", concurrent: false, pooled: true },
    Setup { name: "component, async off", concurrent: false, pooled: false },
    Setup { name: "component, pooled", concurrent: false, pooled: true },
    Setup { name: "component, async on", concurrent: true, pooled: false },
];

fn main() -> Result<()> {
    let mut args = Args::parse();
    if args.weldc.is_empty() {
        args.weldc.push(Weldc::default_program());
    }
    let workshop = Workshop::new()?;
    let (mut sides, mut versions) = (Vec::<Box<dyn Side>>::new(), Vec::new());
    for text in &args.weldc {
        let compiler = Weldc::new(text, &args.cpu);
        versions.push(format!("{}: {}", compiler.name(), compiler.describe()?));
        sides.push(Box::new(Ours::new(&compiler, compiler.name(), &workshop)?));
    }
    versions.push(format!("wasmtime: {VERSION}"));
    for &setup in SETUPS {
        match setup.name.contains("core") {
            true => sides.push(Box::new(Core::new(setup)?)),
            false => sides.push(Box::new(Whole::new(setup)?)),
        }
    }
    let core = clock::pin(args.core)?;
    eprintln!("core {core}, {}", machine::load());
    let (calls, traps) = (calls(&mut sides, args.rounds)?, traps(&sides, args.rounds)?);
    let mut text = format!("\nNanoseconds per call.\n\n{calls}\nNanoseconds per trap.\n\n{traps}");
    let first = sides[0].name();
    for table in [calls, traps] {
        text += &format!("\n{first} as a part of the others.\n\n{}", table.first_beside_others());
    }
    print!("{text}");
    if let Some(name) = &args.write {
        let head = report::head("Calls and traps", &versions);
        println!("{}", report::write(name, "md", &(head + &text))?.display());
    }
    Ok(())
}

/// The best time of each side at each row, in nanoseconds.
struct Best {
    table: Table,
}

impl Best {
    fn new(corner: &str, sides: &[Box<dyn Side>], rows: Vec<String>) -> Best {
        let columns: Vec<String> = sides.iter().map(|side| side.name().to_string()).collect();
        let row = |name| Row { name, cells: vec![None; columns.len()] };
        let rows = rows.into_iter().map(row).collect();
        Best { table: Table { corner: corner.to_string(), columns, rows, digits: 1 } }
    }

    fn note(&mut self, row: usize, side: usize, time: std::time::Duration, count: usize) {
        let cell = &mut self.table.rows[row].cells[side];
        let nanoseconds = time.as_nanos() as f64 / count as f64;
        *cell = Some(cell.map_or(nanoseconds, |best| best.min(nanoseconds)));
    }
}

fn calls(sides: &mut [Box<dyn Side>], rounds: u32) -> Result<Table> {
    const COUNT: u32 = 20_000;
    let inside = LOOPS.iter().map(|(_, what)| what.to_string());
    let rows = std::iter::once("the host calls add(u32, u32)".to_string()).chain(inside).collect();
    let mut best = Best::new("call", sides, rows);
    let mut sums = vec![None; LOOPS.len() + 1];
    for _ in 0..rounds {
        for (number, side) in sides.iter_mut().enumerate() {
            for row in 0..=LOOPS.len() {
                let (time, sum) = clock::time(|| match row {
                    0 => side.add(COUNT),
                    _ => side.run(LOOPS[row - 1].0, COUNT),
                });
                let (sum, name) = (sum?, side.name());
                ensure!(*sums[row].get_or_insert(sum) == sum, "{name}: row {row} gives {sum}");
                best.note(row, number, time, COUNT as usize);
            }
        }
    }
    Ok(best.table)
}

fn traps(sides: &[Box<dyn Side>], rounds: u32) -> Result<Table> {
    const STEPS: [&str; 4] = ["call, trap, status", "text of it", "new instance", "all three"];
    let count = VICTIMS as usize;
    let rows = TRAPS.iter().flat_map(|(_, what)| STEPS.map(|step| format!("{what}: {step}")));
    let mut best = Best::new("trap", sides, rows.collect());
    for (number, side) in sides.iter().enumerate() {
        let mut victims = side.victims(count)?;
        for _ in 0..rounds {
            for (trap, (name, _)) in TRAPS.iter().enumerate() {
                victims.aim(name)?;
                let (trapped, result) = clock::time(|| victims.trap());
                result?;
                let (reported, length) = clock::time(|| victims.report());
                ensure!(length > 0, "{}: no text", side.name());
                let (renewed, result) = clock::time(|| victims.renew());
                result?;
                let all = trapped + reported + renewed;
                for (step, time) in [trapped, reported, renewed, all].into_iter().enumerate() {
                    best.note(trap * STEPS.len() + step, number, time, count);
                }
            }
        }
    }
    Ok(best.table)
}

//! How fast code runs: the kernels under weldc and its peers, in one process, in turns.
//!
//! ```text
//! cargo run --release --bin compute -- --peers weldc,wasmtime,clang --kernels matmul
//! cargo run --release --bin compute -- --write compute
//! ```
//! The times are those of the thread; the best of all rounds counts. The tables give ratios: to native
//! clang, and of weldc to wasmtime. SQLite stands apart: it is no part of the means.

use anyhow::{Context, Result, ensure};
use clap::Parser;
use std::collections::{BTreeMap, BTreeSet};
use weldc_benches::guest::{Guest, Variant};
use weldc_benches::kernels::{KERNELS, Kernel, Source};
use weldc_benches::peers::{self, Kind, Peer, Weldc};
use weldc_benches::plot::{self, Bar};
use weldc_benches::race::{Contender, Race};
use weldc_benches::report::{self, Row, Table};
use weldc_benches::workshop::Workshop;
use weldc_benches::{clock, machine};

#[derive(Parser)]
#[command(about = "Run time of the kernels under weldc and its peers")]
struct Args {
    /// Peers to measure; all that are there unless given
    #[arg(long, value_delimiter = ',')]
    peers: Vec<String>,
    /// Kernels to run; all unless given
    #[arg(long, value_delimiter = ',')]
    kernels: Vec<String>,
    /// How the guests were compiled
    #[arg(long, value_delimiter = ',', default_values = ["simd", "plain"])]
    variants: Vec<Variant>,
    /// The compiler to measure, PATH or NAME=PATH; may be given several times
    #[arg(long)]
    weldc: Vec<String>,
    /// weldc's --cpu
    #[arg(long, default_value = "native")]
    cpu: String,
    #[arg(long, default_value_t = 40)]
    rounds: u32,
    /// Multiplies what one call does
    #[arg(long, default_value_t = 1.0)]
    scale: f64,
    /// The core to run on; the last one unless given
    #[arg(long)]
    core: Option<usize>,
    /// Write the tables and a plot to results/DATE-NAME
    #[arg(long, value_name = "NAME")]
    write: Option<String>,
}

fn main() -> Result<()> {
    let mut args = Args::parse();
    if args.weldc.is_empty() {
        args.weldc.push(Weldc::default_program());
    }
    let kernels = kernels(&args.kernels)?;
    let peers = peers::select(peers::all(&args.weldc, &args.cpu)?, &args.peers)?;
    let contenders = contenders(&args, &kernels, &peers)?;
    let core = clock::pin(args.core)?;
    eprintln!("core {core}, {}", machine::load());
    let mut race = Race::new(kernels, contenders, args.scale);
    race.run(args.rounds, &|round| report::progress(round, args.rounds))?;
    let text = tables(&race);
    print!("{text}");
    if let Some(name) = &args.write {
        write(name, &text, &race, &peers)?;
    }
    Ok(())
}

fn kernels(names: &[String]) -> Result<Vec<&'static Kernel>> {
    for name in names {
        ensure!(KERNELS.iter().any(|kernel| kernel.name == name), "no kernel is called `{name}`");
    }
    let wanted = |kernel: &&Kernel| names.is_empty() || names.iter().any(|n| n == kernel.name);
    Ok(KERNELS.iter().filter(wanted).collect())
}

/// Compiles and loads everything that takes part. A guest that cannot be made or that a peer cannot load is
/// left out, with a line that says so.
fn contenders(args: &Args, kernels: &[&Kernel], peers: &[Box<dyn Peer>]) -> Result<Vec<Contender>> {
    let workshop = Workshop::new()?;
    let sources: BTreeSet<Source> = kernels.iter().map(|kernel| kernel.source).collect();
    let mut guests = Vec::new();
    for &source in &sources {
        for &variant in &args.variants {
            match Guest::new(source, variant, &workshop) {
                Ok(guest) => guests.push(guest),
                Err(why) => eprintln!("without {} {}: {why:#}", source.name(), variant.name()),
            }
        }
    }
    let mut contenders = Vec::new();
    for peer in peers {
        let variants = match peer.kind() {
            Kind::Native => &args.variants[..1],
            _ => &args.variants[..],
        };
        for &variant in variants {
            let guests = guests.iter().filter(|guest| guest.variant == variant);
            let contender = contender(&**peer, variant, guests, &workshop);
            contenders.extend((!contender.programs.is_empty()).then_some(contender));
        }
    }
    Ok(contenders)
}

fn contender<'a>(
    peer: &dyn Peer,
    variant: Variant,
    guests: impl Iterator<Item = &'a Guest>,
    workshop: &Workshop,
) -> Contender {
    let mut programs = BTreeMap::new();
    for guest in guests.filter(|guest| peer.takes(guest)) {
        match peer.load(guest, workshop) {
            Ok(program) => drop(programs.insert(guest.source, program)),
            Err(why) => eprintln!("without {} of {}: {why:#}", guest.name(), peer.name()),
        }
    }
    let variant = (peer.kind() != Kind::Native).then_some(variant);
    let (peer, kind) = (peer.name().to_string(), peer.kind());
    Contender { peer, kind, variant, programs, best: Vec::new() }
}

/// Seconds of a contender's best round.
fn seconds(contender: &Contender, kernel: usize) -> Option<f64> {
    contender.best[kernel].map(|time| time.as_secs_f64())
}

/// What the others are compared with: clang, or else the first contender.
fn base<'a>(race: &'a Race<'_>) -> Option<&'a Contender> {
    race.contenders.iter().find(|c| c.peer == "clang").or(race.contenders.first())
}

fn tables(race: &Race<'_>) -> String {
    let Some(base) = base(race) else { return String::new() };
    let mut text = format!("\nTime relative to {}, whose time is in ms.\n\n", base.name());
    let others: Vec<_> = race.contenders.iter().filter(|c| c.name() != base.name()).collect();
    let milliseconds = |kernel| seconds(base, kernel).map(|time| time * 1e3);
    let ratio =
        |of: &Contender, to: &Contender, kernel| Some(seconds(of, kernel)? / seconds(to, kernel)?);
    let columns = others.iter().map(|c| c.name()).chain(["ms".to_string()]).collect();
    text += &table(race, columns, |kernel| {
        others.iter().map(|c| ratio(c, base, kernel)).chain([milliseconds(kernel)]).collect()
    });
    let pairs = pairs(race);
    if !pairs.is_empty() {
        text += "\nTime relative to wasmtime.\n\n";
        let columns = pairs.iter().map(|(ours, _)| ours.name()).collect();
        text += &table(race, columns, |kernel| {
            pairs.iter().map(|(ours, theirs)| ratio(ours, theirs, kernel)).collect()
        });
    }
    text
}

/// weldc's contenders beside wasmtime's of the same variant.
fn pairs<'a>(race: &'a Race<'_>) -> Vec<(&'a Contender, &'a Contender)> {
    let ours = race.contenders.iter().filter(|c| c.kind == Kind::Weldc);
    let theirs = |ours: &Contender| {
        race.contenders.iter().find(|c| c.peer == "wasmtime" && c.variant == ours.variant)
    };
    ours.filter_map(|ours| Some((ours, theirs(ours)?))).collect()
}

/// A row for each kernel, with means over the kernels of kernels.c.
fn table(
    race: &Race<'_>,
    columns: Vec<String>,
    cells: impl Fn(usize) -> Vec<Option<f64>>,
) -> String {
    let row =
        |number: usize| Row { name: race.kernels[number].name.to_string(), cells: cells(number) };
    let of = |source: Source| {
        (0..race.kernels.len()).filter(move |&number| race.kernels[number].source == source)
    };
    let rows: Vec<Row> = of(Source::Kernels).map(row).collect();
    let count = rows.len();
    let mut table = Table { corner: "kernel".to_string(), columns, rows, digits: 2 };
    if count > 1 {
        table.add_means("**geometric mean**", 0..count);
    }
    table.rows.extend(of(Source::Sqlite).map(row));
    table.to_string()
}

fn write(name: &str, text: &str, race: &Race<'_>, peers: &[Box<dyn Peer>]) -> Result<()> {
    let mut versions = Vec::new();
    for peer in peers {
        versions.push(format!("{}: {}", peer.name(), peer.describe()?));
    }
    let head = report::head("Run time of the kernels", &versions);
    println!("{}", report::write(name, "md", &(head + text))?.display());
    let plot = plot(race).context("nothing to plot")?;
    println!("{}", report::write(name, "svg", &plot)?.display());
    Ok(())
}

/// Geometric means over the kernels, as bars, the fastest first.
fn plot(race: &Race<'_>) -> Option<String> {
    let base = base(race)?;
    let kernels: Vec<usize> = (0..race.kernels.len())
        .filter(|&number| race.kernels[number].source == Source::Kernels)
        .collect();
    let mean = |contender: &Contender| {
        let ratio = |&kernel: &usize| Some(seconds(contender, kernel)? / seconds(base, kernel)?);
        report::geometric_mean(&kernels.iter().map(ratio).collect::<Option<Vec<_>>>()?)
    };
    let bar = |contender: &Contender| {
        let ours = contender.kind == Kind::Weldc;
        Some(Bar { label: contender.name(), value: mean(contender)?, ours })
    };
    let mut bars: Vec<Bar> = race.contenders.iter().filter_map(bar).collect();
    bars.sort_by(|a, b| a.value.total_cmp(&b.value));
    let title = format!("Run time relative to {} (less is better)", base.name());
    let subtitle = format!("Geometric mean of {} kernels, {}", kernels.len(), machine::date());
    Some(plot::bars(&title, &subtitle, &bars, 4.0))
}

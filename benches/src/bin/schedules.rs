//! What weldc does with tasks, streams and threads, judged by the specification's executable semantics.
//!
//! `CANONICAL_ABI=…/definitions.py cargo run --release --bin schedules -- [--seed N] [--programs N] [--orders N]`
//!
//! Each program is run in several orders. What the guests note of it must be one of the things that the semantics
//! allow, in all orders that they leave open.

use anyhow::{Result, bail};
use clap::Parser;
use std::path::PathBuf;
use std::time::Instant;
use weldc_oracle::schedule::generate::Size;
use weldc_oracle::schedule::program::Program;
use weldc_oracle::schedule::spec::{Effort, Model};
use weldc_oracle::schedule::survey::{Survey, Tally};

#[derive(Parser)]
#[command(about = "Compares what tasks do with the specification")]
struct Args {
    /// The first program's
    #[arg(long, default_value_t = 0)]
    seed: u64,
    #[arg(long, default_value_t = 1000)]
    programs: u64,
    /// In how many orders each is run
    #[arg(long, default_value_t = 16)]
    orders: u64,
    /// How many orders are tried to find one that gives what was seen
    #[arg(long, default_value_t = 20_000)]
    each: usize,
    /// How many orders are tried to count what can happen; 0: it is not counted
    #[arg(long, default_value_t = 0)]
    count: usize,
    /// Most steps of a script
    #[arg(long, default_value_t = 4)]
    steps: u64,
    /// The specification's definitions.py
    #[arg(long, env = "CANONICAL_ABI", value_name = "FILE")]
    definitions: PathBuf,
    /// Stop after so many accounts that are not allowed
    #[arg(long, default_value_t = 20)]
    most: u64,
    /// Print the first program as a component, and do nothing else
    #[arg(long)]
    text: bool,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let size = Size { steps: args.steps, ..Size::SMALL };
    if args.text {
        println!("{}", Program::random(args.seed, size).text());
        return Ok(());
    }
    let started = Instant::now();
    let effort = Effort { each: args.each, count: args.count };
    let model = Model::new(&args.definitions)?;
    let mut survey = Survey { model, size, orders: args.orders, effort, tally: Tally::default() };
    for seed in args.seed..args.seed + args.programs {
        for wrong in survey.check(seed)? {
            println!("{wrong}");
        }
        if survey.tally.wrong >= args.most {
            break;
        }
    }
    let Tally { programs, wrong, .. } = survey.tally;
    println!(
        "seeds {} …, {programs} programs: {:?}; {:.0} s",
        args.seed,
        survey.tally,
        started.elapsed().as_secs_f64()
    );
    if wrong > 0 { bail!("{wrong} accounts are not allowed") } else { Ok(()) }
}

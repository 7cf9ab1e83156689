//! Rows of work, sides that do it in turns, and the tables of how long they take beside what the machine needs at
//! least and what is to be reached.

use crate::clock;
use crate::edges::native::{Limit, Native};
use crate::report::{self, Table, geometric_mean};
use anyhow::{Result, ensure};
use std::time::Duration;

/// What a row does.
pub trait Work: Copy {
    /// Whether it makes something that it may keep for the next time: it is done once before it is measured.
    fn is_new(self) -> bool {
        false
    }
}

/// A way to do it.
pub trait Side<W> {
    fn name(&self) -> &str;

    /// Does a row's work so often; the sum of its results. `None` if this side takes no part in the row.
    fn run(&mut self, work: W, count: u32) -> Result<Option<u32>>;
}

pub type Sides<W> = Vec<Box<dyn Side<W>>>;

/// What is to be reached.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// Nanoseconds, on the machine of the issue.
    Time(f64),
    /// So many times what the machine needs.
    Limit(f64),
    /// So many times the better of wasmtime's.
    Peer(f64),
}

/// What is measured in each round.
pub struct Row<W> {
    pub name: &'static str,
    pub work: W,
    /// How often it is done between two looks at the clock.
    pub count: u32,
    pub limit: Limit,
    pub reach: Reach,
    /// Nanoseconds that wasmtime needed on the machine of the issue, without async functions.
    pub theirs: Option<f64>,
}

/// By row, then by side and at last natively: nanoseconds in each round.
pub type Samples = Vec<Vec<Vec<f64>>>;

/// Every side does every row in every round.
pub fn measure<W: Work>(rows: &[&Row<W>], sides: &mut Sides<W>, rounds: u32) -> Result<Samples> {
    let mut native = Native::default();
    let mut samples = vec![vec![Vec::new(); sides.len() + 1]; rows.len()];
    for round in 0..rounds {
        report::progress(round, rounds);
        for (row, samples) in rows.iter().zip(&mut samples) {
            let note = |time: Duration| time.as_nanos() as f64 / f64::from(row.count);
            let mut expected = None;
            for (side, samples) in sides.iter_mut().zip(&mut *samples) {
                // What is kept from one instance for the next is then this row's.
                if row.work.is_new() {
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

/// Best and median, and the first side's best beside what is to be reached; `ours` sides are weldc's.
pub fn tables<W>(rows: &[&Row<W>], sides: &Sides<W>, ours: usize, samples: &Samples) -> String {
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

fn table<W>(
    rows: &[&Row<W>],
    sides: &Sides<W>,
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
fn factor<W>(rows: &[&Row<W>], ours: usize, best: &Table) -> String {
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
fn verdicts<W>(rows: &[&Row<W>], sides: &Sides<W>, ours: usize, best: &Table) -> Table {
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

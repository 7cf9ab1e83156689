//! Calls between components, compared: weldc, wasmtime, and the specification's executable semantics.
//!
//! `CANONICAL_ABI=…/definitions.py cargo run --release --bin oracle -- [--seed N] [--cases N]`
//!
//! Types nested to depth 4, values of them, guests that lie, through pairs of all string encodings and both
//! widths of pointers. A case is the same if both trap, or if what the callee got, every call of `realloc`, both
//! memories, the handles that are left, what was destroyed, and what the caller got are the same.

use anyhow::{Context, Result, bail};
use clap::Parser;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::{Instant, SystemTime, UNIX_EPOCH};
use weldc_benches::oracle::report;
use weldc_benches::oracle::wasmtime::{Compiled, Wasmtime};
use weldc_oracle::case::Case;
use weldc_oracle::guest::{self, Guest, Live, Outcome};
use weldc_oracle::spec::{Spec, Verdict, json_edge};
use weldc_oracle::{Plan, Shape, compare, weldc};

#[derive(Parser)]
#[command(about = "Compares calls between components with wasmtime and with the specification")]
struct Args {
    /// Where it begins; the time of day unless given
    #[arg(long)]
    seed: Option<u64>,
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
    /// Functions of each component
    #[arg(long, default_value_t = 8)]
    edges: usize,
    /// Cases of each function
    #[arg(long, default_value_t = 25)]
    each: usize,
    /// Of a hundred cases, how many lie
    #[arg(long, default_value_t = 35)]
    lies: u64,
    /// Of a hundred components, how many have handles
    #[arg(long, default_value_t = 25)]
    handles: u64,
    /// Leave wasmtime out
    #[arg(long)]
    no_wasmtime: bool,
    /// The specification's definitions.py; left out unless given
    #[arg(long, env = "CANONICAL_ABI", value_name = "FILE")]
    definitions: Option<PathBuf>,
    /// Where differences are written to
    #[arg(long, default_value = "oracle-differences", value_name = "FOLDER")]
    write: PathBuf,
    /// Stop after so many differences
    #[arg(long, default_value_t = 20)]
    most: usize,
}

/// Plans that may wait for their turn.
const AHEAD: usize = 2;

/// A plan, and what the specification says of its cases.
struct Job {
    seed: u64,
    plan: Plan,
    verdicts: Option<Vec<Verdict>>,
}

#[derive(Default)]
struct Tally {
    cases: usize,
    hostile: usize,
    traps: usize,
    differences: usize,
    /// Where traps agree but their reasons do not: weldc's, wasmtime's, how often.
    reasons: BTreeMap<(String, String), usize>,
    /// Why wasmtime could not compile what it was given, of how many cases, and the shortest such edge.
    refusals: BTreeMap<String, (usize, String)>,
    /// Cases in which wasmtime differs, for a reason that is known.
    known: BTreeMap<&'static str, usize>,
}

impl Tally {
    /// wasmtime did not compile the plan, which has one edge.
    fn add_refusal(&mut self, plan: &Plan, error: &str) {
        // Offsets and numbers of functions make no difference.
        let reason = error.rsplit(" at offset ").next().unwrap_or_default();
        let reason = reason.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':').trim();
        let edge = json_edge(&plan.types, &plan.edges[0]);
        let (count, shortest) = self.refusals.entry(reason.to_string()).or_default();
        *count += plan.cases.len();
        if shortest.is_empty() || edge.len() < shortest.len() {
            *shortest = edge;
        }
    }

    fn add_reasons(&mut self, ours: &Outcome, theirs: &Outcome) {
        let (Outcome::Trap(ours), Outcome::Trap(theirs)) = (ours, theirs) else { return };
        let theirs = theirs.trim_start_matches("wasm trap: ");
        if ours != theirs {
            *self.reasons.entry((ours.clone(), theirs.to_string())).or_default() += 1;
        }
    }
}

fn main() -> Result<()> {
    let args = Args::parse();
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_nanos() as u64;
    let seed = args.seed.unwrap_or(now);
    println!("seed {seed}");
    let started = Instant::now();
    let oracle = Oracle::new(&args)?;
    let mut tally = Tally::default();
    std::thread::scope(|scope| -> Result<()> {
        let (sender, jobs) = sync_channel(AHEAD);
        let args = &args;
        scope.spawn(move || {
            let outcome = plans(args, seed, |job| sender.send(Ok(job)).is_ok());
            if let Err(error) = outcome {
                let _ = sender.send(Err(error));
            }
        });
        run(&oracle, args, jobs, &mut tally)
    })?;
    print(&args, seed, &tally, started);
    if tally.differences > 0 { bail!("{} differences", tally.differences) } else { Ok(()) }
}

fn print(args: &Args, seed: u64, tally: &Tally, started: Instant) {
    let with = [("wasmtime", !args.no_wasmtime), ("definitions.py", args.definitions.is_some())];
    let with: Vec<&str> = with.iter().filter(|(_, used)| *used).map(|(name, _)| *name).collect();
    let Tally { cases, hostile, traps, differences, reasons, refusals, known } = tally;
    for (reason, (count, edge)) in refusals {
        println!("{count:6} cases without wasmtime: {reason}, as of {edge}");
    }
    for ((ours, theirs), count) in reasons {
        println!("{count:6} traps: weldc `{ours}`, wasmtime `{theirs}`");
    }
    for (reason, count) in known {
        println!("{count:6} cases in which wasmtime differs: {reason}");
    }
    println!(
        "seed {seed}: {cases} cases, {hostile} of them hostile, {traps} trapped; with {}: {differences} differences; {:.0} s",
        with.join(" and "),
        started.elapsed().as_secs_f64()
    );
}

/// Makes plans and has the specification judge them, until there is nobody who wants more.
fn plans(args: &Args, seed: u64, mut send: impl FnMut(Job) -> bool) -> Result<()> {
    let mut spec = args.definitions.as_deref().map(Spec::new).transpose()?;
    let shape = Shape {
        edges: args.edges,
        cases: args.each,
        lies: args.lies,
        handles: args.handles,
        host: false,
    };
    let count = args.cases.div_ceil(args.edges * args.each);
    for number in 0..count as u64 {
        let seed = seed.wrapping_add(number);
        let plan = Plan::new(seed, shape);
        let verdicts = spec.as_mut().map(|spec| spec.verdicts(&plan)).transpose();
        let verdicts = verdicts.with_context(|| format!("component {seed}"))?;
        if !send(Job { seed, plan, verdicts }) {
            break;
        }
    }
    Ok(())
}

fn run(oracle: &Oracle, args: &Args, jobs: Receiver<Result<Job>>, tally: &mut Tally) -> Result<()> {
    for job in jobs {
        let Job { seed, plan, verdicts } = job?;
        let context = || format!("component {seed}");
        let found =
            oracle.compare(seed, &plan, verdicts.as_deref(), tally).with_context(context)?;
        for (number, text) in found {
            tally.differences += 1;
            let name = format!("{seed}-{number}");
            println!("difference {name}: {}", text.lines().next().unwrap_or_default());
            report::write(&args.write, &name, &plan, &plan.cases[number], &text)?;
            oracle.minimise(args, seed, &plan, number)?;
            if tally.differences >= args.most {
                return Ok(());
            }
        }
    }
    Ok(())
}

struct Oracle {
    wasmtime: Option<Wasmtime>,
    definitions: Option<PathBuf>,
}

impl Oracle {
    fn new(args: &Args) -> Result<Oracle> {
        let wasmtime = (!args.no_wasmtime).then(Wasmtime::new).transpose()?;
        Ok(Oracle { wasmtime, definitions: args.definitions.clone() })
    }

    /// The cases that differ, and how. Where wasmtime does not compile a component, it gets each edge as one.
    fn compare(
        &self,
        seed: u64,
        plan: &Plan,
        verdicts: Option<&[Verdict]>,
        tally: &mut Tally,
    ) -> Result<Vec<(usize, String)>> {
        let bytes = wat::parse_str(plan.text())?;
        let Some(wasmtime) = &self.wasmtime else {
            return self.cases(seed, plan, bytes, verdicts, None, tally);
        };
        match wasmtime.compile(&bytes) {
            Ok(theirs) => self.cases(seed, plan, bytes, verdicts, Some(&theirs), tally),
            Err(_) if plan.edges.len() > 1 => self.alone(seed, plan, verdicts, tally),
            Err(error) => {
                tally.add_refusal(plan, &format!("{error:#}"));
                self.cases(seed, plan, bytes, verdicts, None, tally)
            }
        }
    }

    /// Each edge as a component of its own.
    fn alone(
        &self,
        seed: u64,
        plan: &Plan,
        verdicts: Option<&[Verdict]>,
        tally: &mut Tally,
    ) -> Result<Vec<(usize, String)>> {
        let mut found = Vec::new();
        for edge in 0..plan.edges.len() {
            let (plan, numbers) = report::alone(plan, edge);
            let verdicts: Option<Vec<Verdict>> =
                verdicts.map(|all| numbers.iter().map(|&number| all[number].clone()).collect());
            let part = self.compare(seed, &plan, verdicts.as_deref(), tally)?;
            found.extend(part.into_iter().map(|(number, text)| (numbers[number], text)));
        }
        Ok(found)
    }

    fn cases(
        &self,
        seed: u64,
        plan: &Plan,
        bytes: Vec<u8>,
        verdicts: Option<&[Verdict]>,
        theirs: Option<&Compiled<'_>>,
        tally: &mut Tally,
    ) -> Result<Vec<(usize, String)>> {
        let mut theirs = theirs.map(|compiled| Fresh::new(plan, || compiled.instantiate()));
        // Every other component has its memories checked.
        let ours = weldc::Compiled::new(bytes, seed.is_multiple_of(2), false)?;
        let mut ours = Fresh::new(plan, || ours.instantiate());
        let mut found = Vec::new();
        for (number, case) in plan.cases.iter().enumerate() {
            let verdict = verdicts.map(|verdicts| &verdicts[number]);
            let live: &[Live] = match verdict {
                Some(Verdict::Done(expected)) => &expected.live,
                _ => &[],
            };
            let outcome = ours.run(case, live)?;
            let mut text = String::new();
            if let Some(verdict) = verdict
                && let Some(difference) = self.with_spec(plan, case, verdict, &outcome)?
            {
                text += &format!("definitions.py: {difference}\n");
            }
            if let Some(theirs) = &mut theirs {
                let expected = theirs.run(case, live)?;
                if let Some(difference) = compare::outcomes(case, &expected, &outcome) {
                    let edge = &plan.edges[case.edge];
                    match report::known(&plan.types, edge).filter(|_| text.is_empty()) {
                        Some(reason) => *tally.known.entry(reason).or_default() += 1,
                        None => text += &format!("wasmtime: {difference}\n"),
                    }
                }
                tally.add_reasons(&outcome, &expected);
            }
            tally.cases += 1;
            tally.hostile += usize::from(case.hostile);
            tally.traps += usize::from(matches!(outcome, Outcome::Trap(_)));
            if !text.is_empty() {
                found.push((number, text));
            }
        }
        Ok(found)
    }

    /// Compares with the specification: first with the sums of its memories, then with what is in them.
    fn with_spec(
        &self,
        plan: &Plan,
        case: &Case,
        verdict: &Verdict,
        outcome: &Outcome,
    ) -> Result<Option<String>> {
        let difference = compare::with_spec(case, verdict, outcome);
        let (Some(_), Some(file)) = (&difference, &self.definitions) else { return Ok(difference) };
        let verdict = Spec::new(file)?.verdict(plan, case)?;
        Ok(compare::with_spec(case, &verdict, outcome))
    }

    /// Looks for a smaller case that differs.
    fn minimise(&self, args: &Args, seed: u64, plan: &Plan, number: usize) -> Result<()> {
        for plan in report::smaller(plan, &plan.cases[number]) {
            let verdicts = match &self.definitions {
                Some(file) => Some(Spec::new(file)?.verdicts(&plan)?),
                None => None,
            };
            let found = self.compare(seed, &plan, verdicts.as_deref(), &mut Tally::default())?;
            let size = |&(number, _): &(usize, String)| {
                plan.cases[number].caller.bytes.len() + plan.cases[number].callee.bytes.len()
            };
            if let Some((small, text)) = found.into_iter().min_by_key(size) {
                let name = format!("{seed}-{number}-small");
                return report::write(&args.write, &name, &plan, &plan.cases[small], &text);
            }
        }
        Ok(())
    }
}

/// Instances for cases: a new one where the last cannot be reset.
struct Fresh<'a, G, F> {
    plan: &'a Plan,
    instantiate: F,
    guest: Option<G>,
}

impl<'a, G: Guest, F: Fn() -> Result<G>> Fresh<'a, G, F> {
    fn new(plan: &'a Plan, instantiate: F) -> Fresh<'a, G, F> {
        Fresh { plan, instantiate, guest: None }
    }

    fn run(&mut self, case: &Case, live: &[Live]) -> Result<Outcome> {
        let mut guest = match self.guest.take() {
            Some(guest) => guest,
            None => (self.instantiate)()?,
        };
        let edge = &self.plan.edges[case.edge];
        let outcome = guest::run(&mut guest, edge, case, self.plan.handles, live)?;
        if let (Outcome::Done(done), false) = (&outcome, self.plan.handles)
            && done.caller.pages == 1
            && done.callee.pages == 1
        {
            self.guest = Some(guest);
        }
        Ok(outcome)
    }
}

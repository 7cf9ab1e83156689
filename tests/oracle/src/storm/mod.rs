//! Hostile concurrency, in this process: components that call every built-in in random order (`text`), a host that
//! starts, cancels, drives and forgets their calls (`host`), with fences around what generated code allocates.
//!
//! What [`crate::fuzz`] says of mistakes holds here, too. Moreover, once a zone has gone, whatever ended it:
//! * no end of a stream or future is left (but what a call was given that may not have begun), and the host's completions have all been called;
//! * a case that is run again leaves no more memory allocated than before.

mod host;
mod text;

use crate::fence;
use anyhow::{Context, Result, anyhow, ensure};
use std::collections::HashMap;
use std::time::{Duration, Instant};
use wasmparser::WasmFeatures;
use weldc_abi::Trap;
use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{Binding, ImportPolicy, Receiver};
use weldc_compiler::names;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_loader::Loaded;
use weldc_tests::roundtrip::rng::Rng;

const PREFIX: &str = "storm";
const HOST: &str = "storm_host";
/// Runs of one component.
const CASES: u64 = 200;

/// Traps that these guests cannot cause.
const IMPOSSIBLE: [Trap; 7] = [
    Trap::TableOutOfBounds,
    Trap::StackOverflow,
    Trap::OutOfMemory,
    Trap::UnknownImport,
    Trap::BadArtefact,
    Trap::CannotReserve,
    Trap::NoStack,
];

/// How much was done.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub components: u64,
    pub cases: u64,
    /// Cases by what ended the zone.
    pub ends: HashMap<Option<Trap>, u64>,
}

/// Goes on for this long; at least one component is tried.
pub fn run(seed: u64, time: Duration) -> Result<Tally> {
    let (started, mut tally) = (Instant::now(), Tally::default());
    loop {
        let seed = seed.wrapping_add(tally.components);
        component(seed, &mut tally, started + time).with_context(|| format!("component {seed}"))?;
        tally.components += 1;
        if started.elapsed() >= time {
            return Ok(tally);
        }
    }
}

/// Every function is the host's one.
struct Imports;

impl ImportPolicy for Imports {
    fn func(&mut self, _: &QualifiedName, _: &str) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Symbol { symbol: HOST.to_string(), receiver: Receiver::Host })
    }
    fn resource(&mut self, _: &QualifiedName) -> weldc_compiler::Result<Binding> {
        Ok(Binding::Nothing)
    }
}

/// Compiled code, and how many components it has.
pub struct Compiled {
    loaded: Loaded,
    components: usize,
    fenced: bool,
}

fn compile(rng: &mut Rng, fenced: bool) -> Result<Compiled> {
    let components = 1 + rng.below(3) as usize;
    let text = text::text(rng, components);
    let bytes = wat::parse_str(&text).with_context(|| text.clone())?;
    let prefix = PREFIX.to_string();
    let guard_pages = rng.percent(50);
    let options = CodeOptions { guard_pages, prefix, verify: false, ..CodeOptions::default() };
    let compilation =
        Compilation::new(bytes, WasmFeatures::all(), &mut Imports, options, &mut |_| {})
            .map_err(|error| anyhow!("{error}\n{text}"))?;
    let code = compilation.compile(&|| {}).map_err(|error| anyhow!("{error}"))?;
    let object = compilation.object(&code).map_err(|error| anyhow!("{error}"))?;
    let mut symbols: HashMap<&str, *const ()> = weldc_runtime::symbols().iter().copied().collect();
    symbols.insert(HOST, host::import as *const ());
    if fenced {
        symbols.extend(fence::symbols());
    }
    let loaded = Loaded::load(&object, &|name| symbols.get(name).map(|at| at.cast()))?;
    Ok(Compiled { loaded, components, fenced })
}

impl Compiled {
    /// The address of an export.
    fn symbol(&self, name: &str) -> Result<*const u8> {
        let symbol = format!("{PREFIX}_{name}");
        self.loaded.symbol(&symbol).with_context(|| format!("no symbol {symbol}"))
    }

    fn artefact(&self) -> Result<*const u8> {
        self.loaded.symbol(&names::artefact(PREFIX)).context("there is no artefact")
    }
}

fn component(seed: u64, tally: &mut Tally, deadline: Instant) -> Result<()> {
    let mut rng = Rng::new(seed);
    let fenced = rng.percent(50);
    let compiled = compile(&mut rng, fenced)?;
    for number in 0..CASES {
        let seed = rng.word();
        case(&compiled, seed, tally).with_context(|| format!("case {number}"))?;
        if Instant::now() > deadline {
            break;
        }
    }
    Ok(())
}

fn case(compiled: &Compiled, seed: u64, tally: &mut Tally) -> Result<()> {
    let (end, lost) = one(compiled, seed)?;
    tally.cases += 1;
    *tally.ends.entry(end).or_default() += 1;
    if !compiled.fenced && lost == 0 && tally.cases.is_multiple_of(8) {
        leaks(compiled, seed)?;
    }
    Ok(())
}

/// Runs a case; gives what [`host::run`] does.
fn one(compiled: &Compiled, seed: u64) -> Result<(Option<Trap>, usize)> {
    let before = weldc_runtime::live_ends();
    let (end, lost) = host::run(compiled, seed)?;
    if let Some(trap) = end {
        ensure!(!IMPOSSIBLE.contains(&trap), "a trap that nobody can have caused: {}", trap.text());
    }
    let left = weldc_runtime::live_ends() - before;
    ensure!(left <= lost, "{left} ends are left");
    if compiled.fenced {
        let intact = fence::check();
        fence::release();
        intact?;
    }
    Ok((end, lost))
}

/// Once everything that is kept for later is there, running a case allocates as much as it frees.
fn leaks(compiled: &Compiled, seed: u64) -> Result<()> {
    let mut before = 0;
    for _ in 0..16 {
        one(compiled, seed)?;
        let now = host::allocated();
        if now <= before {
            return Ok(());
        }
        before = now;
    }
    Err(anyhow!("every run leaves memory allocated"))
}

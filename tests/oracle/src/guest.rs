//! A case run on an instance of the component, whoever executes it.

use crate::case::{Case, HANDLES, Input};
use crate::control::*;
use crate::edge::{Edge, Side};
use anyhow::{Result, ensure};

/// The component instances that the host can look into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    Caller,
    Callee,
    Provider,
}

impl Of {
    pub fn name(self) -> &'static str {
        match self {
            Of::Caller => "caller",
            Of::Callee => "callee",
            Of::Provider => "provider",
        }
    }
}

/// What a call came to: a trap is its text.
pub type Called<T> = std::result::Result<T, String>;

/// An instance of the component. Only [`Guest::run`] and [`Guest::drop_handle`] can trap.
pub trait Guest {
    fn poke(&mut self, of: Of, memory: u32, at: u32, bytes: &[u8]) -> Result<()>;
    fn peek(&mut self, of: Of, memory: u32, at: u32, length: u32) -> Result<Vec<u8>>;
    fn reset(&mut self, of: Of, memory: u32) -> Result<()>;
    fn pages(&mut self, of: Of, memory: u32) -> Result<u32>;
    /// Makes a handle of this kind; gives its index.
    fn make(&mut self, of: Of, kind: u32, rep: u32) -> Result<u32>;
    fn drop_handle(&mut self, of: Of, kind: u32, index: u32) -> Result<Called<()>>;
    /// Has the caller call edge `number`.
    fn run(&mut self, number: usize) -> Result<Called<()>>;
}

/// What came of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Trap(String),
    Done(Box<Done>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Done {
    pub caller: State,
    pub callee: State,
    /// Representations that were destroyed, in order: the provider's and the callee's.
    pub destroyed: [Vec<u64>; 2],
}

/// What is seen of a side after a call.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    pub words: Vec<u64>,
    pub bump: u64,
    pub reallocs: u64,
    pub calls: u64,
    pub posts: u64,
    pub post_word: u64,
    pub log: Vec<[u64; LOG_WORDS]>,
    pub pages: u32,
    pub memory: Vec<u8>,
}

/// A handle that a side has after the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Live {
    pub of: Of,
    pub kind: u32,
    pub index: u32,
}

/// Representation of the handle that side `of` made as its number `n`, of this kind.
fn rep(of: Of, kind: u32, n: u32) -> u32 {
    0x100 * (1 + of as u32) + 0x10 * kind + n
}

/// Runs a case on a new, or reset, instance.
pub fn call(guest: &mut dyn Guest, edge: &Edge, case: &Case, handles: bool) -> Result<Called<()>> {
    prepare(guest, edge, case)?;
    if handles {
        guest.reset(Of::Provider, 4)?;
        make(guest, Of::Caller)?;
        make(guest, Of::Callee)?;
    }
    guest.run(case.edge)
}

/// Runs a case, looks at what came of it, and drops what is alive.
pub fn run(
    guest: &mut dyn Guest,
    edge: &Edge,
    case: &Case,
    handles: bool,
    live: &[Live],
) -> Result<Outcome> {
    if let Err(trap) = call(guest, edge, case, handles)? {
        return Ok(Outcome::Trap(trap));
    }
    let caller = state(guest, Of::Caller, edge.caller)?;
    let callee = state(guest, Of::Callee, edge.callee)?;
    for live in live {
        if let Err(trap) = guest.drop_handle(live.of, live.kind, live.index)? {
            return Ok(Outcome::Trap(format!("{live:?} cannot be dropped: {trap}")));
        }
    }
    let destroyed = match handles {
        true => [destroyed(guest, Of::Provider)?, destroyed(guest, Of::Callee)?],
        false => Default::default(),
    };
    Ok(Outcome::Done(Box::new(Done { caller, callee, destroyed })))
}

/// Puts a case into the memories of both sides.
pub fn prepare(guest: &mut dyn Guest, edge: &Edge, case: &Case) -> Result<()> {
    prepare_side(guest, Of::Caller, edge.caller, &case.caller)?;
    prepare_side(guest, Of::Callee, edge.callee, &case.callee)
}

fn prepare_side(guest: &mut dyn Guest, of: Of, side: Side, input: &Input) -> Result<()> {
    guest.reset(of, side.pointer)?;
    guest.poke(of, side.pointer, input.at as u32, &input.bytes)?;
    let bytes = |words: &mut dyn Iterator<Item = u64>| -> Vec<u8> {
        words.flat_map(u64::to_le_bytes).collect()
    };
    guest.poke(of, 0, WORDS_IN, &bytes(&mut input.words.iter().copied()))?;
    guest.poke(of, 0, BUMP, &bytes(&mut [input.bump].into_iter()))?;
    guest.poke(of, 0, LIES, &bytes(&mut input.lies.iter().flat_map(|lie| lie.words())))?;
    if !input.drops.is_empty() {
        let drops = input.drops.iter().flat_map(|&(kind, index)| [kind.into(), index.into()]);
        let mut words = std::iter::once(input.drops.len() as u64).chain(drops);
        guest.poke(of, 0, DROPS, &bytes(&mut words))?;
    }
    Ok(())
}

fn make(guest: &mut dyn Guest, of: Of) -> Result<()> {
    for kind in 0..2 {
        for n in 0..HANDLES {
            let index = guest.make(of, kind, rep(of, kind, n))?;
            ensure!(index == 1 + kind * HANDLES + n, "the handle's index is {index}");
        }
    }
    Ok(())
}

fn words(bytes: &[u8]) -> Vec<u64> {
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, &b| word << 8 | u64::from(b));
    bytes.chunks(8).map(word).collect()
}

fn destroyed(guest: &mut dyn Guest, of: Of) -> Result<Vec<u64>> {
    let count = words(&guest.peek(of, 0, DESTROYED, 8)?)[0] as usize;
    Ok(words(&guest.peek(of, 0, REPS, 8 * count.min(MAX_REPS) as u32)?))
}

fn state(guest: &mut dyn Guest, of: Of, side: Side) -> Result<State> {
    let pages = guest.pages(of, side.pointer)?;
    let out = words(&guest.peek(of, 0, WORDS_OUT, DESTROYED - WORDS_OUT)?);
    let at = |address: u32| out[((address - WORDS_OUT) / 8) as usize];
    let logged = (at(REALLOCS) as usize).min(MAX_LOG);
    let log = words(&guest.peek(of, 0, LOG, (8 * LOG_WORDS * logged) as u32)?);
    Ok(State {
        words: out[..WORDS].to_vec(),
        bump: at(BUMP),
        reallocs: at(REALLOCS),
        calls: at(CALLS),
        posts: at(POSTS),
        post_word: at(POST_WORD),
        log: log.chunks(LOG_WORDS).map(|call| std::array::from_fn(|i| call[i])).collect(),
        pages,
        memory: guest.peek(of, side.pointer, 0, pages * PAGE as u32)?,
    })
}

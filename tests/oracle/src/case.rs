//! One call: what lies in both memories, what both sides pass, and what they do when they are asked to
//! allocate. Honest cases are as the Canonical ABI wants them; hostile ones lie in a place or two.

mod hostile;

use crate::control::{MAX_DROPS, MAX_LIES, PAGE};
use crate::edge::{Edge, Side};
use crate::value::{Handles, Passed, Role, Spot, Writer};
use weldc_tests::roundtrip::rng::Rng;
use weldc_tests::roundtrip::types::{Type, Types};

/// How many handles of each kind both sides have before the call.
pub const HANDLES: u32 = 8;

#[derive(Clone, Debug)]
pub struct Case {
    /// Number of the edge in its component.
    pub edge: usize,
    pub caller: Input,
    pub callee: Input,
    /// Whether somebody was made to lie.
    pub hostile: bool,
}

/// What one side has and does.
#[derive(Clone, Debug)]
pub struct Input {
    /// What lies in its memory, and where.
    pub at: u64,
    pub bytes: Vec<u8>,
    /// The words that it passes.
    pub words: Vec<u64>,
    /// Where its `realloc` begins.
    pub bump: u64,
    /// What `realloc` does in its first calls.
    pub lies: Vec<Lie>,
    /// Handles that it drops during the call: kind and index.
    pub drops: Vec<(u32, u32)>,
}

impl Input {
    /// Whether its `realloc` loses what an allocation had in it.
    pub fn lies_about_contents(&self) -> bool {
        self.lies.iter().any(|lie| matches!(lie, Lie::Address(_) | Lie::Forget))
    }
}

/// What a call of `realloc` does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lie {
    /// It moves the allocation to the next free bytes, and overwrites the old ones.
    Honest,
    Address(u64),
    Trap,
    /// New memory, but the contents are lost.
    Forget,
    /// Honest, too: nothing moves.
    InPlace,
    /// Honest, too: in a page that the memory has grown by.
    Grow,
}

impl Lie {
    /// What the guest reads.
    pub fn words(self) -> [u64; 2] {
        match self {
            Lie::Honest => [0, 0],
            Lie::Address(address) => [1, address],
            Lie::Trap => [2, 0],
            Lie::Forget => [3, 0],
            Lie::InPlace => [4, 0],
            Lie::Grow => [5, 0],
        }
    }
}

/// What a side passes, while it is made.
struct Draft {
    input: Input,
    spots: Vec<Spot>,
    roles: Vec<Role>,
    passed: Vec<Passed>,
}

impl Case {
    /// A case of edge number `number`; the chance of a lie is in percent.
    pub fn random(
        rng: &mut Rng,
        types: &Types,
        edge: &Edge,
        number: usize,
        lies: u64,
        handles: bool,
    ) -> Case {
        let arguments = |writer: &mut Writer<'_>| arguments(types, edge, writer);
        let answer = |writer: &mut Writer<'_>| answer(types, edge, writer);
        let mut caller = side(rng, types, edge.caller, handles, &arguments);
        let mut callee = side(rng, types, edge.callee, handles, &answer);
        drops(rng, &caller.passed, &mut callee.input);
        let hostile = rng.percent(lies);
        if hostile {
            for _ in 0..rng.pick(&[1, 1, 1, 2, 3]) {
                let (liar, side) = match rng.percent(60) {
                    true => (&mut caller, edge.caller),
                    false => (&mut callee, edge.callee),
                };
                hostile::lie(rng, liar, side);
            }
        }
        Case { edge: number, caller: caller.input, callee: callee.input, hostile }
    }
}

/// Lays out what a side passes, twice: whoever ends at the end of the memory must know how much it is.
fn side(
    rng: &mut Rng,
    types: &Types,
    side: Side,
    handles: bool,
    write: &dyn Fn(&mut Writer<'_>) -> Vec<(u64, Role)>,
) -> Draft {
    let owned = if handles { owned() } else { Default::default() };
    let mut again = rng.clone();
    let at = |base, rng: &mut Rng| {
        let mut writer = Writer::new(types, side, rng, base);
        writer.handles = Handles { owned: owned.clone(), passed: Vec::new() };
        let words = write(&mut writer);
        let Writer { bytes, spots, handles, .. } = writer;
        (words, bytes, spots, handles.passed)
    };
    let length = at(0, &mut again).1.len() as u64;
    let at_end = again.percent(30) && length + 0x1000 < PAGE;
    let base = if at_end { (PAGE - length) & !15 } else { 16 + 16 * again.below(64) };
    let (words, bytes, spots, passed) = at(base, rng);
    let bump = match at_end {
        true => 8 + rng.below(64),
        false => base + length + rng.below(64),
    };
    let lies = (0..MAX_LIES).map(|_| honest(rng)).collect();
    let (words, roles) = words.into_iter().unzip();
    let input = Input { at: base, bytes, words, bump, lies, drops: Vec::new() };
    Draft { input, spots, roles, passed }
}

/// Indices of the handles that every side begins with.
fn owned() -> [Vec<u32>; 2] {
    [(1..=HANDLES).collect(), (HANDLES + 1..=2 * HANDLES).collect()]
}

/// What `realloc` may do and be honest.
fn honest(rng: &mut Rng) -> Lie {
    match rng.below(40) {
        0 => Lie::Grow,
        1..6 => Lie::InPlace,
        _ => Lie::Honest,
    }
}

/// The caller's words.
fn arguments(types: &Types, edge: &Edge, writer: &mut Writer<'_>) -> Vec<(u64, Role)> {
    let mut words = match edge.spills_params(types, edge.caller) {
        true => vec![(writer.spilled(&edge.params), Role::Pointer)],
        false => edge.params.iter().flat_map(|&ty| writer.words(ty)).collect(),
    };
    if let (true, Some(ty)) = (edge.spills_result(types, edge.caller), edge.result) {
        let (size, align) = types.layout(ty, edge.caller.pointer);
        words.push((writer.allocate(size.into(), align), Role::Pointer));
    }
    words
}

/// The callee's words.
fn answer(types: &Types, edge: &Edge, writer: &mut Writer<'_>) -> Vec<(u64, Role)> {
    let result: Vec<Type> = edge.result.into_iter().collect();
    match edge.spills_result(types, edge.callee) {
        true => vec![(writer.spilled(&result), Role::Pointer)],
        false => result.iter().flat_map(|&ty| writer.words(ty)).collect(),
    }
}

/// Has the callee drop what it borrowed, and some of what it was given.
fn drops(rng: &mut Rng, passed: &[Passed], callee: &mut Input) {
    let mut index = 2 * HANDLES;
    for &handle in passed {
        // The callee gets the representation of what it has defined.
        if handle == Passed::Borrow(1) {
            continue;
        }
        index += 1;
        let (kind, must) = match handle {
            Passed::Own(kind) => (kind, false),
            Passed::Borrow(kind) => (kind, true),
        };
        if (must || rng.percent(30)) && callee.drops.len() < MAX_DROPS {
            callee.drops.push((kind as u32, index));
        }
    }
}

//! Edges: a function's type, and what its two sides are like.

use weldc_tests::roundtrip::rng::Rng;
use weldc_tests::roundtrip::types::{Kind, Type, Types, address};

/// How deep types are nested.
const DEPTH: u32 = 4;
/// Larger types have nothing that smaller ones have not.
const MAX_BYTES: u32 = 1500;
/// Core parameters and results, if they are not in memory.
const MAX_PARAMS: usize = 16;
const MAX_RESULTS: usize = 1;

/// How values lie in a component's memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Side {
    pub encoding: &'static str,
    /// Bytes of a pointer.
    pub pointer: u32,
}

/// A function of the callee's that the caller calls.
#[derive(Clone, Debug)]
pub struct Edge {
    pub params: Vec<Type>,
    pub result: Option<Type>,
    /// The parameters as one, if there are any: what the host gets.
    pub packed: Option<Type>,
    pub caller: Side,
    pub callee: Side,
}

/// The handles of a type: what they are called in the text, and whether they are owned.
pub const OWN: [Kind; 2] = [handle("(own $r0)"), handle("(own $r1)")];
pub const BORROW: [Kind; 2] = [handle("(borrow $r0)"), handle("(borrow $r1)")];

const fn handle(name: &'static str) -> Kind {
    Kind::Number(name, 4, "i32", "uint32_t")
}

impl Side {
    pub fn random(rng: &mut Rng) -> Side {
        let encoding = rng.pick(&["utf8", "utf16", "latin1+utf16"]);
        Side { encoding, pointer: rng.pick(&[4, 8]) }
    }
}

/// Core types of parameters and results.
type Signature = (Vec<&'static str>, Vec<&'static str>);

impl Edge {
    pub fn random(rng: &mut Rng, types: &mut Types, handles: bool) -> Edge {
        let params = if rng.percent(10) { 0 } else { rng.pick(&[1, 1, 1, 2, 3]) };
        let of = |kinds: &[&[Kind]]| if handles { kinds.concat() } else { Vec::new() };
        types.handles = of(&[&OWN, &BORROW]);
        let params: Vec<Type> = (0..params).map(|_| small(rng, types)).collect();
        let packed = (!params.is_empty()).then(|| types.tuple(params.clone()));
        // A result lends nothing.
        types.handles = of(&[&OWN]);
        let result = rng.percent(70).then(|| small(rng, types));
        types.handles.clear();
        Edge { params, result, packed, caller: Side::random(rng), callee: Side::random(rng) }
    }

    /// What the caller calls.
    pub fn lowered(&self, types: &Types) -> Signature {
        let mut results = self.flat(types, self.caller).1;
        let mut params = self.passed(types);
        if results.len() > MAX_RESULTS {
            params.push(address(self.caller.pointer));
            results.clear();
        }
        (params, results)
    }

    /// What the caller passes for the parameters alone.
    pub fn passed(&self, types: &Types) -> Vec<&'static str> {
        let params = self.flat(types, self.caller).0;
        match params.len() > MAX_PARAMS {
            true => vec![address(self.caller.pointer)],
            false => params,
        }
    }

    /// What the callee is called as.
    pub fn lifted(&self, types: &Types) -> Signature {
        let (mut params, mut results) = self.flat(types, self.callee);
        let address = address(self.callee.pointer);
        if params.len() > MAX_PARAMS {
            params = vec![address];
        }
        if results.len() > MAX_RESULTS {
            results = vec![address];
        }
        (params, results)
    }

    fn flat(&self, types: &Types, side: Side) -> Signature {
        let params = self.params.iter().flat_map(|&ty| types.flat(ty, side.pointer)).collect();
        (params, self.result.map(|ty| types.flat(ty, side.pointer)).unwrap_or_default())
    }

    /// Whether the parameters lie in memory on this side.
    pub fn spills_params(&self, types: &Types, side: Side) -> bool {
        self.flat(types, side).0.len() > MAX_PARAMS
    }

    pub fn spills_result(&self, types: &Types, side: Side) -> bool {
        self.flat(types, side).1.len() > MAX_RESULTS
    }
}

/// A type that is not too large; what was tried in vain is forgotten.
fn small(rng: &mut Rng, types: &mut Types) -> Type {
    let known = types.all.len();
    loop {
        let ty = types.random_to(rng, DEPTH);
        if (known..types.all.len()).chain([ty]).all(|ty| types.layout(ty, 8).0 <= MAX_BYTES) {
            return ty;
        }
        types.all.truncate(known);
    }
}

//! Components and their cases, from a seed: the same seed gives the same cases.

use crate::case::Case;
use crate::component::{Extras, component};
use crate::edge::Edge;
use weldc_tests::roundtrip::rng::Rng;
use weldc_tests::roundtrip::types::Types;

/// How much of what there is.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    pub edges: usize,
    /// Cases of each edge.
    pub cases: usize,
    /// Of a hundred cases, how many lie.
    pub lies: u64,
    /// Of a hundred components, how many have handles.
    pub handles: u64,
    /// The host takes part in components without handles.
    pub host: bool,
}

/// A component and what is done with it.
pub struct Plan {
    pub types: Types,
    pub edges: Vec<Edge>,
    pub handles: bool,
    pub host: bool,
    pub cases: Vec<Case>,
}

impl Plan {
    pub fn new(seed: u64, shape: Shape) -> Plan {
        let mut rng = Rng::new(seed);
        let handles = rng.percent(shape.handles);
        let mut types = Types::default();
        let edges: Vec<Edge> =
            (0..shape.edges).map(|_| Edge::random(&mut rng, &mut types, handles)).collect();
        let mut plan =
            Plan { types, edges, handles, host: shape.host && !handles, cases: Vec::new() };
        for number in 0..shape.edges {
            for _ in 0..shape.cases {
                plan.add_case(&mut rng, number, shape.lies);
            }
        }
        plan
    }

    /// Adds a case of an edge.
    pub fn add_case(&mut self, rng: &mut Rng, edge: usize, lies: u64) {
        let case = Case::random(rng, &self.types, &self.edges[edge], edge, lies, self.handles);
        self.cases.push(case);
    }

    pub fn text(&self) -> String {
        let extras = Extras { handles: self.handles, host: self.host };
        component(&self.types, &self.edges, extras)
    }
}

//! Differences, made small and written down.

use anyhow::Result;
use std::fmt::Write;
use std::path::Path;
use weldc_oracle::Plan;
use weldc_oracle::case::{Case, Input};
use weldc_oracle::edge::Edge;
use weldc_oracle::spec::json_edge;
use weldc_tests::roundtrip::rng::Rng;
use weldc_tests::roundtrip::types::{Kind, Type, Types};

/// How many cases are tried of each candidate.
const TRIES: usize = 60;
/// How many candidates.
const MOST: usize = 40;

/// Smaller plans in which the same might differ: one type that the edge is made of, as the only parameter or
/// the only result, the smallest types first.
pub fn smaller(plan: &Plan, case: &Case) -> Vec<Plan> {
    let edge = &plan.edges[case.edge];
    let mut parts = Vec::new();
    for &ty in edge.params.iter().chain(&edge.result) {
        collect(plan, ty, &mut parts);
    }
    parts.sort_by_key(|&ty| (plan.types.layout(ty, 8).0, ty));
    let lies = if case.hostile { 90 } else { 0 };
    let candidates = parts.into_iter().take(MOST).flat_map(|ty| {
        [(vec![ty], None), (vec![], Some(ty))].map(|(params, result)| Edge {
            params,
            result,
            packed: None,
            ..edge.clone()
        })
    });
    candidates.map(|edge| with(plan, edge, lies)).collect()
}

fn collect(plan: &Plan, ty: Type, parts: &mut Vec<Type>) {
    if !parts.contains(&ty) {
        parts.push(ty);
        plan.types.children(ty).into_iter().for_each(|child| collect(plan, child, parts));
    }
}

/// Why wasmtime 48 does something else on an edge than the specification says, if that is known.
pub fn known(types: &Types, edge: &Edge) -> Option<&'static str> {
    let of = |ty| contains(types, ty, &|kind| matches!(kind, Kind::Text));
    if !edge.params.iter().chain(&edge.result).any(|&ty| of(ty)) {
        return None;
    }
    let both = [edge.caller, edge.callee];
    let tagged = both.map(|side| side.encoding == "latin1+utf16");
    if both.iter().zip(tagged).any(|(side, tagged)| tagged && side.pointer == 8) {
        return Some("the tag of UTF-16 is bit 31 in memories of 64 bits, too");
    }
    let aligned = "the last realloc of Latin-1 that was tagged as UTF-16 has alignment 2";
    (tagged == [true, true]).then_some(aligned)
}

fn contains(types: &Types, ty: Type, is: &dyn Fn(&Kind) -> bool) -> bool {
    is(&types.all[ty]) || types.children(ty).into_iter().any(|child| contains(types, child, is))
}

/// One edge and its cases; their numbers in the plan.
pub fn alone(plan: &Plan, edge: usize) -> (Plan, Vec<usize>) {
    let numbers = (0..plan.cases.len()).filter(|&number| plan.cases[number].edge == edge);
    let numbers: Vec<usize> = numbers.collect();
    let cases = numbers.iter().map(|&number| Case { edge: 0, ..plan.cases[number].clone() });
    let (types, edges) = (plan.types.clone(), vec![plan.edges[edge].clone()]);
    (Plan { types, edges, cases: cases.collect(), ..*plan }, numbers)
}

fn with(plan: &Plan, edge: Edge, lies: u64) -> Plan {
    let types = plan.types.clone();
    let mut plan = Plan { types, edges: vec![edge], cases: Vec::new(), ..*plan };
    let mut rng = Rng::new(0);
    (0..TRIES).for_each(|_| plan.add_case(&mut rng, 0, lies));
    plan
}

/// Writes down a difference: what was called with what, and the component.
pub fn write(folder: &Path, name: &str, plan: &Plan, case: &Case, text: &str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let edge = &plan.edges[case.edge];
    let number = case.edge;
    let mut out = format!("{text}\nedge {number}: {}\n", json_edge(&plan.types, edge));
    for (of, side, input) in
        [("caller", edge.caller, &case.caller), ("callee", edge.callee, &case.callee)]
    {
        let _ = writeln!(out, "{of}: {side:?}");
        describe(input, &mut out);
    }
    std::fs::write(folder.join(format!("{name}.txt")), out)?;
    Ok(std::fs::write(folder.join(format!("{name}.wat")), plan.text())?)
}

fn describe(input: &Input, out: &mut String) {
    let Input { at, bytes, words, bump, lies, drops } = input;
    let _ = writeln!(out, "  words {words:x?}, realloc begins at {bump:#x}, drops {drops:?}");
    let _ = writeln!(out, "  realloc: {lies:x?}");
    for (row, bytes) in bytes.chunks(16).enumerate() {
        let _ = writeln!(out, "  {:#06x}: {bytes:02x?}", at + 16 * row as u64);
    }
}

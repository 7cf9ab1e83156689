//! Callees before callers.

use crate::index::FuncId;
use crate::translate::namespace;
use cranelift_codegen::ir;
use std::collections::HashMap;

/// The generated function that `callee` refers to in `caller`.
pub fn target(caller: &ir::Function, callee: ir::FuncRef) -> Option<FuncId> {
    let ir::ExternalName::User(name) = caller.dfg.ext_funcs[callee].name else { return None };
    let name = &caller.params.user_named_funcs()[name];
    (name.namespace == namespace::FUNC).then(|| FuncId::from_u32(name.index))
}

/// The generated functions that a function mentions.
pub fn callees(function: &ir::Function) -> Vec<FuncId> {
    function.dfg.ext_funcs.keys().filter_map(|callee| target(function, callee)).collect()
}

type Graph = HashMap<FuncId, Vec<FuncId>>;

/// Groups of functions, each of which mentions only functions of earlier groups, as far as they are keys of
/// `callees` at all. What is part of a circle, or lies between two, is in no group.
pub fn levels(callees: &Graph) -> Vec<Vec<FuncId>> {
    let levels = groups(callees);
    let rest = without(callees, &levels);
    if rest.is_empty() {
        return levels;
    }
    // What remains is circles and their callers. The latter are peeled off from the other end.
    let mut callers: Graph = rest.keys().map(|&id| (id, Vec::new())).collect();
    for (&caller, callees_of) in &rest {
        for callee in callees_of {
            callers.entry(*callee).and_modify(|callers| callers.push(caller));
        }
    }
    let circles = without(&rest, &groups(&callers));
    let straight = callees.iter().filter(|(id, _)| !circles.contains_key(id));
    groups(&straight.map(|(&id, callees)| (id, callees.clone())).collect())
}

/// The part of a graph that is in no group.
fn without(graph: &Graph, groups: &[Vec<FuncId>]) -> Graph {
    let mut rest = graph.clone();
    groups.iter().flatten().for_each(|id| drop(rest.remove(id)));
    rest
}

/// Groups as of [`levels`], without what is part of a circle or mentions such a function.
fn groups(callees: &Graph) -> Vec<Vec<FuncId>> {
    let mut missing: HashMap<FuncId, usize> = HashMap::new();
    let mut callers: Graph = HashMap::new();
    for (&caller, callees_of) in callees {
        let known = callees_of.iter().filter(|callee| callees.contains_key(callee));
        missing.insert(caller, known.clone().count());
        known.for_each(|&callee| callers.entry(callee).or_default().push(caller));
    }
    let mut levels = Vec::new();
    let mut level: Vec<FuncId> =
        missing.iter().filter(|&(_, &count)| count == 0).map(|(&id, _)| id).collect();
    while !level.is_empty() {
        // The order of a hash map is no order.
        level.sort_unstable();
        let mut next = Vec::new();
        for caller in level.iter().filter_map(|id| callers.get(id)).flatten() {
            let count = missing.get_mut(caller).expect("it calls something");
            *count -= 1;
            if *count == 0 {
                next.push(*caller);
            }
        }
        levels.push(std::mem::replace(&mut level, next));
    }
    levels
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(edges: &[(u32, &[u32])]) -> HashMap<FuncId, Vec<FuncId>> {
        let id = FuncId::from_u32;
        edges.iter().map(|&(f, to)| (id(f), to.iter().map(|&t| id(t)).collect())).collect()
    }

    #[test]
    fn callees_come_first() {
        let levels =
            levels(&graph(&[(0, &[1, 2, 2]), (1, &[2]), (2, &[9]), (3, &[]), (4, &[3, 0])]));
        let numbers: Vec<Vec<u32>> =
            levels.iter().map(|level| level.iter().map(|id| id.as_u32()).collect()).collect();
        assert_eq!(numbers, [vec![2, 3], vec![1], vec![0], vec![4]]);
    }

    #[test]
    fn circles_are_left_out() {
        assert!(levels(&graph(&[(0, &[1]), (1, &[0]), (2, &[2])])).is_empty());
    }

    #[test]
    fn callers_of_circles_are_not() {
        let graph = graph(&[(0, &[1]), (1, &[0]), (2, &[2]), (3, &[0, 4]), (4, &[2]), (5, &[])]);
        let id = FuncId::from_u32;
        assert_eq!(levels(&graph), [vec![id(4), id(5)], vec![id(3)]]);
    }
}

//! What tables hold: what instantiation puts there, and what of it stays.

use super::steps;
use crate::error::Result;
use crate::index::{SigId, TableId};
use crate::link::{ConstValue, CoreFunc, Program, Step, Table, element_values};
use crate::parse::Parsed;
use cranelift_entity::{EntitySet, PrimaryMap};
use std::collections::{BTreeMap, HashMap};

/// The contents of a table that never change.
#[derive(Debug)]
pub struct Elements {
    length: u64,
    /// Where `set` says nothing.
    default: Option<CoreFunc>,
    /// `None` is no function.
    set: BTreeMap<u64, Option<CoreFunc>>,
    /// By signature, in no order.
    classes: Vec<(SigId, Callee)>,
    /// Whether every element is a function.
    full: bool,
}

/// What a call through a table with a certain signature can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    /// Nothing: every call traps.
    Nothing,
    /// One function, which has one index.
    At(u64, CoreFunc),
    /// One function.
    One(CoreFunc),
    Several,
}

impl Callee {
    fn and(self, other: Callee) -> Callee {
        use Callee::{At, Nothing, One};
        match (self, other) {
            (Nothing, callee) | (callee, Nothing) => callee,
            (At(_, a) | One(a), At(_, b) | One(b)) if a == b => One(a),
            _ => Callee::Several,
        }
    }
}

impl Elements {
    /// What a table starts as.
    fn new(table: &Table) -> Elements {
        Elements {
            length: table.ty.initial,
            default: function(table.init),
            set: BTreeMap::new(),
            classes: Vec::new(),
            full: false,
        }
    }

    /// To be called when all elements are set.
    fn classify(&mut self, signature: impl Fn(CoreFunc) -> SigId) {
        let mut classes: HashMap<SigId, Callee> = HashMap::new();
        let mut add = |func, callee: Callee| {
            let class = classes.entry(signature(func)).or_insert(Callee::Nothing);
            *class = class.and(callee);
        };
        for (&index, func) in &self.set {
            func.inspect(|&func| add(func, Callee::At(index, func)));
        }
        let all_set = self.set.len() as u64 == self.length;
        if let Some(func) = self.default.filter(|_| !all_set) {
            add(func, Callee::One(func));
        }
        self.classes = classes.into_iter().collect();
        self.full = (all_set || self.default.is_some()) && self.set.values().all(Option::is_some);
    }

    /// The function at `index`, if there is one.
    pub fn get(&self, index: u64) -> Option<CoreFunc> {
        let func = self.set.get(&index).copied().unwrap_or(self.default);
        func.filter(|_| index < self.length)
    }

    /// What can be called as a function of the signature `wanted`.
    pub fn callee(&self, program: &Program, wanted: SigId) -> Callee {
        let fitting = self.classes.iter().filter(|(sig, _)| program.accepts(wanted, *sig));
        fitting.fold(Callee::Nothing, |callee, &(_, more)| callee.and(more))
    }

    /// Whether every element can be called as a function of the signature `wanted`.
    pub fn all_fit(&self, program: &Program, wanted: SigId) -> bool {
        self.full && self.classes.iter().all(|&(sig, _)| program.accepts(wanted, sig))
    }
}

fn function(value: ConstValue) -> Option<CoreFunc> {
    match value {
        ConstValue::Func(func) => Some(func),
        _ => None,
    }
}

/// What the steps of instantiation put into tables.
pub struct Contents {
    /// By signature: all functions that are ever put there.
    placed: PrimaryMap<TableId, HashMap<SigId, Vec<CoreFunc>>>,
    /// What a table holds if no code writes to it. Nothing for those that code can see before and after a
    /// step.
    settled: PrimaryMap<TableId, Option<Elements>>,
}

impl Contents {
    /// `unseen` tells which steps are.
    pub fn new(parsed: &Parsed, program: &Program, unseen: &[bool]) -> Result<Contents> {
        let mut contents = Contents {
            placed: program.tables.values().map(|_| HashMap::new()).collect(),
            settled: program.tables.values().map(|table| Some(Elements::new(table))).collect(),
        };
        for (step, &unseen) in program.steps.iter().zip(unseen) {
            if let Step::Elements { instance, segment, table, .. } = *step {
                let funcs = element_values(parsed, program, instance, segment)?;
                let funcs = funcs.into_iter().map(function);
                contents.put(parsed, program, table, funcs.clone());
                match &mut contents.settled[table] {
                    Some(elements) if unseen => {
                        elements.set.extend(steps::range(parsed, program, step).zip(funcs));
                    }
                    settled => *settled = None,
                }
            }
        }
        for elements in contents.settled.values_mut().flatten() {
            elements.classify(|func| program.signature_of(parsed, func));
        }
        Ok(contents)
    }

    fn put(
        &mut self,
        parsed: &Parsed,
        program: &Program,
        table: TableId,
        funcs: impl Iterator<Item = Option<CoreFunc>>,
    ) {
        for func in funcs.flatten() {
            let sig = program.signature_of(parsed, func);
            self.placed[table].entry(sig).or_default().push(func);
        }
    }

    /// The functions that are ever put into a table, by signature.
    pub fn placed(&self, table: TableId) -> impl Iterator<Item = (SigId, &[CoreFunc])> {
        self.placed[table].iter().map(|(&sig, funcs)| (sig, &funcs[..]))
    }

    /// What a table holds if no code writes to it.
    pub fn settled(&self, table: TableId) -> Option<&Elements> {
        self.settled[table].as_ref()
    }

    /// The contents of the tables that are not `written`.
    pub fn settled_but(self, written: &EntitySet<TableId>) -> HashMap<TableId, Elements> {
        let tables = self.settled.into_iter().filter(|&(id, _)| !written.contains(id));
        tables.filter_map(|(id, elements)| Some((id, elements?))).collect()
    }
}

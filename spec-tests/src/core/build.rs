//! A script's instances → units.
//!
//! All instances in one unit, if that works. If not, instances that have nothing to do with each other are
//! tried apart, until it is clear which cannot be compiled. Those are left out, and with them what needs
//! them.

use super::script::{Instance, Kind, SPECTEST, Script};
use super::unit::{Plan, Refusal, Unit};
use crate::Config;
use std::collections::{BTreeSet, HashSet};
use wasm_encoder::ExportKind;
use wasmparser::ExternalKind;

/// Units, and where each instance of the script went.
pub struct Built {
    pub units: Vec<Unit>,
    /// By instance of the script.
    pub places: Vec<Place>,
}

#[derive(Clone, Debug)]
pub enum Place {
    /// Nothing in the script instantiates it.
    Nowhere,
    Unit(usize),
    /// It was left out because it needs something that weldc does not compile.
    Skipped(String),
    /// It was left out because it could not be compiled.
    Failed(String),
}

pub fn build(script: &Script<'_>, config: &Config) -> Built {
    let count = script.instances.len();
    let mut builder = Builder {
        instances: &script.instances,
        exports: exports(script),
        config,
        built: Built { units: Vec::new(), places: vec![Place::Nowhere; count] },
    };
    let groups = groups(&script.instances);
    if !groups.is_empty() {
        builder.build(&groups);
    }
    builder.built
}

/// What the script uses of the exports of its instances.
fn exports(script: &Script<'_>) -> Vec<(usize, String)> {
    let used = script.commands.iter().filter_map(|command| match &command.kind {
        Kind::Act { instance, action, .. } => Some((*instance, action.name().to_string())),
        _ => None,
    });
    let callable = |(instance, name): &(usize, String)| {
        let kind = script.instances[*instance].module.exports.get(name);
        matches!(kind, Some(ExternalKind::Func | ExternalKind::FuncExact | ExternalKind::Global))
    };
    used.filter(callable).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Instances that can have to do with each other, [`SPECTEST`] left out. What they share of it are its
/// memory and its tables.
fn groups(instances: &[Instance]) -> Vec<Vec<usize>> {
    let mut group_of: Vec<usize> = (0..instances.len()).collect();
    for (number, instance) in instances.iter().enumerate() {
        for (name, &arg) in &instance.args {
            let shares = arg != SPECTEST
                || instance.module.imports.iter().any(|import| {
                    import.module == *name
                        && matches!(import.kind, ExportKind::Memory | ExportKind::Table)
                });
            if shares {
                let (from, to) = (group_of[arg], group_of[number]);
                group_of.iter_mut().filter(|g| **g == from).for_each(|g| *g = to);
            }
        }
    }
    let mut order: Vec<usize> = Vec::new();
    for (number, group) in group_of.iter().enumerate() {
        if number != SPECTEST && !order.contains(group) {
            order.push(*group);
        }
    }
    let members = |group| {
        let of = |&number: &usize| number != SPECTEST && group_of[number] == group;
        (0..instances.len()).filter(of).collect()
    };
    order.into_iter().map(members).collect()
}

struct Builder<'a> {
    instances: &'a [Instance],
    exports: Vec<(usize, String)>,
    config: &'a Config,
    built: Built,
}

impl Builder<'_> {
    fn build(&mut self, groups: &[Vec<usize>]) {
        let mut members: Vec<usize> = groups.iter().flatten().copied().collect();
        members.sort_unstable();
        match self.unit(&members) {
            Ok(unit) => {
                for &member in &members {
                    self.built.places[member] = Place::Unit(self.built.units.len());
                }
                self.built.units.push(unit);
            }
            Err(refusal) => match groups {
                [group] => self.without(group, refusal),
                _ => {
                    let (one, other) = groups.split_at(groups.len() / 2);
                    self.build(one);
                    self.build(other);
                }
            },
        }
    }

    fn unit(&self, members: &[usize]) -> Result<Unit, Refusal> {
        let uses_spectest =
            members.iter().any(|&m| self.instances[m].args.values().any(|&arg| arg == SPECTEST));
        let all: Vec<usize> =
            uses_spectest.then_some(SPECTEST).into_iter().chain(members.iter().copied()).collect();
        let exports =
            self.exports.iter().filter(|(instance, _)| all.contains(instance)).cloned().collect();
        Unit::new(&Plan { instances: self.instances, members: all, exports }, self.config)
    }

    /// Leaves the instance out that is to blame, and those that need it.
    fn without(&mut self, group: &[usize], refusal: Refusal) {
        let (place, blamed) = match refusal {
            Refusal::Compiler { error, instance } => (place(error.message()), instance),
            Refusal::Other(text) => (Place::Failed(text), None),
        };
        let blamed = blamed.filter(|instance| group.contains(instance));
        let out: HashSet<usize> = match blamed {
            Some(instance) => self.dependents(group, instance),
            None => group.iter().copied().collect(),
        };
        for &instance in &out {
            self.built.places[instance] = place.clone();
        }
        let rest: Vec<usize> = group.iter().copied().filter(|i| !out.contains(i)).collect();
        if !rest.is_empty() {
            self.build(&[rest]);
        }
    }

    /// The instance, and those of the group that need it.
    fn dependents(&self, group: &[usize], instance: usize) -> HashSet<usize> {
        let mut found = HashSet::from([instance]);
        for &member in group {
            if self.instances[member].args.values().any(|arg| found.contains(arg)) {
                found.insert(member);
            }
        }
        found
    }
}

/// What weldc does not claim to do is skipped; all else has failed.
fn place(message: &str) -> Place {
    match skips(message) {
        Some(why) => Place::Skipped(why),
        None => Place::Failed(message.to_string()),
    }
}

/// Why what was refused with this message is skipped, if it is not a failure.
pub fn skips(message: &str) -> Option<String> {
    const GROWN: &str = "imports what has grown; types in components say what it was at first";
    const LIMITS: [(&str, &str); 7] = [
        ("is not supported", ""),
        ("are not supported", ""),
        ("not compiled yet", ""),
        ("mismatch in memory limits", GROWN),
        ("mismatch in table limits", GROWN),
        ("tables, globals and instances together need", "limit: the size of tables"),
        ("minimum is more than any machine can address", "limit: the size of memories"),
    ];
    match LIMITS.iter().find(|(part, _)| message.contains(part))? {
        (_, "") => Some(message.to_string()),
        (_, reason) => Some(reason.to_string()),
    }
}

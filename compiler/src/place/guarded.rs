//! Which component instances need the flag that they must not call out now (`may_leave`).

use crate::index::ComponentInstanceId;
use crate::link::{CanonOptions, Program};
use cranelift_entity::EntitySet;

/// The instances whose flag somebody sets and somebody looks at.
pub fn guarded_instances(program: &Program) -> EntitySet<ComponentInstanceId> {
    let sets_flag =
        |options: &CanonOptions| options.realloc.is_some() || options.post_return.is_some();
    let (mut set, mut read) = (EntitySet::new(), EntitySet::new());
    for lift in program.lifts.values().filter(|lift| sets_flag(&lift.options)) {
        set.insert(lift.instance);
    }
    for trampoline in program.trampolines.values() {
        if trampoline.kind.options().is_some_and(sets_flag) {
            set.insert(trampoline.instance);
        }
        if trampoline.kind.leaves() {
            read.insert(trampoline.instance);
        }
    }
    let mut both = EntitySet::new();
    for id in program.component_instances.keys() {
        if set.contains(id) && read.contains(id) {
            both.insert(id);
        }
    }
    both
}

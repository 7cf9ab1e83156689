//! `may_leave` (CanonicalABI.md, "Component Instance State"): while a component instance runs its
//! `realloc` or `post-return`, it must not call out.

use super::super::builder::Builder;
use crate::index::ComponentInstanceId;
use cranelift_codegen::ir::{InstBuilder, types};
use weldc_abi::{Trap, context};

fn flags(b: &Builder<'_>, instance: ComponentInstanceId) -> i32 {
    b.env.layout.instances[instance] as i32 + context::instance::FLAGS
}

/// Ends the zone if the instance must not call out now.
pub fn check(b: &mut Builder<'_>, instance: ComponentInstanceId) {
    if !b.env.layout.guarded.contains(instance) {
        return;
    }
    let value = b.load_context(types::I32, flags(b, instance));
    let mask = i64::from(context::instance::MAY_NOT_LEAVE);
    let bit = b.ins.ins().band_imm_u(value, mask);
    b.trap_if(bit, Trap::CannotLeave);
}

/// Prints what the instance does while it must not call out. The flag need not be saved: whoever has it
/// set cannot come here again.
pub fn without<R>(
    b: &mut Builder<'_>,
    instance: ComponentInstanceId,
    print: impl FnOnce(&mut Builder<'_>) -> R,
) -> R {
    if !b.env.layout.guarded.contains(instance) {
        return print(b);
    }
    let offset = flags(b, instance);
    let set = b.iconst32(context::instance::MAY_NOT_LEAVE);
    b.store_context(set, offset);
    let result = print(b);
    let clear = b.iconst32(0);
    b.store_context(clear, offset);
    result
}

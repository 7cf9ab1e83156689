//! What belongs to a thread or a component instance and has built-ins of its own: thread-local storage
//! (`context.get`, `context.set`) and backpressure (CanonicalABI.md, "Thread State", "Component Instance State").
//!
//! A call into a component instance is a new thread of it. As long as nothing blocks, threads end in the
//! reverse order in which they began: an instance has the storage of its current thread, and whoever calls it
//! keeps that of the one before. Where nobody uses the storage there is none.

use super::super::builder::Builder;
use crate::index::ComponentInstanceId;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use weldc_abi::{Trap, context};

/// The offset of a word of the current thread's storage, if the instance has any.
fn word(b: &Builder<'_>, instance: ComponentInstanceId, slot: u32) -> Option<i32> {
    let storage = b.env.layout.storages.get(&instance)?;
    Some((storage + slot * context::storage::WORD) as i32)
}

/// `context.get`
pub fn get(b: &mut Builder<'_>, instance: ComponentInstanceId, ty: Type, slot: u32) -> Value {
    match word(b, instance, slot) {
        Some(offset) => b.load_context(ty, offset),
        None => b.ins.ins().iconst(ty, 0),
    }
}

/// `context.set`
pub fn set(b: &mut Builder<'_>, instance: ComponentInstanceId, slot: u32, value: Value) {
    if let Some(offset) = word(b, instance, slot) {
        b.store_context(value, offset);
    }
}

/// The storage of the thread that a new one of the same instance interrupts.
pub struct Interrupted([Option<Value>; context::storage::WORDS]);

/// Begins a thread: its storage is zero.
pub fn begin(b: &mut Builder<'_>, instance: ComponentInstanceId) -> Interrupted {
    Interrupted(std::array::from_fn(|slot| {
        let offset = word(b, instance, slot as u32)?;
        let value = b.load_context(types::I64, offset);
        let zero = b.iconst(0);
        b.store_context(zero, offset);
        Some(value)
    }))
}

/// Ends a thread: the one that it interrupted goes on.
pub fn end(b: &mut Builder<'_>, instance: ComponentInstanceId, Interrupted(words): Interrupted) {
    for (slot, value) in words.into_iter().enumerate() {
        if let (Some(value), Some(offset)) = (value, word(b, instance, slot as u32)) {
            b.store_context(value, offset);
        }
    }
}

/// `backpressure.inc` and `backpressure.dec`: counts within 16 bits. Calls that run to their end are let in
/// whatever it says.
pub fn backpressure(b: &mut Builder<'_>, instance: ComponentInstanceId, by: i64) {
    let Some(&offset) = b.env.layout.backpressures.get(&instance) else { return };
    let count = b.load_context(types::I64, offset as i32);
    let count = b.ins.ins().iadd_imm_s(count, by);
    let limit = i64::from(context::MAX_BACKPRESSURE);
    let bad = b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, count, limit);
    b.trap_if(bad, Trap::BackpressureOverflow);
    b.store_context(count, offset as i32);
}

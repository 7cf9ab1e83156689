//! What belongs to a thread or a component instance and has built-ins of its own: thread-local storage
//! (`context.get`, `context.set`) and backpressure (CanonicalABI.md, "Thread State", "Component Instance State").
//!
//! A call into a component instance is a new thread of it. Of a call that has a record the runtime makes the thread. The
//! thread of an ordinary one ends before its caller's goes on, so it is a record in the frame of whoever calls; it
//! has no task. Where nobody uses the storage there is none.

use super::super::builder::{Builder, WORD};
use crate::index::ComponentInstanceId;
use crate::link::CoreFunc;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Type, Value, types,
};
use weldc_abi::symbols::Function as RuntimeFn;
use weldc_abi::task::thread;
use weldc_abi::{Trap, context};

/// Bytes of a word of the storage.
const WORD_BYTES: i32 = 8;

/// The offset of a word of a thread's storage.
fn word(slot: u32) -> i32 {
    thread::STORAGE.saturating_add_unsigned(slot.saturating_mul(WORD_BYTES as u32))
}

/// `context.get`
pub fn get(b: &mut Builder<'_>, ty: Type, slot: u32) -> Value {
    let current = b.load_context(WORD, context::CURRENT_THREAD);
    b.ins.ins().load(ty, MemFlagsData::trusted(), current, word(slot))
}

/// `context.set`
pub fn set(b: &mut Builder<'_>, slot: u32, value: Value) {
    let current = b.load_context(WORD, context::CURRENT_THREAD);
    b.ins.ins().store(MemFlagsData::trusted(), value, current, word(slot));
}

/// The thread that a new one interrupts.
pub struct Interrupted(Option<Value>);

/// Begins a thread of an instance that calls this function, if its code can tell: its storage is zero.
pub fn begin(b: &mut Builder<'_>, instance: ComponentInstanceId, func: CoreFunc) -> Interrupted {
    let facts = b.env.facts;
    if !facts.tasks.uses_storage(instance) && !facts.needs_thread(func) {
        return Interrupted(None);
    }
    let interrupted = b.load_context(WORD, context::CURRENT_THREAD);
    let slot = StackSlotData::new(StackSlotKind::ExplicitSlot, thread::FRAME_SIZE, 3);
    let slot = b.ins.create_sized_stack_slot(slot);
    let zero = b.iconst(0);
    for offset in [word(0), word(1), thread::TASK] {
        b.ins.ins().stack_store(WORD, zero, slot, offset);
    }
    let current = b.ins.ins().stack_addr(WORD, slot, 0);
    b.store_context(current, context::CURRENT_THREAD);
    Interrupted(Some(interrupted))
}

/// Ends a thread: the one that it interrupted goes on.
pub fn end(b: &mut Builder<'_>, Interrupted(interrupted): Interrupted) {
    if let Some(thread) = interrupted {
        b.store_context(thread, context::CURRENT_THREAD);
    }
}

/// `backpressure.inc` and `backpressure.dec`: counts within 16 bits. Where tasks are held back the runtime has to know;
/// calls that run to their end are let in whatever it says.
pub fn backpressure(b: &mut Builder<'_>, instance: ComponentInstanceId, by: i64) {
    let record = b.env.layout.instances[instance] as i32;
    if b.env.facts.tasks.in_use() {
        let (instance, by) = (b.iconst32(record as u32), b.ins.ins().iconst(types::I32, by));
        let trap = b.runtime_value(RuntimeFn::Backpressure, &[b.context, instance, by]);
        return b.trap_if_status(trap);
    }
    let offset = record + context::instance::BACKPRESSURE;
    let count = b.load_context(types::I32, offset);
    let count = b.ins.ins().iadd_imm_s(count, by);
    let limit = i64::from(context::MAX_BACKPRESSURE);
    let bad = b.ins.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, count, limit);
    b.trap_if(bad, Trap::BackpressureOverflow);
    b.store_context(count, offset);
}

//! The threads proposal: atomic accesses, fences, waiting.
//!
//! Everything is sequentially consistent, as Cranelift's atomic instructions are. An effective address that
//! is not a multiple of the access's size traps, and that is found out before bounds are. Loads, stores and
//! modifications rely on guards as others do; `wait` and `notify` give an address to the runtime, which must
//! not fault, so their bounds are always checked here.
//!
//! A zone runs on one thread at a time, whether its memories are shared or not. So `memory.size` and
//! `memory.grow` need nothing special for a shared memory: nobody changes its length in the meantime, and
//! its base never moves.

use super::memory::{access, address, target};
use super::state::Translation;
use crate::error::Result;
use crate::index::MemoryId;
use cranelift_codegen::ir::types::{I8, I16, I32, I64};
use cranelift_codegen::ir::{AtomicRmwOp, InstBuilder, MemFlagsData, Type, Value};
use wasmparser::{MemArg, Operator};
use weldc_abi::Trap;
use weldc_abi::symbols::Function as RuntimeFn;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match op {
        Operator::AtomicFence { .. } => {
            t.ins().fence();
        }
        Operator::MemoryAtomicWait32 { memarg } => wait(t, memarg, RuntimeFn::AtomicWait32, 4)?,
        Operator::MemoryAtomicWait64 { memarg } => wait(t, memarg, RuntimeFn::AtomicWait64, 8)?,
        Operator::MemoryAtomicNotify { memarg } => notify(t, memarg)?,
        _ => match shape(op) {
            Some(shape) => translate(t, &shape)?,
            None => return Ok(false),
        },
    }
    Ok(true)
}

/// An operator on `narrow` in memory and `wide` on the stack.
struct Shape<'a> {
    action: Action,
    memarg: &'a MemArg,
    wide: Type,
    narrow: Type,
}

#[derive(Clone, Copy)]
enum Action {
    Load,
    Store,
    Modify(AtomicRmwOp),
    CompareExchange,
}

/// One line for each action: its operators by the types on the stack and in memory.
macro_rules! shapes {
    ($op:expr; $($action:expr =>
        $i32:ident $i32_8:ident $i32_16:ident $i64:ident $i64_8:ident $i64_16:ident $i64_32:ident;)*
    ) => {{
        let (action, memarg, wide, narrow) = match $op {
            $(Operator::$i32 { memarg } => ($action, memarg, I32, I32),
            Operator::$i32_8 { memarg } => ($action, memarg, I32, I8),
            Operator::$i32_16 { memarg } => ($action, memarg, I32, I16),
            Operator::$i64 { memarg } => ($action, memarg, I64, I64),
            Operator::$i64_8 { memarg } => ($action, memarg, I64, I8),
            Operator::$i64_16 { memarg } => ($action, memarg, I64, I16),
            Operator::$i64_32 { memarg } => ($action, memarg, I64, I32),)*
            _ => return None,
        };
        Some(Shape { action, memarg, wide, narrow })
    }};
}

#[rustfmt::skip]
fn shape<'a>(op: &'a Operator<'_>) -> Option<Shape<'a>> {
    use Action::{CompareExchange, Load, Modify, Store};
    use AtomicRmwOp::{Add, And, Or, Sub, Xchg, Xor};
    shapes! { op;
        Load => I32AtomicLoad I32AtomicLoad8U I32AtomicLoad16U
            I64AtomicLoad I64AtomicLoad8U I64AtomicLoad16U I64AtomicLoad32U;
        Store => I32AtomicStore I32AtomicStore8 I32AtomicStore16
            I64AtomicStore I64AtomicStore8 I64AtomicStore16 I64AtomicStore32;
        Modify(Add) => I32AtomicRmwAdd I32AtomicRmw8AddU I32AtomicRmw16AddU
            I64AtomicRmwAdd I64AtomicRmw8AddU I64AtomicRmw16AddU I64AtomicRmw32AddU;
        Modify(Sub) => I32AtomicRmwSub I32AtomicRmw8SubU I32AtomicRmw16SubU
            I64AtomicRmwSub I64AtomicRmw8SubU I64AtomicRmw16SubU I64AtomicRmw32SubU;
        Modify(And) => I32AtomicRmwAnd I32AtomicRmw8AndU I32AtomicRmw16AndU
            I64AtomicRmwAnd I64AtomicRmw8AndU I64AtomicRmw16AndU I64AtomicRmw32AndU;
        Modify(Or) => I32AtomicRmwOr I32AtomicRmw8OrU I32AtomicRmw16OrU
            I64AtomicRmwOr I64AtomicRmw8OrU I64AtomicRmw16OrU I64AtomicRmw32OrU;
        Modify(Xor) => I32AtomicRmwXor I32AtomicRmw8XorU I32AtomicRmw16XorU
            I64AtomicRmwXor I64AtomicRmw8XorU I64AtomicRmw16XorU I64AtomicRmw32XorU;
        Modify(Xchg) => I32AtomicRmwXchg I32AtomicRmw8XchgU I32AtomicRmw16XchgU
            I64AtomicRmwXchg I64AtomicRmw8XchgU I64AtomicRmw16XchgU I64AtomicRmw32XchgU;
        CompareExchange => I32AtomicRmwCmpxchg I32AtomicRmw8CmpxchgU I32AtomicRmw16CmpxchgU
            I64AtomicRmwCmpxchg I64AtomicRmw8CmpxchgU I64AtomicRmw16CmpxchgU I64AtomicRmw32CmpxchgU;
    }
}

fn translate(t: &mut Translation<'_>, shape: &Shape<'_>) -> Result<()> {
    let &Shape { action, memarg, narrow, wide } = shape;
    let (expected, operand) = match action {
        Action::Load => (None, None),
        Action::Store | Action::Modify(_) => (None, Some(t.pop())),
        Action::CompareExchange => {
            let (expected, replacement) = t.pop2();
            (Some(expected), Some(replacement))
        }
    };
    let index = t.pop_index();
    let Some((flags, at)) = place(t, memarg, index, narrow.bytes())? else { return Ok(()) };
    let operand = operand.map(|value| reduce(t, value, narrow));
    let expected = expected.map(|value| reduce(t, value, narrow));
    let old = match (action, operand, expected) {
        (Action::Modify(op), Some(x), _) => t.ins().atomic_rmw(narrow, flags, op, at, x),
        (Action::CompareExchange, Some(x), Some(e)) => t.ins().atomic_cas(flags, at, e, x),
        (_, Some(x), _) => {
            t.ins().atomic_store(flags, x, at);
            return Ok(());
        }
        _ => t.ins().atomic_load(narrow, flags, at),
    };
    let old = if narrow == wide { old } else { t.ins().uextend(wide, old) };
    t.push(old);
    Ok(())
}

fn reduce(t: &mut Translation<'_>, value: Value, narrow: Type) -> Value {
    if t.builder.ins.func.dfg.value_type(value) == narrow {
        value
    } else {
        t.ins().ireduce(narrow, value)
    }
}

/// Where `bytes` bytes may be accessed, and how; atomic instructions have no offset of their own.
fn place(
    t: &mut Translation<'_>,
    memarg: &MemArg,
    index: Value,
    bytes: u32,
) -> Result<Option<(MemFlagsData, Value)>> {
    check_alignment(t, memarg, index, bytes);
    let Some(access) = access(t, memarg, index, bytes)? else { return Ok(None) };
    let at = match access.offset {
        0 => access.at,
        offset => t.ins().iadd_imm_s(access.at, i64::from(offset)),
    };
    Ok(Some((access.flags, at)))
}

/// Traps unless the effective address is a multiple of `bytes`.
fn check_alignment(t: &mut Translation<'_>, memarg: &MemArg, index: Value, bytes: u32) {
    let mask = i64::from(bytes) - 1;
    if mask == 0 {
        return;
    }
    let at = match memarg.offset as i64 & mask {
        0 => index,
        offset => t.ins().iadd_imm_s(index, offset),
    };
    let rest = t.ins().band_imm_u(at, mask);
    t.builder.trap_if(rest, Trap::UnalignedAtomic);
}

fn is_shared(t: &Translation<'_>, id: MemoryId) -> bool {
    t.builder.env.program.memories[id].ty.shared
}

fn wait(t: &mut Translation<'_>, memarg: &MemArg, func: RuntimeFn, bytes: u32) -> Result<()> {
    let (expected, timeout) = t.pop2();
    let index = t.pop_index();
    check_alignment(t, memarg, index, bytes);
    let Some(at) = address(t, memarg, index, bytes)? else { return Ok(()) };
    if !is_shared(t, target(t, memarg)?) {
        t.trap(Trap::ExpectedSharedMemory);
        return Ok(());
    }
    let result = t.builder.runtime(func, &[at, expected, timeout]).expect("returns a code");
    t.push(result);
    Ok(())
}

fn notify(t: &mut Translation<'_>, memarg: &MemArg) -> Result<()> {
    let most = t.pop();
    let index = t.pop_index();
    check_alignment(t, memarg, index, 4);
    let Some(at) = address(t, memarg, index, 4)? else { return Ok(()) };
    let args = [at, most];
    let woken = t.builder.runtime(RuntimeFn::AtomicNotify, &args).expect("returns a number");
    t.push(woken);
    Ok(())
}

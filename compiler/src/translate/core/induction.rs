//! Loops that end when the variable that they count with has a certain value.
//!
//! Cranelift rewrites `x + c = k` as `x = k - c`, and LLVM sometimes has done so before. The values from
//! before the step and from after it are then both live at the branch, each takes a register, and the way
//! back to the loop's header has to copy one to the other: one instruction and one jump more in every turn.
//! Compared in 64 bits, the value from after the step stays what is compared; its extension is free.
//!
//! On entry: a finished function without aliases. On exit: an equal one.

use cranelift_codegen::cursor::{Cursor, FuncCursor};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::types::{I32, I64};
use cranelift_codegen::ir::{Block, Function, Inst, InstBuilder, InstructionData, Opcode, Value};

/// Lets branches compare what they pass on.
pub(super) fn compare_next(func: &mut Function) {
    let mut next = func.layout.entry_block();
    while let Some(block) = next {
        if let Some((branch, test)) = rewritten(func, block) {
            let mut cursor = FuncCursor::new(func).at_inst(branch);
            cursor.use_srcloc(branch);
            let value = cursor.ins().uextend(I64, test.value);
            let constant = cursor.ins().iconst(I64, i64::from(test.constant));
            let condition = cursor.ins().icmp(test.condition, value, constant);
            func.dfg.inst_args_mut(branch)[0] = condition;
        }
        next = func.layout.next_block(block);
    }
}

/// A comparison of 32-bit values.
struct Test {
    condition: IntCC,
    value: Value,
    constant: u32,
}

/// The branch at the end of `block` and what it can compare instead.
fn rewritten(func: &Function, block: Block) -> Option<(Inst, Test)> {
    let branch = func.layout.last_inst(block)?;
    let dfg = &func.dfg;
    let InstructionData::Brif { arg, blocks, .. } = &dfg.insts[branch] else { return None };
    let test = test(func, *arg)?;
    let passed = blocks.iter().flat_map(|call| call.args(&dfg.value_lists));
    let (value, constant) = passed.filter_map(|arg| arg.as_value()).find_map(|value| {
        let (before, step) = step(func, value)?;
        match test.value {
            it if it == value => Some((value, test.constant)),
            it if it == before => Some((value, test.constant.wrapping_add(step))),
            _ => None,
        }
    })?;
    // Other constants need a register.
    i32::try_from(constant).ok()?;
    Some((branch, Test { value, constant, ..test }))
}

/// What a branch on `condition` compares, if that is for equality with a constant.
fn test(func: &Function, condition: Value) -> Option<Test> {
    let inst = func.dfg.value_def(condition).inst()?;
    match func.dfg.insts[inst] {
        InstructionData::Unary { opcode: Opcode::Uextend, arg } => test(func, arg),
        InstructionData::IntCompare { cond, args: [value, other], .. }
            if matches!(cond, IntCC::Equal | IntCC::NotEqual) =>
        {
            Some(Test { condition: cond, value, constant: constant(func, other)? })
        }
        _ => None,
    }
}

/// For a value plus a constant: both.
fn step(func: &Function, value: Value) -> Option<(Value, u32)> {
    let inst = func.dfg.value_def(value).inst()?;
    match func.dfg.insts[inst] {
        InstructionData::Binary { opcode: Opcode::Iadd, args: [before, step] } => {
            Some((before, constant(func, step)?))
        }
        InstructionData::Binary { opcode: Opcode::Isub, args: [before, step] } => {
            Some((before, constant(func, step)?.wrapping_neg()))
        }
        _ => None,
    }
}

/// The value of a 32-bit constant.
fn constant(func: &Function, value: Value) -> Option<u32> {
    let inst = func.dfg.value_def(value).inst().filter(|_| func.dfg.value_type(value) == I32)?;
    match func.dfg.insts[inst] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u32),
        _ => None,
    }
}

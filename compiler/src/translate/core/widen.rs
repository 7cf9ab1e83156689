//! 32-bit values that are used as addresses, as 64-bit ones.
//!
//! An index into a memory is an `i32` that every access extends. The upper half of a CLIF `i32` is not
//! defined, so where the value is used in other ways too, it lives on beside its extension: one instruction
//! and one register more. Where the value comes from a load, extending costs nothing; where it comes from a
//! block's parameter, it costs nothing once the parameter is 64 bits wide and all that is passed is
//! extended. The narrow value is then the lower half of the wide one, which is no instruction at all.
//!
//! On entry: a finished function without aliases. On exit: an equal one. Each step is linear in the size of the function.

use cranelift_codegen::cursor::{Cursor, CursorPosition, FuncCursor};
use cranelift_codegen::ir::types::{I32, I64};
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, Function, Inst, InstBuilder, InstructionData, Opcode, Value,
    ValueDef,
};
use std::collections::{HashMap, HashSet};

/// Makes wide what is used as an address.
pub(super) fn addresses(func: &mut Function) {
    let facts = Facts::new(func);
    if facts.extensions.is_empty() {
        return;
    }
    let widened = widen(func, &facts.wanted(func));
    for &branch in &facts.branches {
        pass_wide(func, branch, &widened);
    }
    for &extension in &facts.extensions {
        forward(func, extension, &widened);
    }
    func.dfg.resolve_all_aliases();
}

/// What one look at the function tells.
#[derive(Default)]
struct Facts {
    /// Extensions from 32 to 64 bits.
    extensions: Vec<Inst>,
    /// Branches that pass a 32-bit value.
    branches: Vec<Inst>,
    /// What is passed to each 32-bit parameter of a block; nothing for those of the first.
    passed: HashMap<Value, Vec<BlockArg>>,
}

impl Facts {
    fn new(func: &Function) -> Facts {
        let mut facts = Facts::default();
        for block in func.layout.blocks() {
            for inst in func.layout.block_insts(block) {
                let data = &func.dfg.insts[inst];
                if data.opcode().is_branch() {
                    facts.branch(func, inst);
                } else if data.opcode() == Opcode::Uextend && extends(func, inst) {
                    facts.extensions.push(inst);
                }
            }
        }
        facts
    }

    fn branch(&mut self, func: &Function, inst: Inst) {
        let dfg = &func.dfg;
        let mut found = false;
        for call in dfg.insts[inst].branch_destination(&dfg.jump_tables, &dfg.exception_tables) {
            let params = dfg.block_params(call.block(&dfg.value_lists));
            for (&param, arg) in params.iter().zip(call.args(&dfg.value_lists)) {
                if dfg.value_type(param) == I32 {
                    self.passed.entry(param).or_default().push(arg);
                    found = true;
                }
            }
        }
        if found {
            self.branches.push(inst);
        }
    }

    /// The values that are extended, and what is passed to those of them that are parameters, as far as
    /// they can be made wide; in the order in which they were found.
    fn wanted(&self, func: &Function) -> Vec<Value> {
        let mut seen = HashSet::new();
        let mut wanted: Vec<Value> = (self.extensions.iter())
            .map(|&inst| func.dfg.inst_args(inst)[0])
            .filter(|&value| self.can_widen(func, value) && seen.insert(value))
            .collect();
        let mut next = 0;
        while let Some(&value) = wanted.get(next) {
            next += 1;
            for arg in self.passed.get(&value).into_iter().flatten() {
                let passed = arg.as_value().filter(|&arg| self.can_widen(func, arg));
                wanted.extend(passed.filter(|&arg| seen.insert(arg)));
            }
        }
        wanted
    }

    fn can_widen(&self, func: &Function, value: Value) -> bool {
        match func.dfg.value_def(value) {
            ValueDef::Param(..) => (self.passed.get(&value))
                .is_some_and(|args| args.iter().all(|arg| arg.as_value().is_some())),
            ValueDef::Result(inst, _) => wide_load(func.dfg.insts[inst].opcode()).is_some(),
            ValueDef::Union(..) => false,
        }
    }
}

fn extends(func: &Function, inst: Inst) -> bool {
    let arg = func.dfg.inst_args(inst)[0];
    func.dfg.value_type(arg) == I32 && func.dfg.value_type(func.dfg.first_result(inst)) == I64
}

/// The load that leaves zeros in the upper half of what this one, if it gives 32 bits, gives.
fn wide_load(opcode: Opcode) -> Option<Opcode> {
    match opcode {
        Opcode::Load => Some(Opcode::Uload32),
        Opcode::Uload8 | Opcode::Uload16 => Some(opcode),
        _ => None,
    }
}

/// Gives each of `values` a wide one and makes it that one's lower half.
fn widen(func: &mut Function, values: &[Value]) -> HashMap<Value, Value> {
    values.iter().map(|&value| (value, widen_one(func, value))).collect()
}

fn widen_one(func: &mut Function, value: Value) -> Value {
    match func.dfg.value_def(value) {
        ValueDef::Result(inst, _) => widen_load(func, inst),
        ValueDef::Param(block, _) => widen_param(func, block, value),
        ValueDef::Union(..) => unreachable!("the function is not being optimised"),
    }
}

fn widen_load(func: &mut Function, inst: Inst) -> Value {
    let InstructionData::Load { opcode, arg, flags, offset } = func.dfg.insts[inst] else {
        unreachable!("only loads are widened");
    };
    let flags = func.dfg.mem_flags[flags];
    let mut cursor = FuncCursor::new(func).at_inst(inst);
    cursor.use_srcloc(inst);
    let wide = match opcode {
        Opcode::Uload8 => cursor.ins().uload8(I64, flags, arg, offset),
        Opcode::Uload16 => cursor.ins().uload16(I64, flags, arg, offset),
        _ => cursor.ins().uload32(flags, arg, offset),
    };
    func.replace(inst).ireduce(I32, wide);
    wide
}

fn widen_param(func: &mut Function, block: Block, param: Value) -> Value {
    let wide = func.dfg.replace_block_param(param, I64);
    let mut cursor = FuncCursor::new(func);
    cursor.goto_first_insertion_point(block);
    if let CursorPosition::At(inst) = cursor.position() {
        cursor.use_srcloc(inst);
    }
    let narrow = cursor.ins().ireduce(I32, wide);
    func.dfg.change_to_alias(param, narrow);
    wide
}

/// Passes wide values to the parameters that have become wide.
fn pass_wide(func: &mut Function, branch: Inst, widened: &HashMap<Value, Value>) {
    let dfg = &func.dfg;
    let mut calls: Vec<BlockCall> =
        dfg.insts[branch].branch_destination(&dfg.jump_tables, &dfg.exception_tables).to_vec();
    for call in &mut calls {
        *call = wide_call(func, branch, *call, widened);
    }
    let dfg = &mut func.dfg;
    dfg.insts[branch]
        .branch_destination_mut(&mut dfg.jump_tables, &mut dfg.exception_tables)
        .copy_from_slice(&calls);
}

fn wide_call(
    func: &mut Function,
    branch: Inst,
    call: BlockCall,
    widened: &HashMap<Value, Value>,
) -> BlockCall {
    let block = call.block(&func.dfg.value_lists);
    let mut args: Vec<BlockArg> = call.args(&func.dfg.value_lists).collect();
    for (index, arg) in args.iter_mut().enumerate() {
        let param = func.dfg.block_params(block)[index];
        if let Some(value) = arg.as_value()
            && func.dfg.value_type(value) != func.dfg.value_type(param)
        {
            *arg = BlockArg::from(wide(func, branch, value, widened));
        }
    }
    BlockCall::new(block, args, &mut func.dfg.value_lists)
}

/// The wide value of `value` for use by `branch`.
fn wide(func: &mut Function, branch: Inst, value: Value, widened: &HashMap<Value, Value>) -> Value {
    if let Some(&wide) = widened.get(&value) {
        return wide;
    }
    let constant = func.dfg.value_def(value).inst().and_then(|inst| match func.dfg.insts[inst] {
        InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => Some(imm.bits() as u32),
        _ => None,
    });
    let mut cursor = FuncCursor::new(func).at_inst(branch);
    cursor.use_srcloc(branch);
    match constant {
        Some(constant) => cursor.ins().iconst(I64, i64::from(constant)),
        None => cursor.ins().uextend(I64, value),
    }
}

/// Lets the users of an extension use the wide value.
fn forward(func: &mut Function, extension: Inst, widened: &HashMap<Value, Value>) {
    let arg = func.dfg.inst_args(extension)[0];
    let Some(&wide) = widened.get(&arg) else { return };
    let result = func.dfg.first_result(extension);
    func.dfg.clear_results(extension);
    func.dfg.change_to_alias(result, wide);
    func.layout.remove_inst(extension);
}

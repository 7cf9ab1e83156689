//! How much code a function will be, roughly: machine instructions that run.

use cranelift_codegen::ir::{self, Opcode};

/// A call and its arguments: what is live across it goes to the stack and back.
const CALL: u32 = 4;
/// A block that is hardly ever run.
const COLD: u32 = 1;

pub fn of(function: &ir::Function) -> u32 {
    function.layout.blocks().map(|block| of_block(function, block)).sum()
}

fn of_block(function: &ir::Function, block: ir::Block) -> u32 {
    if function.layout.is_cold(block) {
        return COLD;
    }
    let weight = |inst| of_opcode(function.dfg.insts[inst].opcode());
    function.layout.block_insts(block).map(weight).sum()
}

fn of_opcode(opcode: Opcode) -> u32 {
    match opcode {
        // Mostly parts of other instructions, or nothing once the copy is in place.
        Opcode::Iconst
        | Opcode::F32const
        | Opcode::F64const
        | Opcode::Uextend
        | Opcode::Ireduce
        | Opcode::Jump
        | Opcode::Return
        | Opcode::Nop => 0,
        opcode if opcode.is_call() => CALL,
        _ => 1,
    }
}

/// Whether a function needs a frame of its own: exceptions land in it, or it tells somebody where its frame is.
pub fn needs_frame(function: &ir::Function) -> bool {
    let tells = |inst| function.dfg.insts[inst].opcode() == Opcode::GetFramePointer;
    !function.dfg.exception_tables.is_empty()
        || function.layout.blocks().flat_map(|block| function.layout.block_insts(block)).any(tells)
}

//! What Cranelift's inlining leaves to be done for a copy: it loses where instructions come from, and names
//! of symbols.
//!
//! It visits the blocks of the body depth first, and appends one instruction to the caller for each that it
//! finds, in that order, and a jump behind each tail call that has become a call. The opcodes are compared, so
//! that a Cranelift which does it otherwise costs positions in backtraces and nothing else.
//!
//! Global values it appends, all of them and in order, but the name of a symbol keeps the number that it has
//! in the body's table of names.

use super::Body;
use super::position::{Mover, Positions};
use crate::index::FuncId;
use cranelift_codegen::ir::{self, ExternalName, GlobalValueData, Opcode};
use cranelift_codegen::traversals::Dfs;
use cranelift_entity::EntityRef;
use std::collections::HashMap;

/// A copy of a function in a caller.
pub struct Copied<'a> {
    func: FuncId,
    body: &'a Body,
    /// The first instruction that the caller got.
    first: usize,
    /// The first global value that the caller got.
    first_global: usize,
    /// Where the call stood.
    call: ir::SourceLoc,
    is_tail: bool,
}

impl<'a> Copied<'a> {
    /// Notes that a call is about to be replaced.
    pub fn new(
        caller: &ir::Function,
        call: ir::Inst,
        opcode: Opcode,
        (func, body): (FuncId, &'a Body),
    ) -> Copied<'a> {
        Copied {
            func,
            body,
            first: caller.dfg.num_insts(),
            first_global: caller.global_values.len(),
            call: caller.srcloc(call),
            is_tail: opcode == Opcode::ReturnCall,
        }
    }

    /// Makes the copy what it should be.
    pub fn complete(&self, caller: &mut ir::Function, positions: &mut Positions) {
        self.rename(caller);
        self.locate(caller, positions);
    }

    /// Gives symbols the names that they have in the body.
    fn rename(&self, caller: &mut ir::Function) {
        for (index, original) in self.body.clif.global_values.values().enumerate() {
            let GlobalValueData::Symbol { name: ExternalName::User(name), .. } = original else {
                continue;
            };
            let name = self.body.clif.params.user_named_funcs()[*name].clone();
            let renamed = ExternalName::user(caller.declare_imported_user_function(name));
            let copy = ir::GlobalValue::new(self.first_global + index);
            if let GlobalValueData::Symbol { name, .. } = &mut caller.global_values[copy] {
                *name = renamed;
            }
        }
    }

    /// Gives the instructions of the copy the positions that they have in the body, and notes where that was called.
    fn locate(&self, caller: &mut ir::Function, positions: &mut Positions) {
        let Body { clif, positions: from, .. } = self.body;
        let known = HashMap::new();
        let mut mover = Mover { func: self.func, from, call: self.call, known };
        let mut next = self.first;
        for block in Dfs::new().pre_order_iter(clif) {
            for original in clif.layout.block_insts(block) {
                let opcode = clif.dfg.insts[original].opcode();
                let copy = ir::Inst::from_u32(next as u32);
                if next >= caller.dfg.num_insts() || !self.is_copy(caller, copy, opcode) {
                    return;
                }
                caller.set_srcloc(copy, mover.moved(positions, clif.srcloc(original)));
                let has_jump = opcode.is_return() && opcode.is_call() && !self.is_tail;
                next += 1 + usize::from(has_jump);
            }
        }
    }

    fn is_copy(&self, caller: &ir::Function, copy: ir::Inst, original: Opcode) -> bool {
        let expected = match original {
            _ if self.is_tail => original,
            Opcode::Return => Opcode::Jump,
            Opcode::ReturnCall => Opcode::Call,
            Opcode::ReturnCallIndirect => Opcode::CallIndirect,
            _ => original,
        };
        caller.dfg.insts[copy].opcode() == expected
    }
}

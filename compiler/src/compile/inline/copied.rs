//! What Cranelift's inlining leaves to be done for a copy: it loses where instructions come from, and names
//! of symbols.
//!
//! It visits the blocks of the body depth first, and appends one instruction to the caller for each that it
//! finds, in that order, and a jump behind each tail call that has become a call. The opcodes are compared, so
//! that a Cranelift which does it otherwise costs positions in backtraces and nothing else.
//!
//! Global values it appends, all of them and in order, but the name of a symbol keeps the number that it has
//! in the body's table of names.

use cranelift_codegen::ir::{self, ExternalName, GlobalValueData, Opcode};
use cranelift_codegen::traversals::Dfs;
use cranelift_entity::EntityRef;

/// A copy of `body` in a caller.
pub struct Copied<'a> {
    body: &'a ir::Function,
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
        body: &'a ir::Function,
    ) -> Copied<'a> {
        Copied {
            body,
            first: caller.dfg.num_insts(),
            first_global: caller.global_values.len(),
            call: caller.srcloc(call),
            is_tail: opcode == Opcode::ReturnCall,
        }
    }

    /// Makes the copy what it should be.
    pub fn complete(&self, caller: &mut ir::Function) {
        self.rename(caller);
        self.locate(caller);
    }

    /// Gives symbols the names that they have in the body.
    fn rename(&self, caller: &mut ir::Function) {
        for (index, original) in self.body.global_values.values().enumerate() {
            let GlobalValueData::Symbol { name: ExternalName::User(name), .. } = original else {
                continue;
            };
            let name = self.body.params.user_named_funcs()[*name].clone();
            let renamed = ExternalName::user(caller.declare_imported_user_function(name));
            let copy = ir::GlobalValue::new(self.first_global + index);
            if let GlobalValueData::Symbol { name, .. } = &mut caller.global_values[copy] {
                *name = renamed;
            }
        }
    }

    /// Gives the instructions of the copy the positions that they have in the body. What has none there, as
    /// everything in an adapter, gets the position of the call.
    fn locate(&self, caller: &mut ir::Function) {
        let mut next = self.first;
        for block in Dfs::new().pre_order_iter(self.body) {
            for original in self.body.layout.block_insts(block) {
                let opcode = self.body.dfg.insts[original].opcode();
                let copy = ir::Inst::from_u32(next as u32);
                if next >= caller.dfg.num_insts() || !self.is_copy(caller, copy, opcode) {
                    return;
                }
                let position = self.body.srcloc(original);
                caller.set_srcloc(copy, if position.is_default() { self.call } else { position });
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

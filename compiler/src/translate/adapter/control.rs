//! Control flow that the recursion prints: conditionals that give values, and loops over elements.

use super::super::builder::WORD;
use super::place::Address;
use super::transfer::Transfer;
use crate::error::Result;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, Type, Value};

/// The two runs of elements that a loop goes over.
#[derive(Clone, Copy)]
pub struct Runs {
    pub source: Value,
    pub source_stride: u32,
    /// Bytes of the source: a multiple of its stride.
    pub source_bytes: Value,
    pub dest: Value,
    pub dest_stride: u32,
}

impl Transfer<'_, '_> {
    /// A block that takes values of these types.
    pub fn join_block(&mut self, types: &[Type]) -> Block {
        let block = self.b.ins.create_block();
        for &ty in types {
            self.b.ins.append_block_param(block, ty);
        }
        block
    }

    /// Ends the current block with a jump that passes these values.
    pub fn jump(&mut self, block: Block, values: &[Value]) {
        let args: Vec<BlockArg> = values.iter().copied().map(BlockArg::Value).collect();
        self.b.ins.ins().jump(block, &args);
    }

    /// Goes on in a block that all of its predecessors are known of; gives its values.
    pub fn enter(&mut self, block: Block) -> Vec<Value> {
        self.b.ins.switch_to_block(block);
        self.b.ins.seal_block(block);
        self.b.ins.block_params(block).to_vec()
    }

    /// `if condition { then } else { otherwise }` with values of these types.
    pub fn if_else<const N: usize>(
        &mut self,
        condition: Value,
        types: [Type; N],
        then: impl FnOnce(&mut Self) -> Result<[Value; N]>,
        otherwise: impl FnOnce(&mut Self) -> Result<[Value; N]>,
    ) -> Result<[Value; N]> {
        let yes = self.b.ins.create_block();
        let no = self.b.ins.create_block();
        let join = self.join_block(&types);
        self.b.ins.ins().brif(condition, yes, &[], no, &[]);
        self.enter(yes);
        let values = then(self)?;
        self.jump(join, &values);
        self.enter(no);
        let values = otherwise(self)?;
        self.jump(join, &values);
        let values = self.enter(join);
        Ok(std::array::from_fn(|i| values[i]))
    }

    /// Prints one loop that calls `body` for the places of each pair of elements.
    pub fn for_each(
        &mut self,
        runs: Runs,
        body: impl FnOnce(&mut Self, Address, Address) -> Result<()>,
    ) -> Result<()> {
        let end = self.b.ins.ins().iadd(runs.source, runs.source_bytes);
        let head = self.join_block(&[WORD, WORD]);
        let inside = self.b.ins.create_block();
        let exit = self.b.ins.create_block();
        self.jump(head, &[runs.source, runs.dest]);
        self.b.ins.switch_to_block(head);
        let (source, dest) = match *self.b.ins.block_params(head) {
            [source, dest] => (source, dest),
            _ => return Err(super::plan::mismatch()),
        };
        let more = self.b.ins.ins().icmp(IntCC::NotEqual, source, end);
        self.b.ins.ins().brif(more, inside, &[], exit, &[]);
        self.enter(inside);
        body(self, Address::new(source), Address::new(dest))?;
        let next_source = self.b.ins.ins().iadd_imm_u(source, i64::from(runs.source_stride));
        let next_dest = self.b.ins.ins().iadd_imm_u(dest, i64::from(runs.dest_stride));
        self.jump(head, &[next_source, next_dest]);
        self.b.ins.seal_block(head);
        self.enter(exit);
        Ok(())
    }
}

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
        let steps = [runs.source_stride, runs.dest_stride];
        self.step_through([runs.source, runs.dest], steps, end, &[], |this, [source, dest], _| {
            body(this, Address::new(source), Address::new(dest))?;
            Ok(Vec::new())
        })?;
        Ok(())
    }

    /// Prints a loop over two addresses, each with a step of its own, until the first one is `end`; `body` makes new
    /// values of old ones, beginning with `kept`. Gives both addresses behind the loop, and the last values. (The end
    /// is looked for behind the body: one jump each time round.)
    pub fn step_through(
        &mut self,
        first: [Value; 2],
        steps: [u32; 2],
        end: Value,
        kept: &[Value],
        body: impl FnOnce(&mut Self, [Value; 2], &[Value]) -> Result<Vec<Value>>,
    ) -> Result<([Value; 2], Vec<Value>)> {
        let mut types = vec![WORD; 2];
        types.extend(kept.iter().map(|&value| self.b.ins.func.dfg.value_type(value)));
        let (head, exit) = (self.join_block(&types), self.join_block(&types));
        let before: Vec<Value> = first.iter().chain(kept).copied().collect();
        self.repeat_unless_at(end, &before, head, exit);
        self.b.ins.switch_to_block(head);
        let values = self.b.ins.block_params(head).to_vec();
        let [at, old] = [&values[..2], &values[2..]];
        let new = body(self, [at[0], at[1]], old)?;
        let mut next: Vec<Value> = Vec::with_capacity(values.len());
        for (&at, step) in at.iter().zip(steps) {
            next.push(self.b.ins.ins().iadd_imm_s(at, i64::from(step)));
        }
        next.extend(new);
        self.repeat_unless_at(end, &next, head, exit);
        self.b.ins.seal_block(head);
        let values = self.enter(exit);
        Ok(([values[0], values[1]], values[2..].to_vec()))
    }

    /// Goes on in `exit` if the first value is `end`, else in `head`.
    fn repeat_unless_at(&mut self, end: Value, values: &[Value], head: Block, exit: Block) {
        let more = self.b.ins.ins().icmp(IntCC::NotEqual, values[0], end);
        let args: Vec<BlockArg> = values.iter().copied().map(BlockArg::Value).collect();
        self.b.ins.ins().brif(more, head, &args, exit, &args);
    }
}

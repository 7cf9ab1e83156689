//! Blocks and branches.
//!
//! A frame's `end` becomes a CLIF block only if a branch needs it; otherwise the operands simply stay on
//! the stack. CLIF blocks are sealed as soon as no further branch can name them.

use super::state::Translation;
use crate::error::Result;
use crate::parse::module::Module;
use crate::translate::builder::value_type;
use cranelift_codegen::ir::{Block, BlockCall, InstBuilder, JumpTableData};
use std::collections::HashMap;
use wasmparser::{BlockType, BrTable, Operator, ValType};
use weldc_abi::Trap;

/// An entry of the control stack.
pub(super) struct Frame {
    kind: Kind,
    ty: BlockType,
    /// Operands below those of the frame, its parameters included in the latter.
    height: usize,
    /// Where branches to the frame's `end` go, once there is one; its parameters are the results.
    end: Option<Block>,
    /// Whether anything goes there but branches that are hinted to be rare.
    warm: bool,
}

#[derive(Clone, Copy)]
enum Kind {
    Block,
    /// The block that branches go to; its parameters are the frame's.
    Loop(Block),
    /// Where execution goes on if the condition is false. The frame's parameters are on the stack twice,
    /// once for either arm.
    If(Block),
    Else,
    /// The clauses of a `try_table` are those of `Handlers` from this one on.
    TryTable(usize),
}

impl Frame {
    /// The frame of a whole function with this type index.
    pub fn function(ty: u32) -> Frame {
        Frame { kind: Kind::Block, ty: BlockType::FuncType(ty), height: 0, end: None, warm: false }
    }
}

fn params(module: &Module, ty: BlockType) -> &[ValType] {
    match ty {
        BlockType::FuncType(index) => module.types[index as usize].params(),
        BlockType::Empty | BlockType::Type(_) => &[],
    }
}

fn results<'t>(module: &'t Module, ty: &'t BlockType) -> &'t [ValType] {
    match ty {
        BlockType::FuncType(index) => module.types[*index as usize].results(),
        BlockType::Type(ty) => std::slice::from_ref(ty),
        BlockType::Empty => &[],
    }
}

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match op {
        Operator::Block { blockty } => t.block(*blockty),
        Operator::Loop { blockty } => t.begin_loop(*blockty),
        Operator::If { blockty } => t.begin_if(*blockty),
        Operator::Else => t.begin_else(),
        Operator::End => t.end(),
        Operator::Br { relative_depth } => t.branch(*relative_depth),
        Operator::BrIf { relative_depth } => t.branch_if(*relative_depth),
        Operator::BrTable { targets } => t.branch_table(targets)?,
        Operator::BrOnNull { relative_depth } => t.branch_on_null(*relative_depth),
        Operator::BrOnNonNull { relative_depth } => t.branch_on_non_null(*relative_depth),
        Operator::Return => t.return_(),
        Operator::Unreachable => t.trap(Trap::Unreachable),
        _ => return Ok(false),
    }
    Ok(true)
}

/// An operator that cannot be reached.
pub(super) fn skip(t: &mut Translation<'_>, op: &Operator<'_>) {
    match op {
        Operator::Block { .. }
        | Operator::Loop { .. }
        | Operator::If { .. }
        | Operator::TryTable { .. }
        | Operator::Try { .. } => t.skipped += 1,
        Operator::End if t.skipped > 0 => t.skipped -= 1,
        Operator::Else if t.skipped == 0 => t.begin_else(),
        Operator::End => t.end(),
        _ => {}
    }
}

impl Translation<'_> {
    /// Ends the zone; what follows is unreachable.
    pub fn trap(&mut self, trap: Trap) {
        self.builder.trap(trap);
        self.reachable = false;
    }

    fn new_block(&mut self, params: &[ValType]) -> Block {
        let block = self.builder.ins.create_block();
        for &ty in params {
            let param = self.builder.ins.append_block_param(block, value_type(ty));
            self.trace(param, ty);
        }
        block
    }

    fn open(&mut self, kind: Kind, ty: BlockType) {
        let height = self.stack.len() - params(self.module, ty).len();
        self.frames.push(Frame { kind, ty, height, end: None, warm: false });
    }

    /// Begins the frame of a `try_table` whose clauses begin with this one.
    pub fn open_try_table(&mut self, first: usize, ty: BlockType) {
        self.open(Kind::TryTable(first), ty);
    }

    fn block(&mut self, ty: BlockType) {
        self.open(Kind::Block, ty);
    }

    fn begin_loop(&mut self, ty: BlockType) {
        let params = params(self.module, ty);
        let header = self.new_block(params);
        self.open(Kind::Loop(header), ty);
        self.jump(header, params.len());
        self.stack.truncate(self.stack.len() - params.len());
        self.enter(header);
    }

    fn begin_if(&mut self, ty: BlockType) {
        let condition = self.pop();
        let then = self.builder.ins.create_block();
        let otherwise = self.builder.ins.create_block();
        self.ins().brif(condition, then, &[], otherwise, &[]);
        if let Some(taken) = self.hint {
            self.builder.ins.set_cold_block(if taken { otherwise } else { then });
        }
        self.open(Kind::If(otherwise), ty);
        let params = params(self.module, ty).len();
        self.stack.extend_from_within(self.stack.len() - params..);
        self.builder.ins.seal_block(then);
        self.builder.ins.seal_block(otherwise);
        self.builder.ins.switch_to_block(then);
    }

    fn begin_else(&mut self) {
        let frame = self.frames.pop().expect("validated: inside a frame");
        let (frame, Kind::If(otherwise)) = self.close_arm(frame) else {
            unreachable!("validated: else belongs to if");
        };
        self.stack.truncate(frame.height + params(self.module, frame.ty).len());
        self.frames.push(Frame { kind: Kind::Else, ..frame });
        self.go_on_in(otherwise);
    }

    /// At the end of an arm, or of a frame: passes its results to the frame's end.
    fn close_arm(&mut self, mut frame: Frame) -> (Frame, Kind) {
        if self.reachable {
            let count = results(self.module, &frame.ty).len();
            frame.warm = true;
            let end = self.end_of(&mut frame);
            self.jump(end, count);
        }
        let kind = frame.kind;
        (frame, kind)
    }

    /// The block of a frame's `end`.
    fn end_of(&mut self, frame: &mut Frame) -> Block {
        match frame.end {
            Some(end) => end,
            None => {
                let end = self.new_block(results(self.module, &frame.ty));
                *frame.end.insert(end)
            }
        }
    }

    fn end(&mut self) {
        let mut frame = self.frames.pop().expect("validated: inside a frame");
        match frame.kind {
            Kind::If(otherwise) => {
                // Without `else`, the other arm passes the parameters on.
                frame = self.close_arm(frame).0;
                let count = params(self.module, frame.ty).len();
                self.stack.truncate(frame.height + count);
                self.go_on_in(otherwise);
            }
            Kind::Loop(header) => self.builder.ins.seal_block(header),
            Kind::TryTable(first) if self.handlers.is_used(first) => {
                frame = self.close_arm(frame).0;
                self.reachable = false;
                self.land(first);
            }
            Kind::TryTable(first) => self.handlers.leave(first),
            Kind::Block | Kind::Else => {}
        }
        if frame.end.is_some() {
            let (frame, _) = self.close_arm(frame);
            self.stack.truncate(frame.height);
            let end = frame.end.expect("just seen");
            self.builder.ins.seal_block(end);
            if !frame.warm {
                self.builder.ins.set_cold_block(end);
            }
            self.enter(end);
        } else if !self.reachable {
            self.stack.truncate(frame.height);
        }
        if self.frames.is_empty() && self.reachable {
            self.settle(self.stack.len());
            self.builder.ins.ins().return_(&self.stack);
            self.reachable = false;
        }
    }

    /// Goes on in `block` with its parameters as operands.
    fn enter(&mut self, block: Block) {
        self.go_on_in(block);
        self.stack.extend_from_slice(self.builder.ins.block_params(block));
    }

    /// Goes on in a block that is not only reached from here.
    fn go_on_in(&mut self, block: Block) {
        self.builder.ins.switch_to_block(block);
        self.reachable = true;
        // A new map: clearing the old one would cost as much as it ever had room for.
        self.checked = HashMap::new();
    }

    /// Jumps to `block` with the last `count` operands, which stay on the stack.
    fn jump(&mut self, block: Block, count: usize) {
        let args = self.branch_args(count);
        self.ins().jump(block, &args);
        self.reuse(args);
    }

    /// Where a branch goes, and how many operands it takes along.
    pub fn target(&mut self, depth: u32) -> (Block, usize) {
        self.target_of(depth, true)
    }

    /// The same; the branch is `warm` unless it is hinted to be rare.
    fn target_of(&mut self, depth: u32, warm: bool) -> (Block, usize) {
        let index = self.frames.len() - 1 - depth as usize;
        let frame = &mut self.frames[index];
        frame.warm |= warm;
        let (kind, ty, end) = (frame.kind, frame.ty, frame.end);
        if let Kind::Loop(header) = kind {
            return (header, params(self.module, ty).len());
        }
        let types = results(self.module, &ty);
        let end = end.unwrap_or_else(|| self.new_block(types));
        self.frames[index].end = Some(end);
        (end, types.len())
    }

    pub fn branch(&mut self, depth: u32) {
        let (block, count) = self.target(depth);
        self.jump(block, count);
        self.reachable = false;
    }

    fn branch_if(&mut self, depth: u32) {
        let condition = self.pop();
        let (block, count) = self.target_of(depth, self.hint != Some(false));
        let next = self.builder.ins.create_block();
        if self.hint == Some(true) {
            self.builder.ins.set_cold_block(next);
        }
        let args = self.branch_args(count);
        self.ins().brif(condition, block, &args, next, &[]);
        self.reuse(args);
        self.builder.ins.seal_block(next);
        self.builder.ins.switch_to_block(next);
    }

    /// The reference is on the stack if there was no branch.
    fn branch_on_null(&mut self, depth: u32) {
        let reference = self.pop();
        let (block, count) = self.target(depth);
        let next = self.builder.ins.create_block();
        let args = self.branch_args(count);
        self.ins().brif(reference, next, &[], block, &args);
        self.reuse(args);
        self.builder.ins.seal_block(next);
        self.builder.ins.switch_to_block(next);
        self.push(reference);
    }

    /// The reference is the last of the operands that the branch takes along.
    fn branch_on_non_null(&mut self, depth: u32) {
        let (block, count) = self.target(depth);
        let next = self.builder.ins.create_block();
        let args = self.branch_args(count);
        let reference = self.pop();
        self.ins().brif(reference, block, &args, next, &[]);
        self.reuse(args);
        self.builder.ins.seal_block(next);
        self.builder.ins.switch_to_block(next);
    }

    /// Every target gets a block of its own that jumps on: the table's entries then have no arguments,
    /// neither now nor from SSA construction, which would be repeated in every entry.
    fn branch_table(&mut self, targets: &BrTable<'_>) -> Result<()> {
        let index = self.pop();
        let mut hops = Hops::default();
        let default = hops.to(self, targets.default());
        let entries =
            targets.targets().map(|depth| Ok(hops.to(self, depth?))).collect::<Result<Vec<_>>>()?;
        let table = JumpTableData::new(default, &entries);
        let table = self.builder.ins.create_jump_table(table);
        self.ins().br_table(index, table);
        for (depth, hop) in hops.order {
            self.builder.ins.seal_block(hop);
            self.builder.ins.switch_to_block(hop);
            let (block, count) = self.target(depth);
            self.jump(block, count);
        }
        self.reachable = false;
        Ok(())
    }

    fn return_(&mut self) {
        let count = results(self.module, &self.frames[0].ty).len();
        self.settle(count);
        let from = self.stack.len() - count;
        self.builder.ins.ins().return_(&self.stack[from..]);
        self.reachable = false;
    }
}

/// The blocks between a jump table and its targets.
#[derive(Default)]
struct Hops {
    blocks: HashMap<u32, BlockCall>,
    /// In the order of first use, which does not depend on hashing.
    order: Vec<(u32, Block)>,
}

impl Hops {
    fn to(&mut self, t: &mut Translation<'_>, depth: u32) -> BlockCall {
        *self.blocks.entry(depth).or_insert_with(|| {
            let ins = &mut t.builder.ins;
            let block = ins.create_block();
            self.order.push((depth, block));
            BlockCall::new(block, [], &mut ins.func.dfg.value_lists)
        })
    }
}

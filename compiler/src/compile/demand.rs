//! What a function asks of the code generator.
//!
//! Three steps of Cranelift take time that is quadratic in something that is small in every function that
//! compilers write, and large in functions that were made to be large. Each is estimated here, in units of
//! a nanosecond or ten; beyond a second or so the step is replaced by one whose time is linear, and whose
//! code is slower.

use cranelift_codegen::Context;
use cranelift_codegen::dominator_tree::DominatorTree;
use cranelift_codegen::ir::{Block, Function, Value};
use cranelift_entity::SecondaryMap;

/// Functions of no more instructions are below all bounds, or nearly.
const FEW_INSTRUCTIONS: usize = 1 << 11;
const MOST_DEPTH: u64 = 1 << 31;
/// Loops around a block.
const MOST_LOOPS: usize = 128;
const MOST_LIVE: u64 = 1 << 25;
const MOST_MERGED: u64 = 1 << 25;

/// Whether any of the estimates can be beyond its bound.
pub fn is_large(func: &Function) -> bool {
    func.dfg.num_insts() > FEW_INSTRUCTIONS
}

/// Whether the optimiser would take too long: for an instruction that depends on little it searches all blocks
/// that dominate the instruction's, and 100,000 checks behind each other are as many blocks. For every
/// instruction it also goes through all loops around it.
pub fn is_deep(context: &mut Context) -> bool {
    context.compute_cfg();
    context.compute_domtree();
    context.compute_loop_analysis();
    let loops = |block| context.loop_analysis.loop_level(block).level();
    depth(&context.func, &context.domtree) > MOST_DEPTH
        || context.func.layout.blocks().any(|block| loops(block) > MOST_LOOPS)
}

/// Whether the usual register allocator would take too long.
pub fn is_crowded(func: &Function) -> bool {
    live(func) > MOST_LIVE || merged(func) > MOST_MERGED
}

/// How many blocks dominate an instruction, added up over all instructions.
fn depth(func: &Function, tree: &DominatorTree) -> u64 {
    let mut depths: SecondaryMap<Block, u64> = SecondaryMap::new();
    let mut total: u64 = 0;
    for &block in tree.cfg_postorder().iter().rev() {
        depths[block] = tree.idom(block).map_or(0, |parent| depths[parent] + 1);
        total += depths[block] * func.layout.block_insts(block).count() as u64;
    }
    total
}

/// How many values live at an instruction, added up over all instructions: the allocator tries each live
/// range against those that overlap with it. Not exact where there are loops.
fn live(func: &Function) -> u64 {
    let mut defined: SecondaryMap<Value, u32> = SecondaryMap::new();
    let mut used: SecondaryMap<Value, u32> = SecondaryMap::new();
    let mut position = 0;
    for block in func.layout.blocks() {
        for &param in func.dfg.block_params(block) {
            defined[param] = position;
        }
        for inst in func.layout.block_insts(block) {
            position += 1;
            for value in func.dfg.inst_values(inst) {
                used[value] = position;
            }
            for &result in func.dfg.inst_results(inst) {
                defined[result] = position;
            }
        }
    }
    used.iter().map(|(value, &last)| u64::from(last.saturating_sub(defined[value]))).sum()
}

/// How many values could share a register with one, because branches pass them on as the same parameter, added
/// up over all such values: the allocator joins them one by one, and looks at all that are joined already.
fn merged(func: &Function) -> u64 {
    let mut classes = Classes::default();
    for block in func.layout.blocks() {
        let Some(last) = func.layout.last_inst(block) else { continue };
        let tables = (&func.stencil.dfg.jump_tables, &func.stencil.dfg.exception_tables);
        for call in func.dfg.insts[last].branch_destination(tables.0, tables.1) {
            let params = func.dfg.block_params(call.block(&func.dfg.value_lists));
            for (arg, &param) in call.args(&func.dfg.value_lists).zip(params) {
                if let Some(arg) = arg.as_value() {
                    classes.join(arg, param);
                }
            }
        }
    }
    classes.sizes.values().map(|&size| u64::from(size).pow(2)).sum()
}

/// Sets of values that are the same but for branches.
#[derive(Default)]
struct Classes {
    /// Another of the same set plus one, or 0 for the one that stands for the set.
    parents: SecondaryMap<Value, u32>,
    /// By that one: how many were joined to it.
    sizes: SecondaryMap<Value, u32>,
}

impl Classes {
    fn find(&mut self, mut value: Value) -> Value {
        while let Some(parent) = self.parents[value].checked_sub(1) {
            let grandparent = self.parents[Value::from_u32(parent)];
            if grandparent > 0 {
                self.parents[value] = grandparent;
            }
            value = Value::from_u32(parent);
        }
        value
    }

    fn join(&mut self, a: Value, b: Value) {
        let (a, b) = (self.find(a), self.find(b));
        if a == b {
            return;
        }
        let (small, large) = if self.sizes[a] < self.sizes[b] { (a, b) } else { (b, a) };
        self.parents[small] = large.as_u32() + 1;
        self.sizes[large] += std::mem::take(&mut self.sizes[small]) + 1;
    }
}

//! What a translation knows at a point of the body.

use super::control::Frame;
use super::exception::Handlers;
use super::locals::Locals;
use super::simd::Machine;
use crate::index::*;
use crate::link::Instance;
use crate::link::core_types::CoreType;
use crate::parse::module::Module;
use crate::translate::builder::{Builder, WORD, core_signature};
use cranelift_codegen::ir::{self, BlockArg, InstBuilder, Value, types};
use cranelift_frontend::FuncInstBuilder;
use std::collections::HashMap;
use wasmparser::{FuncType, RefType, ValType};

/// A function body under translation.
///
/// While `reachable`, the builder's current block is open and the operand stack is what validation says
/// it is. While not, the current block is filled, and operators are skipped until the frame's `else` or
/// `end`.
pub(super) struct Translation<'a> {
    pub builder: Builder<'a>,
    pub instance_id: InstanceId,
    pub instance: &'a Instance,
    pub module: &'a Module,
    /// The module's type index space in canonical types.
    pub types: &'a [CoreType],
    pub stack: Vec<Value>,
    /// Innermost last; the first is the function itself.
    pub frames: Vec<Frame>,
    pub handlers: Handlers,
    pub reachable: bool,
    /// How many frames were opened while unreachable; they are not in `frames`.
    pub skipped: u32,
    pub locals: Locals,
    /// How far behind an index of a memory accesses are known to be in bounds at this point.
    pub checked: HashMap<(MemoryId, Value), u64>,
    /// Whether the branch that is being translated is taken as a rule, if there is a hint.
    pub hint: Option<bool>,
    imported: HashMap<SigId, ir::SigRef>,
    machine: Option<Machine>,
    /// What the operator before this one pushed last, and its type, if that is a reference.
    pub operand: Option<(Value, RefType)>,
    /// What this one pushed last.
    pushed: Option<(Value, RefType)>,
    /// Reused for the arguments of branches and calls.
    branch_args: Vec<BlockArg>,
    call_args: Vec<Value>,
}

impl<'a> Translation<'a> {
    /// At the start of function `func`, its locals not declared.
    pub fn new(builder: Builder<'a>, instance_id: InstanceId, func: u32) -> Self {
        let env = builder.env;
        let instance = &env.program.instances[instance_id];
        let module = &env.parsed.modules[instance.module];
        Translation {
            builder,
            instance_id,
            instance,
            module,
            types: &env.program.module_types[instance.module],
            stack: Vec::new(),
            frames: vec![Frame::function(module.funcs[func as usize])],
            handlers: Handlers::default(),
            reachable: true,
            skipped: 0,
            locals: Locals::default(),
            checked: HashMap::new(),
            hint: None,
            imported: HashMap::new(),
            machine: None,
            operand: None,
            pushed: None,
            branch_args: Vec::new(),
            call_args: Vec::new(),
        }
    }

    pub fn ins(&mut self) -> FuncInstBuilder<'_, 'a> {
        self.builder.ins.ins()
    }

    pub fn push(&mut self, value: Value) {
        self.stack.push(value);
    }

    /// Pushes a value of a type as the module has it.
    pub fn push_typed(&mut self, value: Value, ty: ValType) {
        if let ValType::Ref(reference) = ty {
            self.trace(value, ty);
            self.pushed = Some((value, reference));
        }
        self.push(value);
    }

    /// Notes what types the last operands have as the module sees it.
    pub fn note_types(&mut self, types: &[ValType]) {
        let first = self.stack.len() - types.len();
        for (index, &ty) in (first..).zip(types) {
            let value = self.stack[index];
            self.trace(value, ty);
            if let ValType::Ref(reference) = ty {
                self.pushed = Some((value, reference));
            }
        }
    }

    /// Between two operators.
    pub fn next_operator(&mut self) {
        self.operand = self.pushed.take();
    }

    /// Notes that a value of a type as the module has it is a traced word, if it is one.
    pub fn trace(&mut self, value: Value, ty: ValType) {
        if self.traces(ty) {
            self.builder.trace(value);
        }
    }

    /// Whether values of a type as the module has it are traced words.
    pub fn traces(&self, ty: ValType) -> bool {
        self.builder.env.program.traces_in(self.instance.module, ty)
    }

    pub fn pop(&mut self) -> Value {
        self.stack.pop().expect("validated: an operand")
    }

    /// The last two operands, in the order in which they were pushed.
    pub fn pop2(&mut self) -> (Value, Value) {
        let second = self.pop();
        (self.pop(), second)
    }

    /// The last three operands, in the order in which they were pushed.
    pub fn pop3(&mut self) -> (Value, Value, Value) {
        let third = self.pop();
        let (first, second) = self.pop2();
        (first, second, third)
    }

    /// Pops an index or a count: an `i32`, zero-extended, or an `i64`.
    pub fn pop_index(&mut self) -> Value {
        let value = self.pop();
        self.index(value)
    }

    /// Zero-extends an index of either type.
    pub fn index(&mut self, value: Value) -> Value {
        match self.builder.ins.func.dfg.value_type(value) {
            types::I32 => self.ins().uextend(WORD, value),
            _ => value,
        }
    }

    /// Pushes a 64-bit size as an index type's value.
    pub fn push_size(&mut self, size: Value, wide: bool) {
        let value = if wide { size } else { self.ins().ireduce(types::I32, size) };
        self.push(value);
    }

    /// The last `count` operands as arguments of a branch. To be given back to [`Self::reuse`].
    pub fn branch_args(&mut self, count: usize) -> Vec<BlockArg> {
        self.settle(count);
        let mut args = std::mem::take(&mut self.branch_args);
        args.clear();
        let from = self.stack.len() - count;
        args.extend(self.stack[from..].iter().map(|&value| BlockArg::from(value)));
        args
    }

    pub fn reuse(&mut self, args: Vec<BlockArg>) {
        self.branch_args = args;
    }

    /// Pops the arguments of a call and puts the context before them. To be given back to
    /// [`Self::reuse_call`].
    pub fn pop_call_args(&mut self, count: usize) -> Vec<Value> {
        self.settle(count);
        let mut args = std::mem::take(&mut self.call_args);
        args.clear();
        args.push(self.builder.context);
        args.extend(self.stack.drain(self.stack.len() - count..));
        args
    }

    pub fn reuse_call(&mut self, args: Vec<Value>) {
        self.call_args = args;
    }

    /// The canonical signature of one of the module's types.
    pub fn signature(&self, type_index: u32) -> (SigId, &'a FuncType) {
        let id = self.types[type_index as usize].signature();
        (id, &self.builder.env.program.signatures[id])
    }

    /// What is asked for only by a few operators, and only then found out.
    pub fn machine(&mut self) -> Machine {
        let isa = self.builder.env.isa;
        *self.machine.get_or_insert_with(|| Machine::new(isa))
    }

    /// The CLIF signature of functions of this type.
    pub fn import_signature(&mut self, id: SigId) -> ir::SigRef {
        let ty = &self.builder.env.program.signatures[id];
        let ins = &mut self.builder.ins;
        *self.imported.entry(id).or_insert_with(|| ins.import_signature(core_signature(ty)))
    }
}

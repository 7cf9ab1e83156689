//! Vectors: fixed-width and relaxed SIMD.
//!
//! A `v128` is an `i8x16` wherever its lanes cannot be known: in parameters and results, in locals and
//! globals, and where control flow meets (`Translation::settle`). On the operand stack it has the type of
//! the operator that made it, and takes on the type that the next one wants (`Translation::as_lanes`). A
//! change of type costs no instruction, but it hides an operand from Cranelift's patterns, so the ones that
//! can be avoided are.
//!
//! Lane 0 is the one at the lowest address, on every target: `bitcast` says so by its byte order.
//!
//! One file per kind of operator; each has a function `operator` as the other files of `core` do.

mod conversion;
mod float;
mod integer;
mod lane;
mod logic;
mod memory;
mod relaxed;
mod rounding;

use super::state::Translation;
use crate::error::Result;
use cranelift_codegen::ir::types::I8X16;
use cranelift_codegen::ir::{
    Endianness, Function, Inst, InstBuilder, InstructionData, MemFlagsData, Opcode, Type, Value,
};
use cranelift_frontend::FuncInstBuilder;
use wasmparser::Operator;

pub(super) use relaxed::Machine;
pub(super) use rounding::scalar as round_scalar;

type Ins<'s, 'l> = FuncInstBuilder<'s, 'l>;

/// The type of a vector whose lanes are not known.
pub(super) const V128: Type = I8X16;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    Ok(memory::operator(t, op)?
        || lane::operator(t, op)
        || logic::operator(t, op)
        || integer::operator(t, op)
        || float::operator(t, op)
        || rounding::operator(t, op)
        || conversion::operator(t, op)
        || relaxed::operator(t, op))
}

impl Translation<'_> {
    /// A vector as one of type `ty`.
    fn as_lanes(&mut self, value: Value, ty: Type) -> Value {
        let func = &mut self.builder.ins.func;
        let value = original(func, value);
        if func.dfg.value_type(value) == ty {
            return value;
        }
        let definition = func.dfg.value_def(value).inst();
        match definition.map(|inst| (inst, func.dfg.insts[inst])) {
            Some((_, InstructionData::UnaryConst { opcode: Opcode::Vconst, constant_handle })) => {
                self.ins().vconst(ty, constant_handle)
            }
            Some((inst, InstructionData::Load { opcode: Opcode::Load, .. })) => {
                load_as(func, inst, ty)
            }
            _ => self.ins().bitcast(ty, lane_order(), value),
        }
    }

    /// Gives a value the type that it has in a signature: vectors become `V128`.
    pub fn settled(&mut self, value: Value) -> Value {
        let ty = self.builder.ins.func.dfg.value_type(value);
        if ty.is_vector() && ty != V128 { self.as_lanes(value, V128) } else { value }
    }

    /// Gives the last `count` operands the types that they have in a signature.
    pub fn settle(&mut self, count: usize) {
        for operand in self.stack.len() - count..self.stack.len() {
            self.stack[operand] = self.settled(self.stack[operand]);
        }
    }

    /// Gives two vectors the same type; anything else is returned as it is.
    pub fn alike(&mut self, a: Value, b: Value) -> (Value, Value) {
        let func = &self.builder.ins.func;
        let ty = func.dfg.value_type(original(func, a));
        if !ty.is_vector() {
            return (a, b);
        }
        (self.as_lanes(a, ty), self.as_lanes(b, ty))
    }

    fn pop_lanes(&mut self, ty: Type) -> Value {
        let value = self.pop();
        self.as_lanes(value, ty)
    }

    /// The last two operands, in the order in which they were pushed.
    fn pop2_lanes(&mut self, ty: Type) -> (Value, Value) {
        let second = self.pop_lanes(ty);
        (self.pop_lanes(ty), second)
    }

    /// The last three operands, in the order in which they were pushed.
    fn pop3_lanes(&mut self, ty: Type) -> (Value, Value, Value) {
        let third = self.pop_lanes(ty);
        let (first, second) = self.pop2_lanes(ty);
        (first, second, third)
    }
}

/// How a `bitcast` numbers lanes.
fn lane_order() -> MemFlagsData {
    MemFlagsData::new().with_endianness(Endianness::Little)
}

/// What a vector was before its type was changed.
fn original(func: &Function, value: Value) -> Value {
    let value = func.dfg.resolve_aliases(value);
    match func.dfg.value_def(value).inst() {
        Some(inst) if func.dfg.insts[inst].opcode() == Opcode::Bitcast => {
            let argument = func.dfg.resolve_aliases(func.dfg.inst_args(inst)[0]);
            if func.dfg.value_type(argument).is_vector() { argument } else { value }
        }
        _ => value,
    }
}

/// Makes a load of a vector one of type `ty`, and what it was a change of type: an instruction with
/// a memory operand takes a load of its own type only.
fn load_as(func: &mut Function, inst: Inst, ty: Type) -> Value {
    let location = func.srcloc(inst);
    let data = func.dfg.insts[inst];
    let load = func.dfg.make_inst(data);
    func.dfg.make_inst_results(load, ty);
    func.layout.insert_inst(load, inst);
    func.set_srcloc(load, location);
    let value = func.dfg.first_result(load);
    let flags = func.dfg.mem_flags.insert(lane_order()).expect("few distinct flags");
    func.dfg.insts[inst] =
        InstructionData::LoadNoOffset { opcode: Opcode::Bitcast, flags, arg: value };
    value
}

/// An operator that takes and gives a vector of type `ty`, or takes that and gives anything.
fn unary(t: &mut Translation<'_>, ty: Type, emit: impl FnOnce(Ins<'_, '_>, Value) -> Value) {
    let x = t.pop_lanes(ty);
    let value = emit(t.ins(), x);
    t.push(value);
}

/// An operator that takes two vectors of type `ty`.
fn binary(
    t: &mut Translation<'_>,
    ty: Type,
    emit: impl FnOnce(Ins<'_, '_>, Value, Value) -> Value,
) {
    let (x, y) = t.pop2_lanes(ty);
    let value = emit(t.ins(), x, y);
    t.push(value);
}

//! Wasm locals: variables of the SSA construction, or slots in the frame.
//!
//! A body of a few bytes may declare 50,000 locals, so nothing is done for a local that is not touched:
//! types are kept as runs, and a variable is declared when it is first used.
//!
//! SSA construction keeps a word for every variable and every block behind it, which is quadratic in the
//! size of a body that has many of both. Beyond a budget, which real code does not reach, locals live in
//! the frame.

use super::state::Translation;
use crate::error::{Error, Result};
use crate::translate::builder::{Region, WORD, value_type};
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, StackSlotData, StackSlotKind, Value};
use cranelift_frontend::Variable;
use wasmparser::{LocalsReader, ValType};
use weldc_abi::symbols::Function as RuntimeFn;

/// Most words that SSA construction may use for variables.
const BUDGET: usize = 1 << 26;
/// Most variables: removing a superfluous parameter from a loop's header moves all that follow it.
const MAX_VARIABLES: usize = 4096;
/// Bytes of body that a block of CLIF needs, at least.
const BYTES_PER_BLOCK: usize = 2;
/// Bytes of a local in the frame: room for the largest type, `v128`.
const SLOT_SIZE: u32 = 16;

#[derive(Default)]
pub(super) struct Locals {
    /// Index behind the last of a run of equal types, ascending.
    runs: Vec<(u32, ValType)>,
    /// For each of the first locals its variable plus one, or 0 before it is first used. (Zeros cost
    /// nothing to allocate.)
    variables: Vec<u32>,
    /// The address of the other locals. One value for all: an address for each would live as long as it.
    frame: Option<Value>,
}

/// Where a local lives.
enum Place {
    Variable(Variable),
    Slot(Value, i32),
}

impl Locals {
    fn declare(&mut self, count: u32, ty: ValType) {
        let end = self.count() + count;
        match self.runs.last_mut() {
            Some(run) if run.1 == ty => run.0 = end,
            _ => self.runs.push((end, ty)),
        }
    }

    fn count(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.0)
    }

    /// As the module has it.
    fn ty(&self, local: u32) -> ValType {
        let run = self.runs.partition_point(|run| run.0 <= local);
        self.runs[run].1
    }
}

impl Translation<'_> {
    /// Reads the declarations of the body, of `size` bytes, of function `func` and gives parameters and
    /// locals their first values.
    pub fn declare_locals(
        &mut self,
        func: u32,
        reader: &mut LocalsReader<'_>,
        size: usize,
    ) -> Result<()> {
        let params = self.builder.params.clone();
        for &ty in self.module.func_type(func).params() {
            self.locals.declare(1, ty);
        }
        for _ in 0..reader.get_count() {
            let (count, ty) = reader.read()?;
            self.locals.declare(count, ty);
        }
        self.place_locals(size)?;
        for (local, &param) in params.iter().enumerate() {
            self.local_set(local as u32, param);
        }
        Ok(())
    }

    fn place_locals(&mut self, size: usize) -> Result<()> {
        let count = self.locals.count() as usize;
        let affordable = BUDGET / (size / BYTES_PER_BLOCK + 1);
        let variables = count.min(affordable).min(MAX_VARIABLES);
        self.locals.variables = vec![0; variables];
        if variables < count {
            self.refuse_traced_from(variables)?;
            let bytes = (count - variables) as u32 * SLOT_SIZE;
            self.locals.frame = Some(self.zeroed_frame(bytes));
        }
        Ok(())
    }

    /// The collector finds variables, but nothing in a slot for many locals.
    fn refuse_traced_from(&self, first: usize) -> Result<()> {
        let beyond = |run: &&(u32, ValType)| run.0 as usize > first;
        if self.locals.runs.iter().filter(beyond).any(|run| self.traces(run.1)) {
            return Err(Error::new(
                "a function of this size has too many locals that refer to objects",
            ));
        }
        Ok(())
    }

    fn zeroed_frame(&mut self, bytes: u32) -> Value {
        let data = StackSlotData::new(StackSlotKind::ExplicitSlot, bytes, 4);
        let slot = self.builder.ins.create_sized_stack_slot(data);
        let address = self.ins().stack_addr(WORD, slot, 0);
        let zero = self.builder.iconst32(0);
        let bytes = self.builder.iconst(i64::from(bytes));
        self.builder.runtime(RuntimeFn::MemoryFill, &[address, zero, bytes]);
        address
    }

    fn place(&mut self, local: u32) -> Place {
        let index = local as usize;
        match self.locals.variables.get(index) {
            Some(0) => {
                // A variable that is used before it is defined is 0 on entry: that is what the SSA
                // construction does, and what locals start as.
                let ty = self.locals.ty(local);
                let variable = self.builder.ins.declare_var(value_type(ty));
                if self.traces(ty) {
                    self.builder.ins.declare_var_needs_stack_map(variable);
                }
                self.locals.variables[index] = variable.as_u32() + 1;
                Place::Variable(variable)
            }
            Some(&variable) => Place::Variable(Variable::from_u32(variable - 1)),
            None => {
                let frame = self.locals.frame.expect("place_locals made it");
                let number = local - self.locals.variables.len() as u32;
                Place::Slot(frame, (number * SLOT_SIZE) as i32)
            }
        }
    }

    pub fn local_get(&mut self, local: u32) -> (Value, ValType) {
        let ty = self.locals.ty(local);
        let value = match self.place(local) {
            Place::Variable(variable) => self.builder.ins.use_var(variable),
            Place::Slot(frame, offset) => {
                let flags = self.builder.flags_in(Region::Locals, MemFlagsData::trusted());
                self.ins().load(value_type(ty), flags, frame, offset)
            }
        };
        (value, ty)
    }

    pub fn local_set(&mut self, local: u32, value: Value) {
        let value = self.settled(value);
        match self.place(local) {
            Place::Variable(variable) => self.builder.ins.def_var(variable, value),
            Place::Slot(frame, offset) => {
                let flags = self.builder.flags_in(Region::Locals, MemFlagsData::trusted());
                self.ins().store(flags, value, frame, offset);
            }
        }
    }
}

//! A function body: validated, and what it uses of its module noted down on the way.
//!
//! One pass over the operators serves both, on the thread that has the body at hand. What is noted is all
//! that the facts about a program (`crate::facts`) need to know of code.

use super::module::{Target, Use, Uses};
use crate::error::Result;
use wasmparser::{
    BinaryReader, FrameStack, FuncToValidate, FuncValidatorAllocations, FunctionBody, Operator,
    ValidatorResources,
};

/// A function body that is yet to be validated.
pub(super) struct Unchecked<'a> {
    pub func: FuncToValidate<ValidatorResources>,
    pub body: FunctionBody<'a>,
}

impl Unchecked<'_> {
    pub fn check(self, allocations: &mut FuncValidatorAllocations) -> Result<Uses> {
        let mut validator = self.func.into_validator(std::mem::take(allocations));
        let mut reader = self.body.get_binary_reader();
        validator.read_locals(&mut reader)?;
        let mut notes = Notes::default();
        while !reader.eof() {
            let operator = reader.clone();
            let mut visitor = validator.visitor(reader.original_position());
            reader.visit_operator(&mut visitor)??;
            notes.operator(&operator, &visitor);
        }
        reader.finish_expression(&validator.visitor(reader.original_position()))?;
        *allocations = validator.into_allocations();
        Ok(notes.finish())
    }
}

/// First bytes of operators.
mod opcode {
    pub const END: u8 = 0x0b;
    pub const LOCAL_GET: u8 = 0x20;
    pub const I32_CONST: u8 = 0x41;

    /// Whether operators that begin so can be of interest.
    pub fn is_noted(opcode: u8) -> bool {
        const CALLS: [u8; 6] = [0x10, 0x11, 0x12, 0x13, 0x14, 0x15];
        const GLOBAL_SET: u8 = 0x24;
        const TABLES: [u8; 2] = [0x25, 0x26];
        const MEMORY_GROW: u8 = 0x40;
        const REF_FUNC: u8 = 0xd2;
        const PREFIXES: [u8; 2] = [0xfb, 0xfc];
        CALLS.contains(&opcode)
            || TABLES.contains(&opcode)
            || PREFIXES.contains(&opcode)
            || matches!(opcode, GLOBAL_SET | MEMORY_GROW | REF_FUNC)
    }
}

/// What has been seen of a body.
#[derive(Default)]
struct Notes<'a> {
    uses: Vec<Use>,
    shape: Shape,
    /// The last operator, if it was `i32.const`.
    constant: Option<BinaryReader<'a>>,
}

/// How far a body looks like one that only forwards its parameters.
enum Shape {
    /// So many parameters have been read, in order.
    Params(u32),
    /// …and then the index of an indirect call.
    Index(u32),
    Called(Target),
    Ended(Target),
    Other,
}

impl Shape {
    fn is_open(&self) -> bool {
        matches!(self, Shape::Params(_) | Shape::Index(_))
    }

    /// After any operator that is none of these.
    fn end(&mut self, is_end: bool) {
        *self = match *self {
            Shape::Called(target) if is_end => Shape::Ended(target),
            _ => Shape::Other,
        };
    }
}

impl Default for Shape {
    fn default() -> Self {
        Shape::Params(0)
    }
}

impl<'a> Notes<'a> {
    /// Notes down the operator at `reader`, which is valid. Most are known to be of no interest by their first
    /// byte, so only few are decoded once more.
    fn operator(&mut self, reader: &BinaryReader<'a>, frames: &impl FrameStack) {
        let opcode = reader.clone().read_u8().unwrap_or_default();
        let constant = self.constant.take();
        if opcode == opcode::I32_CONST {
            self.constant = Some(reader.clone());
        }
        let noted = opcode::is_noted(opcode);
        let shapes =
            matches!(opcode, opcode::LOCAL_GET | opcode::I32_CONST) && self.shape.is_open();
        if !noted && !shapes {
            self.shape.end(opcode == opcode::END);
            return;
        }
        let Ok(op) = reader.peek_operator(frames) else { return };
        if noted {
            let constant = constant.and_then(|reader| match reader.peek_operator(frames) {
                Ok(Operator::I32Const { value }) => Some(value as u32),
                _ => None,
            });
            self.note(&op, constant);
        }
        self.shape(&op);
    }

    /// `constant` is the operand of the `i32.const` before.
    fn note(&mut self, op: &Operator<'_>, constant: Option<u32>) {
        match *op {
            Operator::Call { function_index: func }
            | Operator::ReturnCall { function_index: func } => {
                self.uses.push(Use::Call(Target::Function(func), 1));
            }
            Operator::CallIndirect { type_index: ty, table_index: table }
            | Operator::ReturnCallIndirect { type_index: ty, table_index: table } => {
                let target = match constant {
                    Some(index) => Target::Element { ty, table, index },
                    None => Target::Table { ty, table },
                };
                self.uses.push(Use::Call(target, 1));
            }
            Operator::CallRef { type_index: ty } | Operator::ReturnCallRef { type_index: ty } => {
                self.uses.push(Use::Call(Target::Reference { ty }, 1));
            }
            Operator::RefFunc { function_index } => self.uses.push(Use::Reference(function_index)),
            Operator::GlobalSet { global_index } => self.uses.push(Use::GlobalSet(global_index)),
            Operator::MemoryGrow { mem } => self.uses.push(Use::MemoryGrow(mem)),
            _ => self.table(op),
        }
    }

    fn table(&mut self, op: &Operator<'_>) {
        match *op {
            Operator::TableGet { table } => self.uses.push(Use::TableRead(table)),
            Operator::TableSet { table } | Operator::TableFill { table } => {
                self.uses.push(Use::TableWrite(table));
            }
            Operator::TableGrow { table } => self.uses.push(Use::TableGrow(table)),
            Operator::TableCopy { dst_table, src_table } => {
                self.uses.extend([Use::TableWrite(dst_table), Use::TableRead(src_table)]);
            }
            Operator::TableInit { elem_index, table } => {
                self.uses.extend([Use::TableWrite(table), Use::Segment(elem_index)]);
            }
            Operator::ArrayNewElem { array_elem_index, .. }
            | Operator::ArrayInitElem { array_elem_index, .. } => {
                self.uses.push(Use::Segment(array_elem_index));
            }
            _ => {}
        }
    }

    fn shape(&mut self, op: &Operator<'_>) {
        self.shape = match (&self.shape, op) {
            (Shape::Other, _) => return,
            (Shape::Params(count), Operator::LocalGet { local_index }) if local_index == count => {
                Shape::Params(count + 1)
            }
            (Shape::Params(_), &Operator::I32Const { value }) => Shape::Index(value as u32),
            (
                Shape::Params(_),
                &(Operator::Call { function_index: func }
                | Operator::ReturnCall { function_index: func }),
            ) => Shape::Called(Target::Function(func)),
            (
                &Shape::Index(index),
                &(Operator::CallIndirect { type_index: ty, table_index: table }
                | Operator::ReturnCallIndirect { type_index: ty, table_index: table }),
            ) => Shape::Called(Target::Element { ty, table, index }),
            _ => Shape::Other,
        };
    }

    fn finish(mut self) -> Uses {
        self.uses.sort_unstable();
        self.uses.dedup_by(|again, first| match (again, first) {
            (Use::Call(target, sites), Use::Call(first, count)) if target == first => {
                *count += *sites;
                true
            }
            (again, first) => again == first,
        });
        let forward = match self.shape {
            Shape::Ended(target) => Some(target),
            _ => None,
        };
        Uses { all: self.uses.into(), forward }
    }
}

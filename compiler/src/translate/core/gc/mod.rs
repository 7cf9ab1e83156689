//! Objects: structs, arrays and i31s, and the tests and casts of references to them.
//!
//! `weldc_abi::gc` says what a reference and an object look like. An object's type is one number, and a type
//! is followed by its subtypes (`link::core_types`), so every test of a type is a comparison or a range.
//!
//! The collector moves objects. A value that is a traced word is told to the builder where it comes into
//! being ([`Builder::trace`]); the frontend then keeps it in the frame across every call and loads it again
//! after that. So no value made from a reference, like the address of an element, may be used behind a call
//! that can collect; and no load of a field may be marked as one that can move, not even of an immutable
//! one: Cranelift places such loads where their value is used, and behind a call they would read where the
//! object was.
//!
//! Accesses check for null by themselves: nothing is at the addresses that null and the offset of a field
//! give, and the fault is found in the artefact's table as that of any access to a memory.
//!
//! `object` allocates and accesses, for everybody; `constant` runs constant expressions when instantiation
//! does.
//!
//! [`Builder::trace`]: crate::translate::builder::Builder::trace

mod array;
mod cast;
pub(in crate::translate) mod constant;
pub(in crate::translate) mod object;
mod range;
mod structure;

use super::state::Translation;
use crate::error::Result;
use crate::parse::module::Composite;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};
use wasmparser::{HeapType, Operator, RefType, StorageType, UnpackedIndex, ValType};
use weldc_abi::Trap;

/// Whether `op` is one of these; if so, it is translated.
pub(super) fn operator(t: &mut Translation<'_>, op: &Operator<'_>) -> Result<bool> {
    match *op {
        Operator::RefEq => {
            let (a, b) = t.pop2();
            let equal = t.ins().icmp(IntCC::Equal, a, b);
            let equal = t.ins().uextend(types::I32, equal);
            t.push(equal);
        }
        Operator::RefI31 => {
            let value = t.pop();
            let word = object::i31(&mut t.builder, value);
            t.push(word);
        }
        Operator::I31GetS => {
            let bits = pop_i31(t);
            let value = t.ins().sshr_imm_u(bits, 1);
            t.push(value);
        }
        Operator::I31GetU => {
            let bits = pop_i31(t);
            let value = t.ins().ushr_imm_u(bits, 1);
            t.push(value);
        }
        Operator::AnyConvertExtern => convert(t, RefType::ANY),
        Operator::ExternConvertAny => convert(t, RefType::EXTERN),
        _ => {
            return Ok(structure::operator(t, op)
                || array::operator(t, op)
                || range::operator(t, op)
                || cast::operator(t, op)?);
        }
    }
    Ok(true)
}

/// The low half of an i31's word; traps on null.
fn pop_i31(t: &mut Translation<'_>) -> Value {
    let (reference, may_be_null) = t.pop_reference();
    if may_be_null {
        t.builder.trap_unless(reference, Trap::NullReference);
    }
    t.ins().ireduce(types::I32, reference)
}

/// A reference is the same word on either side.
fn convert(t: &mut Translation<'_>, to: RefType) {
    let nullable = t.operand_type().is_none_or(|ty| ty.is_nullable());
    let to = if nullable { to } else { to.as_non_null() };
    let value = t.pop();
    t.push_typed(value, ValType::Ref(to));
}

impl Translation<'_> {
    /// The type of the last operand, if it is known to be more special than what the operator asks for.
    fn operand_type(&self) -> Option<RefType> {
        let (value, ty) = self.operand?;
        (self.stack.last() == Some(&value)).then_some(ty)
    }

    /// Pushes an object that was just made.
    fn push_object(&mut self, object: Value, type_index: u32) {
        let heap = HeapType::Concrete(UnpackedIndex::Module(type_index));
        match RefType::new(false, heap) {
            Some(ty) => self.push_typed(object, ValType::Ref(ty)),
            None => self.push(object),
        }
    }

    /// Pushes what was loaded from a field, or from an element.
    fn push_field(&mut self, value: Value, type_index: u32, field: usize) {
        let field = match &self.module.type_defs[type_index as usize].composite {
            Composite::Struct(fields) => fields.get(field),
            Composite::Array(element) => Some(element),
            Composite::Func => None,
        };
        match field.map(|field| field.element_type) {
            Some(StorageType::Val(ty)) => self.push_typed(value, ty),
            _ => self.push(value),
        }
    }

    /// Pops a reference, and whether it can be null.
    fn pop_reference(&mut self) -> (Value, bool) {
        let may_be_null = self.operand_type().is_none_or(|ty| ty.is_nullable());
        (self.pop(), may_be_null)
    }
}

//! Component values as trees, and calls of exported functions with them.
//!
//! ```text
//!  values ──store──▶ memory in the host's layout ──call──▶ memory ──fetch──▶ value
//! ```
//! The memory has the host's layout (`Abi::NATIVE`, docs/native-abi.md), and the entries that are called are
//! the packed ones, so nothing here depends on how the target passes arguments. Types come from the compiler;
//! a value says no more than its type leaves open, so labels are numbers here.

mod call;
mod fetch;
mod store;
#[cfg(test)]
mod tests;

pub use call::{Call, Returned};

use weldc_compiler::types::Type;

/// A value of a component type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Bool(bool),
    S8(i8),
    U8(u8),
    S16(i16),
    U16(u16),
    S32(i32),
    U32(u32),
    S64(i64),
    U64(u64),
    /// The bits of an `f32`.
    F32(u32),
    /// The bits of an `f64`.
    F64(u64),
    Char(char),
    String(String),
    /// Of a list, whether its length is fixed or not.
    List(Vec<Value>),
    Map(Vec<(Value, Value)>),
    /// The fields of a record or tuple, in order.
    Record(Vec<Value>),
    /// The case of a variant, an enum, an option (`none` is 0) or a result (`ok` is 0), and its payload.
    Variant(u32, Option<Box<Value>>),
    /// Bit n stands for label n.
    Flags(u32),
    /// What stands for a resource, stream, future or error context on the host's side.
    Handle(u64),
}

/// What a type is called in messages.
fn kind(ty: &Type) -> &'static str {
    match ty {
        Type::List(_) => "list",
        Type::FixedList(..) => "list of fixed length",
        Type::Map(..) => "map",
        Type::Record(_) => "record",
        Type::Tuple(_) => "tuple",
        Type::Variant(_) => "variant",
        Type::Enum(_) => "enum",
        Type::Option(_) => "option",
        Type::Result { .. } => "result",
        Type::Flags(_) => "flags",
        Type::Own(_) | Type::Borrow(_) => "resource",
        Type::Stream(_) => "stream",
        Type::Future(_) => "future",
        leaf => leaf.keyword().unwrap_or("value"),
    }
}

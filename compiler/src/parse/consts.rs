//! Constant expressions → [`ConstExpr`].

use super::module::{ConstExpr, ConstOp, Unsupported};
use crate::error::Result;
use wasmparser::Operator;

/// Reads a validated constant expression. One that uses an operator outside [`ConstOp`] leaves a note
/// in `unsupported` and comes back empty; nobody may evaluate it then.
pub fn read(
    expr: &wasmparser::ConstExpr<'_>,
    unsupported: &mut Option<Unsupported>,
) -> Result<ConstExpr> {
    let mut ops = ConstExpr::new();
    let mut reader = expr.get_operators_reader();
    while !reader.eof() {
        let offset = reader.original_position() as usize;
        match convert(&reader.read()?) {
            Converted::Op(op) => ops.push(op),
            Converted::End => break,
            Converted::Unsupported => {
                let what = "an operator of this constant expression".to_string();
                unsupported.get_or_insert(Unsupported { offset, what });
                return Ok(ConstExpr::new());
            }
        }
    }
    Ok(ops)
}

enum Converted {
    Op(ConstOp),
    End,
    Unsupported,
}

fn convert(op: &Operator<'_>) -> Converted {
    Converted::Op(match *op {
        Operator::I32Const { value } => ConstOp::I32(value),
        Operator::I64Const { value } => ConstOp::I64(value),
        Operator::F32Const { value } => ConstOp::F32(value.bits()),
        Operator::F64Const { value } => ConstOp::F64(value.bits()),
        Operator::V128Const { value } => ConstOp::V128(u128::from_le_bytes(*value.bytes())),
        Operator::GlobalGet { global_index } => ConstOp::GlobalGet(global_index),
        Operator::RefFunc { function_index } => ConstOp::RefFunc(function_index),
        Operator::RefNull { .. } => ConstOp::RefNull,
        Operator::RefI31 => ConstOp::RefI31,
        Operator::AnyConvertExtern | Operator::ExternConvertAny => ConstOp::Convert,
        Operator::StructNew { struct_type_index: ty } => ConstOp::StructNew(ty),
        Operator::StructNewDefault { struct_type_index: ty } => ConstOp::StructNewDefault(ty),
        Operator::ArrayNew { array_type_index: ty } => ConstOp::ArrayNew(ty),
        Operator::ArrayNewDefault { array_type_index: ty } => ConstOp::ArrayNewDefault(ty),
        Operator::ArrayNewFixed { array_type_index: ty, array_size } => {
            ConstOp::ArrayNewFixed(ty, array_size)
        }
        Operator::I32Add => ConstOp::I32Add,
        Operator::I32Sub => ConstOp::I32Sub,
        Operator::I32Mul => ConstOp::I32Mul,
        Operator::I64Add => ConstOp::I64Add,
        Operator::I64Sub => ConstOp::I64Sub,
        Operator::I64Mul => ConstOp::I64Mul,
        Operator::End => return Converted::End,
        _ => return Converted::Unsupported,
    })
}

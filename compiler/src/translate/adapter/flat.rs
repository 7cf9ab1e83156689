//! Core values of flattened sums (CanonicalABI.md, `flatten_variant`, `join`): one flat value serves
//! payloads of different types, so that it is narrowed when a payload is lifted from it and widened when
//! one is lowered to it.

use super::super::builder::Builder;
use crate::index::TypeId;
use crate::types::layout::{MAX_FLAT_PARAMS, join};
use crate::types::{Abi, FlatType, Types};
use cranelift_codegen::ir::{self, InstBuilder, MemFlagsData, Value, types};

/// The CLIF type of a flat value.
pub fn clif(ty: FlatType) -> ir::Type {
    match ty {
        FlatType::I32 => types::I32,
        FlatType::I64 => types::I64,
        FlatType::F32 => types::F32,
        FlatType::F64 => types::F64,
    }
}

/// The flat values that follow the discriminant of a sum with these payloads.
pub fn joined(types: &Types, abi: Abi, cases: &[Option<TypeId>]) -> Vec<FlatType> {
    let mut joined: Vec<FlatType> = Vec::new();
    for &case in cases.iter().flatten() {
        let mut flat = Vec::new();
        types.flatten(abi, case, MAX_FLAT_PARAMS, &mut flat);
        for (i, ty) in flat.into_iter().enumerate() {
            match joined.get_mut(i) {
                Some(slot) => *slot = join(*slot, ty),
                None => joined.push(ty),
            }
        }
    }
    joined
}

fn bits(b: &mut Builder<'_>, ty: ir::Type, value: Value) -> Value {
    b.ins.ins().bitcast(ty, MemFlagsData::new(), value)
}

/// The payload's value in a joined one.
pub fn narrow(b: &mut Builder<'_>, value: Value, want: FlatType) -> Value {
    let have = b.ins.func.dfg.value_type(value);
    let want = clif(want);
    match (have, want) {
        (types::I32, types::F32) | (types::I64, types::F64) => bits(b, want, value),
        (types::I64, types::I32) => b.ins.ins().ireduce(want, value),
        (types::I64, types::F32) => {
            let low = b.ins.ins().ireduce(types::I32, value);
            bits(b, want, low)
        }
        _ => value,
    }
}

/// A payload's value as the joined one.
pub fn widen(b: &mut Builder<'_>, value: Value, have: FlatType, want: FlatType) -> Value {
    match (have, want) {
        (FlatType::F32, FlatType::I32) => bits(b, types::I32, value),
        (FlatType::F64, FlatType::I64) => bits(b, types::I64, value),
        (FlatType::I32, FlatType::I64) => b.ins.ins().uextend(types::I64, value),
        (FlatType::F32, FlatType::I64) => {
            let low = bits(b, types::I32, value);
            b.ins.ins().uextend(types::I64, low)
        }
        _ => value,
    }
}

/// What stands where the active case has no value.
pub fn zero(b: &mut Builder<'_>, ty: FlatType) -> Value {
    match ty {
        FlatType::I32 => b.ins.ins().iconst(types::I32, 0),
        FlatType::I64 => b.ins.ins().iconst(types::I64, 0),
        FlatType::F32 => b.ins.ins().f32const(0.0),
        FlatType::F64 => b.ins.ins().f64const(0.0),
    }
}

//! Component types as types of crate wasm-wave.

use anyhow::{Result, anyhow};
use wasm_wave::value::Type as WaveType;
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Type, Types};

/// What in this type cannot be written as WAVE, if anything.
pub fn inexpressible(types: &Types, id: TypeId) -> Option<&'static str> {
    let what = match types.get(id) {
        Type::Own(_) | Type::Borrow(_) => "a resource",
        Type::Stream(_) => "a stream",
        Type::Future(_) => "a future",
        Type::ErrorContext => "an error-context",
        Type::FixedList(..) => "a list of fixed length",
        _ => return types.children(id).into_iter().find_map(|child| inexpressible(types, child)),
    };
    Some(what)
}

/// The type in WAVE's terms.
pub fn ty(types: &Types, id: TypeId) -> Result<WaveType> {
    let of = |id: TypeId| ty(types, id);
    let of_payload = |id: &Option<TypeId>| id.map(of).transpose();
    let wave = match types.get(id) {
        Type::Bool => Some(WaveType::BOOL),
        Type::S8 => Some(WaveType::S8),
        Type::U8 => Some(WaveType::U8),
        Type::S16 => Some(WaveType::S16),
        Type::U16 => Some(WaveType::U16),
        Type::S32 => Some(WaveType::S32),
        Type::U32 => Some(WaveType::U32),
        Type::S64 => Some(WaveType::S64),
        Type::U64 => Some(WaveType::U64),
        Type::F32 => Some(WaveType::F32),
        Type::F64 => Some(WaveType::F64),
        Type::Char => Some(WaveType::CHAR),
        Type::String => Some(WaveType::STRING),
        Type::List(element) => Some(WaveType::list(of(*element)?)),
        Type::Map(key, value) => WaveType::map(of(*key)?, of(*value)?),
        Type::Record(fields) => {
            let fields = fields.iter().map(|f| Ok((&f.name[..], of(f.ty)?)));
            WaveType::record(fields.collect::<Result<Vec<_>>>()?)
        }
        Type::Tuple(elements) => {
            WaveType::tuple(elements.iter().map(|&id| of(id)).collect::<Result<Vec<_>>>()?)
        }
        Type::Variant(cases) => {
            let cases = cases.iter().map(|c| Ok((&c.name[..], of_payload(&c.ty)?)));
            WaveType::variant(cases.collect::<Result<Vec<_>>>()?)
        }
        Type::Enum(names) => WaveType::enum_ty(names.iter().map(|name| &name[..])),
        Type::Option(some) => Some(WaveType::option(of(*some)?)),
        Type::Result { ok, err } => Some(WaveType::result(of_payload(ok)?, of_payload(err)?)),
        Type::Flags(labels) => WaveType::flags(labels.iter().map(|label| &label[..])),
        Type::FixedList(..)
        | Type::Own(_)
        | Type::Borrow(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::ErrorContext => None,
    };
    wave.ok_or_else(|| anyhow!("a value of this type cannot be written as WAVE"))
}

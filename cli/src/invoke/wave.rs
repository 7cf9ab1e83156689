//! Component types and values in the terms of crate wasm-wave, and back.

use anyhow::{Context, Result, anyhow, bail};
use std::borrow::Cow;
use wasm_wave::value::{Type as WaveType, Value as WaveValue};
use wasm_wave::wasm::{WasmType, WasmValue};
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Type, Types};
use weldc_values::Value;

/// What in this type cannot be written as WAVE, if anything.
pub fn inexpressible(types: &Types, id: TypeId) -> Option<&'static str> {
    let what = match types.get(id) {
        Type::Own(_) | Type::Borrow(_) => "a resource",
        Type::Stream(_) => "a stream",
        Type::Future(_) => "a future",
        Type::ErrorContext => "an error-context",
        _ => return types.children(id).into_iter().find_map(|child| inexpressible(types, child)),
    };
    Some(what)
}

fn unwritable() -> anyhow::Error {
    anyhow!("a value of this type cannot be written as WAVE")
}

/// The type in WAVE's terms. A list of fixed length is a list there; its length is checked when the value is
/// laid out.
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
        Type::List(element) | Type::FixedList(element, _) => Some(WaveType::list(of(*element)?)),
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
        Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_) | Type::ErrorContext => {
            None
        }
    };
    wave.ok_or_else(unwritable)
}

/// WAVE's value of type `id` as ours.
pub fn read(types: &Types, id: TypeId, value: &WaveValue) -> Result<Value> {
    let of = |id: TypeId, value: &WaveValue| read(types, id, value);
    Ok(match types.get(id) {
        Type::Bool => Value::Bool(value.unwrap_bool()),
        Type::S8 => Value::S8(value.unwrap_s8()),
        Type::U8 => Value::U8(value.unwrap_u8()),
        Type::S16 => Value::S16(value.unwrap_s16()),
        Type::U16 => Value::U16(value.unwrap_u16()),
        Type::S32 => Value::S32(value.unwrap_s32()),
        Type::U32 => Value::U32(value.unwrap_u32()),
        Type::S64 => Value::S64(value.unwrap_s64()),
        Type::U64 => Value::U64(value.unwrap_u64()),
        Type::F32 => Value::F32(value.unwrap_f32().to_bits()),
        Type::F64 => Value::F64(value.unwrap_f64().to_bits()),
        Type::Char => Value::Char(value.unwrap_char()),
        Type::String => Value::String(value.unwrap_string().into_owned()),
        Type::List(element) | Type::FixedList(element, _) => {
            Value::List(value.unwrap_list().map(|v| of(*element, &v)).collect::<Result<_>>()?)
        }
        Type::Map(key, element) => {
            let entries = value.unwrap_map().map(|(k, v)| Ok((of(*key, &k)?, of(*element, &v)?)));
            Value::Map(entries.collect::<Result<_>>()?)
        }
        Type::Record(fields) => {
            let fields = fields.iter().zip(value.unwrap_record());
            Value::Record(fields.map(|(f, (_, v))| of(f.ty, &v)).collect::<Result<_>>()?)
        }
        Type::Tuple(ids) => {
            let fields = ids.iter().zip(value.unwrap_tuple());
            Value::Record(fields.map(|(&id, v)| of(id, &v)).collect::<Result<_>>()?)
        }
        Type::Flags(labels) => {
            let bit = |label: Cow<'_, str>| Some(1u32 << position(labels.iter(), &label).ok()?);
            Value::Flags(value.unwrap_flags().filter_map(bit).fold(0, |bits, bit| bits | bit))
        }
        Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
            let (case, payload) = case(types.get(id), value)?;
            let cases = types.cases(id).unwrap_or_default();
            let payload = match (cases.get(case).copied().flatten(), payload) {
                (Some(id), Some(payload)) => Some(Box::new(of(id, &payload)?)),
                _ => None,
            };
            Value::Variant(case as u32, payload)
        }
        Type::Own(_) | Type::Borrow(_) | Type::Stream(_) | Type::Future(_) | Type::ErrorContext => {
            return Err(unwritable());
        }
    })
}

/// The case that a value of a sum has, and its payload.
fn case<'a>(ty: &Type, value: &'a WaveValue) -> Result<(usize, Option<Cow<'a, WaveValue>>)> {
    Ok(match ty {
        Type::Option(_) => {
            let some = value.unwrap_option();
            (usize::from(some.is_some()), some)
        }
        Type::Result { .. } => match value.unwrap_result() {
            Ok(ok) => (0, ok),
            Err(err) => (1, err),
        },
        Type::Enum(names) => (position(names.iter(), &value.unwrap_enum())?, None),
        Type::Variant(cases) => {
            let (name, payload) = value.unwrap_variant();
            (position(cases.iter().map(|case| &case.name), &name)?, payload)
        }
        _ => bail!("the type has no cases"),
    })
}

fn position<'a>(mut labels: impl Iterator<Item = &'a String>, wanted: &str) -> Result<usize> {
    labels.position(|label| label == wanted).with_context(|| format!("there is no `{wanted}`"))
}

/// Our value of type `id`, which is `wave` in WAVE's terms, as WAVE's.
pub fn write(types: &Types, id: TypeId, wave: &WaveType, value: &Value) -> Result<WaveValue> {
    let of = |id: TypeId, wave: &WaveType, value: &Value| write(types, id, wave, value);
    Ok(match (types.get(id), value) {
        (Type::Bool, Value::Bool(v)) => WaveValue::make_bool(*v),
        (Type::S8, Value::S8(v)) => WaveValue::make_s8(*v),
        (Type::U8, Value::U8(v)) => WaveValue::make_u8(*v),
        (Type::S16, Value::S16(v)) => WaveValue::make_s16(*v),
        (Type::U16, Value::U16(v)) => WaveValue::make_u16(*v),
        (Type::S32, Value::S32(v)) => WaveValue::make_s32(*v),
        (Type::U32, Value::U32(v)) => WaveValue::make_u32(*v),
        (Type::S64, Value::S64(v)) => WaveValue::make_s64(*v),
        (Type::U64, Value::U64(v)) => WaveValue::make_u64(*v),
        (Type::F32, Value::F32(bits)) => WaveValue::make_f32(f32::from_bits(*bits)),
        (Type::F64, Value::F64(bits)) => WaveValue::make_f64(f64::from_bits(*bits)),
        (Type::Char, Value::Char(v)) => WaveValue::make_char(*v),
        (Type::String, Value::String(text)) => WaveValue::make_string(Cow::Borrowed(text)),
        (Type::List(element) | Type::FixedList(element, _), Value::List(values)) => {
            let ty = wave.list_element_type().context("a list")?;
            let values = values.iter().map(|value| of(*element, &ty, value));
            WaveValue::make_list(wave, values.collect::<Result<Vec<_>>>()?)?
        }
        (Type::Map(key, element), Value::Map(entries)) => {
            let (key_ty, ty) = wave.map_key_value_types().context("a map")?;
            let entries =
                entries.iter().map(|(k, v)| Ok((of(*key, &key_ty, k)?, of(*element, &ty, v)?)));
            WaveValue::make_map(wave, entries.collect::<Result<Vec<_>>>()?)?
        }
        (Type::Record(fields), Value::Record(values)) => {
            let tys = wave.record_fields().map(|(_, ty)| ty);
            let fields = fields.iter().zip(tys).zip(values);
            let fields = fields.map(|((f, ty), v)| Ok((&f.name[..], of(f.ty, &ty, v)?)));
            WaveValue::make_record(wave, fields.collect::<Result<Vec<_>>>()?)?
        }
        (Type::Tuple(ids), Value::Record(values)) => {
            let fields = ids.iter().zip(wave.tuple_element_types()).zip(values);
            let fields = fields.map(|((&id, ty), v)| of(id, &ty, v));
            WaveValue::make_tuple(wave, fields.collect::<Result<Vec<_>>>()?)?
        }
        (Type::Flags(labels), Value::Flags(bits)) => {
            let set = labels.iter().enumerate().filter(|(bit, _)| bits >> bit & 1 != 0);
            WaveValue::make_flags(wave, set.map(|(_, label)| &label[..]))?
        }
        (ty, Value::Variant(case, payload)) => {
            let cases = types.cases(id).unwrap_or_default();
            let id = cases.get(*case as usize).copied().flatten();
            let payload = |ty: Option<WaveType>| match (id, ty, payload) {
                (Some(id), Some(ty), Some(payload)) => of(id, &ty, payload).map(Some),
                _ => Ok(None),
            };
            sum(ty, wave, *case as usize, &payload)?
        }
        _ => return Err(unwritable()),
    })
}

/// WAVE's value of a sum; `payload` makes its payload of a type.
fn sum(
    ty: &Type,
    wave: &WaveType,
    case: usize,
    payload: &dyn Fn(Option<WaveType>) -> Result<Option<WaveValue>>,
) -> Result<WaveValue> {
    Ok(match ty {
        Type::Option(_) => WaveValue::make_option(wave, payload(wave.option_some_type())?)?,
        Type::Result { .. } => {
            let (ok, err) = wave.result_types().context("a result")?;
            let result = if case == 0 { Ok(payload(ok)?) } else { Err(payload(err)?) };
            WaveValue::make_result(wave, result)?
        }
        Type::Variant(cases) => {
            let name = &cases.get(case).context("a case")?.name;
            let ty = wave.variant_cases().nth(case).and_then(|(_, ty)| ty);
            WaveValue::make_variant(wave, name, payload(ty)?)?
        }
        Type::Enum(names) => WaveValue::make_enum(wave, names.get(case).context("a case")?)?,
        _ => return Err(unwritable()),
    })
}

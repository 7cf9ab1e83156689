//! Memory in the host's layout → values.

use super::call::Returned;
use anyhow::{Context, Result, bail};
use std::borrow::Cow;
use wasm_wave::value::{Type as WaveType, Value};
use wasm_wave::wasm::{WasmType, WasmValue};
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Abi, Type, Types};

/// Where values come from.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub types: &'a Types,
    pub returned: &'a Returned,
}

/// The value of type `id`, which is `wave` in WAVE's terms, at the beginning of `bytes`.
pub fn value(from: Source<'_>, id: TypeId, wave: &WaveType, bytes: &[u8]) -> Result<Value> {
    Ok(match from.types.get(id) {
        Type::Bool => Value::make_bool(get::<1>(bytes) != [0]),
        Type::S8 => Value::make_s8(i8::from_ne_bytes(get(bytes))),
        Type::U8 => Value::make_u8(u8::from_ne_bytes(get(bytes))),
        Type::S16 => Value::make_s16(i16::from_ne_bytes(get(bytes))),
        Type::U16 => Value::make_u16(u16::from_ne_bytes(get(bytes))),
        Type::S32 => Value::make_s32(i32::from_ne_bytes(get(bytes))),
        Type::U32 => Value::make_u32(u32::from_ne_bytes(get(bytes))),
        Type::S64 => Value::make_s64(i64::from_ne_bytes(get(bytes))),
        Type::U64 => Value::make_u64(u64::from_ne_bytes(get(bytes))),
        Type::F32 => Value::make_f32(f32::from_ne_bytes(get(bytes))),
        Type::F64 => Value::make_f64(f64::from_ne_bytes(get(bytes))),
        Type::Char => {
            let code = u32::from_ne_bytes(get(bytes));
            Value::make_char(char::from_u32(code).context("the result has an invalid char")?)
        }
        Type::String => {
            let text = String::from_utf8(from.block(bytes, 1)?).context("the result's string")?;
            Value::make_string(Cow::Owned(text))
        }
        Type::List(element) => {
            let ty = wave.list_element_type().context("a list")?;
            let rows = rows(from, &[*element], &[ty], bytes)?;
            Value::make_list(wave, rows.into_iter().flatten())?
        }
        Type::Map(key, element) => {
            let (key_ty, element_ty) = wave.map_key_value_types().context("a map")?;
            let rows = rows(from, &[*key, *element], &[key_ty, element_ty], bytes)?;
            let entry = |row: Vec<Value>| <[Value; 2]>::try_from(row).map(|[k, v]| (k, v)).ok();
            Value::make_map(wave, rows.into_iter().filter_map(entry))?
        }
        Type::Record(fields) => {
            let ids: Vec<_> = fields.iter().map(|field| field.ty).collect();
            let tys: Vec<_> = wave.record_fields().map(|(_, ty)| ty).collect();
            let values = product(from, &ids, &tys, bytes)?;
            Value::make_record(wave, fields.iter().map(|field| &field.name[..]).zip(values))?
        }
        Type::Tuple(ids) => {
            let tys: Vec<_> = wave.tuple_element_types().collect();
            Value::make_tuple(wave, product(from, ids, &tys, bytes)?)?
        }
        Type::Flags(labels) => {
            let set = |bit: usize| bytes[bit / 8] & (1 << (bit % 8)) != 0;
            let labels = labels.iter().enumerate().filter(|(bit, _)| set(*bit));
            Value::make_flags(wave, labels.map(|(_, label)| &label[..]))?
        }
        Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
            sum(from, id, wave, bytes)?
        }
        Type::FixedList(..)
        | Type::Own(_)
        | Type::Borrow(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::ErrorContext => bail!("a value of this type cannot be written as WAVE"),
    })
}

fn get<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[..N]);
    out
}

impl Source<'_> {
    /// What a `{ address, length }` refers to; an element has `size` bytes.
    fn block(&self, pair: &[u8], size: usize) -> Result<Vec<u8>> {
        let address = u64::from_ne_bytes(get(pair)) as usize;
        let length = u64::from_ne_bytes(get(&pair[8..])) as usize;
        let length = length.checked_mul(size).context("the result is larger than memory")?;
        Ok(self.returned.read(address, length))
    }
}

fn product(from: Source<'_>, ids: &[TypeId], tys: &[WaveType], bytes: &[u8]) -> Result<Vec<Value>> {
    let (offsets, _) = from.types.product(Abi::NATIVE, ids);
    let fields = ids.iter().zip(tys).zip(offsets);
    fields.map(|((&id, ty), offset)| value(from, id, ty, &bytes[offset as usize..])).collect()
}

/// The elements of a list, each with the fields `ids`.
fn rows(
    from: Source<'_>,
    ids: &[TypeId],
    tys: &[WaveType],
    bytes: &[u8],
) -> Result<Vec<Vec<Value>>> {
    let size = from.types.product(Abi::NATIVE, ids).1.size as usize;
    from.block(bytes, size)?.chunks(size.max(1)).map(|row| product(from, ids, tys, row)).collect()
}

fn sum(from: Source<'_>, id: TypeId, wave: &WaveType, bytes: &[u8]) -> Result<Value> {
    let cases = from.types.cases(id).unwrap_or_default();
    let layout = from.types.sum(Abi::NATIVE, &cases);
    let mut tag = [0; 4];
    tag[..layout.tag as usize].copy_from_slice(&bytes[..layout.tag as usize]);
    let case = u32::from_le_bytes(tag) as usize;
    let Some(payload) = cases.get(case) else { bail!("the result has an invalid discriminant") };
    let fetch = |ty: Option<WaveType>| match (payload, ty) {
        (Some(id), Some(ty)) => value(from, *id, &ty, &bytes[layout.payload as usize..]).map(Some),
        _ => Ok(None),
    };
    Ok(match from.types.get(id) {
        Type::Option(_) => Value::make_option(wave, fetch(wave.option_some_type())?)?,
        Type::Result { .. } => {
            let (ok, err) = wave.result_types().context("a result")?;
            let result = if case == 0 { Ok(fetch(ok)?) } else { Err(fetch(err)?) };
            Value::make_result(wave, result)?
        }
        Type::Variant(cases) => {
            let ty = wave.variant_cases().nth(case).and_then(|(_, ty)| ty);
            Value::make_variant(wave, &cases[case].name, fetch(ty)?)?
        }
        Type::Enum(names) => Value::make_enum(wave, &names[case])?,
        _ => bail!("the type is not a sum"),
    })
}

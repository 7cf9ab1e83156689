//! Component values as scripts write them.

use crate::core::{is_f32, is_f64};
use wast::component::WastVal;
use wast::core::{NanPattern, WastArgCore, WastRetCore};
use wast::{WastArg, WastRet};
use weldc_compiler::index::{FuncTypeId, TypeId};
use weldc_compiler::types::{Type, Types};
use weldc_values::Value;

/// An argument for a parameter of type `id`.
pub fn argument(types: &Types, id: TypeId, arg: &WastArg<'_>) -> Result<Value, String> {
    match arg {
        WastArg::Component(value) => of(types, id, value),
        // Floats are written as core ones are.
        WastArg::Core(WastArgCore::F32(v)) => of(types, id, &WastVal::F32(*v)),
        WastArg::Core(WastArgCore::F64(v)) => of(types, id, &WastVal::F64(*v)),
        arg => Err(format!("{arg:?} is no component value")),
    }
}

/// Whether a function of type `ty` gave what is expected.
pub fn check(
    types: &Types,
    ty: FuncTypeId,
    expected: &[WastRet<'_>],
    found: Option<&Value>,
) -> Result<(), String> {
    let fits = match (types.func(ty).result, expected, found) {
        (Some(id), [expected], Some(found)) => is_expected(types, id, expected, found)?,
        (None, [], None) => true,
        _ => false,
    };
    match fits {
        true => Ok(()),
        false => Err(format!("got {found:?}, expected {expected:?}")),
    }
}

fn is_expected(
    types: &Types,
    id: TypeId,
    expected: &WastRet<'_>,
    found: &Value,
) -> Result<bool, String> {
    use NanPattern::Value as Exactly;
    match (expected, found) {
        (WastRet::Component(expected), found) => Ok(equal(&of(types, id, expected)?, found)),
        (WastRet::Core(WastRetCore::F32(Exactly(v))), found) => {
            Ok(equal(&of(types, id, &WastVal::F32(*v))?, found))
        }
        (WastRet::Core(WastRetCore::F64(Exactly(v))), found) => {
            Ok(equal(&of(types, id, &WastVal::F64(*v))?, found))
        }
        (WastRet::Core(WastRetCore::F32(pattern)), Value::F32(bits)) => Ok(is_f32(pattern, *bits)),
        (WastRet::Core(WastRetCore::F64(pattern)), Value::F64(bits)) => Ok(is_f64(pattern, *bits)),
        _ => Ok(false),
    }
}

/// Whether two values of one type are equal. There is one NaN among component values.
fn equal(a: &Value, b: &Value) -> bool {
    let all =
        |a: &[Value], b: &[Value]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b));
    match (a, b) {
        (Value::F32(a), Value::F32(b)) => {
            a == b || f32::from_bits(*a).is_nan() && f32::from_bits(*b).is_nan()
        }
        (Value::F64(a), Value::F64(b)) => {
            a == b || f64::from_bits(*a).is_nan() && f64::from_bits(*b).is_nan()
        }
        (Value::List(a), Value::List(b)) | (Value::Record(a), Value::Record(b)) => all(a, b),
        (Value::Map(a), Value::Map(b)) => {
            let mut pairs = a.iter().zip(b);
            a.len() == b.len() && pairs.all(|(a, b)| equal(&a.0, &b.0) && equal(&a.1, &b.1))
        }
        (Value::Variant(a, None), Value::Variant(b, None)) => a == b,
        (Value::Variant(case_a, Some(a)), Value::Variant(case_b, Some(b))) => {
            case_a == case_b && equal(a, b)
        }
        (a, b) => a == b,
    }
}

/// A value of type `id` as a script writes it.
fn of(types: &Types, id: TypeId, value: &WastVal<'_>) -> Result<Value, String> {
    let all = |id: TypeId, values: &[WastVal<'_>]| {
        values.iter().map(|value| of(types, id, value)).collect::<Result<Vec<_>, _>>()
    };
    Ok(match (types.get(id), value) {
        (Type::Bool, WastVal::Bool(v)) => Value::Bool(*v),
        (Type::S8, WastVal::S8(v)) => Value::S8(*v),
        (Type::U8, WastVal::U8(v)) => Value::U8(*v),
        (Type::S16, WastVal::S16(v)) => Value::S16(*v),
        (Type::U16, WastVal::U16(v)) => Value::U16(*v),
        (Type::S32, WastVal::S32(v)) => Value::S32(*v),
        (Type::U32, WastVal::U32(v)) => Value::U32(*v),
        (Type::S64, WastVal::S64(v)) => Value::S64(*v),
        (Type::U64, WastVal::U64(v)) => Value::U64(*v),
        (Type::F32, WastVal::F32(v)) => Value::F32(v.bits),
        (Type::F64, WastVal::F64(v)) => Value::F64(v.bits),
        (Type::Char, WastVal::Char(v)) => Value::Char(*v),
        (Type::String, WastVal::String(text)) => Value::String(text.to_string()),
        (Type::List(element) | Type::FixedList(element, _), WastVal::List(values)) => {
            Value::List(all(*element, values)?)
        }
        (Type::Map(key, element), WastVal::Map(entries)) => {
            let entry = |(k, v): &(_, _)| Ok((of(types, *key, k)?, of(types, *element, v)?));
            Value::Map(entries.iter().map(entry).collect::<Result<_, String>>()?)
        }
        (Type::Record(fields), WastVal::Record(values)) => {
            let named = fields.iter().map(|f| f.name.as_str());
            if !named.eq(values.iter().map(|(name, _)| *name)) {
                return Err("the fields are not those of the record".to_string());
            }
            let fields = fields.iter().zip(values);
            Value::Record(fields.map(|(f, (_, v))| of(types, f.ty, v)).collect::<Result<_, _>>()?)
        }
        (Type::Tuple(ids), WastVal::Tuple(values)) if ids.len() == values.len() => {
            let fields = ids.iter().zip(values);
            Value::Record(fields.map(|(&id, v)| of(types, id, v)).collect::<Result<_, _>>()?)
        }
        (Type::Flags(labels), WastVal::Flags(set)) => {
            let bit = |label: &&str| Ok(1u32 << position(labels.iter(), label)?);
            let bits: Vec<u32> = set.iter().map(bit).collect::<Result<_, String>>()?;
            Value::Flags(bits.into_iter().fold(0, |bits, bit| bits | bit))
        }
        (ty, value) => {
            let (case, payload) = case(ty, value)?;
            let ty = types.cases(id).unwrap_or_default().get(case).copied().flatten();
            let payload = match (ty, payload) {
                (Some(id), Some(value)) => Some(Box::new(of(types, id, value)?)),
                (None, None) => None,
                _ => return Err(format!("{value:?} has a payload too many or too few")),
            };
            Value::Variant(case as u32, payload)
        }
    })
}

/// The case of a sum, and its payload.
fn case<'v, 'a>(
    ty: &Type,
    value: &'v WastVal<'a>,
) -> Result<(usize, Option<&'v WastVal<'a>>), String> {
    Ok(match (ty, value) {
        (Type::Variant(cases), WastVal::Variant(name, payload)) => {
            (position(cases.iter().map(|case| &case.name), name)?, payload.as_deref())
        }
        (Type::Enum(names), WastVal::Enum(name)) => (position(names.iter(), name)?, None),
        (Type::Option(_), WastVal::Option(some)) => (usize::from(some.is_some()), some.as_deref()),
        (Type::Result { .. }, WastVal::Result(Ok(payload))) => (0, payload.as_deref()),
        (Type::Result { .. }, WastVal::Result(Err(payload))) => (1, payload.as_deref()),
        _ => return Err(format!("{value:?} is not of the type")),
    })
}

fn position<'a>(
    mut labels: impl Iterator<Item = &'a String>,
    wanted: &str,
) -> Result<usize, String> {
    labels.position(|label| label == wanted).ok_or_else(|| format!("there is no `{wanted}`"))
}

//! Memory in the host's layout → values.

use crate::Value;
use anyhow::{Context, Result, bail};
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Abi, Type, Types};

/// Memory that strings and lists in a value lie in.
pub trait Blocks {
    /// Takes the `length` bytes at an address that was found in a value.
    fn take(&mut self, address: usize, length: usize) -> Vec<u8>;
}

/// The value of type `id` at the beginning of `bytes`; what it refers to is taken from `blocks`.
pub fn value(types: &Types, blocks: &mut dyn Blocks, id: TypeId, bytes: &[u8]) -> Result<Value> {
    Fetch { types, blocks }.value(id, bytes)
}

struct Fetch<'a> {
    types: &'a Types,
    blocks: &'a mut dyn Blocks,
}

impl Fetch<'_> {
    fn value(&mut self, id: TypeId, bytes: &[u8]) -> Result<Value> {
        let types = self.types;
        Ok(match types.get(id) {
            Type::Bool => Value::Bool(get::<1>(bytes) != [0]),
            Type::S8 => Value::S8(i8::from_ne_bytes(get(bytes))),
            Type::U8 => Value::U8(u8::from_ne_bytes(get(bytes))),
            Type::S16 => Value::S16(i16::from_ne_bytes(get(bytes))),
            Type::U16 => Value::U16(u16::from_ne_bytes(get(bytes))),
            Type::S32 => Value::S32(i32::from_ne_bytes(get(bytes))),
            Type::U32 => Value::U32(u32::from_ne_bytes(get(bytes))),
            Type::S64 => Value::S64(i64::from_ne_bytes(get(bytes))),
            Type::U64 => Value::U64(u64::from_ne_bytes(get(bytes))),
            Type::F32 => Value::F32(u32::from_ne_bytes(get(bytes))),
            Type::F64 => Value::F64(u64::from_ne_bytes(get(bytes))),
            Type::Char => {
                let code = u32::from_ne_bytes(get(bytes));
                Value::Char(char::from_u32(code).context("the result has an invalid char")?)
            }
            Type::String => {
                let text = String::from_utf8(self.block(bytes, 1)?);
                Value::String(text.context("the result's string")?)
            }
            Type::List(element) => {
                let rows = self.rows(&[*element], bytes)?;
                Value::List(rows.into_iter().flatten().collect())
            }
            Type::Map(key, element) => {
                let rows = self.rows(&[*key, *element], bytes)?.into_iter();
                let entry = |row: Vec<Value>| <[Value; 2]>::try_from(row).map(<(_, _)>::from).ok();
                Value::Map(rows.filter_map(entry).collect())
            }
            Type::FixedList(element, length) => {
                let size = types.layout(Abi::NATIVE, *element).size as usize;
                let elements = bytes.chunks(size.max(1)).take(*length as usize);
                Value::List(
                    elements.map(|bytes| self.value(*element, bytes)).collect::<Result<_>>()?,
                )
            }
            Type::Record(_) | Type::Tuple(_) => {
                Value::Record(self.product(&types.fields(id).unwrap_or_default(), bytes)?)
            }
            Type::Flags(_) => {
                Value::Flags(number(bytes, types.layout(Abi::NATIVE, id).size as usize))
            }
            Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
                self.sum(id, bytes)?
            }
            Type::Own(_)
            | Type::Borrow(_)
            | Type::Stream(_)
            | Type::Future(_)
            | Type::ErrorContext => Value::Handle(u64::from_ne_bytes(get(bytes))),
        })
    }

    /// What a `{ address, length }` refers to; an element has `size` bytes.
    fn block(&mut self, pair: &[u8], size: usize) -> Result<Vec<u8>> {
        let address = u64::from_ne_bytes(get(pair)) as usize;
        let length = u64::from_ne_bytes(get(&pair[8..])) as usize;
        let length = length.checked_mul(size).context("the result is larger than memory")?;
        Ok(self.blocks.take(address, length))
    }

    fn product(&mut self, ids: &[TypeId], bytes: &[u8]) -> Result<Vec<Value>> {
        let (offsets, _) = self.types.product(Abi::NATIVE, ids);
        let fields = ids.iter().zip(offsets);
        fields.map(|(&id, offset)| self.value(id, &bytes[offset as usize..])).collect()
    }

    /// The elements of a list, each with the fields `ids`.
    fn rows(&mut self, ids: &[TypeId], bytes: &[u8]) -> Result<Vec<Vec<Value>>> {
        let size = self.types.product(Abi::NATIVE, ids).1.size as usize;
        let block = self.block(bytes, size)?;
        block.chunks(size.max(1)).map(|row| self.product(ids, row)).collect()
    }

    fn sum(&mut self, id: TypeId, bytes: &[u8]) -> Result<Value> {
        let cases = self.types.cases(id).unwrap_or_default();
        let layout = self.types.sum(Abi::NATIVE, &cases);
        let case = number(bytes, layout.tag as usize);
        let Some(payload) = cases.get(case as usize) else {
            bail!("the result has an invalid discriminant")
        };
        let payload = payload.map(|id| self.value(id, &bytes[layout.payload as usize..]));
        Ok(Value::Variant(case, payload.transpose()?.map(Box::new)))
    }
}

fn get<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(&bytes[..N]);
    out
}

/// A number of `size` bytes.
fn number(bytes: &[u8], size: usize) -> u32 {
    let mut out = [0; 4];
    out[..size].copy_from_slice(&bytes[..size]);
    u32::from_le_bytes(out)
}

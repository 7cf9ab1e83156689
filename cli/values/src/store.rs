//! Values → memory in the host's layout.

use crate::{Value, kind};
use anyhow::{Result, bail, ensure};
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Abi, Type, Types};

/// Blocks of memory that refer to each other by address. A block is never moved, so its address holds as
/// long as the `Memory` lives.
#[derive(Debug, Default)]
pub struct Memory {
    blocks: Vec<Block>,
}

/// Bytes at an address that suits every type: words.
#[derive(Debug)]
struct Block {
    words: Box<[u64]>,
    size: usize,
}

impl Memory {
    /// A new block of zeros; its index.
    pub fn block(&mut self, size: usize) -> usize {
        // At least one word, so that every block has an address of its own.
        let words = vec![0; size.div_ceil(8).max(1)].into_boxed_slice();
        self.blocks.push(Block { words, size });
        self.blocks.len() - 1
    }

    /// The address of a block, for code that reads it.
    pub fn address(&self, index: usize) -> *const u8 {
        self.blocks[index].words.as_ptr().cast()
    }

    /// The address of a block, for code that writes it.
    pub fn address_mut(&mut self, index: usize) -> *mut u8 {
        self.blocks[index].words.as_mut_ptr().cast()
    }

    /// The bytes of a block.
    pub fn bytes(&self, index: usize) -> Vec<u8> {
        let block = &self.blocks[index];
        block.words.iter().flat_map(|word| word.to_ne_bytes()).take(block.size).collect()
    }

    /// A new block with these bytes; its index.
    fn add(&mut self, bytes: &[u8]) -> usize {
        let index = self.block(bytes.len());
        for (word, chunk) in self.blocks[index].words.iter_mut().zip(bytes.chunks(8)) {
            let mut word_bytes = [0; 8];
            word_bytes[..chunk.len()].copy_from_slice(chunk);
            *word = u64::from_ne_bytes(word_bytes);
        }
        index
    }

    /// The same; its address as a number.
    fn add_exposed(&mut self, bytes: &[u8]) -> u64 {
        let index = self.add(bytes);
        self.address(index).expose_provenance() as u64
    }
}

/// Lays out values as the fields of one record; the index of its block.
pub fn record(
    memory: &mut Memory,
    types: &Types,
    ids: &[TypeId],
    values: &[Value],
) -> Result<usize> {
    let size = types.product(Abi::NATIVE, ids).1.size;
    let mut bytes = vec![0; size as usize];
    Store { memory, types }.product(ids, values, &mut bytes)?;
    Ok(memory.add(&bytes))
}

struct Store<'a> {
    memory: &'a mut Memory,
    types: &'a Types,
}

impl Store<'_> {
    /// Stores a value of type `id` at the beginning of `out`.
    fn value(&mut self, id: TypeId, value: &Value, out: &mut [u8]) -> Result<()> {
        let types = self.types;
        let ty = types.get(id);
        match (ty, value) {
            (Type::Bool, Value::Bool(v)) => put(out, &[u8::from(*v)]),
            (Type::S8, Value::S8(v)) => put(out, &v.to_ne_bytes()),
            (Type::U8, Value::U8(v)) => put(out, &v.to_ne_bytes()),
            (Type::S16, Value::S16(v)) => put(out, &v.to_ne_bytes()),
            (Type::U16, Value::U16(v)) => put(out, &v.to_ne_bytes()),
            (Type::S32, Value::S32(v)) => put(out, &v.to_ne_bytes()),
            (Type::U32, Value::U32(v)) => put(out, &v.to_ne_bytes()),
            (Type::S64, Value::S64(v)) => put(out, &v.to_ne_bytes()),
            (Type::U64, Value::U64(v)) => put(out, &v.to_ne_bytes()),
            (Type::F32, Value::F32(bits)) => put(out, &bits.to_ne_bytes()),
            (Type::F64, Value::F64(bits)) => put(out, &bits.to_ne_bytes()),
            (Type::Char, Value::Char(v)) => put(out, &u32::from(*v).to_ne_bytes()),
            (Type::String, Value::String(text)) => {
                let address = self.memory.add_exposed(text.as_bytes());
                put_pair(out, address, text.len());
            }
            (Type::List(element), Value::List(values)) => {
                let rows = values.iter().map(std::slice::from_ref);
                self.list(&[*element], rows, out)?;
            }
            (Type::Map(key, element), Value::Map(entries)) => {
                let rows: Vec<_> = entries.iter().map(|(k, v)| [k.clone(), v.clone()]).collect();
                self.list(&[*key, *element], rows.iter().map(|row| &row[..]), out)?;
            }
            (Type::FixedList(element, length), Value::List(values)) => {
                let (found, length) = (values.len(), *length as usize);
                ensure!(found == length, "a list of {length} elements is given {found}");
                let size = types.layout(Abi::NATIVE, *element).size as usize;
                for (value, out) in values.iter().zip(out.chunks_mut(size.max(1))) {
                    self.value(*element, value, out)?;
                }
            }
            (Type::Record(_) | Type::Tuple(_), Value::Record(values)) => {
                self.product(&types.fields(id).unwrap_or_default(), values, out)?;
            }
            (
                Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. },
                Value::Variant(case, payload),
            ) => self.sum(id, *case, payload.as_deref(), out)?,
            (Type::Flags(labels), Value::Flags(bits)) => {
                let size = types.layout(Abi::NATIVE, id).size as usize;
                let known = u32::MAX.checked_shr(32u32.saturating_sub(labels.len() as u32));
                ensure!(bits & !known.unwrap_or(0) == 0, "flags beyond the last label");
                put(out, &bits.to_le_bytes()[..size]);
            }
            (
                Type::Own(_)
                | Type::Borrow(_)
                | Type::Stream(_)
                | Type::Future(_)
                | Type::ErrorContext,
                Value::Handle(handle),
            ) => put(out, &handle.to_ne_bytes()),
            (ty, value) => bail!("{value:?} is no {}", kind(ty)),
        }
        Ok(())
    }

    fn product(&mut self, ids: &[TypeId], values: &[Value], out: &mut [u8]) -> Result<()> {
        ensure!(ids.len() == values.len(), "{} values are given {}", ids.len(), values.len());
        let (offsets, _) = self.types.product(Abi::NATIVE, ids);
        for ((&id, value), offset) in ids.iter().zip(values).zip(offsets) {
            self.value(id, value, &mut out[offset as usize..])?;
        }
        Ok(())
    }

    /// A list whose elements are `rows`, each with the fields `ids`.
    fn list<'v>(
        &mut self,
        ids: &[TypeId],
        rows: impl ExactSizeIterator<Item = &'v [Value]>,
        out: &mut [u8],
    ) -> Result<()> {
        let size = self.types.product(Abi::NATIVE, ids).1.size as usize;
        let length = rows.len();
        let mut bytes = vec![0; size * length];
        for (row, out) in rows.zip(bytes.chunks_mut(size.max(1))) {
            self.product(ids, row, out)?;
        }
        let address = self.memory.add_exposed(&bytes);
        put_pair(out, address, length);
        Ok(())
    }

    fn sum(
        &mut self,
        id: TypeId,
        case: u32,
        payload: Option<&Value>,
        out: &mut [u8],
    ) -> Result<()> {
        let cases = self.types.cases(id).unwrap_or_default();
        let layout = self.types.sum(Abi::NATIVE, &cases);
        let Some(ty) = cases.get(case as usize) else { bail!("there is no case {case}") };
        put(out, &case.to_le_bytes()[..layout.tag as usize]);
        match (ty, payload) {
            (Some(id), Some(payload)) => {
                self.value(*id, payload, &mut out[layout.payload as usize..])
            }
            (None, None) => Ok(()),
            (Some(_), None) => bail!("case {case} lacks its payload"),
            (None, Some(_)) => bail!("case {case} has no payload"),
        }
    }
}

fn put(out: &mut [u8], bytes: &[u8]) {
    out[..bytes.len()].copy_from_slice(bytes);
}

/// `{ address, length }`
fn put_pair(out: &mut [u8], address: u64, length: usize) {
    put(out, &address.to_ne_bytes());
    put(&mut out[8..], &(length as u64).to_ne_bytes());
}

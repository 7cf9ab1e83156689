//! Values → memory in the host's layout.

use wasm_wave::value::Value;
use wasm_wave::wasm::WasmValue;
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

    /// A new block with these bytes; its address as a number.
    fn add(&mut self, bytes: &[u8]) -> u64 {
        let index = self.block(bytes.len());
        for (word, chunk) in self.blocks[index].words.iter_mut().zip(bytes.chunks(8)) {
            let mut word_bytes = [0; 8];
            word_bytes[..chunk.len()].copy_from_slice(chunk);
            *word = u64::from_ne_bytes(word_bytes);
        }
        self.address(index).expose_provenance() as u64
    }
}

/// Lays out arguments as the fields of one record; the index of its block.
pub fn arguments(memory: &mut Memory, types: &Types, params: &[TypeId], values: &[Value]) -> usize {
    let (offsets, layout) = types.product(Abi::NATIVE, params);
    let mut bytes = vec![0; layout.size as usize];
    for ((&id, value), offset) in params.iter().zip(values).zip(offsets) {
        store(memory, types, id, value, &mut bytes[offset as usize..]);
    }
    memory.add(&bytes);
    memory.blocks.len() - 1
}

/// Stores a value of type `id` at the beginning of `out`.
fn store(memory: &mut Memory, types: &Types, id: TypeId, value: &Value, out: &mut [u8]) {
    match types.get(id) {
        Type::Bool => put(out, &[value.unwrap_bool().into()]),
        Type::S8 => put(out, &value.unwrap_s8().to_ne_bytes()),
        Type::U8 => put(out, &value.unwrap_u8().to_ne_bytes()),
        Type::S16 => put(out, &value.unwrap_s16().to_ne_bytes()),
        Type::U16 => put(out, &value.unwrap_u16().to_ne_bytes()),
        Type::S32 => put(out, &value.unwrap_s32().to_ne_bytes()),
        Type::U32 => put(out, &value.unwrap_u32().to_ne_bytes()),
        Type::S64 => put(out, &value.unwrap_s64().to_ne_bytes()),
        Type::U64 => put(out, &value.unwrap_u64().to_ne_bytes()),
        Type::F32 => put(out, &value.unwrap_f32().to_ne_bytes()),
        Type::F64 => put(out, &value.unwrap_f64().to_ne_bytes()),
        Type::Char => put(out, &u32::from(value.unwrap_char()).to_ne_bytes()),
        Type::String => {
            let text = value.unwrap_string();
            let address = memory.add(text.as_bytes());
            put_pair(out, address, text.len());
        }
        Type::List(element) => {
            let elements: Vec<_> = value.unwrap_list().collect();
            let rows = elements.iter().map(|value| vec![&**value]);
            list(memory, types, &[*element], rows.collect(), out);
        }
        Type::Map(key, element) => {
            let entries: Vec<_> = value.unwrap_map().collect();
            let rows = entries.iter().map(|(key, value)| vec![&**key, &**value]);
            list(memory, types, &[*key, *element], rows.collect(), out);
        }
        Type::Record(fields) => {
            let ids: Vec<_> = fields.iter().map(|field| field.ty).collect();
            let values: Vec<_> = value.unwrap_record().map(|(_, value)| value).collect();
            product(memory, types, &ids, values.iter().map(|value| &**value), out);
        }
        Type::Tuple(ids) => {
            let values: Vec<_> = value.unwrap_tuple().collect();
            product(memory, types, ids, values.iter().map(|value| &**value), out);
        }
        Type::Flags(labels) => flags(labels, value, out),
        Type::Variant(_) | Type::Enum(_) | Type::Option(_) | Type::Result { .. } => {
            sum(memory, types, id, value, out);
        }
        Type::FixedList(..)
        | Type::Own(_)
        | Type::Borrow(_)
        | Type::Stream(_)
        | Type::Future(_)
        | Type::ErrorContext => unreachable!("`refuse_resources` has refused it"),
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

fn product<'a>(
    memory: &mut Memory,
    types: &Types,
    ids: &[TypeId],
    values: impl Iterator<Item = &'a Value>,
    out: &mut [u8],
) {
    let (offsets, _) = types.product(Abi::NATIVE, ids);
    for ((&id, value), offset) in ids.iter().zip(values).zip(offsets) {
        store(memory, types, id, value, &mut out[offset as usize..]);
    }
}

/// A list whose elements are `rows`, each with the fields `ids`.
fn list(
    memory: &mut Memory,
    types: &Types,
    ids: &[TypeId],
    rows: Vec<Vec<&Value>>,
    out: &mut [u8],
) {
    let size = types.product(Abi::NATIVE, ids).1.size as usize;
    let length = rows.len();
    let mut bytes = vec![0; size * length];
    for (row, out) in rows.into_iter().zip(bytes.chunks_mut(size.max(1))) {
        product(memory, types, ids, row.into_iter(), out);
    }
    let address = memory.add(&bytes);
    put_pair(out, address, length);
}

fn flags(labels: &[String], value: &Value, out: &mut [u8]) {
    for label in value.unwrap_flags() {
        let bit = labels.iter().position(|known| *known == *label).unwrap_or_default();
        out[bit / 8] |= 1 << (bit % 8);
    }
}

fn sum(memory: &mut Memory, types: &Types, id: TypeId, value: &Value, out: &mut [u8]) {
    let cases = types.cases(id).unwrap_or_default();
    let layout = types.sum(Abi::NATIVE, &cases);
    let (case, payload) = case(types, id, value);
    put(out, &(case as u32).to_le_bytes()[..layout.tag as usize]);
    if let (Some(id), Some(payload)) = (cases[case], payload) {
        store(memory, types, id, &payload, &mut out[layout.payload as usize..]);
    }
}

/// The case that a value of a sum has, and its payload.
fn case(types: &Types, id: TypeId, value: &Value) -> (usize, Option<Value>) {
    let (case, payload) = match types.get(id) {
        Type::Option(_) => {
            let some = value.unwrap_option();
            (usize::from(some.is_some()), some)
        }
        Type::Result { .. } => match value.unwrap_result() {
            Ok(ok) => (0, ok),
            Err(err) => (1, err),
        },
        Type::Enum(names) => {
            let name = value.unwrap_enum();
            (names.iter().position(|known| *known == *name).unwrap_or_default(), None)
        }
        Type::Variant(cases) => {
            let (name, payload) = value.unwrap_variant();
            (cases.iter().position(|known| *known.name == *name).unwrap_or_default(), payload)
        }
        _ => unreachable!("the type is a sum"),
    };
    (case, payload.map(|payload| payload.into_owned()))
}

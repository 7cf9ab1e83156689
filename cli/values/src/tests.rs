//! Values → memory → values, for every type, and what the memory holds in between.

use crate::fetch::{self, Blocks};
use crate::store::{self, Memory};
use crate::{Call, Value};
use weldc_compiler::index::{ResourceId, TypeId};
use weldc_compiler::types::{Abi, Case, Field, FuncType, Type, Types};

fn field(name: &str, ty: TypeId) -> Field {
    Field { name: name.to_string(), ty }
}

fn case(name: &str, ty: Option<TypeId>) -> Case {
    Case { name: name.to_string(), ty }
}

fn labels(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("n{i}")).collect()
}

fn text(text: &str) -> Value {
    Value::String(text.to_string())
}

fn variant(case: u32, payload: Value) -> Value {
    Value::Variant(case, Some(Box::new(payload)))
}

/// The blocks of a [`Memory`] that lives.
struct Stored;

impl Blocks for Stored {
    fn take(&mut self, address: usize, length: usize) -> Vec<u8> {
        let start = std::ptr::with_exposed_provenance::<u8>(address);
        // SAFETY: the tests below keep the memory in which `store` put the block.
        unsafe { std::slice::from_raw_parts(start, length) }.to_vec()
    }
}

/// The values come back as they went.
fn check(types: &Types, ids: &[TypeId], values: &[Value]) {
    let mut memory = Memory::default();
    let block = store::record(&mut memory, types, ids, values).unwrap();
    let bytes = memory.bytes(block);
    let (offsets, layout) = types.product(Abi::NATIVE, ids);
    assert_eq!(bytes.len(), layout.size as usize);
    for ((&id, value), offset) in ids.iter().zip(values).zip(offsets) {
        let found = fetch::value(types, &mut Stored, id, &bytes[offset as usize..]).unwrap();
        assert_eq!(&found, value);
    }
}

#[test]
fn scalars() {
    let mut types = Types::default();
    let all = [
        (Type::Bool, Value::Bool(true)),
        (Type::S8, Value::S8(-128)),
        (Type::U8, Value::U8(255)),
        (Type::S16, Value::S16(-32768)),
        (Type::U16, Value::U16(65535)),
        (Type::S32, Value::S32(i32::MIN)),
        (Type::U32, Value::U32(u32::MAX)),
        (Type::S64, Value::S64(i64::MIN)),
        (Type::U64, Value::U64(u64::MAX)),
        (Type::F32, Value::F32(0x7fa0_0001)),
        (Type::F64, Value::F64(0x7ff4_0000_0000_0001)),
        (Type::Char, Value::Char('𝄞')),
    ];
    let (ids, values): (Vec<_>, Vec<_>) =
        all.into_iter().map(|(ty, value)| (types.push(ty), value)).unzip();
    check(&types, &ids, &values);
}

#[test]
fn strings_lists_and_maps() {
    let mut types = Types::default();
    let string = types.push(Type::String);
    let words = types.push(Type::List(string));
    let nested = types.push(Type::List(words));
    let three = types.push(Type::FixedList(string, 3));
    let map = types.push(Type::Map(string, words));
    let list = |words: &[&str]| Value::List(words.iter().map(|word| text(word)).collect());
    let twice = vec![(text("k"), list(&["v"])), (text("k"), list(&[]))];
    check(
        &types,
        &[string, nested, three, map],
        &[
            text("né\""),
            Value::List(vec![list(&["a", ""]), list(&[]), list(&["b"])]),
            list(&["x", "", "z"]),
            Value::Map(twice),
        ],
    );
}

#[test]
fn records_sums_and_flags() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    let long = types.push(Type::S64);
    let string = types.push(Type::String);
    let pair = types.push(Type::Tuple(vec![byte, long]));
    let record = types.push(Type::Record(vec![field("text", string), field("pair", pair)]));
    let sum = types.push(Type::Variant(vec![case("none", None), case("text", Some(string))]));
    let option = types.push(Type::Option(sum));
    let result = types.push(Type::Result { ok: Some(option), err: None });
    let wide = types.push(Type::Enum(labels(300)));
    let flags = [3, 9, 17, 32].map(|count| types.push(Type::Flags(labels(count))));
    let values = Value::Record(vec![Value::U8(3), Value::S64(-4)]);
    check(
        &types,
        &[byte, record, result, result, wide],
        &[
            Value::U8(1),
            Value::Record(vec![text("t"), values]),
            variant(0, variant(1, variant(1, text("u")))),
            Value::Variant(1, None),
            Value::Variant(299, None),
        ],
    );
    check(&types, &flags, &[5, 1 << 8, 1 << 16, u32::MAX].map(Value::Flags));
}

#[test]
fn handles_are_numbers() {
    let mut types = Types::default();
    let own = types.push(Type::Own(ResourceId::from_u32(0)));
    let list = types.push(Type::List(own));
    check(&types, &[list], &[Value::List(vec![Value::Handle(7), Value::Handle(u64::MAX)])]);
}

#[test]
fn the_layout_is_that_of_c() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    let string = types.push(Type::String);
    let option = types.push(Type::Option(byte));
    let mut memory = Memory::default();
    let values = [Value::U8(1), text("ab"), variant(1, Value::U8(9))];
    let block = store::record(&mut memory, &types, &[byte, string, option], &values).unwrap();
    let bytes = memory.bytes(block);
    assert_eq!(bytes.len(), 32);
    assert_eq!(bytes[0], 1);
    assert_eq!(bytes[16..24], 2u64.to_ne_bytes());
    assert_eq!(bytes[24..26], [1, 9]);
}

#[test]
fn what_does_not_fit_the_type_is_refused() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    let pair = types.push(Type::FixedList(byte, 2));
    let option = types.push(Type::Option(byte));
    let flags = types.push(Type::Flags(labels(3)));
    let tuple = types.push(Type::Tuple(vec![byte, byte]));
    let one = || vec![Value::U8(1)];
    for (id, value) in [
        (byte, Value::U16(1)),
        (pair, Value::List(one())),
        (option, Value::Variant(1, None)),
        (option, variant(0, Value::U8(1))),
        (option, Value::Variant(2, None)),
        (flags, Value::Flags(8)),
        (tuple, Value::Record(one())),
    ] {
        let stored =
            store::record(&mut Memory::default(), &types, &[id], std::slice::from_ref(&value));
        assert!(stored.is_err(), "{value:?}");
    }
    let params = vec![field("x", byte)];
    let ty = types.push_func(FuncType { params, result: None, async_: false });
    assert!(Call::new(&types, ty, &one()).is_ok());
    assert!(Call::new(&types, ty, &[]).is_err());
}

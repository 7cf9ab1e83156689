//! WAVE → values → WAVE, for every type.

use super::*;
use wasm_wave::wasm::DisplayFuncArgs;
use weldc_compiler::index::TypeId;
use weldc_compiler::types::{Case, Field, Type};

fn field(name: &str, ty: TypeId) -> Field {
    Field { name: name.to_string(), ty }
}

fn case(name: &str, ty: Option<TypeId>) -> Case {
    Case { name: name.to_string(), ty }
}

fn strings<const N: usize>(words: [&str; N]) -> Vec<String> {
    words.map(str::to_string).to_vec()
}

/// Reads the arguments and writes them again.
fn round_trip(types: &Types, params: &[TypeId], arguments: &str) -> Result<String> {
    let values = Call { name: "f", arguments }.values(types, params)?;
    let values = params
        .iter()
        .zip(&values)
        .map(|(&id, value)| wave::write(types, id, &wave::ty(types, id)?, value))
        .collect::<Result<Vec<_>>>()?;
    Ok(DisplayFuncArgs(&values).to_string())
}

/// The arguments come back as they went.
fn check(types: &Types, params: &[TypeId], arguments: &str) {
    assert_eq!(round_trip(types, params, arguments).unwrap(), arguments);
}

#[test]
fn scalars() {
    let mut types = Types::default();
    let all = [
        Type::Bool,
        Type::S8,
        Type::U8,
        Type::S16,
        Type::U16,
        Type::S32,
        Type::U32,
        Type::S64,
        Type::U64,
        Type::F32,
        Type::F64,
        Type::Char,
    ];
    let ids = all.map(|ty| types.push(ty));
    check(
        &types,
        &ids,
        "(true, -128, 255, -32768, 65535, -2147483648, 4294967295, -9223372036854775808, \
         18446744073709551615, 1.5, -0.1, '𝄞')",
    );
    check(&types, &ids, "(false, 0, 0, 0, 0, 0, 0, 0, 0, nan, -inf, '\\'')");
}

#[test]
fn strings_and_lists() {
    let mut types = Types::default();
    let string = types.push(Type::String);
    let byte = types.push(Type::U8);
    let bytes = types.push(Type::List(byte));
    let words = types.push(Type::List(string));
    let nested = types.push(Type::List(words));
    let three = types.push(Type::FixedList(byte, 3));
    check(&types, &[three], "([1, 2, 3])");
    check(&types, &[string, bytes, nested], r#"("né\"", [1, 2, 255], [["a", ""], [], ["b"]])"#);
    check(&types, &[string, bytes, nested], r#"("", [], [])"#);
}

#[test]
fn maps() {
    let mut types = Types::default();
    let string = types.push(Type::String);
    let number = types.push(Type::U64);
    let map = types.push(Type::Map(string, number));
    check(&types, &[map], r#"({"a": 1, "b": 2})"#);
}

#[test]
fn records_and_tuples() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    let long = types.push(Type::S64);
    let string = types.push(Type::String);
    let pair = types.push(Type::Tuple(vec![byte, long]));
    let record = types.push(Type::Record(vec![
        field("small", byte),
        field("text", string),
        field("pair", pair),
        field("last", byte),
    ]));
    let list = types.push(Type::List(record));
    check(
        &types,
        &[byte, list],
        r#"(7, [{small: 1, text: "x", pair: (2, -3), last: 4}, {small: 5, text: "", pair: (6, 7), last: 8}])"#,
    );
}

#[test]
fn sums() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    let long = types.push(Type::F64);
    let string = types.push(Type::String);
    let variant = types.push(Type::Variant(vec![
        case("none-of-it", None),
        case("number", Some(long)),
        case("text", Some(string)),
    ]));
    let colour = types.push(Type::Enum(strings(["red", "green", "blue"])));
    let option = types.push(Type::Option(byte));
    let twice = types.push(Type::Option(option));
    let result = types.push(Type::Result { ok: Some(variant), err: Some(string) });
    let bare = types.push(Type::Result { ok: None, err: None });
    let all = [variant, colour, twice, result, bare];
    check(&types, &all, r#"(number(2.5), blue, some(some(3)), ok(text("t")), ok)"#);
    check(&types, &all, r#"(none-of-it, red, some(none), err("e"), err)"#);
    check(&types, &all, r#"(text(""), green, none, ok(none-of-it), ok)"#);
}

#[test]
fn wide_sums_and_flags() {
    let mut types = Types::default();
    let names = |count: usize| (0..count).map(|i| format!("n{i}")).collect::<Vec<_>>();
    let wide = types.push(Type::Enum(names(300)));
    let flags = [3, 9, 17, 32].map(|count| types.push(Type::Flags(names(count))));
    check(&types, &[wide], "(n299)");
    check(&types, &flags, "({n0, n2}, {n8}, {n1, n16}, {n0, n31})");
    check(&types, &flags, "({}, {}, {}, {})");
}

#[test]
fn wrong_arguments_are_explained() {
    let mut types = Types::default();
    let byte = types.push(Type::U8);
    for wrong in ["(256)", "(\"a\")", "()", "(1, 2)", "(", "(1) x", "(-1)"] {
        let error = round_trip(&types, &[byte], wrong).unwrap_err();
        assert!(error.to_string().starts_with("the arguments of `f` do not fit"), "{error}");
    }
}

#[test]
fn a_call_has_a_name_and_parentheses() {
    let call = Call::parse(" a:b/c@1.0.0#f (1, \"(\") ").unwrap();
    assert_eq!((call.name, call.arguments), ("a:b/c@1.0.0#f", "(1, \"(\")"));
    for wrong in ["f", "f(", "(1)", "", "f)"] {
        assert!(Call::parse(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn resources_are_refused() {
    let mut types = Types::default();
    let handle = types.push(Type::Own(weldc_compiler::index::ResourceId::from_u32(0)));
    let list = types.push(Type::List(handle));
    let func = FuncType { params: vec![field("x", list)], result: None, async_: false };
    let error = refuse_resources(&types, &func, "f").unwrap_err();
    assert!(error.to_string().contains("a resource"), "{error}");
}

//! Headers of programs built by hand; whole components are in the tests of the `tests` folder.

use super::*;
use crate::index::{FuncTypeId, LiftId, ResourceId};
use crate::link::{
    Binding, Export, ExportItem, Func, HostImport, Receiver, Resource, ResourceOrigin,
};
use crate::types::{Case, Field, FuncType, QualifiedName, Type};
use cranelift_entity::EntityRef;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const API: &str = "demo:all/api@1.0.0";

fn qualified(interface: &str, name: &str) -> QualifiedName {
    QualifiedName { interface: Some(interface.into()), name: name.into() }
}

#[derive(Default)]
struct World {
    program: Program,
}

impl World {
    fn anonymous(&mut self, ty: Type) -> TypeId {
        self.program.types.push(ty)
    }

    fn named(&mut self, interface: &str, name: &str, ty: Type) -> TypeId {
        let id = self.anonymous(ty);
        self.program.types.name(id, qualified(interface, name));
        let export = Export { name: qualified(interface, name), item: ExportItem::Type(id) };
        self.program.exports.push(export);
        id
    }

    fn func_type(&mut self, params: &[(&str, TypeId)], result: Option<TypeId>) -> FuncTypeId {
        let params = params.iter().map(|(n, ty)| Field { name: n.to_string(), ty: *ty }).collect();
        self.program.types.push_func(FuncType { params, result, async_: false })
    }

    fn export(&mut self, name: &str, params: &[(&str, TypeId)], result: Option<TypeId>) {
        let ty = self.func_type(params, result);
        self.export_of(name, ty);
    }

    fn export_of(&mut self, name: &str, ty: FuncTypeId) {
        let item = ExportItem::Func { func: Func::Lift(LiftId::new(0)), ty };
        self.program.exports.push(Export { name: qualified(API, name), item });
    }

    fn async_type(&mut self, params: &[(&str, TypeId)], result: Option<TypeId>) -> FuncTypeId {
        let ty = self.func_type(params, result);
        let ty = FuncType { async_: true, ..self.program.types.func(ty).clone() };
        self.program.types.push_func(ty)
    }

    fn import(&mut self, binding: Binding, name: &str, params: &[(&str, TypeId)], result: TypeId) {
        let ty = self.func_type(params, Some(result));
        let name = qualified("demo:all/host", name);
        self.program.imports.push(HostImport { name, ty, binding });
    }

    fn guest_resource(&mut self, name: &str) -> ResourceId {
        let instance = EntityRef::new(0);
        let origin = ResourceOrigin::Guest { instance, dtor: None, wide: false };
        let id = self.program.resources.push(Resource { name: qualified(API, name), origin });
        let item = ExportItem::Resource(id);
        self.program.exports.push(Export { name: qualified(API, name), item });
        id
    }

    fn host_resource(&mut self, name: &str, drop: Binding) -> ResourceId {
        let name = qualified("demo:all/host", name);
        self.program.resources.push(Resource { name, origin: ResourceOrigin::Host { drop } })
    }
}

fn field(name: &str, ty: TypeId) -> Field {
    Field { name: name.into(), ty }
}

fn case(name: &str, ty: Option<TypeId>) -> Case {
    Case { name: name.into(), ty }
}

fn labels(all: &[&str]) -> Vec<String> {
    all.iter().map(|l| l.to_string()).collect()
}

/// A program with every kind of type, and names that C would not like.
fn everything(binding: impl Fn(u32, &str) -> Binding) -> Program {
    let mut w = World::default();
    let scalars = [
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
    let scalars: Vec<TypeId> = scalars.into_iter().map(|ty| w.anonymous(ty)).collect();
    let (u8_, u32_, f64_) = (scalars[2], scalars[6], scalars[10]);
    let string = w.anonymous(Type::String);
    let words = ["int", "default", "size-t", "class", "linux", "a", "b", "c", "d", "e", "f", "g"];
    let fields = words.iter().zip(&scalars).map(|(name, ty)| field(name, *ty)).collect();
    let all = w.named(API, "scalars", Type::Record(fields));
    let color = w.named(API, "color", Type::Enum(labels(&["red", "green"])));
    let many: Vec<String> = (0..300).map(|i| format!("c{i}")).collect();
    let wide = w.named(API, "wide", Type::Enum(many));
    let perms = w.named(API, "perms", Type::Flags(labels(&["read", "write", "own"])));
    let bits: Vec<String> = (0..32).map(|i| format!("bit{i}")).collect();
    let bits = w.named(API, "bits", Type::Flags(bits));
    let point = Type::Record(vec![field("x", u8_), field("y", f64_)]);
    let point_id = w.named(API, "point", point.clone());
    let again = w.named("demo:all/more", "point", point);
    let points = w.anonymous(Type::List(point_id));
    let points_again = w.anonymous(Type::List(again));
    let pair = w.anonymous(Type::Tuple(vec![u32_, string]));
    let shape = w.named(
        API,
        "shape",
        Type::Variant(vec![
            case("circle", Some(f64_)),
            case("polygon", Some(points)),
            case("int", Some(pair)),
            case("empty", None),
        ]),
    );
    let bare = w.named(API, "bare", Type::Variant(vec![case("x", None), case("y", None)]));
    let maybe = w.anonymous(Type::Option(u32_));
    let maybe2 = w.anonymous(Type::Option(maybe));
    let maybe_string = w.anonymous(Type::Option(string));
    let outcome = w.anonymous(Type::Result { ok: Some(shape), err: Some(maybe_string) });
    let plain = w.anonymous(Type::Result { ok: None, err: None });
    let half = w.anonymous(Type::Result { ok: None, err: Some(string) });
    let bytes = w.anonymous(Type::List(u8_));
    let bytes = w.named(API, "bytes", w.program.types.get(bytes).clone());
    let id_ = w.named(API, "id", Type::U64);
    let map = w.anonymous(Type::Map(string, maybe));
    let array = w.anonymous(Type::FixedList(string, 3));
    let counter = w.guest_resource("counter");
    let file = w.host_resource("file", binding(2, "all_import_host_file_drop"));
    let own = w.anonymous(Type::Own(counter));
    let borrow = w.anonymous(Type::Borrow(counter));
    let borrows = w.anonymous(Type::List(borrow));
    let owns = w.anonymous(Type::List(own));
    let files = w.anonymous(Type::Own(file));
    let deep = (0..20).fold(pair, |t, _| w.anonymous(Type::Tuple(vec![t, string])));
    w.export("scalars-in", &[("s", all), ("instance", color), ("result", string)], Some(all));
    let by_value: Vec<_> = words.iter().copied().zip(scalars.iter().copied()).collect();
    w.export("numbers", &by_value, None);
    w.export("sums", &[("a", shape), ("b", bare), ("c", maybe2), ("d", plain)], Some(outcome));
    w.export("lists", &[("a", points), ("b", points_again), ("c", bytes)], Some(half));
    w.export("odd", &[("m", map), ("x", array), ("deep", deep)], Some(deep));
    w.export("sets", &[("p", perms), ("b", bits), ("w", wide), ("i", id_)], Some(map));
    w.export("[constructor]counter", &[("start", u32_)], Some(own));
    w.export("[method]counter.inc", &[("self", borrow), ("by", u32_)], Some(u32_));
    w.export("total", &[("all", borrows)], Some(owns));
    w.import(binding(0, "all_import_host_log"), "log", &[("host", string)], bytes);
    w.import(binding(1, "all_import_host_open"), "open", &[("path", string)], files);
    w.program
}

fn by_symbol(_: u32, symbol: &str) -> Binding {
    Binding::Symbol { symbol: symbol.into(), receiver: Receiver::Host }
}

/// Slot 3 follows on slot 1: there is a hole.
fn by_table(slot: u32, _: &str) -> Binding {
    Binding::Table { slot: if slot == 2 { 3 } else { slot } }
}

/// Includes a header the way an embedder would: twice, in a program that uses nothing of it. There must
/// be no warning. Skips if there is no compiler.
fn compiles(compiler: &str, arguments: &[&str], folder: &Path) {
    let mut child = match Command::new(compiler)
        .args(["-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only", "-I"])
        .arg(folder)
        .args(arguments)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
    {
        Ok(child) => child,
        Err(error) => {
            println!("skipped: {compiler}: {error}");
            return;
        }
    };
    let program = b"#include \"it.h\"\n#include \"it.h\"\nint main(void) { return 0; }\n";
    child.stdin.take().unwrap().write_all(program).unwrap();
    let output = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{compiler} {arguments:?}:\n{errors}");
}

fn compiles_everywhere(test: &str, header: &str) {
    let folder = std::env::temp_dir().join(format!("weldc-header-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("it.h"), header).unwrap();
    for compiler in ["cc", "clang"] {
        compiles(compiler, &["-std=c11", "-x", "c"], &folder);
        compiles(compiler, &["-std=gnu17", "-x", "c"], &folder);
    }
    compiles("c++", &["-std=c++11", "-x", "c++"], &folder);
    compiles("c++", &["-std=c++20", "-x", "c++"], &folder);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn every_type_compiles_as_c_and_cplusplus() {
    compiles_everywhere("symbols", &header(&everything(by_symbol), "all"));
    compiles_everywhere("table", &header(&everything(by_table), "all"));
}

#[test]
fn an_empty_program_compiles() {
    compiles_everywhere("empty", &header(&Program::default(), "nothing"));
}

#[test]
fn prototypes_follow_the_abi() {
    let text = header(&everything(by_symbol), "all");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
    for expected in [
        "all_status_t all_api_counter_inc(all_t *instance, all_api_counter_t self, uint32_t by, \
         uint32_t *result);",
        "all_status_t all_api_counter_drop(all_t *instance, all_api_counter_t handle);",
        "all_api_color_t instance_, const all_string_t *result_, all_api_scalars_t *result);",
        "const all_list_api_point_t *a, const all_list_api_point_t *b, const all_api_bytes_t *c, \
         all_result_void_string_t *result);",
        "extern all_status_t all_import_host_log(void *host, const all_string_t *host_, \
         all_api_bytes_t *result);",
        "extern void all_import_host_file_drop(void *host, all_host_file_t rep);",
        "typedef all_api_point_t all_more_point_t;",
        "typedef uint16_t all_api_wide_t;",
        "typedef all_list_u8_t all_api_bytes_t;",
        "ALL_INTEGER_DIVIDE_BY_ZERO = 2,",
        "#define ALL_API_BITS_BIT31 UINT32_C(0x80000000)",
    ] {
        assert!(flat.contains(expected), "no `{expected}` in\n{text}");
    }
}

#[test]
fn the_table_of_imports_keeps_its_slots() {
    let text = header(&everything(by_table), "all");
    let start = text.find("typedef struct all_imports_t {").unwrap();
    let table = &text[start..start + text[start..].find("} all_imports_t;").unwrap()];
    let at = |what: &str| table.find(what).unwrap_or_else(|| panic!("no `{what}` in\n{table}"));
    assert!(at("(*host_log)(void *host") < at("(*host_open)(void *host"));
    assert!(at("(*host_open)") < at("void *unused_2[1];"));
    assert!(at("void *unused_2[1];") < at("void (*host_file_drop)(void *host"));
}

#[test]
fn names_of_types_can_be_asked_for() {
    let program = everything(by_symbol);
    let of = |wanted: &str| {
        let named = |d: &crate::types::TypeDef| d.name.as_ref().is_some_and(|n| n.name == wanted);
        let (id, _) = program.types.iter().find(|(_, def)| named(def)).unwrap();
        crate::names::ty(&program, "all", id)
    };
    assert_eq!(of("shape").unwrap(), "all_api_shape");
    assert_eq!(of("bytes").unwrap(), "all_api_bytes");
}

#[test]
fn the_header_is_a_function_of_its_input() {
    let text = header(&everything(by_table), "all");
    for _ in 0..5 {
        assert_eq!(header(&everything(by_table), "all"), text);
    }
}

/// Asynchronous functions both ways, and streams and futures of elements of every kind.
fn asynchronous(binding: impl Fn(u32, &str) -> Binding) -> Program {
    let mut w = World::default();
    let u8_ = w.anonymous(Type::U8);
    let string = w.anonymous(Type::String);
    let point = w.named(API, "point", Type::Record(vec![field("x", u8_), field("name", string)]));
    let bytes = w.anonymous(Type::Stream(Some(u8_)));
    let points = w.anonymous(Type::Stream(Some(point)));
    let signal = w.anonymous(Type::Future(None));
    let ticks = w.anonymous(Type::Stream(None));
    let nested = w.anonymous(Type::Future(Some(bytes)));
    let list = w.anonymous(Type::List(points));
    let ty = w.async_type(&[("completion", string), ("in", bytes), ("all", list)], Some(nested));
    w.export_of("work", ty);
    // Would be the name of the other's second form.
    w.export("work-async", &[("t", ticks)], None);
    let ty = w.async_type(&[("path", string), ("completion", signal)], Some(bytes));
    let name = qualified("demo:all/host", "open");
    w.program.imports.push(HostImport { name, ty, binding: binding(0, "all_import_host_open") });
    w.program
}

#[test]
fn asynchronous_functions_have_a_second_form() {
    let text = header(&asynchronous(by_symbol), "all");
    compiles_everywhere("async-symbols", &text);
    compiles_everywhere("async-table", &header(&asynchronous(by_table), "all"));
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ").replace("( ", "(");
    for expected in [
        "all_status_t all_api_work(all_t *instance, const all_string_t *completion_, all_stream_u8_t in, \
         const all_list_stream_api_point_t *all, all_future_stream_u8_t *result);",
        "all_status_t all_api_work_async(all_t *instance, const all_string_t *completion_, \
         all_stream_u8_t in, const all_list_stream_api_point_t *all, all_future_stream_u8_t *result, \
         all_completion_t *completion);",
        "all_status_t all_api_work_async_(all_t *instance, all_stream_void_t t);",
        "extern all_status_t all_import_host_open(void *host, const all_string_t *path, \
         all_future_void_t completion_, all_stream_u8_t *result, all_completion_t *completion);",
        "static inline all_status_t all_stream_api_point_new(all_stream_api_point_t ends[2]) { return \
         all_end_new(0, 24, 8, ends); }",
        "static inline int32_t all_stream_void_read(all_stream_void_t end, size_t count, all_copy_t *copy) \
         { return all_end_read(end, NULL, count, copy); }",
        "static inline int32_t all_future_stream_u8_write(all_future_stream_u8_t end, const \
         all_stream_u8_t *value, all_copy_t *copy) { return all_end_write(end, value, 1, copy); }",
        "int32_t all_tick(all_t *instance);",
        "ALL_PENDING = -1,",
    ] {
        assert!(flat.contains(expected), "no `{expected}` in\n{text}");
    }
}

#[test]
fn a_program_without_asynchronous_functions_shows_nothing_of_them() {
    let text = header(&everything(by_symbol), "all");
    assert!(!text.contains("completion") && !text.contains("_tick"), "{text}");
}

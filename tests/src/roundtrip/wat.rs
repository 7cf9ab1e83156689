//! The component: for each function a chain of two lifted functions that ends in an import.

use super::Function;
use super::types::{Kind, Type, Types};
use std::fmt::Write;

/// A memory whose allocator moves everything, and overwrites what it has given up.
const LIBC: &str = r#"
  (core module $libc
    (memory (export "memory") 1)
    (global $next (mut i32) (i32.const 1024))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32)
      (param $size i32) (result i32) (local $new i32)
      (local.set $new
        (i32.and (i32.add (global.get $next) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $next (i32.add (local.get $new) (local.get $size)))
      (block $fits
        (br_if $fits
          (i32.le_u (global.get $next) (i32.mul (memory.size) (i32.const 65536))))
        (br_if $fits
          (i32.ne (i32.const -1)
            (memory.grow (i32.add (i32.const 1) (i32.shr_u (local.get $size) (i32.const 16))))))
        (unreachable))
      (memory.fill (local.get $new) (i32.const 0xcc) (local.get $size))
      (memory.copy (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (i32.lt_u (local.get $old-size) (local.get $size))))
      (memory.fill (local.get $old) (i32.const 0xdd) (local.get $old-size))
      (local.get $new))
    (func (export "reset")
      (memory.fill (i32.const 1024) (i32.const 0xee)
        (i32.sub (global.get $next) (i32.const 1024)))
      (global.set $next (i32.const 1024))))
  (core instance $libc0 (instantiate $libc))
  (core instance $libc1 (instantiate $libc))
"#;

pub fn component(types: &Types, functions: &[Function]) -> String {
    let mut out = String::from("(component\n");
    for ty in 0..types.all.len() {
        define(types, ty, &mut out);
    }
    for (i, function) in functions.iter().enumerate() {
        let _ =
            writeln!(out, "  (import \"g{i}\" (func $import{i} {}))", signature(types, function));
    }
    out += LIBC;
    for (i, function) in functions.iter().enumerate() {
        // The inner one calls the import, the outer one calls the inner one.
        link(types, function, i, 1, &format!("$import{i}"), &mut out);
        link(types, function, i, 0, &format!("$f1_{i}"), &mut out);
    }
    out + ")\n"
}

/// How a type is written where it is used.
fn name(types: &Types, ty: Type) -> String {
    match &types.all[ty] {
        Kind::Number(name, ..) => name.to_string(),
        Kind::Text => "string".to_string(),
        _ => format!("$t{ty}"),
    }
}

fn labels(count: u32) -> String {
    (0..count).map(|i| format!(" \"l{i}\"")).collect()
}

/// Defines `$tN`. Types with labels need a name from outside.
fn define(types: &Types, ty: Type, out: &mut String) {
    let name = |&ty: &Type| name(types, ty);
    let names = |all: &[Type]| all.iter().map(|t| format!(" {}", name(t))).collect::<String>();
    let (is_named, text) = match &types.all[ty] {
        Kind::Number(..) | Kind::Text => return,
        Kind::List(t) => (false, format!("(list {})", name(t))),
        Kind::FixedList(t, length) => (false, format!("(list {} {length})", name(t))),
        Kind::Map(k, v) => (false, format!("(map {} {})", name(k), name(v))),
        Kind::Tuple(fields) => (false, format!("(tuple{})", names(fields))),
        Kind::Optional(t) => (false, format!("(option {})", name(t))),
        Kind::Fallible(ok, err) => {
            let ok = ok.iter().map(|t| format!(" {}", name(t))).collect::<String>();
            let err = err.iter().map(|t| format!(" (error {})", name(t))).collect::<String>();
            (false, format!("(result{ok}{err})"))
        }
        Kind::Record(fields) => {
            let field = |(i, t)| format!(" (field \"f{i}\" {})", name(t));
            (true, format!("(record{})", fields.iter().enumerate().map(field).collect::<String>()))
        }
        Kind::Variant(cases) => {
            let case = |(i, t): (usize, &Option<Type>)| {
                format!(" (case \"c{i}\" {})", t.as_ref().map(name).unwrap_or_default())
            };
            (true, format!("(variant{})", cases.iter().enumerate().map(case).collect::<String>()))
        }
        Kind::Enum(count) => (true, format!("(enum{})", labels(*count))),
        Kind::Flags(count) => (true, format!("(flags{})", labels(*count))),
    };
    let _ = match is_named {
        true => {
            writeln!(out, "  (type $d{ty} {text}) (import \"t{ty}\" (type $t{ty} (eq $d{ty})))")
        }
        false => writeln!(out, "  (type $t{ty} {text})"),
    };
}

fn signature(types: &Types, function: &Function) -> String {
    let param = |(i, &ty): (usize, &Type)| format!("(param \"p{i}\" {})", name(types, ty));
    let params: Vec<String> = function.params.iter().enumerate().map(param).collect();
    format!("{} (result {})", params.join(" "), name(types, function.result))
}

/// Function `i` of component `level`: calls `callee` with what it gets.
fn link(
    types: &Types,
    function: &Function,
    i: usize,
    level: usize,
    callee: &str,
    out: &mut String,
) {
    let mut params: Vec<&str> = function.params.iter().flat_map(|&p| types.flat(p)).collect();
    if params.len() > 16 {
        params = vec!["i32"];
    }
    let flat = types.flat(function.result);
    let (size, _) = types.layout(function.result);
    let (out_param, core_result, allocate, out_arg, result) = match flat[..] {
        [one] => ("", format!("(result {one})"), String::new(), "", one),
        _ => (
            "i32",
            String::new(),
            format!(
                "(local.set $out (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const {size})))"
            ),
            "(local.get $out)",
            "i32",
        ),
    };
    let args: String = (0..params.len()).map(|i| format!("(local.get {i}) ")).collect();
    let params = params.join(" ");
    let encoding = function.encodings[level];
    let signature = signature(types, function);
    let head = match level {
        0 => format!("(func (export \"f{i}\") {signature}"),
        _ => format!("(func $f{level}_{i} {signature}"),
    };
    let _ = writeln!(
        out,
        r#"
  (core func $c{level}_{i} (canon lower (func {callee})
    (memory (core memory $libc{level} "memory")) (realloc (core func $libc{level} "realloc"))
    string-encoding={encoding}))
  (core module $m{level}_{i}
    (import "" "f" (func $f (param {params} {out_param}) {core_result}))
    (import "libc" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
    (import "libc" "reset" (func $reset))
    (func (export "f") (param {params}) (result {result}) (local $out i32)
      {allocate}
      (call $f {args}{out_arg})
      {out_arg})
    (func (export "post") (param {result}) (call $reset)))
  (core instance $m{level}_{i} (instantiate $m{level}_{i}
    (with "" (instance (export "f" (func $c{level}_{i}))))
    (with "libc" (instance $libc{level}))))
  {head}
    (canon lift (core func $m{level}_{i} "f")
      (memory (core memory $libc{level} "memory")) (realloc (core func $libc{level} "realloc"))
      (post-return (core func $m{level}_{i} "post")) string-encoding={encoding}))"#
    );
}

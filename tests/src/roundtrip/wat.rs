//! The component: for each function a chain of two lifted functions that ends in an import.

use super::Function;
use super::types::{Kind, Type, Types};
use std::fmt::Write;

/// A memory whose allocator moves everything, and overwrites what it has given up; `@` is the type of addresses.
const LIBC: &str = r#"
  (core module $libc@
    (memory (export "memory") @ 1)
    (global $next (mut @) (@.const 1024))
    (func (export "realloc") (param $old @) (param $old-size @) (param $align @)
      (param $size @) (result @) (local $new @)
      (local.set $new
        (@.and (@.add (global.get $next) (@.sub (local.get $align) (@.const 1)))
          (@.sub (@.const 0) (local.get $align))))
      (global.set $next (@.add (local.get $new) (local.get $size)))
      (block $fits
        (br_if $fits
          (@.le_u (global.get $next) (@.mul (memory.size) (@.const 65536))))
        (br_if $fits
          (@.ne (@.const -1)
            (memory.grow (@.add (@.const 1) (@.shr_u (local.get $size) (@.const 16))))))
        (unreachable))
      (memory.fill (local.get $new) (i32.const 0xcc) (local.get $size))
      (memory.copy (local.get $new) (local.get $old)
        (select (local.get $old-size) (local.get $size)
          (@.lt_u (local.get $old-size) (local.get $size))))
      (memory.fill (local.get $old) (i32.const 0xdd) (local.get $old-size))
      (local.get $new))
    (func (export "reset")
      (memory.fill (@.const 1024) (i32.const 0xee)
        (@.sub (global.get $next) (@.const 1024)))
      (global.set $next (@.const 1024))))
"#;

/// `pointers` are the types of addresses in the two memories on the way.
pub fn component(types: &Types, functions: &[Function], pointers: [&'static str; 2]) -> String {
    let mut out = String::from("(component\n");
    for ty in 0..types.all.len() {
        define(types, ty, Scope::Imported, &mut out);
    }
    for (i, function) in functions.iter().enumerate() {
        let _ =
            writeln!(out, "  (import \"g{i}\" (func $import{i} {}))", signature(types, function));
    }
    for pointer in ["i32", "i64"] {
        out += &LIBC.replace('@', pointer);
    }
    for (level, pointer) in pointers.iter().enumerate() {
        let _ = writeln!(out, "  (core instance $libc{level} (instantiate $libc{pointer}))");
    }
    let guest = |level: usize| Guest { level, pointer: pointers[level] };
    for (i, function) in functions.iter().enumerate() {
        // The inner one calls the import, the outer one calls the inner one.
        link(types, function, i, guest(1), &format!("$import{i}"), &mut out);
        link(types, function, i, guest(0), &format!("$f1_{i}"), &mut out);
    }
    out + ")\n"
}

/// One of the two on the way; the inner one has level 1.
struct Guest {
    level: usize,
    /// The type of its addresses.
    pointer: &'static str,
}

/// How a type is written where it is used.
pub fn name(types: &Types, ty: Type) -> String {
    match &types.all[ty] {
        Kind::Number(name, ..) => name.to_string(),
        Kind::Text => "string".to_string(),
        _ => format!("$t{ty}"),
    }
}

fn labels(count: u32) -> String {
    (0..count).map(|i| format!(" \"l{i}\"")).collect()
}

/// Where a component has its named types from.
#[derive(Clone, Copy, PartialEq)]
pub enum Scope {
    Imported,
    Exported,
}

/// Defines `$tN`. Types with labels need a name that is known outside.
pub fn define(types: &Types, ty: Type, scope: Scope, out: &mut String) {
    let name = |&ty: &Type| name(types, ty);
    let names = |all: &[Type]| all.iter().map(|t| format!(" {}", name(t))).collect::<String>();
    let text = match &types.all[ty] {
        Kind::Number(..) | Kind::Text => return,
        Kind::List(t) => format!("(list {})", name(t)),
        Kind::FixedList(t, length) => format!("(list {} {length})", name(t)),
        Kind::Map(k, v) => format!("(map {} {})", name(k), name(v)),
        Kind::Tuple(fields) => format!("(tuple{})", names(fields)),
        Kind::Optional(t) => format!("(option {})", name(t)),
        Kind::Fallible(ok, err) => {
            let ok = ok.iter().map(|t| format!(" {}", name(t))).collect::<String>();
            let err = err.iter().map(|t| format!(" (error {})", name(t))).collect::<String>();
            format!("(result{ok}{err})")
        }
        Kind::Record(fields) => {
            let field = |(i, t)| format!(" (field \"f{i}\" {})", name(t));
            format!("(record{})", fields.iter().enumerate().map(field).collect::<String>())
        }
        Kind::Variant(cases) => {
            let case = |(i, t): (usize, &Option<Type>)| {
                format!(" (case \"c{i}\" {})", t.as_ref().map(name).unwrap_or_default())
            };
            format!("(variant{})", cases.iter().enumerate().map(case).collect::<String>())
        }
        Kind::Enum(count) => format!("(enum{})", labels(*count)),
        Kind::Flags(count) => format!("(flags{})", labels(*count)),
    };
    let _ = match (is_named(types, ty), scope) {
        (true, Scope::Imported) => {
            writeln!(out, "  (type $d{ty} {text}) (import \"t{ty}\" (type $t{ty} (eq $d{ty})))")
        }
        (true, Scope::Exported) => {
            writeln!(out, "  (type $d{ty} {text}) (export $t{ty} \"t{ty}\" (type $d{ty}))")
        }
        (false, _) => writeln!(out, "  (type $t{ty} {text})"),
    };
}

/// Whether [`define`] gives a type a name that is known outside.
pub fn is_named(types: &Types, ty: Type) -> bool {
    matches!(types.all[ty], Kind::Record(_) | Kind::Variant(_) | Kind::Enum(_) | Kind::Flags(_))
}

fn signature(types: &Types, function: &Function) -> String {
    let param = |(i, &ty): (usize, &Type)| format!("(param \"p{i}\" {})", name(types, ty));
    let params: Vec<String> = function.params.iter().enumerate().map(param).collect();
    format!("{} (result {})", params.join(" "), name(types, function.result))
}

/// Function `i` of a guest: calls `callee` with what it gets.
fn link(
    types: &Types,
    function: &Function,
    i: usize,
    Guest { level, pointer }: Guest,
    callee: &str,
    out: &mut String,
) {
    let bytes = if pointer == "i64" { 8 } else { 4 };
    let mut params: Vec<&str> =
        function.params.iter().flat_map(|&p| types.flat(p, bytes)).collect();
    if params.len() > 16 {
        params = vec![pointer];
    }
    let flat = types.flat(function.result, bytes);
    let (size, _) = types.layout(function.result, bytes);
    let (out_param, core_result, allocate, out_arg, result) = match flat[..] {
        [one] => ("", format!("(result {one})"), String::new(), "", one),
        _ => (
            pointer,
            String::new(),
            format!(
                "(local.set $out (call $realloc ({pointer}.const 0) ({pointer}.const 0) ({pointer}.const 8)
                    ({pointer}.const {size})))"
            ),
            "(local.get $out)",
            pointer,
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
    (import "libc" "realloc" (func $realloc
      (param {pointer} {pointer} {pointer} {pointer}) (result {pointer})))
    (import "libc" "reset" (func $reset))
    (func (export "f") (param {params}) (result {result}) (local $out {pointer})
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

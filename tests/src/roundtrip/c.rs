//! The host: structs, values, imports that copy, and checks.

use super::rng::Rng;
use super::types::{Kind, Type, Types};
use super::{Function, VALUES};
use std::fmt::Write;

const HEAD: &str = r#"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
typedef struct { const uint8_t *p; size_t len; } str;
static int eq_str(const str *a, const str *b) {
  return a->len == b->len && (a->len == 0 || memcmp(a->p, b->p, a->len) == 0);
}
static void *alloc(size_t size) { return size ? malloc(size) : NULL; }
extern int32_t guest_new(void *, void *, void **);
extern void guest_delete(void *);
extern const char *guest_message(void *);
"#;

pub fn host(rng: &mut Rng, types: &Types, functions: &[Function]) -> String {
    let mut out = HEAD.to_string();
    for ty in 0..types.all.len() {
        define(types, ty, &mut out);
    }
    let mut values = Values { rng, types, arrays: String::new(), count: 0 };
    let mut checks = String::new();
    for (i, function) in functions.iter().enumerate() {
        import(types, function, i, &mut out);
        for value in 0..VALUES {
            check(&mut values, function, i, value, &mut checks);
        }
    }
    out += &values.arrays;
    out += "int main(void) {\n  void *zone;\n  if (guest_new(NULL, NULL, &zone)) return 1;\n";
    out += &checks;
    out + "  guest_delete(zone);\n  return 0;\n}\n"
}

/// The parts of a type, each an expression behind `a->` or `b->`, and its type.
enum Parts {
    Whole,
    Fields(Vec<Type>),
    Array(Type, u32),
    /// An address and a length.
    Run,
    Cases(Vec<Option<Type>>),
}

/// Defines `tN` and the functions `eqN`, `copyN` and `freeN`.
fn define(types: &Types, ty: Type, out: &mut String) {
    let unsigned = |bytes: u32| format!("uint{}_t", 8 * bytes);
    let (definition, parts) = match &types.all[ty] {
        Kind::Number(_, _, _, c) => (c.to_string(), Parts::Whole),
        Kind::Flags(_) | Kind::Enum(_) => (unsigned(types.layout(ty, 4).0), Parts::Whole),
        Kind::Text => ("str".to_string(), Parts::Run),
        Kind::List(t) => (format!("struct {{ t{t} *p; size_t len; }}"), Parts::Run),
        Kind::Map(k, v) => {
            define_entry(ty, *k, *v, out);
            (format!("struct {{ e{ty} *p; size_t len; }}"), Parts::Run)
        }
        Kind::FixedList(t, length) => {
            (format!("struct {{ t{t} v[{length}]; }}"), Parts::Array(*t, *length))
        }
        Kind::Record(fields) | Kind::Tuple(fields) => {
            (product(fields), Parts::Fields(fields.clone()))
        }
        Kind::Variant(_) | Kind::Optional(_) | Kind::Fallible(..) => {
            let cases = types.cases(ty).unwrap_or_default();
            (sum(&cases), Parts::Cases(cases))
        }
    };
    let _ = writeln!(out, "typedef {definition} t{ty};");
    let bodies = bodies(types, ty, &parts);
    functions(&format!("{ty}"), &format!("t{ty}"), bodies, out);
}

fn define_entry(map: Type, key: Type, value: Type, out: &mut String) {
    let fields = [key, value];
    let _ = writeln!(out, "typedef {} e{map};", product(&fields));
    functions(&format!("e{map}"), &format!("e{map}"), of_fields(&fields), out);
}

fn product(fields: &[Type]) -> String {
    let fields: String = fields.iter().enumerate().map(|(i, t)| format!("t{t} f{i}; ")).collect();
    format!("struct {{ {fields}}}")
}

fn sum(cases: &[Option<Type>]) -> String {
    let case = |(i, t): (usize, &Option<Type>)| t.map(|t| format!("t{t} c{i}; "));
    let union: String = cases.iter().enumerate().filter_map(case).collect();
    match union.is_empty() {
        true => "struct { uint8_t tag; }".to_string(),
        false => format!("struct {{ uint8_t tag; union {{ {union}}} u; }}"),
    }
}

/// Bodies of `eq`, `copy` and `free`.
type Bodies = [String; 3];

fn functions(suffix: &str, ty: &str, [eq, copy, free]: Bodies, out: &mut String) {
    let _ = writeln!(out, "static int eq{suffix}(const {ty} *a, const {ty} *b) {{ {eq} }}");
    let _ = writeln!(out, "static void copy{suffix}(const {ty} *a, {ty} *b) {{ {copy} }}");
    let _ = writeln!(out, "static void free{suffix}({ty} *a) {{ {free} }}");
}

fn of_fields(fields: &[Type]) -> Bodies {
    let all = |print: &dyn Fn(usize, Type) -> String| -> String {
        fields.iter().enumerate().map(|(i, &t)| print(i, t)).collect()
    };
    [
        all(&|i, t| format!("if (!eq{t}(&a->f{i}, &b->f{i})) return 0; ")) + "return 1;",
        all(&|i, t| format!("copy{t}(&a->f{i}, &b->f{i}); ")),
        all(&|i, t| format!("free{t}(&a->f{i}); ")),
    ]
}

fn bodies(types: &Types, ty: Type, parts: &Parts) -> Bodies {
    match parts {
        Parts::Whole => ["return *a == *b;".into(), "*b = *a;".into(), String::new()],
        Parts::Fields(fields) => of_fields(fields),
        Parts::Array(t, length) => {
            let each = format!("for (int i = 0; i < {length}; i++)");
            [
                format!("{each} if (!eq{t}(a->v + i, b->v + i)) return 0; return 1;"),
                format!("{each} copy{t}(a->v + i, b->v + i);"),
                format!("{each} free{t}(a->v + i);"),
            ]
        }
        Parts::Run => run(types, ty),
        Parts::Cases(cases) => {
            let switch = |print: &dyn Fn(usize, Type) -> String| {
                let case = |(i, t): (usize, &Option<Type>)| {
                    t.map(|t| format!("case {i}: {} break; ", print(i, t)))
                };
                let arms: String = cases.iter().enumerate().filter_map(case).collect();
                format!("switch (a->tag) {{ {arms}default:; }} ")
            };
            [
                "if (a->tag != b->tag) return 0; ".to_string()
                    + &switch(&|i, t| format!("return eq{t}(&a->u.c{i}, &b->u.c{i});"))
                    + "return 1;",
                "b->tag = a->tag; ".to_string()
                    + &switch(&|i, t| format!("copy{t}(&a->u.c{i}, &b->u.c{i});")),
                switch(&|i, t| format!("free{t}(&a->u.c{i});")),
            ]
        }
    }
}

/// Strings, lists and maps.
fn run(types: &Types, ty: Type) -> Bodies {
    let element = match &types.all[ty] {
        Kind::List(t) => format!("{t}"),
        Kind::Map(..) => format!("e{ty}"),
        _ => {
            return [
                "return eq_str(a, b);".into(),
                "b->len = a->len; b->p = alloc(a->len); if (a->len) memcpy((void *)b->p, a->p, a->len);"
                    .into(),
                "free((void *)a->p);".into(),
            ];
        }
    };
    let each = "for (size_t i = 0; i < a->len; i++)";
    [
        format!(
            "if (a->len != b->len) return 0; {each} if (!eq{element}(a->p + i, b->p + i)) return 0; return 1;"
        ),
        format!(
            "b->len = a->len; b->p = alloc(a->len * sizeof *a->p); {each} copy{element}(a->p + i, b->p + i);"
        ),
        format!("{each} free{element}(a->p + i); free(a->p);"),
    ]
}

fn params(types: &Types, function: &Function) -> String {
    let param = |(i, &ty): (usize, &Type)| match types.is_scalar(ty) {
        true => format!("t{ty} p{i}"),
        false => format!("const t{ty} *p{i}"),
    };
    let params: Vec<String> = function.params.iter().enumerate().map(param).collect();
    format!("{}, t{} *result", params.join(", "), function.result)
}

/// The import returns a copy of what it gets.
fn import(types: &Types, function: &Function, i: usize, out: &mut String) {
    let params = params(types, function);
    let _ = writeln!(out, "extern int32_t guest_f{i}(void *, {params});");
    let _ = writeln!(out, "static int seen{i};");
    let _ = writeln!(out, "int32_t guest_import_g{i}(void *self, {params}) {{\n  seen{i}++;");
    let _ = writeln!(out, "  memset(result, 0x99, sizeof *result);");
    for (p, &ty) in function.params.iter().enumerate() {
        let from = if types.is_scalar(ty) { "&" } else { "" };
        let to = field(function, "result->", "result", p);
        let _ = writeln!(out, "  copy{ty}({from}p{p}, {to});");
    }
    *out += "  return 0;\n}\n";
}

/// The address of what parameter `p` became in the result.
fn field(function: &Function, fields: &str, whole: &str, p: usize) -> String {
    match function.params.len() {
        1 => whole.to_string(),
        _ => format!("&{fields}f{p}"),
    }
}

/// Calls the export with random values.
fn check(values: &mut Values<'_>, function: &Function, i: usize, value: usize, out: &mut String) {
    let mut args = String::new();
    let mut compare = String::new();
    for (p, &ty) in function.params.iter().enumerate() {
        let text = values.value(ty);
        let name = format!("v{i}_{value}_{p}");
        let _ = writeln!(values.arrays, "static t{ty} {name} = {text};");
        args += if values.types.is_scalar(ty) { "" } else { "&" };
        args += &format!("{name}, ");
        let got = field(function, "result.", "&result", p);
        compare += &format!(" && eq{ty}({got}, &{name})");
    }
    let seen = value + 1;
    let _ = writeln!(
        out,
        r#"  {{
    t{ty} result;
    memset(&result, 0x77, sizeof result);
    int status = guest_f{i}(zone, {args}&result);
    if (status) return printf("f{i}, value {value}: %s\n", guest_message(zone)), 2;
    if (!(seen{i} == {seen}{compare})) return printf("f{i}, value {value} differs\n"), 3;
    free{ty}(&result);
  }}"#,
        ty = function.result
    );
}

/// Initialisers of random values.
struct Values<'a> {
    rng: &'a mut Rng,
    types: &'a Types,
    /// Definitions of the arrays that values refer to.
    arrays: String,
    count: usize,
}

impl Values<'_> {
    fn value(&mut self, ty: Type) -> String {
        match self.types.all[ty].clone() {
            Kind::Number(name, bytes, ..) => self.number(name, bytes),
            Kind::Text => self.string(),
            Kind::List(t) => self.run(&format!("t{t}"), |this| this.value(t)),
            Kind::Map(k, v) => self.run(&format!("e{ty}"), |this| {
                let (key, value) = (this.value(k), this.value(v));
                format!("{{{key}, {value}}}")
            }),
            Kind::FixedList(t, length) => {
                let values: Vec<String> = (0..length).map(|_| self.value(t)).collect();
                format!("{{{{{}}}}}", values.join(", "))
            }
            Kind::Record(fields) | Kind::Tuple(fields) => {
                let values: Vec<String> = fields.iter().map(|&t| self.value(t)).collect();
                format!("{{{}}}", values.join(", "))
            }
            Kind::Enum(count) => self.rng.below(u64::from(count)).to_string(),
            Kind::Flags(count) => format!("{}u", self.rng.word() & ((1 << count) - 1)),
            Kind::Variant(_) | Kind::Optional(_) | Kind::Fallible(..) => {
                let cases = self.types.cases(ty).unwrap_or_default();
                let case = self.rng.below(cases.len() as u64) as usize;
                match cases[case] {
                    None => format!("{{{case}}}"),
                    Some(t) => format!("{{{case}, {{.c{case} = {}}}}}", self.value(t)),
                }
            }
        }
    }

    fn number(&mut self, name: &str, bytes: u32) -> String {
        let bits = self.rng.word() >> (64 - 8 * bytes);
        match name {
            "bool" => (bits & 1).to_string(),
            "char" => self.char().to_string(),
            "f32" | "f64" => self.rng.pick(&["0.0", "-1.5", "3.25", "1e10"]).to_string(),
            _ => format!("({}){}ull", if bytes == 8 { "uint64_t" } else { "uint32_t" }, bits),
        }
    }

    fn char(&mut self) -> u32 {
        let any = self.rng.below(0xd000) as u32;
        self.rng.pick(&[0, 0x41, 0x7f, 0x80, 0xff, 0x100, 0xd7ff, 0xe000, 0xffff, 0x10_ffff, any])
    }

    /// Strings are ASCII, Latin-1, or anything, so that each way of transcoding comes up.
    fn string(&mut self) -> String {
        let length = self.rng.pick(&[0, 1, 2, 5, 17, 33, 100]);
        let kind = self.rng.below(4);
        let odd = self.rng.below(length + 1);
        let text: String = (0..length)
            .filter_map(|i| {
                char::from_u32(match kind {
                    0 => 32 + self.rng.below(95) as u32,
                    1 => self.rng.below(256) as u32,
                    2 => self.char(),
                    // One that is not, wherever it comes.
                    _ if i == odd => self.rng.pick(&[0xe9, 0x20ac, 0x1_f600]),
                    _ => 32 + self.rng.below(95) as u32,
                })
            })
            .collect();
        if text.is_empty() {
            return "{NULL, 0}".to_string();
        }
        let bytes: String = text.bytes().map(|b| format!("\\{b:03o}")).collect();
        format!("{{(const uint8_t *)\"{bytes}\", {}}}", text.len())
    }

    fn run(&mut self, element: &str, mut print: impl FnMut(&mut Self) -> String) -> String {
        let length = self.rng.pick(&[0, 1, 2, 3, 6]);
        if length == 0 {
            return "{NULL, 0}".to_string();
        }
        let values: Vec<String> = (0..length).map(|_| print(self)).collect();
        let name = self.count;
        self.count += 1;
        let values = values.join(", ");
        let _ = writeln!(self.arrays, "static {element} d{name}[] = {{{values}}};");
        format!("{{d{name}, {length}}}")
    }
}

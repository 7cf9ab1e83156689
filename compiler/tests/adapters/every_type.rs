//! Every type to and from the host and between components.

use crate::fixture::*;

pub const ENCODINGS: [&str; 3] = ["utf8", "utf16", "latin1+utf16"];

/// A type, whether it must be given a name, and its flat form in a component with a 32-bit memory.
pub struct Sample {
    pub ty: &'static str,
    named: bool,
    flat: &'static [&'static str],
}

const fn plain(ty: &'static str, flat: &'static [&'static str]) -> Sample {
    Sample { ty, named: false, flat }
}

const fn named(ty: &'static str, flat: &'static [&'static str]) -> Sample {
    Sample { ty, named: true, flat }
}

pub const SAMPLES: &[Sample] = &[
    plain("bool", &["i32"]),
    plain("s8", &["i32"]),
    plain("u8", &["i32"]),
    plain("s16", &["i32"]),
    plain("u16", &["i32"]),
    plain("s32", &["i32"]),
    plain("u32", &["i32"]),
    plain("s64", &["i64"]),
    plain("u64", &["i64"]),
    plain("f32", &["f32"]),
    plain("f64", &["f64"]),
    plain("char", &["i32"]),
    plain("string", &["i32", "i32"]),
    plain("(list u8)", &["i32", "i32"]),
    plain("(list s64)", &["i32", "i32"]),
    plain("(list bool)", &["i32", "i32"]),
    plain("(list char)", &["i32", "i32"]),
    plain("(list string)", &["i32", "i32"]),
    plain("(list (list string))", &["i32", "i32"]),
    plain("(list (tuple u8 u32))", &["i32", "i32"]),
    plain("(list (tuple u32 f32))", &["i32", "i32"]),
    plain("(list (option string))", &["i32", "i32"]),
    plain("(map string u32)", &["i32", "i32"]),
    plain("(map u8 (list string))", &["i32", "i32"]),
    plain("(list u16 3)", &["i32", "i32", "i32"]),
    plain("(list string 2)", &["i32", "i32", "i32", "i32"]),
    plain("(list (tuple u8 u32) 40)", &[]),
    plain("(list string 40)", &[]),
    plain("(list u8 5000)", &[]),
    plain("(list string 5000)", &[]),
    plain("(list (list u8 3))", &["i32", "i32"]),
    plain("(list (list (list bool 16) 16) 16)", &[]),
    plain("(list (list (list string 2) 2) 2)", &["i32"; 16]),
    plain("(list (list error-context 1000) 1000)", &[]),
    plain("error-context", &["i32"]),
    plain("(list error-context)", &["i32", "i32"]),
    plain("(option error-context)", &["i32", "i32"]),
    plain("(result string (error error-context))", &["i32", "i32", "i32"]),
    plain("(tuple u8 u64 string f32)", &["i32", "i64", "i32", "i32", "f32"]),
    plain("(tuple (tuple u8 s8) (tuple bool char))", &["i32", "i32", "i32", "i32"]),
    plain("(option u8)", &["i32", "i32"]),
    plain("(option string)", &["i32", "i32", "i32"]),
    plain("(option (option f32))", &["i32", "i32", "f32"]),
    plain("(option (result string (error u64)))", &["i32", "i32", "i64", "i32"]),
    plain("(result)", &["i32"]),
    plain("(result u8)", &["i32", "i32"]),
    plain("(result (error f64))", &["i32", "f64"]),
    plain("(result f32 (error u32))", &["i32", "i32"]),
    plain("(result (tuple f32 f64) (error (tuple u64 s32)))", &["i32", "i64", "i64"]),
    plain("(result (tuple f32 string) (error (list u8)))", &["i32", "i32", "i32", "i32"]),
    named("(record (field \"a\" u8) (field \"b\" string))", &["i32", "i32", "i32"]),
    named(
        "(variant (case \"a\") (case \"b\" u32) (case \"c\" f64) (case \"d\" string) (case \"e\" u32))",
        &["i32", "i64", "i32"],
    ),
    named("(variant (case \"only\" string))", &["i32", "i32", "i32"]),
    named("(enum \"a\" \"b\" \"c\")", &["i32"]),
    named("(flags \"a\" \"b\" \"c\")", &["i32"]),
    named("(flags \"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" \"h\")", &["i32"]),
    named("(flags \"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\" \"h\" \"i\")", &["i32"]),
    plain(
        "(tuple u8 u16 u32 u64 f32 f64 char bool string s8 s16 s32 s64 (list u8) (option u8) u8)",
        &[],
    ),
];

/// Definitions of `$T` and of the flat parameter and result lists of a function from it to it.
pub fn define(sample: &Sample) -> (String, String, String) {
    let definition = match sample.named {
        true => format!("(type $T0 {}) (import \"t\" (type $T (eq $T0)))", sample.ty),
        false => format!("(type $T {})", sample.ty),
    };
    let params = match sample.flat {
        [] => "(param i32)".to_string(),
        flat => format!("(param {})", flat.join(" ")),
    };
    let result = match sample.flat {
        [one] => one,
        _ => "i32",
    };
    // Primitive types are not definitions.
    let definition =
        if sample.ty.starts_with('(') { definition } else { definition.replace("$T0", "$T") };
    (definition, params, format!("(result {result})"))
}

fn import_component(sample: &Sample, encoding: &str) -> String {
    let (definition, _, _) = define(sample);
    format!(
        r#"(component {definition}
          (import "take" (func $take (param "a" $T)))
          (import "table" (func $both (param "a" $T) (param "b" u8) (param "c" $T) (result $T)))
          (import "trap" (func $trap (param "a" $T) (result $T)))
          {LIBC}
          (core instance $libc (instantiate $libc))
          (core func $f1 (canon lower (func $take) (memory (core memory $libc "memory"))
            (realloc (core func $libc "realloc")) string-encoding={encoding}))
          (core func $f2 (canon lower (func $both) (memory (core memory $libc "memory"))
            (realloc (core func $libc "realloc")) string-encoding={encoding}))
          (core func $f3 (canon lower (func $trap) (memory (core memory $libc "memory"))
            (realloc (core func $libc "realloc")) string-encoding={encoding})))"#
    )
}

fn export_component(sample: &Sample, encoding: &str) -> String {
    let (definition, params, result) = define(sample);
    format!(
        r#"(component {definition}
          {LIBC}
          (core instance $libc (instantiate $libc))
          (core module $m
            (func (export "f") {params} {result} (unreachable))
            (func (export "post") (param {post})))
          (core instance $m (instantiate $m))
          (func (export "f") (param "a" $T) (result $T)
            (canon lift (core func $m "f") (memory (core memory $libc "memory"))
              (realloc (core func $libc "realloc")) (post-return (core func $m "post"))
              string-encoding={encoding})))"#,
        post = result.trim_start_matches("(result ").trim_end_matches(')'),
    )
}

/// Lifts from one memory and lowers to another in a single component.
fn inner_component(sample: &Sample, from: &str, to: &str) -> String {
    let (definition, params, result) = define(sample);
    format!(
        r#"(component {definition}
          {LIBC}
          (core instance $from (instantiate $libc))
          (core instance $to (instantiate $libc))
          (core module $m (func (export "f") {params} {result} (unreachable)))
          (core instance $m (instantiate $m))
          (func $f (param "a" $T) (result $T)
            (canon lift (core func $m "f") (memory (core memory $to "memory"))
              (realloc (core func $to "realloc")) string-encoding={to}))
          (core func $g (canon lower (func $f) (memory (core memory $from "memory"))
            (realloc (core func $from "realloc")) string-encoding={from})))"#
    )
}

#[test]
fn every_type_is_passed_to_imports() {
    for sample in SAMPLES {
        for encoding in ENCODINGS {
            compile_everywhere(&import_component(sample, encoding));
        }
    }
}

#[test]
fn every_type_is_passed_to_exports() {
    for sample in SAMPLES {
        for encoding in ENCODINGS {
            compile_everywhere(&export_component(sample, encoding));
        }
    }
}

#[test]
fn every_type_is_passed_between_components() {
    for sample in SAMPLES {
        for from in ENCODINGS {
            for to in ENCODINGS {
                compile_everywhere(&inner_component(sample, from, to));
            }
        }
    }
}

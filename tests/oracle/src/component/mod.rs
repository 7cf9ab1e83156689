//! The text of a component in which one component calls functions of another.
//!
//! ```text
//!  host ──run N──▶ caller: loads words, calls fN ──adapter──▶ callee: stores them, answers
//!    └── poke, peek, reset: what is in the memories of both, before and after
//!  provider: a resource type that belongs to neither of them
//! ```
//! If the host takes part, there are also `give N`, by which the caller passes the same words to the host, and
//! `take N`, by which the host gets the callee's answer.
//! The core functions know nothing of types: the host lays out the values.

use crate::edge::{Edge, Side};
use std::fmt::Write;
use weldc_tests::roundtrip::types::{Type, Types};
use weldc_tests::roundtrip::wat::{Scope, define, is_named, name};

const CONTROL: &str = include_str!("control.wat");

/// Functions of the host's: to see and to change what is in the memories.
const ACCESS: &str = r#"
    (func (export "poke") (param "memory" u32) (param "at" u32) (param "bytes" (list u8))
      (canon lift (core func $control "poke") (memory (core memory $control "control"))
        (realloc (core func $control "buffer"))))
    (func (export "peek") (param "memory" u32) (param "at" u32) (param "length" u32)
      (result (list u8))
      (canon lift (core func $control "peek") (memory (core memory $control "control"))))
    (func (export "reset") (param "memory" u32) (canon lift (core func $control "reset")))
    (func (export "pages") (param "memory" u32) (result u32)
      (canon lift (core func $control "pages")))"#;

/// Every function of the host's on a component.
const EXPORTS: [&str; 4] = ["poke", "peek", "reset", "pages"];

const PROVIDER: &str = r#"
  (component $provider
    (alias outer $root $control-module (core module $control-module))
    (core instance $control (instantiate $control-module))
    (type $resource (resource (rep i32) (dtor (core func $control "destroy"))))
    (export $r0 "r0" (type $resource))
    (core func $new (canon resource.new $resource))
    (core module $main-module
      (import "" "new" (func $new (param i32) (result i32)))
      (func (export "make") (param i32) (result i32) (call $new (local.get 0))))
    (core instance $main (instantiate $main-module
      (with "" (instance (export "new" (func $new))))))
    (func (export "make0") (param "rep" u32) (result (own $r0))
      (canon lift (core func $main "make")))"#;

/// What the component has beside two components.
#[derive(Clone, Copy, Debug)]
pub struct Extras {
    /// Its types have handles.
    pub handles: bool,
    /// The host takes part: not together with handles.
    pub host: bool,
}

/// The component.
pub fn component(types: &Types, edges: &[Edge], extras: Extras) -> String {
    let Extras { handles, host } = extras;
    let mut out = format!("(component $root\n{CONTROL}");
    if host {
        (0..types.all.len()).for_each(|ty| define(types, ty, Scope::Imported, &mut out));
        imports(types, edges, &mut out);
    }
    if handles {
        out += PROVIDER;
        out += ACCESS;
        out += ")\n  (instance $provider (instantiate $provider))\n";
    }
    callee(types, edges, extras, &mut out);
    caller(types, edges, extras, &mut out);
    instances(types, edges, extras, &mut out);
    out + ")\n"
}

/// The edges that pass parameters, and the types of all of them in one.
fn packed(edges: &[Edge]) -> impl Iterator<Item = (usize, Type)> {
    edges.iter().enumerate().filter_map(|(i, edge)| Some((i, edge.packed?)))
}

/// The edges that give something, and its type.
fn results(edges: &[Edge]) -> impl Iterator<Item = (usize, Type)> {
    edges.iter().enumerate().filter_map(|(i, edge)| Some((i, edge.result?)))
}

/// Functions of the host's.
fn imports(types: &Types, edges: &[Edge], out: &mut String) {
    for (i, ty) in packed(edges) {
        let name = name(types, ty);
        let _ = write!(out, "\n    (import \"g{i}\" (func $g{i} (param \"p\" {name})))");
    }
}

/// What both components begin with.
fn head(id: &str, out: &mut String) {
    let _ = write!(
        out,
        "
  (component ${id}
    (alias outer $root $control-module (core module $control-module))
    (core instance $control (instantiate $control-module))"
    );
}

fn callee(types: &Types, edges: &[Edge], extras: Extras, out: &mut String) {
    let Extras { handles, host } = extras;
    head("callee", out);
    if handles {
        *out += r#"
    (import "r0" (type $r0 (sub resource)))
    (import "make0" (func $make0 (param "rep" u32) (result (own $r0))))
    (type $resource (resource (rep i32) (dtor (core func $control "destroy"))))
    (export $r1 "r1" (type $resource))
    (core func $make0 (canon lower (func $make0)))
    (core func $make1 (canon resource.new $resource))
    (core func $drop0 (canon resource.drop $r0))
    (core func $drop1 (canon resource.drop $resource))
"#;
    }
    for ty in 0..types.all.len() {
        define(types, ty, Scope::Exported, out);
    }
    *out += "    (core module $main-module (import \"control\" \"control\" (memory 8))";
    handle_functions(handles, out);
    for (i, edge) in edges.iter().enumerate() {
        callee_body(types, edge, i, handles, out);
    }
    *out += ")";
    main_instance("", handles, out);
    if host {
        for (i, ty) in results(edges) {
            let (name, options) = (name(types, ty), options(edges[i].callee));
            let _ = write!(
                out,
                r#"
    (func (export "take{i}") (result {name})
      (canon lift (core func $main "take{i}") {options} (post-return (core func $main "post{i}"))))"#
            );
        }
    }
    for (i, edge) in edges.iter().enumerate() {
        let _ = write!(
            out,
            r#"
    (func (export "f{i}") {}
      (canon lift (core func $main "f{i}") {} (post-return (core func $main "post{i}"))))"#,
            signature(types, edge),
            options(edge.callee)
        );
    }
    if handles {
        *out += r#"
    (func (export "make1") (param "rep" u32) (result (own $r1))
      (canon lift (core func $main "make1")))"#;
    }
    *out += ACCESS;
    *out += ")";
}

fn caller(types: &Types, edges: &[Edge], extras: Extras, out: &mut String) {
    let Extras { handles, host } = extras;
    head("caller", out);
    if handles {
        *out += r#"
    (import "r0" (type $r0 (sub resource)))
    (import "r1" (type $r1 (sub resource)))
    (import "make0" (func $make0 (param "rep" u32) (result (own $r0))))
    (import "make1" (func $make1 (param "rep" u32) (result (own $r1))))
    (core func $make0 (canon lower (func $make0)))
    (core func $make1 (canon lower (func $make1)))
    (core func $drop0 (canon resource.drop $r0))
    (core func $drop1 (canon resource.drop $r1))
"#;
    }
    for ty in 0..types.all.len() {
        define(types, ty, Scope::Imported, out);
    }
    for (i, edge) in edges.iter().enumerate() {
        let signature = signature(types, edge);
        let _ = write!(
            out,
            r#"
    (import "f{i}" (func $f{i} {signature}))
    (core func $f{i} (canon lower (func $f{i}) {}))"#,
            options(edge.caller)
        );
    }
    if host {
        imports(types, edges, out);
        for (i, _) in packed(edges) {
            let options = options(edges[i].caller);
            let _ = write!(out, "\n    (core func $g{i} (canon lower (func $g{i}) {options}))");
        }
    }
    *out += "    (core module $main-module (import \"control\" \"control\" (memory 8))";
    for (i, edge) in edges.iter().enumerate() {
        let (params, results) = edge.lowered(types);
        let signature = core_signature(&params, &results);
        let _ = write!(out, "\n      (import \"f\" \"f{i}\" (func $f{i} {signature}))");
    }
    let packed: Vec<usize> = packed(edges).map(|(i, _)| i).filter(|_| host).collect();
    for &i in &packed {
        let signature = core_signature(&edges[i].passed(types), &[]);
        let _ = write!(out, "\n      (import \"f\" \"g{i}\" (func $g{i} {signature}))");
    }
    handle_functions(handles, out);
    for (i, edge) in edges.iter().enumerate() {
        caller_body(types, edge, i, out);
    }
    for &i in &packed {
        let args = loads(&edges[i].passed(types));
        let _ = write!(out, "\n      (func (export \"give{i}\") (call $g{i}{args}))");
    }
    *out += ")";
    let given = (0..edges.len()).map(|i| format!("f{i}"));
    let given = given.chain(packed.iter().map(|i| format!("g{i}")));
    let given: String = given.map(|f| format!(" (export \"{f}\" (func ${f}))")).collect();
    main_instance(&format!("\n      (with \"f\" (instance{given}))"), handles, out);
    let called = (0..edges.len()).map(|i| format!("run{i}"));
    for f in called.chain(packed.iter().map(|i| format!("give{i}"))) {
        let _ = write!(out, "\n    (func (export \"{f}\") (canon lift (core func $main \"{f}\")))");
    }
    *out += ACCESS;
    *out += ")";
}

/// Functions that make and drop handles when the host says so, and one that the callee calls to drop what
/// it was told to.
fn handle_functions(handles: bool, out: &mut String) {
    if !handles {
        *out += "\n      (func $drops)";
        return;
    }
    *out += r#"
      (import "h" "make0" (func $make0 (param i32) (result i32)))
      (import "h" "make1" (func $make1 (param i32) (result i32)))
      (import "h" "drop0" (func $drop0 (param i32)))
      (import "h" "drop1" (func $drop1 (param i32)))
      (func (export "make") (param $kind i32) (param $rep i32) (result i32)
        (if (result i32) (local.get $kind)
          (then (call $make1 (local.get $rep)))
          (else (call $make0 (local.get $rep)))))
      (func (export "make1") (param i32) (result i32) (call $make1 (local.get 0)))
      (func $drop (export "drop") (param $kind i32) (param $index i32)
        (if (local.get $kind)
          (then (call $drop1 (local.get $index)))
          (else (call $drop0 (local.get $index)))))
      (func $drops (local $n i32) (local $at i32)
        (local.set $n (i32.load (i32.const 0x900)))
        (local.set $at (i32.const 0x908))
        (block $done
          (loop $more
            (br_if $done (i32.eqz (local.get $n)))
            (call $drop (i32.load (local.get $at)) (i32.load offset=8 (local.get $at)))
            (local.set $at (i32.add (local.get $at) (i32.const 16)))
            (local.set $n (i32.sub (local.get $n) (i32.const 1)))
            (br $more))))"#;
}

/// Instantiates the main module with what comes from outside.
fn main_instance(given: &str, handles: bool, out: &mut String) {
    *out += "\n    (core instance $main (instantiate $main-module (with \"control\" (instance $control))";
    *out += given;
    if handles {
        *out += "\n      (with \"h\" (instance";
        for name in ["make0", "make1", "drop0", "drop1"] {
            let _ = write!(out, " (export \"{name}\" (func ${name}))");
        }
        *out += "))";
    }
    *out += "))";
    if handles {
        *out += r#"
    (func (export "make") (param "kind" u32) (param "rep" u32) (result u32)
      (canon lift (core func $main "make")))
    (func (export "drop") (param "kind" u32) (param "index" u32)
      (canon lift (core func $main "drop")))"#;
    }
}

/// Calls the import with the words that the host has put at 0, and stores the result at 0x200.
fn caller_body(types: &Types, edge: &Edge, i: usize, out: &mut String) {
    let (params, results) = edge.lowered(types);
    let args = loads(&params);
    let call = format!("(call $f{i}{args})");
    let call = match results.first() {
        Some(ty) => format!("({ty}.store (i32.const 0x200) {call})"),
        None => call,
    };
    let _ = write!(out, "\n      (func (export \"run{i}\") {call})");
}

/// Stores its parameters at 0x200, and gives the word that the host has put at 0.
fn callee_body(types: &Types, edge: &Edge, i: usize, handles: bool, out: &mut String) {
    let (params, results) = edge.lifted(types);
    let stores = |at: usize, types: &[&'static str]| -> String {
        let store = |(slot, ty): (usize, &&str)| {
            format!("({ty}.store (i32.const {}) (local.get {slot}))", at + 8 * slot)
        };
        types.iter().enumerate().map(store).collect()
    };
    let count = |at: &str| {
        format!("(i64.store (i32.const {at}) (i64.add (i64.load (i32.const {at})) (i64.const 1)))")
    };
    let drops = if handles { "(call $drops)" } else { "" };
    let result = loads(&results);
    let _ = write!(
        out,
        "
      (func (export \"f{i}\") {} {} {} {drops} {result})
      (func (export \"take{i}\") {} {result})
      (func (export \"post{i}\") {} {} {})",
        core_signature(&params, &results),
        stores(0x200, &params),
        count("0x410"),
        core_signature(&[], &results),
        core_signature(&results, &[]),
        stores(0x420, &results),
        count("0x418"),
    );
}

/// The words that the host has put at 0.
fn loads(types: &[&str]) -> String {
    let load = |(slot, ty): (usize, &&str)| format!(" ({ty}.load (i32.const {}))", 8 * slot);
    types.iter().enumerate().map(load).collect()
}

fn core_signature(params: &[&str], results: &[&str]) -> String {
    format!("(param {}) (result {})", params.join(" "), results.join(" "))
}

fn options(side: Side) -> String {
    let Side { encoding, pointer } = side;
    format!(
        "(memory (core memory $control \"m{pointer}\")) (realloc (core func $control \"realloc{pointer}\")) string-encoding={encoding}"
    )
}

/// The component function's type.
fn signature(types: &Types, edge: &Edge) -> String {
    let mut text = String::new();
    for (i, &ty) in edge.params.iter().enumerate() {
        let _ = write!(text, "(param \"p{i}\" {}) ", name(types, ty));
    }
    if let Some(ty) = edge.result {
        let _ = write!(text, "(result {})", name(types, ty));
    }
    text
}

fn instances(types: &Types, edges: &[Edge], extras: Extras, out: &mut String) {
    let Extras { handles, host } = extras;
    let named: Vec<Type> = (0..types.all.len()).filter(|&ty| is_named(types, ty)).collect();
    let given = if handles {
        " (with \"r0\" (type $provider \"r0\")) (with \"make0\" (func $provider \"make0\"))"
    } else {
        ""
    };
    let _ = write!(out, "\n  (instance $callee (instantiate $callee{given}))");
    let _ = write!(out, "\n  (instance $caller (instantiate $caller{given}");
    if handles {
        *out += " (with \"r1\" (type $callee \"r1\")) (with \"make1\" (func $callee \"make1\"))";
    }
    for ty in named {
        let _ = write!(out, " (with \"t{ty}\" (type $callee \"t{ty}\"))");
    }
    for i in 0..edges.len() {
        let _ = write!(out, " (with \"f{i}\" (func $callee \"f{i}\"))");
    }
    let packed: Vec<usize> = packed(edges).map(|(i, _)| i).filter(|_| host).collect();
    for i in &packed {
        let _ = write!(out, " (with \"g{i}\" (func $g{i}))");
    }
    *out += "))";
    if host {
        for (i, ty) in results(edges) {
            let name = name(types, ty);
            let _ = write!(
                out,
                "\n  (export \"take{i}\" (func $callee \"take{i}\") (func (result {name})))"
            );
        }
    }
    let mut export = |of: &str, function: &str| {
        let _ = write!(out, "\n  (export \"{of}-{function}\" (func ${of} \"{function}\"))");
    };
    for of in ["caller", "callee"] {
        EXPORTS.iter().for_each(|function| export(of, function));
        if handles {
            export(of, "make");
            export(of, "drop");
        }
    }
    if handles {
        EXPORTS.iter().for_each(|function| export("provider", function));
    }
    (0..edges.len()).for_each(|i| export("caller", &format!("run{i}")));
    packed.iter().for_each(|i| export("caller", &format!("give{i}")));
}

//! Much of what a module can have many of.

use super::{Shape, around, repeat};

pub const SHAPES: &[Shape] = &[
    Shape { name: "functions", full: 100_000, text: functions },
    Shape { name: "functions in a table", full: 100_000, text: functions_in_table },
    Shape { name: "types", full: 100_000, text: types },
    Shape { name: "imports", full: 100_000, text: imports },
    Shape { name: "exports", full: 100_000, text: exports },
    Shape { name: "globals of a module", full: 100_000, text: globals },
    Shape { name: "element segments", full: 100_000, text: element_segments },
    Shape { name: "passive element segments", full: 100_000, text: passive_elements },
    Shape { name: "data segments", full: 100_000, text: data_segments },
    Shape { name: "passive data segments", full: 100_000, text: passive_data },
    Shape { name: "memories", full: 100, text: memories },
    Shape { name: "tables", full: 100_000, text: tables },
    Shape { name: "tags", full: 100_000, text: tags },
    Shape { name: "parameters", full: 1_000, text: parameters },
    Shape { name: "results", full: 1_000, text: results },
    Shape { name: "long names", full: 10_000, text: long_names },
];

const F: &str = "(func (export \"f\") (param i32) (result i32) local.get 0";

fn functions(size: usize) -> String {
    let func = |i: usize| {
        let next = if i + 1 < size { i + 1 } else { i };
        format!(
            "(func (param i32) (result i32) (i32.load offset={i} (local.get 0)) if (result i32)
               (call {next} (i32.add (local.get 0) (i32.const {i}))) else i32.const {i} end)"
        )
    };
    around(&format!("(memory 1) {} {F} call 0)", repeat(size, func)))
}

fn functions_in_table(size: usize) -> String {
    let func = |i: usize| format!("(func (param i32) (result i32) i32.const {i})");
    let elements = repeat(size, |i| i.to_string());
    around(&format!(
        "(type $t (func (param i32) (result i32))) {} (table {size} funcref)
         (elem (i32.const 0) func {elements}) {F} local.get 0 call_indirect (type $t))",
        repeat(size, func)
    ))
}

/// Types that all differ: as many parameters as there are binary digits.
fn types(size: usize) -> String {
    let params = |i: usize| -> String {
        (0..18).map(|bit| if i >> bit & 1 == 1 { " i64" } else { " i32" }).collect()
    };
    around(&format!(
        "{} (table (export \"t\") 1 funcref) {F}
          drop i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0
          i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0 i32.const 0
          i32.const 0 i32.const 0 i32.const 0 i32.const 0 local.get 0 call_indirect (type 0)
          local.get 0)",
        repeat(size, |i| format!("(type (func (param{})))", params(i)))
    ))
}

fn imports(size: usize) -> String {
    let import = |i: usize| format!("(import \"a\" \"{i}\" (func (param i32) (result i32)))");
    let export = |i: usize| format!("(export \"{i}\" (func $one))");
    format!(
        "(component
            (core module $a (func (export \"one\") (param i32) (result i32) local.get 0))
            (core instance $a (instantiate $a))
            (alias core export $a \"one\" (core func $one))
            (core instance $many {})
            (core module $m {} {F} {}))
            (core instance $i (instantiate $m (with \"a\" (instance $many))))
            (func (export \"f\") (param \"x\" s32) (result s32) (canon lift (core func $i \"f\"))))",
        repeat(size, export),
        repeat(size, import),
        repeat(size, |i| format!("call {i}"))
    )
}

fn exports(size: usize) -> String {
    around(&format!("{F}) {}", repeat(size, |i| format!("(export \"e{i}\" (func 0))"))))
}

fn globals(size: usize) -> String {
    let global = |i: usize| format!("(global (mut i32) (i32.const {i}))");
    let step = |i: usize| format!("global.get {i} i32.add global.get {i} global.set {}", size - 1);
    around(&format!("{} {F} {})", repeat(size, global), repeat(size, step)))
}

fn element_segments(size: usize) -> String {
    let segment = |i: usize| format!("(elem (i32.const {i}) $g)");
    around(&format!(
        "(func $g) (table {size} funcref) {} {F} call_indirect local.get 0)",
        repeat(size, segment)
    ))
}

fn passive_elements(size: usize) -> String {
    let step = |i: usize| format!("(table.init {i} (i32.const 0) (i32.const 0) (i32.const 1))");
    around(&format!(
        "(func $g) (table 1 funcref) {} {F} {} call_indirect local.get 0)",
        repeat(size, |_| "(elem func $g)"),
        repeat(size, step)
    ))
}

fn data_segments(size: usize) -> String {
    let segment = |i: usize| format!("(data (i32.const {}) \"{i}\")", i * 8);
    let pages = size * 8 / 65536 + 1;
    around(&format!("(memory {pages}) {} {F} i32.load)", repeat(size, segment)))
}

fn passive_data(size: usize) -> String {
    let step = |i: usize| format!("(memory.init {i} (i32.const 0) (i32.const 0) (i32.const 1))");
    around(&format!(
        "(memory 1) {} {F} {} i32.load)",
        repeat(size, |i| format!("(data \"{i}\")")),
        repeat(size, step)
    ))
}

fn memories(size: usize) -> String {
    let load = |i: usize| format!("local.get 0 i32.load {i} i32.add");
    around(&format!("{} {F} {})", repeat(size, |_| "(memory 1)"), repeat(size, load)))
}

fn tables(size: usize) -> String {
    let step = |i: usize| format!("table.size {i} i32.add");
    around(&format!("{} {F} {})", repeat(size, |_| "(table 1 2 funcref)"), repeat(size, step)))
}

fn tags(size: usize) -> String {
    let step = |i: usize| format!("(if (i32.eq (local.get 0) (i32.const {i})) (then throw {i}))");
    around(&format!("{} {F} {})", repeat(size, |_| "(tag)"), repeat(size, step)))
}

/// As many calls as there are parameters.
fn parameters(size: usize) -> String {
    let params = "i32 ".repeat(size);
    let arguments = repeat(size, |_| "local.get 0");
    let sum = repeat(size - 1, |i| format!("local.get {} i32.add", i + 1));
    let call = format!("{arguments} call $g local.set 0 ");
    around(&format!(
        "(func $g (param {params}) (result i32) local.get 0 {sum})
         (func (export \"f\") (param i32) (result i32) {} local.get 0)",
        call.repeat(size)
    ))
}

/// As many calls as there are results.
fn results(size: usize) -> String {
    let results = "i32 ".repeat(size);
    let values = repeat(size, |i| format!("local.get 0 i32.load offset={i}"));
    let calls = repeat(size, |_| format!("call $g {}", "i32.add ".repeat(size - 1)));
    around(&format!("(memory 1) (func $g (param i32) (result {results}) {values}) {F} {calls})"))
}

/// Names that differ at their ends.
fn long_names(size: usize) -> String {
    let name = "n".repeat(1000);
    let func = |i: usize| {
        let next = if i + 1 < size { i + 1 } else { i };
        format!(
            "(func ${name}{i} (export \"{name}{i}\") (param i32) (result i32)
                local.get 0 call ${name}{next})"
        )
    };
    around(&format!("{} {F} call 0)", repeat(size, func)))
}

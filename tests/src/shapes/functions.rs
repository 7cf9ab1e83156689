//! One large function.

use super::{Shape, around, repeat};

pub const SHAPES: &[Shape] = &[
    Shape { name: "arithmetic", full: 150_000, text: arithmetic },
    Shape { name: "constants", full: 100_000, text: constants },
    Shape { name: "loads", full: 150_000, text: loads },
    Shape { name: "stores", full: 150_000, text: stores },
    Shape { name: "globals", full: 150_000, text: globals },
    Shape { name: "divisions", full: 150_000, text: divisions },
    Shape { name: "vectors", full: 40_000, text: vectors },
    Shape { name: "selects", full: 150_000, text: selects },
    Shape { name: "calls", full: 250_000, text: calls },
    Shape { name: "indirect calls", full: 100_000, text: indirect_calls },
    Shape { name: "operands", full: 150_000, text: operands },
    Shape { name: "operands across calls", full: 100_000, text: operands_across_calls },
    Shape { name: "nested dead code", full: 300_000, text: nested_dead_code },
    Shape { name: "dead code", full: 300_000, text: dead_code },
    Shape { name: "locals, unused", full: 49_999, text: locals_unused },
    Shape { name: "locals, used once", full: 49_999, text: locals_once },
    Shape { name: "locals across a call", full: 49_999, text: locals_across_call },
    Shape { name: "locals across calls", full: 49_999, text: locals_across_calls },
    Shape { name: "locals in a loop", full: 49_999, text: locals_in_loop },
    Shape { name: "locals in ifs", full: 49_999, text: locals_in_ifs },
    Shape { name: "locals in loops", full: 49_999, text: locals_in_loops },
    Shape { name: "locals behind a br_table", full: 1_000, text: locals_behind_br_table },
    Shape { name: "locals in nested blocks", full: 100_000, text: locals_in_nested_blocks },
    Shape { name: "locals in nested loops", full: 10_000, text: locals_in_nested_loops },
    Shape { name: "few locals in ifs", full: 100_000, text: few_locals_in_ifs },
    Shape { name: "br_table, one target", full: 65_000, text: br_table_one_target },
    Shape { name: "br_table, all targets", full: 65_000, text: br_table_all_targets },
    Shape { name: "br_tables", full: 1_000, text: br_tables },
    Shape { name: "br_table with values", full: 1_000, text: br_table_with_values },
    Shape { name: "nested blocks", full: 100_000, text: nested_blocks },
    Shape { name: "nested blocks with branches", full: 100_000, text: nested_branches },
    Shape { name: "nested blocks with values", full: 1_000, text: nested_values },
    Shape { name: "nested ifs", full: 100_000, text: nested_ifs },
    Shape { name: "nested loops", full: 10_000, text: nested_loops },
    Shape { name: "loops behind each other", full: 50_000, text: loops },
    Shape { name: "nested try_tables", full: 1_000, text: nested_try_tables },
    Shape { name: "try_tables behind each other", full: 50_000, text: try_tables },
    Shape { name: "catches of one try_table", full: 10_000, text: catches },
];

/// A module with this body of `f`.
fn body(locals: &str, body: &str) -> String {
    with("", locals, body)
}

fn with(fields: &str, locals: &str, body: &str) -> String {
    around(&format!(
        "(memory 1) {fields} (func (export \"f\") (param i32) (result i32) {locals} {body})"
    ))
}

fn i32_locals(count: usize) -> String {
    format!("(local{})", " i32".repeat(count))
}

/// All locals, added up onto what is on the stack.
fn sum(count: usize) -> String {
    repeat(count, |i| format!("local.get {} i32.add", i + 1))
}

fn arithmetic(size: usize) -> String {
    let ops = ["add", "mul", "xor", "sub", "shl"];
    let step = |i: usize| format!("local.get 0 i32.const {} i32.{}", i % 100 + 3, ops[i % 5]);
    body("", &format!("{} local.get 0", repeat(size, |i| step(i) + " local.set 0")))
}

fn constants(size: usize) -> String {
    let step = |i: usize| format!("i64.const {} i64.xor", i as u64 * 0x9e37_79b9_7f4a % (1 << 62));
    body("", &format!("i64.const 0 {} i32.wrap_i64", repeat(size, step)))
}

fn loads(size: usize) -> String {
    let load = |i: usize| format!("local.get 0 i32.load offset={} i32.add", i * 4);
    body("", &format!("i32.const 0 {}", repeat(size, load)))
}

fn stores(size: usize) -> String {
    let store = |i: usize| format!("local.get 0 local.get 0 i32.store offset={}", i * 4);
    body("", &format!("{} local.get 0", repeat(size, store)))
}

fn globals(size: usize) -> String {
    let step = |i: usize| {
        format!("global.get {} local.get 0 i32.add global.set {}", i % 100, (i + 1) % 100)
    };
    let globals = repeat(100, |_| "(global (mut i32) (i32.const 1))");
    with(&globals, "", &format!("{} global.get 0", repeat(size, step)))
}

fn divisions(size: usize) -> String {
    let step = |_| "local.get 0 i32.div_s i32.const 1 i32.add";
    body("", &format!("i32.const 77 {}", repeat(size, step)))
}

fn vectors(size: usize) -> String {
    let step = |i: usize| format!("v128.const i32x4 1 2 3 {i} i32x4.add");
    body("", &format!("local.get 0 i32x4.splat {} i32x4.extract_lane 0", repeat(size, step)))
}

fn selects(size: usize) -> String {
    let step = |i: usize| format!("local.get 0 local.get 0 i32.const {} i32.and select", i + 1);
    body("", &format!("local.get 0 {}", repeat(size, step)))
}

const CALLEE: &str = "(func $g (param i32) (result i32)
    (i32.store (local.get 0) (local.get 0)) (i32.load offset=4 (local.get 0)))";

fn calls(size: usize) -> String {
    with(CALLEE, "", &format!("local.get 0 {}", repeat(size, |_| "call $g")))
}

fn indirect_calls(size: usize) -> String {
    let fields = format!(
        "(type $t (func (param i32) (result i32))) {CALLEE}
         (table (export \"table\") 1 funcref) (elem (i32.const 0) $g)"
    );
    let step = |_| "local.get 0 call_indirect (type $t)";
    with(&fields, "", &format!("local.get 0 {}", repeat(size, step)))
}

fn operands(size: usize) -> String {
    let push = |i: usize| format!("local.get 0 i32.load offset={}", i * 4);
    let add = repeat(size - 1, |_| "i32.add");
    body("", &(repeat(size, push) + &add))
}

fn operands_across_calls(size: usize) -> String {
    let push = |_| "local.get 0 call $g";
    with(CALLEE, "", &(repeat(size, push) + &repeat(size - 1, |_| "i32.add")))
}

fn dead_code(size: usize) -> String {
    body("", &format!("local.get 0 return {}", repeat(size, |_| "block br 0 i32.add drop end")))
}

fn nested_dead_code(size: usize) -> String {
    body("", &format!("unreachable {} {}", "loop ".repeat(size), "end ".repeat(size)))
}

fn locals_unused(size: usize) -> String {
    body(&i32_locals(size), "local.get 0")
}

fn locals_once(size: usize) -> String {
    let step = |i: usize| format!("local.get 0 i32.load local.tee {} i32.add", i + 1);
    body(&i32_locals(size), &format!("i32.const 0 {}", repeat(size, step)))
}

fn locals_across_call(size: usize) -> String {
    let set = |i: usize| format!("local.get 0 i32.load offset={i} local.set {}", i + 1);
    let text = format!("{} local.get 0 call $g {}", repeat(size, set), sum(size));
    with(CALLEE, &i32_locals(size), &text)
}

fn locals_across_calls(size: usize) -> String {
    let set = |i: usize| format!("local.get 0 i32.load offset={i} local.set {}", i + 1);
    let step = |i: usize| format!("local.get {} call $g i32.add", i + 1);
    let text = format!("{} i32.const 0 {}", repeat(size, set), repeat(size, step));
    with(CALLEE, &i32_locals(size), &text)
}

fn locals_in_loop(size: usize) -> String {
    let step =
        |i: usize| format!("local.get {} local.get {} i32.add local.set {}", i + 1, i, i + 1);
    let text = format!("loop {} local.get {size} br_if 0 end local.get 1", repeat(size, step));
    body(&i32_locals(size), &text)
}

fn locals_in_ifs(size: usize) -> String {
    let step = |i: usize| {
        format!(
            "local.get {i} if i32.const {i} local.set {} else local.get 0 local.set {} end",
            i + 1,
            i + 1
        )
    };
    body(&i32_locals(size), &format!("{} i32.const 0 {}", repeat(size, step), sum(size)))
}

fn locals_in_loops(size: usize) -> String {
    let step = |i: usize| {
        format!(
            "loop local.get {} i32.const 1 i32.add local.tee {} local.get 0 i32.lt_s br_if 0 end",
            i + 1,
            i + 1
        )
    };
    body(&i32_locals(size), &format!("{} i32.const 0 {}", repeat(size, step), sum(size)))
}

/// Each target sets another one; the table is 65 times as long as there are targets.
fn locals_behind_br_table(size: usize) -> String {
    let blocks = "block ".repeat(size);
    let targets = repeat(65 * size, |i| (i % size).to_string());
    let case = |i: usize| format!("end i32.const {i} local.set {}", i + 1);
    let text = format!(
        "{blocks} local.get 0 br_table {targets} {} i32.const 0 {}",
        repeat(size, case),
        sum(size)
    );
    body(&i32_locals(size), &text)
}

/// A thousand, of which a few are set behind blocks that some branches leave all at once.
fn locals_in_nested_blocks(size: usize) -> String {
    let close = |i: usize| format!("local.get 0 br_if 0 end i32.const {i} local.set {}", i % 5 + 1);
    let text = format!(
        "{} local.get 0 br_if {} {} local.get 1",
        "block ".repeat(size),
        size - 1,
        repeat(size, close)
    );
    body(&i32_locals(1000), &text)
}

/// A thousand, of which the innermost loop moves a few.
fn locals_in_nested_loops(size: usize) -> String {
    let moves = repeat(20, |i| format!("local.get {} local.set {}", i + 1, i + 2));
    let close = "local.get 0 br_if 0 end ".repeat(size);
    body(&i32_locals(1000), &format!("{} {moves} {close} local.get 1", "loop ".repeat(size)))
}

fn few_locals_in_ifs(size: usize) -> String {
    let step = |i: usize| {
        let (from, to) = (i % 20, (i + 7) % 20);
        format!("local.get {from} if local.get {from} i32.const {i} i32.add local.set {to} end")
    };
    body(&i32_locals(20), &format!("{} i32.const 0 {}", repeat(size, step), sum(20)))
}

fn br_table_one_target(size: usize) -> String {
    let text = format!("block local.get 0 br_table {} end local.get 0", "0 ".repeat(size));
    body("", &text)
}

fn br_table_all_targets(size: usize) -> String {
    let cases = |i: usize| format!("end local.get 0 i32.const {i} i32.xor local.set 0");
    let targets = repeat(size, |i| i.to_string());
    let blocks = "block ".repeat(size);
    body(
        "",
        &format!("{blocks} local.get 0 br_table {targets} {} local.get 0", repeat(size, cases)),
    )
}

/// Tables as large as they are many.
fn br_tables(size: usize) -> String {
    let entries = repeat(size, |i| (i % 7).to_string());
    let table =
        |i: usize| format!("block local.get 0 i32.const {i} i32.add br_table {entries} end");
    body(
        "",
        &format!("{} {} {} local.get 0", "block ".repeat(6), repeat(size, table), "end ".repeat(6)),
    )
}

/// A table of blocks that each take as many values.
fn br_table_with_values(size: usize) -> String {
    let results = "i32 ".repeat(size);
    let types = format!("(type $t (func (result {results})))");
    let values = repeat(size, |i| format!("local.get 0 i32.load offset={i}"));
    let targets = repeat(size, |i| i.to_string());
    let blocks = "block (type $t) ".repeat(size);
    let sums = repeat(size - 1, |_| "i32.add");
    let body =
        format!("{blocks} {values} local.get 0 br_table {targets} {} {sums}", "end ".repeat(size));
    with(&types, "", &body)
}

fn nested_blocks(size: usize) -> String {
    body("", &format!("{} {} local.get 0", "block ".repeat(size), "end ".repeat(size)))
}

fn nested_branches(size: usize) -> String {
    let open = |i: usize| format!("block local.get 0 br_if {}", i / 2);
    body("", &format!("{} {} local.get 0", repeat(size, open), "end ".repeat(size)))
}

/// Blocks that pass on as many values as they are deep.
fn nested_values(size: usize) -> String {
    let values = "i32 ".repeat(size);
    let types = format!("(type $t (func (param {values}) (result {values})))");
    let push = repeat(size, |i| format!("local.get 0 i32.load offset={i}"));
    let open = "block (type $t) local.get 0 br_if 0 ".repeat(size);
    let sums = repeat(size - 1, |_| "i32.add");
    with(&types, "", &format!("{push} {open} {} {sums}", "end ".repeat(size)))
}

fn nested_ifs(size: usize) -> String {
    let open = |i: usize| format!("local.get 0 i32.const {} i32.gt_u if", i % 50);
    let close = |i: usize| format!("else local.get 0 i32.const {i} i32.add local.set 0 end");
    body("", &format!("{} {} local.get 0", repeat(size, open), repeat(size, close)))
}

fn nested_loops(size: usize) -> String {
    let close = "local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end ".repeat(size);
    body("", &format!("{} {close} local.get 0", "loop ".repeat(size)))
}

fn loops(size: usize) -> String {
    let step = |_| "loop local.get 0 i32.const 1 i32.sub local.tee 0 br_if 0 end";
    body("", &format!("{} local.get 0", repeat(size, step)))
}

const TAG: &str = "(tag $e (param i32))";

/// A call in each of them, so that handlers are listed as often as the square of the depth.
fn nested_try_tables(size: usize) -> String {
    let open = "block (result i32) try_table (result i32) (catch $e 0) local.get 0 call $g drop ";
    let text = format!("{} local.get 0 {}", open.repeat(size), "end end ".repeat(size));
    with(&format!("{TAG} {CALLEE}"), "", &text)
}

fn try_tables(size: usize) -> String {
    let step = |_| "block (result i32) try_table (result i32) (catch $e 0) local.get 0 call $g end end local.set 0";
    with(&format!("{TAG} {CALLEE}"), "", &format!("{} local.get 0", repeat(size, step)))
}

fn catches(size: usize) -> String {
    let tags = repeat(size, |i| format!("(tag $e{i})"));
    let catches = repeat(size, |i| format!("(catch $e{i} 0)"));
    let text =
        format!("block try_table {catches} local.get 0 call $g local.set 0 end end local.get 0");
    with(&format!("{tags} {CALLEE}"), "", &text)
}

//! Which calls have records, and which of those need a stack.

use super::*;
use crate::index::{ComponentInstanceId, ExportId};
use crate::link::TrampolineKind;
use std::fmt::Write;

/// A component that imports `f` and calls it from `run`, which the host calls, and one that exports `f`.
struct Pair<'a> {
    /// The type of `f`.
    ty: &'a str,
    /// Definitions of the callee's component, such as built-ins: core functions named `$b`, and core instance `$i`.
    definitions: &'a str,
    /// Imports of the callee's core module.
    imports: &'a str,
    /// Fields of the callee's core module, which exports `f`.
    callee: &'a str,
    /// Options of the lift and the lower.
    lift: &'a str,
    lower: &'a str,
    /// What `run` has with the call.
    result: &'a str,
}

/// A function of an asynchronous type that is lifted and lowered synchronously, and returns at once.
const PLAIN: Pair<'_> = Pair {
    ty: "async",
    definitions: "(core instance $i)",
    imports: "",
    callee: r#"(func (export "f"))"#,
    lift: "",
    lower: "",
    result: "",
};

/// A built-in for the callee, with its core type.
fn with_built_in<'a>(of: Pair<'a>, definitions: &'a str, imports: &'a str) -> Pair<'a> {
    Pair { definitions, imports, ..of }
}

const YIELD: &str =
    r#"(core func $b (canon thread.yield)) (core instance $i (export "b" (func $b)))"#;
const YIELDS: &str = r#"(import "i" "b" (func $b (result i32)))"#;

impl Pair<'_> {
    fn known(&self) -> Known {
        let Pair { ty, definitions, imports, callee, lift, lower, result } = self;
        let text = format!(
            r#"(component
                 (component $callee
                   {definitions}
                   (core module $m {imports} {callee})
                   (core instance $m (instantiate $m (with "i" (instance $i))))
                   (func (export "f") {ty} (canon lift (core func $m "f") {lift})))
                 (component $caller
                   (import "f" (func $f {ty}))
                   (core module $memory (memory (export "m") 1))
                   (core instance $memory (instantiate $memory))
                   (core func $f (canon lower (func $f) {lower}))
                   (core instance $i (export "f" (func $f)))
                   (core module $m (import "i" "f" (func $f {result}))
                     (func (export "run") (call $f) {drop}))
                   (core instance $m (instantiate $m (with "i" (instance $i))))
                   (func (export "run") async (canon lift (core func $m "run"))))
                 (instance $callee (instantiate $callee))
                 (instance $caller (instantiate $caller (with "f" (func $callee "f"))))
                 (export "run" (func $caller "run")))"#,
            drop = if result.is_empty() { "" } else { "(drop)" },
        );
        Known::with(&text, &CodeOptions::default())
    }

    /// The call of `f` and that of `run`: `None` if it has no record, else whether it needs a stack.
    fn edges(&self) -> (Option<bool>, Option<bool>) {
        let known = self.known();
        let tasks = &known.facts.tasks;
        let stack = |caller| Some(tasks.edges[tasks.edge(caller)?].own_stack);
        let lower = known.program.trampolines.iter().find_map(|(id, trampoline)| {
            matches!(trampoline.kind, TrampolineKind::Lower { .. }).then_some(id)
        });
        (stack(Caller::Lower(lower.unwrap())), stack(Caller::Export(ExportId::new(0))))
    }
}

#[test]
fn a_call_that_nobody_can_tell_from_an_ordinary_one_has_no_record() {
    assert_eq!(PLAIN.edges(), (None, None));
    assert!(!PLAIN.known().facts.tasks.in_use());
    let lowered = Pair {
        lower: r#"async (memory (core memory $memory "m"))"#,
        result: "(result i32)",
        ..PLAIN
    };
    assert_eq!(lowered.edges(), (None, None));
    assert_eq!(Pair { ty: "", ..PLAIN }.edges(), (None, None));
}

#[test]
fn a_callee_that_may_block_has_a_stack_and_so_has_whoever_waits_for_it() {
    let callee = r#"(func (export "f") (drop (call $b)))"#;
    let blocking = with_built_in(Pair { callee, ..PLAIN }, YIELD, YIELDS);
    assert_eq!(blocking.edges(), (Some(true), Some(true)));
    let lower = r#"async (memory (core memory $memory "m"))"#;
    let lowered = Pair { lower, result: "(result i32)", ..blocking };
    assert_eq!(lowered.edges(), (Some(true), None));
    let synchronous = with_built_in(Pair { callee, ty: "", ..PLAIN }, YIELD, YIELDS);
    assert_eq!(synchronous.edges(), (Some(true), Some(true)));
}

#[test]
fn code_may_block_by_way_of_tables_and_references() {
    let edges = |callee: &str| {
        with_built_in(Pair { callee, ..PLAIN }, YIELD, YIELDS).edges() == (Some(true), Some(true))
    };
    let table = "(table 2 2 funcref) (elem (i32.const 0) func $b)";
    let indirect = "(drop (call_indirect (result i32) (i32.load (i32.const 0))))";
    assert!(edges(&format!(r#"(memory 1) {table} (func (export "f") {indirect})"#)));
    let other = "(call_indirect (i32.load (i32.const 0)))";
    assert!(!edges(&format!(r#"(memory 1) {table} (func (export "f") {other})"#)));
    let constant = |index| format!("(drop (call_indirect (result i32) (i32.const {index})))");
    assert!(edges(&format!(r#"{table} (func (export "f") {})"#, constant(0))));
    assert!(!edges(&format!(r#"{table} (func (export "f") {})"#, constant(1))));
    let reference = r#"(type $t (func (result i32))) (elem declare func $b)
        (func (export "f") (drop (call_ref $t (ref.func $b))))"#;
    assert!(edges(reference));
    let written = r#"(elem declare func $b) (table 1 funcref)
        (func (export "f") (table.set (i32.const 0) (ref.func $b))
          (drop (call_indirect (result i32) (i32.const 0))))"#;
    assert!(edges(written));
    assert!(!edges(r#"(func (export "f")) (func (drop (call $b)))"#));
}

#[test]
fn an_asynchronous_lift_has_a_record_and_a_stack_only_if_its_code_blocks() {
    let returns = r#"(core func $r (canon task.return)) (core func $b (canon thread.yield))
        (core instance $i (export "b" (func $b)) (export "r" (func $r)))"#;
    let imports = r#"(import "i" "r" (func $r)) (import "i" "b" (func $b (result i32)))"#;
    let callee = r#"(func (export "f") (result i32) (call $r) (i32.const 0))
        (func (export "c") (param i32 i32 i32) (result i32) (i32.const 0))"#;
    let lift = r#"async (callback (core func $m "c"))"#;
    let callback = with_built_in(Pair { callee, lift, ..PLAIN }, returns, imports);
    // The caller waits with its frames.
    assert_eq!(callback.edges(), (Some(false), Some(true)));
    let callee = r#"(func (export "f") (result i32) (call $r) (i32.const 0))
        (func (export "c") (param i32 i32 i32) (result i32) (call $b))"#;
    assert_eq!(Pair { callee, ..callback }.edges(), (Some(true), Some(true)));
    let stackful = Pair { callee: r#"(func (export "f") (call $r))"#, lift: "async", ..callback };
    assert_eq!(stackful.edges(), (Some(false), Some(true)));
}

#[test]
fn a_call_into_an_instance_that_can_be_closed_has_a_record() {
    let definitions =
        r#"(core func $b (canon backpressure.inc)) (core instance $i (export "b" (func $b)))"#;
    let imports = r#"(import "i" "b" (func $b))"#;
    let callee = r#"(func (export "f")) (start $b)"#;
    let closed = with_built_in(Pair { callee, ..PLAIN }, definitions, imports);
    assert_eq!(closed.edges(), (Some(false), Some(true)));
    let synchronous = with_built_in(Pair { callee, ty: "", ..PLAIN }, definitions, imports);
    assert_eq!(synchronous.edges(), (None, None));
}

#[test]
fn a_synchronous_callee_that_asks_for_its_thread_has_a_record() {
    let definitions =
        r#"(core func $b (canon thread.index)) (core instance $i (export "b" (func $b)))"#;
    let callee = r#"(func (export "f") (drop (call $b)))"#;
    let index = with_built_in(Pair { ty: "", callee, ..PLAIN }, definitions, YIELDS);
    assert_eq!(index.edges(), (Some(false), None));
}

#[test]
fn who_may_come_back_to_itself_finds_itself_closed() {
    // `run` calls the host, which may call `run`.
    let known = Known::with(
        r#"(component
             (import "host" (func $host))
             (core func $host (canon lower (func $host)))
             (core instance $i (export "host" (func $host)))
             (core module $m (import "i" "host" (func $host)) (func (export "run") (call $host)))
             (core instance $m (instantiate $m (with "i" (instance $i))))
             (func (export "run") async (canon lift (core func $m "run"))))"#,
        &CodeOptions::default(),
    );
    let tasks = &known.facts.tasks;
    assert!(tasks.edge(Caller::Export(ExportId::new(0))).is_some());
    assert!(tasks.edges.values().all(|edge| !edge.own_stack));
}

#[test]
fn an_asynchronous_function_of_the_host_has_a_record() {
    let known = Known::with(
        r#"(component
             (import "host" (func $host async))
             (core func $host (canon lower (func $host)))
             (core instance $i (export "host" (func $host)))
             (core module $m (import "i" "host" (func $host)) (func (export "run") (call $host)))
             (core instance $m (instantiate $m (with "i" (instance $i))))
             (func (export "run") async (canon lift (core func $m "run")))
             (export "again" (func $host)))"#,
        &CodeOptions::default(),
    );
    let tasks = &known.facts.tasks;
    let stacks: Vec<bool> = tasks.edges.values().map(|edge| edge.own_stack).collect();
    // The lowered import, `again`, and `run`, which waits for the import.
    assert_eq!(stacks, [false, false, true]);
}

#[test]
fn a_call_begins_without_the_runtime_if_its_thread_needs_nothing_of_its_own() {
    let at_once = |built_in: &str, param: &str| {
        let known = Known::with(
            &format!(
                r#"(component
                     (type $r' (resource (rep i32))) (export $r "r" (type $r'))
                     (core func $f (canon {built_in}))
                     (core instance $i (export "f" (func $f)))
                     (core module $m (import "i" "f" (func $f))
                       (func (export "run") (param i32) (result i32) (call $f) (i32.const 0))
                       (func (export "next") (param i32 i32 i32) (result i32) (i32.const 0)))
                     (core instance $m (instantiate $m (with "i" (instance $i))))
                     (func (export "run") async (param "x" {param})
                       (canon lift (core func $m "run") async (callback (core func $m "next")))))"#
            ),
            &CodeOptions::default(),
        );
        let edges: Vec<bool> = known.facts.tasks.edges.values().map(|edge| edge.at_once).collect();
        assert_eq!(edges.len(), 1);
        edges[0]
    };
    assert!(at_once("task.return", "u32"));
    assert!(!at_once("task.return", "(borrow $r)"));
}

#[test]
fn threads_have_indices_where_code_can_name_them() {
    let known = Known::with(
        r#"(component
             (core func $index (canon thread.index))
             (core instance $i (export "index" (func $index)))
             (core module $m (import "i" "index" (func $index (result i32)))
               (func (export "run") (drop (call $index))))
             (core instance $m (instantiate $m (with "i" (instance $i))))
             (func (export "run") async (canon lift (core func $m "run"))))"#,
        &CodeOptions::default(),
    );
    let tasks = &known.facts.tasks;
    assert!(tasks.edges.values().all(|edge| !edge.own_stack && !edge.at_once));
    assert!(tasks.names_threads(ComponentInstanceId::new(0)));
}

#[test]
fn a_long_chain_of_calls_is_followed_to_its_end() {
    const LENGTH: usize = 100_000;
    let mut callee = String::from(r#"(func (export "f") (call 2))"#);
    for next in 3..LENGTH {
        // Every other call goes through a table.
        let call = if next % 2 == 0 {
            format!("(call {next})")
        } else {
            format!("(i32.const {next}) (call_indirect)")
        };
        write!(callee, "(func {call})").unwrap();
    }
    write!(callee, "(func (drop (call $b))) (table {LENGTH} funcref) (elem (i32.const 2) func")
        .unwrap();
    (2..LENGTH).for_each(|func| write!(callee, " {func}").unwrap());
    callee.push(')');
    let blocking = with_built_in(Pair { callee: &callee, ..PLAIN }, YIELD, YIELDS);
    assert_eq!(blocking.edges(), (Some(true), Some(true)));
}

#[test]
fn a_result_without_memory_may_come_from_any() {
    let known = Known::with(
        r#"(component
             (type $list (list u8)) (type $tuple (tuple u8 u64))
             (core module $m (memory (export "m") 1)
               (func (export "flat") (result i32) unreachable) (func (export "list") (result i32) unreachable)
               (func (export "c") (param i32 i32 i32) (result i32) unreachable))
             (core instance $a (instantiate $m))
             (core instance $b (instantiate $m))
             (core func $r0 (canon task.return (result $tuple)))
             (core func $r1 (canon task.return (result $list) (memory (core memory $a "m"))))
             (core func $r2 (canon task.return (result $list) (memory (core memory $b "m"))))
             (core func $r3 (canon task.return (result u8)))
             (core instance $r (export "0" (func $r0)) (export "1" (func $r1)) (export "2" (func $r2))
               (export "3" (func $r3)))
             (core module $user (import "r" "0" (func (param i32 i64))) (import "r" "1" (func $1 (param i32 i32)))
               (import "r" "2" (func $2 (param i32 i32))) (import "r" "3" (func $3 (param i32)))
               (func (export "f") (result i32) (call 0 (i32.const 0) (i64.const 0)) (call $1 (i32.const 0) (i32.const 0))
                 (call $2 (i32.const 0) (i32.const 0)) (call $3 (i32.const 0)) (i32.const 0)))
             (core instance $u (instantiate $user (with "r" (instance $r))))
             (func (export "flat") async (result $tuple) (canon lift (core func $u "f") async
               (memory (core memory $a "m")) (callback (core func $a "c"))))
             (func (export "list") async (result $list) (canon lift (core func $u "f") async
               (memory (core memory $a "m")) (callback (core func $a "c")))))"#,
        &CodeOptions::default(),
    );
    let Known { program, facts, .. } = &known;
    let returns: Vec<u32> = (program.trampolines.values())
        .filter_map(|trampoline| match &trampoline.kind {
            TrampolineKind::TaskReturn { result, options } => {
                Some(facts.tasks.returns(program, *result, options))
            }
            _ => None,
        })
        .collect();
    let lifts: Vec<u32> = (program.lifts.values())
        .map(|lift| facts.tasks.returns(program, program.types.func(lift.ty).result, &lift.options))
        .collect();
    assert_eq!(lifts, returns[..2]);
    assert!(returns[1] != returns[2] && returns[3] != returns[0], "{returns:?}");
    assert!(returns.iter().all(|&number| number != 0));
}

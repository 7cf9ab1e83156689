//! The runner itself: what must fail does, and where it says.

use spec_tests::{Config, Report, run};

fn report(text: &str) -> Report {
    run(text, &Config::default())
}

/// Lines of the directives that failed.
fn failed(report: &Report) -> Vec<usize> {
    report.failed.iter().map(|problem| problem.line).collect()
}

#[test]
fn wrong_expectations_fail_and_right_ones_pass() {
    let report = report(
        r#"(module $a
             (func (export "one") (result i32) (i32.const 1))
             (func (export "nan") (result f32) (f32.const nan:0x200000))
             (global (export "v") v128 (v128.const i32x4 1 0x7fa00000 3 4)))
           (assert_return (invoke "one") (i32.const 1))
           (assert_return (invoke "one") (i32.const 2))
           (assert_return (invoke "one") (i64.const 1))
           (assert_return (invoke "one"))
           (assert_return (invoke "one" (i32.const 1)) (i32.const 1))
           (assert_return (invoke "nan") (f32.const nan:0x200000))
           (assert_return (invoke "nan") (f32.const nan:arithmetic))
           (assert_return (invoke "one") (either (i32.const 3) (i32.const 1)))
           (assert_return (invoke "one") (either (i32.const 3) (i32.const 4)))
           (assert_trap (invoke "one") "unreachable")
           (assert_exhaustion (invoke "one") "call stack exhausted")
           (assert_invalid (module (func (result i32) (i32.const 1))) "type mismatch")
           (assert_invalid (module (func (result i32))) "type mismatch")
           (assert_malformed (module quote "(func") "unexpected end")
           (assert_unlinkable (module (import "spectest" "memory" (memory 1))) "unknown")
           (assert_unlinkable (module (import "spectest" "memory" (memory 3))) "unknown")
           (invoke "absent")
           (assert_return (get "v") (v128.const i64x2 0x7fa0000000000001 0x400000003))
           (assert_return (get "v") (v128.const f32x4 0x1p-149 nan:0x200000 0x3p-149 0x4p-149))
           (assert_return (get "v") (v128.const f32x4 0x1p-149 nan:arithmetic 0x3p-149 0x4p-149))
           (assert_return (get "v") (v128.const i16x8 1 0 0 0x7fa0 3 0 4 1))
           (module (func $s (unreachable)) (start $s))"#,
    );
    assert_eq!(failed(&report), [6, 7, 8, 9, 11, 13, 14, 15, 16, 19, 21, 24, 25, 26], "{report:?}");
    assert_eq!(report.passed, 9, "{report:?}");
    assert_eq!(report.skipped, []);
}

#[test]
fn the_kind_of_a_trap_counts() {
    let report = report(
        r#"(module
             (table 1 funcref)
             (func (export "f") (unreachable))
             (func (export "g") (call_indirect (i32.const 0)))
             (func (export "h") (call 2)))
           (assert_trap (invoke "f") "unreachable")
           (assert_trap (invoke "f") "integer overflow")
           (assert_trap (invoke "g") "uninitialized element 0")
           (assert_trap (invoke "g") "undefined element")
           (assert_exhaustion (invoke "h") "call stack exhausted")
           (assert_trap (invoke "f") "unreachable")"#,
    );
    assert_eq!(failed(&report), [7, 9]);
    assert_eq!(report.passed, 5);
}

#[test]
fn instances_share_state_and_begin_when_the_script_says() {
    let report = report(
        r#"(module $a
             (memory (export "m") 1)
             (global $g (export "g") (mut i32) (i32.const 5))
             (func (export "at") (param i32) (result i32) (i32.load8_u (local.get 0)))
             (data (i32.const 0) "a"))
           (register "a" $a)
           (assert_return (invoke "at" (i32.const 0)) (i32.const 0x61))
           (assert_trap
             (module
               (import "a" "m" (memory 1))
               (import "a" "g" (global (mut i32)))
               (data (i32.const 0) "b")
               (data (i32.const 65536) "c"))
             "out of bounds memory access")
           (assert_return (invoke "at" (i32.const 0)) (i32.const 0x62))
           (assert_return (get $a "g") (i32.const 5))
           (module definition $d
             (import "a" "g" (global $g (mut i32)))
             (import "a" "g" (global $again (mut i32)))
             (func $s (global.set $g (i32.add (global.get $again) (i32.const 1))))
             (start $s))
           (assert_return (get $a "g") (i32.const 5))
           (module instance $one $d)
           (module instance $two $d)
           (assert_return (get $a "g") (i32.const 7))"#,
    );
    assert_eq!(report.failed, []);
    assert_eq!(report.passed, 10);
}

#[test]
fn what_is_not_compiled_is_skipped_and_nothing_else() {
    let report = report(
        r#"(module $big (table 400000000 funcref) (func (export "f")))
           (register "big" $big)
           (invoke $big "f")
           (module (import "big" "f" (func)))
           (module $fine (func (export "f")))
           (invoke $fine "f")"#,
    );
    assert_eq!((report.passed, report.failed.len()), (2, 0), "{report:?}");
    let lines: Vec<usize> = report.skipped.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [1, 3, 4]);
    assert!(
        report.skipped.iter().all(|skip| skip.text.contains("the size of tables")),
        "{report:?}"
    );
}

#[test]
fn a_script_that_cannot_be_read_fails() {
    assert_eq!(failed(&report("(module)\n(assert_return")), [2]);
}

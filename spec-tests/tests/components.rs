//! The runner of component scripts itself: what must fail does, and where it says.

use spec_tests::{Config, Report, run};
use wasmparser::WasmFeatures;

fn report(text: &str) -> Report {
    let features = WasmFeatures::default() | WasmFeatures::CM_FIXED_LENGTH_LISTS;
    run(text, &Config { features, ..Config::default() })
}

/// Lines of the directives that failed.
fn failed(report: &Report) -> Vec<usize> {
    report.failed.iter().map(|problem| problem.line).collect()
}

/// A component whose function `f` takes and returns a value of a type, in memory.
fn echo(ty: &str) -> String {
    format!(
        r#"(component
             (core module $m
               (memory (export "mem") 1)
               (global $next (mut i32) (i32.const 1024))
               (func (export "realloc") (param i32 i32 i32 i32) (result i32)
                 (local $at i32)
                 (local.set $at (i32.and
                   (i32.add (global.get $next) (i32.const 15)) (i32.const -16)))
                 (global.set $next (i32.add (local.get $at) (local.get 3)))
                 (local.get $at))
               (func (export "f") (param i32) (result i32) (local.get 0)))
             (core instance $i (instantiate $m))
             (type $t {ty})
             (type $many (tuple $t u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8 u8))
             (func (export "f") (param "x" $many) (result $many)
               (canon lift (core func $i "f")
                 (memory (core memory $i "mem")) (realloc (core func $i "realloc")))))
        "#
    )
}

/// The value comes back, and is not the other one.
fn check(ty: &str, value: &str, other: &str) {
    let padding = "(u8.const 1)".repeat(17);
    let text = format!(
        "{}
         (assert_return (invoke \"f\" (tuple.const {value} {padding})) (tuple.const {value} {padding}))
         (assert_return (invoke \"f\" (tuple.const {value} {padding})) (tuple.const {other} {padding}))",
        echo(ty)
    );
    let report = report(&text);
    assert_eq!((report.passed, report.failed.len()), (2, 1), "{ty} {report:?}");
    assert!(report.failed[0].text.contains("expected"), "{report:?}");
}

#[test]
fn values_of_every_type_are_passed_and_compared() {
    let cases = [
        ("bool", "(bool.const true)", "(bool.const false)"),
        ("s8", "(s8.const -128)", "(s8.const 1)"),
        ("u16", "(u16.const 65535)", "(u16.const 1)"),
        ("s64", "(s64.const -1)", "(s64.const 1)"),
        ("f32", "(f32.const nan)", "(f32.const 0)"),
        ("f64", "(f64.const -0.5)", "(f64.const nan)"),
        ("char", "(char.const \"é\")", "(char.const \"e\")"),
        ("string", "(str.const \"né\")", "(str.const \"ne\")"),
        ("(list u8)", "(list.const (u8.const 1) (u8.const 2))", "(list.const (u8.const 1))"),
        (
            "(list string 2)",
            "(list.const (str.const \"a\") (str.const \"b\"))",
            "(list.const (str.const \"a\") (str.const \"c\"))",
        ),
        (
            "(map string u32)",
            "(map.const (entry (str.const \"k\") (u32.const 1)) (entry (str.const \"k\") (u32.const 2)))",
            "(map.const (entry (str.const \"k\") (u32.const 2)) (entry (str.const \"k\") (u32.const 1)))",
        ),
        (
            "(tuple u8 s64)",
            "(tuple.const (u8.const 1) (s64.const 2))",
            "(tuple.const (u8.const 1) (s64.const 3))",
        ),
        ("(option (option u8))", "(option.some (option.none))", "(option.none)"),
        ("(result u8)", "(result.ok (u8.const 1))", "(result.err)"),
        (
            "(result string (error f32))",
            "(result.err (f32.const 1))",
            "(result.ok (str.const \"\"))",
        ),
        (
            "(result (list u8) (error (list u8)))",
            "(result.err (list.const (u8.const 1)))",
            "(result.ok (list.const (u8.const 1)))",
        ),
    ];
    for (ty, value, other) in cases {
        check(ty, value, other);
    }
}

/// Several functions transfer the fields, which are as long as their number.
#[test]
fn a_record_too_large_for_one_function_is_passed() {
    let value = |last: usize| {
        let mut fields: Vec<_> = (0..1100).map(|i| format!("(str.const \"{i}\")")).collect();
        fields[1099] = format!("(str.const \"{last}\")");
        format!("(tuple.const {})", fields.join(" "))
    };
    check(&format!("(tuple{})", " string".repeat(1100)), &value(1099), &value(1098));
}

#[test]
fn named_types_are_passed_and_compared() {
    let text = r#"
        (component
          (type $r' (record (field "a" u8) (field "b" f32)))
          (export $r "r" (type $r'))
          (type $v' (variant (case "x") (case "y" u32)))
          (export $v "v" (type $v'))
          (type $e' (enum "red" "blue"))
          (export $e "e" (type $e'))
          (type $f' (flags "p" "q" "s"))
          (export $f "f" (type $f'))
          (core module $m
            (func (export "r") (param i32 f32) (result i32) (local.get 0))
            (func (export "v") (param i32 i32) (result i32) (local.get 1))
            (func (export "same") (param i32) (result i32) (local.get 0)))
          (core instance $i (instantiate $m))
          (func (export "of-r") (param "x" $r) (result u8) (canon lift (core func $i "r")))
          (func (export "of-v") (param "x" $v) (result u32) (canon lift (core func $i "v")))
          (func (export "of-e") (param "x" $e) (result $e) (canon lift (core func $i "same")))
          (func (export "of-f") (param "x" $f) (result $f) (canon lift (core func $i "same"))))
        (assert_return (invoke "of-r"
          (record.const (field "a" u8.const 7) (field "b" f32.const 1))) (u8.const 7))
        (assert_return (invoke "of-v" (variant.const "y" (u32.const 9))) (u32.const 9))
        (assert_return (invoke "of-e" (enum.const "blue")) (enum.const "blue"))
        (assert_return (invoke "of-e" (enum.const "blue")) (enum.const "red"))
        (assert_return (invoke "of-f" (flags.const "s" "p")) (flags.const "p" "s"))
        (assert_return (invoke "of-f" (flags.const "s" "p")) (flags.const "p"))
        (assert_return (invoke "of-e" (enum.const "green")) (enum.const "red"))
        (assert_return (invoke "of-v" (variant.const "y")) (u32.const 9))
        (assert_return (invoke "of-v") (u32.const 9))
        (assert_return (invoke "of-e" (enum.const "blue")))
        (assert_return (invoke "none"))"#;
    let report = report(text);
    assert_eq!(report.passed, 5, "{report:?}");
    assert_eq!(report.failed.len(), 7, "{report:?}");
    assert_eq!(report.skipped, []);
}

#[test]
fn a_trap_ends_the_instance_and_nothing_else() {
    let report = report(
        r#"(component definition $d
             (core module $m (func (export "f") (unreachable)) (func (export "g")))
             (core instance $i (instantiate $m))
             (func (export "f") (canon lift (core func $i "f")))
             (func (export "g") (canon lift (core func $i "g"))))
           (component instance $one $d)
           (component instance $two $d)
           (assert_trap (invoke $one "g") "unreachable")
           (assert_trap (invoke $one "f") "integer")
           (assert_trap (invoke $one "f") "cannot enter component instance")
           (assert_return (invoke $one "g"))
           (invoke $two "g")
           (assert_return (invoke "g"))
           (assert_trap (invoke "f") "wasm `unreachable` instruction executed")
           (component instance $d)
           (component instance $three $none)
           (assert_return (invoke $three "g"))
           (component instance $four $d)
           (assert_return (invoke "g"))"#,
    );
    assert_eq!(failed(&report), [8, 9, 11, 16], "{report:?}");
    let skipped: Vec<usize> = report.skipped.iter().map(|problem| problem.line).collect();
    assert_eq!(skipped, [17], "{report:?}");
    assert_eq!(report.passed, 10);
}

#[test]
fn validity_and_instantiation_are_checked() {
    let report = report(
        r#"(component (type $t (record)))
           (assert_invalid (component (type $t (record))) "at least one")
           (assert_invalid (component) "nothing")
           (assert_malformed (component quote "(type") "expected")
           (assert_malformed (component quote "(type $t u8)") "expected")
           (component quote "(type $t u8)")
           (component binary "\00asm" "\0d\00\01\00")
           (component binary "\00asm" "\0e\00\01\00")
           (assert_trap
             (component
               (core module $m (func $s (unreachable)) (start $s))
               (core instance (instantiate $m)))
             "unreachable")
           (assert_trap (component) "unreachable")
           (component
             (core module $m (func $s (unreachable)) (start $s))
             (core instance (instantiate $m)))
           (assert_unlinkable (component (import "absent" (func))) "unknown")
           (assert_unlinkable (component) "unknown")
           (component (import "absent" (func)))"#,
    );
    assert_eq!(failed(&report), [1, 3, 5, 8, 14, 15, 19, 20], "{report:?}");
    assert_eq!(report.passed, 6, "{report:?}");
    assert_eq!(report.skipped, []);
}

#[test]
fn named_components_are_imported_by_later_ones() {
    let report = report(
        r#"(component $counter
             (core module $m
               (global $n (mut i32) (i32.const 0))
               (func (export "next") (result i32)
                 (global.set $n (i32.add (global.get $n) (i32.const 1)))
                 (global.get $n)))
             (core instance $i (instantiate $m))
             (func (export "next") (result u32) (canon lift (core func $i "next"))))
           (component $modules
             (core module (export "seven")
               (func (export "f") (result i32) (i32.const 7))))
           (component
             (import "counter" (instance $c (export "next" (func (result u32)))))
             (import "modules" (instance $m
               (export "seven" (core module (export "f" (func (result i32)))))))
             (core instance $i (instantiate (module $m "seven")))
             (func (export "seven") (result u32) (canon lift (core func $i "f")))
             (export "next" (func $c "next")))
           (assert_return (invoke "next") (u32.const 1))
           (assert_return (invoke $counter "next") (u32.const 2))
           (assert_return (invoke "next") (u32.const 3))
           (assert_return (invoke "seven") (u32.const 7))
           (assert_unlinkable
             (component (import "counter" (instance (export "next" (func (result s32))))))
             "type")
           (assert_unlinkable
             (component (import "counter" (instance (export "last" (func (result u32))))))
             "no such export")
           (component (import "counter" (instance)))
           (component $broken
             (core module $m (func $s (unreachable)) (start $s))
             (core instance (instantiate $m)))
           (component (import "broken" (instance)))"#,
    );
    assert_eq!(failed(&report), [30], "{report:?}");
    assert_eq!(report.skipped.len(), 1, "{report:?}");
    assert_eq!(report.passed, 10, "{report:?}");
}

#[test]
fn a_script_says_which_features_it_needs() {
    let script = r#"(component (type (list u8 2)))"#;
    let plain = run(script, &Config::default());
    assert_eq!((plain.passed, plain.failed.len()), (0, 1));
    let says = |list: &str| report(&format!(";;! features: {list}\n{script}")).passed;
    assert_eq!(says("cm-fixed-length-lists, cm64"), 1);
    assert_eq!(says("-cm-fixed-length-lists"), 0);
    assert_eq!(failed(&report(";;! features: nonsense\n(component)")), [1]);
}

#[test]
fn static_checks_run_nothing() {
    let config = Config { checks_only: true, ..Config::default() };
    let text = r#"(component
                    (import "absent" (func))
                    (core module $m (func $s (unreachable)) (start $s))
                    (core instance (instantiate $m)))
                  (component (type $t (record)))
                  (invoke "f")"#;
    let report = run(text, &config);
    assert_eq!((report.passed, failed(&report)), (1, vec![5]));
    assert_eq!(report.skipped.len(), 1);
}

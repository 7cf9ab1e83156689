//! Values and component start functions.

use super::*;

/// A component that makes a value of the type, and exports it as `v`.
fn maker(ty: &str, core: &str) -> String {
    format!(
        r#"(core module $m (func (export "f") (result {core}) unreachable))
           (core instance $m (instantiate $m))
           (func $f (result {ty}) (canon lift (core func $m "f")))
           (start $f (result (value $v)))
           (export "v" (value $v))"#
    )
}

#[test]
fn a_value_has_one_place_wherever_it_is_passed() {
    let program = linked(&format!(
        r#"(component
             (component $maker {})
             (component $passer
               (import "a" (instance $a (export "v" (value u32))))
               (export "w" (value $a "v")))
             (instance $maker (instantiate $maker))
             (instance $again (export "v" (value $maker "v")))
             (instance $passer (instantiate $passer (with "a" (instance $again))))
             (export "x" (value $passer "w")))"#,
        maker("u32", "i32")
    ));
    assert_eq!(exports(&program), ["x = value0"]);
    assert_eq!((program.values.len(), program.start_calls.len()), (1, 1));
}

#[test]
fn start_functions_are_called_where_they_stand() {
    let program = linked(&format!(
        r#"(component
             (core module $s (func $f) (start $f))
             (core instance (instantiate $s))
             (component $maker {})
             (instance $a (instantiate $maker))
             (core instance (instantiate $s))
             (instance $b (instantiate $maker))
             (export "a" (value $a "v"))
             (export "b" (value $b "v")))"#,
        maker("u32", "i32")
    ));
    let steps: Vec<String> = program
        .steps
        .iter()
        .map(|step| match step {
            Step::Start { instance, .. } => format!("{instance}"),
            Step::Call { call, after } => format!("{call} after {after}"),
            _ => panic!(),
        })
        .collect();
    assert_eq!(
        steps,
        ["instance0", "start_call0 after instance1", "instance2", "start_call1 after instance3"]
    );
    assert_eq!(exports(&program), ["a = value0", "b = value1"]);
}

#[test]
fn imported_values_are_functions_that_give_them() {
    let (program, policy) = linked_with(
        r#"(component
             (import "r" (type $r (sub resource)))
             (import "a" (value $a (list string)))
             (import "x:y/z@1.0.0" (instance $i (export "b" (value u8))))
             (import "h" (value $h (own $r)))
             (import "f" (func $f (param "a" (list string)) (param "b" u8) (param "h" (own $r)) (result u64)))
             (start $f (value $a) (value $i "b") (value $h) (result (value $v)))
             (export "v" (value $v)))"#,
    );
    assert_eq!(
        policy.funcs,
        [
            "a: () -> list<string>",
            "x:y/z/b: () -> u8",
            "h: () -> own<r>",
            "f: (list<string>, u8, own<r>) -> u64"
        ]
    );
    assert_eq!(policy.resources, ["r"]);
    let is_value: Vec<bool> = program.imports.keys().map(|id| program.is_value(id)).collect();
    assert_eq!(is_value, [true, true, true, false]);
    let start = &program.start_calls[StartCallId::new(3)];
    assert_eq!(start.args, [0, 1, 2].map(ValueId::new));
    assert_eq!(start.result, Some(ValueId::new(3)));
}

#[test]
fn a_start_function_may_give_a_stream() {
    let program = linked(
        r#"(component
             (import "f" (func $f (result (stream u8))))
             (start $f (result (value $v)))
             (export "v" (value $v)))"#,
    );
    let ty = program.values[ValueId::new(0)].ty;
    assert!(matches!(program.types.get(ty), Type::Stream(Some(_))));
}

//! The core level, and signatures.

use super::*;
use wasmparser::ValType;

pub fn instance(program: &Program, index: usize) -> &Instance {
    &program.instances[InstanceId::new(index)]
}

/// The signature of a lowered import with this type.
fn lowered(ty: &str) -> (Vec<ValType>, Vec<ValType>) {
    let program = linked(&format!(
        r#"(component
             (import "f" (func $f {ty}))
             (core module $mem (memory (export "m") 1)
               (func (export "r") (param i32 i32 i32 i32) (result i32) unreachable))
             (core instance $mem (instantiate $mem))
             (core func (canon lower (func $f) (memory (core memory $mem "m")) (realloc (core func $mem "r")))))"#
    ));
    let sig = program.trampolines[TrampolineId::new(0)].sig;
    let ty = &program.signatures[sig];
    (ty.params().to_vec(), ty.results().to_vec())
}

#[test]
fn imports_between_core_instances_are_resolved() {
    let program = linked(
        r#"(component
             (core module $a
               (func (export "f"))
               (memory (export "m") 1)
               (table (export "t") 1 funcref)
               (global (export "g") i32 (i32.const 7))
               (tag (export "e")))
             (core module $b
               (import "a" "f" (func))
               (import "a" "m" (memory 1))
               (import "a" "t" (table 1 funcref))
               (import "a" "g" (global i32))
               (import "a" "e" (tag))
               (func (export "own"))
               (global i32 (i32.sub (global.get 0) (i32.const 2)))
               (export "again" (func 0)))
             (core instance $a (instantiate $a))
             (core instance $b (instantiate $b (with "a" (instance $a))))
             (core module $c (import "x" "again" (func)) (start 0))
             (core instance (instantiate $c (with "x" (instance $b)))))"#,
    );
    let (a, b, c) = (instance(&program, 0), instance(&program, 1), instance(&program, 2));
    assert_eq!(b.funcs[0], a.funcs[0]);
    assert_eq!(b.funcs[1], CoreFunc::Wasm { instance: InstanceId::new(1), func: 1 });
    assert_eq!((&b.memories, &b.tables, &b.tags), (&a.memories, &a.tables, &a.tags));
    assert_eq!(b.globals[0], a.globals[0]);
    assert_eq!(program.globals[b.globals[1]].init, ConstValue::I32(5));
    assert_eq!(c.funcs, a.funcs);
    assert!(matches!(program.steps[..], [Step::Start { func, .. }] if func == a.funcs[0]));
    assert_eq!(a.name, "root:a");
}

#[test]
fn inline_core_exports_carry_their_entities() {
    let program = linked(
        r#"(component
             (core module $a (func (export "f")) (memory (export "m") 1))
             (core instance $a (instantiate $a))
             (core instance $bundle
               (export "g" (func $a "f"))
               (export "n" (memory $a "m")))
             (core module $b (import "b" "g" (func)) (import "b" "n" (memory 1)))
             (core instance (instantiate $b (with "b" (instance $bundle)))))"#,
    );
    assert_eq!(instance(&program, 1).funcs, instance(&program, 0).funcs);
    assert_eq!(instance(&program, 1).memories, instance(&program, 0).memories);
}

#[test]
fn shared_everything_linking_instantiates_one_module_for_each_user() {
    let program = linked(
        r#"(component
             (core module $libc (memory (export "m") 1) (func (export "malloc")))
             (core module $app (import "libc" "m" (memory 1)) (import "libc" "malloc" (func)))
             (component $user
               (import "libc" (core module $libc (export "m" (memory 1)) (export "malloc" (func))))
               (import "app" (core module $app
                 (import "libc" "m" (memory 1)) (import "libc" "malloc" (func))))
               (core instance $c (instantiate $libc))
               (core instance (instantiate $app (with "libc" (instance $c)))))
             (instance $u1 (instantiate $user
               (with "libc" (core module $libc)) (with "app" (core module $app))))
             (instance $u2 (instantiate $user
               (with "libc" (core module $libc)) (with "app" (core module $app)))))"#,
    );
    assert_eq!(program.instances.len(), 4);
    assert_eq!(program.memories.len(), 2);
    assert_eq!(instance(&program, 1).memories, instance(&program, 0).memories);
    assert_eq!(instance(&program, 3).memories, instance(&program, 2).memories);
    assert_ne!(instance(&program, 3).memories, instance(&program, 1).memories);
    assert_eq!(instance(&program, 1).funcs, instance(&program, 0).funcs);
    assert_eq!(instance(&program, 1).module, instance(&program, 3).module);
}

#[test]
fn equal_signatures_of_different_modules_are_one() {
    let program = linked(
        r#"(component
             (core module $a (type (func (param i32))) (type (func)))
             (core module $b (type (func)) (type (func (param i32))) (type (func (param (ref null 0)))))
             (core module $c (type (func (param i64))) (type (func)) (type (func (param (ref null 1)))))
             (core instance (instantiate $a))
             (core instance (instantiate $b))
             (core instance (instantiate $c)))"#,
    );
    let types = |i: usize| program.module_types[ModuleId::new(i)].clone();
    assert_eq!(types(0), [types(1)[1], types(1)[0]]);
    // References are compared by what they refer to, not by the index in a module.
    assert_eq!(types(1)[2], types(2)[2]);
    assert_eq!(program.signatures.len(), 4);
}

#[test]
fn segments_and_start_functions_are_steps_in_order() {
    let program = linked(
        r#"(component
             (core module $a
               (memory (export "m") 1) (table (export "t") 2 funcref) (func $s)
               (global i32 (i32.const 4))
               (data (global.get 0) "abc") (data "passive")
               (elem (i32.const 1) func $s)
               (elem declare func $s)
               (start $s))
             (core module $b (import "a" "m" (memory 1)) (data (i32.const -1) "x"))
             (core instance $a (instantiate $a))
             (core instance (instantiate $b (with "a" (instance $a)))))"#,
    );
    let steps: Vec<_> = program.steps.iter().map(|step| format!("{step:?}")).collect();
    assert_eq!(
        steps,
        [
            "Elements { instance: instance0, segment: 0, table: table0, offset: 1 }",
            "Data { instance: instance0, segment: 0, memory: memory0, offset: 4 }",
            "Start { instance: instance0, func: Wasm { instance: instance0, func: 0 } }",
            "Data { instance: instance1, segment: 0, memory: memory0, offset: 4294967295 }",
        ]
    );
}

#[test]
fn lowered_signatures_follow_the_canonical_abi() {
    use ValType::{F64, I32, I64};
    let nothing: Vec<ValType> = Vec::new();
    assert_eq!(lowered(""), (nothing.clone(), nothing.clone()));
    assert_eq!(lowered(r#"(param "a" u64) (result f64)"#), (vec![I64], vec![F64]));
    assert_eq!(lowered(r#"(result string)"#), (vec![I32], nothing.clone()));
    let many = |n: usize| (0..n).map(|i| format!(r#"(param "p{i}" u32)"#)).collect::<String>();
    assert_eq!(lowered(&many(16)).0, vec![I32; 16]);
    assert_eq!(lowered(&many(17)).0, [I32]);
    assert_eq!(lowered(&format!("{} (result string)", many(17))).0, [I32, I32]);
    // `result<_, u8>` is a discriminant and a payload: two values, so it goes through memory.
    let sums = r#"(param "v" (option f32)) (result (result (error u8)))"#;
    assert_eq!(lowered(sums), (vec![I32, ValType::F32, I32], nothing));
}

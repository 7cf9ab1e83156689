//! Components, instances and modules where a narrower type is asked for; aliases; identity of types.

use super::core::instance;
use super::*;

#[test]
fn a_component_is_instantiated_through_the_type_it_is_imported_with() {
    let program = linked(
        r#"(component
             (component $wide
               (core module $m (func (export "f")))
               (core instance $m (instantiate $m))
               (func $f (canon lift (core func $m "f")))
               (instance $i (export "f" (func $f)) (export "hidden" (func $f)))
               (export "f" (func $f))
               (export "hidden" (func $f))
               (export "i" (instance $i)))
             (component $user
               (import "c" (component $c
                 (import "unused" (func))
                 (export "i" (instance (export "f" (func))))
                 (export "f" (func))))
               (core module $m (func (export "f")))
               (core instance $m (instantiate $m))
               (func $f (canon lift (core func $m "f")))
               (instance $i (instantiate $c (with "unused" (func $f))))
               (export "o" (instance $i)))
             (instance $u (instantiate $user (with "c" (component $wide))))
             (export "o" (instance $u "o")))"#,
    );
    assert_eq!(exports(&program), ["o/i/f = lift1", "o/f = lift1"]);
}

#[test]
fn a_component_in_an_instance_is_narrowed_with_it() {
    let program = linked(
        r#"(component
             (component $wide
               (core module $m (func (export "f")))
               (core instance $m (instantiate $m))
               (func $f (canon lift (core func $m "f")))
               (export "f" (func $f))
               (export "hidden" (func $f)))
             (instance $box (export "c" (component $wide)))
             (component $user
               (import "box" (instance $box
                 (export "c" (component (export "f" (func))))))
               (instance $i (instantiate (component $box "c")))
               (export "o" (instance $i)))
             (instance $u (instantiate $user (with "box" (instance $box))))
             (export "o" (instance $u "o")))"#,
    );
    assert_eq!(exports(&program), ["o/f = lift0"]);
}

#[test]
fn the_type_of_a_component_sees_its_own_imports() {
    let program = linked(
        r#"(component
             (type $r' (resource (rep i32)))
             (export $r "r" (type $r'))
             (component $id
               (import "r" (type $r (sub resource)))
               (import "f" (func $f (param "x" (own $r))))
               (export "hidden" (func $f))
               (export "f" (func $f)))
             (component $user
               (import "r" (type $r (sub resource)))
               (import "f" (func $f (param "x" (own $r))))
               (import "id" (component $id
                 (import "r" (type $t (sub resource)))
                 (import "f" (func (param "x" (own $t))))
                 (export "f" (func (param "x" (own $t))))))
               (instance $i (instantiate $id (with "r" (type $r)) (with "f" (func $f))))
               (export "o" (instance $i)))
             (core module $m (func (export "f") (param i32)))
             (core instance $m (instantiate $m))
             (func $f (param "x" (own $r)) (canon lift (core func $m "f")))
             (instance $u (instantiate $user
               (with "r" (type $r)) (with "f" (func $f)) (with "id" (component $id))))
             (export "o" (instance $u "o")))"#,
    );
    assert_eq!(exports(&program), ["r = resource0", "o/f = lift0"]);
}

#[test]
fn modules_with_more_exports_and_fewer_imports_will_do() {
    let program = linked(
        r#"(component
             (component $user
               (import "m" (core module $m
                 (import "a" "f" (func))
                 (import "a" "g" (func))
                 (export "mem" (memory 1))))
               (core module $a (func (export "f")) (func (export "g")))
               (core instance $a (instantiate $a))
               (core instance $m (instantiate $m (with "a" (instance $a))))
               (core module $n (import "m" "mem" (memory 1)))
               (core instance (instantiate $n (with "m" (instance $m)))))
             (core module $m
               (import "a" "g" (func))
               (memory (export "mem") 3 4)
               (func (export "more")))
             (instance (instantiate $user (with "m" (core module $m)))))"#,
    );
    assert_eq!(program.instances.len(), 3);
    assert_eq!(instance(&program, 1).funcs[0], instance(&program, 0).funcs[1]);
    assert_eq!(instance(&program, 2).memories, instance(&program, 1).memories);
}

#[test]
fn outer_aliases_of_every_sort_cross_several_levels() {
    let program = linked(
        r#"(component
             (core module $m (func (export "f")))
             (core type $ct (module (export "f" (func))))
             (type $t (list u8))
             (component $leaf (core module $m (func (export "g"))) (core instance (instantiate $m)))
             (component $a
               (component $b
                 (component $c
                   (alias outer 3 $m (core module $m))
                   (alias outer 3 $leaf (component $leaf))
                   (alias outer 3 $t (type $t))
                   (alias outer 3 $ct (core type $ct))
                   (import "n" (core module $n (type $ct)))
                   (core instance (instantiate $m))
                   (core instance (instantiate $n))
                   (instance (instantiate $leaf))
                   (export "t" (type $t)))
                 (alias outer 2 $m (core module $m))
                 (instance $c (instantiate $c (with "n" (core module $m))))
                 (export "c" (instance $c)))
               (instance $b (instantiate $b))
               (export "b" (instance $b)))
             (instance $a (instantiate $a))
             (export "a" (instance $a)))"#,
    );
    let modules: Vec<u32> = program.instances.values().map(|i| i.module.as_u32()).collect();
    assert_eq!(modules, [0, 0, 1]);
    assert!(exports(&program)[0].starts_with("a/b/c/t = List"));
}

#[test]
fn types_that_are_equal_by_their_bounds_are_one_resource() {
    let program = linked(
        r#"(component
             (component $def
               (type $r (resource (rep i32)))
               (export "a" (type $r))
               (export "b" (type $r)))
             (instance $d (instantiate $def))
             (component $user
               (import "a" (type $a (sub resource)))
               (import "b" (type $b (eq $a)))
               (import "i" (instance $i (export "c" (type (eq $b)))))
               (alias export $i "c" (type $c))
               (core func (canon resource.drop $a))
               (core func (canon resource.drop $b))
               (core func (canon resource.drop $c)))
             (instance $i (export "c" (type $d "b")))
             (instance (instantiate $user
               (with "a" (type $d "a")) (with "b" (type $d "b")) (with "i" (instance $i)))))"#,
    );
    let dropped: Vec<ResourceId> = program
        .trampolines
        .values()
        .map(|trampoline| match trampoline.kind {
            TrampolineKind::ResourceDrop(id) => id,
            _ => panic!(),
        })
        .collect();
    assert_eq!(dropped, [ResourceId::new(0); 3]);
}

#[test]
fn instances_of_one_component_share_code_but_no_types() {
    let program = linked(
        r#"(component
             (component $def
               (core module $m (func (export "f") (param i32)))
               (core instance $m (instantiate $m))
               (type $r' (resource (rep i32)))
               (export $r "r" (type $r'))
               (func (export "f") (param "x" (own $r)) (canon lift (core func $m "f"))))
             (component $twice
               (import "def" (component $def
                 (export "r" (type $r (sub resource)))
                 (export "f" (func (param "x" (own $r))))))
               (instance $a (instantiate $def))
               (instance $b (instantiate $def))
               (export "a" (instance $a))
               (export "b" (instance $b)))
             (instance $t (instantiate $twice (with "def" (component $def))))
             (export "a" (instance $t "a"))
             (export "b" (instance $t "b"))
             (export "again" (instance $t "a")))"#,
    );
    assert_eq!(
        exports(&program),
        [
            "a/r = resource0",
            "a/f = lift0",
            "b/r = resource1",
            "b/f = lift1",
            "again/r = resource0",
            "again/f = lift0"
        ]
    );
    let module = |index| instance(&program, index).module;
    assert_eq!(module(0), module(1));
}

#[test]
fn definitions_pass_through_components_and_are_exported() {
    let program = linked(
        r#"(component
             (component $pass
               (import "m" (core module $m (export "f" (func))))
               (import "c" (component $c))
               (export "m" (core module $m))
               (export "c" (component $c)))
             (core module $m (func (export "f")) (func (export "g")))
             (component $c)
             (instance $p (instantiate $pass (with "m" (core module $m)) (with "c" (component $c))))
             (export "p" (instance $p))
             (core instance (instantiate (module $p "m"))))"#,
    );
    assert_eq!(exports(&program), ["p/m = core module", "p/c = component"]);
    assert_eq!(program.instances.len(), 1);
}

#[test]
fn a_component_wraps_another_that_calls_it_back() {
    let program = linked(
        r#"(component
             (component $inner
               (import "out" (func $out))
               (core func $out (canon lower (func $out)))
               (core module $m (import "" "out" (func)) (func (export "in") (call 0)))
               (core instance $m (instantiate $m (with "" (instance (export "out" (func $out))))))
               (func (export "in") (canon lift (core func $m "in"))))
             (core module $table (table (export "t") 1 funcref)
               (func (export "out") (call_indirect (i32.const 0))))
             (core instance $table (instantiate $table))
             (func $out (canon lift (core func $table "out")))
             (instance $inner (instantiate $inner (with "out" (func $out))))
             (core func $in (canon lower (func $inner "in")))
             (core module $outer
               (import "" "in" (func $in))
               (import "t" "t" (table 1 funcref))
               (func $back (export "back"))
               (elem (i32.const 0) func $back)
               (func (export "run") (call $in)))
             (core instance $outer (instantiate $outer
               (with "" (instance (export "in" (func $in)))) (with "t" (instance $table))))
             (func (export "run") (canon lift (core func $outer "run"))))"#,
    );
    // Both directions are adapters between two instances, parent and child.
    let edges: Vec<(u32, u32)> = program
        .trampolines
        .values()
        .map(|trampoline| match trampoline.kind {
            TrampolineKind::Lower { func: Func::Lift(lift), .. } => {
                (trampoline.instance.as_u32(), program.lifts[lift].instance.as_u32())
            }
            _ => panic!(),
        })
        .collect();
    assert_eq!(edges, [(1, 0), (0, 1)]);
}

#[test]
fn a_sibling_can_stand_between_a_component_and_the_host() {
    let (program, policy) = linked_with(
        r#"(component
             (import "ns:host/log" (instance $log (export "write" (func (param "x" u32)))))
             (component $virtual
               (import "ns:host/log" (instance $log (export "write" (func (param "x" u32)))))
               (core func $write (canon lower (func $log "write")))
               (core module $m (import "" "write" (func (param i32)))
                 (func (export "write") (param i32)
                   (call 0 (i32.add (local.get 0) (i32.const 1)))))
               (core instance $m (instantiate $m (with "" (instance (export "write" (func $write))))))
               (func $write (param "x" u32) (canon lift (core func $m "write")))
               (instance $out (export "write" (func $write)))
               (export "ns:host/log" (instance $out)))
             (component $app
               (import "ns:host/log" (instance $log (export "write" (func (param "x" u32)))))
               (core func (canon lower (func $log "write")))
               (export "log" (instance $log)))
             (instance $virtual (instantiate $virtual (with "ns:host/log" (instance $log))))
             (instance $app (instantiate $app
               (with "ns:host/log" (instance $virtual "ns:host/log"))))
             (export "log" (instance $app "log")))"#,
    );
    assert_eq!(policy.funcs, ["ns:host/log/write: (u32)"]);
    assert_eq!(exports(&program), ["log/write = lift0"]);
}

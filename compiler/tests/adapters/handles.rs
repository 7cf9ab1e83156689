//! Resources: which tables, which scopes, whose destructors.

use crate::fixture::*;
use weldc_compiler::link::Receiver;

#[test]
fn a_borrow_of_the_host_s_is_lent_unless_nothing_can_observe_it() {
    let imports = r#"(import "r" (type $r (sub resource)))
        (import "f" (func $f (param "self" (borrow $r)) (param "text" string)))"#;
    let text = lowering(imports, "utf8");
    has(&fixture(&text).trampoline(0), &["ScopeEnter", "HandleGet", "ScopeLend", "ScopeExit"]);
    let clif = Fixture::new(&text, TARGETS[0], Receiver::Wasi).trampoline(0);
    has(&clif, &["HandleGet"]);
    lacks(&clif, &["Scope"]);
    // It could be passed on in the same call.
    let owns = text.replace(r#"(param "text" string)"#, r#"(param "other" (own $r))"#);
    let clif = Fixture::new(&owns, TARGETS[0], Receiver::Wasi).trampoline(0);
    has(&clif, &["ScopeLend", "HandleTake"]);
}

/// A child that defines a resource and functions on it, and a parent that uses them.
const RESOURCES: &str = r#"(component
  (component $child
    (core module $m
      (func (export "dtor") (param i32))
      (func (export "take") (param i32))
      (func (export "look") (param i32))
      (func (export "make") (result i32) (unreachable)))
    (core instance $m (instantiate $m))
    (type $r' (resource (rep i32) (dtor (core func $m "dtor"))))
    (export $r "r" (type $r'))
    (core func (canon resource.new $r))
    (core func (canon resource.rep $r))
    (core func (canon resource.drop $r))
    (func (export "take") (param "a" (own $r)) (canon lift (core func $m "take")))
    (func (export "look") (param "a" (borrow $r)) (canon lift (core func $m "look")))
    (func (export "make") (result (own $r)) (canon lift (core func $m "make"))))
  (instance $child (instantiate $child))
  (alias export $child "r" (type $r))
  (core func $take (canon lower (func $child "take")))
  (core func $look (canon lower (func $child "look")))
  (core func $make (canon lower (func $child "make")))
  (core func (canon resource.drop $r))

  (component $sibling
    (import "r" (type $r (sub resource)))
    (core module $m (func (export "peek") (param i32)))
    (core instance $m (instantiate $m))
    (func (export "peek") (param "a" (borrow $r)) (canon lift (core func $m "peek"))))
  (instance $sibling (instantiate $sibling (with "r" (type $r))))
  (core func $peek (canon lower (func $sibling "peek")))

  (instance (export "api")
    (export "r" (type $r))
    (export "take" (func $child "take"))
    (export "look" (func $child "look"))
    (export "make" (func $child "make"))
    (export "peek" (func $sibling "peek"))))"#;

#[test]
fn resources_pass_between_components() {
    compile_everywhere(RESOURCES);
    let fixture = fixture(RESOURCES);
    let kinds: Vec<String> =
        (0..fixture.program.trampolines.len() as u32).map(|id| fixture.trampoline(id)).collect();
    let [new, rep, drop, take, look, make, parent_drop, peek] = &kinds[..] else {
        panic!("{} trampolines", kinds.len())
    };
    has(new, &["HandleNew", "HandleTableFull", "return"]);
    has(rep, &["HandleGet", "load.i64", "ireduce.i32", "return"]);
    for drop in [drop, parent_drop] {
        has(drop, &["HandleDrop", "func: 0", "brif", "ireduce.i32", "return"]);
    }
    has(take, &["HandleTake", "HandleNew", "return"]);
    lacks(take, &["Scope"]);
    // The child defines the resource: it gets the representation, not a handle.
    has(look, &["ScopeEnter", "HandleGet", "ScopeLend", "ScopeExit"]);
    lacks(look, &["ScopeBorrow"]);
    has(make, &["HandleTake", "HandleNew"]);
    has(peek, &["HandleGet", "ScopeLend", "ScopeBorrow"]);
    has(&fixture.export("take"), &["UnknownHandle", "HandleTake", "HandleNew"]);
    // The host never gets control before it returns, so it cannot drop the handle.
    has(&fixture.export("look"), &["HandleGet", "ireduce.i32"]);
    lacks(&fixture.export("look"), &["Scope"]);
    has(&fixture.export("make"), &["HandleTake", "HandleNew", "uextend.i64"]);
    has(&fixture.export("peek"), &["ScopeEnter", "HandleGet", "ScopeBorrow", "ScopeExit"]);
    let import = r#"(component (import "f" (func $f)) (core func (canon lower (func $f)))"#;
    let reentered = RESOURCES.replacen("(component", import, 1);
    has(&self::fixture(&reentered).export("look"), &["HandleGet", "ScopeLend"]);
}

#[test]
fn dropping_an_owned_handle_of_the_host_s_calls_the_host() {
    let component = |name: &str| {
        format!(
            r#"(component (import "{name}" (type $r (sub resource)))
                (core func (canon resource.drop $r)))"#
        )
    };
    let clif = fixture(&component("file")).trampoline(0);
    has(&clif, &["HandleDrop", "u3:0", "iconst.i32 15", "band", "brif", "v0+16", "call"]);
    let clif = fixture(&component("plain")).trampoline(0);
    lacks(&clif, &["u3:0", "v0+16"]);
}

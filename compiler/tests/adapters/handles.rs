//! Resources: which tables, which scopes, whose destructors.

use crate::fixture::*;
use weldc_compiler::link::Receiver;

/// The count of an entry's loans is changed.
const LOAN: [&str; 4] = ["load.i32", "+12\n", "iadd", "+12\n"];

/// A handle is lent, something is called, and the handle is given back; nothing else keeps account of it.
#[track_caller]
fn lends(clif: &str) {
    has(clif, &["HandleTrap", "block0", "imul"]);
    has(clif, &[&LOAN[..], &["call"], &LOAN, &["return"]].concat());
    lacks(clif, &["Scope"]);
}

#[test]
fn a_borrow_of_the_host_s_is_lent_unless_nothing_can_observe_it() {
    let imports = r#"(import "r" (type $r (sub resource)))
        (import "f" (func $f (param "self" (borrow $r)) (param "text" string)))"#;
    let text = lowering(imports, "utf8");
    lends(&fixture(&text).trampoline(0));
    let clif = Fixture::new(&text, TARGETS[0], Receiver::Wasi).trampoline(0);
    has(&clif, &["HandleTrap"]);
    lacks(&clif, &["Scope", "+12\n"]);
    // It could be passed on in the same call.
    let owns = text.replace(r#"(param "text" string)"#, r#"(param "other" (own $r))"#);
    lends(&Fixture::new(&owns, TARGETS[0], Receiver::Wasi).trampoline(0));
}

#[test]
fn what_may_not_be_lent_is_given_back_if_it_was() {
    let imports = r#"(import "r" (type $r (sub resource)))
        (import "f" (func $f (param "one" (option (borrow $r))) (param "text" string)))"#;
    let text = lowering(imports, "utf8");
    compile_everywhere(&text);
    let clif = fixture(&text).trampoline(0);
    lends(&clif);
    has(&clif, &[&LOAN[..], &["call", "brif"], &LOAN].concat());
}

#[test]
fn a_scope_keeps_account_of_handles_in_lists() {
    let imports = r#"(import "r" (type $r (sub resource)))
        (import "f" (func $f (param "all" (list (borrow $r)))))"#;
    let text = lowering(imports, "utf8");
    compile_everywhere(&text);
    has(&fixture(&text).trampoline(0), &["ScopeEnter", "HandleTrap", "ScopeLend", "ScopeExit"]);
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
    has(new, &["HandleNew", "HandleTableFull", "brif", "store", "return"]);
    has(rep, &["HandleTrap", "load.i64", "ireduce.i32", "return"]);
    for drop in [drop, parent_drop] {
        has(drop, &["HandleTrap", "func: 0", "brif", "ireduce.i32", "return"]);
    }
    // Who defines the resource has no borrowed handles, and so no count of them.
    lacks(drop, &["+16\n"]);
    has(parent_drop, &["+16\n", "load.i32", "iadd", "store"]);
    has(take, &["HandleTrap", "HandleNew", "return"]);
    lacks(take, &["Scope", "+12\n"]);
    // The child defines the resource: it gets the representation, not a handle.
    lends(look);
    lacks(look, &["HandleNew"]);
    has(make, &["HandleTrap", "HandleNew"]);
    lends(peek);
    has(peek, &["explicit_slot 4", "HandleNew", "BorrowsRemain", "stack_addr"]);
    has(&fixture.export("take"), &["UnknownHandle", "HandleTrap", "HandleNew"]);
    // The host never gets control before it returns, so it cannot drop the handle.
    has(&fixture.export("look"), &["HandleTrap", "ireduce.i32"]);
    lacks(&fixture.export("look"), &["Scope", "+12\n"]);
    has(&fixture.export("make"), &["HandleTrap", "HandleNew", "uextend.i64"]);
    has(&fixture.export("peek"), &["explicit_slot 4", "HandleTrap", "HandleNew", "BorrowsRemain"]);
    lacks(&fixture.export("peek"), &["Scope", "+12\n"]);
    let import = r#"(component (import "f" (func $f)) (core func (canon lower (func $f)))"#;
    let reentered = RESOURCES.replacen("(component", import, 1);
    lends(&self::fixture(&reentered).export("look"));
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
    has(&clif, &["HandleTrap", "u3:0", "brif", "v0+16", "call"]);
    let clif = fixture(&component("plain")).trampoline(0);
    lacks(&clif, &["u3:0", "v0+16"]);
}

//! What the host calls, and stubs.

use crate::fixture::*;
use weldc_compiler::link::Receiver;
use weldc_compiler::translate::{EntryForm, FuncKey};

#[test]
fn a_reexported_import_is_called_with_the_host_s_own_arguments() {
    let text = r#"(component
      (import "f" (func $f (param "a" string) (param "b" u8) (result (list u8))))
      (export "g" (func $f)))"#;
    compile_everywhere(text);
    let clif = fixture(text).export("g");
    has(&clif, &["(i64 vmctx, i64, i32, i64)", "TrapDynamic", "v0+16", "call", "return"]);
    lacks(&clif, &["Validate", "Alloc"]);
}

#[test]
fn entries_catch_every_trap() {
    let text = lifting(
        r#"(param "a" s8) (param "b" string) (param "c" u16) (result u8)"#,
        "(param i32 i32 i32 i32) (result i32)",
    );
    let fixture = fixture(&text);
    let (id, _) = fixture.program.exports.iter().next().unwrap();
    let direct = fixture.clif(FuncKey::Entry(id, EntryForm::Direct));
    has(&direct, &["(i64, i32, i64, i32, i64) -> i32", "key = 1", "v0+48", "iconst.i32 21"]);
    has(&direct, &["get_stack_pointer", "try_call", "default: ", "(exn0)"]);
    // Nobody calls it from a call: it finds no stack limit, and leaves none.
    lacks(&direct, &["stack_limit", "select"]);
    let packed = fixture.clif(FuncKey::Entry(id, EntryForm::Packed));
    // { s8 a; string b at 8; u16 c at 24; }
    has(&packed, &["sload8.i32", "iconst.i64 8", "iadd", "uload16.i32", "+24", "try_call"]);
}

#[test]
fn trap_stubs_name_the_place_that_called() {
    let text = r#"(component (import "f" (func $f)) (core func (canon lower (func $f))))"#;
    for target in TARGETS {
        let fixture = Fixture::new(text, target, Receiver::Host);
        let stub = fixture.clif(FuncKey::Trap(weldc_abi::Trap::InvalidUtf8));
        has(&stub, &["Raise", "iconst.i32 30", "get_frame_pointer", "load.i64", "+8", "call"]);
        fixture.clif(FuncKey::TrapDynamic);
    }
}

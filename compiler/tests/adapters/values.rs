//! What is copied, what is seen in place, and who owns it.

use crate::fixture::*;
use weldc_abi::context;
use weldc_compiler::link::Receiver;

#[test]
fn a_utf8_string_is_shown_to_the_host_in_place() {
    let text = lowering(r#"(import "f" (func $f (param "a" string)))"#, "utf8");
    let clif = fixture(&text).trampoline(0);
    has(&clif, &["StringTooLong", "StringOutOfBounds", "ValidateUtf8", "InvalidUtf8"]);
    lacks(&clif, &COPIES);
    lacks(&clif, &["PointerUnaligned"]);
    // Words of a short one are looked at here, anything else by the runtime.
    assert_eq!(clif.matches("load.i64 notrap little").count(), 2);
}

#[test]
fn a_utf16_string_is_converted_to_temporary_memory_for_the_host() {
    let text = lowering(r#"(import "f" (func $f (param "a" string)))"#, "utf16");
    let clif = fixture(&text).trampoline(0);
    has(&clif, &["ScopeEnter", "PointerUnaligned", "ScopeAlloc", "Utf16ToUtf8", "ScopeExit"]);
}

#[test]
fn numbers_are_shown_to_the_host_in_place() {
    for element in ["u8", "u32", "f64", "(tuple u8 u32)", "(list u16 3)"] {
        let import = format!(r#"(import "f" (func $f (param "a" (list {element}))))"#);
        let clif = fixture(&lowering(&import, "utf8")).trampoline(0);
        has(&clif, &["ListTooLong", "ListOutOfBounds"]);
        lacks(&clif, &COPIES);
        lacks(&clif, &["jump "]);
    }
}

#[test]
fn elements_with_checks_are_copied_for_the_host() {
    for element in ["bool", "char", "string", "(option u8)", "(list u8)"] {
        let import = format!(r#"(import "f" (func $f (param "a" (list {element}))))"#);
        let clif = fixture(&lowering(&import, "utf8")).trampoline(0);
        has(&clif, &["ScopeEnter", "ScopeAlloc", "ScopeExit"]);
        lacks(&clif, &["MemoryCopy"]);
    }
}

#[test]
fn a_spilled_record_of_numbers_is_shown_in_place() {
    let import =
        r#"(import "f" (func $f (param "a" (tuple u8 u32 f32)) (param "b" (list u8 20))))"#;
    let clif = fixture(&lowering(import, "utf8")).trampoline(0);
    has(&clif, &["PointerUnaligned", "PointerOutOfBounds"]);
    lacks(&clif, &["explicit_slot", "ScopeAlloc", "MemoryCopy"]);
}

#[test]
fn dense_numbers_are_copied_to_a_guest_at_once() {
    for element in ["u8", "s64", "(tuple u32 f32)", "(list u16 3)"] {
        let ty = format!(r#"(param "a" (list {element}))"#);
        let clif = fixture(&lifting(&ty, "(param i32 i32)")).export("f");
        assert_eq!(calls(&clif, "MemoryCopy"), 1);
        lacks(&clif, &["jump ", "ScopeEnter"]);
    }
}

#[test]
fn a_large_record_of_numbers_is_copied_at_once() {
    let ty = r#"(param "a" (tuple (list u64 40) u64 u64))"#;
    let clif = fixture(&lifting(ty, "(param i32)")).export("f");
    assert_eq!(calls(&clif, "MemoryCopy"), 1);
    lacks(&clif, &["jump "]);
}

#[test]
fn gaps_between_fields_stay_as_they_are() {
    let clif =
        fixture(&lifting(r#"(param "a" (list (tuple u8 u32)))"#, "(param i32 i32)")).export("f");
    lacks(&clif, &["MemoryCopy"]);
    // The source's fields and the destination's gaps.
    has(&clif, &["load.i8x16", "band", "load.i8x16", "band", "bor", "store", "brif"]);
    // Six bytes, of which the last is a gap.
    let clif = fixture(&lifting(r#"(param "a" (list (tuple u16 u8 u8 u8)))"#, "(param i32 i32)"));
    let clif = clif.export("f");
    has(&clif, &["load.i32", "store", "load.i8", "store", "brif"]);
    lacks(&clif, &["load.i16"]);
}

#[test]
fn elements_with_checks_are_copied_to_a_guest_by_vectors() {
    let char = ["InvalidChar", "load.i32x4", "icmp ugt", "bor", "store", "brif", "vany_true"];
    let parts: [(&str, &[&str]); 3] = [
        ("bool", &["load.i8x16", "umin", "store", "brif", "uload8"]),
        ("char", &char),
        ("(tuple bool bool)", &["uload8", "istore8", "uload8", "istore8", "brif"]),
    ];
    for (element, parts) in parts {
        let ty = format!(r#"(param "a" (list {element}))"#);
        let clif = fixture(&lifting(&ty, "(param i32 i32)")).export("f");
        lacks(&clif, &["MemoryCopy"]);
        has(&clif, parts);
    }
}

#[test]
fn the_parameters_of_an_export_stay_the_host_s() {
    let text = lifting(r#"(param "a" (list string))"#, "(param i32 i32)");
    lacks(&fixture(&text).export("f"), &["Free"]);
}

#[test]
fn the_result_of_an_export_is_allocated_for_the_host() {
    let clif = fixture(&lifting("(result (list string))", "(result i32)")).export("f");
    has(&clif, &["PointerOutOfBounds", "GiftAlloc ", "OutOfMemory", "GiftsKeep"]);
    assert_eq!(calls(&clif, "GiftAlloc"), 2);
    lacks(&clif, &["Scope", "Free"]);
}

#[test]
fn the_result_of_an_import_lies_where_the_zone_finds_it_until_it_is_lowered_and_freed() {
    let import = r#"(import "f" (func $f (result (tuple string (list (list string))))))"#;
    let clif = fixture(&lowering(import, "utf8")).trampoline(0);
    assert_eq!(calls(&clif, "Free"), 4);
    has(&clif, &["ScopeEnter", "ScopeAlloc", &given()]);
    // The word is set, and cleared.
    assert_eq!(clif.matches(&given()).count(), 2);
}

#[test]
fn a_result_without_memory_of_its_own_needs_no_scope() {
    let import = r#"(import "f" (func $f (result (tuple u32 u64))))"#;
    let clif = fixture(&lowering(import, "utf8")).trampoline(0);
    lacks(&clif, &["Scope", "Free", &given()]);
}

/// How CLIF writes where the zone finds an import's result.
fn given() -> String {
    format!("v0+{}", weldc_abi::context::GIVEN)
}

#[test]
fn an_import_s_status_ends_the_zone() {
    let clif = fixture(&lowering(r#"(import "f" (func $f))"#, "utf8")).trampoline(0);
    // The receiver is the embedder's pointer; a call back may have ended the zone.
    has(&clif, &["v0+16", "call", "v0+48", "brif"]);
    assert_eq!(calls(&clif, "TrapDynamic"), 2);
}

#[test]
fn wasi_is_called_with_its_own_receiver_and_never_calls_back() {
    let text = lowering(r#"(import "f" (func $f))"#, "utf8");
    let clif = Fixture::new(&text, TARGETS[0], Receiver::Wasi).trampoline(0);
    has(&clif, &["v0+40", "call"]);
    lacks(&clif, &["v0+48"]);
}

#[test]
fn an_import_of_the_table_is_two_words_of_the_context() {
    let text = lowering(r#"(import "table" (func $f (param "a" u8)))"#, "utf8");
    let fixture = fixture(&text);
    let code = fixture.layout.imports + 3 * weldc_abi::context::import::SIZE;
    let [code, receiver] = [code, code + 8].map(|at| format!("readonly can_move v0+{at}"));
    has(&fixture.trampoline(0), &[&receiver, &code, "call_indirect"]);
}

#[test]
fn an_import_that_nothing_serves_only_traps() {
    let text = lowering(r#"(import "trap" (func $f (param "a" string)))"#, "utf8");
    let clif = fixture(&text).trampoline(0);
    has(&clif, &["UnknownImport"]);
    lacks(&clif, &["Validate", "return"]);
}

/// How CLIF writes the address of the root's flags.
fn flags(fixture: &Fixture) -> String {
    let (root, _) = fixture.program.component_instances.iter().next().unwrap();
    format!("v0+{}", fixture.layout.instances[root] as i32 + context::instance::FLAGS)
}

#[test]
fn leaving_is_checked_only_where_it_can_be_forbidden() {
    let imports = r#"(import "f" (func $f (param "a" u8)))"#;
    has(&fixture(&lowering(imports, "utf8")).trampoline(0), &["CannotLeave"]);
    let without = r#"(component (import "f" (func $f (param "a" u8)))
        (core func $f (canon lower (func $f))))"#;
    lacks(&fixture(without).trampoline(0), &["CannotLeave"]);
    // Where nothing could be forbidden, nobody says so either.
    let fixture = fixture(&lifting(r#"(param "a" string)"#, "(param i32 i32)"));
    lacks(&fixture.export("f"), &[&format!("{}\n", flags(&fixture))]);
}

#[test]
fn realloc_and_post_return_forbid_leaving() {
    let text = r#"(component
      (import "f" (func $import))
      (core module $libc
        (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64))
        (func (export "f") (param i32 i32) (result i32) (unreachable))
        (func (export "post") (param i32)))
      (core instance $libc (instantiate $libc))
      (core func (canon lower (func $import)))
      (func (export "f") (param "a" string) (result string)
        (canon lift (core func $libc "f") (memory (core memory $libc "memory"))
          (realloc (core func $libc "realloc")) (post-return (core func $libc "post")))))"#;
    let fixture = fixture(text);
    let clif = fixture.export("f");
    // Around realloc; then the function itself; then around post-return.
    let store = flags(&fixture);
    has(&clif, &[&store, "call", &store, "call", "call", &store, "call", &store, "return"]);
    assert_eq!(clif.matches(&store).count(), 4);
    has(&fixture.trampoline(0), &["CannotLeave"]);
}

#[test]
fn spilled_parameters_are_allocated_by_the_callee() {
    let ty: String = (0..17).map(|i| format!("(param \"p{i}\" u64)")).collect();
    let clif = fixture(&lifting(&ty, "(param i32)")).export("f");
    has(&clif, &["ReallocUnaligned", "ReallocOutOfBounds"]);
    assert_eq!(clif.matches("notrap aligned little").count(), 17);
}

//! Calls that have records, and elements of streams and futures.

use crate::every_type::{ENCODINGS, SAMPLES, Sample, define};
use crate::fixture::*;
use weldc_compiler::index::{CopyId, EdgeId, LiftId};
use weldc_compiler::link::Receiver;
use weldc_compiler::translate::FuncKey;

/// A host function that is called both ways.
fn imports(sample: &Sample, encoding: &str) -> String {
    let (definition, _, _) = define(sample);
    let options = format!(
        r#"(memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))
           string-encoding={encoding}"#
    );
    format!(
        r#"(component {definition}
          (import "take" (func $take async (param "a" $T)))
          (import "table" (func $both async (param "a" $T) (param "b" u8) (param "c" $T) (result $T)))
          {LIBC}
          (core instance $libc (instantiate $libc))
          (core func (canon lower (func $take) {options}))
          (core func (canon lower (func $take) async {options}))
          (core func (canon lower (func $both) {options}))
          (core func (canon lower (func $both) async {options}))
          (export "again" (func $both)))"#
    )
}

/// Functions with and without a callback that the host and another instance call, the latter both ways.
fn lifts(sample: &Sample, from: &str, to: &str) -> String {
    let (definition, params, _) = define(sample);
    let [from, to] = [("from", from), ("to", to)].map(|(libc, encoding)| {
        format!(
            r#"(memory (core memory ${libc} "memory")) (realloc (core func ${libc} "realloc"))
               string-encoding={encoding}"#
        )
    });
    let returns = to.replace(r#"(realloc (core func $to "realloc"))"#, "");
    format!(
        r#"(component {definition}
          {LIBC}
          (core instance $from (instantiate $libc))
          (core instance $to (instantiate $libc))
          (core func (canon task.return (result $T) {returns}))
          (core module $m
            (func (export "f") {params} (result i32) (unreachable))
            (func (export "g") {params} (unreachable))
            (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
          (core instance $m (instantiate $m))
          (func $f async (param "a" $T) (result $T)
            (canon lift (core func $m "f") async (callback (core func $m "c")) {to}))
          (func $g async (param "a" $T) (result $T) (canon lift (core func $m "g") async {to}))
          (core func (canon lower (func $f) {from}))
          (core func (canon lower (func $f) async {from}))
          (core func (canon lower (func $g) {from}))
          (core func (canon lower (func $g) async {from}))
          (export "f" (func $f))
          (export "g" (func $g)))"#
    )
}

/// All four operations on elements of a type.
fn copies(sample: &Sample, encoding: &str) -> String {
    let (definition, _, _) = define(sample);
    let options = format!(r#"(memory (core memory $libc "memory")) string-encoding={encoding}"#);
    let realloc = r#"(realloc (core func $libc "realloc"))"#;
    format!(
        r#"(component {definition}
          (type $S (stream $T))
          (type $F (future $T))
          {LIBC}
          (core instance $libc (instantiate $libc))
          (core func (canon stream.write $S async {options}))
          (core func (canon stream.read $S async {options} {realloc}))
          (core func (canon future.write $F {options}))
          (core func (canon future.read $F {options} {realloc})))"#
    )
}

#[test]
fn every_type_is_passed_to_asynchronous_imports() {
    for sample in SAMPLES {
        for encoding in ENCODINGS {
            compile_everywhere(&imports(sample, encoding));
        }
    }
}

#[test]
fn every_type_is_passed_to_asynchronous_functions() {
    for sample in SAMPLES {
        for (from, to) in [("utf8", "utf8"), ("utf16", "utf8"), ("latin1+utf16", "utf16")] {
            compile_everywhere(&lifts(sample, from, to));
        }
    }
}

#[test]
fn every_type_is_an_element() {
    // The validator has none of characters.
    for sample in SAMPLES.iter().filter(|sample| sample.ty != "char") {
        for encoding in ENCODINGS {
            compile_everywhere(&copies(sample, encoding));
        }
    }
}

#[test]
fn ends_are_values() {
    let ends = r#"(import "f" (func $f async (param "a" (stream u8)) (param "b" (list (future string)))
        (result (tuple (future) (option (stream (list u8)))))))"#;
    let text = lowering(ends, "utf8");
    compile_everywhere(&text);
    let fixture = fixture(&text);
    let params = fixture.clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    assert_eq!(calls(&params, "EndTake"), 2);
    lacks(&params, &["ValidateUtf8", "EndAdd"]);
    let result = fixture.clif(FuncKey::ResolveBody(EdgeId::from_u32(0)));
    assert_eq!(calls(&result, "EndAdd"), 2);
    // Nothing of the elements' is released: only ends that could not be lowered.
    lacks(&result, &["Free"]);
}

/// A component whose function is lifted with these options, and lowered with others.
fn edge(ty: &str, core: &str, lift: &str, lower: &str) -> String {
    format!(
        r#"(component
          (import "r" (type $r (sub resource)))
          {LIBC}
          (core instance $libc (instantiate $libc))
          (core module $m
            (func (export "f") {core} (unreachable))
            (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
          (core instance $m (instantiate $m))
          (component $C
            (import "r" (type $r (sub resource)))
            {LIBC}
            (core instance $libc (instantiate $libc))
            (core module $m
              (func (export "f") {core} (unreachable))
              (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
            (core instance $m (instantiate $m))
            (func (export "f") async {ty} (canon lift (core func $m "f")
              (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) {lift})))
          (instance $c (instantiate $C (with "r" (type $r))))
          (core func (canon lower (func $c "f") {lower}
            (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))"#
    )
}

const CALLBACK: &str = r#"async (callback (core func $m "c"))"#;

#[test]
fn the_caller_s_words_are_an_array() {
    let ty = r#"(param "a" u32) (param "b" f32) (result u64)"#;
    let text = edge(ty, "(param i32 f32) (result i32)", CALLBACK, "");
    compile_everywhere(&text);
    let fixture = fixture(&text);
    let caller = fixture.trampoline(0);
    has(&caller, &["explicit_slot 16", "Call ", "store.f32", "call", "ushr", "brif", "load.i64"]);
    let params = fixture.clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    has(
        &params,
        &["load.i32 notrap aligned v2\n", "load.f32 notrap aligned v2+8", "call", "uextend"],
    );
    let result = fixture.clif(FuncKey::ResolveBody(EdgeId::from_u32(0)));
    has(&result, &["load.i64 notrap aligned v3", "store notrap aligned v", ", v2"]);
    let enter = fixture.clif(FuncKey::Enter(EdgeId::from_u32(0)));
    // It may be called within calls into the zone, and outside of any.
    has(&enter, &["(i64, i64, i64) -> i64", "key = 1", "load.i64 notrap aligned v0\n", "brif"]);
    has(&enter, &["get_stack_pointer", "try_call", "ishl"]);
    let callback = fixture.clif(FuncKey::Callback(LiftId::from_u32(0)));
    has(&callback, &["(i64, i32, i32, i32) -> i64", "try_call", "uextend.i64"]);
}

#[test]
fn an_asynchronous_lower_has_few_flat_parameters_and_its_result_in_memory() {
    let five = r#"(param "a" u32) (param "b" u32) (param "c" u32) (param "d" u32) (param "e" u32)
        (result u8)"#;
    let text = edge(five, "(param i32 i32 i32 i32 i32) (result i32)", CALLBACK, "async");
    compile_everywhere(&text);
    let fixture = fixture(&text);
    has(&fixture.trampoline(0), &["(i64 vmctx, i32, i32) -> i32 tail", "Call "]);
    let params = fixture.clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    has(&params, &["PointerUnaligned", "PointerOutOfBounds"]);
    let result = fixture.clif(FuncKey::ResolveBody(EdgeId::from_u32(0)));
    has(&result, &["PointerOutOfBounds", "istore8"]);
}

#[test]
fn the_record_of_a_call_keeps_account_of_what_it_lends() {
    let ty = r#"(param "a" (borrow $r)) (param "b" (list (borrow $r)))"#;
    let text = edge(ty, "(param i32 i32 i32) (result i32)", CALLBACK, "async");
    compile_everywhere(&text);
    let params = fixture(&text).clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    assert_eq!(calls(&params, "CallLend"), 2);
    lacks(&params, &["Scope"]);
}

#[test]
fn functions_that_transfer_parameters_are_told_the_call() {
    let borrows = r#"(borrow $r) "#.repeat(80);
    let ty = format!(r#"(param "a" (tuple {borrows}))"#);
    let text = edge(&ty, "(param i32) (result i32)", CALLBACK, "async");
    compile_everywhere(&text);
    let params = fixture(&text).clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    has(&params, &["(i64 vmctx, i64, i64, i64) tail", "Transfer("]);
    lacks(&params, &["CallLend", "Scope"]);
}

#[test]
fn an_instance_that_calls_itself_lifts_first_whoever_waits() {
    let text = format!(
        r#"(component {LIBC}
          (core instance $libc (instantiate $libc))
          (core module $m
            (func (export "f") (param i32 i32) (result i32) (unreachable))
            (func (export "c") (param i32 i32 i32) (result i32) (unreachable)))
          (core instance $m (instantiate $m))
          (func $f async (param "a" string) (result string) (canon lift (core func $m "f")
            async (callback (core func $m "c"))
            (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
          (core func (canon lower (func $f) async
            (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))"#
    );
    compile_everywhere(&text);
    let fixture = fixture(&text);
    for key in [FuncKey::EnterBody, FuncKey::ResolveBody] {
        let half = fixture.clif(key(EdgeId::from_u32(0)));
        has(&half, &["ScopeEnter", "ScopeAlloc", "ScopeExit"]);
    }
}

#[test]
fn threads_begin_at_an_address() {
    let text = r#"(component
      (core type $start (func (param i32)))
      (core module $libc (table (export "t") 1 funcref))
      (core instance $libc (instantiate $libc))
      (core func (canon thread.new-indirect $start (core table $libc "t"))))"#;
    compile_everywhere(text);
    let thread = fixture(text).clif(FuncKey::Thread { wide: false });
    has(&thread, &["(i64, i64, i64) -> i32", "key = 1", "ireduce.i32", "try_call_indirect"]);
}

#[test]
fn a_thread_in_the_frame_has_storage_of_its_own() {
    let text = r#"(component
      (component $C
        (core func $get (canon context.get i32 0))
        (core module $m (import "" "get" (func $get (result i32)))
          (func (export "f") (result i32) (call $get)))
        (core instance $m (instantiate $m (with "" (instance (export "get" (func $get))))))
        (func (export "f") (result u32) (canon lift (core func $m "f"))))
      (instance $c (instantiate $C))
      (core func (canon lower (func $c "f"))))"#;
    compile_everywhere(text);
    let fixture = fixture(text);
    // The current thread's first word.
    has(&fixture.trampoline(0), &["load.i64 notrap aligned v0+80", "load.i32 notrap aligned v1"]);
    let caller = fixture.trampoline(1);
    has(&caller, &["explicit_slot 24", "load.i64 notrap aligned v0+80", "store", "store", "store"]);
    has(&caller, &["store notrap aligned v", ", v0+80", "call", ", v0+80", "return"]);
}

#[test]
fn a_synchronous_function_returns_before_its_post_return() {
    let text =
        edge(r#"(param "a" (borrow $r)) (result string)"#, "(param i32) (result i32)", "", "async");
    // An ordinary call: the type is asynchronous, but nothing in it waits.
    let ordinary = fixture(&text).trampoline(0);
    has(&ordinary, &["iconst.i32 2", "return"]);
    lacks(&ordinary, &[" Call "]);
    compile_everywhere(&text);
}

#[test]
fn a_function_of_the_host_may_be_pending() {
    let text =
        lowering(r#"(import "f" (func $f async (param "a" string) (result string)))"#, "utf8");
    let fixture = fixture(&text);
    let params = fixture.clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    has(
        &params,
        &["load.i64 notrap aligned v1+8", "iconst.i64 16", "iconst.i32 -1", "icmp.i32 eq", "brif"],
    );
    let result = fixture.clif(FuncKey::ResolveBody(EdgeId::from_u32(0)));
    has(&result, &["ScopeEnter", "MemoryCopy", "Free", "ScopeExit", "func_addr", "v0+120"]);
}

#[test]
fn the_entry_of_a_call_with_a_record_only_starts_it() {
    let text = r#"(component
      (import "f" (func $f async (param "a" string) (result u8)))
      (export "g" (func $f)))"#;
    compile_everywhere(text);
    let fixture = Fixture::new(text, TARGETS[0], Receiver::Host);
    let (id, _) = fixture.program.exports.iter().next().unwrap();
    let entry = |form| fixture.clif(FuncKey::Entry(id, form));
    use weldc_compiler::translate::EntryForm;
    has(&entry(EntryForm::Direct), &["(i64, i64, i64) -> i32", "CallExport", "iconst.i64 0"]);
    let asynchronous = entry(EntryForm::Async);
    has(&asynchronous, &["(i64, i64, i64, i64) -> i32", "CallExport"]);
    lacks(&asynchronous, &["try_call"]);
    // The host's own arguments are passed on.
    let params = fixture.clif(FuncKey::EnterBody(EdgeId::from_u32(0)));
    lacks(&params, &["Scope", "v1+8", "ValidateUtf8"]);
}

#[test]
fn what_elements_own_is_released_once_they_are_lowered() {
    let text = r#"(component
      (type $S (stream (tuple u8 string)))
      (type $P (stream (tuple u8 u32)))
      (core module $libc (memory (export "memory") 1)
        (func (export "realloc") (param i32 i32 i32 i32) (result i32) (i32.const 64)))
      (core instance $libc (instantiate $libc))
      (core func (canon stream.write $S async (memory (core memory $libc "memory"))))
      (core func (canon stream.read $S async (memory (core memory $libc "memory"))
        (realloc (core func $libc "realloc"))))
      (core func (canon stream.read $P async (memory (core memory $libc "memory")))))"#;
    compile_everywhere(text);
    let fixture = fixture(text);
    let elements = |id| fixture.clif(FuncKey::ElementBody(CopyId::from_u32(id)));
    has(&elements(0), &["GiftAlloc", "GiftsKeep"]);
    lacks(&elements(1), &["Gift", "Scope", "Free"]);
    let read = fixture.clif(FuncKey::Element(CopyId::from_u32(1)));
    // After the elements are lowered, and after a trap.
    assert_eq!(calls(&read, "ElementRelease(copy1)"), 2, "{read}");
    // What lies between fields stays where it is.
    lacks(&elements(2), &["MemoryCopy", "Scope", "Gift"]);
    has(&fixture.clif(FuncKey::ElementRelease(CopyId::from_u32(1))), &["Free"]);
}

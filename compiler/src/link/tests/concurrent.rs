//! What the built-ins on tasks, waitables, streams, futures and threads are linked to.

use super::*;
use wasmparser::ValType::{self, I32, I64};

/// The signature of a built-in of a component that has these definitions.
fn signature(definitions: &str, canon: &str) -> (Vec<ValType>, Vec<ValType>) {
    let program = linked(&format!("(component {definitions} (core func ({canon})))"));
    let (_, trampoline) = program.trampolines.iter().next_back().unwrap();
    let ty = &program.signatures[trampoline.sig];
    (ty.params().to_vec(), ty.results().to_vec())
}

fn with_memory(index: &str) -> String {
    format!(
        r#"(core module $m (memory (export "m") {index} 1) (table (export "t") {index} 1 funcref))
           (core instance $i (instantiate $m))
           (alias core export $i "m" (core memory $m))
           (alias core export $i "t" (core table $t))
           (core type $start (func (param i32)))
           (core type $wide (func (param i64)))
           (type $s (stream u8)) (type $f (future u8))"#
    )
}

#[test]
fn addresses_and_counts_have_the_type_of_the_memory() {
    for (index, addr) in [("", I32), ("i64", I64)] {
        let signature = |canon: &str| signature(&with_memory(index), canon);
        let read = "canon stream.read $s async (memory $m)";
        assert_eq!(signature(read), (vec![I32, addr, addr], vec![addr]));
        let write = "canon future.write $f (memory $m)";
        assert_eq!(signature(write), (vec![I32, addr], vec![I32]));
        let wait = "canon waitable-set.wait (memory $m)";
        assert_eq!(signature(wait), (vec![I32, addr], vec![I32]));
        for (start, argument) in [("$start", I32), ("$wide", I64)] {
            let new = format!("canon thread.new-indirect {start} (core table $t)");
            assert_eq!(signature(&new), (vec![addr, argument], vec![I32]));
        }
    }
}

#[test]
fn task_return_takes_the_flat_result() {
    let definitions = |many: &str| {
        format!(r#"{} (type $r (tuple string u64)) (type $many (tuple {many}))"#, with_memory(""))
    };
    let flat = definitions("u8");
    let returned = |ty: &str| signature(&flat, &format!("canon task.return {ty} (memory $m)"));
    assert_eq!(returned(""), (vec![], vec![]));
    assert_eq!(returned("(result $r)"), (vec![I32, I32, I64], vec![]));
    let many = definitions(&"u64 ".repeat(17));
    let spilled = signature(&many, "canon task.return (result $many) (memory $m)");
    assert_eq!(spilled, (vec![I32], vec![]));
}

#[test]
fn an_asynchronous_lower_returns_a_status_and_spills_early() {
    let lowered = |params: &str, result: &str| {
        let definitions =
            format!(r#"{} (import "f" (func $g async {params} {result}))"#, with_memory(""));
        signature(&definitions, "canon lower (func $g) async (memory $m)")
    };
    assert_eq!(lowered("", ""), (vec![], vec![I32]));
    let four = r#"(param "a" u8) (param "b" u64) (param "c" string)"#;
    assert_eq!(lowered(four, ""), (vec![I32, I64, I32, I32], vec![I32]));
    let five = format!(r#"{four} (param "d" u8)"#);
    assert_eq!(lowered(&five, "(result u8)"), (vec![I32, I32], vec![I32]));
}

#[test]
fn equal_element_types_have_equal_numbers() {
    let program = linked(
        r#"(component
             (type $a (record (field "x" u8))) (type $b (record (field "x" u8))) (type $c (record (field "y" u8)))
             (type $sa (stream (tuple $a))) (type $sb (future (tuple $b))) (type $sc (stream (tuple $c)))
             (type $none (stream))
             (core func (canon stream.new $sa)) (core func (canon future.new $sb))
             (core func (canon stream.new $sc)) (core func (canon stream.new $none)))"#,
    );
    let number = |index: usize| match program.trampolines[TrampolineId::new(index)].kind {
        TrampolineKind::CopyNew(channel) => program.types.element_number(channel.element),
        _ => panic!(),
    };
    assert_eq!(number(0), number(1));
    assert_ne!(number(0), number(2));
    assert_eq!(number(3), 0);
    assert!([0, 1, 2].iter().all(|&index| number(index) != 0));
}

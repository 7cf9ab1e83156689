//! Facts, told by small components in the text format.

mod tasks;

use super::*;
use crate::index::{FuncId, InstanceId, SigId};
use crate::link::tests::Recorder;
use crate::translate::{FuncKey, FuncTable};
use crate::{link, parse};
use cranelift_entity::EntityRef;
use wasmparser::WasmFeatures;

struct Known {
    parsed: Parsed,
    program: Program,
    facts: Facts,
}

impl Known {
    fn with(text: &str, options: &CodeOptions) -> Known {
        let bytes = wat::parse_str(text).unwrap();
        let parsed = parse::parse(bytes, WasmFeatures::all()).unwrap();
        let mut program = link::link(&parsed, &mut Recorder::default()).unwrap();
        program.core_exports =
            link::core_exports(&parsed, &program, &options.core_exports).unwrap();
        let facts = Facts::new(&parsed, &program, options).unwrap();
        Known { parsed, program, facts }
    }

    /// A component of one core module, whose export `run` the host calls.
    fn module(fields: &str) -> Known {
        let text =
            format!("(component (core module $m {fields}) (core instance (instantiate $m)))");
        let run = vec![(InstanceId::new(0), "run".to_string())];
        Known::with(&text, &CodeOptions { core_exports: run, ..CodeOptions::default() })
    }

    /// The functions of the first instance that can run.
    fn live(&self) -> Vec<u32> {
        let module = &self.parsed.modules[self.program.instances[InstanceId::new(0)].module];
        (0..module.funcs.len() as u32).filter(|&index| self.facts.is_live(func(index))).collect()
    }

    fn elements(&self) -> Option<&Elements> {
        self.facts.elements(TableId::new(0))
    }

    fn callee(&self, index: u32) -> Callee {
        let sig = self.program.signature_of(&self.parsed, func(index));
        self.elements().unwrap().callee(&self.program, sig)
    }
}

fn func(index: u32) -> CoreFunc {
    CoreFunc::Wasm { instance: InstanceId::new(0), func: index }
}

#[test]
fn what_calls_reach_is_live() {
    let known = Known::module(
        r#"(func (export "run") (call 1)) (func (return_call 2)) (func) (func (call 4)) (func (call 3))"#,
    );
    assert_eq!(known.live(), [0, 1, 2]);
}

#[test]
fn references_starts_and_initial_values_are_live() {
    let known = Known::module(
        r#"(func (export "run") (drop (ref.func 1))) (func) (func $start) (func $initial) (func) (func)
           (global funcref (ref.func $initial)) (start $start) (elem declare func 1)
           (table 1 (ref func) (ref.func 5))"#,
    );
    assert_eq!(known.live(), [0, 1, 2, 3, 5]);
}

#[test]
fn elements_are_live_if_they_are_called_with_their_signature() {
    let table = "(table 3 funcref) (elem (i32.const 0) func 1 2 3)
         (func (param i32)) (func) (func (param i32) (param i32))";
    let run = |body| format!(r#"(func (export "run") {body}) {table}"#);
    let called = Known::module(&run("(call_indirect (i32.add (i32.const 0) (i32.const 1)))"));
    assert!(called.live() == [0, 2], "{:?}", called.live());
    let constant = Known::module(&run("(call_indirect (param i32) (i32.const 7) (i32.const 0))"));
    assert_eq!(constant.live(), [0, 1]);
    let mismatch = Known::module(&run("(call_indirect (param i32) (i32.const 7) (i32.const 1))"));
    assert_eq!(mismatch.live(), [0]);
    let read = Known::module(&run("(drop (table.get 0 (i32.const 0)))"));
    assert_eq!(read.live(), [0, 1, 2, 3]);
}

#[test]
fn a_constant_index_tells_nothing_of_a_table_that_is_written() {
    let known = Known::module(
        r#"(table 3 funcref) (elem (i32.const 0) func 1 2)
           (func (export "run")
             (call_indirect (i32.const 0)) (call 3) (call_indirect (i32.const 0)))
           (func) (func)
           (func (table.set 0 (i32.const 0) (ref.null func)))"#,
    );
    assert_eq!(known.live(), [0, 1, 2, 3]);
    assert!(known.elements().is_none());
}

#[test]
fn passive_segments_are_live_where_they_are_used() {
    let fields = |body| {
        format!(r#"(func (export "run") {body}) (func) (func) (table 2 funcref) (elem func 1 2)"#)
    };
    assert_eq!(Known::module(&fields("")).live(), [0]);
    let init = "(table.init 0 (i32.const 0) (i32.const 0) (i32.const 1))";
    assert_eq!(Known::module(&fields(init)).live(), [0, 1, 2]);
}

#[test]
fn code_that_cannot_run_writes_nothing() {
    let known = Known::module(
        r#"(func (export "run") (global.set 1 (i32.const 1)))
           (func (global.set 0 (i32.const 1)) (drop (memory.grow (i32.const 1)))
             (drop (table.grow 0 (ref.null func) (i32.const 1))))
           (global (mut i32) (i32.const 0)) (global (mut i32) (i32.const 0))
           (memory 1) (table 0 funcref)"#,
    );
    let facts = &known.facts;
    assert!(!facts.writes_global(GlobalId::new(0)) && facts.writes_global(GlobalId::new(1)));
    assert!(!facts.grows_memory(MemoryId::new(0)) && !facts.grows_table(TableId::new(0)));
}

#[test]
fn the_last_step_decides_what_a_table_holds() {
    let known = Known::module(
        r#"(type $nobody (func (param f64))) (func (export "run")) (func (param i32)) (func (param i64)) (table 5 funcref)
           (elem (i32.const 0) func 1 1 1) (elem (i32.const 1) func 2 0)
           (elem (i32.const 4) funcref (ref.null func))"#,
    );
    let elements = known.elements().unwrap();
    let found: Vec<_> = (0..6).map(|index| elements.get(index)).collect();
    assert_eq!(found, [Some(func(1)), Some(func(2)), Some(func(0)), None, None, None]);
    assert_eq!(known.callee(0), Callee::At(2, func(0)));
    let nobody = SigId::new(0);
    assert_eq!(elements.callee(&known.program, nobody), Callee::Nothing);
}

#[test]
fn a_signature_may_have_one_function_at_several_indices_or_several() {
    let known = Known::module(
        r#"(func (export "run")) (func (param i32)) (func (param i64)) (func (param i64))
           (table 5 funcref) (elem (i32.const 0) func 1 2 1 3)"#,
    );
    assert_eq!(known.callee(1), Callee::One(func(1)));
    assert_eq!(known.callee(2), Callee::Several);
}

#[test]
fn a_call_that_always_traps_finds_nothing() {
    let known = Known::module(
        r#"(func (export "run") (call_indirect (param i32) (i32.const 7) (i32.const 1)))
           (func (param i32)) (func) (table 5 funcref) (elem (i32.const 0) func 1 2)"#,
    );
    let Known { parsed, program, facts } = &known;
    let sig = program.signature_of(parsed, func(1));
    let callee = |index| facts.callee(parsed, program, TableId::new(0), sig, index);
    assert_eq!(callee(Some(1)), Callee::Nothing);
    // It is not live: nothing calls it.
    assert_eq!((callee(Some(0)), callee(None)), (Callee::Several, Callee::Several));
}

#[test]
fn every_element_fits_only_if_none_is_null_or_different() {
    let fits = |table: &str| {
        let fields = format!(r#"(func (export "run")) (func (param i32)) {table}"#);
        let known = Known::module(&fields);
        let sig = known.program.signature_of(&known.parsed, func(0));
        known.elements().unwrap().all_fit(&known.program, sig)
    };
    assert!(fits("(table 2 funcref) (elem (i32.const 0) func 0 0)"));
    assert!(fits("(table 2 (ref func) (ref.func 0))"));
    assert!(!fits("(table 2 funcref) (elem (i32.const 0) func 0)"));
    assert!(!fits("(table 2 funcref) (elem (i32.const 0) func 0 1)"));
    assert!(!fits("(table 2 (ref func) (ref.func 0)) (elem (i32.const 1) func 1)"));
}

#[test]
fn a_table_that_code_can_see_half_filled_is_not_known() {
    let text = |start: &str| {
        format!(
            r#"(component
                 (core module $a (table (export "t") 1 funcref)
                   (func $f (call_indirect (i32.const 0))) {start})
                 (core module $b (import "a" "t" (table 1 funcref)) (func) (elem (i32.const 0) func 0))
                 (core instance $a (instantiate $a))
                 (core instance (instantiate $b (with "a" (instance $a)))))"#
        )
    };
    let known = |start, staged| {
        let options = CodeOptions { staged, ..CodeOptions::default() };
        Known::with(&text(start), &options).elements().is_some()
    };
    assert!(known("", false));
    assert!(!known("(start $f)", false));
    assert!(!known("", true));
}

#[test]
fn forwarding_ends_where_something_is_done() {
    let known = Known::module(
        r#"(type $t (func (param i32 i64) (result i32)))
           (func (export "run")
             (drop (call 1 (i32.const 0) (i64.const 0))) (drop (call 4 (i32.const 0) (i64.const 0)))
             (drop (call 6 (i32.const 0) (i64.const 0))))
           (func (type $t) (call 2 (local.get 0) (local.get 1)))
           (func (type $t) (return_call_indirect (type $t) (local.get 0) (local.get 1) (i32.const 3)))
           (func (type $t) (i32.const 7))
           (func (type $t) (call 5 (local.get 0) (local.get 1)))
           (func (type $t) (call 4 (local.get 0) (local.get 1)))
           (func (type $t) (call 3 (local.get 0) (i64.const 1)))
           (table 4 funcref) (elem (i32.const 3) func 3)"#,
    );
    let ends: Vec<_> = (0..7).map(|index| known.facts.target(func(index))).collect();
    assert_eq!(ends, [0, 3, 3, 3, 4, 5, 6].map(func));
}

#[test]
fn the_call_graph_counts_places_and_knows_references() {
    let known = Known::module(
        r#"(func (export "run") (call 1) (call 1) (call 3) (drop (ref.func 2))
             (call_indirect (param i32) (i32.const 1) (i32.const 0)))
           (func (call 3) (nop)) (func) (func (nop)) (func (param i32)) (elem declare func 2)
           (table 1 funcref) (elem (i32.const 0) func 4)"#,
    );
    let options = CodeOptions::default();
    let funcs = FuncTable::new(&known.parsed, &known.program, &known.facts, &options);
    let graph = CallGraph::new(&known.parsed, &known.program, &known.facts, &funcs);
    let id = |index| funcs.core(func(index));
    assert_eq!(graph.callees(id(0)), [id(1), id(3), id(4)]);
    assert_eq!(graph.callees(id(3)), [] as [FuncId; 0]);
    assert_eq!([1, 2, 3, 4].map(|index| graph.sites(id(index))), [2, 0, 2, 1]);
    assert_eq!(
        [1, 2, 3, 4].map(|index| graph.is_referenced(id(index))),
        [false, true, false, true]
    );
    let entry = funcs.id(FuncKey::CoreEntry(crate::index::CoreExportId::new(0)));
    assert_eq!(graph.callees(entry), [id(0)]);
}

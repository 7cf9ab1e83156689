//! Functions of components: core code, callbacks, lifts.

use super::Arg::Take;
use super::{FUNCTIONS, Function, Lift, MEMORY, REALLOC, RESULTS, Returned, STRINGS, typed};
use std::fmt::Write;

/// A function's core code, and its callback.
pub fn code(function: &Function, lift: Lift, text: &mut String) {
    let Function { name, params, .. } = *function;
    let mut begin = String::new();
    for (at, param) in params.iter().enumerate() {
        if let Take(kind) = param {
            let _ = write!(begin, "(call $put (i32.const {kind}) (local.get {at}))");
        }
    }
    let values = match function.result {
        Returned::Number => String::from("(call $rand (i32.const 100))"),
        Returned::Text => {
            format!("(i32.load (i32.const {STRINGS})) (i32.load (i32.const {}))", STRINGS + 4)
        }
        Returned::Ends(kind, count) => format!("(call $own-{kind})").repeat(count as usize),
    };
    let params = "i32 ".repeat(params.len());
    let (result, end) = match lift {
        Lift::Stackful => ("", format!("(call $end-{name})")),
        Lift::Callback => ("(result i32)", format!("(call $end-{name}) (call $code)")),
        Lift::Sync => (
            "(result i32)",
            match function.result {
                Returned::Number | Returned::Ends(_, 1) => values.clone(),
                Returned::Text => format!("(i32.const {STRINGS})"),
                Returned::Ends(kind, _) => format!(
                    "(i32.store (i32.const {RESULTS}) (call $own-{kind}))
                     (i32.store (i32.const {}) (call $own-{kind})) (i32.const {RESULTS})",
                    RESULTS + 4
                ),
            },
        ),
    };
    let _ = writeln!(
        text,
        "(func (export \"{name}\") (param {params}) {result} {begin} (call $act) {end})"
    );
    if lift != Lift::Sync {
        let _ = writeln!(
            text,
            "(func $end-{name}
               (if (i32.and (i32.eqz (call $get)) (call $likely))
                 (then (call $set (i32.const 1)) (call $return-{name} {values}))))"
        );
    }
    if lift == Lift::Callback {
        let _ = writeln!(
            text,
            "(func (export \"{name}-callback\") (param i32 i32 i32) (result i32)
               (call $act) (call $end-{name}) (call $code))"
        );
    }
}

/// The functions of a component.
pub fn lifted(lifts: &[Lift], text: &mut String) {
    for (function, lift) in FUNCTIONS.iter().zip(lifts) {
        let name = function.name;
        let options = match lift {
            Lift::Sync => String::new(),
            Lift::Stackful => String::from("async"),
            Lift::Callback => format!("async (callback (core func $m \"{name}-callback\"))"),
        };
        let post = match (lift, function.result) {
            (Lift::Sync, Returned::Text) => "(post-return (core func $m \"post\"))",
            _ => "",
        };
        let ty = typed(function);
        let _ = writeln!(
            text,
            "(func (export \"{name}\") {ty} (canon lift (core func $m \"{name}\") {MEMORY} {REALLOC} {post} {options}))"
        );
    }
    text.push_str(
        "(func (export \"seed\") (param \"x\" u32) (canon lift (core func $m \"seed\")))",
    );
}

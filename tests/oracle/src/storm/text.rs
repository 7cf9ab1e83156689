//! Components whose code calls every built-in of concurrency in random order, mostly with handles that fit.
//!
//! The code is the same for every run of a component; what it does is drawn from a generator in the guest that the
//! host seeds. Handles are kept by kind ([`Kind`]) in a few words each, so that operations mostly find what they need,
//! and now and then something else. Each component instance does no more than [`FUEL`] operations.

mod code;

use code::{code, lifted};
use std::fmt::Write;
use weldc_tests::roundtrip::rng::Rng;

/// Operations of a component instance.
const FUEL: u32 = 150;
/// In their memories: strings, bytes, where results go. `guest.wat` has handles by kind, and ends, elsewhere.
const STRINGS: u32 = 0x1000;
const BYTES: u32 = 0x2000;
const RESULTS: u32 = 0x4000;

/// Streams and futures by their element.
const CHANNELS: [(&str, &str, char); 6] = [
    ("stream", "u8", 'b'),
    ("stream", "string", 's'),
    ("stream", "", 'b'),
    ("stream", "$T0", 'e'),
    ("future", "u8", 'b'),
    ("future", "string", 's'),
];

/// What a handle is to.
type Kind = u32;
const SET: Kind = 0;
const SUBTASK: Kind = 1;
const THREAD: Kind = 2;
const fn readable(channel: u32) -> Kind {
    3 + 2 * channel
}
const fn writable(channel: u32) -> Kind {
    4 + 2 * channel
}
const STRING_STREAM: Kind = readable(1);
const BYTE_FUTURE: Kind = readable(4);
const STRING_FUTURE: Kind = readable(5);

/// The functions of a component: parameters and results, as components and as core code have them.
struct Function {
    name: &'static str,
    ty: &'static str,
    is_async: bool,
    /// Of each flat parameter.
    params: &'static [Arg],
    /// The kind of the handles in the result, and what it is flat.
    result: Returned,
}

#[derive(Clone, Copy)]
enum Returned {
    Number,
    Text,
    Ends(Kind, u32),
}

/// An argument of an operation.
#[derive(Clone, Copy)]
enum Arg {
    /// A handle that stays, or goes.
    Pick(Kind),
    Take(Kind),
    /// Any handle to something that can be waited for.
    Waitable,
    /// A set or none.
    SetOrNone,
    /// An index in the table of functions that threads begin with; some do not fit.
    Start,
    Number,
    Count,
    Strings,
    Bytes,
    /// Memory with ends in it.
    Ends,
    Out,
}
use Arg::*;

const FUNCTIONS: [Function; 5] = [
    Function {
        name: "a",
        ty: "(result u32)",
        is_async: false,
        params: &[],
        result: Returned::Number,
    },
    Function {
        name: "b",
        ty: "(param \"x\" u32) (result u32)",
        is_async: true,
        params: &[Number],
        result: Returned::Number,
    },
    Function {
        name: "c",
        ty: "(param \"s\" $T1) (result string)",
        is_async: true,
        params: &[Take(STRING_STREAM)],
        result: Returned::Text,
    },
    Function {
        name: "d",
        ty: "(param \"f\" $T4) (param \"l\" (list $T0)) (result (tuple $T1 $T1))",
        is_async: true,
        params: &[Take(BYTE_FUTURE), Ends, Count],
        result: Returned::Ends(STRING_STREAM, 2),
    },
    Function {
        name: "e",
        ty: "(result $T5)",
        is_async: true,
        params: &[],
        result: Returned::Ends(STRING_FUTURE, 1),
    },
];

/// The host's function.
const HOST: Function = Function {
    name: "h",
    ty: "(param \"s\" $T1) (param \"n\" u32) (result u32)",
    is_async: true,
    params: &[Take(STRING_STREAM), Number],
    result: Returned::Number,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lift {
    Sync,
    Callback,
    Stackful,
}

/// What is done with a core result.
#[derive(Clone, Copy)]
enum Gives {
    Nothing,
    Value,
    Handle(Kind),
    /// Two ends in 64 bits.
    Pair(u32),
    /// The status of an asynchronous lower.
    Status,
}

/// An operation: a core import, and how it is called.
struct Op {
    name: String,
    canon: String,
    args: Vec<Arg>,
    gives: Gives,
}

/// Components that use those in front of them; the last one's functions, and all that seed, are exported.
pub fn text(rng: &mut Rng, components: usize) -> String {
    let mut text = format!("(component {} (import \"h\" (func $h async {}))\n", types(), HOST.ty);
    for number in 0..components {
        component(rng, number, &mut text);
    }
    let last = components - 1;
    for function in &FUNCTIONS {
        let name = function.name;
        let _ = writeln!(text, "(export \"{name}\" (func $i{last} \"{name}\"))");
    }
    for number in 0..components {
        let _ = writeln!(text, "(export \"seed{number}\" (func $i{number} \"seed\"))");
    }
    text + ")"
}

fn component(rng: &mut Rng, number: usize, text: &mut String) {
    let mut with = String::from("(with \"h\" (func $h))");
    let host = HOST.ty;
    let _ =
        writeln!(text, "(component $C{number} {} (import \"h\" (func $h async {host}))", types());
    let mut callees = vec![(String::from("h"), &HOST)];
    for callee in 0..number {
        for function in &FUNCTIONS {
            let name = format!("{}{callee}", function.name);
            let _ = writeln!(text, "(import \"{name}\" (func ${name} {}))", typed(function));
            let _ = write!(with, "(with \"{name}\" (func $i{callee} \"{}\"))", function.name);
            callees.push((name, function));
        }
    }
    let lifts: Vec<Lift> = FUNCTIONS
        .iter()
        .map(|function| match function.is_async {
            true => rng.pick(&[Lift::Sync, Lift::Callback, Lift::Callback, Lift::Stackful]),
            false => Lift::Sync,
        })
        .collect();
    let mut ops = operations();
    callees.iter().for_each(|(name, function)| lowers(name, function, &mut ops));
    core(&ops, &lifts, text);
    lifted(&lifts, text);
    let _ = writeln!(text, ")\n(instance $i{number} (instantiate $C{number} {with}))");
}

/// The types of streams and futures.
fn types() -> String {
    let all = (0..).zip(&CHANNELS);
    all.map(|(number, (kind, element, _))| format!("(type $T{number} ({kind} {element}))\n"))
        .collect()
}

fn typed(function: &Function) -> String {
    format!("{} {}", if function.is_async { "async" } else { "" }, function.ty)
}

const MEMORY: &str = "(memory (core memory $libc \"m\"))";
const REALLOC: &str = "(realloc (core func $libc \"r\"))";

/// The built-ins.
fn operations() -> Vec<Op> {
    let op = |canon: &str, args: &[Arg], gives| {
        let name = canon.replace(['(', ')', '"', '$', ' '], "_");
        Op { name, canon: format!("(canon {canon})"), args: args.to_vec(), gives }
    };
    let mut ops = vec![
        op("task.cancel", &[], Gives::Nothing),
        op("backpressure.inc", &[], Gives::Nothing),
        op("backpressure.dec", &[], Gives::Nothing),
        op("waitable-set.new", &[], Gives::Handle(SET)),
        op("waitable-set.drop", &[Take(SET)], Gives::Nothing),
        op(&format!("waitable-set.wait {MEMORY}"), &[Pick(SET), Out], Gives::Value),
        op(&format!("waitable-set.poll {MEMORY}"), &[Pick(SET), Out], Gives::Value),
        op("waitable.join", &[Waitable, SetOrNone], Gives::Nothing),
        op("waitable.join", &[Waitable, SetOrNone], Gives::Nothing),
        op("subtask.cancel", &[Pick(SUBTASK)], Gives::Value),
        op("subtask.cancel async", &[Pick(SUBTASK)], Gives::Value),
        op("subtask.drop", &[Take(SUBTASK)], Gives::Nothing),
        op("thread.index", &[], Gives::Handle(THREAD)),
        op(
            "thread.new-indirect $start (core table $libc \"t\")",
            &[Start, Number],
            Gives::Handle(THREAD),
        ),
        op("thread.resume-later", &[Pick(THREAD)], Gives::Nothing),
        op("thread.yield", &[], Gives::Value),
        op("thread.suspend", &[], Gives::Value),
        op("thread.suspend-then-resume", &[Pick(THREAD)], Gives::Value),
        op("thread.yield-then-resume", &[Pick(THREAD)], Gives::Value),
        op("thread.suspend-then-promote", &[Pick(THREAD)], Gives::Value),
        op("thread.yield-then-promote", &[Pick(THREAD)], Gives::Value),
    ];
    for (channel, &(kind, element, memory)) in (0u32..).zip(&CHANNELS) {
        let (read, write) = (readable(channel), writable(channel));
        let ty = format!("$T{channel}");
        let is_stream = kind == "stream";
        let place = match memory {
            's' => Strings,
            'e' => Ends,
            _ => Bytes,
        };
        let with_count =
            |end: Arg, place| if is_stream { vec![end, place, Count] } else { vec![end, place] };
        ops.push(op(&format!("{kind}.new {ty}"), &[], Gives::Pair(channel)));
        ops.push(op(&format!("{kind}.forward {ty}"), &[Take(read), Take(write)], Gives::Nothing));
        for is_async in ["", "async"] {
            let to = if element.is_empty() { Bytes } else { place };
            let to = if memory == 'e' { Out } else { to };
            let options = format!("{ty} {is_async} {MEMORY} {REALLOC}");
            ops.push(op(
                &format!("{kind}.read {options}"),
                &with_count(Pick(read), to),
                Gives::Value,
            ));
            let options = format!("{ty} {is_async} {MEMORY}");
            ops.push(op(
                &format!("{kind}.write {options}"),
                &with_count(Pick(write), place),
                Gives::Value,
            ));
            ops.push(op(
                &format!("{kind}.cancel-read {ty} {is_async}"),
                &[Pick(read)],
                Gives::Value,
            ));
            ops.push(op(
                &format!("{kind}.cancel-write {ty} {is_async}"),
                &[Pick(write)],
                Gives::Value,
            ));
        }
        ops.push(op(&format!("{kind}.drop-readable {ty}"), &[Take(read)], Gives::Nothing));
        ops.push(op(&format!("{kind}.drop-writable {ty}"), &[Take(write)], Gives::Nothing));
    }
    // Names are unique but for those that are there twice to be likelier.
    ops.dedup_by(|one, other| one.name == other.name);
    ops
}

/// Both lowers of a function.
fn lowers(name: &str, function: &Function, ops: &mut Vec<Op>) {
    let options = format!("{MEMORY} {REALLOC}");
    let mut args = function.params.to_vec();
    let result = match function.result {
        Returned::Number => Gives::Value,
        Returned::Ends(kind, 1) => Gives::Handle(kind),
        Returned::Text | Returned::Ends(..) => Gives::Nothing,
    };
    let mut sync = args.clone();
    if let Gives::Nothing = result {
        sync.push(Out);
    }
    let canon = format!("(canon lower (func ${name}) {options})");
    ops.push(Op { name: format!("{name}-sync"), canon, args: sync, gives: result });
    if function.is_async {
        args.push(Out);
        let canon = format!("(canon lower (func ${name}) async {options})");
        ops.push(Op { name: format!("{name}-async"), canon, args, gives: Gives::Status });
    }
}

impl Op {
    fn ty(&self) -> String {
        let result = match self.gives {
            Gives::Nothing => "",
            Gives::Pair(_) => "(result i64)",
            _ => "(result i32)",
        };
        format!("(param {}) {result}", "i32 ".repeat(self.args.len()))
    }

    /// Whether it is a trap unless something rare has been before.
    fn is_mostly_wrong(&self) -> bool {
        ["task.cancel", "backpressure.dec"].contains(&self.name.as_str())
            || self.name.contains(".cancel-")
    }

    /// The code that does it. What it needs and does not find makes it do nothing.
    fn call(&self) -> String {
        let mut code = String::from("(block $no ");
        if self.is_mostly_wrong() {
            code += "(br_if $no (call $likely)) (br_if $no (call $likely))";
        }
        let mut values = String::new();
        for (at, arg) in self.args.iter().enumerate() {
            let value = match *arg {
                Pick(kind) => format!("(call $pick (i32.const {kind}))"),
                Take(kind) => format!("(call $take (i32.const {kind}))"),
                Waitable => String::from("(call $waitable)"),
                SetOrNone => format!("(call $set-or-none (i32.const {SET}))"),
                Start => String::from("(call $lies)"),
                Number => String::from("(call $rand (i32.const 3))"),
                Count => String::from("(call $count)"),
                Strings => format!("(call $address (i32.const {STRINGS}))"),
                Bytes => format!("(call $address (i32.const {BYTES}))"),
                Ends => String::from("(call $ends)"),
                Out => format!("(call $address (i32.const {RESULTS}))"),
            };
            let _ = write!(code, "(local.set {at} {value})");
            if matches!(arg, Pick(_) | Take(_) | Waitable) {
                let _ = write!(code, "(br_if $no (i32.eqz (local.get {at})))");
            }
            let _ = write!(values, "(local.get {at})");
        }
        let call = format!("(call ${} {values})", self.name);
        code += &match self.gives {
            Gives::Nothing => call,
            Gives::Value => format!("(drop {call})"),
            Gives::Handle(kind) => format!("(call $put (i32.const {kind}) {call})"),
            Gives::Pair(channel) => format!(
                "(local.set 4 {call})
                 (call $put (i32.const {}) (i32.wrap_i64 (local.get 4)))
                 (call $put (i32.const {}) (i32.wrap_i64 (i64.shr_u (local.get 4) (i64.const 32))))",
                readable(channel),
                writable(channel)
            ),
            Gives::Status => format!(
                "(local.set 0 {call})
                 (if (i32.lt_u (i32.and (local.get 0) (i32.const 15)) (i32.const 2))
                   (then (call $put (i32.const {SUBTASK}) (i32.shr_u (local.get 0) (i32.const 4)))))"
            ),
        };
        code + ")"
    }
}

/// What instances have in common: memory, table, and the generator, which `realloc` may use, too.
const LIBC: &str = include_str!("libc.wat");

/// The core module, its instance, and the definitions that it needs.
fn core(ops: &[Op], lifts: &[Lift], text: &mut String) {
    let _ = writeln!(text, "(core type $start (func (param i32)))\n{LIBC}");
    let mut imports = String::new();
    let mut with = String::new();
    let mut import = |name: &str, canon: &str, ty: &str, text: &mut String| {
        let _ = writeln!(text, "(core func ${name} {canon})");
        let _ = writeln!(imports, "(import \"\" \"{name}\" (func ${name} {ty}))");
        let _ = write!(with, "(export \"{name}\" (func ${name}))");
    };
    for op in ops {
        import(&op.name, &op.canon, &op.ty(), text);
    }
    import("get", "(canon context.get i32 0)", "(result i32)", text);
    import("set", "(canon context.set i32 0)", "(param i32)", text);
    for (function, &lift) in FUNCTIONS.iter().zip(lifts) {
        let result = function.ty.find("(result").map_or("", |at| &function.ty[at..]);
        let (ty, options) = match function.result {
            Returned::Number | Returned::Ends(_, 1) => ("(param i32)", String::new()),
            Returned::Text | Returned::Ends(..) => ("(param i32 i32)", format!(" {MEMORY}")),
        };
        if lift != Lift::Sync {
            let canon = format!("(canon task.return {result}{options})");
            import(&format!("return-{}", function.name), &canon, ty, text);
        }
    }
    let _ = writeln!(text, "(core module $M {imports} {}", include_str!("guest.wat"));
    for (channel, &(kind, ..)) in (0u32..).zip(&CHANNELS) {
        let (read, write) = (readable(channel), writable(channel));
        let _ = writeln!(
            text,
            "(func $own-{read} (result i32) (local i32 i64)
               (if (local.tee 0 (call $take (i32.const {read}))) (then (return (local.get 0))))
               (local.set 1 (call ${kind}.new__T{channel}))
               (call $put (i32.const {write}) (i32.wrap_i64 (i64.shr_u (local.get 1) (i64.const 32))))
               (i32.wrap_i64 (local.get 1)))"
        );
    }
    let _ = writeln!(text, "(global $fuel (mut i32) (i32.const {FUEL}))");
    let cases = ops.len();
    let _ = writeln!(text, "(func $op (local i32 i32 i32 i32 i64)");
    (0..cases).for_each(|_| text.push_str("(block "));
    let labels: Vec<String> = (0..cases).map(|at| at.to_string()).collect();
    let _ = writeln!(text, "(br_table {} (call $rand (i32.const {cases})))", labels.join(" "));
    for op in ops {
        let _ = writeln!(text, ") {} (return)", op.call());
    }
    text.push_str(")\n");
    for (function, &lift) in FUNCTIONS.iter().zip(lifts) {
        code(function, lift, text);
    }
    let _ = writeln!(
        text,
        ")\n(core instance $m (instantiate $M (with \"libc\" (instance $libc)) (with \"\" (instance {with}))))"
    );
}

//! A program as a component; `programs.py` does the same.

use super::program::{Call, Component, End, Function, Lift, Mode, Op, Param, Program, Step};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where slots begin in memory, and where events lie.
const SLOTS: u32 = 0x1000;
const EVENT: u32 = 0x100;
/// Bits of the word that a thread keeps about its task: the number of its stage; above them, whether it has returned.
const STAGE_BITS: u32 = 8;

/// What a core module imports: its type, and what it is.
type Imports = BTreeMap<String, (String, String)>;

impl Program {
    pub fn text(&self) -> String {
        let mut text = format!("(component (import \"log\" {LOG})\n");
        for number in 0..self.components.len() {
            self.component(number, &mut text);
        }
        let last = self.components.len() - 1;
        let _ = writeln!(text, "(export \"run\" (func $i{last} \"f0\")))");
        text
    }

    fn component(&self, number: usize, text: &mut String) {
        let component = &self.components[number];
        let mut code = Code { program: self, imports: builtins(), component, text: String::new() };
        code.functions();
        let mut with = String::from("(with \"log\" (func $log))");
        let _ = writeln!(text, "(component $C{number} (import \"log\" {LOG})");
        for (callee, other) in self.components[..number].iter().enumerate() {
            for (f, function) in other.functions.iter().enumerate() {
                let name = Program::name(callee, f);
                let _ = writeln!(text, "(import \"{name}\" (func ${name} {}))", function.ty());
                let _ = write!(with, "(with \"{name}\" (func $i{callee} \"f{f}\"))");
            }
        }
        code.finish(text);
        let _ = writeln!(text, ")\n(instance $i{number} (instantiate $C{number} {with}))");
    }
}

const LOG: &str = "(func $log (param \"tag\" u32) (param \"value\" u32))";

/// What every module has.
fn builtins() -> Imports {
    let all = [
        ("note", "(param i32 i32)", "(canon lower (func $log))"),
        ("get", "(result i32)", "(canon context.get i32 0)"),
        ("keep", "(param i32)", "(canon context.set i32 0)"),
        ("task.cancel", "", "(canon task.cancel)"),
        ("set.new", "(result i32)", "(canon waitable-set.new)"),
    ];
    let owned = |(name, ty, canon): (&str, &str, &str)| {
        (name.to_string(), (ty.to_string(), canon.to_string()))
    };
    all.into_iter().map(owned).collect()
}

impl Function {
    fn ty(&self) -> String {
        let effect = if self.is_async { "async" } else { "" };
        let param = match self.param {
            Param::Number => "u32",
            Param::Stream => "(stream u8)",
            Param::Future => "(future u8)",
        };
        format!("{effect} (param \"x\" {param}) (result u32)")
    }
}

struct Code<'a> {
    program: &'a Program,
    component: &'a Component,
    imports: Imports,
    /// The functions of the core module.
    text: String,
}

impl Code<'_> {
    fn functions(&mut self) {
        for (number, function) in self.component.functions.iter().enumerate() {
            self.function(number, function);
        }
        for (number, steps) in self.component.threads.iter().enumerate() {
            let steps = self.steps(steps);
            let _ = writeln!(self.text, "(func $thread{number} (param i32) {LOCALS} {steps})");
        }
    }

    fn function(&mut self, number: usize, function: &Function) {
        let Function { tag, slot, result, .. } = *function;
        let mut begin = note(tag, "(local.get 0)");
        if let Some(slot) = slot {
            begin += &fill(slot, "(local.get 0)");
        }
        let (ty, body) = match function.lift {
            Lift::Callback => {
                self.stages(number, function);
                self.callback(number, function);
                ("(result i32)", format!("(call $f{number}s0)"))
            }
            Lift::Stackful => ("", self.steps(&function.stages[0].steps)),
            Lift::Sync => {
                let steps = self.steps(&function.stages[0].steps);
                ("(result i32)", format!("{steps} (i32.const {result})"))
            }
        };
        let _ = writeln!(
            self.text,
            "(func (export \"f{number}\") (param i32) {ty} {LOCALS} {begin} {body})"
        );
    }

    fn stages(&mut self, number: usize, function: &Function) {
        for (k, stage) in function.stages.iter().enumerate() {
            let steps = self.steps(&stage.steps);
            let slot = stage.slot;
            let code = match stage.code {
                2 => format!(
                    "(if (i32.eqz {full}) (then {new}))
                    (i32.or (i32.const 2) (i32.shl {full} (i32.const 4)))",
                    full = full(slot),
                    new = fill(slot, "(call $set.new)")
                ),
                code => format!("(i32.const {code})"),
            };
            let _ = writeln!(
                self.text,
                "(func $f{number}s{k} (result i32) (local $unused i32) {LOCALS}
                (call $keep (i32.or (i32.const {k}) (i32.and (call $get) (i32.const {mask}))))
                {steps} {code})",
                mask = -1 << STAGE_BITS
            );
        }
    }

    fn callback(&mut self, number: usize, function: &Function) {
        let notes: String =
            (0..3).map(|local| note(function.tag, &format!("(local.get {local})"))).collect();
        let heed = match function.heeds {
            true => format!(
                "(if (i32.and (i32.eq (local.get 0) (i32.const 6))
                    (i32.eqz (i32.shr_u (call $get) (i32.const {STAGE_BITS}))))
                  (then (call $task.cancel) (return (i32.const 0))))"
            ),
            false => String::new(),
        };
        let mut next = String::new();
        for k in 1..function.stages.len() {
            let _ = write!(
                next,
                "(if (i32.eq (i32.and (call $get) (i32.const {mask})) (i32.const {before}))
                  (then (return (call $f{number}s{k}))))",
                mask = (1 << STAGE_BITS) - 1,
                before = k - 1
            );
        }
        let _ = writeln!(
            self.text,
            "(func (export \"e{number}\") (param i32 i32 i32) (result i32)
            {notes} {heed} {next} unreachable)"
        );
    }

    fn steps(&mut self, steps: &[Step]) -> String {
        steps.iter().map(|step| self.step(step) + "\n").collect()
    }

    /// The name of an import.
    fn import(&mut self, name: &str, ty: &str, canon: &str) -> String {
        self.imports.insert(name.to_string(), (ty.to_string(), format!("(canon {canon})")));
        format!("(call ${name}")
    }

    fn step(&mut self, step: &Step) -> String {
        let Step { tag, op } = step;
        let tag = *tag;
        let memory = "(memory $m)";
        match *op {
            Op::Return { value, is_remembered } => {
                let call = self.import(
                    "task.return",
                    "(param i32)",
                    "task.return (result u32) (memory $m)",
                );
                let keep = match is_remembered {
                    true => {
                        format!("(call $keep (i32.or (call $get) (i32.const {})))", 1 << STAGE_BITS)
                    }
                    false => String::new(),
                };
                format!("{call} (i32.const {value})) {keep} {}", note(tag, "(i32.const 0)"))
            }
            Op::Call(call) => self.call(tag, call),
            Op::Load(at) => note(tag, &format!("(i32.load (i32.const {at}))")),
            Op::SetNew(slot) => {
                let made = fill(slot, "(call $set.new)");
                when_empty(slot, &(made + &note(tag, &full(slot))))
            }
            Op::SetWait(slot) => {
                let call = self.import(
                    "set.wait",
                    "(param i32 i32) (result i32)",
                    &format!("waitable-set.wait {memory}"),
                );
                when_full(slot, &told(tag, &format!("{call} {} (i32.const {EVENT}))", full(slot))))
            }
            Op::SetPoll(slot) => {
                let call = self.import(
                    "set.poll",
                    "(param i32 i32) (result i32)",
                    &format!("waitable-set.poll {memory}"),
                );
                when_full(slot, &told(tag, &format!("{call} {} (i32.const {EVENT}))", full(slot))))
            }
            Op::SetDrop(slot) => {
                let call = self.import("set.drop", "(param i32)", "waitable-set.drop");
                dropped(tag, slot, &call)
            }
            Op::Join(slot, to) => {
                let call = self.import("join", "(param i32 i32)", "waitable.join");
                let to = to.map_or("(i32.const 0)".to_string(), full);
                let join = format!("{call} {} {to})", full(slot));
                when_full(slot, &(join + &note(tag, "(i32.const 0)")))
            }
            Op::SubtaskCancel(slot, mode) => {
                let (suffix, option) = words(mode);
                let name = format!("subtask.cancel{suffix}");
                let call = self.import(
                    &name,
                    "(param i32) (result i32)",
                    &format!("subtask.cancel{option}"),
                );
                when_full(slot, &note(tag, &format!("{call} {})", full(slot))))
            }
            Op::SubtaskDrop(slot) => {
                let call = self.import("subtask.drop", "(param i32)", "subtask.drop");
                dropped(tag, slot, &call)
            }
            Op::EndNew { is_future, readable, writable } => {
                let kind = kind(is_future);
                let call = self.import(
                    &format!("{kind}.new"),
                    "(result i64)",
                    &format!("{kind}.new ${kind}"),
                );
                let new = format!(
                    "(local.set $both {call})) {} {}",
                    fill(readable, "(i32.wrap_i64 (local.get $both))"),
                    fill(writable, "(i32.wrap_i64 (i64.shr_u (local.get $both) (i64.const 32)))")
                );
                let made = new + &note(tag, &full(readable)) + &note(tag, &full(writable));
                when_empty(readable, &when_empty(writable, &made))
            }
            Op::EndCopy { end, mode, slot, at, count } => {
                let (suffix, option) = words(mode);
                let (kind, verb) =
                    (kind(end.is_future), if end.is_writable { "write" } else { "read" });
                let (ty, length) = match end.is_future {
                    true => ("(param i32 i32) (result i32)", String::new()),
                    false => ("(param i32 i32 i32) (result i32)", format!("(i32.const {count})")),
                };
                let canon = format!("{kind}.{verb} ${kind}{option} {memory}");
                let call = self.import(&format!("{kind}.{verb}{suffix}"), ty, &canon);
                when_full(
                    slot,
                    &note(tag, &format!("{call} {} (i32.const {at}) {length})", full(slot))),
                )
            }
            Op::EndCancel { end, mode, slot } => {
                let (suffix, option) = words(mode);
                let (kind, verb) =
                    (kind(end.is_future), if end.is_writable { "write" } else { "read" });
                let canon = format!("{kind}.cancel-{verb} ${kind}{option}");
                let name = format!("{kind}.cancel-{verb}{suffix}");
                let call = self.import(&name, "(param i32) (result i32)", &canon);
                when_full(slot, &note(tag, &format!("{call} {})", full(slot))))
            }
            Op::EndDrop { end: End { is_future, is_writable }, slot } => {
                let (kind, side) =
                    (kind(is_future), if is_writable { "writable" } else { "readable" });
                let name = format!("{kind}.drop-{side}");
                let call = self.import(&name, "(param i32)", &format!("{name} ${kind}"));
                dropped(tag, slot, &call)
            }
            Op::Backpressure { more } => {
                let name = if more { "backpressure.inc" } else { "backpressure.dec" };
                let call = self.import(name, "", name);
                format!("{call}) {}", note(tag, "(i32.const 0)"))
            }
            Op::ThreadIndex(slot) => {
                let call = self.import("thread.index", "(result i32)", "thread.index");
                fill(slot, &format!("{call})")) + &note(tag, &full(slot))
            }
            Op::ThreadNew { function, slot } => {
                let canon = "thread.new-indirect $start (core table $table)";
                let call = self.import("thread.new", "(param i32 i32) (result i32)", canon);
                let new = format!("{call} (i32.const {function}) (i32.const 0))");
                fill(slot, &new) + &note(tag, &full(slot))
            }
            Op::ThreadLater(slot) => {
                let call = self.import("thread.later", "(param i32)", "thread.resume-later");
                when_full(slot, &format!("{call} {}) {}", full(slot), note(tag, "(i32.const 0)")))
            }
            Op::ThreadYield => {
                let call = self.import("thread.yield", "(result i32)", "thread.yield");
                note(tag, &format!("{call})"))
            }
            Op::ThreadSuspend => {
                let call = self.import("thread.suspend", "(result i32)", "thread.suspend");
                note(tag, &format!("{call})"))
            }
            Op::ThreadSwitch(switch, slot) => {
                let name = format!("thread.{}", switch.name());
                let call = self.import(&name, "(param i32) (result i32)", &name);
                when_full(slot, &note(tag, &format!("{call} {})", full(slot))))
            }
        }
    }

    fn call(&mut self, tag: u32, call: Call) -> String {
        let Call { component, function, param, mode, argument, subtask, result } = call;
        let name = Program::name(component, function);
        let (suffix, option) = words(mode);
        let (ty, out) = match mode {
            Mode::Sync => ("(param i32) (result i32)", String::new()),
            Mode::Async => ("(param i32 i32) (result i32)", format!("(i32.const {result})")),
        };
        let memory = if mode == Mode::Async { "(memory $m)" } else { "" };
        let canon = format!("lower (func ${name}){option} {memory}");
        let import = self.import(&format!("{name}{suffix}"), ty, &canon);
        let (take, passed) = match param {
            Param::Number => (String::new(), format!("(i32.const {argument})")),
            _ => (
                format!("(local.set $word {}) {}", full(argument), fill(argument, "(i32.const 0)")),
                "(local.get $word)".to_string(),
            ),
        };
        let mut text = format!(
            "{take} (local.set $word {import} {passed} {out})) {}",
            note(tag, "(local.get $word)")
        );
        if mode == Mode::Async {
            let index = "(i32.shr_u (local.get $word) (i32.const 4))";
            let kept = fill(subtask, index);
            let _ = write!(text, "(if {index} (then {kept}))");
            text = when_empty(subtask, &text);
        }
        if param == Param::Number { text } else { when_full(argument, &text) }
    }

    /// The component around the core module.
    fn finish(self, text: &mut String) {
        let data: String = (0..=255u8).map(|byte| format!("\\{byte:02x}")).collect();
        let threads = self.component.threads.len();
        let _ = writeln!(
            text,
            "(type $stream (stream u8)) (type $future (future u8)) (core type $start (func (param i32)))
            (core module $Memory (memory (export \"memory\") 1) (data (i32.const 0x8000) \"{data}\")
              (table (export \"table\") {threads} funcref))
            (core instance $memory (instantiate $Memory))
            (alias core export $memory \"memory\" (core memory $m))
            (alias core export $memory \"table\" (core table $table))"
        );
        let (mut given, mut taken) = (String::new(), String::new());
        for (name, (ty, canon)) in &self.imports {
            let _ = writeln!(text, "(core func ${name} {canon})");
            let _ = write!(given, "(export \"{name}\" (func ${name}))");
            let _ = writeln!(taken, "(import \"\" \"{name}\" (func ${name} {ty}))");
        }
        let elements: String = (0..threads).map(|number| format!(" $thread{number}")).collect();
        let _ = writeln!(
            text,
            "(core module $Core
              (import \"\" \"memory\" (memory 1)) (import \"\" \"table\" (table {threads} funcref))
              {taken}
              (elem (i32.const 0) func{elements})
              {})
            (core instance $core (instantiate $Core (with \"\" (instance
              (export \"memory\" (memory $m)) (export \"table\" (table $table)) {given}))))",
            self.text
        );
        for (number, function) in self.component.functions.iter().enumerate() {
            let options = match function.lift {
                Lift::Callback => {
                    format!("async (memory $m) (callback (core func $core \"e{number}\"))")
                }
                Lift::Stackful => "async (memory $m)".to_string(),
                Lift::Sync => String::new(),
            };
            let _ = writeln!(
                text,
                "(func (export \"f{number}\") {} (canon lift (core func $core \"f{number}\") {options}))",
                function.ty()
            );
        }
        debug_assert!(self.program.components.len() < 10);
    }
}

const LOCALS: &str = "(local $word i32) (local $both i64)";

fn words(mode: Mode) -> (&'static str, &'static str) {
    match mode {
        Mode::Sync => ("", ""),
        Mode::Async => ("-async", " async"),
    }
}

fn kind(is_future: bool) -> &'static str {
    if is_future { "future" } else { "stream" }
}

fn note(tag: u32, value: &str) -> String {
    format!("(call $note (i32.const {tag}) {value})")
}

fn full(slot: u32) -> String {
    format!("(i32.load (i32.const {}))", SLOTS + 4 * slot)
}

fn fill(slot: u32, value: &str) -> String {
    format!("(i32.store (i32.const {}) {value})", SLOTS + 4 * slot)
}

fn when_full(slot: u32, then: &str) -> String {
    format!("(if {} (then {then}))", full(slot))
}

fn when_empty(slot: u32, then: &str) -> String {
    format!("(if (i32.eqz {}) (then {then}))", full(slot))
}

/// Notes an event.
fn told(tag: u32, call: &str) -> String {
    let load = |at| note(tag, &format!("(i32.load (i32.const {at}))"));
    note(tag, call) + &load(EVENT) + &load(EVENT + 4)
}

/// What is in a slot goes.
fn dropped(tag: u32, slot: u32, call: &str) -> String {
    let take = format!("(local.set $word {}) {}", full(slot), fill(slot, "(i32.const 0)"));
    when_full(slot, &format!("{take} {call} (local.get $word)) {}", note(tag, "(i32.const 0)")))
}

//! What the specification's executable semantics say of programs: a process of Python's reads a program and what was
//! seen of it in a line, and answers with what `programs.py` says.

use super::program::{Call, Component, End, Function, Lift, Mode, Op, Param, Program, Stage, Step};
use super::{Account, End as Ending};
use crate::python::Python;
use anyhow::{Context, Result, bail, ensure};
use std::io::{BufRead, Write};
use std::path::Path;

const SCRIPT: &str = concat!(include_str!("semantics.py"), "\n", include_str!("programs.py"));

/// The process.
pub struct Model(Python);

/// What may be tried for an answer.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    /// Runs for each account that was seen.
    pub each: usize,
    /// Runs to count what can happen; 0: it is not counted.
    pub count: usize,
}

/// Whether the semantics allow an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Yes,
    /// No order gives it; so many entries of its log are right in the order that comes nearest.
    No(usize),
    /// Nobody knows: there are too many orders.
    Open(usize),
}

/// How many accounts there are, in so many runs, and whether these are all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub accounts: usize,
    pub runs: usize,
    pub is_all: bool,
}

impl Model {
    /// Starts Python on the definitions.
    pub fn new(definitions: &Path) -> Result<Model> {
        Python::new(SCRIPT, definitions).map(Model)
    }

    /// A verdict for each account.
    pub fn judge(
        &mut self,
        program: &Program,
        seen: &[Account],
        effort: Effort,
    ) -> Result<(Vec<Verdict>, Count)> {
        let accounts: Vec<String> = seen.iter().map(account).collect();
        let Effort { each, count } = effort;
        writeln!(
            self.0.input,
            r#"{{"program":{},"seen":[{}],"most":{each},"count":{count}}}"#,
            json(program),
            accounts.join(",")
        )?;
        self.0.input.flush()?;
        let mut line = String::new();
        ensure!(self.0.output.read_line(&mut line)? != 0, "python3 has ended");
        let mut words = line.split_ascii_whitespace();
        let verdicts = seen.iter().map(|_| verdict(&mut words)).collect::<Result<_>>()?;
        let (accounts, runs) = (number(&mut words)?, number(&mut words)?);
        Ok((verdicts, Count { accounts, runs, is_all: words.next() == Some("True") }))
    }
}

fn verdict<'a>(words: &mut impl Iterator<Item = &'a str>) -> Result<Verdict> {
    let word = words.next().context("programs.py answered less than it should")?;
    let near = number(words)?;
    match word {
        "yes" => Ok(Verdict::Yes),
        "no" => Ok(Verdict::No(near)),
        "open" => Ok(Verdict::Open(near)),
        _ => bail!("programs.py answered {word}"),
    }
}

fn number<'a>(words: &mut impl Iterator<Item = &'a str>) -> Result<usize> {
    let word = words.next().context("programs.py answered less than it should")?;
    word.parse().with_context(|| format!("programs.py answered {word}"))
}

fn account(account: &Account) -> String {
    let end = match account.end {
        Ending::Idle => "end",
        Ending::Trap => "trap",
        Ending::Deadlock => "deadlock",
    };
    format!(r#"{{"log":{:?},"end":"{end}"}}"#, account.log)
}

fn json(program: &Program) -> String {
    let components = list(&program.components, component);
    format!(r#"{{"components":{components}}}"#)
}

fn list<T>(all: &[T], one: impl Fn(&T) -> String) -> String {
    format!("[{}]", all.iter().map(one).collect::<Vec<_>>().join(","))
}

fn component(component: &Component) -> String {
    let functions = list(&component.functions, function);
    let threads = list(&component.threads, |steps| list(steps, step));
    format!(r#"{{"functions":{functions},"threads":{threads}}}"#)
}

fn function(function: &Function) -> String {
    let param = match function.param {
        Param::Number => "number",
        Param::Stream => "stream",
        Param::Future => "future",
    };
    let lift = match function.lift {
        Lift::Callback => "callback",
        Lift::Stackful => "stackful",
        Lift::Sync => "sync",
    };
    let slot = optional(function.slot);
    let stages = list(&function.stages, stage);
    let Function { is_async, tag, result, heeds, .. } = function;
    format!(
        r#"{{"param":"{param}","async":{is_async},"lift":"{lift}","tag":{tag},"slot":{slot},"result":{result},"heeds":{heeds},"stages":{stages}}}"#
    )
}

fn stage(Stage { steps, code, slot }: &Stage) -> String {
    let ops = list(steps, step);
    format!(r#"{{"ops":{ops},"code":{code},"slot":{slot}}}"#)
}

fn optional(slot: Option<u32>) -> String {
    slot.map_or("null".to_string(), |slot| slot.to_string())
}

/// The tag, the name of a method of `programs.py`, and its arguments.
fn step(Step { tag, op }: &Step) -> String {
    let is_async = |mode: Mode| mode == Mode::Async;
    let rest = match *op {
        Op::Return { value, is_remembered } => format!(r#""ret",{value},{is_remembered}"#),
        Op::Call(Call { component, function, mode, argument, subtask, result, .. }) => {
            let mode = is_async(mode);
            format!(r#""call",{component},{function},{mode},{argument},{subtask},{result}"#)
        }
        Op::Load(at) => format!(r#""load",{at}"#),
        Op::SetNew(slot) => format!(r#""set_new",{slot}"#),
        Op::SetWait(slot) => format!(r#""set_wait",{slot}"#),
        Op::SetPoll(slot) => format!(r#""set_poll",{slot}"#),
        Op::SetDrop(slot) => format!(r#""set_drop",{slot}"#),
        Op::Join(slot, to) => format!(r#""join",{slot},{}"#, optional(to)),
        Op::SubtaskCancel(slot, mode) => format!(r#""subtask_cancel",{slot},{}"#, is_async(mode)),
        Op::SubtaskDrop(slot) => format!(r#""subtask_drop",{slot}"#),
        Op::EndNew { is_future, readable, writable } => {
            format!(r#""end_new",{is_future},{readable},{writable}"#)
        }
        Op::EndCopy { end: End { is_future, is_writable }, mode, slot, at, count } => {
            let mode = is_async(mode);
            format!(r#""end_copy",{is_future},{is_writable},{mode},{slot},{at},{count}"#)
        }
        Op::EndCancel { end: End { is_future, is_writable }, mode, slot } => {
            format!(r#""end_cancel",{is_future},{is_writable},{},{slot}"#, is_async(mode))
        }
        Op::EndDrop { end: End { is_future, is_writable }, slot } => {
            format!(r#""end_drop",{is_future},{is_writable},{slot}"#)
        }
        Op::Backpressure { more } => format!(r#""backpressure",{more}"#),
        Op::ThreadIndex(slot) => format!(r#""thread_index",{slot}"#),
        Op::ThreadNew { function, slot } => format!(r#""thread_new",{function},{slot}"#),
        Op::ThreadLater(slot) => format!(r#""thread_later",{slot}"#),
        Op::ThreadYield => r#""thread_yield""#.to_string(),
        Op::ThreadSuspend => r#""thread_suspend""#.to_string(),
        Op::ThreadSwitch(switch, slot) => {
            format!(r#""thread_switch","{}",{slot}"#, switch.name())
        }
    };
    format!("[{tag},{rest}]")
}

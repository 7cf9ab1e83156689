//! Cases as the specification's executable semantics have them.
//!
//! `definitions.py` is not in this tree; the variable `CANONICAL_ABI` says where it is. A process of Python's
//! reads components and cases, a line each, and answers with what `spec.py` says. A trap has no reason there.

use crate::case::{Case, Input};
use crate::control::{LOG_WORDS, MAX_LOG, WORDS};
use crate::edge::{Edge, Side};
use crate::guest::{Live, Of, State};
use crate::plan::Plan;
use crate::python::Python;
use anyhow::{Context, Result, bail, ensure};
use std::fmt::Write as _;
use std::io::{BufRead, Write};
use std::path::Path;
use weldc_tests::roundtrip::types::{Kind, Type, Types};

const SCRIPT: &str = include_str!("spec.py");

/// The process.
pub struct Spec(Python);

/// What the specification says of a case.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    Trap,
    Done(Box<Expected>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Expected {
    pub caller: State,
    pub callee: State,
    /// CRC-32 of the memories of both.
    pub sums: [u32; 2],
    pub destroyed: [Vec<u64>; 2],
    /// The handles that are left after the call, in the order in which they are to be dropped.
    pub live: Vec<Live>,
}

impl Spec {
    /// Starts Python on the definitions.
    pub fn new(definitions: &Path) -> Result<Spec> {
        Python::new(SCRIPT, definitions).map(Spec)
    }

    /// All cases of a plan.
    pub fn verdicts(&mut self, plan: &Plan) -> Result<Vec<Verdict>> {
        let Python { input, output, .. } = &mut self.0;
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| -> Result<()> {
                writeln!(input, "{}", component(plan))?;
                for case in &plan.cases {
                    writeln!(input, "{}", request(case, false))?;
                }
                Ok(input.flush()?)
            });
            let verdicts = plan.cases.iter().map(|_| verdict(output, false)).collect();
            let written = writer.join().map_err(|_| anyhow::anyhow!("the writer panicked"))?;
            let verdicts: Result<Vec<Verdict>> = verdicts;
            written.and(verdicts)
        })
    }

    /// One case, with the memories.
    pub fn verdict(&mut self, plan: &Plan, case: &Case) -> Result<Verdict> {
        writeln!(self.0.input, "{}", component(plan))?;
        writeln!(self.0.input, "{}", request(case, true))?;
        self.0.input.flush()?;
        verdict(&mut self.0.output, true)
    }
}

fn component(plan: &Plan) -> String {
    let edges: Vec<String> = plan.edges.iter().map(|edge| json_edge(&plan.types, edge)).collect();
    format!(r#"{{"edges":[{}],"handles":{}}}"#, edges.join(","), plan.handles)
}

/// An edge in one line: its types and its sides.
pub fn json_edge(types: &Types, edge: &Edge) -> String {
    let params: Vec<String> = edge.params.iter().map(|&ty| json(types, ty)).collect();
    let result = edge.result.map_or("null".to_string(), |ty| json(types, ty));
    let (caller, callee) = (side(edge.caller), side(edge.callee));
    let params = params.join(",");
    format!(r#"{{"params":[{params}],"result":{result},"caller":{caller},"callee":{callee}}}"#)
}

fn side(side: Side) -> String {
    format!(r#"["{}",{}]"#, side.encoding, side.pointer)
}

/// The type as `spec.py` reads it.
fn json(types: &Types, ty: Type) -> String {
    let one = |&ty: &Type| json(types, ty);
    let maybe = |ty: &Option<Type>| ty.as_ref().map_or("null".to_string(), one);
    let all = |fields: &[Type]| fields.iter().map(one).collect::<Vec<_>>().join(",");
    match &types.all[ty] {
        Kind::Number("(own $r0)", ..) => r#"["own",0]"#.to_string(),
        Kind::Number("(own $r1)", ..) => r#"["own",1]"#.to_string(),
        Kind::Number("(borrow $r0)", ..) => r#"["borrow",0]"#.to_string(),
        Kind::Number("(borrow $r1)", ..) => r#"["borrow",1]"#.to_string(),
        Kind::Number(name, ..) => format!("\"{name}\""),
        Kind::Text => "\"string\"".to_string(),
        Kind::List(t) => format!(r#"["list",{}]"#, one(t)),
        Kind::FixedList(t, length) => format!(r#"["fixed",{},{length}]"#, one(t)),
        Kind::Map(k, v) => format!(r#"["map",{},{}]"#, one(k), one(v)),
        Kind::Record(fields) => format!(r#"["record",[{}]]"#, all(fields)),
        Kind::Tuple(fields) => format!(r#"["tuple",[{}]]"#, all(fields)),
        Kind::Variant(cases) => {
            let cases: Vec<String> = cases.iter().map(maybe).collect();
            format!(r#"["variant",[{}]]"#, cases.join(","))
        }
        Kind::Enum(count) => format!(r#"["enum",{count}]"#),
        Kind::Optional(t) => format!(r#"["option",{}]"#, one(t)),
        Kind::Fallible(ok, error) => format!(r#"["result",{},{}]"#, maybe(ok), maybe(error)),
        Kind::Flags(count) => format!(r#"["flags",{count}]"#),
    }
}

fn request(case: &Case, full: bool) -> String {
    let (caller, callee) = (input(&case.caller), input(&case.callee));
    format!(r#"{{"run":[{},{caller},{callee}],"full":{full}}}"#, case.edge)
}

fn input(input: &Input) -> String {
    let mut bytes = String::with_capacity(2 * input.bytes.len());
    for byte in &input.bytes {
        let _ = write!(bytes, "{byte:02x}");
    }
    let lies: Vec<_> = input.lies.iter().map(|lie| lie.words()).collect();
    let drops: Vec<[u32; 2]> = input.drops.iter().map(|&(kind, index)| [kind, index]).collect();
    format!(r#"[{},"{bytes}",{:?},{},{lies:?},{drops:?}]"#, input.at, input.words, input.bump)
}

/// Reads what the specification says of one case.
fn verdict(output: &mut impl BufRead, full: bool) -> Result<Verdict> {
    let mut line = String::new();
    ensure!(output.read_line(&mut line)? != 0, "python3 has ended");
    let mut tokens = line.split_ascii_whitespace();
    match tokens.next() {
        Some("trap") => return Ok(Verdict::Trap),
        Some("ok") => {}
        _ => bail!("spec.py answered {line}"),
    }
    let tokens = &mut tokens;
    let (caller, caller_sum) = state(tokens, full)?;
    let (callee, callee_sum) = state(tokens, full)?;
    let destroyed = [list(tokens)?, list(tokens)?];
    let live = list(tokens)?;
    let live = live.chunks(3).map(|live| Live {
        of: if live[0] == 0 { Of::Caller } else { Of::Callee },
        kind: live[1] as u32,
        index: live[2] as u32,
    });
    let (live, sums) = (live.collect(), [caller_sum, callee_sum]);
    Ok(Verdict::Done(Box::new(Expected { caller, callee, sums, destroyed, live })))
}

type Tokens<'a> = std::str::SplitAsciiWhitespace<'a>;

fn word(tokens: &mut Tokens<'_>) -> Result<u64> {
    let token = tokens.next().context("spec.py answered less than it should")?;
    u64::from_str_radix(token, 16).with_context(|| format!("spec.py answered {token}"))
}

fn words(tokens: &mut Tokens<'_>, count: usize) -> Result<Vec<u64>> {
    (0..count).map(|_| word(tokens)).collect()
}

fn list(tokens: &mut Tokens<'_>) -> Result<Vec<u64>> {
    let count = word(tokens)? as usize;
    words(tokens, count)
}

fn state(tokens: &mut Tokens<'_>, full: bool) -> Result<(State, u32)> {
    let (pages, sum) = (word(tokens)? as u32, word(tokens)? as u32);
    let [bump, reallocs, calls, posts, post_word] =
        <[u64; 5]>::try_from(words(tokens, 5)?).ok().context("five words")?;
    let out = words(tokens, WORDS)?;
    let logged = word(tokens)? as usize;
    ensure!(logged <= MAX_LOG, "spec.py logged {logged} calls");
    let log = words(tokens, LOG_WORDS * logged)?;
    let log = log.chunks(LOG_WORDS).map(|call| std::array::from_fn(|i| call[i])).collect();
    let memory = if full { bytes(tokens.next().context("a memory")?)? } else { Vec::new() };
    let words = out;
    Ok((State { words, bump, reallocs, calls, posts, post_word, log, pages, memory }, sum))
}

fn bytes(hex: &str) -> Result<Vec<u8>> {
    let digit = |at: usize| hex.get(at..at + 2).and_then(|d| u8::from_str_radix(d, 16).ok());
    (0..hex.len()).step_by(2).map(|at| digit(at).context("no byte")).collect()
}

//! The components, as text.

use std::fmt::Write;

/// Components whose exports are loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guest {
    /// Two that call each other.
    Calls(Callee),
    /// Two that call each other synchronously; whether they have asynchronous functions, too.
    Add { concurrent: bool },
    /// One and its threads.
    Threads,
    /// One that writes so many bytes at a time, and one that reads them.
    Stream(Reader, usize),
    /// One that writes futures, and one that reads them.
    Future,
    /// One and its host.
    Host,
}

/// How the callee's function is lifted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Callee {
    Callback,
    Stackful,
    Sync,
    /// With a callback, and it yields before it resolves.
    Yields,
}

/// How the reader of a stream waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Callback,
    /// In `stream.read`.
    Sync,
}

pub const SMALL: usize = 1;
pub const LARGE: usize = 1 << 16;

pub const GUESTS: [Guest; 13] = [
    Guest::Calls(Callee::Callback),
    Guest::Calls(Callee::Stackful),
    Guest::Calls(Callee::Sync),
    Guest::Calls(Callee::Yields),
    Guest::Add { concurrent: false },
    Guest::Add { concurrent: true },
    Guest::Threads,
    Guest::Stream(Reader::Callback, SMALL),
    Guest::Stream(Reader::Callback, LARGE),
    Guest::Stream(Reader::Sync, SMALL),
    Guest::Stream(Reader::Sync, LARGE),
    Guest::Future,
    Guest::Host,
];

/// A loop that takes the sum of what `call` gives for each `$n` from the given one down to 1.
struct Loop {
    name: &'static str,
    call: &'static str,
}

const CALLS: &[Loop] = &[
    Loop { name: "sync", call: "(call $sync (local.get $n))" },
    Loop { name: "async", call: "(call $call (local.get $n))" },
];

const ADD: &[Loop] = &[Loop { name: "loop", call: "(call $add (local.get $x) (local.get $n))" }];

impl Guest {
    pub fn name(self) -> String {
        match self {
            Guest::Calls(callee) => format!("calls-{callee:?}").to_lowercase(),
            Guest::Add { concurrent: false } => "add".to_string(),
            Guest::Add { concurrent: true } => "add-concurrent".to_string(),
            Guest::Stream(reader, size) => format!("stream-{reader:?}-{size}").to_lowercase(),
            Guest::Threads | Guest::Future | Guest::Host => format!("{self:?}").to_lowercase(),
        }
    }

    pub fn text(self) -> String {
        match self {
            Guest::Calls(callee) => calls(callee),
            Guest::Add { concurrent } => add(concurrent),
            Guest::Threads => {
                let names = ["yield", "yield-two", "switch"];
                assemble(include_str!("../../concurrent/threads.wat"), &[], &names, ASYNC)
            }
            Guest::Stream(reader, size) => stream(reader, size),
            Guest::Future => {
                let names = ["future", "start", "wake"];
                assemble(include_str!("../../concurrent/future.wat"), &[], &names, ASYNC)
                    .replace("PAGES", "16")
            }
            Guest::Host => {
                let names = ["sync", "async"];
                assemble(include_str!("../../concurrent/host.wat"), CALLS, &names, ASYNC)
            }
        }
    }
}

/// What a loop's type begins with: those that may wait are of asynchronous types.
const ASYNC: &str = "async";
const SYNC: &str = "";

/// Adds loops, and exports of these names.
fn assemble(text: &str, loops: &[Loop], names: &[&str], effect: &str) -> String {
    let (mut functions, mut lifts, mut exports) = (String::new(), String::new(), String::new());
    for Loop { name, call } in loops {
        // Writing to a string does not fail.
        let _ = write!(
            functions,
            "(func (export \"{name}\") (param $n i32) (result i32) (local $x i32)
              (loop $again
                (local.set $x (i32.add (local.get $x) {call}))
                (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
              (local.get $x))"
        );
    }
    for name in names {
        let _ = write!(
            lifts,
            "(func (export \"{name}\") {effect} (param \"n\" u32) (result u32)
              (canon lift (core func $loops \"{name}\")))"
        );
        let _ = write!(exports, "(export \"{name}\" (func $caller \"{name}\"))");
    }
    let instances = "(instance $callee (instantiate $Callee))
      (instance $caller (instantiate $Caller (with \"f\" (func $callee \"f\"))))";
    text.replace("LOOPS", &functions)
        .replace("LIFTS", &lifts)
        .replace("INSTANCES", instances)
        .replace("EXPORTS", &exports)
}

fn calls(callee: Callee) -> String {
    let lift = match callee {
        Callee::Callback => callback("callback"),
        Callee::Stackful => "(canon lift (core func $core \"stackful\") async)".to_string(),
        Callee::Sync => "(canon lift (core func $core \"sync\"))".to_string(),
        Callee::Yields => callback("yields"),
    };
    let callee = include_str!("../../concurrent/callee.wat").replace("LIFT", &lift);
    let text = include_str!("../../concurrent/calls.wat").replace("CALLEE", &callee);
    assemble(&text, CALLS, &["sync", "async"], ASYNC)
}

fn callback(function: &str) -> String {
    format!(
        "(canon lift (core func $core \"{function}\") async (callback (core func $core \"event\")))"
    )
}

fn stream(reader: Reader, size: usize) -> String {
    let (lift, names) = match reader {
        Reader::Callback => (callback("callback"), ["async"]),
        Reader::Sync => ("(canon lift (core func $core \"sync\"))".to_string(), ["sync"]),
    };
    assemble(include_str!("../../concurrent/stream.wat"), &[], &names, ASYNC)
        .replace("CONSUME", &lift)
        .replace("RESULT", &(size << 4).to_string())
        .replace("SIZE", &size.to_string())
}

/// The caller takes an asynchronous function of its callee's, too, which it does not call; or neither has any.
fn add(concurrent: bool) -> String {
    let instance = |returns: &str| {
        format!(
            "(core instance $core (instantiate $Core (with \"\" (instance (export \"return\" (func {returns}))))))
            (func (export \"add\") (param \"x\" u32) (param \"y\" u32) (result u32) (canon lift (core func $core \"add\")))"
        )
    };
    let (callee, caller, with) = match concurrent {
        true => (
            format!(
                "(core func $return (canon task.return (result u32))) {}
                (func (export \"later\") async (result u32)
                  (canon lift (core func $core \"later\") async (callback (core func $core \"event\"))))",
                instance("$return")
            ),
            include_str!("../../concurrent/later.wat"),
            "(with \"later\" (func $callee \"later\"))",
        ),
        false => (
            format!(
                "(core module $None (func (export \"return\") (param i32)))
                (core instance $none (instantiate $None)) {}",
                instance("$none \"return\"")
            ),
            "",
            "",
        ),
    };
    let names = if concurrent { &["loop", "later"][..] } else { &["loop"] };
    let instances = format!(
        "(instance $callee (instantiate $Callee))
        (instance $caller (instantiate $Caller (with \"add\" (func $callee \"add\")) {with}))
        (export \"add\" (func $caller \"add\"))"
    );
    let text = include_str!("../../concurrent/add.wat")
        .replace("CALLEE", &callee)
        .replace("CALLER", caller)
        .replace("INSTANCES", &instances);
    let later = "(export \"later\" (func $caller \"later\"))";
    let exports = if concurrent { format!("EXPORTS {later}") } else { "EXPORTS".to_string() };
    assemble(&text.replace("EXPORTS", &exports), ADD, &names[..1], SYNC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_components_are_text() {
        for guest in GUESTS {
            wat::parse_str(guest.text()).unwrap();
        }
    }
}

//! The components, as text.

use super::native::Text;
use std::fmt::Write;

/// Components whose exports are loops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guest {
    /// Two that call each other, with strings in UTF-8 on both sides.
    Utf8,
    /// … and the callee's in UTF-16.
    Utf16,
    /// One that calls its host.
    Host,
}

pub const GUESTS: [Guest; 3] = [Guest::Utf8, Guest::Utf16, Guest::Host];

/// Components to be instantiated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A memory of a page with a few bytes.
    Small,
    /// 16 MiB, of which 1 MiB has contents, which begin with this letter: programs with other contents share
    /// nothing, so that what is done to one row's does not slow down another's.
    Data(char),
    /// 100 functions.
    Exports,
    /// 51 components in a row, each with a memory and each calling the next.
    Adapters,
}

pub const SHAPES: [Shape; 6] = [
    Shape::Small,
    Shape::Data('a'),
    Shape::Data('b'),
    Shape::Data('c'),
    Shape::Exports,
    Shape::Adapters,
];

/// What a loop does: once, again and again, and at its end. `$x` is the sum, `$h` a handle, `$n` counts down to 0.
struct Loop {
    name: &'static str,
    begin: &'static str,
    body: &'static str,
    end: &'static str,
}

const fn plain(name: &'static str, body: &'static str) -> Loop {
    Loop { name, begin: "", body, end: "" }
}

/// `call` gives a number, of which the sum is taken.
macro_rules! sum {
    ($name:literal, $call:literal) => {
        plain($name, concat!("(local.set $x (i32.add (local.get $x) ", $call, "))"))
    };
}

const CREATE: &str = "(local.set $h (call $create (i32.const 7)))";
/// All resources must be gone.
const LIVE: &str = "(local.set $x (i32.add (local.get $x) (call $live)))";
const DROP: &str =
    "(call $drop (local.get $h)) (local.set $x (i32.add (local.get $x) (call $live)))";

/// Of the component that calls the other; addresses as in `pair.wat`.
const PAIR: &[Loop] = &[
    Loop {
        name: "nop",
        begin: "(local.set $x (call $count))",
        body: "(call $nop)",
        end: "(local.set $x (i32.sub (call $count) (local.get $x)))",
    },
    plain("add", "(local.set $x (call $add (local.get $x) (local.get $n)))"),
    plain("leaf", "(local.set $x (call $leaf (local.get $x) (local.get $n)))"),
    sum!("string-16", "(call $take-string (i32.const 65536) (i32.const 16))"),
    sum!("string-64k", "(call $take-string (i32.const 65536) (i32.const 65536))"),
    sum!("string-other", "(call $take-string (i32.const 131072) (i32.const 65536))"),
    sum!("bytes", "(call $take-bytes (i32.const 65536) (i32.const 65536))"),
    sum!("words", "(call $take-words (i32.const 65536) (i32.const 4096))"),
    sum!("points", "(call $take-points (i32.const 65536) (i32.const 256))"),
    sum!("mixed", "(call $take-mixed (i32.const 65536) (i32.const 256))"),
    sum!("strings", "(call $take-strings (i32.const 262144) (i32.const 256))"),
    Loop {
        name: "create-drop",
        begin: "",
        body: "(local.set $h (call $create (local.get $n))) (call $drop (local.get $h))",
        end: LIVE,
    },
    Loop {
        name: "create-take",
        begin: "",
        body: "(local.set $x (i32.add (local.get $x) (call $take (call $create (local.get $n)))))",
        end: LIVE,
    },
    Loop {
        name: "pass",
        begin: CREATE,
        body: "(local.set $x (i32.add (local.get $x) (local.tee $h (call $pass (local.get $h)))))",
        end: DROP,
    },
    Loop {
        name: "look",
        begin: CREATE,
        body: "(local.set $x (i32.add (local.get $x) (call $look (local.get $h))))",
        end: DROP,
    },
    Loop {
        name: "other-look",
        begin: CREATE,
        body: "(local.set $x (i32.add (local.get $x) (call $other-look (local.get $h))))",
        end: DROP,
    },
];

/// Of the component that calls its host; addresses as in `host.wat`.
const HOST: &[Loop] = &[
    plain("nop", "(call $nop)"),
    sum!("string-16", "(call $take-string (i32.const 1048576) (i32.const 16))"),
    sum!("string-64k", "(call $take-string (i32.const 1048576) (i32.const 65536))"),
    sum!("bytes-1m", "(call $take-bytes (i32.const 1048576) (i32.const 1048576))"),
];

impl Guest {
    pub fn text(self) -> String {
        let (text, loops) = match self {
            Guest::Utf8 | Guest::Utf16 => (include_str!("../../edges/pair.wat"), PAIR),
            Guest::Host => (include_str!("../../edges/host.wat"), HOST),
        };
        let encoding = if self == Guest::Utf16 { "utf16" } else { "utf8" };
        let (mut functions, mut lifts, mut exports) = (String::new(), String::new(), String::new());
        for Loop { name, begin, body, end } in loops {
            // Writing to a string does not fail.
            let _ = write!(
                functions,
                "(func (export \"{name}\") (param $n i32) (result i32) (local $x i32) (local $h i32)
                  {begin}
                  (loop $again
                    {body}
                    (br_if $again (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))
                  {end}
                  (local.get $x))"
            );
            let _ = write!(
                lifts,
                "(func (export \"{name}\") (param \"n\" u32) (result u32)
                  (canon lift (core func $loops \"{name}\")))"
            );
            let _ = write!(exports, "(export \"{name}\" (func $caller \"{name}\"))");
        }
        text.replace("ENCODING", encoding)
            .replace("(data (i32.const 65536) \"ASCII\")", &data(65536, Text::Ascii))
            .replace("(data (i32.const 1048576) \"ASCII\")", &data(1 << 20, Text::Ascii))
            .replace("(data (i32.const 131072) \"OTHER\")", &data(131072, Text::Other))
            .replace("LOOPS", &functions)
            .replace("LIFTS", &lifts)
            .replace("EXPORTS", &exports)
    }
}

fn data(at: u32, text: Text) -> String {
    format!("(data (i32.const {at}) \"{}\")", text.seed())
}

impl Shape {
    pub fn name(self) -> String {
        match self {
            Shape::Small => "small".to_string(),
            Shape::Data(first) => format!("data-{first}"),
            Shape::Exports => "exports".to_string(),
            Shape::Adapters => "adapters".to_string(),
        }
    }

    pub fn text(self) -> String {
        match self {
            Shape::Small => {
                one(&format!("(memory 1) (data (i32.const 64) \"hello\") {PEEK}"), &["peek"])
            }
            Shape::Data(first) => one(&large(first), &["peek", "read", "write"]),
            Shape::Exports => exports(100),
            Shape::Adapters => chain(50),
        }
    }
}

/// Counts its calls in memory, and gives the number with what the memory began with.
const PEEK: &str = "(func (export \"peek\") (result i32)
  (i32.store (i32.const 72) (i32.add (i32.load (i32.const 72)) (i32.const 1)))
  (i32.add (i32.load (i32.const 64)) (i32.load (i32.const 72))))";

/// A component of this module's that exports these functions of its.
fn one(module: &str, functions: &[&str]) -> String {
    let lift = |name: &&str| {
        format!("(func (export \"{name}\") (result u32) (canon lift (core func $m \"{name}\")))")
    };
    let lifts: String = functions.iter().map(lift).collect();
    format!("(component (core module $M {module}) (core instance $m (instantiate $M)) {lifts})")
}

/// 1 MiB in which no page is zero, of 16; reads and writes one byte of many pages.
fn large(first: char) -> String {
    let mut bytes = first.to_string();
    for at in 1..1u32 << 20 {
        let _ = write!(bytes, "{}", char::from(b'a' + (at % 23) as u8));
    }
    let pages = |name: &str, access: &str| {
        format!(
            "(func (export \"{name}\") (result i32) (local $at i32) (local $x i32)
              (loop $again
                {access}
                (local.set $at (i32.add (local.get $at) (i32.const 4096)))
                (br_if $again (i32.lt_u (local.get $at) (i32.const 1048576))))
              (local.get $x))"
        )
    };
    let read = "(local.set $x (i32.add (local.get $x) (i32.load8_u (local.get $at))))";
    let write = "(i32.store8 (local.get $at) (i32.const 1))";
    let (read, write) = (pages("read", read), pages("write", write));
    format!("(memory 256) (data (i32.const 0) \"{bytes}\") {PEEK} {read} {write}")
}

fn exports(count: u32) -> String {
    let names: Vec<String> = (1..count).map(|number| format!("f{number}")).collect();
    let mut module = format!("(memory 1) (data (i32.const 64) \"hello\") {PEEK}");
    for (number, name) in names.iter().enumerate() {
        let _ = write!(
            module,
            "(func (export \"{name}\") (result i32) (i32.load offset={number} (i32.const 64)))"
        );
    }
    let all: Vec<&str> = std::iter::once("peek").chain(names.iter().map(String::as_str)).collect();
    one(&module, &all)
}

/// The last component in the row peeks; each before it adds what its own memory holds.
fn chain(count: u32) -> String {
    let mut instances = String::new();
    for number in 1..=count {
        let before = number - 1;
        let _ = write!(
            instances,
            "(instance $i{number} (instantiate $Link (with \"next\" (func $i{before} \"peek\"))))"
        );
    }
    let last = one(&format!("(memory 1) (data (i32.const 64) \"hello\") {PEEK}"), &["peek"])
        .replacen("(component", "(component $Last", 1);
    format!(
        "(component
          {last}
          (component $Link
            (import \"next\" (func $next (result u32)))
            (core func $next (canon lower (func $next)))
            (core instance $imports (export \"next\" (func $next)))
            (core module $M
              (import \"\" \"next\" (func $next (result i32)))
              (memory 1)
              (data (i32.const 64) \"hello\")
              (func (export \"peek\") (result i32)
                (i32.store (i32.const 72) (i32.add (i32.load (i32.const 72)) (i32.const 1)))
                (i32.add (call $next) (i32.add (i32.load8_u (i32.const 64)) (i32.load (i32.const 72))))))
            (core instance $m (instantiate $M (with \"\" (instance $imports))))
            (func (export \"peek\") (result u32) (canon lift (core func $m \"peek\"))))
          (instance $i0 (instantiate $Last))
          {instances}
          (export \"peek\" (func $i{count} \"peek\")))"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_components_are_text() {
        for guest in GUESTS {
            wat::parse_str(guest.text()).unwrap();
        }
        for shape in SHAPES {
            wat::parse_str(shape.text()).unwrap();
        }
    }
}

//! Two accounts of one case.

use crate::case::{Case, Input};
use crate::control::LOG_WORDS;
use crate::guest::{Done, Outcome, State};
use crate::spec::{Expected, Verdict};
use std::fmt::Write;

/// What differs between what the specification says of a case and what happened.
pub fn with_spec(case: &Case, verdict: &Verdict, outcome: &Outcome) -> Option<String> {
    match (verdict, outcome) {
        (Verdict::Trap, Outcome::Trap(_)) => None,
        (Verdict::Trap, Outcome::Done(_)) => Some("a trap was expected".to_string()),
        (Verdict::Done(_), Outcome::Trap(trap)) => Some(format!("an unexpected trap: {trap}")),
        (Verdict::Done(expected), Outcome::Done(done)) => with_expected(case, expected, done),
    }
}

/// Memories are compared by their sums unless the specification's are there.
fn with_expected(case: &Case, expected: &Expected, done: &Done) -> Option<String> {
    let mut text = String::new();
    let [caller, callee] = expected.sums;
    let sides = [
        ("caller", &case.caller, &expected.caller, &done.caller, caller),
        ("callee", &case.callee, &expected.callee, &done.callee, callee),
    ];
    for (of, input, expected, found, sum) in sides {
        state(of, expected, found, &mut text);
        if !expected.memory.is_empty() {
            memory(of, input, expected, found, &mut text);
        } else if crc32(&found.memory) != sum {
            let _ = writeln!(text, "{of}: the memory differs");
        }
    }
    destroyed(&expected.destroyed, &done.destroyed, &mut text);
    (!text.is_empty()).then_some(text)
}

/// What differs between two executions of a case. Traps need not have the same reason.
pub fn outcomes(case: &Case, expected: &Outcome, outcome: &Outcome) -> Option<String> {
    match (expected, outcome) {
        (Outcome::Trap(_), Outcome::Trap(_)) => None,
        (Outcome::Trap(trap), Outcome::Done(_)) => Some(format!("a trap was expected: {trap}")),
        (Outcome::Done(_), Outcome::Trap(trap)) => Some(format!("an unexpected trap: {trap}")),
        (Outcome::Done(expected), Outcome::Done(done)) => {
            let mut text = String::new();
            state("caller", &expected.caller, &done.caller, &mut text);
            state("callee", &expected.callee, &done.callee, &mut text);
            memory("caller", &case.caller, &expected.caller, &done.caller, &mut text);
            memory("callee", &case.callee, &expected.callee, &done.callee, &mut text);
            destroyed(&expected.destroyed, &done.destroyed, &mut text);
            (!text.is_empty()).then_some(text)
        }
    }
}

fn state(of: &str, expected: &State, found: &State, text: &mut String) {
    let mut line = |what: &str, expected: String, found: String| {
        if expected != found {
            let _ =
                writeln!(text, "{of}: {what}: expected {expected}\n{of}: {what}: found    {found}");
        }
    };
    let head = |s: &State| {
        format!(
            "next {:x}, {} reallocs, {} calls, {} post-returns with {:x}, {} pages",
            s.bump, s.reallocs, s.calls, s.posts, s.post_word, s.pages
        )
    };
    line("counts", head(expected), head(found));
    line("words", format!("{:x?}", expected.words), format!("{:x?}", found.words));
    line("realloc", format!("{:x?}", expected.log), format!("{:x?}", found.log));
}

/// Says where memories differ, if they do.
fn memory(of: &str, input: &Input, expected: &State, found: &State, text: &mut String) {
    let (ours, theirs) = (&found.memory, &expected.memory);
    if ours.len() != theirs.len() {
        let _ = writeln!(text, "{of}: memory of {} bytes, expected {}", ours.len(), theirs.len());
    }
    if ours == theirs {
        return;
    }
    let counts =
        |at: &usize| !input.lies_about_contents() || !is_given_back(&found.log, *at as u64);
    let differ: Vec<usize> = (0..ours.len().min(theirs.len()))
        .filter(|&at| theirs[at] != ours[at])
        .filter(counts)
        .collect();
    for &at in differ.iter().take(16) {
        let (theirs, ours) = (theirs[at], ours[at]);
        let _ = writeln!(text, "{of}: {at:#x}: expected {theirs:02x}, found {ours:02x}");
    }
    if differ.len() > 16 {
        let _ = writeln!(text, "{of}: {} bytes differ in all", differ.len());
    }
}

/// Whether a byte lies in what `realloc` was given back. An honest one overwrites it, and nobody promises
/// what one finds there that does not, be it in what it gives out next.
fn is_given_back(log: &[[u64; LOG_WORDS]], at: u64) -> bool {
    let inside = |start: u64, size: u64| at.checked_sub(start).is_some_and(|offset| offset < size);
    log.iter().any(|&[old, old_size, ..]| inside(old, old_size))
}

fn destroyed(expected: &[Vec<u64>; 2], found: &[Vec<u64>; 2], text: &mut String) {
    if expected != found {
        let _ = writeln!(text, "destroyed: expected {expected:x?}, found {found:x?}");
    }
}

/// CRC-32 as zlib has it.
fn crc32(bytes: &[u8]) -> u32 {
    static TABLE: [u32; 256] = table();
    let step = |sum: u32, &byte: &u8| TABLE[usize::from(sum as u8 ^ byte)] ^ sum >> 8;
    !bytes.iter().fold(!0, step)
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let mut sum = byte as u32;
        let mut bit = 0;
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ sum >> 1 } else { sum >> 1 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_zlib() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }
}

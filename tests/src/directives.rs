//! What a guest's comments ask for.
//!
//! ```text
//! ;; RUN: --invoke 'add(1, 2)'     arguments of `weldc run`; those of the guest behind `--`
//! ;; STDIN: a line                 what it reads (any number of lines)
//! ;; STDOUT: 3                     what it prints, line by line, exactly
//! ;; STDERR: divide by zero        what standard error contains somewhere
//! ;; EXIT: 134                     its exit code, 0 if nothing is said
//! ```
//! Each `RUN` begins a case, and what follows belongs to it. `$TMP` is an empty directory,
//! `$HERE` the folder of guests. In a C file
//! the comments begin with `//`.
//!
//! Other tools read WAT comments, too: a line counts only if it is a comment of its own, from the first
//! column.

use crate::words;

/// One thing to do with a guest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// The line in the file, for messages.
    pub line: usize,
    /// Arguments of weldc's.
    pub options: Vec<String>,
    /// Arguments of the guest's.
    pub arguments: Vec<String>,
    pub stdin: String,
    pub stdout: String,
    pub stderr: Vec<String>,
    pub exit: i32,
}

impl Case {
    /// Whether it calls a function; otherwise it runs a command.
    pub fn invokes(&self) -> bool {
        self.options.iter().any(|option| option == "--invoke")
    }
}

/// The cases in the text of a guest.
pub fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some((key, value)) = directive(line) else { continue };
        if key == "RUN" {
            cases.push(begin(number + 1, value));
            continue;
        }
        let case = cases.last_mut().unwrap_or_else(|| panic!("`{line}` stands before any RUN"));
        match key {
            "STDIN" => case.stdin += &format!("{value}\n"),
            "STDOUT" => case.stdout += &format!("{value}\n"),
            "STDERR" => case.stderr.push(value.to_string()),
            "EXIT" => case.exit = value.parse().expect("EXIT is a number"),
            _ => panic!("unknown directive `{line}`"),
        }
    }
    cases
}

/// A word in capitals with a colon behind it; prose does not look like that.
fn directive(line: &str) -> Option<(&str, &str)> {
    let comment = line.strip_prefix(";; ").or_else(|| line.strip_prefix("// "))?;
    let (key, value) = comment.split_once(':')?;
    let shouts = key.len() > 2 && key.chars().all(|c| c.is_ascii_uppercase());
    shouts.then(|| (key, value.strip_prefix(' ').unwrap_or(value)))
}

fn begin(line: usize, value: &str) -> Case {
    let mut options = words::split(value);
    let arguments = match options.iter().position(|word| word == "--") {
        Some(at) => options.split_off(at).into_iter().skip(1).collect(),
        None => Vec::new(),
    };
    Case { line, options, arguments, ..Case::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_takes_what_follows() {
        let text = ";; Note: prose.\n;; RUN: --env A=b -- x \"y z\"\n;; STDIN: in\n;; STDOUT: out\n\
                    ;; STDOUT:\n;; RUN:\n;; EXIT: 134\n;; STDERR: why\n(component)\n";
        let cases = cases(text);
        assert_eq!(cases.len(), 2);
        assert_eq!(cases[0].options, ["--env", "A=b"]);
        assert_eq!(cases[0].arguments, ["x", "y z"]);
        assert_eq!((cases[0].stdin.as_str(), cases[0].stdout.as_str()), ("in\n", "out\n\n"));
        assert_eq!((cases[1].exit, cases[1].stderr.as_slice()), (134, &["why".to_string()][..]));
    }

    #[test]
    #[should_panic(expected = "unknown directive")]
    fn a_misspelt_directive_is_an_error() {
        cases(";; RUN: x\n;; STDOOT: y\n");
    }
}

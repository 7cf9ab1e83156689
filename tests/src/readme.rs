//! The README's tour, typed.
//!
//! A block marked `console` has commands behind `$ ` and below each what it prints. A block marked `c`
//! whose first line is `// NAME` is saved under that name. `cargo` itself is not run here, and what
//! `make run` prints has a test of its own.

use crate::{Weldc, examples::copy_folder, finish, root, scratch, text};
use std::process::Command;

/// A command and what it must print.
#[derive(Debug, PartialEq, Eq)]
struct Step {
    command: String,
    output: String,
}

/// Runs the whole tour in one shell, in a directory with the examples.
pub fn tour(weldc: &Weldc) {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README");
    let folder = scratch();
    copy_folder(&root().join("examples"), &folder.path().join("examples"));
    let mut steps = Vec::new();
    for (language, block) in blocks(&readme) {
        match language {
            "console" => steps.extend(console(&block)),
            "c" => {
                let name = block.lines().next().and_then(|line| line.strip_prefix("// "));
                std::fs::write(folder.path().join(name.expect("a name")), &block).expect("a file");
            }
            other => panic!("a block in {other}"),
        }
    }
    steps.retain(|step| !step.command.contains("cargo "));
    assert!(steps.len() > 8, "the README has only {} commands", steps.len());

    let path = std::env::var("PATH").unwrap_or_default();
    let bin = weldc.path().parent().expect("the program lies somewhere").display().to_string();
    let mut shell = Command::new("sh");
    shell.args(["-c", &script(&steps)]).current_dir(folder.path()).env("NO_COLOR", "1");
    let output = finish(shell.env("PATH", format!("{bin}:{path}")), b"");
    let printed = text(&output.stdout);
    let mut parts = printed.split(MARK).skip(1);
    for step in &steps {
        let printed = parts.next().unwrap_or_default();
        let shown = step.command.starts_with("make ") || printed == step.output;
        assert!(shown, "$ {}\nprints\n{printed}and the README says\n{}", step.command, step.output);
    }
    assert!(output.status.success(), "the last command failed:\n{printed}");
}

const MARK: &str = "\u{1}";

/// Everything that is printed goes to standard output, with a mark before each command's.
fn script(steps: &[Step]) -> String {
    let mut script = "exec 2>&1\n".to_string();
    for step in steps {
        script += &format!("printf '\\001'\n{}\n", step.command);
    }
    script
}

/// The fenced blocks and their languages.
fn blocks(text: &str) -> Vec<(&str, String)> {
    let mut blocks = Vec::new();
    let mut open: Option<(&str, String)> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(language), None) => open = Some((language, String::new())),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some((_, block))) => *block += &format!("{line}\n"),
            (None, None) => {}
        }
    }
    blocks
}

fn console(block: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), steps.last_mut()) {
            (Some(command), _) => {
                steps.push(Step { command: command.to_string(), output: String::new() });
            }
            (None, Some(step)) => step.output += &format!("{line}\n"),
            (None, None) => panic!("output before any command: {line}"),
        }
    }
    steps
}

#[test]
fn a_console_has_commands_and_their_output() {
    let text = "x\n```console\n$ a b\n1\n2\n$ c\n```\n";
    let (language, block) = blocks(text).remove(0);
    assert_eq!(language, "console");
    let step =
        |command: &str, output: &str| Step { command: command.into(), output: output.into() };
    assert_eq!(console(&block), [step("a b", "1\n2\n"), step("c", "")]);
}

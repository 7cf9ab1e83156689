//! Guests: each case through `weldc run`, and those of commands once more as an executable.

use crate::directives::{Case, cases};
use crate::{Weldc, clean, exit_code, finish, guests_folder, say, scratch, text};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

/// A component and the cases in its source.
#[derive(Debug)]
pub struct Guest {
    pub component: PathBuf,
    pub cases: Vec<Case>,
}

impl Guest {
    /// `NAME.wat`, or `NAME.wasm` with the cases in `NAME.c` beside it; in `tests/guests`, or from the
    /// root of the tree.
    pub fn load(name: &str) -> Guest {
        let inside = guests_folder().join(name);
        let component = if inside.exists() { inside } else { crate::root().join(name) };
        let source = match component.extension() {
            Some(wasm) if wasm == "wasm" => component.with_extension("c"),
            _ => component.clone(),
        };
        let text = std::fs::read_to_string(&source)
            .unwrap_or_else(|error| panic!("{}: {error}", source.display()));
        let text = text.replace("$HERE", &guests_folder().display().to_string());
        Guest { component, cases: cases(&text) }
    }

    /// What it cannot be compiled without: `--features` and `--with` of the first case, with their values, and
    /// `--unknown-imports=…`.
    pub fn needs(&self) -> Vec<String> {
        let options = self.cases.first().map_or(&[][..], |case| &case.options);
        let pairs =
            options.windows(2).filter(|pair| pair[0] == "--features" || pair[0] == "--with");
        let whole = options.iter().filter(|option| option.starts_with("--unknown-imports="));
        pairs.flatten().chain(whole).cloned().collect()
    }
}

/// Runs every case of a guest.
pub fn check(weldc: &Weldc, name: &str) {
    check_with(weldc, name, &[]);
}

/// Runs every case of a guest, with these options of weldc's beside its own.
pub fn check_with(weldc: &Weldc, name: &str, options: &[&str]) {
    let mut guest = Guest::load(name);
    for case in &mut guest.cases {
        case.options.splice(0..0, options.iter().map(|option| option.to_string()));
    }
    assert!(!guest.cases.is_empty(), "{name} has no cases");
    let mut failures = Vec::new();
    let mut programs = Programs { weldc, guest: &guest, built: HashMap::new(), folder: scratch() };
    let mut commands = 0;
    for case in &guest.cases {
        failures.extend(through_run(weldc, &guest, case));
        if !case.invokes() {
            commands += 1;
            failures.extend(programs.check(case));
        }
    }
    let count = guest.cases.len();
    assert!(failures.is_empty(), "{name}: {} failed\n{}", failures.len(), failures.join("\n"));
    say(&format!("{name}: {count} cases run, {commands} of them as executables, too"));
}

/// `weldc run`.
fn through_run(weldc: &Weldc, guest: &Guest, case: &Case) -> Option<String> {
    let folder = scratch();
    let mut command = weldc.command();
    command.arg("run").args(options(case, folder.path())).arg(&guest.component);
    command.args(&case.arguments);
    let output = finish(&mut command, case.stdin.as_bytes());
    compare("weldc run", case, &output)
}

/// The executables of a guest, one for each set of flags.
struct Programs<'a> {
    weldc: &'a Weldc,
    guest: &'a Guest,
    built: HashMap<Vec<String>, (PathBuf, TempDir)>,
    folder: TempDir,
}

impl Programs<'_> {
    fn check(&mut self, case: &Case) -> Option<String> {
        let number = self.built.len();
        let (program, _) = self.built.entry(case.options.clone()).or_insert_with(|| {
            let granted = scratch();
            let program = self.folder.path().join(format!("program{number}"));
            let mut arguments = options(case, granted.path());
            arguments.push(self.guest.component.display().to_string());
            arguments.extend(["-o".to_string(), program.display().to_string()]);
            self.weldc.build(&arguments);
            (program, granted)
        });
        let mut command = Command::new(program);
        clean(&mut command);
        let output = finish(command.args(&case.arguments), case.stdin.as_bytes());
        compare("as an executable", case, &output)
    }
}

fn options(case: &Case, folder: &Path) -> Vec<String> {
    let folder = folder.display().to_string();
    case.options.iter().map(|option| option.replace("$TMP", &folder)).collect()
}

/// What is wrong, if anything.
fn compare(how: &str, case: &Case, output: &Output) -> Option<String> {
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    let mut wrong = Vec::new();
    if out != case.stdout {
        wrong.push(format!("  prints\n{}  not\n{}", indent(&out), indent(&case.stdout)));
    }
    if exit_code(output) != case.exit {
        wrong.push(format!("  exits {}, not {}", exit_code(output), case.exit));
    }
    for wanted in case.stderr.iter().filter(|wanted| !err.contains(wanted.as_str())) {
        wrong.push(format!("  does not say `{wanted}` on standard error"));
    }
    if wrong.is_empty() {
        return None;
    }
    wrong.push(format!("  standard error:\n{}", indent(&err)));
    let command = [case.options.join(" "), case.arguments.join(" ")].join(" -- ");
    Some(format!("line {}: {how} {command}\n{}", case.line, wrong.join("\n")))
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

/// The names of all guests in the folder, so that none is forgotten.
pub fn all() -> Vec<String> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(guests_folder()).expect("the folder of guests") {
        let path = entry.expect("an entry").path();
        if path.extension().is_some_and(|e| e == "wat") {
            names.push(path.file_name().expect("a name").to_string_lossy().into_owned());
        } else if path.is_dir() {
            let folder = path.file_name().expect("a name").to_string_lossy().into_owned();
            for inner in std::fs::read_dir(&path).expect("a folder") {
                let inner = inner.expect("an entry").path();
                if inner.extension().is_some_and(|e| e == "wasm") {
                    let name = inner.file_name().expect("a name").to_string_lossy();
                    names.push(format!("{folder}/{name}"));
                }
            }
        }
    }
    names.sort();
    names
}

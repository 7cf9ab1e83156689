//! End-to-end tests: the program `weldc`, real guests, real linkers.
//!
//! This crate is the harness; the tests themselves are in `cli/tests/e2e.rs`, because cargo builds the
//! program and says where it is (`CARGO_BIN_EXE_weldc`) only to tests of the package that has it. So
//! `cargo test` runs them, with the program of the same profile, and nothing has to be built twice.
//!
//! A guest is a file in `tests/guests` whose comments say what is to be done with it and what must come
//! out; see [`directives`]. What cannot be tested on a machine (no `ld.lld`, say) is reported on
//! standard error, with the reason, and passes.

pub mod bad;
pub mod bytes;
pub mod debug;
pub mod directives;
pub mod examples;
pub mod guests;
pub mod headers;
pub mod hosts;
pub mod links;
pub mod meet;
pub mod programs;
pub mod readme;
pub mod roundtrip;
pub mod scripts;
pub mod shapes;
#[cfg(test)]
mod tidy;
mod words;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// Compiles a C program with the address sanitizer, which finds leaks, too, if the compiler has it.
pub fn compile_sanitized(name: &str, cc: &dyn Fn() -> Command) {
    if !finish(cc().arg("-fsanitize=address"), b"").status.success() {
        skip(&format!("{name} with the address sanitizer"), "cc does not link it");
        succeed(&mut cc());
    }
}

/// A program that may have been compiled with the address sanitizer: faults are the runtime's business.
pub fn run_sanitized(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env("ASAN_OPTIONS", "handle_segv=0:handle_sigill=0:handle_sigfpe=0:handle_sigbus=0");
    command
}

/// The program under test.
#[derive(Clone, Debug)]
pub struct Weldc {
    program: PathBuf,
}

impl Weldc {
    pub fn new(program: impl Into<PathBuf>) -> Weldc {
        Weldc { program: program.into() }
    }

    pub fn path(&self) -> &Path {
        &self.program
    }

    /// The program, with nothing of weldc's inherited from the environment.
    pub fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        clean(&mut command);
        command
    }

    /// Runs `weldc build` with these arguments, which must succeed and say nothing.
    pub fn build<S: AsRef<std::ffi::OsStr>>(&self, arguments: &[S]) {
        let output = finish(self.command().arg("build").args(arguments), b"");
        let said = text(&output.stderr);
        let arguments: Vec<_> = arguments.iter().map(|a| a.as_ref().to_string_lossy()).collect();
        assert!(output.status.success(), "weldc build {}: {said}", arguments.join(" "));
        assert_eq!(said, "", "weldc build {} says something", arguments.join(" "));
    }
}

/// Takes off what changes how weldc or its programs behave.
fn clean(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("WELDC_") {
            command.env_remove(name);
        }
    }
    // What the tests grant themselves.
    command.env_remove("NAME").env("NO_COLOR", "1").env("LC_ALL", "C");
}

/// Runs a command to its end, with this on its standard input.
pub fn finish(command: &mut Command, input: &[u8]) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("it is piped");
    // A program that does not read its input closes the pipe: not an error of the test's.
    let _ = stdin.write_all(input);
    drop(stdin);
    child.wait_with_output().unwrap_or_else(|error| panic!("{command:?}: {error}"))
}

/// Runs a command that must succeed.
pub fn succeed(command: &mut Command) -> Output {
    let output = finish(command, b"");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(output.status.success(), "{command:?}: {}\n{out}{err}", output.status);
    output
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The exit code as a shell reports it.
pub fn exit_code(output: &Output) -> i32 {
    use std::os::unix::process::ExitStatusExt;
    output.status.code().unwrap_or_else(|| 128 + output.status.signal().unwrap_or(0))
}

/// The root of the source tree.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("the crate lies in the tree").to_path_buf()
}

pub fn guests_folder() -> PathBuf {
    root().join("tests/guests")
}

pub fn scratch() -> TempDir {
    tempfile::Builder::new().prefix("weldc-test-").tempdir().expect("a temporary directory")
}

/// Whether there is such a program.
pub fn has(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}

/// Says, even if the test's output is captured.
pub fn say(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

/// Says why something is not tested.
pub fn skip(test: &str, reason: &str) {
    say(&format!("skipped: {test}: {reason}"));
}

//! What a person sees.
//!
//! An error is `error: message`, where it was found, and a `help:` line that says what to do. Colours
//! follow the terminal, `NO_COLOR` and `CLICOLOR_FORCE` (crate anstream).

use anstyle::{AnsiColor, Style};
use std::fmt;
use std::io::{self, ErrorKind, Write};

const ERROR: Style = AnsiColor::Red.on_default().bold();
const HELP: Style = AnsiColor::Cyan.on_default().bold();

/// An error with advice.
#[derive(Debug)]
pub struct Failure {
    message: String,
    help: Option<String>,
}

impl Failure {
    /// An error without advice; for errors with it, add [`Failure::help`].
    pub fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), help: None }
    }

    pub fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

/// Prints an error, its causes on one line, and the advice of whichever of them has some.
pub fn error(error: &anyhow::Error) {
    let message: Vec<String> = error.chain().map(ToString::to_string).collect();
    anstream::eprintln!("{ERROR}error:{ERROR:#} {}", message.join(": "));
    if let Some(help) = error.chain().find_map(advice) {
        anstream::eprintln!("{HELP}help:{HELP:#} {help}");
    }
}

fn advice<'a>(cause: &'a (dyn std::error::Error + 'static)) -> Option<&'a str> {
    if let Some(failure) = cause.downcast_ref::<Failure>() {
        return failure.help.as_deref();
    }
    cause.downcast_ref::<weldc_compiler::Error>()?.advice()
}

/// Prints to standard output. A reader who has seen enough (`| head`) is no error.
pub fn print(text: &str) -> io::Result<()> {
    match anstream::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Prints why the guest ended, as `wasmtime` does: `Error:`, the message, the backtrace.
pub fn trap(what: &str, message: &str) {
    anstream::eprintln!("{ERROR}Error:{ERROR:#} {what}\n\n{}", message.trim_end());
}

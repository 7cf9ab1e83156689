//! `wasi:cli`: arguments, environment, exit, the standard streams and the terminals behind them.

use crate::grants::Stdio;
use crate::io::{Input, Output};
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use rustix::fd::BorrowedFd;
use rustix::termios::isatty;

/// `terminal-input` and `terminal-output` have no functions, so their handles name nothing.
pub(crate) enum TerminalInput {}
pub(crate) enum TerminalOutput {}

impl Wasi {
    pub(crate) fn get_environment(&mut self) -> Vec<(String, String)> {
        self.env.clone()
    }

    pub(crate) fn get_arguments(&mut self) -> Vec<String> {
        self.args.clone()
    }

    /// Paths are relative to preopened directories; there is nothing of the host's to tell.
    pub(crate) fn initial_cwd(&mut self) -> Option<String> {
        None
    }

    pub(crate) fn exit(&mut self, status: Result<(), ()>) -> Result<(), Stop> {
        Err(self.set_exit(if status.is_ok() { 0 } else { 1 }))
    }

    pub(crate) fn exit_with_code(&mut self, code: u8) -> Result<(), Stop> {
        Err(self.set_exit(code))
    }

    pub(crate) fn get_stdin(&mut self) -> Handle<Input> {
        self.inputs.insert(Input::standard(self.stdin))
    }

    pub(crate) fn get_stdout(&mut self) -> Handle<Output> {
        self.outputs.insert(Output::stdout(self.stdout))
    }

    pub(crate) fn get_stderr(&mut self) -> Handle<Output> {
        self.outputs.insert(Output::stderr(self.stderr))
    }

    pub(crate) fn get_terminal_stdin(&mut self) -> Option<Handle<TerminalInput>> {
        terminal(self.stdin, rustix::stdio::stdin())
    }

    pub(crate) fn get_terminal_stdout(&mut self) -> Option<Handle<TerminalOutput>> {
        terminal(self.stdout, rustix::stdio::stdout())
    }

    pub(crate) fn get_terminal_stderr(&mut self) -> Option<Handle<TerminalOutput>> {
        terminal(self.stderr, rustix::stdio::stderr())
    }

    pub(crate) fn drop_terminal_input(&mut self, _: Handle<TerminalInput>) {}

    pub(crate) fn drop_terminal_output(&mut self, _: Handle<TerminalOutput>) {}
}

fn terminal<T>(stdio: Stdio, fd: BorrowedFd<'_>) -> Option<Handle<T>> {
    (stdio == Stdio::Inherit && isatty(fd)).then(|| Handle::from_bits(0))
}

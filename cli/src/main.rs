//! `weldc`: compiles WebAssembly components to native code, runs them, and says what is in them.
//!
//! This crate reads and writes; the compiler is the library `weldc-compiler`. One module per command
//! (`run`, `build`, `inspect`, `wast`), and beneath them what they share: `args`, `input`, `policy`, `session`.

mod args;
mod build;
mod features;
mod input;
mod inspect;
mod invoke;
mod policy;
mod progress;
mod report;
mod reproducer;
mod run;
mod session;
mod support;
mod target;
mod wasi;
mod wast;

use args::{Cli, Command};
use clap::Parser;
use std::process::exit;

fn main() {
    let cli = Cli::parse();
    let result = match &cli.command {
        Command::Run(args) => run::run(args),
        Command::Build(args) => build::build(args).map(|()| 0),
        Command::Inspect(args) => inspect::inspect(args).map(|()| 0),
        Command::Wast(args) => wast::wast(args),
    };
    match result {
        Ok(code) => exit(code),
        Err(error) => {
            report::error(&error);
            exit(1)
        }
    }
}

//! The programs in `examples/`, built and run as their readers would.

use crate::{Weldc, has, root, scratch, skip, succeed, text};
use std::path::Path;
use std::process::Command;

/// A copy of the examples, so that nothing is written into the tree.
fn copy() -> tempfile::TempDir {
    let folder = scratch();
    copy_folder(&root().join("examples"), folder.path());
    folder
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a directory");
    for entry in std::fs::read_dir(from).expect("the examples") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        if path.is_dir() {
            if name != "target" {
                copy_folder(&path, &to.join(name));
            }
        } else {
            std::fs::copy(&path, to.join(name)).expect("a copy");
        }
    }
}

fn expected(name: &str) -> String {
    std::fs::read_to_string(root().join("examples").join(name)).expect("the expected output")
}

fn compare(output: &std::process::Output, name: &str) {
    let printed = text(&output.stdout);
    assert!(printed == expected(name), "{name} does not say\n{printed}");
}

/// An example in C: `make`, then the program.
pub fn c(weldc: &Weldc, name: &str, library: &str) {
    if !has("make") {
        skip(name, "there is no make");
        return;
    }
    let folder = copy();
    let here = folder.path().join(name);
    let flags = "CFLAGS=-std=c11 -O1 -Wall -Wextra -Werror -pedantic";
    let assignment = format!("WELDC={}", weldc.path().display());
    succeed(Command::new("make").current_dir(&here).args(["main", &assignment, flags]));
    let expected = format!("{name}/expected.txt");
    compare(&succeed(&mut Command::new(here.join("main"))), &expected);
    sanitized(&here, name, library);
}

/// Once more under the address sanitizer, which sees what is freed twice or never.
fn sanitized(here: &Path, name: &str, library: &str) {
    let built = Command::new("cc")
        .current_dir(here)
        .args(["-g", "-fsanitize=address,undefined", "main.c", library, "-o", "checked"])
        .output();
    if !built.is_ok_and(|output| output.status.success()) {
        skip(name, "cc does not link sanitizers");
        return;
    }
    let expected = format!("{name}/expected.txt");
    compare(&succeed(&mut crate::run_sanitized(here.join("checked"))), &expected);
}

/// `cargo run`, with the shared and with the static library.
pub fn rust(weldc: &Weldc) {
    let folder = copy();
    compare(&succeed(&mut cargo_run(weldc, folder.path())), "rust/expected.txt");
    let mut linked_statically = cargo_run(weldc, folder.path());
    compare(&succeed(linked_statically.env("STATIC", "1")), "rust/expected.txt");
}

/// The same for the one that needs a crate of this tree, and therefore is not copied.
pub fn rust_async(weldc: &Weldc) {
    let folder = scratch();
    let mut command = cargo_run(weldc, &root().join("examples"));
    command.current_dir(root().join("examples/rust-async"));
    command.env("CARGO_TARGET_DIR", folder.path().join("target"));
    compare(&succeed(command.arg("--locked")), "rust-async/expected.txt");
}

/// With a target directory of its own, and nothing of the cargo that runs the test.
fn cargo_run(weldc: &Weldc, folder: &Path) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.current_dir(folder.join("rust")).args(["run", "--quiet", "--offline"]);
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        if name.starts_with("CARGO") || name.starts_with("RUSTC") || name.starts_with("RUSTFLAGS") {
            command.env_remove(name);
        }
    }
    if let Some(home) = std::env::var_os("CARGO_HOME") {
        command.env("CARGO_HOME", home);
    }
    command.env("WELDC", weldc.path()).env("CARGO_TARGET_DIR", folder.join("target"));
    command
}

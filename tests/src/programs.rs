//! Programs with a component linked in, made for testing (those for reading are in `examples`).

use crate::{Weldc, exit_code, finish, root, scratch, skip, succeed, text};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Copies `tests/c/NAME` to the directory.
fn bring(folder: &Path, name: &str) {
    std::fs::copy(root().join("tests/c").join(name), folder.join(name)).expect("a copy");
}

/// A static library and its header under this prefix.
fn library(weldc: &Weldc, component: &Path, prefix: &str, folder: &Path) {
    for output in [format!("lib{prefix}.a"), format!("{prefix}.h")] {
        let output = folder.join(output);
        weldc.build(&[
            component.as_os_str(),
            "--prefix".as_ref(),
            prefix.as_ref(),
            "-o".as_ref(),
            output.as_os_str(),
        ]);
    }
}

/// Compiles `NAME.c` with the library, under the sanitizers if the compiler has them.
fn compile(folder: &Path, name: &str) -> PathBuf {
    let program = folder.join(name);
    let compile = |flags: &[&str]| {
        let mut cc = Command::new("cc");
        cc.current_dir(folder).args(["-std=c11", "-g", "-Wall", "-Wextra", "-Werror"]).args(flags);
        cc.args([format!("{name}.c"), format!("lib{name}.a"), "-o".into(), name.into()]);
        cc
    };
    let sanitized = finish(&mut compile(&["-fsanitize=address,undefined"]), b"");
    if !sanitized.status.success() {
        skip(&format!("{name}.c with sanitizers"), "cc does not link them");
        succeed(&mut compile(&[]));
    }
    program
}

fn run(program: &Path) -> String {
    let output = finish(&mut crate::run_sanitized(program), b"");
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(exit_code(&output), 0, "{}:\n{out}{err}", program.display());
    out
}

/// Values of every type to the component, from there to the host, and back.
pub fn every_type(weldc: &Weldc) {
    let folder = scratch();
    library(weldc, &root().join("tests/c/host.wat"), "host", folder.path());
    bring(folder.path(), "host.c");
    let printed = run(&compile(folder.path(), "host"));
    assert!(printed.ends_with(" checks\n"), "{printed}");
    crate::say(&format!("host.c: {}", printed.trim_end()));
}

/// Libraries that a real toolchain made, linked into a C and into a Rust program: those of the folder of
/// real components, if this machine has it.
pub fn real_libraries(weldc: &Weldc) {
    let guests = match std::env::var_os("WELDC_GUESTS") {
        Some(folder) => PathBuf::from(folder),
        None => root().join("../shared/guests"),
    };
    let names = ["c-rich", "c-rich-utf16", "rust-rich"];
    let expected = std::fs::read_to_string(root().join("tests/c/rich.txt")).expect("a file");
    for name in names {
        let component = guests.join(name).join("component.wasm");
        if !component.exists() {
            skip(name, "there is no such component (WELDC_GUESTS names the folder)");
            continue;
        }
        let folder = scratch();
        library(weldc, &component, "rich", folder.path());
        bring(folder.path(), "rich.c");
        assert_eq!(run(&compile(folder.path(), "rich")), expected, "{name}");
        bring(folder.path(), "rich.rs");
        let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        let arguments =
            ["--edition", "2024", "rich.rs", "-L", ".", "-l", "static=rich", "-o", "rust"];
        succeed(Command::new(rustc).current_dir(folder.path()).args(arguments));
        assert_eq!(run(&folder.path().join("rust")), "42\n", "{name}");
    }
}

//! Debug information: what people see of it in backtraces, in debuggers, in profilers.

use crate::links::{WAYS, linkers};
use crate::{Weldc, clean, finish, guests_folder, has, scratch, skip, succeed, text};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A program that uses tests/guests/debug: divides by its argument, and prints the message of a trap.
const MAIN: &str = r#"
#include "debug.h"
#include <stdio.h>
#include <stdlib.h>
int main(int argc, char **argv) {
  debug_t *debug = NULL;
  int32_t quotient = 0;
  if (argc != 2 || debug_new(NULL, NULL, &debug) != DEBUG_OK) return 1;
  if (debug_divide(debug, 7, atoi(argv[1]), &quotient) == DEBUG_OK) printf("%d\n", (int)quotient);
  else puts(debug_message(debug));
  debug_delete(debug);
  return 0;
}
"#;

/// The line `return a / b;` of the guest.
const DIVISION: &str = "debug.c:24";

fn guest() -> PathBuf {
    guests_folder().join("debug/debug.wasm")
}

/// A folder with the guest as these kinds of output, and `main.o`.
fn library(weldc: &Weldc, options: &[&str]) -> TempDir {
    let folder = scratch();
    let dir = folder.path();
    let (guest, out) = (guest().display().to_string(), dir.display().to_string());
    let fixed = [&guest, "--prefix", "debug", "--imports", "link", "--out-dir", &out];
    weldc.build(&[&fixed[..], options].concat());
    std::fs::write(dir.join("main.c"), MAIN).expect("a file");
    let cc = ["-g", "-O1", "-fPIE", "-I.", "-c", "main.c"];
    succeed(Command::new("cc").current_dir(dir).args(cc));
    folder
}

fn without(program: &str, test: &str) -> bool {
    let missing = !has(program);
    if missing {
        skip(test, &format!("there is no {program}"));
    }
    missing
}

/// The message of a trap has source lines if the library was built for that.
pub fn backtraces(weldc: &Weldc) {
    for debug in [true, false] {
        let mut options = vec!["--emit", "static,header"];
        options.extend(debug.then_some("-g"));
        let folder = library(weldc, &options);
        let dir = folder.path();
        let cc = ["main.o", "libdebug.a", "-o", "program"];
        succeed(Command::new("cc").current_dir(dir).args(cc));
        let run = |divisor| text(&succeed(Command::new(dir.join("program")).arg(divisor)).stdout);
        assert_eq!(run("2"), "3\n");
        let said = run("0");
        assert!(said.starts_with("wasm trap: integer divide by zero\n    0:  "), "{said}");
        assert!(said.contains(" - root:module0::step"), "{said}");
        assert_eq!(said.contains(&format!("at /guest/{DIVISION}:12")), debug, "{said}");
        assert_eq!(said.contains("- quotient\n"), debug, "{said}");
    }
}

/// What gdb says to these commands.
fn gdb(program: &Path, arguments: &[&str], commands: &[&str]) -> String {
    let sources = guests_folder().join("debug").display().to_string();
    let mut gdb = Command::new("gdb");
    gdb.args(["-nx", "-batch", "-iex", "set debuginfod enabled off"]);
    gdb.args(["-ex", "set width 0", "-ex", "set breakpoint pending on"]);
    gdb.args(["-ex", &format!("set substitute-path /guest {sources}")]);
    for command in commands {
        gdb.args(["-ex", command]);
    }
    clean(&mut gdb);
    let output = finish(gdb.arg("--args").arg(program).args(arguments), b"");
    text(&output.stdout) + &text(&output.stderr)
}

/// Every one of these is said, in this order.
fn assert_said(said: &str, wanted: &[&str]) {
    let mut rest = said;
    for wanted in wanted {
        let Some(at) = rest.find(wanted) else { panic!("`{wanted}` is missing in\n{said}") };
        rest = &rest[at + wanted.len()..];
    }
}

/// Breakpoints by line and by name, steps, inlined functions, and a trap on the way that gdb sees.
pub fn executable(weldc: &Weldc) {
    if without("gdb", "gdb steps through the source of an executable") {
        return;
    }
    let folder = scratch();
    let program = folder.path().join("program");
    let (guest, out) = (guest().display().to_string(), program.display().to_string());
    weldc.build(&[&guest[..], "-g", "-o", &out]);
    let commands = [
        &format!("break {DIVISION}")[..],
        "run",
        "backtrace",
        "delete",
        "finish",
        "next",
        "info source",
        "break debug.c:step",
        "continue",
        "next",
        "kill",
    ];
    let wanted = [
        "Breakpoint 1, quotient () at ",
        "24\t  return a / b;",
        "#0  quotient () at ",
        "debug.c:24\n#1 ",
        "step () at ",
        "debug.c:29\n#2 ",
        "run () ",
        "main ()",
        "30\t  return result + calls - 1;",
        "Source language is c.",
        "Breakpoint 2, step () at ",
        "28\t  calls += 1;",
    ];
    assert_said(&gdb(&program, &[], &commands), &wanted);
    let plain = folder.path().join("plain");
    weldc.build(&[guest, "-o".to_string(), plain.display().to_string()]);
    assert!(!gdb(&plain, &[], &commands).contains("return a / b;"));
}

/// From the code of a program in C through generated code, and back.
pub fn shared_library(weldc: &Weldc) {
    if without("gdb", "gdb steps from a program into a shared library") {
        return;
    }
    let folder = library(weldc, &["-g", "--emit", "shared,header"]);
    let dir = folder.path();
    let cc = ["main.o", "./libdebug.so", "-Wl,-rpath,$ORIGIN", "-o", "program"];
    succeed(Command::new("cc").current_dir(dir).args(cc));
    let commands = [&format!("break {DIVISION}")[..], "run", "backtrace", "delete", "up", "kill"];
    let wanted = [
        "24\t  return a / b;",
        "#0  quotient () at ",
        "step () at ",
        "divide () ",
        "debug_divide ()",
        "in main (argc=",
        "main.c:9",
    ];
    assert_said(&gdb(&dir.join("program"), &["2"], &commands), &wanted);
}

/// However the archive is linked, gdb finds the line.
pub fn every_linker(weldc: &Weldc) {
    if without("gdb", "every linker keeps the lines") {
        return;
    }
    let folder = library(weldc, &["-g", "--emit", "static,header"]);
    let dir = folder.path();
    for linker in linkers() {
        for (way, arguments) in WAYS {
            if way.starts_with("static") && linker == "gold" {
                continue;
            }
            let program = dir.join(format!("{linker}-{}", way.replace(' ', "-")));
            let mut cc = Command::new("cc");
            cc.current_dir(dir).args([&format!("-fuse-ld={linker}"), "-Wl,--fatal-warnings"]);
            cc.args(arguments.iter().map(|&argument| match argument {
                "MAIN" => "main.o",
                "ARCHIVE" => "libdebug.a",
                other => other,
            }));
            let linked = succeed(cc.arg("-o").arg(&program));
            assert_eq!(text(&linked.stderr), "", "{linker}, {way}");
            let said = gdb(&program, &["2"], &[&format!("info line {DIVISION}")]);
            let wanted = ["Line 24 of \"", "debug.c\" starts at address ", " <step+"];
            assert_said(&said, &wanted);
            let ran = succeed(Command::new(&program).arg("2"));
            assert_eq!(text(&ran.stdout), "3\n", "{linker}, {way}");
        }
    }
}

/// The file in which perf looks.
pub fn perf_map(weldc: &Weldc) {
    let mut command = weldc.command();
    command.args(["run", "--profile", "perfmap"]).arg(guest()).stdin(Stdio::null());
    let mut child = command.spawn().expect("weldc runs");
    let map = PathBuf::from(format!("/tmp/perf-{}.map", child.id()));
    assert!(child.wait().expect("it ends").success());
    let text = std::fs::read_to_string(&map).expect("the map");
    std::fs::remove_file(&map).expect("it can be removed");
    let mut functions: Vec<(u64, u64, &str)> = text.lines().map(entry).collect();
    functions.sort();
    let names: Vec<_> = functions.iter().map(|&(.., name)| name).collect();
    for wanted in ["root:module0::deep", "component_run_run"] {
        assert!(names.contains(&wanted), "{wanted} in\n{text}");
    }
    assert!(functions.windows(2).all(|pair| pair[0].0 + pair[0].1 <= pair[1].0), "{text}");
}

/// `address size name`, the numbers in base 16.
fn entry(line: &str) -> (u64, u64, &str) {
    let mut words = line.splitn(3, ' ');
    let mut number = || u64::from_str_radix(words.next().expect("a number"), 16).expect("base 16");
    let (address, size) = (number(), number());
    (address, size, words.next().expect("a name"))
}

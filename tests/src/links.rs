//! Libraries: what they show to a linker, and that every linker takes them in every way.

use crate::{Weldc, has, root, scratch, skip, succeed, text};
use object::read::archive::ArchiveFile;
use object::{Object, ObjectSymbol, ObjectSymbolTable, SymbolKind};
use std::path::Path;
use std::process::Command;

/// A program that uses tests/guests/calc.wat.
const MAIN: &str = r#"
#include "calc.h"
#include <stdio.h>
int main(void) {
  calc_t *calc = NULL;
  int32_t sum = 0;
  if (calc_new(NULL, NULL, &calc) != CALC_OK) return 1;
  if (calc_add(calc, 40, 2, &sum) != CALC_OK) return 2;
  if (calc_div(calc, 1, 0, &sum) != CALC_INTEGER_DIVIDE_BY_ZERO) return 3;
  if (calc_add(calc, 1, 1, &sum) == CALC_OK) return 4;
  printf("%d %s\n", (int)sum, calc_message(calc)[0] ? "trapped" : "silent");
  calc_delete(calc);
  return 0;
}
"#;

/// How to link: name, arguments of `cc` (`OBJECT`, `ARCHIVE` and `MAIN` are replaced).
pub(crate) const WAYS: [(&str, &[&str]); 5] = [
    ("PIE", &["-pie", "MAIN", "ARCHIVE"]),
    ("no PIE", &["-no-pie", "MAIN", "ARCHIVE"]),
    ("static", &["-static", "MAIN", "ARCHIVE"]),
    ("static PIE", &["-static-pie", "MAIN", "ARCHIVE"]),
    (
        "everything kept",
        &["-pie", "MAIN", "-Wl,--whole-archive", "ARCHIVE", "-Wl,--no-whole-archive"],
    ),
];

/// Links the archive in all ways with all linkers, warnings being errors, and runs what comes out.
pub fn every_linker(weldc: &Weldc) {
    let folder = calc(weldc, "static,object,header");
    let dir = folder.path();
    std::fs::write(dir.join("main.c"), MAIN).expect("a file");
    succeed(Command::new("cc").current_dir(dir).args(["-O1", "-fPIE", "-c", "main.c"]));
    for linker in linkers() {
        for (way, arguments) in WAYS {
            if way.starts_with("static") && linker == "gold" {
                continue;
            }
            let program = dir.join(format!("{linker}-{}", way.replace(' ', "-")));
            let mut cc = Command::new("cc");
            cc.current_dir(dir).arg(format!("-fuse-ld={linker}"));
            cc.args(["-Wl,--fatal-warnings", "-o"]).arg(&program);
            cc.args(arguments.iter().map(|&argument| match argument {
                "MAIN" => "main.o",
                "ARCHIVE" => "libcalc.a",
                other => other,
            }));
            let linked = succeed(&mut cc);
            assert_eq!(text(&linked.stderr), "", "{linker}, {way}");
            let ran = succeed(&mut Command::new(&program));
            assert_eq!(text(&ran.stdout), "42 trapped\n", "{linker}, {way}");
        }
        shared_from_object(dir, linker);
    }
}

/// The object becomes part of somebody's shared library: its code is position-independent.
fn shared_from_object(dir: &Path, linker: &str) {
    let library = format!("lib{linker}.so");
    let program = dir.join(format!("{linker}-shared"));
    let use_ld = format!("-fuse-ld={linker}");
    let linked = succeed(Command::new("cc").current_dir(dir).args([
        &use_ld,
        "-Wl,--fatal-warnings,-z,text",
        "-shared",
        "-o",
        &library,
        "-Wl,--whole-archive",
        "libcalc.a",
        "-Wl,--no-whole-archive",
    ]));
    assert_eq!(text(&linked.stderr), "", "{linker}, shared");
    succeed(
        Command::new("cc")
            .current_dir(dir)
            .args([&use_ld, "main.o", &format!("./{library}"), "-o"])
            .arg(&program),
    );
    let ran = succeed(Command::new(&program).current_dir(dir));
    assert_eq!(text(&ran.stdout), "42 trapped\n", "{linker}, shared");
}

pub(crate) fn linkers() -> Vec<&'static str> {
    let mut found = Vec::new();
    for (name, program) in [("bfd", "ld.bfd"), ("lld", "ld.lld"), ("gold", "ld.gold")] {
        match has(program) {
            true => found.push(name),
            false => skip("every linker", &format!("there is no {program}")),
        }
    }
    found
}

fn calc(weldc: &Weldc, kinds: &str) -> tempfile::TempDir {
    let folder = scratch();
    weldc.build(&[
        root().join("tests/guests/calc.wat").as_os_str(),
        "--emit".as_ref(),
        kinds.as_ref(),
        "--out-dir".as_ref(),
        folder.path().as_os_str(),
    ]);
    folder
}

/// Symbols that an object may want from elsewhere.
fn may_need(symbol: &str) -> bool {
    let prefixes = ["weldc_rt_", "weldc_wasi_", "inventory_import_"];
    prefixes.iter().any(|p| symbol.starts_with(p)) || ["memmove", "memset"].contains(&symbol)
}

/// The object and the libraries of the inventory show symbols with their prefix, and nothing else.
pub fn only_prefixed_symbols(weldc: &Weldc) {
    let folder = scratch();
    let component = root().join("examples/inventory/inventory.wasm");
    weldc.build(&[
        component.as_os_str(),
        "--emit".as_ref(),
        "object,static,shared".as_ref(),
        "--imports".as_ref(),
        "link".as_ref(),
        "--out-dir".as_ref(),
        folder.path().as_os_str(),
    ]);
    let read = |name: &str| std::fs::read(folder.path().join(name)).expect("an output");
    object_symbols(&read("inventory.o"));
    shared_symbols(&read("libinventory.so"));
    archive_symbols(&read("libinventory.a"));
}

fn object_symbols(bytes: &[u8]) {
    let file = object::File::parse(bytes).expect("an object file");
    let mut defined = 0;
    for symbol in file.symbols().filter(|s| s.is_global()) {
        let name = symbol.name().expect("a name");
        if symbol.is_undefined() {
            assert!(may_need(name), "the object wants `{name}`");
        } else {
            defined += 1;
            assert!(name.starts_with("inventory_"), "the object defines `{name}`");
        }
    }
    assert!(defined > 10, "the object defines only {defined} symbols");
}

fn shared_symbols(bytes: &[u8]) {
    let file = object::File::parse(bytes).expect("a shared library");
    let table = file.dynamic_symbol_table().expect("dynamic symbols");
    let shown = table.symbols().filter(|s| s.is_global() && s.is_definition());
    for symbol in shown {
        let name = symbol.name().expect("a name");
        assert!(name.starts_with("inventory_"), "the shared library shows `{name}`");
    }
}

/// The archive has the runtime in it, whose functions for generated code are visible, too.
fn archive_symbols(bytes: &[u8]) {
    let archive = ArchiveFile::parse(bytes).expect("an archive");
    let names: Vec<String> = archive
        .symbols()
        .expect("an index")
        .expect("an index")
        .map(|symbol| text(symbol.expect("a symbol").name()))
        .collect();
    for wanted in ["inventory_new", "inventory_stock_audit", "weldc_rt_zone_new"] {
        assert!(names.iter().any(|name| name == wanted), "the archive has no `{wanted}`");
    }
}

/// What programs bring along: the runtime's tasks and streams if they have some. A library never has an unwinder, since
/// nothing unwinds.
pub fn nothing_unused(weldc: &Weldc) {
    let programs = [
        ("tests/guests/calc.wat", "library.so", false),
        ("examples/poll/watch.wat", "library.so", true),
        ("examples/hello.wat", "program", false),
        ("tests/guests/wasi3.wat", "program", true),
    ];
    for (component, output, has_tasks) in programs {
        let folder = scratch();
        let output = folder.path().join(output);
        weldc.build(&[
            root().join(component).as_os_str(),
            "--features".as_ref(),
            "all".as_ref(),
            "-o".as_ref(),
            output.as_os_str(),
        ]);
        let bytes = std::fs::read(&output).expect("an output");
        let file = object::File::parse(&bytes[..]).expect("an executable or a shared library");
        let functions = file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text);
        let names: Vec<&str> = functions.filter_map(|symbol| symbol.name().ok()).collect();
        for module in ["4task", "4copy", "8waitable"] {
            let path = format!("13weldc_runtime{module}");
            let is_there = names.iter().any(|name| name.contains(&path));
            assert_eq!(is_there, has_tasks, "{component}: {path}");
        }
        assert!(names.iter().any(|name| name.contains("13weldc_runtime4zone")), "{component}");
        if output.extension().is_some() {
            assert!(!names.contains(&"_Unwind_RaiseException"), "{component} has an unwinder");
        }
    }
}

/// Two libraries in one process, each with a trap of its own.
pub fn two_libraries(weldc: &Weldc) {
    let folder = scratch();
    let dir = folder.path();
    for prefix in ["one", "two"] {
        for output in [format!("lib{prefix}.so"), format!("{prefix}.h")] {
            weldc.build(&[
                root().join("tests/guests/calc.wat").as_os_str(),
                "--prefix".as_ref(),
                prefix.as_ref(),
                "-o".as_ref(),
                dir.join(output).as_os_str(),
            ]);
        }
    }
    std::fs::write(dir.join("main.c"), TWO).expect("a file");
    succeed(Command::new("cc").current_dir(dir).args([
        "-Wall",
        "-Werror",
        "main.c",
        "libone.so",
        "libtwo.so",
        "-Wl,-rpath,$ORIGIN",
        "-o",
        "main",
    ]));
    let ran = succeed(Command::new("./main").current_dir(dir));
    assert_eq!(text(&ran.stdout), "3 2 7 2 9\n");
}

const TWO: &str = r#"
#include "one.h"
#include "two.h"
#include <stdio.h>
int main(void) {
  one_t *one = NULL, *again = NULL;
  two_t *two = NULL;
  int32_t a = 0, b = 0, c = 0;
  if (one_new(NULL, NULL, &one) || two_new(NULL, NULL, &two)) return 1;
  if (one_add(one, 1, 2, &a)) return 2;
  int first = one_div(one, 1, 0, &b);
  if (two_add(two, 3, 4, &b)) return 3;
  int second = two_div(two, 1, 0, &c);
  if (one_new(NULL, NULL, &again) || one_add(again, 4, 5, &c)) return 4;
  printf("%d %d %d %d %d\n", (int)a, first, (int)b, second, (int)c);
  one_delete(one);
  one_delete(again);
  two_delete(two);
  return 0;
}
"#;

/// A library that is closed again leaves a process in which its own faults are handled as before.
pub fn closed_library(weldc: &Weldc) {
    let folder = scratch();
    let dir = folder.path();
    let calc = root().join("tests/guests/calc.wat");
    let library = dir.join("libcalc.so");
    weldc.build(&[calc.as_os_str(), "-o".as_ref(), library.as_os_str()]);
    std::fs::write(dir.join("main.c"), CLOSED).expect("a file");
    succeed(Command::new("cc").current_dir(dir).args(["-Wall", "main.c", "-ldl", "-o", "main"]));
    let ran = succeed(Command::new("./main").current_dir(dir));
    assert_eq!(text(&ran.stdout), "trap 2, closed, handled\n");
}

const CLOSED: &str = r#"
#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
static sigjmp_buf back;
static void handle(int signal) { siglongjmp(back, signal); }
int main(void) {
  signal(SIGSEGV, handle);
  void *library = dlopen("./libcalc.so", RTLD_NOW);
  if (!library) return 1;
  int (*create)(void *, void *, void **) = dlsym(library, "calc_new");
  int (*div)(void *, int32_t, int32_t, int32_t *) = dlsym(library, "calc_div");
  void (*delete)(void *) = dlsym(library, "calc_delete");
  void *calc = NULL;
  int32_t result;
  if (create(NULL, NULL, &calc)) return 2;
  printf("trap %d, ", div(calc, 1, 0, &result));
  delete(calc);
  if (dlclose(library)) return 3;
  printf("closed, ");
  if (sigsetjmp(back, 1) == 0) *(volatile int *)8 = 0;
  else printf("handled\n");
  return 0;
}
"#;

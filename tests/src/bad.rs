//! Input that cannot be compiled: exit code 1, a message that helps, no panic, no output left behind.

use crate::{Weldc, exit_code, finish, guests_folder, root, say, scratch, text};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// `weldc` with these arguments fails with code 1 and says all of `messages`.
fn refuses(mut command: Command, messages: &[&str]) {
    let output = finish(&mut command, b"");
    let said = text(&output.stderr);
    assert_eq!(exit_code(&output), 1, "{command:?}: {said}");
    assert!(!said.contains("panicked"), "{command:?}: {said}");
    assert!(said.starts_with("error: "), "{command:?}: {said}");
    for message in messages {
        assert!(said.contains(message), "{command:?} does not say `{message}` but\n{said}");
    }
}

fn build(weldc: &Weldc, input: &Path, arguments: &[&str]) -> Command {
    let mut command = weldc.command();
    command.arg("build").arg(input).args(arguments);
    command
}

/// Writes `text` where `weldc` can read it.
fn file(folder: &Path, name: &str, contents: &[u8]) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, contents).expect("a file");
    path
}

/// Files that are no components.
pub fn inputs(weldc: &Weldc) {
    let folder = scratch();
    let out = folder.path().join("out.o").display().to_string();
    let refused = |name: &str, contents: &[u8], messages: &[&str]| {
        let input = file(folder.path(), name, contents);
        refuses(build(weldc, &input, &["-o", &out]), messages);
        assert!(!Path::new(&out).exists(), "{name} left an output behind");
    };
    refused("core.wat", b"(module (func))", &["core module", "wasm-tools component new"]);
    refused("core.wasm", b"\0asm\x01\0\0\0", &["core module", "wasm-tools component new"]);
    refused("empty.wasm", b"", &["empty.wasm"]);
    refused("text.wasm", b"Dear compiler,\n", &["text.wasm"]);
    refused("syntax.wat", b"(component (export \"a\" (func 0)", &["syntax.wat"]);
    refused("invalid.wat", b"(component (alias export 0 \"a\" (func)))", &["invalid.wat"]);
    refused("nothing.wasm", b"\0asm\x0d\0\x01", &["nothing.wasm"]);
    let missing = folder.path().join("missing.wasm");
    refuses(build(weldc, &missing, &["-o", &out]), &["missing.wasm", "No such file"]);
    refuses(build(weldc, folder.path(), &["-o", &out]), &["directory"]);
}

/// A component that wants what weldc does not have.
pub fn imports(weldc: &Weldc) {
    let inventory = root().join("examples/inventory/inventory.wasm");
    let names = ["demo:inventory/host@0.1.0", "tax", "titles", "--unknown-imports=trap"];
    let mut run = weldc.command();
    run.args(["run", "--invoke", "crash(1)"]).arg(&inventory);
    refuses(run, &names);

    let folder = scratch();
    let text_form = br#"(component
        (import "missing" (func $missing))
        (core func $missing (canon lower (func $missing)))
        (core module $m (import "" "missing" (func $missing)) (func (export "f") (call $missing)))
        (core instance $i (instantiate $m
            (with "" (instance (export "missing" (func $missing))))))
        (func (export "f") (canon lift (core func $i "f"))))"#;
    let input = file(folder.path(), "wants.wat", text_form);
    let mut run = weldc.command();
    run.args(["run", "--unknown-imports=trap", "--invoke", "f()"]).arg(&input);
    let output = finish(&mut run, b"");
    let said = text(&output.stderr);
    assert_eq!(exit_code(&output), 134, "{said}");
    assert!(said.contains("called an import that was not linked"), "{said}");
}

/// Outputs that cannot be made.
pub fn outputs(weldc: &Weldc) {
    let folder = scratch();
    let calc = guests_folder().join("calc.wat");
    let out = |name: &str| folder.path().join(name).display().to_string();
    let blocked = file(folder.path(), "file", b"").join("out.o").display().to_string();
    refuses(build(weldc, &calc, &["-o", &blocked]), &["cannot write", "file/out.o"]);
    refuses(
        build(weldc, &calc, &["-o", "/proc/none/out.o"]),
        &["cannot write", "/proc/none/out.o"],
    );

    let no_cc = ["-o", &out("libcalc.so"), "--linker", "/nonexistent/cc"];
    refuses(build(weldc, &calc, &no_cc), &["/nonexistent/cc", "install gcc or clang"]);
    let mut no_path = build(weldc, &calc, &["-o", &out("libcalc.so")]);
    no_path.env("PATH", "/nonexistent").env_remove("CC");
    refuses(no_path, &["cc", "install gcc or clang"]);
    let mut failing = build(weldc, &calc, &["-o", &out("libcalc.so")]);
    failing.env("CC", "false");
    refuses(failing, &["false", "failed to link"]);
    assert!(!folder.path().join("libcalc.so").exists());

    refuses(build(weldc, &calc, &["-o", &out("calc")]), &["not a command", ".so"]);
    let sparc = ["-o", &out("a.o"), "--target", "sparc64-unknown-linux-gnu"];
    refuses(build(weldc, &calc, &sparc), &["sparc64", "x86_64"]);
    let windows = ["-o", &out("a.o"), "--target", "x86_64-pc-windows-msvc"];
    refuses(build(weldc, &calc, &windows), &["windows"]);
    refuses(build(weldc, &calc, &["-o", &out("a.o"), "--cpu", "warp9"]), &["warp9"]);
}

/// A memory of 4 GiB from the start: served, or refused with a reason.
pub fn large_memory(weldc: &Weldc) {
    let folder = scratch();
    let text_form = br#"(component
        (core module $m (memory 65536) (func (export "f") (result i32) (memory.size)))
        (core instance $i (instantiate $m))
        (func (export "f") (result u32) (canon lift (core func $i "f"))))"#;
    let input = file(folder.path(), "large.wat", text_form);
    let mut run = weldc.command();
    run.args(["run", "--invoke", "f()"]).arg(&input);
    let output = finish(&mut run, b"");
    let said = text(&output.stderr);
    match exit_code(&output) {
        0 => assert_eq!(text(&output.stdout), "65536\n"),
        code => {
            assert!(code == 1 || code == 134, "{code}: {said}");
            assert!(said.contains("memory"), "{said}");
        }
    }
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 1000000; exec \"$0\" run --invoke 'f()' \"$1\""]);
    limited.arg(weldc.path()).arg(&input).env("NO_COLOR", "1");
    let output = finish(&mut limited, b"");
    let said = text(&output.stderr);
    assert!([1, 134].contains(&exit_code(&output)), "{}: {said}", exit_code(&output));
    assert!(said.contains("memory") && !said.contains("panicked"), "{said}");
}

/// Mutations of a component: each is compiled or refused, quickly. `WELDC_MUTATIONS` says how many.
pub fn mutations(weldc: &Weldc) {
    let count: u64 = std::env::var("WELDC_MUTATIONS").map_or(60, |n| n.parse().expect("a number"));
    let inputs = ["examples/inventory/inventory.wasm", "tests/guests/hello-c/hello.wasm"];
    let folder = scratch();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let mut compiled = 0;
    let mut slowest = Duration::ZERO;
    for input in inputs {
        let original = std::fs::read(root().join(input)).expect("a guest");
        for number in 0..count / inputs.len() as u64 {
            let mutant = random.mutate(&original);
            let path = file(folder.path(), "mutant.wasm", &mutant);
            let start = Instant::now();
            let code = compile(weldc, &path, folder.path());
            slowest = slowest.max(start.elapsed());
            assert!(code == 0 || code == 1, "{input}, mutation {number}: exit code {code}");
            compiled += u64::from(code == 0);
        }
    }
    say(&format!(
        "{count} mutations: {compiled} compiled, the others refused; {slowest:.1?} at most"
    ));
}

/// Address space for a compilation: what is in the guests needs a fraction of it.
const LIMIT_KIB: &str = "4000000";

fn compile(weldc: &Weldc, input: &Path, folder: &Path) -> i32 {
    let script =
        format!("ulimit -v {LIMIT_KIB}; ulimit -t 60; exec \"$0\" build \"$1\" -O0 -o \"$2\"");
    let mut command = Command::new("sh");
    command.args(["-c", &script]).arg(weldc.path()).arg(input).arg(folder.join("mutant.o"));
    let output = finish(&mut command, b"");
    let said = text(&output.stderr);
    assert!(!said.contains("panicked"), "{said}");
    exit_code(&output)
}

/// xorshift64: the same mutations every time.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit.max(1) as u64) as usize
    }

    /// Some bytes changed, and sometimes the end cut off or a piece left out.
    fn mutate(&mut self, original: &[u8]) -> Vec<u8> {
        let mut bytes = original.to_vec();
        match self.below(8) {
            0 => bytes.truncate(self.below(original.len())),
            1 => {
                let start = self.below(bytes.len());
                let end = (start + 1 + self.below(16)).min(bytes.len());
                bytes.drain(start..end);
            }
            _ => {
                for _ in 0..=self.below(4) {
                    let at = self.below(bytes.len());
                    bytes[at] ^= 1 << self.below(8);
                }
            }
        }
        bytes
    }
}

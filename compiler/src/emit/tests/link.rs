//! Linking with GNU ld and lld, for x86-64 and AArch64, in every way a user might.

use super::object;
use crate::compile::handmade;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

struct Toolchain {
    target: &'static str,
    cc: &'static str,
    run: &'static [&'static str],
}

const X86_64: Toolchain =
    Toolchain { target: "x86_64-unknown-linux-gnu", cc: "x86_64-linux-gnu-gcc", run: &[] };
const AARCH64: Toolchain = Toolchain {
    target: "aarch64-unknown-linux-gnu",
    cc: "aarch64-linux-gnu-gcc",
    run: &["qemu-aarch64", "-L", "/usr/aarch64-linux-gnu"],
};

/// A directory that goes away with it.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Scratch {
        let path = std::env::temp_dir().join(format!("weldc-emit-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Scratch(path)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn find(tool: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(tool)).find(|file| file.exists())
}

fn available(tool: &str) -> bool {
    Command::new(tool).arg("--version").output().is_ok_and(|output| output.status.success())
}

impl Toolchain {
    /// Whether the test can run here; says so if not.
    fn available(&self, linker: &str) -> bool {
        let tools = [self.cc, if linker == "lld" { "ld.lld" } else { "ld" }];
        let missing: Vec<_> =
            tools.iter().chain(self.run.first()).filter(|tool| !available(tool)).collect();
        if !missing.is_empty() {
            eprintln!("skipped for {}: {missing:?} not installed", self.target);
        }
        missing.is_empty()
    }

    fn link(&self, linker: &str, args: &[&str], inputs: &[&Path], output: &Path) {
        let mut command = Command::new(self.cc);
        // A cross compiler looks for `ld.lld` only where it is told to.
        command.arg("-B").arg(output.parent().unwrap());
        command.arg("-fno-omit-frame-pointer").args(args).arg(format!("-fuse-ld={linker}"));
        command.args(["-Wl,--fatal-warnings", "-Wl,-z,text"]);
        command.args(inputs).args(["-lm", "-o"]).arg(output);
        expect_silence(&mut command);
    }

    fn run(&self, program: &Path) {
        let mut command = match self.run {
            [] => Command::new(program),
            [run, args @ ..] => {
                let mut command = Command::new(run);
                command.args(args).arg(program);
                command
            }
        };
        let output = command.output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stdout), "ok\n", "{output:?}");
        assert!(output.status.success(), "{output:?}");
    }
}

fn expect_silence(command: &mut Command) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    let said = String::from_utf8_lossy(&stdout) + String::from_utf8_lossy(&stderr);
    assert!(status.success() && said.is_empty(), "{command:?}: {said}");
}

fn links_and_runs(toolchain: &Toolchain, linker: &str) {
    if !toolchain.available(linker) {
        return;
    }
    let scratch = Scratch::new(&format!("{}-{linker}", toolchain.cc));
    let (code, main) = (scratch.path("code.o"), scratch.path("main.c"));
    if let Some(lld) = find("ld.lld") {
        std::os::unix::fs::symlink(lld, scratch.path("ld.lld")).unwrap();
    }
    std::fs::write(&code, object(&handmade::isa(toolchain.target))).unwrap();
    std::fs::write(&main, include_str!("main.c")).unwrap();
    for mode in ["-pie", "-no-pie", "-static", "-static-pie"] {
        let program = scratch.path(&format!("program{mode}"));
        let pic = if mode.ends_with("-pie") && mode != "-no-pie" { "-fPIE" } else { "-fno-pie" };
        toolchain.link(linker, &[mode, pic], &[&main, &code], &program);
        toolchain.run(&program);
    }
    // The program defines what the library calls.
    let library = scratch.path("libcode.so");
    toolchain.link(linker, &["-shared", "-Wl,-z,undefs"], &[&code], &library);
    let program = scratch.path("program-shared");
    let rpath = format!("-Wl,-rpath,{}", scratch.0.display());
    toolchain.link(linker, &["-fPIC", "-rdynamic", &rpath], &[&main, &library], &program);
    toolchain.run(&program);
}

#[test]
fn gnu_ld_links_x86_64() {
    links_and_runs(&X86_64, "bfd");
}

#[test]
fn lld_links_x86_64() {
    links_and_runs(&X86_64, "lld");
}

#[test]
fn gnu_ld_links_aarch64() {
    links_and_runs(&AARCH64, "bfd");
}

#[test]
fn lld_links_aarch64() {
    links_and_runs(&AARCH64, "lld");
}

//! Linking with the system's C compiler, which knows where the C library and its start files are.

use crate::report::Failure;
use anyhow::{Context, Result};
use object::{Object, ObjectSymbol};
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;
use target_lexicon::Triple;
use tempfile::TempDir;

/// The C compiler and the arguments that always precede ours (`CC="gcc -m64"`).
pub struct Linker {
    command: Vec<OsString>,
    /// Keep what debuggers need.
    debug: bool,
}

impl Linker {
    /// `--linker`, `$CC`, `cc`; for another target the C compiler that is usually called so.
    pub fn new(named: Option<&Path>, target: Option<&Triple>, debug: bool) -> Linker {
        let command = match (named, std::env::var("CC")) {
            (Some(path), _) => vec![path.as_os_str().to_owned()],
            (None, Ok(cc)) if !cc.trim().is_empty() => {
                cc.split_whitespace().map(OsString::from).collect()
            }
            _ => vec![default_name(target).into()],
        };
        Linker { command, debug }
    }

    /// An executable.
    pub fn executable(&self, object: &[u8], runtime: &[u8]) -> Result<Vec<u8>> {
        let scratch = Scratch::new(object, runtime)?;
        self.link(&scratch, &["-Wl,-z,relro".into(), "-Wl,-z,now".into()])
    }

    /// A shared library that exports what the object defines, and nothing of the runtime.
    pub fn shared(&self, object: &[u8], runtime: &[u8], soname: &str) -> Result<Vec<u8>> {
        let scratch = Scratch::new(object, runtime)?;
        let script = scratch.add("exports", version_script(object)?.as_bytes())?;
        let mut version = OsString::from("-Wl,--version-script=");
        version.push(script);
        // The runtime's signal handlers stay installed, so the library must stay after `dlclose`.
        let flags = ["-shared", "-Wl,-z,relro", "-Wl,-z,nodelete"];
        let mut arguments: Vec<OsString> = flags.map(OsString::from).into();
        arguments.push(version);
        if !soname.is_empty() {
            arguments.push(format!("-Wl,-soname,{soname}").into());
        }
        self.link(&scratch, &arguments)
    }

    fn link(&self, scratch: &Scratch, arguments: &[OsString]) -> Result<Vec<u8>> {
        let out = scratch.dir.path().join("out");
        let mut cc = Command::new(&self.command[0]);
        cc.args(&self.command[1..]).arg("-o").arg(&out).args(arguments);
        cc.args([&scratch.object, &scratch.runtime]);
        cc.args(COMMON);
        if !self.debug {
            cc.arg("-Wl,--strip-debug");
        }
        let output = cc.output().map_err(|error| self.missing(&error))?;
        if !output.status.success() {
            return Err(self.failed(&output).into());
        }
        std::fs::read(&out).context("cannot read what the linker wrote")
    }

    fn name(&self) -> String {
        self.command[0].to_string_lossy().into_owned()
    }

    fn missing(&self, error: &std::io::Error) -> Failure {
        let name = self.name();
        let message = match error.kind() {
            ErrorKind::NotFound => format!("cannot link: there is no C compiler `{name}`"),
            _ => format!("cannot link: `{name}` does not run: {error}"),
        };
        Failure::new(message).help(
            "install gcc or clang, or name one with --linker or $CC; objects, static archives and \
             `weldc run` need none",
        )
    }

    fn failed(&self, output: &std::process::Output) -> Failure {
        let said = String::from_utf8_lossy(&output.stderr);
        Failure::new(format!(
            "`{}` failed to link ({})\n{}",
            self.name(),
            output.status,
            said.trim()
        ))
    }
}

/// Sections that nothing refers to are left out; libraries are named only where something is needed from
/// them; the unwinder's functions, which Rust's standard library mentions, come from the compiler's static
/// library.
const COMMON: [&str; 6] =
    ["-Wl,--gc-sections", "-static-libgcc", "-Wl,--as-needed", "-lm", "-lpthread", "-ldl"];

/// `cc`, or `aarch64-linux-gnu-gcc` for another machine's target.
fn default_name(target: Option<&Triple>) -> String {
    match target {
        Some(triple) if !crate::target::is_host(triple) => format!(
            "{}-{}-{}-gcc",
            triple.architecture, triple.operating_system, triple.environment
        ),
        _ => "cc".to_string(),
    }
}

/// What the object defines for others is visible; nothing else is.
fn version_script(object: &[u8]) -> Result<String> {
    let file = object::File::parse(object).context("the object file is damaged")?;
    let mut script = String::from("{\n  global:\n");
    for symbol in file.symbols().filter(|symbol| symbol.is_global() && symbol.is_definition()) {
        script += &format!("    {};\n", symbol.name()?);
    }
    script += "  local: *;\n};\n";
    Ok(script)
}

/// A directory for the linker's inputs and output; it goes when the link is done.
struct Scratch {
    dir: TempDir,
    object: PathBuf,
    runtime: PathBuf,
}

impl Scratch {
    fn new(object: &[u8], runtime: &[u8]) -> Result<Scratch> {
        let dir = tempfile::Builder::new()
            .prefix("weldc-")
            .tempdir()
            .context("cannot make a temporary directory")?;
        let mut scratch = Scratch { dir, object: PathBuf::new(), runtime: PathBuf::new() };
        scratch.object = scratch.add("component.o", object)?;
        scratch.runtime = scratch.add("runtime.a", runtime)?;
        Ok(scratch)
    }

    fn add(&self, name: &str, bytes: &[u8]) -> Result<PathBuf> {
        let path = self.dir.path().join(name);
        std::fs::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(path)
    }
}

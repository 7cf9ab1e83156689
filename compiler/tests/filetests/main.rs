//! File tests: a component in text, what to show of its compilation, and what that must be.
//!
//! A file in `filetests/` is named as the sentence it proves. Lines that begin with `;;!` say what to
//! show; the lines that begin with `;;=` at the end are the expected text. `BLESS=1 cargo test` rewrites
//! them. What can be shown:
//!
//! ```text
//! ;;! clif FUNC       CLIF of a function before optimisation
//! ;;! optimized FUNC  the same after Cranelift's optimisations
//! ;;! asm FUNC        its machine code
//! ;;! header          the C header
//! ;;! functions       which core functions, lowered functions and built-ins are compiled
//! ;;! calls           which calls of component functions have records, and which of those a stack, or are begun
//!                     without the runtime, on the caller's
//! ;;! error           the message that refuses the component
//! ;;! for TARGET FEATURE…   says what the requests below it are compiled for
//! ;;! for every target      they are compiled for each; what another shows is given where it differs
//! ;;! with inlining         small functions are copied into their callers in the requests below it
//! ;;! reachable       below it only what the host can reach is compiled, as a rule everything
//! ```
//! where FUNC is `core INSTANCE FUNC`, `trampoline N`, `export NAME`, `entry NAME` or `start`; of a call that has a
//! record `enter N`, `params N` and `result N`, of a copy `element N` and `elements N`.
//!
//! Whatever a file shows: unless it is refused, everything in it passes Cranelift's verifier and is compiled for every
//! architecture, with guard pages and without.

mod show;

use show::{Setting, compile, show};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const X86_64: &str = "x86_64-unknown-linux-gnu";
const EVERY_TARGET: [&str; 2] = [X86_64, "aarch64-unknown-linux-gnu"];

/// What the requests above it have set.
struct Settings<'a> {
    setting: Setting<'a>,
    /// Requests are answered for each.
    targets: &'a [&'a str],
}

const DEFAULT: Setting<'static> =
    Setting { target: X86_64, cpu_features: &[], guard_pages: true, inline: false, whole: true };

impl<'a> Settings<'a> {
    /// Whether `request` is about those below it; if so, it is followed.
    fn set(&mut self, request: &'a [&'a str]) -> bool {
        match request {
            ["for", "every", "target"] => {
                (self.targets, self.setting.cpu_features) = (&EVERY_TARGET, &[]);
            }
            ["for", _, cpu_features @ ..] => {
                (self.targets, self.setting.cpu_features) = (&request[1..2], cpu_features);
            }
            ["with", "inlining"] => self.setting.inline = true,
            ["reachable"] => self.setting.whole = false,
            _ => return false,
        }
        true
    }

    /// The lines that answer `request`.
    fn answer(&self, source: &str, request: &[&str]) -> String {
        let mut text = String::new();
        let mut first = None;
        for &target in self.targets {
            let shown = show(source, request, &Setting { target, ..self.setting });
            if first.as_ref() == Some(&shown) {
                continue;
            }
            if first.is_some() {
                let _ = writeln!(text, "-- for {target}");
            }
            text.push_str(&shown);
            first.get_or_insert(shown);
        }
        text
    }
}

/// The `;;=` lines that answer all of `requests`.
fn answers(source: &str, requests: &[Vec<&str>]) -> String {
    let mut text = String::new();
    let mut settings = Settings { setting: DEFAULT, targets: &EVERY_TARGET[..1] };
    for request in requests {
        let _ = writeln!(text, ";;= -- {}", request.join(" "));
        if settings.set(request) {
            continue;
        }
        for line in settings.answer(source, request).lines() {
            let _ = writeln!(text, "{}", format!(";;= {line}").trim_end());
        }
    }
    text
}

/// Compiles everything in every way that changes how memory is accessed.
fn compile_in_every_way(source: &str) -> Result<(), String> {
    for target in EVERY_TARGET {
        for guard_pages in [true, false] {
            compile(source, &Setting { target, guard_pages, ..DEFAULT })
                .and_then(|compilation| compilation.compile(&|| {}).map(drop))
                .map_err(|e| format!("for {target}, guard pages: {guard_pages}: {e}"))?;
        }
    }
    Ok(())
}

fn run(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    let source: String =
        text.lines().filter(|l| !l.starts_with(";;=")).flat_map(|l| [l, "\n"]).collect();
    let requests = text.lines().filter_map(|line| line.strip_prefix(";;!"));
    let requests: Vec<Vec<&str>> = requests.map(|r| r.split_whitespace().collect()).collect();
    if !requests.contains(&vec!["error"]) {
        compile_in_every_way(&source)?;
    }
    let actual = answers(&source, &requests);
    let expected: String =
        text.lines().filter(|l| l.starts_with(";;=")).flat_map(|l| [l, "\n"]).collect();
    if actual == expected {
        return Ok(());
    }
    if std::env::var_os("BLESS").is_some() {
        let blessed = format!("{}\n{actual}", source.trim_end());
        return std::fs::write(path, blessed).map_err(|e| e.to_string());
    }
    let difference = actual.lines().zip(expected.lines()).find(|(a, e)| a != e);
    Err(format!("differs (BLESS=1 rewrites it), first at {difference:?}"))
}

#[test]
fn filetests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("filetests");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder exists")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|e| e == "wat"))
        .collect();
    files.sort();
    let mut failures = Vec::new();
    for file in &files {
        let result = std::panic::catch_unwind(|| run(file));
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match result {
            Ok(Ok(())) => {}
            Ok(Err(error)) => failures.push(format!("{name}: {error}")),
            Err(_) => failures.push(format!("{name}: panicked")),
        }
    }
    println!("{} passed, {} failed", files.len() - failures.len(), failures.len());
    assert!(!files.is_empty() && failures.is_empty(), "{}", failures.join("\n"));
}

//! How the time and the memory of compiling grow with the size of the input, beside `wasmtime compile`: for
//! every shape of `weldc-tests`, at a hundredth, a tenth and the whole of its size.
//!
//! `cargo run --release --bin curves -- [--wasmtime PROGRAM] [--seconds N] WELDC [SHAPE]...`, from the folder
//! `benches`. Every compilation is a process of its own with one thread. Times are the processor's, so that
//! other work on the machine disturbs little. What takes longer than N seconds (default 120) or more than
//! 16 GiB of addresses is ended.

use anyhow::{Result, bail};
use nix::sys::resource::{Resource, UsageWho, getrusage, setrlimit};
use nix::sys::time::TimeVal;
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Stdio};
use weldc_tests::shapes::{self, Shape};

/// The mode in which this program runs another once and prints what it took.
const MEASURE: &str = "--measure";
/// Sizes, in hundredths of the whole.
const SCALES: [usize; 3] = [1, 10, 100];
const MOST_MEMORY: u64 = 16 << 30;

fn main() -> Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [mode, seconds, command @ ..] = &args[..]
        && mode == MEASURE
    {
        return measure_here(seconds.parse()?, command);
    }
    let options = Options::parse(args)?;
    let folder = tempfile::tempdir()?;
    println!(
        "{:28} {:>9} {:>9} | {:>8} {:>5} {:>7} | {:>8} {:>5} {:>7} | {:>5}",
        "shape", "size", "KiB", "weldc s", "grows", "MiB", "wasmt. s", "grows", "MiB", "ratio"
    );
    for shape in shapes::all().filter(|shape| options.wants(shape)) {
        curve(&options, shape, folder.path())?;
    }
    Ok(())
}

struct Options {
    weldc: String,
    wasmtime: Option<String>,
    seconds: String,
    /// Beginnings of names; all shapes if there are none.
    shapes: Vec<String>,
}

impl Options {
    fn parse(args: Vec<String>) -> Result<Options> {
        let (mut wasmtime, mut seconds, mut rest) = (None, "120".to_string(), Vec::new());
        let mut args = args.into_iter();
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--wasmtime" => wasmtime = args.next(),
                "--seconds" => seconds = args.next().unwrap_or_default(),
                _ => rest.push(arg),
            }
        }
        if rest.is_empty() {
            bail!("usage: curves [--wasmtime PROGRAM] [--seconds N] WELDC [SHAPE]...");
        }
        Ok(Options { weldc: rest.remove(0), wasmtime, seconds, shapes: rest })
    }

    fn wants(&self, shape: &Shape) -> bool {
        self.shapes.is_empty() || self.shapes.iter().any(|name| shape.name.starts_with(name))
    }
}

/// Prints the lines of one shape.
fn curve(options: &Options, shape: &Shape, folder: &Path) -> Result<()> {
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (mut weldc, mut wasmtime) = (Line::default(), Line::default());
    for scale in SCALES {
        let size = shape.size(scale);
        let component = shape.component(size);
        let kib = component.len() / 1024;
        std::fs::write(at("in.wasm"), component)?;
        let ours =
            [&options.weldc, "build", "--features", "all", &at("in.wasm"), "-o", &at("out.o")];
        let ours = weldc.next(measure(&options.seconds, &ours)?);
        let theirs = match &options.wasmtime {
            Some(program) => {
                let command =
                    [program, "compile", "-W", "all-proposals", &at("in.wasm"), "-o", &at("out")];
                wasmtime.next(measure(&options.seconds, &command)?)
            }
            None => String::new(),
        };
        let ratio = match (weldc.last, wasmtime.last) {
            (Some(ours), Some(theirs)) => format!("{:.2}", ours / theirs),
            _ => String::new(),
        };
        println!("{:28} {size:>9} {kib:>9} | {ours} | {theirs} | {ratio:>5}", shape.name);
        for (program, said) in [("weldc", &weldc.said), ("wasmtime", &wasmtime.said)] {
            if let Some(said) = said {
                println!("    {program}: {said}");
            }
        }
    }
    Ok(())
}

/// The curve of one program so far.
#[derive(Default)]
struct Line {
    last: Option<f64>,
    /// Why there is no time.
    said: Option<String>,
}

impl Line {
    /// The next point's columns.
    fn next(&mut self, point: Result<Usage, String>) -> String {
        let before = self.last.take();
        self.said = None;
        match point {
            Ok(Usage { seconds, mib }) => {
                self.last = Some(seconds);
                let grows =
                    before.map_or(String::new(), |before| format!("{:.1}", seconds / before));
                format!("{seconds:>8.2} {grows:>5} {mib:>7}")
            }
            Err(said) => {
                self.said = Some(said);
                format!("{:>8} {:>5} {:>7}", "-", "", "")
            }
        }
    }
}

struct Usage {
    seconds: f64,
    mib: u64,
}

/// Runs a program in a process that has no other child; the error is what it says on failing.
fn measure(seconds: &str, command: &[&str]) -> Result<Result<Usage, String>> {
    let output = Command::new(std::env::current_exe()?)
        .args([MEASURE, seconds])
        .args(command)
        .stdin(Stdio::null())
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    if let [seconds, kib] = text.split_whitespace().collect::<Vec<_>>()[..] {
        return Ok(Ok(Usage { seconds: seconds.parse()?, mib: kib.parse::<u64>()? / 1024 }));
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said: Vec<_> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(Err(said.join(" / ").chars().take(300).collect()))
}

fn measure_here(seconds: u64, command: &[String]) -> Result<()> {
    let [program, args @ ..] = command else { bail!("no program") };
    setrlimit(Resource::RLIMIT_CPU, seconds, seconds)?;
    setrlimit(Resource::RLIMIT_AS, MOST_MEMORY, MOST_MEMORY)?;
    let mut command = Command::new(program);
    command.args(args).env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).stdout(Stdio::null());
    let status = command.status()?;
    if let Some(signal) = status.signal() {
        bail!("ended by signal {signal} (9: more than {seconds} seconds)");
    }
    if !status.success() {
        std::process::exit(1);
    }
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let in_seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    let seconds = in_seconds(usage.user_time()) + in_seconds(usage.system_time());
    println!("{seconds} {}", usage.max_rss());
    Ok(())
}

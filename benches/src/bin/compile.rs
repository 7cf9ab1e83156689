//! What compiling costs: weldc beside wasmtime on the same components.
//!
//! `cargo run --release --bin compile -- [--write compile] [FILE…]`
//!
//! Every compilation is a process of its own; they take turns, and the best of all rounds counts. With one
//! thread the processor's time is compared, with two the wall's. Sizes are those of the machine code.

use anyhow::{Context, Result};
use clap::Parser;
use object::{Object, ObjectSection};
use std::path::{Path, PathBuf};
use weldc_benches::child::{self, Cost};
use weldc_benches::machine;
use weldc_benches::peers::{Peer, Plain, VERSION, Weldc};
use weldc_benches::report::{self, Row, Table};
use weldc_benches::workshop::kernel_file;

#[derive(Parser)]
#[command(about = "Time, memory and code size of compiling")]
struct Args {
    /// Components; those of the kernels unless given
    files: Vec<PathBuf>,
    /// The compiler to measure, PATH or NAME=PATH; may be given several times
    #[arg(long)]
    weldc: Vec<String>,
    /// weldc's --cpu
    #[arg(long, default_value = "native")]
    cpu: String,
    #[arg(long, default_value_t = 5)]
    rounds: u32,
    /// Write the tables to results/DATE-NAME
    #[arg(long, value_name = "NAME")]
    write: Option<String>,
    /// Compile FILE to this with wasmtime, and nothing else: what this program starts as a process
    #[arg(long, hide = true)]
    wasmtime: Option<PathBuf>,
    /// With --wasmtime: with its inliner
    #[arg(long, hide = true)]
    inlining: bool,
}

fn main() -> Result<()> {
    if child::serve()? {
        return Ok(());
    }
    let mut args = Args::parse();
    if let Some(out) = &args.wasmtime {
        return compile_with_wasmtime(args.files.first().context("no file")?, out, args.inlining);
    }
    if args.weldc.is_empty() {
        args.weldc.push(Weldc::default_program());
    }
    if args.files.is_empty() {
        args.files = ["kernels.wasm", "kernels-simd.wasm"].map(kernel_file).to_vec();
    }
    let compilers = compilers(&args)?;
    eprintln!("{}", machine::load());
    let mut text = String::new();
    for table in measure(&args, &compilers)? {
        text += &format!("\n{table}");
    }
    print!("{text}");
    if let Some(name) = &args.write {
        let versions: Vec<String> =
            compilers.iter().map(|c| format!("{}: {}", c.name, c.version)).collect();
        let head = report::head("Compiling", &versions);
        println!("{}", report::write(name, "md", &(head + &text))?.display());
    }
    Ok(())
}

/// A program that compiles.
struct Compiler {
    name: String,
    version: String,
    /// `IN` and `OUT` stand for files.
    command: Vec<String>,
}

fn compilers(args: &Args) -> Result<Vec<Compiler>> {
    let mut compilers = Vec::new();
    for text in &args.weldc {
        let weldc = Weldc::new(text, &args.cpu);
        let words = [weldc.program(), "build", "IN", "-o", "OUT.o", "--cpu", &args.cpu];
        // So that components with imports compile, too.
        let words = words.into_iter().chain(["--imports", "table"]);
        let command = words.map(String::from).collect();
        compilers.push(Compiler { name: weldc.name().into(), version: weldc.describe()?, command });
    }
    let own = std::env::current_exe()?.to_string_lossy().into_owned();
    for (name, inlining) in [("wasmtime", None), ("wasmtime-inline", Some("--inlining"))] {
        let words = [&own, "IN", "--wasmtime", "OUT.cwasm"].into_iter().chain(inlining);
        let command = words.map(String::from).collect();
        compilers.push(Compiler { name: name.into(), version: VERSION.into(), command });
    }
    Ok(compilers)
}

fn compile_with_wasmtime(input: &Path, out: &Path, inlining: bool) -> Result<()> {
    use wasmtime::{Config, Engine, Inlining, OptLevel};
    let mut config = Config::new();
    config.cranelift_opt_level(OptLevel::Speed);
    if inlining {
        config.compiler_inlining(Inlining::Yes);
    }
    let code =
        Engine::new(&config).plain()?.precompile_component(&std::fs::read(input)?).plain()?;
    Ok(std::fs::write(out, code)?)
}

/// What is known of one compiler and one file.
#[derive(Clone, Copy, Debug, Default)]
struct Figures {
    /// Seconds of the processor, one thread.
    one: Option<f64>,
    /// Seconds of the wall, two threads.
    two: Option<f64>,
    /// Bytes of machine code.
    text: Option<f64>,
    /// Peak memory with one thread, in MiB.
    memory: Option<f64>,
}

fn measure(args: &Args, compilers: &[Compiler]) -> Result<Vec<Table>> {
    let folder = tempfile::tempdir()?;
    let mut figures = vec![vec![Figures::default(); compilers.len()]; args.files.len()];
    for round in 0..args.rounds {
        report::progress(round, args.rounds);
        for (file, figures) in args.files.iter().zip(&mut figures) {
            for (compiler, figures) in compilers.iter().zip(figures) {
                if let Err(why) = compiler.compile(file, folder.path(), figures) {
                    eprintln!("without {} of {}: {why:#}", file.display(), compiler.name);
                }
            }
        }
    }
    tables(args, compilers, &figures)
}

impl Compiler {
    fn compile(&self, file: &Path, folder: &Path, figures: &mut Figures) -> Result<()> {
        let out = folder.join(&self.name);
        let place = |word: &String| match &word[..] {
            "IN" => file.to_string_lossy().into_owned(),
            _ => word.replace("OUT", &out.to_string_lossy()),
        };
        let command: Vec<String> = self.command.iter().map(place).collect();
        let least = |best: &mut Option<f64>, value: f64| {
            *best = Some(best.map_or(value, |best| best.min(value)));
        };
        let one = Cost::of(&command, &[("RAYON_NUM_THREADS", "1")])?;
        least(&mut figures.one, one.cpu.as_secs_f64());
        least(&mut figures.memory, one.memory as f64 / 1024.0);
        let two = Cost::of(&command, &[("RAYON_NUM_THREADS", "2")])?;
        least(&mut figures.two, two.wall.as_secs_f64());
        let product = command.iter().find(|word| Path::new(word).starts_with(folder));
        figures.text = Some(text_size(Path::new(product.context("no product")?))? as f64);
        Ok(())
    }
}

/// The size of an object's machine code.
fn text_size(path: &Path) -> Result<u64> {
    let data = std::fs::read(path)?;
    let file = object::File::parse(&data[..])?;
    let is_text = |name: &str| name == ".text" || name.starts_with(".text.");
    let texts = file.sections().filter(|section| section.name().is_ok_and(is_text));
    Ok(texts.map(|section| section.size()).sum())
}

fn tables(args: &Args, compilers: &[Compiler], figures: &[Vec<Figures>]) -> Result<Vec<Table>> {
    let mut tables = Vec::new();
    let mut sizes = Vec::new();
    for file in &args.files {
        sizes.push(std::fs::metadata(file)?.len() as f64);
    }
    type Cell = fn(&Figures, f64) -> Option<f64>;
    let kinds: [(&str, usize, Cell); 4] = [
        ("s/MB, one thread", 3, |f, size| Some(f.one? / size * 1e6)),
        ("s/MB, two threads", 3, |f, size| Some(f.two? / size * 1e6)),
        ("code, bytes per byte", 3, |f, size| Some(f.text? / size)),
        ("peak memory, MiB", 1, |f, _| f.memory),
    ];
    for (corner, digits, cell) in kinds {
        let rows = args.files.iter().zip(figures).zip(&sizes).map(|((file, figures), &size)| {
            let name = file.to_string_lossy();
            let name = format!("{}, {:.2} MB", report::short_name(&name), size / 1e6);
            Row { name, cells: figures.iter().map(|figures| cell(figures, size)).collect() }
        });
        let columns = compilers.iter().map(|compiler| compiler.name.clone()).collect();
        let mut table = Table { corner: corner.to_string(), columns, rows: rows.collect(), digits };
        table.add_ratios(compilers.iter().position(|compiler| compiler.name == "wasmtime"));
        tables.push(table);
    }
    Ok(tables)
}

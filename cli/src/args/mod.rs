//! The command line, as clap sees it.
//!
//! Everything that can be refused without looking at a file is refused while parsing (exit code 2).

mod guest;
mod values;

pub use guest::GuestArgs;
pub use values::{Dir, EnvVar, ImportMode, Kind, OptLevel, Profile, With};

use crate::features::parse as parse_features;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;
use values::{parse_prefix, parse_size, parse_triple};
use wasmparser::WasmFeatures;

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Green.on_default().bold())
    .usage(AnsiColor::Green.on_default().bold())
    .literal(AnsiColor::Cyan.on_default().bold())
    .placeholder(AnsiColor::Cyan.on_default());

/// Compiles WebAssembly components to native code, ahead of time.
#[derive(Debug, Parser)]
#[command(name = "weldc", version, styles = STYLES, max_term_width = 100)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Run(RunArgs),
    Build(BuildArgs),
    Inspect(InspectArgs),
    Wast(WastArgs),
}

/// Compile a component in memory and run it
///
/// A command (a component that exports wasi:cli/run) is run with the arguments that follow FILE. With
/// --invoke, one exported function is called and its result printed.
///
/// The exit code is the guest's; 134 if it trapped, 1 if that was because of text or a handle that is not
/// valid; 1 if it could not be compiled.
#[derive(Debug, Args)]
#[command(after_help = RUN_EXAMPLES)]
pub struct RunArgs {
    /// The component, and the arguments that it gets
    ///
    /// FILE is a component in binary or text form, or - for standard input. --dir, --env, --with and
    /// --invoke directly after FILE are still weldc's; everything from the first other argument on, or after --,
    /// is the guest's.
    #[arg(
        value_names = ["FILE", "ARGS"], required = true, num_args = 1.., trailing_var_arg = true
    )]
    pub guest: Vec<std::ffi::OsString>,

    /// Call one export instead: 'function(arguments)' in WAVE syntax
    ///
    /// The function is named by itself if that is unambiguous, or with its interface:
    /// 'add(1, 2)', 'ns:pkg/api.add(1, 2)', 'ns:pkg/api@1.0.0#add(1, 2)'.
    #[arg(long, value_name = "CALL")]
    pub invoke: Option<String>,

    /// Tell a profiler the names of the guest's functions
    #[arg(long, value_name = "HOW", value_enum)]
    pub profile: Option<Profile>,

    #[command(flatten)]
    pub grants: GrantArgs,
    #[command(flatten)]
    pub compile: CompileArgs,
}

const RUN_EXAMPLES: &str = "\
Examples:
  weldc run hello.wasm
  weldc run --dir data::/ --env LANG=C tool.wasm input.txt
  weldc run --invoke 'greet(\"world\")' lib.wasm";

/// Compile a component to an object, a library, an executable, a header
///
/// What is made follows from the ending of OUT (.o .a .so .h .clif .s; none: an executable), or from --emit.
#[derive(Debug, Args)]
#[command(after_help = BUILD_EXAMPLES)]
pub struct BuildArgs {
    /// A component in binary or text form, or - for standard input
    pub file: PathBuf,

    /// Where to write the output; - for standard output
    #[arg(short, long, value_name = "OUT")]
    pub output: Option<PathBuf>,
    /// What to write, into --out-dir (a list)
    #[arg(long, value_name = "KIND", value_enum, value_delimiter = ',')]
    pub emit: Vec<Kind>,
    /// The directory for --emit
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    pub out_dir: Option<PathBuf>,

    /// What every symbol begins with [default: the name of FILE]
    #[arg(long, value_parser = parse_prefix)]
    pub prefix: Option<String>,
    /// How the component's imports reach your functions [default: table for .so, else link]
    #[arg(long, value_name = "HOW", value_enum)]
    pub imports: Option<ImportMode>,

    /// Keep what debuggers and backtraces need: source lines and functions, from the component's DWARF
    ///
    /// Nothing is inlined then, so that a debugger meets every function.
    #[arg(short = 'g')]
    pub debug: bool,
    /// Compile for this target, with no CPU features but those of --cpu [default: this machine's]
    #[arg(long, value_name = "TRIPLE", value_parser = parse_triple)]
    pub target: Option<target_lexicon::Triple>,
    /// The C compiler that links [default: $CC, or cc]
    #[arg(long, value_name = "CC")]
    pub linker: Option<PathBuf>,
    /// The runtime archive to link, for targets that weldc has none for
    #[arg(long, value_name = "ARCHIVE")]
    pub runtime: Option<PathBuf>,

    #[command(flatten)]
    pub grants: GrantArgs,
    #[command(flatten)]
    pub compile: CompileArgs,
}

const BUILD_EXAMPLES: &str = "\
Examples:
  weldc build hello.wasm -o hello                   an executable
  weldc build calc.wasm -o libcalc.so               a shared library
  weldc build calc.wasm --emit static,header --out-dir out";

/// Show what is in a component
///
/// Its imports and exports with their types, the core instances and memories, the features it uses, sizes.
#[derive(Debug, Args)]
pub struct InspectArgs {
    /// A component in binary or text form, or - for standard input
    pub file: PathBuf,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    /// What to bind an import to: a core module, or a component
    #[arg(long, value_name = "NAME=FILE")]
    pub with: Vec<With>,
    /// WebAssembly features to allow
    #[arg(long, value_name = "LIST", value_parser = parse_features)]
    pub features: Option<WasmFeatures>,
}

/// Run scripts of the test suites of WebAssembly and the Component Model
///
/// Prints what failed and what was skipped, and how many directives passed and failed. The exit code is 1 if
/// any failed.
#[derive(Debug, Args)]
pub struct WastArgs {
    /// Scripts (.wast)
    #[arg(required = true)]
    pub files: Vec<PathBuf>,

    /// Optimise: 0 (none), 1 (speed), s (speed_and_size)
    #[arg(
        short = 'O',
        value_name = "LEVEL",
        value_enum,
        default_value = "speed",
        hide_possible_values = true
    )]
    pub opt: OptLevel,
    /// Do not copy small functions into their callers
    #[arg(long)]
    pub no_inline: bool,
    /// CPU features to use (a list: avx2,bmi1), or native for this machine's [default: native]
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    pub cpu: Vec<String>,
    /// WebAssembly features to allow (a list: all,-gc)
    #[arg(long, value_name = "LIST", value_parser = parse_features, allow_hyphen_values = true)]
    pub features: Option<WasmFeatures>,
    /// Check the bounds of every access instead of relying on guard pages
    #[arg(long)]
    pub checked_memory: bool,
}

/// What a command is granted.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "What the guest is granted")]
pub struct GrantArgs {
    /// A directory of the host's, and what the guest calls it
    #[arg(long = "dir", value_name = "HOST[::GUEST]")]
    pub dirs: Vec<Dir>,
    /// An environment variable; without a value, it is taken from weldc's environment
    #[arg(long = "env", value_name = "NAME[=VALUE]")]
    pub env: Vec<EnvVar>,
}

/// How to compile.
#[derive(Debug, Args)]
#[command(next_help_heading = "How to compile")]
pub struct CompileArgs {
    /// Optimise: 0 (none), 1 (speed), s (speed_and_size)
    #[arg(
        short = 'O',
        value_name = "LEVEL",
        value_enum,
        default_value = "speed",
        hide_possible_values = true
    )]
    pub opt: OptLevel,
    /// Do not copy small functions into their callers
    #[arg(long)]
    pub no_inline: bool,
    /// CPU features to use (a list: avx2,bmi1), or native for this machine's [run: native]
    #[arg(long, value_name = "FEATURES", value_delimiter = ',')]
    pub cpu: Vec<String>,
    /// WebAssembly features to allow (a list: all,-gc)
    #[arg(long, value_name = "LIST", value_parser = parse_features, allow_hyphen_values = true)]
    pub features: Option<WasmFeatures>,
    /// What to bind an import to: a core module, a component, or a component whose instance it is
    ///
    /// FILE, in binary or text form, is compiled as if it were nested in the component. The exports of an
    /// instance are the import; its own imports are bound like the component's.
    #[arg(long, value_name = "NAME=FILE")]
    pub with: Vec<With>,
    /// Stack that the guest may use: bytes, or with K, M
    #[arg(long, value_name = "SIZE", value_parser = parse_size, default_value = "1M")]
    pub max_wasm_stack: u64,
    /// What to do with imports that nothing serves, and with built-ins that are not compiled yet
    #[arg(long, value_name = "HOW", value_enum, default_value = "error")]
    pub unknown_imports: UnknownImports,
    /// Write everything needed to repeat this compilation to DIR
    #[arg(long, value_name = "DIR")]
    pub save_dir: Option<PathBuf>,
    /// Print how long each phase takes
    #[arg(long)]
    pub time: bool,
    /// Check the code generator's input, too
    #[arg(long, hide = true)]
    pub verify: bool,
}

impl CompileArgs {
    /// Whether small functions are copied into their callers.
    pub fn inlines(&self) -> bool {
        !self.no_inline && self.opt != OptLevel::None
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum UnknownImports {
    /// Refuse the component, naming them
    Error,
    /// Trap when one is called
    Trap,
}

#[cfg(test)]
mod tests;

/// Ends the program as clap does when an argument is wrong.
pub fn usage_error(command: &str, message: &str) -> ! {
    use clap::CommandFactory;
    let mut cli = Cli::command();
    cli.build();
    let command = cli.find_subcommand_mut(command).expect("it is one of ours");
    command.error(clap::error::ErrorKind::InvalidValue, message).exit()
}

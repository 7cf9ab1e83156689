//! What `weldc build` is asked to make.

use super::output::{Destination, Output};
use crate::args::{BuildArgs, ImportMode, Kind, UnknownImports};
use crate::input::Input;
use crate::report::Failure;
use anyhow::Result;
use std::path::{Path, PathBuf};

/// A compilation to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variant {
    /// Imports that WASI does not serve are the embedder's, or trap.
    Library(Option<ImportMode>),
    /// With `main`; every import must be served.
    Command,
}

impl Variant {
    /// How the embedder serves imports, if it may.
    pub fn imports(self) -> Option<ImportMode> {
        match self {
            Variant::Library(mode) => mode,
            Variant::Command => None,
        }
    }
}

pub struct Plan {
    pub prefix: String,
    pub variants: Vec<(Variant, Vec<Output>)>,
}

/// Decides what to make and where.
pub fn plan(args: &BuildArgs, input: &Input) -> Result<Plan> {
    let outputs = outputs(args, input)?;
    for output in &outputs {
        refuse_input(output, &args.file)?;
    }
    let prefix = args.prefix.clone().unwrap_or_else(|| input.prefix());
    Ok(Plan { prefix, variants: variants(args, outputs)? })
}

fn outputs(args: &BuildArgs, input: &Input) -> Result<Vec<Output>> {
    let mut kinds = args.emit.clone();
    let mut seen = Vec::new();
    kinds.retain(|kind| {
        !seen.contains(kind) && {
            seen.push(*kind);
            true
        }
    });
    match (&args.output, &kinds[..]) {
        (Some(path), []) => Ok(vec![Output::new(kind_of(path)?, path)]),
        (Some(path), [kind]) => Ok(vec![Output::new(*kind, path)]),
        (Some(_), _) => Err(Failure::new("-o names one file, but --emit asks for several")
            .help("use --out-dir DIR in place of -o")
            .into()),
        (None, []) => Ok(vec![in_dir(args, input, Kind::Exe)]),
        (None, kinds) => Ok(kinds.iter().map(|&kind| in_dir(args, input, kind)).collect()),
    }
}

/// The kind that a file's ending stands for; any other name is an executable's.
fn kind_of(path: &Path) -> Result<Kind> {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    if path.file_name().is_some_and(|name| name.to_string_lossy().contains(".so.")) {
        return Ok(Kind::Shared);
    }
    Ok(match &ending[..] {
        "o" => Kind::Object,
        "a" => Kind::Static,
        "so" => Kind::Shared,
        "h" => Kind::Header,
        "clif" => Kind::Clif,
        "s" => Kind::Asm,
        "wasm" | "wat" | "cwasm" | "obj" | "lib" | "dll" | "dylib" | "c" | "rs" => {
            return Err(Failure::new(format!("weldc does not make .{ending} files"))
                .help("-o ends in .o, .a, .so, .h, .clif or .s; an executable has no ending")
                .into());
        }
        _ if path == Path::new("-") => {
            return Err(Failure::new("`-o -` does not say what to write")
                .help("add --emit, for example `--emit header -o -`")
                .into());
        }
        _ => Kind::Exe,
    })
}

fn in_dir(args: &BuildArgs, input: &Input, kind: Kind) -> Output {
    let name = kind.file_name(&input.stem);
    let dir = args.out_dir.clone().unwrap_or_else(|| PathBuf::from("."));
    Output::new(kind, &dir.join(name))
}

impl Kind {
    /// The usual name of such a file.
    fn file_name(self, stem: &str) -> String {
        match self {
            Kind::Object => format!("{stem}.o"),
            Kind::Static => format!("lib{stem}.a"),
            Kind::Shared => format!("lib{stem}.so"),
            Kind::Exe => stem.to_string(),
            Kind::Header => format!("{stem}.h"),
            Kind::Clif => format!("{stem}.clif"),
            Kind::Asm => format!("{stem}.s"),
        }
    }

    fn is_library(self) -> bool {
        matches!(self, Kind::Object | Kind::Static | Kind::Shared | Kind::Header)
    }

    /// Whether it is made from the object file.
    pub fn is_machine_code(self) -> bool {
        matches!(self, Kind::Object | Kind::Static | Kind::Shared | Kind::Exe)
    }

    /// What `--time` calls making it.
    pub fn phase(self) -> &'static str {
        match self {
            Kind::Object => "write",
            Kind::Static => "archive",
            Kind::Shared | Kind::Exe => "link",
            Kind::Header => "header",
            Kind::Clif | Kind::Asm => "listing",
        }
    }
}

/// Sorts outputs by the compilation that they come from. Listings show the library, if there is one.
fn variants(args: &BuildArgs, outputs: Vec<Output>) -> Result<Vec<(Variant, Vec<Output>)>> {
    let has_exe = outputs.iter().any(|output| output.kind == Kind::Exe);
    let has_library = outputs.iter().any(|output| output.kind.is_library());
    if has_exe && !has_library && args.imports.is_some() {
        return Err(Failure::new("an executable has no program around it to serve --imports")
            .help("build an object (`-o NAME.o`) and link it with the functions it imports")
            .into());
    }
    let shared = outputs.iter().any(|output| output.kind == Kind::Shared);
    let library = Variant::Library(import_mode(args, shared));
    let (command, rest): (Vec<_>, Vec<_>) = outputs
        .into_iter()
        .partition(|output| output.kind == Kind::Exe || (has_exe && !has_library));
    let variants = [(library, rest), (Variant::Command, command)];
    Ok(variants.into_iter().filter(|(_, outputs)| !outputs.is_empty()).collect())
}

/// One mode for all libraries of one build, since one header describes them.
fn import_mode(args: &BuildArgs, shared: bool) -> Option<ImportMode> {
    match (args.imports, args.compile.unknown_imports) {
        (Some(mode), _) => Some(mode),
        (None, UnknownImports::Trap) => None,
        (None, UnknownImports::Error) if shared => Some(ImportMode::Table),
        (None, UnknownImports::Error) => Some(ImportMode::Link),
    }
}

/// An output must not replace the input.
fn refuse_input(output: &Output, input: &Path) -> Result<()> {
    let Destination::File(path) = &output.destination else { return Ok(()) };
    let same = match (path.canonicalize(), input.canonicalize()) {
        (Ok(output), Ok(input)) => output == input,
        _ => false,
    };
    if same {
        let message = format!("{} is the input; it would be replaced", path.display());
        return Err(Failure::new(message).help("name another file with -o").into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Cli, Command};
    use clap::Parser;

    type Planned = Vec<(Variant, Vec<(Kind, String)>)>;

    fn plan_of(words: &[&str]) -> Result<Planned> {
        let words = ["weldc", "build", "dir/calc.wasm"].iter().chain(words);
        let Command::Build(args) = Cli::try_parse_from(words)?.command else { unreachable!() };
        let input = Input {
            display: String::new(),
            stem: "calc".to_string(),
            file_name: "calc.wasm".to_string(),
            source: Vec::new(),
            bytes: Vec::new(),
            given: Vec::new(),
        };
        let name = |output: Output| (output.kind, output.destination.to_string());
        let variants = plan(&args, &input)?.variants.into_iter();
        Ok(variants.map(|(v, outputs)| (v, outputs.into_iter().map(name).collect())).collect())
    }

    #[test]
    fn the_kind_follows_from_the_ending() {
        let kind = |path: &str| kind_of(Path::new(path)).ok();
        for (path, expected) in [
            ("a.o", Kind::Object),
            ("x/liba.a", Kind::Static),
            ("liba.so", Kind::Shared),
            ("liba.so.1", Kind::Shared),
            ("a.h", Kind::Header),
            ("a.clif", Kind::Clif),
            ("a.s", Kind::Asm),
            ("a", Kind::Exe),
            ("tool-1.2", Kind::Exe),
        ] {
            assert_eq!(kind(path), Some(expected), "{path}");
        }
        assert_eq!(kind("a.wasm"), None);
        assert_eq!(kind("-"), None);
    }

    #[test]
    fn libraries_and_an_executable_are_two_compilations() {
        let variants = plan_of(&["--emit", "exe,object,header", "--out-dir", "o"]).unwrap();
        let library = Variant::Library(Some(ImportMode::Link));
        let object = (Kind::Object, "o/calc.o".to_string());
        let header = (Kind::Header, "o/calc.h".to_string());
        let exe = (Kind::Exe, "o/calc".to_string());
        assert_eq!(variants, [(library, vec![object, header]), (Variant::Command, vec![exe])]);
    }

    #[test]
    fn a_shared_library_gets_its_imports_in_a_table() {
        let mode = |words: &[&str]| plan_of(words).unwrap()[0].0.imports();
        assert_eq!(mode(&["-o", "a.so"]), Some(ImportMode::Table));
        assert_eq!(mode(&["-o", "a.a"]), Some(ImportMode::Link));
        assert_eq!(mode(&["-o", "a.so", "--imports=link"]), Some(ImportMode::Link));
        assert_eq!(mode(&["-o", "a.a", "--unknown-imports=trap"]), None);
        assert_eq!(mode(&["-o", "app"]), None);
    }

    #[test]
    fn contradictions_are_refused() {
        assert!(plan_of(&["-o", "a.o", "--emit", "object,header"]).is_err());
        assert!(plan_of(&["-o", "app", "--imports=link"]).is_err());
    }
}

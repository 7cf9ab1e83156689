//! Runs compilers and keeps what they made.
//!
//! A product is named after everything that went into it: the command, the contents of its inputs and the
//! compiler's version. If it is there, it is not made again.

use anyhow::{Context, Result, ensure};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The names of clang, the newest first.
pub const CLANG: &[&str] = &["clang-21", "clang-20", "clang-19", "clang"];

pub struct Workshop {
    folder: PathBuf,
}

/// A command that makes one file.
pub struct Recipe<'a> {
    /// What the product is called, to which its hash is added.
    pub name: &'a str,
    /// Its ending, with the dot.
    pub ending: &'a str,
    pub program: &'a str,
    /// Files that the command reads.
    pub inputs: &'a [&'a Path],
    /// `OUT` in them stands for the product.
    pub args: Vec<String>,
}

impl Workshop {
    /// In the package's own target folder.
    pub fn new() -> Result<Workshop> {
        let folder = package().join("target/guests");
        std::fs::create_dir_all(&folder)?;
        Ok(Workshop { folder })
    }

    pub fn make(&self, recipe: &Recipe<'_>) -> Result<PathBuf> {
        let hash = recipe.hash()?;
        let file = |ending: &str| self.folder.join(format!("{}-{hash:016x}{ending}", recipe.name));
        let (product, unfinished) = (file(recipe.ending), file(&format!(".new{}", recipe.ending)));
        if !product.exists() {
            let out = unfinished.to_string_lossy();
            let args: Vec<_> = recipe.args.iter().map(|arg| arg.replace("OUT", &out)).collect();
            run(recipe.program, &args)?;
            std::fs::rename(&unfinished, &product)?;
        }
        Ok(product)
    }

    /// Writes a file that commands read.
    pub fn write(&self, name: &str, contents: &[u8]) -> Result<PathBuf> {
        let path = self.folder.join(name);
        std::fs::write(&path, contents)?;
        Ok(path)
    }
}

impl Recipe<'_> {
    fn hash(&self) -> Result<u64> {
        let mut hasher = DefaultHasher::new();
        (&self.args, self.program, version(self.program)).hash(&mut hasher);
        for input in self.inputs {
            std::fs::read(input).with_context(|| input.display().to_string())?.hash(&mut hasher);
        }
        Ok(hasher.finish())
    }
}

/// Where the package's sources are.
pub fn package() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The file in `kernels`.
pub fn kernel_file(name: &str) -> PathBuf {
    package().join("kernels").join(name)
}

/// What a program says to `--version` first, if it is there.
pub fn version(program: &str) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().next().map(str::to_string).filter(|_| output.status.success())
}

/// The first of the programs that is installed.
pub fn installed<'a>(programs: &[&'a str]) -> Option<&'a str> {
    programs.iter().find(|program| version(program).is_some()).copied()
}

fn run(program: &str, args: &[String]) -> Result<()> {
    let output = Command::new(program)
        .args(args)
        .output()
        .with_context(|| format!("cannot start {program}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{program} {}: {}\n{said}", args.join(" "), output.status);
    Ok(())
}

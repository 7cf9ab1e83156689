//! The C sources as WebAssembly.
//!
//! The modules of kernels.c are checked in. SQLite's are made here, by the first clang that has the target.

use crate::kernels::{KERNELS, Source};
use crate::workshop::{CLANG, Recipe, Workshop, installed, kernel_file, package};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use wit_component::{ComponentEncoder, StringEncoding};
use wit_parser::Resolve;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Variant {
    /// WebAssembly 1.0 with bulk memory, sign extension and saturating conversions
    Plain,
    /// The same with -msimd128
    Simd,
}

impl Variant {
    pub fn name(self) -> &'static str {
        match self {
            Variant::Plain => "plain",
            Variant::Simd => "simd",
        }
    }
}

/// One source in one variant. Natively there are no variants.
pub struct Guest {
    pub source: Source,
    pub variant: Variant,
    pub module: Vec<u8>,
    /// The module in a component that exports the same functions.
    pub component: Vec<u8>,
}

impl Guest {
    pub fn new(source: Source, variant: Variant, workshop: &Workshop) -> Result<Guest> {
        let path = match source {
            Source::Kernels => kernel_file(match variant {
                Variant::Plain => "kernels.core.wasm",
                Variant::Simd => "kernels-simd.core.wasm",
            }),
            Source::Sqlite => compile(variant, workshop)?,
        };
        let module = std::fs::read(&path).with_context(|| path.display().to_string())?;
        let component = component(source, &module)?;
        Ok(Guest { source, variant, module, component })
    }

    /// Source and variant, for names of files.
    pub fn name(&self) -> String {
        format!("{}-{}", self.source.name(), self.variant.name())
    }
}

/// The C file of a source, and what native and other compilers need to be told about it.
pub fn c_source(source: Source) -> (PathBuf, Vec<String>) {
    let mut flags: Vec<String> =
        ["-std=c11", "-O3", "-ffp-contract=off", "-fno-math-errno", "-fvisibility=hidden"]
            .map(String::from)
            .to_vec();
    match source {
        Source::Kernels => (kernel_file("kernels.c"), flags),
        Source::Sqlite => {
            let amalgamation = amalgamation().display();
            flags.extend(["-w", "-DNDEBUG", "-isystem"].map(String::from));
            flags.push(amalgamation.to_string());
            (kernel_file("sqlite.c"), flags)
        }
    }
}

/// The folder with sqlite3.c, in the sources of the crate that bundles it.
fn amalgamation() -> &'static Path {
    Path::new(env!("SQLITE_AMALGAMATION"))
}

/// SQLite as a module; the flags are those of `kernels/build`.
fn compile(variant: Variant, workshop: &Workshop) -> Result<PathBuf> {
    let (c, flags) = c_source(Source::Sqlite);
    let clang = installed(CLANG).context("no clang")?;
    let mut args: Vec<String> = [
        "--target=wasm32",
        "-mcpu=mvp",
        "-mbulk-memory",
        "-msign-ext",
        "-mnontrapping-fptoint",
        "-mmutable-globals",
        "-nostdlib",
        "-Wl,--no-entry",
        "-Wl,-z,stack-size=262144",
        "-Wl,--strip-debug",
        "-o",
        "OUT",
    ]
    .map(String::from)
    .to_vec();
    if variant == Variant::Simd {
        args.push("-msimd128".to_string());
    }
    args.push(format!("-I{}", package().join("kernels/include").display()));
    args.extend(flags);
    args.push(c.display().to_string());
    workshop.make(&Recipe {
        name: &format!("sqlite-{}", variant.name()),
        ending: ".wasm",
        program: clang,
        inputs: &[&c],
        args,
    })
}

/// Wraps a module; its exports become the component's.
fn component(source: Source, module: &[u8]) -> Result<Vec<u8>> {
    let mut wit = format!("package weldc:{0};\nworld {0} {{\n", source.name());
    for kernel in KERNELS.iter().filter(|kernel| kernel.source == source) {
        wit += &format!("  export {}: func(n: u32) -> u64;\n", kernel.export());
    }
    wit += "}\n";
    let mut resolve = Resolve::default();
    let package = resolve.push_str("kernels.wit", &wit)?;
    let world = resolve.select_world(&[package], None)?;
    let mut module = module.to_vec();
    wit_component::embed_component_metadata(
        &mut module,
        &resolve,
        world,
        StringEncoding::UTF8,
        false,
    )?;
    ComponentEncoder::default().module(&module)?.encode()
}

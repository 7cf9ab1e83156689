//! wasm2c of wabt: the module as C, compiled by clang.

use super::library::CLibrary;
use super::{Kind, Peer, Program};
use crate::guest::{Guest, Variant};
use crate::kernels::{KERNELS, Source};
use crate::workshop::{CLANG, Recipe, Workshop, installed, version};
use anyhow::{Context, Result};
use std::path::{Path, PathBuf};

pub struct Wasm2c;

const PROGRAM: &str = "wasm2c";

/// Where distributions put the sources of its runtime.
const RUNTIMES: &[&str] = &["/usr/share/wabt/wasm2c", "/usr/local/share/wabt/wasm2c"];

fn runtime() -> Result<PathBuf> {
    let file = |folder: &&str| Path::new(folder).join("wasm-rt-impl.c");
    RUNTIMES.iter().map(file).find(|path| path.exists()).context("no wasm-rt-impl.c of wasm2c")
}

fn clang() -> Result<&'static str> {
    installed(CLANG).context("no clang")
}

impl Peer for Wasm2c {
    fn name(&self) -> &str {
        "wasm2c"
    }

    fn kind(&self) -> Kind {
        Kind::Compiled
    }

    fn describe(&self) -> Result<String> {
        let wasm2c = version(PROGRAM).context("wasm2c is not installed")?;
        runtime()?;
        Ok(format!("wasm2c {wasm2c}; {} -O3", version(clang()?).unwrap_or_default()))
    }

    /// Versions before 1.0.33 know no SIMD; later ones need a library for it.
    fn takes(&self, guest: &Guest) -> bool {
        guest.variant == Variant::Plain
    }

    fn load(&self, guest: &Guest, workshop: &Workshop) -> Result<Box<dyn Program>> {
        let module = workshop.write(&format!("{}.core.wasm", guest.name()), &guest.module)?;
        let c = workshop.make(&Recipe {
            name: &format!("{}-wasm2c", guest.name()),
            ending: ".c",
            program: PROGRAM,
            inputs: &[&module],
            args: arguments(&["-n", "guest", "-o", "OUT", &module.to_string_lossy()]),
        })?;
        let glue = glue(guest.source, &c);
        let glue = workshop.write(&format!("{}-glue.c", guest.name()), glue.as_bytes())?;
        let (glue_arg, runtime) = (glue.to_string_lossy(), runtime()?);
        let mut args =
            arguments(&["-O3", "-w", "-fPIC", "-shared", "-fvisibility=hidden", "-o", "OUT"]);
        args.extend(arguments(&[&glue_arg, &runtime.to_string_lossy(), "-lm"]));
        let library = workshop.make(&Recipe {
            name: &format!("{}-wasm2c", guest.name()),
            ending: ".so",
            program: clang()?,
            inputs: &[&c, &glue],
            args,
        })?;
        // SAFETY: `glue` gives it the functions of the source.
        Ok(Box::new(unsafe { CLibrary::open(&library) }?))
    }
}

fn arguments(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| word.to_string()).collect()
}

/// C that instantiates the module when the library is loaded, and calls it under the kernels' names.
fn glue(source: Source, module: &Path) -> String {
    let mut text = format!(
        "#include \"{}\"\n\
         static Z_guest_instance_t instance;\n\
         __attribute__((constructor)) static void start(void) {{\n  \
           wasm_rt_init();\n  Z_guest_init_module();\n  Z_guest_instantiate(&instance);\n}}\n",
        module.display()
    );
    for kernel in KERNELS.iter().filter(|kernel| kernel.source == source) {
        let (symbol, mangled) = (kernel.symbol(), kernel.export().replace('-', "Z2D"));
        text += &format!(
            "__attribute__((visibility(\"default\"))) u64 {symbol}(u32 n) {{\n  \
               return Z_guestZ_{mangled}(&instance, n);\n}}\n"
        );
    }
    text
}

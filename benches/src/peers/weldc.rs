//! weldc: the component as a shared library, with default options but for the processor, called through
//! its C functions.

use super::{Kind, Peer, Program};
use crate::guest::Guest;
use crate::kernels::Kernel;
use crate::welded::{Instance, Welded};
use crate::workshop::{Recipe, Workshop, package, version};
use anyhow::{Context, Result, ensure};
use std::ffi::c_void;
use std::path::Path;
use std::ptr::null;
use std::rc::Rc;

pub struct Weldc {
    name: String,
    program: String,
    /// For `--cpu`: the other compilers of WebAssembly use what they find, too.
    cpu: String,
    /// For `--features`; empty for those that are on.
    features: &'static str,
}

impl Weldc {
    /// `text` is `PATH`, or `NAME=PATH` where several compilers are compared.
    pub fn new(text: &str, cpu: &str) -> Weldc {
        let (name, program) = text.split_once('=').unwrap_or(("weldc", text));
        Weldc {
            name: name.to_string(),
            program: program.to_string(),
            cpu: cpu.to_string(),
            features: "",
        }
    }

    /// Lets guests use what is no standard yet.
    pub fn with_all_features(self) -> Weldc {
        Weldc { features: "all", ..self }
    }

    pub fn program(&self) -> &str {
        &self.program
    }

    /// Compiles the component in the file `input` and loads it.
    pub fn library(&self, name: &str, input: &Path, workshop: &Workshop) -> Result<Welded> {
        let prefix = format!("w_{}", name.replace('-', "_"));
        let args = ["build", &input.to_string_lossy(), "--prefix", &prefix, "--cpu", &self.cpu]
            .into_iter()
            .chain(["-o", "OUT"])
            .chain(
                (!self.features.is_empty())
                    .then_some(["--features", self.features])
                    .into_iter()
                    .flatten(),
            )
            .map(String::from)
            .collect();
        let library = workshop.make(&Recipe {
            name: &format!("{name}-weldc"),
            ending: ".so",
            program: &self.program,
            inputs: &[input, Path::new(&self.program)],
            args,
        })?;
        // SAFETY: that is what was made.
        unsafe { Welded::open(&library, prefix) }
    }

    /// The compiler of this checkout.
    pub fn default_program() -> String {
        package().join("../target/release/weldc").display().to_string()
    }
}

impl Peer for Weldc {
    fn name(&self) -> &str {
        &self.name
    }

    fn kind(&self) -> Kind {
        Kind::Weldc
    }

    fn describe(&self) -> Result<String> {
        let version = version(&self.program).with_context(|| format!("no {}", self.program))?;
        Ok(format!("{version}; --cpu {}", self.cpu))
    }

    fn load(&self, guest: &Guest, workshop: &Workshop) -> Result<Box<dyn Program>> {
        let input = workshop.write(&format!("{}.wasm", guest.name()), &guest.component)?;
        let library = self.library(&guest.name(), &input, workshop)?;
        // SAFETY: a component of kernels has no imports.
        Ok(Box::new(unsafe { Instance::new(&Rc::new(library), null()) }?))
    }
}

type Function = unsafe extern "C" fn(*mut c_void, u32, *mut u64) -> i32;

impl Program for Instance {
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64> {
        let mut result = 0;
        // SAFETY: that is the type of every kernel; the instance lives.
        let status = unsafe {
            let function: Function = self.library().function(&kernel.symbol())?;
            function(self.context(), n, &mut result)
        };
        ensure!(status == 0, "{status}: {}", self.message().to_string_lossy());
        Ok(result)
    }
}

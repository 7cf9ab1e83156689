//! The C source, compiled for this machine: what all others are compared with.

use super::library::CLibrary;
use super::{Kind, Peer, Program};
use crate::guest::{Guest, c_source};
use crate::workshop::{CLANG, Recipe, Workshop, installed, version};
use anyhow::{Context, Result};

struct Native {
    name: &'static str,
    /// The first that is installed is taken.
    programs: &'static [&'static str],
    march: &'static str,
}

/// x86-64 has SSE2 only, as distributions compile for it; elsewhere it means nothing.
const BASELINE: &str = if cfg!(target_arch = "x86_64") { "-march=x86-64" } else { "-O3" };

pub fn peers() -> Vec<Box<dyn Peer>> {
    vec![
        Box::new(Native { name: "clang", programs: CLANG, march: BASELINE }),
        Box::new(Native { name: "clang-native", programs: CLANG, march: "-march=native" }),
        Box::new(Native { name: "gcc", programs: &["gcc"], march: BASELINE }),
    ]
}

impl Native {
    fn program(&self) -> Result<&'static str> {
        installed(self.programs).with_context(|| format!("{} is not installed", self.programs[0]))
    }
}

impl Peer for Native {
    fn name(&self) -> &str {
        self.name
    }

    fn kind(&self) -> Kind {
        Kind::Native
    }

    fn describe(&self) -> Result<String> {
        let version = version(self.program()?).unwrap_or_default();
        Ok(format!("{version}; -O3 {}", self.march))
    }

    fn load(&self, guest: &Guest, workshop: &Workshop) -> Result<Box<dyn Program>> {
        let (c, mut args) = c_source(guest.source);
        args.extend([self.march, "-fPIC", "-shared", "-o", "OUT"].map(String::from));
        args.push(c.display().to_string());
        let library = workshop.make(&Recipe {
            name: &format!("{}-{}", guest.source.name(), self.name),
            ending: ".so",
            program: self.program()?,
            inputs: &[&c],
            args,
        })?;
        // SAFETY: that is what was compiled.
        Ok(Box::new(unsafe { CLibrary::open(&library) }?))
    }
}

//! wasm3, an interpreter in C: out of its sources, which the environment variable `WASM3` names (the folder
//! with wasm3.h). The bindings in the registry bundle a version without bulk memory.

use super::library::CLibrary;
use super::{Kind, Peer, Program};
use crate::guest::{Guest, Variant};
use crate::kernels::{KERNELS, Source};
use crate::workshop::{CLANG, Recipe, Workshop, installed, version};
use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};

pub struct Wasm3;

fn sources() -> Result<PathBuf> {
    let folder = PathBuf::from(std::env::var("WASM3").context("WASM3 does not name its sources")?);
    ensure!(folder.join("wasm3.h").exists(), "{} has no wasm3.h", folder.display());
    Ok(folder)
}

fn clang() -> Result<&'static str> {
    installed(CLANG).context("no clang")
}

impl Peer for Wasm3 {
    fn name(&self) -> &str {
        "wasm3"
    }

    fn kind(&self) -> Kind {
        Kind::Interpreter
    }

    fn describe(&self) -> Result<String> {
        let header = std::fs::read_to_string(sources()?.join("wasm3.h"))?;
        let line = header.lines().find_map(|line| line.strip_prefix("#define M3_VERSION "));
        let own = line.unwrap_or_default().trim().trim_matches('"');
        Ok(format!("wasm3 {own}; {} -O3", version(clang()?).unwrap_or_default()))
    }

    /// It knows no SIMD.
    fn takes(&self, guest: &Guest) -> bool {
        guest.variant == Variant::Plain
    }

    fn load(&self, guest: &Guest, workshop: &Workshop) -> Result<Box<dyn Program>> {
        let folder = sources()?;
        let module = workshop.write(&format!("{}.core.wasm", guest.name()), &guest.module)?;
        let glue = glue(guest.source, &module);
        let glue = workshop.write(&format!("{}-wasm3.c", guest.name()), glue.as_bytes())?;
        let mut files = vec![glue.clone()];
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.ends_with(".c") && !name.starts_with("m3_api_") {
                files.push(path);
            }
        }
        files.sort();
        let include = format!("-I{}", folder.display());
        let flags = ["-O3", "-w", "-fPIC", "-shared", "-fvisibility=hidden", "-o", "OUT", &include];
        let mut args: Vec<String> = flags.map(String::from).to_vec();
        args.extend(files.iter().map(|file| file.display().to_string()));
        args.push("-lm".to_string());
        let inputs: Vec<&Path> = files.iter().map(PathBuf::as_path).collect();
        let library = workshop.make(&Recipe {
            name: &format!("{}-wasm3", guest.name()),
            ending: ".so",
            program: clang()?,
            inputs: &inputs,
            args,
        })?;
        // SAFETY: `glue` gives it the functions of the source.
        Ok(Box::new(unsafe { CLibrary::open(&library) }?))
    }
}

/// C that loads the module when the library is loaded, and calls it under the kernels' names.
fn glue(source: Source, module: &Path) -> String {
    let mut text = format!(
        r#"#include <stdio.h>
#include <stdlib.h>
#include "wasm3.h"
static IM3Runtime runtime;
static void check(M3Result result) {{
  if (result) {{ fprintf(stderr, "wasm3: %s\n", result); exit(1); }}
}}
static unsigned char bytes[8 << 20];
__attribute__((constructor)) static void start(void) {{
  FILE *file = fopen("{}", "rb");
  if (!file) check("no module");
  size_t size = fread(bytes, 1, sizeof bytes, file);
  fclose(file);
  IM3Environment environment = m3_NewEnvironment();
  runtime = m3_NewRuntime(environment, 1 << 20, NULL);
  IM3Module module;
  check(m3_ParseModule(environment, &module, bytes, size));
  check(m3_LoadModule(runtime, module));
}}
static uint64_t call(const char *name, uint32_t n) {{
  IM3Function function;
  uint64_t result = 0;
  check(m3_FindFunction(&function, runtime, name));
  check(m3_CallV(function, n));
  check(m3_GetResultsV(function, &result));
  return result;
}}
"#,
        module.display()
    );
    for kernel in KERNELS.iter().filter(|kernel| kernel.source == source) {
        text += &format!(
            "__attribute__((visibility(\"default\"))) uint64_t {}(uint32_t n) {{ return call(\"{}\", n); }}\n",
            kernel.symbol(),
            kernel.export()
        );
    }
    text
}

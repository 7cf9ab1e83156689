//! A component of any kind, compiled to an object that nobody runs.

use weldc_compiler::driver::Compilation;
use weldc_compiler::link::{Binding, ImportPolicy};
use weldc_compiler::options::CodeOptions;
use weldc_compiler::types::QualifiedName;
use weldc_compiler::{Error, Result};

/// Refuses nothing and binds nothing.
struct Anything;

impl ImportPolicy for Anything {
    fn func(&mut self, _: &QualifiedName, _: &str) -> Result<Binding> {
        Ok(Binding::Trap)
    }
    fn resource(&mut self, _: &QualifiedName) -> Result<Binding> {
        Ok(Binding::Nothing)
    }
}

/// Everything but the machine code, for one target and with every feature.
pub fn compilation(bytes: Vec<u8>, options: CodeOptions) -> Result<Compilation> {
    let options = CodeOptions {
        target: "x86_64-unknown-linux-gnu".parse().map_err(|e| Error::new(format!("{e}")))?,
        ..options
    };
    let features = wasmparser::WasmFeatures::all();
    Compilation::new(bytes, features, &mut Anything, options, &mut |_| {})
}

/// Compiles it to an object.
pub fn compile(bytes: Vec<u8>, options: CodeOptions) -> Result<()> {
    let compilation = compilation(bytes, options)?;
    let code = compilation.compile(&|| {})?;
    compilation.object(&code)?;
    Ok(())
}

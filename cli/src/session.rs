//! One compilation: what the commands share between reading the input and having code.

use crate::args::{CompileArgs, ImportMode, UnknownImports};
use crate::features;
use crate::input::Input;
use crate::policy::{Policy, Unserved};
use crate::progress::{Bar, Clock};
use anyhow::{Context, Result};
use wasmparser::WasmFeatures;
use weldc_compiler::Error;
use weldc_compiler::driver::Compilation;
use weldc_compiler::options::CodeOptions;

/// Parses, links and places the component; imports that nothing serves are an error that names them all.
pub fn front(
    input: &Input,
    args: &CompileArgs,
    imports: Option<ImportMode>,
    options: CodeOptions,
    clock: &mut Clock,
) -> Result<Compilation> {
    let unserved = match (imports, args.unknown_imports) {
        (Some(mode), _) => Unserved::Embedder(mode),
        (None, UnknownImports::Trap) => Unserved::Trap,
        (None, UnknownImports::Error) => Unserved::Refuse,
    };
    let mut policy = Policy::new(&options.prefix, unserved);
    policy.traps = args.unknown_imports == UnknownImports::Trap;
    let allowed = args.features.unwrap_or_else(features::default);
    let compilation =
        Compilation::new(input.sources(), allowed, &mut policy, options, &mut |phase| {
            clock.phase(phase)
        })
        .map_err(|error| advise(error, input, args.features))
        .with_context(|| input.display.clone())?;
    policy.finish().with_context(|| input.display.clone())?;
    Ok(compilation)
}

/// An error with the features that would have to be allowed, if that is all that is wrong with its input.
pub fn advise(error: Error, input: &Input, allowed: Option<WasmFeatures>) -> Error {
    let given = error.file().and_then(|file| {
        let inputs = input.given.iter().map(|(_, given)| given);
        inputs.into_iter().find(|given| given.display == file)
    });
    let bytes = &given.unwrap_or(input).bytes;
    let missing = features::missing(bytes, allowed.unwrap_or_else(features::default)).join(",");
    match allowed {
        _ if missing.is_empty() => error,
        None => error.help(format!("allow it with --features {missing}")),
        Some(_) => error.help(format!("allow it, too: add {missing} to --features")),
    }
}

/// Translates and compiles every function, with progress on a terminal; the object file.
pub fn object(input: &Input, compilation: &Compilation, clock: &mut Clock) -> Result<Vec<u8>> {
    let named = || input.display.clone();
    clock.phase("compile");
    let bar = Bar::new(compilation.funcs.keys.len());
    let code = compilation.compile(&|| bar.tick()).with_context(named)?;
    drop(bar);
    clock.phase("emit");
    compilation.object(&code).with_context(named)
}

//! One compilation: what the commands share between reading the input and having code.

use crate::args::{CompileArgs, ImportMode, UnknownImports};
use crate::features;
use crate::input::Input;
use crate::policy::{Policy, Unserved};
use crate::progress::{Bar, Clock};
use anyhow::{Context, Result};
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
        .with_context(|| input.display.clone())?;
    policy.finish().with_context(|| input.display.clone())?;
    Ok(compilation)
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

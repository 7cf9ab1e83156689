//! The runtime archive that an output is linked with.

use crate::args::BuildArgs;
use crate::report::Failure;
use crate::{support, target};
use anyhow::{Context, Result};
use target_lexicon::Triple;

/// `--runtime`, or the archive that is embedded for the target.
pub fn archive(args: &BuildArgs, triple: &Triple, wasi: bool) -> Result<Vec<u8>> {
    if let Some(path) = &args.runtime {
        return std::fs::read(path).with_context(|| format!("cannot read {}", path.display()));
    }
    if !target::is_host(triple) {
        return Err(Failure::new(format!(
            "this weldc, made for {}, has no runtime for {triple}",
            target::HOST
        ))
        .help(
            "objects (`-o NAME.o`) and headers need none; to link, give one with --runtime \
             (`cargo rustc -p weldc-archive --crate-type staticlib --features wasi --release \
             --target TRIPLE`)",
        )
        .into());
    }
    support::archive(wasi).context("the embedded runtime is damaged")
}

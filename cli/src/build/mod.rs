//! `weldc build`: a component becomes files.
//!
//! ```text
//!  arguments ──plan──▶ outputs ──compile──▶ object ──┬─▶ written as it is
//!                                                    ├─▶ archive, with the runtime's members
//!                                                    └─▶ link: cc, with the runtime's archive
//! ```
//! A library and an executable are two compilations: an executable has a `main`, and its imports must be
//! served. Every file is complete or not there.

mod archive;
mod link;
mod output;
mod plan;
mod runtime;

use crate::args::{BuildArgs, Kind};
use crate::input::Input;
use crate::progress::Clock;
use crate::report::Failure;
use crate::{reproducer, session, target, wasi};
use anyhow::Result;
use output::Output;
use plan::{Plan, Variant};
use weldc_compiler::compile::Listing;
use weldc_compiler::driver::Compilation;
use weldc_compiler::options::{CodeOptions, DebugInfo};

pub fn build(args: &BuildArgs) -> Result<()> {
    let input = Input::read(&args.file, &args.compile.with)?;
    if let Some(dir) = &args.compile.save_dir {
        reproducer::save(dir, &input, &args.file, &args.compile)?;
    }
    let mut clock = Clock::new(args.compile.time);
    let plan = plan::plan(args, &input)?;
    for (variant, outputs) in &plan.variants {
        let options = options(args, &plan, *variant)?;
        let compilation =
            session::front(&input, &args.compile, variant.imports(), options, &mut clock)?;
        check_command(*variant, &compilation, &input)?;
        let job = Job { args, input: &input, compilation: &compilation };
        job.write(outputs, &mut clock)?;
    }
    Ok(())
}

fn options(args: &BuildArgs, plan: &Plan, variant: Variant) -> Result<CodeOptions> {
    let main = variant == Variant::Command;
    Ok(CodeOptions {
        target: target::triple(args.target.as_ref()),
        cpu_features: target::cpu_features(&args.compile.cpu, args.target.as_ref())?,
        opt: args.compile.opt.into(),
        inline: args.compile.inlines() && !args.debug,
        prefix: plan.prefix.clone(),
        stack_size: args.compile.max_wasm_stack,
        debug: if args.debug { DebugInfo::Full } else { DebugInfo::None },
        main: main.then(|| wasi::grants(&args.grants)),
        verify: args.compile.verify || cfg!(debug_assertions),
        ..CodeOptions::default()
    })
}

fn check_command(variant: Variant, compilation: &Compilation, input: &Input) -> Result<()> {
    if variant == Variant::Command && compilation.program.command().is_none() {
        return Err(Failure::new(format!(
            "{} is not a command: it does not export wasi:cli/run",
            input.display
        ))
        .help("make a library of it: `-o NAME.so`, `-o NAME.a`, or `-o NAME.o`, and `-o NAME.h`")
        .into());
    }
    Ok(())
}

/// One compilation and the arguments it was made with.
struct Job<'a> {
    args: &'a BuildArgs,
    input: &'a Input,
    compilation: &'a Compilation,
}

impl Job<'_> {
    fn write(&self, outputs: &[Output], clock: &mut Clock) -> Result<()> {
        let needs_code = outputs.iter().any(|output| output.kind.is_machine_code());
        let object = match needs_code {
            true => session::object(self.input, self.compilation, clock)?,
            false => Vec::new(),
        };
        for output in outputs {
            clock.phase(output.kind.phase());
            let bytes = self.bytes(output, &object)?;
            output.write(&bytes)?;
        }
        clock.end();
        Ok(())
    }

    /// What the output holds.
    fn bytes(&self, output: &Output, object: &[u8]) -> Result<Vec<u8>> {
        Ok(match output.kind {
            Kind::Object => object.to_vec(),
            Kind::Static => archive::archive(self.prefix(), object, &self.runtime()?)?,
            Kind::Shared => self.linker().shared(object, &self.runtime()?, &output.file_name())?,
            Kind::Exe => self.linker().executable(object, &self.runtime()?)?,
            Kind::Header => self.compilation.header().into_bytes(),
            Kind::Clif => self.listing(Listing::Clif)?.into_bytes(),
            Kind::Asm => self.listing(Listing::Asm)?.into_bytes(),
        })
    }

    fn prefix(&self) -> &str {
        &self.compilation.options.prefix
    }

    fn runtime(&self) -> Result<Vec<u8>> {
        let wasi = self.compilation.program.uses_wasi() || self.compilation.options.main.is_some();
        runtime::archive(self.args, &self.compilation.options.target, wasi)
    }

    fn linker(&self) -> link::Linker {
        let BuildArgs { linker, target, debug, .. } = self.args;
        link::Linker::new(linker.as_deref(), target.as_ref(), *debug)
    }

    fn listing(&self, kind: Listing) -> Result<String> {
        let bodies = self.compilation.bodies()?;
        let mut text = String::new();
        for func in self.compilation.funcs.keys.keys() {
            text.push_str(self.compilation.listing(&bodies, func, kind)?.trim_end());
            text.push_str("\n\n");
        }
        Ok(text)
    }
}

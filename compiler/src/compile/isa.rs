//! Options → Cranelift's code generator.

use crate::error::{Error, Result};
use crate::options::{CodeOptions, OptLevel};
use cranelift_codegen::isa::{self, OwnedTargetIsa, TargetIsa};
use cranelift_codegen::settings::{self, Configurable, SettingKind};
use std::fmt::Display;
use target_lexicon::{
    Aarch64Architecture, Architecture, BinaryFormat, Environment, OperatingSystem, Triple,
};

/// The targets that weldc makes code for, as their usual names.
pub const SUPPORTED_TARGETS: &[&str] = &[
    "x86_64-unknown-linux-gnu",
    "x86_64-unknown-linux-musl",
    "aarch64-unknown-linux-gnu",
    "aarch64-unknown-linux-musl",
];

/// The code generator for these options; an error names the unsupported target or feature.
pub fn target_isa(options: &CodeOptions) -> Result<OwnedTargetIsa> {
    check_target(&options.target)?;
    let mut builder = isa::lookup(options.target.clone())
        .map_err(|error| Error::new(format!("target `{}`: {error}", options.target)))?;
    for feature in &options.cpu_features {
        enable(&mut builder, feature)?;
    }
    builder
        .finish(shared_flags(options)?)
        .map_err(|error| Error::new(format!("target `{}`: {error}", options.target)))
}

/// The same code generator, but for one of Cranelift's flags.
pub(super) fn with_flag(isa: &dyn TargetIsa, name: &str, value: &str) -> Result<OwnedTargetIsa> {
    let failed = |error: &dyn Display| Error::new(format!("target `{}`: {error}", isa.triple()));
    let mut builder = isa::lookup(isa.triple().clone()).map_err(|error| failed(&error))?;
    for flag in isa.isa_flags().iter().filter(|flag| flag.as_bool() == Some(true)) {
        builder.enable(flag.name).map_err(|error| failed(&error))?;
    }
    let mut flags = settings::builder();
    for flag in isa.flags().iter() {
        flags.set(flag.name, &flag.value_string()).map_err(|error| failed(&error))?;
    }
    flags.set(name, value).map_err(|error| failed(&error))?;
    builder.finish(settings::Flags::new(flags)).map_err(|error| failed(&error))
}

fn check_target(target: &Triple) -> Result<()> {
    let architecture = matches!(
        target.architecture,
        Architecture::X86_64 | Architecture::Aarch64(Aarch64Architecture::Aarch64)
    );
    let system = target.operating_system == OperatingSystem::Linux
        && target.binary_format == BinaryFormat::Elf
        // 32-bit pointers on 64-bit processors.
        && !matches!(target.environment, Environment::Gnux32 | Environment::GnuIlp32);
    if architecture && system {
        return Ok(());
    }
    Err(Error::new(format!("target `{target}` is not supported"))
        .help(format!("supported targets: {}", SUPPORTED_TARGETS.join(", "))))
}

/// Switches on a feature of the processor, or a named set of them.
fn enable(builder: &mut isa::Builder, feature: &str) -> Result<()> {
    if features(builder).any(|name| name == feature) && builder.enable(feature).is_ok() {
        return Ok(());
    }
    let known: Vec<_> = features(builder).collect();
    Err(Error::new(format!("target `{}` has no CPU feature `{feature}`", builder.triple()))
        .help(format!("known features: {}", known.join(", "))))
}

fn features(builder: &isa::Builder) -> impl Iterator<Item = &'static str> {
    builder
        .iter()
        .filter(|setting| matches!(setting.kind, SettingKind::Bool | SettingKind::Preset))
        .map(|setting| setting.name)
}

fn shared_flags(options: &CodeOptions) -> Result<settings::Flags> {
    let opt_level = match options.opt {
        OptLevel::None => "none",
        OptLevel::Speed => "speed",
        OptLevel::SpeedAndSize => "speed_and_size",
    };
    let flags = [
        ("opt_level", opt_level),
        ("enable_verifier", if options.verify { "true" } else { "false" }),
        // The code is position-independent all the same: every name in it is declared `colocated`, which
        // makes a distance of it. With this flag Cranelift would load addresses from the GOT, even those
        // of its own module; without it absolute addresses are left only where `colocated` was forgotten,
        // and those `emit` refuses.
        ("is_pic", "false"),
        // The C library's `floor` and the like are called through the PLT, not through the GOT.
        ("use_colocated_libcalls", "true"),
        // A trap finds the entry's frame by walking frame pointers.
        ("preserve_frame_pointers", "true"),
        ("unwind_info", "true"),
        // Core functions return any number of values.
        ("enable_multi_ret_implicit_sret", "true"),
        // `compile::loops` chooses among multiples of this, and needs to know where the loops are.
        ("log2_min_function_alignment", "3"),
        ("machine_code_cfg_info", "true"),
        // Core functions check the zone's stack limit, but the stack that the embedder really has may be
        // smaller, and adapters check nothing: a frame larger than the guard must not jump over it. Costs
        // nothing for frames below a page.
        ("enable_probestack", "true"),
        ("probestack_strategy", "inline"),
        ("probestack_size_log2", "12"),
    ];
    let mut builder = settings::builder();
    for (name, value) in flags {
        builder
            .set(name, value)
            .map_err(|error| Error::new(format!("code generator flag `{name}`: {error}")))?;
    }
    Ok(settings::Flags::new(builder))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(target: &str) -> CodeOptions {
        CodeOptions { target: target.parse().unwrap(), ..CodeOptions::default() }
    }

    #[test]
    fn supported_targets_have_a_code_generator() {
        for target in SUPPORTED_TARGETS {
            let isa = target_isa(&options(target)).unwrap();
            assert!(isa.flags().preserve_frame_pointers());
        }
    }

    #[test]
    fn other_targets_are_refused_with_a_list() {
        for target in [
            "riscv64gc-unknown-linux-gnu",
            "s390x-unknown-linux-gnu",
            "x86_64-pc-windows-msvc",
            "aarch64-apple-darwin",
            "aarch64_be-unknown-linux-gnu",
            "x86_64-unknown-linux-gnux32",
            "i686-unknown-linux-gnu",
            "wasm32-unknown-unknown",
        ] {
            let error = target_isa(&options(target)).err().expect(target);
            assert!(error.to_string().contains("is not supported"), "{error}");
            assert!(error.advice().unwrap().contains("aarch64-unknown-linux-gnu"));
        }
    }

    #[test]
    fn features_are_those_asked_for() {
        let mut options = options("x86_64-unknown-linux-gnu");
        let enabled = |options: &CodeOptions| -> Vec<&'static str> {
            let isa = target_isa(options).unwrap();
            let mut names: Vec<_> = isa
                .isa_flags()
                .iter()
                .filter(|f| f.as_bool() == Some(true))
                .map(|f| f.name)
                .collect();
            names.sort_unstable();
            names
        };
        assert_eq!(enabled(&options), Vec::<&str>::new());
        options.cpu_features = vec!["has_sse3".into(), "has_popcnt".into()];
        assert_eq!(enabled(&options), ["has_popcnt", "has_sse3"]);
        options.cpu_features = vec!["haswell".into()];
        assert!(enabled(&options).contains(&"has_avx2"));
    }

    #[test]
    fn an_unknown_feature_is_refused_with_a_list() {
        let mut options = options("aarch64-unknown-linux-gnu");
        options.cpu_features = vec!["has_avx2".into()];
        let error = target_isa(&options).err().unwrap();
        assert!(error.to_string().contains("no CPU feature `has_avx2`"), "{error}");
        assert!(error.advice().unwrap().contains("has_lse"));
    }
}

//! The machine to compile for: `--target`, `--cpu`.

use crate::report::Failure;
use anyhow::Result;
use target_lexicon::Triple;

/// The target that `weldc` was built for; its runtime is embedded.
pub const HOST: &str = env!("WELDC_TARGET");

/// The triple to compile for.
pub fn triple(named: Option<&Triple>) -> Triple {
    named.cloned().unwrap_or_else(Triple::host)
}

/// Whether code for this triple runs here, with the runtime that is embedded.
pub fn is_host(triple: &Triple) -> bool {
    let host = Triple::host();
    triple.architecture == host.architecture
        && triple.operating_system == host.operating_system
        && triple.environment == host.environment
}

/// `--cpu` as names of Cranelift's settings. `native` stands for what this machine has, and is refused
/// beside a named target, whose output must not depend on where it was made.
pub fn cpu_features(list: &[String], named: Option<&Triple>) -> Result<Vec<String>> {
    let mut features = Vec::new();
    for word in list.iter().map(|word| word.trim()).filter(|word| !word.is_empty()) {
        match word {
            "native" if named.is_some() => {
                return Err(Failure::new("`--cpu native` does not go with `--target`")
                    .help("name the features, for example `--cpu avx2,bmi1`")
                    .into());
            }
            "native" => features.extend(native()),
            "generic" | "baseline" => {}
            _ => features.push(setting(word)),
        }
    }
    features.dedup();
    Ok(features)
}

/// `--cpu` where the code is for this machine, whose features are the default.
pub fn host_features(list: &[String]) -> Result<Vec<String>> {
    if list.is_empty() { Ok(native()) } else { cpu_features(list, None) }
}

/// Cranelift's name for a feature: `avx2` is `has_avx2`. Names of processors stay as they are.
fn setting(word: &str) -> String {
    let word = word.replace(['-', '.'], "_");
    let known = NATIVE.iter().any(|(name, _)| name.strip_prefix("has_") == Some(&word));
    match &word[..] {
        "sse4_1" => "has_sse41".to_string(),
        "sse4_2" => "has_sse42".to_string(),
        _ if known => format!("has_{word}"),
        _ => word,
    }
}

/// The features of this machine.
pub fn native() -> Vec<String> {
    NATIVE.iter().filter(|(_, present)| present()).map(|(name, _)| name.to_string()).collect()
}

type Detector = fn() -> bool;

/// Cranelift's setting and whether the machine has it.
#[cfg(target_arch = "x86_64")]
const NATIVE: &[(&str, Detector)] = &[
    ("has_sse3", || is_x86_feature_detected!("sse3")),
    ("has_ssse3", || is_x86_feature_detected!("ssse3")),
    ("has_cmpxchg16b", || is_x86_feature_detected!("cmpxchg16b")),
    ("has_sse41", || is_x86_feature_detected!("sse4.1")),
    ("has_sse42", || is_x86_feature_detected!("sse4.2")),
    ("has_popcnt", || is_x86_feature_detected!("popcnt")),
    ("has_avx", || is_x86_feature_detected!("avx")),
    ("has_avx2", || is_x86_feature_detected!("avx2")),
    ("has_fma", || is_x86_feature_detected!("fma")),
    ("has_bmi1", || is_x86_feature_detected!("bmi1")),
    ("has_bmi2", || is_x86_feature_detected!("bmi2")),
    ("has_lzcnt", || is_x86_feature_detected!("lzcnt")),
    ("has_avx512bitalg", || is_x86_feature_detected!("avx512bitalg")),
    ("has_avx512dq", || is_x86_feature_detected!("avx512dq")),
    ("has_avx512f", || is_x86_feature_detected!("avx512f")),
    ("has_avx512vl", || is_x86_feature_detected!("avx512vl")),
    ("has_avx512vbmi", || is_x86_feature_detected!("avx512vbmi")),
];

/// Cranelift's setting and whether the machine has it.
#[cfg(target_arch = "aarch64")]
const NATIVE: &[(&str, Detector)] = &[
    ("has_lse", || std::arch::is_aarch64_feature_detected!("lse")),
    ("has_fp16", || std::arch::is_aarch64_feature_detected!("fp16")),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_settings() {
        let list: Vec<String> = ["avx2", "sse4.1", "haswell"].map(String::from).to_vec();
        let features = cpu_features(&list, None).unwrap();
        assert_eq!(features.len(), 3);
        assert_eq!(features[2], "haswell");
        #[cfg(target_arch = "x86_64")]
        assert_eq!(features[..2], ["has_avx2", "has_sse41"]);
    }

    #[test]
    fn nothing_is_inferred_for_a_named_target() {
        let list = ["native".to_string()];
        assert!(cpu_features(&list, Some(&Triple::host())).is_err());
        assert!(cpu_features(&list, None).is_ok());
    }
}

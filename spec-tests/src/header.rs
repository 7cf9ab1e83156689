//! What a script says of itself: a first line `;;! features: NAME, …` names features that it needs beyond those
//! that are allowed anyway, `-NAME` one that it must not have.

use wasmparser::WasmFeatures;

/// The features for a script, or the name that is none.
pub fn features(text: &str, mut allowed: WasmFeatures) -> Result<WasmFeatures, String> {
    let list = text.strip_prefix(";;! features:").and_then(|rest| rest.lines().next());
    for word in list.unwrap_or_default().split(',').map(str::trim).filter(|word| !word.is_empty()) {
        set_feature(&mut allowed, word)?;
    }
    Ok(allowed)
}

/// Switches a feature on, or off if it has a minus. It is written as wasm-tools does: `cm-async`.
pub fn set_feature(features: &mut WasmFeatures, word: &str) -> Result<(), String> {
    let (name, on) = word.strip_prefix('-').map_or((word, true), |name| (name, false));
    let flag = WasmFeatures::from_name(&name.to_ascii_uppercase().replace('-', "_"));
    features.set(flag.ok_or_else(|| format!("there is no feature `{name}`"))?, on);
    Ok(())
}

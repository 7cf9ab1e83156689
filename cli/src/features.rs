//! WebAssembly features by name: what `--features` allows, and which ones a component uses.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use wasmparser::{Validator, WasmFeatures};

/// What is allowed without `--features`: everything standardised.
pub fn default() -> WasmFeatures {
    WasmFeatures::default()
}

/// A list like `all,-gc,-threads`: each word adds a feature or, with `-`, takes one away. It changes the
/// default; `all` and `none` are what they say, `mvp`, `wasm1`, `wasm2` and `wasm3` what was
/// standardised.
pub fn parse(text: &str) -> Result<WasmFeatures, String> {
    let mut features = default();
    for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
        match word.strip_prefix('-') {
            Some(name) => features.remove(by_name(name)?),
            None if word == "none" => features = WasmFeatures::empty(),
            None if is_version(word) => {
                features = by_name(word)? | WasmFeatures::COMPONENT_MODEL;
            }
            None => features.insert(by_name(word.strip_prefix('+').unwrap_or(word))?),
        }
    }
    Ok(features)
}

fn is_version(word: &str) -> bool {
    ["mvp", "wasm1", "wasm2", "wasm3"].contains(&word)
}

fn by_name(name: &str) -> Result<WasmFeatures, String> {
    match name {
        "all" => return Ok(WasmFeatures::all()),
        "mvp" => return Ok(WasmFeatures::MVP),
        "wasm1" => return Ok(WasmFeatures::WASM1),
        "wasm2" => return Ok(WasmFeatures::WASM2),
        "wasm3" => return Ok(WasmFeatures::WASM3),
        _ => {}
    }
    named()
        .find(|(known, _)| *known == name.replace('_', "-"))
        .map(|(_, feature)| feature)
        .ok_or_else(|| {
            let names: Vec<String> = named().map(|(name, _)| name).collect();
            format!("unknown feature `{name}`; there are: all, none, {}", names.join(", "))
        })
}

/// Every feature and its name, as wasm-tools writes it: `bulk-memory`.
fn named() -> impl Iterator<Item = (String, WasmFeatures)> {
    WasmFeatures::all()
        .iter_names()
        .map(|(name, feature)| (name.to_ascii_lowercase().replace('_', "-"), feature))
}

/// The features without which the component would not be valid.
pub fn used(bytes: &[u8], allowed: WasmFeatures) -> Vec<String> {
    needed(bytes, allowed, allowed)
}

/// The features that would have to be allowed, too; none if that is not what is wrong.
pub fn missing(bytes: &[u8], allowed: WasmFeatures) -> Vec<String> {
    let all = WasmFeatures::all();
    match is_valid(bytes, all) {
        true => needed(bytes, all, all - allowed),
        false => Vec::new(),
    }
}

/// Which of `candidates` cannot be taken away from `allowed`.
fn needed(bytes: &[u8], allowed: WasmFeatures, candidates: WasmFeatures) -> Vec<String> {
    let candidates: Vec<_> = named().filter(|(_, feature)| candidates.contains(*feature)).collect();
    let next = AtomicUsize::new(0);
    let used = Mutex::new(vec![false; candidates.len()]);
    let work = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some((_, feature)) = candidates.get(index) else { break };
            let needed = !is_valid(bytes, allowed - *feature);
            used.lock().expect("no thread panics")[index] = needed;
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, Into::into) {
            scope.spawn(work);
        }
    });
    let used = used.into_inner().expect("no thread panics");
    candidates.into_iter().zip(used).filter(|(_, used)| *used).map(|((name, _), _)| name).collect()
}

fn is_valid(bytes: &[u8], features: WasmFeatures) -> bool {
    Validator::new_with_features(features).validate_all(bytes).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_adds_and_takes_away() {
        let features = parse("all,-gc").unwrap();
        assert!(features.stack_switching() && !features.gc());
        assert_eq!(parse("").unwrap(), default());
        assert!(!parse("wasm2").unwrap().gc());
        assert!(parse("wasm2").unwrap().component_model());
        assert!(parse("none,bulk_memory,+simd").unwrap().bulk_memory());
        assert!(parse("nonsense").unwrap_err().contains("bulk-memory"));
    }

    #[test]
    fn used_features_are_those_that_cannot_be_taken_away() {
        let bytes = wat::parse_str(
            "(component (core module (func (param i32) (result i32)
                 local.get 0 i32.extend8_s)))",
        )
        .unwrap();
        let used = used(&bytes, default());
        assert_eq!(used, ["sign-extension", "component-model"]);
    }

    #[test]
    fn missing_features_are_those_that_would_make_it_valid() {
        let bytes = wat::parse_str(
            "(component
               (core func (canon thread.index))
               (core func (canon subtask.cancel async)))",
        )
        .unwrap();
        assert_eq!(missing(&bytes, default()), ["cm-more-async-builtins", "cm-threading"]);
        let allowed = parse("cm-threading").unwrap();
        assert_eq!(missing(&bytes, allowed), ["cm-more-async-builtins"]);
        assert!(missing(&bytes, WasmFeatures::all()).is_empty());
        assert!(missing(b"not a component", default()).is_empty());
    }
}

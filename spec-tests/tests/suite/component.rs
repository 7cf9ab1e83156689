//! The scripts of components: the official suite and the static checks that lie in the sources of crate
//! wasm-tools, and our own.

use crate::{File, Folder};
use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasmparser::WasmFeatures;

/// All folders.
pub fn all() -> Vec<Folder> {
    let tests = wasm_tools().join("tests");
    let official = tests.join("component-model/test");
    let checks = tests.join("cli/component-model");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts");
    let mut folders = subfolders(&official, "component-model", test);
    folders.extend(folder(&checks, "component-model-checks".to_string(), check));
    folders.extend(subfolders(&own, "scripts", test));
    folders.retain(|folder| !folder.files.is_empty());
    folders
}

/// Where the sources of crate wasm-tools are.
fn wasm_tools() -> PathBuf {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let host = target_lexicon::Triple::host().to_string();
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--filter-platform", &host])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list of packages");
    let package = packages.iter().find(|package| package["name"] == "wasm-tools");
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = Path::new(manifest.expect("wasm-tools is a dependency"));
    manifest.parent().expect("a folder").to_path_buf()
}

/// Each folder in `path`.
fn subfolders(path: &Path, name: &str, script: fn(String, String) -> File) -> Vec<Folder> {
    let folders = entries(path).into_iter().filter(|path| path.is_dir());
    folders.flat_map(|path| folder(&path, format!("{name}/{}", file_name(&path)), script)).collect()
}

/// The scripts in `path`, however deep.
fn folder(path: &Path, name: String, script: fn(String, String) -> File) -> Option<Folder> {
    let mut files = Vec::new();
    collect(path, "", script, &mut files);
    Some(Folder { name, files })
}

fn collect(path: &Path, prefix: &str, script: fn(String, String) -> File, files: &mut Vec<File>) {
    for path in entries(path) {
        let name = format!("{prefix}{}", file_name(&path));
        if path.is_dir() {
            collect(&path, &format!("{name}/"), script, files);
        } else if name.ends_with(".wast") {
            let text = std::fs::read_to_string(&path).expect("a script can be read");
            files.push(script(name, text));
        }
    }
}

/// What a folder contains, sorted; nothing if there is none.
fn entries(path: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(path) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What the official suite presupposes, and our own scripts where they say nothing else: no nested names
/// (`extern-names.wast` expects a refusal).
fn official_features() -> WasmFeatures {
    WasmFeatures::WASM3
        | WasmFeatures::COMPONENT_MODEL
        | WasmFeatures::CM_ASYNC
        | WasmFeatures::CM_ASYNC_STACKFUL
        | WasmFeatures::CM_MORE_ASYNC_BUILTINS
        | WasmFeatures::CM_THREADING
        | WasmFeatures::CM_FORWARD
        | WasmFeatures::CM_ERROR_CONTEXT
        | WasmFeatures::CM_FIXED_LENGTH_LISTS
        | WasmFeatures::CM_MAP
        | WasmFeatures::CM_IMPLEMENTS
        | WasmFeatures::CM64
}

/// A script that is run.
fn test(name: String, text: String) -> File {
    let features = official_features();
    File { name, text: Cow::Owned(text), features, checks_only: false, lenient: false }
}

/// A static check: its first line is the command that it is meant for, which runs nothing.
fn check(name: String, text: String) -> File {
    let command = text.lines().find(|line| line.contains("RUN")).unwrap_or_default();
    let lenient = command.contains("WAST_STRICT_COMPONENT_INDICES=0");
    let mut features = WasmFeatures::default();
    let mut words = command.split_whitespace();
    while let Some(word) = words.next() {
        let list = match word {
            "-f" => words.next(),
            word => word.strip_prefix("--features="),
        };
        list.into_iter().flat_map(|list| list.split(',')).for_each(|word| {
            spec_tests::set_feature(&mut features, word).expect("a known feature");
        });
    }
    File { name, text: Cow::Owned(text), features, checks_only: true, lenient }
}

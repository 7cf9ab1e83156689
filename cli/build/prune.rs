//! Leaves out of a static archive what nothing in it can need.
//!
//! A Rust staticlib brings all of `compiler_builtins`, some 300 members of which a handful is ever used.
//! What stays: the members that define a symbol of weldc's, and those that define what these mention, and
//! so on. That is what a linker would do with the archive; here it is done once.

use object::read::archive::ArchiveFile;
use object::{Object, ObjectSymbol};
use std::collections::{HashMap, HashSet};

/// Symbols of ours, which programs refer to.
const ROOT: &str = "weldc_";

struct Member<'a> {
    name: String,
    data: &'a [u8],
    defined: Vec<String>,
    undefined: Vec<String>,
}

/// The members to keep, in their order: name and contents.
pub fn prune(archive: &[u8]) -> Vec<(String, &[u8])> {
    let members = members(archive);
    let mut definitions: HashMap<&str, usize> = HashMap::new();
    for (index, member) in members.iter().enumerate() {
        for symbol in &member.defined {
            definitions.entry(symbol).or_insert(index);
        }
    }
    let mut kept = HashSet::new();
    let mut pending: Vec<usize> = (0..members.len())
        .filter(|&index| members[index].defined.iter().any(|symbol| symbol.starts_with(ROOT)))
        .collect();
    while let Some(index) = pending.pop() {
        if kept.insert(index) {
            let needed = members[index].undefined.iter();
            pending.extend(needed.filter_map(|symbol| definitions.get(&symbol[..])));
        }
    }
    let members = members.into_iter().enumerate().filter(|(index, _)| kept.contains(index));
    members.map(|(_, member)| (member.name, member.data)).collect()
}

fn members(archive: &[u8]) -> Vec<Member<'_>> {
    let file = ArchiveFile::parse(archive).expect("cargo made an archive");
    file.members()
        .map(|member| {
            let member = member.expect("the archive is well-formed");
            let name = String::from_utf8_lossy(member.name()).into_owned();
            let data = member.data(archive).expect("the archive is well-formed");
            let (defined, undefined) = symbols(data);
            Member { name, data, defined, undefined }
        })
        .collect()
}

/// Global symbols that an object defines, and those that it leaves to others.
fn symbols(data: &[u8]) -> (Vec<String>, Vec<String>) {
    let Ok(file) = object::File::parse(data) else { return Default::default() };
    let global = file.symbols().filter(|symbol| symbol.is_global());
    let named = global.filter_map(|symbol| Some((symbol.is_undefined(), symbol.name().ok()?)));
    let (undefined, defined): (Vec<_>, Vec<_>) = named.partition(|(undefined, _)| *undefined);
    let names = |list: Vec<(bool, &str)>| list.into_iter().map(|(_, name)| name.into()).collect();
    (names(defined), names(undefined))
}

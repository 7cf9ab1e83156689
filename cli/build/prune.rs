//! Leaves out of a static archive what nothing in it can need.
//!
//! A Rust staticlib brings all of `compiler_builtins`, some 300 members of which a handful is ever used.
//! What stays: the members that define a symbol of weldc's, and those that define what these mention, and
//! so on. That is what a linker would do with the archive; here it is done once.

use object::read::archive::ArchiveFile;
use object::read::elf::{ElfFile64, FileHeader};
use object::{LittleEndian, Object, ObjectSection, ObjectSymbol, elf};
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
pub fn prune(archive: &[u8]) -> Vec<(String, Vec<u8>)> {
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
    members.map(|(_, member)| (member.name, without_debug(member.data))).collect()
}

/// Marks debug information so that linkers leave it out of programs: what Rust's standard library brings is a
/// megabyte, for sources that nobody has.
fn without_debug(data: &[u8]) -> Vec<u8> {
    let mut bytes = data.to_vec();
    let Ok(file) = ElfFile64::<LittleEndian>::parse(data) else { return bytes };
    let headers = file.elf_header().e_shoff(LittleEndian) as usize;
    let is_debug = |name: Result<&str, _>| name.is_ok_and(|name| name.starts_with(".debug_"));
    for section in file.sections().filter(|section| is_debug(section.name())) {
        let header = headers + section.index().0 * size_of::<elf::SectionHeader64<LittleEndian>>();
        let flags = header + std::mem::offset_of!(elf::SectionHeader64<LittleEndian>, sh_flags);
        let flags = bytes.get_mut(flags..flags + 8).expect("the object is well-formed");
        let old = u64::from_le_bytes((&*flags).try_into().expect("it has this size"));
        flags.copy_from_slice(&(old | u64::from(elf::SHF_EXCLUDE)).to_le_bytes());
    }
    bytes
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

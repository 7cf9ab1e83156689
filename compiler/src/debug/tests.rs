//! DWARF as compilers write it, and as nobody should.

use super::read;
use super::{Source, Sources};
use crate::parse;
use crate::parse::module::{Custom, Module};
use gimli::constants as dw;
use gimli::write::*;
use gimli::{Encoding, Format, LineEncoding, LittleEndian, SectionId};

const GUEST: &[u8] = include_bytes!("../../../tests/guests/debug/debug.wasm");

const ENCODING: Encoding = Encoding { format: Format::Dwarf32, version: 5, address_size: 4 };

/// The custom sections of a module with 1000 bytes of code.
#[derive(Default)]
struct Fixture {
    bytes: Vec<u8>,
    customs: Vec<Custom>,
}

impl Fixture {
    fn new(dwarf: &mut Dwarf) -> Fixture {
        let mut sections = Sections::new(EndianVec::new(LittleEndian));
        dwarf.write(&mut sections).unwrap();
        let mut fixture = Fixture::default();
        sections
            .for_each(|id, section| {
                fixture.add(id, section.slice());
                Ok::<_, ()>(())
            })
            .unwrap();
        fixture
    }

    fn add(&mut self, id: SectionId, bytes: &[u8]) {
        let start = self.bytes.len();
        self.bytes.extend_from_slice(bytes);
        let range = start..self.bytes.len();
        self.customs.push(Custom { name: id.name().to_string(), range });
    }

    fn read(self) -> Source {
        let module = Module { customs: self.customs, code: 0..1000, ..Module::default() };
        read::module(&self.bytes, &module).unwrap()
    }
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::String(text.into())
}

fn line_string(text: &str) -> LineString {
    LineString::String(text.into())
}

/// A unit whose functions are in file `/src/a.c`.
struct Compiler {
    unit: Unit,
    file: FileId,
}

impl Compiler {
    fn new() -> Compiler {
        let (folder, name) = (line_string("/src"), line_string("a.c"));
        let encoding = LineEncoding::default();
        let mut lines = LineProgram::new(ENCODING, encoding, folder, None, name, None);
        let file = lines.add_file(line_string("a.c"), lines.default_directory(), None);
        let mut unit = Unit::new(ENCODING, lines);
        let root = unit.root();
        let entry = unit.get_mut(root);
        entry.set(dw::DW_AT_name, text("a.c"));
        entry.set(dw::DW_AT_comp_dir, text("/src"));
        entry.set(dw::DW_AT_stmt_list, AttributeValue::LineProgramRef);
        entry.set(dw::DW_AT_language, AttributeValue::Language(dw::DW_LANG_C99));
        Compiler { unit, file }
    }

    fn sequence(&mut self, start: u64, rows: &[(u64, u64)], size: u64) {
        let lines = &mut self.unit.line_program;
        lines.begin_sequence(Some(Address::Constant(start)));
        for &(offset, line) in rows {
            lines.row().address_offset = offset;
            lines.row().file = self.file;
            lines.row().line = line;
            lines.generate_row();
        }
        lines.end_sequence(size);
    }

    fn entry(&mut self, parent: UnitEntryId, tag: dw::DwTag, start: u64, size: u64) -> UnitEntryId {
        let id = self.unit.add(parent, tag);
        let entry = self.unit.get_mut(id);
        entry.set(dw::DW_AT_low_pc, AttributeValue::Address(Address::Constant(start)));
        entry.set(dw::DW_AT_high_pc, AttributeValue::Udata(size));
        id
    }

    fn function(&mut self, name: &str, start: u64, size: u64) -> UnitEntryId {
        let id = self.entry(self.unit.root(), dw::DW_TAG_subprogram, start, size);
        self.unit.get_mut(id).set(dw::DW_AT_name, text(name));
        id
    }

    fn abstract_function(&mut self, name: &str) -> UnitEntryId {
        let id = self.unit.add(self.unit.root(), dw::DW_TAG_subprogram);
        self.unit.get_mut(id).set(dw::DW_AT_name, text(name));
        id
    }

    fn inlined(
        &mut self,
        parent: UnitEntryId,
        origin: UnitEntryId,
        (start, size): (u64, u64),
        line: u64,
    ) -> UnitEntryId {
        let id = self.entry(parent, dw::DW_TAG_inlined_subroutine, start, size);
        let entry = self.unit.get_mut(id);
        entry.set(dw::DW_AT_abstract_origin, AttributeValue::UnitRef(origin));
        entry.set(dw::DW_AT_call_file, AttributeValue::FileIndex(Some(self.file)));
        entry.set(dw::DW_AT_call_line, AttributeValue::Udata(line));
        id
    }

    fn read(self) -> Source {
        let mut dwarf = Dwarf::new();
        dwarf.units.add(self.unit);
        Fixture::new(&mut dwarf).read()
    }
}

/// `function at file:line`, the innermost first.
fn calls(source: &Source, address: u32) -> Vec<String> {
    let show = |call: super::Call| match call.location {
        Some(at) => format!("{} at {}:{}", call.function, at.file, at.line),
        None => call.function.to_string(),
    };
    source.calls(address).into_iter().map(show).collect()
}

#[test]
fn an_address_has_a_line_and_the_functions_around_it() {
    let mut c = Compiler::new();
    c.sequence(100, &[(0, 1), (10, 20), (20, 30), (25, 2)], 40);
    let inner = c.abstract_function("inner");
    let middle = c.abstract_function("call");
    c.unit.get_mut(middle).set(dw::DW_AT_linkage_name, text("_ZN6middle4callE"));
    let outer = c.function("outer", 100, 40);
    let block = c.unit.add(outer, dw::DW_TAG_lexical_block);
    let call = c.inlined(block, middle, (110, 15), 5);
    c.inlined(call, inner, (120, 5), 21);
    let source = c.read();
    assert_eq!(calls(&source, 99), [""; 0]);
    assert_eq!(calls(&source, 100), ["outer at /src/a.c:1"]);
    assert_eq!(calls(&source, 110), ["middle::call at /src/a.c:20", "outer at /src/a.c:5"]);
    let all = ["inner at /src/a.c:30", "middle::call at /src/a.c:21", "outer at /src/a.c:5"];
    assert_eq!(calls(&source, 124), all);
    assert_eq!(calls(&source, 125), ["outer at /src/a.c:2"]);
    assert_eq!(calls(&source, 140), [""; 0]);
    assert_eq!(source.units[0].language, dw::DW_LANG_C99.0);
}

#[test]
fn functions_that_the_linker_dropped_are_not_there() {
    let mut c = Compiler::new();
    c.sequence(0, &[(0, 7)], 500);
    c.sequence(100, &[(0, 1)], 40);
    c.sequence(990, &[(0, 8)], 40);
    c.function("dropped", 0, 500);
    c.function("kept", 100, 40);
    c.function("beyond", 990, 40);
    let source = c.read();
    assert_eq!(calls(&source, 50), [""; 0]);
    assert_eq!(calls(&source, 110), ["kept at /src/a.c:1"]);
    assert_eq!(calls(&source, 995), [""; 0]);
}

#[test]
fn of_sequences_that_overlap_the_first_counts() {
    let mut c = Compiler::new();
    c.sequence(100, &[(0, 1), (10, 2)], 40);
    c.sequence(120, &[(0, 9)], 50);
    c.sequence(140, &[(0, 3)], 10);
    let source = c.read();
    let line = |address| source.location(address).map(|at| at.line);
    assert_eq!([100, 115, 130, 145, 150].map(line), [Some(1), Some(2), Some(2), Some(3), None]);
}

#[test]
fn references_in_a_circle_end() {
    let mut c = Compiler::new();
    let (a, b) = (c.unit.root(), c.unit.root());
    let (a, b) = (c.unit.add(a, dw::DW_TAG_subprogram), c.unit.add(b, dw::DW_TAG_subprogram));
    c.unit.get_mut(a).set(dw::DW_AT_abstract_origin, AttributeValue::UnitRef(b));
    c.unit.get_mut(b).set(dw::DW_AT_abstract_origin, AttributeValue::UnitRef(a));
    let outer = c.function("outer", 100, 40);
    c.inlined(outer, a, (110, 5), 3);
    assert_eq!(calls(&c.read(), 110), ["", "outer at /src/a.c:3"]);
}

/// As deep as a stack would not be: nothing recurses, and the deepest calls are left out.
#[test]
fn nesting_has_a_limit() {
    const DEPTH: usize = 200_000;
    // One abbreviation, with children: an inlined call with its addresses; one for the function around them.
    let address = dw::DW_FORM_addr.0 as u8;
    let bounds = [dw::DW_AT_low_pc.0 as u8, address, dw::DW_AT_high_pc.0 as u8, address, 0, 0];
    let abbreviation = |code, tag: dw::DwTag| [&[code, tag.0 as u8, 1][..], &bounds].concat();
    let mut abbreviations = abbreviation(1, dw::DW_TAG_subprogram);
    abbreviations.extend(abbreviation(2, dw::DW_TAG_inlined_subroutine));
    abbreviations.push(0);
    let entry = |code: u8| [&[code][..], &100u32.to_le_bytes(), &200u32.to_le_bytes()].concat();
    let mut entries = entry(1);
    entries.extend(entry(2).repeat(DEPTH));
    let mut info = vec![4, 0, 0, 0, 0, 0, 4];
    info.extend(entries);
    let mut fixture = Fixture::default();
    fixture.add(SectionId::DebugInfo, &[&(info.len() as u32).to_le_bytes()[..], &info].concat());
    fixture.add(SectionId::DebugAbbrev, &abbreviations);
    let source = fixture.read();
    assert_eq!(source.calls(150).len(), 33);
}

/// In version 5 a list of files can claim to be as long as a 64-bit number says, without a byte for each.
#[test]
fn endless_lists_of_files_are_not_read() {
    let mut c = Compiler::new();
    c.sequence(100, &[(0, 1)], 40);
    c.function("f", 100, 40);
    let mut dwarf = Dwarf::new();
    dwarf.units.add(c.unit);
    let mut fixture = Fixture::new(&mut dwarf);
    let lines = fixture.customs.iter().find(|c| c.name == SectionId::DebugLine.name()).unwrap();
    let lines = &mut fixture.bytes[lines.range.clone()];
    // Behind lengths, version, sizes and the numbers about instructions: the encoding of directories.
    let lengths = 4 + 2 + 2 + 4 + 5 + 1 + 12;
    assert_eq!(lines[lengths..][..3], [1, dw::DW_LNCT_path.0 as u8, dw::DW_FORM_string.0 as u8]);
    lines[lengths + 2] = dw::DW_FORM_flag_present.0 as u8;
    lines[lengths + 3..][..5].copy_from_slice(&[0xff, 0xff, 0xff, 0xff, 0x7f]);
    let source = fixture.read();
    assert_eq!(calls(&source, 110), [""; 0]);
}

#[test]
fn the_guests_sources() {
    let parsed = parse::parse(GUEST.to_vec(), wasmparser::WasmFeatures::all()).unwrap();
    let sources = Sources::new(&parsed);
    let (id, module) = parsed.modules.iter().next().unwrap();
    let source = sources.module(id).unwrap();
    // 0x6d is i32.div_s.
    let code = module.code.clone();
    let division = parsed.bytes[code.clone()].iter().position(|&byte| byte == 0x6d).unwrap();
    let expected = ["quotient at /guest/debug.c:24", "step at /guest/debug.c:29"];
    assert_eq!(calls(source, division as u32), expected);
    let first = module.bodies[0].start - code.start;
    assert_eq!(calls(source, first as u32), ["divide at /guest/debug.c:33"]);
}

#[test]
fn damaged_debug_information_does_no_harm() {
    let parsed = parse::parse(GUEST.to_vec(), wasmparser::WasmFeatures::all()).unwrap();
    let module = &parsed.modules.values().next().unwrap();
    let customs = module.customs.iter().filter(|custom| custom.name.starts_with(".debug_"));
    let places: Vec<usize> = customs.flat_map(|custom| custom.range.clone()).collect();
    let mut random = 0x9e37_79b9_7f4a_7c15u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 16) as usize % below
    };
    for _ in 0..5000 {
        let mut bytes = parsed.bytes.clone();
        for _ in 0..1 + next(4) {
            let byte = &mut bytes[places[next(places.len())]];
            *byte = match next(4) {
                0 => 0xff,
                1 => 0x80,
                2 => next(256) as u8,
                _ => *byte ^ 1 << next(8),
            };
        }
        if let Some(source) = read::module(&bytes, module) {
            for address in 0..module.code.len() as u32 {
                assert!(source.calls(address).len() <= 33);
            }
        }
    }
}

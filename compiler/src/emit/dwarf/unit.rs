//! One unit of the output: its line program and its tree of entries.

use super::address;
use super::function::{Native, Run};
use crate::debug::{Location, ScopeId, Source, Unit};
use crate::index::ModuleId;
use gimli::constants as dw;
use gimli::write::{
    Address, AttributeValue, FileId, LineProgram, LineString, Range as DwarfRange, RangeList,
    Unit as DwarfUnit, UnitEntryId,
};
use gimli::{Encoding, Format, LineEncoding};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

const ENCODING: Encoding = Encoding { format: Format::Dwarf32, version: 4, address_size: 8 };

/// Functions are this close together if nothing lies between them.
const GAP: u32 = 64;

pub struct Writer<'a> {
    unit: DwarfUnit,
    /// Folder and name as they were given.
    folder: &'a str,
    files: HashMap<Arc<str>, FileId>,
    /// What inlined calls are instances of, by name.
    origins: HashMap<Arc<str>, UnitEntryId>,
    /// The code of the unit.
    ranges: Vec<Range<u32>>,
}

/// An inlined call in one native function: the innermost function and its callers identify it.
type CallKey = (ModuleId, ScopeId);

impl<'a> Writer<'a> {
    /// A unit as `source` describes it; what has no source is called after weldc.
    pub fn new(source: Option<&'a Unit>) -> Writer<'a> {
        let (name, folder, language) = match source {
            Some(unit) => (&*unit.name, &*unit.folder, dw::DwLang(unit.language)),
            None => ("generated code", "", dw::DW_LANG_Mips_Assembler),
        };
        let lines = match source {
            Some(_) => LineProgram::new(
                ENCODING,
                LineEncoding::default(),
                string(if folder.is_empty() { "." } else { folder }),
                None,
                string(if name.is_empty() { "unknown" } else { name }),
                None,
            ),
            None => LineProgram::none(),
        };
        let mut unit = DwarfUnit::new(ENCODING, lines);
        let entry = unit.get_mut(unit.root());
        let text = |text: &str| AttributeValue::String(text.as_bytes().to_vec());
        entry.set(dw::DW_AT_producer, text(concat!("weldc ", env!("CARGO_PKG_VERSION"))));
        entry.set(dw::DW_AT_language, AttributeValue::Language(language));
        entry.set(dw::DW_AT_name, text(name));
        if !folder.is_empty() {
            entry.set(dw::DW_AT_comp_dir, text(folder));
        }
        if source.is_some() {
            entry.set(dw::DW_AT_stmt_list, AttributeValue::LineProgramRef);
        }
        entry.set(dw::DW_AT_low_pc, AttributeValue::Address(Address::Constant(0)));
        let (files, origins) = (HashMap::new(), HashMap::new());
        Writer { unit, folder, files, origins, ranges: Vec::new() }
    }

    pub fn finish(mut self) -> DwarfUnit {
        let list = self.ranges.iter().map(|range| DwarfRange::StartEnd {
            begin: address(range.start),
            end: address(range.end),
        });
        let list = self.unit.ranges.add(RangeList(list.collect()));
        let root = self.unit.root();
        self.unit.get_mut(root).set(dw::DW_AT_ranges, AttributeValue::RangeListRef(list));
        self.unit
    }

    /// Adds a function; `label` is its name if nobody knows a better one.
    pub fn function(&mut self, native: &Native<'_>, label: &str) {
        let end = native.start + native.size;
        match self.ranges.last_mut() {
            Some(last) if native.start - last.end < GAP => last.end = end,
            _ => self.ranges.push(native.start..end),
        }
        let known = native.scope().map(|(source, id)| (source.scope(id), id));
        let scope = known.map(|(scope, _)| scope);
        let name = scope.map(|scope| &*scope.name).filter(|name| !name.is_empty());
        let entry = self.unit.add(self.unit.root(), dw::DW_TAG_subprogram);
        self.set_text(entry, name.unwrap_or(label));
        self.set_range(entry, native.start, native.size);
        let declared = scope.and_then(|scope| scope.location.as_ref());
        if let Some(location) = declared {
            self.set_location(entry, location, [dw::DW_AT_decl_file, dw::DW_AT_decl_line]);
        }
        if let (Some((_, id)), Some((module, _))) = (known, native.body) {
            self.lines(native, declared);
            self.inlined(native, entry, (module, id));
        }
    }

    /// The rows of a function.
    fn lines(&mut self, native: &Native<'_>, declared: Option<&Location>) {
        self.unit.line_program.begin_sequence(Some(address(native.start)));
        let mut last = None;
        if let Some(Location { file, line, column }) = declared {
            let file = self.file(file);
            self.row(0, (file, *line, *column));
            last = Some((file, *line, *column));
        }
        for Run { range, source, row, .. } in native.runs() {
            let Some(row) = row else { continue };
            let Some(location) = source.location_of(row) else { continue };
            let next = (self.file(&location.file), row.line, row.column);
            if last != Some(next) {
                self.row(range.start, next);
                last = Some(next);
            }
        }
        self.unit.line_program.end_sequence(native.size.into());
    }

    fn row(&mut self, offset: u32, (file, line, column): (FileId, u32, u32)) {
        let row = self.unit.line_program.row();
        row.address_offset = offset.into();
        row.file = file;
        row.line = line.into();
        row.column = column.into();
        self.unit.line_program.generate_row();
    }

    /// The entries of what was inlined into the function `own`, by the wasm compiler or by weldc.
    fn inlined(&mut self, native: &Native<'_>, entry: UnitEntryId, own: CallKey) {
        let mut calls: Vec<(CallKey, &Source, Vec<Range<u32>>)> = Vec::new();
        let mut known: HashMap<CallKey, usize> = HashMap::new();
        for run in native.runs() {
            let mut next = run.scope;
            while let Some(id) = next.filter(|&id| (run.module, id) != own) {
                let key = (run.module, id);
                let index = *known.entry(key).or_insert_with(|| {
                    calls.push((key, run.source, Vec::new()));
                    calls.len() - 1
                });
                extend(&mut calls[index].2, &run.range);
                next = run.source.scope(id).parent;
            }
        }
        // Outer calls have lower numbers, so an entry's parent is there before it.
        calls.sort_unstable_by_key(|&(key, ..)| key);
        let mut entries: HashMap<CallKey, UnitEntryId> = HashMap::new();
        for (key, source, ranges) in calls {
            let scope = source.scope(key.1);
            let parent = scope.parent.and_then(|id| entries.get(&(key.0, id)));
            let call = self.unit.add(*parent.unwrap_or(&entry), dw::DW_TAG_inlined_subroutine);
            entries.insert(key, call);
            let origin = self.origin(&scope.name);
            let origin = AttributeValue::UnitRef(origin);
            self.unit.get_mut(call).set(dw::DW_AT_abstract_origin, origin);
            self.set_ranges(call, native.start, &ranges);
            if let Some(location) = scope.location.as_ref().filter(|_| scope.parent.is_some()) {
                self.set_location(call, location, [dw::DW_AT_call_file, dw::DW_AT_call_line]);
            }
        }
    }

    /// What calls of this name are instances of.
    fn origin(&mut self, name: &Arc<str>) -> UnitEntryId {
        if let Some(&origin) = self.origins.get(name) {
            return origin;
        }
        let origin = self.unit.add(self.unit.root(), dw::DW_TAG_subprogram);
        self.set_text(origin, if name.is_empty() { "?" } else { name });
        let inlined = AttributeValue::Inline(dw::DW_INL_inlined);
        self.unit.get_mut(origin).set(dw::DW_AT_inline, inlined);
        self.origins.insert(name.clone(), origin);
        origin
    }

    fn set_text(&mut self, entry: UnitEntryId, name: &str) {
        let name = AttributeValue::String(name.as_bytes().to_vec());
        self.unit.get_mut(entry).set(dw::DW_AT_name, name);
    }

    fn set_range(&mut self, entry: UnitEntryId, start: u32, size: u32) {
        let entry = self.unit.get_mut(entry);
        entry.set(dw::DW_AT_low_pc, AttributeValue::Address(address(start)));
        entry.set(dw::DW_AT_high_pc, AttributeValue::Udata(size.into()));
    }

    /// Ranges in the function that begins at `start`.
    fn set_ranges(&mut self, entry: UnitEntryId, start: u32, ranges: &[Range<u32>]) {
        if let [range] = ranges {
            return self.set_range(entry, start + range.start, range.end - range.start);
        }
        let base = DwarfRange::BaseAddress { address: address(start) };
        let pair = |range: &Range<u32>| DwarfRange::OffsetPair {
            begin: range.start.into(),
            end: range.end.into(),
        };
        let list = RangeList([base].into_iter().chain(ranges.iter().map(pair)).collect());
        let list = AttributeValue::RangeListRef(self.unit.ranges.add(list));
        self.unit.get_mut(entry).set(dw::DW_AT_ranges, list);
    }

    fn set_location(
        &mut self,
        entry: UnitEntryId,
        location: &Location,
        [file, line]: [gimli::DwAt; 2],
    ) {
        let id = self.file(&location.file);
        let entry = self.unit.get_mut(entry);
        entry.set(file, AttributeValue::FileIndex(Some(id)));
        entry.set(line, AttributeValue::Udata(location.line.into()));
    }

    /// The number of a file in the line program; those in the unit's folder are named from there.
    fn file(&mut self, path: &Arc<str>) -> FileId {
        if let Some(&file) = self.files.get(path) {
            return file;
        }
        let lines = &mut self.unit.line_program;
        let inside = path.strip_prefix(self.folder).and_then(|path| path.strip_prefix('/'));
        let short = inside.filter(|name| !name.is_empty()).unwrap_or(path);
        let short = if short.is_empty() { "unknown" } else { short };
        let (folder, name) = match short.rsplit_once('/') {
            Some((folder, name)) if !folder.is_empty() && !name.is_empty() => {
                (lines.add_directory(string(folder)), name)
            }
            _ => (lines.default_directory(), short),
        };
        let file = lines.add_file(string(name), folder, None);
        self.files.insert(path.clone(), file);
        file
    }
}

/// Adds a range behind others.
fn extend(ranges: &mut Vec<Range<u32>>, range: &Range<u32>) {
    match ranges.last_mut() {
        Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
        _ => ranges.push(range.clone()),
    }
}

fn string(text: &str) -> LineString {
    LineString::String(text.as_bytes().to_vec())
}

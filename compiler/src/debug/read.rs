//! The sections of one module → its units, read in parallel.

use super::lines::{Rows, Sequence};
use super::scopes::{self, Found, Scopes};
use super::{Budget, Source, Unit, header, lines};
use crate::parse::module::Module;
use gimli::UnitOffset;
use gimli::{DW_AT_language, DW_AT_stmt_list, EndianSlice, LittleEndian, SectionId, UnitHeader};
use rayon::prelude::*;
use std::convert::Infallible;
use std::sync::Arc;

pub type Bytes<'a> = EndianSlice<'a, LittleEndian>;
pub type Dwarf<'a> = gimli::Dwarf<Bytes<'a>>;
pub type DwarfUnit<'a> = gimli::Unit<Bytes<'a>>;
pub type Value<'a> = gimli::AttributeValue<Bytes<'a>>;

/// Everything that reading a unit may look at.
pub struct Context<'a> {
    pub dwarf: Dwarf<'a>,
    /// In the order of the section.
    pub units: Vec<DwarfUnit<'a>>,
    /// Addresses lie below.
    pub code_size: u32,
}

/// What may be read for a unit: names and ranges are shared.
fn budget(unit: &DwarfUnit<'_>) -> Budget {
    Budget::new(unit.header.length_including_self().saturating_mul(64).saturating_add(4096))
}

/// Reads the debug information of a module; `None` if it has none.
pub fn module(input: &[u8], module: &Module) -> Option<Source> {
    let section = |id: SectionId| {
        let custom = module.customs.iter().find(|custom| custom.name == id.name());
        custom.and_then(|custom| input.get(custom.range.clone())).unwrap_or_default()
    };
    if section(SectionId::DebugInfo).is_empty() {
        return None;
    }
    let load = |id| Ok::<_, Infallible>(EndianSlice::new(section(id), LittleEndian));
    let Ok(mut dwarf) = Dwarf::load(load);
    dwarf.populate_abbreviations_cache(gimli::AbbreviationsCacheStrategy::All);
    let context =
        Context { units: units(&dwarf), dwarf, code_size: u32::try_from(module.code.len()).ok()? };
    Some(context.source())
}

fn units<'a>(dwarf: &Dwarf<'a>) -> Vec<DwarfUnit<'a>> {
    let mut headers = Vec::new();
    let mut iter = dwarf.units();
    while let Ok(Some(header)) = iter.next() {
        headers.push(header);
    }
    headers.into_par_iter().filter_map(|header| unit(dwarf, header)).collect()
}

fn unit<'a>(dwarf: &Dwarf<'a>, header: UnitHeader<Bytes<'a>>) -> Option<DwarfUnit<'a>> {
    let abbreviations = dwarf.abbreviations(&header).ok()?;
    let mut entries = header.entries(&abbreviations);
    let root = entries.next_dfs().ok()??;
    if let Some(Value::DebugLineRef(offset)) = root.attr_value(DW_AT_stmt_list)
        && !header::is_bounded(&dwarf.debug_line, offset)
    {
        return None;
    }
    DwarfUnit::new_with_abbreviations(dwarf, header, abbreviations.clone()).ok()
}

impl<'a> Context<'a> {
    fn source(&self) -> Source {
        let programs = lines::programs(self);
        let read: Vec<(Unit, Vec<Sequence>, Found)> = (0..self.units.len())
            .into_par_iter()
            .map(|index| {
                let budget = budget(&self.units[index]);
                let mut files = lines::Files::new(self, index, &budget);
                let sequences = files.sequences(programs[index]);
                let scopes = scopes::read(self, index, &mut files, &budget);
                (self.describe(index, &budget), sequences, scopes)
            })
            .collect();
        let (mut units, mut sequences, mut found) = (Vec::new(), Vec::new(), Vec::new());
        for (unit, of_unit, scopes) in read {
            units.push(unit);
            sequences.extend(of_unit);
            found.push(scopes);
        }
        Source { units, rows: Rows::new(sequences), scopes: Scopes::new(found) }
    }

    fn describe(&self, index: usize, budget: &Budget) -> Unit {
        let unit = &self.units[index];
        let of = |bytes: Option<Bytes<'_>>| -> Arc<str> {
            bytes.map(|bytes| text(bytes, budget)).unwrap_or_default().into()
        };
        let root = unit.entry(unit.header.root_offset()).ok();
        let language = root.and_then(|root| match root.attr_value(DW_AT_language)? {
            Value::Language(language) => Some(language.0),
            _ => None,
        });
        Unit {
            name: of(unit.name),
            folder: of(unit.comp_dir),
            language: language.unwrap_or_default(),
        }
    }

    /// As [`text`], of an attribute.
    pub fn string(
        &self,
        unit: &DwarfUnit<'a>,
        value: Value<'a>,
        budget: &Budget,
    ) -> Option<String> {
        self.dwarf.attr_string(unit, value).ok().map(|bytes| text(bytes, budget))
    }

    /// The unit and the entry in it that an attribute of an entry of `unit` refers to.
    pub fn referred(&self, unit: usize, value: Value<'a>) -> Option<(usize, UnitOffset)> {
        match value {
            Value::UnitRef(offset) => Some((unit, offset)),
            Value::DebugInfoRef(offset) => {
                let start = |unit: &DwarfUnit<'_>| unit.header.debug_info_offset();
                let after = self.units.partition_point(|unit| start(unit) <= Some(offset));
                let unit = after.checked_sub(1)?;
                let within = offset.0.checked_sub(start(&self.units[unit])?.0)?;
                Some((unit, UnitOffset(within)))
            }
            _ => None,
        }
    }
}

/// A string of the section, if it may still be read.
pub fn text(bytes: Bytes<'_>, budget: &Budget) -> String {
    /// Longer names are cut off.
    const MAX: usize = 4096;
    if !budget.take(bytes.len()) {
        return String::new();
    }
    let bytes = &bytes.slice()[..bytes.len().min(MAX)];
    // Names are printed.
    let readable = |c: char| if c.is_control() { '_' } else { c };
    String::from_utf8_lossy(bytes).chars().map(readable).collect()
}

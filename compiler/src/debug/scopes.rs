//! Entries of functions and of what was inlined into them → which of them an address lies in.

use super::lines::Files;
use super::read::{Bytes, Context, DwarfUnit, Value};
use super::{Budget, Location};
use crate::compile::labels::demangled;
use gimli::constants as dw;
use gimli::{DebuggingInformationEntry, UnitOffset};
use std::collections::HashMap;
use std::sync::Arc;

/// A function, or a call that was inlined.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Empty if it is not known.
    pub name: Arc<str>,
    /// Of a function: its declaration. Of an inlined call: where it was called.
    pub location: Option<Location>,
    /// What it was inlined into.
    pub parent: Option<ScopeId>,
    pub unit: u32,
}

/// A position in the scopes of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ScopeId(pub u32);

/// From its address to that of the next mark, this scope is the innermost.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    address: u32,
    scope: Option<ScopeId>,
}

/// The scopes of a module.
pub struct Scopes {
    scopes: Vec<Scope>,
    marks: Vec<Mark>,
}

/// The scopes of one unit; numbers count within it.
#[derive(Default)]
pub struct Found {
    scopes: Vec<Scope>,
    ranges: Vec<Interval>,
}

/// Addresses of a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Interval {
    start: u32,
    /// How many scopes it was inlined into.
    level: u32,
    end: u32,
    scope: u32,
}

/// Deepest nesting of inlined calls that is told apart.
const MAX_LEVEL: u32 = 32;

impl Scopes {
    pub fn new(found: Vec<Found>) -> Scopes {
        let (mut scopes, mut ranges) = (Vec::new(), Vec::new());
        for unit in found {
            let first = scopes.len() as u32;
            scopes.extend(unit.scopes.into_iter().map(|mut scope| {
                scope.parent = scope.parent.map(|ScopeId(parent)| ScopeId(parent + first));
                scope
            }));
            let moved = |range: Interval| Interval { scope: range.scope + first, ..range };
            ranges.extend(unit.ranges.into_iter().map(moved));
        }
        ranges.sort_unstable();
        Scopes { scopes, marks: marks(&ranges) }
    }

    pub fn at(&self, address: u32) -> Option<ScopeId> {
        let after = self.marks.partition_point(|mark| mark.address <= address);
        self.marks.get(after.checked_sub(1)?)?.scope
    }

    pub fn get(&self, ScopeId(id): ScopeId) -> &Scope {
        &self.scopes[id as usize]
    }
}

/// Where the innermost scope changes. What is not nested properly is cut off at the end of what it began in.
fn marks(ranges: &[Interval]) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(ranges.len() * 2);
    let mut open: Vec<Interval> = Vec::new();
    for &range in ranges {
        close(&mut open, range.start, &mut marks);
        let end = open.last().map_or(range.end, |outer| outer.end.min(range.end));
        open.push(Interval { end, ..range });
        mark(&mut marks, range.start, &open);
    }
    close(&mut open, u32::MAX, &mut marks);
    marks
}

/// Ends the ranges that do not reach beyond `address`.
fn close(open: &mut Vec<Interval>, address: u32, marks: &mut Vec<Mark>) {
    while let Some(last) = open.pop_if(|last| last.end <= address) {
        mark(marks, last.end, open);
    }
}

fn mark(marks: &mut Vec<Mark>, address: u32, open: &[Interval]) {
    marks.pop_if(|last| last.address == address);
    marks.push(Mark { address, scope: open.last().map(|range| ScopeId(range.scope)) });
}

/// Reads the scopes of a unit.
pub fn read<'c, 'a>(
    context: &'c Context<'a>,
    unit: usize,
    files: &mut Files<'c, 'a>,
    budget: &'c Budget,
) -> Found {
    let mut reader = Reader {
        context,
        unit,
        files,
        budget,
        names: HashMap::new(),
        open: Vec::new(),
        found: Found::default(),
    };
    reader.entries();
    reader.found
}

type Entry<'a> = DebuggingInformationEntry<Bytes<'a>>;

struct Reader<'c, 'f, 'a> {
    context: &'c Context<'a>,
    unit: usize,
    files: &'f mut Files<'c, 'a>,
    budget: &'c Budget,
    /// Names of functions by their entry, also of other units.
    names: HashMap<(usize, UnitOffset), Arc<str>>,
    /// The scopes that enclose the entry that is being read: its depth in the tree, its number, its level.
    open: Vec<(isize, u32, u32)>,
    found: Found,
}

impl<'a> Reader<'_, '_, 'a> {
    fn entries(&mut self) {
        let unit: &DwarfUnit<'a> = &self.context.units[self.unit];
        let Ok(mut entries) = unit.entries_raw(None) else { return };
        let mut entry = Entry::null();
        while !entries.is_empty() && self.budget.take(1) {
            match entries.read_entry(&mut entry) {
                Ok(true) => self.entry(unit, &entry),
                Ok(false) => {}
                Err(_) => return,
            }
        }
    }

    fn entry(&mut self, unit: &DwarfUnit<'a>, entry: &Entry<'a>) {
        while self.open.pop_if(|open| open.0 >= entry.depth()).is_some() {}
        let level = match (entry.tag(), self.open.last()) {
            (dw::DW_TAG_subprogram, _) => 0,
            (dw::DW_TAG_inlined_subroutine, Some(&(_, _, level))) if level < MAX_LEVEL => level + 1,
            _ => return,
        };
        let scope = self.found.scopes.len() as u32;
        let before = self.found.ranges.len();
        self.ranges(unit, entry, |start, end| Interval { start, level, end, scope });
        if self.found.ranges.len() == before {
            return;
        }
        let parent = if level == 0 { None } else { self.open.last().map(|open| ScopeId(open.1)) };
        let location = match level {
            0 => self.declaration(entry),
            _ => self
                .location(entry, [dw::DW_AT_call_file, dw::DW_AT_call_line, dw::DW_AT_call_column]),
        };
        let name = self.name(self.unit, unit, entry);
        self.found.scopes.push(Scope { name, location, parent, unit: self.unit as u32 });
        self.open.push((entry.depth(), scope, level));
    }

    /// The addresses of an entry.
    fn ranges(
        &mut self,
        unit: &DwarfUnit<'a>,
        entry: &Entry<'a>,
        make: impl Fn(u32, u32) -> Interval,
    ) {
        let dwarf = &self.context.dwarf;
        let address = |value| dwarf.attr_address(unit, value).ok().flatten();
        let mut add = |start: u64, end: u64| {
            // At 0 there is no function, but what linkers leave of those that they dropped.
            if start > 0 && start < end && end <= u64::from(self.context.code_size) {
                self.found.ranges.push(make(start as u32, end as u32));
            }
        };
        if let Some(value) = entry.attr_value(dw::DW_AT_ranges) {
            let Ok(Some(mut ranges)) = dwarf.attr_ranges(unit, value) else { return };
            while let Ok(Some(range)) = ranges.next() {
                if !self.budget.take(8) {
                    return;
                }
                add(range.begin, range.end);
            }
            return;
        }
        let Some(start) = entry.attr_value(dw::DW_AT_low_pc).and_then(address) else { return };
        match entry.attr_value(dw::DW_AT_high_pc) {
            Some(Value::Udata(size)) => add(start, start.saturating_add(size)),
            Some(value) => add(start, address(value).unwrap_or(0)),
            None => {}
        }
    }

    fn location(
        &mut self,
        entry: &Entry<'a>,
        [file, line, column]: [gimli::DwAt; 3],
    ) -> Option<Location> {
        let number = |name| entry.attr(name).and_then(|attribute| attribute.udata_value());
        let file = match entry.attr_value(file)? {
            Value::FileIndex(file) => file,
            value => value.udata_value()?,
        };
        let small = |number: Option<u64>| u32::try_from(number.unwrap_or(0)).unwrap_or(0);
        let (line, column) = (small(number(line)), small(number(column)));
        Some(Location { file: self.files.path(file)?, line, column }).filter(|l| l.line != 0)
    }

    /// Where a function is declared; the entry may leave that to the one it completes.
    fn declaration(&mut self, entry: &Entry<'a>) -> Option<Location> {
        let names = [dw::DW_AT_decl_file, dw::DW_AT_decl_line, dw::DW_AT_decl_column];
        self.location(entry, names).or_else(|| {
            let value = reference(entry)?;
            let (unit, offset) = self.context.referred(self.unit, value)?;
            if unit != self.unit {
                return None;
            }
            let entry = self.context.units[unit].entry(offset).ok()?;
            self.location(&entry, names)
        })
    }

    /// The name of a function: an entry may leave it to the one it completes or is an instance of.
    fn name(&mut self, index: usize, unit: &DwarfUnit<'a>, entry: &Entry<'a>) -> Arc<str> {
        if let Some(name) = self.own_name(unit, entry) {
            return name;
        }
        let Some(target) = reference(entry).and_then(|v| self.context.referred(index, v)) else {
            return "".into();
        };
        if let Some(name) = self.names.get(&target) {
            return name.clone();
        }
        let name = self.referred_name(target);
        self.names.insert(target, name.clone());
        name
    }

    /// Follows references as far as compilers make them.
    fn referred_name(&self, mut target: (usize, UnitOffset)) -> Arc<str> {
        for _ in 0..4 {
            let unit = &self.context.units[target.0];
            let Ok(entry) = unit.entry(target.1) else { break };
            if let Some(name) = self.own_name(unit, &entry) {
                return name;
            }
            match reference(&entry).and_then(|value| self.context.referred(target.0, value)) {
                Some(next) => target = next,
                None => break,
            }
        }
        "".into()
    }

    fn own_name(&self, unit: &DwarfUnit<'a>, entry: &Entry<'a>) -> Option<Arc<str>> {
        let text = |name| self.context.string(unit, entry.attr_value(name)?, self.budget);
        let linkage = text(dw::DW_AT_linkage_name).or_else(|| text(dw::DW_AT_MIPS_linkage_name));
        let name = linkage.map(|name| demangled(&name)).or_else(|| text(dw::DW_AT_name))?;
        Some(name.into())
    }
}

/// The entry that this one is an instance or the completion of.
fn reference<'a>(entry: &Entry<'a>) -> Option<Value<'a>> {
    entry
        .attr_value(dw::DW_AT_abstract_origin)
        .or_else(|| entry.attr_value(dw::DW_AT_specification))
}

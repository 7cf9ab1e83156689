//! Line programs → rows.

use super::read::{Bytes, Context, DwarfUnit, text};
use super::{Budget, Location};
use gimli::{ColumnType, LineProgramHeader, Section};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// From its address to that of the next row, code comes from this line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    pub address: u32,
    /// The position of a file in [`Rows`]; [`NOWHERE`] behind a sequence.
    file: u32,
    pub line: u32,
    pub column: u32,
}

const NOWHERE: u32 = u32::MAX;

impl Row {
    /// What it says of its addresses: equal for rows of one file, line and column.
    pub fn meaning(self) -> (u32, u32, u32) {
        (self.file, self.line, self.column)
    }

    pub fn location(self, rows: &Rows) -> Option<Location> {
        let Row { file, line, column, .. } = self;
        let file = rows.files.get(file as usize)?.clone();
        Some(Location { file, line, column })
    }
}

/// Rows of neighbouring addresses, ascending; `files` of the rows are positions in the second.
pub type Sequence = (Vec<Row>, Arc<[Arc<str>]>);

/// The rows of a module, by address.
pub struct Rows {
    rows: Vec<Row>,
    files: Vec<Arc<str>>,
}

impl Rows {
    /// Sequences that overlap are those of functions which the linker dropped: the first one that is there stays.
    pub fn new(mut sequences: Vec<Sequence>) -> Rows {
        sequences.sort_by_key(|(rows, _)| rows.first().map(|row| row.address));
        let mut interned = HashMap::new();
        let mut all = Rows { rows: Vec::new(), files: Vec::new() };
        for (rows, files) in sequences {
            let (Some(first), Some(last)) = (rows.first(), all.rows.last()) else {
                all.add(&rows, &files, &mut interned);
                continue;
            };
            if first.address >= last.address {
                all.add(&rows, &files, &mut interned);
            }
        }
        all
    }

    fn add(&mut self, rows: &[Row], files: &[Arc<str>], interned: &mut HashMap<Arc<str>, u32>) {
        for row in rows {
            let file = files.get(row.file as usize).map_or(NOWHERE, |file| {
                *interned.entry(file.clone()).or_insert_with(|| {
                    self.files.push(file.clone());
                    self.files.len() as u32 - 1
                })
            });
            self.rows.push(Row { file, ..*row });
        }
    }

    /// The row that an address belongs to.
    pub fn at(&self, address: u32) -> Option<Row> {
        let after = self.rows.partition_point(|row| row.address <= address);
        let row = *self.rows.get(after.checked_sub(1)?)?;
        (row.file != NOWHERE && row.line != 0).then_some(row)
    }
}

/// For every unit: how many rows may be read of its line program. Units may share one, which counts for the first; and
/// programs that overlap share what there is.
pub fn programs(context: &Context<'_>) -> Vec<usize> {
    let mut left = context.dwarf.debug_line.reader().len().saturating_mul(4);
    let mut seen = HashSet::new();
    let mut rows = |unit: &DwarfUnit<'_>| {
        let header = unit.line_program.as_ref()?.header();
        let rows = header.raw_program_buf().len().min(left);
        seen.insert(header.offset().0).then(|| {
            left -= rows;
            rows
        })
    };
    context.units.iter().map(|unit| rows(unit).unwrap_or(0)).collect()
}

/// The files of one unit, named when they are first asked for.
pub struct Files<'c, 'a> {
    context: &'c Context<'a>,
    unit: &'c DwarfUnit<'a>,
    budget: &'c Budget,
    known: HashMap<u64, u32>,
    paths: Vec<Arc<str>>,
}

impl<'c, 'a> Files<'c, 'a> {
    pub fn new(context: &'c Context<'a>, unit: usize, budget: &'c Budget) -> Self {
        let unit = &context.units[unit];
        Files { context, unit, budget, known: HashMap::new(), paths: Vec::new() }
    }

    /// The path of the file with this number in the unit's line program.
    pub fn path(&mut self, file: u64) -> Option<Arc<str>> {
        let index = self.index(file);
        self.paths.get(index as usize).cloned()
    }

    fn index(&mut self, file: u64) -> u32 {
        if let Some(&index) = self.known.get(&file) {
            return index;
        }
        let header = self.unit.line_program.as_ref().map(|program| program.header());
        let path = header.and_then(|header| self.full_path(header, file));
        let index = path.map_or(NOWHERE, |path| {
            self.paths.push(path.into());
            self.paths.len() as u32 - 1
        });
        self.known.insert(file, index);
        index
    }

    fn full_path(&self, header: &LineProgramHeader<Bytes<'a>>, file: u64) -> Option<String> {
        let string = |value| self.context.string(self.unit, value, self.budget);
        let entry = header.file(file)?;
        let mut path = self.unit.comp_dir.map(|dir| text(dir, self.budget)).unwrap_or_default();
        if let Some(folder) = entry.directory(header).and_then(string) {
            join(&mut path, &folder);
        }
        join(&mut path, &string(entry.path_name())?);
        Some(path)
    }

    /// Executes the unit's line program as far as it makes no more rows than this.
    pub fn sequences(&mut self, mut most: usize) -> Vec<Sequence> {
        let Some(program) = self.unit.line_program.clone() else { return Vec::new() };
        let mut sequences = Vec::new();
        let mut rows: Vec<Row> = Vec::new();
        let mut program = program.rows();
        while let Ok(Some((_, row))) = program.next_row() {
            let Some(left) = most.checked_sub(1) else { break };
            most = left;
            let (address, is_end) = (row.address(), row.end_sequence());
            let line = row.line().map_or(0, |line| clamp(line.get()));
            let column = match row.column() {
                ColumnType::LeftEdge => 0,
                ColumnType::Column(column) => clamp(column.get()),
            };
            let file = if is_end { NOWHERE } else { self.index(row.file_index()) };
            rows.push(Row { address: clamp(address), file, line, column });
            if is_end {
                let sequence = std::mem::take(&mut rows);
                if is_in_code(&sequence, self.context.code_size) {
                    sequences.push(sequence);
                }
            }
        }
        let files: Arc<[Arc<str>]> = self.paths.as_slice().into();
        sequences.into_iter().map(|rows| (rows, files.clone())).collect()
    }
}

/// What linkers leave of functions that they dropped begins at 0, where no function is, or far away.
fn is_in_code(rows: &[Row], code_size: u32) -> bool {
    let ascends = rows.is_sorted_by_key(|row| row.address);
    let ends = (rows.first().map(|row| row.address), rows.last().map(|row| row.address));
    matches!(ends, (Some(first), Some(last)) if ascends && first > 0 && last <= code_size)
}

fn clamp(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Appends to a path, as the system that compiled would: absolute paths replace it.
fn join(path: &mut String, more: &str) {
    let mut letters = more.chars();
    let drive =
        matches!((letters.next(), letters.next()), (Some(c), Some(':')) if c.is_alphabetic());
    if more.starts_with(['/', '\\']) || drive {
        path.clear();
    } else if !path.is_empty() && !path.ends_with(['/', '\\']) {
        path.push('/');
    }
    path.push_str(more);
}

//! Where everything of an object lies in its reservation, before anything is copied.

use super::File;
use super::machine::{Machine, STUB_SIZE};
use anyhow::{Result, bail};
use object::{
    Object, ObjectSection, ObjectSymbol, RelocationFlags, RelocationTarget, SectionFlags,
    SectionIndex, SymbolIndex, elf,
};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Offsets in the reservation.
#[derive(Default)]
pub struct Layout {
    /// Every section that is loaded.
    pub sections: HashMap<SectionIndex, u64>,
    /// A stub for every undefined symbol.
    pub stubs: HashMap<SymbolIndex, u64>,
    /// A word for every symbol whose address code loads.
    pub addresses: HashMap<SymbolIndex, u64>,
    /// What becomes executable.
    pub text: Range<u64>,
    /// What becomes read-only. Behind it lies what stays writable.
    pub constants: Range<u64>,
    pub size: u64,
}

/// Pages of any host are at most this large, and images are aligned to it.
const PAGE: u64 = weldc_abi::HOST_PAGE;

/// Why a section is in memory.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Constant,
    Image,
    Data,
}

impl Layout {
    pub fn new(file: &File<'_>, machine: &dyn Machine) -> Result<Layout> {
        let mut layout = Layout::default();
        layout.place(file, Kind::Text)?;
        for symbol in undefined(file)? {
            let offset = layout.take(STUB_SIZE as u64, 16);
            layout.stubs.insert(symbol, offset);
        }
        layout.text = 0..layout.end_page();
        layout.place(file, Kind::Constant)?;
        layout.place_addresses(file, machine)?;
        // Images begin on a page of their own: the runtime remaps them.
        layout.end_page();
        layout.place(file, Kind::Image)?;
        layout.constants = layout.text.end..layout.end_page();
        layout.place(file, Kind::Data)?;
        layout.end_page();
        Ok(layout)
    }

    fn place(&mut self, file: &File<'_>, kind: Kind) -> Result<()> {
        for section in file.sections() {
            if kind_of(&section)? == Some(kind) {
                if section.align() > PAGE {
                    bail!("section {} is aligned to {}", section.name()?, section.align());
                }
                let offset = self.take(section.size(), section.align());
                self.sections.insert(section.index(), offset);
            }
        }
        Ok(())
    }

    fn place_addresses(&mut self, file: &File<'_>, machine: &dyn Machine) -> Result<()> {
        for (r_type, symbol) in references(file)? {
            if machine.needs_entry(r_type) && !self.addresses.contains_key(&symbol) {
                let offset = self.take(8, 8);
                self.addresses.insert(symbol, offset);
            }
        }
        Ok(())
    }

    fn take(&mut self, size: u64, align: u64) -> u64 {
        let offset = self.size.next_multiple_of(align.max(1));
        self.size = offset + size;
        offset
    }

    fn end_page(&mut self) -> u64 {
        self.size = self.size.next_multiple_of(PAGE);
        self.size
    }
}

/// The symbols that something in memory refers to and the object does not define, in their order. Others
/// stand in symbol tables only to tell linkers something.
pub fn undefined(file: &File<'_>) -> Result<Vec<SymbolIndex>> {
    let referred: HashSet<_> = references(file)?.into_iter().map(|(_, symbol)| symbol).collect();
    let symbols = file.symbols().filter(|symbol| symbol.is_undefined()).map(|s| s.index());
    Ok(symbols.filter(|symbol| referred.contains(symbol)).collect())
}

/// Type and symbol of every relocation in sections that are loaded.
fn references(file: &File<'_>) -> Result<Vec<(u32, SymbolIndex)>> {
    let mut references = Vec::new();
    for section in file.sections() {
        if kind_of(&section)?.is_none() {
            continue;
        }
        for (_, relocation) in section.relocations() {
            if let RelocationFlags::Elf { r_type } = relocation.flags()
                && let RelocationTarget::Symbol(symbol) = relocation.target()
            {
                references.push((r_type, symbol));
            }
        }
    }
    Ok(references)
}

/// `None` for sections that are not loaded.
fn kind_of<'data>(section: &impl ObjectSection<'data>) -> Result<Option<Kind>> {
    let SectionFlags::Elf { sh_flags } = section.flags() else { return Ok(None) };
    let has = |flag: u32| sh_flags & u64::from(flag) != 0;
    if !has(elf::SHF_ALLOC) || section.size() == 0 {
        return Ok(None);
    }
    if has(elf::SHF_TLS) {
        bail!("section {} holds thread-local data, which cannot be loaded", section.name()?);
    }
    Ok(Some(match () {
        () if has(elf::SHF_EXECINSTR) && has(elf::SHF_WRITE) => {
            bail!("section {} is writable and executable", section.name()?)
        }
        () if has(elf::SHF_EXECINSTR) => Kind::Text,
        () if has(elf::SHF_WRITE) => Kind::Data,
        () if section.align() >= PAGE => Kind::Image,
        () => Kind::Constant,
    }))
}

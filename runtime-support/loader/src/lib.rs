//! Loads an object file into this process: `weldc run`, and the tests, without a linker and without files.
//!
//! ```text
//!  object ──layout──▶ where each section lies ──bind──▶ addresses of symbols ──relocate──▶ bytes ──protect──▶ code
//! ```
//! All sections lie in one reservation, so that 32-bit distances between them reach:
//! text, stubs | read-only data, addresses | images | data. Functions of this process can be farther away
//! than a call reaches; calls to them go through a stub each. Memory is never writable and executable at
//! once. The loader knows ELF objects as `weldc build` and C compilers write them; everything else is an
//! error.
//!
//! Unwind tables are loaded, but not announced to the unwinder: nothing unwinds through generated code, and
//! traps walk frame pointers.

mod aarch64;
mod layout;
mod machine;
mod memory;
mod x86_64;

use anyhow::{Context, Result, bail, ensure};
use layout::Layout;
use machine::{Failure, Machine, Values};
use memory::{Access, Memory};
use object::read::elf::ElfFile64;
use object::{
    Architecture, Object, ObjectSection, ObjectSymbol, RelocationFlags, RelocationTarget,
    SectionIndex, SymbolIndex, SymbolKind, SymbolSection,
};
use std::collections::HashMap;

type File<'data> = ElfFile64<'data, object::LittleEndian>;

/// An object file in memory, relocated and executable. Addresses in it are valid as long as it lives.
pub struct Loaded {
    memory: Memory,
    /// Offsets of the global symbols that the object defines.
    symbols: HashMap<String, u64>,
    /// Offsets of the sections that were loaded.
    sections: HashMap<SectionIndex, u64>,
}

/// A function in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Function {
    pub name: String,
    pub address: u64,
    pub size: u64,
}

impl Loaded {
    /// Loads `object`; `resolve` gives the addresses of what it refers to and does not define.
    pub fn load(object: &[u8], resolve: &dyn Fn(&str) -> Option<*const u8>) -> Result<Loaded> {
        let file = File::parse(object).context("cannot read the object file")?;
        let machine = machine(file.architecture())?;
        ensure!(
            file.architecture() == HOST,
            "the code is for {:?}, and this machine is {HOST:?}",
            file.architecture()
        );
        let layout = Layout::new(&file, machine)?;
        let mut memory = Memory::new(layout.size)?;
        let externs = externs(&file, resolve)?;
        let mut loader = Loader { file: &file, machine, layout: &layout, externs, base: 0 };
        loader.base = memory.base();
        loader.copy_sections(memory.bytes())?;
        loader.write_stubs(memory.bytes());
        loader.write_addresses(memory.bytes())?;
        loader.relocate(memory.bytes())?;
        memory.protect(layout.text.clone(), Access::Execute)?;
        memory.protect(layout.constants.clone(), Access::Read)?;
        let symbols = loader.globals()?;
        Ok(Loaded { memory, symbols, sections: layout.sections })
    }

    /// All functions of `object`, which must be what was loaded; for profilers.
    pub fn functions(&self, object: &[u8]) -> Result<Vec<Function>> {
        let file = File::parse(object).context("cannot read the object file")?;
        let mut functions = Vec::new();
        for symbol in file.symbols().filter(|symbol| symbol.kind() == SymbolKind::Text) {
            let section = symbol.section_index().and_then(|index| self.sections.get(&index));
            let Some(section) = section else { continue };
            let address = self.memory.base() + section + symbol.address();
            functions.push(Function { name: symbol.name()?.into(), address, size: symbol.size() });
        }
        Ok(functions)
    }

    /// The address of a global symbol that the object defines.
    pub fn symbol(&self, name: &str) -> Option<*const u8> {
        let offset = *self.symbols.get(name)?;
        Some(self.memory.base_pointer().wrapping_add(offset as usize))
    }
}

/// What this process can execute.
const HOST: Architecture =
    if cfg!(target_arch = "aarch64") { Architecture::Aarch64 } else { Architecture::X86_64 };

fn machine(architecture: Architecture) -> Result<&'static dyn Machine> {
    match architecture {
        Architecture::X86_64 => Ok(&x86_64::X86_64),
        Architecture::Aarch64 => Ok(&aarch64::Aarch64),
        other => bail!("cannot load code for {other:?}"),
    }
}

/// The addresses of the symbols that the object does not define; all missing ones are in the error.
fn externs(
    file: &File<'_>,
    resolve: &dyn Fn(&str) -> Option<*const u8>,
) -> Result<HashMap<SymbolIndex, u64>> {
    let mut addresses = HashMap::new();
    let mut missing = Vec::new();
    for index in layout::undefined(file)? {
        let symbol = file.symbol_by_index(index)?;
        let name = symbol.name()?;
        match resolve(name) {
            Some(address) => {
                addresses.insert(index, address as u64);
            }
            None if symbol.is_weak() => {
                addresses.insert(index, 0);
            }
            None => missing.push(name),
        }
    }
    ensure!(
        missing.is_empty(),
        "the code needs functions that nothing provides: {}",
        missing.join(", ")
    );
    Ok(addresses)
}

struct Loader<'a, 'data> {
    file: &'a File<'data>,
    machine: &'static dyn Machine,
    layout: &'a Layout,
    /// Addresses of undefined symbols.
    externs: HashMap<SymbolIndex, u64>,
    /// Address of the reservation.
    base: u64,
}

impl Loader<'_, '_> {
    fn copy_sections(&self, memory: &mut [u8]) -> Result<()> {
        for (&index, &offset) in &self.layout.sections {
            let data = self.file.section_by_index(index)?.data()?;
            // A section without contents starts as zeros, as the memory does.
            memory[offset as usize..][..data.len()].copy_from_slice(data);
        }
        Ok(())
    }

    /// Writes the jumps to functions of this process.
    fn write_stubs(&self, memory: &mut [u8]) {
        for (symbol, &offset) in &self.layout.stubs {
            let stub = self.machine.stub(self.externs.get(symbol).copied().unwrap_or(0));
            memory[offset as usize..][..stub.len()].copy_from_slice(&stub);
        }
    }

    /// Writes the table of addresses that code loads from.
    fn write_addresses(&self, memory: &mut [u8]) -> Result<()> {
        for (&symbol, &offset) in &self.layout.addresses {
            let address = self.address(symbol)?;
            memory[offset as usize..][..8].copy_from_slice(&address.to_le_bytes());
        }
        Ok(())
    }

    /// The address of a symbol, wherever it is defined.
    fn address(&self, index: SymbolIndex) -> Result<u64> {
        if let Some(&address) = self.externs.get(&index) {
            return Ok(address);
        }
        let symbol = self.file.symbol_by_index(index)?;
        match symbol.section() {
            SymbolSection::Section(section) => match self.layout.sections.get(&section) {
                Some(offset) => Ok(self.base + offset + symbol.address()),
                None => bail!("`{}` lies in a section that is not loaded", symbol.name()?),
            },
            SymbolSection::Absolute => Ok(symbol.address()),
            _ => bail!("`{}` has no address", symbol.name()?),
        }
    }

    fn relocate(&self, memory: &mut [u8]) -> Result<()> {
        for section in self.file.sections() {
            let Some(&start) = self.layout.sections.get(&section.index()) else { continue };
            for (offset, relocation) in section.relocations() {
                let RelocationFlags::Elf { r_type } = relocation.flags() else {
                    bail!("a relocation is not of ELF");
                };
                let RelocationTarget::Symbol(symbol) = relocation.target() else {
                    bail!("relocation {r_type} refers to no symbol");
                };
                let at = start + offset;
                let values = self.values(symbol, at, relocation.addend())?;
                let place = memory.get_mut(at as usize..).unwrap_or_default();
                if let Err(failure) = self.machine.apply(r_type, place, &values) {
                    return Err(self.explain(failure, r_type, section.index(), symbol));
                }
            }
        }
        Ok(())
    }

    /// Everything a relocation's formula can mention.
    fn values(&self, symbol: SymbolIndex, at: u64, addend: i64) -> Result<Values> {
        let address = self.address(symbol)?;
        let in_memory = |offset: &u64| self.base + offset;
        Ok(Values {
            place: self.base + at,
            symbol: address,
            addend,
            callee: self.layout.stubs.get(&symbol).map_or(address, in_memory),
            entry: self.layout.addresses.get(&symbol).map(in_memory),
        })
    }

    fn explain(
        &self,
        failure: Failure,
        r_type: u32,
        section: SectionIndex,
        symbol: SymbolIndex,
    ) -> anyhow::Error {
        let section = self.file.section_by_index(section);
        let section = section.as_ref().ok().and_then(|s| s.name().ok()).unwrap_or("?").to_string();
        let symbol = self.file.symbol_by_index(symbol);
        let symbol = symbol.as_ref().ok().and_then(|s| s.name().ok()).unwrap_or("?").to_string();
        let reason = match failure {
            Failure::Unknown => "is not known to the loader",
            Failure::TooFar => "does not reach",
            Failure::Outside => "lies outside of its section",
        };
        anyhow::anyhow!("relocation {r_type} in {section} for `{symbol}` {reason}")
    }

    /// Offsets of the global symbols that the object defines.
    fn globals(&self) -> Result<HashMap<String, u64>> {
        let mut globals = HashMap::new();
        for symbol in self.file.symbols().filter(|s| s.is_global() && s.is_definition()) {
            let address = self.address(symbol.index())?;
            globals.insert(symbol.name()?.to_string(), address.wrapping_sub(self.base));
        }
        Ok(globals)
    }
}

#[cfg(test)]
mod tests;

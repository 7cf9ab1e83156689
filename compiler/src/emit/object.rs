//! The ELF file itself.
//!
//! Written with `object::write` and not through cranelift-object's `ObjectModule`: that wants a
//! declaration for everything that is mentioned, keeps relocations between functions for the linker, and
//! has neither distances in data nor unwind tables that a shared library may contain.

use super::blob::{Link, Place};
use super::dwarf::{self, DebugSection};
use super::tables::{ARTEFACT_OFFSET, ARTEFACT_SIZE, Tables};
use super::target::Target;
use super::text::{Reference, Referent, Text, Undefined};
use super::unwind::Unwind;
use crate::error::{Error, Result};
use object::write::{
    Object, Relocation, SectionId, StandardSection, Symbol, SymbolId, SymbolSection,
};
use object::{
    BinaryFormat, Endianness, RelocationFlags, SectionKind, SymbolFlags, SymbolKind, SymbolScope,
    elf,
};
use std::collections::{HashMap, HashSet};

/// What goes into an object file.
pub struct Contents<'a> {
    pub text: &'a Text,
    pub tables: &'a Tables,
    /// Initial contents of memories.
    pub images: &'a [u8],
    pub unwind: &'a Unwind,
    /// For debuggers.
    pub debug: &'a [DebugSection],
    /// The functions' symbols, in the order of the code.
    pub functions: &'a [FunctionSymbol],
    /// Symbol of the artefact record.
    pub artefact: &'a str,
    /// Names of what other objects define.
    pub undefined: &'a dyn Fn(Undefined) -> Option<String>,
    /// Sections that are not loaded.
    pub customs: &'a [(String, &'a [u8])],
}

/// The symbol of one function.
pub struct FunctionSymbol {
    pub name: String,
    /// Whether other objects, and other modules, see it.
    pub global: bool,
    pub start: u32,
    pub size: u32,
}

/// Makes the file.
pub fn write(target: &dyn Target, contents: &Contents<'_>) -> Result<Vec<u8>> {
    let mut writer = Writer::new(target, contents);
    writer.function_symbols()?;
    writer.artefact_symbol()?;
    writer.code_references()?;
    writer.table_references()?;
    writer.unwind_references()?;
    writer.debug_sections()?;
    writer.customs();
    writer.object.write().map_err(failed)
}

struct Writer<'a> {
    target: &'a dyn Target,
    contents: &'a Contents<'a>,
    object: Object<'a>,
    text: SectionId,
    tables: SectionId,
    images: Option<SectionId>,
    undefined: HashMap<Undefined, SymbolId>,
}

impl<'a> Writer<'a> {
    fn new(target: &'a dyn Target, contents: &'a Contents<'a>) -> Self {
        let mut object = Object::new(BinaryFormat::Elf, target.architecture(), Endianness::Little);
        let text = object.section_id(StandardSection::Text);
        object.set_section_data(text, &contents.text.bytes[..], contents.text.align);
        let tables = object.section_id(StandardSection::ReadOnlyData);
        object.set_section_data(tables, &contents.tables.bytes[..], 16);
        let images = (!contents.images.is_empty()).then(|| {
            // A section of its own, because the runtime remaps its pages.
            let name = b".weldc.images".to_vec();
            let images = object.add_section(Vec::new(), name, SectionKind::ReadOnlyData);
            object.set_section_data(images, contents.images, weldc_abi::HOST_PAGE);
            images
        });
        // Without this section a linker makes the stack executable.
        object.add_section(Vec::new(), b".note.GNU-stack".to_vec(), SectionKind::Other);
        Writer { target, contents, object, text, tables, images, undefined: HashMap::new() }
    }

    fn function_symbols(&mut self) -> Result<()> {
        let mut globals = HashSet::new();
        for function in self.contents.functions {
            if function.global && !globals.insert(&function.name) {
                return Err(Error::new(format!(
                    "two functions have the symbol `{}`",
                    function.name
                ))
                .help("names that differ only in what C identifiers cannot express collide"));
            }
            self.object.add_symbol(Symbol {
                name: symbol_name(&function.name)?,
                value: u64::from(function.start),
                size: u64::from(function.size),
                kind: SymbolKind::Text,
                scope: scope(function.global),
                weak: false,
                section: SymbolSection::Section(self.text),
                flags: SymbolFlags::None,
            });
        }
        Ok(())
    }

    /// Protected, not just global: a program that mentions a library's data gets a copy of it, and in a
    /// copy every distance would be wrong.
    fn artefact_symbol(&mut self) -> Result<()> {
        self.object.add_symbol(Symbol {
            name: symbol_name(self.contents.artefact)?,
            value: u64::from(ARTEFACT_OFFSET),
            size: ARTEFACT_SIZE,
            kind: SymbolKind::Data,
            scope: scope(true),
            weak: false,
            section: SymbolSection::Section(self.tables),
            flags: SymbolFlags::Elf {
                st_info: elf::STB_GLOBAL << 4 | elf::STT_OBJECT,
                st_other: elf::STV_PROTECTED,
            },
        });
        Ok(())
    }

    fn code_references(&mut self) -> Result<()> {
        for reference in &self.contents.text.references {
            let (symbol, offset) = match reference.target {
                Referent::Text(offset) => (self.object.section_symbol(self.text), offset),
                Referent::Artefact => (self.object.section_symbol(self.tables), ARTEFACT_OFFSET),
                Referent::Data(id) => {
                    let offset = self.contents.tables.data.get(id).copied();
                    let offset = offset.ok_or_else(|| {
                        Error::new(format!("code refers to {id}, which nothing defines"))
                    })?;
                    (self.object.section_symbol(self.tables), offset)
                }
                Referent::Undefined(undefined) => (self.undefined(undefined)?, 0),
            };
            let elsewhere = matches!(reference.target, Referent::Undefined(_));
            let Some(r_type) = self.target.relocation(reference.kind, elsewhere) else {
                let Reference { kind, target, .. } = reference;
                return Err(Error::new(format!(
                    "code refers to {target:?} by {kind:?}, which is not position-independent"
                )));
            };
            let addend = reference.addend + i64::from(offset);
            self.relocate(self.text, reference.offset, symbol, addend, r_type)?;
        }
        Ok(())
    }

    /// The symbol of something that is defined elsewhere, made when it is first asked for.
    fn undefined(&mut self, undefined: Undefined) -> Result<SymbolId> {
        if let Some(&symbol) = self.undefined.get(&undefined) {
            return Ok(symbol);
        }
        let Some(name) = (self.contents.undefined)(undefined) else {
            return Err(Error::new(format!("code refers to {undefined:?}, which has no symbol")));
        };
        let symbol = self.object.add_symbol(Symbol {
            name: symbol_name(&name)?,
            value: 0,
            size: 0,
            kind: SymbolKind::Text,
            scope: SymbolScope::Unknown,
            weak: false,
            section: SymbolSection::Undefined,
            flags: SymbolFlags::None,
        });
        self.undefined.insert(undefined, symbol);
        Ok(symbol)
    }

    fn table_references(&mut self) -> Result<()> {
        for &Link { offset, target } in &self.contents.tables.links {
            let (section, addend) = match target {
                Place::Text(to) => (Some(self.text), i64::from(to)),
                Place::Images(to) => (self.images, to as i64),
                // Resolved when they were written.
                Place::Here(_) | Place::Nowhere => (None, 0),
            };
            let Some(section) = section else { continue };
            let symbol = self.object.section_symbol(section);
            self.relocate(self.tables, offset, symbol, addend, self.target.relative32())?;
        }
        Ok(())
    }

    fn unwind_references(&mut self) -> Result<()> {
        let unwind = self.contents.unwind;
        if unwind.bytes.is_empty() {
            return Ok(());
        }
        let section = self.object.section_id(StandardSection::EhFrame);
        self.object.set_section_data(section, &unwind.bytes[..], 8);
        let symbol = self.object.section_symbol(self.text);
        for &(offset, to) in &unwind.links {
            self.relocate(section, offset, symbol, i64::from(to), self.target.relative32())?;
        }
        Ok(())
    }

    fn debug_sections(&mut self) -> Result<()> {
        let contents = self.contents;
        let mut ids = HashMap::new();
        for section in contents.debug {
            let name = section.name.as_bytes().to_vec();
            let id = self.object.add_section(Vec::new(), name, SectionKind::Debug);
            self.object.set_section_data(id, &section.bytes[..], 1);
            ids.insert(section.name, id);
        }
        for section in contents.debug {
            for link in &section.links {
                let target = match link.target {
                    dwarf::Target::Text => Some(&self.text),
                    dwarf::Target::Section(name) => ids.get(name),
                };
                let (Some(&target), Some(&from)) = (target, ids.get(section.name)) else {
                    continue;
                };
                let symbol = self.object.section_symbol(target);
                let r_type = self.target.absolute(link.size);
                self.relocate(from, link.offset, symbol, link.addend, r_type)?;
            }
        }
        Ok(())
    }

    fn relocate(
        &mut self,
        section: SectionId,
        offset: u32,
        symbol: SymbolId,
        addend: i64,
        r_type: u32,
    ) -> Result<()> {
        let flags = RelocationFlags::Elf { r_type };
        let relocation = Relocation { offset: u64::from(offset), symbol, addend, flags };
        self.object.add_relocation(section, relocation).map_err(failed)
    }

    fn customs(&mut self) {
        for (name, bytes) in self.contents.customs {
            let id =
                self.object.add_section(Vec::new(), name.clone().into_bytes(), SectionKind::Other);
            self.object.set_section_data(id, *bytes, 1);
        }
    }
}

fn scope(global: bool) -> SymbolScope {
    if global { SymbolScope::Dynamic } else { SymbolScope::Compilation }
}

/// The bytes of a symbol's name, which ends at a zero byte in the file.
fn symbol_name(name: &str) -> Result<Vec<u8>> {
    if name.is_empty() || name.contains('\0') {
        return Err(Error::new(format!("{name:?} cannot be the name of a symbol")));
    }
    Ok(name.as_bytes().to_vec())
}

fn failed(error: object::write::Error) -> Error {
    Error::new(format!("cannot write the object file: {error}"))
}

//! Sections under construction, and the places in them that a linker fills in.

use gimli::write::{EndianVec, RelocateWriter, Relocation, RelocationTarget, Sections};
use gimli::{LittleEndian, SectionId};

/// A finished section.
pub struct DebugSection {
    pub name: &'static str,
    pub bytes: Vec<u8>,
    pub links: Vec<Link>,
}

/// A place that holds an address or an offset in another section.
#[derive(Clone, Debug)]
pub struct Link {
    pub offset: u32,
    /// In bytes: 4 or 8.
    pub size: u8,
    pub target: Target,
    pub addend: i64,
}

/// What a [`Link`] counts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The first byte of the code.
    Text,
    /// The first byte of the section of this name.
    Section(&'static str),
}

#[derive(Clone)]
pub struct Section {
    pub bytes: EndianVec<LittleEndian>,
    pub links: Vec<Link>,
}

impl Default for Section {
    fn default() -> Self {
        Section { bytes: EndianVec::new(LittleEndian), links: Vec::new() }
    }
}

impl RelocateWriter for Section {
    type Writer = EndianVec<LittleEndian>;

    fn writer(&self) -> &Self::Writer {
        &self.bytes
    }

    fn writer_mut(&mut self) -> &mut Self::Writer {
        &mut self.bytes
    }

    fn relocate(&mut self, relocation: Relocation) {
        let target = match relocation.target {
            RelocationTarget::Symbol(_) => Target::Text,
            RelocationTarget::Section(id) => Target::Section(id.name()),
        };
        let Relocation { offset, size, addend, .. } = relocation;
        self.links.push(Link { offset: offset as u32, size, target, addend });
    }
}

/// Those that are not empty.
pub fn finish(mut sections: Sections<Section>) -> Vec<DebugSection> {
    let mut finished = Vec::new();
    let mut add = |id: SectionId, section: &mut Section| {
        let Section { bytes, links } = std::mem::take(section);
        let bytes = bytes.into_vec();
        if !bytes.is_empty() {
            finished.push(DebugSection { name: id.name(), bytes, links });
        }
        Ok::<_, std::convert::Infallible>(())
    };
    let Ok(()) = sections.for_each_mut(&mut add);
    finished
}

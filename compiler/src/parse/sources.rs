//! What is compiled: a component, and what is given for its imports of definitions.
//!
//! All inputs lie in one block of bytes, the component first, so that one offset names any byte of them;
//! [`Files`] tells whose it is. A core module or component that is given is put into a component of its
//! own, which makes it a definition like any nested one and lets it see nothing outside.

use crate::error::{Error, Result};
use std::ops::Range;
use wasmparser::Parser;

/// A component, and what is given for imports of its own.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    pub component: Vec<u8>,
    pub given: Vec<Given>,
}

/// A core module or component for an import.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name of the import.
    pub import: String,
    /// What errors call it.
    pub file: String,
    pub bytes: Vec<u8>,
}

impl From<Vec<u8>> for Sources {
    fn from(component: Vec<u8>) -> Self {
        Sources { component, given: Vec::new() }
    }
}

/// Which bytes are of which input.
#[derive(Debug, Default)]
pub struct Files {
    /// The component is what comes before these.
    pub(super) given: Vec<File>,
}

/// Something that was given.
#[derive(Debug)]
pub(super) struct File {
    /// The import that it is for.
    pub import: String,
    pub name: String,
    range: Range<usize>,
    /// Where the component around it lies.
    pub around: Range<usize>,
}

impl Files {
    fn of(&self, offset: usize) -> Option<&File> {
        // What has no place has the greatest offset.
        self.given.iter().find(|file| (file.range.start..=file.range.end).contains(&offset))
    }

    /// The offset in the file that it is in.
    pub fn within_file(&self, offset: usize) -> usize {
        self.of(offset).map_or(offset, |file| offset - file.range.start)
    }

    /// The error with the file's name and the offset in the file.
    pub fn locate(&self, error: Error) -> Error {
        match error.offset().and_then(|offset| self.of(offset)) {
            Some(file) => error.in_file(&file.name, file.range.start),
            None => error,
        }
    }
}

/// The inputs, one behind the other.
pub(super) struct Block {
    pub bytes: Vec<u8>,
    /// How many of the bytes are the component.
    pub component: usize,
    pub files: Files,
}

impl Block {
    pub fn new(sources: Sources) -> Result<Block> {
        let Sources { component: bytes, given } = sources;
        let mut block = Block { component: bytes.len(), bytes, files: Files::default() };
        given.into_iter().try_for_each(|given| block.add(given))?;
        Ok(block)
    }

    fn add(&mut self, given: Given) -> Result<()> {
        check_form(&given)?;
        let Given { import, file: name, bytes } = given;
        // One file for several imports is one definition.
        let is_it = |known: &&File| known.name == name && self.bytes[known.range.clone()] == bytes;
        if let Some(File { range, around, .. }) = self.files.given.iter().find(is_it) {
            let (range, around) = (range.clone(), around.clone());
            self.files.given.push(File { import, name, range, around });
            return Ok(());
        }
        let too_large = || Error::new(format!("{name} has more than 4 GiB"));
        let size = u32::try_from(bytes.len()).map_err(|_| too_large())?;
        let start = self.bytes.len();
        self.bytes.extend(COMPONENT_HEADER);
        let is_module = Parser::is_core_wasm(&bytes);
        self.bytes.push(if is_module { CORE_MODULE_SECTION } else { COMPONENT_SECTION });
        self.push_leb128(size);
        let range = self.bytes.len()..self.bytes.len() + bytes.len();
        self.bytes.extend(bytes);
        let around = start..range.end;
        self.files.given.push(File { import, name, range, around });
        Ok(())
    }

    fn push_leb128(&mut self, mut value: u32) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }
}

const COMPONENT_HEADER: [u8; 8] = *b"\0asm\x0d\0\x01\0";
const CORE_MODULE_SECTION: u8 = 1;
const COMPONENT_SECTION: u8 = 4;

fn check_form(given: &Given) -> Result<()> {
    if Parser::is_core_wasm(&given.bytes) || Parser::is_component(&given.bytes) {
        return Ok(());
    }
    let message = format!(
        "{}, given for the import `{}`, is neither a core module nor a component in binary form",
        given.file, given.import
    );
    Err(Error::new(message))
}

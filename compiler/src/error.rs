//! What can go wrong while compiling, told so that a person can act on it.

use std::fmt;

/// An error in the input or in what was asked of the compiler.
#[derive(Debug)]
pub struct Error {
    message: String,
    offset: Option<usize>,
    file: Option<Box<str>>,
    path: Vec<String>,
    help: Option<Box<str>>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), offset: None, file: None, path: Vec::new(), help: None }
    }

    /// At this byte of the input.
    pub fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    /// The byte is one of another input than the component: of this file, which begins at `start`.
    pub fn in_file(mut self, file: &str, start: usize) -> Self {
        if self.file.is_none() {
            self.offset = self.offset.map(|offset| offset.saturating_sub(start));
            self.file = Some(file.into());
        }
        self
    }

    /// Within this part of the component; called from the inside outwards.
    pub fn within(mut self, part: impl Into<String>) -> Self {
        self.path.insert(0, part.into());
        self
    }

    /// What to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert(help.into().into());
        self
    }

    /// What is wrong, without where.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The byte offset in the input, if it has one.
    pub fn offset(&self) -> Option<usize> {
        self.offset
    }

    /// The file that the offset is in, if that is not the component.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The way from the root component to the place, outermost first.
    pub fn path(&self) -> &[String] {
        &self.path
    }

    /// What to do about it, if there is advice.
    pub fn advice(&self) -> Option<&str> {
        self.help.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if !self.path.is_empty() {
            write!(f, " (in {})", self.path.join(", "))?;
        }
        match (self.offset, &self.file) {
            (Some(offset), Some(file)) => write!(f, " (at offset {offset:#x} of {file})"),
            (Some(offset), None) => write!(f, " (at offset {offset:#x})"),
            (None, _) => Ok(()),
        }
    }
}

impl std::error::Error for Error {}

impl From<wasmparser::BinaryReaderError> for Error {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Error::new(error.message().to_string()).at(error.offset() as usize)
    }
}

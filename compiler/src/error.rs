//! What can go wrong while compiling, told so that a person can act on it.

use std::fmt;

/// An error in the input or in what was asked of the compiler.
#[derive(Debug)]
pub struct Error {
    message: String,
    offset: Option<usize>,
    path: Vec<String>,
    help: Option<String>,
}

pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    pub fn new(message: impl Into<String>) -> Self {
        Error { message: message.into(), offset: None, path: Vec::new(), help: None }
    }

    /// At this byte of the input.
    pub fn at(mut self, offset: usize) -> Self {
        self.offset.get_or_insert(offset);
        self
    }

    /// Within this part of the component; called from the inside outwards.
    pub fn within(mut self, part: impl Into<String>) -> Self {
        self.path.insert(0, part.into());
        self
    }

    /// What to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.get_or_insert(help.into());
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
        if let Some(offset) = self.offset {
            write!(f, " (at offset {offset:#x})")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<wasmparser::BinaryReaderError> for Error {
    fn from(error: wasmparser::BinaryReaderError) -> Self {
        Error::new(error.message().to_string()).at(error.offset() as usize)
    }
}

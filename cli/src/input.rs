//! The component to compile: a file or standard input, binary or text; and what is given for its imports.

use crate::args::With;
use crate::report::Failure;
use anyhow::{Context, Result};
use std::io::Read;
use std::path::{Path, PathBuf};
use weldc_compiler::parse::{Given, Sources};

/// An input, in binary form.
pub struct Input {
    /// As a person wrote it; for messages.
    pub display: String,
    /// The name of the file without directory and extension; names outputs and symbols.
    pub stem: String,
    /// The file's name: what a command finds as its argument 0.
    pub file_name: String,
    /// What was read.
    pub source: Vec<u8>,
    /// The binary form of it.
    pub bytes: Vec<u8>,
    /// What is given for its imports, by their names.
    pub given: Vec<(String, Input)>,
}

impl Input {
    /// Reads `path`, or standard input for `-`, and what is given.
    pub fn read(path: &Path, with: &[With]) -> Result<Input> {
        let mut input = Input::file(path)?;
        for With { import, file } in with {
            input.given.push((import.clone(), Input::file(file)?));
        }
        Ok(input)
    }

    /// What the compiler is told.
    pub fn sources(&self) -> Sources {
        let given = self.given.iter().map(|(import, input)| Given {
            import: import.clone(),
            file: input.display.clone(),
            bytes: input.bytes.clone(),
        });
        Sources { component: self.bytes.clone(), given: given.collect() }
    }

    fn file(path: &Path) -> Result<Input> {
        let stdin = path == Path::new("-");
        let display = if stdin { "standard input".to_string() } else { path.display().to_string() };
        let source = if stdin { read_stdin() } else { std::fs::read(path) }
            .with_context(|| format!("cannot read {display}"))?;
        let file = if stdin { PathBuf::from("component") } else { path.to_path_buf() };
        let name = |part: Option<&std::ffi::OsStr>| {
            part.unwrap_or("component".as_ref()).to_string_lossy().into_owned()
        };
        Ok(Input {
            bytes: binary(&source, &display)?,
            stem: name(file.file_stem()),
            file_name: name(file.file_name()),
            source,
            display,
            given: Vec::new(),
        })
    }

    /// The default prefix of symbols: the stem as a C identifier.
    pub fn prefix(&self) -> String {
        let mut prefix: String = self
            .stem
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
            .collect();
        if prefix.starts_with(|c: char| c.is_ascii_digit()) {
            prefix.insert(0, '_');
        }
        prefix
    }
}

fn read_stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Binary stays as it is, text is assembled; what is neither is left for the parser to refuse.
fn binary(source: &[u8], display: &str) -> Result<Vec<u8>> {
    if source.is_empty() {
        return Err(Failure::new(format!("{display} is empty")).into());
    }
    if !is_text(source) {
        return Ok(source.to_vec());
    }
    let bytes = wat::Parser::new().parse_bytes(Some(Path::new(display)), source)?;
    Ok(bytes.into_owned())
}

/// Whether this is the text format: UTF-8 that begins, after blanks and comments, with a parenthesis.
fn is_text(source: &[u8]) -> bool {
    let Ok(mut text) = std::str::from_utf8(source) else { return false };
    loop {
        text = text.trim_start();
        if let Some(comment) = text.strip_prefix(";;") {
            text = comment.split_once('\n').map_or("", |(_, rest)| rest);
        } else {
            return text.starts_with('(');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_recognised_by_its_content() {
        assert!(is_text(b"(component)"));
        assert!(is_text(b" ;; a comment\n\n (component)"));
        assert!(is_text(b"(; block ;) (component)"));
        assert!(!is_text(b"\0asm\x0d\0\x01\0"));
        assert!(!is_text(b"hello"));
        assert!(!is_text(b"(\xff"));
    }

    #[test]
    fn a_prefix_is_a_c_identifier() {
        let input = |stem: &str| Input {
            display: String::new(),
            stem: stem.to_string(),
            file_name: String::new(),
            source: Vec::new(),
            bytes: Vec::new(),
            given: Vec::new(),
        };
        assert_eq!(input("My-Lib.v2").prefix(), "my_lib_v2");
        assert_eq!(input("7zip").prefix(), "_7zip");
    }
}

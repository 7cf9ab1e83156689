//! Where outputs go. A file appears complete under its name, or not at all.

use crate::args::Kind;
use crate::report::Failure;
use anyhow::Result;
use std::fmt;
use std::fs::Permissions;
use std::io::{self, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

pub struct Output {
    pub kind: Kind,
    pub destination: Destination,
}

pub enum Destination {
    File(PathBuf),
    Stdout,
}

impl Output {
    /// `-` is standard output.
    pub fn new(kind: Kind, path: &Path) -> Output {
        let destination = match path == Path::new("-") {
            true => Destination::Stdout,
            false => Destination::File(path.to_path_buf()),
        };
        Output { kind, destination }
    }

    /// The last part of the path.
    pub fn file_name(&self) -> String {
        match &self.destination {
            Destination::File(path) => {
                path.file_name().unwrap_or_default().to_string_lossy().into_owned()
            }
            Destination::Stdout => String::new(),
        }
    }

    pub fn write(&self, bytes: &[u8]) -> Result<()> {
        let result = match &self.destination {
            Destination::Stdout => io::stdout().lock().write_all(bytes),
            Destination::File(path) => self.write_file(path, bytes),
        };
        result.map_err(|error| {
            let message = format!("cannot write {}: {}", self.destination, plain(&error));
            Failure::new(message).into()
        })
    }

    fn write_file(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let dir = match path.parent() {
            Some(dir) if dir != Path::new("") => dir,
            _ => Path::new("."),
        };
        std::fs::create_dir_all(dir)?;
        if is_special(path) {
            return std::fs::write(path, bytes);
        }
        let executable = matches!(self.kind, Kind::Exe | Kind::Shared);
        let mode = if executable { 0o777 } else { 0o666 };
        let mut file = tempfile::Builder::new()
            .prefix(".weldc-")
            .permissions(Permissions::from_mode(mode))
            .tempfile_in(dir)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The error without the name of the temporary file, which crate tempfile adds.
fn plain(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(_) => error.to_string(),
        None => error.kind().to_string(),
    }
}

/// Something like /dev/null, which must not be replaced by a file.
fn is_special(path: &Path) -> bool {
    path.metadata().is_ok_and(|metadata| !metadata.is_file())
}

impl fmt::Display for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Destination::File(path) => path.display().fmt(f),
            Destination::Stdout => f.write_str("standard output"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_complete_or_not_at_all() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("deeper/app");
        Output::new(Kind::Exe, &path).write(b"one").unwrap();
        Output::new(Kind::Exe, &path).write(b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_ne!(path.metadata().unwrap().permissions().mode() & 0o100, 0);
        assert_eq!(path.parent().unwrap().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn a_directory_in_the_way_is_an_error() {
        let dir = tempfile::tempdir().unwrap();
        let error = Output::new(Kind::Object, dir.path()).write(b"x").unwrap_err();
        assert!(error.to_string().starts_with("cannot write"), "{error}");
        Output::new(Kind::Object, Path::new("/dev/null")).write(b"x").unwrap();
    }
}

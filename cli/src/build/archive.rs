//! A static archive: the object and the runtime's members, so that one file is all there is to link.

use anyhow::{Context, Result};
use ar_archive_writer::{ArchiveKind, NewArchiveMember, ObjectReader};
use object::read::archive::ArchiveFile;
use std::io::Cursor;

/// How the archive's index of symbols is read off its members: by crate object.
static READER: ObjectReader = ar_archive_writer::DEFAULT_OBJECT_READER;

/// An archive with `object` as the member `PREFIX.o`, and every member of `runtime`.
///
/// Dates, owners and modes are fixed: equal inputs give equal bytes.
pub fn archive(prefix: &str, object: &[u8], runtime: &[u8]) -> Result<Vec<u8>> {
    let mut members = vec![member(object, format!("{prefix}.o"))];
    let runtime_file = ArchiveFile::parse(runtime).context("the runtime is not an archive")?;
    for entry in runtime_file.members() {
        let entry = entry.context("the runtime's archive is damaged")?;
        let name = String::from_utf8_lossy(entry.name()).into_owned();
        let data = entry.data(runtime).context("the runtime's archive is damaged")?;
        members.push(member(data, name));
    }
    let mut out = Cursor::new(Vec::new());
    ar_archive_writer::write_archive_to_stream(&mut out, &members, ArchiveKind::Gnu, false, None)?;
    Ok(out.into_inner())
}

fn member(bytes: &[u8], name: String) -> NewArchiveMember<'_> {
    NewArchiveMember::new(bytes, &READER, name)
}

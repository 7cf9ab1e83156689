//! `wasi:filesystem/preopens`: the directories that were granted.

use super::Descriptor;
use crate::grants::GrantsError;
use crate::state::Wasi;
use crate::table::Handle;
use cap_std::fs::Dir;
use rustix::fs::OFlags;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;
use std::sync::Arc;

/// Opens the granted directories. This is the only place that opens a path of the host's.
pub(crate) fn open_preopens(
    dirs: Vec<(String, String)>,
) -> Result<Vec<(Arc<Dir>, String)>, GrantsError> {
    dirs.into_iter().map(|(host, guest)| Ok((open(&host)?, guest))).collect()
}

/// Not `open_ambient_dir`: its descriptors (`O_PATH`) cannot be listed or synchronised.
fn open(host: &str) -> Result<Arc<Dir>, GrantsError> {
    let mut options = OpenOptions::new();
    let file = options.read(true).custom_flags(OFlags::DIRECTORY.bits() as i32).open(host);
    let refuse = |error| GrantsError::new(format!("cannot open directory `{host}`: {error}"));
    Ok(Arc::new(Dir::from_std_file(file.map_err(refuse)?)))
}

impl Wasi {
    pub(crate) fn get_directories(&mut self) -> Vec<(Handle<Descriptor>, String)> {
        let Wasi { preopens, descriptors, .. } = self;
        let give = |(dir, name): &(Arc<Dir>, String)| {
            (descriptors.insert(Descriptor::Dir(Arc::clone(dir))), name.clone())
        };
        preopens.iter().map(give).collect()
    }
}

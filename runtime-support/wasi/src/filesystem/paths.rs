//! What changes directories: creating, linking, renaming, removing.

use super::{Descriptor, ErrorCode, FsResult, PathFlags};
use crate::state::Wasi;
use crate::table::Handle;

impl Wasi {
    pub(crate) fn create_directory_at(
        &mut self,
        dir: Handle<Descriptor>,
        path: &str,
    ) -> FsResult<()> {
        Ok(self.dir(dir)?.create_dir(path)?)
    }

    pub(crate) fn link_at(
        &mut self,
        dir: Handle<Descriptor>,
        flags: PathFlags,
        old_path: &str,
        new_dir: Handle<Descriptor>,
        new_path: &str,
    ) -> FsResult<()> {
        // A link to what a symbolic link names cannot be made without a moment in which that may change.
        if flags.follow() {
            return Err(ErrorCode::Invalid.into());
        }
        Ok(self.dir(dir)?.hard_link(old_path, self.dir(new_dir)?, new_path)?)
    }

    pub(crate) fn readlink_at(&mut self, dir: Handle<Descriptor>, path: &str) -> FsResult<String> {
        let target = self.dir(dir)?.read_link(path)?;
        let target = target.into_os_string().into_string();
        target.map_err(|_| ErrorCode::IllegalByteSequence.into())
    }

    pub(crate) fn remove_directory_at(
        &mut self,
        dir: Handle<Descriptor>,
        path: &str,
    ) -> FsResult<()> {
        // cap-std takes `dir/` for `dir/.`, which cannot be removed.
        let path = match path.trim_end_matches('/') {
            "" => path,
            stripped => stripped,
        };
        Ok(self.dir(dir)?.remove_dir(path)?)
    }

    pub(crate) fn rename_at(
        &mut self,
        dir: Handle<Descriptor>,
        old_path: &str,
        new_dir: Handle<Descriptor>,
        new_path: &str,
    ) -> FsResult<()> {
        Ok(self.dir(dir)?.rename(old_path, self.dir(new_dir)?, new_path)?)
    }

    pub(crate) fn symlink_at(
        &mut self,
        dir: Handle<Descriptor>,
        old_path: &str,
        new_path: &str,
    ) -> FsResult<()> {
        if old_path.starts_with('/') {
            return Err(ErrorCode::NotPermitted.into());
        }
        Ok(self.dir(dir)?.symlink(old_path, new_path)?)
    }

    pub(crate) fn unlink_file_at(&mut self, dir: Handle<Descriptor>, path: &str) -> FsResult<()> {
        Ok(self.dir(dir)?.remove_file(path)?)
    }
}

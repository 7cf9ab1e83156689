//! What lies outside the preopened directory cannot be reached, whatever the path.

use super::*;
use std::os::unix::fs::symlink;

/// Paths that lead outside, given the links that [`guest`] makes.
const OUTSIDE: [&str; 10] = [
    "../secret",
    "..",
    "/",
    "/etc/passwd",
    "dir/../../secret",
    "./../secret",
    "absolute",
    "relative",
    "dir/up/secret",
    "dir/up/../secret",
];

fn guest() -> Guest {
    let guest = Guest::new();
    std::fs::create_dir(guest.path.join("dir")).unwrap();
    symlink(guest.temp.path().join("secret"), guest.path.join("absolute")).unwrap();
    symlink("../secret", guest.path.join("relative")).unwrap();
    symlink("../..", guest.path.join("dir/up")).unwrap();
    guest.write("file", "inside");
    guest
}

fn denied(result: Result<impl Copy, ErrorCode>, path: &str) {
    assert_eq!(result.err(), Some(ErrorCode::NotPermitted), "{path}");
}

#[test]
fn opening_fails() {
    let mut guest = guest();
    let read = DescriptorFlags::READ;
    for path in OUTSIDE {
        denied(guest.open_with(PathFlags::SYMLINK_FOLLOW, path, NO_FLAGS, read), path);
        denied(guest.open_with(PathFlags::SYMLINK_FOLLOW, path, OpenFlags::CREATE, BOTH), path);
    }
    let not_followed = guest.open("absolute", NO_FLAGS, read);
    assert_eq!(not_followed, Err(ErrorCode::Loop));
    assert_eq!(std::fs::read_to_string(guest.temp.path().join("secret")).unwrap(), "secret");
}

#[test]
fn looking_fails() {
    let mut guest = guest();
    let (wasi, root) = (guest.wasi(), guest.root);
    for path in OUTSIDE {
        let name = text(path);
        let follow = PathFlags::SYMLINK_FOLLOW.0;
        let stat = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_stat_at(wasi, root, follow, &name, out)
        });
        denied(stat, path);
        let hash = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_metadata_hash_at(wasi, root, follow, &name, out)
        });
        denied(hash, path);
    }
}

#[test]
fn changing_fails() {
    let mut guest = guest();
    let (wasi, root) = (guest.wasi(), guest.root);
    let file = text("file");
    for path in ["../new", "/tmp/new", "dir/../../new", "dir/up/new"] {
        let name = text(path);
        let create = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_create_directory_at(wasi, root, &name, out)
        });
        denied(create, path);
        let link = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_link_at(wasi, root, 0, &file, root, &name, out)
        });
        denied(link, path);
        let rename = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_rename_at(wasi, root, &file, root, &name, out)
        });
        denied(rename, path);
        let symlink = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_symlink_at(wasi, root, &file, &name, out)
        });
        denied(symlink, path);
    }
    for path in ["../secret", "dir/../../secret", "dir/up/secret"] {
        let (name, new) = (text(path), text("new"));
        let unlink = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_unlink_file_at(wasi, root, &name, out)
        });
        denied(unlink, path);
        let rename = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_rename_at(wasi, root, &name, root, &new, out)
        });
        denied(rename, path);
        let link = call(|out| unsafe {
            weldc_wasi_filesystem_types_descriptor_link_at(wasi, root, 0, &name, root, &new, out)
        });
        denied(link, path);
    }
}

#[test]
fn links_to_absolute_paths_are_neither_made_nor_read() {
    let mut guest = guest();
    let (wasi, root) = (guest.wasi(), guest.root);
    let (target, name) = (text("/etc/passwd"), text("new"));
    let made = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_symlink_at(wasi, root, &target, &name, out)
    });
    denied(made, "symlink");
    let name = text("absolute");
    let read = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_readlink_at(wasi, root, &name, out)
    });
    denied(read, "readlink");
}

#[test]
fn a_directory_below_is_a_boundary_of_its_own() {
    let mut guest = guest();
    let dir = guest.open("dir", OpenFlags::DIRECTORY, DescriptorFlags::READ).unwrap();
    let (wasi, name) = (guest.wasi(), text("../file"));
    let stat = call(|out| unsafe {
        weldc_wasi_filesystem_types_descriptor_stat_at(wasi, dir, 0, &name, out)
    });
    denied(stat, "../file");
}

#[test]
fn a_path_with_a_nul_is_invalid() {
    let mut guest = guest();
    let opened = guest.open("file\0", NO_FLAGS, DescriptorFlags::READ);
    assert_eq!(opened, Err(ErrorCode::Invalid));
}

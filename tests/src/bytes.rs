//! The same input gives the same bytes.

use crate::{Weldc, guests::Guest, scratch};
use std::path::Path;

const KINDS: [&str; 4] = ["object", "static", "shared", "header"];

/// Builds everything twice, in different directories and with different numbers of threads.
pub fn check(weldc: &Weldc, name: &str, options: &[&str]) {
    let guest = Guest::load(name);
    let first = build(weldc, &guest.component, options, "1");
    let second = build(weldc, &guest.component, options, "7");
    assert_eq!(first.len(), second.len());
    for ((name, a), (_, b)) in first.iter().zip(&second) {
        assert!(a == b, "{name} differs between two builds ({} and {} bytes)", a.len(), b.len());
    }
}

/// The files in the order of their names.
fn build(
    weldc: &Weldc,
    component: &Path,
    options: &[&str],
    threads: &str,
) -> Vec<(String, Vec<u8>)> {
    let folder = scratch();
    let output = crate::finish(
        weldc
            .command()
            .env("RAYON_NUM_THREADS", threads)
            .arg("build")
            .args(options)
            .arg(component)
            .args([
                "--prefix",
                "same",
                "--imports",
                "link",
                "--emit",
                &KINDS.join(","),
                "--out-dir",
            ])
            .arg(folder.path()),
        b"",
    );
    assert!(output.status.success(), "{}", crate::text(&output.stderr));
    let mut files: Vec<_> = std::fs::read_dir(folder.path())
        .expect("the directory")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a file"))
        })
        .collect();
    files.sort();
    assert_eq!(files.len(), KINDS.len());
    files
}

//! Builds the runtime as static archives and embeds them: one `cargo install` is a whole installation.
//!
//! A nested cargo compiles the package `weldc-archive` (found through its `links` key) for the target
//! that `weldc` itself is built for, once without WASI and once with it, into a target directory of its
//! own under `OUT_DIR`, so that it never waits for a lock of the outer cargo. The environment that the
//! outer cargo made for this script is taken off again: its flags are meant for `weldc`, not for the
//! programs that `weldc` makes.

mod prune;

use ar_archive_writer::{ArchiveKind, NewArchiveMember, write_archive_to_stream};
use flate2::{Compression, write::DeflateEncoder};
use std::env;
use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

/// An archive to embed: file name under `OUT_DIR`, features of `weldc-archive`.
const ARCHIVES: [(&str, &str); 2] = [("runtime.a.z", "runtime"), ("runtime-wasi.a.z", "wasi")];

/// How the archives are compiled, whatever profile `weldc` itself has.
const PROFILE: [&str; 6] = [
    "profile.release.opt-level=3",
    "profile.release.lto=\"fat\"",
    "profile.release.codegen-units=1",
    "profile.release.panic=\"abort\"",
    "profile.release.debug=false",
    "profile.release.strip=\"debuginfo\"",
];

fn main() {
    let manifest_dir = PathBuf::from(var("DEP_WELDC_ARCHIVE_MANIFEST_DIR"));
    watch(&manifest_dir);
    println!("cargo::rustc-env=WELDC_TARGET={}", var("TARGET"));
    for (file, features) in ARCHIVES {
        let archive = build(&manifest_dir, features);
        embed(&archive, &PathBuf::from(var("OUT_DIR")).join(file));
    }
}

fn var(name: &str) -> String {
    env::var(name).unwrap_or_else(|_| panic!("cargo did not set {name}"))
}

/// Everything that goes into the archives lies beside `weldc-archive`.
fn watch(manifest_dir: &Path) {
    println!("cargo::rerun-if-changed=build");
    for package in ["abi", "runtime", "wasi", "archive"] {
        println!("cargo::rerun-if-changed={}", manifest_dir.with_file_name(package).display());
    }
}

/// Compiles `weldc-archive` with these features; returns the archive's path.
fn build(manifest_dir: &Path, features: &str) -> PathBuf {
    let target_dir = PathBuf::from(var("OUT_DIR")).join("archive");
    let target = var("TARGET");
    let mut cargo = Command::new(var("CARGO"));
    cargo
        .args(["rustc", "--lib", "--crate-type", "staticlib", "--release", "--quiet"])
        .arg("--manifest-path")
        .arg(manifest_dir.join("Cargo.toml"))
        .args(["--no-default-features", "--features", features])
        .args(["--target", &target])
        .arg("--target-dir")
        .arg(&target_dir);
    for setting in PROFILE {
        cargo.args(["--config", setting]);
    }
    scrub(&mut cargo);
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "the runtime archive ({features}) does not build: {status}");
    target_dir.join(target).join("release/libweldc_archive.a")
}

/// Takes off what the outer cargo says about `weldc`.
fn scrub(cargo: &mut Command) {
    const NAMES: [&str; 6] = [
        "RUSTFLAGS",
        "CARGO_ENCODED_RUSTFLAGS",
        "RUSTC_WRAPPER",
        "RUSTC_WORKSPACE_WRAPPER",
        "CARGO_TARGET_DIR",
        "CARGO_BUILD_TARGET",
    ];
    const PREFIXES: [&str; 5] =
        ["CARGO_FEATURE_", "CARGO_CFG_", "CARGO_PROFILE_", "DEP_", "CARGO_PKG_"];
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if NAMES.contains(&&*text) || PREFIXES.iter().any(|prefix| text.starts_with(prefix)) {
            cargo.env_remove(&name);
        }
    }
}

/// Prunes and compresses an archive.
fn embed(archive: &Path, out: &Path) {
    let bytes = fs::read(archive).unwrap_or_else(|e| panic!("{}: {e}", archive.display()));
    let pruned = prune::prune(&bytes);
    let members: Vec<_> = pruned
        .iter()
        .map(|(name, data)| {
            let reader = &ar_archive_writer::DEFAULT_OBJECT_READER;
            NewArchiveMember::new(&data[..], reader, name.clone())
        })
        .collect();
    let mut archive = Cursor::new(Vec::new());
    write_archive_to_stream(&mut archive, &members, ArchiveKind::Gnu, false, None)
        .expect("writing to memory does not fail");
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(archive.get_ref()).expect("writing to memory does not fail");
    fs::write(out, encoder.finish().expect("writing to memory does not fail"))
        .unwrap_or_else(|e| panic!("{}: {e}", out.display()));
}

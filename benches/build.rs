//! Says where the crate libsqlite3-sys keeps the sources of SQLite.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let folder = std::env::var("DEP_SQLITE3_INCLUDE").unwrap_or_default();
    println!("cargo::rustc-env=SQLITE_AMALGAMATION={folder}");
}

//! Tells the build script of `weldc` where this package lies (`DEP_WELDC_ARCHIVE_MANIFEST_DIR`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::metadata=manifest_dir={}", std::env::var("CARGO_MANIFEST_DIR").unwrap());
}

//! Makes a library of the component and links it: a shared one, or with the variable STATIC a static one.
//!
//! weldc is taken from the PATH, or from the variable WELDC.

use std::env;
use std::path::Path;
use std::process::Command;

const COMPONENT: &str = "../inventory/inventory.wasm";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let weldc = env::var("WELDC").unwrap_or_else(|_| "weldc".to_string());
    let (kind, file) = match env::var_os("STATIC") {
        Some(_) => ("static", "libinventory.a"),
        None => ("dylib", "libinventory.so"),
    };
    let library = Path::new(&out).join(file);
    let status = Command::new(&weldc)
        .args(["build", COMPONENT, "--imports", "table", "-o"])
        .arg(&library)
        .status()
        .unwrap_or_else(|error| panic!("{weldc}: {error}"));
    assert!(status.success(), "{weldc} failed");
    println!("cargo::rustc-link-search=native={out}");
    println!("cargo::rustc-link-lib={kind}=inventory");
    // The program finds the shared library where it was made.
    println!("cargo::rustc-link-arg=-Wl,-rpath,{out}");
    println!("cargo::rerun-if-changed={COMPONENT}");
    println!("cargo::rerun-if-env-changed=WELDC");
    println!("cargo::rerun-if-env-changed=STATIC");
}

//! Makes a static library of the component and links it.
//!
//! weldc is taken from the PATH, or from the variable WELDC.

use std::env;
use std::path::Path;
use std::process::Command;

const COMPONENT: &str = "../poll/watch.wat";
/// What is not standardised yet.
const FEATURES: &str = "cm-async-stackful,cm-more-async-builtins,cm-threading";

fn main() {
    let out = env::var("OUT_DIR").expect("cargo sets OUT_DIR");
    let weldc = env::var("WELDC").unwrap_or_else(|_| "weldc".to_string());
    let status = Command::new(&weldc)
        .args(["build", COMPONENT, "--features", FEATURES, "-o"])
        .arg(Path::new(&out).join("libwatch.a"))
        .status()
        .unwrap_or_else(|error| panic!("{weldc}: {error}"));
    assert!(status.success(), "{weldc} failed");
    println!("cargo::rustc-link-search=native={out}");
    println!("cargo::rustc-link-lib=static=watch");
    println!("cargo::rerun-if-changed={COMPONENT}");
    println!("cargo::rerun-if-env-changed=WELDC");
}

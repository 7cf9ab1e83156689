//! Components that were compiled apart and meet in one process: `tests/meet`.

use crate::{Weldc, has, root, scratch, skip, succeed};
use std::process::Command;

/// Three shared libraries, each with a runtime of its own, and a host in C that links their instances.
pub fn in_c(weldc: &Weldc) {
    run(weldc, "", &["provider", "middle", "consumer"]);
}

/// Two shared libraries, one of which waits for what the other does, which waits for the host.
pub fn waiting_in_c(weldc: &Weldc) {
    run(weldc, "waiting", &["provider", "consumer"]);
}

/// Builds a library of each of these components in a folder of `tests/meet`, and runs the program there.
fn run(weldc: &Weldc, place: &str, parts: &[&str]) {
    if !has("cc") {
        skip("components that meet in C", "there is no cc");
        return;
    }
    let folder = scratch();
    let dir = folder.path();
    let sources = root().join("tests/meet").join(place);
    for part in parts {
        weldc.build(&[
            sources.join(part).with_extension("wat").as_os_str(),
            "--features".as_ref(),
            "all".as_ref(),
            "--prefix".as_ref(),
            part.as_ref(),
            "--emit".as_ref(),
            "shared,header".as_ref(),
            "--out-dir".as_ref(),
            dir.as_os_str(),
        ]);
    }
    crate::compile_sanitized("components that meet in C", &|| {
        let mut cc = Command::new("cc");
        cc.current_dir(dir).args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-I."]);
        cc.arg(sources.join("meet.c")).args(parts.iter().map(|part| format!("lib{part}.so")));
        cc.args(["-Wl,-rpath,$ORIGIN", "-o", "meet"]);
        cc
    });
    succeed(&mut crate::run_sanitized(dir.join("meet")));
}

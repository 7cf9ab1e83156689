//! Components that were compiled apart and meet in one process: `tests/meet`.

use crate::{Weldc, has, root, scratch, skip, succeed};
use std::process::Command;

/// Three shared libraries, each with a runtime of its own, and a host in C that links their instances.
pub fn in_c(weldc: &Weldc) {
    if !has("cc") {
        skip("components that meet in C", "there is no cc");
        return;
    }
    let folder = scratch();
    let dir = folder.path();
    let sources = root().join("tests/meet");
    let parts = ["provider", "middle", "consumer"];
    for part in parts {
        weldc.build(&[
            sources.join(part).with_extension("wat").as_os_str(),
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
        cc.arg(sources.join("meet.c")).args(parts.map(|part| format!("lib{part}.so")));
        cc.args(["-Wl,-rpath,$ORIGIN", "-o", "meet"]);
        cc
    });
    succeed(&mut crate::run_sanitized(dir.join("meet")));
}

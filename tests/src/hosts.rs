//! Hosts in C: a component `tests/hosts/NAME.wat` and the program around it, `NAME.c`, which includes
//! `guest.h` and exits with the number of its failures.

use crate::{Weldc, has, root, scratch, skip, succeed};
use std::process::Command;

/// Builds and runs a host, for each way to bind imports (`TABLE` is defined for the table).
pub fn check(weldc: &Weldc, name: &str) {
    if !has("cc") {
        skip(name, "there is no cc");
        return;
    }
    for imports in ["link", "table"] {
        let folder = scratch();
        let dir = folder.path();
        let source = root().join("tests/hosts").join(name);
        for output in ["guest.h", "libguest.a"] {
            weldc.build(&[
                source.with_extension("wat").as_os_str(),
                "--features".as_ref(),
                "all".as_ref(),
                "--prefix".as_ref(),
                "guest".as_ref(),
                "--imports".as_ref(),
                imports.as_ref(),
                "-o".as_ref(),
                dir.join(output).as_os_str(),
            ]);
        }
        crate::compile_sanitized(name, &|| {
            let mut cc = Command::new("cc");
            cc.current_dir(dir).args(["-std=c11", "-Wall", "-Wextra", "-Werror", "-I."]);
            if imports == "table" {
                cc.arg("-DTABLE");
            }
            cc.arg(source.with_extension("c")).args(["libguest.a", "-o", "host"]);
            cc
        });
        succeed(&mut crate::run_sanitized(dir.join("host")));
    }
}

//! Headers, compiled the way their readers would.

use crate::{Weldc, guests::Guest, has, scratch, skip, succeed};
use std::path::Path;
use std::process::Command;

/// Compiles the headers of a guest, for each way to bind imports, as C11 and as C++, without a warning.
pub fn check(weldc: &Weldc, name: &str) {
    let guest = Guest::load(name);
    for imports in ["link", "table"] {
        let folder = scratch();
        let header = folder.path().join("guest.h");
        let mut arguments = guest.needs();
        arguments.extend(["--imports", imports, "-o"].map(str::to_string));
        arguments.extend([&header, &guest.component].map(|path| path.display().to_string()));
        weldc.build(&arguments);
        compile(folder.path(), "cc", &["-std=c11", "-x", "c"]);
        compile(folder.path(), "c++", &["-std=c++11", "-x", "c++"]);
    }
}

fn compile(folder: &Path, compiler: &str, arguments: &[&str]) {
    if !has(compiler) {
        skip("header", &format!("there is no {compiler}"));
        return;
    }
    let source = folder.join("include.c");
    std::fs::write(&source, "#include \"guest.h\"\n#include \"guest.h\"\n").expect("a file");
    succeed(
        Command::new(compiler)
            .args(arguments)
            .args(["-Wall", "-Wextra", "-Werror", "-pedantic", "-fsyntax-only", "-I"])
            .arg(folder)
            .arg(source),
    );
}

//! `--save-dir`: everything that is needed to repeat a compilation, in one directory.
//!
//! ```text
//!  NAME.wasm    what was read, under its own name (outputs and symbols are named after it)
//!  with-N-FILE  what was given with the Nth --with
//!  rerun.sh     the same command, on the copy; set WELDC to use another weldc
//!  info.txt     versions, the machine, the options as they were understood
//! ```
//! It is written before anything is compiled, so that it is there when compiling goes wrong.

use crate::args::CompileArgs;
use crate::input::Input;
use crate::report::Failure;
use crate::target;
use anyhow::Result;
use std::ffi::OsString;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Saves this command, which reads `file`, to `dir`.
pub fn save(dir: &Path, input: &Input, file: &Path, args: &CompileArgs) -> Result<()> {
    let copy = &input.file_name;
    let words: Vec<String> =
        std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let file = file.to_string_lossy();
    let given: Vec<String> = (1..)
        .zip(&input.given)
        .map(|(n, (_, given))| format!("with-{n}-{}", given.file_name))
        .collect();
    let script = script(&rewrite(&words, &file, copy, &given));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(dir)?;
        std::fs::write(dir.join(copy), &input.source)?;
        for (name, (_, given)) in given.iter().zip(&input.given) {
            std::fs::write(dir.join(name), &given.source)?;
        }
        std::fs::write(dir.join("info.txt"), info(input, args))?;
        std::fs::write(dir.join("rerun.sh"), script)?;
        std::fs::set_permissions(dir.join("rerun.sh"), PermissionsExt::from_mode(0o755))
    };
    write().map_err(|error| Failure::new(format!("cannot write {}: {error}", dir.display())).into())
}

/// The command on the copies: inputs are renamed, outputs stay beside them, and nothing is saved again.
fn rewrite(words: &[String], file: &str, copy: &str, given: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = words.iter();
    let mut given = given.iter();
    let mut with = |value: &str| match (value.split_once('='), given.next()) {
        (Some((import, _)), Some(copy)) => format!("--with={import}={copy}"),
        _ => format!("--with={value}"),
    };
    let mut renamed = false;
    while let Some(word) = words.next() {
        match &word[..] {
            "--save-dir" => drop(words.next()),
            word if word.starts_with("--save-dir=") => {}
            "-o" | "--output" | "--out-dir" => {
                let name = words.next().map(|path| last_part(path)).unwrap_or_default();
                out.extend([word.clone(), name]);
            }
            "--with" => out.extend(words.next().map(|value| with(value))),
            word if word.starts_with("--with=") => out.push(with(&word["--with=".len()..])),
            word if word == file && !renamed => {
                renamed = true;
                out.push(copy.to_string());
            }
            word => out.push(word.to_string()),
        }
    }
    out
}

fn last_part(path: &str) -> String {
    let name = Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    name.unwrap_or_else(|| "out".to_string())
}

fn script(words: &[String]) -> String {
    let words: Vec<String> = words.iter().map(|word| quote(word)).collect();
    format!(
        "#!/bin/sh\n# Repeats the compilation that was saved here.\ncd \"$(dirname \"$0\")\" || exit\n\
         exec \"${{WELDC:-weldc}}\" {}\n",
        words.join(" ")
    )
}

/// A word as the shell must see it.
fn quote(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./=:,@+".contains(c);
    match word.chars().all(plain) && !word.is_empty() {
        true => word.to_string(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

fn info(input: &Input, args: &CompileArgs) -> String {
    let command: Vec<OsString> = std::env::args_os().collect();
    format!(
        "weldc {} ({})\nthis machine: {}, with {}\ncommand: {command:?}\ninput: {} ({} bytes)\n{args:#?}\n",
        env!("CARGO_PKG_VERSION"),
        target::HOST,
        target_lexicon::Triple::host(),
        target::native().join(","),
        input.display,
        input.source.len(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_is_repeated_on_the_copy() {
        let words = |text: &str| text.split(' ').map(String::from).collect::<Vec<_>>();
        let command = words("build dir/a.wasm -o out/lib.so --save-dir d -Os --save-dir=d");
        let rewritten = rewrite(&command, "dir/a.wasm", "input.wasm", &[]);
        assert_eq!(rewritten, words("build input.wasm -o lib.so -Os"));
        let command = words("build --with m=x/m.wasm a.wasm --with=n=y/m.wasm");
        let given = ["with-1-m.wasm", "with-2-m.wasm"].map(String::from);
        let rewritten = rewrite(&command, "a.wasm", "a.wasm", &given);
        assert_eq!(rewritten, words("build --with=m=with-1-m.wasm a.wasm --with=n=with-2-m.wasm"));
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(quote("a-b"), "a-b");
        assert_eq!(quote("f(\"it's\")"), r#"'f("it'\''s")'"#);
        assert_eq!(quote(""), "''");
    }
}

//! `--save-dir`: everything that is needed to repeat a compilation, in one directory.
//!
//! ```text
//!  NAME.wasm    what was read, under its own name (outputs and symbols are named after it)
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
    let script = script(&rewrite(&words, &file, copy));
    let write = || -> std::io::Result<()> {
        std::fs::create_dir_all(dir)?;
        std::fs::write(dir.join(copy), &input.source)?;
        std::fs::write(dir.join("info.txt"), info(input, args))?;
        std::fs::write(dir.join("rerun.sh"), script)?;
        std::fs::set_permissions(dir.join("rerun.sh"), PermissionsExt::from_mode(0o755))
    };
    write().map_err(|error| Failure::new(format!("cannot write {}: {error}", dir.display())).into())
}

/// The command on the copy: the input is renamed, outputs stay beside it, and nothing is saved again.
fn rewrite(words: &[String], file: &str, copy: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut words = words.iter();
    let mut renamed = false;
    while let Some(word) = words.next() {
        match &word[..] {
            "--save-dir" => drop(words.next()),
            word if word.starts_with("--save-dir=") => {}
            "-o" | "--output" | "--out-dir" => {
                let name = words.next().map(|path| last_part(path)).unwrap_or_default();
                out.extend([word.clone(), name]);
            }
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
        let rewritten = rewrite(&command, "dir/a.wasm", "input.wasm");
        assert_eq!(rewritten, words("build input.wasm -o lib.so -Os"));
    }

    #[test]
    fn words_are_quoted_for_the_shell() {
        assert_eq!(quote("a-b"), "a-b");
        assert_eq!(quote("f(\"it's\")"), r#"'f("it'\''s")'"#);
        assert_eq!(quote(""), "''");
    }
}

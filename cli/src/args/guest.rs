//! `FILE [OPTIONS] [--] [ARGS…]`: the tail of `weldc run`, which clap hands over as it is.
//!
//! As with wasmtime, what follows FILE is the guest's. The exceptions are `--dir`, `--env`, `--with` and
//! `--invoke` directly after FILE, so that `weldc run app.wasm --dir data -- args` means what it looks like; a `--`
//! ends them.

use super::{Dir, EnvVar, RunArgs, With};
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::str::FromStr;

/// What the tail says.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct GuestArgs {
    pub file: PathBuf,
    pub dirs: Vec<Dir>,
    pub env: Vec<EnvVar>,
    pub with: Vec<With>,
    pub invoke: Option<String>,
    pub args: Vec<OsString>,
}

impl RunArgs {
    /// Takes the tail apart; options in it come after those before FILE.
    pub fn guest(&self) -> Result<GuestArgs, String> {
        let mut words = self.guest.iter();
        let mut tail = GuestArgs {
            file: words.next().map(PathBuf::from).unwrap_or_default(),
            dirs: self.grants.dirs.clone(),
            env: self.grants.env.clone(),
            with: self.compile.with.clone(),
            invoke: self.invoke.clone(),
            args: Vec::new(),
        };
        while let Some(option) = words.as_slice().first().and_then(|word| TailOption::split(word)) {
            words.next();
            let value = match option.value {
                Some(value) => value,
                None => words.next().ok_or_else(|| missing(option.name))?.to_string_lossy().into(),
            };
            tail.set(option.name, &value).map_err(|e| format!("{} {value}: {e}", option.name))?;
        }
        if words.as_slice().first().is_some_and(|word| word == "--") {
            words.next();
        }
        tail.args = words.cloned().collect();
        Ok(tail)
    }
}

impl GuestArgs {
    fn set(&mut self, name: &str, value: &str) -> Result<(), String> {
        match name {
            "--dir" => self.dirs.push(Dir::from_str(value)?),
            "--env" => self.env.push(EnvVar::from_str(value)?),
            "--with" => self.with.push(With::from_str(value)?),
            _ => self.invoke = Some(value.to_string()),
        }
        Ok(())
    }
}

fn missing(name: &str) -> String {
    format!("{name} needs a value")
}

/// An option of weldc's after FILE: `--dir VALUE` or `--dir=VALUE`.
struct TailOption {
    name: &'static str,
    value: Option<String>,
}

impl TailOption {
    /// `None` if the word is the guest's.
    fn split(word: &OsStr) -> Option<TailOption> {
        let word = word.to_str()?;
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (word, None),
        };
        let known = ["--dir", "--env", "--with", "--invoke"];
        let name = known.into_iter().find(|known| *known == name)?;
        Some(TailOption { name, value })
    }
}

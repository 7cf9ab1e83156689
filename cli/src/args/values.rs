//! Values of options.

use clap::ValueEnum;
use std::path::PathBuf;
use std::str::FromStr;
use target_lexicon::Triple;

/// `--dir HOST[::GUEST]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dir {
    pub host: String,
    pub guest: String,
}

impl FromStr for Dir {
    type Err = String;

    fn from_str(text: &str) -> Result<Dir, String> {
        let (host, guest) = text.split_once("::").unwrap_or((text, text));
        if host.is_empty() || guest.is_empty() {
            return Err("write HOST or HOST::GUEST".to_string());
        }
        Ok(Dir { host: host.to_string(), guest: guest.to_string() })
    }
}

/// `--env NAME[=VALUE]`; without a value, it is inherited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvVar {
    pub name: String,
    pub value: String,
}

impl FromStr for EnvVar {
    type Err = String;

    fn from_str(text: &str) -> Result<EnvVar, String> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, value.to_string()),
            None => (text, inherited(text)?),
        };
        if name.is_empty() {
            return Err("write NAME=VALUE or NAME".to_string());
        }
        Ok(EnvVar { name: name.to_string(), value })
    }
}

/// `--with NAME=FILE`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct With {
    pub import: String,
    pub file: PathBuf,
}

impl FromStr for With {
    type Err = String;

    fn from_str(text: &str) -> Result<With, String> {
        match text.split_once('=') {
            Some((import, file)) if !import.is_empty() && !file.is_empty() => {
                Ok(With { import: import.to_string(), file: file.into() })
            }
            _ => Err("write NAME=FILE".to_string()),
        }
    }
}

fn inherited(name: &str) -> Result<String, String> {
    std::env::var(name).map_err(|_| format!("there is no environment variable `{name}` to pass on"))
}

/// What `weldc build` can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// An object file
    Object,
    /// A static archive with the runtime in it
    Static,
    /// A shared library
    Shared,
    /// An executable
    Exe,
    /// A C header
    Header,
    /// The code before optimisation
    Clif,
    /// The code, disassembled
    Asm,
}

/// How a profiler is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Profile {
    /// In the file /tmp/perf-PID.map, which `perf report` reads
    Perfmap,
}

/// How imports are bound.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ImportMode {
    /// To a symbol per function
    Link,
    /// Through a table handed over at instantiation
    Table,
}

/// `-O0`, `-O1`, `-Os` and Cranelift's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum OptLevel {
    #[value(alias = "0")]
    None,
    #[value(aliases = ["1", "2", "3"])]
    Speed,
    #[value(aliases = ["s", "z"])]
    SpeedAndSize,
}

impl From<OptLevel> for weldc_compiler::options::OptLevel {
    fn from(level: OptLevel) -> Self {
        match level {
            OptLevel::None => Self::None,
            OptLevel::Speed => Self::Speed,
            OptLevel::SpeedAndSize => Self::SpeedAndSize,
        }
    }
}

/// A size in bytes: `65536`, `64K`, `1M`, `1G`.
pub fn parse_size(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit: u64 = match &text[digits.len()..].to_ascii_lowercase()[..] {
        "" | "b" => 1,
        "k" | "kb" | "kib" => 1 << 10,
        "m" | "mb" | "mib" => 1 << 20,
        "g" | "gb" | "gib" => 1 << 30,
        unit => return Err(format!("unknown unit `{unit}`: use K, M or G")),
    };
    let number: u64 = digits.parse().map_err(|_| "not a number of bytes".to_string())?;
    number.checked_mul(unit).ok_or_else(|| "too large".to_string())
}

/// A C identifier.
pub fn parse_prefix(text: &str) -> Result<String, String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let valid = text.chars().all(word) && !text.starts_with(|c: char| c.is_ascii_digit());
    if valid && !text.is_empty() {
        Ok(text.to_string())
    } else {
        Err("a prefix is a C identifier: letters, digits, _".to_string())
    }
}

/// `aarch64-unknown-linux-gnu`.
pub fn parse_triple(text: &str) -> Result<Triple, String> {
    Triple::from_str(text).map_err(|error| error.to_string())
}

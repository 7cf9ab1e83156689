//! What a command may use: arguments, environment, directories, standard streams.
//!
//! Grants come from the command line of `weldc run`, or travel inside an executable as bytes
//! ([`Grants::encode`]) and are extended when it starts:
//!
//! * `WELDC_DIR`: directories, as `HOST` or `HOST::GUEST`, separated by `:` or newlines
//!   (`WELDC_DIR=.:/srv/data::/data`). A host path that has a colon in it cannot be written there. A
//!   directory replaces one that was granted under the same guest path.
//! * `WELDC_ENV`: variables, as `NAME=VALUE`, or `NAME` for the one of the process, separated by newlines.
//!
//! Nothing else of the host's environment reaches the guest.

use std::ffi::OsString;
use std::fmt;

/// What a command may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Grants {
    /// Its arguments, the program's name first; `None` takes those of the process.
    pub args: Option<Vec<String>>,
    pub env: Vec<(String, String)>,
    /// Directories to read and write in: the host's path, and what the guest calls it.
    pub dirs: Vec<(String, String)>,
    pub stdin: Stdio,
    pub stdout: Stdio,
    pub stderr: Stdio,
}

/// What a standard stream of the guest is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stdio {
    /// The process's own.
    #[default]
    Inherit,
    /// Empty to read, bottomless to write.
    Null,
}

/// Why something could not be granted, in a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GrantsError(String);

impl GrantsError {
    pub(crate) fn new(message: impl Into<String>) -> GrantsError {
        GrantsError(message.into())
    }
}

impl fmt::Display for GrantsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for GrantsError {}

impl Grants {
    /// Grants a directory, as `--dir` writes it: `HOST::GUEST`, or `HOST` for a guest path that is the
    /// same. A directory already granted under that guest path is replaced.
    pub fn add_dir(&mut self, text: &str) -> Result<(), GrantsError> {
        let (host, guest) = text.split_once("::").unwrap_or((text, text));
        if host.is_empty() || guest.is_empty() {
            return Err(GrantsError::new(format!("`{text}` is not HOST or HOST::GUEST")));
        }
        self.dirs.retain(|(_, other)| other != guest);
        self.dirs.push((host.to_string(), guest.to_string()));
        Ok(())
    }

    /// Sets a variable, as `--env` writes it: `NAME=VALUE`, or `NAME` for the one of the process. A
    /// variable that the process does not have is not set.
    pub fn add_env(&mut self, text: &str) -> Result<(), GrantsError> {
        let (name, value) = match text.split_once('=') {
            Some((name, value)) => (name, Some(value.to_string())),
            None => (text, variable(text)?),
        };
        if name.is_empty() {
            return Err(GrantsError::new(format!("`{text}` is not NAME=VALUE or NAME")));
        }
        self.env.retain(|(other, _)| other != name);
        self.env.extend(value.map(|value| (name.to_string(), value)));
        Ok(())
    }

    /// Adds what `WELDC_DIR` and `WELDC_ENV` say.
    pub fn add_from_process(&mut self) -> Result<(), GrantsError> {
        let within = |name: &'static str| {
            move |error: GrantsError| GrantsError::new(format!("{name}: {error}"))
        };
        if let Some(dirs) = variable("WELDC_DIR")? {
            self.add_dirs(&dirs).map_err(within("WELDC_DIR"))?;
        }
        if let Some(variables) = variable("WELDC_ENV")? {
            for entry in variables.lines().filter(|entry| !entry.is_empty()) {
                self.add_env(entry).map_err(within("WELDC_ENV"))?;
            }
        }
        Ok(())
    }

    fn add_dirs(&mut self, text: &str) -> Result<(), GrantsError> {
        // `::` belongs to an entry; put it aside while the rest is split.
        const ASIDE: &str = "\0";
        let text = text.replace("::", ASIDE);
        for entry in text.split([':', '\n']).filter(|entry| !entry.is_empty()) {
            self.add_dir(&entry.replace(ASIDE, "::"))?;
        }
        Ok(())
    }

    /// Takes the arguments of the process unless some were granted.
    pub(crate) fn default_args(
        &mut self,
        args: impl Iterator<Item = OsString>,
    ) -> Result<(), GrantsError> {
        if self.args.is_none() {
            self.args = Some(args.map(argument).collect::<Result<_, _>>()?);
        }
        Ok(())
    }
}

fn argument(argument: OsString) -> Result<String, GrantsError> {
    let refuse = |arg: OsString| {
        GrantsError::new(format!("argument `{}` is not UTF-8", arg.to_string_lossy()))
    };
    argument.into_string().map_err(refuse)
}

fn variable(name: &str) -> Result<Option<String>, GrantsError> {
    if name.is_empty() || name.contains('\0') {
        return Ok(None);
    }
    let refuse = |_| GrantsError::new(format!("the value of {name} is not UTF-8"));
    std::env::var_os(name).map(|value| value.into_string().map_err(refuse)).transpose()
}

/// First byte of the encoding.
const VERSION: u8 = 1;

impl Grants {
    /// As bytes that [`Grants::decode`] reads: a version, then every field in order; numbers in 32 bits,
    /// little-endian, strings and lists behind their length.
    pub fn encode(&self) -> Vec<u8> {
        let mut out = vec![VERSION, u8::from(self.args.is_some())];
        let args = self.args.as_deref().unwrap_or_default();
        put_number(&mut out, args.len());
        args.iter().for_each(|arg| put_string(&mut out, arg));
        for pairs in [&self.env, &self.dirs] {
            put_number(&mut out, pairs.len());
            for (first, second) in pairs {
                put_string(&mut out, first);
                put_string(&mut out, second);
            }
        }
        out.extend([self.stdin, self.stdout, self.stderr].map(|stdio| stdio as u8));
        out
    }

    pub fn decode(bytes: &[u8]) -> Result<Grants, GrantsError> {
        let mut reader = Reader(bytes);
        let grants = reader.grants();
        match grants {
            Some(grants) if reader.0.is_empty() => Ok(grants),
            _ => Err(GrantsError::new(
                "what this program was granted is of another version or damaged",
            )),
        }
    }
}

fn put_number(out: &mut Vec<u8>, number: usize) {
    out.extend((number as u32).to_le_bytes());
}

fn put_string(out: &mut Vec<u8>, text: &str) {
    put_number(out, text.len());
    out.extend(text.as_bytes());
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn grants(&mut self) -> Option<Grants> {
        if self.byte()? != VERSION {
            return None;
        }
        let has_args = self.byte()? != 0;
        let args = self.list(Reader::string)?;
        Some(Grants {
            args: has_args.then_some(args),
            env: self.list(Reader::pair)?,
            dirs: self.list(Reader::pair)?,
            stdin: self.stdio()?,
            stdout: self.stdio()?,
            stderr: self.stdio()?,
        })
    }

    fn byte(&mut self) -> Option<u8> {
        let (&byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(byte)
    }

    fn number(&mut self) -> Option<usize> {
        let (bytes, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        usize::try_from(u32::from_le_bytes(*bytes)).ok()
    }

    fn string(&mut self) -> Option<String> {
        let len = self.number()?;
        let (bytes, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        String::from_utf8(bytes.to_vec()).ok()
    }

    fn pair(&mut self) -> Option<(String, String)> {
        Some((self.string()?, self.string()?))
    }

    fn list<T>(&mut self, item: fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        (0..self.number()?).map(|_| item(self)).collect()
    }

    fn stdio(&mut self) -> Option<Stdio> {
        match self.byte()? {
            0 => Some(Stdio::Inherit),
            1 => Some(Stdio::Null),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Grants {
        let mut grants = Grants { stderr: Stdio::Null, ..Grants::default() };
        grants.args = Some(vec!["program".into(), "ä".into()]);
        grants.add_env("HOME=/").unwrap();
        grants.add_env("EQ=a=b").unwrap();
        grants.add_dir("/srv/data::/data").unwrap();
        grants.add_dir(".").unwrap();
        grants
    }

    #[test]
    fn grants_survive_encoding() {
        for grants in [sample(), Grants::default()] {
            assert_eq!(Grants::decode(&grants.encode()), Ok(grants));
        }
    }

    #[test]
    fn damaged_grants_are_refused() {
        let bytes = sample().encode();
        for len in 0..bytes.len() {
            assert!(Grants::decode(&bytes[..len]).is_err());
        }
        assert!(Grants::decode(&[&bytes[..], &[0]].concat()).is_err());
        let mut other = bytes.clone();
        other[0] = 2;
        assert!(Grants::decode(&other).is_err());
        let mut long = bytes;
        long[2..6].fill(0xff);
        assert!(Grants::decode(&long).is_err());
    }

    #[test]
    fn directories_are_named_as_given_unless_said_otherwise() {
        let mut grants = Grants::default();
        grants.add_dirs("db:.\n/srv/data::/data:").unwrap();
        let dirs = [("db", "db"), (".", "."), ("/srv/data", "/data")];
        assert_eq!(grants.dirs, dirs.map(|(h, g)| (h.to_string(), g.to_string())));
        grants.add_dirs("/other::db").unwrap();
        assert_eq!(grants.dirs[2], ("/other".to_string(), "db".to_string()));
        for wrong in ["", "::", "a::", "::b"] {
            assert!(grants.add_dir(wrong).is_err());
        }
    }

    #[test]
    fn a_variable_is_set_once() {
        let mut grants = sample();
        grants.add_env("HOME=/root").unwrap();
        assert_eq!(grants.env.last(), Some(&("HOME".to_string(), "/root".to_string())));
        assert_eq!(grants.env.len(), 2);
        assert!(grants.add_env("=x").is_err());
        assert!(grants.add_env("").is_err());
        grants.add_env("WELDC_TEST_SURELY_NOT_SET").unwrap();
        assert_eq!(grants.env.len(), 2);
    }
}

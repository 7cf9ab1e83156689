//! The specification's executable semantics in a process of Python's, which reads lines and answers with lines.

use anyhow::{Context, Result, ensure};
use std::io::BufReader;
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

/// The process; it ends with this value.
pub struct Python {
    child: Child,
    pub input: ChildStdin,
    pub output: BufReader<ChildStdout>,
}

impl Python {
    /// Runs a script with the path of `definitions.py` as its argument.
    pub fn new(script: &str, definitions: &Path) -> Result<Python> {
        ensure!(definitions.is_file(), "there is no file {}", definitions.display());
        let mut child = Command::new("python3")
            .args(["-c", script])
            .arg(definitions)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot run python3")?;
        let input = child.stdin.take().context("no pipe to python3")?;
        let output = BufReader::new(child.stdout.take().context("no pipe from python3")?);
        Ok(Python { child, input, output })
    }
}

impl Drop for Python {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

//! What came of a script.

/// Something about one directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// From 1.
    pub line: usize,
    pub text: String,
}

/// The directives of a script by what became of them. Registrations are not counted.
#[derive(Clone, Debug, Default)]
pub struct Report {
    pub passed: usize,
    pub failed: Vec<Problem>,
    /// With the reason.
    pub skipped: Vec<Problem>,
}

/// What became of one directive.
#[derive(Clone, Debug)]
pub enum Outcome {
    Passed,
    Failed(String),
    Skipped(String),
}

impl Report {
    pub fn add(&mut self, line: usize, outcome: Outcome) {
        match outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed(text) => self.failed.push(Problem { line, text }),
            Outcome::Skipped(text) => self.skipped.push(Problem { line, text }),
        }
    }
}

impl From<Result<(), String>> for Outcome {
    fn from(result: Result<(), String>) -> Outcome {
        match result {
            Ok(()) => Outcome::Passed,
            Err(text) => Outcome::Failed(text),
        }
    }
}

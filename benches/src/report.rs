//! Tables, as aligned Markdown: the same on the terminal and in `results/`.

use crate::machine;
use crate::workshop::package;
use anyhow::Result;
use std::fmt::{self, Write};
use std::io::IsTerminal;
use std::path::PathBuf;

/// Numbers with names on both sides.
#[derive(Debug, Default)]
pub struct Table {
    /// What stands above the names of the rows.
    pub corner: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
    /// Digits behind the point.
    pub digits: usize,
}

#[derive(Debug)]
pub struct Row {
    pub name: String,
    /// One for each column.
    pub cells: Vec<Option<f64>>,
}

impl Table {
    /// Adds a row with the geometric mean of each column over `rows`; where one has a gap, it is a gap.
    pub fn add_means(&mut self, name: &str, rows: std::ops::Range<usize>) {
        let mean = |column: usize| {
            let cells: Option<Vec<f64>> =
                self.rows.get(rows.clone())?.iter().map(|row| row.cells[column]).collect();
            geometric_mean(&cells?)
        };
        let cells = (0..self.columns.len()).map(mean).collect();
        self.rows.push(Row { name: name.to_string(), cells });
    }

    /// Adds for each column before the one that is `to` its ratio to that.
    pub fn add_ratios(&mut self, to: Option<usize>) {
        let Some(to) = to else { return };
        for column in 0..to {
            self.columns.push(format!("{} / {}", self.columns[column], self.columns[to]));
            for row in &mut self.rows {
                let ratio =
                    row.cells[column].zip(row.cells[to]).map(|(ours, theirs)| ours / theirs);
                row.cells.push(ratio);
            }
        }
    }

    /// The first column's values as parts of the others'.
    pub fn first_beside_others(&self) -> Table {
        let rows = self.rows.iter().map(|row| {
            let ratio = |cell: &Option<f64>| Some(row.cells[0]? / (*cell)?);
            Row { name: row.name.clone(), cells: row.cells[1..].iter().map(ratio).collect() }
        });
        Table {
            corner: self.corner.clone(),
            columns: self.columns[1..].to_vec(),
            rows: rows.collect(),
            digits: 3,
        }
    }

    fn texts(&self) -> Vec<Vec<String>> {
        let head = std::iter::once(self.corner.clone()).chain(self.columns.iter().cloned());
        let body = self.rows.iter().map(|row| {
            let cell = |cell: &Option<f64>| match cell {
                Some(value) => format!("{value:.*}", self.digits),
                None => "–".to_string(),
            };
            std::iter::once(row.name.clone()).chain(row.cells.iter().map(cell)).collect()
        });
        std::iter::once(head.collect()).chain(body).collect()
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts = self.texts();
        let width = |column: usize| {
            texts.iter().map(|row| row[column].chars().count()).max().unwrap_or(0).max(4)
        };
        let widths: Vec<usize> = (0..=self.columns.len()).map(width).collect();
        for (number, row) in texts.iter().enumerate() {
            for (column, (text, &width)) in row.iter().zip(&widths).enumerate() {
                match column {
                    0 => write!(f, "| {text:width$} ")?,
                    _ => write!(f, "| {text:>width$} ")?,
                }
            }
            writeln!(f, "|")?;
            if number == 0 {
                write!(f, "|{}", "-".repeat(widths[0] + 2))?;
                for width in &widths[1..] {
                    write!(f, "|{}:", "-".repeat(width + 1))?;
                }
                writeln!(f, "|")?;
            }
        }
        Ok(())
    }
}

/// Says on a terminal which round begins.
pub fn progress(round: u32, rounds: u32) {
    if std::io::stderr().is_terminal() {
        eprint!("\rround {} of {rounds}{}", round + 1, if round + 1 == rounds { "\n" } else { "" });
    }
}

/// None of nothing.
pub fn geometric_mean(values: &[f64]) -> Option<f64> {
    let logarithms: f64 = values.iter().map(|value| value.ln()).sum();
    (!values.is_empty()).then(|| (logarithms / values.len() as f64).exp())
}

/// A file and its folder: many a component is called `component.wasm`, and where the folder is says nothing.
pub fn short_name(path: &str) -> &str {
    path.rmatch_indices('/').nth(1).map_or(path, |(slash, _)| &path[slash + 1..])
}

/// The command that is being run.
fn command() -> String {
    std::env::args().map(|arg| short_name(&arg).to_string()).collect::<Vec<_>>().join(" ")
}

/// The head of a results file: where, when, how, and who took part.
pub fn head(title: &str, versions: &[String]) -> String {
    let date = machine::date();
    let mut text = format!(
        "# {title}, {date}\n{}.\n\n`{}`, at {}\n",
        machine::describe(),
        command(),
        machine::commit()
    );
    if !versions.is_empty() {
        text.push('\n');
    }
    for version in versions {
        let _ = writeln!(text, "* {version}");
    }
    text
}

/// Writes `results/DATE-NAME.ENDING`; where that is.
pub fn write(name: &str, ending: &str, text: &str) -> Result<PathBuf> {
    let path = package().join("results").join(format!("{}-{name}.{ending}", machine::date()));
    std::fs::write(&path, text)?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_has_one_folder() {
        assert_eq!(short_name("/a/b/c.wasm"), "b/c.wasm");
        assert_eq!(short_name("b/c.wasm"), "b/c.wasm");
        assert_eq!(short_name("--write"), "--write");
    }

    #[test]
    fn means_leave_out_columns_with_gaps() {
        let row =
            |name: &str, cells: [Option<f64>; 2]| Row { name: name.into(), cells: cells.into() };
        let mut table = Table {
            corner: "what".into(),
            columns: vec!["a".into(), "b".into()],
            rows: vec![row("x", [Some(1.0), Some(2.0)]), row("y", [Some(4.0), None])],
            digits: 2,
        };
        table.add_means("mean", 0..2);
        assert_eq!(table.rows[2].cells, [Some(2.0), None]);
        let text = table.to_string();
        assert!(text.ends_with("| mean | 2.00 |    – |\n"), "{text}");
    }
}

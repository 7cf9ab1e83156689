//! A script's text → its directives, and who runs them.

use crate::lines::Lines;
use crate::report::{Outcome, Report};
use crate::{Config, component, core, header};
use wast::WastDirective;
use wast::lexer::Lexer;
use wast::parser::ParseBuffer;

/// Runs a script. Needs a thread with some MiB of stack: guests may use 1 MiB of it.
pub fn run(text: &str, config: &Config) -> Report {
    let mut report = Report::default();
    let lines = Lines::new(text);
    let features = match header::features(text, config.features) {
        Ok(features) => features,
        Err(message) => {
            report.add(1, Outcome::Failed(message));
            return report;
        }
    };
    let config = &Config { features, ..config.clone() };
    let parsed = parse(text, |directives| match component::is_script(&directives) {
        true => component::run(directives, &lines, config, &mut report),
        false => core::run(directives, &lines, config, &mut report),
    });
    if let Err(error) = parsed {
        let line = error.span().linecol_in(text).0 + 1;
        report.add(line, Outcome::Failed(error.message()));
    }
    report
}

fn parse(text: &str, then: impl FnOnce(Vec<WastDirective<'_>>)) -> Result<(), wast::Error> {
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = ParseBuffer::new_with_lexer(lexer)?;
    then(wast::parser::parse::<wast::Wast<'_>>(&buffer)?.directives);
    Ok(())
}

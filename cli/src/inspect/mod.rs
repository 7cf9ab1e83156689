//! `weldc inspect`: what is in a component, for people and (`--json`) for programs.
//!
//! ```text
//!  bytes ──parse, link, facts, place──▶ phases ──survey──▶ Report ──┬─text──▶ for people
//!                                                           └─json──▶ for programs
//! ```
//! What weldc cannot compile yet can still be looked at: then the report ends where the phases ended, and
//! says why.

mod json;
mod model;
mod survey;
mod text;

use crate::args::InspectArgs;
use crate::features;
use crate::input::Input;
use crate::policy::{Policy, Unserved};
use crate::report;
use crate::session;
use anyhow::{Context, Result};
use survey::Linked;
use weldc_compiler::facts::Facts;
use weldc_compiler::options::CodeOptions;
use weldc_compiler::translate::FuncTable;
use weldc_compiler::{link, parse, place};

pub fn inspect(args: &InspectArgs) -> Result<()> {
    let input = Input::read(&args.file, &args.with)?;
    let allowed = args.features.unwrap_or_else(features::default);
    let parsed = parse::parse(input.sources(), allowed)
        .map_err(|error| session::advise(error, &input, args.features))
        .with_context(|| input.display.clone())?;
    let mut policy = Policy::new("component", Unserved::Ignore);
    let linked = link::link(&parsed, &mut policy).and_then(|program| {
        let options = CodeOptions::default();
        let facts = Facts::new(&parsed, &program, &options)?;
        let layout = place::place(&parsed, &program, &facts, &options)?;
        let funcs = FuncTable::new(&parsed, &program, &facts, &options);
        Ok(Linked { program, layout, funcs })
    });
    let (linked, obstacle) = match linked {
        Ok(linked) => (Some(linked), None),
        Err(error) => (None, Some(error.to_string())),
    };
    let mut report = survey::survey(&input, &parsed, linked.as_ref());
    report.features = features::used(&input.bytes, allowed);
    report.obstacle = obstacle;
    Ok(report::print(&if args.json { json::print(&report) } else { text::print(&report) })?)
}

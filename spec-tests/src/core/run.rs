//! Runs core scripts' commands on the zones of their units.

use super::build::{self, Built, Place};
use super::script::{self, Action, Expect, Instance, Kind, Script};
use super::unit::{Plan, Unit};
use super::value;
use crate::Config;
use crate::lines::Lines;
use crate::report::{Outcome, Report};
use wasmparser::WasmFeatures;
use wast::WastDirective;
use wast::core::WastRetCore;
use weldc_abi::Trap;

/// Runs a core script.
pub fn run(
    directives: Vec<WastDirective<'_>>,
    lines: &Lines,
    config: &Config,
    report: &mut Report,
) {
    let script = script::resolve(directives, lines, config);
    let mut built = build::build(&script, config);
    commands(script, &mut built, config, report);
}

fn commands(script: Script<'_>, built: &mut Built, config: &Config, report: &mut Report) {
    let Script { instances, commands } = script;
    for command in commands {
        let outcome = match command.kind {
            Kind::Settled(outcome) => outcome,
            Kind::Instantiate { instance, trap } => match unit(built, instance) {
                Ok(unit) => instantiate(unit, instance, trap).into(),
                Err(outcome) => outcome,
            },
            Kind::Unlinkable(instance) => unlinkable(&instances, instance, config).into(),
            Kind::Act { instance, action, expect } => match unit(built, instance) {
                Ok(unit) => act(unit, instance, &action, &expect).into(),
                // What kept the instance from being made has been reported as the failure it is.
                Err(Outcome::Failed(_)) => Outcome::Skipped("its module failed".to_string()),
                Err(outcome) => outcome,
            },
        };
        report.add(command.line, outcome);
    }
}

/// The unit that an instance is part of.
fn unit(built: &mut Built, instance: usize) -> Result<&mut Unit, Outcome> {
    match &built.places[instance] {
        Place::Unit(unit) => Ok(&mut built.units[*unit]),
        Place::Skipped(why) => Err(Outcome::Skipped(why.clone())),
        Place::Failed(why) => Err(Outcome::Failed(why.clone())),
        Place::Nowhere => Err(Outcome::Failed("the instance is in no unit".to_string())),
    }
}

fn instantiate(unit: &mut Unit, instance: usize, trap: Option<&str>) -> Result<(), String> {
    match (unit.instantiate(instance), trap) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(message)) => Err(format!("no trap, expected `{message}`")),
        (Err(trap), None) => Err(format!("instantiation trapped: {}", trap.text())),
        (Err(trap), Some(message)) => check_trap(trap, message),
    }
}

/// The component of the instance and all that it needs must be refused.
fn unlinkable(instances: &[Instance], instance: Instance, config: &Config) -> Result<(), String> {
    let mut needed = vec![false; instances.len()];
    instance.args.values().for_each(|&arg| needed[arg] = true);
    for number in (0..instances.len()).rev() {
        if needed[number] {
            instances[number].args.values().for_each(|&arg| needed[arg] = true);
        }
    }
    let mut members: Vec<usize> = (0..instances.len()).filter(|&number| needed[number]).collect();
    members.push(instances.len());
    let all: Vec<Instance> = instances.iter().map(Instance::share).chain([instance]).collect();
    let plan = Plan { instances: &all, members, exports: Vec::new() };
    let features = config.features | WasmFeatures::COMPONENT_MODEL;
    match weldc_compiler::parse::parse(plan.compose().bytes, features) {
        Ok(_) => Err("the instance was accepted".to_string()),
        Err(_) => Ok(()),
    }
}

fn act(
    unit: &mut Unit,
    instance: usize,
    action: &Action<'_>,
    expect: &Expect<'_>,
) -> Result<(), String> {
    let name = action.name();
    let Some(ty) = unit.export_type(instance, name).cloned() else {
        return Err(format!("there is no export `{name}`"));
    };
    let args = match action {
        Action::Invoke { args, .. } => &args[..],
        Action::Get { .. } => &[],
    };
    let count = ty.params().len();
    if args.len() != count {
        return Err(format!("`{name}` takes {count} arguments"));
    }
    let slots = args
        .iter()
        .zip(ty.params())
        .map(|(arg, &ty)| value::argument(arg, ty))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(outcome) = unit.call(instance, name, &slots) else {
        return Err(format!("`{name}` cannot be called"));
    };
    match (outcome, expect) {
        (Ok(_), Expect::Return) => Ok(()),
        (Ok(results), Expect::Results(expected)) => check_results(expected, ty.results(), &results),
        (Ok(_), Expect::Trap(message)) => Err(format!("no trap, expected `{message}`")),
        (Ok(_), Expect::Exhaustion) => Err("no trap, expected the stack to end".to_string()),
        (Err(trap), Expect::Trap(message)) => check_trap(trap, message),
        (Ok(_), Expect::Exception) => Err("no exception".to_string()),
        (Err(Trap::StackOverflow), Expect::Exhaustion) => Ok(()),
        (Err(Trap::UncaughtException), Expect::Exception) => Ok(()),
        (Err(trap), _) => Err(format!("trapped: {}", trap.text())),
    }
}

fn check_results(
    expected: &[WastRetCore<'_>],
    types: &[wasmparser::ValType],
    results: &[value::Slot],
) -> Result<(), String> {
    let fits = expected.len() == results.len()
        && expected
            .iter()
            .zip(types.iter().zip(results))
            .all(|(expected, (&ty, &slot))| value::is_expected(expected, ty, slot));
    if fits {
        return Ok(());
    }
    let found: Vec<String> =
        types.iter().zip(results).map(|(&ty, &slot)| value::describe(ty, slot)).collect();
    Err(format!("got {}, expected {expected:?}", found.join(", ")))
}

/// Whether a trap is what the suite calls by this message. It names the kind, sometimes with more detail
/// than we have (`uninitialized element 7`), sometimes with less (`undefined`).
fn check_trap(trap: Trap, message: &str) -> Result<(), String> {
    let texts: &[&str] = match trap {
        Trap::Unreachable => &["unreachable"],
        Trap::NullReference => &["null reference", "null function reference", "null"],
        Trap::UndefinedElement => &["undefined element", "out of bounds table access"],
        _ => &[trap.text()],
    };
    if texts.iter().any(|text| text.starts_with(message) || message.starts_with(text)) {
        Ok(())
    } else {
        Err(format!("trapped with `{}`, expected `{message}`", trap.text()))
    }
}

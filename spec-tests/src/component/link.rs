//! What components of a script import: other components of it, by their names.

use super::definition::Definition;
use super::instance::Stopped;

/// Whether a component's imports can be served; `is_named` says whether the script has an instance of a name.
pub fn check(definition: &Definition, is_named: impl Fn(&str) -> bool) -> Result<(), Stopped> {
    match definition.imports.iter().find(|name| !is_named(name)) {
        Some(name) => Err(Stopped::Unlinkable(format!("nothing provides the import `{name}`"))),
        None if definition.imports.is_empty() => Ok(()),
        None => Err(Stopped::Skipped("imports from other components of the script".to_string())),
    }
}

//! The export that `--invoke` names.

use crate::report::Failure;
use anyhow::Result;
use weldc_compiler::index::{ExportId, FuncTypeId};
use weldc_compiler::link::{ExportItem, Program};
use weldc_compiler::types::QualifiedName;

/// An exported function.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub export: ExportId,
    pub ty: FuncTypeId,
}

/// Finds a function by its own name, at the root or inside an exported interface, or by its name with the
/// interface's. The root's own functions come first; otherwise the name must fit one function only.
pub fn find(program: &Program, wanted: &str) -> Result<Target> {
    let functions: Vec<_> = functions(program).collect();
    let root = functions.iter().find(|(name, _)| name.interface.is_none() && name.name == wanted);
    if let Some((_, target)) = root {
        return Ok(*target);
    }
    let fitting: Vec<_> = functions.iter().filter(|(name, _)| fits(name, wanted)).collect();
    match fitting[..] {
        [(_, target)] => Ok(*target),
        [] => Err(unknown(wanted, &functions).into()),
        _ => {
            let names: Vec<String> = fitting.iter().map(|(name, _)| full(name)).collect();
            Err(Failure::new(format!("several exported functions are called `{wanted}`"))
                .help(format!("write one of {}", names.join(", ")))
                .into())
        }
    }
}

fn functions(program: &Program) -> impl Iterator<Item = (&QualifiedName, Target)> {
    program.exports.iter().filter_map(|(id, export)| match export.item {
        // A value is called like a function without parameters.
        ExportItem::Func { ty, .. } | ExportItem::Value { ty, .. } => {
            Some((&export.name, Target { export: id, ty }))
        }
        _ => None,
    })
}

/// Whether `wanted` is a way to write `name`.
fn fits(name: &QualifiedName, wanted: &str) -> bool {
    let Some(interface) = &name.interface else { return name.name == wanted };
    let (plain, version) = split_version(interface);
    let short = plain.rsplit('/').next().unwrap_or(plain);
    let Some((wanted, wanted_version)) = without_function(wanted, &name.name) else { return false };
    let same = wanted.is_empty() || wanted == plain || wanted == short;
    same && (wanted_version.is_none() || wanted_version == version)
}

/// What `wanted` says about the interface of the function `name`: its name, perhaps shortened or left
/// out, and its version. For `z` it is written `z`, `a:b/c.z`, `a:b/c@1.0.0#z`, `a:b/c@1.0.0.z` or, as
/// WAVE has it, `a:b/c.z@1.0.0`.
fn without_function<'a>(wanted: &'a str, name: &str) -> Option<(&'a str, Option<&'a str>)> {
    let strip = |text: &'a str| match text.strip_suffix(name)? {
        "" => Some(""),
        rest => rest.strip_suffix(['#', '.']),
    };
    if let Some(rest) = strip(wanted) {
        return Some(split_version(rest));
    }
    let (wanted, version) = split_version(wanted);
    Some((strip(wanted)?, version))
}

fn split_version(interface: &str) -> (&str, Option<&str>) {
    match interface.split_once('@') {
        Some((plain, version)) => (plain, Some(version)),
        None => (interface, None),
    }
}

fn full(name: &QualifiedName) -> String {
    match &name.interface {
        Some(interface) => format!("{interface}#{}", name.name),
        None => name.name.clone(),
    }
}

fn unknown(wanted: &str, functions: &[(&QualifiedName, Target)]) -> Failure {
    let failure = Failure::new(format!("the component exports no function `{wanted}`"));
    if functions.is_empty() {
        return failure.help("it exports no functions at all; see `weldc inspect`");
    }
    let names: Vec<String> = functions.iter().map(|(name, _)| full(name)).collect();
    failure.help(format!("it exports {}", names.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use weldc_compiler::index::TypeId;
    use weldc_compiler::link::{Export, Func};
    use weldc_compiler::types::FuncType;

    fn program(names: &[(Option<&str>, &str)]) -> Program {
        let mut program = Program::default();
        for (interface, name) in names {
            let ty = FuncType { params: Vec::new(), result: None::<TypeId>, async_: false };
            let ty = program.types.push_func(ty);
            let func = Func::Lift(weldc_compiler::index::LiftId::from_u32(0));
            program.exports.push(Export {
                name: QualifiedName {
                    interface: interface.map(str::to_string),
                    name: name.to_string(),
                },
                item: ExportItem::Func { func, ty },
            });
        }
        program
    }

    #[test]
    fn a_function_is_found_by_any_of_its_names() {
        let program =
            program(&[(Some("a:b/c@1.0.0"), "z"), (Some("a:b/d@1.0.0"), "z"), (None, "root")]);
        let index = |name: &str| find(&program, name).map(|target| target.export.as_u32()).ok();
        assert_eq!(index("root"), Some(2));
        for name in ["a:b/c@1.0.0#z", "a:b/c.z", "a:b/c.z@1.0.0", "c.z", "c#z", "a:b/c#z"] {
            assert_eq!(index(name), Some(0), "{name}");
        }
        assert_eq!(index("d.z"), Some(1));
        for name in ["z", "y", "e.z", "a:b/c@2.0.0#z", "cz", ""] {
            assert_eq!(index(name), None, "{name}");
        }
    }

    #[test]
    fn the_roots_own_function_comes_first() {
        let program = program(&[(Some("a:b/c"), "z"), (None, "z")]);
        assert_eq!(find(&program, "z").unwrap().export.as_u32(), 1);
    }

    #[test]
    fn an_ambiguous_name_lists_the_candidates() {
        let program = program(&[(Some("a:b/c"), "z"), (Some("a:b/d"), "z")]);
        let error = find(&program, "z").unwrap_err();
        assert!(error.to_string().contains("several"), "{error}");
    }
}

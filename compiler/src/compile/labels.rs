//! Names of generated functions for people: in symbol tables, backtraces, listings and errors.
//!
//! A label has no spaces and no control characters, whatever the component's own names contain.

use crate::index::{DataId, FuncId};
use crate::link::{Func, Program, TrampolineKind};
use crate::names::{self, Names};
use crate::translate::funcs::Api;
use crate::translate::{DataKey, Env, FuncKey, namespace};
use crate::types::QualifiedName;
use std::fmt::Write;
use weldc_abi::symbols::Function as RuntimeFn;

/// Longest label; what is longer ends in dots. Mangled names can be as long as their author likes.
const MAX_BYTES: usize = 1024;

/// The label of a generated function: its symbol if it is visible outside, else what it was made from.
pub fn func(env: Env<'_>, key: FuncKey) -> String {
    let symbol = names::symbol(env.program, &env.options.prefix, key);
    readable(&symbol.unwrap_or_else(|| inner(env, key)))
}

/// As [`func`], for many functions of one program.
pub fn func_named(env: Env<'_>, names: &Names, key: FuncKey) -> String {
    readable(&names.symbol(key).unwrap_or_else(|| inner(env, key)))
}

/// The label of whatever `namespace` and `index` name in CLIF and relocations.
pub fn external(env: Env<'_>, space: u32, index: u32) -> Option<String> {
    let position = index as usize;
    match space {
        namespace::FUNC => env.funcs.keys.get(FuncId::from_u32(index)).map(|&key| func(env, key)),
        namespace::DATA => env.data.keys.get(DataId::from_u32(index)).map(|&key| data(key)),
        namespace::RUNTIME => RuntimeFn::ALL.get(position).map(|func| func.symbol().to_string()),
        namespace::EXTERN => env.funcs.externs.get(position).map(|symbol| readable(symbol)),
        namespace::TEXT => Some("text".to_string()),
        namespace::ARTEFACT => Some(names::artefact(&env.options.prefix)),
        _ => None,
    }
}

fn data(key: DataKey) -> String {
    match key {
        DataKey::Data(module, segment) => format!("{module}::data[{segment}]"),
        DataKey::Elements(instance, segment) => format!("{instance}::elements[{segment}]"),
        DataKey::Grants => "grants".to_string(),
    }
}

fn inner(env: Env<'_>, key: FuncKey) -> String {
    let program = env.program;
    match key {
        FuncKey::Core { instance, func } => {
            let instance = &program.instances[instance];
            match env.parsed.modules[instance.module].func_names.get(&func) {
                Some(name) => format!("{}::{}", instance.name, demangled(name)),
                None => format!("{}::func[{func}]", instance.name),
            }
        }
        FuncKey::Trampoline(id) => {
            let trampoline = &program.trampolines[id];
            let instance = &program.component_instances[trampoline.instance].name;
            let resource = |id| qualified(&program.resources[id].name);
            match trampoline.kind {
                TrampolineKind::Lower { func, .. } => {
                    format!("{instance}->{}", component_func(program, func))
                }
                TrampolineKind::ResourceNew(id) => {
                    format!("{instance}::resource.new[{}]", resource(id))
                }
                TrampolineKind::ResourceDrop(id) => {
                    format!("{instance}::resource.drop[{}]", resource(id))
                }
                TrampolineKind::ResourceRep(id) => {
                    format!("{instance}::resource.rep[{}]", resource(id))
                }
                ref built_in => format!("{instance}::{}", built_in.name()),
            }
        }
        FuncKey::Transfer(id) => {
            let outlined = env.funcs.transfers[id];
            format!("{id}[{}->{}]", outlined.source.name(program), outlined.dest.name(program))
        }
        FuncKey::Release(id) => format!("release[{id}]"),
        FuncKey::Export(id) => format!("export[{}]", qualified(&program.exports[id].name)),
        FuncKey::StartCall(id) => {
            format!("start[{}]", component_func(program, program.start_calls[id].func))
        }
        FuncKey::Entry(id, form) => {
            format!("entry[{}]::{form:?}", qualified(&program.exports[id].name))
        }
        FuncKey::Destructor(id) => {
            format!("destructor[{}]", qualified(&program.resources[id].name))
        }
        FuncKey::HostDrop(id) => {
            format!("dropped[{}]", qualified(&program.resources[id].name))
        }
        FuncKey::Enter(id) => format!("enter[{id}]"),
        FuncKey::Resolve(id) => format!("resolve[{id}]"),
        FuncKey::EnterBody(id) => format!("{id}::params"),
        FuncKey::ResolveBody(id) => format!("{id}::result"),
        FuncKey::ElementBody(id) => format!("{id}::elements"),
        FuncKey::ElementRelease(id) => format!("release[{id}]"),
        FuncKey::Callback(id) => format!("callback[{}]", component_func(program, Func::Lift(id))),
        FuncKey::Element(id) => format!("element[{id}]"),
        FuncKey::Thread { wide } => format!("thread[{}]", if wide { "i64" } else { "i32" }),
        FuncKey::Start => "start".to_string(),
        FuncKey::StartEntry => "entry[start]".to_string(),
        FuncKey::Stage(id) => format!("{}::start", program.instances[id].name),
        FuncKey::StageEntry(_) | FuncKey::CoreEntry(_) => format!("{key:?}"),
        FuncKey::Trap(trap) => format!("trap::{}", trap.name()),
        FuncKey::TrapDynamic => "trap".to_string(),
        FuncKey::Throw => "throw".to_string(),
        FuncKey::Allocate => "allocate".to_string(),
        FuncKey::Api(Api::Main(_)) => "main".to_string(),
        FuncKey::Api(api) => format!("{api:?}"),
    }
}

pub fn component_func(program: &Program, func: Func) -> String {
    match func {
        Func::Lift(id) => {
            let lift = &program.lifts[id];
            format!("{}::{}", program.component_instances[lift.instance].name, lift.name)
        }
        Func::Import(id) => format!("host::{}", qualified(&program.imports[id].name)),
    }
}

/// A function's name as its author wrote it, if a Rust or C++ compiler made a symbol of it and it is not
/// too long: what a symbol abbreviates can be exponentially longer.
pub fn demangled(name: &str) -> String {
    let mut text = Bounded(String::new());
    let written = if let Ok(rust) = rustc_demangle::try_demangle(name) {
        write!(text, "{rust:#}").is_ok()
    } else if name.starts_with("_Z") && name.len() <= MAX_BYTES {
        let symbol = cpp_demangle::Symbol::new(name);
        symbol.is_ok_and(|s| s.structured_demangle(&mut text, &Default::default()).is_ok())
    } else {
        false
    };
    if written { text.0 } else { name.to_string() }
}

/// Text that refuses to grow beyond [`MAX_BYTES`].
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        if self.0.len() + text.len() > MAX_BYTES {
            return Err(std::fmt::Error);
        }
        self.0.push_str(text);
        Ok(())
    }
}

/// `interface#name`, as core modules spell the functions of interfaces.
pub fn qualified(name: &QualifiedName) -> String {
    match &name.interface {
        Some(interface) => format!("{interface}#{}", name.name),
        None => name.name.clone(),
    }
}

/// `text` fit for a symbol table: one line, no spaces, of bounded length.
fn readable(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    for c in text.chars() {
        if label.len() + c.len_utf8() > MAX_BYTES {
            label.push_str("...");
            break;
        }
        label.push(if c.is_whitespace() || c.is_control() { '_' } else { c });
    }
    label
}

#[cfg(test)]
mod tests {
    use super::{demangled, readable};

    #[test]
    fn names_that_explode_stay_as_they_are() {
        // Each argument is a pair of the one before.
        let mut bomb = String::from("_Z1f1aI1bE");
        for i in 0..16 {
            // Each adds two abbreviations, for `p` and for itself.
            let last = char::from_digit(2 * i + 1, 36).unwrap_or('0').to_ascii_uppercase();
            bomb += &format!("1pIS{last}_S{last}_E");
        }
        assert_eq!(demangled(&bomb), bomb);
    }

    #[test]
    fn names_are_as_their_authors_wrote_them() {
        assert_eq!(
            demangled("_ZN4core9panicking5panic17h0123456789abcdefE"),
            "core::panicking::panic"
        );
        assert_eq!(demangled("_RNvNtCs1234_7mycrate3foo3bar"), "mycrate::foo::bar");
        assert_eq!(demangled("_ZNSt6vectorIiE9push_backEOi"), "std::vector<int>::push_back(int&&)");
        assert_eq!(demangled("_Zwhat"), "_Zwhat");
        assert_eq!(demangled("main"), "main");
    }

    #[test]
    fn labels_are_one_word() {
        assert_eq!(readable("core::ops::Fn<(a, b)>"), "core::ops::Fn<(a,_b)>");
        assert_eq!(readable("a\0b\nc\u{2028}d"), "a_b_c_d");
        assert_eq!(readable("käse"), "käse");
    }

    #[test]
    fn labels_are_bounded() {
        let label = readable(&"ä".repeat(5000));
        assert!(label.len() <= 1024 + 3);
        assert!(label.ends_with("ä..."));
    }
}

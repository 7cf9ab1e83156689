//! Symbols of what the embedder provides.
//!
//! They are needed before there is a program: whoever decides how imports are bound
//! ([`crate::link::ImportPolicy`]) sees them one by one. The short form of one import can be that of
//! another (`a:x/log` and `b:y/log`); [`ImportNames`] remembers what it gave out and then uses the
//! interface's full name.

use super::{MAX_BYTES, ident, interface, label};
use crate::types::QualifiedName;
use std::collections::HashMap;

/// The linker symbol of an imported function or resource destructor of the embedder's:
/// `PREFIX_import_IFACE_FUNC`. Different imports can have the same; see [`ImportNames`].
pub fn import(prefix: &str, name: &QualifiedName) -> String {
    with_interface(prefix, name, interface::short)
}

fn with_interface(prefix: &str, name: &QualifiedName, form: fn(&str) -> String) -> String {
    let label = label(&name.name);
    let mut symbol = match &name.interface {
        Some(interface) => format!("{prefix}_import_{}_{label}", form(interface)),
        None => format!("{prefix}_import_{label}"),
    };
    symbol.truncate(symbol.floor_char_boundary(MAX_BYTES));
    symbol
}

/// Gives every import of a program a symbol of its own.
#[derive(Debug, Default)]
pub struct ImportNames {
    owners: HashMap<String, (QualifiedName, Kind)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Func,
    Drop,
}

impl ImportNames {
    /// The symbol of an imported function.
    pub fn func(&mut self, prefix: &str, name: &QualifiedName) -> String {
        self.symbol(prefix, name, Kind::Func)
    }

    /// The symbol of the destructor of an imported resource.
    pub fn drop(&mut self, prefix: &str, name: &QualifiedName) -> String {
        self.symbol(prefix, name, Kind::Drop)
    }

    fn symbol(&mut self, prefix: &str, name: &QualifiedName, kind: Kind) -> String {
        let ending = if kind == Kind::Drop { "_drop" } else { "" };
        let forms = [interface::short, interface::full, interface::versioned];
        let named =
            forms.into_iter().map(|form| with_interface(prefix, name, form)).map(|s| s + ending);
        let base = with_interface(prefix, name, interface::versioned);
        let numbered = (2..).map(|n| format!("{base}__{n}{ending}"));
        let mine =
            |symbol: &String| self.owners.get(symbol).is_none_or(|(n, k)| n == name && *k == kind);
        let symbol = named.chain(numbered).find(mine).unwrap_or_else(|| ident::snake(&base));
        self.owners.insert(symbol.clone(), (name.clone(), kind));
        symbol
    }
}

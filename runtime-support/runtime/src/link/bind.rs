//! Other zones' exports for a zone's imports.
//!
//! On entry: the embedder's functions are bound. On exit: every import that a provider serves is bound to an export
//! that has the same type; or there is a list of what cannot be, and the zone must not run.
//!
//! Resource types come before functions among the imports: they decide whether the functions' types are the same.

use super::Provider;
use super::border::Border;
use super::fill;
use super::origin::Origin;
use super::release::Links;
use super::services::Services;
use super::types::Types;
use crate::artefact::Loaded;
use crate::context::Context;
use core::ffi::c_void;
use core::fmt::{self, Display, Write};
use rust_alloc::string::String;
use rust_alloc::vec::Vec;
use weldc_abi::linkage::{Item, NO_SLOT, item};

/// Binds the imports that the providers serve, and notes in the zone's record what it uses. `has_table`: what they do
/// not serve is the embedder's. The error is what cannot be bound, a line for each.
///
/// # Safety
/// The zone is being made, its imports are filled; the providers' are living zones that this thread may use.
pub unsafe fn bind(
    zone: Context,
    artefact: Loaded,
    providers: &[Provider<'_>],
    has_table: bool,
) -> Result<(), String> {
    let own = Border::new(artefact);
    let mut problems = String::new();
    // SAFETY: the caller's.
    let servers = unsafe { servers(own, providers, &mut problems) };
    let resources = 0..artefact.resources().len() as u32;
    let origins = resources.map(|resource| Origin { zone, resource }).collect();
    let mut binder = Binder { zone, own, servers, origins, links: Links::new(), has_table };
    for import in own.imports() {
        // SAFETY: the caller's.
        if let Err(problem) = unsafe { binder.import(import) } {
            let name = Qualified(own.interface(import), own.name(import));
            // Writing to a string cannot fail.
            let _ = write!(problems, "\n    {name}: {problem}");
        }
    }
    // SAFETY: the caller's; a zone that cannot be linked never runs, so it uses no link.
    unsafe {
        if problems.is_empty() {
            Services::of(zone).set_providers(binder.links.providers());
            zone.record().links = binder.links;
            return Ok(());
        }
        binder.links.end();
    }
    Err(problems)
}

/// A provider, and what its artefact says.
struct Server<'a> {
    provider: Provider<'a>,
    border: Border,
    types: Types,
}

/// # Safety
/// As [`bind`].
unsafe fn servers<'a>(
    own: Border,
    providers: &[Provider<'a>],
    problems: &mut String,
) -> Vec<Server<'a>> {
    let mut servers = Vec::new();
    for (number, &provider) in providers.iter().enumerate() {
        // SAFETY: the caller's.
        match unsafe { Border::of(provider.zone) } {
            Some(border) => {
                servers.push(Server { provider, border, types: Types::new(own, border) });
            }
            None => {
                let _ = write!(
                    problems,
                    "\n    provider {number} is no instance that this version of weldc made"
                );
            }
        }
    }
    servers
}

struct Binder<'a> {
    zone: Context,
    own: Border,
    servers: Vec<Server<'a>>,
    /// Of the zone's resource types.
    origins: Vec<Origin>,
    links: Links,
    has_table: bool,
}

/// The export that serves an import.
struct Found {
    server: usize,
    kind: u32,
    index: u32,
    entry: *const c_void,
}

impl Binder<'_> {
    /// # Safety
    /// As [`bind`].
    unsafe fn import(&mut self, import: &Item) -> Result<(), Problem> {
        for server in 0..self.servers.len() {
            let Some(found) = self.find(server, import)? else { continue };
            if found.kind != import.kind {
                return Err(Problem::OtherKind);
            }
            // SAFETY: the caller's.
            return unsafe {
                self.links.hold(self.servers[server].provider.zone);
                match import.kind {
                    item::RESOURCE => self.resource(import, &found),
                    _ => self.func(import, &found),
                }
            };
        }
        // SAFETY: the caller's.
        match unsafe { self.is_embedders(import) } {
            true => Ok(()),
            false => Err(Problem::Unserved),
        }
    }

    /// Whether the embedder serves an import. What it gives for a resource type may be nothing.
    ///
    /// # Safety
    /// As [`bind`].
    unsafe fn is_embedders(&self, import: &Item) -> bool {
        let is_called = import.kind != item::RESOURCE && import.slot != NO_SLOT;
        // SAFETY: the caller's.
        let is_there = || unsafe { fill::is_served(self.zone, self.own.artefact, import.slot) };
        self.has_table && (!is_called || is_there())
    }

    /// What serves the import, if this server is meant to serve it.
    fn find(&self, server: usize, import: &Item) -> Result<Option<Found>, Problem> {
        let Server { provider, border, .. } = &self.servers[server];
        let (interface, name) = (self.own.interface(import), self.own.name(import));
        let found = |item: &Item| Found {
            server,
            kind: item.kind,
            index: item.index,
            entry: Border::entry(item),
        };
        let Some(served) = provider.import else {
            return Ok(border.export(interface, name).map(found));
        };
        let Some((interface, name)) = counterpart(served, provider.export, interface, name) else {
            return Ok(None);
        };
        match border.export(&interface, &name) {
            Some(item) => Ok(Some(found(item))),
            None => Err(Problem::NotExported { interface, name }),
        }
    }

    /// # Safety
    /// As [`bind`].
    unsafe fn resource(&mut self, import: &Item, found: &Found) -> Result<(), Problem> {
        let Server { provider, border, .. } = &self.servers[found.server];
        // SAFETY: the caller's.
        let origin = unsafe { Origin::of(provider.zone, *border, found.index) };
        if let Some(mine) = self.origins.get_mut(import.index as usize) {
            *mine = origin;
        }
        // SAFETY: the caller's.
        unsafe {
            if let Some(resource) = self.own.resource(import.index)
                && resource.origin != 0
            {
                origin.store(self.zone, resource.origin);
            }
            if import.slot != NO_SLOT {
                let (code, receiver) = origin.destructor(self.zone, &mut self.links);
                fill::set(self.zone, self.own.artefact, import.slot, code, receiver);
            }
        }
        Ok(())
    }

    /// # Safety
    /// As [`bind`].
    unsafe fn func(&mut self, import: &Item, found: &Found) -> Result<(), Problem> {
        let Server { provider, border, types } = &mut self.servers[found.server];
        let (origins, border, receiver) = (&self.origins, *border, provider.zone);
        let are_same = |own: u32, their: u32| {
            let own = origins.get(own as usize);
            // SAFETY: the caller's.
            own.is_some_and(|own| unsafe { own.is(Origin::of(receiver, border, their)) })
        };
        if !types.are_same(import.index, found.index, &are_same) {
            return Err(Problem::OtherType);
        }
        if found.entry.is_null() {
            return Err(Problem::NotCallable);
        }
        if import.slot != NO_SLOT {
            let own = self.own.artefact;
            // SAFETY: the caller's.
            unsafe { fill::set(self.zone, own, import.slot, found.entry, receiver.0.cast()) };
        }
        Ok(())
    }
}

/// The interface and the name of the export that is to serve an import, if the provider of `served` is meant to: as the
/// export `export`, or under its own name.
fn counterpart(
    served: &[u8],
    export: Option<&[u8]>,
    interface: &[u8],
    name: &[u8],
) -> Option<(Vec<u8>, Vec<u8>)> {
    if interface.is_empty() {
        let export = export.unwrap_or(served);
        let hash = export.iter().position(|&byte| byte == b'#');
        let (interface, found) = match hash {
            Some(at) => (&export[..at], &export[at + 1..]),
            None => (&b""[..], export),
        };
        return (name == served).then(|| (interface.into(), found.into()));
    }
    let rest = interface.strip_prefix(served)?;
    if !rest.is_empty() && rest[0] != b'/' {
        return None;
    }
    let mut interface = Vec::from(export.unwrap_or(served));
    // What the component itself exports has no slash in front.
    let rest = if interface.is_empty() { rest.get(1..).unwrap_or_default() } else { rest };
    interface.extend_from_slice(rest);
    Some((interface, name.into()))
}

/// Why an import cannot be bound.
enum Problem {
    /// Nobody serves it.
    Unserved,
    /// What is to serve it does not export it.
    NotExported {
        interface: Vec<u8>,
        name: Vec<u8>,
    },
    /// It is a resource type, and what serves it is a function, or the other way round.
    OtherKind,
    OtherType,
    /// The export was compiled for calls of another form.
    NotCallable,
}

impl Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Unserved => f.write_str("nothing serves it"),
            Problem::NotExported { interface, name } => {
                write!(f, "the instance for it does not export {}", Qualified(interface, name))
            }
            Problem::OtherKind => f.write_str("what serves it is not of its kind"),
            Problem::OtherType => f.write_str("what serves it has another type"),
            Problem::NotCallable => f.write_str("what serves it has no direct entry"),
        }
    }
}

/// `` `interface#name` ``
struct Qualified<'a>(&'a [u8], &'a [u8]);

impl Display for Qualified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |bytes| core::str::from_utf8(bytes).unwrap_or("?");
        match self {
            Qualified(b"", name) => write!(f, "`{}`", text(name)),
            Qualified(interface, name) => write!(f, "`{}#{}`", text(interface), text(name)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::counterpart;
    use std::string::String;

    fn find(served: &str, export: Option<&str>, import: &str) -> Option<String> {
        let (interface, name) = import.split_once('#').unwrap_or(("", import));
        let bytes = |text: &str| text.as_bytes().to_vec();
        let export = export.map(bytes);
        let (interface, name) = counterpart(
            served.as_bytes(),
            export.as_deref(),
            interface.as_bytes(),
            name.as_bytes(),
        )?;
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Some(std::format!("{}#{}", text(interface), text(name)))
    }

    #[test]
    fn an_instance_serves_what_is_imported_in_it_and_below() {
        assert_eq!(find("a:b/c", None, "a:b/c#f").unwrap(), "a:b/c#f");
        assert_eq!(find("a:b/c", Some("x"), "a:b/c#f").unwrap(), "x#f");
        assert_eq!(find("a:b/c", Some(""), "a:b/c#f").unwrap(), "#f");
        assert_eq!(find("a:b/c", Some("x"), "a:b/c/in/ner#f").unwrap(), "x/in/ner#f");
        assert_eq!(find("a:b/c", Some(""), "a:b/c/in/ner#f").unwrap(), "in/ner#f");
        for other in ["a:b/cc#f", "a:b#f", "a:b/c@1.0.0#f", "f", "a:b/c"] {
            assert_eq!(find("a:b/c", None, other), (other == "a:b/c").then(|| "#a:b/c".into()));
        }
    }

    #[test]
    fn a_function_is_served_by_one_at_the_root_or_in_an_instance() {
        assert_eq!(find("f", None, "f").unwrap(), "#f");
        assert_eq!(find("f", Some("g"), "f").unwrap(), "#g");
        assert_eq!(find("f", Some("a:b/c#g"), "f").unwrap(), "a:b/c#g");
        assert_eq!(find("f", None, "g"), None);
    }
}

//! What this program knows of `weldc-wasi`: who serves an import, and what a guest is granted.

use crate::args::{Dir, EnvVar, GrantArgs, GuestArgs};
use anyhow::{Context, Result};
use std::collections::HashMap;
use weldc_compiler::translate::funcs;
use weldc_compiler::types::QualifiedName;
use weldc_wasi::{Grants, find, find_drop};

/// Who serves an imported function.
pub enum Found {
    Symbol(&'static str),
    /// There is such a function, but of this type.
    OtherType(&'static str),
    Nothing,
}

pub fn function(name: &QualifiedName, signature: &str) -> Found {
    match name.interface.as_deref().and_then(|interface| find(interface, &name.name)) {
        Some(import) if import.signature == signature => Found::Symbol(import.symbol),
        Some(import) => Found::OtherType(import.signature),
        None => Found::Nothing,
    }
}

pub fn destructor(name: &QualifiedName) -> Option<&'static str> {
    let interface = name.interface.as_deref()?;
    find_drop(interface, &name.name).map(|drop| drop.symbol)
}

/// Whether there is such a function or resource, of whatever type.
pub fn serves(name: &QualifiedName) -> bool {
    let serves = |interface| {
        find(interface, &name.name).is_some() || find_drop(interface, &name.name).is_some()
    };
    name.interface.as_deref().is_some_and(serves)
}

/// Everything that the code of a component may refer to, in this process.
pub fn symbols() -> HashMap<&'static str, *const u8> {
    let runtime = weldc_runtime::symbols().iter().map(|&(name, address)| (name, address.cast()));
    let imports = weldc_wasi::IMPORTS.iter().map(|import| (import.symbol, import.address.0.cast()));
    let drops = weldc_wasi::DROPS.iter().map(|drop| (drop.symbol, drop.address.0.cast()));
    let state = [
        (funcs::WASI_NEW, weldc_wasi::weldc_wasi_new as *const u8),
        (funcs::WASI_ATTACH, weldc_wasi::weldc_wasi_attach as *const u8),
        (funcs::WasiApi::Idle.callee(), weldc_wasi::weldc_wasi_idle as *const u8),
        (funcs::WasiApi::Pollfds.callee(), weldc_wasi::weldc_wasi_pollfds as *const u8),
        (funcs::WASI_DELETE, weldc_wasi::weldc_wasi_delete as *const u8),
    ];
    runtime.chain(imports).chain(drops).chain(state).collect()
}

/// What `weldc run` grants. The guest finds the component's file name as its argument 0.
pub fn run_grants(guest: &GuestArgs, file_name: &str) -> Result<Grants> {
    let mut grants = common(&guest.dirs, &guest.env);
    let mut args = vec![file_name.to_string()];
    for arg in &guest.args {
        let arg = arg.to_str().with_context(|| {
            format!("the argument {} is not UTF-8, which WASI asks for", arg.display())
        })?;
        args.push(arg.to_string());
    }
    grants.args = Some(args);
    Ok(grants)
}

/// What an executable is granted, encoded; its arguments come from its process.
pub fn grants(args: &GrantArgs) -> Vec<u8> {
    common(&args.dirs, &args.env).encode()
}

/// The last of several grants under one name counts.
fn common(dirs: &[Dir], env: &[EnvVar]) -> Grants {
    let mut grants = Grants::default();
    for Dir { host, guest } in dirs {
        grants.dirs.retain(|(_, known)| known != guest);
        grants.dirs.push((host.clone(), guest.clone()));
    }
    for EnvVar { name, value } in env {
        grants.env.retain(|(known, _)| known != name);
        grants.env.push((name.clone(), value.clone()));
    }
    grants
}

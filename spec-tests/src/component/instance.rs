//! A component instance: a zone.
//!
//! All that is not safe is here: code is called through addresses that the loader gives.

use super::definition::{Compiled, Function};
use super::link::Provider;
use super::value;
use std::fmt;
use std::ptr::{null, null_mut};
use std::rc::Rc;
use wast::WastArg;
use weldc_abi::Trap;
use weldc_compiler::link::ExportItem;
use weldc_compiler::types::Types;
use weldc_runtime::{Imports, Zone};
use weldc_values::{Call, Value};

pub struct Instance {
    zone: Zone,
    /// Behind the zone, so that the code outlives it.
    compiled: Rc<Compiled>,
    _providers: Vec<Provider>,
}

/// Why there is no instance, or no result.
#[derive(Clone, Debug)]
pub enum Stopped {
    /// It needs something that weldc does not do.
    Skipped(String),
    Failed(String),
    /// What it imports is not there, or not of its type.
    Unlinkable(String),
    /// The trap's message.
    Trapped(String),
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stopped::Skipped(text) | Stopped::Failed(text) | Stopped::Unlinkable(text) => {
                f.write_str(text)
            }
            Stopped::Trapped(text) => write!(f, "trapped: {text}"),
        }
    }
}

impl Instance {
    pub fn new(compiled: Rc<Compiled>, providers: Vec<Provider>) -> Result<Instance, Stopped> {
        let served: Vec<_> = providers
            .iter()
            .map(|Provider { import, instance }| weldc_runtime::Provider {
                import: Some(import),
                instance: instance.zone.context(),
                // The component itself.
                export: Some(""),
            })
            .collect();
        let (table, host, wasi) = (null(), null_mut(), null_mut());
        let imports = Imports { table, host, wasi, providers: &served };
        // SAFETY: the compiler made the artefact, which is loaded as long as the instance lives; the providers
        // live as long, and all of a script runs in one thread.
        let zone = unsafe { Zone::link(compiled.artefact.cast(), &imports) };
        let zone = zone.map_err(|report| stopped(report.trap, &report.message))?;
        Ok(Instance { zone, compiled, _providers: providers })
    }

    pub fn types(&self) -> &Types {
        &self.compiled.program.types
    }

    /// Whether it exports nothing but definitions: core modules, components and types.
    pub fn is_definitions(&self) -> bool {
        let items = || self.compiled.program.exports.values().map(|export| &export.item);
        items().any(|item| matches!(item, ExportItem::Definition(_)))
            && items().all(|item| matches!(item, ExportItem::Definition(_) | ExportItem::Type(_)))
    }

    /// The component that it is an instance of.
    pub fn component(&self) -> &[u8] {
        &self.compiled.component
    }

    /// An exported function of the root.
    pub fn function(&self, name: &str) -> Option<Function> {
        self.compiled.functions.get(name).copied()
    }

    /// Calls a function of this instance.
    pub fn call(&self, function: Function, args: &[WastArg<'_>]) -> Result<Option<Value>, Stopped> {
        let types = self.types();
        let params = &types.func(function.ty).params;
        if params.len() != args.len() {
            return Err(Stopped::Failed(format!("it takes {} arguments", params.len())));
        }
        let args =
            params.iter().zip(args).map(|(param, arg)| value::argument(types, param.ty, arg));
        let args = args.collect::<Result<Vec<_>, _>>().map_err(Stopped::Failed)?;
        let call = Call::new(types, function.ty, &args)
            .map_err(|error| Stopped::Failed(format!("{error:#}")))?;
        let ended = self.zone.trap();
        // SAFETY: the entry was compiled with these types, for this zone.
        match unsafe { call.make(function.entry, self.zone.context()) } {
            Ok(returned) => returned.value().map_err(|error| Stopped::Failed(format!("{error:#}"))),
            Err(status) => {
                let trap = u8::try_from(status).ok().and_then(Trap::from_code);
                let trap = trap.unwrap_or(Trap::BadArtefact);
                Err(match ended {
                    // Had it not been for what is missing, this call would have been made.
                    Some(Trap::NotCompiled) => stopped(Trap::NotCompiled, ""),
                    Some(_) => stopped(trap, trap.text()),
                    None => stopped(trap, &self.zone.message()),
                })
            }
        }
    }
}

/// Why a trap stopped the instance; of the message the backtrace does not count.
fn stopped(trap: Trap, message: &str) -> Stopped {
    match trap {
        Trap::NotCompiled => Stopped::Skipped(trap.text().to_string()),
        Trap::Unlinkable => Stopped::Unlinkable(message.replace('\n', " ")),
        _ => Stopped::Trapped(message.lines().next().unwrap_or_default().to_string()),
    }
}

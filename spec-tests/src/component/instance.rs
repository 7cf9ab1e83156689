//! A component instance: a zone.
//!
//! All that is not safe is here: code is called through addresses that the loader gives.

use super::definition::{Compiled, Function};
use super::value;
use std::fmt;
use std::ptr::{null, null_mut};
use std::rc::Rc;
use wast::WastArg;
use weldc_abi::Trap;
use weldc_compiler::types::Types;
use weldc_runtime::Zone;
use weldc_values::{Call, Value};

pub struct Instance {
    zone: Zone,
    /// Last, so that the code outlives the zone.
    compiled: Rc<Compiled>,
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
    pub fn new(compiled: Rc<Compiled>) -> Result<Instance, Stopped> {
        // SAFETY: the compiler made the artefact, which is loaded as long as the instance lives; it has no
        // imports.
        let zone = unsafe { Zone::new(compiled.artefact.cast(), null(), null_mut(), null_mut()) };
        let zone = zone.map_err(|report| Stopped::Trapped(first_line(&report.message)))?;
        Ok(Instance { zone, compiled })
    }

    pub fn types(&self) -> &Types {
        &self.compiled.program.types
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
        let has_ended = self.zone.trap().is_some();
        // SAFETY: the entry was compiled with these types, for this zone.
        match unsafe { call.make(function.entry, self.zone.context()) } {
            Ok(returned) => returned.value().map_err(|error| Stopped::Failed(format!("{error:#}"))),
            Err(_) if !has_ended => Err(Stopped::Trapped(first_line(&self.zone.message()))),
            Err(status) => {
                let trap = u8::try_from(status).ok().and_then(Trap::from_code);
                Err(Stopped::Trapped(trap.unwrap_or(Trap::BadArtefact).text().to_string()))
            }
        }
    }
}

/// A message without its backtrace.
fn first_line(message: &str) -> String {
    message.lines().next().unwrap_or_default().to_string()
}

//! `weldc run --invoke 'f(args)'`: one exported function, WAVE syntax in and out.
//!
//! ```text
//!  text ──find──▶ export ──wave──▶ WAVE types ──parse──▶ values ──store──▶ memory ──call──▶ memory ──fetch──▶ values ──▶ text
//! ```
//!
//! The memory has the host's layout (`Abi::NATIVE`), and the entry is the packed one, so nothing here
//! depends on how the target passes arguments.

pub mod call;
mod fetch;
mod find;
mod store;
#[cfg(test)]
mod tests;
mod wave;

pub use find::{Target, find};

use crate::report::Failure;
use anyhow::Result;
use wasm_wave::parser::ParserError;
use wasm_wave::untyped::UntypedFuncCall;
use wasm_wave::value::{Type as WaveType, Value};
use wasm_wave::wasm::DisplayFuncResults;
use weldc_compiler::link::Program;
use weldc_compiler::types::{Abi, FuncType, Types};

pub use store::Memory;

/// A call, as it was written: the function's name and the parenthesised arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Call<'a> {
    pub name: &'a str,
    arguments: &'a str,
}

impl<'a> Call<'a> {
    pub fn parse(text: &'a str) -> Result<Call<'a>> {
        let text = text.trim();
        match text.find('(') {
            Some(at) if at > 0 && text.ends_with(')') => {
                Ok(Call { name: text[..at].trim(), arguments: &text[at..] })
            }
            _ => Err(Failure::new(format!("`{text}` is not a call"))
                .help("write --invoke 'function(argument, …)', with () if it takes none")
                .into()),
        }
    }

    /// The arguments as values of these types.
    fn values(&self, types: &[WaveType]) -> Result<Vec<Value>> {
        // The parser of crate wasm-wave wants a name of its own kind; any will do.
        let source = format!("f{}", self.arguments);
        UntypedFuncCall::parse(&source)
            .and_then(|call| call.to_wasm_params(types))
            .map_err(|error| self.explain(&source, error, types).into())
    }

    fn explain(&self, source: &str, error: ParserError, types: &[WaveType]) -> Failure {
        let place = source.get(error.span()).filter(|text| !text.is_empty());
        let place = place.map(|text| format!(" at `{text}`")).unwrap_or_default();
        let detail = error.detail().map(|detail| format!(" ({detail})")).unwrap_or_default();
        let expected: Vec<String> = types.iter().map(ToString::to_string).collect();
        Failure::new(format!(
            "the arguments of `{}` do not fit: {}{detail}{place}",
            self.name,
            error.kind()
        ))
        .help(format!("{} takes ({})", self.name, expected.join(", ")))
    }
}

/// A call that is ready to be made: arguments in memory, room for the result.
pub struct Prepared {
    pub memory: Memory,
    /// Index of the block of `memory` with the arguments.
    pub arguments: usize,
    /// Index of the block of `memory` for the result.
    pub result: usize,
}

/// Parses the arguments and lays them out.
pub fn prepare(call: &Call<'_>, program: &Program, target: &Target) -> Result<Prepared> {
    let types = &program.types;
    let func = types.func(target.ty);
    refuse_resources(types, func, call.name)?;
    let params: Vec<_> = func.params.iter().map(|param| param.ty).collect();
    let wave = params.iter().map(|&id| wave::ty(types, id)).collect::<Result<Vec<_>>>()?;
    let values = call.values(&wave)?;
    let mut memory = Memory::default();
    let arguments = store::arguments(&mut memory, types, &params, &values);
    let result = func.result.map_or(0, |id| types.layout(Abi::NATIVE, id).size);
    let result = memory.block(result as usize);
    Ok(Prepared { memory, arguments, result })
}

/// The result as text.
pub fn result(
    prepared: &Prepared,
    returned: &call::Returned,
    program: &Program,
    target: &Target,
) -> Result<String> {
    let types = &program.types;
    let result = types.func(target.ty).result;
    let bytes = prepared.memory.bytes(prepared.result);
    let from = fetch::Source { types, returned };
    let values: Vec<Value> = result
        .map(|id| fetch::value(from, id, &wave::ty(types, id)?, &bytes))
        .transpose()?
        .into_iter()
        .collect();
    Ok(DisplayFuncResults(&values).to_string())
}

/// WAVE has no way to write a handle.
fn refuse_resources(types: &Types, func: &FuncType, name: &str) -> Result<()> {
    let ids = func.params.iter().map(|param| param.ty).chain(func.result);
    for id in ids {
        if let Some(what) = wave::inexpressible(types, id) {
            return Err(Failure::new(format!(
                "`{name}` passes {what}, which cannot be written as WAVE"
            ))
            .help("call it from C or Rust (`weldc build`), or wrap it in a function without them")
            .into());
        }
    }
    Ok(())
}

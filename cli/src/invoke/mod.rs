//! `weldc run --invoke 'f(args)'`: one exported function, WAVE syntax in and out.
//!
//! ```text
//!  text ──find──▶ export ──wave──▶ WAVE types ──parse──▶ values ──weldc_values::Call──▶ value ──wave──▶ text
//! ```

mod find;
#[cfg(test)]
mod tests;
mod wave;

pub use find::{Target, find};

use crate::report::Failure;
use anyhow::Result;
use wasm_wave::parser::ParserError;
use wasm_wave::untyped::UntypedFuncCall;
use wasm_wave::value::{Type as WaveType, Value as WaveValue};
use wasm_wave::wasm::DisplayFuncResults;
use weldc_compiler::index::TypeId;
use weldc_compiler::link::Program;
use weldc_compiler::types::{FuncType, Types};
use weldc_values::Value;

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
    fn values(&self, types: &Types, params: &[TypeId]) -> Result<Vec<Value>> {
        let wave = params.iter().map(|&id| wave::ty(types, id)).collect::<Result<Vec<_>>>()?;
        // The parser of crate wasm-wave wants a name of its own kind; any will do.
        let source = format!("f{}", self.arguments);
        let values: Vec<WaveValue> = UntypedFuncCall::parse(&source)
            .and_then(|call| call.to_wasm_params(&wave))
            .map_err(|error| self.explain(&source, error, &wave))?;
        params.iter().zip(&values).map(|(&id, value)| wave::read(types, id, value)).collect()
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

/// Parses the arguments of a call and lays them out.
pub fn prepare<'a>(
    call: &Call<'_>,
    program: &'a Program,
    target: &Target,
) -> Result<weldc_values::Call<'a>> {
    let types = &program.types;
    let func = types.func(target.ty);
    refuse_resources(types, func, call.name)?;
    let params: Vec<_> = func.params.iter().map(|param| param.ty).collect();
    let values = call.values(types, &params)?;
    weldc_values::Call::new(types, target.ty, &values).map_err(|error| {
        Failure::new(format!("the arguments of `{}` do not fit: {error}", call.name)).into()
    })
}

/// The result of a call of `target` as text.
pub fn result(program: &Program, target: &Target, value: Option<&Value>) -> Result<String> {
    let types = &program.types;
    let result = types.func(target.ty).result.into_iter().zip(value);
    let values = result
        .map(|(id, value)| wave::write(types, id, &wave::ty(types, id)?, value))
        .collect::<Result<Vec<_>>>()?;
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

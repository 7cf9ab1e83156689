//! Code and Layout → an object file.
//!
//! ```text
//!  Code ──text──▶ .text            functions in order, references between them resolved
//!       ──unwind─▶ .eh_frame       distances to the code
//!       ──dwarf──▶ .debug_*        for debuggers, with `-g`
//!  Layout, names ──tables──▶ .rodata   the artefact record, what it points to, data segments
//!         memories ─images─▶ .weldc.images   page-aligned
//! ```
//! Everything is found by distances from the place that refers to it, so that no linker has to make a
//! dynamic relocation and every page of the artefact can be shared between processes. Equal inputs give
//! equal bytes.

mod blob;
mod customs;
mod dwarf;
mod frames;
mod gc;
mod images;
mod linkage;
mod object;
mod section;
mod sites;
mod tables;
mod target;
mod tasks;
#[cfg(test)]
mod tests;
mod text;
mod unwind;

use crate::compile::{Code, CompiledFunction, labels};
use crate::debug::Sources;
use crate::error::Result;
use crate::index::FuncId;
use crate::names::{self, Names};
use crate::options::DebugInfo;
use crate::translate::Env;
use cranelift_entity::PrimaryMap;
use object::{Contents, FunctionSymbol};
use rayon::prelude::*;
use text::{Text, Undefined};
use weldc_abi::symbols::Function as RuntimeFn;

/// Writes the object file: one `.text`, the artefact record with its tables and images, symbols,
/// `.eh_frame`. Equal inputs give equal bytes.
pub fn object(env: Env<'_>, code: &Code) -> Result<Vec<u8>> {
    let target = target::target(env.isa.triple())?;
    let text = Text::lay_out(target, code)?;
    let labels = function_labels(env);
    let memories = images::Memories::new(env.layout);
    let sources = (env.options.debug > DebugInfo::None).then(|| Sources::new(env.parsed));
    let tables = tables::write(env, code, &text, &memories, &labels, sources.as_ref())?;
    let debug = match &sources {
        Some(sources) if env.options.debug == DebugInfo::Full => {
            dwarf::write(env, code, &text, &labels, sources)?
        }
        _ => Vec::new(),
    };
    let unwind = unwind::write(env.isa, &text, code)?;
    object::write(
        target,
        &Contents {
            text: &text,
            tables: &tables,
            images: &memories.bytes,
            unwind: &unwind,
            debug: &debug,
            functions: &function_symbols(env, code, &text, labels),
            artefact: &names::artefact(&env.options.prefix),
            undefined: &|undefined| undefined_symbol(env, undefined),
            customs: &customs::sections(env.parsed),
        },
    )
}

fn function_labels(env: Env<'_>) -> PrimaryMap<FuncId, String> {
    let keys = env.funcs.keys.as_values_slice();
    let names = Names::new(env.program, &env.options.prefix);
    let label = |&key| labels::func_named(env, &names, key);
    let labels: Vec<String> = keys.par_iter().map(label).collect();
    labels.into_iter().collect()
}

fn function_symbols(
    env: Env<'_>,
    code: &Code,
    text: &Text,
    mut labels: PrimaryMap<FuncId, String>,
) -> Vec<FunctionSymbol> {
    let symbol = |(id, function): (FuncId, &CompiledFunction)| FunctionSymbol {
        name: std::mem::take(&mut labels[id]),
        global: names::is_visible(env.funcs.keys[id]),
        start: text.start(id),
        size: function.bytes.len() as u32,
    };
    code.present().map(symbol).collect()
}

/// The linker symbol of a function that another object defines.
fn undefined_symbol(env: Env<'_>, undefined: Undefined) -> Option<String> {
    match undefined {
        Undefined::Runtime(index) => {
            RuntimeFn::ALL.get(index as usize).map(|func| func.symbol().to_string())
        }
        Undefined::Extern(index) => env.funcs.externs.get(index as usize).cloned(),
        Undefined::LibCall(call) => Some(cranelift_module::default_libcall_names()(call)),
    }
}

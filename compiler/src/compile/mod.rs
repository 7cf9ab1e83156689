//! CLIF → machine code, function by function, in parallel.
//!
//! On entry: a table of function keys. On exit: for every `FuncId`, in order, its bytes and everything
//! that Cranelift knows about them which the artefact's tables need. No CLIF outlives the compilation of
//! its function, so memory is bounded by the code and the number of threads. Nothing here knows the
//! object format.

mod demand;
mod function;
#[cfg(test)]
pub mod handmade;
mod inline;
mod isa;
pub mod labels;
mod listing;
mod loops;
mod wanted;

use crate::error::{Error, Result};
use crate::facts::Caller;
use crate::index::FuncId;
use crate::link::CoreExport;
use crate::options::DebugInfo;
use crate::translate::{Env, FuncKey, translate};
use cranelift_codegen::Context;
use cranelift_codegen::ir::SourceLoc;
use cranelift_entity::{EntityRef, PrimaryMap};
use cranelift_frontend::FunctionBuilderContext;
use rayon::prelude::*;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use wanted::Wanted;

pub use function::{Form, compile_clif};
pub use inline::{Bodies, Positions};
pub use isa::{SUPPORTED_TARGETS, target_isa};
pub use listing::{Listing, listing};
pub use loops::LINE;

/// Machine code of the whole program.
pub struct Code {
    /// `None` for functions that nothing refers to, since all calls of them were replaced by their bodies.
    pub functions: PrimaryMap<FuncId, Option<CompiledFunction>>,
}

impl Code {
    /// The functions that there are.
    pub fn present(&self) -> impl Iterator<Item = (FuncId, &CompiledFunction)> {
        self.functions.iter().filter_map(|(id, function)| Some((id, function.as_ref()?)))
    }
}

/// One compiled function; offsets count from its first byte.
pub struct CompiledFunction {
    pub bytes: Vec<u8>,
    /// Where in [`LINE`] bytes it may begin, as a set of bits; never empty.
    pub places: u64,
    pub relocs: Vec<cranelift_module::ModuleReloc>,
    /// Offset and trap of each instruction that can fault, ascending.
    pub traps: Vec<(u32, weldc_abi::Trap)>,
    /// Return addresses of calls, ascending.
    pub calls: Vec<u32>,
    /// For each of `traps`, then each of `calls`: byte offset in the component, `u32::MAX` if none.
    pub wasm_offsets: Vec<u32>,
    /// The same as a source location, see [`Positions`].
    pub sources: Vec<SourceLoc>,
    /// Where copied code comes from.
    pub positions: Positions,
    /// For debuggers, if they are asked for: where the code of another byte offset in the component begins, ascending;
    /// `u32::MAX` for code that has none.
    pub locations: Vec<(u32, u32)>,
    /// For entries: where a trap lands (offsets from the function's start).
    pub entry: Option<weldc_abi::artefact::Entry>,
    /// For other functions: what their calls do with exceptions, by return address.
    pub handlers: Vec<weldc_abi::artefact::Handler>,
    /// Where the frame has traced words during calls, by return address.
    pub stack_maps: Vec<StackMap>,
    pub unwind: Option<cranelift_codegen::isa::unwind::UnwindInfo>,
}

/// The traced words of a frame during a call.
pub struct StackMap {
    pub return_address: u32,
    /// Distance from the stack pointer to the frame pointer.
    pub frame_size: u32,
    /// Distances from the stack pointer, ascending.
    pub slots: Vec<u32>,
}

/// What a thread reuses from function to function.
struct Workspace {
    context: Context,
    scratch: FunctionBuilderContext,
}

impl Default for Workspace {
    fn default() -> Self {
        Workspace { context: Context::new(), scratch: FunctionBuilderContext::new() }
    }
}

/// Translates and compiles the functions of `env.funcs`. `progress` is called, from any thread, as often as
/// there are functions. The result does not depend on the number of threads.
///
/// Functions that are copied into their callers come last, and only if something still refers to them.
pub fn compile(env: Env<'_>, progress: &(dyn Fn() + Sync)) -> Result<Code> {
    let bodies = Bodies::new(env)?;
    let mut code = Code { functions: env.funcs.keys.keys().map(|_| None).collect() };
    let mut wanted = Wanted::new(env, &bodies)?;
    while let Some(batch) = wanted.next_batch() {
        let compiled =
            in_parallel(&largest_first(env, batch), |workspace: &mut Workspace, index| {
                let id = FuncId::new(index);
                let compiled = compile_one(env, &bodies, id, workspace)?;
                progress();
                Ok((id, compiled))
            })?;
        for (id, function) in compiled {
            wanted.referred_by(&function);
            code.functions[id] = Some(function);
        }
    }
    (0..code.functions.len() - code.present().count()).for_each(|_| progress());
    Ok(code)
}

/// Functions, by the size of their wasm code: a thread that met the largest one last would work on it
/// alone. Interpreters have functions that take a second.
fn largest_first(env: Env<'_>, mut batch: Vec<usize>) -> Vec<usize> {
    batch.sort_by_cached_key(|&index| std::cmp::Reverse(wasm_size(env, FuncId::new(index))));
    batch
}

fn wasm_size(env: Env<'_>, id: FuncId) -> usize {
    wasm_body(env, id).map_or(0, |body| body.len())
}

/// Where the body of a core function lies in the input.
fn wasm_body(env: Env<'_>, id: FuncId) -> Option<Range<usize>> {
    let FuncKey::Core { instance, func } = env.funcs.keys[id] else { return None };
    let module = &env.parsed.modules[env.program.instances[instance].module];
    Some(module.bodies[(func - module.imported.funcs) as usize].clone())
}

/// Runs `work` for every index of `order`, in this order, on all threads; the results are in the order of
/// the indices. Of several errors the one with the lowest index is returned, whatever the timing: once
/// some index has failed, only lower ones are still worth trying.
fn in_parallel<S: Default, T: Send>(
    order: &[usize],
    work: impl Fn(&mut S, usize) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let failed = AtomicUsize::new(usize::MAX);
    let worker = |_| {
        let mut state = S::default();
        let mut done = Vec::new();
        while let Some(&index) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            if index > failed.load(Ordering::Relaxed) {
                continue;
            }
            let result = work(&mut state, index);
            if result.is_err() {
                failed.fetch_min(index, Ordering::Relaxed);
                // Whatever was half done in there must not reach the next function.
                state = S::default();
            }
            done.push((index, result));
        }
        done
    };
    let workers = (0..rayon::current_num_threads()).into_par_iter().with_max_len(1);
    let mut results: Vec<(usize, Result<T>)> = workers.flat_map_iter(worker).collect();
    results.sort_unstable_by_key(|&(index, _)| index);
    results.into_iter().map(|(_, result)| result).collect()
}

fn compile_one(
    env: Env<'_>,
    bodies: &Bodies,
    id: FuncId,
    workspace: &mut Workspace,
) -> Result<CompiledFunction> {
    named(env, id, || {
        let positions = prepare(env, bodies, id, workspace)?;
        let form = Form {
            entry: is_entry(env, env.funcs.keys[id]),
            locations: env.options.debug == DebugInfo::Full,
        };
        let mut compiled = compile_clif(env.isa, &mut workspace.context, positions, form)?;
        if let Some(body) = wasm_body(env, id) {
            function::place_prologue(&mut compiled, body.start as u32);
        }
        Ok(compiled)
    })
}

/// The CLIF that machine code is made of, and where what was copied into it comes from.
fn prepare(
    env: Env<'_>,
    bodies: &Bodies,
    id: FuncId,
    workspace: &mut Workspace,
) -> Result<Positions> {
    let Workspace { context, scratch } = workspace;
    context.clear();
    if let Some((body, positions)) = bodies.get(id) {
        context.func = body.clone();
        return Ok(positions.clone());
    }
    context.func = translate(env, env.funcs.keys[id], scratch)?;
    if let Ok(positions) = bodies.copy_into(context) {
        return Ok(positions);
    }
    // Too much was copied into it for Cranelift's tables; it is left as it was.
    context.clear();
    context.func = translate(env, env.funcs.keys[id], scratch)?;
    Ok(Positions::default())
}

/// Work on one function: a failure says which one.
fn named<T>(env: Env<'_>, id: FuncId, work: impl FnOnce() -> Result<T>) -> Result<T> {
    contained(work).map_err(|error| error.within(labels::func(env, env.funcs.keys[id])))
}

/// Whether a function has a `try_call` that traps land at.
fn is_entry(env: Env<'_>, key: FuncKey) -> bool {
    match key {
        // Where the runtime begins the call, what it calls has it.
        FuncKey::Entry(id, _) => {
            let tasks = &env.facts.tasks;
            tasks.edge(Caller::Export(id)).is_none_or(|edge| tasks.edges[edge].at_once)
        }
        FuncKey::Destructor(_)
        | FuncKey::StartEntry
        | FuncKey::StageEntry(_)
        | FuncKey::Enter(_)
        | FuncKey::Resolve(_)
        | FuncKey::Callback(_)
        | FuncKey::Element(_)
        | FuncKey::Thread { .. } => true,
        // A global is read without entering the zone.
        FuncKey::CoreEntry(id) => {
            matches!(env.program.core_exports[id], CoreExport::Func(_))
        }
        _ => false,
    }
}

/// Turns a panic of the code generator into an error that can name the function it happened in.
fn contained<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("no message");
        Err(Error::new(format!("the code generator failed: {text}"))
            .help("this is a bug in weldc; please report it with the component"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every index below 1000 once, in no good order.
    fn shuffled() -> Vec<usize> {
        (0..1000).map(|i| i * 387 % 1000).collect()
    }

    #[test]
    fn results_are_in_order() {
        let results = in_parallel(&shuffled(), |_: &mut (), i| Ok(i)).unwrap();
        assert_eq!(results, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_error_wins() {
        for _ in 0..20 {
            let result = in_parallel(&shuffled(), |_: &mut (), i| {
                if i % 100 == 77 { Err(Error::new(i.to_string())) } else { Ok(()) }
            });
            assert_eq!(result.unwrap_err().to_string(), "77");
        }
    }

    #[test]
    fn a_panic_becomes_an_error() {
        let error = contained::<()>(|| panic!("no register {}", 7)).unwrap_err();
        assert_eq!(error.to_string(), "the code generator failed: no register 7");
    }
}

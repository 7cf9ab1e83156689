//! Program and Layout → CLIF: one function at a time, for every [`FuncKey`].
//!
//! On entry: everything is known but the code. On exit: a CLIF function whose external names are the
//! namespaces of [`namespace`]. Functions are independent of each other, so they are translated and
//! compiled in parallel; nothing here has state.
//!
//! Calling conventions: everything that wasm code can reach uses `CallConv::Tail` with the context first.
//! Entries use the target's C convention with the context first and return a status.

pub mod adapter;
pub mod api;
pub mod builder;
mod builtin;
pub mod core;
pub mod core_entry;
pub mod data;
pub mod entry;
pub mod funcs;
pub mod start;
pub mod trampoline;
pub mod upcall;

use crate::error::Result;
use crate::facts::Facts;
use crate::link::Program;
use crate::options::CodeOptions;
use crate::parse::Parsed;
use crate::place::Layout;
use cranelift_codegen::ir;
use cranelift_codegen::isa::TargetIsa;
use cranelift_frontend::FunctionBuilderContext;
pub use data::{DataKey, DataTable};
pub use funcs::{EntryForm, FuncKey, FuncTable};

/// Namespaces of `UserExternalName`s.
pub mod namespace {
    /// `index` is a `FuncId`.
    pub const FUNC: u32 = 0;
    /// `index` is a `DataId`.
    pub const DATA: u32 = 1;
    /// `index` is a position in `weldc_abi::symbols::Function::ALL`.
    pub const RUNTIME: u32 = 2;
    /// `index` is a position in `FuncTable::externs`: a symbol of the host's.
    pub const EXTERN: u32 = 3;
    /// The first byte of the code; index 0.
    pub const TEXT: u32 = 4;
    /// The artefact record; index 0.
    pub const ARTEFACT: u32 = 5;
}

/// Everything a translation may look at.
#[derive(Clone, Copy)]
pub struct Env<'a> {
    pub parsed: &'a Parsed,
    pub program: &'a Program,
    pub facts: &'a Facts,
    pub layout: &'a Layout,
    pub funcs: &'a FuncTable,
    pub data: &'a DataTable,
    pub options: &'a CodeOptions,
    pub isa: &'a dyn TargetIsa,
}

/// Translates one function. `scratch` is reused from function to function.
///
/// A core function's body is read from the input again; it was validated by `parse`.
pub fn translate(
    env: Env<'_>,
    key: FuncKey,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    match key {
        FuncKey::Core { instance, func } => core::function(env, instance, func, scratch),
        FuncKey::Trampoline(id) => trampoline::function(env, id, scratch),
        FuncKey::Transfer(id) => adapter::outline::function(env, id, scratch),
        FuncKey::Release(id) => adapter::release::function(env, id, scratch),
        FuncKey::Export(id) => adapter::export(env, id, scratch),
        FuncKey::StartCall(id) => adapter::start_call::function(env, id, scratch),
        FuncKey::Entry(id, form) => entry::export(env, id, form, scratch),
        FuncKey::Destructor(id) => entry::destructor(env, id, scratch),
        FuncKey::HostDrop(id) => entry::host_drop(env, id, scratch),
        FuncKey::Start => start::function(env, key, &env.layout.steps, scratch),
        FuncKey::StartEntry => entry::start(env, key, FuncKey::Start, scratch),
        FuncKey::Stage(id) => start::function(env, key, env.layout.steps_of(id), scratch),
        FuncKey::StageEntry(id) => entry::start(env, key, FuncKey::Stage(id), scratch),
        FuncKey::CoreEntry(id) => core_entry::function(env, id, scratch),
        FuncKey::Trap(trap) => entry::trap(env, trap, scratch),
        FuncKey::TrapDynamic => entry::trap_dynamic(env, scratch),
        FuncKey::EnterBody(id) => adapter::edge::enter(env, id, scratch),
        FuncKey::ResolveBody(id) => adapter::edge::resolve(env, id, scratch),
        FuncKey::ElementBody(id) => adapter::element::function(env, id, scratch),
        FuncKey::ElementRelease(id) => adapter::element::release(env, id, scratch),
        FuncKey::Enter(_)
        | FuncKey::Resolve(_)
        | FuncKey::Callback(_)
        | FuncKey::Element(_)
        | FuncKey::Thread { .. } => upcall::function(env, key, scratch),
        FuncKey::Throw => entry::throw(env, scratch),
        FuncKey::Allocate => core::gc::object::stub(env, scratch),
        FuncKey::Api(api) => api::function(env, api, scratch),
    }
}

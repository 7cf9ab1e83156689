//! Adapters: one function per lower∘lift edge, printed by one engine.
//!
//! An edge has two [`side::Side`]s. A value is lifted from the source Side and lowered to the destination
//! Side without an intermediate form. The host is a Side like any other: 64-bit pointers over a memory
//! whose base is address 0, checked by nobody, allocated from by the runtime's allocator.
//!
//! ```text
//!  call       where parameters and results are, the scope around a call, post-return
//!  plan       what the types of an edge say before a line is printed
//!  transfer   the recursion over types: lift one value, lower it
//!  ├ scalar, list + bulk, string + transcode, variant + flat, handle, error_context, end
//!  apart      an instance that calls itself: values are lifted first, then lowered
//!  memory     checking a guest's pointers, realloc, allocation on the host's side
//!  release    the result of an import goes
//!  outline    functions for types that are too large to print where they occur
//!  leave      may_leave
//!  thread     the current thread, its storage; backpressure
//!  native     how the host is called
//!  edge       calls that have records: an adapter in two halves, which the runtime calls
//!  element    elements of streams and futures, between a guest's memory and the host's layout
//!  start_call calls that instantiation makes
//! ```

mod apart;
pub mod at_once;
mod bulk;
pub mod call;
mod control;
pub mod edge;
pub mod element;
mod end;
pub mod error_context;
mod flat;
pub mod handle;
pub mod leave;
mod list;
pub mod memory;
pub mod native;
pub mod outline;
mod place;
pub mod plan;
pub mod release;
pub mod scalar;
pub mod side;
pub mod start_call;
mod string;
pub mod thread;
mod transcode;
mod transfer;
mod variant;

use super::builder::{Builder, new_function};
use super::{Env, FuncKey};
use crate::error::Result;
use crate::index::{ExportId, FuncTypeId};
use crate::link::{ExportItem, Func};
use cranelift_codegen::ir::{self, InstBuilder};
use cranelift_frontend::FunctionBuilderContext;
use plan::{End, Plan};
use weldc_abi::symbols::Function as RuntimeFn;

/// The body of an export: `(context, parameter…, result)`, tail convention; see `FuncKey::Export`.
pub fn export(
    env: Env<'_>,
    id: ExportId,
    scratch: &mut FunctionBuilderContext,
) -> Result<ir::Function> {
    let export = &env.program.exports[id];
    let ty = super::entry::export_type(env, id)?;
    let signature = native::export_signature(&env.program.types, ty);
    let mut function = new_function(env, FuncKey::Export(id), signature);
    let mut b = Builder::new(env, &mut function, scratch);
    b.check_stack();
    let params = std::mem::take(&mut b.params);
    match export.item {
        ExportItem::Func { func: Func::Lift(lift), .. } => {
            call::lifted(&mut b, End::native(ty), lift, &params)?;
            keep_gifts(&mut b, ty);
        }
        ExportItem::Func { func: Func::Import(import), .. } => {
            call::forwarded(&mut b, import, &params);
        }
        ExportItem::Value { value, .. } => {
            start_call::read(&mut b, value, ty, &params)?;
            keep_gifts(&mut b, ty);
        }
        _ => return Err(plan::mismatch()),
    }
    b.ins.ins().return_(&[]);
    b.finish();
    Ok(function)
}

/// What the result owns is the host's from here on.
fn keep_gifts(b: &mut Builder<'_>, ty: FuncTypeId) {
    if plan::is_gift(&b.env.program.types, ty) {
        b.runtime(RuntimeFn::GiftsKeep, &[b.context]);
    }
}

//! One function as text, for people and for file tests.

mod asm;
mod clif;

use super::{Bodies, Workspace, labels, named, prepare};
use crate::error::{Error, Result};
use crate::index::FuncId;
use crate::translate::Env;
use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;

/// What to show of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    /// CLIF before optimisation.
    Clif,
    /// CLIF after Cranelift's optimisations.
    Optimized,
    /// A disassembly.
    Asm,
}

/// Text of one function.
pub fn listing(env: Env<'_>, bodies: &Bodies, func: FuncId, kind: Listing) -> Result<String> {
    let name = |space, index| labels::external(env, space, index);
    named(env, func, || {
        let mut workspace = Workspace::default();
        let positions = prepare(env, bodies, func, &mut workspace)?;
        match kind {
            Listing::Clif => Ok(clif::text(&workspace.context.func, &name)),
            Listing::Optimized => {
                optimize(env, &mut workspace.context)?;
                Ok(clif::text(&workspace.context.func, &name))
            }
            Listing::Asm => Ok(format!(
                "{}:\n{}",
                labels::func(env, env.funcs.keys[func]),
                asm::text(env.isa, &mut workspace.context, &positions, &name)?
            )),
        }
    })
}

fn optimize(env: Env<'_>, context: &mut Context) -> Result<()> {
    let optimized = context.optimize(env.isa, &mut ControlPlane::default());
    optimized.map_err(|error| Error::new(format!("cannot be optimised: {error}")))
}

/// The label of an external name, by namespace and index.
type Names<'a> = &'a dyn Fn(u32, u32) -> Option<String>;

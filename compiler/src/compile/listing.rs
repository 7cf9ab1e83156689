//! One function as text, for people and for file tests.

mod asm;
mod clif;

use super::{Workspace, contained, labels};
use crate::error::Result;
use crate::index::FuncId;
use crate::translate::Env;

/// What to show of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listing {
    Clif,
    Asm,
}

/// Text of one function: CLIF before optimisation, or a disassembly.
pub fn listing(env: Env<'_>, func: FuncId, kind: Listing) -> Result<String> {
    let key = env.funcs.keys[func];
    let name = |space, index| labels::external(env, space, index);
    contained(|| {
        let Workspace { mut context, mut scratch } = Workspace::default();
        context.func = crate::translate::translate(env, key, &mut scratch)?;
        match kind {
            Listing::Clif => Ok(clif::text(&context.func, &name)),
            Listing::Asm => Ok(format!(
                "{}:\n{}",
                labels::func(env, key),
                asm::text(env.isa, &mut context, &name)?
            )),
        }
    })
    .map_err(|error| error.within(labels::func(env, key)))
}

/// The label of an external name, by namespace and index.
type Names<'a> = &'a dyn Fn(u32, u32) -> Option<String>;

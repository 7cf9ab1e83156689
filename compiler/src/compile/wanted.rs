//! Which functions there is still a use for.

use super::CompiledFunction;
use super::inline::Bodies;
use crate::error::Result;
use crate::index::FuncId;
use crate::link::{ConstValue, CoreFunc, element_values};
use crate::translate::{DataKey, Env, namespace};
use cranelift_entity::{EntityRef, EntitySet};
use cranelift_module::ModuleRelocTarget;

/// Functions in the order in which they turn out to be wanted: at first all but those that are copied into
/// their callers, then of these what something refers to.
pub struct Wanted {
    known: EntitySet<FuncId>,
    batch: Vec<usize>,
}

impl Wanted {
    pub fn new(env: Env<'_>, bodies: &Bodies) -> Result<Wanted> {
        let mut wanted = Wanted { known: EntitySet::new(), batch: Vec::new() };
        env.funcs.keys.keys().filter(|&id| !bodies.contains(id)).for_each(|id| wanted.add(id));
        in_data(env)?
            .into_iter()
            .filter_map(|f| env.funcs.live_core(f))
            .for_each(|id| wanted.add(id));
        Ok(wanted)
    }

    /// What was found to be wanted since the last batch, in the order of their numbers; `None` if nothing was.
    pub fn next_batch(&mut self) -> Option<Vec<usize>> {
        let mut batch = std::mem::take(&mut self.batch);
        batch.sort_unstable();
        (!batch.is_empty()).then_some(batch)
    }

    /// Adds what a function calls or takes the address of.
    pub fn referred_by(&mut self, function: &CompiledFunction) {
        for reloc in &function.relocs {
            if let ModuleRelocTarget::User { namespace: namespace::FUNC, index } = reloc.name {
                self.add(FuncId::from_u32(index));
            }
        }
    }

    fn add(&mut self, id: FuncId) {
        if self.known.insert(id) {
            self.batch.push(id.index());
        }
    }
}

/// The functions that tables, globals and element segments refer to.
fn in_data(env: Env<'_>) -> Result<Vec<CoreFunc>> {
    let mut funcs: Vec<CoreFunc> =
        env.layout.context_image.funcs.iter().map(|&(_, func)| func).collect();
    for &key in env.data.keys.values() {
        if let DataKey::Elements(instance, segment) = key {
            let values = element_values(env.parsed, env.program, instance, segment)?;
            funcs.extend(values.into_iter().filter_map(|value| match value {
                ConstValue::Func(func) => Some(func),
                _ => None,
            }));
        }
    }
    Ok(funcs)
}

//! Which core function a byte of the input belongs to.

use crate::index::ModuleId;
use crate::parse::Parsed;

/// A core function of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub module: ModuleId,
    /// Its index in the module.
    pub func: u32,
}

/// The functions of all modules, by where they lie in the input.
pub struct Origins {
    /// Start, end, and what is there; ascending.
    bodies: Vec<(u32, u32, Origin)>,
}

impl Origins {
    pub fn new(parsed: &Parsed) -> Origins {
        let mut bodies = Vec::new();
        for (id, module) in parsed.modules.iter() {
            let funcs = (module.imported.funcs..).zip(&module.bodies);
            bodies.extend(funcs.map(|(func, range)| {
                (range.start as u32, range.end as u32, Origin { module: id, func })
            }));
        }
        bodies.sort_unstable_by_key(|&(start, ..)| start);
        Origins { bodies }
    }

    /// The function that an offset in the input lies in.
    pub fn at(&self, offset: u32) -> Option<Origin> {
        let after = self.bodies.partition_point(|&(start, ..)| start <= offset);
        let &(_, end, origin) = self.bodies.get(after.checked_sub(1)?)?;
        (offset < end).then_some(origin)
    }
}

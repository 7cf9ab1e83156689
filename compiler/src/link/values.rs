//! Values: what imports, component start functions and exports hand on.
//!
//! A value is a place in the zone, in the host's layout, that one call writes during instantiation: of the
//! host function that stands for an import, or of a start function. Whoever the value is passed to has that
//! place. That every value is used exactly once has been validated.

use super::env::*;
use super::{Linker, StartCall, Step, Value};
use crate::error::Result;
use crate::index::*;
use crate::types::FuncType;

impl<'a> Linker<'a, '_> {
    /// Runs a start definition: calls the function now, and binds its result.
    pub fn component_start(&mut self, env: EnvId, func: u32, args: &[u32]) -> Result<()> {
        let func = get(&self.envs[env].funcs, func)?;
        let values = &self.envs[env].values;
        let args: Vec<ValueId> =
            args.iter().map(|&arg| Ok(get(values, arg)?.id)).collect::<Result<_>>()?;
        let result = self.call_at_start(func, &args)?;
        self.envs[env].values.extend(result);
        Ok(())
    }

    /// Adds a call to what instantiation does; gives the value that it makes.
    pub fn call_at_start(&mut self, func: FuncVal, args: &[ValueId]) -> Result<Option<ValueVal>> {
        let ty = func.ty;
        self.bind_resources(ty)?;
        let func = self.used_func(func)?;
        let program = &mut self.program;
        let result = program.types.func(ty).result;
        let value = result.map(|ty| ValueVal { id: program.values.push(Value { ty }), ty });
        let result = value.map(|value| value.id);
        let call = program.start_calls.push(StartCall { func, ty, args: args.to_vec(), result });
        let after = InstanceId::from_u32((program.instances.len() as u32).saturating_sub(1));
        program.steps.push(Step::Call { call, after });
        self.spend(1)?;
        Ok(value)
    }

    /// The type of a function that gives a value of this type.
    pub fn getter(&mut self, ty: TypeId) -> FuncTypeId {
        let ty = FuncType { params: Vec::new(), result: Some(ty), async_: false };
        self.program.types.push_func(ty)
    }
}

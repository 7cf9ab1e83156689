//! wasmi, an interpreter.

use super::{Kind, Peer, Program};
use crate::guest::Guest;
use crate::kernels::Kernel;
use crate::workshop::Workshop;
use anyhow::Result;
use wasmi::{Engine, Instance, Linker, Module, Store};

pub struct Wasmi;

impl Peer for Wasmi {
    fn name(&self) -> &str {
        "wasmi"
    }

    fn kind(&self) -> Kind {
        Kind::Interpreter
    }

    fn describe(&self) -> Result<String> {
        Ok("wasmi 2.0.0".to_string())
    }

    fn load(&self, guest: &Guest, _workshop: &Workshop) -> Result<Box<dyn Program>> {
        let engine = Engine::default();
        let module = Module::new(&engine, &guest.module)?;
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine).instantiate_and_start(&mut store, &module)?;
        Ok(Box::new(Running { store, instance }))
    }
}

struct Running {
    store: Store<()>,
    instance: Instance,
}

impl Program for Running {
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64> {
        let function = self.instance.get_typed_func::<u32, u64>(&self.store, &kernel.export())?;
        Ok(function.call(&mut self.store, n)?)
    }
}

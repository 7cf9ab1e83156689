//! tinywasm, an interpreter.

use super::{Kind, Peer, Program};
use crate::guest::Guest;
use crate::kernels::Kernel;
use crate::workshop::Workshop;
use anyhow::Result;
use tinywasm::{ModuleInstance, Store};

pub struct TinyWasm;

impl Peer for TinyWasm {
    fn name(&self) -> &str {
        "tinywasm"
    }

    fn kind(&self) -> Kind {
        Kind::Interpreter
    }

    fn describe(&self) -> Result<String> {
        Ok("tinywasm 0.10.0".to_string())
    }

    fn load(&self, guest: &Guest, _workshop: &Workshop) -> Result<Box<dyn Program>> {
        let module = tinywasm::parse_bytes(&guest.module)?;
        let mut store = Store::default();
        let instance = ModuleInstance::instantiate(&mut store, &module, None)?;
        Ok(Box::new(Running { store, instance }))
    }
}

struct Running {
    store: Store,
    instance: ModuleInstance,
}

impl Program for Running {
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64> {
        let function = self.instance.func::<i32, i64>(&self.store, &kernel.export())?;
        Ok(function.call(&mut self.store, n as i32)? as u64)
    }
}

//! The oracle's component in wasmtime.

use crate::peers::Plain;
use anyhow::{Result, bail};
use std::collections::HashMap;
use wasmtime::component::{Component, ComponentNamedList, Func, Instance, Lift, Linker, Lower};
use wasmtime::{Config, Engine, Store};
use weldc_oracle::guest::{Called, Guest, Of};

pub struct Wasmtime {
    engine: Engine,
}

pub struct Compiled<'a> {
    engine: &'a Engine,
    component: wasmtime::component::InstancePre<()>,
}

pub struct Running {
    store: Store<()>,
    instance: Instance,
    functions: HashMap<String, Func>,
}

impl Wasmtime {
    pub fn new() -> Result<Wasmtime> {
        let mut config = Config::new();
        config.concurrency_support(false).wasm_component_model_async(false);
        config.wasm_component_model_memory64(true).wasm_memory64(true).wasm_multi_memory(true);
        config.wasm_component_model_map(true).wasm_component_model_fixed_length_lists(true);
        config.memory_reservation(1 << 20).memory_guard_size(1 << 16);
        Ok(Wasmtime { engine: Engine::new(&config).plain()? })
    }

    pub fn compile(&self, bytes: &[u8]) -> Result<Compiled<'_>> {
        let component = Component::new(&self.engine, bytes).plain()?;
        let component = Linker::new(&self.engine).instantiate_pre(&component).plain()?;
        Ok(Compiled { engine: &self.engine, component })
    }
}

impl Compiled<'_> {
    pub fn instantiate(&self) -> Result<Running> {
        let mut store = Store::new(self.engine, ());
        let instance = self.component.instantiate(&mut store).plain()?;
        Ok(Running { store, instance, functions: HashMap::new() })
    }
}

impl Running {
    fn function(&mut self, name: &str) -> Result<Func> {
        if let Some(&function) = self.functions.get(name) {
            return Ok(function);
        }
        let Some(function) = self.instance.get_func(&mut self.store, name) else {
            bail!("wasmtime has no export {name}");
        };
        self.functions.insert(name.to_string(), function);
        Ok(function)
    }

    fn call<P, R>(&mut self, name: &str, params: P) -> Result<Called<R>>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        let function = self.function(name)?.typed::<P, R>(&self.store).plain()?;
        // The last of the causes is the trap itself.
        let trap = |error: wasmtime::Error| error.root_cause().to_string();
        Ok(function.call(&mut self.store, params).map_err(trap))
    }

    /// Calls what cannot trap.
    fn expect<P, R>(&mut self, of: Of, name: &str, params: P) -> Result<R>
    where
        P: ComponentNamedList + Lower,
        R: ComponentNamedList + Lift,
    {
        let name = format!("{}-{name}", of.name());
        self.call(&name, params)?.map_err(|trap| anyhow::anyhow!("wasmtime: {name}: {trap}"))
    }
}

impl Guest for Running {
    fn poke(&mut self, of: Of, memory: u32, at: u32, bytes: &[u8]) -> Result<()> {
        self.expect(of, "poke", (memory, at, bytes))
    }

    fn peek(&mut self, of: Of, memory: u32, at: u32, length: u32) -> Result<Vec<u8>> {
        Ok(self.expect::<_, (Vec<u8>,)>(of, "peek", (memory, at, length))?.0)
    }

    fn reset(&mut self, of: Of, memory: u32) -> Result<()> {
        self.expect(of, "reset", (memory,))
    }

    fn pages(&mut self, of: Of, memory: u32) -> Result<u32> {
        Ok(self.expect::<_, (u32,)>(of, "pages", (memory,))?.0)
    }

    fn make(&mut self, of: Of, kind: u32, rep: u32) -> Result<u32> {
        Ok(self.expect::<_, (u32,)>(of, "make", (kind, rep))?.0)
    }

    fn drop_handle(&mut self, of: Of, kind: u32, index: u32) -> Result<Called<()>> {
        self.call(&format!("{}-drop", of.name()), (kind, index))
    }

    fn run(&mut self, number: usize) -> Result<Called<()>> {
        self.call(&format!("caller-run{number}"), ())
    }
}

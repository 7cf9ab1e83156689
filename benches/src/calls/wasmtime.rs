//! The same guest in wasmtime: as core modules, and as a component.

use super::{LEAF, MAIN, Side, Victims};
use crate::peers::Plain;
use anyhow::{Result, ensure};
use wasmtime::component::{self, Component};
use wasmtime::{
    Config, Engine, Instance, InstanceAllocationStrategy, InstancePre, Linker, Module,
    PoolingAllocationConfig, Store, StoreContextMut, Strategy, TypedFunc,
};

/// How many instances [`Side::victims`] may be asked for.
pub const VICTIMS: u32 = 64;

/// What can be chosen.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    pub name: &'static str,
    /// Support for asynchronous functions, which costs calls that do not use it, and is on by default.
    pub concurrent: bool,
    /// Instances in slots that are kept, instead of memory mapped for each.
    pub pooled: bool,
}

impl Setup {
    pub fn engine(&self) -> Result<Engine> {
        let mut config = Config::new();
        config.strategy(Strategy::Cranelift).concurrency_support(self.concurrent);
        config.wasm_component_model_async(self.concurrent);
        if self.pooled {
            let mut pool = PoolingAllocationConfig::new();
            // One more of each: the instance that does not trap. Two core instances in a component.
            pool.total_component_instances(VICTIMS + 1).total_core_instances(2 * (VICTIMS + 1));
            pool.total_memories(VICTIMS + 1).total_tables(VICTIMS + 1);
            config.allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        }
        Engine::new(&config).plain()
    }
}

// ---- core modules

pub struct Core {
    name: &'static str,
    prepared: PreparedCore,
    store: Store<()>,
    instance: Instance,
}

struct PreparedCore {
    engine: Engine,
    leaf: InstancePre<()>,
    main: Module,
}

impl Core {
    pub fn new(setup: Setup) -> Result<Core> {
        let engine = setup.engine()?;
        let leaf = Module::new(&engine, wat::parse_str(LEAF)?).plain()?;
        let main = Module::new(&engine, wat::parse_str(MAIN)?).plain()?;
        let leaf = Linker::new(&engine).instantiate_pre(&leaf).plain()?;
        let prepared = PreparedCore { engine, leaf, main };
        let (store, instance) = prepared.instantiate()?;
        Ok(Core { name: setup.name, prepared, store, instance })
    }
}

impl PreparedCore {
    fn instantiate(&self) -> Result<(Store<()>, Instance)> {
        let mut store = Store::new(&self.engine, ());
        let mut linker = Linker::new(&self.engine);
        linker.func_wrap("host", "add", |a: u32, b: u32| a.wrapping_add(b)).plain()?;
        let leaf = self.leaf.instantiate(&mut store).plain()?;
        linker.instance(&mut store, "leaf", leaf).plain()?;
        let instance = linker.instantiate(&mut store, &self.main).plain()?;
        Ok((store, instance))
    }
}

impl Side for Core {
    fn name(&self) -> &str {
        self.name
    }

    fn add(&mut self, count: u32) -> Result<u32> {
        let add: TypedFunc<(u32, u32), u32> =
            self.instance.get_typed_func(&mut self.store, "add").plain()?;
        let mut x = 0;
        for i in 0..count {
            x = add.call(&mut self.store, (x, i)).plain()?;
        }
        Ok(x)
    }

    fn run(&mut self, name: &str, count: u32) -> Result<u32> {
        let function = self.instance.get_typed_func::<u32, u32>(&mut self.store, name).plain()?;
        function.call(&mut self.store, count).plain()
    }

    fn victims(&self, count: usize) -> Result<Box<dyn Victims + '_>> {
        let instances = (0..count).map(|_| Ok(Some(self.prepared.instantiate()?)));
        let instances = instances.collect::<Result<_>>()?;
        Ok(Box::new(TrappingCore {
            prepared: &self.prepared,
            instances,
            functions: Vec::new(),
            errors: Vec::new(),
        }))
    }
}

struct TrappingCore<'a> {
    prepared: &'a PreparedCore,
    instances: Vec<Option<(Store<()>, Instance)>>,
    functions: Vec<TypedFunc<u32, u32>>,
    errors: Vec<wasmtime::Error>,
}

impl Victims for TrappingCore<'_> {
    fn aim(&mut self, name: &str) -> Result<()> {
        self.functions.clear();
        for (store, instance) in self.instances.iter_mut().flatten() {
            self.functions.push(instance.get_typed_func(store, name).plain()?);
        }
        Ok(())
    }

    fn trap(&mut self) -> Result<()> {
        self.errors.clear();
        for ((store, _), function) in self.instances.iter_mut().flatten().zip(&self.functions) {
            self.errors.extend(function.call(store, 0).err());
        }
        ensure!(self.errors.len() == self.instances.len(), "no trap");
        Ok(())
    }

    fn report(&mut self) -> usize {
        self.errors.iter().map(|error| format!("{error:?}").len()).sum()
    }

    fn renew(&mut self) -> Result<()> {
        for place in &mut self.instances {
            *place = None;
            *place = Some(self.prepared.instantiate()?);
        }
        Ok(())
    }
}

// ---- the component

type Unary = component::TypedFunc<(u32,), (u32,)>;

pub struct Whole {
    name: &'static str,
    engine: Engine,
    prepared: component::InstancePre<()>,
    store: Store<()>,
    instance: component::Instance,
}

impl Whole {
    pub fn new(setup: Setup) -> Result<Whole> {
        let engine = setup.engine()?;
        let component = Component::new(&engine, wat::parse_str(super::component())?).plain()?;
        let mut linker = component::Linker::new(&engine);
        linker
            .root()
            .func_wrap("host-add", |_: StoreContextMut<'_, ()>, (a, b): (u32, u32)| {
                Ok((a.wrapping_add(b),))
            })
            .plain()?;
        let prepared = linker.instantiate_pre(&component).plain()?;
        let mut store = Store::new(&engine, ());
        let instance = prepared.instantiate(&mut store).plain()?;
        Ok(Whole { name: setup.name, engine, prepared, store, instance })
    }

    fn instantiate(&self) -> Result<(Store<()>, component::Instance)> {
        let mut store = Store::new(&self.engine, ());
        let instance = self.prepared.instantiate(&mut store).plain()?;
        Ok((store, instance))
    }
}

impl Side for Whole {
    fn name(&self) -> &str {
        self.name
    }

    fn add(&mut self, count: u32) -> Result<u32> {
        let add =
            self.instance.get_typed_func::<(u32, u32), (u32,)>(&mut self.store, "add").plain()?;
        let mut x = 0;
        for i in 0..count {
            (x,) = add.call(&mut self.store, (x, i)).plain()?;
        }
        Ok(x)
    }

    fn run(&mut self, name: &str, count: u32) -> Result<u32> {
        let function: Unary = self.instance.get_typed_func(&mut self.store, name).plain()?;
        Ok(function.call(&mut self.store, (count,)).plain()?.0)
    }

    fn victims(&self, count: usize) -> Result<Box<dyn Victims + '_>> {
        let instances = (0..count).map(|_| Ok(Some(self.instantiate()?))).collect::<Result<_>>()?;
        Ok(Box::new(Trapping { whole: self, instances, functions: Vec::new(), errors: Vec::new() }))
    }
}

struct Trapping<'a> {
    whole: &'a Whole,
    instances: Vec<Option<(Store<()>, component::Instance)>>,
    functions: Vec<Unary>,
    errors: Vec<wasmtime::Error>,
}

impl Victims for Trapping<'_> {
    fn aim(&mut self, name: &str) -> Result<()> {
        self.functions.clear();
        for (store, instance) in self.instances.iter_mut().flatten() {
            self.functions.push(instance.get_typed_func(store, name).plain()?);
        }
        Ok(())
    }

    fn trap(&mut self) -> Result<()> {
        self.errors.clear();
        for ((store, _), function) in self.instances.iter_mut().flatten().zip(&self.functions) {
            self.errors.extend(function.call(store, (0,)).err());
        }
        ensure!(self.errors.len() == self.instances.len(), "no trap");
        Ok(())
    }

    fn report(&mut self) -> usize {
        self.errors.iter().map(|error| format!("{error:?}").len()).sum()
    }

    fn renew(&mut self) -> Result<()> {
        for place in &mut self.instances {
            *place = None;
            *place = Some(self.whole.instantiate()?);
        }
        Ok(())
    }
}

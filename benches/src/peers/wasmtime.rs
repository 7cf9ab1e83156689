//! wasmtime as a library: its compilers and its interpreter, on the core module.

use super::{Kind, Peer, Program};
use crate::guest::Guest;
use crate::kernels::Kernel;
use crate::workshop::Workshop;
use anyhow::Result;
use wasmtime::{Config, Engine, Inlining, Instance, Module, OptLevel, Store, Strategy};

/// The version that Cargo.toml pins.
pub const VERSION: &str = "wasmtime 48.0.8";

/// wasmtime's errors as anyhow's.
pub trait Plain<T> {
    fn plain(self) -> Result<T>;
}

impl<T> Plain<T> for wasmtime::Result<T> {
    fn plain(self) -> Result<T> {
        self.map_err(|error| anyhow::anyhow!("{error:#}"))
    }
}

struct Wasmtime {
    name: &'static str,
    kind: Kind,
    options: &'static str,
    configure: fn(&mut Config) -> Result<()>,
}

pub fn peers() -> Vec<Box<dyn Peer>> {
    let peer = |name, kind, options, configure| -> Box<dyn Peer> {
        Box::new(Wasmtime { name, kind, options, configure })
    };
    vec![
        peer("wasmtime", Kind::Compiled, "Cranelift, opt-level=speed", |config| {
            cranelift(config);
            Ok(())
        }),
        peer("wasmtime-inline", Kind::Compiled, "the same with inlining", |config| {
            cranelift(config).compiler_inlining(Inlining::Yes);
            Ok(())
        }),
        peer("winch", Kind::Compiled, "Winch", |config| {
            config.strategy(Strategy::Winch);
            Ok(())
        }),
        peer("pulley", Kind::Interpreter, "Pulley, opt-level=speed", |config| {
            cranelift(config).target("pulley64").plain()?;
            Ok(())
        }),
    ]
}

/// Cranelift as `wasmtime` uses it by default.
fn cranelift(config: &mut Config) -> &mut Config {
    config.strategy(Strategy::Cranelift).cranelift_opt_level(OptLevel::Speed)
}

impl Peer for Wasmtime {
    fn name(&self) -> &str {
        self.name
    }

    fn kind(&self) -> Kind {
        self.kind
    }

    fn describe(&self) -> Result<String> {
        Ok(format!("{VERSION}; {}", self.options))
    }

    fn load(&self, guest: &Guest, _workshop: &Workshop) -> Result<Box<dyn Program>> {
        let mut config = Config::new();
        (self.configure)(&mut config)?;
        let engine = Engine::new(&config).plain()?;
        let module = Module::new(&engine, &guest.module).plain()?;
        let mut store = Store::new(&engine, ());
        let instance = Instance::new(&mut store, &module, &[]).plain()?;
        Ok(Box::new(Running { store, instance }))
    }
}

struct Running {
    store: Store<()>,
    instance: Instance,
}

impl Program for Running {
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64> {
        let export = kernel.export();
        let function =
            self.instance.get_typed_func::<u32, u64>(&mut self.store, &export).plain()?;
        function.call(&mut self.store, n).plain()
    }
}

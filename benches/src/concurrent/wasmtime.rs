//! The guests in wasmtime.

use super::guests::GUESTS;
use super::rows::CROWD;
use super::{FromHost, Guest, Work};
use crate::grid::Side;
use crate::peers::Plain;
use anyhow::{Context as _, Result};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use wasmtime::component::{Accessor, Component, Instance, Linker, TypedFunc};
use wasmtime::{Config, Engine, Store, Strategy};

type Unary = TypedFunc<(u32,), (u32,)>;
type Binary = TypedFunc<(u32, u32), (u32,)>;

pub struct Theirs {
    name: &'static str,
    guests: Vec<(Guest, Store<()>, Instance)>,
}

impl Theirs {
    pub fn new() -> Result<Theirs> {
        Theirs::with("wasmtime", engine(true)?, &GUESTS)
    }

    /// Without support for asynchronous functions.
    pub fn off() -> Result<Theirs> {
        Theirs::with("… async off", engine(false)?, &[Guest::Add { concurrent: false }])
    }

    fn with(name: &'static str, engine: Engine, guests: &[Guest]) -> Result<Theirs> {
        let mut linker = Linker::new(&engine);
        if guests.contains(&Guest::Host) {
            add_host(&mut linker).plain()?;
        }
        let guest = |&guest: &Guest| {
            let component = Component::new(&engine, wat::parse_str(guest.text())?).plain()?;
            let mut store = Store::new(&engine, ());
            raise_limits(&mut store);
            let instance = block_on(linker.instantiate_async(&mut store, &component)).plain()?;
            Ok((guest, store, instance))
        };
        Ok(Theirs { name, guests: guests.iter().map(guest).collect::<Result<_>>()? })
    }
}

fn engine(concurrent: bool) -> Result<Engine> {
    let mut config = Config::new();
    config.strategy(Strategy::Cranelift).concurrency_support(concurrent);
    config.wasm_component_model_async(concurrent);
    config.wasm_component_model_more_async_builtins(concurrent);
    config.wasm_component_model_async_stackful(concurrent);
    config.wasm_component_model_threading(concurrent);
    Engine::new(&config).plain()
}

/// A crowd has more handles and tasks than a store allows by default.
fn raise_limits(store: &mut Store<()>) {
    let enough = 10 * CROWD as usize;
    store.set_max_component_handles(enough);
    if let Some(table) = store.concurrent_resource_table() {
        table.set_max_capacity(enough);
    }
}

fn add_host(linker: &mut Linker<()>) -> wasmtime::Result<()> {
    linker.root().func_wrap_concurrent("ready", |_: &Accessor<()>, (x,): (u32,)| {
        Box::pin(async move { Ok((x.wrapping_add(1),)) })
    })
}

/// Runs what needs nobody else to go on.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

impl Theirs {
    fn in_a_loop(&mut self, guest: Guest, name: &str, count: u32) -> Result<Option<u32>> {
        let Some((store, instance)) = self.guest(guest) else { return Ok(None) };
        let function: Unary = instance.get_typed_func(&mut *store, name).plain()?;
        // Those that cannot wait are called as without support for those that can.
        if let Guest::Add { .. } = guest {
            return Ok(Some(function.call(store, (count,)).plain()?.0));
        }
        Ok(Some(block_on(function.call_async(store, (count,))).plain()?.0))
    }

    fn guest(&mut self, guest: Guest) -> Option<(&mut Store<()>, Instance)> {
        let mut guests = self.guests.iter_mut();
        let (_, store, instance) = guests.find(|(other, ..)| *other == guest)?;
        Some((store, *instance))
    }

    fn add(&mut self, guest: Guest, count: u32) -> Result<Option<u32>> {
        let Some((store, instance)) = self.guest(guest) else { return Ok(None) };
        let add: Binary = instance.get_typed_func(&mut *store, "add").plain()?;
        let mut sum = 0;
        for i in 0..count {
            (sum,) = add.call(&mut *store, (sum, i)).plain()?;
        }
        Ok(Some(sum))
    }

    fn wait(&mut self, name: &str, count: u32) -> Result<u32> {
        let (store, instance) = self.guest(Guest::Host).context("no such guest")?;
        let function: Unary = instance.get_typed_func(&mut *store, name).plain()?;
        let mut sum = 0u32;
        for i in 0..count {
            let (result,) = block_on(function.call_async(&mut *store, (i,))).plain()?;
            sum = sum.wrapping_add(result);
        }
        Ok(sum)
    }

    fn start(&mut self, name: &str, count: u32) -> Result<u32> {
        let (store, instance) = self.guest(Guest::Host).context("no such guest")?;
        let function: Unary = instance.get_typed_func(&mut *store, name).plain()?;
        let calls = store.run_concurrent(async move |accessor| {
            let mut sum = 0u32;
            for i in 0..count {
                let (result,) = function.call_concurrent(accessor, (i,)).await?;
                sum = sum.wrapping_add(result);
            }
            wasmtime::Result::Ok(sum)
        });
        block_on(calls).plain()?.plain()
    }
}

impl Side<Work> for Theirs {
    fn name(&self) -> &str {
        self.name
    }

    fn run(&mut self, work: Work, count: u32) -> Result<Option<u32>> {
        match work {
            Work::Loop(guest, name) => self.in_a_loop(guest, name, count),
            Work::Call(FromHost::Add(guest)) => self.add(guest, count),
            Work::Call(_) if self.guest(Guest::Host).is_none() => Ok(None),
            Work::Call(FromHost::Wait(name)) => self.wait(name, count).map(Some),
            Work::Call(FromHost::Start(name)) => self.start(name, count).map(Some),
        }
    }
}

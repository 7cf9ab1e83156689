//! The guests in wasmtime.

use super::guests::{GUESTS, SHAPES};
use super::native::Text;
use super::{FromHost, Guest, Shape, Use, Work, ends};
use crate::calls::wasmtime::Setup;
use crate::grid::Side;
use crate::peers::Plain;
use anyhow::{Context, Result, bail};
use wasmtime::component::{Component, Instance, InstancePre, Linker, TypedFunc, WasmList, WasmStr};
use wasmtime::{Engine, Store, StoreContextMut};

/// What the host's functions take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hosts {
    /// `String` and `Vec<u8>`, which generated bindings take.
    Owned,
    /// Wasmtime's views.
    Views,
}

type Nullary = TypedFunc<(), (u32,)>;
type Unary = TypedFunc<(u32,), (u32,)>;

fn pre(engine: &Engine, text: String, linker: &Linker<()>) -> Result<InstancePre<()>> {
    let component = Component::new(engine, wat::parse_str(text)?).plain()?;
    linker.instantiate_pre(&component).plain()
}

// ---- calls

pub struct Calls {
    name: String,
    hosts: Hosts,
    guests: Vec<(Guest, Store<()>, Instance)>,
    data: String,
}

impl Calls {
    pub fn new(setup: Setup, hosts: Hosts) -> Result<Calls> {
        let engine = setup.engine()?;
        let mut linker = Linker::new(&engine);
        add_host(&mut linker, hosts).plain()?;
        let guest = |guest: Guest| {
            let mut store = Store::new(&engine, ());
            let instance = pre(&engine, guest.text(), &linker)?.instantiate(&mut store).plain()?;
            Ok((guest, store, instance))
        };
        let guests = GUESTS.into_iter().map(guest).collect::<Result<_>>()?;
        let data = Text::Ascii.seed().repeat((1 << 20) / 64);
        Ok(Calls { name: setup.name.to_string(), hosts, guests, data })
    }
}

fn add_host(linker: &mut Linker<()>, hosts: Hosts) -> wasmtime::Result<()> {
    let mut root = linker.root();
    root.func_wrap("nop", |_: StoreContextMut<'_, ()>, (): ()| Ok(()))?;
    match hosts {
        Hosts::Owned => {
            let string = |_: StoreContextMut<'_, ()>, (s,): (String,)| Ok((ends(s.as_bytes()),));
            root.func_wrap("take-string", string)?;
            let bytes = |_: StoreContextMut<'_, ()>, (l,): (Vec<u8>,)| Ok((ends(&l),));
            root.func_wrap("take-bytes", bytes)
        }
        Hosts::Views => {
            let string = |store: StoreContextMut<'_, ()>, (s,): (WasmStr,)| {
                Ok((ends(s.to_str(&store)?.as_bytes()),))
            };
            root.func_wrap("take-string", string)?;
            let bytes = |store: StoreContextMut<'_, ()>, (l,): (WasmList<u8>,)| {
                Ok((ends(l.as_le_slice(&store)),))
            };
            root.func_wrap("take-bytes", bytes)
        }
    }
}

impl Calls {
    fn guest(&mut self, guest: Guest) -> Result<(&mut Store<()>, Instance)> {
        let mut guests = self.guests.iter_mut();
        let (_, store, instance) =
            guests.find(|(other, ..)| *other == guest).context("no such guest")?;
        Ok((store, *instance))
    }

    fn in_a_loop(&mut self, guest: Guest, name: &str, count: u32) -> Result<u32> {
        let (store, instance) = self.guest(guest)?;
        let function: Unary = instance.get_typed_func(&mut *store, name).plain()?;
        Ok(function.call(store, (count,)).plain()?.0)
    }

    fn add(&mut self, count: u32) -> Result<u32> {
        let (store, instance) = self.guest(Guest::Host)?;
        let add: TypedFunc<(u32, u32), (u32,)> =
            instance.get_typed_func(&mut *store, "add").plain()?;
        let mut sum = 0;
        for i in 0..count {
            (sum,) = add.call(&mut *store, (sum, i)).plain()?;
        }
        Ok(sum)
    }

    fn put_string(&mut self, size: usize, count: u32) -> Result<u32> {
        let data = std::mem::take(&mut self.data);
        let (store, instance) = self.guest(Guest::Host)?;
        let put: TypedFunc<(&str,), (u32,)> =
            instance.get_typed_func(&mut *store, "put-string").plain()?;
        let mut sum = 0u32;
        for _ in 0..count {
            sum = sum.wrapping_add(put.call(&mut *store, (&data[..size],)).plain()?.0);
        }
        self.data = data;
        Ok(sum)
    }

    fn put_bytes(&mut self, size: usize, count: u32) -> Result<u32> {
        let data = std::mem::take(&mut self.data);
        let (store, instance) = self.guest(Guest::Host)?;
        let put: TypedFunc<(&[u8],), (u32,)> =
            instance.get_typed_func(&mut *store, "put-bytes").plain()?;
        let mut sum = 0u32;
        for _ in 0..count {
            sum = sum.wrapping_add(put.call(&mut *store, (&data.as_bytes()[..size],)).plain()?.0);
        }
        self.data = data;
        Ok(sum)
    }
}

impl Side<Work> for Calls {
    fn name(&self) -> &str {
        &self.name
    }

    /// Which view a function takes makes no difference but where the host is given something.
    fn run(&mut self, work: Work, count: u32) -> Result<Option<u32>> {
        if self.hosts == Hosts::Views && !matches!(work, Work::Loop(Guest::Host, _)) {
            return Ok(None);
        }
        let sum = match work {
            Work::Loop(guest, name) => self.in_a_loop(guest, name, count),
            Work::Call(FromHost::Add) => self.add(count),
            Work::Call(FromHost::String(size)) => self.put_string(size, count),
            Work::Call(FromHost::Bytes(size)) => self.put_bytes(size, count),
            Work::Instance(..) => bail!("no call"),
        };
        Ok(Some(sum?))
    }
}

// ---- instances

pub struct Instances {
    name: String,
    engine: Engine,
    shapes: Vec<(Shape, InstancePre<()>)>,
}

impl Instances {
    pub fn new(setup: Setup) -> Result<Instances> {
        let engine = setup.engine()?;
        let linker = Linker::new(&engine);
        let shape = |shape: Shape| Ok((shape, pre(&engine, shape.text(), &linker)?));
        let shapes = SHAPES.into_iter().map(shape).collect::<Result<_>>()?;
        Ok(Instances { name: setup.name.to_string(), engine, shapes })
    }

    fn once(&self, pre: &InstancePre<()>, how: Use) -> Result<u32> {
        let mut store = Store::new(&self.engine, ());
        let instance = pre.instantiate(&mut store).plain()?;
        let Some(name) = how.export() else { return Ok(0) };
        let function: Nullary = instance.get_typed_func(&mut store, name).plain()?;
        Ok(function.call(&mut store, ()).plain()?.0)
    }
}

impl Side<Work> for Instances {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&mut self, work: Work, count: u32) -> Result<Option<u32>> {
        let Work::Instance(shape, how) = work else { bail!("no instance") };
        let mut shapes = self.shapes.iter();
        let pre = &shapes.find(|(other, _)| *other == shape).context("no such shape")?.1;
        let mut sum = 0u32;
        for _ in 0..count {
            sum = sum.wrapping_add(self.once(pre, how)?);
        }
        Ok(Some(sum))
    }
}

//! Ways to run a guest.

mod library;
mod native;
mod tinywasm;
mod wasm2c;
mod wasm3;
mod wasmi;
mod wasmtime;
mod weldc;

pub use self::wasmtime::{Plain, VERSION};
pub use self::weldc::Weldc;

use crate::guest::Guest;
use crate::kernels::Kernel;
use crate::workshop::Workshop;
use anyhow::{Result, ensure};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Compiled from the C source: there is one variant only.
    Native,
    /// Compiled from WebAssembly by weldc.
    Weldc,
    /// Compiled from WebAssembly by another.
    Compiled,
    /// So slow that it gets fewer rounds.
    Interpreter,
}

pub trait Peer {
    /// What `--peers` calls it.
    fn name(&self) -> &str;

    fn kind(&self) -> Kind;

    /// Version and options, for the report. An error says why it cannot be measured here.
    fn describe(&self) -> Result<String>;

    /// Everything that happens before the first call.
    fn load(&self, guest: &Guest, workshop: &Workshop) -> Result<Box<dyn Program>>;

    /// Whether it can run the guest.
    fn takes(&self, _guest: &Guest) -> bool {
        true
    }
}

/// A guest that is ready to be called.
pub trait Program {
    /// The checksum.
    fn call(&mut self, kernel: &Kernel, n: u32) -> Result<u64>;
}

/// All peers. `weldc` are the compilers to compare, as `PATH` or `NAME=PATH`.
pub fn all(weldc: &[String], cpu: &str) -> Result<Vec<Box<dyn Peer>>> {
    let mut peers: Vec<Box<dyn Peer>> = Vec::new();
    for text in weldc {
        peers.push(Box::new(Weldc::new(text, cpu)));
    }
    peers.extend(wasmtime::peers());
    peers.push(Box::new(wasm2c::Wasm2c));
    peers.push(Box::new(wasmi::Wasmi));
    peers.push(Box::new(wasm3::Wasm3));
    peers.push(Box::new(tinywasm::TinyWasm));
    peers.extend(native::peers());
    Ok(peers)
}

/// Those of `peers` that are named; all that can be measured here if none is. Says which cannot.
pub fn select(peers: Vec<Box<dyn Peer>>, names: &[String]) -> Result<Vec<Box<dyn Peer>>> {
    for name in names {
        ensure!(
            peers.iter().any(|peer| peer.name() == name),
            "no peer is called `{name}`: there are {}",
            peers.iter().map(|peer| peer.name()).collect::<Vec<_>>().join(", ")
        );
    }
    let wanted = |peer: &dyn Peer| names.is_empty() || names.iter().any(|name| name == peer.name());
    let mut selected = Vec::new();
    for peer in peers.into_iter().filter(|peer| wanted(&**peer)) {
        match peer.describe() {
            Ok(_) => selected.push(peer),
            Err(why) => eprintln!("without {}: {why:#}", peer.name()),
        }
    }
    Ok(selected)
}

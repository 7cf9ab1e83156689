//! The guests as weldc compiles them, through their C functions.

use super::guests::GUESTS;
use super::{FromHost, Guest, Work};
use crate::grid::Side;
use crate::peers::{Peer, Weldc};
use crate::welded::{Instance, Welded};
use crate::workshop::Workshop;
use anyhow::{Context, Result, ensure};
use std::ffi::c_void;
use std::ptr::{null, null_mut};
use std::rc::Rc;

/// `struct weldc_completion`
#[repr(C)]
struct Completion {
    done: unsafe extern "C" fn(*mut Completion, i32),
    caller: *mut c_void,
    cancel: *mut c_void,
    callee: *mut c_void,
}

type Unary = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;
type Binary = unsafe extern "C" fn(*mut c_void, u32, u32, *mut u32) -> i32;
type Asynchronous = unsafe extern "C" fn(*mut c_void, u32, *mut u32, *mut Completion) -> i32;

/// The table that the header asks for.
#[repr(C)]
struct Imports {
    ready: Asynchronous,
}

static IMPORTS: Imports = Imports { ready };

unsafe extern "C" fn ready(
    _host: *mut c_void,
    x: u32,
    result: *mut u32,
    _: *mut Completion,
) -> i32 {
    // SAFETY: generated code passes the address of a result.
    unsafe { result.write(x.wrapping_add(1)) };
    0
}

/// Of a call that has resolved when it returns: not called.
unsafe extern "C" fn done(completion: *mut Completion, _status: i32) {
    // SAFETY: whoever calls passes what it was given.
    unsafe { (*completion).caller = completion.cast() };
}

pub struct Ours {
    name: String,
    guests: Vec<(Guest, Instance)>,
}

impl Ours {
    /// Says which guests cannot be compiled, and takes no part in their rows.
    pub fn new(compiler: &Weldc, workshop: &Workshop) -> Result<Ours> {
        let mut ours = Ours { name: compiler.name().to_string(), guests: Vec::new() };
        for guest in GUESTS {
            match instance(guest, compiler, workshop) {
                Ok(instance) => ours.guests.push((guest, instance)),
                Err(error) => eprintln!("{}: {}: {error:#}", ours.name, guest.name()),
            }
        }
        Ok(ours)
    }

    fn guest(&self, guest: Guest) -> Option<&Instance> {
        self.guests.iter().find(|(other, _)| *other == guest).map(|(_, instance)| instance)
    }

    fn in_a_loop(&self, guest: Guest, name: &str, count: u32) -> Result<Option<u32>> {
        let Some(instance) = self.guest(guest) else { return Ok(None) };
        let mut sum = 0;
        // SAFETY: all loops have this type; the instance lives.
        let status =
            unsafe { function::<Unary>(instance, name)?(instance.context(), count, &mut sum) };
        ensure!(status == 0, "{name}: {}", instance.message().to_string_lossy());
        Ok(Some(sum))
    }

    fn add(&self, guest: Guest, count: u32) -> Result<Option<u32>> {
        let Some(instance) = self.guest(guest) else { return Ok(None) };
        // SAFETY: that is its type.
        let add: Binary = unsafe { function(instance, "add") }?;
        let (context, mut sum, mut status) = (instance.context(), 0u32, 0);
        for i in 0..count {
            // SAFETY: the instance lives.
            status |= unsafe { add(context, sum, i, &mut sum) };
        }
        ensure!(status == 0, "add: {status}");
        Ok(Some(sum))
    }

    fn wait(&self, instance: &Instance, name: &str, count: u32) -> Result<u32> {
        // SAFETY: that is its type.
        let call: Unary = unsafe { function(instance, name) }?;
        let (context, mut sum, mut status) = (instance.context(), 0u32, 0);
        for i in 0..count {
            let mut result = 0;
            // SAFETY: the instance lives.
            status |= unsafe { call(context, i, &mut result) };
            sum = sum.wrapping_add(result);
        }
        ensure!(status == 0, "{name}: {status}");
        Ok(sum)
    }

    fn start(&self, instance: &Instance, name: &str, count: u32) -> Result<u32> {
        // SAFETY: that is its type.
        let call: Asynchronous = unsafe { function(instance, &format!("{name}_async")) }?;
        let (context, mut sum, mut status) = (instance.context(), 0u32, 0);
        for i in 0..count {
            let mut result = 0;
            let mut completion =
                Completion { done, caller: null_mut(), cancel: null_mut(), callee: null_mut() };
            // SAFETY: the instance lives; the call resolves before it returns, as is checked below.
            status |= unsafe { call(context, i, &mut result, &mut completion) };
            sum = sum.wrapping_add(result);
        }
        ensure!(status == 0, "{name}: {status}");
        Ok(sum)
    }
}

/// # Safety
/// As [`Welded::function`].
unsafe fn function<F: Copy>(instance: &Instance, name: &str) -> Result<F> {
    // SAFETY: the caller's.
    unsafe { instance.library().function(&name.replace('-', "_")) }
}

fn instance(guest: Guest, compiler: &Weldc, workshop: &Workshop) -> Result<Instance> {
    let name = format!("async-{}", guest.name());
    let input = workshop.write(&format!("{name}.wat"), guest.text().as_bytes())?;
    let library: Rc<Welded> = Rc::new(compiler.library(&name, &input, workshop)?);
    let imports = match guest {
        Guest::Host => (&raw const IMPORTS).cast(),
        _ => null(),
    };
    // SAFETY: what the guest imports.
    unsafe { Instance::new(&library, imports) }.context("it cannot be instantiated")
}

impl Side<Work> for Ours {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&mut self, work: Work, count: u32) -> Result<Option<u32>> {
        let host = self.guest(Guest::Host);
        match (work, host) {
            (Work::Loop(guest, name), _) => self.in_a_loop(guest, name, count),
            (Work::Call(FromHost::Add(guest)), _) => self.add(guest, count),
            (Work::Call(FromHost::Wait(name)), Some(host)) => {
                self.wait(host, name, count).map(Some)
            }
            (Work::Call(FromHost::Start(name)), Some(host)) => {
                self.start(host, name, count).map(Some)
            }
            (Work::Call(_), None) => Ok(None),
        }
    }
}

//! The component as weldc compiles it, through its C functions.

use super::{Side, Victims};
use crate::peers::Weldc;
use crate::welded::{Instance, Welded};
use crate::workshop::Workshop;
use anyhow::{Context, Result, ensure};
use std::ffi::c_void;
use std::rc::Rc;

type Binary = unsafe extern "C" fn(*mut c_void, u32, u32, *mut u32) -> i32;
type Unary = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;

/// The table that the header asks for: one function.
static IMPORTS: [Binary; 1] = [host_add];

extern "C" fn host_add(_host: *mut c_void, a: u32, b: u32, result: *mut u32) -> i32 {
    // SAFETY: generated code passes the address of a result.
    unsafe { result.write(a.wrapping_add(b)) };
    0
}

pub struct Ours {
    name: String,
    library: Rc<Welded>,
    instance: Instance,
}

impl Ours {
    pub fn new(compiler: &Weldc, name: &str, workshop: &Workshop) -> Result<Ours> {
        let input = workshop.write("calls.wat", super::component().as_bytes())?;
        let library = Rc::new(compiler.library("calls", &input, workshop)?);
        let instance = instance(&library)?;
        Ok(Ours { name: name.to_string(), library, instance })
    }

    fn unary(&self, name: &str) -> Result<Unary> {
        // SAFETY: all exports but `add` have this type; the library lives as long as this value.
        unsafe { self.library.function(&name.replace('-', "_")) }
    }
}

fn instance(library: &Rc<Welded>) -> Result<Instance> {
    // SAFETY: the component has one import, `host-add`.
    unsafe { Instance::new(library, IMPORTS.as_ptr().cast()) }
}

impl Side for Ours {
    fn name(&self) -> &str {
        &self.name
    }

    fn add(&mut self, count: u32) -> Result<u32> {
        // SAFETY: that is its type.
        let add: Binary = unsafe { self.library.function("add") }?;
        let (context, mut x, mut status) = (self.instance.context(), 0u32, 0);
        for i in 0..count {
            // SAFETY: the instance lives.
            status |= unsafe { add(context, x, i, &mut x) };
        }
        ensure!(status == 0, "add: {status}");
        Ok(x)
    }

    fn run(&mut self, name: &str, count: u32) -> Result<u32> {
        let (function, mut result) = (self.unary(name)?, 0);
        // SAFETY: the instance lives.
        let status = unsafe { function(self.instance.context(), count, &mut result) };
        ensure!(status == 0, "{name}: {status}");
        Ok(result)
    }

    fn victims(&self, count: usize) -> Result<Box<dyn Victims + '_>> {
        let instances = (0..count).map(|_| instance(&self.library)).collect::<Result<_>>()?;
        Ok(Box::new(Trapping { ours: self, instances, function: None }))
    }
}

struct Trapping<'a> {
    ours: &'a Ours,
    instances: Vec<Instance>,
    function: Option<Unary>,
}

impl Victims for Trapping<'_> {
    fn aim(&mut self, name: &str) -> Result<()> {
        self.function = Some(self.ours.unary(name)?);
        Ok(())
    }

    fn trap(&mut self) -> Result<()> {
        let function = self.function.context("no trap was chosen")?;
        for instance in &self.instances {
            let mut result = 0;
            // SAFETY: the instance lives.
            let status = unsafe { function(instance.context(), 0, &mut result) };
            ensure!(status != 0, "no trap");
        }
        Ok(())
    }

    fn report(&mut self) -> usize {
        self.instances.iter().map(|instance| instance.message().count_bytes()).sum()
    }

    fn renew(&mut self) -> Result<()> {
        for place in &mut self.instances {
            // The old one goes first, so that its zone can be used again.
            let library = &self.ours.library;
            place.end();
            *place = instance(library)?;
        }
        Ok(())
    }
}

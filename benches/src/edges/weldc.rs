//! The guests as weldc compiles them, through their C functions.

use super::guests::{GUESTS, SHAPES};
use super::native::Text;
use super::{FromHost, Guest, Shape, Use, Work, ends};
use crate::grid::Side;
use crate::peers::{Peer, Weldc};
use crate::welded::{Instance, Welded};
use crate::workshop::Workshop;
use anyhow::{Context, Result, ensure};
use std::ffi::c_void;
use std::ptr::null;
use std::rc::Rc;

/// A string or a list of bytes, as the header has it.
#[repr(C)]
struct Bytes {
    start: *const u8,
    size: usize,
}

type Nullary = unsafe extern "C" fn(*mut c_void, *mut u32) -> i32;
type Unary = unsafe extern "C" fn(*mut c_void, u32, *mut u32) -> i32;
type Binary = unsafe extern "C" fn(*mut c_void, u32, u32, *mut u32) -> i32;
type Put = unsafe extern "C" fn(*mut c_void, *const Bytes, *mut u32) -> i32;

/// The table that the header asks for.
#[repr(C)]
struct Imports {
    nop: extern "C" fn(*mut c_void) -> i32,
    take_string: unsafe extern "C" fn(*mut c_void, *const Bytes, *mut u32) -> i32,
    take_bytes: unsafe extern "C" fn(*mut c_void, *const Bytes, *mut u32) -> i32,
}

static IMPORTS: Imports = Imports { nop, take_string: take, take_bytes: take };

extern "C" fn nop(_host: *mut c_void) -> i32 {
    0
}

unsafe extern "C" fn take(_host: *mut c_void, bytes: *const Bytes, result: *mut u32) -> i32 {
    // SAFETY: generated code passes a view of the guest's memory and the address of a result.
    unsafe {
        let Bytes { start, size } = bytes.read();
        result.write(ends(std::slice::from_raw_parts(start, size)));
    }
    0
}

pub struct Ours {
    name: String,
    guests: Vec<(Guest, Instance)>,
    shapes: Vec<(Shape, Rc<Welded>)>,
    data: Vec<u8>,
}

impl Ours {
    pub fn new(compiler: &Weldc, workshop: &Workshop) -> Result<Ours> {
        let library = |name: &str, text: String| {
            let input = workshop.write(&format!("edges-{name}.wat"), text.as_bytes())?;
            Ok(Rc::new(compiler.library(&format!("edges-{name}"), &input, workshop)?))
        };
        let guest = |guest: Guest| {
            let library: Result<_> = library(&format!("{guest:?}").to_lowercase(), guest.text());
            Ok((guest, instance(guest, &library?)?))
        };
        let shape = |shape: Shape| Ok((shape, library(&shape.name(), shape.text())?));
        Ok(Ours {
            name: compiler.name().to_string(),
            guests: GUESTS.into_iter().map(guest).collect::<Result<_>>()?,
            shapes: SHAPES.into_iter().map(shape).collect::<Result<_>>()?,
            data: Text::Ascii.seed().bytes().cycle().take(1 << 20).collect(),
        })
    }

    fn guest(&self, guest: Guest) -> Result<&Instance> {
        let mut guests = self.guests.iter();
        Ok(&guests.find(|(other, _)| *other == guest).context("no such guest")?.1)
    }

    fn in_a_loop(&self, guest: Guest, name: &str, count: u32) -> Result<u32> {
        let instance = self.guest(guest)?;
        let mut sum = 0;
        // SAFETY: all loops have this type; the instance lives.
        let status = unsafe {
            let function: Unary = instance.library().function(&name.replace('-', "_"))?;
            function(instance.context(), count, &mut sum)
        };
        ensure!(status == 0, "{name}: {}", instance.message().to_string_lossy());
        Ok(sum)
    }

    fn add(&self, count: u32) -> Result<u32> {
        let instance = self.guest(Guest::Host)?;
        // SAFETY: that is its type.
        let add: Binary = unsafe { instance.library().function("add") }?;
        let (context, mut sum, mut status) = (instance.context(), 0u32, 0);
        for i in 0..count {
            // SAFETY: the instance lives.
            status |= unsafe { add(context, sum, i, &mut sum) };
        }
        ensure!(status == 0, "add: {status}");
        Ok(sum)
    }

    fn put(&self, name: &str, size: usize, count: u32) -> Result<u32> {
        let instance = self.guest(Guest::Host)?;
        // SAFETY: that is the type of both.
        let put: Put = unsafe { instance.library().function(name) }?;
        let bytes = Bytes { start: self.data.as_ptr(), size };
        let (context, mut sum, mut status) = (instance.context(), 0u32, 0);
        for _ in 0..count {
            let mut result = 0;
            // SAFETY: the instance lives; there are as many bytes.
            status |= unsafe { put(context, &bytes, &mut result) };
            sum = sum.wrapping_add(result);
        }
        ensure!(status == 0, "{name}: {status}");
        Ok(sum)
    }

    fn instances(&self, shape: Shape, how: Use, count: u32) -> Result<u32> {
        let mut shapes = self.shapes.iter();
        let library = &shapes.find(|(other, _)| *other == shape).context("no such shape")?.1;
        let function: Option<Nullary> = match how.export() {
            // SAFETY: all exports have this type.
            Some(name) => Some(unsafe { library.function(name) }?),
            None => None,
        };
        let mut sum = 0u32;
        for _ in 0..count {
            // SAFETY: shapes have no imports.
            let instance = unsafe { Instance::new(library, null()) }?;
            if let Some(function) = function {
                let mut result = 0;
                // SAFETY: the instance lives.
                let status = unsafe { function(instance.context(), &mut result) };
                ensure!(status == 0, "{}: {status}", shape.name());
                sum = sum.wrapping_add(result);
            }
        }
        Ok(sum)
    }
}

fn instance(guest: Guest, library: &Rc<Welded>) -> Result<Instance> {
    let imports = match guest {
        Guest::Utf8 | Guest::Utf16 => null(),
        Guest::Host => (&raw const IMPORTS).cast(),
    };
    // SAFETY: what the guest imports.
    unsafe { Instance::new(library, imports) }
}

impl Side<Work> for Ours {
    fn name(&self) -> &str {
        &self.name
    }

    fn run(&mut self, work: Work, count: u32) -> Result<Option<u32>> {
        let sum = match work {
            Work::Loop(guest, name) => self.in_a_loop(guest, name, count),
            Work::Call(FromHost::Add) => self.add(count),
            Work::Call(FromHost::String(size)) => self.put("put_string", size, count),
            Work::Call(FromHost::Bytes(size)) => self.put("put_bytes", size, count),
            Work::Instance(shape, how) => self.instances(shape, how, count),
        };
        Ok(Some(sum?))
    }
}

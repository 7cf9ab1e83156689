//! Exceptions: the objects, and the way from `throw` to the clause that catches.
//!
//! In programs whose objects are collected exceptions are objects, too, and of no concern here but on their
//! way. Who frees one of another program: the clause that catches it, if no reference to it was ever made
//! (`catch`, `catch_all`); else the zone's end. What a zone may have at a time is bounded
//! (`weldc_abi::exception::MAX_BYTES`).

use super::raise;
use super::walk::{self, Caught, Kind, Place};
use crate::context::Context;
use crate::{arch, os, registry};
use core::ptr;
use weldc_abi::Trap;
use weldc_abi::exception::{HEAD, MAX_BYTES, PAYLOAD, REFERRED, TAG};

/// All exceptions of a zone that are no objects: a list.
pub struct Exceptions {
    first: *mut Links,
    bytes: usize,
}

/// What lies before an exception.
#[repr(C, align(16))]
struct Links {
    previous: *mut Links,
    next: *mut Links,
    /// Bytes of this and the exception.
    size: usize,
}

const LINKS: usize = size_of::<Links>();

impl Exceptions {
    pub const fn new() -> Exceptions {
        Exceptions { first: ptr::null_mut(), bytes: 0 }
    }

    /// An exception with room for this much payload, all 0; null if there is no memory.
    fn add(&mut self, tag: u32, payload: u32) -> *mut u8 {
        let size = LINKS + PAYLOAD as usize + payload as usize;
        if size > MAX_BYTES - self.bytes {
            return ptr::null_mut();
        }
        let memory = os::malloc(size, align_of::<Links>());
        if memory.is_null() {
            return memory;
        }
        let links = memory.cast::<Links>();
        // SAFETY: `size` bytes were just allocated; the list's first element is one of this function's.
        unsafe {
            memory.write_bytes(0, size);
            links.write(Links { previous: ptr::null_mut(), next: self.first, size });
            if let Some(next) = self.first.as_mut() {
                next.previous = links;
            }
            let exception = memory.add(LINKS);
            exception.offset(TAG as isize).cast::<u32>().write(tag);
            self.first = links;
            self.bytes += size;
            exception
        }
    }

    /// # Safety
    /// `exception` is one of this zone's, and is not used any more.
    unsafe fn remove(&mut self, exception: *mut u8) {
        // SAFETY: links lie before every exception; its neighbours are alive.
        unsafe {
            let links = exception.sub(LINKS).cast::<Links>();
            let Links { previous, next, size } = links.read();
            match previous.as_mut() {
                Some(previous) => previous.next = next,
                None => self.first = next,
            }
            if let Some(next) = next.as_mut() {
                next.previous = previous;
            }
            self.bytes -= size;
            os::free(links.cast());
        }
    }

    /// Frees all of them.
    ///
    /// # Safety
    /// None of them is used any more.
    pub unsafe fn free(&mut self) {
        while let Some(links) = ptr::NonNull::new(self.first) {
            // SAFETY: an element of the list; the rest is the caller's.
            unsafe {
                self.first = links.read().next;
                os::free(links.as_ptr().cast());
            }
        }
        self.bytes = 0;
    }
}

/// A new exception with this tag and room for `size` bytes of payload, all 0; null if there is no memory.
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_exception_new(context: Context, tag: u32, size: u32) -> *mut u8 {
    // SAFETY: the caller's.
    unsafe { context.record() }.exceptions.add(tag, size)
}

/// A clause that makes no reference has caught the exception and read its payload. Frees it, unless an earlier
/// clause made a reference.
///
/// # Safety
/// `context` is that of a living zone, `exception` one of its exceptions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_exception_caught(context: Context, exception: *mut u8) {
    // SAFETY: the caller's. Without a reference the caller was the last to know the exception.
    unsafe {
        let flags: u32 = exception.offset(HEAD as isize).cast::<u32>().read();
        if flags & REFERRED == 0 {
            context.record().exceptions.remove(exception);
        }
    }
}

/// Continues where the exception is caught; ends the zone if it is not.
///
/// # Safety
/// Called by generated code of the zone of `context`: `fp` is the frame pointer of the function that throws,
/// `pc` the return address into it; `exception` is one of the zone's exceptions.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_throw(
    _context: Context,
    exception: *mut u8,
    pc: usize,
    fp: usize,
) -> ! {
    let Some(artefact) = registry::find(pc) else {
        os::abort("an exception outside of the code of any artefact in use");
    };
    let from = Place { pc, fp };
    // SAFETY: the caller's. A handler belongs to the frame whose call it was found at; that call has not
    // returned, and the frames below it are generated code's and this function's.
    unsafe {
        let tag = exception.offset(TAG as isize).cast::<u32>().read();
        match walk::to_handler(artefact, from, tag) {
            Some(Caught { handler, fp }) => {
                let sp = fp - handler.frame_size as usize;
                let target = artefact.text() + handler.handler as usize;
                arch::land(sp, fp, target, exception as usize)
            }
            None => raise(Trap::UncaughtException as u32, from, Kind::ReturnAddress),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_counted_and_freed_in_any_order() {
        let mut exceptions = Exceptions::new();
        let made: [*mut u8; 4] = core::array::from_fn(|i| exceptions.add(i as u32, i as u32 * 8));
        for (i, &exception) in made.iter().enumerate() {
            assert!((exception as usize).is_multiple_of(16));
            // SAFETY: just made.
            assert_eq!(unsafe { exception.offset(TAG as isize).cast::<u32>().read() }, i as u32);
        }
        for i in [1, 3, 0] {
            // SAFETY: made above, and not used any more.
            unsafe { exceptions.remove(made[i]) };
        }
        assert_eq!(exceptions.bytes, LINKS + PAYLOAD as usize + 16);
        // SAFETY: the last one is not used any more.
        unsafe { exceptions.free() };
        assert_eq!(exceptions.bytes, 0);
        assert!(exceptions.first.is_null());
    }

    #[test]
    fn a_zone_has_only_so_many() {
        let mut exceptions = Exceptions::new();
        assert!(exceptions.add(0, MAX_BYTES as u32).is_null());
        let mut count = 0;
        while !exceptions.add(0, 1 << 20).is_null() {
            count += 1;
        }
        assert_eq!(count, 63);
        // SAFETY: none is used.
        unsafe { exceptions.free() };
    }
}

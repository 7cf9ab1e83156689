//! Pages as only Linux treats them. The contents of an image that the program loader mapped from a file are
//! shown a second time, privately:
//!
//! `mremap` with `DONTUNMAP` moves the pages of a mapping and leaves the mapping in place. For a private
//! mapping of a file that nobody wrote to, both then show the file: what was moved were only cached page
//! table entries. It needs neither the file's path nor a descriptor. Anonymous memory must not be treated so:
//! its contents would move away, and the artefact would lose them.

use core::ptr;

/// Gets the pages of a range that is about to be written as a whole: one call instead of a fault for each.
///
/// # Safety
/// The bytes lie in the accessible part of one reservation and begin at a page.
pub unsafe fn populate(start: *mut u8, bytes: usize) {
    // SAFETY: the caller's. Kernels that cannot do it leave the pages to faults.
    unsafe { libc::madvise(start.cast(), bytes, libc::MADV_POPULATE_WRITE) };
}

/// Makes memory zero again by giving its pages back.
///
/// # Safety
/// The bytes lie in one reservation, begin at a page, and nothing uses them any more.
pub unsafe fn discard(start: *mut u8, bytes: usize) -> bool {
    // SAFETY: the caller's. Private anonymous pages come back as zeros; only Linux promises that.
    bytes == 0 || unsafe { libc::madvise(start.cast(), bytes, libc::MADV_DONTNEED) } == 0
}

/// Whether these bytes lie in one private mapping of a file, so that [`share_image`] may be tried.
pub fn can_share_image(image: &[u8]) -> bool {
    let start = image.as_ptr() as usize;
    // SAFETY: the path is a C string.
    let file = unsafe { libc::open(c"/proc/self/maps".as_ptr(), libc::O_RDONLY | libc::O_CLOEXEC) };
    if file < 0 {
        return false;
    }
    let found = scan(file, start, start + image.len());
    // SAFETY: opened above.
    unsafe { libc::close(file) };
    found
}

/// Reads the lines of /proc/self/maps until one contains `start`. Only the first bytes of a line matter;
/// the path at its end may be longer than the buffer.
fn scan(file: i32, start: usize, end: usize) -> bool {
    let mut line = [0u8; 128];
    let mut length = 0;
    let mut chunk = [0u8; 4096];
    loop {
        // SAFETY: the chunk is writable.
        let count = unsafe { libc::read(file, chunk.as_mut_ptr().cast(), chunk.len()) };
        if count <= 0 {
            return false;
        }
        for &byte in &chunk[..count as usize] {
            if byte != b'\n' {
                if length < line.len() {
                    line[length] = byte;
                    length += 1;
                }
                continue;
            }
            if let Some(mapping) = Mapping::parse(&line[..length])
                && (mapping.start..mapping.end).contains(&start)
            {
                return end <= mapping.end && mapping.is_private_file;
            }
            length = 0;
        }
    }
}

struct Mapping {
    start: usize,
    end: usize,
    is_private_file: bool,
}

impl Mapping {
    /// `start-end rwxp offset major:minor inode   path`
    fn parse(line: &[u8]) -> Option<Mapping> {
        let mut fields = core::str::from_utf8(line.split(|&byte| byte == b'/').next()?)
            .ok()?
            .split_ascii_whitespace();
        let (start, end) = fields.next()?.split_once('-')?;
        let private = fields.next()?.ends_with('p');
        let inode = fields.nth(2)?;
        Some(Mapping {
            start: usize::from_str_radix(start, 16).ok()?,
            end: usize::from_str_radix(end, 16).ok()?,
            is_private_file: private && inode != "0",
        })
    }
}

/// Replaces the pages at `destination` with a private, writable view of `image`. If it cannot be done, the
/// destination is accessible and zero as before.
///
/// # Safety
/// [`can_share_image`] said so; as many bytes at `destination` are accessible, untouched pages of a
/// reservation; image, destination and size are aligned to pages.
pub unsafe fn share_image(image: &[u8], destination: *mut u8) -> bool {
    let flags = libc::MREMAP_MAYMOVE | libc::MREMAP_FIXED | libc::MREMAP_DONTUNMAP;
    let (source, size) = (image.as_ptr().cast_mut().cast::<libc::c_void>(), image.len());
    let destination = destination.cast::<libc::c_void>();
    // SAFETY: the source stays mapped with the same contents (see above); the destination is the caller's
    // to replace.
    if unsafe { libc::mremap(source, size, size, flags, destination) } == libc::MAP_FAILED {
        return false;
    }
    let access = libc::PROT_READ | libc::PROT_WRITE;
    // SAFETY: the new mapping is the reservation's.
    if unsafe { libc::mprotect(destination, size, access) } == 0 {
        return true;
    }
    let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE | libc::MAP_FIXED;
    // SAFETY: takes back what was just mapped over the reservation.
    let zero = unsafe { libc::mmap(destination, size, access, flags, -1, 0) };
    if zero == libc::MAP_FAILED {
        super::abort("cannot restore a memory's pages");
    }
    debug_assert!(!ptr::eq(zero, source));
    false
}

//! From the function that trapped to the entry through which the zone was called.

use crate::arch;
use crate::artefact::Loaded;
use weldc_abi::artefact::{Entry, Handler, handler};

/// How many of the innermost frames a backtrace keeps.
pub const KEPT: usize = 64;

/// What kind of address the first one of a trace is. All others are return addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    ReturnAddress,
    Fault,
}

/// The innermost frames of a stopped zone, as code offsets, the function that trapped first.
pub struct Trace {
    pub kind: Kind,
    /// All frames, kept or not.
    pub count: u32,
    offsets: [u32; KEPT],
}

impl Trace {
    pub const fn new() -> Trace {
        Trace { kind: Kind::ReturnAddress, count: 0, offsets: [0; KEPT] }
    }

    /// Whether the zone has not stopped, or not in code of its own yet.
    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The frames that were kept.
    pub fn kept(&self) -> &[u32] {
        &self.offsets[..KEPT.min(self.count as usize)]
    }

    /// Keeps the frames that [`to_entry`] met.
    ///
    /// # Safety
    /// `from` is where the walk began, and the frames are still there.
    pub unsafe fn keep(&mut self, artefact: Loaded, from: Place, kind: Kind, walk: &Walk) {
        (self.kind, self.count) = (kind, walk.count);
        let Place { mut pc, mut fp } = from;
        for slot in &mut self.offsets[..KEPT.min(walk.count as usize)] {
            *slot = (pc - artefact.text()) as u32;
            // SAFETY: the walk met this frame.
            (fp, pc) = unsafe { arch::caller(fp) };
        }
    }
}

/// A function in execution: an address in its code, and its frame pointer.
#[derive(Clone, Copy)]
pub struct Place {
    pub pc: usize,
    pub fp: usize,
}

/// The way from a trap to an entry.
pub struct Walk {
    /// Frames below the entry's.
    pub count: u32,
    pub entry: Entry,
    pub entry_fp: usize,
}

/// The code offset of an address in the artefact's code.
pub fn offset(artefact: Loaded, pc: usize) -> Option<u32> {
    let offset = u32::try_from(pc.checked_sub(artefact.text())?).ok()?;
    (offset < artefact.header().text_size).then_some(offset)
}

/// Walks the frame pointers until a return address is that of an entry's `try_call`. `None` if a frame was
/// called from elsewhere than the artefact's code before that.
///
/// # Safety
/// `from` is a function of the artefact.
pub unsafe fn to_entry(artefact: Loaded, from: Place) -> Option<Walk> {
    let mut fp = from.fp;
    for count in 1.. {
        // SAFETY: a frame of generated code: the first one, or one that was called from there.
        let (caller_fp, return_address) = unsafe { arch::caller(fp) };
        fp = caller_fp;
        if let Some(&entry) = artefact.entry(offset(artefact, return_address)?) {
            return Some(Walk { count, entry, entry_fp: fp });
        }
    }
    None
}

/// Where an exception is caught: a clause, and the frame pointer of its function.
pub struct Caught {
    pub handler: Handler,
    pub fp: usize,
}

/// Walks the frame pointers until a call has a handler for exceptions with this tag. `None` if a barrier, an
/// entry, or code that is not the artefact's comes first.
///
/// # Safety
/// `from` is a function of the artefact, stopped in a call.
pub unsafe fn to_handler(artefact: Loaded, from: Place, tag: u32) -> Option<Caught> {
    let Place { mut pc, mut fp } = from;
    loop {
        let return_address = offset(artefact, pc)?;
        for &found in artefact.handlers_at(return_address) {
            if found.tag == handler::BARRIER {
                return None;
            }
            if found.tag == tag || found.tag == handler::ALL {
                return Some(Caught { handler: found, fp });
            }
        }
        if artefact.entry(return_address).is_some() {
            return None;
        }
        // SAFETY: a frame of generated code: the first one, or one that was called from there.
        (fp, pc) = unsafe { arch::caller(fp) };
    }
}

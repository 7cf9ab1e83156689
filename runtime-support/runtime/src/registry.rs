//! Which code belongs to which artefact.
//!
//! An append-only list that every thread, and the signal handler in it, may read at any time without a lock:
//! a node's addresses never change, and nodes are never freed (a few words for each address at which an
//! artefact was ever loaded). A node counts only while zones use it. Whoever asks about an address in the
//! code of a zone that is running gets that zone's artefact, since the zone holds its node.

use crate::artefact::Loaded;
use core::ptr;
use core::sync::atomic::{AtomicPtr, AtomicU8, AtomicUsize, Ordering};
use rust_alloc::boxed::Box;

/// The code of one artefact.
pub struct Code {
    artefact: Loaded,
    start: usize,
    end: usize,
    /// Zones that use it now.
    zones: AtomicUsize,
    /// What `zone::image` found out about the artefact's images; 0 at first.
    pub image_source: AtomicU8,
    next: *const Code,
}

// SAFETY: everything but the atomics is written before the node is published and only read afterwards.
unsafe impl Sync for Code {}

static NEWEST: AtomicPtr<Code> = AtomicPtr::new(ptr::null_mut());

/// Begins a use of the artefact's code.
pub fn register(artefact: Loaded) -> &'static Code {
    let start = artefact.text();
    let end = start.saturating_add(artefact.header().text_size as usize);
    let same = |code: &&Code| code.artefact == artefact && code.start == start && code.end == end;
    let code = codes().find(same).unwrap_or_else(|| publish(artefact, start, end));
    code.zones.fetch_add(1, Ordering::AcqRel);
    code
}

/// The artefact in use whose code contains this address.
pub fn find(pc: usize) -> Option<Loaded> {
    codes().find(|code| code.contains(pc)).map(|code| code.artefact)
}

impl Code {
    /// Ends a use that [`register`] began.
    pub fn release(&self) {
        self.zones.fetch_sub(1, Ordering::AcqRel);
    }

    fn contains(&self, pc: usize) -> bool {
        (self.start..self.end).contains(&pc) && self.zones.load(Ordering::Acquire) > 0
    }
}

fn codes() -> impl Iterator<Item = &'static Code> {
    let mut next = NEWEST.load(Ordering::Acquire).cast_const();
    core::iter::from_fn(move || {
        // SAFETY: null, or a node that was published and is never freed.
        let code = unsafe { next.as_ref() }?;
        next = code.next;
        Some(code)
    })
}

/// Two threads may publish the same code at once; either node does for both.
fn publish(artefact: Loaded, start: usize, end: usize) -> &'static Code {
    let (zones, image_source) = (AtomicUsize::new(0), AtomicU8::new(0));
    let node = Code { artefact, start, end, zones, image_source, next: ptr::null() };
    let node = Box::leak(Box::new(node));
    let mut newest = NEWEST.load(Ordering::Acquire);
    loop {
        node.next = newest;
        match NEWEST.compare_exchange(newest, node, Ordering::AcqRel, Ordering::Acquire) {
            Ok(_) => return node,
            Err(other) => newest = other,
        }
    }
}

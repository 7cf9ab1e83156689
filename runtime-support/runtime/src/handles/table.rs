//! One handle table: a stack of free slots in an array that doubles.
//!
//! The free slots of a table are the ones that were freed, the last one first, then the ones that were never used,
//! in order: a new array's slots are linked like that, and what is freed comes in front. Generated code does the
//! same to a table as this module; what it finds to be wrong it asks about here ([`weldc_rt_handle_trap`]).

use crate::context::Context;
use core::alloc::Layout;
use core::mem::offset_of;
use core::ptr;
use rust_alloc::alloc::{alloc_zeroed, dealloc};
use weldc_abi::{Trap, handle};

/// A slot; see [`weldc_abi::handle`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(C)]
pub struct Entry {
    /// The representation; of a free slot, the next free index.
    pub rep: u64,
    /// Kind and resource; 0 for a free slot.
    pub tag: u32,
    /// Calls that the handle is lent to at the moment.
    pub lends: u32,
    /// Of a borrowed handle, where the call that it was made for counts its borrowed handles.
    pub owner: *mut u32,
}

/// A table; see [`weldc_abi::handle`].
#[derive(Debug)]
#[repr(C)]
pub struct Table {
    entries: *mut Entry,
    length: u32,
    free: u32,
}

const _: () = {
    assert!(size_of::<Entry>() == handle::ENTRY_SIZE as usize);
    assert!(offset_of!(Entry, rep) == handle::ENTRY_REP as usize);
    assert!(offset_of!(Entry, tag) == handle::ENTRY_TAG as usize);
    assert!(offset_of!(Entry, lends) == handle::ENTRY_LENDS as usize);
    assert!(offset_of!(Entry, owner) == handle::ENTRY_OWNER as usize);
    assert!(size_of::<Table>() == handle::TABLE_SIZE as usize);
    assert!(offset_of!(Table, entries) == handle::ENTRIES as usize);
    assert!(offset_of!(Table, length) == handle::LENGTH as usize);
    assert!(offset_of!(Table, free) == handle::FREE as usize);
};

/// Slots of a table that has any.
const FIRST_LENGTH: u32 = 16;

/// The array of so many slots.
fn layout(length: u32) -> Option<Layout> {
    Layout::array::<Entry>(length as usize).ok()
}

impl Table {
    /// The entry at `index` if the table has such a slot, in use or not.
    #[inline]
    pub fn slot(&self, index: u32) -> Option<*mut Entry> {
        (index < self.length).then(|| self.entries.wrapping_add(index as usize))
    }

    /// Doubles the array of a table without free slots.
    fn grow(&mut self) -> bool {
        let length = match self.length {
            0 => FIRST_LENGTH,
            length if length > handle::MAX_INDEX => return false,
            length => length * 2,
        };
        let Some(layout) = layout(length) else { return false };
        // SAFETY: the layout's size is not 0.
        let entries = unsafe { alloc_zeroed(layout) }.cast::<Entry>();
        if entries.is_null() {
            return false;
        }
        // Slot 0 is never free.
        let first = self.length.max(1);
        // SAFETY: both arrays have room for the old length; the new slots lie behind it.
        unsafe {
            if self.length != 0 {
                ptr::copy_nonoverlapping(self.entries, entries, self.length as usize);
            }
            for index in first..length {
                let next = if index + 1 == length { 0 } else { index + 1 };
                (*entries.add(index as usize)).rep = next.into();
            }
            self.end();
        }
        *self = Table { entries, length, free: first };
        true
    }

    /// Frees the array.
    ///
    /// # Safety
    /// No entry's address is used any more; the table is not used until it is written anew.
    pub unsafe fn end(&mut self) {
        if let (false, Some(layout)) = (self.entries.is_null(), layout(self.length)) {
            // SAFETY: `grow` allocated it with this layout.
            unsafe { dealloc(self.entries.cast(), layout) };
        }
        self.entries = ptr::null_mut();
    }

    /// How many slots there are, slot 0 included.
    pub fn length(&self) -> u32 {
        self.length
    }

    /// Resource and representation of every owned handle.
    pub fn owned(&self) -> impl Iterator<Item = (u32, u64)> {
        (1..self.length).filter_map(|index| {
            // SAFETY: the slot exists and is initialised.
            let entry = unsafe { *self.slot(index)? };
            let is_owned = entry.tag & KIND_MASK == handle::KIND_OWN;
            is_owned.then_some((entry.tag >> handle::KIND_BITS, entry.rep))
        })
    }

    /// Adds a handle; `None` if the table is full.
    pub fn add(&mut self, rep: u64, tag: u32, owner: *mut u32) -> Option<u32> {
        if self.free == 0 && !self.grow() {
            return None;
        }
        let index = self.free;
        let entry = self.slot(index)?;
        // SAFETY: a free slot, whose representation is the next one's index.
        unsafe {
            self.free = (*entry).rep as u32;
            entry.write(Entry { rep, tag, lends: 0, owner });
        }
        Some(index)
    }

    /// An owned or borrowed handle to `resource`.
    pub fn get(&self, index: u32, resource: u32) -> Result<*mut Entry, Trap> {
        let entry = self.slot(index).ok_or(Trap::UnknownHandle)?;
        // SAFETY: a slot of the array.
        let tag = unsafe { (*entry).tag };
        let own = handle::tag(handle::KIND_OWN, resource);
        let borrow = handle::tag(handle::KIND_BORROW, resource);
        match tag {
            0 => Err(Trap::UnknownHandle),
            tag if tag == own || tag == borrow => Ok(entry),
            tag => Err(wrong_tag(tag)),
        }
    }

    /// The slot at `index`, which must have exactly this tag: a handle to something that is no resource.
    pub fn tagged(&self, index: u32, tag: u32) -> Result<*mut Entry, Trap> {
        let entry = self.slot(index).ok_or(Trap::UnknownHandle)?;
        // SAFETY: a slot of the array.
        match unsafe { (*entry).tag } {
            found if found == tag => Ok(entry),
            0 => Err(Trap::UnknownHandle),
            _ => Err(Trap::HandleWrongType),
        }
    }

    /// Takes out an owned handle that is not lent; gives its representation.
    pub fn take(&mut self, index: u32, resource: u32) -> Result<u64, Trap> {
        let entry = self.get(index, resource)?;
        // SAFETY: a slot of the array, in use.
        let taken = unsafe { *entry };
        if taken.lends != 0 {
            return Err(Trap::HandleLent);
        }
        if taken.tag & KIND_MASK != handle::KIND_OWN {
            return Err(Trap::HandleNotOwned);
        }
        // SAFETY: as above.
        unsafe { self.release(index, entry) };
        Ok(taken.rep)
    }

    /// The kind of what the slot at `index` holds, and its entry; `None` if it holds nothing.
    pub fn find(&self, index: u32) -> Option<(u32, *mut Entry)> {
        let entry = self.slot(index)?;
        // SAFETY: a slot of the array.
        let kind = unsafe { (*entry).tag } & KIND_MASK;
        (kind != 0).then_some((kind, entry))
    }

    /// Frees the slot at `index` if the table has it.
    pub fn remove(&mut self, index: u32) {
        if let Some(entry) = self.slot(index) {
            // SAFETY: a slot of the array.
            unsafe { self.release(index, entry) };
        }
    }

    /// # Safety
    /// `entry` is that of `index`, which is in use.
    pub unsafe fn release(&mut self, index: u32, entry: *mut Entry) {
        let free = Entry { rep: self.free.into(), tag: 0, lends: 0, owner: ptr::null_mut() };
        // SAFETY: the caller's.
        unsafe { entry.write(free) };
        self.free = index;
    }
}

const KIND_MASK: u32 = (1 << handle::KIND_BITS) - 1;

/// For a handle of another kind, or to another resource.
fn wrong_tag(tag: u32) -> Trap {
    match tag & KIND_MASK {
        handle::KIND_OWN | handle::KIND_BORROW => Trap::HandleOtherResource,
        _ => Trap::HandleWrongType,
    }
}

/// A trap for a handle, whose message names the index.
///
/// # Safety
/// `context` is that of a living zone.
#[cold]
pub unsafe fn refuse(zone: Context, index: u32, trap: Trap) -> i32 {
    // SAFETY: the caller's.
    unsafe { zone.record() }.refused = Some(index);
    trap as i32
}

/// As [`refuse`], for the runtime's own functions.
///
/// # Safety
/// As [`refuse`].
pub unsafe fn refused(zone: Context, index: u32, trap: Trap) -> Trap {
    // SAFETY: the caller's.
    unsafe { refuse(zone, index, trap) };
    trap
}

/// `(context, handle table's offset, rep, tag, owner) -> index`, 0 if the table is full.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_new(
    zone: Context,
    table: u32,
    rep: u64,
    tag: u32,
    owner: *mut u32,
) -> u32 {
    // SAFETY: the caller's.
    unsafe { (*zone.at::<Table>(table)).add(rep, tag, owner) }.unwrap_or(0)
}

/// `(context, table, index, resource) -> trap`
///
/// # Safety
/// As [`weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_trap(
    zone: Context,
    table: u32,
    index: u32,
    resource: u32,
) -> i32 {
    // SAFETY: the caller's.
    let found = unsafe { (*zone.at::<Table>(table)).get(index, resource) };
    let trap = match found {
        Err(trap) => trap,
        // SAFETY: a slot of the array, in use.
        Ok(entry) if unsafe { (*entry).lends } != 0 => Trap::HandleLent,
        Ok(_) => Trap::HandleNotOwned,
    };
    // SAFETY: the caller's.
    unsafe { refuse(zone, index, trap) }
}

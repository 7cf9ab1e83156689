//! One handle table: a stack of free slots in an array that doubles.
//!
//! The array is followed by one word per slot: the scope that a borrowed handle belongs to. Entries move
//! when the array grows, so whoever keeps an entry's address beyond a call (the loans of scopes) is told.

use super::scope::Scopes;
use crate::context::Context;
use core::alloc::Layout;
use core::mem::offset_of;
use core::ptr;
use rust_alloc::alloc::{alloc_zeroed, dealloc};
use weldc_abi::{Trap, handle};

/// A slot; see [`weldc_abi::handle`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub struct Entry {
    /// The representation; of a free slot, the next free index.
    pub rep: u64,
    /// Kind and resource; 0 for a free slot.
    pub tag: u32,
    /// Calls that the handle is lent to at the moment.
    pub lends: u32,
}

/// A table; see [`weldc_abi::handle`].
#[derive(Debug)]
#[repr(C)]
pub struct Table {
    entries: *mut Entry,
    length: u32,
    capacity: u32,
    free: u32,
    _unused: u32,
}

const _: () = {
    assert!(size_of::<Entry>() == handle::ENTRY_SIZE as usize);
    assert!(offset_of!(Entry, rep) == handle::ENTRY_REP as usize);
    assert!(offset_of!(Entry, tag) == handle::ENTRY_TAG as usize);
    assert!(offset_of!(Entry, lends) == handle::ENTRY_LENDS as usize);
    assert!(size_of::<Table>() == handle::TABLE_SIZE as usize);
    assert!(offset_of!(Table, entries) == handle::ENTRIES as usize);
    assert!(offset_of!(Table, length) == handle::LENGTH as usize);
    assert!(offset_of!(Table, capacity) == handle::CAPACITY as usize);
    assert!(offset_of!(Table, free) == handle::FREE as usize);
};

/// Slots of a table that has any.
const FIRST_CAPACITY: u32 = 16;

/// Bytes of the array for so many slots: entries, then scopes.
fn layout(capacity: u32) -> Option<Layout> {
    let slot = size_of::<Entry>() + size_of::<u32>();
    Layout::from_size_align(slot.checked_mul(capacity as usize)?, align_of::<Entry>()).ok()
}

impl Table {
    /// The entry at `index` if the table has such a slot, in use or not.
    #[inline]
    pub(super) fn slot(&self, index: u32) -> Option<*mut Entry> {
        (index < self.length).then(|| self.entries.wrapping_add(index as usize))
    }

    /// Slots in use or free, slot 0 included.
    pub(super) fn length(&self) -> u32 {
        self.length
    }

    /// Where the scope of the borrowed handle at `index` stands.
    fn scope_of(&self, index: u32) -> *mut u32 {
        let scopes = self.entries.wrapping_add(self.capacity as usize).cast::<u32>();
        scopes.wrapping_add(index as usize)
    }

    /// Doubles the array; slot 0 is in use from then on, with tag 0.
    ///
    /// # Safety
    /// `scopes` are the zone's.
    unsafe fn grow(&mut self, scopes: *mut Scopes) -> bool {
        let capacity = match self.capacity {
            0 => FIRST_CAPACITY,
            capacity if capacity > handle::MAX_INDEX => return false,
            capacity => capacity * 2,
        };
        let Some(layout) = layout(capacity) else { return false };
        // SAFETY: the layout's size is not 0.
        let entries = unsafe { alloc_zeroed(layout) }.cast::<Entry>();
        if entries.is_null() {
            return false;
        }
        let (old, old_length) = (self.entries, self.length as usize);
        let new = Table { entries, length: self.length.max(1), capacity, ..*self };
        // SAFETY: both arrays have room for the old length; `scopes` is the zone's.
        unsafe {
            if old_length != 0 {
                ptr::copy_nonoverlapping(old, entries, old_length);
                ptr::copy_nonoverlapping(self.scope_of(0), new.scope_of(0), old_length);
                (*scopes).entries_moved(old, old_length, entries);
            }
            self.free();
        }
        *self = new;
        true
    }

    /// Frees the array.
    ///
    /// # Safety
    /// No entry's address is used any more; the table is not used until it is written anew.
    pub unsafe fn free(&mut self) {
        if let (false, Some(layout)) = (self.entries.is_null(), layout(self.capacity)) {
            // SAFETY: `grow` allocated it with this layout.
            unsafe { dealloc(self.entries.cast(), layout) };
        }
        self.entries = ptr::null_mut();
    }

    /// Resource and representation of every owned handle.
    pub fn owned(&self) -> impl Iterator<Item = (u32, u64)> {
        (1..self.length).filter_map(|index| {
            // SAFETY: the slot exists and was written when it was first used.
            let entry = unsafe { *self.slot(index)? };
            let is_owned = entry.tag & ((1 << handle::KIND_BITS) - 1) == handle::KIND_OWN;
            is_owned.then_some((entry.tag >> handle::KIND_BITS, entry.rep))
        })
    }

    /// Adds a handle; `None` if the table is full.
    ///
    /// # Safety
    /// `scopes` gives the zone's.
    #[inline]
    pub unsafe fn add(
        &mut self,
        rep: u64,
        tag: u32,
        scopes: impl FnOnce() -> *mut Scopes,
    ) -> Option<u32> {
        let index = match self.free {
            0 if self.length == self.capacity => {
                // SAFETY: the caller's.
                return unsafe { self.add_slowly(rep, tag, scopes()) };
            }
            0 => self.length,
            free => free,
        };
        let entry = self.entries.wrapping_add(index as usize);
        // SAFETY: a free slot, whose representation is the next one's index, or the one behind the last.
        unsafe {
            match self.free {
                0 => self.length += 1,
                _ => self.free = (*entry).rep as u32,
            }
            entry.write(Entry { rep, tag, lends: 0 });
        }
        Some(index)
    }

    #[cold]
    #[inline(never)]
    unsafe fn add_slowly(&mut self, rep: u64, tag: u32, scopes: *mut Scopes) -> Option<u32> {
        // SAFETY: the caller's.
        unsafe {
            match self.grow(scopes) {
                true => self.add(rep, tag, || scopes),
                false => None,
            }
        }
    }

    /// Adds a borrowed handle of this scope.
    ///
    /// # Safety
    /// `scopes` are the zone's.
    pub unsafe fn add_borrow(
        &mut self,
        rep: u64,
        resource: u32,
        scope: u32,
        scopes: *mut Scopes,
    ) -> Option<u32> {
        // SAFETY: the caller's; there is a scope for every slot.
        unsafe {
            let index = self.add(rep, handle::tag(handle::KIND_BORROW, resource), || scopes)?;
            self.scope_of(index).write(scope);
            Some(index)
        }
    }

    /// An owned or borrowed handle to `resource`.
    #[inline]
    pub fn get(&self, index: u32, resource: u32) -> Result<*mut Entry, Trap> {
        let entry = self.slot(index).ok_or(Trap::UnknownHandle)?;
        // SAFETY: a slot of the array.
        let tag = unsafe { (*entry).tag };
        let own = handle::tag(handle::KIND_OWN, resource);
        let borrow = handle::tag(handle::KIND_BORROW, resource);
        if tag == own || tag == borrow { Ok(entry) } else { Err(wrong_tag(tag)) }
    }

    /// Takes out an owned handle that is not lent.
    #[inline]
    pub fn take(&mut self, index: u32, resource: u32) -> Result<Entry, Trap> {
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
        Ok(taken)
    }

    /// Takes out an owned or borrowed handle that is not lent; also returns the scope of a borrowed one.
    #[inline]
    pub fn remove(&mut self, index: u32, resource: u32) -> Result<(Entry, Option<u32>), Trap> {
        let entry = self.get(index, resource)?;
        // SAFETY: a slot of the array, in use; there is a scope for every slot.
        let (taken, scope) = unsafe { (*entry, self.scope_of(index)) };
        if taken.lends != 0 {
            return Err(Trap::HandleLent);
        }
        let borrowed = taken.tag & KIND_MASK == handle::KIND_BORROW;
        // SAFETY: as above.
        unsafe { self.release(index, entry) };
        // SAFETY: `add_borrow` wrote it.
        Ok((taken, borrowed.then(|| unsafe { scope.read() })))
    }

    /// # Safety
    /// `entry` is that of `index`, which is in use.
    #[inline]
    pub(super) unsafe fn release(&mut self, index: u32, entry: *mut Entry) {
        // SAFETY: the caller's.
        unsafe { entry.write(Entry { rep: self.free.into(), tag: 0, lends: 0 }) };
        self.free = index;
    }
}

const KIND_MASK: u32 = (1 << handle::KIND_BITS) - 1;

#[cold]
fn wrong_tag(tag: u32) -> Trap {
    match tag & KIND_MASK {
        _ if tag == 0 => Trap::UnknownHandle,
        handle::KIND_OWN | handle::KIND_BORROW => Trap::HandleOtherResource,
        _ => Trap::HandleWrongType,
    }
}

/// A trap in an address's place, see [`weldc_abi::symbols::Function::HandleGet`]; its message names the index.
///
/// # Safety
/// `context` is that of a living zone.
#[cold]
pub(super) unsafe fn refuse<T>(zone: Context, index: u32, trap: Trap) -> *mut T {
    // SAFETY: the caller's.
    unsafe { zone.record() }.refused = index;
    ptr::without_provenance_mut(trap as usize)
}

/// `(context, handle table's offset, rep, tag) -> index`, 0 if the table is full.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_new(zone: Context, table: u32, rep: u64, tag: u32) -> u32 {
    // SAFETY: the caller's; the record and the table are apart.
    unsafe { (*zone.at::<Table>(table)).add(rep, tag, || &raw mut zone.record().scopes) }
        .unwrap_or(0)
}

/// `(context, table, index, resource) -> *Entry` or a trap.
///
/// # Safety
/// As [`weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_get(
    zone: Context,
    table: u32,
    index: u32,
    resource: u32,
) -> *mut Entry {
    // SAFETY: the caller's.
    unsafe {
        let entry = (*zone.at::<Table>(table)).get(index, resource);
        entry.unwrap_or_else(|trap| refuse(zone, index, trap))
    }
}

/// As [`weldc_rt_handle_get`], for an owned handle that is not lent; the slot is freed.
///
/// # Safety
/// As [`weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_take(
    zone: Context,
    table: u32,
    index: u32,
    resource: u32,
) -> *mut Entry {
    // SAFETY: the caller's; the record and the table are apart.
    unsafe {
        match (*zone.at::<Table>(table)).take(index, resource) {
            Ok(entry) => keep(zone, entry),
            Err(trap) => refuse(zone, index, trap),
        }
    }
}

/// As [`weldc_rt_handle_take`], but for a borrowed handle, too, which leaves its scope.
///
/// # Safety
/// As [`weldc_rt_handle_new`].
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_handle_drop(
    zone: Context,
    table: u32,
    index: u32,
    resource: u32,
) -> *mut Entry {
    // SAFETY: the caller's; the record and the table are apart.
    unsafe {
        match (*zone.at::<Table>(table)).remove(index, resource) {
            Ok((entry, scope)) => {
                if let Some(scope) = scope {
                    zone.record().scopes.borrow_dropped(scope);
                }
                keep(zone, entry)
            }
            Err(trap) => refuse(zone, index, trap),
        }
    }
}

/// The slot is free for the next handle already: what was taken stays readable in the record.
///
/// # Safety
/// `context` is that of a living zone.
unsafe fn keep(zone: Context, entry: Entry) -> *mut Entry {
    // SAFETY: the caller's.
    let taken = unsafe { &mut zone.record().taken };
    *taken = entry;
    taken
}

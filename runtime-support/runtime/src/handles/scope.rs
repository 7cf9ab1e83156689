//! The scopes of calls between components, innermost last.
//!
//! A scope's token is its number, from 1 up: scopes end in the reverse order of their beginning, since a
//! call that traps takes the whole zone with it. Number 0 is a scope that never ends, so that there is
//! always an innermost one.

use super::arena::{Arena, Mark};
use super::table::{Entry, Table};
use crate::context::Context;
use crate::error_context::ErrorContext;
use rust_alloc::vec::Vec;
use weldc_abi::Trap;

/// The token of a scope for which there was no memory: its end is the trap.
const NO_MEMORY: u64 = u64::MAX;

/// One scope.
#[derive(Clone, Copy)]
struct Scope {
    /// Length of `Scopes::lent` at its beginning.
    lent: u32,
    /// Length of `Scopes::contexts` at its beginning.
    contexts: u32,
    /// Handles that its callee has borrowed and not dropped yet.
    borrows: u32,
    /// Temporary memory at its beginning.
    mark: Mark,
}

/// All scopes of a zone.
pub struct Scopes {
    scopes: Vec<Scope>,
    /// Handles that calls were lent, in order; one for each loan.
    lent: Vec<*mut Entry>,
    /// Error contexts that the host was lent.
    contexts: Vec<ErrorContext>,
    arena: Arena,
}

impl Scopes {
    pub const fn new() -> Scopes {
        Scopes { scopes: Vec::new(), lent: Vec::new(), contexts: Vec::new(), arena: Arena::new() }
    }

    #[inline]
    pub fn enter(&mut self) -> u64 {
        let (lent, contexts) = (self.lent.len() as u32, self.contexts.len() as u32);
        let scope = Scope { lent, contexts, borrows: 0, mark: self.arena.mark() };
        let token = self.scopes.len();
        if push_if_room(&mut self.scopes, scope) { token as u64 } else { self.enter_slowly() }
    }

    #[cold]
    #[inline(never)]
    fn enter_slowly(&mut self) -> u64 {
        if self.grow() { self.enter() } else { NO_MEMORY }
    }

    /// Makes room for another scope, and scope 0 if it is not there yet.
    fn grow(&mut self) -> bool {
        if self.scopes.try_reserve(16).is_err() {
            return false;
        }
        if self.scopes.is_empty() {
            let mark = self.arena.mark();
            self.scopes.push(Scope { lent: 0, contexts: 0, borrows: 0, mark });
        }
        true
    }

    #[inline]
    pub fn exit(&mut self, token: u64) -> Result<(), Trap> {
        let Some(&Scope { mark, .. }) = self.scopes.get(token as usize) else {
            return Err(Trap::OutOfMemory);
        };
        if !self.arena.has_same_chunk(mark) {
            return self.exit_slowly(token as usize);
        }
        self.arena.reset(mark);
        self.end(token as usize)
    }

    #[cold]
    #[inline(never)]
    fn exit_slowly(&mut self, token: usize) -> Result<(), Trap> {
        self.arena.pop_to(self.scopes[token].mark);
        self.end(token)
    }

    #[inline]
    fn end(&mut self, token: usize) -> Result<(), Trap> {
        let Scope { lent, contexts, borrows, .. } = self.scopes[token];
        self.scopes.truncate(token);
        if self.contexts.len() > contexts as usize {
            self.contexts.truncate(contexts as usize);
        }
        if self.lent.len() > lent as usize {
            for entry in self.lent.drain(lent as usize..) {
                // SAFETY: a handle that is lent cannot leave its slot, and `entries_moved` keeps the address.
                unsafe { (*entry).lends -= 1 };
            }
        }
        if borrows == 0 { Ok(()) } else { Err(Trap::BorrowsRemain) }
    }

    /// Counts a loan of the handle until the innermost scope ends. If there is no memory to remember it,
    /// the handle stays lent.
    ///
    /// # Safety
    /// `entry` is a handle in use in a table of this zone.
    #[inline]
    pub unsafe fn lend(&mut self, entry: *mut Entry) {
        // SAFETY: the caller's.
        unsafe { (*entry).lends = (*entry).lends.saturating_add(1) };
        if !push_if_room(&mut self.lent, entry) {
            self.lend_slowly(entry);
        }
    }

    #[cold]
    #[inline(never)]
    fn lend_slowly(&mut self, entry: *mut Entry) {
        if self.lent.try_reserve(16).is_ok() {
            self.lent.push(entry);
        }
    }

    /// Keeps a reference until the innermost scope ends; `false` if there is no memory.
    pub fn keep(&mut self, context: ErrorContext) -> bool {
        let has_room = self.contexts.try_reserve(1).is_ok();
        if has_room {
            self.contexts.push(context);
        }
        has_room
    }

    /// Entries of a table have moved from `old` to `new`.
    pub fn entries_moved(&mut self, old: *mut Entry, length: usize, new: *mut Entry) {
        let range = old..old.wrapping_add(length);
        for entry in self.lent.iter_mut().filter(|entry| range.contains(entry)) {
            let index = (entry.addr() - old.addr()) / size_of::<Entry>();
            *entry = new.wrapping_add(index);
        }
    }

    /// Adds a borrowed handle of the innermost scope to a table.
    ///
    /// # Safety
    /// The table is of this zone.
    pub unsafe fn borrow_into(
        &mut self,
        table: &mut Table,
        rep: u64,
        resource: u32,
    ) -> Option<u32> {
        if self.scopes.is_empty() && !self.grow() {
            return None;
        }
        let innermost = self.scopes.len() - 1;
        // SAFETY: the table is of the same zone.
        let index = unsafe { table.add_borrow(rep, resource, innermost as u32, self) }?;
        self.scopes[innermost].borrows += 1;
        Some(index)
    }

    /// A borrowed handle of this scope was dropped.
    #[inline]
    pub fn borrow_dropped(&mut self, scope: u32) {
        if let Some(scope) = self.scopes.get_mut(scope as usize) {
            scope.borrows -= 1;
        }
    }
}

/// Pushes to a vector that need not grow for it, so that callers keep nothing for the case that it does.
#[inline]
fn push_if_room<T>(vector: &mut Vec<T>, value: T) -> bool {
    let Some(slot) = vector.spare_capacity_mut().first_mut() else { return false };
    slot.write(value);
    // SAFETY: the slot behind the last element was just written.
    unsafe { vector.set_len(vector.len() + 1) };
    true
}

/// `(context) -> scope`
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_enter(zone: Context) -> u64 {
    // SAFETY: the caller's.
    unsafe { zone.record() }.scopes.enter()
}

/// `(context, scope) -> trap or 0`
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_exit(zone: Context, scope: u64) -> i32 {
    // SAFETY: the caller's.
    match unsafe { zone.record() }.scopes.exit(scope) {
        Ok(()) => 0,
        Err(trap) => trap as i32,
    }
}

/// `(context, entry)`
///
/// # Safety
/// `context` is that of a living zone, and `HandleGet` gave the entry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_lend(zone: Context, entry: *mut Entry) {
    // SAFETY: the caller's.
    unsafe { zone.record().scopes.lend(entry) }
}

/// `(context, table, rep, resource) -> index`, 0 if full.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_borrow(
    zone: Context,
    table: u32,
    rep: u64,
    resource: u32,
) -> u32 {
    // SAFETY: the caller's; the record and the table are apart.
    unsafe {
        let table = &mut *zone.at::<Table>(table);
        zone.record().scopes.borrow_into(table, rep, resource).unwrap_or(0)
    }
}

/// `(context, size, alignment) -> address`, 0 if there is no memory.
///
/// # Safety
/// `context` is that of a living zone; the alignment is a power of two.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_alloc(zone: Context, size: u64, alignment: u64) -> *mut u8 {
    // SAFETY: the caller's.
    let arena = unsafe { &mut zone.record().scopes.arena };
    arena.alloc(size as usize, alignment as usize)
}

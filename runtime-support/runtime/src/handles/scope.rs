//! The scopes of calls whose adapters cannot keep account of everything themselves, innermost last: handles in
//! lists are lent, or values for the host need temporary memory.
//!
//! A scope's token is its number: scopes end in the reverse order of their beginning, since a call that traps takes
//! the whole zone with it.

use super::arena::{Arena, Mark};
use super::table::Table;
use crate::context::Context;
use crate::error_context::ErrorContext;
use core::ptr;
use rust_alloc::vec::Vec;
use weldc_abi::{Trap, handle};

/// The token of a scope for which there was no memory: its end is the trap.
const NO_MEMORY: u64 = u64::MAX;

/// Loans of one handle that are counted here; adapters count theirs above.
const MOST_LENDS: u32 = 1 << 31;

/// One scope.
#[derive(Clone, Copy)]
struct Scope {
    /// Length of `Scopes::lent` at its beginning.
    lent: u32,
    /// Length of `Scopes::contexts` at its beginning.
    contexts: u32,
    /// Where the call's borrowed handles are counted.
    count: *mut u32,
    /// Temporary memory at its beginning.
    mark: Mark,
}

/// A loan: the offset of a table, and an index.
#[derive(Clone, Copy)]
struct Loan {
    table: u32,
    index: u32,
}

/// All scopes of a zone.
pub struct Scopes {
    scopes: Vec<Scope>,
    /// Handles that calls were lent, in order; one for each loan.
    lent: Vec<Loan>,
    /// Error contexts that the host was lent.
    contexts: Vec<ErrorContext>,
    arena: Arena,
}

impl Scopes {
    pub const fn new() -> Scopes {
        Scopes { scopes: Vec::new(), lent: Vec::new(), contexts: Vec::new(), arena: Arena::new() }
    }

    /// Whether no scope is open. What is kept of those that were can serve anybody.
    #[inline]
    pub fn is_idle(&self) -> bool {
        self.scopes.is_empty()
    }

    #[inline]
    pub fn enter(&mut self, count: *mut u32) -> u64 {
        let (lent, contexts) = (self.lent.len() as u32, self.contexts.len() as u32);
        let scope = Scope { lent, contexts, count, mark: self.arena.mark() };
        let token = self.scopes.len();
        if push_if_room(&mut self.scopes, scope) { token as u64 } else { self.enter_slowly(count) }
    }

    #[cold]
    #[inline(never)]
    fn enter_slowly(&mut self, count: *mut u32) -> u64 {
        if self.scopes.try_reserve(16).is_ok() { self.enter(count) } else { NO_MEMORY }
    }

    /// Ends a scope. `lends` says where the count of a handle's loans is.
    #[inline]
    pub fn exit(
        &mut self,
        token: u64,
        lends: impl Fn(u32, u32) -> Option<*mut u32>,
    ) -> Result<(), Trap> {
        let Some(&Scope { mark, lent, contexts, .. }) = self.scopes.get(token as usize) else {
            return Err(Trap::OutOfMemory);
        };
        if self.arena.has_same_chunk(mark) {
            self.arena.reset(mark);
        } else {
            self.arena.pop_to(mark);
        }
        self.scopes.truncate(token as usize);
        if self.contexts.len() > contexts as usize {
            self.contexts.truncate(contexts as usize);
        }
        if self.lent.len() > lent as usize {
            for loan in self.lent.drain(lent as usize..) {
                if let Some(lends) = lends(loan.table, loan.index) {
                    // SAFETY: a handle that is lent stays in its slot.
                    unsafe { *lends -= 1 };
                }
            }
        }
        Ok(())
    }

    /// Counts a loan until the innermost scope ends. If it cannot be remembered, the handle stays lent.
    #[inline]
    pub fn lend(&mut self, table: u32, index: u32, lends: &mut u32) {
        if *lends < MOST_LENDS {
            *lends += 1;
            if !push_if_room(&mut self.lent, Loan { table, index }) {
                self.lend_slowly(Loan { table, index });
            }
        }
    }

    #[cold]
    #[inline(never)]
    fn lend_slowly(&mut self, loan: Loan) {
        if self.lent.try_reserve(16).is_ok() {
            self.lent.push(loan);
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

    /// Where the innermost scope counts borrowed handles.
    fn count(&self) -> *mut u32 {
        self.scopes.last().map_or(ptr::null_mut(), |scope| scope.count)
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

/// `(context, count) -> scope`
///
/// # Safety
/// `context` is that of a living zone; `count` can be written to until the scope ends, or no handles are borrowed
/// in it.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_enter(zone: Context, count: *mut u32) -> u64 {
    // SAFETY: the caller's.
    unsafe { zone.record() }.scopes.enter(count)
}

/// `(context, scope) -> trap or 0`
///
/// # Safety
/// `context` is that of a living zone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_exit(zone: Context, scope: u64) -> i32 {
    let lends = |table: u32, index: u32| {
        // SAFETY: `weldc_rt_scope_lend` was given this table, and the slots of a table stay.
        unsafe { (*zone.at::<Table>(table)).slot(index).map(|entry| &raw mut (*entry).lends) }
    };
    // SAFETY: the caller's; the record and the tables are apart.
    match unsafe { zone.record() }.scopes.exit(scope, lends) {
        Ok(()) => 0,
        Err(trap) => trap as i32,
    }
}

/// `(context, table, index)`
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_lend(zone: Context, table: u32, index: u32) {
    // SAFETY: the caller's; the record and the tables are apart.
    unsafe {
        if let Some(entry) = (*zone.at::<Table>(table)).slot(index) {
            zone.record().scopes.lend(table, index, &mut (*entry).lends);
        }
    }
}

/// `(context, table, rep, resource) -> index`, 0 if full.
///
/// # Safety
/// `context` is that of a living zone that has a handle table at this offset; the innermost scope has a count.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_scope_borrow(
    zone: Context,
    table: u32,
    rep: u64,
    resource: u32,
) -> u32 {
    let tag = handle::tag(handle::KIND_BORROW, resource);
    // SAFETY: the caller's; the record and the tables are apart.
    unsafe {
        let count = zone.record().scopes.count();
        if count.is_null() {
            // There was no memory for the scope.
            return 0;
        }
        let Some(index) = (*zone.at::<Table>(table)).add(rep, tag, count) else { return 0 };
        *count += 1;
        index
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

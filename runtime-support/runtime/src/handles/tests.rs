//! Tables and scopes against a model, and the border to the host.

#![cfg(all(target_arch = "x86_64", unix))]
#![expect(clippy::undocumented_unsafe_blocks, reason = "all are calls on a table of a living zone")]

use super::table::Entry;
use super::*;
use crate::testing::*;
use core::ptr::null_mut;
use std::vec::Vec;
use weldc_abi::{Trap, context, handle};

const TABLE: u32 = layout::INSTANCE + context::instance::HANDLES as u32;
const OWN: u32 = handle::tag(handle::KIND_OWN, layout::RESOURCE);

/// What generated code does with a table of a zone, and the functions that it calls.
struct Guest(TestZone);

impl Guest {
    fn new() -> Guest {
        Guest(TestZone::new())
    }
    fn table<R>(&self, act: impl FnOnce(&mut Table) -> R) -> R {
        // SAFETY: a table of a living zone, here and below; nothing else uses it meanwhile.
        act(unsafe { &mut *self.0.0.at::<Table>(TABLE) })
    }
    fn add(&self, rep: u64) -> u32 {
        unsafe { weldc_rt_handle_new(self.0.0, TABLE, rep, OWN, null_mut()) }
    }
    fn get(&self, index: u32) -> Result<Entry, Trap> {
        // SAFETY: an entry's address.
        self.table(|table| table.get(index, layout::RESOURCE)).map(|entry| unsafe { entry.read() })
    }
    /// Takes as generated code does: what is wrong, if something is, is asked afterwards.
    fn take(&self, index: u32) -> Result<u64, Trap> {
        let taken = self.table(|table| table.take(index, layout::RESOURCE));
        if let Err(trap) = taken {
            assert_eq!(self.trap(index, layout::RESOURCE), trap as i32);
        }
        taken
    }
    fn trap(&self, index: u32, resource: u32) -> i32 {
        unsafe { weldc_rt_handle_trap(self.0.0, TABLE, index, resource) }
    }
    /// Drops a borrowed handle, as generated code does.
    fn drop(&self, index: u32) -> Result<u64, Trap> {
        let entry = self.get(index)?;
        if entry.lends != 0 {
            return Err(Trap::HandleLent);
        }
        assert_eq!(entry.tag, handle::tag(handle::KIND_BORROW, layout::RESOURCE));
        unsafe {
            *entry.owner -= 1;
            (*self.table(|table| table.slot(index)).unwrap()).tag = OWN;
        }
        self.take(index)
    }
    fn lend(&self, index: u32) {
        unsafe { weldc_rt_scope_lend(self.0.0, TABLE, index) }
    }
    fn borrow(&self, rep: u64) -> u32 {
        unsafe { weldc_rt_scope_borrow(self.0.0, TABLE, rep, layout::RESOURCE) }
    }
    fn enter(&self) -> u64 {
        self.enter_counting(null_mut())
    }
    fn enter_counting(&self, count: *mut u32) -> u64 {
        unsafe { weldc_rt_scope_enter(self.0.0, count) }
    }
    fn exit(&self, scope: u64) -> i32 {
        unsafe { weldc_rt_scope_exit(self.0.0, scope) }
    }
    fn alloc(&self, size: u64, alignment: u64) -> *mut u8 {
        unsafe { weldc_rt_scope_alloc(self.0.0, size, alignment) }
    }
}

#[test]
fn indices_start_at_one_and_are_reused_last_in_first_out() {
    let guest = Guest::new();
    assert_eq!((1..=5).map(|rep| guest.add(rep)).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(guest.take(2), Ok(2));
    assert_eq!(guest.take(4), Ok(4));
    assert_eq!([guest.add(6), guest.add(7), guest.add(8)], [4, 2, 6]);
    assert_eq!(guest.get(2).unwrap(), Entry { rep: 7, tag: OWN, lends: 0, owner: null_mut() });
    // A table that grows goes on with the next index.
    assert_eq!(
        (9..=40).map(|rep| guest.add(rep)).collect::<Vec<_>>(),
        (7..=38).collect::<Vec<_>>()
    );
}

#[test]
fn wrong_handles_are_told_apart() {
    let guest = Guest::new();
    for index in [0, 1, 17, u32::MAX] {
        assert_eq!(guest.get(index), Err(Trap::UnknownHandle));
    }
    let index = guest.add(9);
    assert_eq!(guest.get(0), Err(Trap::UnknownHandle));
    assert_eq!(guest.trap(index, layout::OTHER), Trap::HandleOtherResource as i32);
    assert_eq!(guest.take(index), Ok(9));
    assert_eq!(guest.take(index), Err(Trap::UnknownHandle));
    assert_eq!(guest.drop(index), Err(Trap::UnknownHandle));
}

#[test]
fn all_bits_of_a_representation_are_kept() {
    let guest = Guest::new();
    let index = guest.add(u64::MAX - 1);
    assert_eq!(guest.get(index).unwrap().rep, u64::MAX - 1);
    assert_eq!(guest.take(index), Ok(u64::MAX - 1));
}

#[test]
fn a_lent_handle_stays_until_the_scope_ends() {
    let guest = Guest::new();
    let index = guest.add(1);
    let (outer, inner) = (guest.enter(), guest.enter());
    guest.lend(index);
    guest.lend(index);
    assert_eq!(guest.take(index), Err(Trap::HandleLent));
    assert_eq!(guest.drop(index), Err(Trap::HandleLent));
    // The table grows, and the entry moves.
    let others: Vec<u32> = (0..1000).map(|rep| guest.add(rep)).collect();
    assert_eq!(guest.get(index).unwrap().lends, 2);
    assert_eq!(guest.exit(inner), 0);
    assert_eq!(guest.get(index).unwrap().lends, 0);
    guest.lend(index);
    assert_eq!(guest.exit(outer), 0);
    assert_eq!(guest.take(index), Ok(1));
    assert!(others.iter().zip(0..).all(|(&index, rep)| guest.take(index) == Ok(rep)));
}

#[test]
fn borrowed_handles_are_counted_where_the_scope_says() {
    let guest = Guest::new();
    let mut counts = [0u32; 2];
    let [outer_count, inner_count] = counts.each_mut().map(|count| &raw mut *count);
    let (outer, first) = (guest.enter_counting(outer_count), guest.borrow(1));
    let (inner, second) = (guest.enter_counting(inner_count), guest.borrow(2));
    let third = guest.borrow(3);
    let seen = || unsafe { (outer_count.read(), inner_count.read()) };
    assert_eq!(seen(), (1, 2));
    assert_eq!(guest.take(second), Err(Trap::HandleNotOwned));
    assert_eq!(guest.drop(first), Ok(1));
    assert_eq!(seen(), (0, 2));
    assert_eq!(guest.drop(second), Ok(2));
    assert_eq!(guest.exit(inner), 0);
    assert_eq!(guest.exit(outer), 0);
    assert_eq!(seen(), (0, 1));
    assert_eq!(guest.drop(third), Ok(3));
    assert_eq!(seen(), (0, 0));
}

#[test]
fn borrowed_handles_survive_growth() {
    let guest = Guest::new();
    let mut count = 0;
    let scope = guest.enter_counting(&raw mut count);
    let borrowed: Vec<u32> = (0..100).map(|rep| guest.borrow(rep)).collect();
    let own: Vec<u32> = (0..100).map(|rep| guest.add(rep)).collect();
    for index in borrowed {
        guest.drop(index).unwrap();
    }
    assert_eq!(guest.exit(scope), 0);
    assert_eq!(unsafe { (&raw const count).read() }, 0);
    assert!(own.iter().all(|&index| guest.take(index).is_ok()));
}

#[test]
fn a_borrowed_handle_can_be_lent_on() {
    let guest = Guest::new();
    let mut count = 0;
    let outer = guest.enter_counting(&raw mut count);
    let borrowed = guest.borrow(1);
    let inner = guest.enter();
    guest.lend(borrowed);
    assert_eq!(guest.drop(borrowed), Err(Trap::HandleLent));
    assert_eq!(guest.trap(borrowed, layout::RESOURCE), Trap::HandleLent as i32);
    assert_eq!(guest.exit(inner), 0);
    assert!(guest.drop(borrowed).is_ok());
    assert_eq!(guest.exit(outer), 0);
}

#[test]
fn deep_scopes_are_ended_one_by_one() {
    let guest = Guest::new();
    let scopes: Vec<u64> = (0..10_000).map(|_| guest.enter()).collect();
    for scope in scopes.into_iter().rev() {
        assert_eq!(guest.exit(scope), 0);
    }
}

#[test]
fn temporary_memory_is_aligned_apart_and_reused() {
    let guest = Guest::new();
    let sizes = [1, 8, 100, 5000, 70_000, 3, 200_000, 1 << 20];
    let round = || {
        let scope = guest.enter();
        let blocks: Vec<(*mut u8, u64)> = sizes
            .iter()
            .zip([1u64, 2, 4, 8, 16, 64, 4096, 1])
            .map(|(&size, alignment)| {
                let address = guest.alloc(size, alignment);
                assert!(!address.is_null() && (address as u64).is_multiple_of(alignment));
                // SAFETY: just allocated.
                unsafe { address.write_bytes(size as u8, size as usize) };
                (address, size)
            })
            .collect();
        for &(address, size) in &blocks {
            // SAFETY: all blocks live until the scope ends.
            assert!((0..size).all(|i| unsafe { address.add(i as usize).read() } == size as u8));
        }
        assert_eq!(guest.exit(scope), 0);
        blocks
    };
    for _ in 0..3 {
        round();
    }
    // One chunk holds them all by now.
    assert_eq!(round(), round());
    let scope = guest.enter();
    assert!(guest.alloc(u64::MAX, 8).is_null());
    assert!(guest.alloc(1 << 60, 8).is_null());
    assert_eq!(guest.exit(scope), 0);
}

#[test]
fn nested_temporary_memory_does_not_disturb_the_outer() {
    let guest = Guest::new();
    let outer = guest.enter();
    let kept = guest.alloc(64, 8);
    // SAFETY: just allocated, here and below.
    unsafe { kept.write_bytes(1, 64) };
    for size in [32, 100_000, 64] {
        let inner = guest.enter();
        unsafe { guest.alloc(size, 8).write_bytes(2, size as usize) };
        assert_eq!(guest.exit(inner), 0);
    }
    assert_eq!(guest.alloc(1, 1) as usize, kept as usize + 64);
    assert!((0..64).all(|i| unsafe { kept.add(i).read() } == 1));
    assert_eq!(guest.exit(outer), 0);
}

#[test]
fn the_host_drops_what_it_holds() {
    let zone = TestZone::new();
    let destroyed = 0u64;
    let address: *const u64 = &raw const destroyed;
    zone.store(layout::MARKER, address);
    let hold = |rep| {
        let table = context::HOST_HANDLES as u32;
        // SAFETY: a living zone, here and below.
        u64::from(unsafe { weldc_rt_handle_new(zone.0, table, rep, OWN, null_mut()) })
    };
    let drop = |resource, index| unsafe { weldc_rt_host_drop(zone.0, resource, index) };
    let seen = || unsafe { (&raw const destroyed).read_volatile() };
    let (one, other) = (hold(77), hold(78));
    assert_eq!(drop(layout::OTHER, one), Trap::HandleOtherResource as i32);
    assert_eq!(drop(layout::RESOURCE, 1 << 40), Trap::UnknownHandle as i32);
    assert_eq!(seen(), 0);
    assert_eq!(drop(layout::RESOURCE, one), 0);
    assert_eq!(seen(), 77);
    assert_eq!(drop(layout::RESOURCE, one), Trap::UnknownHandle as i32);
    zone.call(weldc_test_raise, 0);
    assert_eq!(drop(layout::RESOURCE, other), Trap::CannotEnter as i32);
    assert_eq!(seen(), 77);
}

/// Random operations on a table and on what should be in it: handles that are added, taken, borrowed, dropped
/// and lent, with exactly the indices that the specification's stack of free ones gives.
#[test]
fn a_table_is_a_table() {
    let guest = Guest::new();
    let mut random = crate::testing::Random(1);
    let mut model = Model { handles: Vec::new(), free: Vec::new(), next: 1 };
    let mut count = 0;
    let count = &raw mut count;
    let scope = guest.enter_counting(count);
    for step in 0..20_000u64 {
        let grows = random.below(if step < 12_000 { 3 } else { 2 }) != 0;
        if grows || model.handles.is_empty() {
            let owned = random.below(2) == 0;
            let index = if owned { guest.add(step) } else { guest.borrow(step) };
            assert_eq!(index, model.add(step, owned));
        } else {
            let (index, rep, owned) = model.remove(random.below(model.handles.len() as u64));
            assert_eq!(guest.get(index).unwrap().rep, rep);
            let inner = guest.enter();
            guest.lend(index);
            assert_eq!(guest.take(index), Err(Trap::HandleLent));
            assert_eq!(guest.exit(inner), 0);
            assert_eq!(if owned { guest.take(index) } else { guest.drop(index) }, Ok(rep));
        }
    }
    let borrowed = model.handles.iter().filter(|(.., owned)| !owned).count();
    assert_eq!(unsafe { count.read() } as usize, borrowed);
    let owned = model.handles.iter().filter(|(.., owned)| *owned);
    let mut owned: Vec<u64> = owned.map(|&(_, rep, _)| rep).collect();
    owned.sort();
    let mut found: Vec<u64> = guest.table(|table| table.owned().map(|(_, rep)| rep).collect());
    found.sort();
    assert_eq!(found, owned);
    assert_eq!(guest.exit(scope), 0);
}

/// What should be in a table (definitions.py, `Table`).
struct Model {
    /// Index, representation, whether it is owned.
    handles: Vec<(u32, u64, bool)>,
    free: Vec<u32>,
    next: u32,
}

impl Model {
    fn add(&mut self, rep: u64, owned: bool) -> u32 {
        let index = self.free.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.handles.push((index, rep, owned));
        index
    }

    fn remove(&mut self, number: u64) -> (u32, u64, bool) {
        let removed = self.handles.swap_remove(number as usize);
        self.free.push(removed.0);
        removed
    }
}

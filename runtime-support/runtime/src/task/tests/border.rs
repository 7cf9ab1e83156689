//! What the host and a zone have of each other.

use super::world::*;
use crate::task::call::Completion;
use core::cell::{Cell, RefCell};
use core::ffi::c_void;
use core::ptr::null_mut;
use std::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::task::{CANCELLED, PENDING, callback, event, subtask, switch};

/// A completion that notes what it is told.
struct Told {
    completion: Completion,
    statuses: RefCell<Vec<i32>>,
}

impl Told {
    fn new() -> Told {
        let completion =
            Completion { done: Some(told), caller: null_mut(), cancel: None, callee: null_mut() };
        Told { completion, statuses: RefCell::new(Vec::new()) }
    }
}

unsafe extern "C" fn told(completion: *mut Completion, status: i32) {
    // SAFETY: the completion is the first part of a `Told`, whose address `caller` is.
    unsafe {
        let told: *const Told = (*completion).caller.cast();
        (*told).statuses.borrow_mut().push(status);
    }
}

/// A task that waits until it is cancelled, and what it does then.
fn waits(guest: Guest) -> Result<u32, Trap> {
    let set = guest.new_set(B);
    Ok(callback::WAIT | set << callback::CODE_BITS)
}

fn gives_in(guest: Guest, event: [u32; 3]) -> Result<u32, Trap> {
    assert_eq!(event[0], event::TASK_CANCELLED);
    guest.task_cancel().map(|()| callback::EXIT)
}

#[test]
fn an_export_completes_later() {
    let world = World::new();
    let mut result = 0;
    let turn = |guest: Guest, _: [u32; 3]| guest.task_return(9).map(|()| callback::EXIT);
    let args = Args { body: &|_| Ok(callback::YIELD), turn: &turn, result: &raw mut result };
    let mut told = Told::new();
    told.completion.caller = (&raw const told).cast_mut().cast();
    assert_eq!(world.export(EXPORT_CALLBACK, &args, &raw mut told.completion), PENDING);
    assert_eq!(world.counts().calls, 1);
    assert_eq!((world.tick(), world.tick()), (1, 0));
    assert_eq!(*told.statuses.borrow(), [0]);
    assert_eq!(world.counts().calls, 0);
    // SAFETY: just written.
    assert_eq!(unsafe { (&raw const result).read() }, 9);
}

#[test]
fn an_export_is_cancelled() {
    let world = World::new();
    let mut result = 0;
    let args = Args { body: &waits, turn: &gives_in, result: &raw mut result };
    let mut told = Told::new();
    told.completion.caller = (&raw const told).cast_mut().cast();
    assert_eq!(world.export(EXPORT_CALLBACK, &args, &raw mut told.completion), PENDING);
    assert_eq!(world.tick(), 0);
    let cancel = told.completion.cancel.unwrap();
    // SAFETY: the call is pending.
    unsafe { cancel(&raw mut told.completion) };
    assert_eq!(*told.statuses.borrow(), [CANCELLED]);
    assert_eq!(world.counts().calls, 0);
}

#[test]
fn a_zone_that_stops_tells_whoever_waits_once() {
    for by_trap in [true, false] {
        let world = World::new();
        let mut result = 0;
        let args = Args { body: &waits, turn: &gives_in, result: &raw mut result };
        let mut told = Told::new();
        told.completion.caller = (&raw const told).cast_mut().cast();
        assert_eq!(world.export(EXPORT_CALLBACK, &args, &raw mut told.completion), PENDING);
        if by_trap {
            let status = world.run(&|_| Err(Trap::Unreachable));
            assert_eq!(status, Trap::Unreachable as i32);
            assert_eq!(*told.statuses.borrow(), [Trap::Unreachable as i32]);
            assert_eq!(world.tick(), 256 + Trap::Unreachable as i32);
            assert_eq!(state(&world), Trap::Unreachable as u32);
        }
        drop(world);
        assert_eq!(told.statuses.borrow().len(), 1);
    }
}

/// A function of the host's that is pending, and its completions.
struct Host {
    pending: RefCell<Vec<*mut Completion>>,
    cancels: Cell<u32>,
}

impl Host {
    fn enter(&self, guest: Guest) -> Result<u32, Trap> {
        // SAFETY: the record of the call, which stays until `done`.
        unsafe {
            let completion = &raw mut (*guest.call).completion;
            (*completion).callee = (&raw const *self).cast_mut().cast::<c_void>();
            (*completion).cancel = Some(cancelled);
            (*guest.call).is_awaited = true;
            self.pending.borrow_mut().push(completion);
        }
        Ok(1)
    }

    /// The host is done with the call that has waited longest.
    fn done(&self, guest: Option<Guest>, status: i32, result: u64) {
        let completion = self.pending.borrow_mut().remove(0);
        // SAFETY: `done` was not called.
        unsafe {
            if let Some(guest) = guest {
                (*guest.call).result.cast::<u64>().write(result);
            }
            (*completion).done.unwrap()(completion, status);
        }
    }
}

unsafe extern "C" fn cancelled(completion: *mut Completion) {
    // SAFETY: `Host::enter` put it there.
    let host: *const Host = unsafe { (*completion).callee.cast() };
    // SAFETY: as above.
    unsafe { (*host).cancels.set((*host).cancels.get() + 1) };
}

#[test]
fn a_function_of_the_host_is_done_later() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let callee = Cell::new(None);
    let result = Cell::new(0);
    let enter = |guest: Guest| {
        callee.set(Some(guest));
        host.enter(guest)
    };
    let import = Args { body: &enter, turn: &never, result: result.as_ptr() };
    let body = |guest: Guest| {
        let status = guest.call(IMPORT, &import)?;
        assert_eq!(status & 15, subtask::STARTED);
        assert_eq!(guest.await_subtask(status >> 4), Ok(subtask::RETURNED));
        assert_eq!(guest.call(IMPORT_SYNC, &import), Ok(0));
        guest.returned()
    };
    let mut told = Told::new();
    told.completion.caller = (&raw const told).cast_mut().cast();
    let args = Args { body: &body, turn: &never, result: null_mut() };
    assert_eq!(world.export(EXPORT_A, &args, &raw mut told.completion), PENDING);
    for value in [5, 6] {
        assert_eq!((world.tick(), world.counts().calls), (0, 2));
        host.done(callee.get(), 0, value);
        world.settle();
        assert_eq!(result.get(), value);
    }
    assert_eq!(*told.statuses.borrow(), [0]);
    assert_eq!(world.counts().calls, 0);
}

#[test]
fn the_host_is_asked_to_cancel_and_may_take_its_time() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let enter = |guest: Guest| host.enter(guest);
    let import = Args { body: &enter, turn: &never, result: null_mut() };
    let body = |guest: Guest| {
        let subtask = guest.call(IMPORT, &import)? >> 4;
        assert_eq!(guest.cancel(subtask, true), Ok(weldc_abi::task::BLOCKED));
        assert_eq!(guest.await_subtask(subtask), Ok(subtask::CANCELLED_BEFORE_RETURNED));
        guest.returned()
    };
    let mut told = Told::new();
    told.completion.caller = (&raw const told).cast_mut().cast();
    let args = Args { body: &body, turn: &never, result: null_mut() };
    assert_eq!(world.export(EXPORT_A, &args, &raw mut told.completion), PENDING);
    assert_eq!(host.cancels.get(), 1);
    host.done(None, CANCELLED, 0);
    world.settle();
    assert_eq!(*told.statuses.borrow(), [0]);
}

#[test]
fn the_host_may_be_done_when_the_zone_has_gone() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let enter = |guest: Guest| host.enter(guest);
    let import = Args { body: &enter, turn: &never, result: null_mut() };
    let status = world.run(&|guest| {
        guest.call(IMPORT, &import)?;
        guest.call(IMPORT, &import)?;
        guest.returned()
    });
    assert_eq!((status, world.counts().calls), (0, 2));
    drop(world);
    assert_eq!(host.cancels.get(), 2);
    host.done(None, 0, 0);
    host.done(None, CANCELLED, 0);
}

#[test]
fn a_failure_of_the_host_ends_the_zone() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let enter = |guest: Guest| host.enter(guest);
    let import = Args { body: &enter, turn: &never, result: null_mut() };
    let status = world.run(&|guest| {
        guest.call(IMPORT, &import)?;
        guest.returned()
    });
    assert_eq!(status, 0);
    host.done(None, Trap::IntegerOverflow as i32, 0);
    assert_eq!(world.tick(), 256 + Trap::IntegerOverflow as i32);
}

unsafe extern "C" fn count(argument: *mut c_void) {
    // SAFETY: a counter of the test's.
    unsafe { *argument.cast::<u32>() += 1 };
}

#[test]
fn the_host_is_woken_when_it_would_not_know() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let enter = |guest: Guest| host.enter(guest);
    let import = Args { body: &enter, turn: &never, result: null_mut() };
    let mut wakes = 0u32;
    let counter = &raw mut wakes;
    // SAFETY: a living zone; the counter outlives it.
    unsafe { crate::task::weldc_rt_set_waker(world.0, Some(count), counter.cast()) };
    let status = world.run(&|guest| {
        guest.call(IMPORT, &import)?;
        guest.returned()
    });
    // SAFETY: as above.
    assert_eq!((status, unsafe { counter.read() }), (0, 0));
    host.done(None, Trap::Exit as i32, 0);
    // SAFETY: as above.
    assert_eq!(unsafe { counter.read() }, 1);
}

unsafe extern "C" fn idle(argument: *mut c_void, may_wait: i32) -> i32 {
    // SAFETY: the test's host.
    let host: *const Host = argument.cast();
    if may_wait == 0 {
        return 1;
    }
    // SAFETY: as above.
    unsafe { (*host).done(None, 0, 0) };
    0
}

#[test]
fn a_blocking_call_lets_the_host_wait() {
    let world = World::new();
    let host = Host { pending: RefCell::default(), cancels: Cell::new(0) };
    let result = Cell::new(0);
    let enter = |guest: Guest| host.enter(guest);
    let import = Args { body: &enter, turn: &never, result: result.as_ptr() };
    // SAFETY: a living zone; the host outlives it.
    unsafe {
        crate::task::weldc_rt_set_idle(world.0, Some(idle), (&raw const host).cast_mut().cast());
    }
    let status = world.run(&|guest| {
        guest.call(IMPORT_SYNC, &import)?;
        guest.returned()
    });
    assert_eq!((status, world.counts().calls), (0, 0));
}

#[test]
fn exports_of_any_kind_block_the_host() {
    let world = World::new();
    for edge in [EXPORT_SYNC, EXPORT_A, EXPORT_A_TYPED] {
        let instance = if edge == EXPORT_SYNC { B } else { A };
        let body = |guest: Guest| {
            guest.switch(instance, switch::YIELD, 0)?;
            guest.returned()
        };
        let args = Args { body: &body, turn: &never, result: null_mut() };
        assert_eq!(world.export(edge, &args, null_mut()), 0);
        assert_eq!(world.counts().calls, 0);
    }
}

/// What the host lends is lent until it knows of the call's end, blocking or not.
#[test]
fn what_the_host_lends_is_given_back() {
    let world = World::new();
    let table = weldc_abi::context::HOST_HANDLES as u32;
    // SAFETY: a table of every zone, here and below.
    let lends = |index| unsafe {
        (*(*world.0.at::<crate::handles::Table>(table)).slot(index).unwrap()).lends
    };
    let tag = weldc_abi::handle::tag(weldc_abi::handle::KIND_OWN, 0);
    // SAFETY: as above.
    let index = unsafe { crate::handles::weldc_rt_handle_new(world.0, table, 1, tag, null_mut()) };
    let mut result = 0;
    let enter = |guest: Guest| {
        // SAFETY: the call that enters.
        unsafe { crate::task::weldc_rt_call_lend(guest.zone, guest.call, table, index) };
        Ok(callback::YIELD)
    };
    let turn = |guest: Guest, _: [u32; 3]| {
        assert_eq!(lends(index), 1);
        guest.task_return(9).map(|()| callback::EXIT)
    };
    let args = Args { body: &enter, turn: &turn, result: &raw mut result };
    assert_eq!(world.export(EXPORT_CALLBACK, &args, null_mut()), 0);
    assert_eq!(lends(index), 0);
    let mut told = Told::new();
    told.completion.caller = (&raw const told).cast_mut().cast();
    assert_eq!(world.export(EXPORT_CALLBACK, &args, &raw mut told.completion), PENDING);
    assert_eq!(lends(index), 1);
    world.settle();
    assert_eq!((lends(index), told.statuses.borrow().len()), (0, 1));
}

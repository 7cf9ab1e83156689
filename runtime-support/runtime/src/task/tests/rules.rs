//! What calls, tasks and threads do inside of a zone.

use super::world::*;
use crate::task::scheduler;
use core::cell::{Cell, RefCell};
use std::vec::Vec;
use weldc_abi::Trap;
use weldc_abi::limits::MAX_TASKS;
use weldc_abi::task::{BLOCKED, callback, event, subtask, switch};

/// Arguments of a call whose result goes to a word that nobody looks at.
fn args<'a>(body: &'a Body<'a>, turn: &'a Loop<'a>, result: &Cell<u64>) -> Args<'a> {
    Args { body, turn, result: result.as_ptr() }
}

fn index(status: u32) -> u32 {
    status >> subtask::INDEX_SHIFT
}

fn state(status: u32) -> u32 {
    status & ((1 << subtask::INDEX_SHIFT) - 1)
}

#[test]
fn a_call_that_resolves_at_once_leaves_nothing() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| guest.task_return(42).map(|()| callback::EXIT);
    let callee = args(&body, &never, &result);
    let status = world.run(&|guest| {
        assert_eq!(guest.call(CALLBACK_ASYNC_LOWER, &callee), Ok(subtask::RETURNED));
        assert_eq!(guest.call(CALLBACK_ON_STACK, &callee), Ok(subtask::RETURNED));
        assert_eq!(guest.call(CALLBACK_SYNC_LOWER, &callee), Ok(0));
        guest.returned()
    });
    assert_eq!((status, result.get()), (0, 42));
    let counts = world.counts();
    assert_eq!((counts.calls, counts.stacks, counts.ready), (0, 0, 0));
}

#[test]
fn a_task_must_return_once_and_with_its_type() {
    for (body, trap) in [
        (&(|_: Guest| Ok(callback::EXIT)) as &Body<'_>, Trap::NoResult),
        (
            &|guest: Guest| {
                guest.task_return(1)?;
                guest.task_return(2).map(|()| callback::EXIT)
            },
            Trap::AlreadyReturned,
        ),
        (&|guest: Guest| guest.task_cancel().map(|()| callback::EXIT), Trap::NotCancelled),
        (&|_: Guest| Ok(3), Trap::UnsupportedCallback),
        (&|_: Guest| Ok(callback::WAIT | 9 << callback::CODE_BITS), Trap::UnknownHandle),
    ] {
        let (world, result) = (World::new(), Cell::new(0));
        let callee = args(body, &never, &result);
        let status = world.run(&|guest| guest.call(CALLBACK_ASYNC_LOWER, &callee));
        assert_eq!(status, trap as i32);
        assert_eq!(world.counts().calls, 0, "{trap:?}");
        assert_eq!(world.run(&|guest| guest.returned()), Trap::CannotEnter as i32);
    }
}

#[test]
fn callbacks_take_turns_under_the_exclusive_lock() {
    let (world, result) = (World::new(), Cell::new(0));
    let log = RefCell::new(Vec::new());
    let body = |_: Guest| Ok(callback::YIELD);
    let turns = Cell::new(0);
    let turn = |guest: Guest, event: [u32; 3]| {
        assert_eq!(event, [event::NONE, 0, 0]);
        turns.set(turns.get() + 1);
        log.borrow_mut().push(guest.call as usize);
        if turns.get() <= 4 {
            return Ok(callback::YIELD);
        }
        guest.task_return(1).map(|()| callback::EXIT)
    };
    let callee = args(&body, &turn, &result);
    let status = world.run(&|guest| {
        let one = guest.call(CALLBACK_ASYNC_LOWER, &callee)?;
        let other = guest.call(CALLBACK_ASYNC_LOWER, &callee)?;
        assert_eq!((state(one), state(other)), (subtask::STARTED, subtask::STARTED));
        assert_eq!(guest.await_subtask(index(one)), Ok(subtask::RETURNED));
        assert_eq!(guest.await_subtask(index(other)), Ok(subtask::RETURNED));
        guest.returned()
    });
    assert_eq!(status, 0);
    let log = log.borrow();
    assert!(log.windows(2).all(|two| two[0] != two[1]), "{log:?}");
    assert_eq!(world.counts().calls, 0);
}

/// A callee that holds the lock while it waits; others wait at the door, in order.
#[test]
fn who_wants_to_enter_waits_for_the_lock() {
    let (world, result) = (World::new(), Cell::new(0));
    let (set, entered) = (Cell::new(0), RefCell::new(Vec::new()));
    let holder = |guest: Guest| {
        guest.switch(B, switch::SUSPEND, 0)?;
        guest.returned()
    };
    let number = Cell::new(0);
    let second = |guest: Guest| {
        entered.borrow_mut().push(number.get());
        number.set(number.get() + 1);
        guest.returned()
    };
    let (first, second) = (args(&holder, &never, &result), args(&second, &never, &result));
    let status = world.run(&|guest| {
        set.set(guest.new_set(A));
        let holding = guest.call(SYNC_ASYNC_LOWER, &first)?;
        assert_eq!(state(holding), subtask::STARTED);
        let waiting: Vec<u32> =
            (0..3).map(|_| guest.call(SYNC_ASYNC_LOWER, &second).unwrap()).collect();
        assert!(waiting.iter().all(|&status| state(status) == subtask::STARTING));
        // One is cancelled before it has entered.
        let cancelled = guest.cancel(index(waiting[1]), true);
        assert_eq!(cancelled, Ok(subtask::CANCELLED_BEFORE_STARTED));
        guest.drop_subtask(index(waiting[1]))?;
        guest.resume_later(B, 1)?;
        for status in [holding, waiting[0], waiting[2]] {
            assert_eq!(guest.await_subtask(index(status)), Ok(subtask::RETURNED));
        }
        guest.drop_set(A, set.get())?;
        guest.returned()
    });
    assert_eq!((status, entered.borrow().len()), (0, 2));
    assert_eq!(world.counts().calls, 0);
}

#[test]
fn backpressure_keeps_tasks_out() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| guest.task_return(1).map(|()| 0);
    let callee = args(&body, &never, &result);
    let status = world.run(&|guest| {
        guest.backpressure(1)?;
        let calls = [STACKFUL, CALLBACK_ASYNC_LOWER, STACKFUL]
            .map(|edge| guest.call(edge, &callee).unwrap());
        assert!(calls.iter().all(|&status| state(status) == subtask::STARTING));
        guest.backpressure(-1)?;
        for status in calls {
            assert_eq!(guest.await_subtask(index(status)), Ok(subtask::RETURNED));
        }
        assert_eq!(guest.backpressure(-1), Err(Trap::BackpressureOverflow));
        guest.returned()
    });
    assert_eq!(status, 0);
    assert_eq!(world.counts().calls, 0);
}

#[test]
fn cancellation_is_delivered_in_the_event_loop() {
    let (world, result) = (World::new(), Cell::new(0));
    let set = Cell::new(0);
    let body = |guest: Guest| {
        set.set(guest.new_set(B));
        Ok(callback::WAIT | set.get() << callback::CODE_BITS)
    };
    let turn = |guest: Guest, event: [u32; 3]| {
        assert_eq!(event, [event::TASK_CANCELLED, 0, 0]);
        guest.drop_set(B, set.get())?;
        guest.task_cancel().map(|()| callback::EXIT)
    };
    let callee = args(&body, &turn, &result);
    let status = world.run(&|guest| {
        for edge in [CALLBACK_ASYNC_LOWER, CALLBACK_ON_STACK] {
            let status = guest.call(edge, &callee)?;
            let subtask = index(status);
            assert_eq!(guest.drop_subtask(subtask), Err(Trap::SubtaskUnresolved));
            assert_eq!(guest.drop_set(B, set.get()), Err(Trap::SetHasWaiters));
            let cancelled = guest.cancel(subtask, true);
            assert_eq!(cancelled, Ok(subtask::CANCELLED_BEFORE_RETURNED));
            assert_eq!(guest.cancel(subtask, true), Err(Trap::SubtaskDone));
            guest.drop_subtask(subtask)?;
        }
        guest.returned()
    });
    assert_eq!(status, 0);
    assert_eq!(world.counts().calls, 0);
}

#[test]
fn cancellation_stays_pending_while_the_task_has_frames() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| {
        guest.switch(B, switch::SUSPEND, 0)?;
        Ok(callback::YIELD)
    };
    let turn = |guest: Guest, event: [u32; 3]| {
        assert_eq!(event[0], event::TASK_CANCELLED);
        guest.task_return(3).map(|()| callback::EXIT)
    };
    let callee = args(&body, &turn, &result);
    let status = world.run(&|guest| {
        let subtask = index(guest.call(CALLBACK_ON_STACK, &callee)?);
        assert_eq!(guest.cancel(subtask, true), Ok(BLOCKED));
        assert_eq!(guest.cancel(subtask, true), Err(Trap::SubtaskCancelledTwice));
        guest.resume_later(B, 1)?;
        assert_eq!(guest.await_subtask(subtask), Ok(subtask::RETURNED));
        guest.returned()
    });
    assert_eq!((status, result.get()), (0, 3));
}

#[test]
fn a_synchronous_call_runs_its_own_instance_only() {
    let (world, result) = (World::new(), Cell::new(0));
    let suspends = |guest: Guest| {
        guest.switch(B, switch::SUSPEND, 0)?;
        guest.returned()
    };
    let yields = |guest: Guest| {
        guest.switch(B, switch::YIELD, 0)?;
        guest.returned()
    };
    let (suspends, yields) = (args(&suspends, &never, &result), args(&yields, &never, &result));
    let status = world.run(&|guest| {
        guest.call(SYNC_TYPED, &yields)?;
        guest.call(SYNC, &yields)?;
        guest.returned()
    });
    assert_eq!(status, 0);
    let status = world.run(&|guest| guest.call(SYNC_TYPED, &suspends));
    assert_eq!(status, Trap::CannotBlock as i32);
    let counts = world.counts();
    assert_eq!((counts.calls, counts.stacks), (0, 0));
}

#[test]
fn code_without_a_stack_of_its_own_cannot_block() {
    let (world, result) = (World::new(), Cell::new(0));
    let blocks = |guest: Guest| {
        assert_eq!(guest.switch(B, switch::YIELD, 0), Ok(0));
        let set = guest.new_set(B);
        let waited = guest.wait(B, set);
        assert_eq!(waited, Err(Trap::CannotBlock));
        guest.task_return(1).map(|()| callback::EXIT)
    };
    let callee = args(&blocks, &never, &result);
    let status = world.run(&|guest| {
        guest.call(CALLBACK_ASYNC_LOWER, &callee)?;
        guest.returned()
    });
    assert_eq!(status, 0);
}

#[test]
fn a_deadlock_names_who_waits() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| {
        let set = guest.new_set(B);
        Ok(callback::WAIT | set << callback::CODE_BITS)
    };
    let callee = args(&body, &never, &result);
    let status = world.run(&|guest| {
        guest.call(CALLBACK_SYNC_LOWER, &callee)?;
        guest.returned()
    });
    assert_eq!(status, Trap::Deadlock as i32);
    let message = world.message();
    let mut lines = message.lines();
    assert_eq!(
        lines.next(),
        Some("wasm trap: deadlock detected: event loop cannot make further progress")
    );
    let rest: Vec<&str> = lines.collect();
    assert!(rest.contains(&"    a:b/f! waits for a call of a:b/f!"), "{message}");
    assert!(rest.contains(&"    a:b/f! waits for an event in a waitable set"), "{message}");
}

/// Whatever order ready threads run in, all calls end and nothing is left.
#[test]
fn every_order_ends() {
    for seed in 0..200u64 {
        let (world, result) = (World::new(), Cell::new(0));
        // SAFETY: a living zone.
        unsafe { crate::task::set_schedule_seed(world.0, seed) };
        let left = Cell::new(40u32);
        let turn = |guest: Guest, _: [u32; 3]| {
            left.set(left.get().saturating_sub(1));
            if left.get() > 0 {
                return Ok(callback::YIELD);
            }
            guest.task_return(1).map(|()| callback::EXIT)
        };
        let body = |_: Guest| Ok(callback::YIELD);
        let blocks = |guest: Guest| {
            for _ in 0..3 {
                guest.switch(B, switch::YIELD, 0)?;
            }
            guest.returned()
        };
        let (callee, on_stack) = (args(&body, &turn, &result), args(&blocks, &never, &result));
        let status = world.run(&|guest| {
            let edges = [
                (CALLBACK_ASYNC_LOWER, &callee),
                (SYNC_ASYNC_LOWER, &on_stack),
                (CALLBACK_ON_STACK, &callee),
                (SYNC_ASYNC_LOWER, &on_stack),
                (CALLBACK_ASYNC_LOWER, &callee),
            ];
            let calls = edges.map(|(edge, args)| guest.call(edge, args).unwrap());
            for status in calls {
                if state(status) != subtask::RETURNED {
                    assert_eq!(guest.await_subtask(index(status)), Ok(subtask::RETURNED));
                }
            }
            guest.returned()
        });
        assert_eq!(status, 0, "seed {seed}");
        let counts = world.counts();
        assert_eq!((counts.calls, counts.stacks, counts.ready), (0, 0, 0), "seed {seed}");
    }
}

#[test]
fn a_zone_may_go_with_everything_in_it() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| {
        let set = guest.new_set(B);
        Ok(callback::WAIT | set << callback::CODE_BITS)
    };
    let blocks = |guest: Guest| {
        guest.switch(B, switch::SUSPEND, 0)?;
        guest.returned()
    };
    let (callee, on_stack) = (args(&body, &never, &result), args(&blocks, &never, &result));
    let status = world.run(&|guest| {
        for _ in 0..100 {
            guest.call(CALLBACK_ASYNC_LOWER, &callee)?;
        }
        guest.call(SYNC_ASYNC_LOWER, &on_stack)?;
        guest.call(SYNC_ASYNC_LOWER, &on_stack)?;
        guest.returned()
    });
    assert_eq!(status, 0);
    let counts = world.counts();
    assert_eq!((counts.calls, counts.stacks), (102, 1));
}

/// A zone has no room for so many that wait; its count says that it has nearly all of them.
#[test]
fn tasks_without_end_end_the_zone() {
    let (world, result) = (World::new(), Cell::new(0));
    let body = |guest: Guest| {
        let set = guest.new_set(B);
        Ok(callback::WAIT | set << callback::CODE_BITS)
    };
    let callee = args(&body, &never, &result);
    let begun = Cell::new(0);
    let status = world.run(&|guest| {
        // SAFETY: the zone lives; slabs are not counted again.
        unsafe { (*scheduler::existing(guest.zone)).slab_count += MAX_TASKS / 32 - 2 };
        loop {
            guest.call(CALLBACK_ASYNC_LOWER, &callee)?;
            begun.set(begun.get() + 1);
        }
    });
    assert_eq!(status, Trap::TooManyTasks as i32);
    // The caller is one of them, too.
    assert_eq!(begun.get(), 2 * 32 - 1);
}

//! What tasks cost: bytes, and that many who wait do not make others slower.

use super::world::*;
use crate::task::call::Call;
use core::cell::Cell;
use std::time::{Duration, Instant};
use weldc_abi::task::{callback, subtask};

#[test]
fn a_record_is_small() {
    assert!(size_of::<Call>() <= 328, "{}", size_of::<Call>());
}

/// Ticks a task that yields while many others wait; returns the time.
fn ticks(waiting: usize) -> Duration {
    let (world, result) = (World::new(), Cell::new(0));
    let set = Cell::new(0);
    let wait = |guest: Guest| {
        if set.get() == 0 {
            set.set(guest.new_set(B));
        }
        Ok(callback::WAIT | set.get() << callback::CODE_BITS)
    };
    let waits = Args { body: &wait, turn: &never, result: result.as_ptr() };
    let again = |_: Guest| Ok(callback::YIELD);
    let turn = |_: Guest, _: [u32; 3]| Ok(callback::YIELD);
    let yields = Args { body: &again, turn: &turn, result: result.as_ptr() };
    let status = world.run(&|guest| {
        for _ in 0..waiting {
            guest.call(CALLBACK_ASYNC_LOWER, &waits)?;
        }
        guest.call(CALLBACK_ASYNC_LOWER, &yields)?;
        guest.returned()
    });
    assert_eq!(status, 0);
    assert_eq!(world.counts().calls as usize, waiting + 1);
    let start = Instant::now();
    for _ in 0..20_000 {
        assert_eq!(world.tick(), 1);
    }
    start.elapsed()
}

#[test]
fn many_who_wait_make_no_tick_slower() {
    let fastest = |waiting| (0..3).map(|_| ticks(waiting)).min().unwrap();
    let (few, many) = (fastest(10), fastest(100_000));
    assert!(many < few * 5, "{few:?} with 10, {many:?} with 100,000");
}

/// How long calls take that resolve at once (`cargo test --release … -- --ignored --nocapture`).
#[test]
#[ignore]
fn measure() {
    let (world, result) = (World::new(), Cell::new(0));
    let at_once = |guest: Guest| guest.task_return(1).map(|()| callback::EXIT);
    let args = Args { body: &at_once, turn: &never, result: result.as_ptr() };
    const CALLS: u32 = 1_000_000;
    for edge in [CALLBACK_ASYNC_LOWER, CALLBACK_ON_STACK] {
        let status = world.run(&|guest| {
            let mut words = words(&args);
            let start = Instant::now();
            for _ in 0..CALLS {
                // SAFETY: a living zone, and so many words.
                let status =
                    unsafe { crate::task::weldc_rt_call(guest.zone, edge, words.as_mut_ptr()) };
                assert_eq!(status, subtask::RETURNED.into());
            }
            std::eprintln!("edge {edge}: {:?} a call", start.elapsed() / CALLS);
            guest.returned()
        });
        assert_eq!(status, 0);
    }
}

//! A host that drops calls, streams and futures half-way leaves nothing behind: no record, no stack, no end, no byte.

mod common;

use common::{Guest, for_ever, on_a_thread};
use futures::executor::block_on;
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use weldc_async::Str;

fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// Begins what a host can begin, and drops it in a different order each time.
async fn half_way(guest: &Guest, round: usize) {
    let mut calls: Vec<_> = (0..4).map(|_| guest.nap(1)).collect();
    let mut greetings = vec![guest.greet("Ada"), guest.greet("at once")];
    for call in &mut calls[round % 2..] {
        let _ = poll_once(Pin::new(call));
    }
    for greeting in &mut greetings {
        let _ = poll_once(Pin::new(greeting));
    }
    let (mut writer, reader) = guest.zone.stream::<Str>();
    let mut reader = guest.relay(reader).await;
    {
        let words = (0..5).map(|i| Str::from(&*format!("word {i}"))).collect();
        let mut write = pin!(writer.write(words));
        let _ = poll_once(write.as_mut());
        if round % 3 > 0 {
            let _ = reader.read(1 + round % 3).await;
        }
    }
    let (word, later) = guest.zone.future::<Str>();
    let mut later = guest.later(later).await;
    let mut word = word.write(Str::from("late"));
    let _ = poll_once(Pin::new(&mut later));
    if round % 2 == 0 {
        let _ = poll_once(Pin::new(&mut word));
    }
    if round % 4 == 0 {
        drop(reader);
        drop(writer);
    } else {
        drop(writer);
        drop(reader);
    }
    calls.truncate(round % 4);
    drop((greetings, word, later, calls));
}

/// Bytes that `malloc` has given out and not got back.
fn bytes() -> usize {
    // SAFETY: it only counts.
    unsafe { libc::mallinfo2() }.uordblks
}

#[test]
fn nothing_is_left_behind() {
    let rounds = |guest: &Guest| {
        for round in 0..24 {
            block_on(half_way(guest, round));
        }
        block_on(guest.driver.quiesce());
    };
    let instance = || {
        let guest = Guest::new(on_a_thread);
        rounds(&guest);
        let counts = guest.counts();
        assert_eq!((counts.calls, counts.threads, counts.stacks), (0, 0, 0));
        assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
        assert_eq!(weldc_runtime::live_ends(), 0);
        guest
    };
    let guest = instance();
    // Pools are full now: doing the same again takes no more.
    rounds(&guest);
    let before = bytes();
    for _ in 0..4 {
        rounds(&guest);
    }
    let after = bytes();
    assert!(after < before + 4096, "{before} bytes, then {after}");
    drop(guest);

    // Instances that go while everything is half-way.
    for _ in 0..2 {
        let guest = Guest::new(for_ever);
        let (mut nap, mut greeting) = (guest.nap(1), guest.greet("Ada"));
        assert!(poll_once(Pin::new(&mut nap)).is_pending());
        assert!(poll_once(Pin::new(&mut greeting)).is_pending());
        let (writer, reader) = guest.zone.stream::<Str>();
        let reader = block_on(guest.relay(reader));
        drop(guest);
        drop((nap, greeting, writer, reader));
    }
    assert_eq!(weldc_runtime::live_ends(), 0);
}

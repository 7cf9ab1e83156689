//! A host that drops calls, streams and futures half-way leaves nothing behind: no record, no stack, no end, no byte.

mod common;

use common::{Guest, for_ever};
use futures::executor::block_on;
use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use weldc_async::Str;

fn poll_once<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

/// What it is o'clock, and who waits for another time.
static CLOCK: Mutex<(u64, Vec<Waker>)> = Mutex::new((0, Vec::new()));

fn set_clock(time: u64) {
    let mut clock = CLOCK.lock().expect("no panic");
    clock.0 = time;
    let waiting: Vec<_> = clock.1.drain(..).collect();
    drop(clock);
    waiting.into_iter().for_each(Waker::wake);
}

/// Sleeps until a time. Threads would leave traces of their own in the heap.
fn until(time: u64) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    Box::pin(poll_fn(move |cx| {
        let mut clock = CLOCK.lock().expect("no panic");
        if clock.0 >= time {
            return Poll::Ready(());
        }
        clock.1.push(cx.waker().clone());
        Poll::Pending
    }))
}

/// Begins what a host can begin, and drops it in a different order each time.
async fn half_way(guest: &Guest, round: usize) {
    let mut calls: Vec<_> = (0..4).map(|_| guest.nap(1)).collect();
    let mut greetings = vec![guest.greet("Ada"), guest.greet("at once")];
    for call in &mut calls[round % 2..] {
        let _ = poll_once(Pin::new(call));
    }
    let mut lingering = guest.linger(1);
    let _ = poll_once(Pin::new(&mut lingering));
    for greeting in &mut greetings {
        let _ = poll_once(Pin::new(greeting));
    }
    let (mut writer, reader) = guest.zone.stream::<Str>();
    let mut reader = guest.relay(reader).await;
    {
        let words = (0..5).map(|i| Str::from(&*format!("word {i}"))).collect();
        let mut write = pin!(writer.write(words));
        let _ = poll_once(write.as_mut());
        if !round.is_multiple_of(3) {
            let _ = reader.read(1 + round % 3).await;
        }
    }
    let (word, later) = guest.zone.future::<Str>();
    let mut later = guest.later(later).await;
    let mut word = word.write(Str::from("late"));
    let _ = poll_once(Pin::new(&mut later));
    if round.is_multiple_of(2) {
        let _ = poll_once(Pin::new(&mut word));
    }
    if round.is_multiple_of(4) {
        drop(reader);
        drop(writer);
    } else {
        drop(writer);
        drop(reader);
    }
    calls.truncate(round % 4);
    drop((greetings, lingering, word, later, calls));
}

/// Bytes that `malloc` has given out and not got back.
fn bytes() -> usize {
    // SAFETY: it only counts.
    unsafe { libc::mallinfo2() }.uordblks
}

#[test]
fn nothing_is_left_behind() {
    let rounds = |guest: &Guest| {
        set_clock(0);
        for round in 0..24 {
            block_on(half_way(guest, round));
        }
        assert!(guest.counts().calls > 0, "all is over before it is half-way");
        set_clock(1);
        block_on(guest.driver.quiesce());
    };
    let instance = || {
        let guest = Guest::new(until);
        rounds(&guest);
        let counts = guest.counts();
        assert_eq!((counts.calls, counts.threads, counts.stacks), (0, 0, 0));
        assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
        guest
    };
    let guest = instance();
    // Once pools are full, doing the same again takes no more.
    (0..16).for_each(|_| rounds(&guest));
    let before = bytes();
    (0..16).for_each(|_| rounds(&guest));
    let after = bytes();
    assert!(after < before + 4096, "{before} bytes, then {after}");
    drop(guest);
    // An instance keeps the memory of some ends for the next ones.
    assert_eq!(weldc_runtime::live_ends(), 0);

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

    // One that a trap ends meanwhile.
    let guest = Guest::new(until);
    let mut nap = guest.nap(2);
    assert!(poll_once(Pin::new(&mut nap)).is_pending());
    let (writer, reader) = guest.zone.stream::<Str>();
    let reader = block_on(guest.relay(reader));
    assert!(block_on(guest.crash(1)).is_err() && block_on(nap).is_err());
    assert_eq!(guest.busy(), 0);
    block_on(guest.driver.quiesce());
    assert_eq!(guest.driver.pending(), (0, 0));
    drop((guest, writer, reader));
    assert_eq!(weldc_runtime::live_ends(), 0);
}

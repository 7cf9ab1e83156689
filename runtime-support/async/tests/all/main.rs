//! Calls, streams and futures under executors that know nothing of weldc.

#[path = "../common/mod.rs"]
mod common;

use common::{Guest, Sleep, for_ever};
use futures::executor::block_on;
use futures::future::{Either, join_all, select};
use futures::io::{AsyncReadExt, AsyncWriteExt};
use futures::sink::SinkExt;
use futures::stream::{self, StreamExt};
use std::cell::Cell;
use std::future::Future;
use std::pin::{Pin, pin};
use std::ptr::null_mut;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};
use weldc_abi::Trap;
use weldc_abi::task::PENDING;
use weldc_async::{Call, Closed, Completion, Driver, Ended, Str, StreamWriter, Zone};

/// Sleeps on a thread of its own, whatever the executor.
fn on_a_thread(ms: u64) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    let (sender, receiver) = futures::channel::oneshot::channel();
    std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(ms));
        let _ = sender.send(());
    });
    Box::pin(async move {
        let _ = receiver.await;
    })
}

fn by_tokio(ms: u64) -> Pin<Box<dyn Future<Output = ()> + Send>> {
    // Within a runtime when it is polled, not when it is made.
    Box::pin(async move { tokio::time::sleep(Duration::from_millis(ms)).await })
}

/// The same under each: a bare executor, tokio on one thread, tokio on several.
fn everywhere<F: Future<Output = ()> + Send + 'static>(test: fn(Sleep) -> F) {
    block_on(test(on_a_thread));
    let one = tokio::runtime::Builder::new_current_thread().enable_time().build();
    one.expect("a runtime").block_on(test(by_tokio));
    on_threads().block_on(async { tokio::spawn(test(by_tokio)).await.expect("no panic") });
}

fn on_threads() -> tokio::runtime::Runtime {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(3).enable_time().build();
    runtime.expect("a runtime")
}

fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    let mut cx = Context::from_waker(std::task::Waker::noop());
    Pin::new(future).poll(&mut cx)
}

#[test]
fn calls_run_side_by_side() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let start = Instant::now();
        let naps = join_all((0..50).map(|_| guest.nap(40))).await;
        assert!(naps.iter().all(|nap| *nap == Ok(1)), "{naps:?}");
        // One after the other they would take two seconds.
        assert!(start.elapsed() < Duration::from_millis(1500), "{:?}", start.elapsed());
        assert_eq!(guest.driver.pending(), (0, 0));
    });
}

#[test]
fn tasks_of_an_executor_share_a_zone() {
    on_threads().block_on(async {
        let guest = Guest::new(by_tokio);
        let calls: Vec<_> = (0..100).map(|i| tokio::spawn(guest.nap(i % 7))).collect();
        for call in calls {
            assert_eq!(call.await.expect("no panic"), Ok(1));
        }
        assert_eq!(guest.driver.pending(), (0, 0));
    });
}

#[test]
fn strings_go_both_ways() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        assert_eq!(&*guest.greet("Ada").await.expect("a greeting"), "Hello, Ada!");
        assert_eq!(&*guest.greet("at once").await.expect("a greeting"), "here");
        assert_eq!(
            guest.greet("nobody").await.expect_err("a failure"),
            Ended::Trapped(Trap::HostFailed)
        );
        assert!(guest.zone.message().contains("host"), "{}", guest.zone.message());
        assert_eq!(guest.nap(1).await, Err(Ended::Trapped(Trap::CannotEnter)));
    });
}

#[test]
fn a_dropped_call_is_cancelled() {
    let guest = Guest::new(for_ever);
    let mut call = guest.nap(1);
    assert!(poll_once(&mut call).is_pending());
    assert_eq!((guest.busy(), guest.driver.pending()), (1, (1, 1)));
    drop(call);
    block_on(guest.driver.quiesce());
    assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
    assert_eq!(guest.counts().calls, 0);
}

#[test]
fn what_cannot_be_cancelled_ends_later() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let mut call = guest.greet("Ada");
        assert!(poll_once(&mut call).is_pending());
        drop(call);
        guest.driver.quiesce().await;
        assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
        assert_eq!((guest.counts().calls, guest.counts().stacks), (0, 0));
    });
}

#[test]
fn a_call_that_is_never_polled_never_starts() {
    let guest = Guest::new(for_ever);
    drop(guest.nap(1));
    assert_eq!(guest.driver.pending(), (0, 0));
}

#[test]
fn a_race_cancels_who_loses() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        match select(guest.nap(60_000), guest.nap(5)).await {
            Either::Right((quick, slow)) => {
                assert_eq!(quick, Ok(1));
                drop(slow);
            }
            Either::Left(_) => panic!("a minute went by"),
        }
        guest.driver.quiesce().await;
        assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
    });
}

#[test]
fn a_task_goes_on_when_it_has_returned() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        assert_eq!(guest.linger(5).await, Ok(5));
        assert_eq!(guest.driver.pending(), (0, 1));
        guest.driver.quiesce().await;
        assert_eq!(guest.driver.pending(), (0, 0));
        assert_eq!(guest.counts().calls, 0);
    });
}

#[test]
fn a_runner_drives_what_nobody_waits_for() {
    on_threads().block_on(async {
        let guest = Guest::new(by_tokio);
        let driver = guest.driver.clone();
        let runner = tokio::spawn(async move { driver.run().await });
        assert_eq!(guest.linger(5).await, Ok(5));
        let deadline = Instant::now() + Duration::from_secs(20);
        while guest.driver.pending() != (0, 0) {
            assert!(Instant::now() < deadline, "nobody drives");
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        runner.abort();
        let _ = runner.await;
        assert_eq!(guest.nap(1).await, Ok(1));
    });
}

#[test]
fn a_trap_ends_every_call() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let (nap, crash) = futures::join!(guest.nap(60_000), guest.crash(5));
        assert_eq!(nap, Err(Ended::Trapped(Trap::Unreachable)));
        assert_eq!(crash, Err(Ended::Trapped(Trap::Unreachable)));
        assert_eq!((guest.busy(), guest.driver.pending()), (0, (0, 0)));
        assert!(guest.zone.message().contains("unreachable"), "{}", guest.zone.message());
    });
}

#[test]
fn a_deleted_instance_ends_its_calls() {
    let guest = Guest::new(for_ever);
    let (mut nap, mut greeting, new) = (guest.nap(1), guest.greet("Ada"), guest.nap(1));
    assert!(poll_once(&mut nap).is_pending() && poll_once(&mut greeting).is_pending());
    let busy = guest.busy.clone();
    let driver = guest.driver.clone();
    drop(guest);
    assert!(block_on(nap).is_err() && block_on(greeting).is_err() && block_on(new).is_err());
    block_on(driver.quiesce());
    assert_eq!((busy.load(std::sync::atomic::Ordering::SeqCst), driver.pending()), (0, (0, 0)));
}

fn words(count: usize) -> Vec<String> {
    (0..count).map(|i| format!("word {i}")).collect()
}

async fn send(mut writer: StreamWriter<Str>, count: usize) {
    let mut words = stream::iter(words(count)).map(|word| Ok(Str::from(&*word)));
    writer.send_all(&mut words).await.expect("a reader");
    writer.close().await.expect("a reader");
}

#[test]
fn streams_go_through_a_component() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let (writer, reader) = guest.zone.stream::<Str>();
        let reader = guest.relay(reader).await;
        let ((), read) = futures::join!(
            send(writer, 3000),
            reader.map(|word| word.to_string()).collect::<Vec<_>>()
        );
        assert_eq!(read, words(3000));
        guest.driver.quiesce().await;
        assert_eq!(guest.counts().calls, 0);
    });
}

#[test]
fn a_reader_that_goes_closes_the_stream() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let (mut writer, reader) = guest.zone.stream::<Str>();
        let mut reader = guest.relay(reader).await;
        let items = words(10).iter().map(|word| Str::from(&**word)).collect();
        let (written, read) = futures::join!(writer.write(items), async {
            let first = reader.next().await.expect("a word").to_string();
            drop(reader);
            first
        });
        assert_eq!((written, &*read), (Err(Closed), "word 0"));
        assert_eq!(writer.send(Str::from("more")).await, Err(Closed));
    });
}

#[test]
fn an_operation_that_is_dropped_loses_nothing() {
    let guest = Guest::new(for_ever);
    let (mut writer, mut reader) = guest.zone.stream::<Str>();
    {
        let mut read = pin!(reader.read(4));
        assert!(poll_once(&mut read).is_pending());
    }
    block_on(writer.write(vec![Str::from("a"), Str::from("b")])).expect("a reader");
    assert_eq!(block_on(reader.read(1)).len(), 1);
    let rest = block_on(reader.read(9));
    assert_eq!((rest.len(), &*rest[0]), (1, "b"));
    {
        let mut write = pin!(writer.write(vec![Str::from("c")]));
        assert!(poll_once(&mut write).is_pending());
    }
    assert_eq!(&*block_on(reader.next()).expect("a word"), "c");
    drop(writer);
    assert!(block_on(reader.next()).is_none());
}

#[test]
fn bytes_are_read_and_written() {
    let guest = Guest::new(for_ever);
    let (mut writer, mut reader) = guest.zone.stream::<u8>();
    let text: Vec<u8> = (0..100_000u32).map(|i| i as u8).collect();
    let mut read = Vec::new();
    block_on(async {
        let write = async {
            writer.write_all(&text).await.expect("a reader");
            AsyncWriteExt::close(&mut writer).await.expect("a reader");
        };
        futures::join!(write, async { reader.read_to_end(&mut read).await.expect("bytes") });
    });
    assert!(read == text);
}

#[test]
fn futures_go_through_a_component() {
    everywhere(|sleep| async move {
        let guest = Guest::new(sleep);
        let (writer, reader) = guest.zone.future::<Str>();
        let reader = guest.later(reader).await;
        let (written, read) = futures::join!(writer.write(Str::from("late")), reader);
        assert_eq!(written, Ok(()));
        assert_eq!(&*read.expect("a word"), "late");
        guest.driver.quiesce().await;
        assert_eq!(guest.counts().calls, 0);
    });
}

#[test]
fn zones_of_one_driver_share_streams() {
    everywhere(|sleep| async move {
        let driver = Driver::new();
        let (one, other) = (Guest::with(driver.clone(), sleep), Guest::with(driver, sleep));
        let (writer, reader) = one.zone.stream::<Str>();
        let reader = other.relay(one.relay(reader).await).await;
        let ((), read) = futures::join!(send(writer, 100), reader.collect::<Vec<_>>());
        assert_eq!(read.len(), 100);
    });
}

#[test]
fn what_can_be_sent_is_send() {
    fn send<T: Send>() {}
    fn sync<T: Send + Sync>() {}
    sync::<Driver>();
    sync::<Zone>();
    send::<Call<Str>>();
    send::<StreamWriter<Str>>();
    send::<weldc_async::StreamReader<Str>>();
    send::<weldc_async::FutureReader<Str>>();
    send::<weldc_async::FutureWrite<Str>>();
}

#[test]
fn an_import_may_stay_on_its_thread() {
    unsafe extern "C" fn done(completion: *mut Completion, status: i32) {
        // SAFETY: the completion of the call below, whose caller is the cell.
        unsafe { (*(*completion).caller.cast::<Cell<i32>>()).set(status) }
    }
    let (driver, status) = (Driver::new(), Cell::new(i32::MIN));
    let mut completion = Completion {
        done: Some(done),
        caller: (&raw const status).cast_mut().cast(),
        cancel: None,
        callee: null_mut(),
    };
    let mut result = 0;
    let counter = Rc::new(Cell::new(20));
    let counted = counter.clone();
    let work = async move {
        counted.set(counted.get() + 1);
        yield_now().await;
        counted.set(counted.get() * 2);
        Ok(counted.get())
    };
    // SAFETY: both stay here until the call has ended, and nothing of the driver leaves this thread.
    let started = unsafe { driver.import_local(&raw mut result, &raw mut completion, work) };
    assert_eq!((started, status.get(), driver.pending()), (PENDING, i32::MIN, (0, 1)));
    block_on(driver.quiesce());
    assert_eq!((result, status.get(), Rc::strong_count(&counter)), (42, 0, 1));
    assert_eq!(driver.pending(), (0, 0));
}

/// Pending once.
async fn yield_now() {
    let mut has_yielded = false;
    std::future::poll_fn(|cx| {
        if std::mem::replace(&mut has_yielded, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

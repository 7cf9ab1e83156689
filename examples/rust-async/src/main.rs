//! A component with asynchronous functions in a Rust program: once on a bare executor, once on tokio.
//!
//! Nothing here is weldc's but the crate `weldc-async`; src/watch.rs is what a component's functions look like with it.

mod watch;

use futures::channel::oneshot;
use futures::io::AsyncWriteExt;
use futures::{FutureExt, StreamExt, join, select_biased};
use std::time::Duration;
use watch::Watch;
use weldc_async::Ended;

async fn use_it(watch: &Watch) -> Result<(), Ended> {
    // Calls run side by side, on one thread.
    let (short, long) = join!(watch.nap(10), watch.nap(30));
    println!("naps: {} and {}", short?, long?);

    // A call that is dropped is cancelled, and with it the future that it waits for.
    select_biased! {
        _ = watch.nap(1_000_000).fuse() => unreachable!(),
        nap = watch.nap(5).fuse() => println!("the shorter nap: {}", nap?),
    }

    // A stream from the component.
    let mut beats = watch.beats(3, 5).await?;
    while let Some(beat) = beats.next().await {
        println!("beat {beat}");
    }

    // A stream to the component.
    let (mut text, lines) = watch.lines();
    let write = async move {
        let poem = b"Tick, says the clock,\ntick, tick.\nWhat you have to do,\ndo quick.\n";
        text.write_all(poem).await.expect("the component reads all of it");
        // What is dropped without having been closed or flushed may lose what was written last.
        text.close().await.expect("it has read all of it");
    };
    let (lines, ()) = join!(lines, write);
    println!("lines: {}", lines?);
    Ok(())
}

fn main() -> Result<(), Ended> {
    println!("a bare executor:");
    let watch = Watch::new(|ms| {
        let (wake, woken) = oneshot::channel::<()>();
        std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(ms.into()));
            drop(wake);
        });
        Box::pin(woken.map(|_| ()))
    });
    futures::executor::block_on(use_it(&watch))?;

    println!("tokio:");
    let watch = Watch::new(|ms| {
        Box::pin(async move { tokio::time::sleep(Duration::from_millis(ms.into())).await })
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build();
    runtime.expect("a runtime").block_on(use_it(&watch))
}

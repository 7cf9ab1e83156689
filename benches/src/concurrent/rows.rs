//! The rows: what is done, what the machine needs for it at least, and what is to be reached.

use super::guests::{Callee, LARGE, Reader, SMALL};
use super::{FromHost, Guest};
use crate::edges::native::Limit;
use crate::grid::{self, Reach};

/// What is measured.
pub type Row = grid::Row<Work>;

/// What a row does once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    /// One round of the loop that a guest exports under this name.
    Loop(Guest, &'static str),
    /// A call of the host's.
    Call(FromHost),
}

impl grid::Work for Work {}

/// How many tasks wait at once.
pub const CROWD: u32 = 100_000;

const fn timed(name: &'static str, work: Work, count: u32, to_reach: f64) -> Row {
    Row { name, work, count, limit: Limit::Call, reach: Reach::Time(to_reach), theirs: None }
}

/// What wasmtime needed on the machine of the issue, in nanoseconds.
const fn there(theirs: f64, row: Row) -> Row {
    Row { theirs: Some(theirs), ..row }
}

const fn stream(name: &'static str, reader: Reader, size: usize, to_reach: f64) -> Row {
    let (function, count) = match reader {
        Reader::Callback => ("async", if size == SMALL { 5_000 } else { 500 }),
        Reader::Sync => ("sync", if size == SMALL { 5_000 } else { 500 }),
    };
    let work = Loop(Guest::Stream(reader, size), function);
    Row { limit: Limit::Copy(size), ..timed(name, work, count, to_reach) }
}

use FromHost::{Add, Start, Wait};
use Guest::{Calls, Host};
use Work::{Call, Loop};

const PLAIN: Guest = Guest::Add { concurrent: false };
const CONCURRENT: Guest = Guest::Add { concurrent: true };

pub const ROWS: &[Row] = &[
    there(
        1_400.0,
        timed(
            "callee with callback, resolves at once",
            Loop(Calls(Callee::Callback), "async"),
            5_000,
            20.0,
        ),
    ),
    timed("… lowered synchronously", Loop(Calls(Callee::Callback), "sync"), 5_000, 20.0),
    timed("stackful callee, resolves at once", Loop(Calls(Callee::Stackful), "async"), 5_000, 20.0),
    timed("… lowered synchronously", Loop(Calls(Callee::Stackful), "sync"), 5_000, 20.0),
    timed("callee lifted synchronously", Loop(Calls(Callee::Sync), "async"), 5_000, 20.0),
    timed("… lowered synchronously", Loop(Calls(Callee::Sync), "sync"), 5_000, 20.0),
    there(
        2_400.0,
        timed(
            "callee with callback, yields once",
            Loop(Calls(Callee::Yields), "async"),
            2_000,
            100.0,
        ),
    ),
    timed("… lowered synchronously", Loop(Calls(Callee::Yields), "sync"), 2_000, 100.0),
    there(190.0, timed("component → host, ready", Loop(Host, "async"), 5_000, 20.0)),
    timed("… lowered synchronously", Loop(Host, "sync"), 5_000, 20.0),
    there(850.0, timed("host → component, resolves at once", Call(Wait("resolve")), 2_000, 30.0)),
    timed("… started", Call(Start("resolve")), 2_000, 30.0),
    timed("… lifted synchronously", Call(Wait("resolve-sync")), 2_000, 30.0),
    timed("… … started", Call(Start("resolve-sync")), 2_000, 30.0),
    there(350.0, timed("thread.yield, alone", Loop(Guest::Threads, "yield"), 5_000, 15.0)),
    timed("thread.yield, two threads", Loop(Guest::Threads, "yield-two"), 5_000, 15.0),
    there(280.0, timed("thread.suspend-then-resume", Loop(Guest::Threads, "switch"), 5_000, 15.0)),
    there(640.0, stream("stream, 1 B, reader with callback", Reader::Callback, SMALL, 60.0)),
    stream("… both synchronous", Reader::Sync, SMALL, 60.0),
    there(1_200.0, stream("stream, 64 KiB, reader with callback", Reader::Callback, LARGE, 650.0)),
    stream("… both synchronous", Reader::Sync, LARGE, 650.0),
    there(
        2_900.0,
        timed("future: new, passed, written, read", Loop(Guest::Future, "future"), 2_000, 150.0),
    ),
    timed("synchronous add, no async around", Loop(PLAIN, "loop"), 20_000, 1.5),
    there(5.4, timed("… in components that use async", Loop(CONCURRENT, "loop"), 20_000, 1.5)),
    timed("host → add, no async around", Call(Add(PLAIN)), 5_000, 5.0),
    there(340.0, timed("… in a component that uses async", Call(Add(CONCURRENT)), 5_000, 5.0)),
    timed("a task that will wait: started", Loop(Guest::Future, "start"), CROWD, 200.0),
    timed("… woken, of 100,000", Loop(Guest::Future, "wake"), CROWD, 200.0),
];

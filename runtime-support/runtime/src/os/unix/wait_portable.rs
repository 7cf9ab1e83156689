//! Waiting for a word of memory where there are no futexes: a zone runs on one thread, so nobody wakes it,
//! and a wait is a sleep.

use crate::os::Waited;
use core::sync::atomic::{AtomicU32, Ordering};

/// Sleeps for `nanoseconds` if the word has the value `expected`; without them for ever.
pub fn wait_on(word: &AtomicU32, expected: u32, nanoseconds: Option<u64>) -> Waited {
    const SECOND: u64 = 1_000_000_000;
    if word.load(Ordering::SeqCst) != expected {
        return Waited::Otherwise;
    }
    let Some(nanoseconds) = nanoseconds else {
        loop {
            // SAFETY: no conditions.
            unsafe { libc::pause() };
        }
    };
    let mut left = libc::timespec {
        tv_sec: (nanoseconds / SECOND) as libc::time_t,
        tv_nsec: (nanoseconds % SECOND) as libc::c_long,
    };
    let time: *mut libc::timespec = &mut left;
    // A signal interrupts the sleep; what is left of it is stored.
    // SAFETY: both are the same valid time, which the function allows.
    while unsafe { libc::nanosleep(time, time) } != 0 {}
    Waited::TimedOut
}

/// Nobody waits.
pub fn wake(_word: &AtomicU32, _most: u32) -> u32 {
    0
}

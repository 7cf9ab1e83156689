//! Waiting for a word of memory: a futex on the word itself, without `FUTEX_PRIVATE_FLAG`, so that it
//! works between threads, and between processes once they share a memory.

use crate::os::Waited;
use core::sync::atomic::AtomicU32;

const ANY: u32 = u32::MAX;

/// Waits until somebody wakes the word's waiters, if it has the value `expected`; at most `nanoseconds`.
pub fn wait_on(word: &AtomicU32, expected: u32, nanoseconds: Option<u64>) -> Waited {
    // A point in time, so that a wait that a signal interrupts does not begin anew.
    let end = nanoseconds.map(|duration| after(now(), duration));
    let end = end.as_ref().map_or(core::ptr::null(), |end| end as *const libc::timespec);
    loop {
        let operation = libc::FUTEX_WAIT_BITSET;
        let none = core::ptr::null::<u32>();
        // SAFETY: the word and the time, if there is one, are readable.
        let status = unsafe {
            libc::syscall(libc::SYS_futex, word.as_ptr(), operation, expected, end, none, ANY)
        };
        if status == 0 {
            return Waited::Woken;
        }
        match error() {
            libc::EAGAIN => return Waited::Otherwise,
            libc::ETIMEDOUT => return Waited::TimedOut,
            libc::EINTR => {}
            _ => crate::os::abort("the system cannot wait"),
        }
    }
}

/// Wakes at most `most` of those who wait for the word, and returns how many.
pub fn wake(word: &AtomicU32, most: u32) -> u32 {
    // The kernel takes a signed number, and wakes one even for 0.
    let most = most.min(i32::MAX as u32);
    if most == 0 {
        return 0;
    }
    // SAFETY: the word is only an address here.
    let woken = unsafe { libc::syscall(libc::SYS_futex, word.as_ptr(), libc::FUTEX_WAKE, most) };
    u32::try_from(woken).unwrap_or(0)
}

fn now() -> libc::timespec {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    // SAFETY: the time is written; the clock exists.
    unsafe { libc::clock_gettime(libc::CLOCK_MONOTONIC, &mut time) };
    time
}

fn after(start: libc::timespec, nanoseconds: u64) -> libc::timespec {
    const SECOND: u64 = 1_000_000_000;
    // Below 2⁶⁴ ns is below 2³⁵ s.
    let fraction = start.tv_nsec as u64 + nanoseconds % SECOND;
    let seconds = nanoseconds / SECOND + fraction / SECOND;
    libc::timespec {
        tv_sec: start.tv_sec.saturating_add(seconds as libc::time_t),
        tv_nsec: (fraction % SECOND) as libc::c_long,
    }
}

fn error() -> i32 {
    // SAFETY: the thread's own.
    unsafe { *libc::__errno_location() }
}

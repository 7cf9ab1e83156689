//! `memory.atomic.wait32`, `wait64` and `notify`.
//!
//! On entry: generated code has checked that the address lies in the memory, is aligned, and, for a wait,
//! that the memory is shared. A zone runs on one thread at a time and shares its memories with nobody, so
//! today nobody can end a wait: it lasts as long as its timeout, and without one for ever, which is what
//! the guest asked for. `notify` finds nobody.
//!
//! The waiting itself is the system's, on the address, so it will hold between threads. One thing will not:
//! `wait64` waits on the low half. That wakes no one wrongly, but a notification that follows a change of
//! the high half alone, between the comparison here and the system's, would be missed.

use crate::os::{self, Waited};
use core::sync::atomic::{AtomicU32, AtomicU64, Ordering};

/// # Safety
/// Four aligned bytes of a living zone's memory are at `address`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_atomic_wait32(
    address: *mut u32,
    expected: u32,
    timeout: i64,
) -> u32 {
    // SAFETY: the caller's; guests change it, if at all at the same time, atomically.
    let word = unsafe { AtomicU32::from_ptr(address) };
    code(os::wait_on(word, expected, limit(timeout)))
}

/// # Safety
/// Eight aligned bytes of a living zone's memory are at `address`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_atomic_wait64(
    address: *mut u64,
    expected: u64,
    timeout: i64,
) -> u32 {
    // SAFETY: as above.
    let whole = unsafe { AtomicU64::from_ptr(address) };
    if whole.load(Ordering::SeqCst) != expected {
        return code(Waited::Otherwise);
    }
    // SAFETY: the first half of the same bytes, which is the low one: targets are little-endian.
    let low = unsafe { AtomicU32::from_ptr(address.cast()) };
    code(os::wait_on(low, expected as u32, limit(timeout)))
}

/// # Safety
/// Four aligned bytes of a living zone's memory are at `address`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn weldc_rt_atomic_notify(address: *mut u32, most: u32) -> u32 {
    // SAFETY: the caller's.
    os::wake(unsafe { AtomicU32::from_ptr(address) }, most)
}

/// A negative timeout is none.
fn limit(timeout: i64) -> Option<u64> {
    u64::try_from(timeout).ok()
}

/// What the instructions give.
fn code(waited: Waited) -> u32 {
    match waited {
        Waited::Woken => 0,
        Waited::Otherwise => 1,
        Waited::TimedOut => 2,
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    const SHORT: i64 = 20_000_000;

    fn wait32(word: &AtomicU32, expected: u32, timeout: i64) -> u32 {
        // SAFETY: a word.
        unsafe { weldc_rt_atomic_wait32(word.as_ptr(), expected, timeout) }
    }

    fn wait64(word: &AtomicU64, expected: u64, timeout: i64) -> u32 {
        // SAFETY: a word.
        unsafe { weldc_rt_atomic_wait64(word.as_ptr(), expected, timeout) }
    }

    #[test]
    fn another_value_does_not_wait() {
        assert_eq!(wait32(&AtomicU32::new(5), 6, -1), 1);
        for other in [6, 5 | 1 << 32] {
            assert_eq!(wait64(&AtomicU64::new(5), other, -1), 1);
        }
    }

    #[test]
    fn a_wait_lasts_as_long_as_its_timeout() {
        let start = Instant::now();
        assert_eq!(wait32(&AtomicU32::new(5), 5, SHORT), 2);
        assert_eq!(wait64(&AtomicU64::new(u64::MAX), u64::MAX, SHORT), 2);
        assert!(start.elapsed() >= 2 * Duration::from_nanos(SHORT as u64));
        assert_eq!(wait32(&AtomicU32::new(5), 5, 0), 2);
    }

    #[test]
    fn nobody_is_notified() {
        let word = AtomicU32::new(0);
        for most in [0, 1, u32::MAX] {
            // SAFETY: a word.
            assert_eq!(unsafe { weldc_rt_atomic_notify(word.as_ptr(), most) }, 0);
        }
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_notification_ends_waits_of_other_threads() {
        let word = AtomicU64::new(7);
        std::thread::scope(|scope| {
            // SAFETY: the low half.
            let low = unsafe { AtomicU32::from_ptr(word.as_ptr().cast()) };
            let waiters =
                [scope.spawn(|| wait64(&word, 7, -1)), scope.spawn(|| wait32(low, 7, i64::MAX))];
            let mut woken = 0;
            while woken < 2 {
                // SAFETY: the low half.
                woken += unsafe { weldc_rt_atomic_notify(word.as_ptr().cast(), 1) };
                std::thread::yield_now();
            }
            assert_eq!(woken, 2);
            assert_eq!(waiters.map(|waiter| waiter.join().unwrap()), [0, 0]);
        });
    }
}

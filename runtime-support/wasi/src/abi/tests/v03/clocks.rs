//! Timers, and the clocks as 0.3 has them.

use super::super::super::completion::Completion;
use super::super::super::v03::clocks::*;
use super::*;
use crate::clocks::{Instant, monotonic_now};
use weldc_abi::task::{CANCELLED, completion};

/// A caller that may have to wait.
#[repr(C)]
struct Caller {
    completion: [*mut c_void; 4],
    status: Cell<Option<i32>>,
}

unsafe extern "C" fn told(completion: *mut Caller, status: i32) {
    let before = unsafe { (*completion).status.replace(Some(status)) };
    assert_eq!(before, None);
}

impl Caller {
    fn new() -> Box<Caller> {
        let mut completion = [null_mut(); 4];
        completion[completion::DONE as usize / 8] = told as *mut c_void;
        Box::new(Caller { completion, status: Cell::new(None) })
    }

    fn start(&mut self, wasi: *mut c_void, nanoseconds: u64) -> i32 {
        let completion = (&raw mut *self).cast::<Completion>();
        unsafe { weldc_wasi3_clocks_monotonic_clock_wait_for(wasi, nanoseconds, completion) }
    }

    fn cancel(&mut self) {
        let cancel = self.completion[completion::CANCEL as usize / 8];
        let cancel: unsafe extern "C" fn(*mut Caller) = unsafe { std::mem::transmute(cancel) };
        unsafe { cancel(self) };
    }
}

const MILLISECOND: u64 = 1_000_000;

#[test]
fn timers_go_off_in_their_order() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let (mut late, mut early) = (Caller::new(), Caller::new());
    let begun = monotonic_now();
    assert_eq!(late.start(wasi, 30 * MILLISECOND), PENDING);
    assert_eq!(early.start(wasi, 10 * MILLISECOND), PENDING);
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 0) }, 1);
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 0);
    assert_eq!((early.status.get(), late.status.get()), (Some(0), None));
    assert!(monotonic_now() - begun >= 10 * MILLISECOND);
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 0);
    assert_eq!(late.status.get(), Some(0));
    assert!(monotonic_now() - begun >= 30 * MILLISECOND);
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 1);
}

#[test]
fn what_has_passed_is_not_waited_for() {
    let mut guest = Guest::new();
    let mut caller = Caller::new();
    assert_eq!(caller.start(guest.wasi(), 0), 0);
    let completion = (&raw mut *caller).cast::<Completion>();
    let status =
        unsafe { weldc_wasi3_clocks_monotonic_clock_wait_until(guest.wasi(), 1, completion) };
    assert_eq!((status, caller.status.get()), (0, None));
    // Nobody could be told.
    let status =
        unsafe { weldc_wasi3_clocks_monotonic_clock_wait_until(guest.wasi(), 1, null_mut()) };
    assert_eq!(status, FAILED);
}

#[test]
fn a_timer_that_is_cancelled_does_not_go_off() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let (mut one, mut other) = (Caller::new(), Caller::new());
    assert_eq!(one.start(wasi, u64::MAX), PENDING);
    assert_eq!(other.start(wasi, u64::MAX), PENDING);
    other.cancel();
    assert_eq!((one.status.get(), other.status.get()), (None, Some(CANCELLED)));
    one.cancel();
    assert_eq!(one.status.get(), Some(CANCELLED));
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 1) }, 1);
}

#[test]
fn a_host_that_polls_learns_when_it_is_time() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let mut timeout = -1;
    let ask = |timeout: &mut i32| unsafe { weldc_wasi_pollfds(wasi, null_mut(), 0, timeout) };
    assert_eq!((ask(&mut timeout), timeout), (0, -1));
    let mut caller = Caller::new();
    assert_eq!(caller.start(wasi, 30 * MILLISECOND), PENDING);
    assert_eq!(ask(&mut timeout), 0);
    assert!((1..=30).contains(&timeout), "{timeout}");
    // The host's own time comes first.
    timeout = 0;
    assert_eq!((ask(&mut timeout), timeout), (0, 0));
    std::thread::sleep(std::time::Duration::from_millis(31));
    timeout = -1;
    assert_eq!((ask(&mut timeout), timeout), (0, 0));
    assert_eq!(unsafe { weldc_wasi_idle(wasi, 0) }, 0);
    assert_eq!(caller.status.get(), Some(0));
    let mut timeout = -1;
    assert_eq!((ask(&mut timeout), timeout), (0, -1));
}

#[test]
fn the_system_clock_goes() {
    let mut guest = Guest::new();
    let wasi = guest.wasi();
    let now: Instant = value(|out| unsafe { weldc_wasi3_clocks_system_clock_now(wasi, out) });
    assert!(now.seconds > 1_700_000_000 && now.nanoseconds < 1_000_000_000);
    let resolution =
        value(|out| unsafe { weldc_wasi3_clocks_system_clock_get_resolution(wasi, out) });
    assert!(resolution > 0);
}

//! `wasi:clocks`: the system's clocks as they are, and UTC as the only time zone.

use crate::abi::completion::{Begun, Waiter};
use crate::io::Pollable;
use crate::state::{Stop, Wasi};
use crate::table::Handle;
use rustix::time::{ClockId, Timespec, clock_getres, clock_gettime};

/// Seconds since 1970-01-01T00:00:00Z, as `wall-clock` has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Datetime {
    pub(crate) seconds: u64,
    pub(crate) nanoseconds: u32,
}

/// The same, as `system-clock` has it: the nanoseconds are added, also to what is before 1970.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(C)]
pub(crate) struct Instant {
    pub(crate) seconds: i64,
    pub(crate) nanoseconds: u32,
}

impl Instant {
    /// `None` if the system says something strange.
    pub(crate) fn new(seconds: i64, nanoseconds: i64) -> Option<Instant> {
        Some(Instant { seconds, nanoseconds: u32::try_from(nanoseconds).ok()? })
    }

    fn of(time: Timespec) -> Result<Instant, Stop> {
        #[allow(clippy::unnecessary_cast)] // The width depends on the platform.
        Instant::new(time.tv_sec, time.tv_nsec as i64).ok_or(Stop::Failed("the clock is broken"))
    }

    /// `None` before 1970, which a `datetime` cannot express.
    pub(crate) fn datetime(self) -> Option<Datetime> {
        let seconds = u64::try_from(self.seconds).ok()?;
        Some(Datetime { seconds, nanoseconds: self.nanoseconds })
    }
}

const BEFORE_1970: Stop = Stop::Failed("the clock is before 1970");

/// `timezone-display`
pub(crate) struct TimezoneDisplay {
    pub(crate) utc_offset: i32,
    pub(crate) name: String,
    pub(crate) in_daylight_saving_time: bool,
}

/// Nanoseconds of the monotonic clock.
pub(crate) fn monotonic_now() -> u64 {
    nanoseconds(clock_gettime(ClockId::Monotonic))
}

/// Saturates after 584 years of uptime.
fn nanoseconds(time: Timespec) -> u64 {
    (time.tv_sec as u64).saturating_mul(1_000_000_000).saturating_add(time.tv_nsec as u64)
}

impl Wasi {
    pub(crate) fn monotonic_now(&mut self) -> u64 {
        monotonic_now()
    }

    pub(crate) fn monotonic_resolution(&mut self) -> u64 {
        nanoseconds(clock_getres(ClockId::Monotonic))
    }

    pub(crate) fn subscribe_instant(&mut self, when: u64) -> Handle<Pollable> {
        self.pollables.insert(Pollable::At(when))
    }

    pub(crate) fn subscribe_duration(&mut self, duration: u64) -> Handle<Pollable> {
        self.pollables.insert(Pollable::At(monotonic_now().saturating_add(duration)))
    }

    pub(crate) fn wall_now(&mut self) -> Result<Datetime, Stop> {
        self.system_now()?.datetime().ok_or(BEFORE_1970)
    }

    pub(crate) fn wall_resolution(&mut self) -> Result<Datetime, Stop> {
        Instant::of(clock_getres(ClockId::Realtime))?.datetime().ok_or(BEFORE_1970)
    }

    pub(crate) fn system_now(&mut self) -> Result<Instant, Stop> {
        Instant::of(clock_gettime(ClockId::Realtime))
    }

    pub(crate) fn system_resolution(&mut self) -> u64 {
        nanoseconds(clock_getres(ClockId::Realtime))
    }

    pub(crate) fn wait_until(&mut self, when: u64, waiter: Waiter) -> Result<Begun, Stop> {
        if when <= monotonic_now() {
            return Ok(Begun::Done);
        }
        self.waiting.add_timer(when, waiter);
        Ok(Begun::Pending)
    }

    pub(crate) fn wait_for(&mut self, duration: u64, waiter: Waiter) -> Result<Begun, Stop> {
        self.wait_until(monotonic_now().saturating_add(duration), waiter)
    }

    pub(crate) fn timezone_id(&mut self) -> Option<String> {
        Some("UTC".to_string())
    }

    pub(crate) fn timezone_to_debug_string(&mut self) -> String {
        "UTC".to_string()
    }

    pub(crate) fn timezone_offset(&mut self, _when: Instant) -> Option<i64> {
        Some(0)
    }

    pub(crate) fn timezone_display(&mut self, _when: Datetime) -> TimezoneDisplay {
        TimezoneDisplay { utc_offset: 0, name: "UTC".to_string(), in_daylight_saving_time: false }
    }

    pub(crate) fn timezone_utc_offset(&mut self, _when: Datetime) -> i32 {
        0
    }
}

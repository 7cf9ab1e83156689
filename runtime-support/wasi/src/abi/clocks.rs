//! `wasi:clocks`

use super::call::functions;
use super::memory;
use super::values::{Lower, Param, Str, lowered_as_it_is};
use super::wit::{signature, wit};
use crate::clocks::{Datetime, TimezoneDisplay};
use crate::io::Pollable;
use crate::state::{Stop, Wasi};
use crate::table::Handle;

lowered_as_it_is!(Datetime);

impl Param for Datetime {
    type Raw = *const Datetime;
    type Value<'a> = Datetime;

    unsafe fn lift<'a>(raw: *const Datetime) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        Ok(unsafe { *raw })
    }
}

#[derive(Clone, Copy)]
#[repr(C)]
pub struct RawTimezoneDisplay {
    utc_offset: i32,
    pub(super) name: Str,
    in_daylight_saving_time: bool,
}

impl Lower for TimezoneDisplay {
    type Raw = RawTimezoneDisplay;

    fn lower(self, _: &mut Wasi) -> Result<RawTimezoneDisplay, Stop> {
        Ok(RawTimezoneDisplay {
            utc_offset: self.utc_offset,
            name: memory::string(&self.name)?,
            in_daylight_saving_time: self.in_daylight_saving_time,
        })
    }
}

functions! {
    "wasi:clocks/monotonic-clock" @ Both {
        "now" weldc_wasi_clocks_monotonic_clock_now() -> u64
            = monotonic_now, signature!(=> "u64");
    }
    "wasi:clocks/monotonic-clock" @ V02 {
        "resolution" weldc_wasi_clocks_monotonic_clock_resolution() -> u64
            = monotonic_resolution, signature!(=> "u64");
        "subscribe-instant" weldc_wasi_clocks_monotonic_clock_subscribe_instant(when: u64)
            -> Handle<Pollable> = subscribe_instant, signature!("u64" => wit!(own pollable));
        "subscribe-duration" weldc_wasi_clocks_monotonic_clock_subscribe_duration(duration: u64)
            -> Handle<Pollable> = subscribe_duration, signature!("u64" => wit!(own pollable));
    }
    "wasi:clocks/wall-clock" @ V02 {
        "now" weldc_wasi_clocks_wall_clock_now() -> Result<Datetime, Stop>
            = wall_now, signature!(=> wit!(datetime));
        "resolution" weldc_wasi_clocks_wall_clock_resolution() -> Result<Datetime, Stop>
            = wall_resolution, signature!(=> wit!(datetime));
    }
    "wasi:clocks/timezone" @ V02 {
        "display" weldc_wasi_clocks_timezone_display(when: Datetime) -> TimezoneDisplay
            = timezone_display, signature!(
                wit!(datetime) => "record{utc-offset: s32, name: string, in-daylight-saving-time: bool}"
            );
        "utc-offset" weldc_wasi_clocks_timezone_utc_offset(when: Datetime) -> i32
            = timezone_utc_offset, signature!(wit!(datetime) => "s32");
    }
}

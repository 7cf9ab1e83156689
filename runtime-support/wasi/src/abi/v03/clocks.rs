//! `wasi:clocks`

use super::super::call::functions;
use super::super::values::Lower;
use super::super::values::{Param, lowered_as_it_is};
use super::super::wit::signature;
use super::wit::wit03;
use crate::clocks::Instant;
use crate::state::{Stop, Wasi};

lowered_as_it_is!(Instant);

impl Param for Instant {
    type Raw = *const Instant;
    type Value<'a> = Instant;

    unsafe fn lift<'a>(raw: *const Instant) -> Result<Self::Value<'a>, Stop> {
        // SAFETY: as the caller promises.
        Ok(unsafe { *raw })
    }
}

functions! {
    "wasi:clocks/monotonic-clock" @ V03 {
        "get-resolution" weldc_wasi3_clocks_monotonic_clock_get_resolution() -> u64
            = monotonic_resolution, signature!(=> "u64");
        "wait-until" [waits] weldc_wasi3_clocks_monotonic_clock_wait_until(when: u64)
            = wait_until, signature!("u64");
        "wait-for" [waits] weldc_wasi3_clocks_monotonic_clock_wait_for(how_long: u64)
            = wait_for, signature!("u64");
    }
    "wasi:clocks/system-clock" @ V03 {
        "now" weldc_wasi3_clocks_system_clock_now() -> Result<Instant, Stop>
            = system_now, signature!(=> wit03!(instant));
        "get-resolution" weldc_wasi3_clocks_system_clock_get_resolution() -> u64
            = system_resolution, signature!(=> "u64");
    }
    "wasi:clocks/timezone" @ V03 {
        "iana-id" weldc_wasi3_clocks_timezone_iana_id() -> Option<String>
            = timezone_id, signature!(=> "option<string>");
        "utc-offset" weldc_wasi3_clocks_timezone_utc_offset(when: Instant) -> Option<i64>
            = timezone_offset, signature!(wit03!(instant) => "option<s64>");
        "to-debug-string" weldc_wasi3_clocks_timezone_to_debug_string() -> String
            = timezone_to_debug_string, signature!(=> "string");
    }
}

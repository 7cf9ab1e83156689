//! Setting timestamps.

use super::{Descriptor, ErrorCode, FsResult, PathFlags};
use crate::clocks::Instant;
use crate::state::Wasi;
use crate::table::Handle;
use cap_fs_ext::{DirExt, SystemTimeSpec};
use cap_std::time::SystemTime;
use rustix::fs::{Timespec, Timestamps, UTIME_NOW, UTIME_OMIT};
use std::time::{Duration, UNIX_EPOCH};

/// `new-timestamp`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NewTimestamp {
    NoChange,
    Now,
    Timestamp(Instant),
    /// Later than anything that the system can express.
    TooLate,
}

const NANOSECONDS: u32 = 1_000_000_000;

impl NewTimestamp {
    fn timespec(self) -> Result<Timespec, ErrorCode> {
        Ok(match self {
            NewTimestamp::NoChange => Timespec { tv_sec: 0, tv_nsec: UTIME_OMIT as _ },
            NewTimestamp::Now => Timespec { tv_sec: 0, tv_nsec: UTIME_NOW as _ },
            NewTimestamp::Timestamp(time) => {
                Timespec { tv_sec: time.seconds, tv_nsec: nanoseconds(time)?.into() }
            }
            NewTimestamp::TooLate => return Err(ErrorCode::Overflow),
        })
    }

    fn system_time(self) -> Result<Option<SystemTimeSpec>, ErrorCode> {
        Ok(match self {
            NewTimestamp::NoChange => None,
            NewTimestamp::Now => Some(SystemTimeSpec::SymbolicNow),
            NewTimestamp::Timestamp(time) => {
                // Before 1970, cap-std has no times of paths.
                let seconds = u64::try_from(time.seconds).map_err(|_| ErrorCode::Overflow)?;
                let since = Duration::new(seconds, nanoseconds(time)?);
                let time = UNIX_EPOCH.checked_add(since).ok_or(ErrorCode::Overflow)?;
                Some(SystemTimeSpec::Absolute(SystemTime::from_std(time)))
            }
            NewTimestamp::TooLate => return Err(ErrorCode::Overflow),
        })
    }
}

fn nanoseconds(time: Instant) -> Result<u32, ErrorCode> {
    if time.nanoseconds < NANOSECONDS { Ok(time.nanoseconds) } else { Err(ErrorCode::Invalid) }
}

impl Wasi {
    pub(crate) fn set_times(
        &mut self,
        handle: Handle<Descriptor>,
        access: NewTimestamp,
        modification: NewTimestamp,
    ) -> FsResult<()> {
        let times = Timestamps {
            last_access: access.timespec()?,
            last_modification: modification.timespec()?,
        };
        Ok(rustix::fs::futimens(self.descriptor(handle)?.fd(), &times)?)
    }

    pub(crate) fn set_times_at(
        &mut self,
        dir: Handle<Descriptor>,
        flags: PathFlags,
        path: &str,
        access: NewTimestamp,
        modification: NewTimestamp,
    ) -> FsResult<()> {
        let dir = self.dir(dir)?;
        let (access, modification) = (access.system_time()?, modification.system_time()?);
        if flags.follow() {
            dir.set_times(path, access, modification)?;
        } else {
            dir.set_symlink_times(path, access, modification)?;
        }
        Ok(())
    }
}

//! The operating system: one module per kind, all with the same items.
//!
//! `map`: [`reserve`], [`reserve_zeroed`], [`make_accessible`], [`make_inaccessible`], [`release`],
//! [`KEEPS_IDLE_RANGES`], [`MAX_SPARE`]; `pages`: [`discard`], [`populate`], [`can_share_image`], [`share_image`];
//! `used`: [`used_pages`]; faults:
//! [`install_fault_handlers`]; memory for the host: [`malloc`], [`free`]; `wait`: [`wait_on`], [`wake`]; the end: [`abort`].
//! Only this module maps memory.

#[cfg(any(not(unix), test))]
#[cfg_attr(unix, allow(dead_code))]
mod bare;
#[cfg(unix)]
mod unix;

/// How a wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waited {
    Woken,
    /// The word did not have the value that was expected.
    Otherwise,
    TimedOut,
}

#[cfg(not(unix))]
pub use bare::*;
#[cfg(unix)]
pub use unix::*;

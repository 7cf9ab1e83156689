//! The state of WASI for one zone, and how a call can end other than by returning.

use crate::filesystem::{Descriptor, Listing};
use crate::grants::{Grants, GrantsError, Stdio};
use crate::io::{Failed, Input, Output, Pollable, Unread};
use crate::table::Table;
use crate::waiting::Waiting;
use cap_std::fs::Dir;
use std::sync::Arc;
use weldc_abi::Trap;

/// What one zone was granted and the resources it has made of it.
///
/// It belongs to one zone and is used by one thread at a time. Host functions receive its address.
pub struct Wasi {
    pub(crate) args: Vec<String>,
    pub(crate) env: Vec<(String, String)>,
    pub(crate) preopens: Vec<(Arc<Dir>, String)>,
    pub(crate) stdin: Stdio,
    pub(crate) stdout: Stdio,
    pub(crate) stderr: Stdio,

    pub(crate) errors: Table<Failed>,
    pub(crate) inputs: Table<Input>,
    pub(crate) outputs: Table<Output>,
    pub(crate) pollables: Table<Pollable>,
    pub(crate) descriptors: Table<Descriptor>,
    pub(crate) listings: Table<Listing>,

    /// What goes on between calls.
    pub(crate) waiting: Waiting,
    /// What was read of standard input and not taken.
    pub(crate) unread: Unread,

    /// State of the insecure generator, once it was seeded.
    pub(crate) insecure: Option<u64>,
    exit: Option<u8>,
    failure: Option<&'static str>,
}

/// Why a host function ended the zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// `wasi:cli/exit`: the code is in the state.
    Exit,
    /// The guest did what the WIT says must trap, or the host could not go on.
    Failed(&'static str),
}

impl Stop {
    pub(crate) const UNKNOWN_RESOURCE: Stop = Stop::Failed("not the handle of a live resource");
    pub(crate) const OUT_OF_MEMORY: Stop = Stop::Failed("out of memory");
    pub(crate) const NO_SUCH_SOCKET: Stop =
        Stop::Failed("sockets are not supported: none can exist");
    pub(crate) const NO_COMPLETION: Stop = Stop::Failed("nobody to tell of the call's end");
    pub(crate) const PANICKED: Stop = Stop::Failed("a function of WASI panicked");

    /// The status that a host function returns.
    pub(crate) const fn status(self) -> i32 {
        match self {
            Stop::Exit => Trap::Exit as i32,
            Stop::Failed(_) => Trap::HostFailed as i32,
        }
    }
}

impl Wasi {
    /// Opens the granted directories; everything else waits until it is asked for.
    pub fn new(grants: Grants) -> Result<Wasi, GrantsError> {
        let preopens = crate::filesystem::open_preopens(grants.dirs)?;
        Ok(Wasi {
            args: grants.args.unwrap_or_default(),
            env: grants.env,
            preopens,
            stdin: grants.stdin,
            stdout: grants.stdout,
            stderr: grants.stderr,
            errors: Table::new(),
            inputs: Table::new(),
            outputs: Table::new(),
            pollables: Table::new(),
            descriptors: Table::new(),
            listings: Table::new(),
            waiting: Waiting::new(),
            unread: Unread::default(),
            insecure: None,
            exit: None,
            failure: None,
        })
    }

    /// The code that the guest exited with, once it has.
    pub fn exit_code(&self) -> Option<u8> {
        self.exit
    }

    /// What went wrong in the host function that ended the zone with `HostFailed`.
    pub fn failure(&self) -> Option<&'static str> {
        self.failure
    }

    pub(crate) fn set_exit(&mut self, code: u8) -> Stop {
        self.exit = Some(code);
        Stop::Exit
    }

    pub(crate) fn note(&mut self, stop: Stop) {
        if let Stop::Failed(why) = stop {
            self.failure = Some(why);
        }
    }
}

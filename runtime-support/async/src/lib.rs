//! Asynchronous functions, streams and futures of compiled components, in Rust.
//!
//! ```text
//!  component                        here
//!  an asynchronous export           [`Call`]: a future; dropped, it is cancelled         call
//!  an asynchronous import           a future ([`Driver::import`]); cancelled, it is dropped   import
//!  stream<T>                        [`StreamReader`]: Stream, [`StreamWriter`]: Sink     stream
//!  future<T>                        [`FutureReader`]: Future, [`FutureWriter`]           future
//! ```
//! A [`Driver`] runs the zones that are used together, within `poll` of whatever waits for them (`driver`); it has no
//! thread, no timer and no executor of its own, so any executor will do. Below is a component's C interface (`library`,
//! docs/native-abi.md); values are in the host's layout (`native`).
//!
//! A component that is linked into the program is declared as in `examples/rust`; one of its exports becomes an
//! `async fn` like this:
//!
//! ```ignore
//! async fn measure(zone: &Zone, place: &str) -> Result<u32, Ended> {
//!     let start = |zone, place: &Str, result: *mut u32, completion: *mut Completion| {
//!         // SAFETY: the header's function with its parameters.
//!         unsafe { weather_measure_async(zone, place, result, completion) }
//!     };
//!     // SAFETY: `start` calls one export, whose result is a u32.
//!     unsafe { zone.call(Str::from(place), start) }.await
//! }
//! ```
#![warn(clippy::undocumented_unsafe_blocks, clippy::missing_safety_doc)]

mod call;
mod driver;
mod future;
mod import;
mod library;
mod native;
mod operation;
mod signal;
mod stream;

pub use call::Call;
pub use driver::{Driver, Ended, Zone};
pub use future::{FutureReader, FutureWrite, FutureWriter};
pub use import::Failed;
pub use library::{Completion, Copy, Library, Wake};
pub use native::{List, Native, Str};
pub use stream::{Closed, StreamReader, StreamWriter};

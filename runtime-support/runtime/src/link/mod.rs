//! What a zone imports is bound before it runs: to the embedder's functions, or to other zones' exports.
//!
//! ```text
//!  table of functions ──fill──▶ words of every import ──bind──▶ … with other zones' entries and contexts
//!                                                       border: what both artefacts say of themselves
//!                                                       types:  whether two types mean the same
//!                                                       origin: whether two resource types do
//! ```
//! An import and an export have the same form, so that a call from zone to zone is one indirect call and nothing in
//! between. Nothing else is shared: another zone's code may have been linked with another copy of this runtime, of
//! which only what `weldc_abi` fixes is used: the header of its context, its artefact, its entries, and what its own runtime
//! does for others (`services`).
//!
//! A zone that serves another one stays until that one has gone (`release`).

mod bind;
mod border;
mod fill;
mod origin;
mod release;
mod services;
mod types;

pub use bind::bind;
pub use fill::fill;
pub use release::{Links, leave_to_users};
pub use services::{Services, Wake, any_provider, providers, set_waker};

use crate::context::Context;
use core::ffi::CStr;
use weldc_abi::linkage;

/// An instance that serves imports of another; see [`linkage::Provider`].
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    pub import: Option<&'a [u8]>,
    pub zone: Context,
    pub export: Option<&'a [u8]>,
}

impl Provider<'_> {
    /// # Safety
    /// The strings are null or end in a zero byte, and stay as they are.
    pub unsafe fn from_abi<'a>(provider: &linkage::Provider) -> Provider<'a> {
        let bytes = |text: *const core::ffi::c_char| {
            // SAFETY: the caller's.
            (!text.is_null()).then(|| unsafe { CStr::from_ptr(text) }.to_bytes())
        };
        Provider {
            import: bytes(provider.import),
            zone: Context(provider.instance.cast()),
            export: bytes(provider.export_name),
        }
    }
}

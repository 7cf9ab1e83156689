//! The runtime, and WASI with the feature `wasi`, as one static archive.
//!
//! The build script of `weldc` compiles this package on its own, as a `staticlib`, and embeds the result.
//! Within the workspace's ordinary build it is empty.
#![no_std]

#[cfg(any(feature = "runtime", feature = "wasi"))]
pub use weldc_runtime;
#[cfg(feature = "wasi")]
pub use weldc_wasi;

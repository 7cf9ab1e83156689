//! The runtime that is embedded in this program, as static archives for the outputs it links.

use flate2::read::DeflateDecoder;
use std::io::{Error, Read};

/// Made by build.rs.
const PLAIN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/runtime.a.z"));
const WITH_WASI: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/runtime-wasi.a.z"));

/// The archive for the target that `weldc` itself was built for, with or without WASI.
pub fn archive(wasi: bool) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    DeflateDecoder::new(if wasi { WITH_WASI } else { PLAIN }).read_to_end(&mut bytes)?;
    Ok(bytes)
}

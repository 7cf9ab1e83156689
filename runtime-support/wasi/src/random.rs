//! `wasi:random`: the system's generator, and a fast one where security is not asked for.

use crate::abi::Buffer;
use crate::state::{Stop, Wasi};
use rustix::io::Errno;
use weldc_abi::MAX_VALUE_BYTES;

const NO_ENTROPY: Stop = Stop::Failed("the system has no random numbers");
const TOO_LONG: Stop = Stop::Failed("more random bytes than a list can hold");

impl Wasi {
    pub(crate) fn random_bytes(&mut self, len: u64) -> Result<Buffer, Stop> {
        let len = length(len)?;
        let bytes = Buffer::fill(len, |room| getrandom::fill_uninit(room).map_err(|_| Errno::IO));
        bytes.map_err(|error| match error {
            Errno::NOMEM => Stop::OUT_OF_MEMORY,
            _ => NO_ENTROPY,
        })
    }

    pub(crate) fn random_u64(&mut self) -> Result<u64, Stop> {
        getrandom::u64().map_err(|_| NO_ENTROPY)
    }

    pub(crate) fn insecure_bytes(&mut self, len: u64) -> Result<Buffer, Stop> {
        let len = length(len)?;
        let mut bytes = Vec::with_capacity(len.next_multiple_of(8));
        while bytes.len() < len {
            bytes.extend(self.insecure_u64()?.to_le_bytes());
        }
        bytes.truncate(len);
        Buffer::copy(&bytes)
    }

    /// SplitMix64, seeded from the system's generator when it is first used.
    pub(crate) fn insecure_u64(&mut self) -> Result<u64, Stop> {
        let state = match self.insecure {
            Some(state) => state,
            None => self.random_u64()?,
        };
        let state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        self.insecure = Some(state);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    pub(crate) fn insecure_seed(&mut self) -> Result<(u64, u64), Stop> {
        Ok((self.random_u64()?, self.random_u64()?))
    }
}

/// A longer list could not be lowered into the guest anyway.
fn length(len: u64) -> Result<usize, Stop> {
    if len > MAX_VALUE_BYTES {
        return Err(TOO_LONG);
    }
    usize::try_from(len).map_err(|_| TOO_LONG)
}

//! The call itself, and reading what it returned: the only part of `invoke` that needs `unsafe`.

use super::Prepared;
use std::ffi::c_void;

/// `EntryForm::Packed`.
type PackedEntry = unsafe extern "C" fn(*mut c_void, *const u8, *mut u8) -> i32;

/// Proof that a call succeeded: the addresses in its result may be read.
pub struct Returned(());

/// Calls an exported function. The error is the status: why the zone ended.
///
/// # Safety
/// `entry` is the packed entry of the function that `prepared` was made for, and `context` a zone of the
/// same program.
pub unsafe fn packed(
    entry: *const u8,
    context: *mut c_void,
    prepared: &mut Prepared,
) -> Result<Returned, i32> {
    let arguments = prepared.memory.address(prepared.arguments);
    let result = prepared.memory.address_mut(prepared.result);
    // SAFETY: the caller says that this is a packed entry; its address is never null.
    let entry = unsafe { std::mem::transmute::<*const u8, PackedEntry>(entry) };
    // SAFETY: the blocks have the layout that the entry expects, both derived from the same types, and
    // live until after the call.
    let status = unsafe { entry(context, arguments, result) };
    if status == 0 { Ok(Returned(())) } else { Err(status) }
}

impl Returned {
    /// Copies `length` bytes at an address found in the result.
    pub fn read(&self, address: usize, length: usize) -> Vec<u8> {
        if length == 0 {
            return Vec::new();
        }
        let start = std::ptr::with_exposed_provenance::<u8>(address);
        // SAFETY: the call has succeeded, so every `{ address, length }` in its result describes memory
        // that it allocated for us (docs/native-abi.md). We never free it: the process ends soon.
        unsafe { std::slice::from_raw_parts(start, length) }.to_vec()
    }

    /// Stands for a call that gave its arguments back.
    #[cfg(test)]
    pub fn for_tests() -> Returned {
        Returned(())
    }
}
